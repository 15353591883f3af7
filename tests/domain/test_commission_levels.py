"""Unilevel options beyond rates and ranks, by hand: legs, packages, amounts, others' earnings, newcomers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from commission_support import ACTIVE, CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table, unilevel

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.team import Kind, Order, Team

RANKS = "".join(
    table("[[ranks]]", {"id": name, "name": name.title(), "all": conditions})
    for name, conditions in (("low", []), ("high", [{"volume": "pv", "min": 300}]))
)
PACKAGE = '[[volumes]]\nid = "package"\nname = "package"\nunit = "points"\ncolumns = []\n'


def plan_of(*parts: str) -> Plan:
    return parse_plan(HEAD + "".join(parts) + ROUNDING, "test.toml")


def result(plan: Plan, team: Team, member: int = 0, component: str = "team") -> ComponentResult:
    snapshot = Snapshot(plan, team, OCTOBER)
    found = plan.component(component).rules.pay(plan.component(component), snapshot, member)
    assert found.total_minor == int(snapshot.earned(component).minor[member])
    return found


def said(found: ComponentResult) -> dict[int, tuple[int, str]]:
    return {line.source: (line.minor, str(line.reason)) for line in found.lines}


LEGS = {"rates": [10, 5, 2], "depth_by_legs": [{"legs": 1, "levels": 1}, {"legs": 2, "levels": 2}]}


@pytest.mark.parametrize(("leg", "expected"), [("first", [100_00, 0, 0]), ("anyone", [100_00, 50_00, 0])])
def test_active_legs_open_levels(leg: str, expected: list[int]) -> None:
    # 0 has the active leg 1 - 2 - 3, and the leg 4, who is inactive over 5, who isn't
    points = {"pv": [100_000] * 4 + [0, 100_000], "cv": [0, 1_000_000, 1_000_000, 1_000_000, 0, 0]}
    team = make_team([-1, 0, 1, 2, 0, 4], points)
    plan = plan_of(PV, CV, ACTIVE, unilevel(**LEGS, active_leg=leg))
    found = said(result(plan, team))
    assert [found[member][0] for member in (1, 2, 3)] == expected
    if leg == "first":
        assert found[2][1] == "Active legs: 1. They open 1 levels; this is level 2."
    assert found[3][1] == ("Active legs: 1. They open 1 levels; this is level 3." if leg == "first"
                           else "Active legs: 2. They open 2 levels; this is level 3.")  # fmt: skip


def test_without_an_active_leg_nothing_is_open() -> None:
    team = make_team([-1, 0], {"pv": [100_000, 0], "cv": [0, 1_000_000]})
    found = said(result(plan_of(PV, CV, ACTIVE, unilevel(**LEGS)), team))
    assert found == {1: (0, "Active legs: 0. They open 0 levels; this is level 1.")}


def test_legs_and_rank_both_limit_the_levels() -> None:
    team = make_team([-1, 0, 1, 0], {"pv": [100_000] * 4, "cv": [0, 1_000_000, 1_000_000, 0]})
    bonus = unilevel(**LEGS, depth={"low": 1, "high": 3})
    found = said(result(plan_of(PV, CV, ACTIVE, RANKS, bonus), team))
    assert found[1] == (100_00, "Level 1.")
    assert found[2] == (0, "The rank Low pays 1 levels; this is level 2.")


TIERS = [{"from": 0, "rates": [5]}, {"from": 100, "rates": [10, 4]}, {"from": 500, "rates": [20, 8]}]


def test_the_lower_one_of_two_packages_counts() -> None:
    # 0 has package 500; 1 has 100, 2 has 500, 3 has 0 and stands two below
    team = make_team(
        [-1, 0, 0, 1], {"package": [500_000, 100_000, 500_000, 0], "cv": [0, 1_000_000, 1_000_000, 1_000_000]}
    )
    bonus = unilevel(package={"volume": "package", "tiers": TIERS})
    plan = plan_of(CV, PACKAGE, bonus)
    found = said(result(plan, team))
    # 1: 10 % of 1,000; 2: 20 % of 1,000; 3: the lowest package pays nothing at level 2
    assert found[1] == (100_00, "Level 1. Her package is the lower one, and counts.")
    assert found[2] == (200_00, "Level 1.")
    assert found[3] == (0, "Level 2. Her package is the lower one, and counts.")
    # 1 is paid by her own package's lower row for 3, whose package is lower still: 5 % of 1,000
    assert said(result(plan, team, 1)) == {3: (50_00, "Level 1. Her package is the lower one, and counts.")}
    words = [str(message) for message in plan.components[0].rules.words(plan)]
    assert "From 100 package: 10 %, 4 % by level, the nearest first." in words
    assert "The lower one of the payer's and the receiver's package counts." in words


def test_a_package_closes_levels_and_an_unknown_one_opens_none() -> None:
    team = make_team([-1, 0, 1], {"package": [0, 500_000, 500_000], "cv": [0, 1_000_000, 1_000_000]})
    bonus = unilevel(package={"volume": "package", "tiers": TIERS})
    found = said(result(plan_of(CV, PACKAGE, bonus), team))
    assert found[1] == (50_00, "Level 1.")
    assert found[2] == (0, "0 package pays 1 levels; this is level 2.")
    late = [{**tier, "from": tier["from"] + 10} for tier in TIERS]
    bonus = unilevel(package={"volume": "package", "tiers": late})
    nobody = make_team([-1, 0], {"package": [None, 500_000], "cv": [0, 1_000_000]})
    assert said(result(plan_of(CV, PACKAGE, bonus), nobody)) == {
        1: (0, "package isn't known, so no level is open; this is level 1.")
    }
    assert plan_of(CV, PACKAGE, bonus).components[0].rules.volumes() == {"cv", "package"}


def test_amounts_for_each_whole_unit() -> None:
    # 2.5 units give two amounts, a return of 1.5 takes one back, half a unit gives none
    team = make_team([-1, 0, 0, 0, 1], {"pv": [0, 2_500, -1_500, 500, 1_000]})
    bonus = unilevel(volume="pv", amounts=[5, "2.50"], per="unit").replace('"2.50"', "2.50")
    plan = plan_of(PV, bonus)
    found = result(plan, team)
    assert said(found) == {
        1: (10_00, "Level 1: 5.00 DKK each."),
        2: (-5_00, "Level 1: 5.00 DKK each."),
        3: (0, "0.5 PV: it takes a whole one."),
        4: (2_50, "Level 2: 2.50 DKK each."),
    }
    assert all(line.rate == 0 for line in found.lines)
    assert "Everyone: 5.00 DKK, 2.50 DKK by level, the nearest first." in [
        str(message) for message in plan.components[0].rules.words(plan)
    ]


def test_amounts_for_each_member_by_rank() -> None:
    team = make_team([-1, 0, 0, 0], {"pv": [400_000, 2_500, -1_500, 0]})
    bonus = unilevel(volume="pv", amounts_by_rank={"low": [], "high": [7]}, per="member")
    found = said(result(plan_of(PV, RANKS, bonus), team))
    assert found == {
        1: (7_00, "Level 1: 7.00 DKK each."),
        2: (0, "-1.5 PV: it takes more than nothing."),
        3: (0, "No PV this period."),
    }


def test_a_commission_on_what_others_earn() -> None:
    # 2 sells for 1,000 and earns 250; 1 gets 20 % of that, 0 gets 15 %
    sales = table("[[components]]", {"id": "own", "name": "Own", "kind": "retail", "method": "percent",
                                     "volume": "cv", "percent": 25})  # fmt: skip
    above = unilevel(of=["own"], rates=[20, 15]).replace('volume = "cv"\n', "")
    plan = plan_of(CV, sales, above)
    team = make_team([-1, 0, 1], {"cv": [0, 0, 1_000_000]})
    assert said(result(plan, team, 1)) == {2: (50_00, "Level 1.")}
    assert said(result(plan, team)) == {
        1: (0, "Earns nothing in what this bonus is taken of."),
        2: (37_50, "Level 2."),
    }
    assert plan.component("team").rules.builds_on() == {"own"}


def test_unearned_levels_go_where_the_plan_says() -> None:
    # 3 buys for 1,000; 2 is inactive and takes level 1, 1 is inactive too and takes level 2, 0 takes level 3
    team = make_team([-1, 0, 1, 2], {"pv": [100_000, 0, 0, 0], "cv": [0, 0, 0, 1_000_000]})
    amounts = {}
    for unearned in ("breakage", "roll_up", "pass_up"):
        plan = plan_of(PV, CV, ACTIVE, unilevel(rates=[10, 5, 2], unearned=unearned))
        found = result(plan, team)
        amounts[unearned] = [(line.level, line.minor, str(line.reason)) for line in found.lines if line.minor]
    assert amounts == {
        "breakage": [(3, 20_00, "Level 3.")],
        # level 1 passes 1, who isn't entitled either, and so does level 2: 100 + 50 + 20
        "roll_up": [
            (1, 100_00, "Level 1. Passed on by Name 2, who isn't paid for it."),
            (2, 50_00, "Level 2. Passed on by Name 1, who isn't paid for it."),
            (3, 20_00, "Level 3."),
        ],
        # level 1 goes to 1, who isn't entitled: the company keeps it; level 2 goes to 0
        "pass_up": [(2, 50_00, "Level 2. Passed on by Name 1, who isn't paid for it."), (3, 20_00, "Level 3.")],
    }


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            {"compression": "dynamic"},
            ["Whoever isn't paid for a level is passed by, and the next one up gets it."],
        ),
        (
            {"compression": "skip_below_rank", "skip_below": "high"},
            [
                "Those who aren't active or are below High are passed by, and the next one up gets the level.",
                "What somebody takes but isn't entitled to stays with the company.",
            ],
        ),
    ],
)
def test_who_is_passed_by_is_said(entries: dict[str, Any], expected: list[str]) -> None:
    plan = plan_of(PV, CV, ACTIVE, RANKS, unilevel(rates=[10], **entries))
    said_of = [str(sentence) for sentence in plan.components[0].rules.words(plan)]
    assert [one for one in said_of if "passed by" in one or "entitled" in one] == expected


def test_who_has_left_keeps_her_place_and_takes_a_level_or_not() -> None:
    team = make_team([-1, 0, 1], {"pv": [100_000, 0, 0], "cv": [0, 500_000, 1_000_000]})
    team = replace(team, kinds=[Kind.DISTRIBUTOR, Kind.CANCELLED, Kind.DISTRIBUTOR])
    stays = said(result(plan_of(PV, CV, unilevel(rates=[10, 5])), team))
    passed = said(result(plan_of(PV, CV, unilevel(rates=[10, 5], compression="cancelled")), team))
    assert (stays[2], passed[2]) == (
        (50_00, "Level 2."),
        (100_00, "Level 1. Skipped on the way up (left or customers): 1."),
    )
    assert stays[1] == passed[1] == (50_00, "Level 1.")
    assert estimate(plan_of(PV, CV, unilevel(rates=[10, 5])), team, OCTOBER, 1).total_minor == 0


HALF_NEW = {"days": 20, "percent": 30}


@pytest.mark.parametrize(
    ("joined", "orders", "expected", "reason"),
    [
        # new all through October: 30 % of 1,000 at 10 %
        (date(2026, 10, 20), [], 30_00, "Level 1. New member: of 1000 30 % counts."),
        # no longer new in October
        (date(2026, 9, 1), [], 100_00, "Level 1."),
        # joined afterwards, or nobody knows when: not new
        (date(2026, 11, 2), [], 100_00, "Level 1."),
        (None, [], 100_00, "Level 1."),
        # new until 10 October: 400 bought on the 10th, 600 on the 11th: 10 % of 120 + 600
        (date(2026, 9, 21), [(10, 400), (11, 600)], 72_00, "Level 1. New member: of 400 30 % counts."),
        # the day of joining is the first of the 20 days: 400 bought on it, 600 on the day after the last
        (date(2026, 10, 5), [(5, 400), (25, 600)], 72_00, "Level 1. New member: of 400 30 % counts."),
        # only 400 are dated, on the 11th; the other 600 count as bought while new: 10 % of 400 + 180
        (date(2026, 9, 21), [(11, 400)], 58_00, "Level 1. New member: of 600 30 % counts."),
        # orders come to 200 more than the month's volume: the 200 are taken off where that pays less
        (date(2026, 9, 21), [(10, 1_200)], 16_00, "Level 1. New member: of 1200 30 % counts."),
    ],
)
def test_new_members(joined: date | None, orders: list[tuple[int, int]], expected: int, reason: str) -> None:
    team = make_team([-1, 0], {"cv": [0, 1_000_000]})
    dated = [Order(1, date(2026, 10, day), {"cv": amount * 1000}) for day, amount in orders]
    team = replace(team, joined=[None, joined], orders=dated)
    found = result(plan_of(CV, unilevel(rates=[10], new_members=HALF_NEW)), team)
    assert said(found) == {1: (expected, reason)}


def test_a_new_member_is_not_mentioned_where_all_of_her_volume_counts() -> None:
    team = replace(
        make_team([-1, 0, 0], {"cv": [0, 1_000_000, 1_000_000]}), joined=[None, date(2026, 10, 20), None]
    )
    later = {"months": 2, "percent": 100, "later_percent": 40}
    found = result(plan_of(CV, unilevel(rates=[10], new_members=later)), team)
    assert said(found) == {1: (100_00, "Level 1."), 2: (40_00, "Level 1.")}
    assert str(found.notes[-1]) == (
        "CV counts with 100 % in a member's first 2 calendar months, the month of joining included, and with 40 % "
        "afterwards."
    )


def test_what_nobody_knows_of_a_new_member_gives_a_range() -> None:
    team = make_team([-1, 0], {"cv": [0, 1_000_000]})
    team = replace(team, joined=[None, date(2026, 9, 21)])
    statement = estimate(plan_of(CV, unilevel(rates=[10], new_members=HALF_NEW)), team, OCTOBER, 0)
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (30_00, 100_00)


def test_a_whole_line_where_the_earner_only_collects_what_others_leave() -> None:
    # with active_only = false an inactive earner is passed by, but gets what is rolled up
    team = make_team([-1, 0, 1], {"pv": [0, 100_000, 0], "cv": [0, 0, 1_000_000]})
    bonus = unilevel(rates=[10, 5], compression="skip_inactive", active_only=False, unearned="roll_up",
                     requires=[{"volume": "pv", "min": 0}, {"personals": 1}])  # fmt: skip
    found = said(result(plan_of(PV, CV, ACTIVE, bonus), team))
    assert found[2] == (0, "This volume passes by (not active).")


TEAM = 'test.toml, component "team", key'
MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"amounts": [5]}, f'{TEAM} "per": this key is missing; it holds one of unit, member.'),
    ({"amounts": [5], "per": "unit", "base_percent": 5}, f'{TEAM} "base_percent": this key isn\'t known here.'),
    ({"amounts": [], "per": "unit"}, f'{TEAM} "amounts": this list is empty.'),
    ({"amounts_by_rank": {"low": 5, "high": [1]}, "per": "unit"},
     f'{TEAM} "amounts_by_rank": this must be a list.'),
    ({"rates": [5], "depth_by_legs": []}, f'{TEAM} "depth_by_legs": this list is empty.'),
    (
        {"rates": [5], "depth_by_legs": [{"legs": 1, "levels": 1}, {"legs": 1, "levels": 2}]},
        f'{TEAM} "depth_by_legs": the steps must rise.',
    ),
    ({"rates": [5], "depth_by_legs": [{"legs": -1, "levels": 1}]}, f'{TEAM} "legs": this can\'t be less than 0.'),
    ({"rates": [5], "depth_by_legs": [{"legs": "x", "levels": 1}]},
     f'{TEAM} "legs": this must be a whole number.'),
    ({"rates": [5], "depth_by_legs": [{"legs": 1, "levels": 1}], "active_leg": "all"},
     f'{TEAM} "active_leg": "all" isn\'t one of first, anyone.'),
    ({"package": {"volume": "pv", "tiers": []}}, f'{TEAM} "tiers": give at least one tier.'),
    (
        {"package": {"volume": "pv", "tiers": [{"from": 5, "rates": [1]}, {"from": 5, "rates": [2]}]}},
        f'{TEAM} "tiers": the tiers must rise.',
    ),
    ({"package": {"volume": "cw", "tiers": [{"from": 5, "rates": [1]}]}},
     f'{TEAM} "volume": the plan has no volume "cw".'),
    ({"package": 7}, f'{TEAM} "package": this must be a table.'),
    ({"rates": [5], "unearned": "up"}, f'{TEAM} "unearned": "up" isn\'t one of breakage, roll_up, pass_up.'),
    (
        {"rates": [5], "new_members": {"days": 3, "months": 3}},
        f'{TEAM} "new_members": give either days or months.',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "expected"), MISTAKES)
def test_mistakes_are_located(entries: dict[str, Any], expected: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_of(PV, CV, RANKS, unilevel(**entries))
    assert expected in [str(problem) for problem in caught.value.problems]


def test_earnings_are_only_those_of_bonuses_before_it() -> None:
    with pytest.raises(PlanError) as caught:
        plan_of(CV, unilevel(of=["team"], rates=[5]).replace('volume = "cv"\n', ""))
    assert str(caught.value.problems[0]) == f'{TEAM} "of": no bonus before this one is called "team".'
