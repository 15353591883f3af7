"""Contacts as Google writes them in CSV, in today's layout and in the one before 2024."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from organizer.domain.contact import (
    MAX_ENTRIES,
    MAX_NOTES,
    MAX_TEXT,
    Contact,
    Labelled,
    Role,
    clean_text,
    cleaned,
    single_line,
    split_name,
)
from organizer.domain.result import FieldRefusal, Message, RowProblem
from organizer.exchange.cells import shortened, unguarded
from organizer.exchange.layout import Layout, heading_key, is_total
from organizer.exchange.reading import IsCancelled, Progress, Reading, by_row, part, undisturbed, watch
from organizer.exchange.tables import Table, read_table
from organizer.i18n import N_

BETWEEN = " ::: "
"""Stands between several values in one cell."""

_BETWEEN = re.compile(r"(?:^|\s):::(?=\s|$)")  # at an end and twice on end too

LAYOUT = Layout(
    english={
        "first_name": ("First Name", "Given Name"),
        "middle_name": ("Middle Name", "Additional Name"),
        "last_name": ("Last Name", "Family Name"),
        "full_name": ("Name", "File As", "Nickname"),
        "organization": ("Organization Name", "Organization 1 - Name"),
        "birthday": ("Birthday",),
        "notes": ("Notes",),
        "labels": ("Labels", "Group Membership"),
        "roles": ("Roles",),
        "email": ("E-mail 1 - Value",),
        "phone": ("Phone 1 - Value",),
        "address": ("Address 1 - Street", "Address 1 - Formatted"),
    },
    danish={},
    needed=(("first_name", "last_name"), ("labels", "email", "phone", "address")),
    long_texts=frozenset({"notes", "address", "email", "phone", "organization"}),
)
"""The headings understood; e-mails, phones and addresses may be numbered on."""

LABEL_ROLES = {
    Role.CUSTOMER: ("customer", "customers", "client", "clients", "kunde", "kunder"),
    Role.PROSPECT: ("prospect", "prospects", "lead", "leads", "emne", "emner", "kundeemne", "kundeemner"),
    Role.HOST: ("host", "hosts", "hostess", "hostesses", "vært", "værter", "værtinde", "værtinder"),
    Role.DISTRIBUTOR: ("distributor", "distributors", "consultant", "consultants", "team", "forhandler",
                       "forhandlere", "konsulent", "konsulenter", "distributør", "distributører"),
}  # fmt: skip
"""The labels that say what a person is to the distributor."""

_ROLE_OF = {heading_key(word): role for role, words in LABEL_ROLES.items() for word in words}
_NUMBERED = re.compile(r"(email|phone|address)([0-9]{1,4})([a-z]+)")
_EVERYONE = "* myContacts"
_DETAILS = 60  # at most so many things can be wrong with one person


def read_google_contacts(
    path: Path, *, progress: Progress | None = None, cancelled: IsCancelled | None = None
) -> Reading[Contact]:
    """The people in `path`, in file order, with the file's name as source.

    Labels become tags; those that LABEL_ROLES knows also give the role, unless the file has a column of roles
    (`contacts_csv` writes one). A birthday that is none is dropped and a long text cut, and reported; a row
    that tells nobody's name, e-mail or phone is left out. Raises Refusal for a file that is no such table,
    Cancelled when cancelled.
    """
    with undisturbed():
        table = read_table(path, LAYOUT, part(progress, 0.0, 0.4), cancelled)
        person = _PersonReader(table)
        for place in range(len(table)):
            if place % 1000 == 0:
                watch(progress, cancelled, 0.4 + 0.6 * place / len(table))
            person.read(place)
        watch(progress, cancelled, 1.0)
        problems = by_row([*table.problems, *person.problems])
        return Reading(person.contacts, problems, table.file, person.rows, frozenset(table.fields))


def _numbered(header: Sequence[str]) -> dict[str, list[dict[str, int]]]:
    """For "email", "phone" and "address" the columns of each number in turn, by what they hold."""
    found: dict[str, dict[int, dict[str, int]]] = {"email": {}, "phone": {}, "address": {}}
    for index, heading in enumerate(header):
        if match := _NUMBERED.fullmatch(heading_key(heading)):
            what = "label" if match[3] == "type" else match[3]
            found[match[1]].setdefault(int(match[2]), {}).setdefault(what, index)
    return {kind: [numbers[number] for number in sorted(numbers)] for kind, numbers in found.items()}


class _PersonReader:
    """Makes rows into contacts, and gathers what is wrong with them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.contacts: list[Contact] = []
        self.rows: list[int] = []
        self.problems: list[RowProblem] = []
        self._columns = _numbered(table.header)
        self._is_ours = "roles" in table.fields
        self._known_labels: dict[str, tuple[str, ...]] = {}

    def read(self, place: int) -> None:
        """Add the row's person, or a problem saying why she was left out."""
        row = self.table.rows[place]
        contact = self._contact(row)
        number = self.table.numbers[place]
        for _attempt in range(_DETAILS):
            try:
                sound = cleaned(contact)
            except FieldRefusal as refusal:
                if refusal.field == "name":
                    break
                contact = self._mended(number, contact, refusal)
            else:
                self._tell_other_addresses(number, row, sound)
                self.contacts.append(sound)
                self.rows.append(number)
                return
        if not is_total(row):
            subject = shortened(next((cell for cell in row if cell.strip()), ""))
            sentence = N_("This row has no name, organization, e-mail or phone number, so it was left out.")
            self.problems.append(RowProblem(number, subject, Message(sentence)))

    def _contact(self, row: list[str]) -> Contact:
        first, middle, last = (self._text(row, field) for field in ("first_name", "middle_name", "last_name"))
        organization = self._first(self._text(row, "organization"))
        if not (first or middle or last):
            first, last = _parted(self._text(row, "full_name"), organization)
        labels = self._labels(self._text(row, "labels"))
        street, postal_code, city, country = self._address(row)
        return Contact(
            first_name=first,
            middle_name=middle,
            last_name=last,
            organization=organization,
            phones=self._entries(row, "phone"),
            emails=self._entries(row, "email"),
            street=street,
            postal_code=postal_code,
            city=city,
            country=country,
            birthday=self._text(row, "birthday"),
            tags=labels,
            roles=self._roles(row, labels),
            notes=self._text(row, "notes"),
            source=self.table.file[:MAX_TEXT],
        )

    def _text(self, row: list[str], field: str) -> str:
        index = self.table.fields.get(field)
        return "" if index is None else unguarded(row[index].strip(" \t"))

    def _labels(self, cell: str) -> tuple[str, ...]:
        if cell not in self._known_labels:
            labels = (label.strip() for label in _BETWEEN.split(single_line(cell)))
            self._known_labels[cell] = tuple(_plain(label) for label in labels if label not in ("", _EVERYONE))
        return self._known_labels[cell]

    def _roles(self, row: list[str], labels: Sequence[str]) -> frozenset[Role]:
        words = self._labels(self._text(row, "roles")) if self._is_ours else labels
        return frozenset(_ROLE_OF[key] for key in map(heading_key, words) if key in _ROLE_OF)

    def _entries(self, row: list[str], kind: str) -> tuple[Labelled, ...]:
        entries = []
        for columns in self._columns[kind]:
            cell = row[columns["value"]] if "value" in columns else ""
            if cell:
                label = _plain(unguarded(row[columns["label"]].strip())) if "label" in columns else ""
                values = [cell] if self._is_ours else _BETWEEN.split(single_line(cell))
                entries += [Labelled(unguarded(value.strip()), label) for value in values]
        return tuple(entries)

    def _address(self, row: list[str]) -> tuple[str, str, str, str]:
        """Street, postal code, city and country of the first address that says something."""
        for columns in self._columns["address"]:
            parts = ("street", "postalcode", "city", "country")
            street, postal_code, city, country = (self._address_part(row, columns, part) for part in parts)
            if not (street or city):
                street = self._address_part(row, columns, "formatted")
            if street or postal_code or city or country:
                return street, postal_code, city, country
        return "", "", "", ""

    def _tell_other_addresses(self, number: int, row: list[str], contact: Contact) -> None:
        """One address is kept; that there were more is said, not passed over."""
        told = [
            columns
            for columns in self._columns["address"]
            if any(row[index].strip() for what, index in columns.items() if what != "label")
        ]
        if len(told) > 1:
            message = Message("There are {count} addresses; the first was kept.", {"count": len(told)})
            self.problems.append(RowProblem(number, shortened(contact.name), message, kept=True))

    def _address_part(self, row: list[str], columns: Mapping[str, int], what: str) -> str:
        cell = row[columns[what]] if what in columns else ""
        if not cell:
            return ""
        lines = unguarded(self._first(cell).strip()).splitlines()
        return ", ".join(line.strip() for line in lines if line.strip())

    def _first(self, cell: str) -> str:
        """The first of a cell's values; the program's own files have one value in each."""
        return cell if self._is_ours else next(filter(str.strip, _BETWEEN.split(cell)), "")

    def _mended(self, row: int, contact: Contact, refusal: FieldRefusal) -> Contact:
        """The contact without the detail that was refused, which is reported."""
        field = refusal.field
        subject = shortened(contact.name)
        if field == "birthday":
            value = shortened(contact.birthday)
            message = Message("“{value}” is not a date; the birthday was left empty.", {"value": value})
            self.problems.append(RowProblem(row, subject, message, kept=True))
            return replace(contact, birthday="")
        if field in ("phones", "emails", "tags"):
            message, entries = _fewer(getattr(contact, field))
            self.problems.append(RowProblem(row, subject, message, kept=True))
            fewer: dict[str, Any] = {field: entries}
            return replace(contact, **fewer)
        limit = MAX_NOTES if field == "notes" else MAX_TEXT
        sentence = N_("A text is too long; only its first {limit} characters were kept: “{value}”")
        text = (clean_text if field == "notes" else single_line)(getattr(contact, field)).strip()
        message = Message(sentence, {"limit": limit, "value": shortened(text)})
        self.problems.append(RowProblem(row, subject, message, kept=True))
        shorter: dict[str, Any] = {field: text[:limit]}
        return replace(contact, **shorter)


def _fewer(entries: Sequence[Labelled | str]) -> tuple[Message, tuple[Labelled | str, ...]]:
    """What is wrong with phones, e-mails or labels, and those that can be kept."""
    short = tuple(entry for entry in entries if len(single_line(_value(entry))) <= MAX_TEXT)
    if len(short) < len(entries):
        sentence = N_("A phone number, e-mail or label is longer than {limit} characters; it was left out.")
        return Message(sentence, {"limit": MAX_TEXT}), short
    sentence = N_("There are more than {limit} phone numbers, e-mails or labels; only the first were kept.")
    different = tuple({single_line(_value(entry)).casefold(): entry for entry in reversed(entries)}.values())
    return Message(sentence, {"limit": MAX_ENTRIES}), different[::-1][:MAX_ENTRIES]


def _value(entry: Labelled | str) -> str:
    return entry if isinstance(entry, str) else entry.value


def _plain(label: str) -> str:
    """A label without the star of Google's own and of first choices: "* Work" is "Work", "* " nothing."""
    return label[1:].strip() if label == "*" or label.startswith("* ") else label


def _parted(name: str, organization: str) -> tuple[str, str]:
    """A full name as first names and last name; nothing where it is the organization's."""
    if name == organization:
        return "", ""
    return split_name(name)
