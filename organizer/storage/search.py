"""The words that a search everywhere looks in: SQLite's full-text indexes, kept in step by triggers.

So undo, redo, imports and erasures need not think of them. An index holds no text of its own, only which row has
which word; accents are folded there more coarsely than Danes do (å like a), and whoever reads a hit looks twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

_WORDS = "unicode61 remove_diacritics 2"


@dataclass(frozen=True, slots=True)
class Index:
    """Full-text index `name` over `expression` ({0} stands for the row) of `table`, which hangs on `columns`."""

    name: str
    table: str
    expression: str
    columns: tuple[str, ...]
    tokenize: str = _WORDS
    prefix: str = "2 3"


PEOPLE = Index(
    "search_person",
    "person",
    "CASE WHEN {0}.listed THEN {0}.search ELSE {0}.name END",
    ("listed", "search", "name"),
    prefix="1 2 3",
)
ABOUT = Index(
    "search_about",
    "person",
    "trim({0}.notes || ' ' || {0}.family || ' ' || {0}.occupation || ' ' || {0}.recreation || ' ' || {0}.message)",
    ("notes", "family", "occupation", "recreation", "message"),
)
PHONES = Index("search_phone", "person_phone", "{0}.digits", ("digits",), "trigram", "")
ENTRIES = Index("search_entry", "entry", "{0}.body", ("body",))
STEPS = Index("search_step", "follow_up", "{0}.body", ("body",))
PRODUCTS = Index(
    "search_product",
    "product",
    "{0}.name || ' ' || {0}.number || ' ' || {0}.category",
    ("name", "number", "category"),
    prefix="1 2 3",
)
PRODUCT_NOTES = Index("search_product_note", "product_note", "{0}.body", ("body",))

INDEXES = (PEOPLE, ABOUT, PHONES, ENTRIES, STEPS, PRODUCTS, PRODUCT_NOTES)


def create(connection: Connection) -> None:
    """Make the indexes, empty, and the triggers that keep them."""
    for index in INDEXES:
        source, words = f"{index.name}_source", index.expression.format(index.table)
        prefix = f", prefix='{index.prefix}'" if index.prefix else ""
        connection.exec_driver_sql(
            f"CREATE VIEW {source} AS SELECT id, {words} AS words FROM {index.table} WHERE {words} <> ''"
        )
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {index.name} USING fts5(words, content='{source}', content_rowid='id', "
            f"tokenize='{index.tokenize}', detail={'full' if index.tokenize == 'trigram' else 'none'}, "
            f"columnsize=0{prefix})"
        )
        # what is deleted leaves no trace in the index: people have a right to that
        connection.exec_driver_sql(f"INSERT INTO {index.name}({index.name}, rank) VALUES ('secure-delete', 1)")
        for event in ("INSERT", "DELETE", "UPDATE"):
            connection.exec_driver_sql(_trigger(index, event))


@contextmanager
def of_many(connection: Connection, table: str, first: int, last: int) -> Iterator[None]:
    """The block inserts rows `first` to `last` into `table`; they are indexed at once, not row by row."""
    indexes = [index for index in INDEXES if index.table == table]
    for index in indexes:
        connection.exec_driver_sql(f"DROP TRIGGER {index.name}_insert")
    yield
    for index in indexes:
        connection.exec_driver_sql(
            f"INSERT INTO {index.name}(rowid, words) "
            f"SELECT id, words FROM {index.name}_source WHERE id BETWEEN ? AND ?",
            (first, last),
        )
        connection.exec_driver_sql(_trigger(index, "INSERT"))


def _trigger(index: Index, event: str) -> str:
    old, new = (index.expression.format(row) for row in ("OLD", "NEW"))
    forget = (
        f"INSERT INTO {index.name}({index.name}, rowid, words) SELECT 'delete', OLD.id, {old} WHERE {old} <> ''"
    )
    learn = f"INSERT INTO {index.name}(rowid, words) SELECT NEW.id, {new} WHERE {new} <> ''"
    name = f"{index.name}_{event.lower()}"
    if event == "UPDATE":
        when = f"UPDATE OF {', '.join(index.columns)} ON {index.table} WHEN {old} IS NOT {new}"
        return f"CREATE TRIGGER {name} AFTER {when} BEGIN {forget}; {learn}; END"
    if event == "INSERT":
        return f"CREATE TRIGGER {name} AFTER INSERT ON {index.table} WHEN {new} <> '' BEGIN {learn}; END"
    return f"CREATE TRIGGER {name} AFTER DELETE ON {index.table} WHEN {old} <> '' BEGIN {forget}; END"
