"""A percentage of what a team comes to as a whole, by tiers: her frontline's, her group's, her unit's volume.

The whole is rounded once, not member by member. Which tiers hold may hang on conditions (`variants`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission import earned as settled
from organizer.domain.commission.arrays import Ints, common, divide_half_up, times
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Condition
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.reach import Reach, read_reach
from organizer.domain.commission.kinds.retail_bracket import Bracket
from organizer.domain.commission.kinds.retail_rates import Choice, Defaults, Rates, read_rates
from organizer.domain.commission.kinds.retail_tiers import Tier
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import round_half_up, volume_amount
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class TeamTier(Rules):
    """`rates` of the sum of a volume over those in `reach`."""

    base: Base
    reach: Reach
    rates: Rates

    def volumes(self) -> frozenset[str]:
        """The volume that is paid on and those that the tiers hang on."""
        return self.base.volumes() | self.rates.volumes()

    def conditions(self) -> tuple[Condition, ...]:
        """What its alternatives ask for."""
        return self.rates.conditions()

    def window(self) -> int:
        """As far back as the tiers look."""
        return self.rates.window()

    def _sums(self, snapshot: Snapshot) -> Ints:
        """What each member's team comes to."""
        volume = self.base.volume
        return snapshot.kept((self.reach, volume), lambda: self.reach.sums(snapshot, snapshot.known(volume)))

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for each tier that pays, or one with the reason why none does."""
        lines = self._lines(component, snapshot, earner)
        notes = self.base.words(snapshot.plan)
        return settle_lines(snapshot.plan, component, lines, (*notes, *self._counted(snapshot, earner)))

    def _lines(self, component: Component, snapshot: Snapshot, earner: int) -> list[Line]:
        amount, plan = int(self._sums(snapshot)[earner]), snapshot.plan
        what = self.reach.words(plan, plan.volume(self.base.volume).name)
        if not snapshot.qualified(component)[earner]:
            return [
                self._line(component, earner, amount, Fraction(), plan, not_qualified(snapshot, component, earner))
            ]
        if not amount:
            reason = Message("{what}: nothing this period.", {"what": what})
            return [self._line(component, earner, 0, Fraction(), plan, reason)]
        choice = self.rates.chosen(snapshot, earner)
        if choice is None:
            reason = self.rates.none_holds(snapshot, earner)
            return [self._line(component, earner, amount, Fraction(), plan, reason)]
        reached = choice.reached(snapshot, earner, amount)
        lines = [
            self._line(component, earner, part, tier.rate, plan, self._reason(plan, choice, tier, part, reached))
            for tier, part in choice.scale.parts(amount, reached)
        ]
        if lines:
            return lines
        values: dict[str, Value] = {
            "volume": choice.bracket.name(plan),
            "has": volume_amount(reached),
            "minimum": volume_amount(choice.scale.tiers[0].minimum),
        }
        reason = Message("{volume}: {has}; nothing is paid below {minimum}.", values)
        return [self._line(component, earner, amount, Fraction(), plan, reason)]

    def _line(
        self, component: Component, earner: int, base: int, rate: Fraction, plan: Plan, reason: Message
    ) -> Line:
        amount = base * self.base.minor_per_thousandth(plan) * rate
        minor = round_half_up(amount)
        return Line(component.id, earner, None, 0, self.base.volume, base, rate, amount, minor, reason)

    def _reason(self, plan: Plan, choice: Choice, tier: Tier, part: int, reached: int) -> Message:
        values: dict[str, Value] = {
            "what": self.reach.words(plan, plan.volume(self.base.volume).name),
            "part": volume_amount(part),
            "rate": percent_number(tier.rate),
            "minimum": volume_amount(tier.minimum),
            "by": choice.bracket.name(plan),
            "reached": volume_amount(reached),
        }
        if choice.scale.flat:
            return Message("{what}: {part} at {rate} %.", values)
        if choice.bracket == Bracket((self.base.volume,), self.reach) and part == reached:
            return Message("{what}: {part} at {rate} %, the tier from {minimum}.", values)
        return Message("{what}: {part} at {rate} %, the tier from {minimum} ({by}: {reached}).", values)

    def _counted(self, snapshot: Snapshot, earner: int) -> tuple[Message, ...]:
        """How many members' volume is in the sum."""
        some = np.asarray(snapshot.known(self.base.volume) != 0).astype(np.int64)
        count = int(
            snapshot.kept((self.reach, self.base.volume, "count"), lambda: self.reach.sums(snapshot, some))[earner]
        )
        return (Message("Members whose volume counts: {count}.", {"count": count}),)

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """Earlier periods that nobody knows of."""
        choice = self.rates.chosen(snapshot, earner) if snapshot.qualified(component)[earner] else None
        missing = choice.doubt(snapshot, earner) if choice else ()
        if choice is None or not missing:
            return None
        values: dict[str, Value] = {
            "what": choice.bracket.name(snapshot.plan),
            "periods": listed([period.key for period in missing]),
        }
        return Message("{what}: nothing is known of {periods}", values)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, at once."""
        sums, qualified = self._sums(snapshot), snapshot.qualified(component)
        unit, parts = self.base.minor_per_thousandth(snapshot.plan), []
        for choice, holds in self.rates.everyones(snapshot):
            amounts = np.where(holds & qualified, sums, 0)
            found = choice.scale.everyones_parts(amounts, choice.everyones(snapshot, amounts))
            parts += [(np.where(holds & qualified, part, 0), unit * tier.rate) for tier, part in found]
        factors, denominator = common([factor for _part, factor in parts])
        lines = [times(part, factor) for (part, _factor), factor in zip(parts, factors, strict=True)]
        minor = sum(divide_half_up(line, denominator) for line in lines)
        return settled.earned(snapshot.plan, np.asarray(sum(lines)), denominator, np.asarray(minor))

    def paid_for(
        self, component: Component, snapshot: Snapshot, earner: int, source: int, volume: str, *, average: bool
    ) -> Fraction:
        """What each thousandth of the whole paid, for whoever was a part of it."""
        del average  # the whole is paid at one rate, or at what its tiers come to
        whole = int(self._sums(snapshot)[earner])
        if volume != self.base.volume or whole <= 0 or not self.reach.counts(snapshot, earner, source):
            return Fraction()
        return self.pay(component, snapshot, earner).exact / whole

    def words(self, plan: Plan) -> list[Message]:
        """What is paid on and the tiers."""
        of = self.reach.words(plan, plan.volume(self.base.volume).name)
        whole = Message("The whole counts as one: {what}.", {"what": of})
        return [whole, *self.rates.words(plan, of, self.base.volume, self.reach), *self.base.words(plan)]


def read_team_tier(table: Table, vocabulary: Vocabulary) -> TeamTier:
    """A component of kind "team_tier"."""
    if table.has("new_members"):
        table.wrong("new_members", Message("a team's volume counts whole in this bonus."))
    base, reach = read_base(table, vocabulary), read_reach(table, vocabulary, default=None)
    rates = read_rates(table, vocabulary, base.volume, Defaults(reach=reach, orders=False))
    return TeamTier(base, reach, rates)
