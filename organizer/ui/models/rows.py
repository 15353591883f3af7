"""A flat list that a search narrows at each key: plain rows, filtered and sorted as lists, never by a proxy."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from organizer.domain.contact import fold, spellings

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Row(Protocol):
    """What a line needs: an id, and the folded text that a search looks in."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def search(self) -> str: ...  # noqa: D102


R = TypeVar("R", bound=Row)


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows in the order given, or by a column; `search` leaves those that hold all its words.

    A subclass says what its columns are called and show. Nothing here reads the file.
    """

    numeric: ClassVar[frozenset[int]] = frozenset()
    """The columns of figures: right-aligned."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: Sequence[R] = ()
        self.total = 0
        self._given: Sequence[R] = ()
        self._all: Sequence[R] = ()
        self._places: dict[int, int] = {}
        self._words: list[str] = []
        self._only: frozenset[int] | None = None
        self._column, self._descending = 0, False

    def headings(self) -> Sequence[str]:
        """The columns' names in the language spoken now."""
        raise NotImplementedError

    def cell(self, row: R, column: int) -> str:
        """What a column shows of a row."""
        raise NotImplementedError

    def key(self, row: R, column: int) -> Any:
        """What a column sorts by."""
        return fold(self.cell(row, column))

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; search and sorting stay."""
        self._given, self.total = rows, len(rows)
        self._arrange()

    def put(self, row: R, key: Callable[[R], Any]) -> None:
        """Show one row changed or new, `key` being what the given rows are sorted by."""
        rows = [other for other in self._given if other.id != row.id]
        insort(rows, row, key=key)
        self.set_rows(rows)

    def set_only(self, ids: frozenset[int] | None) -> None:
        """Show only the rows with these ids, None for all of them; search and sorting stay."""
        if ids != self._only:
            self._only = ids
            self._arrange()

    @property
    def is_narrowed(self) -> bool:
        """Whether only some ids are shown, whatever is searched for."""
        return self._only is not None

    def search(self, text: str) -> None:
        """Leave the rows in which every word of `text` occurs; case and accents don't matter."""
        words = fold(text).split()
        if words == self._words:
            return
        # after an aa may stand what was no hit of its one a
        narrower = all(any(old in new and len(spellings(new)) == 1 for new in words) for old in self._words)
        # what an old word has left need not be asked of it again
        fresh = [word for word in words if word not in self._words] if narrower else words
        self._words = words
        self._show(_holding(self.shown if narrower else self._all, fresh))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; the first one upwards is the order in which the rows were given."""
        wanted = (column, order == Qt.SortOrder.DescendingOrder)
        if wanted != (self._column, self._descending):
            self._column, self._descending = wanted
            self._arrange()

    def place(self, id_: int) -> int:
        """The line on which the row with this id is shown, -1 when it isn't."""
        place = self._places.get(id_)
        if place is None:
            return -1
        line = bisect_left(self.shown, place, key=lambda row: self._places[row.id])
        return line if line < len(self.shown) and self.shown[line].id == id_ else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows are left by the search."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.headings())

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The cell's text, and figures to the right."""
        if role == _DISPLAY and index.isValid():
            return self.cell(self.shown[index.row()], index.column())
        if role == _ALIGN:
            return _RIGHT if index.column() in self.numeric else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self.headings()[section]
        if orientation == Qt.Orientation.Horizontal and role == _ALIGN:
            return _RIGHT if section in self.numeric else _LEFT
        return None

    def _arrange(self) -> None:
        rows, only = self._given, self._only
        if only is not None:
            rows = [row for row in rows if row.id in only]
        if self._column or self._descending:
            column = self._column
            if column:
                rows = sorted(rows, key=lambda row: self.key(row, column), reverse=self._descending)
            else:
                rows = rows[::-1]
        self._all = rows
        self._places = {row.id: place for place, row in enumerate(rows)}
        self._show(_holding(rows, self._words))

    def _show(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self.shown = rows
        self.endResetModel()


def _holding(rows: Sequence[R], words: Sequence[str]) -> Sequence[R]:
    # the longest word first: it leaves the fewest rows to look through
    for word in sorted(words, key=len, reverse=True):
        first, *others = spellings(word)
        if others:
            rows = [row for row in rows if first in row.search or others[0] in row.search]
        else:
            rows = [row for row in rows if first in row.search]
    return rows
