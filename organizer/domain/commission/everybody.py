"""Everybody's total at once, equal to each one's statement without making it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm

import numpy as np

from organizer.domain.commission.adjust import balance_after
from organizer.domain.commission.arrays import Ints, Mask, added, divide_half_up, times
from organizer.domain.commission.caps import taken_from_all
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.engine import left_by_rules
from organizer.domain.commission.plan import RoundAt
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.take_back import taken_back


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """By member, in minor units: each component's amount, the last rounding, what is adjusted, and the total.

    The components, `rounding` and `adjusted` are together exactly `total`.
    """

    components: Mapping[str, Ints]
    rounding: Ints
    adjusted: Ints
    total: Ints


def everyone(snapshot: Snapshot) -> Mask:
    """All members, as `unknowns.members` and others ask for them."""
    return np.ones(len(snapshot.team), dtype=np.bool_)


def totals(snapshot: Snapshot) -> Totals:
    """What every member is paid."""
    size = len(snapshot.team)
    components = {one.id: snapshot.earned(one.id).minor for one in snapshot.plan.components}
    together = added(list(components.values()), size)
    rounding = _rounding(snapshot, together)
    bonuses = together + rounding
    adjusted = -taken_from_all(snapshot)
    adjusted = adjusted + _returned(snapshot, bonuses + adjusted)
    before_fees = bonuses + adjusted
    owed = np.zeros(size, dtype=together.dtype)
    for member, kept in snapshot.carry.get("balance", {}).items():
        owed[member] = kept.get("minor", 0)
    adjusted = adjusted + owed - _fees(snapshot, before_fees)
    return Totals(components, rounding, adjusted, bonuses + adjusted)


def carried_by_all(snapshot: Snapshot, found: Totals) -> dict[str, dict[int, dict[str, int]]]:
    """What the next period needs of this one, as `engine.carried` has it, with everybody's balance."""
    kept = left_by_rules(snapshot)
    balance = {}
    for member in np.flatnonzero(found.total).tolist():
        left = balance_after(snapshot.plan, int(found.total[member]))[1]
        if left:
            balance[member] = {"minor": left}
    return kept | ({"balance": balance} if balance else {})


def _rounding(snapshot: Snapshot, together: Ints) -> Ints:
    """What rounding the sum once changes, where the plan rounds only there."""
    if snapshot.plan.round_at is not RoundAt.TOTAL:
        return np.zeros(len(together), dtype=np.int64)
    earned = [snapshot.earned(one.id) for one in snapshot.plan.components]
    denominator = lcm(*(one.denominator for one in earned))
    exact = added([times(one.exact, denominator // one.denominator) for one in earned], len(together))
    return divide_half_up(exact, denominator) - together


def _returned(snapshot: Snapshot, pay: Ints) -> Ints:
    """What is taken back for returned orders from those who bought them and those above."""
    back = np.zeros(len(pay), dtype=pay.dtype)
    concerned = {order.member for order in snapshot.returned} if snapshot.plan.returns else set()
    for which in Tree:
        layout = snapshot.layout(which) if concerned else None
        concerned |= {above for one in list(concerned) for above in (layout.ancestors(one) if layout else ())}
    for member in sorted(concerned):
        back[member] = sum(entry.minor for entry in taken_back(snapshot, member, int(pay[member])))
    return back


def _fees(snapshot: Snapshot, pay: Ints) -> Ints:
    """Each deduction is worked out from the same pay, and all of them together take no more than that."""
    left = paid = np.maximum(pay, 0)
    for deduction in snapshot.plan.deductions:
        share = divide_half_up(times(paid, deduction.share.numerator), deduction.share.denominator)
        left = left - np.where(paid > 0, np.minimum(left, share + deduction.minor), 0)
    return paid - left
