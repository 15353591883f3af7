"""People in the file. Lists read just what they show; one person is read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import select

from organizer.domain.contact import Address, Contact, Labelled, Role, phone_digits, search_text, sort_key
from organizer.domain.result import Message, Refusal
from organizer.storage import history, timeline
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import (
    consent,
    person,
    person_address,
    person_email,
    person_phone,
    person_picture,
    person_role,
    person_tag,
    product_like,
    relation,
    said_no,
)

_TEXTS = (
    *("first_name", "middle_name", "last_name", "organization", "street", "postal_code", "city", "country"),
    *("birthday", "notes", "source"),
)
_MORE = ("prefix", "suffix", "nickname", "address_label", "family", "occupation", "recreation", "message")
_COLUMNS = ("id", *_TEXTS, "listed", "name", "sort_key", "search", *_MORE, "extra", "added", "expires")
_texts_of = attrgetter(*_TEXTS)
_more_of = attrgetter(*_MORE)
_DETAILS = (person_phone, person_email, person_tag, person_role, person_address)
_SHOWN = {
    "person_phone": ("value", "label"),
    "person_email": ("value", "label"),
    "person_address": ("street", "postal_code", "city", "country", "label"),
}
"""What is read of a detail; of the others the value."""


_KINDS = {"person_phone": Labelled, "person_email": Labelled, "person_address": Address}
_parts_of = attrgetter(*_SHOWN["person_address"])
_HANGING = (
    *((person_picture, "person_id"), (relation, "person_id"), (relation, "other_id")),
    *((consent, "person_id"), (said_no, "person_id"), (product_like, "person_id")),
)
"""What goes with a person who is deleted: tables, and the columns that name her."""

_ByPerson = dict[int, tuple[Any, ...]]

_AT_ONCE = 900
"""How many ids go into one question: SQLite bounds the places in one."""


class ContactRow(NamedTuple):
    """One line of the list: what it shows, and `search` (folded) to find it by."""

    id: int
    name: str
    phone: str
    email: str
    city: str
    search: str


_LIST = """
SELECT p.id, p.name,
  ifnull((SELECT value FROM person_phone WHERE person_id = p.id ORDER BY id LIMIT 1), '') AS phone,
  ifnull((SELECT value FROM person_email WHERE person_id = p.id ORDER BY id LIMIT 1), '') AS email,
  p.city, p.search
FROM person p WHERE p.listed
"""


def rows(file: File) -> list[ContactRow]:
    """Everyone in Contacts, sorted as Danes sort."""
    return list(map(ContactRow._make, file.fetch(_LIST + " ORDER BY p.sort_key, p.id")))


def row(file: File, id_: int) -> ContactRow | None:
    """One line of the list, None when this person isn't in Contacts."""
    return next((ContactRow(*line) for line in file.fetch(_LIST + " AND p.id = ?", (id_,))), None)


def get(file: File, ids: int | Sequence[int]) -> list[Contact]:
    """The whole contacts with these ids, in the order asked; unknown ids are left out."""
    wanted = [ids] if isinstance(ids, int) else list(ids)
    found: dict[int, Contact] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = tuple(wanted[start : start + _AT_ONCE])
        found |= {person.id: person for person in _read(file, f"IN ({', '.join('?' * len(part))})", part)}
    return [found[id_] for id_ in wanted if id_ in found]


def names(file: File) -> list[tuple[int, str]]:
    """Everybody's id and name, in no order."""
    return [(id_, name) for id_, name in file.fetch("SELECT id, name FROM person")]


def everyone(file: File, listed_only: bool = False) -> list[Contact]:
    """Every person in the file, or only those in Contacts, sorted as Danes sort."""
    return _read(file, "IN (SELECT id FROM person WHERE listed)" if listed_only else "> 0", ())


@as_written
def _read(file: File, which: str, values: tuple[int, ...]) -> list[Contact]:
    columns = ", ".join(("id", *_TEXTS, "listed", *_MORE, "extra", "added", "expires"))
    people = file.fetch(f"SELECT {columns} FROM person WHERE id {which} ORDER BY sort_key, id", values)
    details = []
    for table in _DETAILS:
        by_person: _ByPerson = {}
        names = ", ".join(_SHOWN.get(table.name, ("value",)))
        kind: Callable[..., Any] = _KINDS.get(table.name, str)
        query = f"SELECT person_id, {names} FROM {table.name} WHERE person_id {which} ORDER BY id"
        for person_id, *detail in file.fetch(query, values):
            by_person[person_id] = (*by_person.get(person_id, ()), kind(*detail))
        details.append(by_person)
    return [Contact(*_whole(row, *details)) for row in people]


def _whole(
    row: tuple[Any, ...],
    phones: _ByPerson,
    emails: _ByPerson,
    tags: _ByPerson,
    roles: _ByPerson,
    addresses: _ByPerson,
) -> tuple[Any, ...]:
    """A Contact's fields, in their order."""
    id_, *told = row
    texts, (listed, *more), (extra, added, expires) = told[: len(_TEXTS)], told[len(_TEXTS) : -3], told[-3:]
    return (
        id_,
        *texts[:4],
        phones.get(id_, ()),
        emails.get(id_, ()),
        *texts[4:9],
        tags.get(id_, ()),
        _roles(roles.get(id_, ())),
        *texts[9:],
        bool(listed),
        *more[:4],
        addresses.get(id_, ()),
        *more[4:],
        tuple(extra.split("\n")) if extra else (),
        added and date.fromisoformat(added),
        expires and date.fromisoformat(expires),
    )


@cache
def _roles(values: tuple[str, ...]) -> frozenset[Role]:
    return frozenset(map(Role, values))


def insert(file: File, contacts: Iterable[Contact]) -> list[int]:
    """Store new people (cleaned before); their ids, in the same order. Many go in as one range.

    Who doesn't say when she was added is added today.
    """
    first = history.next_id(file.connection, person)
    today = file.clock().date()
    known = [contact if contact.added else replace(contact, added=today) for contact in contacts]
    values = [_values(contact, id_) for id_, contact in enumerate(known, first)]
    history.insert_rows(file.connection, person, _COLUMNS, values)
    ids = list(range(first, first + len(known)))
    _insert_details(file, zip(ids, known, strict=True))
    return ids


def insert_again(file: File, contact: Contact) -> None:
    """Store somebody who was in the file before, under the id she had, which must be free."""
    history.insert_rows(file.connection, person, _COLUMNS, [_values(contact, contact.id)])
    _insert_details(file, [(contact.id, contact)])


def _values(contact: Contact, id_: int) -> tuple[Any, ...]:
    return (
        *(id_, *_texts_of(contact), contact.listed, *derived(contact), *_more_of(contact)),
        *("\n".join(contact.extra), _day(contact.added), _day(contact.expires)),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def derived(contact: Contact) -> tuple[str, str, str]:
    """What is stored of a contact beside what was written: the name, what she is sorted by, what finds her."""
    name = contact.name
    return (name, sort_key(name), _search(contact)) if contact.listed else (name, "", "")


def derive_anew(file: File) -> None:
    """Derive what lists are sorted and searched by as this version does, where it isn't so yet."""
    stored = {row[0]: tuple(row[1:]) for row in file.fetch("SELECT id, name, sort_key, search FROM person")}
    values = [(*derived(one), one.id) for one in everyone(file) if derived(one) != stored[one.id]]
    if values:
        file.connection.exec_driver_sql(
            "UPDATE person SET name = ?, sort_key = ?, search = ? WHERE id = ?", values
        )


def _search(contact: Contact) -> str:
    numbers = (form for entry in contact.phones for form in (entry.value, phone_digits(entry.value)))
    mails = (entry.value for entry in contact.emails)
    names = (contact.name, contact.nickname, contact.organization, contact.city)
    return search_text(*names, *numbers, *mails, *contact.tags)


def _insert_details(file: File, people: Iterable[tuple[int, Contact]]) -> None:
    lines: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in _DETAILS}
    for id_, contact in people:
        lines["person_phone"] += [(id_, e.value, e.label, phone_digits(e.value)) for e in contact.phones]
        lines["person_email"] += [(id_, entry.value, entry.label) for entry in contact.emails]
        lines["person_tag"] += [(id_, tag) for tag in contact.tags]
        lines["person_role"] += [(id_, role.value) for role in sorted(contact.roles)]
        lines["person_address"] += [(id_, *_parts_of(address)) for address in contact.more_addresses]
    for table in _DETAILS:
        columns = [column.name for column in table.columns]
        first = history.next_id(file.connection, table)
        numbered = [(id_, *line) for id_, line in enumerate(lines[table.name], first)]
        history.insert_rows(file.connection, table, columns, numbered)


def update(file: File, contact: Contact) -> None:
    """Store a changed person. Raises Refusal when she is gone."""
    update_all(file, [contact])


def update_all(file: File, changed: Sequence[Contact]) -> None:
    """Store changed people; what stays the same keeps its rows. Raises Refusal when somebody is gone."""
    before = {contact.id: contact for contact in get(file, [contact.id for contact in changed])}
    if any(contact.id not in before for contact in changed):
        raise Refusal(Message("This contact is gone. Nothing was changed."))
    really = [contact for contact in changed if contact != before[contact.id]]
    if not really:
        return
    settings = ", ".join(f"{name} = ?" for name in _COLUMNS[1:])
    values = [(*_values(contact, contact.id)[1:], contact.id) for contact in really]
    file.connection.exec_driver_sql(f"UPDATE person SET {settings} WHERE id = ?", values)
    lists = attrgetter("phones", "emails", "tags", "roles", "more_addresses")
    other_lists = [contact for contact in really if lists(contact) != lists(before[contact.id])]
    _delete_details(file, [contact.id for contact in other_lists])
    _insert_details(file, [(contact.id, contact) for contact in other_lists])


def delete(file: File, ids: Sequence[int]) -> None:
    """Delete people who hold no place in a team, with all that is kept of what was said and done with them."""
    _delete_details(file, ids)
    timeline.forget(file, ids)
    for table, column in _HANGING:
        for start in range(0, len(ids), _AT_ONCE):
            file.connection.execute(table.delete().where(table.c[column].in_(ids[start : start + _AT_ONCE])))
    for start in range(0, len(ids), _AT_ONCE):
        file.connection.execute(person.delete().where(person.c.id.in_(ids[start : start + _AT_ONCE])))


def _delete_details(file: File, ids: Sequence[int]) -> None:
    for table in _DETAILS:
        for start in range(0, len(ids), _AT_ONCE):
            file.connection.execute(table.delete().where(table.c.person_id.in_(ids[start : start + _AT_ONCE])))


def in_teams(file: File, ids: Sequence[int]) -> set[int]:
    """Those of `ids` who hold a place in a team."""
    found = file.connection.exec_driver_sql("SELECT DISTINCT person_id FROM member").scalars()
    return set(found) & set(ids)


def tags(file: File) -> list[str]:
    """Every tag in use, sorted."""
    return sorted(file.connection.execute(select(person_tag.c.value).distinct()).scalars(), key=sort_key)
