"""What one member's page tells of her place: the way to her, who stands below, leg by leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from organizer.domain import tree
from organizer.domain.team import Kind, Tree
from organizer.services.team import TeamView

_SLOTS = {"left": 1, "right": 2}
_UNTOLD = 1_000_000

_LEGS = 40
"""So many legs are told of one by one."""


@dataclass(frozen=True)
class LegFigures:
    """One leg: its head's position, how many it holds (the head too), and how many of them are active.

    Only distributors can be active; `active` is None where some are in it and it isn't known of any.
    `leg` is "left", "right", a number or "".
    """

    position: int
    members: int
    active: int | None
    leg: str


@dataclass(frozen=True)
class Place:
    """Where a member stands, in positions of the view's team; -1 is nobody.

    `path` goes from the top down to the one above her. `above` is who she stands under in the shown tree, `other`
    who in the other one where that is somebody else. `below` counts everyone below her; `active_below` the active
    distributors among them, None where some are below her and it isn't known of any. `frontline` counts those
    directly below her; `legs` are the ones with the largest group volume, left before right and by number
    where that is told.
    """

    path: Sequence[int]
    above: int
    other: int
    below: int
    active_below: int | None
    frontline: int
    legs: Sequence[LegFigures]


class Places:
    """Counts of a whole TeamView, made once when first asked; then each `place` is quick."""

    def __init__(self, view: TeamView) -> None:
        self.view = view
        parent = view.parent
        order = tree.parents_first(parent)
        self._size = tree.subtree_sums(parent, order, [1] * len(parent))
        self._active = tree.subtree_sums(parent, order, [int(one is True) for one in view.active])
        self._told = tree.subtree_sums(parent, order, [int(one is not None) for one in view.active])
        able = [int(kind is Kind.DISTRIBUTOR) for kind in view.team.kinds]
        self._able, self._own_able = tree.subtree_sums(parent, order, able), able

    def place(self, position: int) -> Place:
        """Where the member at `position` stands."""
        team, parent = self.view.team, self.view.parent
        other = team.placement if self.view.shown is Tree.SPONSOR else team.sponsor
        own = self.view.active[position]
        told = self._told[position] - int(own is not None)
        able = self._able[position] - self._own_able[position]
        below = [place for place, up in enumerate(parent) if up == position]
        return Place(
            path=[*tree.ancestors(parent, position)][::-1],
            above=parent[position],
            other=other[position] if other[position] != parent[position] else -1,
            below=self._size[position] - 1,
            active_below=self._active[position] - int(own is True) if told or not able else None,
            frontline=len(below),
            legs=sorted(map(self._leg, nlargest(_LEGS, below, self.view.group.__getitem__)), key=_slot),
        )

    def _leg(self, place: int) -> LegFigures:
        legs = self.view.team.legs
        active = self._active[place] if self._told[place] or not self._able[place] else None
        # where she stands is told of the tree of placements
        leg = legs[place] if legs and self.view.team.placement[place] == self.view.parent[place] else ""
        return LegFigures(place, self._size[place], active, leg)


def _slot(leg: LegFigures) -> int:
    """Where the leg comes among the others, those whose place isn't told last."""
    return _SLOTS.get(leg.leg) or (int(leg.leg) if leg.leg.isdecimal() else _UNTOLD)
