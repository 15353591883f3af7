"""A rate that new members are promised: for their first orders, days or calendar months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING

from organizer.domain.commission.plan import Component
from organizer.domain.commission.reader import Table
from organizer.domain.commission.settle import percent_number
from organizer.domain.money import volume_amount
from organizer.domain.period import MONTHS
from organizer.domain.result import Message, Value
from organizer.domain.team import Order

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_ORDERS = "orders"


class Standing(Enum):
    """What the promise does in a period: nothing, all of it, or it depends on the order."""

    OVER = auto()
    WHOLE = auto()
    BY_ORDER = auto()


@dataclass(frozen=True, slots=True)
class NewRate:
    """At least `rate` on her first `orders`, or in the first `days` or calendar `months` (joining's is the first).

    An order must reach `minimum` (thousandths of `volumes` together), but with `first_any` not her very first.
    Only what is sold is promised it, not what comes back.
    """

    rate: Fraction
    orders: int
    days: int
    months: int
    minimum: int
    first_any: bool
    volumes: tuple[str, ...]

    def standing(self, snapshot: Snapshot, component: Component, member: int) -> Standing:
        """Whether the promise holds for the member in the period."""
        if self.orders:
            before = self.orders_before(snapshot, component, member)
            return Standing.OVER if before is not None and before >= self.orders else Standing.BY_ORDER
        joined, period = snapshot.team.joined[member], snapshot.period
        if joined is None or not joined <= period.last or self._end(joined) < period.first:
            return Standing.OVER
        return Standing.WHOLE if self._end(joined) >= period.last and not self.minimum else Standing.BY_ORDER

    def _end(self, joined: date) -> date:
        if self.months:
            return MONTHS.shifted(MONTHS.containing(joined), self.months - 1).last
        return joined + timedelta(days=self.days - 1)

    def promised(self, snapshot: Snapshot, component: Component, member: int) -> list[bool]:
        """For each of the member's known orders, the earliest first, whether the promise holds."""
        found, number = [], self.orders_before(snapshot, component, member) if self.orders else 0
        unknown = number is None and not snapshot.hopeful
        place = number or 0
        for order in snapshot.orders_of.get(member, ()):
            figure = self.figure(order)
            enough = figure >= self.minimum or (self.first_any and place == 0)
            found.append(figure > 0 and enough and not unknown and self._new(snapshot, member, place, order.day))
            place += figure > 0
        return found

    def _new(self, snapshot: Snapshot, member: int, place: int, day: date) -> bool:
        if self.orders:
            return place < self.orders
        joined = snapshot.team.joined[member]
        return joined is not None and joined <= day <= self._end(joined)

    def figure(self, order: Order) -> int:
        """What an order comes to."""
        return sum(order.volumes.get(volume, 0) for volume in self.volumes)

    def orders_before(self, snapshot: Snapshot, component: Component, member: int) -> int | None:
        """How many orders she placed before the period, `orders` at most; None where it isn't known."""
        kept = snapshot.carry.get(component.id, {}).get(member, {}).get(_ORDERS)
        if kept is not None:
            return kept
        joined = snapshot.team.joined[member]
        if joined is not None and snapshot.period.first <= joined <= snapshot.period.last:
            return 0
        with_any = sum(_any(before, self.volumes, member) for before in snapshot.past[: self.orders])
        return self.orders if with_any >= self.orders else None

    def loose(self, snapshot: Snapshot, member: int) -> bool:
        """Whether some of her volume belongs to no order that is known."""
        orders = snapshot.orders_of.get(member, ())
        return any(
            (snapshot.raw(volume)[member] or 0) != sum(order.volumes.get(volume, 0) for order in orders)
            for volume in self.volumes
        )

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """How many orders those have placed of whom it is known; only until they have placed them all."""
        if not self.orders:
            return {}
        found = {}
        for member in self._counted(component, snapshot):
            before = self.orders_before(snapshot, component, member)
            if before is None or (before < self.orders and self.loose(snapshot, member)):
                continue
            placed = sum(self.figure(order) > 0 for order in snapshot.orders_of.get(member, ()))
            found[member] = {_ORDERS: min(self.orders, before + placed)}
        return found

    def _counted(self, component: Component, snapshot: Snapshot) -> Iterable[int]:
        first, last = snapshot.period.first, snapshot.period.last
        members = set(snapshot.carry.get(component.id, {}))
        members |= {m for m, day in enumerate(snapshot.team.joined) if day is not None and first <= day <= last}
        return sorted(member for member in members if snapshot.distributors[member])

    def words(self) -> list[Message]:
        """The promise in sentences."""
        values: dict[str, Value] = {
            "rate": percent_number(self.rate),
            "orders": self.orders,
            "days": self.days,
            "months": self.months,
            "minimum": volume_amount(self.minimum),
        }
        if self.orders:
            found = [Message("At least {rate} % on a new member's first orders: {orders} of them.", values)]
        elif self.months:
            found = [
                Message(
                    "At least {rate} % in a new member's first {months} calendar months, the month of joining "
                    "included.",
                    values,
                )
            ]
        else:
            found = [Message("At least {rate} % in a new member's first {days} days.", values)]
        if self.minimum and self.first_any:
            found.append(Message("That asks for orders of {minimum} or more, but not of the very first.", values))
        elif self.minimum:
            found.append(Message("That asks for orders of {minimum} or more.", values))
        return found


def _any(before: Mapping[str, Sequence[int | None]], volumes: Sequence[str], member: int) -> bool:
    rows = [before[volume] for volume in volumes if volume in before]
    return any((row[member] or 0) > 0 for row in rows)


def read_new_rate(table: Table, volumes: tuple[str, ...]) -> NewRate | None:
    """`new_member_rate = { percent = 40, orders = 4, min = 50, first_any = true }`, or with days or months."""
    part = table.part("new_member_rate")
    if part is None:
        return None
    rate = part.percent("percent")
    lengths = {key: part.count(key) if part.has(key) else 0 for key in ("orders", "days", "months")}
    if sum(map(bool, lengths.values())) != 1:
        part.wrong("new_member_rate", Message("give one of orders, days or months."))
        lengths = {"orders": 1, "days": 0, "months": 0}
    minimum = part.amount("min") if part.has("min") else 0
    first_any = part.flag("first_any", False)
    if first_any and not (minimum and lengths["orders"]):
        part.wrong("first_any", Message("this needs orders and min."))
    part.done()
    return NewRate(rate, **lengths, minimum=minimum, first_any=first_any, volumes=volumes)
