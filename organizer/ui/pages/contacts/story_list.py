"""The list of a person's story: chosen by arrow keys, own entries edited in place and deleted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from organizer.domain.timeline import Entry
from organizer.i18n import _
from organizer.services.contact_page import Line
from organizer.ui import theme
from organizer.ui.pages.contacts.story_editor import EntryEditor
from organizer.ui.pages.contacts.story_lines import LinesModel
from organizer.ui.pages.contacts.story_paint import LinePainter

_LEAST = 60

_AT_ONCE = 20
"""So many lines are laid out before the list is seen; the others a moment later."""


class StoryList(QListView):
    """`kept(Entry)` asks to store a changed entry, `removed(id)` to take one away; `left` goes upwards."""

    kept = Signal(object)
    removed = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = LinesModel(self)
        self.painter_of_lines = LinePainter(self.lines)
        self.editor: EntryEditor | None = None
        self.setAccessibleName(_("What happened"))
        self.setMinimumHeight(theme.scaled(_LEAST))
        self.setModel(self.lines)
        self.setItemDelegate(self.painter_of_lines)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.doubleClicked.connect(lambda index: self.edit_entry(index.row()))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._lay_out)

    def show_lines(self, lines: Sequence[Line], same: bool) -> None:
        """Show these lines. Of the `same` person the chosen one, the place and what is being edited stay."""
        row, place = self.currentIndex().row(), self.verticalScrollBar().value()
        if not same:
            self.stop_editing()
            self.setLayoutMode(QListView.LayoutMode.Batched)
        self.painter_of_lines.set_width(self.viewport().width())
        self.lines.show_lines(lines)
        if not same:
            self.scrollToTop()
            return
        self.verticalScrollBar().setValue(place)
        if row >= 0 and self.lines.rowCount():
            self._choose(min(row, self.lines.rowCount() - 1))

    def edit_entry(self, row: int) -> None:
        """Edit the entry in a row where it stands; lines that tell of something else can't be."""
        entry = self.lines.entry(row)
        if entry is None:
            return
        self.stop_editing()
        editor = self.editor = EntryEditor(entry, self.viewport())
        editor.kept.connect(self.kept)
        editor.cancelled.connect(self._cancel)
        self._place_editor()
        editor.show()
        editor.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().valueChanged.connect(self._place_editor)

    def go_to(self, entry_id: int) -> bool:
        """Choose an entry and bring it into view, with the keyboard on it; False where it isn't shown."""
        row = self.lines.row_of(entry_id)
        if row < 0:
            return False
        self.setLayoutMode(
            QListView.LayoutMode.SinglePass
        )  # where it stands is known once all above it is laid out
        self.doItemsLayout()
        self._choose(row)
        self.scrollTo(self.lines.index(row), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def stop_editing(self) -> None:
        """Take the editor away; what wasn't kept is gone."""
        if self.editor:
            self.verticalScrollBar().valueChanged.disconnect(self._place_editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    def remove_chosen(self) -> None:
        """Ask to take the chosen entry away."""
        if entry := self.lines.entry(self.currentIndex().row()):
            self.removed.emit(entry.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter and F2 edit, Delete takes away, Up from the first goes to the note."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_entry(row)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_chosen()
        elif event.key() == Qt.Key.Key_Up and row <= 1:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down and row < 0 and self.lines.rowCount() > 1:
            self._choose(1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: lay the lines out for the new width, once it stays."""
        super().resizeEvent(event)
        self._later.start()
        self._place_editor()

    def _lay_out(self) -> None:
        if self.painter_of_lines.set_width(self.viewport().width()):
            self.scheduleDelayedItemsLayout()

    def _choose(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.lines.index(row), flags)

    def _cancel(self) -> None:
        self.stop_editing()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_editor(self) -> None:
        if self.editor:
            row = self.lines.row_of(self.editor.entry_id())
            top = self.visualRect(self.lines.index(max(row, 0))).top()
            self.editor.setFixedWidth(self.viewport().width() - theme.S)
            self.editor.move(QPoint(theme.XS, max(0, top)))
            self.editor.adjustSize()

    def _show_menu(self, at: QPoint) -> None:
        row = self.indexAt(at).row()
        entry: Entry | None = self.lines.entry(row)
        if entry is None:
            return
        self._choose(row)
        menu = QMenu(self)
        for text, do in ((_("Change"), lambda: self.edit_entry(row)), (_("Delete"), self.remove_chosen)):
            action = QAction(text, menu)
            action.triggered.connect(lambda _checked=False, run=do: run())
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))
