"""What a period left of ranks, when the plan's ranks have other numbers by the next one."""

from __future__ import annotations

import pytest
from commission_support import CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table, unilevel

from organizer.domain.commission.carried_ranks import moved, rank_ids
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot

BONUS = table(
    "[[components]]",
    {"id": "bonus", "name": "B", "kind": "rank_bonus", "amounts": {"b": 100}, "maintain": 2},
)
HELD = {"rank": 1, "highest": 2, "missed": 1, "missed0": 0, "run1": 3, "run2": 4}


def plan(*ids: str) -> Plan:
    ranks = "".join(
        table("[[ranks]]", {"id": one, "name": one, "all": [{"volume": "pv", "min": 100}], "grace": 2})
        for one in ids
    )
    return parse_plan(HEAD + PV + CV + ranks + unilevel(rates=[5]) + BONUS + ROUNDING, "plan.toml")


@pytest.mark.parametrize(
    ("now", "ranks", "bonus", "gone"),
    [
        (
            "abc",
            HELD,
            {"run1": 1, "paid2": 2, "done": 0b101, "unclear": 1},
            [],
        ),
        (
            "nabc",
            {"rank": 2, "highest": 3, "missed": 1, "missed1": 0, "run2": 3, "run3": 4},
            {"run2": 1, "paid3": 2, "done": 0b1010, "unclear": 1},
            [],
        ),
        (
            "bca",
            {"rank": 0, "highest": 1, "missed": 1, "missed2": 0, "run0": 3, "run1": 4},
            {"run0": 1, "paid1": 2, "done": 0b110, "unclear": 1},
            [],
        ),
        ("xb", {"rank": 1, "highest": 1, "missed": 1, "run1": 3}, {"run1": 1, "unclear": 1}, ["c"]),
        (
            "ab",
            {"rank": 1, "highest": 1, "missed": 1, "missed0": 0, "run1": 3},
            {"run1": 1, "done": 1, "unclear": 1},
            ["c"],
        ),
    ],
)
def test_ranks_keep_their_ids(now: str, ranks: dict[str, int], bonus: dict[str, int], gone: list[str]) -> None:
    before = {"run1": 1, "paid2": 2, "done": 0b101, "unclear": 1}
    carry = {"ranks": {7: HELD}, "bonus": {7: before}, "team": {7: {"left": 5}}}
    found = moved(carry, ["a", "b", "c"], plan(*now), same_plan=False)
    assert found.carry == {"ranks": {7: ranks}, "bonus": {7: bonus}, "team": {7: {"left": 5}}}
    assert (list(found.gone), found.known) == (gone, True)


def test_who_held_only_a_rank_that_is_gone_holds_none() -> None:
    found = moved({"ranks": {0: {"rank": 0, "highest": 0}}}, ["x", "b"], plan("b"), same_plan=False)
    assert found.carry == {"ranks": {0: {"rank": -1, "highest": -1}}}
    assert found.gone == ["x"]


def test_without_the_ids_only_the_same_plan_knows_the_numbers() -> None:
    carry = {"ranks": {7: HELD}, "bonus": {7: {"run1": 1}}, "team": {7: {"left": 5}}}
    assert moved(carry, None, plan("a", "b"), same_plan=True).carry == carry
    other = moved(carry, None, plan("a", "b"), same_plan=False)
    assert (other.carry, other.known) == ({"team": {7: {"left": 5}}}, False)
    nothing = moved({"team": {7: {"left": 5}}}, None, plan("a", "b"), same_plan=False)
    assert nothing.known


def test_a_rank_added_below_changes_nobodys_grace() -> None:
    # she reached b (number 1) last month and nothing now: still b, though its number is 2 by now
    team = make_team([-1], {"pv": [0], "cv": [0]})
    carry = {"ranks": {0: {"rank": 1, "highest": 1}}}
    for now in ("ab", "nab"):
        found = moved(carry, ["a", "b"], plan(*now), same_plan=False)
        snapshot = Snapshot(plan(*now), team, OCTOBER, carry=found.carry)
        assert rank_ids(snapshot.plan)[snapshot.ranks[0]] == "b"
