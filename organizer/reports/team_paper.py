"""Paper for a drawing: sizes, how a drawing fits one sheet, and how it is tiled over several. Plain geometry.

Everything is in points (1/72 inch); a drawing's measures are those at scale 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

READABLE = 6.0
"""Smaller type than so many points is not read without a glass."""

MARGIN = 34.0
"""White around each sheet (12 mm): no printer reaches the edge."""

OVERLAP = 28.0
"""What neighbouring sheets both show (1 cm), so that they can be glued."""

_LARGEST_SCALE = 2.5


class Paper(StrEnum):
    """The sheets that can be chosen, smallest first."""

    A4 = "A4"
    A3 = "A3"
    A2 = "A2"
    A1 = "A1"
    A0 = "A0"


_MILLIMETRES = {
    Paper.A4: (210, 297),
    Paper.A3: (297, 420),
    Paper.A2: (420, 594),
    Paper.A1: (594, 841),
    Paper.A0: (841, 1189),
}


def paper_size(paper: Paper, lying: bool) -> tuple[float, float]:
    """A sheet's width and height."""
    short, long = (side * 72 / 25.4 for side in _MILLIMETRES[paper])
    return (long, short) if lying else (short, long)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


def fitting_scale(drawing: tuple[float, float], room: tuple[float, float]) -> float:
    """How much a drawing is scaled to fit a room; small ones grow, but not without bounds."""
    return min(_LARGEST_SCALE, *(have / max(need, 1) for have, need in zip(room, drawing, strict=True)))


@dataclass(frozen=True, slots=True)
class Tiles:
    """A drawing, scaled, over sheets of one size that overlap. Rows and columns count from 0."""

    sheet: tuple[float, float]
    drawing: tuple[float, float]
    scale: float

    @property
    def room(self) -> tuple[float, float]:
        """What a sheet shows, within its margins."""
        return self.sheet[0] - 2 * MARGIN, self.sheet[1] - 2 * MARGIN

    @property
    def columns(self) -> int:
        """How many sheets stand beside each other."""
        return _count(self.drawing[0] * self.scale, self.room[0])

    @property
    def rows(self) -> int:
        """How many sheets stand above each other."""
        return _count(self.drawing[1] * self.scale, self.room[1])

    def shown(self, row: int, column: int) -> Box:
        """What a sheet shows of the drawing, at scale 1: its own part and what overlaps to the right and below."""
        across, down = self.room
        left, top = column * (across - OVERLAP), row * (down - OVERLAP)
        return _at_scale_1(Box(left, top, left + across, top + down), self.scale)

    def own(self, row: int, column: int) -> Box:
        """The part of the drawing, at scale 1, that only this sheet owns: they cover everything exactly once."""
        across, down = self.room
        left, top = column * (across - OVERLAP), row * (down - OVERLAP)
        right = left + across - (OVERLAP if column < self.columns - 1 else 0)
        bottom = top + down - (OVERLAP if row < self.rows - 1 else 0)
        return _at_scale_1(Box(left, top, right, bottom), self.scale)

    def touched(self, box: Box) -> Iterator[tuple[int, int]]:
        """The sheets (row, column) that show something of a box of the drawing."""
        for row in self._span(box.top, box.bottom, self.room[1], self.rows):
            for column in self._span(box.left, box.right, self.room[0], self.columns):
                yield row, column

    def _span(self, begin: float, end: float, room: float, count: int) -> range:
        step = room - OVERLAP
        first = math.floor((begin * self.scale - room) / step) + 1
        return range(max(0, first), min(count - 1, math.floor(end * self.scale / step)) + 1)


def _count(length: float, room: float) -> int:
    # a hair's breadth more is no reason for another sheet
    return max(1, math.ceil((length - OVERLAP - 0.01) / (room - OVERLAP)))


def _at_scale_1(box: Box, scale: float) -> Box:
    return Box(box.left / scale, box.top / scale, box.right / scale, box.bottom / scale)


def gathered(tiles: Tiles, boxes: Iterable[Box]) -> dict[tuple[int, int], list[int]]:
    """For each sheet that shows any of the boxes, by row and column: the places of those it shows, in order."""
    found: dict[tuple[int, int], list[int]] = {}
    for place, box in enumerate(boxes):
        for sheet in tiles.touched(box):
            found.setdefault(sheet, []).append(place)
    return dict(sorted(found.items()))
