"""Binary plans against the slow reference, and what must hold for each of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from binary_random import carries, specs, teams
from binary_reference import Paid, Reference, Spec, render
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.commission.kinds.binary import Binary
from organizer.domain.commission.kinds.binary_outcome import leaves, outcome
from organizer.domain.commission.kinds.binary_payout import Cycles, FirstPair, Pair
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Component
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Team

OCTOBER = Period.parse("2026-10")


def snapshot_of(spec: Spec, team: Team, carry: dict[int, dict[str, int]]) -> tuple[Component, Snapshot]:
    plan = parse_plan(render(spec), "random.toml")
    return plan.components[0], Snapshot(plan, team, OCTOBER, carry={"team": carry} if carry else {})


def agree(spec: Spec, team: Team, carry: dict[int, dict[str, int]]) -> None:
    """Amounts, cuts, what is taken and what is carried on, for every member."""
    component, snapshot = snapshot_of(spec, team, carry)
    rules, earned = component.rules, snapshot.earned("team")
    assert isinstance(rules, Binary)
    kept, left = rules.after(component, snapshot), leaves(rules, snapshot, outcome(rules, component, snapshot))
    reference = Reference(spec, team, carry)
    for member in reference.everyone:
        expected = reference.paid(member)
        minor = int(earned.minor[member])
        assert minor == expected.minor
        exact = Fraction(earned.exact[member]) / earned.denominator
        assert exact == (expected.amount if int(earned.before_cap[member]) == minor else minor)
        assert (int(left.taken.left[member]), int(left.taken.right[member])) == tuple(expected.taken.values())
        assert kept.get(member, {}) == _state(spec, expected)
        _account_holds(component, snapshot, member, minor, expected)


def _state(spec: Spec, expected: Paid) -> dict[str, int]:
    state = dict(expected.carried)
    if spec.keys["method"] == "first_pair":
        state["pairs"] = expected.pairs
    return state if any(state.values()) else {}


def _account_holds(component: Component, snapshot: Snapshot, member: int, minor: int, expected: Paid) -> None:
    result = component.rules.pay(component, snapshot, member)
    assert result.total_minor == minor
    assert sum(line.minor for line in result.lines) + result.rounding + result.cut == result.total_minor
    assert result.before_cap == int(snapshot.earned("team").before_cap[member])
    for line, side in zip(result.lines[:2], ("left", "right"), strict=True):
        lost = (line.base or 0) - expected.taken[side] - expected.carried[side]
        assert (line.base or 0) < 0 or lost >= 0
        assert ("Lost:" in str(line.reason)) == (lost != 0)
    assert all(str(line.reason) for line in result.lines)


@settings(max_examples=150)
@given(specs(), teams(), st.data())
def test_binary_pays_and_carries_what_the_rule_says(spec: Spec, team: Team, data: st.DataObject) -> None:
    agree(spec, team, data.draw(carries(len(team))))


@settings(max_examples=60)
@given(specs(method="cycle"), teams(7), st.data())
def test_cycles_are_those_of_one_by_one(spec: Spec, team: Team, data: st.DataObject) -> None:
    agree(spec, team, data.draw(carries(len(team))))


@settings(max_examples=60)
@given(specs(), teams(), st.data())
def test_volume_is_neither_made_nor_lost_over_periods(spec: Spec, team: Team, data: st.DataObject) -> None:
    """With nothing flushed, what all periods brought is what was paid for and what the last one leaves."""
    gone = {"carry_cap", "carry_left", "carry_right", "own_volume", "own_volume_of", "own_volume_above"}
    keys: dict[str, Any] = {key: value for key, value in spec.keys.items() if key not in gone}
    keys |= {"after": "carry", "ineligible": "keep"}
    keys |= {"after_cap": "keep"} if "after_cap" in keys else {}
    spec.keys = keys
    carry: dict[int, dict[str, int]] = {}
    brought = {(member, side): 0 for member in range(len(team)) for side in ("left", "right")}
    for _period in range(3):
        component, snapshot = snapshot_of(spec, team, carry)
        rules = component.rules
        assert isinstance(rules, Binary)
        found = outcome(rules, component, snapshot)
        left = leaves(rules, snapshot, found)
        for side, leg, taken in (
            ("left", found.legs.left, left.taken.left), ("right", found.legs.right, left.taken.right)
        ):  # fmt: skip
            for member in range(len(team)):
                brought[member, side] += int(leg.new[member]) - int(taken[member])
        carry = {member: dict(names) for member, names in rules.after(component, snapshot).items()}
    for (member, side), amount in brought.items():
        if snapshot.distributors[member]:
            assert carry.get(member, {}).get(side, 0) == amount


def one(left: int, right: int, before: int = 0, dtype: Any = np.int64) -> Pair:
    return Pair(np.asarray([left], dtype=dtype), np.asarray([right], dtype=dtype), np.asarray([before]))


LEG = st.one_of(st.integers(-5, 60), st.integers(0, 400))


@settings(max_examples=400)
@given(LEG, LEG, st.integers(1, 9), st.integers(1, 9), st.one_of(st.none(), st.integers(0, 12)))
def test_the_closed_form_of_cycles(left: int, right: int, one_: int, other: int, most: int | None) -> None:
    small, large = min(one_, other), max(one_, other)
    legs, count = {"left": left, "right": right}, 0
    while most is None or count < most:
        larger, smaller = ("left", "right") if legs["left"] >= legs["right"] else ("right", "left")
        if legs[larger] < large or legs[smaller] < small:
            break
        legs[larger] -= large
        legs[smaller] -= small
        count += 1
    limit = None if most is None else np.asarray([most])
    for scale, dtype in ((1, np.int64), (10**12, object)):  # the largest figures there are, as Python counts
        pair = one(left * scale, right * scale, dtype=dtype)
        found = Cycles(small * scale, large * scale).takes(pair, limit)
        assert int(found.count[0]) == count
        rest = (left * scale - found.left[0], right * scale - found.right[0])
        assert rest == (legs["left"] * scale, legs["right"] * scale)


@given(st.integers(1, 5), st.integers(0, 40), st.integers(0, 40), st.integers(0, 2))
def test_a_first_pair_is_paid_once(unit: int, left: int, right: int, before: int) -> None:
    payout = FirstPair(unit, 300, 200)
    found = payout.takes(one(left, right, before))
    took = int(found.left[0]) + int(found.right[0])
    first = before == 0 and found.count[0] > 0
    assert took == unit * (2 * int(found.count[0]) + first)
    assert min(left - found.left[0], right - found.right[0]) >= 0
