"""A percentage of what a team comes to as a whole, by tiers and alternatives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from commission_support import ACTIVE, HEAD, OCTOBER, ROUNDING, make_team, table

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.team import Team

VOLUMES = "".join(
    table("[[volumes]]", {"id": name, "name": name.upper(), "unit": unit, "columns": [name]})
    for name, unit in (("cv", "money"), ("pv", "points"))
)
LEADER = table("[[ranks]]", {"id": "leader", "name": "Leader", "all": [{"volume": "pv", "min": 500}]})
TIERS = {"tier_mode": "full_amount", "tiers": [{"from": 0, "percent": 4}, {"from": 1000, "percent": 6}]}


def plan_of(*parts: str, **entries: Any) -> Plan:
    usual = {"id": "team", "name": "Team", "kind": "team_tier", "volume": "cv"}
    if entries.get("of") != "own":
        usual["tree"] = "sponsor"
    bonus = table("[[components]]", usual | entries)
    return parse_plan(HEAD + VOLUMES + LEADER + "".join(parts) + bonus + ROUNDING, "plan.toml")


# 0 has 1 and 2 below; 1 has 3; 3 has 4. Only 3 is a leader.
LINKS = [-1, 0, 0, 1, 3]
SALES = [100_000, 400_000, 600_000, 2_000_000, 50_000]


def team(*sales: int | None) -> Team:
    return make_team(LINKS, {"cv": list(sales or SALES), "pv": [0, 0, 0, 500_000, 0]})


def of(plan: Plan, some_team: Team, member: int = 0) -> ComponentResult:
    return estimate(plan, some_team, OCTOBER, member).components[0]


SCOPES = {
    "own": ({"of": "own"}, 100),
    "frontline": ({"of": "frontline"}, 1100),
    "frontline without her own": ({"of": "frontline", "without_own": True}, 1000),
    "group": ({"of": "group"}, 3150),
    "group without her own": ({"of": "group", "without_own": True}, 3050),
    "unit": ({"of": "group", "without_rank": "leader"}, 1100),
    "unit without her own": ({"of": "group", "without_rank": "leader", "without_own": True}, 1000),
}


@pytest.mark.parametrize("name", SCOPES)
def test_whose_volume_counts(name: str) -> None:
    entries, whole = SCOPES[name]
    (line,) = of(plan_of(percent=1, **entries), team()).lines
    assert (line.base, line.minor) == (whole * 1000, whole)


def test_a_leader_in_the_frontline_may_be_left_out() -> None:
    plan = plan_of(of="frontline", without_rank="leader", percent=1)
    assert of(plan, team(), 1).total_minor == 400


def test_a_leaders_own_unit_is_whole() -> None:
    assert of(plan_of(of="group", without_rank="leader", percent=1), team(), 3).total_minor == 2050


def test_the_tier_goes_by_the_whole_and_so_does_the_rounding() -> None:
    plan = plan_of(of="frontline", without_own=True, **TIERS)
    result = of(plan, team())
    assert [str(line.reason) for line in result.lines] == ["CV of her frontline: 1000 at 6 %, the tier from 1000."]
    assert [str(note) for note in result.notes] == ["Members whose volume counts: 2."]
    assert result.total_minor == 60_00
    # 0.125 + 0.125 kroner at 4 % are 1 øre together, and 0 + 0 by themselves
    assert of(plan, team(0, 125, 125, 0, 0)).total_minor == 1


def test_the_bracket_may_be_another_than_what_is_paid() -> None:
    by_group = {"of": "group", "tree": "sponsor", "volumes": ["pv"]}
    plan = plan_of(of="frontline", tier_by=by_group, tier_mode="full_amount",
                   tiers=[{"from": 500, "percent": 1}, {"from": 501, "percent": 2}])  # fmt: skip
    (line,) = of(plan, team()).lines
    assert str(line.reason) == (
        "CV of her own and her frontline: 1100 at 1 %, the tier from 500 (PV of her whole group: 500)."
    )


VARIANTS = [
    {"requires": [{"personals": 2, "volume": "cv", "min": 500}], "percent": 13},
    {"requires": [{"personals": 2}], "percent": 9},
    {"requires": [{"personals": 1}], "tier_mode": "full_amount", "tiers": [{"from": 0, "percent": 4}]},
]


def test_the_first_alternative_that_holds() -> None:
    plan = plan_of(of="frontline", without_own=True, variants=VARIANTS)
    assert of(plan, team(0, 500_000, 500_000, 0, 0)).total_minor == 130_00
    assert of(plan, team(0, 501_000, 499_000, 0, 0)).total_minor == 90_00
    assert of(plan, team(), 1).total_minor == 80_00
    (line,) = of(plan, make_team([-1, -1], {"cv": [5000, 0], "pv": [0, 0]})).lines
    assert str(line.reason) == "CV of her frontline: nothing this period."
    placed = make_team([-1, -1], {"cv": [5000, 7000], "pv": [0, 0]}, placement=[-1, 0])
    (line,) = of(plan_of(of="group", tree="placement", variants=VARIANTS), placed).lines
    assert str(line.reason) == (
        "No percentage of this bonus holds for her: Distributors sponsored personally: 0, needs 1."
    )


def test_zeros_have_their_reasons() -> None:
    inactive = plan_of(ACTIVE, of="group", percent=5)
    assert [str(line.reason) for line in of(inactive, team()).lines] == ["Not active: needs 100 PV, has 0."]
    above = plan_of(of="frontline", tier_mode="full_amount", tiers=[{"from": 5000, "percent": 5}])
    assert [str(line.reason) for line in of(above, team()).lines] == [
        "CV of her own and her frontline: 1100; nothing is paid below 5000."
    ]


def test_unknown_volume_in_the_team_gives_a_range() -> None:
    plan = plan_of(of="frontline", without_own=True, **TIERS)
    statement = estimate(plan, team(0, None, 600_000, 900_000, 0), OCTOBER, 0)
    assert statement.total_minor == 24_00
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (24_00, 90_00)


def test_the_rules_in_words() -> None:
    plan = plan_of(of="group", without_rank="leader", **TIERS)
    group = "CV of her whole group, without those who are Leader or higher and all below them"
    assert [str(sentence) for sentence in plan.components[0].rules.words(plan)] == [
        f"The whole counts as one: {group}.",
        f"From 0 {group}: 4 % of all of it.",
        f"From 1000 {group}: 6 % of all of it.",
    ]


PLACE = 'plan.toml, component "team", key'
MISTAKES = {
    "no scope": (
        {"percent": 5},
        f'{PLACE} "of": this key is missing; it holds one of own, frontline, group, leg.',
    ),
    "tiers by order": (
        {"of": "own", "tier_by": {"when": "order"}, **TIERS},
        f'{PLACE} "when": only what is paid on her own volume can go by order.',
    ),
    "new members' volume": (
        {"of": "group", "percent": 5, "new_members": {"days": 5}},
        f'{PLACE} "new_members": a team\'s volume counts whole in this bonus.',
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_have_their_place(name: str) -> None:
    entries, expected = MISTAKES[name]
    with pytest.raises(PlanError) as raised:
        plan_of(**entries)
    assert expected in [str(problem) for problem in raised.value.problems]


def test_a_hundred_thousand_members_at_once() -> None:
    size = 100_000
    plan = plan_of(of="group", without_rank="leader", **TIERS)
    for parent in ([-1, *range(size - 1)], [-1] + [0] * (size - 1)):
        pv = [0] * size
        pv[size // 2] = 500_000
        snapshot = Snapshot(plan, make_team(parent, {"cv": [1000] * size, "pv": pv}), OCTOBER)
        earned = snapshot.earned("team").minor
        chain = parent[1:3] == [0, 1]
        # down the chain the unit ends at the leader in the middle; under the star only she is left out
        assert earned[0] == (size // 2 * 6 if chain else (size - 1) * 6)
        assert earned[size // 2] == (size // 2 * 6 if chain else 4)
        assert np.count_nonzero(earned) == size
