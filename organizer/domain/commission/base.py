"""What a percentage is taken of: a volume, how much of it counts, and what a point is worth."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from organizer.domain.commission.plan import Plan, Unit
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import decimal, per_thousandth, percent_number
from organizer.domain.result import Message, Value


@dataclass(frozen=True, slots=True)
class Base:
    """`counted` of the volume counts (1 is all of it), each whole point at `point_value` of the currency."""

    volume: str
    counted: Fraction
    point_value: Fraction

    def minor_per_thousandth(self, plan: Plan) -> Fraction:
        """Minor units that one thousandth of the volume stands for."""
        return per_thousandth(plan, self.counted * self.point_value)

    def notes(self, plan: Plan) -> tuple[Message, ...]:
        """What a reader must know to follow the sums."""
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
        return tuple(notes)


def read_base(table: Table, vocabulary: Vocabulary) -> Base:
    """The keys `volume`, `base_percent` and, for points, `point_value`."""
    volume = table.volume("volume", vocabulary)
    counted = table.percent("base_percent", default=Fraction(1))
    known = vocabulary.volumes.get(volume)
    if known is not None and known.unit is Unit.MONEY:
        if table.has("point_value"):
            table.wrong("point_value", Message("this volume is money already, so it has no point value."))
            table.number("point_value")
        return Base(volume, counted, Fraction(1))
    value = table.number("point_value")
    return Base(volume, counted, Fraction(value) if value is not None else Fraction(1))
