"""The rows of any table made into contacts, by what each column is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from organizer.domain.contact import (
    MAX_TEXT,
    Address,
    Contact,
    Labelled,
    clean_text,
    fold,
    parse_birthday,
    split_name,
)
from organizer.domain.result import FieldRefusal, Message, RowProblem
from organizer.exchange import contact_extra
from organizer.exchange.cells import BadCell, shortened, unguarded
from organizer.exchange.contact_mapping import DETAILS, PLACE, parted
from organizer.exchange.contact_mending import mended, nobody
from organizer.exchange.date_columns import Order, read_date
from organizer.exchange.google_contacts import roles_of
from organizer.exchange.layout import is_total
from organizer.exchange.tables import Table
from organizer.i18n import N_

_LOST = N_("Some letters were lost when the file was written, and stand as “?”: {value}. Correct them by hand.")
_YEAR = N_("“{value}” has no whole year; only day and month of the birthday were kept.")
_COULD_LOSE = (
    *("full_name", "first_name", "middle_name", "last_name", "nickname", "organization"),
    *("street", "city", "address"),
)
_ORDER = {"": 0, "Home": 1, "Work": 2, "Other": 3}
_WHOLE = re.compile(
    r"(?P<street>.+?)[,\n]\s*(?P<code>(?:[A-Z]{1,2}-)?\d{4,5})\s+(?P<city>[^,\n]+)(?:[,\n]\s*(?P<land>.+))?"
)
_SHORT_YEAR = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2}")
_PARTS = re.compile(r"[;,]")
_LINES = ("notes", "family", "occupation", "recreation", "message", *PLACE, *DETAILS)


_ROUNDED = re.compile(r"[+-]?\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_FORMULA = re.compile(r'="?(\+?[\d ()./-]+)"?')
_NO_NUMBER = N_("“{value}” is a number that a spreadsheet has rounded, so it was left out.")


def _whole_name(first: str, last: str, full: str) -> tuple[str, str]:
    """First and last name, where one is missing as the full name has it."""
    if (first and last) or not full:
        return first, last
    whole_first, whole_last = _full_name(full)
    if not (first or last):
        return whole_first, whole_last
    if first and fold(whole_first) == fold(first):
        return first, whole_last
    if last and fold(whole_last) == fold(last):
        return whole_first, last
    return first, last


class PeopleOf:
    """Makes the rows of `table` into contacts. `columns` has a field for each of the table's columns, or ""."""

    def __init__(self, table: Table, columns: Sequence[str], order: Order) -> None:
        self.table, self.order = table, order
        self.contacts: list[Contact] = []
        self.rows: list[int] = []
        self.problems: list[RowProblem] = []
        self._columns = [(place, *parted(column)) for place, column in enumerate(columns) if column]
        self._has_source = any(field == "source" for _place, field, _kind in self._columns)

    def read(self, place: int) -> None:
        """Add the row's person, or a problem saying why nobody is told."""
        cells, number = self.table.rows[place], self.table.numbers[place]
        texts = list(self._texts(cells))
        rounded = [text for field, _kind, text in texts if field == "phone" and _ROUNDED.fullmatch(text)]
        told = _Told([one for one in texts if one[2] not in rounded])
        birthday, why = self._birthday(told.one("birthday"))
        why = [*why, *(Message(_NO_NUMBER, {"value": text}) for text in rounded)]
        contact = mended(self._contact(told, birthday), number, self.problems)
        if contact is None:
            if not is_total(cells):
                self.problems.append(nobody(number, cells))
            return
        self.contacts.append(contact)
        self.rows.append(number)
        lost = [text for field in _COULD_LOSE for text in told.all(field) if "?" in text]
        if lost:
            why = [*why, Message(_LOST, {"value": shortened(", ".join(lost))})]
        self.problems += [RowProblem(number, shortened(contact.name), message, kept=True) for message in why]

    def _texts(self, cells: Sequence[str]) -> Iterable[tuple[str, str, str]]:
        for place, field, kind in self._columns:
            text = unguarded(cells[place].strip())
            if field == "phone" and (formula := _FORMULA.fullmatch(text)):
                text = formula[1]
            if text:
                yield field, kind, text

    def _contact(self, told: _Told, birthday: str) -> Contact:
        first, last = told.one("first_name"), told.one("last_name")
        first, last = _whole_name(first, last, told.one("full_name"))
        address, *more = told.addresses() or [Address()]
        tags = tuple(part.strip() for text in told.all("tags") for part in _split(text) if part.strip())
        words = [part for text in told.all("roles") for part in _PARTS.split(text)]
        # a word that is no role of hers is kept as a tag
        tags += tuple(word.strip() for word in words if word.strip() and not roles_of([word]))
        return Contact(
            first_name=first or (told.one("nickname") if not (last or told.one("organization")) else ""),
            middle_name=told.one("middle_name"),
            last_name=last,
            organization=told.one("organization"),
            phones=told.entries("phone"),
            emails=told.entries("email"),
            street=address.street,
            postal_code=address.postal_code,
            city=address.city,
            country=address.country,
            birthday=birthday,
            tags=tags,
            roles=roles_of([*words, *tags]),
            notes="\n".join(told.all("notes")),
            source=told.one("source") if self._has_source else self.table.file[:MAX_TEXT],
            prefix=told.one("prefix"),
            suffix=told.one("suffix"),
            nickname=told.one("nickname"),
            address_label=address.label,
            more_addresses=tuple(more),
            family="\n".join(told.all("family")),
            occupation="\n".join(told.all("occupation")),
            recreation="\n".join(told.all("recreation")),
            message="\n".join(told.all("message")),
            extra=told.extra(),
        )

    def _birthday(self, text: str) -> tuple[str, list[Message]]:
        """As it is stored, and what was wrong with it; zeros alone are Outlook's way to say none."""
        if not text or not text.strip("0-./ "):
            return "", []
        try:
            return read_date(text, self.order).isoformat(), []
        except BadCell:
            pass
        try:
            return parse_birthday(text), []
        except FieldRefusal:
            if match := _SHORT_YEAR.fullmatch(text):
                one, other = int(match[1]), int(match[2])
                day, month = (one, other) if self.order is Order.DAY_FIRST else (other, one)
                try:
                    yearless = date(2000, month, day).strftime("--%m-%d")
                except ValueError:
                    return text, []
                return yearless, [Message(_YEAR, {"value": shortened(text)})]
            return text, []  # told with the other details that can't be kept


class _Told:
    """What one row tells, by field."""

    def __init__(self, told: list[tuple[str, str, str]]) -> None:
        self._told = told
        self._by: dict[str, list[str]] = {}
        for field, _kind, text in told:
            self._by.setdefault(field, []).append(clean_text(text).strip() if field in _LINES else text)

    def all(self, field: str) -> list[str]:
        return self._by.get(field, [])

    def one(self, field: str) -> str:
        return next(iter(self.all(field)), "")

    def entries(self, field: str) -> tuple[Labelled, ...]:
        return tuple(Labelled(text, kind) for name, kind, text in self._told if name == field)

    def extra(self) -> tuple[str, ...]:
        return tuple(contact_extra.line(field, text, kind) for field, kind, text in self._told if field in DETAILS)

    def addresses(self) -> list[Address]:
        """One of each kind, those at home before those at work."""
        kinds: dict[str, dict[str, list[str]]] = {}
        for field, kind, text in self._told:
            if field in PLACE:
                lines = ", ".join(line.strip() for line in text.splitlines() if line.strip())
                kinds.setdefault(kind, {}).setdefault(field, []).append(text if field == "address" else lines)
        ordered = sorted(kinds, key=lambda kind: _ORDER.get(kind, 4))
        return [
            _address(kind, {field: ", ".join(told) for field, told in kinds[kind].items()}) for kind in ordered
        ]


def _address(kind: str, told: dict[str, str]) -> Address:
    whole = told.pop("address", "")
    known = Address(**told, label=kind)
    if not whole or known.street:
        return known
    if not (known.city or known.postal_code) and (match := _WHOLE.fullmatch(whole.strip())):
        street = ", ".join(match["street"].splitlines())
        land = known.country or match["land"] or ""
        return Address(street, match["code"], match["city"].strip(), land.strip(), kind)
    return replace(known, street=", ".join(line.strip() for line in whole.splitlines() if line.strip()))


def _full_name(text: str) -> tuple[str, str]:
    """First and last name of "Anna Berg" and of "Berg, Anna"."""
    last, comma, first = text.partition(",")
    if comma and "," not in first and first.strip() and last.strip():
        return first, last
    return split_name(text)


def _split(text: str) -> list[str]:
    return text.split(";") if ";" in text else text.split(",")
