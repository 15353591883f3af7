"""The figures that only she knows: what she sold herself and what the goods cost her."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.company import Company
from organizer.domain.money import volume_amount
from organizer.domain.period import Period
from organizer.domain.result import FieldRefusal
from organizer.i18n import _, format_number, language
from organizer.services import earnings, team
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.figures import to_thousandths
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import CommitLineEdit
from organizer.ui.widgets.tab_order import TabAnchor


class OwnFigures(QWidget):
    """One field for each figure that the plan asks her for."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._order = TabAnchor(self)
        self._layout = QVBoxLayout(self)
        theme.margins(self._layout)
        self._form: Form | None = None
        self._shown: tuple[Company, Period] | None = None
        self._fields: dict[str, CommitLineEdit] = {}

    def refresh(self) -> None:
        """Show the period's figures; the fields are made anew only when the plan asks for others."""
        company, period = self._context.company, self._context.period
        same = bool(self._shown and company and (self._shown[0].id, self._shown[1]) == (company.id, period))
        if not same:
            # what is typed belongs to the company and period shown until now
            self.commit()
        known = earnings.own_figures(self._context.file, company, period) if company else {}
        self._shown = (company, period) if company else None
        if list(known) != list(self._fields):
            self._build(list(known))
        for volume_id, amount in known.items():
            self._show(volume_id, "" if amount is None else format_number(volume_amount(amount)), same)

    def _show(self, volume_id: str, text: str, same: bool) -> None:
        field = self._fields[volume_id]
        if self._form is None or (same and (self._form.error(volume_id) or field.changed())):
            return
        self._form.set_error(volume_id, "")
        field.set_value(text)

    def _build(self, volume_ids: list[str]) -> None:
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._fields = {}
        company = self._context.company
        plan = team.plan_of(self._context.file, company.id) if company else None
        if not volume_ids or plan is None:
            return
        self._layout.addWidget(Label(_("Your own figures this period"), size="heading", bold=True))
        self._form = Form()
        for volume_id in volume_ids:
            volume = plan.volume(volume_id)
            name = volume.name.in_language(language())
            field = CommitLineEdit(name)
            field.setPlaceholderText(_("not written yet"))
            field.committed.connect(lambda text, which=volume_id: self._write(which, text))
            self._form.add(volume_id, name, field, plan.currency if volume.unit.value == "money" else "")
            self._fields[volume_id] = field
        self._layout.addWidget(self._form)
        self._order.lead(self._fields.values())

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: Tab comes to the figures, though what follows them is older."""
        super().showEvent(event)
        self._order.lead(self._fields.values())

    def _write(self, volume_id: str, text: str) -> None:
        if self._shown is None or self._form is None:
            return
        self._form.set_error(volume_id, "")
        try:
            amount = to_thousandths(volume_id, text)
            done = self._context.deed(lambda: self._store(volume_id, amount), _("Saved"))
        except FieldRefusal as refusal:
            self._form.show_refusal(refusal)
        else:
            if not done:
                self._form.set_error(volume_id, _("Not saved. Change it again to try once more."))

    def _store(self, volume_id: str, amount: int | None) -> bool:
        if self._shown:
            earnings.set_own_figure(self._context.file, *self._shown, volume_id, amount)
        return True

    def commit(self) -> bool:
        """Store what is typed, and once more what couldn't be stored; False when some still can't."""
        form = self._form
        if form is None:
            return True
        for volume_id, field in self._fields.items():
            field.commit(again=bool(form.error(volume_id)))
        return not any(form.error(volume_id) for volume_id in self._fields)
