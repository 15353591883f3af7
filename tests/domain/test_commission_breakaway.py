"""Overrides on groups that have broken away, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from commission_support import ACTIVE
from stairstep_support import mistakes, paid, plan_of, reasons, result_of, sentences, snapshot_of, team_of

CHAIN = [-1, 0, 1, 2]
FIXED = {"kind": "breakaway", "method": "fixed", "boundary_rank": "silver", "rates": [5, 3]}
DIFFERENCE = {
    "kind": "breakaway",
    "method": "differential",
    "boundary_rank": "silver",
    "percent_by_rank": {"bronze": 2, "silver": 5, "gold": 9},
}
STEPS = {
    "kind": "stairstep",
    "bracket_volume": "pv",
    "brackets": [{"from": 100, "percent": 3}, {"from": 1000, "percent": 9}],
    "breakaway": {"percent": 9},
}


def test_each_generation_pays_its_rate_on_the_leaders_group() -> None:
    # the group of the leader is she and the one below her: 300
    team = team_of(CHAIN, cv=[0, 0, 100, 200], held=[0, 0, 2, 1])
    snapshot = snapshot_of(plan_of(FIXED), team)
    assert paid(snapshot) == [9_00, 15_00, 0, 0]
    result = result_of(snapshot, 0)
    assert [(line.source, line.level, line.depth, line.base) for line in result.lines] == [(2, 2, 2, 300_000)]
    assert reasons(snapshot, 0) == ["The leader's group, generation 2."]
    assert reasons(snapshot, 3) == ["No group below has broken away."]


def test_a_leader_below_a_leader_has_a_group_of_her_own() -> None:
    team = team_of(CHAIN, cv=[0, 100, 200, 400], held=[0, 2, 0, 2])
    # the first one's group is 300, the last one's 400
    snapshot = snapshot_of(plan_of(FIXED), team)
    assert paid(snapshot) == [15_00, 12_00, 20_00, 0]
    assert reasons(snapshot, 0) == [
        "The leader's group, generation 1.",
        "Deeper than the 2 generations that this bonus pays.",
    ]


def test_groups_that_broke_away_in_a_stair_step_bonus() -> None:
    team = team_of(CHAIN, pv=[0, 0, 600, 400], cv=[0, 0, 100, 200])
    fixed = {key: value for key, value in FIXED.items() if key != "boundary_rank"} | {"boundary_of": "stairstep"}
    plan = plan_of(STEPS, fixed)
    assert paid(snapshot_of(plan, team)) == [9_00, 15_00, 0, 0]
    assert plan.components[1].rules.builds_on() == {"stairstep"}
    assert sentences(plan)[0] == "A leader is whoever's group has broken away in Stairstep."


def test_rates_by_rank_and_who_is_not_qualified() -> None:
    rates = {key: value for key, value in FIXED.items() if key != "rates"}
    rates |= {"rates_by_rank": {"bronze": [5], "silver": [6, 4], "gold": []}}
    team = team_of([-1, 0, 1, 2, 3], pv=[100, 100, 0, 100, 100], cv=[0, 0, 0, 0, 100], held=[2, 1, 2, 3, 2])
    stays = plan_of(rates | {"unqualified": "breakage"}, active=ACTIVE)
    # gold has no rates and takes none; the inactive silver takes 1, bronze has nothing for 2, the top none for 3
    snapshot = snapshot_of(stays, team)
    assert paid(snapshot) == [0, 0, 0, 0, 0]
    assert reasons(snapshot, 1)[2] == "The rank Bronze pays 1 generations; this is generation 2."
    assert reasons(snapshot, 2)[1] == "Not active: needs 100 PV, has 0."
    assert reasons(snapshot, 3) == ["The rank Gold has no percentage."]
    goes_up = plan_of(rates | {"unqualified": "roll_up"}, active=ACTIVE)
    assert paid(snapshot_of(goes_up, team)) == [4_00, 5_00, 0, 0, 0]


def test_the_difference_to_those_below() -> None:
    team = team_of([-1, 0, 1, 2], cv=[0, 0, 0, 100], held=[3, 2, 1, 2])
    # the leader has 5 %: bronze and silver above her have no more, gold has 4 % more
    snapshot = snapshot_of(plan_of(DIFFERENCE), team)
    assert paid(snapshot) == [4_00, 0, 0, 0]
    assert reasons(snapshot, 0) == [
        "The group has no CV this period.",
        "The leader's group: 9 % less the 5 % that those below have: 4 %.",
    ]
    assert reasons(snapshot, 1) == ["Those below already have as much of it."]


def test_a_floor_where_the_difference_is_nothing() -> None:
    team = team_of([-1, 0, 1, 2], cv=[0, 0, 0, 100], held=[3, 2, 2, 2])
    floor = DIFFERENCE | {"generations": 2, "floor_percent": 1}
    snapshot = snapshot_of(plan_of(floor), team)
    assert paid(snapshot) == [0, 1_00, 1_00, 0]
    assert reasons(snapshot, 2) == ["Those below have as much; the floor is 1 %."]
    assert reasons(snapshot, 0)[-1] == "Deeper than the 2 generations that this bonus pays."
    # the floor doesn't lower what the next one has
    assert paid(snapshot_of(plan_of(floor | {"generations": 3}), team)) == [4_00, 1_00, 1_00, 0]
    amount = plan_of(DIFFERENCE | {"generations": 2, "floor_amount": 12.5})
    snapshot = snapshot_of(amount, team)
    assert paid(snapshot) == [0, 12_50, 12_50, 0]
    assert reasons(snapshot, 2) == ["Those below have as much; the floor is 12.50 DKK."]
    assert paid(snapshot_of(amount, team_of([-1, 0], held=[2, 2]))) == [0, 0]
    both = plan_of(DIFFERENCE | {"generations": 1, "floor_percent": 1, "floor_amount": 2})
    assert paid(snapshot_of(both, team)) == [0, 0, 3_00, 0]
    assert reasons(snapshot_of(both, team), 2) == ["Those below have as much; the floor is 1 % and 2.00 DKK."]


def test_nothing_is_invented_where_nobody_leads() -> None:
    snapshot = snapshot_of(plan_of(DIFFERENCE), team_of(CHAIN, cv=[1, 2, 3, 4]))
    assert paid(snapshot) == [0, 0, 0, 0]
    customer = snapshot_of(plan_of(DIFFERENCE), team_of([-1, 0], customers=[0]))
    assert reasons(customer, 0) == ["A customer earns no bonus."]


def test_what_counts_of_a_newcomer() -> None:
    new = FIXED | {"new_members": {"days": 400, "percent": 30}}
    team = team_of([-1, 0, 1, 0], cv=[0, 100, 100, 100], held=[0, 2, 0, 2])
    team = replace(team, joined=[None, None, date(2026, 8, 10), None])
    snapshot = snapshot_of(plan_of(new), team)
    # 5 % of 100 + 30, and of 100
    assert paid(snapshot)[0] == 6_50 + 5_00
    assert [line.base for line in result_of(snapshot, 0).lines] == [200_000, 100_000]
    gone = snapshot_of(plan_of(FIXED | {"base_percent": 0}), team)
    assert reasons(gone, 0) == ["The plan lets nothing of this CV count."] * 2


def test_what_customers_buy() -> None:
    team = team_of([-1, 0, 1], cv=[0, 100, 100], held=[3, 2, 0], customers=[2])
    assert paid(snapshot_of(plan_of(FIXED), team))[0] == 10_00
    assert paid(snapshot_of(plan_of(FIXED | {"customer_volume": False}), team))[0] == 5_00


def test_levels_end_with_the_leader_of_the_group() -> None:
    levels = {"kind": "unilevel", "compression": "none", "rates": [5, 3, 2], "boundary_rank": "silver"}
    team = team_of(CHAIN, cv=[100, 100, 100, 100], held=[0, 0, 2, 0])
    snapshot = snapshot_of(plan_of(levels), team)
    # the third one leads: the last one's volume stays with her, and her own with nobody
    assert paid(snapshot) == [5_00, 0, 5_00, 0]
    assert reasons(snapshot, 0) == [
        "Level 1.",
        "Name 2 leads a group of her own.",
        "Name 2 leads a group of her own.",
    ]
    assert sentences(plan_of(levels))[-2:] == [
        "Volume climbs no further than to the next leader above.",
        "A leader is whoever is Silver or higher.",
    ]


def test_the_rules_in_words() -> None:
    fixed = sentences(plan_of(FIXED | {"unqualified": "roll_up", "customer_volume": False}))
    assert fixed[:3] == [
        "A leader is whoever is Silver or higher.",
        "A leader's group is she and all below her, down to the next leader.",
        "Those above a leader are paid on her group, by generation:",
    ]
    assert any("5 %, 3 %" in sentence for sentence in fixed)
    assert fixed[-2:] == [
        "The share of one who isn't qualified goes to the next one above who is.",
        "What customers buy doesn't count.",
    ]
    assert sentences(plan_of(DIFFERENCE | {"generations": 2, "floor_percent": 1, "floor_amount": 5})) == [
        "A leader is whoever is Silver or higher.",
        "A leader's group is she and all below her, down to the next leader.",
        "Groups are those of the sponsor tree (who recruited).",
        "Bronze: 2 %.",
        "Silver: 5 %.",
        "Gold: 9 %.",
        "Paid is the percentage less the highest that the group's leader and those between have.",
        "At most 2 above a leader are paid.",
        "Where that leaves nothing, 1 % is paid.",
        "Where that leaves nothing, 5.00 DKK is paid for the group.",
        "The share of one who isn't qualified stays with the company.",
    ]


PLACE = 'plan.toml, component "breakaway", key '


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            DIFFERENCE | {"floor_percent": 1},
            '"generations": a floor needs to know how many above a leader are paid.',
        ),
        (DIFFERENCE | {"boundary_rank": "ruby"}, '"boundary_rank": the plan has no rank "ruby".'),
        (
            DIFFERENCE | {"percent_by_rank": {"bronze": 1, "silver": 2}},
            '"percent_by_rank": rank "gold" is missing.',
        ),
        (
            {key: value for key, value in FIXED.items() if key != "boundary_rank"} | {"boundary_of": "steps"},
            '"boundary_of": no stair-step bonus with a breakaway before this one is called "steps".',
        ),
        (FIXED | {"generations": 2}, '"generations": this key isn\'t known here.'),
    ],
)
def test_mistakes_are_found_where_they_are(keys: dict[str, Any], expected: str) -> None:
    assert mistakes(keys) == [PLACE + expected]


@pytest.mark.parametrize("method", [FIXED, DIFFERENCE, DIFFERENCE | {"generations": 3, "floor_percent": 1}])
@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_hundred_thousand_in_a_chain_and_a_star(shape: str, method: dict[str, Any]) -> None:
    size = 100_000
    sponsor = [member - 1 if shape == "chain" else min(member, 1) - 1 for member in range(size)]
    held = [3 - member % 4 for member in range(size)]
    snapshot = snapshot_of(plan_of(method), team_of(sponsor, cv=[100] * size, held=held))
    result_of(snapshot, 0)
    component = snapshot.plan.components[0]
    lines = component.rules.pay(component, snapshot, 0).lines
    # of four members two lead, silver and gold; all below the top are hers
    assert len(lines) == size // 2 - 1
    assert lines[-1].reason


@pytest.mark.parametrize("bonus", [FIXED | {"rates": ["RATE"]}, DIFFERENCE], ids=["fixed", "differential"])
def test_rates_of_many_decimals_stay_exact(bonus: dict[str, Any]) -> None:
    # 64 bits without a sign just hold the rate's numerator: numpy would mix that with others as floats
    rate = Decimal("1.3333333333333333333")
    bonus = bonus | ({"rates": [rate]} if bonus["method"] == "fixed" else {"percent_by_rank": {
        "bronze": 0, "silver": 0, "gold": rate}})  # fmt: skip
    snapshot = snapshot_of(plan_of(bonus), team_of([-1, 0], cv=[0, 100], held=[3, 2]))
    found = snapshot.earned("breakaway")
    assert Fraction(found.exact[0]) / found.denominator == Fraction(rate) * 100
    assert not isinstance(found.exact[0], float)
