"""A table with a spreadsheet's keys: type to replace, Enter down, Tab right, Delete, Ctrl+C, Ctrl+V, Ctrl+D."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from organizer.ui import theme
from organizer.ui.pages.team.figures.model import FIRST, FiguresModel

_Hint = QAbstractItemDelegate.EndEditHint
_Move = QAbstractItemView.CursorAction


class FiguresTable(QTableView):
    """The grid's table. What the keys ask for is told; the view does it."""

    cleared = Signal()
    copied = Signal()
    pasted = Signal()
    filled_down = Signal()
    left_upwards = Signal()

    def __init__(self, model: FiguresModel, name: str) -> None:
        super().__init__()
        self._model = model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(1)
        lines.setDefaultSectionSize(self.fontMetrics().height() + theme.M)
        lines.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: a spreadsheet's keys."""
        if self.state() == QAbstractItemView.State.EditingState:
            # the cell's own field has seen this key and passed it on
            super().keyPressEvent(event)
            return
        key, plain = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.filled_down.emit()
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_down(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Escape:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def closeEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Qt's: Enter goes on below, Tab beside; neither opens the next cell."""
        super().closeEditor(editor, _Hint.NoHint)
        if hint == _Hint.SubmitModelCache:
            self.step_down(1)
        elif hint in (_Hint.EditNextItem, _Hint.EditPreviousItem):
            move = _Move.MoveNext if hint == _Hint.EditNextItem else _Move.MovePrevious
            self.setCurrentIndex(self.moveCursor(move, Qt.KeyboardModifier.NoModifier))

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Qt's: Tab passes over what can't be written in."""
        if action not in (_Move.MoveNext, _Move.MovePrevious):
            return super().moveCursor(action, modifiers)
        step = 1 if action == _Move.MoveNext else -1
        width, at = self._model.columnCount(), self.currentIndex()
        place = at.row() * width + at.column() + step if at.isValid() else 0
        while 0 <= place < width * self._model.rowCount():
            index = self._model.index(place // width, place % width)
            if self._model.cell(index):
                return index
            place += step
        return at

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's name
        """Qt's: from the last cell, and back from the first one, Tab leaves the table."""
        move = _Move.MoveNext if next else _Move.MovePrevious
        to = self.moveCursor(move, Qt.KeyboardModifier.NoModifier)
        self.setTabKeyNavigation(to.isValid() and to != self.currentIndex())
        try:
            return super().focusNextPrevChild(next)
        finally:
            self.setTabKeyNavigation(True)

    def step_down(self, rows: int) -> None:
        """Go so many lines down, as far as there are any."""
        at = self.currentIndex()
        row = min(max(at.row() + rows, 0), self._model.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, max(at.column(), 0)))

    def fit(self) -> None:
        """Columns as wide as their titles and the first lines ask for."""
        self.resizeColumnsToContents()
        self.setColumnWidth(0, max(self.columnWidth(0), theme.scaled(220)))
        for column in range(FIRST, self._model.columnCount()):
            self.setColumnWidth(column, max(self.columnWidth(column) + theme.S, theme.scaled(88)))
