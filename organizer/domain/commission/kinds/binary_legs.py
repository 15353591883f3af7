"""What each member's two legs hold in a binary plan: new volume, what was carried in, a part of her own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from organizer.domain.commission.arrays import Ints, Mask, ints, roomy
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.kinds.binary_payout import Pair
from organizer.domain.commission.layout import Layout

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot

_ROOM = 8
"""So many legs may be added up without leaving 64 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """By member what one leg got this period, what was carried in, and what of her own volume went there."""

    new: Ints
    carried: Ints
    own: Ints

    @property
    def total(self) -> Ints:
        """All of it."""
        return roomy(self.new, _ROOM) + roomy(self.carried, _ROOM) + self.own

    def only(self, members: Ints) -> Leg:
        """Those members' legs."""
        return Leg(self.new[members], self.carried[members], self.own[members])


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Both legs, and how many pairs each member was paid in earlier periods."""

    left: Leg
    right: Leg
    before: Ints

    def only(self, members: Ints) -> Legs:
        """Those members' legs."""
        return Legs(self.left.only(members), self.right.only(members), self.before[members])

    def evened(self, unknown: tuple[Mask, Mask], most: int | None) -> Legs:
        """With as much more carried in to a smaller, `unknown` leg as the other one holds more, up to `most`."""
        left, right = self.left.total, self.right.total
        gaps = (
            np.where(unknown[0], np.maximum(right - left, 0), 0),
            np.where(unknown[1], np.maximum(left - right, 0), 0),
        )
        more = [gap if most is None else np.minimum(gap, most) for gap in gaps]
        return Legs(
            Leg(self.left.new, self.left.carried + more[0], self.left.own),
            Leg(self.right.new, self.right.carried + more[1], self.right.own),
            self.before,
        )

    def pair(self) -> Pair:
        """What they hold in all."""
        return Pair(self.left.total, self.right.total, self.before)


@dataclass(frozen=True, slots=True)
class LegRules:
    """`volume` of everyone below counts, or of those at most `levels` below.

    What she has of her `own` volume above `own_above` goes to her weaker leg (the left one of two alike), unless
    that is None. Where she has typed in `carry_left` or `carry_right`, that is what was carried in.
    """

    volume: str
    levels: int | None = None
    own: str = ""
    own_above: int | None = None
    carry_left: str = ""
    carry_right: str = ""

    def volumes(self) -> frozenset[str]:
        """The ids of all these volumes."""
        names = {self.volume, self.carry_left, self.carry_right}
        return frozenset(names | ({self.own} if self.own_above is not None else set()) - {""}) - {""}

    def of(self, component: str, snapshot: Snapshot) -> Legs:
        """Everyone's legs in the bonus with the id `component`."""
        layout, sides = snapshot.layout(Tree.PLACEMENT), snapshot.sides
        below = snapshot.group(self.volume, Tree.PLACEMENT)
        if self.levels is not None:
            below = below - _deeper(layout, below, self.levels)
        new = [layout.child_sums(np.where(sides == side, below, 0)) for side in ("left", "right")]
        carried = [
            self._carried(component, snapshot, side, typed)
            for side, typed in (("left", self.carry_left), ("right", self.carry_right))
        ]
        before = _kept(component, snapshot, "pairs")
        own = np.zeros(layout.size, dtype=np.int64)
        if self.own_above is None:
            return Legs(Leg(new[0], carried[0], own), Leg(new[1], carried[1], own), before)
        own = np.where(snapshot.distributors, np.maximum(snapshot.known(self.own) - self.own_above, 0), 0)
        to_left = np.asarray(Leg(new[0], carried[0], own).total <= Leg(new[1], carried[1], own).total)
        return Legs(
            Leg(new[0], carried[0], np.where(to_left, own, 0)),
            Leg(new[1], carried[1], np.where(to_left, 0, own)),
            before,
        )

    def _carried(self, component: str, snapshot: Snapshot, side: str, typed: str) -> Ints:
        kept = _kept(component, snapshot, side)
        if not typed:
            return kept
        return np.where(_given(snapshot, typed), snapshot.known(typed), kept)

    def unknown(self, component: str, snapshot: Snapshot, members: Ints | None = None) -> tuple[Mask, Mask]:
        """For each leg, whose carried-in volume nobody knows: no earlier estimate left any, none was typed in.

        Who joined in this very period can't have had any. Of everyone, or of those `members`.
        """
        if members is None:
            members, joined = np.arange(len(snapshot.team)), snapshot.joined
        else:
            joined = np.asarray(
                [snapshot.team.joined[member] for member in members.tolist()], dtype="datetime64[D]"
            )
        if component in snapshot.carry:
            return np.zeros(len(members), dtype=np.bool_), np.zeros(len(members), dtype=np.bool_)
        before = ~np.asarray(joined >= np.datetime64(snapshot.period.first, "D"))
        left, right = (
            before & ~_given(snapshot, name)[members] if name else before
            for name in (self.carry_left, self.carry_right)
        )
        return left, right


def _given(snapshot: Snapshot, volume: str) -> Mask:
    raw = snapshot.raw(volume)
    return np.fromiter((amount is not None for amount in raw), np.bool_, len(raw))


def _kept(component: str, snapshot: Snapshot, name: str) -> Ints:
    kept = snapshot.carry.get(component, {})
    figures = np.zeros(len(snapshot.team), dtype=np.int64)
    if kept:
        found = ints([names.get(name, 0) for names in kept.values()])
        figures = figures.astype(found.dtype)
        figures[list(kept)] = found
    return figures


def _deeper(layout: Layout, below: Ints, levels: int) -> Ints:
    """By member the part of her subtree's volume that is `levels` levels below her or deeper."""
    depth, order = layout.depth[:-1].astype(np.int64), layout.by_depth
    rows = layout.size + 1
    keys = (depth * rows + layout.place)[order]
    running = np.concatenate(([0], np.cumsum(roomy(below, layout.size)[order])))
    there = (depth + min(levels, layout.size)) * rows
    first, last = (np.searchsorted(keys, there + edge) for edge in (layout.place, layout.end))
    return running[last] - running[first]
