"""Tells at once of most people out of vCards that they need no mending."""

from __future__ import annotations

import unicodedata
from operator import attrgetter

from organizer.domain.contact import FORM, MAX_ENTRIES, MAX_NOTES, MAX_TEXT, Contact, clean_text

_single = attrgetter(
    *("prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "organization", "source"),
    *("street", "postal_code", "city", "country", "address_label"),
)
_form = attrgetter(*FORM)


def is_sound(contact: Contact) -> bool:
    """Whether `cleaned` would change nothing, where that can be told at once, as of nearly all cards it can."""
    if contact.more_addresses or any(_form(contact)):
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
        and bool(contact.first_name or contact.last_name or contact.name)
    )
