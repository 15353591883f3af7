"""A band across the page while it shows something else than the present estimate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from organizer.ui import theme
from organizer.ui.widgets.label import Label


class Banner(QFrame):
    """Says what the page shows now, with the ways on at its end."""

    def __init__(self, ways: Sequence[QPushButton]) -> None:
        super().__init__()
        theme.set_style(self, notice=True)
        self.text = Label(wrap=True, bold=True)
        row = QHBoxLayout(self)
        theme.margins(row, theme.M, theme.S, spacing=theme.M)
        row.addWidget(self.text, 1)
        for way in ways:
            row.addWidget(way)
        self.hide()

    def say(self, text: str) -> None:
        """Show `text`; nothing at all where it is empty."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
