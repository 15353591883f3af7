"""Generation: a percentage of the volume of those below, counted in leaders instead of levels.

On the way up each leader begins a new generation; what stands below her down to the next leader is one.
`own_group` says whether that counts as her first generation, or whether her first is that of the next leaders
below. Every leader counts from herself down, so that one who has few leaders below her is paid far down.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.base import Base, read_base
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.kinds.generation_sums import Generations, Infinity, generations_earned
from organizer.domain.commission.kinds.groups import undated_below
from organizer.domain.commission.kinds.leaders import Leaders, read_leaders
from organizer.domain.commission.kinds.level_pay_read import read_rates
from organizer.domain.commission.kinds.unilevel import level_words
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.settle import percent_number
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.result import Message, Value

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Boundary(StrEnum):
    """Who begins a generation: the same leaders for everybody, or for each earner those of her rank and above."""

    LEADERS = "leaders"
    OWN_RANK = "own_rank"


class OwnGroup(StrEnum):
    """What a leader's own group is to her: the first generation, or none."""

    FIRST = "first"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class Generation(Rules):
    """`rates[rank]` are those of the generations which that rank is paid for; the last row is for no rank.

    `leaders` is None where each earner's own rank is the boundary. With `empty_counts` a generation with nobody
    in it, between two leaders one right above the other, has a number all the same. With `inactive_bounds` one
    who isn't qualified for this bonus begins a generation as others do. `infinity[rank]` is paid from generation
    `infinity_from` on, as deep as it goes, but not below another one of the same or a higher rank.
    """

    tree: Tree
    base: Base
    leaders: Leaders | None
    own_group: OwnGroup
    rates: tuple[tuple[Fraction, ...], ...]
    empty_counts: bool = True
    inactive_bounds: bool = True
    infinity: tuple[Fraction, ...] = ()
    infinity_from: int = 0
    customer_volume: bool = True

    @property
    def deepest(self) -> int:
        """The number of generations that the best rank is paid for."""
        return max(len(row) for row in self.rates)

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of."""
        return self.base.volumes()

    def builds_on(self) -> frozenset[str]:
        """The bonus whose groups break away."""
        return frozenset((self.leaders.of,)) if self.leaders and self.leaders.of else frozenset()

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for everyone below the earner."""
        from organizer.domain.commission.kinds.generation_lines import GenerationLines

        lines = GenerationLines(self, component, snapshot, earner)
        return lines.result(component, self.base.words(snapshot.plan))

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:  # noqa: ARG002
        """Where nobody knows on which day somebody bought."""
        return undated_below(self.base, self.tree, snapshot, earner)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, generation by generation."""
        return generations_earned(self, component, snapshot)

    def values(self, snapshot: Snapshot) -> tuple[Ints, Fraction]:
        """Each member's figure that counts, and the minor units that one of it stands for."""
        values, unit = self.base.values(snapshot)
        return (values if self.customer_volume else np.where(snapshot.customers, 0, values)), unit

    def boundaries(self, component: Component, snapshot: Snapshot) -> list[tuple[Mask, Mask]]:
        """Each way of counting: who begins a generation, and for whom it holds."""
        qualified = snapshot.qualified(component)
        if self.leaders is not None:
            mask = self.leaders.mask(snapshot)
            return [(mask if self.inactive_bounds else mask & qualified, mask & qualified)]
        found = []
        for rank in np.unique(snapshot.ranks[qualified]).tolist():
            if rank >= 0 and (self.rates[rank] or self._infinite(rank)):
                mask = np.asarray(snapshot.ranks >= rank)
                earners = qualified & np.asarray(snapshot.ranks == rank)
                found.append((mask if self.inactive_bounds else mask & qualified, earners))
        return found

    def _infinite(self, rank: int) -> bool:
        return bool(self.infinity) and bool(self.infinity[rank])

    def counting(self, component: Component, snapshot: Snapshot) -> list[tuple[Generations, Mask]]:
        """The same, with everybody's place in the count."""

        def make() -> list[tuple[Generations, Mask]]:
            layout, first = snapshot.layout(self.tree), int(self.own_group is OwnGroup.FIRST)
            return [
                (Generations(layout, bounds, first, self.empty_counts), earners)
                for bounds, earners in self.boundaries(component, snapshot)
            ]

        return snapshot.kept((component.id, "counting"), make)

    def infinite(self, component: Component, snapshot: Snapshot) -> Infinity | None:
        """Who is paid without end for whom; None where the plan has no such thing."""
        if not self.infinity:
            return None
        qualified = snapshot.qualified(component)
        bounds = np.ones(len(snapshot.team), dtype=np.bool_) if self.inactive_bounds else qualified
        counting = self.counting(component, snapshot)

        def make() -> Infinity:
            layout = snapshot.layout(self.tree)
            return Infinity.found(layout, snapshot.ranks, bounds, self.infinity, self.infinity_from, counting)

        return snapshot.kept((component.id, "infinity"), make)

    def words(self, plan: Plan) -> list[Message]:
        """Who begins a generation, what each pays, and what ends it."""
        found = list(self._boundary_words(plan))
        found += level_words(plan, self.tree, self.rates)
        if self.own_group is OwnGroup.FIRST:
            found.append(Message("What stands below a leader, down to the next one, is her generation 1."))
        else:
            found.append(Message("Generation 1 are the next leaders below, each with all down to the next one."))
        if not self.empty_counts:
            found.append(Message("Where one leader stands right above another, no generation lies between them."))
        if self.inactive_bounds:
            found.append(Message("A leader who isn't qualified ends a generation as others do."))
        else:
            found.append(Message("A leader who isn't qualified doesn't end a generation."))
        for rank, percent in zip(plan.ranks, self.infinity, strict=False):
            values: dict[str, Value] = {
                "rank": rank.name, "percent": percent_number(percent), "from": self.infinity_from,
            }  # fmt: skip
            if percent:
                found.append(
                    Message(
                        "{rank}: {percent} % from generation {from} on without end, down to the next one of the "
                        "same or a higher rank.",
                        values,
                    )
                )
        if not self.customer_volume:
            found.append(Message("What customers buy doesn't count."))
        return [*found, *self.base.words(plan)]

    def _boundary_words(self, plan: Plan) -> list[Message]:
        if self.leaders is None:
            return [Message("For each earner everyone of her own rank or higher begins a generation.")]
        return [self.leaders.words(plan), Message("A leader begins a generation; only leaders are paid.")]


def read_generation(table: Table, vocabulary: Vocabulary) -> Generation:
    """A component of kind "generation"."""
    leaders = None
    if table.choice("boundary", Boundary, default=Boundary.LEADERS) is Boundary.LEADERS:
        leaders = read_leaders(table, vocabulary)
    own_group = table.choice("own_group", OwnGroup)
    empty_counts = table.flag("empty_counts", True)
    if own_group is OwnGroup.NOT_COUNTED and not empty_counts:
        table.wrong(
            "empty_counts", Message("a generation that begins with its leader is never empty; leave this out.")
        )
    infinity = table.percent_by_rank("infinity", vocabulary) if table.has("infinity") else {}
    rates = _rates(table, vocabulary, leaders)
    deepest = max(len(row) for row in rates)
    first = table.count("infinity_from", default=deepest + 1) if infinity else 0
    if first > deepest + 1:
        table.wrong("infinity_from", Message("this can't be more than {maximum}.", {"maximum": deepest + 1}))
    return Generation(
        tree=table.choice("tree", Tree),
        base=read_base(table, vocabulary),
        leaders=leaders,
        own_group=own_group,
        rates=rates,
        empty_counts=empty_counts,
        inactive_bounds=table.flag("inactive_bounds", True),
        infinity=(*(infinity.get(rank, Fraction()) for rank in range(len(vocabulary.ranks))), Fraction())
        if infinity
        else (),
        infinity_from=first,
        customer_volume=table.flag("customer_volume", True),
    )


def _rates(table: Table, vocabulary: Vocabulary, leaders: Leaders | None) -> tuple[tuple[Fraction, ...], ...]:
    """The rates by rank; a rank that never leads has none."""
    rows = list(read_rates(table, vocabulary))
    if leaders is not None and leaders.of:
        return tuple(rows)
    lowest = leaders.rank if leaders else 0
    for rank in range(lowest):
        key = next((key for key in ("rates_by_rank", "depth") if table.has(key)), None)
        if rows[rank] and key:
            values: dict[str, Value] = {"rank": vocabulary.ranks[rank]}
            table.wrong(key, Message('rank "{rank}" begins no generation, so it is never paid.', values))
        rows[rank] = ()
    rows[-1] = () if vocabulary.ranks else rows[-1]
    return tuple(rows)
