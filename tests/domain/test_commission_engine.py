"""Statements and their reasons on small teams worked out by hand, and on shapes that break careless code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from commission_support import (
    ACTIVE,
    CV,
    HEAD,
    OCTOBER,
    PV,
    ROUNDING,
    make_team,
    table,
    unilevel,
)

from organizer.domain.commission.engine import estimate, estimate_from
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import Line, Statement
from organizer.domain.team import Team
from organizer.domain.tree import CycleError
from organizer.i18n import say

PLANS = Path(__file__).parents[2] / "resources" / "plans"

RANKS = """
[[ranks]]
id = "starter"
name = { en = "Starter", da = "Begynder" }
all = []
[[ranks]]
id = "leader"
name = { en = "Leader", da = "Leder" }
all = [{ volume = "pv", min = 100 }, { volume = "pv", of = "group", tree = "sponsor", min = 300 }]
[[ranks]]
id = "top"
name = "Top"
all = [{ active_personals = 2 }, { legs = 2, rank = "leader", tree = "sponsor" },
       { volume = "pv", of = "leg", tree = "sponsor", min = 300, legs = 2 }]
"""


MATCH = {"id": "match", "name": "Match", "kind": "matching", "of": ["team"], "rates": [50], "compression": "none"}


def plan_with(*parts: str) -> Plan:
    return parse_plan(HEAD + "".join(parts) + ROUNDING, "test.toml")


def dynamic_plan(**entries: object) -> Plan:
    depth = {"starter": 1, "leader": 2, "top": 3}
    return plan_with(
        PV, CV, ACTIVE, RANKS, unilevel(rates=[10, 5, 2], depth=depth, compression="dynamic", **entries)
    )


def pay(plan: Plan, team: Team, member: int = 0) -> Statement:
    return estimate(plan, team, OCTOBER, member)


def reasons(statement: Statement) -> dict[int, str]:
    return {line.source: str(line.reason) for line in statement.components[0].lines}


def line_for(statement: Statement, member: int) -> Line:
    return next(line for line in statement.components[0].lines if line.source == member)


def test_dynamic_compression_by_hand() -> None:
    # 0 is a leader (two levels) over 1 (inactive) over 2 (starter: one level) over 3 and 4
    team = make_team([-1, 0, 1, 2, 3], {"pv": [100_000, 0, 100_000, 100_000, 0], "cv": [0] + [1_000_000] * 4})
    statement = pay(dynamic_plan(), team)
    assert statement.rank.name is not None
    assert str(statement.rank.name) == "Leader"
    # 1 and 2 reach her at level 1; 3 fills level 1 with 2; 4 fills level 1 with 3, and 2 isn't paid for level 2
    amounts = {line.source: (line.level, line.depth, line.minor) for line in statement.components[0].lines}
    assert amounts == {1: (1, 1, 10_000), 2: (1, 2, 10_000), 3: (2, 3, 5_000), 4: (2, 4, 5_000)}
    assert statement.total_minor == 30_000
    assert reasons(statement) == {
        1: "Level 1.",
        2: "Level 1. Skipped on the way up (not qualified for the level): 1.",
        3: "Level 2. Skipped on the way up (not qualified for the level): 1.",
        4: "Level 2. Skipped on the way up (not qualified for the level): 2.",
    }


def test_each_zero_has_its_reason() -> None:
    team = make_team(
        [-1, 0, 1, 2, 3, 0, 0],
        {
            "pv": [100_000] * 5 + [None, None],
            "cv": [0, 1_000_000, 0, 1_000_000, 1_000_000, None, 1_000_000],
        },
        customers=[6],
    )
    depth = {"starter": 0, "leader": 2, "top": 3}
    plan = plan_with(
        PV,
        CV,
        ACTIVE,
        RANKS,
        unilevel(rates=[10, 5, 2], depth=depth, compression="none", customer_volume=False),
    )
    statement = pay(plan, team)
    assert reasons(statement) == {
        1: "Level 1.",
        2: "No CV this period.",
        3: "The rank Leader pays 2 levels; this is level 3.",
        4: "Deeper than the 3 levels that this bonus pays.",
        5: "CV isn't known for this period.",
        6: "A customer's volume doesn't count in this bonus.",
    }
    assert line_for(statement, 4).level is None
    assert line_for(statement, 5).base is None
    assert (statement.unknown, statement.team_size) == (2, 6)


def test_an_inactive_earner_is_told_what_it_takes() -> None:
    team = make_team([-1, 0], {"pv": [60_000, 0], "cv": [0, 1_000_000]})
    statement = pay(dynamic_plan(), team)
    assert not statement.active
    assert str(statement.active_reason) == "Not active: needs 100 PV, has 60."
    assert reasons(statement) == {1: "Not active: needs 100 PV, has 60."}
    assert statement.total_minor == 0


def test_unknown_activity_is_said_to_be_unknown() -> None:
    statement = pay(dynamic_plan(), make_team([-1], {"pv": [None], "cv": [0]}))
    assert str(statement.active_reason) == "Counted as not active: needs 100 PV, and the figure isn't known."
    assert [str(message) for message in statement.rank.missing] == [
        "Own PV: not known, needs 100",
        "PV in the whole group: 0, needs 300",
    ]
    assert statement.unknown == 1


def test_rank_reasons_in_both_languages() -> None:
    # Two legs of 300 PV each, one of them with a leader
    team = make_team([-1, 0, 0, 2], {"pv": [100_000, 300_000, 50_000, 250_000], "cv": [0] * 4})
    rank = pay(dynamic_plan(), team).rank
    assert [str(message) for message in rank.met] == [
        "Own PV: 100, needs 100",
        "PV in the whole group: 700, needs 300",
    ]
    assert str(rank.next_name) == "Top"
    assert [str(message) for message in rank.missing] == [
        "Active distributors sponsored personally: 1, needs 2",
        "Legs with Leader or higher: 1, needs 2",
    ]
    assert rank.name is not None
    assert rank.name.in_language("da") == "Leder"
    assert say(rank.missing[1].text, rank.missing[1].values) == "Legs with Leader or higher: 1, needs 2"


def test_a_rank_may_be_reached_without_the_one_below() -> None:
    ranks = '[[ranks]]\nid = "a"\nname = "A"\nall = [{ volume = "pv", min = 500 }]\n'
    ranks += '[[ranks]]\nid = "b"\nname = "B"\nall = [{ active_personals = 1 }]\n'
    team = make_team([-1, 0], {"pv": [0, 100_000], "cv": [0, 0]})
    plan = plan_with(PV, CV, ACTIVE, ranks, unilevel(rates=[1]))
    assert list(Snapshot(plan, team, OCTOBER).ranks) == [1, -1]


def test_two_who_could_only_hold_a_rank_because_of_each_other_hold_none() -> None:
    ranks = '[[ranks]]\nid = "a"\nname = "A"\nall = [{ legs = 1, rank = "a", tree = "sponsor" }, '
    ranks += '{ legs = 1, rank = "a", tree = "placement" }]\n'
    team = make_team([-1, 0], {"pv": [0, 0], "cv": [0, 0]}, placement=[1, -1])
    assert list(Snapshot(plan_with(PV, CV, ranks, unilevel(rates=[1])), team, OCTOBER).ranks) == [-1, -1]


def test_a_rank_in_one_tree_can_rest_on_ranks_found_later_in_the_other() -> None:
    ranks = '[[ranks]]\nid = "a"\nname = "A"\nall = [{ volume = "pv", min = 100 }]\n'
    ranks += '[[ranks]]\nid = "b"\nname = "B"\nall = [{ legs = 1, rank = "a", tree = "placement" }]\n'
    ranks += '[[ranks]]\nid = "c"\nname = "C"\nall = [{ legs = 1, rank = "b", tree = "sponsor" }]\n'
    ranks += '[[ranks]]\nid = "d"\nname = "D"\nall = [{ legs = 1, rank = "c", tree = "placement" }]\n'
    # 3 stands under 2 in placement (2 is B), 2 was sponsored by 1 (1 is C), 1 stands under 0 (0 is D)
    team = make_team([-1, -1, 1, -1], {"pv": [0, 0, 0, 100_000], "cv": [0] * 4}, placement=[-1, 0, -1, 2])
    plan = plan_with(PV, CV, ranks, unilevel(rates=[1]))
    assert list(Snapshot(plan, team, OCTOBER).ranks) == [3, 2, 1, 0]


def test_frontline_only_looks_no_further() -> None:
    ranks = '[[ranks]]\nid = "b"\nname = "B"\nall = [{ legs = 1, rank = "a", tree = "sponsor" }]\n'
    ranks += '[[ranks]]\nid = "a"\nname = "A"\nall = [{ volume = "pv", min = 100 }]\n'
    team = make_team([-1, 0, 1], {"pv": [0, 0, 100_000], "cv": [0] * 3})
    anywhere = plan_with(PV, CV, ranks, unilevel(rates=[1]))
    assert list(Snapshot(anywhere, team, OCTOBER).ranks) == [0, 0, 1]
    frontline = ranks.replace('tree = "sponsor"', 'tree = "sponsor", frontline_only = true')
    assert list(Snapshot(plan_with(PV, CV, frontline, unilevel(rates=[1])), team, OCTOBER).ranks) == [
        -1,
        0,
        1,
    ]


def test_skip_below_rank_lets_the_named_rank_take_its_level() -> None:
    # 1 is a leader, 2 a starter, 3 an inactive one with a leader's group: only 1 takes a level
    team = make_team([-1, 0, 1, 2, 3], {"pv": [100_000] * 3 + [0, 400_000], "cv": [0, 0, 0, 0, 1_000_000]})
    depth = {"starter": 3, "leader": 3, "top": 3}
    ranks = RANKS.replace("min = 300 }]", "min = 550 }]", 1)
    entries = {"rates": [10, 5, 2], "depth": depth, "compression": "skip_below_rank", "skip_below": "leader"}
    statement = pay(plan_with(PV, CV, ACTIVE, ranks, unilevel(**entries)), team)
    assert line_for(statement, 4).level == 2
    assert reasons(statement)[4] == "Level 2. Skipped on the way up (not active or below Leader): 2."


def test_lines_come_by_level_and_then_as_danes_sort() -> None:
    names = ["Mig", "Åse", "Zoe", "Ane", "Ærø", "Bo"]
    team = make_team([-1, 0, 0, 0, 0, 1], {"pv": [100_000] * 6, "cv": [1000] * 6}, names=names)
    lines = pay(dynamic_plan(), team).components[0].lines
    assert [names[line.source] for line in lines] == ["Ane", "Zoe", "Ærø", "Åse", "Bo"]
    assert names[lines[-1].source] == "Bo"
    with pytest.raises(IndexError):
        lines[5]


def test_lines_are_found_from_either_end_and_nowhere_else() -> None:
    team = make_team([-1, 0, 1, 1, 1], {"pv": [0] * 5, "cv": [1_000_000] * 5})  # 2, 3 and 4 are too deep
    for extra in ({}, {"own_percent": 1}):
        kind = unilevel(rates=[10]) + (table("[[components]]", MATCH | extra) if extra else "")
        lines = pay(plan_with(PV, CV, kind), team).components[-1].lines
        found = [lines[place] for place in range(len(lines))]
        assert [lines[place] for place in range(-len(lines), 0)] == found == list(lines[:])
        assert [line.minor for line in found if line.minor] == [lines[place].minor for place in lines.paid()]
        for place in (len(lines), -len(lines) - 1):
            with pytest.raises(IndexError):
                lines[place]


def test_customers_neither_earn_nor_take_a_level() -> None:
    team = make_team([-1, 0, 1], {"pv": [100_000] * 3, "cv": [0, 0, 1_000_000]}, customers=[1])
    plan = plan_with(PV, CV, ACTIVE, unilevel(rates=[10, 1]))
    assert pay(plan, team).total_minor == 10_000
    assert "Skipped on the way up (customers): 1" in reasons(pay(plan, team))[2]
    statement = pay(plan, team, 1)
    assert statement.total_minor == 0
    assert str(statement.active_reason) == "A customer earns no bonus."


def test_an_error_of_half_an_oere_shows_where_rounding_happens() -> None:
    # 10 % of 0.05 kr. three times: 0.5 øre each
    team = make_team([-1, 0, 0, 0], {"pv": [0] * 4, "cv": [0, 50, 50, 50]})
    totals = {}
    for place in ("line", "component", "total"):
        text = HEAD + PV + CV + unilevel(rates=[10]) + ROUNDING.replace('"line"', f'"{place}"')
        statement = pay(parse_plan(text, "test.toml"), team)
        totals[place] = (statement.total_minor, statement.components[0].rounding)
    assert totals == {"line": (3, 0), "component": (2, -1), "total": (2, -1)}


def test_retail_margin() -> None:
    volumes = "".join(
        table("[[volumes]]", {"id": name, "name": name, "unit": "money", "columns": [], "source": "entered"})
        for name in ("sales", "cost")
    )
    bonus = {"id": "own", "name": "Own", "kind": "retail", "method": "margin", "sales": "sales", "cost": "cost"}
    plan = plan_with(volumes, table("[[components]]", bonus))
    known = pay(plan, make_team([-1, 0], {"sales": [5_000_250, None], "cost": [3_000_000, None]}))
    assert (known.total_minor, known.unknown) == (200_025, 0)
    assert str(known.components[0].lines[0].reason) == "sales 5000.25 less cost 3000."
    unknown = pay(plan, make_team([-1], {"sales": [5_000_000]}))
    assert unknown.total_minor == 0
    assert str(unknown.components[0].lines[0].reason) == "cost isn't known for this period."


def test_what_a_point_is_worth_is_said() -> None:
    plan = plan_with(PV, unilevel(volume="pv", rates=[10], point_value=7.5, base_percent=50))
    result = pay(plan, make_team([-1, 0], {"pv": [0, 100_000]})).components[0]
    assert result.total_minor == 3750
    assert [str(note) for note in result.notes] == ["1 PV counts as 7.5 DKK.", "PV counts with 50 %."]


def test_a_volume_missing_from_the_team_is_unknown_for_all() -> None:
    statement = pay(dynamic_plan(), make_team([-1, 0, 0], {"pv": [100_000] * 3}))
    assert (statement.unknown, statement.total_minor) == (3, 0)


def test_a_single_member_and_all_inactive() -> None:
    alone = pay(dynamic_plan(), make_team([-1], {"pv": [100_000], "cv": [1000]}))
    assert (len(alone.components[0].lines), alone.total_minor, alone.team_size) == (0, 0, 0)
    team = make_team([-1] + [0] * 20, {"pv": [0] * 21, "cv": [1_000_000] * 21})
    for member in (0, 7):
        assert pay(dynamic_plan(), team, member).total_minor == 0


def test_a_chain_of_a_hundred_thousand() -> None:
    size = 100_000
    # Every second one is inactive; the earner at the top is paid for what reaches her within three levels
    volumes = {"pv": [100_000 * (1 - member % 2) for member in range(size)], "cv": [0] + [1_000_000] * (size - 1)}
    team = make_team([-1, *range(size - 1)], volumes)
    plan = plan_with(PV, CV, ACTIVE, unilevel(rates=[10, 5, 2], compression="skip_inactive"))
    statement = pay(plan, team)
    # 1 and 2 at level 1, 3 and 4 at level 2, 5 and 6 at level 3
    assert statement.total_minor == 2 * (10_000 + 5_000 + 2_000)
    assert statement.components[0].paid_count == 6
    lines = statement.components[0].lines
    assert len(lines) == size - 1
    assert (lines[-1].level, lines[5].level) == (None, 3)
    assert max(line.depth for line in lines[-100:]) <= size - 1


def test_a_star_of_a_hundred_thousand_with_ranks() -> None:
    size = 100_000
    team = make_team([-1] + [0] * (size - 1), {"pv": [300_000] * size, "cv": [1_000_000] * size})
    statement = pay(dynamic_plan(), team)
    assert str(statement.rank.name) == "Top"
    assert statement.rank.missing == ()
    assert statement.total_minor == (size - 1) * 10_000


def test_one_snapshot_serves_many_estimates() -> None:
    team = make_team([-1, 0, 1, 1], {"pv": [300_000] * 4, "cv": [1_000_000] * 4})
    snapshot = Snapshot(dynamic_plan(), team, OCTOBER)
    for member in (0, 1, 3, 0):
        assert estimate_from(snapshot, member).total_minor == pay(dynamic_plan(), team, member).total_minor


def test_progress_is_told_and_can_stop_the_work() -> None:
    team = make_team([-1, 0], {"pv": [100_000] * 2, "cv": [1000] * 2})
    told: list[float] = []
    estimate(dynamic_plan(), team, OCTOBER, 0, told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)

    def stop(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        estimate(dynamic_plan(), team, OCTOBER, 0, stop)


def test_no_such_member_and_a_circle() -> None:
    team = make_team([-1, 2, 1], {"pv": [0] * 3, "cv": [0] * 3})
    with pytest.raises(IndexError):
        estimate(dynamic_plan(), team, OCTOBER, 3)
    with pytest.raises(CycleError):
        estimate(dynamic_plan(), team, OCTOBER, 0)


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_plans(path: Path) -> None:
    plan = parse_plan(path.read_text("utf-8"), path.name)
    assert plan.id == path.stem
    assert plan.teaching or (plan.sources and plan.confidence and plan.missing)
    texts = [plan.name, plan.region, *plan.missing]
    texts += [entry.name for entry in (*plan.ranks, *plan.components, *plan.volumes)]
    assert all(text.da and text.en for text in texts)
    if plan.sources:
        worst = max(source.grade for source in plan.sources)
        assert plan.confidence == worst
    team = make_team([-1, 0], {"pv": [100_000] * 2, "cv": [100_000] * 2})
    estimate(plan, team, plan.calendar.containing(date(2026, 10, 7)), 0)


def test_young_living_levels_open_by_rank() -> None:
    plan = parse_plan((PLANS / "young-living-unilevel-us.toml").read_text("utf-8"), "plan")
    # A line of seven, so nobody has the two legs of an Executive: a Senior Star is paid four levels
    pv = [100_000] * 6 + [2_000_000]
    statement = pay(plan, make_team([-1, 0, 1, 2, 3, 4, 5], {"pv": pv}))
    assert str(statement.rank.name) == "Senior Star"
    assert statement.total_minor == 800 + 500 + 400 + 400
    assert [str(message) for message in statement.rank.missing] == [
        "PV in the whole group: 2600, needs 4000",
        "Legs with at least 1000 PV: 1, needs 2",
    ]


def test_doterra_pays_seven_people_on_one_order() -> None:
    # The distributor's example: above an order of 100 stands one of each rank, Wellness Advocate to Silver
    plan = parse_plan((PLANS / "doterra-unilevel-us.toml").read_text("utf-8"), "plan")
    # 0 Silver … 6 Wellness Advocate, 7 the buyer; side legs give each rank what it asks for
    sponsor, pv, cv = [-1, 0, 1, 2, 3, 4, 5, 6], [100_000] * 6 + [60_000, 100_000], [0] * 7 + [100_000]

    def hang(under: int, points: int) -> int:
        sponsor.append(under)
        pv.append(points)
        cv.append(0)
        return len(sponsor) - 1

    hang(5, 300_000)  # Manager: group of 500 or more
    hang(4, 500_000)  # Director
    hang(3, 1_000_000)  # Executive
    hang(2, 1_000_000)  # Elite
    hang(hang(1, 100_000), 2_000_000)  # Premier: two Executives
    for _ in range(2):
        hang(hang(0, 100_000), 3_000_000)  # Silver: three Elites
    team = make_team(sponsor, {"pv": pv, "cv": cv})
    paid = [pay(plan, team, member) for member in range(7)]
    assert [str(statement.rank.name) for statement in paid] == [
        "Silver", "Premier", "Elite", "Executive", "Director", "Manager", "Wellness Advocate",
    ]  # fmt: skip
    assert [statement.total_minor for statement in paid] == [700, 600, 600, 500, 500, 300, 200]
