"""What stands between the lines and the total, so that everything shown adds up to the smallest coin."""

from __future__ import annotations

from organizer.domain.commission.statement import Adjustment, ComponentResult, Statement
from organizer.domain.result import Message

FEW = 3
"""A bonus of so few lines is shown whole: a line that pays nothing is a part of the sum, such as a leg."""


def within(component: ComponentResult) -> tuple[Adjustment, ...]:
    """What leads from a bonus's lines to its total: its rounding, and what its own cap takes."""
    found = []
    if component.rounding:
        told = Message("The plan rounds the sum, not each line.")
        found.append(Adjustment("rounding", Message("Rounding"), component.rounding, told))
    if component.cut:
        told = Message("The plan pays no more than this for one bonus.")
        found.append(Adjustment("cut", Message("Above the most that it pays"), component.cut, told))
    return tuple(found)


def after(statement: Statement) -> tuple[Adjustment, ...]:
    """What leads from the bonuses to the total: the last rounding, caps, returns, what was owed, fees."""
    if not statement.rounding:
        return statement.adjustments
    told = Message("The plan rounds the total, not each bonus.")
    return (Adjustment("rounding", Message("Rounding"), statement.rounding, told), *statement.adjustments)


def paid_out(statement: Statement) -> tuple[Adjustment, ...]:
    """What of the total is paid out and what is left, where it isn't simply paid out."""
    payout = statement.payout
    if payout is None or payout.reason is None:
        return ()
    left = Adjustment("left", Message("Left for the next period"), payout.kept, payout.reason)
    return (Adjustment("paid", Message("Paid out"), payout.paid, payout.reason), left)


def closing(statement: Statement) -> tuple[Adjustment, ...]:
    """Everything below the bonuses: what is added and taken off, the total, and what becomes of it."""
    told = Message("The bonuses, and what is added and taken off after them.")
    total = Adjustment("total", Message("Estimated total"), statement.total_minor, told)
    return (*after(statement), total, *paid_out(statement))
