"""What comes back of earlier periods, told apart from what the period itself sold.

A returned order stands among a period's orders with the day on which it was bought, before the period's first, and
with negative volumes. Where the plan has rules for returns it doesn't lower this period's ranks and bonuses: what
it once paid is taken back by itself (`take_back.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from organizer.domain.period import Period
from organizer.domain.team import Order, Team

if TYPE_CHECKING:
    from organizer.domain.commission.plan import Plan

Amounts = Mapping[str, Sequence[int | None]]
"""By name each member's volume in thousandths, None where it isn't known."""


def parted(plan: Plan, team: Team, period: Period) -> tuple[Amounts, Sequence[Order], Sequence[Order]]:
    """The period's volumes and orders without what came back of earlier periods, and those orders by themselves.

    All of it is the period's own where the plan has no rules for returns.
    """
    back = [order for order in team.orders if _came_back(order, period)] if plan.returns else []
    if not back:
        return team.volumes, team.orders, ()
    own = [order for order in team.orders if not _came_back(order, period)]
    return changed(team.volumes, back, -1), own, back


def changed(volumes: Amounts, orders: Sequence[Order], times: int) -> Amounts:
    """The volumes and `times` those of `orders`; what isn't known stays so."""
    left = dict(volumes)
    for name in sorted({name for order in orders for name in order.volumes} & set(volumes)):
        figures = list(volumes[name])
        for order in orders:
            known = figures[order.member]
            if known is not None:
                figures[order.member] = known + times * order.volumes.get(name, 0)
        left[name] = figures
    return left


def _came_back(order: Order, period: Period) -> bool:
    return order.day < period.first and any(amount < 0 for amount in order.volumes.values())
