"""A team chart too small for cards, as a picture of marks: one byte for each pixel, whatever the team's size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from organizer.domain.tree_layout import Layout

NOTHING, LINE = 0, 1
"""Pixels that nobody stands in: empty, and the lines that join members."""

_Ints = npt.NDArray[np.intp]
_Pixels = npt.NDArray[np.uint8]

_APART = 2.0  # pixels from row to row, from which on the rows are drawn as such
_HAIR = 1e-9  # pixels that rounding may take
_ROOM = 3  # pixels between two rows of marks, from which on lines are drawn


class Sight(NamedTuple):
    """A part of a layout as it is seen in a picture of `width` times `height` pixels.

    The picture's corner is at (`left`, `top`), in places and rows; `across` and `down` are the pixels from place
    to place and from row to row; a mark is `mark` pixels wide and `tall` pixels high, around its place.
    """

    left: float
    top: float
    across: float
    down: float
    mark: float
    tall: float
    width: int
    height: int


class Raster:
    """Paints a layout as pixels; `marks` has the byte for each of its places, from 2."""

    def __init__(self, layout: Layout, marks: bytes) -> None:
        self._layout = layout
        self._marks = np.frombuffer(marks, np.uint8)
        self._x = np.asarray(layout.x, np.float64)
        rows, below = np.asarray(layout.rows, np.intp), np.asarray(layout.below, np.intp)
        self._row = np.repeat(np.arange(layout.depth), np.diff(rows))
        # who has others below her, and the x of the first and last of them
        self._joints = np.flatnonzero(np.diff(below))
        self._first = self._x[below[self._joints]]
        self._last = self._x[below[self._joints + 1] - 1]

    def paint(self, sight: Sight) -> bytes:
        """The picture's bytes, row by row from the top: NOTHING, LINE or the mark of who is seen there."""
        if not len(self._layout) or sight.width < 1 or sight.height < 1:
            return bytes(max(sight.width, 0) * max(sight.height, 0))
        picture = self._rows(sight) if sight.down >= _APART else self._dots(sight)
        return picture.tobytes()

    def _seen(self, sight: Sight) -> tuple[int, int]:
        """The first row that can be seen and the one after the last, with one more on either side."""
        reach = sight.tall / sight.down / 2 + 1
        first = int(max(sight.top - reach, 0))
        last = int(min(sight.top + sight.height / sight.down + reach + 1, self._layout.depth))
        return min(first, last), last

    def _places(self, sight: Sight, rows: tuple[int, int]) -> tuple[_Ints, _Ints]:
        """The places of the rows that are seen, and the leftmost pixel of each one's mark."""
        start, end = self._layout.rows[rows[0]], self._layout.rows[rows[1]]
        pixels = np.floor((self._x[start:end] - sight.left) * sight.across - sight.mark / 2 + 0.5)
        inside = np.flatnonzero((pixels > -_thick(sight.mark)) & (pixels < sight.width))
        return inside + start, pixels[inside].astype(np.intp)

    def _dots(self, sight: Sight) -> _Pixels:
        """Rows closer than pixels: each mark where it falls."""
        thick, tall = _thick(sight.mark), _thick(sight.tall)
        wide = sight.width + 2 * thick
        # marks may begin before and end after the picture
        picture = np.zeros((sight.height + 2 * tall, wide), np.uint8)
        places, pixels = self._places(sight, self._seen(sight))
        down = np.floor((self._row[places] - sight.top) * sight.down - sight.tall / 2 + 0.5).astype(np.intp)
        inside = (down > -tall) & (down < sight.height)
        at = (down[inside] + tall) * wide + pixels[inside] + thick
        marks, flat = self._marks[places[inside]], picture.reshape(-1)
        for y in range(tall):
            for x in range(thick):
                flat[at + (y * wide + x)] = marks
        return picture[tall:-tall, thick:-thick]

    def _rows(self, sight: Sight) -> _Pixels:
        """One line of pixels for each row's marks and for what joins it to the next, repeated downwards."""
        rows = self._seen(sight)
        lines = [np.zeros((1, sight.width), np.uint8), self._mark_lines(sight, rows)]
        joined = sight.down - sight.tall >= _ROOM
        if joined:
            lines += self._join_lines(sight, rows)
        which = _which_line(sight, rows, joined)
        picture: _Pixels = np.concatenate(lines)[which]
        return picture

    def _mark_lines(self, sight: Sight, rows: tuple[int, int]) -> _Pixels:
        thick = _thick(sight.mark)
        wide = sight.width + 2 * thick
        lines = np.zeros((rows[1] - rows[0], wide), np.uint8)
        places, pixels = self._places(sight, rows)
        at = (self._row[places] - rows[0]) * wide + pixels + thick
        marks, flat = self._marks[places], lines.reshape(-1)
        for x in range(thick):
            flat[at + x] = marks
        return lines[:, thick:-thick]

    def _join_lines(self, sight: Sight, rows: tuple[int, int]) -> list[_Pixels]:
        """For each row: down from those with others below, across to the others, down to each in the row."""
        size, wide = rows[1] - rows[0], sight.width
        low, high = self._layout.rows[rows[0]], self._layout.rows[rows[1]]
        start, end = np.searchsorted(self._joints, [low, high])
        joints = self._joints[start:end]
        row = self._row[joints] - rows[0]
        left = np.clip(self._pixels(self._first[start:end], sight), 0, wide)
        right = np.clip(self._pixels(self._last[start:end], sight) + 1, 0, wide)
        # how many bars begin less how many end, summed up from the left: where any is
        begins = np.bincount(row * (wide + 1) + left, minlength=size * (wide + 1))
        ends = np.bincount(row * (wide + 1) + right, minlength=size * (wide + 1))
        across = (begins - ends).reshape(size, wide + 1).cumsum(axis=1)[:, :wide] > 0
        stems = self._stems(joints, rows, sight)
        tops = self._layout.rows[1]  # nothing leads to them
        others = self._stems(np.arange(max(low, tops), max(high, tops)), rows, sight)
        return [stems, across.astype(np.uint8) * np.uint8(LINE), others]

    def _stems(self, places: _Ints, rows: tuple[int, int], sight: Sight) -> _Pixels:
        lines = np.zeros((rows[1] - rows[0], sight.width), np.uint8)
        pixels = self._pixels(self._x[places], sight)
        inside = (pixels >= 0) & (pixels < sight.width)
        lines[self._row[places[inside]] - rows[0], pixels[inside]] = LINE
        return lines

    @staticmethod
    def _pixels(x: npt.NDArray[np.float64], sight: Sight) -> _Ints:
        return np.floor((x - sight.left) * sight.across).astype(np.intp)


def _thick(length: float) -> int:
    return max(round(length), 1)


def _which_line(sight: Sight, rows: tuple[int, int], joined: bool) -> _Ints:
    """For each pixel downwards, which line it shows: 0 nothing, then the marks, stems, bars and stems to them."""
    size = rows[1] - rows[0]
    middle = np.arange(sight.height) + 0.5
    place = middle / sight.down + sight.top
    row = np.floor(place + 0.5).astype(np.intp)
    away = (place - row) * sight.down
    local = row - rows[0]
    known = (local >= 0) & (local < size)
    half = max(sight.tall, 1.0) / 2
    # a mark of one pixel may lie on its edge to the last digit, and must not fall between two
    on_mark = (away >= -half - _HAIR) & (away < half - _HAIR)
    which = np.where(on_mark, 1 + local, 0)
    if joined:
        which = np.where(~on_mark, np.where(away > 0, 1 + size + local, 1 + 3 * size + local), which)
    which = np.where(known, which, 0)
    if joined:
        bars = np.arange(size)
        pixels = np.floor((bars + rows[0] + 0.5 - sight.top) * sight.down).astype(np.intp)
        inside = (pixels >= 0) & (pixels < sight.height)
        which[pixels[inside]] = 1 + 2 * size + bars[inside]
    return which


def flags(values: Sequence[int], members: Sequence[int], free: int) -> bytes:
    """The byte of each place: `values` by member for `members`, those of a layout; `free` for its free places."""
    by_member = np.append(np.frombuffer(bytes(values), np.uint8), np.uint8(free))
    # a free place is -1, which is the last
    return by_member[np.asarray(members, np.intp)].tobytes()
