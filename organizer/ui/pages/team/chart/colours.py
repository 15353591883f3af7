"""A chart's colours: told apart by the colour-blind, and in grey print by their lightness and the mark's shape."""

from __future__ import annotations

from PySide6.QtGui import QColor

from organizer.domain.tree_raster import LINE, NOTHING
from organizer.ui import theme
from organizer.ui.pages.team.chart.scene import Mark

_SERIES = {
    Mark.ACTIVE: 0,
    Mark.CUSTOMER: 2,
    Mark.NEW: 0,
    Mark.GROWN: 2,
    Mark.SHRUNK: 1,
    Mark.MOVED: 4,
    Mark.LOST: 5,
}


def colour(mark: Mark) -> QColor:
    """A mark's colour."""
    if mark in _SERIES:
        return theme.chart(_SERIES[mark])
    if mark is Mark.FREE:
        return theme.line()
    return theme.edge()


def table() -> list[int]:
    """The colours of a raster's bytes."""
    colours = {NOTHING: theme.window(), LINE: theme.line()} | {mark.value: colour(mark) for mark in Mark}
    return [colours.get(byte, theme.window()).rgb() for byte in range(max(Mark) + 1)]


def joint() -> QColor:
    """The lines that join members."""
    return theme.edge()
