"""All that the file holds about one person, read from the tables' own definitions: a new table joins by itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Table

from organizer.domain.contact import fold
from organizer.storage import schema
from organizer.storage.file import File

_MENTIONS = (
    *(("person", column, "id") for column in ("notes", "family", "occupation", "recreation", "message", "source")),
    *(("entry", "body", "person_id"), ("follow_up", "body", "person_id"), ("product_note", "body", "NULL")),
    *(
        ("relation", "body", "person_id"),
        ("said_no", "body", "person_id"),
        ("said_no", "lifted_body", "person_id"),
    ),
    *(("consent", column, "person_id") for column in ("how", "wording", "withdrawn_how")),
    *(("person", "organization", "id"), ("person", "extra", "id"), ("person_tag", "value", "person_id")),
    ("product_picture", "caption", "NULL"),
    *(("saved_list", "name", "NULL"), ("saved_list", "filter", "NULL"), ("follow_up_plan", "toml", "NULL")),
)
"""Where a name may stand in words: table, column, and the column that says whose row it is."""


def columns_to(table: Table, target: str) -> list[str]:
    """The columns of `table` that name a row of the table `target`."""
    return [key.parent.name for key in table.foreign_keys if key.column.table.name == target]


def held(file: File, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """By table, every row that is about a person, names them, or belongs to a place of theirs in a team."""
    found = {"person": _rows(file, schema.person, ["id"], [person_id])}
    for table in schema.TRACKED:
        if columns := columns_to(table, "person"):
            found[table.name] = _rows(file, table, columns, [person_id])
    places = [row["id"] for row in found["member"]]
    for table in schema.TRACKED:
        if "member_id" in columns_to(table, "member"):
            found[table.name] = _rows(file, table, ["member_id"], places)
    return found


def _rows(file: File, table: Table, columns: Sequence[str], ids: Sequence[int]) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    places = ", ".join(str(int(id_)) for id_ in ids)
    which = " OR ".join(f"{column} IN ({places})" for column in columns)
    query = f"SELECT {', '.join(names)} FROM {table.name} WHERE {which} ORDER BY id"
    return [dict(zip(names, row, strict=True)) for row in file.fetch(query)]


def known_names(file: File, ids: Collection[int]) -> list[str]:
    """What people are and were called, as far as the history remembers; the longest first."""
    places = ", ".join(str(int(id_)) for id_ in ids)
    query = f"""
        SELECT name FROM person WHERE id IN ({places})
        UNION SELECT json_extract(image, '$.name') FROM history_row
          WHERE tbl = 'person' AND row_id IN ({places}) AND image IS NOT NULL
    """
    return sorted({name for (name,) in file.fetch(query) if name}, key=lambda name: (-len(name), name))


def looked_for(file: File, ids: Collection[int]) -> list[str]:
    """The names by which notes and cards are taken to mean these people: those they have, and their former ones.

    A former name of one word, such as a first name that stood alone at first, would mean too many others.
    """
    places = ", ".join(str(int(id_)) for id_ in ids)
    present = {name for (name,) in file.fetch(f"SELECT name FROM person WHERE id IN ({places})")}
    return [name for name in known_names(file, ids) if name in present or len(name.split()) > 1]


def names(text: str, name: str) -> bool:
    """Whether a text holds a name as words of its own, however it is written in capitals: not "Bo" in "Bodil".

    In the name of a file "_" may stand between the words.
    """
    words = r"[\s_]+".join(map(re.escape, fold(name).split()))
    return bool(words) and re.search(rf"(?<![^\W_]){words}(?![^\W_])", fold(text)) is not None


def mentions(file: File, person_id: int, called: Sequence[str]) -> list[tuple[str, int, str]]:
    """Where others' notes name a person, each once: table, row and text. Reads all notes."""
    return list(dict.fromkeys(found for name in called for found in _mentions(file, person_id, name)))


def _mentions(file: File, person_id: int, name: str) -> Iterator[tuple[str, int, str]]:
    for table, column, owner in _MENTIONS:
        query = f"""
            SELECT id, {column} FROM {table}
            WHERE {column} LIKE ? ESCAPE '!' AND {owner} IS NOT ? AND {column} <> '' ORDER BY id
        """
        # SQLite knows capitals of ASCII only: this finds enough, of which each is looked at twice
        like = "".join("_" if ord(char) > 127 else f"!{char}" if char in "!%_" else char for char in name)
        for id_, text in file.fetch(query, (f"%{like}%", person_id)):
            if names(text, name):
                yield table, id_, text


def deeds_about(file: File, person_id: int) -> list[tuple[str, str, str]]:
    """The deeds that touched a person's card or what belongs to it, newest first: when, kind and subject."""
    about = {("person", person_id)}
    for table in schema.TRACKED:
        for column in columns_to(table, "person"):
            about |= {(table.name, id_) for id_ in _ever(file, table.name, column, [person_id])}
    places = [id_ for table_name, id_ in about if table_name == "member"]
    for name in ("member_past", "volume"):
        about |= {(name, id_) for id_ in _ever(file, name, "member_id", places)}
    rows = file.fetch("SELECT id, tbl, row_id, last_id FROM history_row")
    touched = [id_ for id_, name, row, last in rows if _covers(about, name, row, last)]
    deeds = file.fetch("SELECT at, kind, subject, first_row, last_row FROM history_deed ORDER BY id DESC")
    return [
        (at, kind, subject)
        for at, kind, subject, first, last in deeds
        if bisect_left(touched, first) < bisect_right(touched, last)
    ]


def _covers(about: Collection[tuple[str, int]], name: str, row: int, last: int | None) -> bool:
    """Whether a line of the history is about one of these rows; `last` where it is about several at once."""
    if last is None:
        return (name, row) in about
    return any(table == name and row <= id_ <= last for table, id_ in about)


def _ever(file: File, table: str, column: str, ids: Sequence[int]) -> list[int]:
    """The rows that belong, or as far as the history remembers belonged, to one of these."""
    places = ", ".join(str(int(id_)) for id_ in ids)
    query = f"""
        SELECT id FROM {table} WHERE {column} IN ({places})
        UNION SELECT row_id FROM history_row
          WHERE tbl = '{table}' AND image IS NOT NULL AND json_extract(image, '$.{column}') IN ({places})
    """
    return [id_ for (id_,) in file.fetch(query)]


_NAME_OF = {
    "person": "SELECT name FROM person WHERE id = ?",
    "other": "SELECT name FROM person WHERE id = ?",
    "member": "SELECT p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.id = ?",
    "company": "SELECT name FROM company WHERE id = ?",
    "product": "SELECT name FROM product WHERE id = ?",
}


def name_of(file: File, what: str, id_: int) -> str:
    """What a row that another row names is called: `what` is "person", "other" (a person), "member", "company" or
    "product". Empty where there is none."""
    return next((name for (name,) in file.fetch(_NAME_OF[what], (id_,))), "")
