"""Unilevel: a percentage of the volume of those below, or a fixed amount for it, by level.

Who takes up a level is what `compression` says. Who is passed by is paid nothing for that volume; who takes a
level but isn't entitled to it (not active, or rank, package or legs open fewer levels) leaves that share to where
`unearned` says.
Customers' volume counts unless the plan says no, but customers never earn and never take a level.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints
from organizer.domain.commission.base import Base, read_base, read_earnings
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.kinds.compression import Taking, read_taking
from organizer.domain.commission.kinds.groups import tree_words
from organizer.domain.commission.kinds.leaders import Leaders, read_leaders
from organizer.domain.commission.kinds.level_pay import LevelPay
from organizer.domain.commission.kinds.level_pay_read import pays_amounts, read_level_pay
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.commission.walk import Walk
from organizer.domain.commission.walk_lines import WalkLines, Words
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Unilevel(Rules):
    """What `level_pay` gives of `base` to those above, in the levels of `tree` that `taking` counts.

    With `leaders` volume climbs no further than to the next one of them: what is a leader's stays in her group.
    """

    tree: Tree
    base: Base
    level_pay: LevelPay
    taking: Taking
    customer_volume: bool = True
    leaders: Leaders | None = None

    def volumes(self) -> frozenset[str]:
        """The one volume it is taken of, and the one that says who has which package."""
        return self.base.volumes() | self.level_pay.volumes()

    def builds_on(self) -> frozenset[str]:
        """The components whose earnings it is taken of, and the one whose groups break away."""
        of = (self.leaders.of,) if self.leaders and self.leaders.of else ()
        return frozenset((*self.base.earnings_of, *of))

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """Where nobody knows on which day somebody below bought."""
        return self.unsure_in(self.walk(component, snapshot), snapshot, earner)

    def unsure_in(self, walk: Walk, snapshot: Snapshot, earner: int) -> Message | None:
        """The same where `walk` says who is paid."""
        undated = self.base.undated(snapshot)
        if not undated.any() or not any((paid[undated] == earner).any() for paid in walk.paid_to()):
            return None
        return Message("from new members having bought at one time to at another, where orders carry no day")

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """A line for everyone below the earner."""
        lines = self.lines(component, snapshot, earner, self.walk(component, snapshot))
        return lines.settle(self.base.words(snapshot.plan))

    def lines(self, component: Component, snapshot: Snapshot, earner: int, walk: Walk) -> WalkLines:
        """The lines of what `walk` gives the earner."""
        return WalkLines(component, snapshot, self.base, walk, earner, self._words(snapshot, walk, earner))

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets, in one pass over the levels."""
        return self.walk(component, snapshot).earned(snapshot.plan)

    def walk(self, component: Component, snapshot: Snapshot) -> Walk:
        """Who takes which level, and what it pays."""
        return snapshot.kept(
            (component.id, "walk"), lambda: self.walk_in(snapshot.layout(self.tree), component, snapshot)
        )

    def walk_in(self, layout: Layout, component: Component, snapshot: Snapshot) -> Walk:
        """The same in another tree."""
        values, unit = self._values(snapshot)
        lengths = self.level_pay.lengths(snapshot, layout)
        qualified = snapshot.qualified(component)
        entitled = [qualified & (lengths > level) for level in range(self.level_pay.deepest)]
        return Walk(
            layout=layout,
            values=values,
            unit=unit,
            takers=self.taking.takers(snapshot, entitled),
            entitled=entitled,
            rows=np.append(self.level_pay.row_of(snapshot), -1),
            rates=self.level_pay.rows,
            unearned=self.taking.unearned,
            lower_of_both=self.level_pay.package is not None,
            fixed=self.level_pay.per is not None,
            ends=layout.nearest(self.leaders.mask(snapshot))[:-1] if self.leaders else None,
        )

    def _values(self, snapshot: Snapshot) -> tuple[Ints, Fraction]:
        if self.level_pay.per is None:
            values, unit = self.base.values(snapshot)
        else:
            values, unit = self.level_pay.counted(snapshot.known(self.base.volume)), Fraction(1)
        return (values if self.customer_volume else np.where(snapshot.customers, 0, values)), unit

    def _words(self, snapshot: Snapshot, walk: Walk, earner: int) -> Words:
        row = int(walk.rows[earner])
        return Words(
            level=lambda level: self.level_pay.level_words(snapshot.plan, row, level),
            skipped=self.taking.skipped(snapshot.plan),
            closed=lambda level: self._closed(snapshot, walk, earner, level),
            too_deep=lambda: Message(
                "Deeper than the {levels} levels that this bonus pays.", {"levels": self.level_pay.deepest}
            ),
            left_out=lambda member: (
                self._left_out(snapshot, member) or self._ended(snapshot, walk, earner, member)
            ),
            lower=lambda: self._lower(snapshot),
        )

    def _closed(self, snapshot: Snapshot, walk: Walk, earner: int, level: int) -> Message:
        closed = self.level_pay.closed(snapshot, walk.layout, earner, level)
        passes = Message("This volume passes by ({why}).", {"why": self.taking.skipped(snapshot.plan)})
        return closed or passes

    def _left_out(self, snapshot: Snapshot, member: int) -> Message | None:
        if snapshot.customers[member] and not self.customer_volume:
            return Message("A customer's volume doesn't count in this bonus.")
        return self.level_pay.too_little(snapshot, self.base.volume, member) if self.base.volume else None

    def _ended(self, snapshot: Snapshot, walk: Walk, earner: int, member: int) -> Message | None:
        depth, end = walk.layout.depth, int(walk.ends[member]) if walk.ends is not None else walk.layout.size
        if depth[end] <= depth[earner]:
            return None
        return Message("{leader} leads a group of her own.", {"leader": snapshot.team.names[end]})

    def _lower(self, snapshot: Snapshot) -> Message:
        package = self.level_pay.package
        name = snapshot.plan.volume(package.volume).name if package else ""
        return Message("Her {volume} is the lower one, and counts.", {"volume": name})

    def words(self, plan: Plan) -> list[Message]:
        """The tree, what each level pays, who is passed by."""
        return [_counted_in(self.tree), *self.pay_words(plan)]

    def pay_words(self, plan: Plan) -> list[Message]:
        """What each level pays, who is passed by, what it is taken of."""
        extra = [] if self.customer_volume else [Message("What customers buy doesn't count.")]
        if self.leaders is not None:
            extra.append(Message("Volume climbs no further than to the next leader above."))
            extra.append(self.leaders.words(plan))
        return [*self.level_pay.words(plan), *self.taking.words(plan), *extra, *self.base.words(plan)]


def _counted_in(tree: Tree) -> Message:
    return Message("Levels are counted in the {tree}.", {"tree": tree_words(tree)})


def level_words(plan: Plan, which: Tree, rates: tuple[tuple[Fraction, ...], ...]) -> list[Message]:
    """Which tree, and what each level pays each rank (the last row: no rank)."""
    return [_counted_in(which), *LevelPay(rates).words(plan)]


def read_unilevel(table: Table, vocabulary: Vocabulary) -> Unilevel:
    """A component of kind "unilevel"."""
    return read_levels(table, vocabulary, table.choice("tree", Tree))


def read_levels(table: Table, vocabulary: Vocabulary, tree: Tree, *, depth: str = "depth") -> Unilevel:
    """What bonuses by level have in common: what they are taken of, what each level pays, who takes one."""
    led = table.has("boundary_rank") or table.has("boundary_of")
    return Unilevel(
        tree=tree,
        base=_base(table, vocabulary),
        level_pay=read_level_pay(table, vocabulary, depth=depth),
        taking=read_taking(table, vocabulary),
        customer_volume=table.flag("customer_volume", True),
        leaders=read_leaders(table, vocabulary) if led else None,
    )


def _base(table: Table, vocabulary: Vocabulary) -> Base:
    if pays_amounts(table):
        return Base(table.volume("volume", vocabulary), Fraction(1), Fraction(1))
    return read_earnings(table, vocabulary) if table.has("of") else read_base(table, vocabulary)
