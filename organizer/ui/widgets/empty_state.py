"""What a page shows while it has nothing to show: what it is for, and the first deed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from organizer.ui import icons, theme
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label

_WIDTH = 440
_ICON = 48
_BESIDE = 2


class EmptyState(QWidget):
    """Icon, title and a few words in the middle of a page, with buttons below."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        self._icon = icon
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = Label(title, size="title", wrap=True)
        self._text = Label(text, tone="muted", wrap=True)
        self._buttons = QHBoxLayout()
        theme.margins(self._buttons)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._arrange()
        theme.events().changed.connect(self._draw)
        self._draw()

    def add_button(
        self, text: str, slot: Callable[[], object], *, icon: str = "", primary: bool = False
    ) -> QPushButton:
        """Offer a deed; the first one should be `primary`."""
        made = button(text, slot, icon=icon, kind="primary" if primary else "default")
        self._buttons.insertWidget(self._buttons.count() - 1, made)
        if self._buttons.count() > _BESIDE + 2:  # the stretches at both ends count too
            self._buttons.setDirection(QBoxLayout.Direction.TopToBottom)
        return made

    def set_texts(self, title: str, text: str) -> None:
        """Say something else, such as that a search found nothing."""
        self._title.setText(title)
        self._text.setText(text)

    def _arrange(self) -> None:
        column = QWidget()
        column.setMaximumWidth(theme.scaled(_WIDTH))
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inner = QVBoxLayout(column)
        theme.margins(inner, theme.L, spacing=theme.M)
        for part in (self._picture, self._title, self._text):
            inner.addWidget(part)
        inner.addSpacing(theme.S)
        self._buttons.addStretch()
        self._buttons.insertStretch(0)
        inner.addLayout(self._buttons)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(column, 10)
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)

    def _draw(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, theme.scaled(_ICON), theme.accent()))
