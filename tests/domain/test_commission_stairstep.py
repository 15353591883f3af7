"""The stair-step bonus, by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from commission_support import ACTIVE, OCTOBER
from stairstep_support import mistakes, paid, plan_of, reasons, result_of, sentences, snapshot_of, team_of

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.kinds.stairstep import Stairstep
from organizer.domain.commission.plan import Plan
from organizer.domain.team import Kind

BRACKETS = [{"from": 100, "percent": 3}, {"from": 400, "percent": 6}, {"from": 1000, "percent": 9}]
STEPS = {"kind": "stairstep", "bracket_volume": "pv", "brackets": BRACKETS}
BY_RANK = {"kind": "stairstep", "percent_by_rank": {"bronze": 5, "silver": 10, "gold": 15}}
CHAIN = [-1, 0, 1]


def test_each_is_paid_hers_less_what_is_paid_below() -> None:
    # PV of the groups: 1100, 450, 100: 9 %, 6 %, 3 %
    team = team_of(CHAIN, pv=[650, 350, 100], cv=[1000, 2000, 3000])
    # 9 % of 1000 + 3 % of 2000 + 3 % of 3000; 6 % of 2000 + 3 % of 3000; 3 % of 3000
    assert paid(snapshot_of(plan_of(STEPS), team)) == [90_00 + 60_00 + 90_00, 120_00 + 90_00, 90_00]


def test_a_bracket_begins_at_its_threshold_and_nothing_falls_between_two() -> None:
    plan = plan_of(STEPS)
    for points, percent in ((99.999, 0), (100, 3), (399.999, 3), (400, 6), (999.999, 6), (1000, 9), (99_999, 9)):
        assert paid(snapshot_of(plan, team_of([-1], pv=[points], cv=[100]))) == [percent * 100]


def test_an_equal_percentage_below_leaves_nothing() -> None:
    team = team_of(CHAIN, cv=[0, 100, 200], held=[2, 2, 1])
    snapshot = snapshot_of(plan_of(BY_RANK), team)
    # the middle one: 10 % of 100 + (10 - 5) % of 200; the top one has 10 % as well
    assert paid(snapshot) == [0, 20_00, 10_00]
    assert reasons(snapshot, 0) == [
        "No CV this period.",
        "Those below already have 10 % or more of it.",
        "Those below already have 10 % or more of it.",
    ]


def test_a_higher_percentage_below_takes_nothing_back() -> None:
    team = team_of(CHAIN, cv=[100, 100, 100], held=[1, 3, 1])
    assert paid(snapshot_of(plan_of(BY_RANK), team)) == [5_00, 15_00 + 10_00, 5_00]


def test_the_middle_ones_percentage_counts_against_the_source_not_the_one_below() -> None:
    # 10 % and 20 % on the way: the second is paid 10 % of it, not 20 %
    team = team_of([-1, 0, 1, 2], cv=[0, 0, 0, 100], held=[3, 2, 1, 0])
    assert paid(snapshot_of(plan_of(BY_RANK), team)) == [5_00, 5_00, 5_00, 0]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, [15_00 + 15_00 + 10_00, 0, 5_00]),
        ({"personal": False}, [15_00 + 10_00, 0, 0]),
        ({"downline": "none"}, [15_00, 0, 5_00]),
        ({"downline": "direct"}, [15_00 + 15_00, 0, 5_00]),
        ({"downline": "direct", "personal": False}, [15_00, 0, 0]),
        ({"downline": "indirect"}, [15_00 + 10_00, 0, 5_00]),
    ],
)
def test_which_volume_is_paid(keys: dict[str, Any], expected: list[int]) -> None:
    # gold over a member without a rank over bronze
    team = team_of(CHAIN, cv=[100, 100, 100], held=[3, 0, 1])
    assert paid(snapshot_of(plan_of(BY_RANK | keys), team)) == expected


def test_the_share_of_one_who_is_not_qualified() -> None:
    team = team_of(CHAIN, pv=[100, 0, 100], cv=[0, 100, 100], held=[3, 2, 1])
    stays = plan_of(BY_RANK | {"unqualified": "breakage"}, active=ACTIVE)
    # of the last one's 100 the top one gets 15 - 10, of the middle one's as well
    assert paid(snapshot_of(stays, team)) == [5_00 + 5_00, 0, 5_00]
    goes_up = plan_of(BY_RANK | {"unqualified": "roll_up"}, active=ACTIVE)
    assert paid(snapshot_of(goes_up, team)) == [15_00 + 10_00, 0, 5_00]
    assert reasons(snapshot_of(goes_up, team), 1)[0] == "Not active: needs 100 PV, has 0."


def test_customers_and_their_volume() -> None:
    team = team_of([-1, 0, 1], cv=[0, 100, 100], held=[2, 3, 0], customers=[1])
    assert paid(snapshot_of(plan_of(BY_RANK), team)) == [20_00, 0, 0]
    snapshot = snapshot_of(plan_of(BY_RANK | {"customer_volume": False}), team)
    assert paid(snapshot) == [10_00, 0, 0]
    assert reasons(snapshot, 0)[1] == "A customer's volume doesn't count in this bonus."


def test_volume_that_is_not_known_and_returns() -> None:
    team = team_of(CHAIN, cv=[None, -100, 100], held=[2, 1, 0])
    snapshot = snapshot_of(plan_of(BY_RANK), team)
    assert paid(snapshot) == [-5_00 + 5_00, -5_00 + 5_00, 0]
    assert reasons(snapshot, 0)[0] == "CV isn't known for this period."


def test_what_is_said_where_there_is_no_percentage() -> None:
    team = team_of([-1], pv=[60], cv=[100])
    assert reasons(snapshot_of(plan_of(STEPS), team), 0) == [
        "No percentage yet: it begins at 100 PV, and there is 60."
    ]
    assert reasons(snapshot_of(plan_of(BY_RANK), team), 0) == ["Without a rank there is no percentage."]
    nothing = BY_RANK | {"percent_by_rank": {"bronze": 0, "silver": 10, "gold": 15}}
    ranked = team_of([-1], cv=[100], held=[1])
    assert reasons(snapshot_of(plan_of(nothing), ranked), 0) == ["The rank Bronze has no percentage."]


def test_what_is_said_of_volume_that_is_not_paid() -> None:
    team = team_of(CHAIN, cv=[100, 100, 100], held=[3, 0, 1])
    assert reasons(snapshot_of(plan_of(BY_RANK | {"personal": False, "downline": "direct"}), team), 0) == [
        "Own volume isn't paid in this bonus.",
        "15 %: nobody below has a percentage of it.",
        "Somebody below has a percentage of it, 5 %.",
    ]
    assert reasons(snapshot_of(plan_of(BY_RANK | {"downline": "none"}), team), 0) == [
        "Own volume, at 15 %.",
        "This bonus pays own volume only.",
        "This bonus pays own volume only.",
    ]
    assert reasons(snapshot_of(plan_of(BY_RANK | {"downline": "indirect"}), team), 0)[1] == (
        "Nobody below has a percentage of it."
    )


TOP = {"breakaway": {"percent": 9}}


def test_a_group_that_breaks_away_leaves_bracket_and_pay() -> None:
    # the leg has 1000 PV, so it breaks away; what is left above is 150 PV, 3 %
    team = team_of([-1, 0, 1, 0], pv=[100, 600, 400, 50], cv=[100, 100, 100, 100])
    snapshot = snapshot_of(plan_of(STEPS | TOP), team)
    assert paid(snapshot) == [3_00 + 3_00, 9_00 + 3_00, 6_00, 0]
    assert reasons(snapshot, 0) == [
        "Own volume, at 3 %.",
        "Name 1's group has broken away.",
        "3 %: nobody below has a percentage of it.",
        "Name 1's group has broken away.",
    ]


@pytest.mark.parametrize(
    ("leaves", "expected"),
    [
        # 150 PV above: 3 %, and the leg has more already
        ("bracket", [3_00 + 3_00, 9_00 + 3_00, 6_00, 0]),
        # 1150 PV above: 9 %, but the leg's volume isn't paid
        ("pay", [9_00 + 9_00, 9_00 + 3_00, 6_00, 0]),
    ],
)
def test_what_a_group_leaves(leaves: str, expected: list[int]) -> None:
    team = team_of([-1, 0, 1, 0], pv=[100, 600, 400, 50], cv=[100, 100, 100, 100])
    plan = plan_of(STEPS | {"breakaway": {"percent": 9, "leaves": leaves}})
    assert paid(snapshot_of(plan, team)) == expected


def test_one_group_that_leaves_keeps_the_next_one_from_leaving() -> None:
    # from below: 1000 PV leave, then 999 don't, then 999 + 1 do
    plan = plan_of(STEPS | TOP)
    team = team_of(CHAIN, pv=[1, 999, 1000], cv=[100, 100, 100])
    snapshot = snapshot_of(plan, team)
    steps = plan.components[0].rules
    assert isinstance(steps, Stairstep)
    assert steps.standing(plan.components[0], snapshot).broken.tolist() == [True, False, True]
    assert paid(snapshot) == [9_00 + 3_00, 6_00, 9_00]


def test_a_group_that_broke_away_for_good_stays_away() -> None:
    plan = plan_of(STEPS | {"breakaway": {"percent": 9, "permanent": True}})
    component = plan.components[0]
    first = snapshot_of(plan, team_of(CHAIN, pv=[0, 0, 1000], cv=[0, 0, 100]))
    kept = component.rules.after(component, first)
    assert kept == {2: {"broken": 1}}
    team = team_of(CHAIN, pv=[500, 0, 100], cv=[100, 100, 100])
    second = snapshot_of(plan, team, {"stairstep": kept})
    assert paid(second) == [6_00 + 6_00, 0, 3_00]
    assert component.rules.after(component, second) == kept
    assert component.rules.carries()
    assert not plan_of(STEPS | TOP).components[0].rules.carries()
    assert paid(snapshot_of(plan_of(STEPS | TOP), team, {"stairstep": kept})) == [6_00 + 3_00 + 3_00, 3_00, 3_00]


def test_who_has_left_since_her_group_broke_away_is_still_remembered_and_has_no_percentage() -> None:
    plan = plan_of(STEPS | {"breakaway": {"percent": 9, "permanent": True}})
    component = plan.components[0]
    team = team_of(CHAIN, pv=[0, 0, 1000], cv=[0, 0, 100])
    left = replace(team, kinds=[Kind.DISTRIBUTOR, Kind.DISTRIBUTOR, Kind.CANCELLED])
    snapshot = snapshot_of(plan, left, {"stairstep": {2: {"broken": 1}}})
    assert component.rules.after(component, snapshot)[2] == {"broken": 1}
    steps = component.rules
    assert isinstance(steps, Stairstep)
    assert steps.standing(component, snapshot).steps.tolist()[2] == 0
    assert reasons(snapshot, 2) == ["Who has left earns no bonus."]
    assert result_of(snapshot, 2).notes == ()


def test_a_group_that_breaks_away_at_a_rank() -> None:
    team = team_of(CHAIN, cv=[100, 100, 100], held=[3, 2, 0])
    assert paid(snapshot_of(plan_of(BY_RANK | {"breakaway": {"rank": "silver"}}), team)) == [15_00, 20_00, 0]
    assert paid(snapshot_of(plan_of(BY_RANK | {"breakaway": {"rank": "gold"}}), team)) == [25_00, 20_00, 0]


def test_a_bracket_of_her_own_volume_over_some_periods() -> None:
    plan = plan_of(STEPS | {"bracket_of": "own", "bracket_periods": 2})
    component = plan.components[0]
    assert component.rules.window() == 2
    snapshot = snapshot_of(plan, team_of([-1, 0], pv=[60, 600], cv=[100, 0]))
    snapshot.past = ({"pv": [40_000, 0]},)
    assert paid(snapshot) == [3_00, 0]
    assert sentences(plan)[0] == "From 100 own PV, in 2 periods: 3 %."


def test_the_notes_give_the_sum_as_the_field_writes_it() -> None:
    team = team_of([-1, 0, 0, 0], pv=[500, 100, 400, 0], cv=[100, 200, 300, 400])
    plan = plan_of(STEPS | {"base_percent": 50})
    result = result_of(snapshot_of(plan, team), 0)
    assert [str(note) for note in result.notes] == [
        "CV counts with 50 %.",
        "1000 PV give 9 %.",
        "The whole group: 9 % of 500 CV is 45.00 DKK.",
        "Less what those below have: 3 % of 100 CV is 3.00 DKK.",
        "Less what those below have: 6 % of 150 CV is 9.00 DKK.",
    ]
    assert result.total_minor == 45_00 - 3_00 - 9_00
    assert [str(note) for note in result_of(snapshot_of(plan, team), 1).notes] == [
        "CV counts with 50 %.",
        "100 PV give 3 %.",
    ]


def test_a_day_that_nobody_knows_is_said() -> None:
    new = {"new_members": {"days": 60, "percent": 0}}
    team = team_of(CHAIN, cv=[100, 100, 100], held=[3, 0, 0])
    team = replace(team, joined=[None, None, date(2026, 8, 10)])
    plan = plan_of(BY_RANK | new)
    statement = estimate(plan, team, OCTOBER, 0)
    # she who joined on 10 August is new until 8 October: her 100 count or they don't
    assert statement.total_minor == 30_00
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (30_00, 45_00)
    assert reasons(snapshot_of(plan, team), 0)[2] == "The plan lets nothing of this CV count."
    assert estimate(plan_of(BY_RANK), team, OCTOBER, 0).range is None


def test_rounding_is_where_the_plan_says() -> None:
    team = team_of([-1, 0, 0], cv=[0, 0.1, 0.1], held=[1, 0, 0])
    # 5 % of 10 øre is half an øre, twice
    assert paid(snapshot_of(plan_of(BY_RANK), team))[0] == 2
    assert paid(snapshot_of(plan_of(BY_RANK, at="component"), team))[0] == 1


def test_the_rules_in_words() -> None:
    keys = {"breakaway": {"percent": 9, "permanent": True}, "unqualified": "roll_up", "customer_volume": False}
    assert sentences(plan_of(STEPS | keys)) == [
        "From 100 PV in the group: 3 %.",
        "From 400 PV in the group: 6 %.",
        "From 1000 PV in the group: 9 %.",
        "Her own CV is paid at her percentage.",
        "On CV below her she is paid her percentage less the highest that somebody below has already.",
        "Groups are those of the sponsor tree (who recruited).",
        "A group breaks away when its leader reaches 9 %.",
        "It never comes back.",
        "Its volume then counts neither for the percentage nor for the pay of those above.",
        "The share of one who isn't qualified goes to the next one above who is.",
        "What customers buy doesn't count.",
    ]
    keys = {"personal": False, "downline": "direct", "breakaway": {"rank": "gold", "leaves": "pay"}}
    assert sentences(plan_of(BY_RANK | keys)) == [
        "Bronze: 5 %.",
        "Silver: 10 %.",
        "Gold: 15 %.",
        "Her own CV isn't paid here.",
        "On CV below her she is paid her percentage where nobody below has one of it.",
        "Groups are those of the sponsor tree (who recruited).",
        "A group breaks away when its leader is Gold or higher.",
        "That is asked anew each period.",
        "Those above are then no longer paid on its volume; it still counts for their percentage.",
        "The share of one who isn't qualified stays with the company.",
    ]
    assert "and nothing where nobody has one" in sentences(plan_of(BY_RANK | {"downline": "indirect"}))[4]
    assert len(sentences(plan_of(BY_RANK | {"downline": "none"}))) == 6
    leaves = sentences(plan_of(BY_RANK | {"breakaway": {"rank": "gold", "leaves": "bracket"}}))
    assert "Its volume then no longer counts for the percentage of those above." in leaves


PLACE = 'plan.toml, component "stairstep", key '


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"brackets": []}, '"brackets": give percent_by_rank, or at least one bracket.'),
        (
            {"brackets": [{"from": 400, "percent": 3}, {"from": 100, "percent": 6}]},
            '"brackets": the brackets must rise: 100 comes after 400.',
        ),
        (
            {"brackets": [{"from": 100, "percent": 6}, {"from": 400, "percent": 3}]},
            '"brackets": a higher bracket can\'t have a lower percentage.',
        ),
        ({"breakaway": {"percent": 21}}, '"breakaway": nobody can reach this percentage.'),
        ({"breakaway": {"percent": 0}}, '"breakaway": a group can\'t break away at 0 %.'),
        (
            {"personal": False, "downline": "none"},
            '"downline": with neither her own volume nor that below her this bonus pays nothing.',
        ),
        ({"bracket_volume": "qv"}, '"bracket_volume": the plan has no volume "qv".'),
        ({"breakaway": {"rank": "ruby"}}, '"rank": the plan has no rank "ruby".'),
        ({"breakaway": {"percent": 9, "for": 1}}, '"for": this key isn\'t known here.'),
    ],
)
def test_mistakes_are_found_where_they_are(keys: dict[str, Any], expected: str) -> None:
    assert mistakes(STEPS | keys) == [PLACE + expected]


def big(sponsor: list[int], plan: Plan) -> None:
    figures = random.Random(7)
    size = len(sponsor)
    team = team_of(
        sponsor,
        pv=[figures.choice([0, 50, 150, 1200]) for _ in range(size)],
        cv=[figures.randint(0, 5000) for _ in range(size)],
    )
    snapshot = snapshot_of(plan, team)
    earned = snapshot.earned("stairstep")
    component = plan.components[0]
    for member in (0, 1, size // 2, size - 1):
        result = component.rules.pay(component, snapshot, member)
        assert result.total_minor == earned.minor[member]
        assert result.lines[-1].reason
    # no order pays more than 9 %, and with everybody below one top nearly all of them pay that
    total = int(snapshot.known("cv").sum())
    assert 0 < int(earned.minor.sum()) <= total * 9 // 1000 + size


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_hundred_thousand_in_a_chain_and_a_star(shape: str) -> None:
    size = 100_000
    big([member - 1 if shape == "chain" else min(member, 1) - 1 for member in range(size)], plan_of(STEPS | TOP))
