"""The left side of a page: search, list and count. Typing filters at once; what is chosen stays chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from organizer.i18n import _, format_number
from organizer.ui import theme
from organizer.ui.models.rows import Row, RowsModel
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.search_field import SearchField

R = TypeVar("R", bound=Row)

_SETTLE = 250
"""Milliseconds after the last key of a search until its first hit is shown whole."""


class ListTable(QTableView):
    """A list of lines: Enter and F2 go on to the chosen thing, Delete asks to delete the selected ones."""

    edit_asked = Signal()
    delete_asked = Signal()
    left_upwards = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(1)
        lines.setDefaultSectionSize(self.fontMetrics().height() + theme.M)
        lines.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that leave the list or act on what is selected."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)


class ListPane(QWidget, Generic[R]):
    """Search above, lines, and below how many there are. Knows its lines by their ids."""

    chosen = Signal(int)
    """Another line is the one to look at: its id, 0 for none."""

    all_asked = Signal()
    """Whatever hides lines gives way: somebody is to be shown."""

    def __init__(self, model: RowsModel[R], name: str, search: str, count: Callable[[int], str]) -> None:
        super().__init__()
        self.model = model
        self._count_text = count
        self._chosen = 0
        self._moving = False
        self.search = SearchField(search, search)
        self.table = ListTable(name)
        self.count = Label(size="small", tone="muted")
        self.above = QHBoxLayout()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._build()
        self._connect()

    def set_widths(self, *widths: int) -> None:
        """How wide the columns after the first are; the first takes what is left."""
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(widths, 1):
            head.resizeSection(column, max(theme.scaled(width), head.sectionSizeHint(column)))

    def set_rows(self, rows: Sequence[R], *, neighbour: bool = True) -> None:
        """Show other rows, keeping what is selected.

        With `neighbour`, a chosen row that is gone gives way to the one that stands in its place now.
        """
        place = self.model.place(self._chosen)
        self._change(lambda: self.model.set_rows(rows))
        if neighbour and place >= 0 and not self._chosen and self.model.shown:
            self.select(self.model.shown[min(place, len(self.model.shown) - 1)].id)

    def set_only(self, ids: frozenset[int] | None) -> None:
        """Show only the lines with these ids, None for all; search and selection go on among them."""
        self._change(lambda: self.model.set_only(ids))

    def put(self, row: R, key: Callable[[R], Any]) -> None:
        """Show one row changed or new, keeping what is selected; `key` is what the rows are sorted by."""
        self._change(lambda: self.model.put(row, key))

    def selected(self) -> list[int]:
        """The ids of the selected rows, from the top."""
        rows = (row for part in self._parts() for row in range(part.top(), part.bottom() + 1))
        return [self.model.shown[row].id for row in sorted(rows)]

    def current(self) -> int:
        """The id of the one row to look at, 0 for none."""
        selection, index = self._selection(), self.table.currentIndex()
        if index.isValid() and selection.isRowSelected(index.row()):
            return self.model.shown[index.row()].id
        return next(iter(self.selected()), 0)

    def select(self, id_: int) -> bool:
        """Select one row and bring it into view; False when the search hides it."""
        row = self.model.place(id_)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag
            # not selectRow: that adds to what is selected while Ctrl is held, as for a shortcut
            self._selection().setCurrentIndex(self.model.index(row, 0), flags.ClearAndSelect | flags.Rows)
            self.table.scrollTo(self.model.index(row, 0))
        return row >= 0

    def show_all(self) -> None:
        """Let every line be seen: nothing is searched for, and no list is left in the way."""
        self.search.clear()
        self.set_only(None)
        self.all_asked.emit()

    def nothing_text(self) -> str:
        """Why no line shows, where none does: nobody is on the list, or the search finds nothing."""
        if self.model.is_narrowed and not self.search.text():
            return _("There is nobody on this list now.")
        return _("Nothing matches. Esc in the search shows everything again.")

    def clear_selection(self) -> None:
        """Select nothing; nobody is told."""
        self._chosen = 0
        self._settle.stop()
        self._move(())

    def enter(self) -> None:
        """Go to the list, to its first row when none is chosen."""
        self._settle.stop()
        self.choose_first()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def choose_first(self) -> None:
        """Choose the first row where none is chosen."""
        if not self._chosen and self.model.shown:
            self.select(self.model.shown[0].id)

    def close_down(self) -> None:
        """Choose nothing by itself any more."""
        self._settle.stop()

    def _build(self) -> None:
        self.table.setModel(self.model)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        layout = QVBoxLayout(self)
        theme.margins(layout)
        layout.addWidget(self.search)
        layout.addLayout(self.above)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.count)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.down_pressed.connect(self.enter)
        self.search.returnPressed.connect(self.enter)
        self.table.left_upwards.connect(self.search.setFocus)
        self._settle.timeout.connect(self.choose_first)
        self._selection().selectionChanged.connect(self._on_selected)
        self._selection().currentRowChanged.connect(self._on_selected)
        # sorting resets the model: the selection is put back afterwards
        self.table.horizontalHeader().sortIndicatorChanged.disconnect()
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._on_sort)

    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        self._change(lambda: self.model.sort(column, order))

    def _on_search(self, text: str) -> None:
        self._change(lambda: self.model.search(text))
        self._settle.start()

    def _change(self, change: Callable[[], None]) -> None:
        """Change what the model shows and put the selection back onto the same things."""
        selected, current = self.selected(), self._chosen
        self._moving = True
        change()
        self._moving = False
        self._move(sorted(row for id_ in selected if (row := self.model.place(id_)) >= 0), current)
        self._on_selected()
        self._say_count()

    def _move(self, rows: Iterable[int], current: int = 0) -> None:
        self._moving = True
        selection = QItemSelection()
        last = self.model.columnCount() - 1
        for first, end in _runs(rows):
            selection.select(self.model.index(first, 0), self.model.index(end, last))
        self._selection().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = self.model.place(current) if current else -1
        index = self.model.index(row, 0)
        self._selection().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if index.isValid():
            self.table.scrollTo(index)
        self._moving = False

    def _on_selected(self, *_changes: object) -> None:
        if self._moving:
            return
        self._say_count()
        if (current := self.current()) != self._chosen:
            self._chosen = current
            self.chosen.emit(current)

    def _say_count(self) -> None:
        shown, total, selected = len(self.model.shown), self.model.total, self._selected_count()
        text = self._count_text(total)
        if shown < total:
            text = _("{shown} of {count}").format(shown=format_number(shown), count=text)
        if not shown and total:
            text = self.nothing_text()
        if selected > 1:
            text += " \N{MIDDLE DOT} " + _("{count} selected").format(count=format_number(selected))
        self.count.setText(text)

    def _selected_count(self) -> int:
        return sum(part.height() for part in self._parts())

    def _parts(self) -> list[QItemSelectionRange]:
        return self._selection().selection().toList()

    def _selection(self) -> QItemSelectionModel:
        return self.table.selectionModel()


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted rows as runs from first to last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
