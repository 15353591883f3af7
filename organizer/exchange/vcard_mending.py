"""A person out of a vCard made sound: what can't be kept as it is, is shortened or left out, and told."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from operator import attrgetter
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
from organizer.domain.result import FieldRefusal, Message
from organizer.exchange.cells import shortened
from organizer.i18n import N_

_DETAILS = 60  # at most so many things can be wrong with one person
_LISTS = ("phones", "emails", "tags", "more_addresses", "extra")
_LONG = N_("A text is too long; only its first {limit} characters were kept: “{value}”")
_LEFT = N_("A detail is longer than {limit} characters, so it was left out: “{value}”")
_MANY = N_("There are more than {limit} details of one kind; only the first were kept.")


def mended(contact: Contact) -> tuple[Contact, list[Message]] | None:
    """The contact as it can be kept, and what was changed for that; None for one that names nobody."""
    if _is_sound(contact):
        return contact, []
    told: list[Message] = []
    for _attempt in range(_DETAILS):
        try:
            return cleaned(contact), told
        except FieldRefusal as refusal:
            if refusal.field == "name":
                return None
            contact, message = _without(contact, refusal.field)
            told.append(message)
    return None


def _is_sound(contact: Contact) -> bool:
    """Whether `cleaned` would change nothing, where that can be told at once, as of nearly all cards it can."""
    if contact.more_addresses or any(getattr(contact, field) for field in FORM):
        return False
    notes = contact.notes
    if notes and (len(notes) > MAX_NOTES or clean_text(notes).strip() != notes):
        return False
    lines = [*_single(contact), *contact.tags, *contact.extra]
    for entries in (contact.phones, contact.emails):
        if len(entries) > 1 and len({entry.value.casefold() for entry in entries}) < len(entries):
            return False
        for entry in entries:
            if not entry.value:
                return False
            lines += (entry.value, entry.label)
    joined = f"|{'|'.join(lines)}|"
    return (
        joined.isprintable()
        and not ("  " in joined or " |" in joined or "| " in joined)
        and (joined.isascii() or unicodedata.is_normalized("NFC", joined))
        and (len(joined) <= MAX_TEXT or max(map(len, lines)) <= MAX_TEXT)
        and len(lines) <= MAX_ENTRIES
        and len(set(contact.tags)) == len(contact.tags)
        and "" not in contact.tags
        and bool(contact.name)
    )


_single = attrgetter(
    *("prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "organization", "source"),
    *("street", "postal_code", "city", "country", "address_label"),
)


def _without(contact: Contact, field: str) -> tuple[Contact, Message]:
    if field in _LISTS:
        entries, message = _fewer(getattr(contact, field), MAX_EXTRA if field == "extra" else MAX_TEXT)
        changed: dict[str, Any] = {field: entries}
        return replace(contact, **changed), message
    if field == "birthday":
        sentence = N_("“{value}” is not a date; the birthday was left empty.")
        message = Message(sentence, {"value": shortened(contact.birthday)})
        return replace(contact, birthday=""), message
    is_note = field == "notes" or field in FORM
    limit = MAX_NOTES if is_note else MAX_TEXT
    text = (clean_text if is_note else single_line)(getattr(contact, field)).strip()
    shorter: dict[str, Any] = {field: text[:limit]}
    return replace(contact, **shorter), Message(_LONG, {"limit": limit, "value": shortened(text)})


_Entry = str | Labelled | Address


def _fewer(entries: tuple[_Entry, ...], limit: int) -> tuple[tuple[_Entry, ...], Message]:
    """The entries that aren't too long; if all are short, as many as can be kept."""
    short = tuple(entry for entry in entries if _longest(entry) <= limit)
    if len(short) < len(entries):
        first = next(entry for entry in entries if _longest(entry) > limit)
        return short, Message(_LEFT, {"limit": limit, "value": shortened(_shown(first))})
    different = tuple(dict.fromkeys(entry for entry in entries if _shown(entry).strip()))
    return different[:MAX_ENTRIES], Message(_MANY, {"limit": MAX_ENTRIES})


def _longest(entry: _Entry) -> int:
    if isinstance(entry, Address):
        texts = (entry.street, entry.postal_code, entry.city, entry.country, entry.label)
        return max(len(single_line(text)) for text in texts)
    return len(single_line(_shown(entry)))


def _shown(entry: _Entry) -> str:
    if isinstance(entry, Address):
        return " ".join((entry.street, entry.postal_code, entry.city, entry.country))
    return entry if isinstance(entry, str) else entry.value
