"""Unilevel: a percentage of the volume of those below, by level.

Who takes up a level is what `compression` says. Who is passed by is paid nothing for that volume; who takes a
level but isn't entitled to it (not active, or the rank opens fewer levels) leaves that share to where `unearned`
says.
Customers' volume counts unless the plan says no, but customers never earn and never take a level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Mask
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.commission.walk import Unearned, Walk
from organizer.domain.commission.walk_lines import WalkLines, Words
from organizer.domain.result import Message, Value, listed

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Compression(StrEnum):
    """Who takes up a level, and who is passed by so that the volume goes on at the same level.

    NONE: everyone who isn't a customer takes one. CANCELLED: everyone who hasn't left. SKIP_INACTIVE: every active
    one. SKIP_BELOW_RANK: every active one of the rank `skip_below` or higher. DYNAMIC: only whoever is paid for
    that very level.
    """

    NONE = "none"
    CANCELLED = "cancelled"
    SKIP_INACTIVE = "skip_inactive"
    SKIP_BELOW_RANK = "skip_below_rank"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Unilevel(Rules):
    """`rates[rank]` are the rates of the levels which that rank is paid for; the last row is for no rank."""

    tree: Tree
    base: Base
    rates: tuple[tuple[Fraction, ...], ...]
    compression: Compression
    skip_below: int = 0
    customer_volume: bool = True
    unearned: Unearned = Unearned.BREAKAGE

    @property
    def deepest(self) -> int:
        """The number of levels that the best rank is paid for."""
        return max(len(row) for row in self.rates)

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of."""
        return self.base.volumes()

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for everyone below the earner."""
        walk = self.walk(component, snapshot)
        lines = WalkLines(component, snapshot, self.base, walk, earner, self._words(snapshot, earner))
        return lines.settle(self.base.words(snapshot.plan))

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, in one pass over the levels."""
        return self.walk(component, snapshot).earned(snapshot.plan)

    def walk(self, component: Component, snapshot: Snapshot) -> Walk:
        """Who takes which level, and what it pays."""
        values, unit = self.base.values(snapshot)
        if not self.customer_volume:
            values = np.where(snapshot.customers, 0, values)
        rows = np.append(snapshot.ranks, -1)
        lengths = np.asarray([len(row) for row in self.rates])[rows[:-1]]
        qualified = snapshot.qualified(component)
        entitled = [qualified & (lengths > level) for level in range(self.deepest)]
        return Walk(
            layout=snapshot.layout(self.tree),
            values=values,
            unit=unit,
            takers=self._takers(snapshot, entitled),
            entitled=entitled,
            rows=rows,
            rates=self.rates,
            unearned=self.unearned,
        )

    def _takers(self, snapshot: Snapshot, entitled: Sequence[Mask]) -> Sequence[Mask]:
        if self.compression is Compression.DYNAMIC:
            return entitled
        if self.compression is Compression.NONE:
            takers = ~snapshot.customers
        elif self.compression is Compression.CANCELLED:
            takers = snapshot.distributors
        elif self.compression is Compression.SKIP_INACTIVE:
            takers = snapshot.active
        else:
            takers = snapshot.active & np.asarray(snapshot.ranks >= self.skip_below)
        return [takers] * self.deepest

    def _words(self, snapshot: Snapshot, earner: int) -> Words:
        return Words(
            level=lambda level: Message("Level {level}.", {"level": level}),
            skipped=self._skipped(snapshot.plan),
            closed=lambda level: self._closed(snapshot, earner, level),
            too_deep=lambda: Message(
                "Deeper than the {levels} levels that this bonus pays.", {"levels": self.deepest}
            ),
            left_out=lambda member: self._left_out(snapshot, member),
        )

    def _left_out(self, snapshot: Snapshot, member: int) -> Message | None:
        if self.customer_volume or not snapshot.customers[member]:
            return None
        return Message("A customer's volume doesn't count in this bonus.")

    def _skipped(self, plan: Plan) -> Message:
        if self.compression is Compression.SKIP_BELOW_RANK:
            return Message("not active or below {rank}", {"rank": plan.ranks[self.skip_below].name})
        if self.compression is Compression.DYNAMIC:
            return Message("not qualified for the level")
        if self.compression is Compression.SKIP_INACTIVE:
            return Message("not active")
        return Message("customers") if self.compression is Compression.NONE else Message("left or customers")

    def _closed(self, snapshot: Snapshot, earner: int, level: int) -> Message:
        rank = snapshot.plan.rank_name(int(snapshot.ranks[earner]))
        rates = self.rates[int(snapshot.ranks[earner])]
        if rank is None:
            return Message("Without a rank this bonus pays nothing; this is level {level}.", {"level": level})
        if level <= len(rates):
            return Message("This volume passes by ({why}).", {"why": self._skipped(snapshot.plan)})
        return Message(
            "The rank {rank} pays {levels} levels; this is level {level}.",
            {"rank": rank, "levels": len(rates), "level": level},
        )

    def words(self, plan: Plan) -> list[Message]:
        """The tree, the rates by rank, who is passed by."""
        return [*level_words(plan, self.tree, self.rates), *compression_words(self, plan), *self.base.words(plan)]


def too_deep(levels: int) -> Message:
    """The reason for a member whom no level reaches."""
    return Message("Deeper than the {levels} levels that this bonus pays.", {"levels": levels})


def tree_words(which: Tree) -> Message:
    """What a tree is called for a reader."""
    if which is Tree.SPONSOR:
        return Message("sponsor tree (who recruited)")
    return Message("placement tree (position)")


def level_words(plan: Plan, which: Tree, rates: tuple[tuple[Fraction, ...], ...]) -> list[Message]:
    """Which tree, and what each level pays each rank."""
    tree = (
        Message("sponsor tree (who recruited)") if which is Tree.SPONSOR else Message("placement tree (position)")
    )
    found = [Message("Levels are counted in the {tree}.", {"tree": tree})]
    for number, rank in enumerate(plan.ranks):
        values: dict[str, Value] = {"rank": rank.name, "rates": _listed_rates(rates[number])}
        if rates[number]:
            found.append(Message("{rank}: {rates} by level, the nearest first.", values))
        else:
            found.append(Message("{rank}: nothing.", values))
    if not plan.ranks:
        found.append(
            Message("Everyone: {rates} by level, the nearest first.", {"rates": _listed_rates(rates[-1])})
        )
    return found


def _listed_rates(rates: Sequence[Fraction]) -> Message:
    return listed([Message("{rate} %", {"rate": percent_number(rate)}) for rate in rates])


def compression_words(rules: Unilevel, plan: Plan) -> list[Message]:
    """Who is passed by, and what becomes of what nobody is entitled to."""
    found = {
        Compression.NONE: Message("Everyone takes up a level, active or not."),
        Compression.CANCELLED: Message("Those who have left are passed by; everyone else takes up a level."),
        Compression.SKIP_INACTIVE: Message("The inactive are passed by, and the next one up gets the level."),
        Compression.SKIP_BELOW_RANK: Message(
            "Those who aren't active or are below {rank} are passed by, and the next one up gets the level.",
            {"rank": plan.ranks[rules.skip_below].name if plan.ranks else ""},
        ),
        Compression.DYNAMIC: Message("Whoever isn't paid for a level is passed by, and the next one up gets it."),
    }[rules.compression]
    unearned = {
        Unearned.BREAKAGE: Message("What somebody takes but isn't entitled to stays with the company."),
        Unearned.ROLL_UP: Message("What somebody takes but isn't entitled to goes to the next one up who is."),
        Unearned.PASS_UP: Message(
            "What somebody takes but isn't entitled to goes to the one right above if she is."
        ),
    }[rules.unearned]
    extra = [] if rules.customer_volume else [Message("What customers buy doesn't count.")]
    return [found, *([] if rules.compression is Compression.DYNAMIC else [unearned]), *extra]


def read_unilevel(table: Table, vocabulary: Vocabulary) -> Unilevel:
    """A component of kind "unilevel"."""
    base = read_base(table, vocabulary)
    compression = table.choice("compression", Compression)
    by_rank = compression is Compression.SKIP_BELOW_RANK
    return Unilevel(
        tree=table.choice("tree", Tree),
        base=base,
        rates=read_rates(table, vocabulary),
        compression=compression,
        skip_below=table.rank("skip_below", vocabulary) if by_rank else 0,
        customer_volume=table.flag("customer_volume", True),
        unearned=table.choice("unearned", Unearned, default=Unearned.BREAKAGE),
    )


def read_rates(table: Table, vocabulary: Vocabulary) -> tuple[tuple[Fraction, ...], ...]:
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
