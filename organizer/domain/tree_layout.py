"""Where everyone stands in a drawn team chart: a tidy tree, for the screen and for paper. Iterative and O(n).

A tidy tree after Reingold and Tilford: whoever has others below her stands in the middle above them, siblings
keep their order, and a branch has the same shape wherever it stands. Each branch is as close to its neighbours
as its outline (leftmost and rightmost place in each row) allows; a smaller one between two large ones stands in
the middle of the room it has (Kennedy 1996: the mean of everything pushed to the left and to the right).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import sub

from organizer.domain.contact import sort_key

SIBLING, COUSIN = 1.0, 1.125
"""The least distance from middle to middle in one row: of those under the same one, and of others."""


@dataclass(frozen=True, slots=True)
class Legs:
    """A tree where each has a number of legs below her: two in a binary tree, n in a matrix.

    `slots[member]` is the leg that she stands in, from 1 to `width`, 0 where it isn't known. `ends` lays out the
    free places below those too who have nobody below them.
    """

    width: int
    slots: Sequence[int]
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Places row by row from the top, each row from left to right; a place is an index into the sequences.

    `members[i]` is who stands there, -1 for a free place, and `place_of[member]` the way back, -1 for who isn't
    laid out. `x[i]` is the middle of the place, in widths of a card with its gap; the leftmost has 0, the
    rightmost `width`. Row r holds the places `rows[r]` to `rows[r + 1]`, those under place i are `below[i]` to
    `below[i + 1]` (the end excluded), and `above[i]` is the place above, -1 at a top. `slots[i]` is the leg, from
    1, that place i is in, 0 where there is none or it isn't known.
    """

    members: Sequence[int]
    place_of: Sequence[int]
    above: Sequence[int]
    below: Sequence[int]
    slots: Sequence[int]
    rows: Sequence[int]
    x: Sequence[float]
    width: float

    def __len__(self) -> int:
        return len(self.members)

    @property
    def depth(self) -> int:
        """How many rows there are."""
        return len(self.rows) - 1

    def row(self, place: int) -> int:
        """The row that a place is in, 0 at the top."""
        return bisect_right(self.rows, place) - 1

    def between(self, row: int, left: float, right: float) -> range:
        """The places of a row whose middle is from `left` to `right`."""
        start, end = self.rows[row], self.rows[row + 1]
        return range(bisect_left(self.x, left, start, end), bisect_right(self.x, right, start, end))

    def under(self, place: int) -> range:
        """The places directly under a place, from left to right."""
        return range(self.below[place], self.below[place + 1])

    def span(self, place: int) -> tuple[float, float, int]:
        """The leftmost and rightmost x of a place and all under it, and the last row that it reaches to."""
        left = right = self.x[place]
        row = self.row(place)
        start, end = place, place + 1
        while start < end:
            left, right = min(left, self.x[start]), max(right, self.x[end - 1])
            start, end = self.below[start], self.below[end]
            row += 1
        return left, right, row - 1


def lay_out(
    parent: Sequence[int],
    siblings: Sequence[int] | None = None,
    *,
    legs: Legs | None = None,
    collapsed: Collection[int] = (),
    top: int = -1,
) -> Layout:
    """Lay out a forest (see domain.tree: `parent`, free of circles), or only `top` and all below her.

    `siblings` has every member, in the order that siblings stand in from left to right (None: by index); with
    `legs` their legs come first in that order. Nobody below the `collapsed` is laid out.
    """
    children = _children(parent, siblings)
    tops = [top] if top >= 0 else children.pop()
    hidden = collapsed if isinstance(collapsed, (set, frozenset)) else frozenset(collapsed)
    members, above, below, slots = _places(tops, children, hidden, legs)
    x, width = _positions(above, below, len(tops))
    place_of = array("q", [-1]) * len(parent)
    for place, member in enumerate(members):
        if member >= 0:
            place_of[member] = place
    return Layout(members, place_of, above, below, slots, _rows(below, len(tops)), x, width)


def by_name(names: Sequence[str]) -> list[int]:
    """Every member in the order of her name, as Danes sort; those of one name by index. See `siblings` above."""
    keys = list(map(sort_key, names))
    return sorted(range(len(keys)), key=keys.__getitem__)


def _children(parent: Sequence[int], siblings: Sequence[int] | None) -> list[Sequence[int]]:
    """Each member's children in order, and at the end (where -1 looks) the tops."""
    children: list[list[int] | tuple[()]] = [()] * (len(parent) + 1)
    for member in range(len(parent)) if siblings is None else siblings:
        above = parent[member]
        if found := children[above]:
            found.append(member)
        else:
            children[above] = [member]
    return children  # type: ignore[return-value]


def _rows(below: Sequence[int], tops: int) -> Sequence[int]:
    rows = array("q", [0])
    end = tops
    while end > rows[-1]:
        rows.append(end)
        end = below[end]
    return rows


_Places = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


def _places(
    tops: Sequence[int], children: Sequence[Sequence[int]], hidden: Collection[int], legs: Legs | None
) -> _Places:
    members, above, below = list(tops), [-1] * len(tops), []
    slots = [0] * len(tops)
    for place, member in enumerate(members):  # grows on the way, row by row
        below.append(len(members))
        if member < 0 or member in hidden:
            continue
        under = children[member]
        if legs:
            under, taken = _in_legs(under, legs)
            slots += taken
        else:
            slots += [0] * len(under)
        members += under
        above += [place] * len(under)
    below.append(len(members))
    return array("q", members), array("q", above), array("q", below), array("q", slots)


def _in_legs(under: Sequence[int], legs: Legs) -> tuple[Sequence[int], list[int]]:
    """Those under one member with the free places between them, and their legs.

    Where it isn't known of everyone in which leg she stands, no place can be said to be free.
    """
    if not under:
        return ([-1] * legs.width, list(range(1, legs.width + 1))) if legs.ends else ((), [])
    known = {slot: member for member in under if 0 < (slot := legs.slots[member]) <= legs.width}
    if len(known) == len(under):
        return [known.get(slot, -1) for slot in range(1, legs.width + 1)], list(range(1, legs.width + 1))
    # those whose leg is known come first; the sort is stable
    ordered = sorted(under, key=lambda member: legs.slots[member] or legs.width + 1)
    return ordered, [legs.slots[member] for member in ordered]


class _Outline:
    """The leftmost and rightmost x of the rows under a place, the lowest row first, less `shift`.

    x counts from the place. The lists begin with the lowest row, so that a new one on top is appended.
    """

    __slots__ = ("left", "right", "shift")

    def __init__(self, left: list[float], right: list[float], shift: float) -> None:
        self.left, self.right, self.shift = left, right, shift


def _positions(above: Sequence[int], below: Sequence[int], tops: int) -> tuple[Sequence[float], float]:
    """Each place's x and the whole width."""
    size = len(above)
    x = [0.0] * size  # from the place above, until the end
    outlines: dict[int, _Outline] = {}
    for place in range(size - 1, -1, -1):
        start, end = below[place], below[place + 1]
        if start < end:
            outlines[place] = _side_by_side(start, end, x, outlines)
    if not tops:
        return array("d"), 0.0
    whole = _side_by_side(0, tops, x, outlines)
    origin = -min(whole.left) - whole.shift
    for place in range(tops):
        x[place] += origin
    for place in range(tops, size):
        x[place] += x[above[place]]
    return array("d", x), max(whole.right) + whole.shift + origin


def _side_by_side(start: int, end: int, x: list[float], outlines: dict[int, _Outline]) -> _Outline:
    """Put the places from `start` to `end` side by side, 0 in their middle; the outline of them all."""
    branches = [place for place in range(start, end) if place in outlines]
    half = (end - start - 1) * SIBLING / 2
    if len(branches) < 2:
        x[start:end] = [place * SIBLING - half for place in range(end - start)]
    elif end - start == 2:
        # between two there is no room to share
        distance = max([SIBLING, *[least for _other, least in _touches(outlines, [start], start + 1)]])
        half = distance / 2
        x[start], x[start + 1] = -half, half
    else:
        _push(start, end, x, outlines, branches)
        half = x[end - 1]
    if not branches:
        return _Outline([-half], [half], 0.0)
    return _outline(branches, x, outlines, half)


def _push(start: int, end: int, x: list[float], outlines: dict[int, _Outline], branches: list[int]) -> None:
    """Find the x of siblings, some with others below: the mean of all pushed to the left and to the right."""
    # which rows of earlier branches are seen from the right: the nearest on top, each reaching further down
    seen: list[int] = []
    touching: dict[int, list[tuple[int, float]]] = {}
    at, following = 0.0, start
    for branch in branches:
        for place in range(following, branch):
            x[place] = at
            at += SIBLING
        touching[branch] = touches = _touches(outlines, seen, branch)
        at = max([at, *[x[other] + distance for other, distance in touches]])
        x[branch] = at
        at += SIBLING
        following = branch + 1
    for place in range(following, end):
        x[place] = at
        at += SIBLING
    _centre(start, end, x, touching)


def _touches(outlines: dict[int, _Outline], seen: list[int], branch: int) -> list[tuple[int, float]]:
    """The earlier branches that this one could run into, with the least distance to each; `seen` is renewed."""
    own = outlines[branch]
    rows, done = len(own.left), 0
    found = []
    while seen and done < rows:
        other = outlines[seen[-1]]
        others = len(other.right)
        to = min(rows, others)
        reach = _reach(other.right[others - to : others - done], own.left[rows - to : rows - done])
        found.append((seen[-1], reach + other.shift - own.shift + COUSIN))
        done = to
        if others > rows:
            break
        seen.pop()
    seen.append(branch)
    return found


def _reach(right: list[float], left: list[float]) -> float:
    """How far one outline reaches over into another in their common rows."""
    reach: float = max(map(sub, right, left))
    return reach


def _centre(start: int, end: int, x: list[float], touching: dict[int, list[tuple[int, float]]]) -> None:
    # x has everything as far to the left as it can be; the same to the right, between the same ends
    last = x[end - 1]
    limit = [last] * (end - start)
    for place in range(end - 1, start - 1, -1):
        own = limit[place - start]
        if place + 1 < end:
            own = limit[place - start] = min(own, limit[place - start + 1] - SIBLING)
        for other, distance in touching.get(place, ()):
            limit[other - start] = min(limit[other - start], own - distance)
    middle = last / 2
    x[start:end] = [(near + far) / 2 - middle for near, far in zip(x[start:end], limit, strict=True)]
    # the ends have no room; what rounding left there would put the one above out of the middle
    x[start], x[end - 1] = -middle, middle


def _outline(branches: list[int], x: list[float], outlines: dict[int, _Outline], half: float) -> _Outline:
    """Join the outlines of siblings in that of the longest, so that no row is touched that only it has."""
    longest = branches[0] if len(branches) == 1 else max(branches, key=lambda branch: len(outlines[branch].left))
    own = outlines[longest]
    shift = own.shift + x[longest]
    if len(branches) > 1:
        _cover_by(own, shift, branches, longest, x, outlines)
    for branch in branches:
        del outlines[branch]
    own.left.append(-half - shift)
    own.right.append(half - shift)
    own.shift = shift
    return own


def _cover_by(
    own: _Outline, shift: float, branches: list[int], longest: int, x: list[float], outlines: dict[int, _Outline]
) -> None:
    """Take over into the longest outline what stands before and after it."""
    place = branches.index(longest)
    _cover(own.left, [(outlines[b].left, outlines[b].shift + x[b] - shift) for b in branches[:place]])
    _cover(own.right, [(outlines[b].right, outlines[b].shift + x[b] - shift) for b in branches[:place:-1]])


def _cover(rows: list[float], outer: Sequence[tuple[list[float], float]]) -> None:
    """Overwrite the upper rows of an outline with those that stand outside of it, the outermost first."""
    length, done = len(rows), 0
    for other, moved in outer:
        fresh = len(other) - done
        if fresh > 0:
            rows[length - len(other) : length - done] = [value + moved for value in other[:fresh]]
            done = len(other)
