"""What is missing to the next rank: the smallest changes first, and existing members only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from commission_support import ACTIVE, CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table, unilevel

from organizer.domain.commission.next_rank import Step, steps_to_next_rank
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Team


def steps(
    conditions: Sequence[dict[str, Any]], team: Team, *between: Sequence[dict[str, Any]], rule: str = ACTIVE
) -> tuple[Step, ...]:
    """Towards a rank that asks for `conditions`, over the lowest one and those `between`."""
    ranks = [[], *between, list(conditions)]
    parts = [
        table("[[ranks]]", {"id": f"r{number}", "name": f"R{number}", "all": asked})
        for number, asked in enumerate(ranks)
    ]
    text = HEAD + PV + CV + rule + "".join(parts) + unilevel(rates=[5]) + ROUNDING
    return steps_to_next_rank(Snapshot(parse_plan(text, "plan.toml"), team, OCTOBER), 0)


def told(step: Step) -> tuple[str, dict[int, list[str]]]:
    return str(step.more), {near.member: [str(lack) for lack in near.lacks] for near in step.near}


def test_the_smallest_part_that_is_missing_comes_first() -> None:
    team = make_team([-1, 0], {"pv": [90_000, 100_000], "cv": [0, 0]})
    conditions = [{"volume": "pv", "of": "group", "tree": "sponsor", "min": 1000}, {"volume": "pv", "min": 100}]
    found = steps(conditions, team)
    assert [(str(step.more), step.effort) for step in found] == [
        ("10 PV more", Fraction(1, 10)),
        ("810 PV more", Fraction(81, 100)),
    ]


def test_what_is_met_is_no_step_and_the_top_has_none() -> None:
    team = make_team([-1], {"pv": [100_000], "cv": [0]})
    assert steps([{"volume": "pv", "min": 100}], team) == ()
    assert steps([{"volume": "pv", "min": 100}, {"months_since_joining": 3}], team)[0].near == ()


def test_a_customer_has_no_steps() -> None:
    team = make_team([-1], {"pv": [0], "cv": [0]}, customers=[0])
    assert steps([{"volume": "pv", "min": 100}], team) == ()


def test_legs_that_lack_little_volume_are_named_the_nearest_first() -> None:
    team = make_team([-1, 0, 0, 0, 0, 2], {"pv": [0, 900_000, 300_000, 0, 1_000_000, 500_000], "cv": [0] * 6})
    (step,) = steps([{"volume": "pv", "of": "leg", "tree": "sponsor", "min": 1000, "legs": 3}], team)
    assert told(step) == ("2 more such legs", {1: ["100 PV more in the leg"], 2: ["200 PV more in the leg"]})


def test_in_each_leg_whoever_lacks_least_of_the_rank_is_named() -> None:
    #      0
    #   1     2      1 has someone of the rank; in 2's leg 4 lacks 5, 3 lacks 60; 5 is alone with nothing
    #   6    3 4  5
    sponsor = [-1, 0, 0, 2, 2, 0, 1]
    team = make_team(sponsor, {"pv": [100_000, 0, 10_000, 40_000, 95_000, 0, 100_000], "cv": [0] * 7})
    leaders = [{"volume": "pv", "min": 100}]
    (step,) = steps([{"legs": 3, "rank": "r1", "tree": "sponsor"}], team, leaders)
    assert told(step) == (
        "2 more such legs",
        {4: ["Own PV: 95, needs 100"], 5: ["Own PV: 0, needs 100"]},
    )
    (front,) = steps([{"legs": 3, "rank": "r1", "tree": "sponsor", "frontline_only": True}], team, leaders)
    assert list(told(front)[1]) == [2, 1, 5]


def test_only_those_she_sponsored_are_near_to_be_active() -> None:
    team = make_team([-1, 0, 0, 0, 1], {"pv": [0, 100_000, 80_000, 10_000, 99_000], "cv": [0] * 5}, customers=[3])
    (step,) = steps([{"active_personals": 3}], team)
    assert told(step) == ("2 more of those you sponsored", {2: ["20 PV more"]})


def test_customers_with_a_volume_are_counted_among_customers() -> None:
    team = make_team([-1, 0, 0, 0], {"pv": [0, 0, 20_000, 50_000], "cv": [0] * 4}, customers=[2, 3])
    (step,) = steps([{"customers": 2, "volume": "pv", "min": 50}], team)
    assert told(step) == ("1 more of those you sponsored", {2: ["30 PV more"]})


def test_whoever_the_file_calls_inactive_in_spite_of_her_volume_is_not_near() -> None:
    team = make_team([-1, 0, 0], {"pv": [0, 150_000, 60_000], "cv": [0] * 3})
    asked = [{"active_personals": 2}]
    (step,) = steps(asked, replace(team, active=[None, False, False]))
    assert told(step) == ("2 more of those you sponsored", {2: ["40 PV more"]})
    assert step.near[0].effort == Fraction(40, 100)
    (by_file,) = steps(asked, replace(team, active=[None, False, False]), rule="")
    assert told(by_file) == ("2 more of those you sponsored", {})


def test_whoever_lacks_both_activity_and_volume_lacks_the_sum_of_both() -> None:
    team = make_team([-1, 0, 0], {"pv": [0, 90_000, 60_000], "cv": [0, 10_000, 45_000]})
    (step,) = steps([{"active_personals": 2, "volume": "cv", "min": 50}], team)
    assert told(step)[1] == {2: ["40 PV more", "5 CV more"], 1: ["10 PV more", "40 CV more"]}
    assert [near.effort for near in step.near] == [Fraction(1, 2), Fraction(9, 10)]


def test_among_many_the_nearest_are_named() -> None:
    size = 30
    figures = [0, *(member * 3_000 for member in range(1, size))]
    team = make_team([-1] + [0] * (size - 1), {"pv": figures, "cv": figures})
    for asked in (
        {"active_personals": 2},
        {"personals": 2, "volume": "cv", "min": 100},
        {"volume": "pv", "of": "leg", "tree": "sponsor", "min": 100, "legs": 2},
    ):
        (step,) = steps([asked], team)
        assert [near.member for near in step.near] == [29, 28, 27, 26, 25]


def test_legs_of_another_tree_and_without_a_rule_of_activity() -> None:
    pv = {"pv": [0, 900_000, 0, 1_000_000], "cv": [0] * 4}
    team = make_team([-1, 0, 0, 0], pv, placement=[-1, 0, 0, 1])
    asked = {"volume": "pv", "of": "leg", "tree": "placement", "min": 2000, "legs": 1}
    (step,) = steps([asked], team, rule="")
    assert told(step) == ("1 more such legs", {1: ["100 PV more in the leg"]})
    (by_sponsor,) = steps([asked | {"tree": "sponsor"}], team, rule="")
    assert list(told(by_sponsor)[1]) == [3, 1]
    (few,) = steps([{"personals": 4}], team, rule="")
    assert told(few) == ("1 more of those you sponsored", {})


def test_a_group_below_nothing_lacks_no_part_of_nothing() -> None:
    team = make_team([-1, 0], {"pv": [0, -20_000], "cv": [0, 0]})
    group = {"volume": "pv", "of": "group", "tree": "sponsor", "min": 0}
    (step,) = steps([group], team)
    assert (str(step.more), step.effort) == ("20 PV more", Fraction())


def test_nobody_who_is_not_there_is_ever_proposed() -> None:
    team = make_team([-1], {"pv": [100_000], "cv": [0]})
    for conditions in ([{"active_personals": 2}], [{"legs": 2, "rank": "r0", "tree": "sponsor"}]):
        (step,) = steps(conditions, team)
        assert step.near == ()


@pytest.mark.parametrize("shape", ["star", "chain"])
def test_a_hundred_thousand(shape: str) -> None:
    size = 100_000
    sponsor = [-1] + [0 if shape == "star" else member - 1 for member in range(1, size)]
    team = make_team(
        sponsor, {"pv": [100_000] + [member % 100 * 1000 for member in range(1, size)], "cv": [0] * size}
    )
    conditions = [
        {"active_personals": 2},
        {"legs": 2, "rank": "r1", "tree": "sponsor"},
        {"volume": "pv", "of": "leg", "tree": "sponsor", "min": 99_000_000, "legs": 2},
    ]
    found = steps(conditions, team, [{"volume": "pv", "min": 100}])
    assert len(found) == 3
    near = max(len(step.near) for step in found)
    assert near == (5 if shape == "star" else 1)
