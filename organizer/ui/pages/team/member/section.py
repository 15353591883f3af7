"""One part of a member's page: a heading, and what belongs under it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.ui import theme
from organizer.ui.widgets.label import Label, Line


class Section(QWidget):
    """A hairline, a heading, with room beside it, and a column."""

    def __init__(self, title: str, *, line: bool = True) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        theme.margins(self.column, spacing=theme.S)
        self.title = Label(title, size="heading", wrap=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.S)
        self.head.addWidget(self.title, 1)
        if line:
            self.column.addWidget(Line())
        self.column.addLayout(self.head)
