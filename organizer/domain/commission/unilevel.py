"""Unilevel: a percentage of the volume of those below, by level.

Volume climbs the tree from its source. The level counter starts at 1 just above the source and is the same for
everybody on the way: levels are counted once, not anew for each earner. Who takes up a level is what
`compression` says; whoever takes a level but isn't paid for it (not active, or the rank opens fewer levels)
leaves that share with the company. Customers' volume counts unless the plan says no, but customers never earn
and never take a level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.levels import arrival_levels
from organizer.domain.commission.plan import Component, Tree
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import settle
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.commission.unilevel_lines import UnilevelLines
from organizer.domain.result import Message


class Compression(StrEnum):
    """Who takes up a level, and who is skipped so that the volume goes on at the same level.

    NONE: every distributor takes one. SKIP_INACTIVE: every active one. SKIP_BELOW_RANK: every active one of
    the rank `skip_below` or higher. DYNAMIC: only whoever is paid for that very level.
    """

    NONE = "none"
    SKIP_INACTIVE = "skip_inactive"
    SKIP_BELOW_RANK = "skip_below_rank"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Unilevel:
    """`rows[rank]` are the rates of the levels which that rank is paid for; the last row is for no rank at all."""

    tree: Tree
    base: Base
    rows: tuple[tuple[Fraction, ...], ...]
    compression: Compression
    skip_below: int
    customer_volume: bool

    @property
    def deepest(self) -> int:
        """The number of levels that the best rank is paid for."""
        return max(len(row) for row in self.rows)

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of."""
        return frozenset((self.base.volume,))

    def reach(self, snapshot: Snapshot) -> list[int]:
        """Up to which level each member takes levels: 0 for one who is always skipped."""
        deepest = self.deepest
        if self.compression is Compression.NONE:
            return [deepest if earns else 0 for earns in snapshot.distributors]
        if self.compression is Compression.SKIP_INACTIVE:
            return [deepest if is_active else 0 for is_active in snapshot.active]
        if self.compression is Compression.SKIP_BELOW_RANK:
            by_rank = [deepest if rank >= self.skip_below else 0 for rank in range(len(self.rows) - 1)] + [0]
        else:
            by_rank = [len(row) for row in self.rows]
        both = zip(snapshot.ranks, snapshot.active, strict=True)
        return [by_rank[rank] if is_active else 0 for rank, is_active in both]

    def bases(self, snapshot: Snapshot) -> list[int]:
        """The volume of each member that counts, in thousandths."""
        known = snapshot.known(self.base.volume)
        if self.customer_volume:
            return known
        return [amount if earns else 0 for amount, earns in zip(known, snapshot.distributors, strict=True)]

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for everyone below the earner."""
        plan = snapshot.plan
        below = snapshot.below(self.tree, earner)
        levels = arrival_levels(snapshot.parent(self.tree), below, self.reach(snapshot), self.deepest)
        rates = self.rows[snapshot.ranks[earner]] if snapshot.active[earner] else ()
        value = self.base.minor_per_thousandth(plan)
        closed = [Fraction()] * (self.deepest + 1 - len(rates))
        factors = [Fraction(), *(value * rate for rate in rates), *closed]
        bases = self.bases(snapshot)
        exact, lines_minor, paid = _sums(below, levels, bases, factors)
        lines = UnilevelLines(
            component=component.id,
            snapshot=snapshot,
            tree=self.tree,
            volume=self.base.volume,
            customer_volume=self.customer_volume,
            earner=earner,
            below=below,
            levels=levels,
            deepest=self.deepest,
            rates=rates,
            value=value,
            skipped_reason=self._skipped_reason(snapshot),
        )
        return settle(plan, component, lines, exact, lines_minor, paid, self.base.notes(plan))

    def _skipped_reason(self, snapshot: Snapshot) -> Message:
        if self.compression is Compression.SKIP_BELOW_RANK:
            return Message("not active or below {rank}", {"rank": snapshot.plan.ranks[self.skip_below].name})
        if self.compression is Compression.DYNAMIC:
            return Message("not qualified for the level")
        if self.compression is Compression.SKIP_INACTIVE:
            return Message("not active")
        return Message("customers")


def _sums(
    below: Sequence[int], levels: Sequence[int], bases: Sequence[int], factors: Sequence[Fraction]
) -> tuple[Fraction, int, int]:
    """The exact amount, the sum of the rounded lines, and how many lines pay; all in minor units."""
    # A closed level has the factor nothing, so a look-up replaces the question whether it is open
    tops = [2 * factor.numerator for factor in factors]
    halves = [factor.denominator for factor in factors]
    wholes = [2 * half for half in halves]
    per_level = [0] * len(factors)
    minor = paid = 0
    for member, level in zip(below, levels, strict=True):
        base = bases[member]
        if base and (top := tops[level]):
            per_level[level] += base
            paid += 1
            if base > 0:
                minor += (base * top + halves[level]) // wholes[level]
            else:
                minor -= (halves[level] - base * top) // wholes[level]
    exact = sum((factor * total for factor, total in zip(factors, per_level, strict=True)), Fraction())
    return exact, minor, paid


def read_unilevel(table: Table, vocabulary: Vocabulary) -> Unilevel:
    """A component of kind "unilevel"."""
    base = read_base(table, vocabulary)
    compression = table.choice("compression", Compression)
    by_rank = compression is Compression.SKIP_BELOW_RANK
    return Unilevel(
        tree=table.choice("tree", Tree),
        base=base,
        rows=_rows(table, vocabulary),
        compression=compression,
        skip_below=table.rank("skip_below", vocabulary) if by_rank else 0,
        customer_volume=table.flag("customer_volume", True),
    )


def _rows(table: Table, vocabulary: Vocabulary) -> tuple[tuple[Fraction, ...], ...]:
    """The rates by rank: `rates_by_rank`, or `rates` with how many of them each rank gets in `depth`."""
    ranks = range(len(vocabulary.ranks))
    if table.has("rates_by_rank"):
        rows = table.percents_by_rank("rates_by_rank", vocabulary)
        return (*(rows.get(rank, ()) for rank in ranks), ())
    rates = table.percents("rates")
    if not table.has("depth"):
        return (rates,) * (len(ranks) + 1)
    depth = table.counts_by_rank("depth", vocabulary, len(rates))
    return (*(rates[: depth.get(rank, 0)] for rank in ranks), ())
