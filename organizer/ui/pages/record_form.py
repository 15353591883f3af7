"""The right side of a page: one record edited in place. Each field is told of as soon as it is finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitLineEdit, CommitPlainText


class Record(Protocol):
    """What a form edits: any record with an id, 0 while it isn't stored."""

    @property
    def id(self) -> int: ...  # noqa: D102


T = TypeVar("T", bound=Record)

_TWO_COLUMNS = 620
"""From this width on the form's two halves stand side by side."""

_FEWEST_LINES, _MOST_LINES = 2, 10
"""How many lines of a note are seen at once."""


@dataclass(frozen=True)
class _Field(Generic[T]):
    form: Form
    widget: QWidget
    show: Callable[[T], None]


class RecordForm(QScrollArea, Generic[T]):
    """Fields in two halves and below them. Knows the record it shows; stores nothing itself."""

    committed = Signal(str, object)
    """A field was finished: its key, and the record as it would be with it."""

    def __init__(self, blank: T, name: str, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self.record = blank
        self._fields: dict[str, _Field[T]] = {}
        self._unkept: set[str] = set()
        self.heading = Label(size="title", wrap=True)
        self.hint = Label(tone="muted", wrap=True)
        self.left, self.right, self.below = Form(), Form(), Form()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build(name, shares)

    def named(self, record: T) -> str:
        """What the heading says of a record."""
        raise NotImplementedError

    def add_text(
        self, form: Form, key: str, label: str, read: Callable[[T], str], put: Callable[[T, str], T]
    ) -> QLabel:
        """Add a line of text; its label. `put` gives the record with another text; it may raise FieldRefusal."""
        line = CommitLineEdit()
        name = self.add(
            form, key, label, line, lambda record: line.set_value(read(record)), lambda r: put(r, line.value())
        )
        line.committed.connect(lambda: self.tell(key))
        return name

    def add_notes(
        self, form: Form, key: str, label: str, read: Callable[[T], str], put: Callable[[T, str], T]
    ) -> None:
        """Add a text of many lines, as `add_text` does."""
        text = CommitPlainText()
        text.document().documentLayout().documentSizeChanged.connect(lambda size: _fit(text, size.height()))
        _fit(text, 0)
        self.add(
            form, key, label, text, lambda record: text.set_value(read(record)), lambda r: put(r, text.value())
        )
        text.committed.connect(lambda: self.tell(key))

    def add(
        self,
        form: Form,
        key: str,
        label: str,
        widget: QWidget,
        show: Callable[[T], None],
        put: Callable[[T], T],
    ) -> QLabel:
        """Add any field, and give its label; whoever adds it connects its signal to `tell(key)`."""
        self._puts[key] = put
        self._fields[key] = _Field(form, widget, show)
        return form.add(key, label, widget)

    def tell(self, key: str) -> None:
        """A field was finished: tell the record with it, or show why it can't be read."""
        try:
            after = self._puts[key](self.record)
        except FieldRefusal as refusal:
            self.refuse(key, refusal)
        else:
            self.committed.emit(key, after)

    def show_record(self, record: T, *, same: bool = False) -> None:
        """Show a record as it is stored. Of the same record, what isn't kept or still being typed stays.

        `same` says that it is the one shown even though its id is new.
        """
        same = same or record.id == self.record.id != 0
        self.record = record
        for key, field in self._fields.items():
            if same and (self.error(key) or key in self._unkept or _typing(field.widget)):
                continue
            self.accept(key)
            field.show(record)
        self.heading.setText(self.named(record))
        self.hint.setVisible(not record.id)
        if not same:
            self.verticalScrollBar().setValue(0)

    def refuse(self, key: str, refusal: FieldRefusal) -> str:
        """What was finished at `key` can't be kept: say so at the refusal's field if the form has it, else there.

        Gives the field where it is said. What was typed stays, and `commit` tells of it again.
        """
        where = refusal.field if refusal.field in self._fields else key
        self.set_error(where, spoken(refusal))
        self._unkept.add(key)
        return where

    def refuse_for_now(self, key: str) -> None:
        """What was finished at `key` couldn't be stored, though nothing is wrong with it."""
        self.set_error(key, _("Not saved. Change it again to try once more."))
        self._unkept.add(key)

    def accept(self, key: str) -> None:
        """What was finished at `key` is kept: nothing is wrong with it."""
        self._unkept.discard(key)
        for other in self._fields:
            # also where a refusal of this one was shown
            if other not in self._unkept:
                self.set_error(other, "")

    def forget(self) -> None:
        """Show what is stored wherever what was typed couldn't be."""
        for key in tuple(self._unkept):
            self.accept(key)
            self._fields[key].show(self.record)

    def error(self, key: str) -> str:
        """The error shown at a field, or nothing."""
        return self._fields[key].form.error(key)

    def set_error(self, key: str, text: str) -> None:
        """Say below a field what is wrong with it, or with "" that nothing is."""
        if text != self.error(key):
            self._fields[key].form.set_error(key, text)

    def field(self, key: str) -> Any:
        """The widget of a field."""
        return self._fields[key].widget

    def focus_first(self) -> None:
        """Go to the first field."""
        first = next(iter(self._fields.values())).widget
        first.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(first, CommitLineEdit):
            first.selectAll()

    def commit(self) -> bool:
        """Tell of what is still being typed, and again of what wasn't kept; False if some still isn't."""
        again = [key for key in self._fields if key in self._unkept]
        for field in self._fields.values():
            if callable(commit := getattr(field.widget, "commit", None)):
                commit()
        for key in again:
            if key in self._unkept:
                self.tell(key)
        return not self._unkept

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: put the halves side by side where there is room."""
        wide = self.viewport().width() >= theme.scaled(_TWO_COLUMNS)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if wide else down)
        self._halves.setSpacing(theme.XL if wide else theme.S)
        self._align((self.left, self.below) if wide else (self.left, self.right, self.below))
        super().resizeEvent(event)

    def _align(self, forms: Sequence[Form]) -> None:
        """Give the labels of forms that stand below each other one width."""
        grids = {form: form.layout() for form in (self.left, self.right, self.below)}
        labels = [label for form in forms for label in form.findChildren(QLabel) if label.buddy()]
        widest = max((label.sizeHint().width() for label in labels), default=0)
        for form, grid in grids.items():
            if isinstance(grid, QGridLayout):
                grid.setColumnMinimumWidth(0, widest if form in forms else 0)

    def _build(self, name: str, shares: tuple[int, int]) -> None:
        self._puts: dict[str, Callable[[T], T]] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        content = QWidget()
        content.setProperty("page", True)
        layout = QVBoxLayout(content)
        theme.margins(layout, theme.L, theme.S)
        for half, share in ((self.left, shares[0]), (self.right, shares[1])):
            column = QVBoxLayout()
            column.addWidget(half)
            column.addStretch(1)
            self._halves.addLayout(column, share)
        self.heading.setContentsMargins(theme.XS, 0, 0, 0)
        self.hint.setContentsMargins(theme.XS, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.hint)
        layout.addLayout(self._halves)
        layout.addWidget(self.below)
        layout.addStretch(1)
        self.setWidget(content)


def _fit(text: CommitPlainText, lines: float) -> None:
    # as tall as what is written, within reason: empty notes shouldn't push the others out of sight
    shown = min(max(lines, _FEWEST_LINES), _MOST_LINES)
    text.setFixedHeight(round(QFontMetrics(theme.font()).lineSpacing() * shown) + theme.XL)


def _typing(widget: QWidget) -> bool:
    return isinstance(widget, CommitLineEdit | CommitPlainText) and widget.hasFocus() and widget.changed()
