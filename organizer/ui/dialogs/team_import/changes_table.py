"""The table of changes: Space takes or leaves what is selected, a doubtful one has a choice in its row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from organizer.i18n import _
from organizer.ui import icons, theme
from organizer.ui.dialogs.team_import.changes_model import DETAILS, ROW, WHAT, WHO, ChangesModel, Index
from organizer.ui.widgets.boxes import ComboBox

_LOOKED_AT = 200
_WIDEST = 280
_CHECK = 32


class ChangesTable(QTableView):
    """Reads like a list; nothing in it is typed."""

    def __init__(self, model: ChangesModel) -> None:
        super().__init__()
        self.changes = model
        self.setModel(model)
        self.setAccessibleName(_("What will change"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.SelectedClicked | triggers.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.M)
        self.horizontalHeader().setHighlightSections(False)
        # with the table's own the header would ask 100,000 rows whether their column is wholly selected
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.horizontalHeader().setStretchLastSection(True)
        self.setItemDelegateForColumn(DETAILS, _PersonDelegate(self))
        self.fit()

    def fit(self) -> None:
        """Give the columns the width of what stands in the first rows."""
        metrics, model = self.fontMetrics(), self.changes
        for column in (ROW, WHAT, WHO):
            texts = [model.headings()[column], *(model.cell(line, column) for line in model.shown[:_LOOKED_AT])]
            wide = max(map(metrics.horizontalAdvance, texts)) + 2 * theme.M
            self.setColumnWidth(column, min(wide, theme.scaled(_WIDEST)) + (_CHECK if column == ROW else 0))

    def selected_rows(self) -> list[int]:
        """The selected rows, however many: from the ranges, not one by one."""
        chosen = self.selectionModel().selection()
        ranges = (chosen.at(place) for place in range(chosen.count()))
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes or leaves the selected rows together; F2 and Alt+Down open the choice in the row."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Space:
            self.changes.toggle(self.selected_rows())
        elif (event.key() == Qt.Key.Key_F2 or alt_down) and self.currentIndex().isValid():
            self.choose_in(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def choose_in(self, row: int) -> None:
        """Open the choice of a doubtful row."""
        index = self.changes.index(row, DETAILS)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)


class _PersonDelegate(QStyledItemDelegate):
    """Who a doubtful one is: a list that opens in the row."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        """Qt's: an arrow shows that there is something to choose."""
        super().initStyleOption(option, index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            size = theme.scaled(theme.ICON_SMALL)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = QIcon(icons.pixmap("chevron-down", size, theme.accent()))
            option.decorationSize = QSize(size, size)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt's: the list, already open."""
        box = ComboBox()
        box.setParent(parent)
        box.setAccessibleName(_("Who is she?"))
        model = index.model()
        assert isinstance(model, ChangesModel)  # noqa: S101 - the table has no other
        for person, text in model.people(index.row()):
            box.addItem(text, person)
        box.activated.connect(lambda _place: self._chosen(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt's: whom she is taken for now."""
        model = index.model()
        if isinstance(editor, QComboBox) and isinstance(model, ChangesModel):
            editor.setCurrentIndex(editor.findData(model.person(index.row())))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt's: keep the choice."""
        if isinstance(editor, QComboBox) and isinstance(model, ChangesModel):
            person: Any = editor.currentData()
            if person is not None and person != model.person(index.row()):
                model.choose_person(index.row(), person)

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)
