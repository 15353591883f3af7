"""A follow-up plan of her own: its name, when it is offered, and its steps, one in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Text
from organizer.domain.consent import Channel, Purpose
from organizer.domain.follow_up_plan import MAX_COUNT, MAX_STEPS, CountedFrom, Event, Plan, Step, Unit
from organizer.domain.result import FieldRefusal, Refusal
from organizer.i18n import _, format_number, language
from organizer.services import follow_up_plans
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up.plan_words import counted_name, event_name, unit_names
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.pages.today.words import channel_name, purpose_name
from organizer.ui.widgets.boxes import ComboBox, SpinBox
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label, Line
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.room import fit

_WIDTH, _HEIGHT = 760, 600


class EditPlanDialog(MemberDialog):
    """Changes `plan`, or makes a new one where it has no key; `kept(key)` tells which."""

    kept = Signal(str)

    def __init__(self, context: Context, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(_("Follow-up plan"), _("&Keep the plan"), _WIDTH, parent)
        self._context, self._plan = context, plan
        self.name = QLineEdit(plan.name.in_language(language()))
        self.event_box, self.counted = ComboBox(), ComboBox()
        for event in Event:
            self.event_box.addItem(event_name(event), event.value)
        for counted in CountedFrom:
            self.counted.addItem(counted_name(counted), counted.value)
        self.event_box.setCurrentIndex(self.event_box.findData(plan.event.value))
        self.counted.setCurrentIndex(self.counted.findData(plan.counted_from.value))
        self.form.add("name", _("&Name"), self.name)
        self.form.add("event", _("&When"), self.event_box)
        self.form.add("counted_from", _("Counted &from"), self.counted)
        self.rows: list[StepRow] = []
        self._arrange()
        for step in plan.steps:
            self.add_step(step)
        self.name.setFocus()

    def _arrange(self) -> None:
        inner = QWidget()
        self._steps = QVBoxLayout(inner)
        theme.margins(self._steps, spacing=theme.S)
        self._steps.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAccessibleName(_("The steps"))
        self.more = button(_("&Add a step"), self._add_next, icon="plus")
        self.column.insertWidget(1, Label(_("The steps"), size="heading"))
        self.column.insertWidget(2, scroll, 10)
        self.column.insertWidget(3, self.more, 0, Qt.AlignmentFlag.AlignLeft)
        fit(self, _WIDTH, _HEIGHT)

    def add_step(self, step: Step) -> StepRow:
        """One more row at the end."""
        row = StepRow(step)
        row.moved.connect(lambda by: self._move(row, by))
        row.removed.connect(lambda: self._remove(row))
        self._steps.insertWidget(len(self.rows), row)
        self.rows.append(row)
        self._number()
        return row

    def _add_next(self) -> None:
        last = self.rows[-1].step() if self.rows else Step(1, Unit.DAYS, Text("", ""))
        self.add_step(replace(last, what=Text("", ""))).what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, row: StepRow, by: int) -> None:
        place = self.rows.index(row)
        if 0 <= place + by < len(self.rows):
            self.rows.insert(place + by, self.rows.pop(place))
            self._steps.insertWidget(place + by, row)
            self._number()

    def _remove(self, row: StepRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self._steps.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._number()
        left: Sequence[QWidget] = [one.what for one in self.rows] or [self.more]
        left[min(place, len(left) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _number(self) -> None:
        for number, row in enumerate(self.rows, 1):
            row.set_number(number)
        if self.rows:
            QWidget.setTabOrder(self.rows[-1].last, self.more)
        self.more.setEnabled(len(self.rows) < MAX_STEPS)

    def wanted(self) -> Plan:
        """The plan as it stands in the fields."""
        return replace(
            self._plan,
            name=Text("", self.name.text().strip()),
            event=Event(self.event_box.currentData()),
            counted_from=CountedFrom(self.counted.currentData()),
            steps=tuple(row.step() for row in self.rows),
        )

    def accept(self) -> None:
        """Keep it; what is wrong is said at its field."""
        self.form.clear_errors()
        self.problem.hide()
        for row in self.rows:
            row.say("")
        file, plan = self._context.file, self.wanted()
        answer = _("{name} is kept.").format(name=plan.name.in_language(language()))
        try:
            key = self._context.deed(lambda: follow_up_plans.keep(file, plan), answer)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        if key:
            super().accept()
            self.kept.emit(key)

    def _refuse(self, refusal: Refusal) -> None:
        _which, _space, number = (
            refusal.field.partition(" ") if isinstance(refusal, FieldRefusal) else ("", "", "")
        )
        if number:
            row = self.rows[int(number) - 1]
            row.say(spoken(refusal))
            row.what.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.refuse(refusal)


class StepRow(QWidget):
    """One step: how many of what before or after, what to do, how and what for. `moved(by)`, `removed()`."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.count, self.unit = SpinBox(), ComboBox()
        self.count.setRange(0, MAX_COUNT)
        self.count.setValue(step.count)
        for (unit, before), name in unit_names().items():
            self.unit.addItem(name, (unit.value, before))
        self.unit.setCurrentIndex(list(unit_names()).index((step.unit, step.before)))
        self.what = QLineEdit(step.what.in_language(language()))
        self.what.setCursorPosition(0)
        self.what.setPlaceholderText(_("What to do"))
        self.channel, self.purpose = ComboBox(), ComboBox()
        for channel in (None, *Channel):
            self.channel.addItem(channel_name(channel), channel.value if channel else "")
        for purpose in Purpose:
            self.purpose.addItem(purpose_name(purpose), purpose.value)
        self.channel.setCurrentIndex(self.channel.findData(step.channel.value if step.channel else ""))
        self.purpose.setCurrentIndex(self.purpose.findData(step.purpose.value))
        self.up = icon_button("chevron-up", "", lambda: self.moved.emit(-1))
        self.down = icon_button("chevron-down", "", lambda: self.moved.emit(1))
        self.gone = icon_button("trash-2", "", self.removed.emit)
        self._error = Label(tone="danger", size="small", wrap=True)
        self._error.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for part in (self.count, self.unit, self.channel, self.purpose):
            row.addWidget(part)
        row.addStretch(1)
        for last in (self.up, self.down, self.gone):
            row.addWidget(last)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.addLayout(row)
        column.addWidget(self.what)
        column.addWidget(self._error)
        column.addWidget(Line())

    @property
    def last(self) -> QWidget:
        """Where Tab stops last in it."""
        return self.what

    def set_number(self, number: int) -> None:
        """Which step it is, for whoever hears the names."""
        value = format_number(number)
        names = {
            self.count: _("Step {number}: how many"),
            self.unit: _("Step {number}: days, weeks or months"),
            self.what: _("Step {number}: what to do"),
            self.channel: _("Step {number}: how"),
            self.purpose: _("Step {number}: what it is for"),
            self.up: _("Move step {number} up"),
            self.down: _("Move step {number} down"),
            self.gone: _("Remove step {number}"),
        }
        for part, name in names.items():
            text = name.format(number=value)
            part.setAccessibleName(text)
            if part in (self.up, self.down, self.gone):
                part.setToolTip(text)

    def step(self) -> Step:
        """The step as it stands in the fields."""
        unit, before = self.unit.currentData()
        channel = self.channel.currentData()
        return Step(
            *(self.count.value(), Unit(unit), Text("", self.what.text().strip()), bool(before)),
            *(Channel(channel) if channel else None, Purpose(self.purpose.currentData())),
        )

    def say(self, text: str) -> None:
        """What is wrong with it, "" for nothing."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        theme.set_style(self.what, wrong=bool(text))
