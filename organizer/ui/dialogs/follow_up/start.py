"""Start a follow-up plan with somebody: every step with its day is seen before anything is kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from organizer.domain.consent import Channel
from organizer.domain.follow_up_plan import CountedFrom, Event, Plan, runs_out
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.i18n import _, format_number, language, ngettext
from organizer.services import contacts, follow_up_plans, products
from organizer.services.follow_up_plans import Dated
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up.day import DayField
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.pages.today.words import channel_name, day_name
from organizer.ui.widgets.boxes import ComboBox, SpinBox
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.room import fit

_WIDTH, _HEIGHT = 680, 560
_LEAVE_OUT = "-"


class StartPlanDialog(MemberDialog):
    """Starts a plan with `person_id`; `event` brings the plans that belong to it to the top."""

    def __init__(
        self, context: Context, person_id: int, parent: QWidget | None = None, event: Event = Event.BY_HAND
    ) -> None:
        person = contacts.get(context.file, person_id)
        title = _("Follow-up plan with {name}").format(name=person.name if person else "")
        super().__init__(title, _("&Start the plan"), _WIDTH, parent)
        self._context, self._person = context, person_id
        found = follow_up_plans.plans(context.file)
        self._plans = sorted(found, key=lambda plan: plan.event is not event) if event else found
        self._told: list[Dated] = []
        self.plan = ComboBox()
        for plan in self._plans:
            self.plan.addItem(plan.name.in_language(language()), plan.key)
        self.day = DayField(self._today(), _("Counted from"))
        self._day_name = Label()
        self._offer_products()
        self.choices: list[ComboBox | None] = []
        self._arrange()
        self.plan.activated.connect(lambda _place: self._chosen())
        self.day.changed.connect(self._show)
        self._chosen()
        self.plan.setFocus()

    def _offer_products(self) -> None:
        self.product, self.pieces, self.lasts = ComboBox(), SpinBox(), SpinBox()
        self.product.addItem(_("Another product"), 0)
        company = self._context.company
        for one in products.everyone(self._context.file, company.id) if company else ():
            if one.lasts_days:
                self.product.addItem(one.name, one.lasts_days)
        self.pieces.setRange(1, 999)
        self.lasts.setRange(1, 3_650)
        self.lasts.setValue(60)
        self.product.activated.connect(self._on_product)
        for box in (self.pieces, self.lasts):
            box.valueChanged.connect(lambda _value: self._show())

    def _arrange(self) -> None:
        self.form.add("plan", _("&Plan"), self.plan)
        self._day_label = self.form.add("day", _("&From"), self.day)
        self._stock = [
            (self.form.add("product", _("P&roduct"), self.product), self.product),
            (self.form.add("pieces", _("Pie&ces"), self.pieces), self.pieces),
            (self.form.add("lasts", _("One &lasts, in days"), self.lasts), self.lasts),
        ]
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        theme.margins(self._grid, spacing=theme.S)
        self._grid.setColumnStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._rows)
        scroll.setAccessibleName(_("The steps"))
        self.column.insertWidget(1, scroll, 10)
        fit(self, _WIDTH, _HEIGHT)

    def _today(self) -> date:
        return self._context.file.clock().date()

    def chosen_plan(self) -> Plan:
        """The plan that is looked at."""
        return self._plans[self.plan.currentIndex()]

    def _chosen(self) -> None:
        counted = self.chosen_plan().counted_from
        names = {
            CountedFrom.START: _("&From"),
            CountedFrom.PARTY: _("The &day of the party"),
            CountedFrom.RUNS_OUT: _("&Bought on"),
        }
        self._day_label.setText(names[counted])
        for label, field in self._stock:
            label.setVisible(counted is CountedFrom.RUNS_OUT)
            field.setVisible(counted is CountedFrom.RUNS_OUT)
        self._show()

    def _on_product(self) -> None:
        if days := self.product.currentData():
            self.lasts.setValue(days)

    def counted_from(self) -> date:
        """The day that the steps are counted from. Raises FieldRefusal."""
        day = self.day.day("day")
        if day is None:
            raise FieldRefusal("day", Message("Choose a day."))
        if self.chosen_plan().counted_from is CountedFrom.RUNS_OUT:
            return runs_out(day, self.lasts.value(), self.pieces.value())
        return day

    def _show(self) -> None:
        self.form.clear_errors()
        self._clear()
        try:
            day = self.counted_from()
            self._told = follow_up_plans.dated(self._context.file, self.chosen_plan(), self._person, day)
        except FieldRefusal as refusal:
            self._told = []
            self.form.set_error(refusal.field, spoken(refusal))
        self.choices = [self._add(row, one) for row, one in enumerate(self._told)]
        self._grid.setRowStretch(2 * len(self._told), 1)
        self._offer()

    def _clear(self) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)

    def _add(self, row: int, one: Dated) -> ComboBox | None:
        """A step; where it isn't allowed so, how else it may be done, or that it is left out."""
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(Label(self._when(one.day)), 2 * row, 0, top)
        what = Label(one.step.what.in_language(language()), wrap=True, tone="muted" if one.reason else "")
        self._grid.addWidget(what, 2 * row, 1, top)
        if one.reason is None:
            self._grid.addWidget(Label(channel_name(one.step.channel), tone="muted"), 2 * row, 2, top)
            return None
        box = ComboBox()
        box.setAccessibleName(_("How, or left out: {what}").format(what=what.text()))
        box.addItem(_("Left out"), _LEAVE_OUT)
        for channel in one.allowed:
            box.addItem(channel_name(channel), channel.value if channel else "")
        box.activated.connect(lambda _place: self._offer())
        self._grid.addWidget(box, 2 * row, 2, top)
        self._grid.addWidget(
            Label(spoken(one.reason), tone="amber", size="small", wrap=True), 2 * row + 1, 1, 1, 2
        )
        return box

    def _when(self, day: date) -> str:
        text = day_name(day, self._today())
        return _("{day} (has passed)").format(day=text) if day < self._today() else text

    def channels(self) -> list[Channel | bool | None]:
        """How each step is done; False for one that is left out. What has passed already is left out too."""
        found: list[Channel | bool | None] = []
        for one, box in zip(self._told, self.choices, strict=True):
            data = box.currentData() if box else (one.step.channel or "")
            if one.day < self._today() or data == _LEAVE_OUT:
                found.append(False)
            else:
                found.append(Channel(data) if data else None)
        return found

    def _offer(self) -> None:
        self.go.setEnabled(any(not isinstance(one, bool) for one in self.channels()))

    def accept(self) -> None:
        """Keep the steps, as one deed."""
        channels = self.channels()
        count = sum(not isinstance(one, bool) for one in channels)
        text = ngettext("{count} step is planned.", "{count} steps are planned.", count)
        file, key = self._context.file, self.chosen_plan().key

        def deed() -> list[int]:
            return follow_up_plans.start(file, key, self._person, self.counted_from(), channels)

        try:
            if self._context.deed(deed, text.format(count=format_number(count))):
                super().accept()
        except Refusal as refusal:
            self.refuse(refusal)
