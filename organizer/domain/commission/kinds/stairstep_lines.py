"""The lines of a stair-step bonus: what each member's volume pays the earner, and what others have of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.differential import Downline
from organizer.domain.commission.kinds.steps import Brackets
from organizer.domain.commission.lazy_lines import LazyLines
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import decimal, per_thousandth, percent_number
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import VOLUME_SCALE, Money, round_half_up, volume_amount
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.stairstep import Stairstep
    from organizer.domain.commission.snapshot import Snapshot


class StairstepLines(LazyLines):
    """The earner's own line, then one for everyone below her, the nearest first and then by name."""

    def __init__(self, rules: Stairstep, component: Component, snapshot: Snapshot, earner: int) -> None:
        self._rules = rules
        self._component = component
        self._earner = earner
        self._sums = rules.differential(component, snapshot)
        self._standing = rules.standing(component, snapshot)
        self._high = int(self._sums.steps[earner])
        members, self._low = self._sums.to(earner)
        counted = self._sums.counts(members, np.full(len(members), earner), self._low)
        exact, minor, denominator = self._sums.pay(members, np.where(counted, self._low, self._high), self._high)
        depth = self._sums.layout.depth
        super().__init__(snapshot, members, depth[members] - depth[earner], exact, denominator, minor)
        self._within = depth[self._sums.ends[members]] <= depth[earner]
        """Whose volume climbs as far as to the earner."""

    def settle(self) -> ComponentResult:
        """The component's result."""
        notes = [*self._rules.base.words(self._snapshot.plan), *self._standing_note(), *self._shared_notes()]
        return self.result(self._component, notes)

    def line(self, entry: int) -> Line:
        """What one member's volume pays."""
        member, low = int(self._sources[entry]), int(self._low[entry])
        paid = bool(self._exact[entry])
        depth = self._sums.layout.depth
        return Line(
            component=self._component.id,
            source=member,
            level=None,
            depth=int(depth[member] - depth[self._earner]),
            volume=self._rules.base.volume,
            base=self._snapshot.raw(self._rules.base.volume)[member],
            rate=self._sums.rates[self._high] - self._sums.rates[low] if paid else Fraction(),
            amount=self.amount(entry),
            minor=int(self._minor[entry]),
            reason=self._shares(member, low) if paid else self._nothing(entry, member, low),
        )

    def _percents(self, low: int) -> dict[str, Value]:
        rates = self._sums.rates
        return {
            "percent": percent_number(rates[self._high]),
            "below": percent_number(rates[low]),
            "rest": percent_number(rates[self._high] - rates[low]),
        }

    def _shares(self, member: int, low: int) -> Message:
        if member == self._earner:
            return Message("Own volume, at {percent} %.", self._percents(low))
        if not low:
            return Message("{percent} %: nobody below has a percentage of it.", self._percents(low))
        return Message("{percent} % less the {below} % that those below have: {rest} %.", self._percents(low))

    def _nothing(self, entry: int, member: int, low: int) -> Message:
        rules, snapshot = self._rules, self._snapshot
        own = member == self._earner
        if own and not rules.personal:
            return Message("Own volume isn't paid in this bonus.")
        if not own and rules.downline is Downline.NONE:
            return Message("This bonus pays own volume only.")
        if snapshot.customers[member] and not rules.customer_volume:
            return Message("A customer's volume doesn't count in this bonus.")
        volume = snapshot.plan.volume(rules.base.volume).name
        base = snapshot.raw(rules.base.volume)[member]
        if base is None:
            return Message("{volume} isn't known for this period.", {"volume": volume})
        if not base:
            return Message("No {volume} this period.", {"volume": volume})
        if not self._sums.values[member] or not self._sums.unit:
            return Message("The plan lets nothing of this {volume} count.", {"volume": volume})
        if not snapshot.qualified(self._component)[self._earner]:
            return not_qualified(snapshot, self._component, self._earner)
        if not self._within[entry]:
            leader = snapshot.team.names[int(self._sums.ends[member])]
            return Message("{leader}'s group has broken away.", {"leader": leader})
        if not self._high:
            return self._no_percent()
        if low == self._high:
            return Message("Those below already have {percent} % or more of it.", self._percents(low))
        if rules.downline is Downline.DIRECT:
            return Message("Somebody below has a percentage of it, {below} %.", self._percents(low))
        return Message("Nobody below has a percentage of it.")

    def _no_percent(self) -> Message:
        ladder, plan = self._rules.ladder, self._snapshot.plan
        if isinstance(ladder, Brackets) and self._standing.volumes is not None:
            values: dict[str, Value] = {
                "volume": plan.volume(ladder.volume).name,
                "has": volume_amount(int(self._standing.volumes[self._earner])),
                "start": volume_amount(next(
                    (start for start, percent in zip(ladder.starts, ladder.percents, strict=True) if percent),
                    ladder.starts[-1],
                )),
            }  # fmt: skip
            return Message("No percentage yet: it begins at {start} {volume}, and there is {has}.", values)
        rank = plan.rank_name(int(self._snapshot.ranks[self._earner]))
        if rank is None:
            return Message("Without a rank there is no percentage.")
        return Message("The rank {rank} has no percentage.", {"rank": rank})

    def _standing_note(self) -> list[Message]:
        """Which percentage she has, and of which volume."""
        ladder, plan = self._rules.ladder, self._snapshot.plan
        if not self._high:
            return []
        values = self._percents(0)
        if isinstance(ladder, Brackets) and self._standing.volumes is not None:
            values["volume"] = plan.volume(ladder.volume).name
            values["has"] = volume_amount(int(self._standing.volumes[self._earner]))
            return [Message("{has} {volume} give {percent} %.", values)]
        values["rank"] = plan.rank_name(int(self._snapshot.ranks[self._earner])) or ""
        return [Message("{rank} gives {percent} %.", values)]

    def _shared_notes(self) -> list[Message]:
        """Her percentage of the whole group, less what others have of it: the sum as the field writes it."""
        sums, rules = self._sums, self._rules
        everything = rules.personal and rules.downline is Downline.ALL
        if not (self._high and everything and sums.unit and sums.paid[self._earner]):
            return []
        values, low = self._within_values(), self._low[self._within]
        notes = []
        for step in [0, *sorted(set(low.tolist()) - {0})]:
            volume = int(values.sum()) if not step else int(values[low == step].sum())
            rate = sums.rates[step or self._high]
            amount = volume * sums.unit * rate
            currency = self._snapshot.plan.currency
            words: dict[str, Value] = {
                "percent": percent_number(rate),
                "base": self._counted(volume),
                "volume": self._snapshot.plan.volume(rules.base.volume).name,
                "amount": Money(round_half_up(amount), currency).amount,
                "currency": currency,
            }
            whole = Message("The whole group: {percent} % of {base} {volume} is {amount} {currency}.", words)
            below = Message(
                "Less what those below have: {percent} % of {base} {volume} is {amount} {currency}.", words
            )
            notes.append(below if step else whole)
        return notes if len(notes) > 1 else []

    def _within_values(self) -> Ints:
        values: Ints = self._sums.values[self._sources[self._within]].astype(object)
        return values

    def _counted(self, volume: int) -> Value:
        """A sum of the figures that count, in the volume's own unit."""
        value = per_thousandth(self._snapshot.plan, self._rules.base.point_value)
        return decimal(volume * self._sums.unit / value / VOLUME_SCALE)
