"""The lines of a generation bonus: for everyone below the earner which generation she is in, and what it pays."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, common, divide_half_up, ints, roomy
from organizer.domain.commission.explain import not_qualified
from organizer.domain.commission.kinds.generation_sums import Generations
from organizer.domain.commission.lazy_lines import LazyLines
from organizer.domain.commission.plan import Component
from organizer.domain.commission.statement import Line
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.generation import Generation
    from organizer.domain.commission.snapshot import Snapshot


class GenerationLines(LazyLines):
    """By generation and then by name; whose volume pays her also without end has a second line, at the end."""

    def __init__(self, rules: Generation, component: Component, snapshot: Snapshot, earner: int) -> None:
        self._rules = rules
        self._component = component
        self._earner = earner
        self._layout = layout = snapshot.layout(rules.tree)
        self._values, unit = rules.values(snapshot)
        below = layout.below(earner)
        hers = [one for one, earners in rules.counting(component, snapshot) if earners[earner]]
        self._leads = bool(hers)
        generations = (hers[0] if hers else self._unled()).seen_from(earner, below)
        row = rules.rates[int(snapshot.ranks[earner])] if hers else ()
        endless = self._endless(component, snapshot)
        self._unending = np.concatenate([np.zeros(len(below), np.bool_), np.ones(len(endless), np.bool_)])
        sources = np.concatenate([below, endless])
        self._generations = np.concatenate([generations, generations[self._places(below, endless)]])
        self._rate = rules.infinity[int(snapshot.ranks[earner])] if len(endless) else Fraction()
        self._rates = [Fraction(), *row, self._rate]
        cells = np.where(self._generations <= len(row), np.maximum(self._generations, 0), 0)
        self._cells = np.where(self._unending, len(row) + 1, cells)
        numerators, denominator = common([unit * rate for rate in self._rates])
        factors = ints(numerators)
        exact = roomy(self._values[sources], max(numerators)) * factors[self._cells]
        places = np.where(self._unending, rules.deepest + 2, np.minimum(self._generations, rules.deepest + 1))
        super().__init__(snapshot, sources, places, exact, denominator, divide_half_up(exact, denominator))

    def _unled(self) -> Generations:
        nobody = np.zeros(self._layout.size, dtype=np.bool_)
        return Generations(self._layout, nobody, 1, True)

    def _endless(self, component: Component, snapshot: Snapshot) -> Ints:
        infinite = self._rules.infinite(component, snapshot)
        if infinite is None:
            return np.zeros(0, dtype=np.int64)
        return np.asarray(infinite.sources[infinite.receivers == self._earner])

    def _places(self, below: Ints, members: Ints) -> Ints:
        places = np.zeros(self._layout.size, dtype=np.int64)
        places[below] = np.arange(len(below))
        return places[members]

    def line(self, entry: int) -> Line:
        """What one member's volume pays."""
        member, generation = int(self._sources[entry]), int(self._generations[entry])
        depth = self._layout.depth
        paid = bool(self._exact[entry])
        counted = self._leads and 0 < generation <= self._rules.deepest
        return Line(
            component=self._component.id,
            source=member,
            level=generation if counted or self._unending[entry] else None,
            depth=int(depth[member] - depth[self._earner]),
            volume=self._rules.base.volume,
            base=self._snapshot.raw(self._rules.base.volume)[member],
            rate=self._rates[int(self._cells[entry])] if paid else Fraction(),
            amount=self.amount(entry),
            minor=int(self._minor[entry]),
            reason=self._paid(entry, generation) if paid else self._nothing(member, generation),
        )

    def _paid(self, entry: int, generation: int) -> Message:
        values: dict[str, Value] = {"generation": generation}
        if self._unending[entry]:
            return Message("Generation {generation}, paid however deep it lies.", values)
        return Message("Generation {generation}.", values)

    def _nothing(self, member: int, generation: int) -> Message:
        rules, snapshot = self._rules, self._snapshot
        volume = snapshot.plan.volume(rules.base.volume).name
        base = snapshot.raw(rules.base.volume)[member]
        if snapshot.customers[member] and not rules.customer_volume:
            return Message("A customer's volume doesn't count in this bonus.")
        if base is None:
            return Message("{volume} isn't known for this period.", {"volume": volume})
        if not base:
            return Message("No {volume} this period.", {"volume": volume})
        if not self._values[member]:
            return Message("The plan lets nothing of this {volume} count.", {"volume": volume})
        if not snapshot.qualified(self._component)[self._earner]:
            return not_qualified(snapshot, self._component, self._earner)
        number = int(snapshot.ranks[self._earner])
        rank = snapshot.plan.rank_name(number)
        if not self._leads:
            if rules.leaders is not None:
                return Message("Only leaders are paid. {who}", {"who": rules.leaders.words(snapshot.plan)})
            if rank is None:
                return Message("Without a rank this bonus pays nothing.")
            return Message("The rank {rank} is paid for no generation.", {"rank": rank})
        if not generation:
            return Message("Her own group, down to the next leader, isn't paid in this bonus.")
        values: dict[str, Value] = {"generation": generation, "deepest": rules.deepest}
        if generation > rules.deepest:
            return Message("Deeper than the {deepest} generations that this bonus pays.", values)
        values |= {"count": len(rules.rates[number]), "rank": rank or ""}
        return Message("The rank {rank} pays {count} generations; this is generation {generation}.", values)
