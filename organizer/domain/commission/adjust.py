"""What is added or taken off after the bonuses: caps over several of them, what was owed from before, fees."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.plan import Cap, CapMode, CapPer, Plan, VolumeSource
from organizer.domain.commission.settle import per_thousandth, percent_number
from organizer.domain.commission.statement import Adjustment, ComponentResult
from organizer.domain.money import Money, round_half_up
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def adjustments(snapshot: Snapshot, member: int, components: Sequence[ComponentResult]) -> tuple[Adjustment, ...]:
    """Everything between the bonuses' sum and what is paid, in the order in which it is worked out."""
    plan, found = snapshot.plan, []
    amounts = {result.id: result.total_minor for result in components}
    for cap in plan.caps:
        cut = _cut(snapshot, cap, member, amounts)
        if cut is not None:
            found.append(cut)
    pay = sum(amounts.values())
    owed = snapshot.carry.get("balance", {}).get(member, {}).get("minor", 0)
    if owed:
        found.append(Adjustment("balance", Message("From the period before"), owed, _owed(owed)))
    return tuple(found + _deductions(plan, pay + owed))


def _owed(owed: int) -> Message:
    if owed < 0:
        return Message("The period before ended below nothing; it is taken from this one.")
    return Message("The period before was less than the smallest amount paid out; it is paid with this one.")


def _deductions(plan: Plan, pay: int) -> list[Adjustment]:
    found = []
    for deduction in plan.deductions:
        if pay <= 0:
            continue
        minor = round_half_up(deduction.share * pay) + deduction.minor
        values: dict[str, Value] = {"percent": percent_number(deduction.share)}
        reason = (
            Message("{percent} % of the pay.", values)
            if deduction.share
            else Message("A fixed amount each period that anything is paid.")
        )
        found.append(Adjustment(deduction.id, deduction.name, -minor, reason))
    return found


def _cut(snapshot: Snapshot, cap: Cap, member: int, amounts: dict[str, int]) -> Adjustment | None:
    """What a cap takes from the member; `amounts` (minor units by component) come out as what is left."""
    limit = _limit(snapshot, cap, member)
    if limit is None:
        message = Message("It isn't known how much the company pays out, so this cap is left out.")
        return Adjustment(cap.id, cap.name, 0, message)
    hers = sum(amounts[name] for name in cap.components)
    if cap.per is CapPer.MEMBER:
        together, left = hers, min(hers, limit)
    else:
        sharers = _sharers(snapshot, cap, member)
        together = sum(int(snapshot.earned(name).minor[sharers].sum()) for name in cap.components)
        left = hers if together <= limit else round_half_up(Fraction(hers * limit, together))
    if left >= hers:
        return None
    _share_out(cap, amounts, left)
    currency = snapshot.plan.currency
    values: dict[str, Value] = {
        "limit": Money(limit, currency).amount,
        "together": Money(together, currency).amount,
        "currency": currency,
    }
    return Adjustment(
        cap.id,
        cap.name,
        left - hers,
        Message("At most {limit} {currency} are paid; it would have been {together} {currency}.", values),
    )


def _limit(snapshot: Snapshot, cap: Cap, member: int) -> int | None:
    if cap.minor is not None:
        return cap.minor
    plan = snapshot.plan
    if plan.volume(cap.of).source is VolumeSource.ENTERED:
        base = snapshot.raw(cap.of)[snapshot.team.me if snapshot.team.me >= 0 else member]
    else:
        base = int(snapshot.known(cap.of).sum())
    return None if base is None else round_half_up(base * per_thousandth(plan, cap.share * cap.point_value))


def _sharers(snapshot: Snapshot, cap: Cap, member: int) -> Ints:
    if cap.per is CapPer.COMPANY:
        return np.arange(len(snapshot.team))
    people = np.asarray(snapshot.team.person_ids)
    return np.flatnonzero(people == people[member])


def _share_out(cap: Cap, amounts: dict[str, int], left: int) -> None:
    """What is `left` goes to the components: in proportion, or to the first ones first."""
    total = sum(amounts[name] for name in cap.components)
    remaining = left
    for place, name in enumerate(cap.components):
        before = amounts[name]
        if cap.mode is CapMode.LAST_FIRST:
            share = min(before, remaining)
        elif place == len(cap.components) - 1:
            share = remaining
        else:
            share = round_half_up(Fraction(before * left, total)) if total else 0
        amounts[name] = share
        remaining -= share


def balance_after(plan: Plan, total: int) -> tuple[int, int]:
    """What is paid out of a period's total, and what is left to the next period, both in minor units."""
    if total < 0:
        return 0, total if plan.carry_negative else 0
    if total < plan.min_payout:
        return 0, total
    return total, 0
