"""What completing a person adds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from organizer.domain.contact import FORM, Contact, fold
from organizer.domain.result import Message


def news(before: Contact, after: Contact) -> Iterator[Message]:
    """What `after` has that `before` hasn't, the most telling first; nothing where they are equal."""
    if before == after:
        return
    told = list(_told(before, after))
    yield from told or [Message("missing details are added")]


def otherwise(known: Contact, found: Contact) -> Iterator[Message]:
    """Where `found` says something else than `known`, which stays as it is."""
    sentences = {
        "prefix": Message("the file has another title: {value}; yours is kept"),
        "suffix": Message("the file has another suffix: {value}; yours is kept"),
        "nickname": Message("the file has another nickname: {value}; yours is kept"),
        "organization": Message("the file has another organization: {value}; yours is kept"),
        "birthday": Message("the file has another birthday: {value}; yours is kept"),
    }
    for field, sentence in sentences.items():
        hers, theirs = getattr(known, field), getattr(found, field)
        without_year = field == "birthday" and theirs[:1] == "-" and theirs[-5:] == hers[-5:]
        if theirs and fold(theirs) != fold(hers) and not without_year:
            yield Message(sentence.text, {"value": theirs})


def _told(before: Contact, after: Contact) -> Iterator[Message]:
    for entry in after.phones[len(before.phones) :]:
        yield Message("phone {value} is added", {"value": entry.value})
    for entry in after.emails[len(before.emails) :]:
        yield Message("e-mail {value} is added", {"value": entry.value})
    for address in after.addresses[len(before.addresses) :]:
        where = ", ".join(filter(None, (address.street, address.postal_code, address.city)))
        yield Message("the address {value} is added", {"value": where or address.country})
    for tag in after.tags[len(before.tags) :]:
        yield Message("tag {value} is added", {"value": tag})
    if after.birthday != before.birthday:
        yield Message("the birthday is added")
    if any(getattr(before, field) != getattr(after, field) for field in ("notes", *FORM)):
        yield Message("a note is added")
    if after.listed and not before.listed:
        yield Message("so far only in a team; is put into Contacts")
