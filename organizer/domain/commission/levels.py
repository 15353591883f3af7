"""At which level a member's volume arrives at one earner, when others on the way up may take levels first.

Volume starts at level 1 just above its source. Whoever it passes either takes that level, and it goes on to
the next, or is skipped. A member takes level k when k is at most her *reach*: 0 for one who is always skipped,
the deepest level for one who always takes hers, the levels her rank opens under dynamic compression. So passing
a member is a function from level to level, and so is the whole way from a member up to the earner. Few such
functions occur; each gets a number, and going one member further down is one look-up in a table.
"""

from __future__ import annotations

from collections.abc import Sequence


def arrival_levels(parent: Sequence[int], below: Sequence[int], reach: Sequence[int], deepest: int) -> list[int]:
    """For each member in `below` the level at which her volume arrives at the earner; `deepest` + 1 is too deep.

    `below` lists everyone under one earner, each after the one above her; `reach[member]` is 0 to `deepest`.
    """
    ways = _Ways(deepest)
    first, follow = ways.first, ways.follow
    way = [0] * len(parent)
    levels = []
    for member in below:
        upward = way[parent[member]]
        levels.append(first[upward])
        onward = follow[upward][reach[member]]
        way[member] = onward if onward >= 0 else ways.extend(upward, reach[member])
    return levels


class _Ways:
    """The functions met so far, by number; number 0 is standing at the earner."""

    def __init__(self, deepest: int) -> None:
        self._deepest = deepest
        standing = tuple(range(deepest + 2))
        self._functions = [standing]
        self._numbers = {standing: 0}
        self.first = [1]
        self.follow = [[-1] * (deepest + 1)]

    def extend(self, upward: int, reach: int) -> int:
        """The number of "pass one who has `reach`, then go `upward`"."""
        rest = self._functions[upward]
        passing = tuple(rest[level + 1 if 0 < level <= reach else level] for level in range(self._deepest + 2))
        number = self._numbers.setdefault(passing, len(self._functions))
        if number == len(self._functions):
            self._functions.append(passing)
            self.first.append(passing[1])
            self.follow.append([-1] * (self._deepest + 1))
        self.follow[upward][reach] = number
        return number
