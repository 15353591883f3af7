"""What is added or taken off after the bonuses: caps over several of them, returns, what was owed, fees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from organizer.domain.commission.caps import Cut, limited
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.statement import Adjustment, ComponentResult, Payout
from organizer.domain.commission.take_back import taken_back
from organizer.domain.commission.whole import whole_of_one
from organizer.domain.money import Money, round_half_up
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


def adjustments(snapshot: Snapshot, member: int, components: Sequence[ComponentResult]) -> tuple[Adjustment, ...]:
    """Everything between the bonuses' sum and the total, in the order in which it is worked out."""
    amounts = whole_of_one(snapshot.plan, components)
    cuts = limited(snapshot, member, amounts)
    found = [_cap(snapshot.plan, cut) for cut in cuts if cut.taken or cut.unknown]
    pay = sum(amounts.values()) - sum(cut.taken for cut in cuts)
    back = taken_back(snapshot, member, pay)
    pay += sum(entry.minor for entry in back)
    owed = snapshot.carry.get("balance", {}).get(member, {}).get("minor", 0)
    before = [Adjustment("balance", Message("From the period before"), owed, _owed(owed))] if owed else []
    return (*found, *back, *before, *_deductions(snapshot.plan, pay))


def after_caps(snapshot: Snapshot, member: int) -> int:
    """Her bonuses together, less what the caps take, in minor units."""
    plan = snapshot.plan
    amounts = whole_of_one(plan, [one.rules.pay(one, snapshot, member) for one in plan.components])
    return sum(amounts.values()) - sum(cut.taken for cut in limited(snapshot, member, amounts))


def _cap(plan: Plan, cut: Cut) -> Adjustment:
    if cut.unknown is not None:
        return Adjustment(cut.cap.id, cut.cap.name, 0, cut.unknown)
    values: dict[str, Value] = {
        "limit": Money(cut.limit, plan.currency).amount,
        "together": Money(cut.together, plan.currency).amount,
        "currency": plan.currency,
    }
    reason = Message("At most {limit} {currency} are paid; it would have been {together} {currency}.", values)
    return Adjustment(cut.cap.id, cut.cap.name, -cut.taken, reason)


def _owed(owed: int) -> Message:
    if owed < 0:
        return Message("The period before ended below nothing; it is taken from this one.")
    return Message("The period before was less than the smallest amount paid out; it is paid with this one.")


def _deductions(plan: Plan, pay: int) -> list[Adjustment]:
    """Each is worked out from the same pay, and all of them together take no more than that."""
    found, left = [], max(0, pay)
    for deduction in plan.deductions:
        if pay <= 0:
            continue
        minor = min(left, round_half_up(deduction.share * pay) + deduction.minor)
        left -= minor
        values: dict[str, Value] = {"percent": percent_number(deduction.share)}
        reason = (
            Message("{percent} % of the pay.", values)
            if deduction.share
            else Message("A fixed amount each period that anything is paid.")
        )
        found.append(Adjustment(deduction.id, deduction.name, -minor, reason))
    return found


def balance_after(plan: Plan, total: int) -> tuple[int, int]:
    """What is paid out of a period's total, and what is left to the next period, both in minor units."""
    if total < 0:
        return 0, total if plan.carry_negative else 0
    if total < plan.min_payout:
        return 0, total
    return total, 0


def payout(plan: Plan, total: int) -> Payout:
    """What is paid out of a period's total and what is kept, in a sentence where they aren't the same."""
    paid, kept = balance_after(plan, total)
    values: dict[str, Value] = {
        "minimum": Money(plan.min_payout, plan.currency).amount,
        "currency": plan.currency,
    }
    if kept > 0:
        reason = Message("Less than {minimum} {currency} isn't paid out; it is kept for the next period.", values)
    elif kept < 0:
        reason = Message("The period ends below nothing; it is taken from the next one.")
    elif total < 0:
        reason = Message("The period ends below nothing; it isn't taken from the next one.")
    else:
        return Payout(paid, kept, None)
    return Payout(paid, kept, reason)
