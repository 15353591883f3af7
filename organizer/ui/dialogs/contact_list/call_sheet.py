"""A call sheet of a list: what the calls are for, and how it is sorted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import contact_list_reports
from organizer.services.contact_list_reports import Channel, Order
from organizer.services.jobs import Job
from organizer.ui.context import Context
from organizer.ui.dialogs.contact_list.base import ListDialog, Sheet
from organizer.ui.widgets.boxes import ComboBox

Make = Callable[[str, str, Callable[[], Job[bytes]]], None]
"""Makes a PDF and shows it (see Page.report)."""


class CallSheetDialog(ListDialog):
    """Asks, then makes the PDF."""

    def __init__(self, context: Context, sheet: Sheet, make: Make, parent: QWidget) -> None:
        self._make = make
        super().__init__(context, sheet, Channel.PHONE, _("Call sheet"), _("&Make the PDF"), parent)

    def ask(self) -> None:
        """How it is sorted."""
        self.order = ComboBox()
        for order, text in (
            (Order.NAME, _("By name")),
            (Order.TOWN, _("By city")),
            (Order.LONGEST, _("Whose last contact is longest ago comes first")),
        ):
            self.order.addItem(text, order.value)
        self.form.add("order", _("S&orted"), self.order)

    def words(self, count: int) -> str:
        """So many to call."""
        text = ngettext("{count} contact on the sheet", "{count} contacts on the sheet", count)
        return text.format(count=format_number(count))

    def accept(self) -> None:
        """Make the sheet and show it."""
        purpose = self.chosen()
        if purpose is None or not self.ready.ids:
            return
        file, sheet, order = self.context.file, self.sheet, Order(self.order.currentData())
        super().accept()
        name = contact_list_reports.file_name("call_sheet")
        self._make(
            name,
            _("Call sheet"),
            lambda: contact_list_reports.call_sheet(file, sheet.words, sheet.ids, purpose, order),
        )
