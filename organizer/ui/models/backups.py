"""The backups of a file as a table; everything shown was read before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from organizer.i18n import _, format_size
from organizer.services.backups import Backup, Since
from organizer.ui import icons
from organizer.ui.widgets import backup_words as words

WHEN, WHY, SINCE, SIZE, VERIFIED, WHERE = range(6)

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class BackupsModel(QAbstractTableModel):
    """One row for each backup. Sorting sorts the list itself."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Backup] = []
        self._since: Mapping[Path, Since | None] = {}
        self._today = date.min
        self._sorted = (WHEN, Qt.SortOrder.DescendingOrder)

    def show(self, found: Sequence[Backup], since: Mapping[Path, Since | None], today: date) -> None:
        """Show other backups, in the order chosen before. `since` says for each path what came after it, None
        where that can't be told."""
        self.beginResetModel()
        self._rows, self._since, self._today = list(found), since, today
        self._order()
        self.endResetModel()

    def at(self, row: int) -> Backup | None:
        """The backup in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, path: Path) -> int:
        """The row of the backup at `path`, -1 when there is none."""
        return next((row for row, backup in enumerate(self._rows) if backup.path == path), -1)

    def since(self, backup: Backup) -> Since | None:
        """What came after a backup, None where that can't be told."""
        return self._since.get(backup.path)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's: order the rows by a column."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(index, self._rows[index.row()].path) for index in before]
        self._sorted = (column, order)
        self._order()
        for index, path in held:
            self.changePersistentIndex(index, self.index(self.row_of(path), index.column()))
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, order = self._sorted
        descending = order == Qt.SortOrder.DescendingOrder
        # newest first among equals
        self._rows.sort(key=lambda backup: backup.at, reverse=True)
        self._rows.sort(key=lambda backup: self._key(backup, column), reverse=descending)

    def _key(self, backup: Backup, column: int) -> Any:
        keys: dict[int, Callable[[], Any]] = {
            WHEN: lambda: backup.at,
            SINCE: lambda: getattr(self.since(backup), "deeds", 0),
            SIZE: lambda: backup.size,
        }
        return keys.get(column, lambda: self.text(backup, column).casefold())()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Qt's."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Qt's."""
        return 0 if parent is not None and parent.isValid() else WHERE + 1

    def text(self, backup: Backup, column: int) -> str:
        """What a cell says."""
        return {
            WHEN: lambda: words.when(backup.at, self._today),
            WHY: lambda: words.reason(backup),
            SINCE: lambda: words.changed(backup, self.since(backup)),
            SIZE: lambda: format_size(backup.size),
            VERIFIED: lambda: words.verified(backup, self._today),
            WHERE: lambda: _where(backup),
        }[column]()

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Qt's."""
        backup = self.at(index.row()) if index.isValid() else None
        if backup is None:
            return None
        if role == _Role.DisplayRole or (role == _Role.ToolTipRole and index.column() == SINCE):
            return self.text(backup, index.column())
        if role == _Role.DecorationRole:
            return _picture(backup, index.column())
        if role == _Role.TextAlignmentRole:
            return _side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Qt's."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= WHERE:
            return None
        if role == _Role.DisplayRole:
            return [_("When"), _("Why"), _("Changed since then"), _("Size"), _("Verified"), _("Where")][section]
        return _side(section) if role == _Role.TextAlignmentRole else None


def _where(backup: Backup) -> str:
    place = words.place(backup)
    return _("{place}, encrypted").format(place=place) if backup.encrypted else place


def _picture(backup: Backup, column: int) -> Any:
    if column == VERIFIED:
        if backup.verified:
            return icons.icon("shield-check", "accent")
        return icons.icon("triangle-alert", "danger" if words.damaged(backup) else "amber")
    return icons.icon("lock") if column == WHERE and backup.encrypted else None


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
