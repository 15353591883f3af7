"""The list of contacts: name, town, phone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt

from organizer.domain.contact import sort_key
from organizer.i18n import _
from organizer.services.contacts import ContactRow
from organizer.ui import icons
from organizer.ui.models.rows import Index, RowsModel

NAME, CITY, PHONE = range(3)

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_PICTURE, _TIP, _SPOKEN = (
    int(role)
    for role in (
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
_MARKS = frozenset({_PICTURE, _TIP, _SPOKEN})


class ContactsModel(RowsModel[ContactRow]):
    """Everyone in Contacts; the rows come sorted by name, as Danes sort.

    Beside the names of those who said no to everything stands a mark.
    """

    def __init__(self) -> None:
        super().__init__()
        self._noes: set[int] = set()

    def set_noes(self, ids: set[int]) -> None:
        """Mark these people."""
        if ids != self._noes:
            self._noes = ids
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def headings(self) -> Sequence[str]:
        """Name, city, phone."""
        return _("Name"), _("City"), _("Phone")

    def cell(self, row: ContactRow, column: int) -> str:
        """The row's text in a column; the e-mail where there is no phone."""
        if column == NAME:
            return row.name
        return row.city if column == CITY else row.phone or row.email

    def key(self, row: ContactRow, column: int) -> Any:
        """Danish order; people without the text come last."""
        text = self.cell(row, column)
        return not text, sort_key(text)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The cell's text; the mark, and what it means."""
        if role in _MARKS and index.isValid() and index.column() == NAME:
            row = self.shown[index.row()]
            if row.id in self._noes:
                return _mark(role, row.name)
        return super().data(index, role)


def _mark(role: int, name: str) -> Any:
    said = _("Said no to everything that is sold or offered")
    if role == _SPOKEN:
        return f"{name}, {said}"
    return icons.icon("ban", "muted") if role == _PICTURE else f"<span>{escape(said)}</span>"
