"""Who is paid for which group that has broken away, and what: the sums of the bonus of kind "breakaway"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, common, divide_half_up, ints, roomy, times
from organizer.domain.commission.kinds.steps import distinct
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.walk import Walk


@dataclass(frozen=True, slots=True)
class Floor:
    """What is paid where the difference is nothing: `rate` of the group, and `minor` if the group has anything."""

    rate: Fraction
    minor: int


@dataclass(frozen=True, eq=False)
class Overrides:
    """`heads` are the leaders, `groups` (by member, each worth `unit` minor units) what of their groups counts.

    `taken[k][i]` took generation k + 1 of leader `heads[i]`. Line i pays `receivers[i]` for the group of
    `sources[i]`: `exact[i]` over `denominator`, which is `rates[i]` over `rate_denominator` of the group and,
    where `floors[i]`, the floor because somebody below had as high a percentage (`below[i]`).
    """

    layout: Layout
    heads: Ints
    groups: Ints
    unit: Fraction
    taken: list[Ints]
    sources: Ints
    receivers: Ints
    generations: Ints
    rates: Ints
    below: Ints
    floors: Mask
    rate_denominator: int
    floor_minor: int = 0

    @property
    def denominator(self) -> int:
        """What `exact` is over."""
        return self.rate_denominator * self.unit.denominator

    @property
    def exact(self) -> Ints:
        """Each line's amount in minor units, times the denominator."""
        groups, numerator = self.groups[self.sources], self.unit.numerator
        most = int(self.rates.max()) * numerator if len(self.rates) else 1
        amounts = roomy(groups, most) * self.rates * numerator
        if self.floor_minor:
            extra = times(self.floors & np.asarray(groups > 0), self.floor_minor * self.denominator)
            amounts = roomy(amounts, 2) + extra
        return amounts

    @property
    def minor(self) -> Ints:
        """Each line's amount rounded to minor units."""
        return divide_half_up(self.exact, self.denominator)

    def generation(self, head: int, earner: int) -> int:
        """Which generation of that leader (by place in `heads`) the earner would take."""
        place, nobody = self.layout.place, self.layout.size
        takers = [int(taken[head]) for taken in self.taken]
        return 1 + sum(taker < nobody and bool(place[taker] > place[earner]) for taker in takers)


def fixed(
    layout: Layout,
    leaders: Mask,
    groups: Ints,
    unit: Fraction,
    ranks: Ints,
    rows: Sequence[Sequence[Fraction]],
    may: Mask,
    paid: Mask,
    *,
    each_level: bool,
) -> Overrides:
    """Each generation pays its own rate; `each_level`: only who is paid for a generation takes it."""
    heads = np.flatnonzero(leaders)
    lengths = np.asarray([len(row) for row in rows])[ranks[:-1]]
    levels = max(len(row) for row in rows)
    entitled = [paid & np.asarray(lengths > level) for level in range(levels)]
    takers = entitled if each_level else [may & np.asarray(lengths > 0)] * levels
    walk = Walk(layout, groups, unit, takers, entitled, ranks, rows)
    numerators, denominator = common(
        [row[k] if k < len(row) else Fraction() for row in rows for k in range(levels)]
    )
    table = ints(numerators).reshape(len(rows), levels)
    links = []
    for level, receivers in enumerate(walk.paid_to()):
        to = receivers[heads]
        some = to < layout.size
        row = ranks[to[some]]
        links.append((heads[some], to[some], np.full(len(row), level + 1), table[row, level], row * 0))
    taken = [receivers[heads] for receivers in walk.taken_by()]
    return _overrides(layout, heads, groups, unit, taken, links, denominator, 0)


def differential(
    layout: Layout,
    leaders: Mask,
    groups: Ints,
    unit: Fraction,
    ranks: Ints,
    percents: Sequence[Fraction],
    may: Mask,
    paid: Mask,
    generations: int | None,
    floor: Floor,
) -> Overrides:
    """Each is paid hers less the highest below; the leader's own counts whether or not she qualifies for it."""
    rates = distinct(tuple(percents))
    (*numerators, least), denominator = common([*rates, floor.rate])
    scale = ints(numerators)
    every = np.asarray([rates.index(percent) for percent in percents])[ranks]
    every[-1] = 0
    steps = np.where(np.append(may, False), every, 0)
    heads = np.flatnonzero(leaders)
    best, links, taken = every[heads], [], []
    paid = np.append(paid, False)
    for number, at in enumerate(_upwards(layout, heads, best, steps[:-1], len(rates), generations), 1):
        taken.append(at)
        hers = steps[at]
        rate = np.where(hers > best, scale[hers] - scale[best], least)
        some = paid[at]
        below = np.where(hers > best, scale[best], -1)
        links.append((heads[some], at[some], np.full(int(some.sum()), number), rate[some], below[some]))
        np.maximum(best, hers, out=best)
    return _overrides(layout, heads, groups, unit, taken, links, denominator, floor.minor)


def _upwards(
    layout: Layout, heads: Ints, best: Ints, steps: Ints, count: int, generations: int | None
) -> Iterator[Ints]:
    """For each leader the ones above her who take a generation, one after the other; `best` grows meanwhile.

    Without a number of `generations` only who has more than everybody below takes one.
    """
    nearest = [layout.nearest(np.asarray(steps >= step)) for step in range(1, count)]
    if not nearest:
        return
    every = np.stack([*nearest, np.full(layout.size + 1, layout.size)])
    at = heads
    for _ in range(generations or count):
        at = every[0][layout.parent[at]] if generations else every[best, layout.parent[at]]
        if (at == layout.size).all():
            return
        yield at


_Link = tuple[Ints, Ints, Ints, Ints, Ints]


def _overrides(
    layout: Layout,
    heads: Ints,
    groups: Ints,
    unit: Fraction,
    taken: list[Ints],
    links: list[_Link],
    denominator: int,
    floor_minor: int,
) -> Overrides:
    none: Ints = np.zeros(0, dtype=np.int64)
    parts = [np.concatenate([none, *(link[column] for link in links)]) for column in range(5)]
    sources, receivers, generations, rates, below = parts
    return Overrides(
        layout, heads, groups, unit, taken, sources, receivers, generations, rates, below,
        np.asarray(below < 0), denominator, floor_minor,
    )  # fmt: skip
