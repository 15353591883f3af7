"""Buttons with icon, kind and accessible name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton

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
    """A button with a word. `kind` is "default", "primary" (the page's first deed), "danger" or "flat"."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setToolTip(tip)
    made.setAutoDefault(False)
    if icon:
        icons.show_on(made, icon, _TONES.get(kind, "text"))
        made.setIconSize(_icon_size())
    if slot:
        made.clicked.connect(lambda: slot())
    return made


def icon_button(icon: str, name: str, slot: Callable[[], object] | None = None) -> QToolButton:
    """A button with a picture only; `name` is its tool tip and what a screen reader says."""
    made = QToolButton()
    icons.show_on(made, icon)
    made.setIconSize(_icon_size())
    made.setToolTip(name)
    made.setAccessibleName(name)
    if slot:
        made.clicked.connect(lambda: slot())
    return made


def _icon_size() -> QSize:
    size = theme.scaled(theme.ICON)
    return QSize(size, size)
