"""Undo and redo: triggers note each row that a deed touches, as it was, and replaying them backwards undoes it.

A row of history says I (inserted: its id), R (inserted in bulk: first and last id), U or D (changed, deleted:
the row before, as JSON). Replaying is symmetric: what undoing changes is noted by the same triggers, as the
way to redo. So nothing above this file can forget to record a change.
"""

from __future__ import annotations

import getpass
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from json import loads
from typing import Any

from sqlalchemy import Connection, Row, Table

from organizer.storage import schema, search

KEPT = 500
"""How many deeds can be undone; older ones are forgotten."""

_COLUMNS = "id, kind, subject, at, undone, who"

_MANY = 500
"""From how many rows on an insert is noted as a range."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the user did: its kind ("contact.add"), what it was about, when (ISO, local time), and who.

    `who` is the login name and the computer ("anna@laptop"), empty for what was done before that was noted.
    """

    id: int
    kind: str
    subject: str
    at: str
    undone: bool
    who: str = ""


def create_triggers(connection: Connection) -> None:
    """Write (anew) the triggers that note every change of the tracked tables."""
    for table in schema.TRACKED:
        image = ", ".join(f"'{column.name}', OLD.\"{column.name}\"" for column in table.columns)
        for op, event in (("I", "INSERT"), ("U", "UPDATE"), ("D", "DELETE")):
            row = "NEW.id, NULL" if op == "I" else f"OLD.id, json_object({image})"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_trigger(table, op)}")
            _create_trigger(connection, table, op, event, f"('{table.name}', '{op}', {row})")


def drop_triggers(connection: Connection) -> None:
    """Take away the triggers that any version wrote: until they are written anew nothing is noted."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'history\\_%' ESCAPE '\\'"
    )
    for name in list(names.scalars()):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _trigger(table: Table, op: str) -> str:
    return f"history_{table.name}_{op}"


def _create_trigger(connection: Connection, table: Table, op: str, event: str, values: str) -> None:
    connection.exec_driver_sql(
        f"CREATE TRIGGER {_trigger(table, op)} AFTER {event} ON {table.name} "
        "WHEN (SELECT active FROM history_recording) "
        f"BEGIN INSERT INTO history_row(tbl, op, row_id, image) VALUES {values}; END"
    )


def last_row(connection: Connection) -> int:
    """The newest history row's id, 0 when there is none."""
    return int(connection.exec_driver_sql("SELECT ifnull(max(id), 0) FROM history_row").scalar_one())


def record(connection: Connection, kind: str, subject: str, at: str, before: int) -> frozenset[str]:
    """Close a deed whose changes came after row `before`; the names of the tables it touched (none: no deed)."""
    after = last_row(connection)
    if after == before:
        return frozenset()
    touched = tables_between(connection, before + 1, after)
    _forget(connection, "undone")
    connection.exec_driver_sql(
        "INSERT INTO history_deed(kind, subject, at, who, undone, first_row, last_row) "
        "VALUES (?, ?, ?, ?, 0, ?, ?)",
        (kind, subject, at, _who(), before + 1, after),
    )
    _forget(connection, f"id <= (SELECT id FROM history_deed ORDER BY id DESC LIMIT 1 OFFSET {KEPT})")
    return touched


def tables_between(connection: Connection, first: int, last: int) -> frozenset[str]:
    """The tables that history rows `first` to `last` are about."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT tbl FROM history_row WHERE id BETWEEN ? AND ?", (first, last)
    )
    return frozenset(rows.scalars())


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows of `columns` (ids included, ascending, all unused so far); many are noted as one range."""
    insert = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    values = [tuple(row) for row in rows]
    if len(values) < _MANY:
        if values:
            connection.exec_driver_sql(insert, values)
        return
    # even a trigger that is switched off costs as much as the insert itself
    position = list(columns).index("id")
    first, last = rows[0][position], rows[-1][position]
    connection.exec_driver_sql(f"DROP TRIGGER {_trigger(table, 'I')}")
    with search.of_many(connection, table.name, first, last):
        connection.exec_driver_sql(insert, values)
    _create_trigger(connection, table, "I", "INSERT", f"('{table.name}', 'I', NEW.id, NULL)")
    connection.exec_driver_sql(
        "INSERT INTO history_row(tbl, op, row_id, last_id) VALUES (?, 'R', ?, ?)", (table.name, first, last)
    )


def next_id(connection: Connection, table: Table) -> int:
    """An id that `table` never used; the ones after it are free too."""
    return int(
        connection.exec_driver_sql(
            "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = ?), 0) + 1", (table.name,)
        ).scalar_one()
    )


def use_up(connection: Connection, table: Table, last: int) -> None:
    """See to it that `table` never gives out `last` or an id before it: somebody who is gone had it."""
    values = (table.name, last)
    connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", values)
    connection.exec_driver_sql(
        "INSERT INTO sqlite_sequence(name, seq) SELECT ?1, ?2 "
        "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
        values,
    )


def deeds(connection: Connection, limit: int = KEPT) -> list[Deed]:
    """The deeds, newest first."""
    rows = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM history_deed ORDER BY id DESC LIMIT ?", (limit,))
    return [_deed(row) for row in rows]


def undoable(connection: Connection) -> Deed | None:
    """The deed that undo would take back."""
    return _one(connection, "NOT undone ORDER BY id DESC")


def redoable(connection: Connection) -> Deed | None:
    """The deed that redo would do again."""
    return _one(connection, "undone ORDER BY id")


def _one(connection: Connection, which: str) -> Deed | None:
    row = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM history_deed WHERE {which} LIMIT 1").one_or_none()
    return _deed(row) if row else None


def _deed(row: Row[Any]) -> Deed:
    return Deed(row.id, row.kind, row.subject, row.at, bool(row.undone), row.who)


@cache
def _who() -> str:
    try:
        user = getpass.getuser()
    except (ImportError, KeyError, OSError):  # some systems know no names
        user = ""
    return f"{user}@{platform.node()}".strip("@")


def replay(connection: Connection, deed: Deed) -> frozenset[str]:
    """Take `deed` back, or do it again if it was taken back; the names of the tables touched.

    Runs inside the caller's transaction.
    """
    first, last = connection.exec_driver_sql(
        "SELECT first_row, last_row FROM history_deed WHERE id = ?", (deed.id,)
    ).one()
    touched = tables_between(connection, first, last)
    rows = connection.exec_driver_sql(
        "SELECT tbl, op, row_id, last_id, image FROM history_row WHERE id BETWEEN ? AND ? ORDER BY id DESC",
        (first, last),
    ).all()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    before = last_row(connection)
    for (name, op), group in groupby(rows, key=lambda row: (row[0], row[1])):
        _reverse(connection, name, op, [tuple(row[2:]) for row in group])
    connection.exec_driver_sql("DELETE FROM history_row WHERE id BETWEEN ? AND ?", (first, last))
    connection.exec_driver_sql(
        "UPDATE history_deed SET undone = ?, first_row = ?, last_row = ? WHERE id = ?",
        (not deed.undone, before + 1, last_row(connection), deed.id),
    )
    return touched


def _reverse(connection: Connection, name: str, op: str, rows: list[tuple[int, int | None, str | None]]) -> None:
    if op == "I":
        connection.exec_driver_sql(f"DELETE FROM {name} WHERE id = ?", [(row[0],) for row in rows])
    elif op == "R":
        connection.exec_driver_sql(
            f"DELETE FROM {name} WHERE id BETWEEN ? AND ?", [(row[0], row[1]) for row in rows]
        )
    else:
        images = [loads(row[2] or "{}") for row in rows]
        # an image from before a migration lacks the columns that came since: they keep or get their default
        for columns, alike in groupby(images, key=tuple):
            _write_back(connection, name, op, columns, [tuple(image.values()) for image in alike])


def _write_back(connection: Connection, name: str, op: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    if op == "D":
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", rows)
    else:
        settings = ", ".join(f"{column} = ?{place}" for place, column in enumerate(columns, 1))
        connection.exec_driver_sql(f"UPDATE {name} SET {settings} WHERE id = ?{columns.index('id') + 1}", rows)


def _forget(connection: Connection, which: str) -> None:
    ranges = connection.exec_driver_sql(f"SELECT first_row, last_row FROM history_deed WHERE {which}").all()
    if ranges:
        connection.exec_driver_sql(
            "DELETE FROM history_row WHERE id BETWEEN ? AND ?", [(first, last) for first, last in ranges]
        )
        connection.exec_driver_sql(f"DELETE FROM history_deed WHERE {which}")
