"""What she can do with contacts. Every deed is one transaction that undo takes back under its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from organizer.domain.contact import Contact, cleaned
from organizer.services import suppression
from organizer.storage import File, consents, contacts
from organizer.storage.contacts import ContactRow

__all__ = ["ContactRow", "add", "delete", "get", "row", "rows", "save", "tags"]


def rows(file: File) -> list[ContactRow]:
    """Everyone in Contacts, as lines of the list, sorted as Danes sort."""
    return contacts.rows(file)


def row(file: File, id_: int) -> ContactRow | None:
    """One line of the list, None when this person isn't in Contacts."""
    return contacts.row(file, id_)


def get(file: File, id_: int) -> Contact | None:
    """One whole contact, or None when there is none (any more)."""
    found = contacts.get(file, id_)
    return found[0] if found else None


def everyone(file: File) -> list[Contact]:
    """All contacts whole, for export and reports."""
    return contacts.everyone(file, listed_only=True)


def tags(file: File) -> list[str]:
    """Every tag in use."""
    return contacts.tags(file)


def add(file: File, contact: Contact) -> int:
    """Add a contact; its id. Who had said no before has that no again. Raises FieldRefusal."""
    contact = cleaned(replace(contact, listed=True))
    with file.deed("contact.add", contact.name):
        id_ = contacts.insert(file, [contact])[0]
        suppression.note_again(file, [(id_, contact)])
    return id_


def save(file: File, contact: Contact) -> None:
    """Store a changed contact; no deed when nothing changed. Raises FieldRefusal.

    A phone or e-mail of somebody who had said no before brings that no back.
    """
    contact = cleaned(contact)
    with file.deed("contact.edit", contact.name):
        before = {one.id: one for one in contacts.get(file, [contact.id])}
        contacts.update(file, contact)
        suppression.note_again(file, [(contact.id, contact)], before)


def delete(file: File, ids: Sequence[int]) -> int:
    """Delete contacts; how many of them keep their place in a team and left only the contact list.

    Who had said no is known again by phone or e-mail.
    """
    people = contacts.get(file, ids)
    one = len(people) == 1
    with file.deed(
        "contact.delete" if one else "contact.delete.many", people[0].name if one else str(len(people))
    ):
        kept = contacts.in_teams(file, ids)
        noes = consents.noes_of(file, ids)
        for person in people:
            if person.id not in kept:
                suppression.remember(file, person, noes.get(person.id, ()))
        contacts.delete(file, [id_ for id_ in ids if id_ not in kept])
        for person in people:
            if person.id in kept:
                contacts.update(file, replace(person, listed=False))
    return len(kept)


def show_in_contacts(file: File, person_id: int) -> None:
    """Put a person who so far only stands in a team into Contacts too."""
    person = contacts.get(file, person_id)[0]
    with file.deed("contact.add", person.name):
        contacts.update(file, replace(person, listed=True))
