"""Where a filter is put together: a row for each condition, on as little room as the list's side has."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.contact_filter import MOST_CONDITIONS, OPERATORS, Condition, Field, Filter, Kind, Op
from organizer.domain.contact_filter_check import checked
from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.pages.contacts import list_bar_words as named
from organizer.ui.pages.contacts.list_bar_values import Choices, ValueEditor, editor_for
from organizer.ui.pages.contacts.list_chooser import LongBox
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label, Line
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.tab_order import TabAnchor

_HEIGHT = 250


class ConditionRow(QWidget):
    """Field, operator and value; below them what is still missing."""

    changed = Signal()
    removed = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self._kind: Kind | None = None
        self._operators: list[tuple[Op, bool]] = []
        self.field, self.op = LongBox(_("What to look at"), 6), LongBox(_("How to compare"), 4)
        for field, text in named.fields():
            if field is not Field.LIKES or choices.products:
                self.field.addItem(text, field.value)
        self.editor = ValueEditor()
        self.error = Label(size="small", tone="muted", wrap=True)
        self.error.hide()
        self._grid = QGridLayout(self)
        theme.margins(self._grid, spacing=theme.XS)
        self._grid.setColumnStretch(0, 4)  # its words are the longer ones
        self._grid.setColumnStretch(1, 3)
        self._grid.addWidget(self.field, 0, 0)
        self._grid.addWidget(self.op, 0, 1)
        self.remove = icon_button("x", _("Remove this condition"), self.removed.emit)
        self._grid.addWidget(self.remove, 0, 2)
        self._grid.addWidget(self.error, 2, 0, 1, 3)
        self.field.currentIndexChanged.connect(self._on_field)
        self.op.currentIndexChanged.connect(self._on_op)
        self._offer_operators()
        self.setFocusProxy(self.field)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.field, self.op, self.remove, *self.editor.stops]

    def condition(self) -> Condition | None:
        """The condition, None while something is missing: that is said below."""
        op, negated = self._operator()
        try:
            found = checked(Condition(Field(self.field.currentData()), op, self.editor.value(), negated))
        except Refusal as refusal:
            self.error.setText(spoken(refusal))
            self.error.show()
            return None
        self.error.hide()
        return found

    def show_condition(self, condition: Condition) -> None:
        """Show a condition; nobody is told."""
        with QSignalBlocker(self.field), QSignalBlocker(self.op):
            if self.field.findData(condition.field.value) < 0:
                self.field.addItem(dict(named.fields())[condition.field], condition.field.value)
            self.field.setCurrentIndex(self.field.findData(condition.field.value))
            self._offer_operators()
            self.op.setCurrentIndex(self._operators.index((condition.op, condition.negated)))
            self._change_editor()
        self.editor.show_value(condition.value)

    def _operator(self) -> tuple[Op, bool]:
        return self._operators[max(self.op.currentIndex(), 0)]

    def _on_field(self) -> None:
        self._offer_operators()
        self.changed.emit()

    def _on_op(self) -> None:
        self._change_editor()
        self.changed.emit()

    def _offer_operators(self) -> None:
        field = Field(self.field.currentData())
        told = named.operators(field, list(OPERATORS[field]))
        self._operators = [what for what, _text in told]
        with QSignalBlocker(self.op):
            self.op.clear()
            self.op.addItems([text for _what, text in told])
        self._kind = None
        self._change_editor()

    def _change_editor(self) -> None:
        """Another kind of value has another editor; within one kind what is written stays."""
        kind = OPERATORS[Field(self.field.currentData())][self._operator()[0]]
        if kind is self._kind:
            return
        self._kind = kind
        old, self.editor = self.editor, editor_for(kind, self._choices)
        self._grid.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._grid.addWidget(self.editor, 1, 0, 1, 3)
        self.editor.setVisible(kind is not Kind.NOTHING)
        self.editor.changed.connect(self.changed)


class FilterPanel(QFrame):
    """The rows, and whether all or any of them are asked for. `changed` follows each change by hand.

    `anchor` is where Tab comes from.
    """

    changed = Signal()
    left = Signal()
    """Esc: she is done here."""

    def __init__(self, choices: Choices, anchor: TabAnchor) -> None:
        super().__init__()
        self.choices = choices
        self._anchor = anchor
        self.rows: list[ConditionRow] = []
        self.joint = ComboBox()
        self.joint.setAccessibleName(_("All or any of the conditions"))
        self.joint.addItem(_("All of these hold"), False)
        self.joint.addItem(_("At least one of these holds"), True)
        self.joint.currentIndexChanged.connect(lambda: self.changed.emit())
        self.add_button = button(_("Add a condition"), self._add_by_hand, icon="plus", kind="flat")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        theme.margins(self._column, spacing=theme.S)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        layout = QVBoxLayout(self)
        theme.margins(layout, 0, theme.XS, spacing=theme.XS)
        for part in (self.joint, self.area, self.add_button, Line()):
            layout.addWidget(part)

    def filter(self) -> Filter:
        """The conditions that are whole; what is still missing something asks nothing yet."""
        found = [condition for row in self.rows if (condition := row.condition())]
        return Filter(tuple(found), bool(self.joint.currentData()))

    def show_filter(self, filter_: Filter) -> None:
        """Show a filter, with an empty row where it has none; nobody is told."""
        for row in list(self.rows):
            self._drop(row)
        with QSignalBlocker(self.joint):
            self.joint.setCurrentIndex(int(filter_.any_of))
        for condition in filter_.conditions:
            self._add().show_condition(condition)
        self._arrange()

    def start(self) -> None:
        """Go to the first condition, which is made where there is none."""
        row = self.rows[0] if self.rows else self._add()
        self._arrange()
        row.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _add_by_hand(self) -> None:
        row = self._add()
        self._arrange()
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _add(self) -> ConditionRow:
        row = ConditionRow(self.choices)
        row.changed.connect(self._on_changed)
        row.removed.connect(lambda: self._remove(row))
        self._column.insertWidget(len(self.rows), row)
        row.show()  # Tab may be pressed before the layout comes round to it
        self.rows.append(row)
        return row

    def _remove(self, row: ConditionRow) -> None:
        place = self.rows.index(row)
        self._drop(row)
        self._arrange()
        follower = self.rows[min(place, len(self.rows) - 1)] if self.rows else self.add_button
        follower.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, row: ConditionRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_changed(self) -> None:
        self.changed.emit()
        self._arrange()

    def _arrange(self) -> None:
        self._anchor.lead([self.joint, *(stop for row in self.rows for stop in row.stops()), self.add_button])
        self.joint.setVisible(len(self.rows) > 1)
        self.add_button.setEnabled(len(self.rows) < MOST_CONDITIONS)
        self._column.activate()
        needed = sum(row.sizeHint().height() + self._column.spacing() for row in self.rows)
        self.area.setFixedHeight(min(needed, theme.scaled(_HEIGHT)))
