"""A few rows of plain text, as high as they are, that can be chosen from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from organizer.ui import theme

_ROW = 26
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SmallTable(QTableWidget):
    """The column `wide` takes the room; `figures` stand to the right. `picked(row)` follows a click or Enter."""

    picked = Signal(int)

    def __init__(
        self, name: str, titles: Sequence[str], figures: Sequence[int], *, wide: int = 0, most: int = 8
    ) -> None:
        super().__init__(0, len(titles))
        self._figures, self._wide, self._most = figures, wide, most
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(_ROW))
        self.set_titles(titles)
        self.cellClicked.connect(lambda row, _column: self.picked.emit(row))

    def set_titles(self, titles: Sequence[str]) -> None:
        """Call the columns otherwise."""
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column in self._figures else _LEFT)
            self.setHorizontalHeaderItem(column, item)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.scaled(_ROW))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these texts, as many in a row as there are columns."""
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_RIGHT if column in self._figures else _LEFT)
                self.setItem(row, column, item)
        self.clearSelection()
        height = self.horizontalHeader().sizeHint().height() + min(len(rows), self._most) * theme.scaled(_ROW)
        self.setFixedHeight(height + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter picks; the arrows at either end go on scrolling the page, not this."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.picked.emit(self.currentRow())
        else:
            super().keyPressEvent(event)
