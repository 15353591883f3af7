"""Where members stand in a matrix that the program fills itself, and who moves up when somebody leaves.

Positions are given out in order of joining, ties by id, each after her sponsor's. A full position stays full while
the matrix is filled, so everyone's search goes on where her last one ended.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from enum import StrEnum
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from organizer.domain.commission.snapshot import Snapshot


class Spillover(StrEnum):
    """Where the next one stands when the position of her sponsor is full.

    GIVEN: where the company's file says. BREADTH_FIRST: the first free place below the sponsor, level by level and
    from the left. DEPTH_FIRST: down the left leg as deep as the matrix pays, then the next one to the right.
    """

    GIVEN = "given"
    BREADTH_FIRST = "breadth_first"
    DEPTH_FIRST = "depth_first"


def order_of_joining(snapshot: Snapshot) -> list[int]:
    """Everyone in the order of joining, ties by id; who joined on an unknown day comes after the others."""
    order: list[int] = np.lexsort((np.asarray(snapshot.team.ids), snapshot.joined)).tolist()
    return order


def fill(sponsor: Sequence[int], order: Sequence[int], width: int, depth: int, spillover: Spillover) -> list[int]:
    """The placement of members with the sponsors `sponsor` (-1 at a top, -2 for who takes no position).

    `order` are all of them in the order of joining. Returns who each stands below, -1 at a top or without a
    position.
    """
    matrix = _Chain(len(sponsor)) if width == 1 else _Matrix(len(sponsor), width, depth, spillover)
    placed = [above == -2 for above in sponsor]
    waiting: dict[int, list[int]] = {}
    for number, member in enumerate(order):
        if placed[member]:
            continue
        if sponsor[member] >= 0 and not placed[sponsor[member]]:
            waiting.setdefault(sponsor[member], []).append(number)
            continue
        ready = [number]
        while ready:
            now = order[heappop(ready)]
            placed[now] = True
            if sponsor[now] >= 0:
                matrix.place(now, sponsor[now])
            for one in waiting.pop(now, ()):
                heappush(ready, one)
    return matrix.above


class _Matrix:
    """Positions with up to `width` below each, those below one strung together from left to right."""

    def __init__(self, size: int, width: int, depth: int, spillover: Spillover) -> None:
        self.above = [-1] * size
        self._room = [width] * size
        self._first, self._last, self._next = [-1] * size, [-1] * size, [-1] * size
        self._depth = depth
        self._deep = spillover is Spillover.DEPTH_FIRST
        self._paths: dict[int, list[tuple[int, int]]] = {}
        self._queues: dict[int, deque[int]] = {}

    def place(self, member: int, sponsor: int) -> None:
        free = sponsor
        if not self._room[sponsor]:
            free = self._deepest(sponsor) if self._deep else -1
            if free < 0:
                free = self._nearest(sponsor)
        self.above[member] = free
        self._room[free] -= 1
        if self._first[free] < 0:
            self._first[free] = member
        else:
            self._next[self._last[free]] = member
        self._last[free] = member

    def _below(self, position: int) -> Iterator[int]:
        child = self._first[position]
        while child >= 0:
            yield child
            child = self._next[child]

    def _nearest(self, sponsor: int) -> int:
        queue = self._queues.setdefault(sponsor, deque((sponsor,)))
        while not self._room[queue[0]]:
            queue.extend(self._below(queue.popleft()))
        return queue[0]

    def _deepest(self, sponsor: int) -> int:
        """The first free place on the way down and from left to right, as deep as it pays; -1 if there is none."""
        path = self._paths.setdefault(sponsor, [(sponsor, 0)])
        while path and not self._room[path[-1][0]]:
            position, level = path.pop()
            if level + 1 < self._depth:
                path += [(child, level + 1) for child in reversed(list(self._below(position)))]
        return path[-1][0] if path else -1


class _Chain:
    """One below each: the end of the chain is where the next one stands."""

    def __init__(self, size: int) -> None:
        self.above = [-1] * size
        self._towards_end = list(range(size))

    def place(self, member: int, sponsor: int) -> None:
        end = sponsor
        while self._towards_end[end] != end:
            end = self._towards_end[end]
        while self._towards_end[sponsor] != end:
            self._towards_end[sponsor], sponsor = end, self._towards_end[sponsor]
        self.above[member] = end
        self._towards_end[end] = member


def moved_up(
    above: Sequence[int], leaving: Sequence[bool], order: Sequence[int], bottom_up: Sequence[int]
) -> list[int]:
    """The placement `above` after each of the `leaving` was replaced by the one right below who joined first.

    `order` are all of them in the order of joining.
    That one's own position is taken in the same way, and so on down. `bottom_up` are all who hold positions, each
    before the one above her. Who leaves stands, with nobody below, under the one who stood above her or who took
    that one's place.
    """
    return _Moving(above, leaving, order).links(bottom_up)


class _Moving:
    def __init__(self, above: Sequence[int], leaving: Sequence[bool], order: Sequence[int]) -> None:
        self._above, self._leaving = list(above), leaving
        self._order = [0] * len(order)
        for number, member in enumerate(order):
            self._order[member] = number
        self._below: list[list[tuple[int, int]]] = [[] for _member in above]
        self._single = list(range(len(above)))  # along members with one below each, as far as was looked
        self._instead = [-1] * len(above)

    def links(self, bottom_up: Sequence[int]) -> list[int]:
        tops = []
        for member in bottom_up:
            holder = member
            if self._leaving[member]:
                holder = self._instead[member] = self._replace(member)
            if holder >= 0 and self._above[member] >= 0:
                heappush(self._below[self._above[member]], (self._order[holder], holder))
            elif holder >= 0:
                tops.append(holder)
        found = list(self._above)
        for top in tops:
            found[top] = -1
        for member in bottom_up:
            if not self._leaving[member]:
                for _number, child in self._below[member]:
                    found[child] = member
        for member, position in enumerate(self._above):
            if position >= 0 and self._leaving[position] and found[member] == position:
                found[member] = self._stands_for(position)
        return found

    def _stands_for(self, member: int) -> int:
        """Who took the place of one who left, or where nobody did the one above, or who took hers."""
        while member >= 0 and self._leaving[member]:
            member = self._instead[member] if self._instead[member] >= 0 else self._above[member]
        return member

    def _replace(self, member: int) -> int:
        """Who takes the place of one who leaves; everybody on the way down moves up by one."""
        others = self._below[member]
        if not others:
            return -1
        first = mover = heappop(others)[1]
        while self._below[mover]:
            own = self._below[mover]
            if not others and len(own) == 1:
                mover = self._end(mover)
                continue
            _number, follower = heappop(own)
            heappush(others, (self._order[follower], follower))
            self._below[mover], others = others, own
            self._single[mover] = mover
            mover = follower
        self._below[mover], self._single[mover] = others, mover
        return first

    def _end(self, member: int) -> int:
        """The first one, here or further down, who hasn't exactly one below her."""
        passed = []
        while len(self._below[member]) == 1:
            passed.append(member)
            further = self._single[member]
            member = further if further != member else self._below[member][0][1]
        for one in passed:
            self._single[one] = member
        return member
