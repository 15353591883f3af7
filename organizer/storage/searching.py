"""Candidates of a search everywhere, newest first, out of the full-text indexes; they may be too many.

What an index finds is a superset (see index_words.py). Each reading gives so many rows below an id, so that
whoever looks twice can stop as soon as there are enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from organizer.domain.contact import FORM, sort_key
from organizer.domain.timeline import EntryKind
from organizer.storage.failures import as_written
from organizer.storage.file import File

_ABOVE_ALL = 1 << 62
_LAST = "\U0010ffff"


class Person(NamedTuple):
    """Somebody who may be a hit: `words` is what else finds her than her name, as it was written."""

    id: int
    name: str
    listed: bool
    words: str


class Place(NamedTuple):
    """A member of a team who may be a hit."""

    id: int
    person_id: int
    name: str
    number: str
    company: str
    rank: str


class Note(NamedTuple):
    """A text about somebody or something that may be a hit; `day` and `kind` where it has them."""

    id: int
    owner_id: int
    owner: str
    body: str
    listed: bool = True
    day: date | None = None
    kind: str = ""


class Item(NamedTuple):
    """A product that may be a hit."""

    id: int
    company_id: int
    name: str
    number: str
    category: str
    company: str


_NEWEST = "SELECT rowid AS id FROM {index} WHERE {index} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
_PERSON = (
    "p.id, p.name, p.listed, "
    "p.nickname || ' ' || p.organization || ' ' || p.city || ' ' || p.search || ' ' || p.prefix || ' ' || p.suffix"
)


def people_by_start(file: File, text: str, limit: int) -> list[Person]:
    """Those in Contacts whose name begins with the text, sorted as Danes sort."""
    key = sort_key(text)
    query = (
        f"SELECT {_PERSON} FROM person p WHERE p.listed AND p.sort_key >= ? AND p.sort_key < ? "
        "ORDER BY p.sort_key, p.id LIMIT ?"
    )
    return list(map(Person._make, file.fetch(query, (key, key + _LAST, limit))))


def people(file: File, match: str, below: int = 0, limit: int = 200) -> list[Person]:
    """People, the newest first, with an id below `below` (0: all)."""
    newest = _NEWEST.format(index="search_person")
    query = f"SELECT {_PERSON} FROM ({newest}) s JOIN person p ON p.id = s.id ORDER BY p.id DESC"
    return list(map(Person._make, file.fetch(query, (match, below or _ABOVE_ALL, limit))))


def people_by_number(file: File, digits: Iterable[str], limit: int) -> list[int]:
    """The ids of people with a phone number in which one of the `digits` stands, the newest numbers first."""
    match = " OR ".join(f'"{one}"' for one in digits)
    newest = _NEWEST.format(index="search_phone")
    query = f"SELECT DISTINCT n.person_id FROM ({newest}) s JOIN person_phone n ON n.id = s.id ORDER BY n.id DESC"
    return [id_ for (id_,) in file.fetch(query, (match, _ABOVE_ALL, limit))]


def numbers_of(file: File, ids: Sequence[int]) -> dict[int, list[str]]:
    """The phone numbers of some people, as they are written."""
    found: dict[int, list[str]] = {}
    query = f"SELECT person_id, value FROM person_phone WHERE person_id IN ({_places(ids)}) ORDER BY id"
    for person, value in file.fetch(query, tuple(ids)):
        found.setdefault(person, []).append(value)
    return found


_MEMBER = "SELECT m.id, m.person_id, p.name, m.number, c.name, m.rank FROM"
_OF = "JOIN person p ON p.id = m.person_id JOIN company c ON c.id = m.company_id"


def members(file: File, match: str, below: int = 0, limit: int = 200) -> tuple[list[Place], int]:
    """Team members among so many people who may be hits, and the id to go on below: 0 at the end."""
    newest = _NEWEST.format(index="search_person")
    ids = [id_ for (id_,) in file.fetch(newest, (match, below or _ABOVE_ALL, limit))]
    return places_of(file, ids), ids[-1] if len(ids) == limit else 0


def places_of(file: File, people_ids: Sequence[int]) -> list[Place]:
    """Where some people stand in teams, in the order of the people."""
    query = f"{_MEMBER} member m {_OF} WHERE m.person_id IN ({_places(people_ids)})"
    order = {id_: at for at, id_ in enumerate(people_ids)}
    found = map(Place._make, file.fetch(query, tuple(people_ids)))
    return sorted(found, key=lambda one: (order[one.person_id], one.id))


def few_members(file: File, limit: int = 500) -> list[Place] | None:
    """All who stand in teams, the newest first; None when they are more than `limit`."""
    found = list(
        map(Place._make, file.fetch(f"{_MEMBER} member m {_OF} ORDER BY m.id DESC LIMIT ?", (limit + 1,)))
    )
    return found if len(found) <= limit else None


def members_by_number(file: File, number: str, limit: int) -> list[Place]:
    """Members whose number begins so, whatever the case of its letters."""
    found: list[Place] = []
    for (company,) in file.fetch("SELECT id FROM company ORDER BY id"):
        for start in dict.fromkeys((number, number.upper(), number.lower())):
            query = f"{_MEMBER} member m {_OF} WHERE m.company_id = ? AND m.number >= ? AND m.number < ? "
            query += "AND m.number <> '' ORDER BY m.number LIMIT ?"
            found += map(Place._make, file.fetch(query, (company, start, start + _LAST, limit)))
    return list(dict.fromkeys(found))[:limit]


def about(file: File, match: str, below: int = 0, limit: int = 60) -> list[Note]:
    """What is noted about people, with the four headings of FORM in one text."""
    parts = " || char(10) || ".join(f"p.{one}" for one in ("notes", *FORM))
    newest = _NEWEST.format(index="search_about")
    query = f"""
        SELECT p.id, p.id, p.name, {parts}, p.listed FROM ({newest}) s JOIN person p ON p.id = s.id
        ORDER BY p.id DESC
    """
    return [Note(*row) for row in file.fetch(query, (match, below or _ABOVE_ALL, limit))]


_ENTRY = "SELECT e.id, e.person_id, p.name, e.body, p.listed, e.day, e.kind FROM"


@as_written
def entries(file: File, match: str, below: int = 0, limit: int = 60) -> list[Note]:
    """Entries of timelines."""
    newest = _NEWEST.format(index="search_entry")
    query = f"""
        {_ENTRY} ({newest}) s JOIN entry e ON e.id = s.id JOIN person p ON p.id = e.person_id ORDER BY e.id DESC
    """
    return _dated(file.fetch(query, (match, below or _ABOVE_ALL, limit)))


@as_written
def newest_entries(file: File, below: int = 0, limit: int = 200) -> list[Note]:
    """Entries of timelines whatever stands in them: a single letter stands in too many to ask an index."""
    query = f"{_ENTRY} entry e JOIN person p ON p.id = e.person_id WHERE e.id < ? ORDER BY e.id DESC LIMIT ?"
    return _dated(file.fetch(query, (below or _ABOVE_ALL, limit)))


def _dated(rows: Iterable[tuple[int, int, str, str, bool, str, str]]) -> list[Note]:
    return [
        Note(id_, person, name, body, bool(listed), date.fromisoformat(day), EntryKind(kind).value)
        for id_, person, name, body, listed, day, kind in rows
    ]


_STEP = """
    SELECT f.id, ifnull(f.person_id, 0), ifnull(p.name, ''), f.body, ifnull(p.listed, 1), f.due,
      iif(f.done IS NULL, '', 'done') FROM
"""


def steps(file: File, match: str, below: int = 0, limit: int = 60) -> list[Note]:
    """Next steps, those that are done too; `owner_id` is 0 for her own tasks, `kind` "done" for closed ones."""
    newest = _NEWEST.format(index="search_step")
    query = f"""
        {_STEP} ({newest}) s JOIN follow_up f ON f.id = s.id LEFT JOIN person p ON p.id = f.person_id
        ORDER BY f.id DESC
    """
    return _planned(file.fetch(query, (match, below or _ABOVE_ALL, limit)))


def newest_steps(file: File, below: int = 0, limit: int = 200) -> list[Note]:
    """Next steps as `steps` has them, whatever stands in them: as `newest_entries`."""
    query = f"""
        {_STEP} follow_up f LEFT JOIN person p ON p.id = f.person_id WHERE f.id < ? AND f.body <> ''
        ORDER BY f.id DESC LIMIT ?
    """
    return _planned(file.fetch(query, (below or _ABOVE_ALL, limit)))


def _planned(rows: Iterable[tuple[int, int, str, str, bool, str | None, str]]) -> list[Note]:
    return [
        Note(id_, person, name, body, bool(listed), date.fromisoformat(due) if due else None, closed)
        for id_, person, name, body, listed, due, closed in rows
    ]


def products(file: File, match: str, below: int = 0, limit: int = 200) -> list[Item]:
    """Products of every company."""
    newest = _NEWEST.format(index="search_product")
    query = f"""
        SELECT p.id, p.company_id, p.name, p.number, p.category, c.name FROM ({newest}) s
        JOIN product p ON p.id = s.id JOIN company c ON c.id = p.company_id ORDER BY p.id DESC
    """
    return list(map(Item._make, file.fetch(query, (match, below or _ABOVE_ALL, limit))))


def product_notes(file: File, match: str, below: int = 0, limit: int = 60) -> list[Note]:
    """Notes on products; `kind` is the section."""
    newest = _NEWEST.format(index="search_product_note")
    query = f"""
        SELECT n.id, n.product_id, p.name, n.body, 1, NULL, n.section FROM ({newest}) s
        JOIN product_note n ON n.id = s.id JOIN product p ON p.id = n.product_id ORDER BY n.id DESC
    """
    return [Note(*row) for row in file.fetch(query, (match, below or _ABOVE_ALL, limit))]


def company_of_product(file: File, product_id: int) -> int:
    """The company in whose catalogue a product stands, 0 where it is gone."""
    found = file.fetch("SELECT company_id FROM product WHERE id = ?", (product_id,))
    return int(found[0][0]) if found else 0


def who_said_no(file: File, ids: Sequence[int]) -> set[int]:
    """Those of some people who have said a no that stands."""
    query = f"SELECT DISTINCT person_id FROM said_no WHERE lifted IS NULL AND person_id IN ({_places(ids)})"
    return {id_ for (id_,) in file.fetch(query, tuple(ids))}


def holds_anything(file: File) -> bool:
    """Whether anything can be found at all."""
    tables = ("person", "product", "follow_up")
    return any(file.fetch(f"SELECT 1 FROM {table} LIMIT 1") for table in tables)


def _places(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))
