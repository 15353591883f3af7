"""A tree laid out in one line, each member followed by all below her, so that whole subtrees are slices.

With the members in that order a subtree's sum is the difference of two running sums, whatever the tree's shape,
and "the nearest one above who …" is found by jumping twice as far each time. Everything is O(n) or O(n log depth)
in a few operations on whole arrays, for a chain as for a star.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from organizer.domain import tree
from organizer.domain.commission.arrays import Ints, Mask, roomy

_FEW = 16
"""So many changes are made one by one; more are found anew."""

_REMEMBERED = 12
"""So many answers to `nearest` are kept: one for each level of a plan, mostly."""


class Layout:
    """The tree with the links `parent` (-1 at a top). Raises tree.CycleError where they run in a circle.

    Arrays go by member; where an answer names members, `size` (one past the last) stands for nobody.
    """

    def __init__(self, parent: Sequence[int]) -> None:
        self.size = len(parent)
        links = np.asarray(parent, dtype=np.int64)
        self.parent: Ints = np.append(np.where(links < 0, self.size, links), self.size).astype(np.int32)
        entered = _still_to_enter(self.parent, self.size)
        if entered is None:
            raise tree.CycleError(tree.find_cycle(parent) or ())
        self.place: Ints = self.size - entered[: self.size]
        """Where in the line each member stands."""
        self.end: Ints = self.size - entered[self.size + 1 : -1]
        """Where the line leaves each member's subtree."""
        self.order: Ints = np.empty(self.size, dtype=np.int32)
        """The line: members, each followed by all below her."""
        self.order[self.place] = np.arange(self.size, dtype=np.int32)
        self._answers: deque[tuple[Mask, Ints]] = deque(maxlen=_REMEMBERED)

    @cached_property
    def depth(self) -> Ints:
        """Each member's distance from her top, and 0 for nobody."""
        depth = np.append(np.ones(self.size, dtype=np.int32), 0).astype(np.int32)
        jump = self.parent.copy()
        while (jump[:-1] != self.size).any():
            depth = depth + depth[jump]
            jump = jump[jump]
        return np.append(depth[:-1] - 1, 0).astype(np.int32)

    @cached_property
    def by_depth(self) -> Ints:
        """Everyone by depth and, where that is the same, in the line's order: subtrees are slices of it."""
        return np.lexsort((self.place, self.depth[:-1]))

    def below(self, top: int) -> Ints:
        """Everyone under `top`, each after the one above her."""
        return self.order[self.place[top] + 1 : self.end[top]]

    def children(self, member: int) -> Ints:
        """Who stands right below, in index order."""
        return np.flatnonzero(self.parent[:-1] == member)

    def under(self, top: int) -> Mask:
        """Who is `top` or below her."""
        return np.asarray((self.place >= self.place[top]) & (self.place < self.end[top]))

    def subtree_sums(self, values: Ints) -> Ints:
        """Each member's own value plus everything below her."""
        running = np.concatenate(([0], np.cumsum(roomy(values, self.size)[self.order])))
        return running[self.end] - running[self.place]

    def child_sums(self, values: Ints) -> Ints:
        """For each member the sum of `values` over those right below her."""
        values = roomy(values, self.size)
        sums = np.zeros(self.size + 1, dtype=values.dtype)
        np.add.at(sums, self.parent[:-1], values)
        return sums[:-1]

    def child_counts(self, chosen: Mask) -> Ints:
        """For each member how many right below her are chosen."""
        return np.bincount(self.parent[:-1][chosen], minlength=self.size + 1)[:-1]

    def holds(self, chosen: Mask) -> Mask:
        """Whether each member or someone below her is chosen."""
        running = np.concatenate(([0], np.cumsum(chosen[self.order])))
        return np.asarray(running[self.end] > running[self.place])

    def nearest(self, chosen: Mask) -> Ints:
        """Each member's nearest chosen one, herself or above her; nobody's is nobody.

        The last answers are kept: for others who are chosen a few, as in a what-if, only what changes is found.
        """
        like = min(self._answers, key=lambda known: np.count_nonzero(known[0] != chosen), default=None)
        changed = np.flatnonzero(like[0] != chosen) if like else None
        if like is None or changed is None or len(changed) > _FEW:
            found = self._nearest(chosen)
        elif not len(changed):
            return like[1]
        else:
            found = self._patched(like[1], chosen, changed)
        self._answers.append((chosen.copy(), found))
        return found

    def _nearest(self, chosen: Mask) -> Ints:
        jump = self.parent.copy()
        itself = np.flatnonzero(chosen)
        jump[itself] = itself
        while True:
            further = jump[jump]
            if np.array_equal(further, jump):
                return jump
            jump = further

    def _patched(self, known: Ints, chosen: Mask, changed: Ints) -> Ints:
        """The answer for `chosen` from a `known` one, where only the members in `changed` differ."""
        found = known.copy()
        for member in changed[np.argsort(self.place[changed])].tolist():  # from the top down
            above = int(found[self.parent[member]])
            inside = self.order[self.place[member] : self.end[member]]
            old, new = (above, member) if chosen[member] else (member, above)
            found[inside[found[inside] == old]] = new
        return found

    def leg_of(self, top: int, member: int) -> int:
        """The one right below `top` in whose leg `member` stands; -1 where she isn't below `top`."""
        if not self.place[top] < self.place[member] < self.end[top]:
            return -1
        legs = self.children(top)
        return int(legs[np.searchsorted(self.place[legs], self.place[member], side="right") - 1])

    def legs_of(self, tops: Ints) -> Ints:
        """For each member the one right below `tops[member]` in whose leg she stands; nobody where in none."""
        rows = self.size + 1
        keys = self.parent[:-1].astype(np.int64) * rows + self.place
        order = np.argsort(keys)
        at = np.searchsorted(keys[order], tops * rows + self.place, side="right") - 1
        head = np.append(order, 0)[at]
        inside = (at >= 0) & (tops >= 0) & (self.parent[head] == tops) & (self.place < self.end[head])
        return np.where(inside, head, self.size)

    def ancestors(self, member: int) -> list[int]:
        """Who stands above, nearest first."""
        found = []
        above = int(self.parent[member])
        while above < self.size:
            found.append(above)
            above = int(self.parent[above])
        return found


def _still_to_enter(parent: Ints, root: int) -> Ints | None:
    """How many are still to be entered at each point of a walk that enters and leaves everybody once.

    First by member the figure as she is entered (herself included), then as she is left; `root`, over all tops,
    comes last in both. None where links run in a circle. The walk is a chain of 2n points, measured by jumping
    twice as far each time, so the shape of the tree doesn't matter.
    """
    points = root + 1
    above = parent[:-1]
    siblings = np.argsort(above, kind="stable").astype(np.int32)
    follows = above[siblings[1:]] == above[siblings[:-1]]
    # entering leads to the first child, or to leaving; leaving leads to the next sibling, or out of the parent
    onward = np.arange(2 * points, dtype=np.int32)
    onward[:points] += points
    onward[points:-1] = above + points
    onward[points + siblings[:-1][follows]] = siblings[1:][follows]
    first = siblings[np.append(True, ~follows)] if root else siblings
    onward[above[first]] = first
    left = np.zeros(2 * points, dtype=np.int32)
    left[:root] = 1
    for _jump in range(int(2 * points).bit_length()):
        left = left + left[onward]
        onward = onward[onward]
    return left if (onward == 2 * points - 1).all() else None
