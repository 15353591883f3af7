"""The lines of an override: each group below the earner that has broken away, and what it pays her."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.lazy_lines import LazyLines
from organizer.domain.commission.plan import Component
from organizer.domain.commission.settle import percent_number, settle_lines
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import Money
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.breakaway import BreakawayBonus
    from organizer.domain.commission.snapshot import Snapshot


def breakaway_result(
    rules: BreakawayBonus, component: Component, snapshot: Snapshot, earner: int
) -> ComponentResult:
    """The component's result for the earner."""
    lines = BreakawayLines(rules, component, snapshot, earner)
    notes = rules.base.words(snapshot.plan)
    if len(lines):
        return lines.result(component, notes)
    reason = Message("No group below has broken away.")
    if not snapshot.qualified(component)[earner]:
        reason = not_qualified(snapshot, component, earner)
    none = Line(component.id, earner, None, 0, rules.base.volume, None, Fraction(), Fraction(), 0, reason)
    return settle_lines(snapshot.plan, component, [none], notes)


class BreakawayLines(LazyLines):
    """A line for every leader below the earner, the nearest first and then by name."""

    def __init__(self, rules: BreakawayBonus, component: Component, snapshot: Snapshot, earner: int) -> None:
        self._rules = rules
        self._component = component
        self._earner = earner
        self._sums = sums = rules.overrides(component, snapshot)
        self._volumes = rules.volumes_of_groups(component, snapshot)
        layout = sums.layout
        self._heads = np.flatnonzero(layout.under(earner)[sums.heads] & (sums.heads != earner))
        sources = sums.heads[self._heads]
        hers = np.flatnonzero(sums.receivers == earner)
        links = np.full(layout.size, -1)
        links[sums.sources[hers]] = hers
        self._links = links[sources]
        paid = self._links >= 0
        exact, minor = sums.exact, sums.minor
        line_exact = np.zeros(len(sources), dtype=exact.dtype)
        line_minor = np.zeros(len(sources), dtype=minor.dtype)
        line_exact[paid], line_minor[paid] = exact[self._links[paid]], minor[self._links[paid]]
        places = layout.depth[sources] - layout.depth[earner]
        super().__init__(snapshot, sources, places, line_exact, sums.denominator, line_minor)

    def line(self, entry: int) -> Line:
        """What one leader's group pays."""
        sums, leader, link = self._sums, int(self._sources[entry]), int(self._links[entry])
        paid = bool(self._exact[entry])
        depth = sums.layout.depth
        return Line(
            component=self._component.id,
            source=leader,
            level=int(sums.generations[link]) if paid else None,
            depth=int(depth[leader] - depth[self._earner]),
            volume=self._rules.base.volume,
            base=int(self._volumes[leader]),
            rate=Fraction(int(sums.rates[link]), sums.rate_denominator) if paid else Fraction(),
            amount=self.amount(entry),
            minor=int(self._minor[entry]),
            reason=self._paid(link) if paid else self._nothing(entry, leader),
        )

    def _paid(self, link: int) -> Message:
        sums, rules = self._sums, self._rules
        rate = Fraction(int(sums.rates[link]), sums.rate_denominator)
        values: dict[str, Value] = {"generation": int(sums.generations[link]), "rest": percent_number(rate)}
        if sums.floors[link]:
            values["amount"] = Money(rules.floor_minor, self._snapshot.plan.currency).amount
            values["currency"] = self._snapshot.plan.currency
            if rules.floor_minor and rules.floor_rate:
                return Message(
                    "Those below have as much; the floor is {rest} % and {amount} {currency}.", values
                )  # fmt: skip
            if rules.floor_minor:
                return Message("Those below have as much; the floor is {amount} {currency}.", values)
            return Message("Those below have as much; the floor is {rest} %.", values)
        below = Fraction(int(sums.below[link]), sums.rate_denominator)
        if not below:
            return Message("The leader's group, generation {generation}.", values)
        values |= {"percent": percent_number(rate + below), "below": percent_number(below)}
        return Message(
            "The leader's group: {percent} % less the {below} % that those below have: {rest} %.", values
        )

    def _nothing(self, entry: int, leader: int) -> Message:
        rules, snapshot = self._rules, self._snapshot
        plan = snapshot.plan
        volume = plan.volume(rules.base.volume).name
        if not self._volumes[leader]:
            return Message("The group has no {volume} this period.", {"volume": volume})
        if not self._sums.groups[leader] or not self._sums.unit:
            return Message("The plan lets nothing of this {volume} count.", {"volume": volume})
        if not snapshot.qualified(self._component)[self._earner]:
            return not_qualified(snapshot, self._component, self._earner)
        number = int(snapshot.ranks[self._earner])
        rank, row = plan.rank_name(number), rules.rates[number]
        if not any(row):
            if rank is None:
                return Message("Without a rank this bonus pays nothing.")
            return Message("The rank {rank} has no percentage.", {"rank": rank})
        generation = self._sums.generation(int(self._heads[entry]), self._earner)
        if rules.generations is not None and generation > rules.generations:
            return Message(
                "Deeper than the {count} generations that this bonus pays.", {"count": rules.generations}
            )
        if rules.method.value == "differential":
            return Message("Those below already have as much of it.")
        values: dict[str, Value] = {"count": len(row), "generation": generation, "rank": rank or ""}
        return Message("The rank {rank} pays {count} generations; this is generation {generation}.", values)
