"""What completing a person adds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from organizer.domain.contact import FORM, Contact
from organizer.domain.result import Message


def news(before: Contact, after: Contact) -> Iterator[Message]:
    """What `after` has that `before` hasn't, the most telling first; nothing where they are equal."""
    if before == after:
        return
    told = list(_told(before, after))
    yield from told or [Message("missing details are added")]


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
