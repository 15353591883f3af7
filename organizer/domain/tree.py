"""Parent links of a team as plain arrays: validate, order, depth, subtree sums. Iterative, never recursive.

A forest of n members is a list `parent` of n indices; -1 marks a top. Everything is O(n).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from operator import lt


class CycleError(ValueError):
    """The parent links run in a circle. `members` are the indices on it, each the parent of the one before."""

    def __init__(self, members: Sequence[int]) -> None:
        super().__init__(f"the parent links run in a circle through {list(members)}")
        self.members = tuple(members)


def children_of(parent: Sequence[int]) -> list[list[int]]:
    """Each member's children in index order."""
    children: list[list[int]] = [[] for _ in parent]
    for member, above in enumerate(parent):
        if above >= 0:
            children[above].append(member)
    return children


def top_down(parent: Sequence[int]) -> list[int]:
    """Every member once, each after its parent (level by level, in index order). Raises CycleError."""
    # Children as chains in two flat lists: a list for each member would cost three times as much
    first, following = [-1] * len(parent), [-1] * len(parent)
    order = []
    for member in range(len(parent) - 1, -1, -1):
        above = parent[member]
        if above >= 0:
            following[member] = first[above]
            first[above] = member
        else:
            order.append(member)
    order.reverse()
    for member in order:
        child = first[member]
        while child >= 0:
            order.append(child)
            child = following[child]
    if len(order) < len(parent):
        raise CycleError(find_cycle(parent) or ())
    return order


def parents_first(parent: Sequence[int]) -> Sequence[int]:
    """Every member once, each after its parent, in an order that is quick to find. Raises CycleError."""
    # whoever is added after the one she stands under, as most are, is in such an order already
    return range(len(parent)) if all(map(lt, parent, count())) else top_down(parent)


def depth_first(parent: Sequence[int]) -> list[int]:
    """Every member once, each followed by all below her, siblings in index order.

    Raises CycleError when the links run in a circle.
    """
    children = children_of(parent)
    waiting = [member for member, above in enumerate(parent) if above < 0][::-1]
    order = []
    while waiting:
        member = waiting.pop()
        order.append(member)
        waiting.extend(reversed(children[member]))
    if len(order) < len(parent):
        raise CycleError(find_cycle(parent) or ())
    return order


def find_cycles(parent: Sequence[int]) -> list[list[int]]:
    """Every circle, each member followed by her parent. Self-links count."""
    circles = []
    walk_of = [-1] * len(parent)
    for start in range(len(parent)):
        member = start
        while member >= 0 and walk_of[member] < 0:
            walk_of[member] = start
            member = parent[member]
        if member >= 0 and walk_of[member] == start:
            circle = [member]
            while parent[circle[-1]] != member:
                circle.append(parent[circle[-1]])
            circles.append(circle)
    return circles


def find_cycle(parent: Sequence[int]) -> list[int] | None:
    """The members of one circle, each followed by her parent, or None."""
    return next(iter(find_cycles(parent)), None)


def without_circles(parent: Sequence[int]) -> Sequence[int]:
    """The links with each circle cut open: one of those on it stands at a top instead."""
    circles = find_cycles(parent)
    if not circles:
        return parent
    cut = list(parent)
    for circle in circles:
        cut[min(circle)] = -1
    return cut


def depths(parent: Sequence[int], order: Sequence[int]) -> list[int]:
    """Each member's distance from its top; `order` has each after her parent."""
    depth = [0] * len(parent)
    for member in order:
        above = parent[member]
        if above >= 0:
            depth[member] = depth[above] + 1
    return depth


def subtree_sums(parent: Sequence[int], order: Sequence[int], values: Sequence[int]) -> list[int]:
    """Each member's own value plus everything below it."""
    sums = list(values)
    for member in reversed(order):
        above = parent[member]
        if above >= 0:
            sums[above] += sums[member]
    return sums


def members_below(parent: Sequence[int], order: Sequence[int], top: int) -> list[int]:
    """Everyone under `top`, each after the one above her; `order` is `top_down(parent)`."""
    if order[0] == top and (len(order) == 1 or parent[order[1]] >= 0):
        return list(order[1:])  # the only top: everyone is under her
    inside = bytearray(len(parent) + 1)  # the extra place is where -1, no parent, looks
    inside[top] = 1
    found = []
    for member in order:
        if inside[parent[member]]:
            inside[member] = 1
            found.append(member)
    return found


def ancestors(parent: Sequence[int], member: int) -> Iterator[int]:
    """The members above `member`, nearest first. The links must be free of circles."""
    above = parent[member]
    while above >= 0:
        yield above
        above = parent[above]
