"""The list of contacts: name, town, phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from organizer.domain.contact import sort_key
from organizer.i18n import _
from organizer.services.contacts import ContactRow
from organizer.ui.models.rows import RowsModel

NAME, CITY, PHONE = range(3)


class ContactsModel(RowsModel[ContactRow]):
    """Everyone in Contacts; the rows come sorted by name, as Danes sort."""

    def headings(self) -> Sequence[str]:
        """Name, city, phone."""
        return _("Name"), _("City"), _("Phone")

    def cell(self, row: ContactRow, column: int) -> str:
        """The row's text in a column; the e-mail where there is no phone."""
        if column == NAME:
            return row.name
        return row.city if column == CITY else row.phone or row.email

    def key(self, row: ContactRow, column: int) -> Any:
        """Danish order; people without the text come last."""
        text = self.cell(row, column)
        return not text, sort_key(text)
