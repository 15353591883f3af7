"""Matrix: pay by level in a tree with so many positions side by side and so many levels deep, and for filling it.

Where members stand is what the company's file says, or the program fills the positions in order of joining. Levels
are counted as in a unilevel; no deeper one is paid than the matrix has, nor than is open to the earner. Customers
hold no position: they stand below who serves them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.earned import Earned
from organizer.domain.commission.kinds.matrix_completion import Completions, read_completions
from organizer.domain.commission.kinds.matrix_placement import Spillover, fill, moved_up, order_of_joining
from organizer.domain.commission.kinds.unilevel import Unilevel, read_levels
from organizer.domain.commission.layout import Layout
from organizer.domain.commission.plan import Component, Plan, Rules
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.commission.walk import Walk
from organizer.domain.result import Message

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_DEEPEST = 100
_ROOMIEST = 10**15
"""Matrices beyond these are typing errors."""


class Removal(StrEnum):
    """What becomes of the position of one who has left.

    KEEP: it stays hers. PROMOTE_EARLIEST: who joined first of those right below moves up, and so on down.
    """

    KEEP = "keep"
    PROMOTE_EARLIEST = "promote_earliest"


@dataclass(frozen=True, slots=True)
class Matrix(Rules):
    """`levels` pays in positions `width` wide and `depth` deep; `completions` pay for full ones."""

    levels: Unilevel
    width: int
    depth: int
    spillover: Spillover
    removal: Removal
    completions: Completions

    @property
    def capacity(self) -> int:
        """How many positions there are below one."""
        return _capacity(self.width, self.depth)

    def volumes(self) -> frozenset[str]:
        """Those that the levels are paid by."""
        return self.levels.volumes()

    def builds_on(self) -> frozenset[str]:
        """The components whose earnings the levels are taken of."""
        return self.levels.builds_on()

    def carries(self) -> bool:
        """True where a full level is paid once."""
        return self.completions.carries()

    def pays_for_recruiting_alone(self) -> bool:
        """True where full levels are paid, whether or not anybody in them buys."""
        return any(one.minor for one in self.completions.each)

    def unsure(self, component: Component, snapshot: Snapshot, earner: int) -> Message | None:
        """Where nobody knows on which day somebody below bought."""
        return self.levels.unsure_in(self._walk(component, snapshot), snapshot, earner)

    def pay(self, component: Component, snapshot: Snapshot, earner: int) -> ComponentResult:
        """The full levels first, then a line for everyone below the earner."""
        full = self.completions.lines(component, snapshot, self._counts(snapshot), earner)
        lines = self.levels.lines(component, snapshot, earner, self._walk(component, snapshot))
        return lines.settle((*self.levels.base.words(snapshot.plan), *self._notes(snapshot)), full)

    def earned(self, component: Component, snapshot: Snapshot) -> Earned:
        """What everyone gets."""
        bonus = self.completions.bonus(component, snapshot, self._counts(snapshot))
        return self._walk(component, snapshot).earned(snapshot.plan, (bonus, 1))

    def after(self, component: Component, snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
        """Which full levels have been paid to whom by now."""
        return self.completions.after(component, snapshot, self._counts(snapshot)) if self.carries() else {}

    def _walk(self, component: Component, snapshot: Snapshot) -> Walk:
        return snapshot.kept(
            (component.id, "walk"), lambda: self.levels.walk_in(self.layout(snapshot), component, snapshot)
        )

    def layout(self, snapshot: Snapshot) -> Layout:
        """The positions, with customers below those who serve them."""
        if self.spillover is Spillover.GIVEN and self.removal is Removal.KEEP:
            return snapshot.layout(Tree.PLACEMENT)
        return snapshot.made_layout(self._key, lambda: self._links(snapshot))

    @property
    def _key(self) -> tuple[str, int, int, Spillover, Removal]:
        return ("matrix", self.width, self.depth, self.spillover, self.removal)

    def _links(self, snapshot: Snapshot) -> list[int]:
        customers, order = snapshot.customers, order_of_joining(snapshot)
        if self.spillover is Spillover.GIVEN:
            links = _past_customers(snapshot.layout(Tree.PLACEMENT), customers)
        else:
            links = _past_customers(snapshot.layout(Tree.SPONSOR), customers)
            holders = np.where(customers, -2, links)
            filled = fill(holders.tolist(), order, self.width, self.depth, self.spillover)
            links = np.where(customers, links, filled)
        if self.removal is Removal.KEEP or not snapshot.cancelled.any():
            return list(links.tolist())
        bottom_up = Layout(links.tolist()).order[::-1]
        holders_only = bottom_up[~customers[bottom_up]].tolist()
        return moved_up(links.tolist(), snapshot.cancelled.tolist(), order, holders_only)

    def _counts(self, snapshot: Snapshot) -> list[Ints]:
        """By level how many each member has there who hold a position and haven't left."""
        if not self.completions.each:
            return []
        return snapshot.kept((*self._key, "counts"), lambda: self._counted(snapshot))

    def _counted(self, snapshot: Snapshot) -> list[Ints]:
        layout = self.layout(snapshot)
        counts: list[Ints] = [snapshot.distributors.astype(np.int64)]
        for _level in range(self.depth):
            counts.append(layout.child_sums(counts[-1]))
        return counts

    def _notes(self, snapshot: Snapshot) -> list[Message]:
        if self.spillover is not Spillover.GIVEN:
            unknown = int(np.count_nonzero(np.isnat(snapshot.joined) & ~snapshot.customers))
            text = Message(
                "The day of joining of {count} members isn't known; they are placed after the others.",
                {"count": unknown},
            )
            return [text] if unknown else []
        holders = ~snapshot.customers
        if self.removal is Removal.PROMOTE_EARLIEST:
            holders = snapshot.distributors
        wide = int(np.count_nonzero(self.layout(snapshot).child_counts(holders) > self.width))
        text = Message(
            "Positions with more than {width} right below them: {count}. All of them count.",
            {"width": self.width, "count": wide},
        )
        return [text] if wide else []

    def words(self, plan: Plan) -> list[Message]:
        """The shape and what it holds, who stands where, the full levels, the levels."""
        shape = Message(
            "{width} positions side by side and {depth} levels deep: room for {capacity} below each. That is what "
            "it holds, not what anyone can expect.",
            {"width": self.width, "depth": self.depth, "capacity": self.capacity},
        )
        who = [_spillover_words(self.spillover), _removal_words(self.removal)]
        return [shape, *who, *self.completions.words(plan), *self.levels.pay_words(plan)]


def _capacity(width: int, depth: int) -> int:
    return depth if width == 1 else (width ** (depth + 1) - width) // (width - 1)


def _past_customers(layout: Layout, customers: Mask) -> Ints:
    """Who stands above each member, over customers in between; a customer's own link stays. -1 at a top."""
    nearest = layout.nearest(~customers)
    above = np.where(customers, layout.parent[:-1], nearest[layout.parent[:-1]])
    return np.where(above < layout.size, above, -1)


def _spillover_words(spillover: Spillover) -> Message:
    return {
        Spillover.GIVEN: Message("Positions are those in the placement tree."),
        Spillover.BREADTH_FIRST: Message(
            "In order of joining everyone gets the first free place below her sponsor, level by level from the "
            "left."
        ),
        Spillover.DEPTH_FIRST: Message(
            "In order of joining everyone gets the first free place below her sponsor, down the left leg before "
            "the next one."
        ),
    }[spillover]


def _removal_words(removal: Removal) -> Message:
    if removal is Removal.KEEP:
        return Message("Whoever leaves keeps her position.")
    return Message("When somebody leaves, the one of those right below who joined first moves up, and so on down.")


def read_matrix(table: Table, vocabulary: Vocabulary) -> Matrix:
    """A component of kind "matrix"."""
    width, depth = table.count("width"), table.count("depth")
    if depth > _DEEPEST or width > _ROOMIEST or _capacity(width, depth) > _ROOMIEST:
        table.wrong("depth", Message("this matrix holds more than anybody can fill."))
        width, depth = 1, 1
    levels = read_levels(table, vocabulary, Tree.PLACEMENT, depth="depth_by_rank")
    rows = tuple(row[:depth] for row in levels.level_pay.rows)
    return Matrix(
        levels=replace(levels, level_pay=replace(levels.level_pay, rows=rows)),
        width=width,
        depth=depth,
        spillover=table.choice("spillover", Spillover, default=Spillover.GIVEN),
        removal=table.choice("removal", Removal, default=Removal.KEEP),
        completions=read_completions(table, vocabulary, width, depth),
    )
