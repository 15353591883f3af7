"""Counting generations, and summing a whole generation at once: the sums of the bonus of kind "generation".

A member's generation, seen from an earner above her, is how many leaders stand on the way from the top down to the
member less how many stand on the way down to the earner. With the members sorted by that count and then by their
place in the tree's line, a generation of an earner is one slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, add_at, common, divide_half_up, roomy, times
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.kinds.groups import path_counts
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Component, RoundAt

if TYPE_CHECKING:
    from organizer.domain.commission.kinds.generation import Generation
    from organizer.domain.commission.snapshot import Snapshot


class Generations:
    """Everybody's place in the count where `bounds` begin a generation.

    `first` is 1 where an earner's own group is her generation 1. Without `empty_counts` a leader right below
    another doesn't begin a new one.
    """

    def __init__(self, layout: Layout, bounds: Mask, first: int, empty_counts: bool) -> None:
        self.layout = layout
        self.first = first
        if not empty_counts:
            bounds = bounds & ~np.append(bounds, False)[layout.parent[:-1]]
        self.counts = path_counts(layout, bounds)

    def seen_from(self, earner: int, members: Ints) -> Ints:
        """Which generation of the earner each of those below her is in."""
        return np.asarray(self.counts[members] - self.counts[earner] + self.first)

    @cached_property
    def _keys(self) -> Ints:
        return np.asarray(self.counts * (self.layout.size + 1) + self.layout.place)

    @cached_property
    def _sorted(self) -> Ints:
        return np.argsort(self._keys)

    @cached_property
    def _sorted_keys(self) -> Ints:
        return np.asarray(self._keys[self._sorted])

    def bounds_of(self, earners: Ints, generation: int) -> tuple[Ints, Ints]:
        """For each earner where in the sorted line that generation of hers begins and ends."""
        row = (self.counts[earners] + generation - self.first) * (self.layout.size + 1)
        begins = np.searchsorted(self._sorted_keys, row + self.layout.place[earners] + 1)
        return begins, np.searchsorted(self._sorted_keys, row + self.layout.end[earners])

    def sums(self, values: Ints, begins: Ints, ends: Ints) -> Ints:
        """The sum of `values` (by member) over each of those slices."""
        values = roomy(values, self.layout.size)
        running = np.concatenate((np.zeros(1, dtype=values.dtype), np.cumsum(values[self._sorted])))
        return np.asarray(running[ends] - running[begins])


@dataclass(frozen=True, eq=False)
class Infinity:
    """`receivers[i]` is paid `rates[i]` for the volume of `sources[i]`, however deep it lies."""

    sources: Ints
    receivers: Ints
    rates: list[tuple[Fraction, int]]
    """Each rate, and where the lines of it end."""

    @classmethod
    def found(
        cls,
        layout: Layout,
        ranks: Ints,
        bounds: Mask,
        percents: Sequence[Fraction],
        start: int,
        counting: Sequence[tuple[Generations, Mask]],
    ) -> Infinity:
        """Everybody's next one above of each rank, where no other of that rank or a higher one lies between."""
        sources, receivers, rates = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], []
        length = 0
        for rank, percent in enumerate(percents[:-1]):
            if not percent:
                continue
            at_or_above = layout.nearest(bounds & np.asarray(ranks >= rank))[:-1]
            for generations, earners in counting:
                hers = np.append(earners & np.asarray(ranks == rank), False)[at_or_above]
                members = np.flatnonzero(hers & (at_or_above != np.arange(layout.size)))
                to = at_or_above[members]
                deep = generations.counts[members] - generations.counts[to] + generations.first >= start
                sources.append(members[deep])
                receivers.append(to[deep])
                length += int(deep.sum())
            rates.append((percent, length))
        return cls(np.concatenate(sources), np.concatenate(receivers), rates)


def generations_earned(rules: Generation, component: Component, snapshot: Snapshot) -> Earned:
    """What everyone gets."""
    plan, size = snapshot.plan, len(snapshot.team)
    values, unit = rules.values(snapshot)
    cells = [unit * rate for row in rules.rates for rate in row]
    numerators, denominator = common([*cells, *(unit * rate for rate in rules.infinity)])
    scale = dict(zip([*cells, *(unit * rate for rate in rules.infinity)], numerators, strict=True))
    rounds = plan.round_at is RoundAt.LINE
    exact, minor = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    ranks = snapshot.ranks
    for generations, earners in rules.counting(component, snapshot):
        for level in range(rules.deepest):
            for rate, who in _by_rate(rules, ranks, np.flatnonzero(earners), level):
                factor = scale[unit * rate]
                begins, ends = generations.bounds_of(who, level + 1)
                sums = times(generations.sums(values, begins, ends), factor)
                exact = add_at(exact, who, sums)
                if rounds:
                    lines = divide_half_up(times(values, factor), denominator)
                    minor = add_at(minor, who, generations.sums(lines, begins, ends))
    infinite = rules.infinite(component, snapshot)
    begin = 0
    for rate, end in infinite.rates if infinite else ():
        amounts = times(values[infinite.sources[begin:end]], scale[unit * rate]) if infinite else values[:0]
        to = infinite.receivers[begin:end] if infinite else values[:0]
        exact, minor = add_at(exact, to, amounts), add_at(minor, to, divide_half_up(amounts, denominator))
        begin = end
    return earned(plan, exact, denominator, minor)


def _by_rate(rules: Generation, ranks: Ints, earners: Ints, level: int) -> list[tuple[Fraction, Ints]]:
    """The earners who are paid for that generation, by their rate of it."""
    by_rate: dict[Fraction, list[int]] = {}
    for number, row in enumerate(rules.rates):
        if level < len(row) and row[level]:
            by_rate.setdefault(row[level], []).append(number if number < len(rules.rates) - 1 else -1)
    found = []
    for rate, numbers in by_rate.items():
        who = earners[np.isin(ranks[earners], numbers)]
        if len(who):
            found.append((rate, who))
    return found
