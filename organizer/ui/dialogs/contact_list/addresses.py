"""The e-mail addresses of a list, onto the clipboard: only of those who may get what it is for."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import contact_list_reports
from organizer.services.contact_list_reports import Channel
from organizer.ui.context import Context
from organizer.ui.dialogs.contact_list.base import ListDialog, Sheet
from organizer.ui.widgets.label import Label


class AddressesDialog(ListDialog):
    """Asks, then copies."""

    def __init__(self, context: Context, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(context, sheet, Channel.EMAIL, _("Copy e-mail addresses"), _("C&opy"), parent)
        self.setMinimumHeight(0)

    def words(self, count: int) -> str:
        """So many addresses."""
        text = ngettext("{count} contact can be written to", "{count} contacts can be written to", count)
        return text.format(count=format_number(count))

    def finish(self, column: QVBoxLayout) -> None:
        """What has to be minded when the e-mail is written."""
        bcc = _("Paste them into the Bcc field, so that nobody sees the others' addresses.")
        stop = _("When you sell or invite, say in each e-mail how to get no more of them: the law asks for it.")
        for text in (bcc, stop):
            column.addWidget(Label(text, tone="muted", wrap=True))

    def accept(self) -> None:
        """Copy the addresses, and say how many and who was left out."""
        if self.chosen() is None or not self.ready.ids:
            return
        QGuiApplication.clipboard().setText(contact_list_reports.addresses(self.ready))
        count, out = len(self.ready.ids), self.ready.left_out
        said = ngettext("{count} address copied for Bcc.", "{count} addresses copied for Bcc.", count)
        answer = said.format(count=format_number(count))
        if out:
            left = ngettext("{count} left out: {names}.", "{count} left out: {names}.", len(out))
            names = ", ".join(one.name for one in out[:_NAMED])
            names += ", …" if len(out) > _NAMED else ""
            answer += " " + left.format(count=format_number(len(out)), names=names)
        super().accept()
        self.context.answered.emit(answer, False)


_NAMED = 3
