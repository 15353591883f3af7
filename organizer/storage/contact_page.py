"""What one person's page shows beside the card: each question asks for no more than fits on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from organizer.domain.team import Kind
from organizer.domain.timeline import Entry, EntryKind, FollowUp
from organizer.storage import timeline
from organizer.storage.failures import as_written
from organizer.storage.file import File

_TALKS = ("talk", "call")


class Place(NamedTuple):
    """Where a person stands in one team: the company, who recruited them, the rank that the company reports."""

    member_id: int
    company_id: int
    company: str
    number: str
    kind: Kind
    rank: str
    joined: date | None
    sponsor_id: int
    sponsor: str


@as_written
def entries(file: File, person_id: int, kinds: Collection[EntryKind], limit: int) -> list[Entry]:
    """The newest entries of these kinds, the newest first; at most `limit`, all of them where it is negative."""
    query = f"""
        SELECT id, day, kind, body FROM entry WHERE person_id = ? AND kind IN ({_places(kinds)})
        ORDER BY day DESC, id DESC LIMIT ?
    """
    rows = file.fetch(query, (person_id, *sorted(kinds), limit))
    return [Entry(id_, person_id, date.fromisoformat(day), EntryKind(kind), body) for id_, day, kind, body in rows]


def open_steps(file: File, person_id: int) -> list[FollowUp]:
    """What is still to be done with a person, the earliest day first, those without a day last."""
    where = "person_id = ? AND done IS NULL ORDER BY due IS NULL, due, id"
    return timeline.steps_where(file, where, (person_id,))


def closed_steps(file: File, person_id: int, limit: int) -> list[FollowUp]:
    """What was done or given up last, the newest first; at most `limit`, all where it is negative."""
    where = "person_id = ? AND done IS NOT NULL ORDER BY done DESC, id DESC LIMIT ?"
    return timeline.steps_where(file, where, (person_id, limit))


def last_talk(file: File, person_id: int) -> date | None:
    """The day on which the two last spoke with each other, as far as it was noted."""
    query = f"""
        SELECT day FROM entry WHERE person_id = ? AND kind IN ({_places(_TALKS)}) ORDER BY day DESC LIMIT 1
    """
    return next((date.fromisoformat(day) for (day,) in file.fetch(query, (person_id, *_TALKS))), None)


@as_written
def places(file: File, person_id: int) -> list[Place]:
    """The person's places in teams, in the order they were added."""
    query = """
        SELECT m.id, c.id, c.name, m.number, m.kind, m.rank, m.joined,
          ifnull(m.sponsor_id, 0), ifnull(p.name, m.above)
        FROM member m JOIN company c ON c.id = m.company_id
          LEFT JOIN member s ON s.id = m.sponsor_id LEFT JOIN person p ON p.id = s.person_id
        WHERE m.person_id = ? ORDER BY m.id
    """
    return [
        Place(id_, company_id, company, number, Kind(kind), rank, joined and date.fromisoformat(joined), *sponsor)
        for id_, company_id, company, number, kind, rank, joined, *sponsor in file.fetch(query, (person_id,))
    ]


def liked(file: File, person_id: int) -> list[tuple[int, str]]:
    """The products that a person likes: id and name."""
    query = """
        SELECT p.id, p.name FROM product_like l JOIN product p ON p.id = l.product_id
        WHERE l.person_id = ? ORDER BY l.id
    """
    return [(id_, name) for id_, name in file.fetch(query, (person_id,))]


def found(file: File, words: Sequence[str], limit: int) -> list[tuple[int, str, str]]:
    """People in Contacts in whose names, cities or numbers every word begins something: id, name, city."""
    query = """
        SELECT p.id, p.name, p.city FROM search_person s JOIN person p ON p.id = s.rowid
        WHERE search_person MATCH ? AND p.listed LIMIT ?
    """
    asked = " AND ".join(f'"{word}"*' for word in words)
    return [(id_, name, city) for id_, name, city in file.fetch(query, (asked, limit))]


def _places(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
