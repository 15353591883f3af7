"""Only a member's first order ever: from dated orders, from the period in which she joined, or from the carry.

Who joined this period can't have ordered before. Whoever hasn't ordered by its end waits, and that is what is kept
for the next period. Of everyone else it isn't known whether an order is the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.base import Base
from organizer.domain.team import Order

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_WAITING = "waiting"


@dataclass(frozen=True, slots=True, eq=False)
class FirstOrders:
    """By member: the `volume` of her first order where it falls in the period (and while she is new).

    `doubtful` are those with a volume of which nobody knows whether it is the first order, or when it was placed.
    """

    volume: Ints
    doubtful: Mask


def first_orders(component: str, base: Base, snapshot: Snapshot) -> FirstOrders:
    """The first orders of the volume that `base` names, within its time as a new member."""
    known = snapshot.known(base.volume)
    counted = base.new_volume(snapshot) if base.new_members else known
    candidates = _without_orders_before(component, snapshot)
    unclear = ~candidates & ~_settled(component, base, snapshot) & (known != 0)
    undated = base.undated(snapshot) & candidates
    volume = np.where(candidates | (unclear & snapshot.hopeful), counted, 0)
    for member, order in _earliest(base, snapshot).items():
        if candidates[member]:
            joined, new = snapshot.team.joined[member], base.new_members
            inside = new is None or (joined is not None and joined <= order.day <= new.last_day(joined))
            volume[member] = order.volumes[base.volume] if inside else 0
            undated[member] = False
    return FirstOrders(volume, undated | unclear)


def waiting(component: str, base: Base, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
    """Who certainly hasn't ordered anything yet at the end of the period, and may still do so in time."""
    raw = np.asarray([amount == 0 for amount in snapshot.raw(base.volume)], dtype=np.bool_)
    still = raw & _without_orders_before(component, snapshot)
    still[list(_earliest(base, snapshot))] = False
    if base.new_members:
        wholly, _partly = base.new_members.standing(snapshot)
        still &= wholly
    return {member: {_WAITING: 1} for member in np.flatnonzero(still).tolist()}


def _without_orders_before(component: str, snapshot: Snapshot) -> Mask:
    """Who joined this period, or was still waiting with her first order after the one before."""
    first, last = np.datetime64(snapshot.period.first, "D"), np.datetime64(snapshot.period.last, "D")
    found: Mask = (snapshot.joined >= first) & (snapshot.joined <= last)
    found[[member for member, kept in snapshot.carry.get(component, {}).items() if kept.get(_WAITING)]] = True
    return found


def _settled(component: str, base: Base, snapshot: Snapshot) -> Mask:
    """Whose orders certainly don't count: no longer new, or with the period before known and not waiting."""
    if component in snapshot.carry:
        return np.ones(len(snapshot.team), dtype=np.bool_)
    if base.new_members is None:
        return np.zeros(len(snapshot.team), dtype=np.bool_)
    wholly, partly = base.new_members.standing(snapshot)
    return ~(wholly | partly)


def _earliest(base: Base, snapshot: Snapshot) -> dict[int, Order]:
    found: dict[int, Order] = {}
    for order in snapshot.orders:
        before = found.get(order.member)
        if order.volumes.get(base.volume, 0) > 0 and (before is None or order.day < before.day):
            found[order.member] = order
    return found
