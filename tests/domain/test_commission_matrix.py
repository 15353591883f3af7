"""Matrices worked out by hand: who stands where, who moves up, levels, full ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from commission_support import ACTIVE, CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table

from organizer.domain.commission.engine import carried, estimate, estimate_from
from organizer.domain.commission.kinds.matrix import Matrix
from organizer.domain.commission.kinds.matrix_placement import Spillover, fill, order_of_joining
from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.team import Kind, Team


def matrix(**entries: Any) -> str:
    usual = {"id": "team", "name": "Team", "kind": "matrix", "volume": "cv", "width": 2, "depth": 2,
             "rates": [10, 5], "compression": "none"}  # fmt: skip
    return table("[[components]]", usual | entries)


def plan_of(*parts: str) -> Plan:
    return parse_plan(HEAD + "".join(parts) + ROUNDING, "test.toml")


def rules_of(plan: Plan) -> Matrix:
    rules = plan.component("team").rules
    assert isinstance(rules, Matrix)
    return rules


def result(plan: Plan, team: Team, member: int = 0, carry: Any = None) -> ComponentResult:
    snapshot = Snapshot(plan, team, OCTOBER, carry=carry)
    found = rules_of(plan).pay(plan.component("team"), snapshot, member)
    assert found.total_minor == int(snapshot.earned("team").minor[member])
    return found


def placed(plan: Plan, team: Team) -> list[int]:
    layout = rules_of(plan).layout(Snapshot(plan, team, OCTOBER))
    return [above if above < len(team) else -1 for above in layout.parent[:-1].tolist()]


def leaving(team: Team, members: Sequence[int]) -> Team:
    kinds = [Kind.CANCELLED if member in members else kind for member, kind in enumerate(team.kinds)]
    return replace(team, kinds=kinds)


def test_breadth_first_fills_level_by_level_below_the_sponsor() -> None:
    # 0 recruits 1 to 4 and 6, 1 recruits 5: 3 and 4 spill to 1; 5 finds 1 full and stands under 3; 6 goes to 2
    team = make_team([-1, 0, 0, 0, 0, 1, 0], {"cv": [0] * 7})
    assert placed(plan_of(CV, matrix(spillover="breadth_first")), team) == [-1, 0, 0, 1, 1, 3, 2]


def test_depth_first_fills_the_left_leg_as_deep_as_it_pays() -> None:
    # two levels deep: under 0 stand 1 and 2, then under 1 stand 3 and 4, then under 2 stand 5 and 6
    team = make_team([-1] + [0] * 7, {"cv": [0] * 8})
    plan = plan_of(CV, matrix(spillover="depth_first"))
    # the eighth finds no place as deep as it pays: the first free one level by level
    assert placed(plan, team) == [-1, 0, 0, 1, 1, 2, 2, 3]
    deeper = plan_of(CV, matrix(spillover="depth_first", depth=3))
    assert placed(deeper, team) == [-1, 0, 0, 1, 1, 3, 3, 4]


def test_places_are_given_out_in_order_of_joining() -> None:
    team = make_team([-1, 0, 0, 0, 0], {"cv": [0] * 5})
    days = [None, date(2026, 3, 1), None, date(2026, 1, 1), date(2026, 3, 1)]
    # 3 joined first, then 1 and 4 on one day (1 has the lower id), 2 on an unknown day
    plan = plan_of(CV, matrix(spillover="breadth_first"))
    assert placed(plan, replace(team, joined=days)) == [-1, 0, 3, 0, 3]
    notes = [str(note) for note in result(plan, replace(team, joined=days)).notes]
    assert notes == ["The day of joining of 2 members isn't known; they are placed after the others."]
    assert order_of_joining(Snapshot(plan, replace(team, joined=days), OCTOBER)) == [3, 1, 4, 0, 2]


def test_a_recruit_with_an_earlier_day_than_her_sponsor_is_placed_after_her() -> None:
    team = make_team([-1, 0, 1, 0], {"cv": [0] * 4})
    days = [date(2026, 5, 1), date(2026, 6, 1), date(2026, 1, 1), date(2026, 6, 1)]
    plan = plan_of(CV, matrix(spillover="breadth_first", width=1))
    assert placed(plan, replace(team, joined=days)) == [-1, 0, 1, 2]


def test_customers_hold_no_position() -> None:
    # 1 is a customer of 0 and "recruited" 2: 2 stands under 0 all the same, and 0 has room for 3 beside her
    team = make_team([-1, 0, 1, 0], {"cv": [0, 1_000_000, 0, 0]}, customers=[1])
    plan = plan_of(CV, matrix(spillover="breadth_first"))
    assert placed(plan, team) == [-1, 0, 0, 0]
    assert {line.source: line.minor for line in result(plan, team).lines} == {1: 100_00, 2: 0, 3: 0}


def test_who_joined_first_of_those_right_below_moves_up() -> None:
    # 1 leaves over 2 (joined later) and 3; 3 moves up and 4, who joined after 5, is passed by: 5 moves up under 3
    team = make_team([-1, 0, 1, 1, 3, 3], {"cv": [0, 100_000, 0, 0, 0, 0]})
    days = [date(2026, 1, day) for day in (1, 2, 9, 3, 8, 7)]
    team = leaving(replace(team, joined=days), [1])
    plan = plan_of(CV, matrix(removal="promote_earliest"))
    # 3 takes 1's place over 2 and 5; 5 takes 3's place over 4; 1 herself hangs below 0, where her volume pays
    assert placed(plan, team) == [-1, 0, 3, 0, 5, 3]
    assert {line.source: line.minor for line in result(plan, team).lines}[1] == 10_00
    assert placed(plan_of(CV, matrix()), team) == [-1, 0, 1, 1, 3, 3]


def test_a_wider_tree_than_the_plan_s_is_named_and_counts() -> None:
    team = make_team([-1, 0, 0, 0], {"cv": [0] + [1_000_000] * 3})
    found = result(plan_of(CV, matrix()), team)
    assert found.total_minor == 300_00
    assert [str(note) for note in found.notes] == [
        "Positions with more than 2 right below them: 1. All of them count."
    ]
    without = leaving(team, [3])
    assert result(plan_of(CV, matrix(removal="promote_earliest")), without).notes == ()


def test_levels_end_at_the_depth_of_the_matrix_or_of_the_rank() -> None:
    rank = table("[[ranks]]", {"id": "low", "name": "Low", "all": []})
    team = make_team([-1, 0, 1, 2], {"cv": [0] + [1_000_000] * 3})
    found = result(plan_of(CV, matrix(rates=[10, 5, 2])), team)
    assert {line.source: (line.minor, str(line.reason)) for line in found.lines} == {
        1: (100_00, "Level 1."),
        2: (50_00, "Level 2."),
        3: (0, "Deeper than the 2 levels that this bonus pays."),
    }
    found = result(plan_of(CV, rank, matrix(depth_by_rank={"low": 1})), team)
    assert found.total_minor == 100_00
    in_amounts = matrix(amounts=[3, 2], per="member").replace("rates = [10, 5]\n", "")
    assert result(plan_of(CV, in_amounts), team).total_minor == 5_00


FULL = {"completion": [{"level": 1, "amount": 100}, {"whole_matrix": True, "amount": 1000}]}


def test_full_levels_are_paid_once() -> None:
    # level 1 is full with 2, level 2 has 3 of 4
    team = make_team([-1, 0, 0, 1, 1, 2], {"cv": [0] * 6})
    plan = plan_of(CV, matrix(**FULL))
    found = result(plan, team)
    assert [(line.level, line.minor, str(line.reason)) for line in found.lines[:2]] == [
        (1, 100_00, "Level 1 is full."),
        (None, 0, "The whole matrix isn't full: 5 of 6."),
    ]
    assert (found.total_minor, found.paid_count, list(found.lines.paid())) == (100_00, 1, [0])
    snapshot = Snapshot(plan, team, OCTOBER)
    statement = estimate_from(snapshot, 0)
    after = carried(snapshot, statement)
    assert after["team"] == {0: {"level_1": 1}, 1: {"level_1": 1}}
    later = make_team([-1, 0, 0, 1, 1, 2, 2], {"cv": [0] * 7})
    next_month = result(plan, later, carry=after)
    assert [(line.minor, str(line.reason)) for line in next_month.lines[:2]] == [
        (0, "Level 1 was paid in an earlier period."),
        (1000_00, "The whole matrix is full."),
    ]
    assert rules_of(plan).after(plan.component("team"), Snapshot(plan, later, OCTOBER, carry=after)) == {
        0: {"level_1": 1, "whole": 1}, 1: {"level_1": 1}, 2: {"level_1": 1},
    }  # fmt: skip
    assert rules_of(plan).pays_for_recruiting_alone()
    assert not rules_of(plan_of(CV, matrix())).pays_for_recruiting_alone()


def test_full_levels_each_period_for_who_is_qualified() -> None:
    team = make_team([-1, 0, 0], {"pv": [60_000, 0, 0], "cv": [0] * 3})
    plan = plan_of(PV, CV, ACTIVE, matrix(completion=[{"level": 1, "amount": 5}], completion_paid="each_period"))
    found = result(plan, team, carry={"team": {0: {"level_1": 1}}})
    assert str(found.lines[0].reason) == "Not active: needs 100 PV, has 60."
    active = replace(team, volumes={"pv": [100_000, 0, 0], "cv": [0] * 3})
    assert result(plan, active, carry={"team": {0: {"level_1": 1}}}).total_minor == 5_00
    assert rules_of(plan).after(plan.component("team"), Snapshot(plan, active, OCTOBER)) == {}
    # who has left doesn't fill a position
    assert result(plan, leaving(active, [2])).total_minor == 0


def test_words() -> None:
    plan = plan_of(CV, matrix(spillover="breadth_first", removal="promote_earliest", **FULL))
    assert [str(message) for message in rules_of(plan).words(plan)][:5] == [
        "2 positions side by side and 2 levels deep: room for 6 below each. That is what it holds, not what "
        "anyone can expect.",
        "In order of joining everyone gets the first free place below her sponsor, level by level from the left.",
        "When somebody leaves, the one of those right below who joined first moves up, and so on down.",
        "Level 1 full: 100.00 DKK, once.",
        "The whole matrix full: 1000.00 DKK, once.",
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"width": 0}, '"width": this can\'t be less than 1.'),
        ({"width": 10, "depth": 40}, '"depth": this matrix holds more than anybody can fill.'),
        ({"spillover": "left"}, '"spillover": "left" isn\'t one of given, breadth_first, depth_first.'),
        ({"removal": "drop"}, '"removal": "drop" isn\'t one of keep, promote_earliest.'),
        ({"completion": [{"level": 3, "amount": 5}]}, '"level": this can\'t be more than 2.'),
        ({"completion": [{"level": 1, "amount": 5}] * 2}, '"completion": a level is there more than once.'),
        ({"completion": [{"level": 1}]}, '"amount": this key is missing; it holds a number.'),
    ],
)
def test_mistakes_are_located(entries: dict[str, Any], expected: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_of(CV, matrix(**entries))
    assert str(caught.value.problems[0]) == f'test.toml, component "team", key {expected}'


@pytest.mark.parametrize("spillover", ["given", "breadth_first", "depth_first"])
@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_hundred_thousand_in_a_row_or_around_one(shape: str, spillover: str) -> None:
    size = 100_000
    sponsor = [-1, *range(size - 1)] if shape == "chain" else [-1] + [0] * (size - 1)
    team = leaving(make_team(sponsor, {"cv": [1_000] * size}), range(5, size, 10))
    plan = plan_of(CV, matrix(width=3, depth=7, rates=[1] * 7, spillover=spillover, removal="promote_earliest"))
    # minutes if anything grew with the square of the members
    assert estimate(plan, team, OCTOBER, 0).components[0].paid_count > 0


def test_one_wide_matrices_are_chains_whoever_recruits() -> None:
    sponsor = [-1] + [member // 2 for member in range(20_000)]
    order = list(range(len(sponsor)))
    assert fill(sponsor, order, 1, 3, Spillover.BREADTH_FIRST) == [-1, *range(20_000)]
