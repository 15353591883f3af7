"""Retail: what she earns on her own sales, as a margin or a percentage of a volume of hers.

Margin: sales less what the goods cost her. Percent: one rate, or tiers that begin at their threshold and reach
to the next one ("from 50" includes 50). With `full_amount` the tier reached pays on the whole volume, with
`marginal` each tier pays on the part inside it. A negative volume (more returned than sold) counts in the
lowest tier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.plan import Component, Plan, Rules, Text, Unit
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import per_thousandth, percent_number, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import round_half_up, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Method(StrEnum):
    """How a retail bonus is worked out."""

    MARGIN = "margin"
    PERCENT = "percent"


class TierMode(StrEnum):
    """What a tier's rate is taken of: the whole volume, or the part inside the tier."""

    FULL_AMOUNT = "full_amount"
    MARGINAL = "marginal"


@dataclass(frozen=True, slots=True)
class Tier:
    """`rate` from `minimum` (thousandths, included) up to the next tier."""

    minimum: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Margin(Rules):
    """Sales less cost, both volumes in money."""

    sales: str
    cost: str

    def volumes(self) -> frozenset[str]:
        """Sales and cost."""
        return frozenset((self.sales, self.cost))

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """One line: the margin, or what is not known."""
        plan = snapshot.plan
        sales, cost = snapshot.raw(self.sales)[earner], snapshot.raw(self.cost)[earner]
        for volume, known in ((self.sales, sales), (self.cost, cost)):
            if known is None:
                return _unknown(component, snapshot, earner, volume)
        base = (sales or 0) - (cost or 0)
        reason = Message(
            "{sales_name} {sales} less {cost_name} {cost}.",
            {
                "sales_name": plan.volume(self.sales).name,
                "sales": volume_amount(sales or 0),
                "cost_name": plan.volume(self.cost).name,
                "cost": volume_amount(cost or 0),
            },
        )
        amount = base * per_thousandth(plan, Fraction(1))
        line = _line(component, earner, self.sales, base, Fraction(1), amount, reason)
        return settle_lines(plan, component, [line])

    def words(self, plan: Plan) -> list[Message]:
        """Sales less cost."""
        values: dict[str, Value] = {"sales": plan.volume(self.sales).name, "cost": plan.volume(self.cost).name}
        return [Message("{sales} less {cost} is hers.", values)]


@dataclass(frozen=True, slots=True)
class PercentOfSales(Rules):
    """A percentage of her own volume, by `tiers` in rising order."""

    base: Base
    tiers: tuple[Tier, ...]
    mode: TierMode

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of."""
        return frozenset((self.base.volume,))

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """One line, or one for each tier that the volume reaches into."""
        plan, volume = snapshot.plan, self.base.volume
        amount = snapshot.raw(volume)[earner]
        if amount is None:
            return _unknown(component, snapshot, earner, volume)
        value = self.base.minor_per_thousandth(plan)
        name = plan.volume(volume).name
        lines = [
            _line(
                component,
                earner,
                volume,
                part,
                tier.rate,
                part * value * tier.rate,
                self._reason(tier, part, name),
            )
            for tier, part in self._parts(amount)
        ]
        if not lines:
            lowest = volume_amount(self.tiers[0].minimum)
            reason = Message(
                "{has} {volume}: nothing is paid below {minimum}.",
                {"volume": name, "has": volume_amount(amount), "minimum": lowest},
            )
            lines = [_line(component, earner, volume, amount, Fraction(), Fraction(), reason)]
        return settle_lines(plan, component, lines, self.base.words(plan))

    def words(self, plan: Plan) -> list[Message]:
        """The rate, or the tiers."""
        volume = plan.volume(self.base.volume).name
        found = []
        for tier in self.tiers:
            values: dict[str, Value] = {
                "rate": percent_number(tier.rate),
                "volume": volume,
                "minimum": volume_amount(tier.minimum),
            }
            if len(self.tiers) == 1 and not tier.minimum:
                found.append(Message("{rate} % of her own {volume}.", values))
            elif self.mode is TierMode.FULL_AMOUNT:
                found.append(Message("From {minimum} {volume}: {rate} % of all of it.", values))
            else:
                found.append(Message("From {minimum} {volume}: {rate} % of the part above.", values))
        return [*found, *self.base.words(plan)]

    def _reason(self, tier: Tier, part: int, volume: Text) -> Message:
        values: dict[str, Value] = {
            "volume": volume,
            "part": volume_amount(part),
            "rate": percent_number(tier.rate),
            "minimum": volume_amount(tier.minimum),
        }
        if len(self.tiers) == 1 and not tier.minimum:
            return Message("{part} {volume} at {rate} %.", values)
        return Message("{part} {volume} at {rate} %, the tier from {minimum}.", values)

    def _parts(self, amount: int) -> Iterator[tuple[Tier, int]]:
        """The tiers that pay, each with the part of `amount` that it pays on."""
        reached = [tier for tier in self.tiers if tier.minimum <= amount]
        if amount < 0:
            yield self.tiers[0], amount
        elif reached and self.mode is TierMode.FULL_AMOUNT:
            yield reached[-1], amount
        else:
            ends = [tier.minimum for tier in reached[1:]] + [amount]
            for tier, end in zip(reached, ends, strict=False):
                yield tier, end - tier.minimum


def _line(
    component: Component,
    earner: int,
    volume: str,
    base: int | None,
    rate: Fraction,
    amount: Fraction,
    reason: Message,
) -> Line:
    return Line(component.id, earner, None, 0, volume, base, rate, amount, round_half_up(amount), reason)


def _unknown(component: Component, snapshot: Snapshot, earner: int, volume: str) -> ComponentResult:
    reason = Message("{volume} isn't known for this period.", {"volume": snapshot.plan.volume(volume).name})
    line = _line(component, earner, volume, None, Fraction(), Fraction(), reason)
    return settle_lines(snapshot.plan, component, [line])


def read_retail(table: Table, vocabulary: Vocabulary) -> Margin | PercentOfSales:
    """A component of kind "retail"."""
    if table.choice("method", Method) is Method.MARGIN:
        return Margin(_money(table, "sales", vocabulary), _money(table, "cost", vocabulary))
    base = read_base(table, vocabulary)
    if table.has("percent"):
        return PercentOfSales(base, (Tier(0, table.percent("percent")),), TierMode.FULL_AMOUNT)
    mode = table.choice("tier_mode", TierMode)
    return PercentOfSales(base, _tiers(table), mode)


def _money(table: Table, key: str, vocabulary: Vocabulary) -> str:
    volume = table.volume(key, vocabulary)
    known = vocabulary.volumes.get(volume)
    if known is not None and known.unit is not Unit.MONEY:
        table.wrong(key, Message("a margin needs volumes in money."))
    return volume


def _tiers(table: Table) -> tuple[Tier, ...]:
    tiers = []
    for part in table.parts("tiers"):
        tiers.append(Tier(part.amount("from"), part.percent("percent")))
        part.done()
    if not tiers:
        table.wrong("tiers", Message("give percent, or at least one tier."))
        return (Tier(0, Fraction()),)
    for lower, higher in pairwise(tiers):
        if higher.minimum <= lower.minimum:
            values = {"lower": volume_amount(lower.minimum), "higher": volume_amount(higher.minimum)}
            table.wrong("tiers", Message("the tiers must rise: {higher} comes after {lower}.", values))
    return tuple(tiers)
