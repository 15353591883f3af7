"""The contact list: everyone with phones, e-mails, address, birthday and tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from organizer.domain.contact import Contact, Labelled
from organizer.i18n import _, format_birthday, format_number, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, Line, cell, paragraph, rows, table_head
from organizer.reports.watch import Progress, Stop, Watch

_COLUMNS = (Column(0, 118), Column(125, 68), Column(199, 138), Column(343, 110), Column(461, 50, right=True))


def contact_list(
    contacts: Sequence[Contact],
    head: base.Head,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The contacts as a PDF, in the order given. Raises Cancelled.

    Notes are left out: they are the distributor's own.
    """
    watch = Watch(progress, cancelled)
    count = ngettext("{count} contact", "{count} contacts", len(contacts))
    subtitle = count.format(count=format_number(len(contacts)))
    sheet = base.Sheet(_("Contacts"), subtitle, _blocks(contacts, watch))
    return base.pdf(sheet, head, watch)


def _blocks(contacts: Sequence[Contact], watch: Watch) -> Iterator[Block]:
    if not contacts:
        yield from paragraph(_("There are no contacts to print."), style.BODY, base.room())
        return
    labels = (_("Name"), _("Phone"), _("E-mail"), _("Address"), _("Birthday"))
    header = table_head(_COLUMNS, labels, style.COLUMN, style.ACCENT)
    yield header
    for contact in watch.over(contacts, 0, base.BUILT):
        yield from rows(_COLUMNS, _cells(contact), header=header, rule=style.HAIR)


def _cells(contact: Contact) -> list[list[Line]]:
    name, phone, mail, address, birthday = _COLUMNS
    return [
        _who(contact, name),
        _entries(contact.phones, phone),
        _entries(contact.emails, mail),
        _address(contact, address),
        cell(format_birthday(contact.birthday), style.CELL, birthday),
    ]


def _who(contact: Contact, column: Column) -> list[Line]:
    lines = cell(contact.name, style.CELL_BOLD, column)
    if contact.organization != contact.name:
        lines += cell(contact.organization, style.CELL, column)
    return lines + cell(" · ".join(contact.tags), style.SMALL, column)


def _entries(entries: Sequence[Labelled], column: Column) -> list[Line]:
    lines: list[Line] = []
    for entry in entries:
        lines += cell(entry.value, style.CELL, column)
        # the kind tells several numbers from each other; "*" is Google's word for none
        if len(entries) > 1 and entry.label.strip("* "):
            lines += cell(entry.label.strip("* "), style.SMALL, column)
    return lines


def _address(contact: Contact, column: Column) -> list[Line]:
    town = " ".join(part for part in (contact.postal_code, contact.city) if part)
    place = ", ".join(part for part in (town, contact.country) if part)
    return cell(contact.street, style.CELL, column) + cell(place, style.CELL, column)
