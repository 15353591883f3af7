"""The outline's columns: which ones she sees, in which order, and how wide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QTreeView

from organizer.i18n import _
from organizer.services.team_columns import AT_FIRST, OF_CHANGES, Column
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.models.team_cells import COLUMNS, NAME, RANK
from organizer.ui.pages.team.tick_menu import TickMenu

_SAMPLES = {
    Column.NUMBER: "0000000",
    Column.PERSONAL: "00.000",
    Column.GROUP: "0.000.000",
    Column.JOINED: "00.00.0000",
    Column.BELOW: "00.000",
    Column.KIND: "Distributor",
    Column.HIGHEST_RANK: "Senior Manager",
    Column.LAST_ORDER: "00.00.0000",
    Column.PHONE: "+45 00 00 00 00",
    Column.EMAIL: "anna.holm@example.dk",
    Column.PERSONAL_CHANGE: "+00.000",
    Column.GROUP_CHANGE: "+000.000",
}
"""What decides how wide a column is, besides its title; names and ranks share what is left."""

_SHORTEST_NAME = 18
_RANK = 9, 20
"""How many letters the names have at least, and the ranks at least and at most."""

_SOON = 400
"""Milliseconds after the last drag of a header until it is told."""


class Columns(QObject):
    """Looks after the header of `tree`. `changed`: she has chosen, moved or widened a column."""

    changed = Signal()
    wanted = Signal()
    """Another column is shown, for which something may have to be read."""

    def __init__(self, tree: QTreeView, model: TeamModel) -> None:
        super().__init__(tree)
        self._tree, self._members = tree, model
        self._header = tree.header()
        self._by_hand: dict[Column, int] = {}
        self._chosen = set(AT_FIRST)
        self._busy = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.changed)
        self._header.setStretchLastSection(False)
        self._header.setSectionsMovable(True)
        self._header.setFirstSectionMovable(False)
        self._header.setToolTip(_("Click to sort, drag to move. A right click chooses the columns."))
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._show_menu)
        self._header.sectionResized.connect(self._on_resized)
        self._header.sectionMoved.connect(self._on_moved)
        self.menu = TickMenu(tree)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.show([(column, 0) for column in AT_FIRST])

    # which ones

    def show(self, columns: Sequence[tuple[Column, int]]) -> None:
        """Show these from left to right, each as wide as she made it (0: as wide as it needs)."""
        self._busy = True
        self._chosen = {column for column, _width in columns}
        self._by_hand = {column: width for column, width in columns if width}
        for place, (column, _width) in enumerate(columns):
            self._header.moveSection(self._header.visualIndex(COLUMNS.index(column)), place)
        self._busy = False
        self._show()

    def chosen(self) -> tuple[tuple[Column, int], ...]:
        """Those she has chosen, from left to right, with the widths that she gave them (0: none)."""
        order = [COLUMNS[self._header.logicalIndex(place)] for place in range(len(COLUMNS))]
        return tuple((column, self._by_hand.get(column, 0)) for column in order if column in self._chosen)

    def seen(self) -> set[Column]:
        """Those that are shown now: what she chose, without changes while nothing is compared."""
        return self._chosen if self._is_compared() else self._chosen - OF_CHANGES

    def _is_compared(self) -> bool:
        return self._members.view is not None and self._members.view.changes is not None

    def choose(self, column: Column, shown: bool) -> None:
        """Show or hide a column."""
        (self._chosen.add if shown else self._chosen.discard)(column)
        self._show()
        self.wanted.emit()
        self.changed.emit()

    def tell(self) -> None:
        """What she has dragged a moment ago is told now."""
        if self._soon.isActive():
            self._soon.stop()
            self.changed.emit()

    def renew(self) -> None:
        """The team, or whether it is compared, is another."""
        self._show()

    def _show(self) -> None:
        seen = self.seen()
        self._busy = True
        for place, column in enumerate(COLUMNS):
            self._header.setSectionHidden(place, column not in seen)
        self._busy = False
        self.fit()

    # the menu

    def fill_menu(self) -> None:
        """Offer all columns, the ways to sort, and to let it be as at first."""
        self.menu.clear()
        titles = self._members.titles()
        for place, column in enumerate(COLUMNS):
            if column is Column.NAME or place >= len(titles):
                continue
            action = self.menu.addAction(titles[place].replace("&", "&&"))
            action.setCheckable(True)
            if column in OF_CHANGES and not self._is_compared():
                action.setText(_("{column} (while comparing)").format(column=action.text()))
                action.setEnabled(False)
            else:
                action.setChecked(column in self._chosen)
            action.toggled.connect(partial(self.choose, column))
        self.menu.addSeparator()
        self.menu.addMenu(self._sort_menu(titles))
        self.menu.addMenu(self._move_menu(titles))
        self.menu.addAction(_("As at &first"), self._as_at_first)

    def _sort_menu(self, titles: Sequence[str]) -> QMenu:
        menu = QMenu(_("&Sort by"), self.menu)
        for place, column in enumerate(COLUMNS):
            if column in self.seen() and place < len(titles):
                action = menu.addAction(titles[place].replace("&", "&&"), partial(self._sort, place))
                action.setCheckable(True)
                action.setChecked(place == self._header.sortIndicatorSection())
        menu.addSeparator()
        menu.addAction(_("The other way &round"), lambda: self._sort(self._header.sortIndicatorSection()))
        return menu

    def _move_menu(self, titles: Sequence[str]) -> QMenu:
        """A menu for each column that can be moved: what dragging its title does, by keyboard."""
        menu = QMenu(_("&Move"), self.menu)
        order = [column for column, _width in self.chosen() if column in self.seen()][1:]
        for place, column in enumerate(order):
            one = menu.addMenu(titles[COLUMNS.index(column)].replace("&", "&&"))
            for word, other in ((_("To the &left"), place - 1), (_("To the &right"), place + 1)):
                inside = 0 <= other < len(order)
                beside = order[other] if inside else column
                one.addAction(word, partial(self.move, column, beside)).setEnabled(inside)
        return menu

    def move(self, column: Column, beside: Column) -> None:
        """Let a column take the place of another, which makes room."""
        visual = self._header.visualIndex
        self._header.moveSection(visual(COLUMNS.index(column)), visual(COLUMNS.index(beside)))
        self.tell()

    def _sort(self, place: int) -> None:
        same = place == self._header.sortIndicatorSection()
        down = same and self._header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        self._tree.sortByColumn(place, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def _as_at_first(self) -> None:
        self.show([(column, 0) for column in AT_FIRST])
        self.wanted.emit()
        self.changed.emit()

    def _show_menu(self, place: QPoint) -> None:
        self.menu.popup(self._header.mapToGlobal(place))

    # how wide

    def fit(self) -> None:
        """Fit the columns to their titles, which follow the company's plan, and to what usually stands in them."""
        measure = self._tree.fontMetrics().horizontalAdvance
        self._busy = True
        for place, column in enumerate(COLUMNS):
            if place not in (NAME, RANK):
                title = str(self._members.headerData(place, Qt.Orientation.Horizontal) or "")
                needed = max(measure(_SAMPLES.get(column, "")), measure(title)) + theme.XL
                self._tree.setColumnWidth(place, self._by_hand.get(column) or needed)
        self._busy = False
        self.fill()

    def fill(self) -> None:
        """Let names and ranks take what the other columns leave."""
        letter = self._tree.fontMetrics().averageCharWidth()
        others = [place for place in range(len(COLUMNS)) if place not in (NAME, RANK)]
        room = self._tree.viewport().width() - sum(self._tree.columnWidth(place) for place in others)
        rank = self._by_hand.get(Column.RANK) or min(max(room // 3, _RANK[0] * letter), _RANK[1] * letter)
        if self._header.isSectionHidden(RANK):
            rank = 0
        self._busy = True
        if rank:
            self._tree.setColumnWidth(RANK, rank)
        self._tree.setColumnWidth(
            NAME, self._by_hand.get(Column.NAME) or max(room - rank, _SHORTEST_NAME * letter)
        )
        self._busy = False

    def make_room(self, depth: int) -> None:
        """Let the names of those `depth` levels down be read."""
        least = self._tree.fontMetrics().averageCharWidth() * _SHORTEST_NAME
        least += (depth + 1) * self._tree.indentation()
        if Column.NAME not in self._by_hand and self._tree.columnWidth(NAME) < least:
            self._busy = True
            self._tree.setColumnWidth(NAME, least)
            self._busy = False

    def _on_resized(self, place: int, _old: int, new: int) -> None:
        if not self._busy and new:
            self._by_hand[COLUMNS[place]] = new
            self._soon.start()

    def _on_moved(self) -> None:
        if not self._busy:
            self._soon.start()
