"""Where the cards of a team stand on paper, packed to save it: plain geometry, y downwards, in points at scale 1.

Those below a member stand under her in columns: beside each other where there is room, else stacked in a column
along a line. How high the columns grow is what the shape is chosen by, so that the drawing takes the paper's form.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from organizer.domain.tree_layout import Layout

CARD = 132.0
"""A card's width."""

_BELOW = 20.0
_BETWEEN = 8.0
_BESIDE = 14.0
_INDENT = 14.0
_RAIL = 6.0
"""Where the line of a column runs, from its left edge."""

_TRIED, _TRIED_OF_MANY, _MANY = 24, 10, 3000
"""So many heights are tried, and so many for a team of many."""

_SIDED = 3
"""So many levels of a binary tree have left and right beside each other, whatever that takes."""


class Line(NamedTuple):
    """A stroke of a connector, along an edge of the paper; `x1` and `y1` are not less than `x0` and `y0`."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Shape:
    """The upper left corners of the cards, the strokes of the connectors, and what all takes together."""

    lefts: Sequence[float]
    tops: Sequence[float]
    lines: Sequence[Line]
    width: float
    height: float


def tidy(layout: Layout, card_height: float) -> Shape:
    """Every level in a row of its own, each card in the middle above those below her, as the screen draws it."""
    step = card_height + _BELOW
    lefts = [x * (CARD + _BESIDE) for x in layout.x]
    tops = [row * step for row in range(layout.depth) for _place in range(layout.rows[row], layout.rows[row + 1])]
    lines = []
    for place in range(len(layout)):
        if under := layout.under(place):
            bottom, middle = tops[place] + card_height, lefts[place] + CARD / 2
            bus = bottom + _BELOW / 2
            lines.append(Line(middle, bottom, middle, bus))
            lines += [Line(lefts[one] + CARD / 2, bus, lefts[one] + CARD / 2, tops[one]) for one in under]
            lines.append(Line(lefts[under[0]] + CARD / 2, bus, lefts[under[-1]] + CARD / 2, bus))
    return Shape(lefts, tops, lines, layout.width * (CARD + _BESIDE) + CARD, layout.depth * step - _BELOW)


def packed(layout: Layout, card_height: float, sided: bool, value: Callable[[float, float], float]) -> Shape:
    """The shape of greatest `value`, which is asked with a width and a height.

    `sided`: a binary tree, whose upper levels keep left and right beside each other.
    """
    packer = _Packer(layout, card_height, sided)
    best = max(packer.heights(), key=lambda height: value(*packer.measured(height)))
    return packer.shape(best)


class _Packer:
    """Tries heights. Those without one above stand in columns too, as if under the place after the last."""

    def __init__(self, layout: Layout, card_height: float, sided: bool) -> None:
        self._size, self._card, self._sided = len(layout), card_height, sided
        self._deepest = layout.depth
        self._depths = [
            row for row in range(layout.depth) for _place in range(layout.rows[row], layout.rows[row + 1])
        ]
        self._children: list[Sequence[int]] = [layout.under(place) for place in range(len(layout))]
        self._children.append(range(layout.rows[min(1, layout.depth)]))
        self._widths: list[float] = []
        self._heights: list[float] = []

    def heights(self) -> Iterator[float]:
        """From as low as can be to one column for all."""
        step = self._card + _BELOW
        least = max(self._deepest, 1) * step
        most = max(self._size * step, least)
        count = _TRIED if self._size < _MANY else _TRIED_OF_MANY
        for number in range(count):
            yield least * (most / least) ** (number / (count - 1))

    def measured(self, height: float) -> tuple[float, float]:
        """How wide and high the drawing becomes when its columns grow to `height` and no further."""
        size = self._size
        self._widths, self._heights = [CARD] * (size + 1), [self._card] * (size + 1)
        for node in range(size - 1, -1, -1):
            if self._children[node]:
                self._measure(node, height)
        return self._measure_all(height)

    def _measure(self, node: int, height: float) -> None:
        columns = self._columns(node, height)
        self._widths[node] = max(CARD, sum(map(self._wide, columns)) + _BESIDE * (len(columns) - 1))
        self._heights[node] = self._card + _BELOW + max(map(self._high, columns))

    def _measure_all(self, height: float) -> tuple[float, float]:
        columns = self._columns(self._size, height)
        across = sum(map(self._wide, columns)) + _BESIDE * max(len(columns) - 1, 0)
        return across, max(map(self._high, columns), default=0.0)

    def _columns(self, node: int, height: float) -> list[list[int]]:
        """Those below a member, column by column."""
        children = self._children[node]
        heights = self._heights
        depth = self._depths[node] + 1 if node < self._size else 0
        room = max(heights[child] for child in children) if children else 0.0
        if not (self._sided and depth <= _SIDED):
            room = max(room, height - depth * (self._card + _BELOW))
        columns: list[list[int]] = []
        used = math.inf
        for child in children:
            if used + _BETWEEN + heights[child] > room:
                columns.append([])
                used = -_BETWEEN
            columns[-1].append(child)
            used += _BETWEEN + heights[child]
        return columns

    def _wide(self, column: list[int]) -> float:
        return max(self._widths[child] for child in column) + (_INDENT if len(column) > 1 else 0.0)

    def _high(self, column: list[int]) -> float:
        return sum(self._heights[child] for child in column) + _BETWEEN * (len(column) - 1)

    def shape(self, height: float) -> Shape:
        """The whole drawing at that height."""
        across, down = self.measured(height)
        size = self._size
        self._lefts, self._tops = [0.0] * size, [0.0] * size
        self._lines: list[Line] = []
        blocks = [0.0] * size
        self._place(self._columns(size, height), 0.0, 0.0, blocks)
        for node in range(size):
            left, top = blocks[node], self._tops[node]
            columns = self._columns(node, height)
            hangs = len(columns) < 2
            self._lefts[node] = left if hangs else left + (self._widths[node] - CARD) / 2
            if columns:
                taken = sum(map(self._wide, columns)) + _BESIDE * (len(columns) - 1)
                begin = left + (self._widths[node] - taken) / 2 if not hangs else left
                self._place(columns, begin, top + self._card + _BELOW, blocks)
        for node in range(size - 1, -1, -1):
            if len(self._children[node]) == 1:  # straight above her
                self._lefts[node] = self._lefts[self._children[node][0]]
        for node in range(size):
            if self._children[node]:
                self._connect(node, self._columns(node, height), blocks)
        return Shape(self._lefts, self._tops, self._lines, across, down)

    def _place(self, columns: list[list[int]], left: float, top: float, blocks: list[float]) -> None:
        for column in columns:
            down = top
            for child in column:
                blocks[child] = left + (_INDENT if len(column) > 1 else 0.0)
                self._tops[child] = down
                down += self._heights[child] + _BETWEEN
            left += self._wide(column) + _BESIDE

    def _connect(self, node: int, columns: list[list[int]], blocks: list[float]) -> None:
        lines, card = self._lines, self._card
        bottom = self._tops[node] + card
        bus = bottom + _BELOW / 2
        drops = []
        for column in columns:
            if len(column) == 1:
                drop = self._lefts[column[0]] + CARD / 2
                lines.append(Line(drop, bus, drop, self._tops[column[0]]))
            else:
                drop = blocks[column[0]] - _INDENT + _RAIL
                lines.append(Line(drop, bus, drop, self._tops[column[-1]] + card / 2))
                middles = [(child, self._tops[child] + card / 2) for child in column]
                lines += [Line(drop, y, self._lefts[child], y) for child, y in middles]
            drops.append(drop)
        # a column of its own starts under the card's edge, where its line runs down straight
        trunk = drops[0] if len(drops) == 1 else self._lefts[node] + CARD / 2
        lines.append(Line(trunk, bottom, trunk, bus))
        if len(drops) > 1:
            lines.append(Line(min(trunk, *drops), bus, max(trunk, *drops), bus))
