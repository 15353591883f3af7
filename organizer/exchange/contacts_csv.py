"""Contacts out as CSV that Danish Excel opens with a double click, and that `google_contacts` reads back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from organizer.domain.contact import Address, Contact, Labelled, Role
from organizer.exchange.cells import guarded
from organizer.exchange.google_contacts import BETWEEN
from organizer.exchange.safe_write import write_safely

_NAMES = (
    *("First Name", "Middle Name", "Last Name", "Organization Name", "Birthday", "Notes", "Labels", "Roles"),
    *("Name Prefix", "Name Suffix", "Nickname", "Family Notes", "Occupation Notes", "Recreation Notes"),
    *("Message Notes", "Source", "Added", "Kept Until", "Other Details"),
)
_ENTRY = ("Label", "Value")
_ADDRESS = ("Label", "Street", "City", "Postal Code", "Country")

_TRIPLE = re.compile(r"(?<!\S):::(?!\S)")  # would read as the mark between two labels


def write_contacts(contacts: Sequence[Contact], path: Path, *, separator: str = ";") -> None:
    """Write `contacts` (cleaned, as storage gives them) to `path`, in Google's columns and one for roles.

    UTF-8 with BOM; a cell that a spreadsheet would take for a formula gets an apostrophe. Id and `listed` are not
    written. The file at `path` is replaced whole or not at all: raises Refusal when the disk is full or the
    folder can't be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    mails = max((len(contact.emails) for contact in contacts), default=0) or 1
    phones = max((len(contact.phones) for contact in contacts), default=0) or 1
    places = max((len(contact.more_addresses) for contact in contacts), default=0) + 1
    heads = (("E-mail", _ENTRY, mails), ("Phone", _ENTRY, phones), ("Address", _ADDRESS, places))
    writer.writerow([*_NAMES, *(head for kind, whats, count in heads for head in _numbered(kind, whats, count))])
    writer.writerows([guarded(cell) for cell in _row(contact, mails, phones, places)] for contact in contacts)
    write_safely(path, text.getvalue().encode("utf-8-sig"))


def _numbered(kind: str, whats: Sequence[str], count: int) -> list[str]:
    return [f"{kind} {number} - {what}" for number in range(1, count + 1) for what in whats]


def _row(contact: Contact, mails: int, phones: int, places: int) -> list[str]:
    return [
        contact.first_name,
        contact.middle_name,
        contact.last_name,
        contact.organization,
        contact.birthday,
        contact.notes,
        BETWEEN.join(_starred(_TRIPLE.sub("::", tag)) for tag in contact.tags),
        BETWEEN.join(role.value for role in Role if role in contact.roles),
        contact.prefix,
        contact.suffix,
        contact.nickname,
        contact.family,
        contact.occupation,
        contact.recreation,
        contact.message,
        contact.source,
        contact.added.isoformat() if contact.added else "",
        contact.expires.isoformat() if contact.expires else "",
        "\n".join(contact.extra),
        *_entries(contact.emails, mails),
        *_entries(contact.phones, phones),
        *_addresses(contact, places),
    ]


def _addresses(contact: Contact, count: int) -> list[str]:
    first = Address(contact.street, contact.postal_code, contact.city, contact.country, contact.address_label)
    told = (first, *contact.more_addresses)
    cells = [
        cell for one in told for cell in (_starred(one.label), one.street, one.city, one.postal_code, one.country)
    ]
    return cells + [""] * len(_ADDRESS) * (count - len(told))


def _entries(entries: Sequence[Labelled], count: int) -> list[str]:
    cells = [cell for entry in entries for cell in (_starred(entry.label), entry.value)]
    return cells + ["", ""] * (count - len(entries))


def _starred(label: str) -> str:
    """The label with one more star where reading takes one away."""
    return f"* {label}" if label == "*" or label.startswith("* ") else label
