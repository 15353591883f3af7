"""A menu of things to tick off that stays open while she ticks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class TickMenu(QMenu):
    """What can be ticked is ticked by click, Space or Enter, and the menu stays; Esc closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's: tick, and stay."""
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: tick, and stay."""
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in keys or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def _tick(self, action: object) -> bool:
        if isinstance(action, QAction) and action.isCheckable() and action.isEnabled():
            action.trigger()
            return True
        return False
