"""Other cards of a person that only the history remembers: merged into hers, or deleted before she came again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from json import loads

from organizer.domain.contact import fold, phone_digits
from organizer.storage import schema
from organizer.storage.file import File
from organizer.storage.insight import columns_to, known_names

_MERGE = "contact.merge"


def cards_of(file: File, person_id: int) -> list[int]:
    """The ids of a person's cards: the present one first, then those that are gone but can come back by undo."""
    found = [person_id]
    while more := {*_merged(file, found), *_earlier(file, found)} - set(found):
        found += sorted(more)
    return found


def _merged(file: File, ids: Collection[int]) -> Iterator[int]:
    """Who was merged into one of these, by the deeds that did it: whatever such a deed touched went to them."""
    deeds = file.fetch("SELECT first_row, last_row FROM history_deed WHERE kind = ? AND NOT undone", (_MERGE,))
    for first, last in deeds:
        if _touched(file, first, last) & set(ids):
            query = "SELECT row_id FROM history_row WHERE id BETWEEN ? AND ? AND tbl = 'person' AND op = 'D'"
            yield from (id_ for (id_,) in file.fetch(query, (first, last)))


def _touched(file: File, first: int, last: int) -> set[int]:
    query = "SELECT row_id FROM history_row WHERE id BETWEEN ? AND ? AND tbl = 'person' AND op = 'U'"
    found = {id_ for (id_,) in file.fetch(query, (first, last))}
    for table in schema.TRACKED:
        for column in columns_to(table, "person"):
            query = f"""
                SELECT DISTINCT now.{column} FROM history_row h JOIN {table.name} now ON now.id = h.row_id
                WHERE h.id BETWEEN ? AND ? AND h.tbl = ?
            """
            found |= {id_ for (id_,) in file.fetch(query, (first, last, table.name))}
    return found


def _earlier(file: File, ids: Collection[int]) -> Iterator[int]:
    """Deleted cards of the same name, or with the same first name and a phone or e-mail in common."""
    rows = file.fetch(
        "SELECT row_id, image FROM history_row WHERE tbl = 'person' AND op = 'D' "
        "AND row_id NOT IN (SELECT id FROM person)"
    )
    if not rows:
        return
    names = {fold(name) for name in known_names(file, ids)}
    firsts = {name.split()[0] for name in names if name.split()}
    ways = set().union(*(_ways(file, id_) for id_ in ids))
    for id_, image in rows:
        name = fold(loads(image).get("name", ""))
        if name in names or (name.split()[:1] and name.split()[0] in firsts and _ways(file, id_) & ways):
            yield id_


def _ways(file: File, id_: int) -> set[str]:
    """A card's phones and e-mails, those it has and those it had."""
    found = set()
    for table, key in (("person_phone", phone_digits), ("person_email", fold)):
        query = f"""
            SELECT value FROM {table} WHERE person_id = ?1
            UNION SELECT json_extract(image, '$.value') FROM history_row
              WHERE tbl = '{table}' AND image IS NOT NULL AND json_extract(image, '$.person_id') = ?1
        """
        found |= {key(value) for (value,) in file.fetch(query, (id_,))}
    return found - {""}
