"""Generation bonuses, by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from commission_support import ACTIVE
from stairstep_support import mistakes, paid, plan_of, reasons, result_of, sentences, snapshot_of, team_of

FIRST = {"kind": "generation", "boundary_rank": "silver", "own_group": "first", "rates": [5, 3]}
NEXT = FIRST | {"own_group": "not_counted"}
OWN = {"kind": "generation", "boundary": "own_rank", "own_group": "first", "rates": [5, 3]}
CHAIN = [-1, 0, 1, 2, 3]


def test_her_own_group_is_the_first_generation() -> None:
    # silver, nobody, silver, nobody, silver: 100, 200, 300, 400, 500
    team = team_of(CHAIN, cv=[100, 200, 300, 400, 500], held=[2, 0, 2, 0, 2])
    snapshot = snapshot_of(plan_of(FIRST), team)
    # 5 % of 200 + 3 % of 300 + 400; 5 % of 400 + 3 % of 500
    assert paid(snapshot) == [10_00 + 21_00, 0, 20_00 + 15_00, 0, 0]
    result = result_of(snapshot, 0)
    assert [(line.source, line.level, line.depth) for line in result.lines] == [
        (1, 1, 1), (2, 2, 2), (3, 2, 3), (4, None, 4),
    ]  # fmt: skip
    assert reasons(snapshot, 0) == [
        "Generation 1.",
        "Generation 2.",
        "Generation 2.",
        "Deeper than the 2 generations that this bonus pays.",
    ]
    assert reasons(snapshot, 1)[0] == "Only leaders are paid. A leader is whoever is Silver or higher."
    assert result_of(snapshot, 4).lines[:] == []


def test_the_first_generation_is_the_next_leaders_group() -> None:
    team = team_of(CHAIN, cv=[100, 200, 300, 400, 500], held=[2, 0, 2, 0, 2])
    snapshot = snapshot_of(plan_of(NEXT), team)
    # 5 % of 300 + 400, 3 % of 500; 5 % of 500
    assert paid(snapshot) == [35_00 + 15_00, 0, 25_00, 0, 0]
    assert reasons(snapshot, 0)[0] == "Her own group, down to the next leader, isn't paid in this bonus."


def test_each_rank_counts_its_own_kind_and_higher() -> None:
    # gold over silver over gold over silver: for gold the silver ones begin nothing
    team = team_of(CHAIN, cv=[0, 100, 200, 400, 800], held=[3, 2, 3, 2, 0])
    snapshot = snapshot_of(plan_of(OWN), team)
    # gold: 5 % of 100 + 3 % of 200 + 400 + 800; silver: 3 % of 200 (a gold one's own), the rest is deeper
    assert paid(snapshot) == [5_00 + 42_00, 6_00, 20_00 + 40_00, 40_00, 0]
    assert reasons(snapshot, 4) == []
    alone = snapshot_of(plan_of(OWN), team_of([-1, 0], cv=[0, 100]))
    assert reasons(alone, 0) == ["Without a rank this bonus pays nothing."]


def test_how_many_generations_a_rank_is_paid() -> None:
    rates = {key: value for key, value in FIRST.items() if key != "rates"}
    team = team_of(CHAIN, cv=[0, 100, 100, 100, 100], held=[2, 3, 3, 2, 0])
    by_rank = plan_of(rates | {"rates_by_rank": {"bronze": [], "silver": [5], "gold": [4, 3]}})
    snapshot = snapshot_of(by_rank, team)
    # silver: the next one is gold right below her, generation 2; the gold ones: 3 % of 100 and of 200
    assert paid(snapshot) == [0, 3_00, 6_00, 5_00, 0]
    assert reasons(snapshot, 0)[0] == "The rank Silver pays 1 generations; this is generation 2."
    depth = plan_of(FIRST | {"depth": {"bronze": 0, "silver": 1, "gold": 2}})
    assert paid(snapshot_of(depth, team)) == [0, 3_00, 6_00, 5_00, 0]
    own = plan_of({**{k: v for k, v in OWN.items() if k != "rates"},
                   "rates_by_rank": {"bronze": [1], "silver": [], "gold": []}})  # fmt: skip
    assert reasons(snapshot_of(own, team), 0)[0] == "The rank Silver is paid for no generation."


def test_an_empty_generation_has_a_number_or_not() -> None:
    # the second leader stands right below the first, the third has one between
    team = team_of(CHAIN, cv=[0, 100, 200, 400, 800], held=[2, 2, 0, 2, 0])
    # the first one's own group is empty: 3 % of 100 + 200
    assert paid(snapshot_of(plan_of(FIRST), team))[0] == 9_00
    # without a number for it: 5 % of 100 + 200, 3 % of 400 + 800
    assert paid(snapshot_of(plan_of(FIRST | {"empty_counts": False}), team))[0] == 15_00 + 36_00


def test_a_leader_who_is_not_active() -> None:
    team = team_of(CHAIN, pv=[100, 100, 0, 100, 100], cv=[0, 100, 200, 400, 800], held=[2, 0, 2, 0, 2])
    bounds = snapshot_of(plan_of(FIRST, active=ACTIVE), team)
    assert paid(bounds) == [5_00 + 18_00, 0, 0, 0, 0]
    assert reasons(bounds, 2)[0] == "Not active: needs 100 PV, has 0."
    passed = plan_of(FIRST | {"inactive_bounds": False}, active=ACTIVE)
    # 5 % of 100 + 200 + 400, 3 % of 800
    assert paid(snapshot_of(passed, team)) == [35_00 + 24_00, 0, 0, 0, 0]


def test_a_royalty_on_three_active_supervisors() -> None:
    # five supervisors in a line, the third inactive: the first is paid on the second, fourth and fifth
    royalty = NEXT | {"rates": [5, 5, 5], "inactive_bounds": False}
    team = team_of(CHAIN, pv=[500, 500, 0, 500, 500], cv=[0, 100, 200, 400, 800], held=[2] * 5)
    snapshot = snapshot_of(plan_of(royalty, active=ACTIVE), team)
    # who isn't active has her volume counted with the one above her
    assert paid(snapshot)[0] == 5_00 + 10_00 + 20_00 + 40_00


def test_pay_without_end_stops_at_the_next_of_the_same_rank() -> None:
    endless = FIRST | {"rates": [5], "infinity": {"bronze": 0, "silver": 0, "gold": 1}}
    team = team_of([-1, 0, 1, 2, 3, 4], cv=[0, 100, 200, 400, 800, 1600], held=[3, 2, 2, 2, 3, 0])
    snapshot = snapshot_of(plan_of(endless), team)
    # the gold one has nobody in generation 1; 1 % of 100, 200 and 400, but not of the next gold one
    assert paid(snapshot) == [7_00, 0, 0, 0, 80_00, 0]
    assert reasons(snapshot, 0)[-3:] == ["Generation 2, paid however deep it lies.",
                                         "Generation 3, paid however deep it lies.",
                                         "Generation 4, paid however deep it lies."]  # fmt: skip
    from_first = plan_of(endless | {"infinity_from": 1})
    both = team_of([-1, 0], cv=[0, 100], held=[3, 0])
    assert paid(snapshot_of(from_first, both)) == [5_00 + 1_00, 0]
    lines = result_of(snapshot_of(from_first, both), 0).lines
    assert [(line.source, line.minor, line.rate) for line in lines] == [
        (1, 5_00, Fraction(5, 100)), (1, 1_00, Fraction(1, 100)),
    ]  # fmt: skip


def test_groups_that_broke_away_in_a_stair_step_bonus() -> None:
    steps = {
        "kind": "stairstep",
        "bracket_volume": "pv",
        "brackets": [{"from": 100, "percent": 3}, {"from": 1000, "percent": 9}],
        "breakaway": {"percent": 9},
    }
    of = {key: value for key, value in NEXT.items() if key != "boundary_rank"} | {"boundary_of": "stairstep"}
    team = team_of([-1, 0, 1], pv=[1000, 500, 1000], cv=[0, 100, 200])
    plan = plan_of(steps, of)
    assert paid(snapshot_of(plan, team)) == [10_00, 0, 0]
    assert plan.components[1].rules.builds_on() == {"stairstep"}


def test_customers_and_what_is_not_known() -> None:
    team = team_of([-1, 0, 1, 0], cv=[0, 100, 100, None], held=[2], customers=[1])
    snapshot = snapshot_of(plan_of(FIRST), team)
    assert paid(snapshot)[0] == 10_00
    assert "CV isn't known for this period." in reasons(snapshot, 0)
    snapshot = snapshot_of(plan_of(FIRST | {"customer_volume": False}), team)
    assert paid(snapshot)[0] == 5_00
    assert reasons(snapshot, 0)[0] == "A customer's volume doesn't count in this bonus."
    assert reasons(snapshot, 1) == ["A customer earns no bonus."]
    none = snapshot_of(plan_of(FIRST), team_of([-1, 0], held=[2]))
    assert reasons(none, 0) == ["No CV this period."]


def test_rounding_is_where_the_plan_says() -> None:
    team = team_of([-1, 0, 0], cv=[0, 0.1, 0.1], held=[2, 0, 0])
    assert paid(snapshot_of(plan_of(FIRST), team))[0] == 2
    assert paid(snapshot_of(plan_of(FIRST, at="component"), team))[0] == 1


def test_the_rules_in_words() -> None:
    endless = {"infinity": {"bronze": 0, "silver": 0, "gold": 1}, "customer_volume": False}
    words = sentences(plan_of(FIRST | endless | {"inactive_bounds": False, "empty_counts": False}))
    assert words[:2] == [
        "A leader is whoever is Silver or higher.",
        "A leader begins a generation; only leaders are paid.",
    ]
    assert words[-5:] == [
        "What stands below a leader, down to the next one, is her generation 1.",
        "Where one leader stands right above another, no generation lies between them.",
        "A leader who isn't qualified doesn't end a generation.",
        "Gold: 1 % from generation 3 on without end, down to the next one of the same or a higher rank.",
        "What customers buy doesn't count.",
    ]
    own = sentences(plan_of(OWN | {"own_group": "not_counted"}))
    assert own[0] == "For each earner everyone of her own rank or higher begins a generation."
    assert own[-2:] == [
        "Generation 1 are the next leaders below, each with all down to the next one.",
        "A leader who isn't qualified ends a generation as others do.",
    ]


PLACE = 'plan.toml, component "generation", key '


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            NEXT | {"empty_counts": False},
            '"empty_counts": a generation that begins with its leader is never empty; leave this out.',
        ),
        (
            FIRST | {"infinity": {"bronze": 0, "silver": 0, "gold": 1}, "infinity_from": 4},
            '"infinity_from": this can\'t be more than 3.',
        ),
        (
            FIRST | {"depth": {"bronze": 1, "silver": 1, "gold": 2}},
            '"depth": rank "bronze" begins no generation, so it is never paid.',
        ),
        (FIRST | {"boundary_rank": "ruby"}, '"boundary_rank": the plan has no rank "ruby".'),
        (FIRST | {"own_group": "some"}, '"own_group": "some" isn\'t one of first, not_counted.'),
        (OWN | {"boundary_rank": "gold"}, '"boundary_rank": this key isn\'t known here.'),
    ],
)
def test_mistakes_are_found_where_they_are(keys: dict[str, Any], expected: str) -> None:
    assert mistakes(keys) == [PLACE + expected]


ENDLESS = {"infinity": {"bronze": 0, "silver": 1, "gold": 2}}


@pytest.mark.parametrize("keys", [FIRST | {"empty_counts": False} | ENDLESS, OWN | ENDLESS])
@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_hundred_thousand_in_a_chain_and_a_star(shape: str, keys: dict[str, Any]) -> None:
    size = 100_000
    sponsor = [member - 1 if shape == "chain" else min(member, 1) - 1 for member in range(size)]
    held = [3, *(1 + member % 2 for member in range(1, size))]
    snapshot = snapshot_of(plan_of(keys), team_of(sponsor, cv=[100] * size, held=held))
    # gold at the top, then silver and bronze in turn. With silver as the boundary a chain pays two of them as
    # generation 1 (nothing lies between her and the first), two as 2, the others without end; else all are 1
    ends = shape == "chain" and "boundary_rank" in keys
    assert result_of(snapshot, 0).total_minor == (10_00 + 6_00 + (size - 5) * 2_00 if ends else (size - 1) * 5_00)
