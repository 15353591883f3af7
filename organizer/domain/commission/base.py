"""What a percentage is taken of: a volume or other bonuses, how much of it counts, and what a point is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, common, times
from organizer.domain.commission.asked import Holds
from organizer.domain.commission.plan import Plan, Unit
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import decimal, per_thousandth, percent_number
from organizer.domain.period import MONTHS
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_ENDLESS = 10**6
"""More days or months than anybody is a member for."""


@dataclass(frozen=True, slots=True)
class NewMembers:
    """For the first `days`, or calendar months (the month of joining is the first), `inside` of a member's volume
    counts; afterwards `outside`. Who joined on an unknown day counts as not new.
    """

    days: int
    months: int
    inside: Fraction
    outside: Fraction

    def last_day(self, joined: date) -> date:
        """The last day on which a member is new."""
        if self.months:
            return MONTHS.shifted(MONTHS.containing(joined), self.months - 1).last
        return joined + timedelta(days=self.days - 1)

    def standing(self, snapshot: Snapshot) -> tuple[Mask, Mask]:
        """Who is new during the whole period, and who during a part of it."""
        first, last = np.datetime64(snapshot.period.first, "D"), np.datetime64(snapshot.period.last, "D")
        joined = snapshot.joined
        if self.months:
            months = joined.astype("datetime64[M]") + min(self.months, _ENDLESS)
            end = months.astype("datetime64[D]") - 1
        else:
            end = joined + (min(self.days, _ENDLESS) - 1)
        begun = joined <= last
        return begun & (end >= last), begun & (first <= end) & (end < last)

    def words(self, volume: Value) -> Message:
        """The rule in a sentence."""
        values: dict[str, Value] = {
            "volume": volume,
            "inside": percent_number(self.inside),
            "outside": percent_number(self.outside),
        }
        if self.months:
            return Message(
                "{volume} counts with {inside} % in a member's first {months} calendar months, the month of "
                "joining included, and with {outside} % afterwards.",
                {**values, "months": self.months},
            )
        return Message(
            "{volume} counts with {inside} % in a member's first {days} days and with {outside} % afterwards.",
            {**values, "days": self.days},
        )


@dataclass(frozen=True, slots=True)
class Base:
    """`counted` of the volume counts (1 is all of it), each whole point at `point_value` of the currency.

    With `earnings_of` it is what others earn in those components that counts, before or after their own cap.
    """

    volume: str
    counted: Fraction
    point_value: Fraction
    new_members: NewMembers | None = None
    earnings_of: tuple[str, ...] = ()
    before_cap: bool = False

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of, if it is one."""
        return frozenset((self.volume,)) if self.volume else frozenset()

    def minor_per_thousandth(self, plan: Plan) -> Fraction:
        """Minor units that one thousandth of the volume stands for; for earnings, one minor unit of them."""
        return self.counted if self.earnings_of else per_thousandth(plan, self.counted * self.point_value)

    def values(self, snapshot: Snapshot) -> tuple[Ints, Fraction]:
        """Each member's figure that counts, and the minor units that one of it stands for."""
        unit = self.minor_per_thousandth(snapshot.plan)
        if self.earnings_of:
            total = np.zeros(len(snapshot.team), dtype=np.int64)
            for component in self.earnings_of:
                earned = snapshot.earned(component)
                total = total + (earned.before_cap if self.before_cap else earned.minor)
            return total, unit
        known = snapshot.known(self.volume)
        if self.new_members is None:
            return known, unit
        (inside, outside), denominator = common((self.new_members.inside, self.new_members.outside))
        new = self.new_volume(snapshot)
        return times(new, inside) + times(known - new, outside), unit / denominator

    def new_volume(self, snapshot: Snapshot) -> Ints:
        """The part of each member's volume that falls while she is new."""
        rule, known = self.new_members, snapshot.known(self.volume)
        if rule is None:
            return np.zeros_like(known)
        wholly, partly = rule.standing(snapshot)
        new = np.where(wholly, known, 0)
        if partly.any():
            dated, loose = self._dated(snapshot, partly)
            # what no dated order explains counts whichever way pays less, or more in the high figure
            as_new = ((loose > 0) == (rule.inside > rule.outside)) == snapshot.hopeful
            new = np.where(partly, dated + np.where(as_new, loose, 0), new)
        return new

    def undated(self, snapshot: Snapshot) -> Mask:
        """Whose volume lies partly in her time as a new member and partly after it, nobody knows how much."""
        if self.new_members is None:
            return np.zeros(len(snapshot.team), dtype=np.bool_)
        partly = self.new_members.standing(snapshot)[1]
        return partly & (self._dated(snapshot, partly)[1] != 0) if partly.any() else partly

    def _dated(self, snapshot: Snapshot, partly: Mask) -> tuple[Ints, Ints]:
        """By member: what dated orders from her time as new come to, and the volume that no order explains."""
        known = snapshot.known(self.volume)
        dated, covered = np.zeros_like(known), np.zeros_like(known)
        for order in snapshot.orders:
            joined = snapshot.team.joined[order.member]
            if partly[order.member] and joined is not None and self.new_members is not None:
                amount = order.volumes.get(self.volume, 0)
                covered[order.member] += amount
                dated[order.member] += amount if joined <= order.day <= self.new_members.last_day(joined) else 0
        return dated, known - covered

    def words(self, plan: Plan) -> tuple[Message, ...]:
        """What a reader must know to follow the sums."""
        if self.earnings_of:
            names = listed([plan.component(name).name for name in self.earnings_of])
            return (Message("Worked out from what others earn in: {components}.", {"components": names}),)
        volume = plan.volume(self.volume)
        notes = []
        if volume.unit is Unit.POINTS:
            values: dict[str, Value] = {"volume": volume.name, "value": decimal(self.point_value)}
            notes.append(
                Message("1 {volume} counts as {value} {currency}.", {**values, "currency": plan.currency})
            )
        if self.counted != 1:
            values = {"volume": volume.name, "percent": percent_number(self.counted)}
            notes.append(Message("{volume} counts with {percent} %.", values))
        if self.new_members:
            notes.append(self.new_members.words(volume.name))
        return tuple(notes)


def read_base(table: Table, vocabulary: Vocabulary) -> Base:
    """The keys `volume`, `base_percent`, `new_members` and, for points, `point_value`."""
    volume = table.volume("volume", vocabulary)
    counted = table.percent("base_percent", default=Fraction(1))
    new = read_new_members(table)
    known = vocabulary.volumes.get(volume)
    if known is not None and known.unit is Unit.MONEY:
        if table.has("point_value"):
            table.wrong("point_value", Message("this volume is money already, so it has no point value."))
            table.number("point_value")
        return Base(volume, counted, Fraction(1), new)
    value = table.number("point_value")
    return Base(volume, counted, Fraction(value) if value is not None else Fraction(1), new)


def read_new_members(table: Table) -> NewMembers | None:
    """`new_members = { days = 60, percent = 0, later_percent = 100 }`, or with `months`; None where missing."""
    part = table.part("new_members")
    if part is None:
        return None
    days = part.count("days", default=0) if part.has("days") else 0
    months = part.count("months", default=0) if part.has("months") else 0
    if bool(days) == bool(months):
        part.wrong("new_members", Message("give either days or months."))
    inside = part.percent("percent", default=Fraction())
    outside = part.percent("later_percent", default=Fraction(1))
    part.done()
    return NewMembers(days, months or (0 if days else 1), inside, outside)


def read_earnings(table: Table, vocabulary: Vocabulary) -> Base:
    """The keys `of` (other components' ids), `base_percent` and `before_cap`."""
    names = table.strings("of")
    table.tell("of", Holds.BONUSES, vocabulary.components)
    for name in names:
        if name not in vocabulary.components:
            table.wrong("of", Message('no bonus before this one is called "{name}".', {"name": name}))
    if not names:
        table.wrong("of", Message("this list is empty."))
    counted = table.percent("base_percent", default=Fraction(1))
    return Base("", counted, Fraction(1), None, names, table.flag("before_cap", False))
