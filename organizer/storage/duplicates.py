"""What tells people apart, read for everybody at once, and whom the last deeds changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from organizer.storage import history
from organizer.storage.file import File

_AT_ONCE = 900
_PEOPLE = """
SELECT p.id, p.listed, p.name, p.first_name, p.middle_name, p.last_name, p.nickname, p.organization, p.birthday,
  p.city,
  ifnull((SELECT group_concat(value, char(10)) FROM person_phone WHERE person_id = p.id), ''),
  ifnull((SELECT group_concat(value, char(10)) FROM person_email WHERE person_id = p.id), '')
FROM person p
"""
_CHANGED = """
SELECT row_id, ifnull(last_id, row_id) FROM history_row WHERE id > ?1 AND tbl = 'person'
UNION ALL
SELECT json_extract(image, '$.person_id'), json_extract(image, '$.person_id') FROM history_row
WHERE id > ?1 AND tbl IN ('person_phone', 'person_email') AND image IS NOT NULL
UNION ALL
SELECT d.person_id, d.person_id FROM history_row h JOIN person_phone d ON d.id BETWEEN h.row_id
  AND ifnull(h.last_id, h.row_id) WHERE h.id > ?1 AND h.tbl = 'person_phone'
UNION ALL
SELECT d.person_id, d.person_id FROM history_row h JOIN person_email d ON d.id BETWEEN h.row_id
  AND ifnull(h.last_id, h.row_id) WHERE h.id > ?1 AND h.tbl = 'person_email'
"""


class Traits(NamedTuple):
    """What tells one person from another, and the name as shown; `phones` and `emails` have one on each line."""

    id: int
    listed: bool
    name: str
    first_name: str
    middle_name: str
    last_name: str
    nickname: str
    organization: str
    birthday: str
    city: str
    phones: str
    emails: str


def traits(file: File) -> list[Traits]:
    """Everybody's, in Contacts or only in a team."""
    return list(map(Traits._make, file.fetch(_PEOPLE + "ORDER BY p.id")))


def traits_of(file: File, ids: Iterable[int]) -> list[Traits]:
    """Those of the people with these ids; who is gone is left out."""
    wanted, found = list(ids), list[Traits]()
    for start in range(0, len(wanted), _AT_ONCE):
        part = tuple(wanted[start : start + _AT_ONCE])
        places = ", ".join("?" * len(part))
        found += map(Traits._make, file.fetch(f"{_PEOPLE} WHERE p.id IN ({places})", part))
    return found


def count(file: File) -> int:
    """How many people there are."""
    return int(file.fetch("SELECT count(*) FROM person")[0][0])


def last_change(file: File) -> int:
    """Where the history of the file stands now: `changed_since` tells what came after."""
    return history.last_row(file.connection)


def changed_since(file: File, row: int, most: int) -> set[int] | None:
    """The people whose names, phones or e-mails the history after `row` tells of; None for over `most`."""
    found = set[int]()
    for first, last in file.fetch(_CHANGED, (row,)):
        if last - first >= most or len(found) > most:
            return None
        found.update(range(first, last + 1))
    return found


def related(file: File) -> frozenset[frozenset[int]]:
    """All pairs between whom a relation is noted, of whatever kind: they are two people."""
    return frozenset(frozenset(pair) for pair in file.fetch("SELECT person_id, other_id FROM relation"))


def related_to(file: File, person_id: int) -> frozenset[int]:
    """Those between whom and this person a relation is noted, of whatever kind."""
    query = "SELECT iif(person_id = ?1, other_id, person_id) FROM relation WHERE person_id = ?1 OR other_id = ?1"
    return frozenset(id_ for (id_,) in file.fetch(query, (person_id,)))
