"""Contacts as Google writes them in CSV, in today's layout and in the one before 2024, and the program's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from organizer.domain.contact import (
    FORM,
    MAX_TEXT,
    Address,
    Contact,
    Labelled,
    Role,
    single_line,
    split_name,
)
from organizer.domain.result import RowProblem
from organizer.exchange import contact_extra
from organizer.exchange.cells import unguarded
from organizer.exchange.contact_mending import mended, nobody
from organizer.exchange.layout import Layout, heading_key, is_total
from organizer.exchange.reading import IsCancelled, Progress, Reading, by_row, part, undisturbed, watch
from organizer.exchange.tables import Table, read_table

BETWEEN = " ::: "
"""Stands between several values in one cell."""

_BETWEEN = re.compile(r"(?:^|\s):::(?=\s|$)")  # at an end and twice on end too

LAYOUT = Layout(
    english={
        "first_name": ("First Name", "Given Name"),
        "middle_name": ("Middle Name", "Additional Name"),
        "last_name": ("Last Name", "Family Name"),
        "full_name": ("Name", "File As"),
        "prefix": ("Name Prefix",),
        "suffix": ("Name Suffix",),
        "nickname": ("Nickname",),
        "organization": ("Organization Name", "Organization 1 - Name"),
        "title": ("Organization Title", "Organization 1 - Title"),
        "department": ("Organization Department", "Organization 1 - Department"),
        "birthday": ("Birthday",),
        "notes": ("Notes",),
        "labels": ("Labels", "Group Membership"),
        "roles": ("Roles",),
        "family": ("Family Notes",),
        "occupation": ("Occupation Notes",),
        "recreation": ("Recreation Notes",),
        "message": ("Message Notes",),
        "source": ("Source",),
        "added": ("Added",),
        "expires": ("Kept Until",),
        "extra": ("Other Details",),
        "email": ("E-mail 1 - Value",),
        "phone": ("Phone 1 - Value",),
        "address": ("Address 1 - Street", "Address 1 - Formatted"),
    },
    danish={},
    needed=(("first_name", "last_name"), ("labels", "email", "phone", "address")),
    long_texts=frozenset(
        {"notes", "address", "email", "phone", "organization", "extra", "title", "department", *FORM}
    ),
)
"""The headings understood; e-mails, phones, addresses, websites and relations may be numbered on."""

LABEL_ROLES = {
    Role.CUSTOMER: ("customer", "customers", "client", "clients", "kunde", "kunder"),
    Role.PROSPECT: ("prospect", "prospects", "lead", "leads", "emne", "emner", "kundeemne", "kundeemner"),
    Role.HOST: ("host", "hosts", "hostess", "hostesses", "vært", "værter", "værtinde", "værtinder"),
    Role.DISTRIBUTOR: ("distributor", "distributors", "consultant", "consultants", "team", "forhandler",
                       "forhandlere", "konsulent", "konsulenter", "distributør", "distributører"),
}  # fmt: skip
"""The labels that say what a person is to the distributor."""

_ROLE_OF = {heading_key(word): role for role, words in LABEL_ROLES.items() for word in words}
_KINDS = ("email", "phone", "address", "website", "relation", "event", "im", "customfield")
_NUMBERED = re.compile(rf"({'|'.join(_KINDS)})([0-9]{{1,4}})([a-z]+)")
_LABELS = ("type", "service")
_PLACE = ("street", "postalcode", "city", "country")
_MORE = ("extendedaddress", "pobox", "region")
_READ = frozenset(("value", "label", "formatted", *_PLACE, *_MORE))
_EVERYONE = "* myContacts"


@dataclass(frozen=True, slots=True)
class GoogleReading(Reading[Contact]):
    """What was read; `unused` are the headings of columns that hold something and that no field is for."""

    unused: Sequence[str] = ()


def read_google_contacts(
    path: Path, *, progress: Progress | None = None, cancelled: IsCancelled | None = None
) -> GoogleReading:
    """The people in `path`, in file order, with the file's name as source.

    Labels become tags; those that LABEL_ROLES knows also give the role, unless the file has a column of roles:
    then it is the program's own (`contacts_csv` writes it), and each cell is one value. A birthday that is none is
    dropped and a long text cut, and reported; a row that tells nobody's name, e-mail or phone is left out. Raises
    Refusal for a file that is no such table, Cancelled when cancelled.
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
        told = frozenset(table.fields)
        return GoogleReading(person.contacts, problems, table.file, person.rows, told, _unused(table))


def _unused(table: Table) -> list[str]:
    read = {*table.fields.values()}
    for columns in (one for several in _numbered(table.header).values() for one in several):
        read.update(place for what, place in columns.items() if what in _READ)
    return [
        heading
        for place, heading in enumerate(table.header)
        if place not in read and any(row[place].strip() for row in table.rows)
    ]


def roles_of(words: Sequence[str]) -> frozenset[Role]:
    """The roles that labels say, in English or Danish."""
    return frozenset(_ROLE_OF[key] for key in map(heading_key, words) if key in _ROLE_OF)


def _numbered(header: Sequence[str]) -> dict[str, list[dict[str, int]]]:
    """For each of _KINDS the columns of each number in turn, by what they hold."""
    found: dict[str, dict[int, dict[str, int]]] = {kind: {} for kind in _KINDS}
    for index, heading in enumerate(header):
        if match := _NUMBERED.fullmatch(heading_key(heading)):
            what = "label" if match[3] in _LABELS else match[3]
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
        number = self.table.numbers[place]
        sound = mended(self._contact(row), number, self.problems)
        if sound:
            self.contacts.append(sound)
            self.rows.append(number)
        elif not is_total(row):
            self.problems.append(nobody(number, row))

    def _contact(self, row: list[str]) -> Contact:
        first, middle, last = (self._text(row, field) for field in ("first_name", "middle_name", "last_name"))
        organization = self._first(self._text(row, "organization"))
        nickname = self._text(row, "nickname")
        if not (first or middle or last):
            first, last = _parted(self._text(row, "full_name"), organization)
            if nickname and not (first or last or organization or self._is_ours):
                first, nickname = nickname, ""
        labels = self._labels(self._text(row, "labels"))
        address, *more = self._addresses(row) or [Address()]
        return Contact(
            first_name=first,
            middle_name=middle,
            last_name=last,
            organization=organization,
            phones=self._entries(row, "phone"),
            emails=self._entries(row, "email"),
            street=address.street,
            postal_code=address.postal_code,
            city=address.city,
            country=address.country,
            birthday=self._text(row, "birthday"),
            tags=labels,
            roles=roles_of(self._labels(self._text(row, "roles")) if self._is_ours else labels),
            notes=self._text(row, "notes"),
            source=self._text(row, "source") if "source" in self._ours else self.table.file[:MAX_TEXT],
            prefix=self._text(row, "prefix"),
            suffix=self._text(row, "suffix"),
            nickname=nickname,
            address_label=address.label,
            more_addresses=tuple(more),
            extra=self._extra(row),
            family=self._text(row, "family"),
            occupation=self._text(row, "occupation"),
            recreation=self._text(row, "recreation"),
            message=self._text(row, "message"),
            added=self._day(row, "added"),
            expires=self._day(row, "expires"),
        )

    @property
    def _ours(self) -> Mapping[str, int]:
        """The columns that only the program's own files have."""
        return self.table.fields if self._is_ours else {}

    def _text(self, row: list[str], field: str) -> str:
        index = self.table.fields.get(field)
        return "" if index is None else unguarded(row[index].strip(" \t"))

    def _day(self, row: list[str], field: str) -> date | None:
        try:
            return date.fromisoformat(self._text(row, field)) if field in self._ours else None
        except ValueError:
            return None

    def _labels(self, cell: str) -> tuple[str, ...]:
        if cell not in self._known_labels:
            labels = (label.strip() for label in _BETWEEN.split(single_line(cell)))
            self._known_labels[cell] = tuple(_plain(label) for label in labels if label not in ("", _EVERYONE))
        return self._known_labels[cell]

    def _entries(self, row: list[str], kind: str) -> tuple[Labelled, ...]:
        entries = []
        for columns in self._columns[kind]:
            cell = row[columns["value"]] if "value" in columns else ""
            if cell:
                values = [cell] if self._is_ours else _BETWEEN.split(single_line(cell))
                label = self._label(row, columns)
                entries += [Labelled(unguarded(value.strip()), label) for value in values]
        return tuple(entries)

    def _label(self, row: list[str], columns: Mapping[str, int]) -> str:
        return _plain(unguarded(row[columns["label"]].strip())) if "label" in columns else ""

    def _extra(self, row: list[str]) -> tuple[str, ...]:
        """What else is told; in the program's own files as it was kept."""
        if self._is_ours:
            return tuple(self._text(row, "extra").splitlines())
        lines = [contact_extra.line(kind, self._text(row, kind)) for kind in ("title", "department")]
        for kind in ("website", "relation", "event", "im", "customfield"):
            lines += [contact_extra.line(kind, entry.value, entry.label) for entry in self._entries(row, kind)]
        return tuple(filter(None, lines))

    def _addresses(self, row: list[str]) -> list[Address]:
        """Those that say something; of the program's own files the first in any case."""
        found: list[Address] = []
        for columns in self._columns["address"]:
            label = self._label(row, columns)
            parts = [self._parts(row, columns, what) for what in (*_PLACE, *_MORE, "formatted")]
            for street, code, city, country, extended, box, region, whole in zip_longest(*parts, fillvalue=""):
                where = ", ".join(filter(None, (street, extended, box))) or ("" if city else whole)
                town = ", ".join(filter(None, (city, region)))
                if where or code or town or country or (self._is_ours and not found):
                    found.append(Address(where, code, town, country, label))
        return found

    def _parts(self, row: list[str], columns: Mapping[str, int], what: str) -> list[str]:
        """A cell's values, each on one line; several addresses may stand in one cell of Google's."""
        cell = row[columns[what]] if what in columns else ""
        values = [cell] if self._is_ours else _BETWEEN.split(cell)
        return [", ".join(filter(None, map(str.strip, unguarded(value.strip()).splitlines()))) for value in values]

    def _first(self, cell: str) -> str:
        """The first of a cell's values; the program's own files have one value in each."""
        return cell if self._is_ours else next(filter(str.strip, _BETWEEN.split(cell)), "")


def _plain(label: str) -> str:
    """A label without the star of Google's own and of first choices: "* Work" is "Work", "* " nothing."""
    return label[1:].strip() if label == "*" or label.startswith("* ") else label


def _parted(name: str, organization: str) -> tuple[str, str]:
    """A full name as first names and last name; nothing where it is the organization's."""
    if name == organization:
        return "", ""
    return split_name(name)


def has_own_columns(header: Sequence[str]) -> bool:
    """True where a heading has columns such as only Google and this program write, "Phone 1 - Value"."""
    keys = [heading_key(heading) for heading in header]
    return any(map(_NUMBERED.fullmatch, keys)) or {"firstname", "labels", "roles"} <= set(keys)
