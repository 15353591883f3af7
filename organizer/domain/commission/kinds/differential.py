"""Volume whose percentage is shared out on the way up: each gets hers less the highest already given below.

Cut into slices at the percentages there are, each slice goes to the nearest one, herself or above the source, who
has at least that percentage. So no volume ever pays more than the highest percentage, whatever the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, add_at, common, divide_half_up, ints, roomy
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Plan


class Downline(StrEnum):
    """Which volume below her pays: all; only where nobody below has a percentage yet; only where somebody has."""

    ALL = "all"
    DIRECT = "direct"
    INDIRECT = "indirect"
    NONE = "none"


@dataclass(frozen=True, eq=False)
class Differential:
    """What `values` (by member, each worth `unit` minor units) pay in `layout`.

    `steps[member]` is the place of her percentage in `rates`, which rise from 0. Who isn't `paid` leaves her share
    with the company. A member's volume climbs no further than to `ends[member]` (nobody: to the top).
    """

    layout: Layout
    values: Ints
    unit: Fraction
    rates: Sequence[Fraction]
    steps: Ints
    paid: Mask
    ends: Ints
    personal: bool = True
    downline: Downline = Downline.ALL

    def receivers(self) -> list[Ints]:
        """For each slice and source who gets it; nobody is `layout.size`."""
        if "_receivers" not in self.__dict__:
            depth, found = self.layout.depth, []
            furthest = depth[self.ends]
            for step in range(1, len(self.rates)):
                nearest = self.layout.nearest(np.asarray(self.steps >= step))[:-1]
                found.append(np.where(depth[nearest] >= furthest, nearest, self.layout.size))
            self.__dict__["_receivers"] = found
        receivers: list[Ints] = self.__dict__["_receivers"]
        return receivers

    def factors(self) -> tuple[Ints, int]:
        """`unit` times each rate, as whole numbers over one denominator."""
        numerators, denominator = common([self.unit * rate for rate in self.rates])
        return ints(numerators), denominator

    def pay(self, sources: Ints, low: Ints, high: Ints | int) -> tuple[Ints, Ints, int]:
        """Exact numerators, rounded minor units and the denominator, for the slices above `low` up to `high`."""
        factors, denominator = self.factors()
        exact = roomy(self.values[sources], int(factors[-1])) * (factors[high] - factors[low])
        return exact, divide_half_up(exact, denominator), denominator

    def counts(self, sources: Ints, receivers: Ints, low: Ints) -> Mask:
        """Which of the slices from `low` up are paid to those who have them."""
        own = np.asarray(sources == receivers)
        if self.downline is Downline.ALL:
            below = np.ones(len(sources), dtype=np.bool_)
        elif self.downline is Downline.NONE:
            below = np.zeros(len(sources), dtype=np.bool_)
        else:
            below = np.asarray(low == 0) == (self.downline is Downline.DIRECT)
        counted: Mask = np.where(own, self.personal, below) & np.append(self.paid, False)[receivers]
        return counted

    def shares(self) -> Iterator[tuple[Ints, Ints, Ints, int]]:
        """Sources, receivers, and from which slice to which each receiver has the source's volume."""
        nobody = self.layout.size
        sources = np.flatnonzero(self.values != 0)
        now, low = np.full(len(sources), nobody), np.zeros(len(sources), dtype=np.int64)
        for step, receivers in enumerate(self.receivers()):
            following = receivers[sources]
            moved = following != now
            ended = moved & (now < nobody)
            if ended.any():
                yield sources[ended], now[ended], low[ended], step
            now, low = following, np.where(moved, step, low)
        rest = now < nobody
        yield sources[rest], now[rest], low[rest], len(self.rates) - 1

    def earned(self, plan: Plan) -> Earned:
        """What everyone earns."""
        size = self.layout.size
        exact, minor = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for sources, receivers, low, high in self.shares():
            counted = self.counts(sources, receivers, low)
            sources, receivers, low = sources[counted], receivers[counted], low[counted]
            line_exact, line_minor, _ = self.pay(sources, low, high)
            exact, minor = add_at(exact, receivers, line_exact), add_at(minor, receivers, line_minor)
        return earned(plan, exact, self.factors()[1], minor)

    def to(self, earner: int) -> tuple[Ints, Ints]:
        """The earner and all below her, and for each up to which slice it is taken below the earner."""
        layout, step = self.layout, int(self.steps[earner])
        members = layout.order[layout.place[earner] : layout.end[earner]]
        low = np.zeros(len(members), dtype=np.int64)
        for receivers in self.receivers()[:step]:
            low += receivers[members] != earner
        return members, low
