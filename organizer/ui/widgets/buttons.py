"""Buttons with icon, kind and accessible name. Enter presses the focused one, in a window as in a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QToolButton

from organizer.ui import icons, theme

_TONES = {"primary": "on_accent", "danger": "danger", "flat": "accent"}


def button(
    text: str,
    slot: Callable[[], object] | None = None,
    *,
    icon: str = "",
    kind: str = "default",
    tip: str = "",
) -> QPushButton:
    """A button with a word. `kind` is "default", "primary" (the page's first deed), "danger" or "flat".

    In a dialog the primary button is the one that Enter in a field presses.
    """
    made = _WordButton(text)
    made.setProperty("kind", kind)
    made.setToolTip(tip)
    made.setAutoDefault(True)  # this is what makes Enter press it
    if icon:
        icons.show_on(made, icon, _TONES.get(kind, "text"))
        made.setIconSize(_icon_size())
    if slot:
        made.clicked.connect(lambda: slot())
    return made


def icon_button(icon: str, name: str, slot: Callable[[], object] | None = None) -> QToolButton:
    """A button with a picture only; `name` is its tool tip and what a screen reader says."""
    made = ToolButton()
    icons.show_on(made, icon)
    made.setIconSize(_icon_size())
    made.setToolTip(name)
    made.setAccessibleName(name)
    if slot:
        made.clicked.connect(lambda: slot())
    return made


class ToolButton(QToolButton):
    """A button that Enter presses too; Qt's own knows only Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter clicks."""
        from PySide6.QtCore import Qt  # here: the first picture must not wait for Qt's enums

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class _WordButton(QPushButton):
    """A button with a word."""

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: only now it surely stands in its dialog, which else would choose Cancel as the default."""
        super().showEvent(event)
        if self.property("kind") == "primary" and self.autoDefault() and isinstance(self.window(), QDialog):
            self.setDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter clicks, also where a dialog has taken away that Enter elsewhere presses it."""
        from PySide6.QtCore import Qt  # as above

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.autoDefault():
            self.click()
        else:
            super().keyPressEvent(event)


def _icon_size() -> QSize:
    size = theme.scaled(theme.ICON)
    return QSize(size, size)
