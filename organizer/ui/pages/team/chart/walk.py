"""Where the arrow keys lead in a chart."""

from __future__ import annotations

from PySide6.QtCore import Qt

from organizer.domain.tree_layout import Layout

_Key = Qt.Key


def step(layout: Layout, place: int, key: Qt.Key | int) -> int:
    """The place that a key leads to: the one above, the first below, the next in the row; -1 for none.

    Free places are passed over. Home leads to the top, End to the last below.
    """
    if key == _Key.Key_Up:
        return layout.above[place]
    if key == _Key.Key_Down:
        return _first(layout, layout.under(place))
    row = layout.row(place)
    if key == _Key.Key_Left:
        return _first(layout, range(place - 1, layout.rows[row] - 1, -1))
    if key == _Key.Key_Right:
        return _first(layout, range(place + 1, layout.rows[row + 1]))
    if key == _Key.Key_Home:
        return _first(layout, range(layout.rows[1]))
    return _first(layout, range(len(layout) - 1, -1, -1)) if key == _Key.Key_End else -1


def _first(layout: Layout, places: range) -> int:
    return next((place for place in places if layout.members[place] >= 0), -1)
