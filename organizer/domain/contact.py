"""A person: one record, whatever roles she has and in however many teams."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from organizer.domain.result import FieldRefusal, Message

T = TypeVar("T")

MAX_TEXT = 200
"""Longest single-line text that is kept; longer ones are cut by importers with a warning."""

MAX_NOTES = 20_000
"""Longest note."""

MAX_ENTRIES = 100
"""Most phones, e-mails and tags that one person can have, of each."""


class Role(StrEnum):
    """What a person is to the distributor; one person can be several things."""

    PROSPECT = "prospect"
    CUSTOMER = "customer"
    HOST = "host"
    DISTRIBUTOR = "distributor"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A phone number or e-mail address with its kind ("Mobile", "Work", or empty)."""

    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One person. `id` 0 means not stored yet; `listed` people appear in Contacts, others only in a team.

    `birthday` is "YYYY-MM-DD", or "--MM-DD" where the year isn't known, or empty.
    """

    id: int = 0
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    organization: str = ""
    phones: tuple[Labelled, ...] = ()
    emails: tuple[Labelled, ...] = ()
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    birthday: str = ""
    tags: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    notes: str = ""
    source: str = ""
    listed: bool = True

    @property
    def name(self) -> str:
        """The name as shown: first, middle and last; the organization or an address where there is no name."""
        full = " ".join(part for part in (self.first_name, self.middle_name, self.last_name) if part)
        if full or self.organization:
            return full or self.organization
        return next((entry.value for entry in (*self.emails, *self.phones)), "")


_ADDRESS = ("street", "postal_code", "city", "country")
_LINES = ("first_name", "middle_name", "last_name", "organization", *_ADDRESS, "source")


def cleaned(contact: Contact) -> Contact:
    """The contact with spaces trimmed, empty entries dropped and doubles removed.

    Raises FieldRefusal when nothing says who it is, the birthday is no date, a text is too long, or there are
    too many phones, e-mails or tags.
    """
    texts: dict[str, Any] = {field: single_line(getattr(contact, field)) for field in _LINES}
    for field, text in texts.items():
        if len(text) > MAX_TEXT:
            raise too_long(field, MAX_TEXT)
    notes = clean_text(contact.notes).strip()
    if len(notes) > MAX_NOTES:
        raise too_long("notes", MAX_NOTES)
    tidy = replace(
        contact,
        **texts,
        phones=_tidy_entries(contact.phones, "phones"),
        emails=_tidy_entries(contact.emails, "emails"),
        tags=_tidy_tags(contact.tags),
        birthday=parse_birthday(contact.birthday),
        notes=notes,
    )
    if not tidy.name:
        raise FieldRefusal("name", Message("Write a name, an organization, an e-mail or a phone number."))
    return tidy


def too_long(field: str, limit: int) -> FieldRefusal:
    """The refusal of a text longer than `limit` characters."""
    return FieldRefusal(field, Message("This text is too long: at most {limit} characters.", {"limit": limit}))


def _tidy_entries(entries: tuple[Labelled, ...], field: str) -> tuple[Labelled, ...]:
    kept: dict[str, Labelled] = {}
    for entry in entries:
        value = single_line(entry.value)
        if len(value) > MAX_TEXT:
            raise too_long(field, MAX_TEXT)
        if value:
            kept.setdefault(value.casefold(), Labelled(value, single_line(entry.label)[:MAX_TEXT].rstrip()))
    return _not_too_many(tuple(kept.values()), field)


def _tidy_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(tag for tag in map(single_line, tags) if tag))
    if any(len(tag) > MAX_TEXT for tag in lines):
        raise too_long("tags", MAX_TEXT)
    return _not_too_many(lines, "tags")


def _not_too_many(entries: tuple[T, ...], field: str) -> tuple[T, ...]:
    if len(entries) > MAX_ENTRIES:
        message = Message("These are too many: at most {limit} can be kept.", {"limit": MAX_ENTRIES})
        raise FieldRefusal(field, message)
    return entries


def single_line(text: str) -> str:
    """The text on one line: runs of white space are one space, control characters are left out."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """The text composed (see `composed`), every line end as a newline, without what no font shows.

    That is control characters, halves of surrogate pairs, and the marks that turn or embed the direction of
    what follows: they would turn a sentence of the program's round too, and stand around phone numbers that
    were copied from elsewhere. Right-to-left letters need none.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # as nearly all text is
        return text
    return composed(text.replace("\r\n", "\n").translate(_SHOWN))


_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))


class _Shown(dict[int, int | None]):
    """What stays of each character: itself, a newline for a line end of any kind, or nothing."""

    def __missing__(self, code: int) -> int | None:
        if code in (0x09, 0x0A):
            kept: int | None = code
        elif code in (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029):
            kept = 0x0A
        elif unicodedata.category(chr(code)) in ("Cc", "Cs") or code in _TURNING:
            kept = None
        else:
            kept = code
        return self.setdefault(code, kept)


_SHOWN = _Shown()

_MOST_MARKS = 30  # on one letter, as Unicode's own "stream-safe" form has it: no language needs ten


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC); of a long one at most 30 marks on each letter.

    Sorting the marks of one letter takes the square of their number: a cell full of them would take hours.
    """
    if len(text) > 1000 and not unicodedata.is_normalized("NFC", text):
        kept, run = [], 0
        for char in text:
            run = run + 1 if unicodedata.combining(char) else 0
            if run <= _MOST_MARKS:
                kept.append(char)
        text = "".join(kept)
    return unicodedata.normalize("NFC", text)


_ISO = re.compile(r"(\d{4}|-)-(\d{1,2})-(\d{1,2})\Z")
_DANISH = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z")
_YEARLESS = re.compile(r"(\d{1,2})[./-](\d{1,2})\.?\Z")


def parse_birthday(text: str) -> str:
    """A birthday in the form that is stored: "1962-02-15", "--02-15" or "".

    Accepts those and the Danish 15.02.1962, 15-02-1962 and 15/2/1962, also without the year: 15.02.
    Raises FieldRefusal for anything else.
    """
    text = text.strip()
    if not text:
        return ""
    try:
        if match := _ISO.match(text):
            year = 2000 if match[1] == "-" else int(match[1])
            day = date(year, int(match[2]), int(match[3]))
            return day.strftime("--%m-%d") if match[1] == "-" else day.isoformat()
        if match := _DANISH.match(text):
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        if match := _YEARLESS.match(text):
            return date(2000, int(match[2]), int(match[1])).strftime("--%m-%d")
    except ValueError:
        pass
    raise FieldRefusal("birthday", Message("{text} is not a date. Write it like 15.02.1962.", {"text": text}))


def phone_digits(number: str) -> str:
    """The digits that tell one phone from another: +45, 0045 and spaces make no difference.

    >>> phone_digits("+45 12 34 56 78") == phone_digits("12345678")
    True
    """
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        digits = "00" + digits
    return digits[4:] if digits.startswith("0045") and len(digits) == 12 else digits


def search_text(*parts: str) -> str:
    """What a search looks in: case and accents folded, but æ, ø and å kept apart as Danes do."""
    return fold(" ".join(part for part in parts if part))


def fold(text: str) -> str:
    """Lower case without accents; å stays å, ø stays ø, æ stays æ. `fold("Zoë Åse") == "zoe åse"`."""
    if text.isascii():
        return text.lower()
    return composed(text.casefold()).translate(_UNACCENTED)


class _Letters(dict[int, str]):
    """What each letter becomes: worked out when it is first met, then looked up by `str.translate`."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, unicodedata.normalize("NFD", chr(code))[0])


_UNACCENTED = _Letters({ord(letter): letter for letter in "åøæ"})
_ALPHABET_END = _Letters({ord("æ"): "{", ord("ø"): "|", ord("å"): "}", ord("ä"): "{", ord("ö"): "|"})


def sort_key(name: str) -> str:
    """A key that sorts names as Danes do: æ ø å (and aa) last, accents ignored.

    >>> sorted(["Åse", "Ane", "Østen", "Zoe", "Aage", "Ærø"], key=sort_key)
    ['Ane', 'Zoe', 'Ærø', 'Østen', 'Aage', 'Åse']
    """
    if name.isascii():
        return name.lower().replace("aa", "}")
    return composed(name.casefold()).replace("aa", "å").translate(_ALPHABET_END)


def split_name(full: str) -> tuple[str, str]:
    """First names and last name of a name written in one: "Anna Berg Holm" is "Anna Berg" and "Holm"."""
    first, _space, last = single_line(full).rpartition(" ")
    return (first, last) if first else (last, "")


def adds_nothing(known: Contact, found: Contact) -> bool:
    """True when `found` has the same name and tells nothing that `known` doesn't say in the same words."""
    if fold(known.name) != fold(found.name):
        return False
    texts = ("organization", *_ADDRESS, "birthday", "notes")
    if any(getattr(found, name) and getattr(found, name) != getattr(known, name) for name in texts):
        return False
    lists = ((found.tags, known.tags), (found.roles, known.roles), (_mails(found), _mails(known)))
    return all(set(new) <= set(old) for new, old in lists) and _numbers(found) <= _numbers(known)


def _mails(contact: Contact) -> set[str]:
    return {entry.value.casefold() for entry in contact.emails}


def _numbers(contact: Contact) -> set[str]:
    return {phone_digits(entry.value) for entry in contact.phones}


def same_person(one: Contact, other: Contact) -> bool:
    """True when name and an e-mail or phone agree: sure enough to update rather than add."""
    if fold(one.name) != fold(other.name):
        return False
    return bool(_mails(one) & _mails(other) or (_numbers(one) & _numbers(other)) - {""})


def completed(known: Contact, found: Contact) -> Contact:
    """`known` with what only `found` has: empty fields filled, new phones, e-mails, tags and roles added.

    Nothing that the distributor wrote is replaced: another note is added below hers, another address left out.
    What there is no room for is left out too.
    """
    has_address = known.street or known.postal_code or known.city
    numbers = {phone_digits(entry.value) for entry in known.phones}
    phones = tuple(entry for entry in found.phones if phone_digits(entry.value) not in numbers)
    emails = tuple(entry for entry in found.emails if entry.value.casefold() not in _mails(known))
    fields = ("middle_name", "organization", "birthday", *(() if has_address else _ADDRESS))
    filled: dict[str, Any] = {field: getattr(known, field) or getattr(found, field) for field in fields}
    if found.notes not in known.notes:
        both = f"{known.notes}\n\n{found.notes}".strip()
        filled["notes"] = both if len(both) <= MAX_NOTES else known.notes
    return cleaned(
        replace(
            known,
            **filled,
            phones=_joined(known.phones, phones),
            emails=_joined(known.emails, emails),
            tags=_joined(known.tags, tuple(tag for tag in found.tags if tag not in known.tags)),
            roles=known.roles | found.roles,
            listed=known.listed or found.listed,
        )
    )


def lacks(completed: Contact, found: Contact) -> bool:
    """True where `completed` had no room for a note, phone, e-mail or tag of `found`."""
    return not (
        found.notes in completed.notes
        and _numbers(found) <= _numbers(completed)
        and _mails(found) <= _mails(completed)
        and set(found.tags) <= set(completed.tags)
    )


def _joined(known: tuple[T, ...], more: tuple[T, ...]) -> tuple[T, ...]:
    return known + more[: max(0, MAX_ENTRIES - len(known))]
