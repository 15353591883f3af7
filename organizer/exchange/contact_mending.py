"""A person of a file made fit to be kept: what can't be kept is dropped or cut, and told by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from organizer.domain.contact import (
    FORM,
    MAX_ENTRIES,
    MAX_EXTRA,
    MAX_NOTES,
    MAX_TEXT,
    Address,
    Contact,
    Labelled,
    clean_text,
    cleaned,
    single_line,
)
from organizer.domain.result import FieldRefusal, Message, RowProblem
from organizer.exchange.cells import shortened
from organizer.i18n import N_

_DETAILS = 60  # at most so many things can be wrong with one person
_LISTS = ("phones", "emails", "tags", "more_addresses", "extra")
_LONG = ("notes", *FORM)


def mended(contact: Contact, row: int, problems: list[RowProblem]) -> Contact | None:
    """The contact cleaned, None where nothing says who it is; what had to go is told in `problems`."""
    for _attempt in range(_DETAILS):
        try:
            return cleaned(contact)
        except FieldRefusal as refusal:
            if refusal.field == "name":
                return None
            contact, message = _without(contact, refusal.field)
            problems.append(RowProblem(row, shortened(contact.name), message, kept=True))
    return None


def nobody(row: int, cells: Sequence[str]) -> RowProblem:
    """The problem of a row that says of nobody who it is."""
    subject = shortened(next((cell for cell in cells if cell.strip()), ""))
    sentence = N_("This row has no name, organization, e-mail or phone number, so it was left out.")
    return RowProblem(row, subject, Message(sentence))


def _without(contact: Contact, field: str) -> tuple[Contact, Message]:
    """The contact without the detail that was refused, and what is told of it."""
    changed: dict[str, Any]
    if field == "birthday":
        value = shortened(contact.birthday)
        message = Message("“{value}” is not a date; the birthday was left empty.", {"value": value})
        return replace(contact, birthday=""), message
    if field in _LISTS:
        message, entries = _fewer(getattr(contact, field), MAX_EXTRA if field == "extra" else MAX_TEXT)
        changed = {field: entries}
        return replace(contact, **changed), message
    limit = MAX_NOTES if field in _LONG else MAX_TEXT
    text = (clean_text if field in _LONG else single_line)(getattr(contact, field)).strip()
    sentence = N_("A text is too long; only its first {limit} characters were kept: “{value}”")
    changed = {field: text[:limit]}
    return replace(contact, **changed), Message(sentence, {"limit": limit, "value": shortened(text)})


_Entry = Labelled | Address | str


def _fewer(entries: Sequence[_Entry], limit: int) -> tuple[Message, tuple[_Entry, ...]]:
    """What is wrong with phones, e-mails, addresses, labels or others, and those that can be kept."""
    short = tuple(entry for entry in entries if all(len(single_line(text)) <= limit for text in _texts(entry)))
    if len(short) < len(entries):
        sentence = N_(
            "A phone number, e-mail, address or label is longer than {limit} characters; it was left out."
        )
        return Message(sentence, {"limit": limit}), short
    sentence = N_(
        "There are more than {limit} phone numbers, e-mails, addresses or labels; only the first were kept."
    )
    different = tuple({_key(entry): entry for entry in reversed(entries)}.values())
    return Message(sentence, {"limit": MAX_ENTRIES}), different[::-1][:MAX_ENTRIES]


def _texts(entry: _Entry) -> tuple[str, ...]:
    if isinstance(entry, Address):
        return entry.street, entry.postal_code, entry.city, entry.country, entry.label
    return (entry if isinstance(entry, str) else entry.value,)


def _key(entry: _Entry) -> tuple[str, ...]:
    return tuple(single_line(text).casefold() for text in _texts(entry))
