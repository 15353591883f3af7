"""Leadership bonuses with a guarantee and depth bonuses, by hand."""

from __future__ import annotations

from typing import Any

import pytest
from stairstep_support import mistakes, paid, plan_of, reasons, result_of, sentences, snapshot_of, team_of

LEAD = {
    "kind": "leadership",
    "percent": 6,
    "guarantee": 60,
    "boundary_rank": "gold",
    "qualifying_volume": "pv",
    "full": 1000,
    "partial": 400,
}
DEPTH = {"kind": "depth", "percent": 1, "guarantee_volume": 1000, "boundary_rank": "gold", "legs": 2}


def test_full_qualification_keeps_all() -> None:
    team = team_of([-1, 0], pv=[1000, 0], cv=[0, 1000], held=[0, 3])
    snapshot = snapshot_of(plan_of(LEAD), team)
    assert paid(snapshot) == [60_00, 0]
    assert reasons(snapshot, 0) == ["Passed up by this leg."]
    assert reasons(snapshot, 1) == ["No leg holds a leader."]


def test_partial_qualification_gives_what_is_missing_to_the_guarantee() -> None:
    # her own group generates 6 % of 400 = 24, so 36 of the leg's 90 go to the guarantee
    team = team_of([-1, 0, 1], pv=[1000, 400, 0], cv=[0, 400, 1500], held=[0, 3, 3])
    snapshot = snapshot_of(plan_of(LEAD), team)
    assert paid(snapshot) == [60_00, 90_00 - 36_00, 0]
    result = result_of(snapshot, 1)
    assert [(line.source, line.minor) for line in result.lines] == [(1, -36_00), (2, 90_00)]
    assert str(result.lines[0].reason) == (
        "Her own personal group generates 24.00 DKK; what is missing to the 60.00 DKK guaranteed to the one above "
        "comes from her legs."
    )
    assert str(result.notes[-1]) == (
        "Her personal group generates 24.00 DKK; 60.00 DKK are passed up to the one above."
    )


def test_without_qualification_everything_is_passed_up() -> None:
    # 6 % of 300 and of 1500
    team = team_of([-1, 0, 1], pv=[1000, 399, 0], cv=[0, 300, 1500], held=[0, 3, 3])
    snapshot = snapshot_of(plan_of(LEAD), team)
    assert paid(snapshot) == [18_00 + 90_00, 0, 0]
    assert reasons(snapshot, 1) == [
        "Everything is passed up: with so few legs that hold a leader (1) the personal group needs 400 PV, and "
        "has 399."
    ]


def test_two_legs_qualify_without_a_personal_group() -> None:
    team = team_of([-1, 0, 1, 1], pv=[1000], cv=[0, 0, 1000, 2000], held=[0, 3, 3, 3])
    # 60 + 120 less the whole guarantee; the one above gets the guarantee
    assert paid(snapshot_of(plan_of(LEAD), team)) == [60_00, 120_00, 0, 0]


def test_more_than_the_guarantee_is_passed_up_as_it_is() -> None:
    team = team_of([-1, 0, 1], pv=[1000, 1000, 0], cv=[0, 3000, 1000], held=[0, 3, 3])
    assert paid(snapshot_of(plan_of(LEAD), team)) == [180_00, 60_00, 0]


def test_she_never_gives_more_than_comes_to_her() -> None:
    # one leg with little volume: 6 % of 100 is less than what is missing
    team = team_of([-1, 0, 1], pv=[1000, 400, 0], cv=[0, 0, 100], held=[0, 3, 3])
    assert paid(snapshot_of(plan_of(LEAD), team)) == [60_00, 0, 0]


def test_who_is_between_is_part_of_the_personal_group() -> None:
    # the second one leads nothing: her volume is the first one's, and the leader's bonus goes past her
    team = team_of([-1, 0, 1], pv=[1000], cv=[500, 500, 1000], held=[3, 0, 3])
    snapshot = snapshot_of(plan_of(LEAD), team)
    assert paid(snapshot) == [60_00, 0, 0]
    assert str(result_of(snapshot, 0).notes[-1]).startswith("Her personal group generates 60.00 DKK")
    # with 500 PV of her own she qualifies: 6 % of her 500 is 30 short of what the first one is guaranteed
    team = team_of([-1, 0, 1], pv=[500, 500], cv=[500, 500, 1000], held=[3, 0, 3])
    assert paid(snapshot_of(plan_of(LEAD), team)) == [60_00, 60_00 - 30_00, 0]


def test_the_guarantee_as_a_volume() -> None:
    by_volume = {key: value for key, value in LEAD.items() if key != "guarantee"} | {"guarantee_volume": 1000}
    team = team_of([-1, 0, 1], pv=[1000, 400, 0], cv=[0, 400, 1500], held=[0, 3, 3])
    assert paid(snapshot_of(plan_of(by_volume), team)) == [60_00, 54_00, 0]


def test_customers_and_rounding() -> None:
    team = team_of([-1, 0, 1], pv=[1000], cv=[0, 500, 500], held=[0, 3, 0], customers=[2])
    assert paid(snapshot_of(plan_of(LEAD), team))[0] == 60_00
    assert paid(snapshot_of(plan_of(LEAD | {"customer_volume": False}), team))[0] == 30_00
    # 6 % of 0.25 is one and a half øre, twice
    legs = team_of([-1, 0, 0], pv=[1000], cv=[0, 0.25, 0.25], held=[0, 3, 3])
    assert paid(snapshot_of(plan_of(LEAD), legs))[0] == 4
    assert paid(snapshot_of(plan_of(LEAD, at="component"), legs))[0] == 3


def test_depth_is_paid_from_the_second_leader_down() -> None:
    # the top one has two legs; below each leg's leader is a second leader
    team = team_of([-1, 0, 0, 1, 2, 4], cv=[0, 1000, 1000, 2000, 3000, 4000], held=[3, 3, 3, 3, 3, 3])
    # 1 % of 2000, of 3000 and of 4000, which the one with 3000 passes up
    snapshot = snapshot_of(plan_of(DEPTH), team)
    assert paid(snapshot) == [90_00, 0, 0, 0, 0, 0]
    assert reasons(snapshot, 0) == ["Passed up by a second leader below."] * 2
    assert reasons(snapshot, 1) == ["Legs that hold a leader: 1, needs 2."]


def test_depth_ends_with_the_first_legs_of_the_next_one_who_qualifies() -> None:
    # 1 and 2 are the top one's legs; 3 is a second leader and qualifies with 4 and 5; 6 is below 4
    team = team_of([-1, 0, 0, 1, 3, 3, 4], cv=[0, 1000, 1000, 1000, 2000, 3000, 9000], held=[3] * 7)
    # own 10 and its legs' 20 and 30; 6 is below those
    assert paid(snapshot_of(plan_of(DEPTH), team)) == [10_00 + 20_00 + 30_00, 0, 0, 90_00, 0, 0, 0]


def test_a_leg_below_the_guarantee_is_made_up_for() -> None:
    # the first leg has 400 of 1000: 6 are missing of what comes through it; the second has nothing below it
    team = team_of([-1, 0, 0, 1], cv=[0, 400, 100, 2000], held=[3, 3, 3, 3])
    snapshot = snapshot_of(plan_of(DEPTH), team)
    assert paid(snapshot) == [20_00 - 6_00, 0, 0, 0]
    assert reasons(snapshot, 0) == [
        "The leg's group generates less than the guarantee; the difference is taken off.",
        "Passed up by a second leader below.",
    ]


def test_only_leaders_take_part_in_depth() -> None:
    team = team_of([-1, 0, 0], cv=[0, 100, 100], held=[2, 3, 3])
    snapshot = snapshot_of(plan_of(DEPTH), team)
    assert reasons(snapshot, 0) == ["Only leaders are paid. A leader is whoever is Gold or higher."]
    lead = snapshot_of(plan_of(DEPTH), team_of([-1, 0, 0], cv=[0, 1000, 1000], held=[3, 3, 3]))
    assert reasons(lead, 0) == ["No leg has a second leader."]
    customer = snapshot_of(plan_of(DEPTH), team_of([-1], customers=[0]))
    assert reasons(customer, 0) == ["A customer earns no bonus."]
    assert reasons(snapshot_of(plan_of(LEAD), team_of([-1], customers=[0])), 0) == ["A customer earns no bonus."]


def test_a_guarantee_by_volume_is_said_as_it_was_reckoned() -> None:
    lead = {key: value for key, value in LEAD.items() if key != "guarantee"} | {"guarantee_volume": 2000}
    told = sentences(plan_of(lead))
    assert told[5].endswith("at least 120.00 DKK.")
    assert told[6] == "That smallest amount is 6 % of 2000 CV."


def test_the_rules_in_words() -> None:
    assert sentences(plan_of(LEAD | {"customer_volume": False})) == [
        "A leader is whoever is Gold or higher.",
        "A leader's personal group is she and all below her, down to the next leader.",
        "Groups are those of the sponsor tree (who recruited).",
        "Each leader's personal group generates 6 % of its CV.",
        "With one leg that holds a leader her personal group needs 400 PV; with 2 such legs it needs nothing.",
        "Whoever qualifies keeps what her legs generate, and passes up her personal group's, at least 60.00 DKK.",
        "Below 1000 PV in her personal group, what is missing to that is taken from what she keeps.",
        "Whoever doesn't qualify passes everything up.",
        "What customers buy doesn't count.",
    ]
    assert sentences(plan_of(DEPTH | {"customer_volume": False}))[3:] == [
        "A leader qualifies with 2 legs that hold a leader.",
        "She is paid 1 % of the CV of the groups from the second leader down, as far as to the first one who "
        "qualifies as well, and to that one's first legs.",
        "For each of her legs the one above is guaranteed 1 % of 1000 CV; what a leg lacks is taken off.",
        "What customers buy doesn't count.",
    ]
    assert len(sentences(plan_of({**DEPTH, "guarantee_volume": 0}))) == 5


def test_what_the_bonuses_need() -> None:
    assert plan_of(LEAD).components[0].rules.volumes() == {"cv", "pv"}
    assert plan_of(DEPTH).components[0].rules.volumes() == {"cv"}
    without = {key: value for key, value in LEAD.items() if key != "guarantee"}
    assert mistakes(without) == [
        'plan.toml, component "leadership", key "guarantee": this key is missing; it holds a number.'
    ]
    steps = {"kind": "stairstep", "percent_by_rank": {"bronze": 1, "silver": 2, "gold": 3}}
    of = {"boundary_of": "stairstep"}
    assert mistakes(steps, {key: value for key, value in LEAD.items() if key != "boundary_rank"} | of) == [
        'plan.toml, component "leadership", key "boundary_of": no stair-step bonus with a breakaway before this '
        'one is called "stairstep".'
    ]


@pytest.mark.parametrize("keys", [LEAD, DEPTH])
@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_hundred_thousand_in_a_chain_and_a_star(shape: str, keys: dict[str, Any]) -> None:
    size = 100_000
    sponsor = [member - 1 if shape == "chain" else min(member, 1) - 1 for member in range(size)]
    held = [3 if member % 2 == 0 else 0 for member in range(size)]
    plan = plan_of(keys | {"legs": 1})
    snapshot = snapshot_of(plan, team_of(sponsor, pv=[100] * size, cv=[2000] * size, held=held))
    total = result_of(snapshot, 0).total_minor
    if shape == "star":
        # a leg for each second member; each leads a group of 2000
        assert total == (0 if keys is DEPTH else (size // 2 - 1) * 120_00)
    else:
        # each second one leads two; who is between keeps that and passes up 6 % of her own 2000
        assert total == (40_00 + 40_00 if keys is DEPTH else 120_00)
