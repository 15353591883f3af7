"""The tree of components and lines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeView

from organizer.i18n import _
from organizer.services.earnings import Estimate
from organizer.ui.models.statement import (
    AMOUNT,
    DIFFERENCE,
    LEVEL,
    NOW,
    RATE,
    VOLUME,
    WHO,
    Entry,
    StatementModel,
)

_SHORTEST_NAME, _SHORTER_NAME = 24, 14
"""How many letters of a name are always seen, with its place in the tree; fewer beside a comparison's columns."""

_MEASURED, _MEASURED_AT_EACH_KEY = 1000, 100
"""So many rows tell how wide a column must be."""

_MANY = 2000
"""A bonus of more lines than this is closed again at each key of a what-if: a tree of rows can't keep up."""


class LinesView(QTreeView):
    """Tells which row is chosen: `chosen(estimate, entry)`."""

    chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._estimate: Estimate | None = None
        self._compares = False
        self._model = StatementModel(self)
        self.setModel(self._model)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAccessibleName(_("What the estimate is made of"))
        self.setAllColumnsShowFocus(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_estimate(self, estimate: Estimate | None, zeros: bool, before: Estimate | None = None) -> None:
        """Show another statement with its bonuses open.

        Beside `before`, as in a what-if, it is made anew at each key: only what is open stays so.
        """
        again = self._compares and before is not None
        chosen, opened = self._chosen(), self._opened() if again else []
        self._estimate, self._compares = estimate, before is not None
        self._model.show(estimate, zeros, before)
        if before is None:
            self.expandToDepth(0)
        for row in opened:
            if self._model.lines_of(row) <= _MANY:
                self.expand(self._model.index(row, 0))
        if again:
            self._choose(chosen)
        self.header().setResizeContentsPrecision(_MEASURED if before is None else _MEASURED_AT_EACH_KEY)
        for column in self._figures():
            least = self.columnWidth(column) if again else 0
            self.resizeColumnToContents(column)
            # at each key the columns may widen, and nothing jumps back
            self.setColumnWidth(column, max(least, self.columnWidth(column)))
        self._fill()

    def _chosen(self) -> tuple[int, int]:
        """Which row is chosen: its bonus's place and its own below it, -1 for none."""
        index = self.currentIndex()
        if not index.isValid():
            return -1, -1
        above = index.parent()
        return (above.row(), index.row()) if above.isValid() else (index.row(), -1)

    def _choose(self, row: tuple[int, int]) -> None:
        top = self._model.index(row[0], 0) if row[0] >= 0 else QModelIndex()
        index = self._model.index(row[1], 0, top) if row[1] >= 0 and self.isExpanded(top) else top
        if index.isValid():
            self.setCurrentIndex(index)

    def _opened(self) -> list[int]:
        """The places of the bonuses whose lines are shown."""
        rows = range(self._model.rowCount())
        tops = [(row, self._model.index(row, 0)) for row in rows]
        return [row for row, top in tops if self._model.hasChildren(top) and self.isExpanded(top)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the names take the width that the figures leave; where that is too little the tree scrolls."""
        super().resizeEvent(event)
        self._fill()

    def _figures(self) -> tuple[int, ...]:
        columns = (LEVEL, VOLUME, RATE, AMOUNT)
        return (*columns, NOW, DIFFERENCE) if self._compares else columns

    def _fill(self) -> None:
        figures = sum(self.columnWidth(column) for column in self._figures())
        letters = _SHORTER_NAME if self._compares else _SHORTEST_NAME
        least = self.fontMetrics().averageCharWidth() * letters
        self.setColumnWidth(WHO, max(self.viewport().width() - figures, least))

    def entry(self) -> Entry:
        """What the chosen row is about."""
        return self._model.entry(self.currentIndex())

    def _tell(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.chosen.emit(self._estimate, self._model.entry(index))
