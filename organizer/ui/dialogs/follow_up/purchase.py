"""A purchase noted by hand: what, how many, when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import contacts, follow_ups, products
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up.day import DayField
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.widgets.boxes import SpinBox

_WIDTH = 460


class PurchaseDialog(MemberDialog):
    """Notes in the person's timeline what was bought; a follow-up plan is offered afterwards."""

    def __init__(self, context: Context, person_id: int, parent: QWidget | None = None) -> None:
        person = contacts.get(context.file, person_id)
        title = _("A purchase by {name}").format(name=person.name if person else "")
        super().__init__(title, _("N&ote it"), _WIDTH, parent)
        self._context, self._person = context, person_id
        self.what = QLineEdit()
        company = context.company
        names = [one.name for one in products.everyone(context.file, company.id)] if company else []
        completer = QCompleter(names, self.what)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.what.setCompleter(completer)
        self.pieces = SpinBox()
        self.pieces.setRange(1, 999)
        self.day = DayField(context.file.clock().date(), _("When"))
        self.form.add("what", _("&What"), self.what)
        self.form.add("pieces", _("Pie&ces"), self.pieces)
        self.form.add("day", _("Whe&n"), self.day)
        self.what.setFocus()

    def accept(self) -> None:
        """Note it."""
        self.form.clear_errors()
        file, context = self._context.file, self._context

        def deed() -> int:
            day = self.day.day("day") or file.clock().date()
            return follow_ups.note_purchase(file, self._person, day, self.what.text(), self.pieces.value())

        try:
            if context.deed(deed, _("The purchase is noted.")):
                super().accept()
        except Refusal as refusal:
            self.refuse(refusal)
