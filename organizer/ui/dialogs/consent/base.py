"""A form about one person's consents, with a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from organizer.domain.result import FieldRefusal, Message
from organizer.i18n import format_date, parse_date
from organizer.ui.context import Context
from organizer.ui.dialogs.member.base import MemberDialog

_WIDTH = 520


class ConsentDialog(MemberDialog):
    """The day is today unless another one is written."""

    def __init__(self, context: Context, title: str, deed: str, parent: QWidget | None) -> None:
        super().__init__(title, deed, _WIDTH, parent)
        self._context = context
        self.day = QLineEdit(format_date(context.file.clock().date()))

    def day_of(self, field: str) -> date:
        """The day written. Raises FieldRefusal."""
        try:
            return parse_date(self.day.text())
        except ValueError:
            text = self.day.text().strip() or "–"
            message = Message("{text} is not a date. Write it like 15.02.2026.", {"text": text})
            raise FieldRefusal(field, message) from None

    def do(self, deed: Callable[[], str]) -> None:
        """Run a deed that says what to answer, and close; what stands in the way is said at its field."""
        self.form.clear_errors()
        self.problem.hide()
        try:
            told = self._context.deed(deed)
        except FieldRefusal as refusal:
            self.refuse(refusal)
            return
        if told:
            self._context.answered.emit(told, True)
            super().accept()
