"""Other cards of a person that only the history remembers: merged into hers, or deleted before she came again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from organizer.domain.contact import fold
from organizer.storage.file import File
from organizer.storage.insight import looked_for


def cards_of(file: File, person_id: int) -> list[int]:
    """The ids of a person's cards: the present one first, then those that are gone but can come back by undo."""
    ids = _with_merged(file, [person_id])
    return _with_merged(file, [*ids, *_earlier(file, ids)])


def deleted(file: File) -> list[int]:
    """The ids of all cards that were deleted, or taken back by undo, with whoever was merged into those."""
    query = """
        SELECT DISTINCT h.row_id
        FROM history_row h LEFT JOIN history_deed d ON h.id BETWEEN d.first_row AND d.last_row
        WHERE h.tbl = 'person' AND h.op = 'D' AND h.row_id NOT IN (SELECT id FROM person)
          AND d.kind IS NOT 'contact.merge' AND json_extract(h.image, '$.name') <> '' ORDER BY h.row_id
    """
    ids = [id_ for (id_,) in file.fetch(query)]
    return _with_merged(file, ids)


def _with_merged(file: File, ids: Iterable[int]) -> list[int]:
    """With whoever was merged into them, and into those."""
    found = dict.fromkeys(ids)
    more = list(found)
    while more:
        more = [gone for gone in _merged_into(file, more) if gone not in found]
        found |= dict.fromkeys(more)
    return list(found)


def _merged_into(file: File, ids: Collection[int]) -> list[int]:
    """Who was merged into these, by the deeds that changed their cards, or noted there that it was done."""
    places = _listed(ids)
    query = f"""
        WITH noted(id) AS (
          SELECT id FROM entry WHERE person_id IN ({places})
          UNION SELECT row_id FROM history_row
            WHERE tbl = 'entry' AND image IS NOT NULL AND json_extract(image, '$.person_id') IN ({places}))
        SELECT DISTINCT gone.row_id FROM history_deed d
        JOIN history_row gone ON gone.id BETWEEN d.first_row AND d.last_row
          AND gone.tbl = 'person' AND gone.op = 'D'
        WHERE d.kind = 'contact.merge' AND NOT d.undone AND EXISTS (
          SELECT 1 FROM history_row kept WHERE kept.id BETWEEN d.first_row AND d.last_row
            AND (kept.tbl = 'person' AND kept.op = 'U' AND kept.row_id IN ({places})
              OR kept.tbl = 'entry' AND kept.op = 'I' AND kept.row_id IN (SELECT id FROM noted)))
        ORDER BY gone.row_id
    """
    return [id_ for (id_,) in file.fetch(query)]


def _earlier(file: File, ids: Sequence[int]) -> list[int]:
    """Deleted cards of the same name, or with the same first name and a phone or e-mail in common.

    Not those that were merged into somebody: they belong to that person.
    """
    query = """
        SELECT h.row_id, json_extract(h.image, '$.name'), json_extract(h.image, '$.first_name')
        FROM history_row h LEFT JOIN history_deed d ON h.id BETWEEN d.first_row AND d.last_row
        WHERE h.tbl = 'person' AND h.op = 'D' AND h.row_id NOT IN (SELECT id FROM person)
          AND d.kind IS NOT 'contact.merge' ORDER BY h.row_id
    """
    gone = [(id_, fold(name), fold(first)) for id_, name, first in file.fetch(query) if id_ not in ids]
    if not gone:
        return []
    called = set(map(fold, looked_for(file, ids)))
    firsts = set(map(fold, first_names(file, ids)))
    own = ways(file, ids)
    alike = _ways(file, [id_ for id_, name, first in gone if first in firsts and name not in called])
    return [id_ for id_, name, _first in gone if name in called or alike.get(id_, set()) & own]


def first_names(file: File, ids: Collection[int]) -> list[str]:
    """The first names that people have and had."""
    places = _listed(ids)
    query = f"""
        SELECT first_name FROM person WHERE id IN ({places})
        UNION SELECT json_extract(image, '$.first_name') FROM history_row
          WHERE tbl = 'person' AND row_id IN ({places}) AND image IS NOT NULL
    """
    return [name for (name,) in file.fetch(query) if name]


def ways(file: File, ids: Collection[int]) -> set[str]:
    """The phones, as digits, and the e-mails, in small letters, that people have and had."""
    return set[str]().union(*_ways(file, ids).values())


def _ways(file: File, ids: Collection[int]) -> dict[int, set[str]]:
    if not ids:
        return {}
    places = _listed(ids)
    query = f"""
        SELECT person_id, digits FROM person_phone WHERE person_id IN ({places})
        UNION SELECT person_id, value FROM person_email WHERE person_id IN ({places})
        UNION SELECT json_extract(image, '$.person_id'),
          json_extract(image, iif(tbl = 'person_phone', '$.digits', '$.value'))
        FROM history_row WHERE tbl IN ('person_phone', 'person_email') AND image IS NOT NULL
          AND json_extract(image, '$.person_id') IN ({places})
    """
    found: dict[int, set[str]] = defaultdict(set)
    for person_id, text in file.fetch(query):
        if text:
            found[person_id].add(fold(text).strip())
    return found


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(id_)) for id_ in ids)
