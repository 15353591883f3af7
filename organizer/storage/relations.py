"""How people belong together."""

from __future__ import annotations

from collections.abc import Iterable

from organizer.domain.relation import Relation, RelationKind
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import relation

_COLUMNS = "id, person_id, other_id, kind, body"


@as_written
def of(file: File, person_id: int) -> list[Relation]:
    """The relations that a person stands in, on either side, in the order they were written."""
    query = f"SELECT {_COLUMNS} FROM relation WHERE person_id = ?1 OR other_id = ?1 ORDER BY id"
    return [_relation(*row) for row in file.fetch(query, (person_id,))]


@as_written
def named(file: File, person_id: int) -> list[tuple[Relation, str]]:
    """The relations that a person stands in, each with the other's name, in the order they were written."""
    query = """
        SELECT r.id, r.person_id, r.other_id, r.kind, r.body, p.name FROM relation r
        JOIN person p ON p.id = iif(r.person_id = ?1, r.other_id, r.person_id)
        WHERE r.person_id = ?1 OR r.other_id = ?1 ORDER BY r.id
    """
    return [(_relation(*row), name) for *row, name in file.fetch(query, (person_id,))]


@as_written
def get(file: File, id_: int) -> Relation | None:
    """One relation, None where there is none (any more)."""
    rows = file.fetch(f"SELECT {_COLUMNS} FROM relation WHERE id = ?", (id_,))
    return next((_relation(*row) for row in rows), None)


@as_written
def everyone(file: File) -> list[Relation]:
    """All relations, in the order they were written."""
    return [_relation(*row) for row in file.fetch(f"SELECT {_COLUMNS} FROM relation ORDER BY id")]


def add(file: File, new: Iterable[Relation]) -> None:
    """Store new relations, whatever their `id`."""
    for one in new:
        values = {"person_id": one.person_id, "other_id": one.other_id, "kind": one.kind.value, "body": one.body}
        file.connection.execute(relation.insert().values(**values))


def remove(file: File, id_: int) -> None:
    """Delete a relation."""
    file.connection.execute(relation.delete().where(relation.c.id == id_))


def _relation(id_: int, person_id: int, other_id: int, kind: str, body: str) -> Relation:
    return Relation(id_, person_id, other_id, RelationKind(kind), body)
