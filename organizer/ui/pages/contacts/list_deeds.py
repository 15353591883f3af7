"""What can be made of a list of contacts: a call sheet, address labels, a copy of the e-mail addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from organizer.domain.contact_filter import Filter
from organizer.i18n import _
from organizer.services import contact_lists
from organizer.services.contact_lists import NearRank
from organizer.services.jobs import Job
from organizer.ui.context import Context

if TYPE_CHECKING:
    # made when she asks for it: a start waits for the bar above the list
    from organizer.ui.dialogs.contact_list.base import Sheet
    from organizer.ui.pages.list_pane import ListPane

Report = Callable[[str, str, Callable[[], Job[bytes]]], None]
"""Makes a PDF and shows it (see Page.report)."""


class ListDeeds:
    """Its dialogs stand over `parent`. `shown` gives the filter that narrows the pane; `near`: who is near a rank.

    Nothing is made before `attach` has said of which pane.
    """

    def __init__(self, context: Context, parent: QWidget, shown: Callable[[], Filter], near: NearRank) -> None:
        self._context, self._parent, self._shown, self._near = context, parent, shown, near
        self._pane: ListPane[Any] | None = None
        self._report: Report | None = None

    def attach(self, pane: ListPane[Any], report: Report) -> None:
        """The pane whose rows it is about, and what makes a PDF and shows it."""
        self._pane, self._report = pane, report

    def offered(self) -> list[tuple[str, Callable[[], None]]]:
        """What can be made of the selected rows, where fewer than two are of all that show: texts and slots."""
        return [
            (_("Call sheet…"), self.make_call_sheet),
            (_("Address labels…"), self.make_labels),
            (_("Copy e-mail addresses…"), self.copy_addresses),
        ]

    def make_call_sheet(self) -> None:
        """Ask what the call sheet is for, and make it."""
        from organizer.ui.dialogs.contact_list.call_sheet import CallSheetDialog

        CallSheetDialog(self._context, self.sheet(), self._made, self._parent).open()

    def make_labels(self) -> None:
        """Ask what the labels are for and on which sheets, and make them."""
        from organizer.ui.dialogs.contact_list.labels import LabelsDialog

        LabelsDialog(self._context, self.sheet(), self._made, self._parent).open()

    def copy_addresses(self) -> None:
        """Ask what the e-mail is for, and copy the addresses of those who may get it."""
        from organizer.ui.dialogs.contact_list.addresses import AddressesDialog

        AddressesDialog(self._context, self.sheet(), self._parent).open()

    def sheet(self) -> Sheet:
        """The selected ones where there are several, else all whom the list and the search show."""
        from organizer.ui.dialogs.contact_list.base import Sheet

        chosen = self._pane.selected() if self._pane else []
        if len(chosen) > 1:
            return Sheet(_("The selected contacts"), chosen)
        file, shown = self._context.file, self._shown()
        words = contact_lists.words(shown, contact_lists.named(file))
        searched = self._pane.search.text().strip() if self._pane else ""
        if self._pane and searched:
            words = f"{words}, " + _("found by “{text}”").format(text=searched)
            return Sheet(words, [row.id for row in self._pane.model.shown])
        today = file.clock().date()
        found = self._context.deed(lambda: contact_lists.matching(file, shown, today, self._near))
        return Sheet(words, found or [])

    def _made(self, name: str, title: str, job: Callable[[], Job[bytes]]) -> None:
        if self._report:
            self._report(name, title, job)
