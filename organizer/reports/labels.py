"""Address labels on sheets of A4: nothing but the addresses, each on its label."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from reportlab.lib.units import mm

from organizer.i18n import _
from organizer.reports import base, fonts, style
from organizer.reports.fonts import Style, wrap
from organizer.reports.watch import Progress, Stop, Watch
from organizer.resource_files import resource

_PADDING = 5.0
"""Millimetres kept free within a label: many printers can't reach the paper's edge."""

_LARGEST, _READABLE, _SMALLEST = 22, 17, 5
"""Sizes of type in half points: from the second one down a line is rather broken than set smaller."""

_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A kind of sheet, in millimetres: how many labels across and down, and where they lie."""

    key: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    right_step: float
    down_step: float

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class Placing:
    """The first label to print on, from 1, and how far all of it is moved, right and down in millimetres."""

    first: int = 1
    right: float = 0.0
    down: float = 0.0


@cache
def sheets() -> tuple[LabelSheet, ...]:
    """The sheets that are known."""
    told = tomllib.loads(resource("labels", "sheets.toml").read_text("utf-8"))
    return tuple(LabelSheet(**one) for one in told["sheet"])


def labels(
    addresses: Sequence[Sequence[str]],
    sheet: LabelSheet,
    placing: Placing,
    head: base.Head,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The addresses, line by line, each on a label from the first free one on. Raises Cancelled."""
    watch = Watch(progress, cancelled)
    buffer = BytesIO()
    paper = base.Sheet(_("Address labels"), "", ())
    canvas = base.new_canvas(paper, head, buffer)
    place = min(max(placing.first, 1), sheet.count) - 1
    for number, lines in enumerate(watch.over(addresses, 0, base.BUILT), place):
        if number > place and number % sheet.count == 0:
            canvas.showPage()
        _put(canvas, lines, sheet, number % sheet.count, placing, paper.size[1])
    canvas.showPage()
    canvas.save()
    made = buffer.getvalue()
    watch.done()
    return made


def _put(
    canvas: Any, lines: Sequence[str], sheet: LabelSheet, place: int, placing: Placing, paper_height: float
) -> None:
    row, column = divmod(place, sheet.columns)
    left = (sheet.left + column * sheet.right_step + placing.right + _PADDING) * mm
    top = paper_height - (sheet.top + row * sheet.down_step + placing.down) * mm
    room, height = (sheet.width - 2 * _PADDING) * mm, (sheet.height - 2 * _PADDING) * mm
    look, wrapped = _fitting(lines, room, height)
    used = len(wrapped) * look.leading
    baseline = top - _PADDING * mm - max(height - used, 0) / 2 - look.size
    for line in wrapped:
        base.put(canvas, left, baseline, look, line)
        baseline -= look.leading


def _fitting(lines: Sequence[str], room: float, height: float) -> tuple[Style, list[str]]:
    """The largest type in which the whole address fits, and its lines in that type: nothing of it is cut off."""
    for halves in range(_LARGEST, _SMALLEST, -1):
        look = Style(fonts.REGULAR, halves / 2, halves / 2 * _LEADING, style.INK)
        wrapped = [part for line in lines for part in wrap(line, look, room)]
        if len(wrapped) * look.leading <= height and (len(wrapped) == len(lines) or halves <= _READABLE):
            break
    return look, wrapped
