"""People in the file. Lists read just what they show; one person is read whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from organizer.domain.contact import Contact, Labelled, Role, phone_digits, search_text, sort_key
from organizer.storage import history
from organizer.storage.file import File
from organizer.storage.schema import person, person_email, person_phone, person_role, person_tag

_TEXTS = (
    *("first_name", "middle_name", "last_name", "organization", "street", "postal_code", "city", "country"),
    *("birthday", "notes", "source"),
)
_COLUMNS = ("id", *_TEXTS, "listed", "name", "sort_key", "search")
_DETAILS = (person_phone, person_email, person_tag, person_role)


@dataclass(frozen=True, slots=True)
class ContactRow:
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
FROM person p WHERE p.listed ORDER BY p.sort_key, p.id
"""


def rows(file: File) -> list[ContactRow]:
    """Everyone in Contacts, sorted as Danes sort."""
    cursor = file.connection.exec_driver_sql(_LIST).cursor
    return [ContactRow(*row) for row in cursor.fetchall()] if cursor else []


def get(file: File, ids: int | Sequence[int]) -> list[Contact]:
    """The whole contacts with these ids, in the order asked; unknown ids are left out."""
    wanted = [ids] if isinstance(ids, int) else list(ids)
    found: dict[int, Contact] = {}
    for start in range(0, len(wanted), 900):
        found |= _read(file, person.c.id.in_(wanted[start : start + 900]), wanted[start : start + 900])
    return [found[id_] for id_ in wanted if id_ in found]


def everyone(file: File, listed_only: bool = False) -> list[Contact]:
    """Every person in the file, or only those in Contacts, sorted as Danes sort."""
    condition = person.c.listed if listed_only else person.c.id > 0
    return list(_read(file, condition, None).values())


def _read(file: File, condition: Any, ids: Sequence[int] | None) -> dict[int, Contact]:
    details: list[dict[int, list[Any]]] = []
    for table in _DETAILS:
        query = select(table).order_by(table.c.id)
        if ids is not None:
            query = query.where(table.c.person_id.in_(ids))
        by_person: dict[int, list[Any]] = defaultdict(list)
        for row in file.connection.execute(query):
            by_person[row.person_id].append(row)
        details.append(by_person)
    phones, emails, tags, roles = details
    return {
        row.id: Contact(
            id=row.id,
            **{name: getattr(row, name) for name in _TEXTS},
            listed=bool(row.listed),
            phones=tuple(Labelled(d.value, d.label) for d in phones[row.id]),
            emails=tuple(Labelled(d.value, d.label) for d in emails[row.id]),
            tags=tuple(d.value for d in tags[row.id]),
            roles=frozenset(Role(d.value) for d in roles[row.id]),
        )
        for row in file.connection.execute(
            select(person).where(condition).order_by(person.c.sort_key, person.c.id)
        )
    }


def insert(file: File, contacts: Iterable[Contact]) -> list[int]:
    """Store new people (cleaned before); their ids, in the same order. Many go in as one range."""
    first = history.next_id(file.connection, person)
    known = list(contacts)
    values = [_values(contact, id_) for id_, contact in enumerate(known, first)]
    history.bulk_insert(file.connection, person, _COLUMNS, values)
    ids = list(range(first, first + len(known)))
    _insert_details(file, zip(ids, known, strict=True))
    return ids


def _values(contact: Contact, id_: int) -> tuple[Any, ...]:
    texts = [getattr(contact, name) for name in _TEXTS]
    return (id_, *texts, contact.listed, contact.name, sort_key(contact.name), _search(contact))


def _search(contact: Contact) -> str:
    numbers = (form for entry in contact.phones for form in (entry.value, phone_digits(entry.value)))
    mails = (entry.value for entry in contact.emails)
    return search_text(contact.name, contact.organization, contact.city, *numbers, *mails, *contact.tags)


def _insert_details(file: File, people: Iterable[tuple[int, Contact]]) -> None:
    lines: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in _DETAILS}
    for id_, contact in people:
        lines["person_phone"] += [(id_, entry.value, entry.label) for entry in contact.phones]
        lines["person_email"] += [(id_, entry.value, entry.label) for entry in contact.emails]
        lines["person_tag"] += [(id_, tag) for tag in contact.tags]
        lines["person_role"] += [(id_, role.value) for role in sorted(contact.roles)]
    for table in _DETAILS:
        columns = [column.name for column in table.columns]
        first = history.next_id(file.connection, table)
        numbered = [(id_, *line) for id_, line in enumerate(lines[table.name], first)]
        history.bulk_insert(file.connection, table, columns, numbered)


def update(file: File, contact: Contact) -> None:
    """Store the changed person; entries that stay the same keep their rows."""
    before = get(file, contact.id)[0]
    if contact == before:
        return
    settings = dict(zip(_COLUMNS, _values(contact, contact.id), strict=True))
    file.connection.execute(person.update().where(person.c.id == contact.id).values(**settings))
    lists = ("phones", "emails", "tags", "roles")
    if any(getattr(contact, name) != getattr(before, name) for name in lists):
        _delete_details(file, [contact.id])
        _insert_details(file, [(contact.id, contact)])


def delete(file: File, ids: Sequence[int]) -> None:
    """Delete people who hold no place in a team."""
    _delete_details(file, ids)
    for start in range(0, len(ids), 900):
        file.connection.execute(person.delete().where(person.c.id.in_(ids[start : start + 900])))


def _delete_details(file: File, ids: Sequence[int]) -> None:
    for table in _DETAILS:
        for start in range(0, len(ids), 900):
            file.connection.execute(table.delete().where(table.c.person_id.in_(ids[start : start + 900])))


def in_teams(file: File, ids: Sequence[int]) -> set[int]:
    """Those of `ids` who hold a place in a team."""
    found = file.connection.exec_driver_sql("SELECT DISTINCT person_id FROM member").scalars()
    return set(found) & set(ids)


def tags(file: File) -> list[str]:
    """Every tag in use, sorted."""
    return sorted(file.connection.execute(select(person_tag.c.value).distinct()).scalars(), key=sort_key)
