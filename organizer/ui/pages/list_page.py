"""A page that is a list on the left and the chosen thing, edited in place, on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.result import FieldRefusal, Refusal
from organizer.i18n import _
from organizer.services import files
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.rows import Row
from organizer.ui.pages.list_pane import ListPane
from organizer.ui.pages.page import Page
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.label import Label

if TYPE_CHECKING:
    from organizer.ui.pages.record_form import Record, RecordForm

R = TypeVar("R", bound=Row)
T = TypeVar("T", bound="Record")

_LIST_WIDTH = 410
_AFTER = 10  # milliseconds: what is painted reaches the screen before the form is made


class ListPage(Page, Generic[R, T]):
    """What Contacts and Products share. A subclass says what is read, shown, stored and deleted.

    Everything is saved at once, field by field. A new thing is an empty form until it is `ready`.
    """

    pane: ListPane[R]

    def __init__(
        self, context: Context, pane: ListPane[R], make_form: Callable[[], RecordForm[T]], empty: EmptyState
    ) -> None:
        super().__init__(context)
        self.pane, self.empty = pane, empty
        self._make_form = make_form
        self._form: RecordForm[T] | None = None
        self._first = 0  # whom the form shows when it is made
        self._form_soon = QTimer(self, singleShot=True, interval=_AFTER)
        self._form_soon.timeout.connect(self._bring_form)
        self._drafting = False
        self._own_deed = False
        self._saved: set[int] = set()
        self._gone: set[int] = set()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._content = self._make_content()
        self._stack.addWidget(self._content)
        self._later.timeout.connect(self._reload_after_own_deed)
        pane.chosen.connect(self._on_chosen)
        pane.search.textChanged.connect(self._show_side)
        pane.table.edit_asked.connect(lambda: self.form.focus_first())
        pane.table.delete_asked.connect(self.delete_items)
        self._stale = True  # read when first shown

    @property
    def form(self) -> RecordForm[T]:
        """The chosen thing, edited in place. It is made when it is first asked for, or once the list is painted.

        Raises Refusal when what is chosen can't be read.
        """
        if self._form is None:
            chosen = self.read(self._first) if self._first else None
            form = self._form = self._make_form()
            form.committed.connect(self._on_committed)
            self._side.insertWidget(0, form)
            if not self._stale:
                form.show_record(chosen or self.blank())
                self._show_side()
                # whoever asked may go to one of its fields at once
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return self._form

    def read_rows(self) -> Sequence[R]:
        """The rows of the list."""
        raise NotImplementedError

    def read(self, id_: int) -> T | None:
        """The thing with this id, None when it is gone."""
        raise NotImplementedError

    def blank(self) -> T:
        """An empty form's record, with id 0."""
        raise NotImplementedError

    def check(self, draft: T) -> None:
        """Raise FieldRefusal when something in a record that isn't `ready` can't be kept as it is."""
        raise NotImplementedError

    def ready(self, draft: T) -> bool:
        """True when a new record says enough to be kept."""
        raise NotImplementedError

    def store(self, record: T) -> int:
        """Add (id 0) or save a record; its id. Raises FieldRefusal."""
        raise NotImplementedError

    def remove(self, ids: Sequence[int]) -> str:
        """Delete things; what to answer."""
        raise NotImplementedError

    def update_rows(self, saved: Iterable[int]) -> None:
        """Show in the list what was just saved in the form, by its ids; here by reading the list anew."""
        self.pane.set_rows(self.read_rows(), neighbour=False)

    def head_choosers(self) -> Sequence[QWidget]:
        """What stands beside the page's title."""
        return ()

    def head_buttons(self) -> Sequence[QWidget]:
        """The deeds at the right of the page's head."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read list and form anew. After a field was saved only a moment later: a click may be under way."""
        self._stale = False
        if self._own_deed:
            self._later.start()
        else:
            self._reload()

    def show_item(self, id_: int) -> None:
        """Select the thing with this id, whatever is searched for or which list is shown."""
        self._catch_up()
        if not self.pane.select(id_):
            self.pane.show_all()
            self.pane.select(id_)
        self._bring_form()

    def shown_item(self) -> int:
        """The id of the thing in the form, 0 for a new one."""
        return self._form.record.id if self._form else self._first

    def find(self) -> None:  # type: ignore[override]  # the window's deed, not Qt's look-up by window id
        """Go to the search; where there is nothing to search in, to the first thing that can be done."""
        first = self.empty.findChild(QAbstractButton)
        if first is not None and self._stack.currentWidget() is self.empty:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.pane.search.start()

    def leave(self) -> bool:
        """Save what is typed; False for what can't be, and for something new that doesn't say enough yet."""
        if self._form is None:
            return True
        return self._form.commit() and not (self._drafting and self._form.record != self.blank())

    def forget(self) -> None:
        """Show what is stored in place of what couldn't be."""
        if self._form:
            self._form.forget()

    def close_down(self) -> None:
        """Read nothing any more."""
        self._later.stop()
        self._form_soon.stop()
        self.pane.table.viewport().removeEventFilter(self)
        self.pane.close_down()

    def new_item(self) -> None:
        """An empty form; it is kept once it says enough."""
        self._catch_up()
        self.leave()
        self.pane.show_all()
        self.pane.clear_selection()
        self._drafting = True
        self.form.show_record(self.blank())
        self._show_side()
        self.form.focus_first()

    def delete_items(self) -> None:
        """Delete what is selected in the list; Undo brings it back."""
        ids = self.pane.selected()
        answer = self.context.deed(lambda: self.remove(ids)) if ids else None
        if answer:
            self.context.answered.emit(answer, files.undoable(self.context.file) is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from the form back to the list."""
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape and focus and self._form and self._form.isAncestorOf(focus):
            self._leave_form()
        else:
            super().keyPressEvent(event)

    def _make_content(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        theme.margins(layout, theme.L, theme.M, spacing=theme.M)
        head = QHBoxLayout()
        head.addWidget(Label(self.title(), size="title"))
        for widget in self.head_choosers():
            head.addWidget(widget)
        head.addStretch(1)
        for widget in self.head_buttons():
            head.addWidget(widget)
        layout.addLayout(head)
        self._side = QStackedLayout()
        side = QWidget()
        side.setLayout(self._side)
        self._nobody = QWidget()
        self._side.addWidget(self._nobody)
        text = _("Nothing matches. Esc in the search shows everything again.")
        self._nothing = EmptyState("search", _("Nothing found"), text)
        self._side.addWidget(self._nothing)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.pane)
        self._splitter.addWidget(side)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([theme.scaled(_LIST_WIDTH), theme.scaled(2 * _LIST_WIDTH)])
        layout.addWidget(self._splitter, 1)
        return content

    def add_menu(self, *deeds: tuple[str, Any]) -> None:
        """The list's context menu: texts and what they do."""
        for text, slot in deeds:
            action = QAction(text, self.pane.table)
            action.triggered.connect(lambda _checked=False, do=slot: do())
            self.pane.table.addAction(action)

    def _catch_up(self) -> None:
        if self._stale:
            self.refresh()

    def _reload(self) -> None:
        self._later.stop()
        self._saved.clear()
        if self._form is None:
            self._load()
            return
        looked_at = self.form.record.id
        self.pane.set_rows(self.read_rows())
        if looked_at and self.read(looked_at) is None:
            self._gone.add(looked_at)
        id_ = self.form.record.id
        stored = self.read(id_) if id_ else None
        if stored is not None:
            self.form.show_record(stored)
        elif id_ or not self._drafting:
            # gone, or nothing was shown yet: what the list has chosen, else its first
            self._drafting = False
            self.form.show_record(self.read(self.pane.current()) or self.blank())
            if not self.pane.current():
                self.pane.choose_first()
        if not self._drafting:
            self._choose_returned()
        self._show_side()

    def _load(self) -> None:
        """Read the list for the first time: it is painted before the form is made."""
        self.pane.table.viewport().installEventFilter(self)
        self.pane.set_rows(self.read_rows())
        self.pane.choose_first()
        self._show_side()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the list is painted."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._form_soon.start()
        return False

    def _bring_form(self) -> None:
        try:
            self.form  # noqa: B018 - asking makes it
        except Refusal as refusal:
            self._stale, self.unread = True, refusal
            self.stayed_unread.emit()

    def _choose_returned(self) -> None:
        """Choose whoever was looked at when she was deleted and is there again, as after Undo."""
        back = next((id_ for id_ in self._gone if self.pane.model.place(id_) >= 0), 0)
        self._gone.discard(back)
        if back:
            self.pane.select(back)

    def _reload_after_own_deed(self) -> None:
        saved, self._saved = self._saved, set()
        self.update_rows(saved)
        if not self.pane.selected():
            self.pane.select(self.form.record.id)

    def _show_side(self) -> None:
        something = self._drafting or bool(self.shown_item())
        # whom the search hides can't be edited by mistake; without any hit there is nobody to show instead
        nothing = not self._drafting and bool(self.pane.model.total) and not self.pane.model.shown
        if nothing:
            self._nothing.set_texts(_("Nothing found"), self.pane.nothing_text())
        form = self._form if something else None
        self._side.setCurrentWidget(self._nothing if nothing else form or self._nobody)
        self._stack.setCurrentWidget(self._content if something or self.pane.model.total else self.empty)

    def _on_chosen(self, id_: int) -> None:
        # 0: a search hides what is shown; it stays until another one is chosen
        if self._form is None:
            self._first = id_ or self._first
            return
        if id_ and id_ != self.form.record.id and (record := self.read(id_)) is not None:
            self._drafting = False
            self.form.show_record(record)
            self._show_side()

    def _leave_form(self) -> None:
        self.form.commit()
        if self._drafting and self.form.record == self.blank():
            self._drafting = False
            self._reload()
        self.pane.enter()

    def _on_committed(self, key: str, after: T) -> None:
        before = self.form.record
        try:
            if after == before:
                self.form.accept(key)
            elif not before.id and not self.ready(after):
                self.check(after)
                self.form.record = after
                self.form.accept(key)
            else:
                self._store(key, after)
        except FieldRefusal as refusal:
            where = self.form.refuse(key, refusal)
            if where != key and not before.id:
                self.form.record = after

    def _store(self, key: str, after: T) -> None:
        text = _("{name} is saved.") if after.id else _("{name} is added.")
        name = self.form.named(after)
        self._own_deed = True
        try:
            id_ = self.context.deed(lambda: self.store(after), text.format(name=name))
        finally:
            self._own_deed = False
        if id_ is None:
            self.form.refuse_for_now(key)
            return
        self._saved.add(id_)
        self.form.accept(key)
        stored = self.read(id_)
        if stored is not None:
            self._drafting = False
            self.form.show_record(stored, same=True)
