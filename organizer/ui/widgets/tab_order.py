"""Tab's way through fields that are made later than what follows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)


class TabAnchor(QWidget):
    """A hidden place in the order of Tab, made where later fields shall be reached. Nothing else is moved.

    Qt puts what is made later behind everything else in the window; `QWidget.setTabOrder` up to what follows would
    drag that along, and the fields would make a circle of their own.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders nothing after what takes no focus
        self.hide()

    def lead(self, stops: Iterable[QWidget]) -> None:
        """Let Tab go through `stops` from here. All must stand in one window already, so call again when shown."""
        for one, other in pairwise((self, *stops)):
            QWidget.setTabOrder(one, other)


def order_as_read(root: QWidget) -> None:
    """Let Tab go through all that stands in `root` as it is laid out: it may have been made in any order."""
    for one, other in pairwise(_stops(root)):
        QWidget.setTabOrder(one, other)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    # what these have inside is theirs, and moves along with them
    if not isinstance(widget, QAbstractItemView | QComboBox):
        for part in _parts(widget):
            yield from _stops(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        inside: Sequence[QWidget | None] = [widget.widget()]
    elif isinstance(widget, QSplitter | QStackedWidget):
        inside = [widget.widget(place) for place in range(widget.count())]
    else:
        laid_out = list(_laid_out(widget.layout()))
        rest = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        inside = laid_out + [part for part in rest if part not in laid_out]
    yield from (part for part in inside if part is not None and not part.isWindow())


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    for place in range(layout.count() if layout else 0):
        item = layout.itemAt(place) if layout else None
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        else:
            yield from _laid_out(item.layout())
