"""The field over the window and the list below it. Nothing that was searched for is stored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import search
from organizer.services.search_hits import Group, Hit, Hits, Kind
from organizer.ui import icons, theme
from organizer.ui.context import Context
from organizer.ui.dialogs.search_everywhere import words
from organizer.ui.dialogs.search_everywhere.lines import LinesModel, More, text_of
from organizer.ui.dialogs.search_everywhere.paint import LinePainter
from organizer.ui.widgets.label import Label

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow

_WIDTH, _HEIGHT = 660, 520
_TOP = 56
"""How far below the window's upper edge it stands, in pixels."""

_SECOND_LOOK = 150
"""Milliseconds after the last key until hits with a wrong letter are looked for."""

_PAGE = 6
_LONGEST = 200

_last: WeakKeyDictionary[Context, str] = WeakKeyDictionary()
"""What was looked for last in each open file; gone with it."""


class Field(QLineEdit):
    """Where she types: the keys that move in the list go there."""

    moved = Signal(int)
    entered = Signal(bool)
    """Enter: go there; True with Ctrl, to stay open."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down and the page keys move; Enter goes."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_PAGE, Qt.Key.Key_PageDown: _PAGE}
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)


class HitList(QListView):
    """What was found; Enter goes there too when the list has the keyboard."""

    entered = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to what is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)


class Palette(QDialog):
    """Finds while she types; Enter jumps, Esc closes. A click elsewhere, or a locked window, closes it too."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._context, self._window = context, window
        self._only: Group | None = None
        self._hits: Hits | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Search everywhere"))
        self._build()
        self._again = QTimer(self, singleShot=True, interval=_SECOND_LOOK)
        self._again.timeout.connect(self._look_again)
        self._connect()
        self._place()
        self.field.setText(_last.get(context, ""))
        self.field.selectAll()
        self._search()

    # --- looks

    def _build(self) -> None:
        self.field = Field()
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText(_("Search everywhere"))
        self.field.setAccessibleName(_("Search everywhere"))
        self.field.setFont(theme.font("heading"))
        self.field.setClearButtonEnabled(True)
        icon = self.field.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        icon.setEnabled(True)
        self.model = LinesModel(self)
        self.list = HitList()
        self.list.setAccessibleName(_("What was found"))
        self.list.setModel(self.model)
        self._painter = LinePainter(self.model)
        self.list.setItemDelegate(self._painter)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.said = Label(tone="muted", wrap=True)
        self.keys = Label(words.keys(), size="small", tone="muted")
        self.near = Label(words.near(), size="small", tone="amber", wrap=True)
        frame = QFrame(self)
        frame.setProperty("card", True)
        around = QHBoxLayout(self)
        theme.margins(around)
        around.addWidget(frame)
        layout = QVBoxLayout(frame)
        theme.margins(layout, theme.M, spacing=theme.S)
        layout.addWidget(self.field)
        layout.addWidget(self.near)
        layout.addWidget(self.said, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.keys)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_text)
        self.field.moved.connect(self.move_by)
        for source in (self.field, self.list):
            source.entered.connect(lambda stay: self.go(stay=stay))
        self.list.clicked.connect(lambda _index: self.go())
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._context.changed.connect(self._search)
        theme.events().changed.connect(self.list.viewport().update)

    def _place(self) -> None:
        """In the middle above, as large as the window has room for."""
        area = self._window.rect()
        room = area.size() - QSize(2 * theme.L, _TOP + theme.L)
        self.resize(QSize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT)).boundedTo(room))
        corner = self._window.mapToGlobal(area.topLeft())
        self.move(corner.x() + (area.width() - self.width()) // 2, corner.y() + _TOP)

    # --- finding

    def _on_text(self, text: str) -> None:
        self._only = None
        _last[self._context] = text
        self._search()

    def _search(self, *_touched: object) -> None:
        """Look for what is written, at once; for wrong letters when the keys rest."""
        limit = search.MOST if self._only else search.LIMIT
        self._show(partial(search.find, self._context.file, self.field.text(), limit, only=self._only))
        if self._hits and self._only is None and search.worth_a_second_look(self._hits):
            self._again.start()
        else:
            self._again.stop()

    def _look_again(self) -> None:
        if self._hits:
            self._show(partial(search.second_look, self._context.file, self._hits), settled=True)

    def _show(self, ask: partial[Hits], *, settled: bool = False) -> None:
        line = self.model.line(self.list.currentIndex().row()) if settled else None
        try:
            self._hits = ask()
        except Refusal as refusal:
            self._again.stop()
            self.close()
            self._context.warn(refusal)
            return
        self.model.show(self._hits, self._only)
        row = self.model.row_of(line.kind, line.id) if isinstance(line, Hit) else -1
        self._choose(row if row >= 0 else self.model.next(-1, 1))
        waits = not settled and search.worth_a_second_look(self._hits)
        self.said.setText(words.said(self._context.file, self._hits, waits))
        self.said.setVisible(not self._hits.count)
        self.near.setVisible(self._hits.near and self._hits.count > 0)
        self.list.setVisible(self._hits.count > 0)

    # --- choosing and going

    def move_by(self, steps: int) -> None:
        """Choose the hit so many further down."""
        self._choose(self.model.next(self.list.currentIndex().row(), steps))

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())
        if row == 1:
            self.list.scrollToTop()  # the heading above the first hit too

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = self.model.line(index.row())
        self.field.setAccessibleDescription(text_of(line) if line else "")

    def go(self, *, stay: bool = False) -> None:
        """Jump to what is chosen, or show more of its group."""
        line = self.model.line(self.list.currentIndex().row())
        if isinstance(line, More):
            self._only = line.group
            self._search()
            self.field.setFocus()
        elif isinstance(line, Hit):
            if not stay:
                self.close()
            self._jump(line)

    def _jump(self, hit: Hit) -> None:
        if hit.page == "products" and (company := search.company_of(self._context.file, hit.target)):
            self._context.choose_company(company)
        self._window.go_to(hit.page, hit.target)
        if hit.kind is Kind.ENTRY and hit.page == "contacts":
            from organizer.ui.pages.contacts.page import ContactsPage

            page = self._window.page()
            if isinstance(page, ContactsPage):
                page.show_entry(hit.id)

    # --- going away

    def reject(self) -> None:
        """Esc: back from more of one group to all; else close."""
        if self._only:
            self._only = None
            self._search()
        else:
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: close when she goes on elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            QTimer.singleShot(0, self, self._close_if_left)

    def _close_if_left(self) -> None:
        if not self.isActiveWindow():
            self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's: put away by a locked window it doesn't come back."""
        super().hideEvent(event)
        self._again.stop()
        self.model.show(None)
        if self._window.locked:
            self.deleteLater()


def open_search(window: MainWindow) -> Palette | None:
    """Search everywhere, over the window; nothing where no file is open, or while it is locked."""
    if window.context is None or window.locked:
        return None
    if window.page():
        window.page().leave()  # type: ignore[union-attr]  # what is typed shall be found too
    palette = Palette(window.context, window)
    palette.show()
    palette.activateWindow()
    palette.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return palette
