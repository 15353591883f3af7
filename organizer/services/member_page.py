"""What one member's page tells of her place: the way to her, who stands below, leg by leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from organizer.domain import tree
from organizer.domain.team import Tree
from organizer.services.team import TeamView

_LEGS = 40
"""So many legs are told of one by one."""


@dataclass(frozen=True)
class LegFigures:
    """One leg: its head's position, how many it holds (the head too), and how many of them are active.

    `active` is None where it isn't known of anyone; `leg` is "left", "right", a number or "".
    """

    position: int
    members: int
    active: int | None
    leg: str


@dataclass(frozen=True)
class Place:
    """Where a member stands, in positions of the view's team; -1 is nobody.

    `path` goes from the top down to the one above her. `above` is who she stands under in the shown tree, `other`
    who in the other one where that is somebody else. `below` counts everyone below her; `active_below` is None
    where it isn't known of anyone. `frontline` counts those directly below
    her; `legs` are the ones with the largest group volume.
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

    def place(self, position: int) -> Place:
        """Where the member at `position` stands."""
        team, parent = self.view.team, self.view.parent
        other = team.placement if self.view.shown is Tree.SPONSOR else team.sponsor
        active, told = self._active[position], self._told[position]
        own = self.view.active[position]
        below = [place for place, up in enumerate(parent) if up == position]
        return Place(
            path=[*tree.ancestors(parent, position)][::-1],
            above=parent[position],
            other=other[position] if other[position] != parent[position] else -1,
            below=self._size[position] - 1,
            active_below=active - int(own is True) if told - int(own is not None) else None,
            frontline=len(below),
            legs=[self._leg(place) for place in nlargest(_LEGS, below, self.view.group.__getitem__)],
        )

    def _leg(self, place: int) -> LegFigures:
        legs = self.view.team.legs
        active = self._active[place] if self._told[place] else None
        # where she stands is told of the tree of placements
        leg = legs[place] if legs and self.view.team.placement[place] == self.view.parent[place] else ""
        return LegFigures(place, self._size[place], active, leg)
