"""Volume climbing a tree: who takes which level of it, and what each level pays.

Volume starts at level 1 just above its source. On the way up everybody either takes the level, and the volume goes
on to the next one, or is passed by. Levels are counted once, from the source upwards, and that count holds for
every earner on the way. What a level pays goes to who takes it, if she is entitled to it; else the company keeps
it, or it goes on as the plan says. Kinds of bonus differ in who takes levels and in what the rates hang on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, add_at, common, divide_half_up, ints, roomy, times
from organizer.domain.commission.earned import Earned, earned
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Plan


class Unearned(StrEnum):
    """Where a level's pay goes when who takes the level isn't entitled to it.

    BREAKAGE: the company keeps it. ROLL_UP: to the nearest one above who is entitled to that level. PASS_UP: to
    the one right above if she is entitled, else the company keeps it.
    """

    BREAKAGE = "breakage"
    ROLL_UP = "roll_up"
    PASS_UP = "pass_up"  # noqa: S105 - no password


@dataclass(frozen=True, eq=False)
class Walk:
    """What `values` (by member, each worth `unit` minor units) pay in `layout`.

    `takers[k]` and `entitled[k]` say by member who takes level k + 1 and who is paid for it. The rate is
    `rates[row][k]`, with the row `rows[member]` of who is paid, or the lower one of hers and the source's where
    `lower_of_both`; where they are `fixed` they are no rates but minor units for each of the values. A line pays
    at most `line_caps[k]` minor units where that isn't None. With `ends` a member's volume pays nobody above
    `ends[member]` (nobody: it pays up to the top).
    """

    layout: Layout
    values: Ints
    unit: Fraction
    takers: Sequence[Mask]
    entitled: Sequence[Mask]
    rows: Ints
    rates: Sequence[Sequence[Fraction]]
    unearned: Unearned = Unearned.BREAKAGE
    lower_of_both: bool = False
    line_caps: Sequence[int | None] = ()
    fixed: bool = False
    ends: Ints | None = None

    @property
    def deepest(self) -> int:
        """How many levels there are."""
        return len(self.takers)

    def taken_by(self) -> list[Ints]:
        """For each level and source who takes the level; nobody is `layout.size`."""
        if "_taken" not in self.__dict__:
            layout, found = self.layout, []
            at = np.arange(layout.size + 1, dtype=np.int32)
            nearest, mask = at, None
            for takers in self.takers:
                if mask is not takers:  # most often the same ones take every level
                    nearest, mask = layout.nearest(takers), takers
                at = nearest[layout.parent[at]]
                found.append(at[:-1])
            self.__dict__["_taken"] = found
        taken: list[Ints] = self.__dict__["_taken"]
        return taken

    def paid_to(self) -> list[Ints]:
        """For each level and source who is paid for it; nobody is `layout.size`."""
        if "_paid" not in self.__dict__:
            self.__dict__["_paid"] = [
                self._within(self._receiver(*level))
                for level in zip(self.taken_by(), self.takers, self.entitled, strict=True)
            ]
        paid: list[Ints] = self.__dict__["_paid"]
        return paid

    def _within(self, receivers: Ints) -> Ints:
        if self.ends is None:
            return receivers
        depth = self.layout.depth
        return np.where(depth[receivers] >= depth[self.ends], receivers, self.layout.size)

    def _receiver(self, at: Ints, takers: Mask, entitled: Mask) -> Ints:
        nobody = self.layout.size
        if entitled is takers:  # whoever takes it is paid for it
            return at
        allowed = np.append(entitled, False)
        if self.unearned is Unearned.ROLL_UP:
            return self.layout.nearest(entitled)[at]
        if self.unearned is Unearned.PASS_UP:
            at = np.where(allowed[at], at, self.layout.parent[at])
        return np.where(allowed[at], at, nobody)

    def factors(self) -> tuple[Ints, int]:
        """`unit` times each rate, as whole numbers by row and level over one denominator."""
        width = self.deepest
        cells = [
            self.unit * (row[level] if level < len(row) else 0) for row in self.rates for level in range(width)
        ]
        numerators, denominator = common(cells)
        return ints(numerators).reshape(len(self.rates), width), denominator

    def pay(
        self, sources: Ints, receivers: Ints, level: int, factors: Ints, denominator: int
    ) -> tuple[Ints, Ints]:
        """Exact numerators and rounded minor units of the lines from `sources` to `receivers` at level + 1."""
        rows = self.rows[receivers]
        if self.lower_of_both:
            rows = np.minimum(rows, self.rows[sources])
        rates = factors[rows, level]
        most = int(np.max(np.abs(factors))) if factors.size else 0
        exact = roomy(self.values[sources], most) * rates
        minor = divide_half_up(exact, denominator)
        cap = self.line_caps[level] if level < len(self.line_caps) else None
        if cap is not None:
            capped = minor > cap
            minor = np.where(capped, cap, minor)
            exact = np.where(roomy(exact, 1) > cap * denominator, cap * denominator, exact)
        return exact, minor

    def earned(self, plan: Plan, extra: tuple[Ints, int] | None = None) -> Earned:
        """What everyone earns; `extra` is one line more for each member, as numerators over a denominator."""
        exact, denominator, minor = self._sums()
        if extra is not None:
            together = lcm(denominator, extra[1])
            exact = times(exact, together // denominator) + times(extra[0], together // extra[1])
            denominator, minor = together, minor + divide_half_up(*extra)
        return earned(plan, exact, denominator, minor)

    def _sums(self) -> tuple[Ints, int, Ints]:
        factors, denominator = self.factors()
        size = self.layout.size
        exact, minor = np.zeros(size + 1, dtype=np.int64), np.zeros(size + 1, dtype=np.int64)
        sources = np.flatnonzero(self.values != 0)
        for level, paid in enumerate(self.paid_to()):
            lines = sources[paid[sources] < size]
            receivers = paid[lines]
            line_exact, line_minor = self.pay(lines, receivers, level, factors, denominator)
            exact, minor = add_at(exact, receivers, line_exact), add_at(minor, receivers, line_minor)
        return exact[:-1], denominator, minor[:-1]

    def arrivals(self, earner: int) -> Ints:
        """For everyone below `earner` at which level her volume arrives there; `deepest` + 1 is too deep."""
        below = self.layout.below(earner)
        place = np.append(self.layout.place, -1)
        here = place[earner]
        levels = np.ones(len(below), dtype=np.int64)
        for taken in self.taken_by():
            levels += place[taken[below]] > here
        return levels
