"""Boxes that the mouse wheel passes over: a page that is scrolled never changes what is set on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox

from organizer.ui import theme


class ComboBox(QComboBox):
    """A list to choose from. The wheel scrolls what lies around it, also while it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        # Qt's own policy lets the wheel take the focus away from where she types
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's: left to what lies around it."""
        event.ignore()


class SpinBox(QSpinBox):
    """A number to set, which the wheel leaves alone too."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(theme.S, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's: left to what lies around it."""
        event.ignore()


class DecimalBox(QDoubleSpinBox):
    """A number with decimals to set, which the wheel leaves alone too."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(theme.S, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's: left to what lies around it."""
        event.ignore()
