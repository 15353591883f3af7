"""Rows of a contact file as lines to take or to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from organizer.i18n import _, format_number
from organizer.services.contact_import import NEW_PERSON, Candidate, ContactLine
from organizer.ui.dialogs.contact_import.chosen import Chosen
from organizer.ui.widgets.messages import spoken

Index = QModelIndex | QPersistentModelIndex
ROW, WHO, DETAILS = range(3)


class RowsModel(QAbstractTableModel):
    """A check says that the row goes in."""

    def __init__(self, lines: Sequence[ContactLine], chosen: Chosen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines, self._chosen = lines, chosen
        chosen.changed.connect(self._on_changed)

    def headings(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return _("Row"), _("Who"), _("What happens")

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt's."""
        return 0 if parent and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Qt's."""
        return 0 if parent and parent.isValid() else len(self.headings())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: the first column has a check."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == ROW else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt's."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings()[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == ROW:
            left = line.place in self._chosen.left
            return Qt.CheckState.Unchecked if left else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (self.text(line, WHO), self.text(line, DETAILS))))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's: a check is set or taken away."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        taken = Qt.CheckState(value) == Qt.CheckState.Checked
        self._chosen.set_taken([self.lines[index.row()].place], taken)
        return True

    def toggle(self, rows: Sequence[int]) -> None:
        """Leave these rows out; take them where all are out already."""
        places = [self.lines[row].place for row in rows]
        self._chosen.set_taken(places, taken=all(place in self._chosen.left for place in places))

    def text(self, line: ContactLine, column: int) -> str:
        """What stands in a cell."""
        if column == ROW:
            return format_number(line.row)
        if column == WHO:
            return line.subject
        if line.place in self._chosen.left:
            return _("Stays out")
        said = [_who(line, self._chosen.people.get(line.place))] if line.candidates else []
        return "; ".join([*said, *(spoken(detail) for detail in line.details)]) or ", ".join(line.facts)

    def _on_changed(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, DETAILS))


def called(candidate: Candidate) -> str:
    """The name, and the row of one who stands in the file before."""
    if not candidate.row:
        return candidate.name
    return _("{name} in row {row}").format(name=candidate.name, row=format_number(candidate.row))


def _who(line: ContactLine, asked: int | None) -> str:
    if asked is None:
        first = line.candidates[0]
        reasons = ", ".join(spoken(reason) for reason in first.reasons)
        return _("may be {name} ({reasons})").format(name=called(first), reasons=reasons)
    if asked == NEW_PERSON:
        return _("a new person")
    name = next((called(one) for one in line.candidates if one.id == asked), "")
    return _("is {name}").format(name=name)
