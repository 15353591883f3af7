"""The tree of components and lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeView

from organizer.i18n import _
from organizer.services.earnings import Estimate
from organizer.ui.models.statement import AMOUNT, LEVEL, RATE, VOLUME, WHO, StatementModel

_SHORTEST_NAME = 24
"""How many letters of a name are always seen, with its place in the tree."""


class LinesView(QTreeView):
    """Tells which line is chosen: `chosen(estimate, component, line)`, the line None on a component's own row."""

    chosen = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._estimate: Estimate | None = None
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

    def show_estimate(self, estimate: Estimate | None, zeros: bool) -> None:
        """Show another statement, its components open."""
        self._estimate = estimate
        self._model.show(estimate, zeros)
        self.expandToDepth(0)
        for column in (LEVEL, VOLUME, RATE, AMOUNT):
            self.resizeColumnToContents(column)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the names take the width that the figures leave; where that is too little the tree scrolls."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        figures = sum(self.columnWidth(column) for column in (LEVEL, VOLUME, RATE, AMOUNT))
        least = self.fontMetrics().averageCharWidth() * _SHORTEST_NAME
        self.setColumnWidth(WHO, max(self.viewport().width() - figures, least))

    def _tell(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.chosen.emit(self._estimate, self._model.component(index), self._model.line(index))
