"""How large a window may be on the screen it stands on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from organizer.ui import theme

_FRAME = 40
"""What a window's own frame takes of the height, in pixels."""


def within(window: QWidget, size: QSize) -> QSize:
    """The size, or as much of it as the screen has room for."""
    return size.boundedTo(window.screen().availableGeometry().size() - QSize(0, theme.scaled(_FRAME)))


def fit(window: QWidget, width: int, height: int) -> None:
    """Make a window so large, in pixels at the usual text size; larger with larger text, while there is room."""
    window.resize(within(window, QSize(theme.scaled(width), theme.scaled(height))))
