"""The figures that only she knows: what she sold herself and what the goods cost her."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.money import to_volume, volume_amount
from organizer.domain.result import FieldRefusal, Message
from organizer.i18n import _, format_number, language, parse_number
from organizer.services import earnings, team
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import CommitLineEdit


class OwnFigures(QWidget):
    """One field for each figure that the plan asks her for."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._layout = QVBoxLayout(self)
        theme.margins(self._layout)
        self._form: Form | None = None
        self._fields: dict[str, CommitLineEdit] = {}

    def refresh(self) -> None:
        """Show the month's figures; the fields are made anew only when the plan asks for others."""
        company = self._context.company
        known = earnings.own_figures(self._context.file, company, self._context.period) if company else {}
        if list(known) != list(self._fields):
            self._build(list(known))
        for volume_id, amount in known.items():
            text = "" if amount is None else format_number(volume_amount(amount))
            self._fields[volume_id].set_value(text)

    def _build(self, volume_ids: list[str]) -> None:
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._fields = {}
        company = self._context.company
        plan = team.plan_of(self._context.file, company.id) if company else None
        if not volume_ids or plan is None:
            return
        self._layout.addWidget(Label(_("Your own figures this month"), size="heading", bold=True))
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

    def _write(self, volume_id: str, text: str) -> None:
        company = self._context.company
        if company is None or self._form is None:
            return
        self._form.clear_errors()
        try:
            amount = _thousandths(volume_id, text)
            period = self._context.period
            self._context.deed(
                lambda: earnings.set_own_figure(self._context.file, company, period, volume_id, amount),
                _("Saved"),
            )
        except FieldRefusal as refusal:
            self._form.show_refusal(refusal)

    def commit(self) -> None:
        """Store the figure that is being typed."""
        focused = self.focusWidget()
        if focused:
            focused.clearFocus()


def _thousandths(field: str, text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return to_volume(parse_number(text))
    except ValueError as error:
        message = Message("{text} is not a figure. Write it like 1234,50.", {"text": text})
        raise FieldRefusal(field, message) from error
