"""A table to read, over plain rows: what an import would change, what a file holds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from organizer.i18n import format_number
from organizer.ui import theme

Cell = str | int | Decimal | None
_LOOKED_AT = 200
_WIDEST = 320
_NARROWEST = 64
_Index = QModelIndex | QPersistentModelIndex


class PreviewTable(QTableView):
    """Rows of text and numbers; numbers stand on the right, written in the user's language."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.M)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self._rows = _Rows((), (), ())
        self.setModel(self._rows)

    def set_rows(
        self,
        headers: Sequence[str],
        rows: Sequence[tuple[Cell, ...]],
        wide: int | None = None,
        figures: Sequence[int] = (),
    ) -> None:
        """Show other rows; each has one cell for each of the headers. `wide` is the column that gets the room that
        is left, the last one without it. `figures` are columns of figures that come as text, such as money."""
        old, self._rows = self._rows, _Rows(headers, rows, figures)
        self._rows.setParent(self)
        self.setModel(self._rows)
        old.deleteLater()
        self._fit()
        if wide is not None:
            self.horizontalHeader().setStretchLastSection(False)
            self.horizontalHeader().setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def _fit(self) -> None:
        metrics, header = self.fontMetrics(), self.horizontalHeader().fontMetrics()
        for column in range(self._rows.columnCount()):
            width = header.horizontalAdvance(self._rows.header(column))
            for row in range(min(self._rows.rowCount(), _LOOKED_AT)):
                width = max(width, metrics.horizontalAdvance(self._rows.text(row, column)))
            room = width + 2 * theme.M
            self.setColumnWidth(column, min(max(room, theme.scaled(_NARROWEST)), theme.scaled(_WIDEST)))


class _Rows(QAbstractTableModel):
    def __init__(self, headers: Sequence[str], rows: Sequence[tuple[Cell, ...]], figures: Sequence[int]) -> None:
        super().__init__()
        self._headers, self._rows = headers, rows
        self._numeric = [
            column in figures or any(isinstance(row[column], int | Decimal) for row in rows[:_LOOKED_AT])
            for column in range(len(headers))
        ]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headers)

    def text(self, row: int, column: int) -> str:
        cell = self._rows[row][column]
        if cell is None:
            return ""
        return cell if isinstance(cell, str) else format_number(cell)

    def header(self, column: int) -> str:
        return self._headers[column]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.text(index.row(), index.column()).split())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._headers):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headers[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._side(section)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._numeric[column] else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
