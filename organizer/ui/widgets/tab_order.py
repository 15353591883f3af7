"""Tab's way through fields that are made later than what follows them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


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
