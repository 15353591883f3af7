"""The lines of a person's story as a list, with a heading before each month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from organizer.domain.timeline import Entry
from organizer.i18n import format_month
from organizer.services.contact_page import Line
from organizer.ui.pages.contacts.story_words import body_of, head_of

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class LinesModel(QAbstractListModel):
    """Rows are lines of the story, and the names of months as plain texts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Line | str] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, the newest first."""
        rows: list[Line | str] = []
        month = (0, 0)
        for line in lines:
            if (line.day.year, line.day.month) != month:
                month = line.day.year, line.day.month
                rows.append(format_month(*month))
            rows.append(line)
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line in a row, None where it is a month's name or nothing."""
        found = self.rows[row] if 0 <= row < len(self.rows) else ""
        return None if isinstance(found, str) else found

    def entry(self, row: int) -> Entry | None:
        """The entry in a row, None where the line is something else."""
        line = self.line(row)
        return line.of if line and isinstance(line.of, Entry) else None

    def row_of(self, entry_id: int) -> int:
        """The row of an entry, -1 where it isn't shown."""
        rows = range(len(self.rows))
        return next((row for row in rows if (one := self.entry(row)) and one.id == entry_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines and months."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a screen reader says of a line; the picture of it is painted."""
        if role not in (_DISPLAY, _SPOKEN) or not index.isValid():
            return None
        row = self.rows[index.row()]
        return row if isinstance(row, str) else "\n".join(filter(None, (head_of(row), body_of(row))))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Months can't be chosen."""
        if self.line(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
