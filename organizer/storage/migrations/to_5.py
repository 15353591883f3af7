"""More of a person, who belongs to whom, consents and noes, plans of follow-ups, saved lists, product pictures."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic.operations import Operations


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _owner(table: str, name: str = "", *, unique: bool = False) -> sa.Column[int]:
    return sa.Column(
        name or f"{table}_id", sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=False, unique=unique or None
    )


def upgrade(op: Operations) -> None:
    """From version 4 to 5."""
    _people(op)
    _ledger(op)
    _what_is_to_be_done(op)
    _products(op)
    _search(op)


def _people(op: Operations) -> None:
    names = ("prefix", "suffix", "nickname", "address_label")
    for name in (*names, "family", "occupation", "recreation", "message", "extra"):
        op.add_column("person", _text(name))
    op.add_column("person", sa.Column("added", sa.Date))
    op.add_column("person", sa.Column("expires", sa.Date))
    op.create_index("ix_person_birthday", "person", ["birthday"], sqlite_where=sa.text("birthday != ''"))
    op.create_index("ix_person_expires", "person", ["expires"], sqlite_where=sa.text("expires IS NOT NULL"))
    op.add_column("person_phone", _text("digits"))
    connection = op.get_bind()
    numbers = connection.exec_driver_sql("SELECT id, value FROM person_phone").all()
    if numbers:
        connection.exec_driver_sql(
            "UPDATE person_phone SET digits = ? WHERE id = ?", [(_digits(value), id_) for id_, value in numbers]
        )
    where = map(_text, ("street", "postal_code", "city", "country", "label"))
    op.create_table("person_address", _id(), _owner("person"), *where, sqlite_autoincrement=True)
    op.create_index("ix_person_address_person_id", "person_address", ["person_id"])
    picture = (_text("media"), _text("data"))
    op.create_table("person_picture", _id(), _owner("person", unique=True), *picture, sqlite_autoincrement=True)
    relation = (_owner("person"), _owner("person", "other_id"), _text("kind"), _text("body"))
    op.create_table("relation", _id(), *relation, sqlite_autoincrement=True)
    op.create_index("ix_relation_person_id", "relation", ["person_id"])
    op.create_index("ix_relation_other_id", "relation", ["other_id"])


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        digits = "00" + digits
    return digits[4:] if digits.startswith("0045") and len(digits) == 12 else digits


def _ledger(op: Operations) -> None:
    op.create_table(
        "consent",
        *(_id(), _owner("person")),
        *map(_text, ("channel", "basis", "how", "wording", "withdrawn_how")),
        sa.Column("given", sa.Date, nullable=False),
        sa.Column("withdrawn", sa.Date),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])
    op.create_table(
        "said_no",
        *(_id(), _owner("person")),
        *map(_text, ("topic", "body", "lifted_body")),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("lifted", sa.Date),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_said_no_person_id", "said_no", ["person_id"])
    op.create_table(
        "suppression",
        _id(),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        _text("topic"),
        sa.Column("day", sa.Date, nullable=False),
        sqlite_autoincrement=True,
    )


def _what_is_to_be_done(op: Operations) -> None:
    op.drop_index("ix_entry_person_id", "entry")
    op.create_index("ix_entry_person_id", "entry", ["person_id", "day"])
    op.create_index("ix_entry_day", "entry", ["day"])
    talked = sa.text("kind IN ('talk', 'call')")
    op.create_index("ix_entry_conversation", "entry", ["day", "person_id"], sqlite_where=talked)
    # a task of her own belongs to nobody else: SQLite can't take NOT NULL away from a column
    op.drop_index("ix_follow_up_person_id", "follow_up")
    op.drop_index("ix_follow_up_due", "follow_up")
    op.rename_table("follow_up", "follow_up_before")
    op.create_table(
        "follow_up",
        _id(),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("due", sa.Date),
        _text("body"),
        sa.Column("done", sa.Date),
        *map(_text, ("channel", "purpose", "outcome", "plan")),
        sa.Column("run", sa.Integer, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
    connection = op.get_bind()
    connection.exec_driver_sql(
        "INSERT INTO follow_up(id, person_id, due, body, done, outcome) "
        "SELECT id, person_id, due, body, done, iif(done IS NULL, '', 'done') FROM follow_up_before"
    )
    # ids that were given out once aren't given out again: history speaks of them
    connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'follow_up'")
    connection.exec_driver_sql(
        "INSERT INTO sqlite_sequence(name, seq) SELECT 'follow_up', seq FROM sqlite_sequence "
        "WHERE name = 'follow_up_before'"
    )
    op.drop_table("follow_up_before")
    op.create_index("ix_follow_up_person_id", "follow_up", ["person_id"])
    op.create_index("ix_follow_up_due", "follow_up", ["due"], sqlite_where=sa.text("done IS NULL"))
    key = sa.Column("key", sa.Text, nullable=False, unique=True)
    op.create_table("follow_up_plan", _id(), key, _text("toml"), sqlite_autoincrement=True)
    name = sa.Column("name", sa.Text, nullable=False, unique=True)
    op.create_table("saved_list", _id(), name, _text("filter"), sqlite_autoincrement=True)


def _products(op: Operations) -> None:
    picture = map(_text, ("media", "data", "caption"))
    op.create_table("product_picture", _id(), _owner("product"), *picture, sqlite_autoincrement=True)
    op.create_index("ix_product_picture_product_id", "product_picture", ["product_id"])
    op.create_table(
        "product_link", _id(), _owner("product"), _owner("product", "other_id"), sqlite_autoincrement=True
    )
    op.create_index("ix_product_link_product_id", "product_link", ["product_id"])
    op.create_index("ix_product_link_other_id", "product_link", ["other_id"])
    op.create_table("product_like", _id(), _owner("product"), _owner("person"), sqlite_autoincrement=True)
    op.create_index("ix_product_like_product_id", "product_like", ["product_id"])
    op.create_index("ix_product_like_person_id", "product_like", ["person_id"])


_WORDS = "unicode61 remove_diacritics 2"
_NOTES = (
    "trim({0}.notes || ' ' || {0}.family || ' ' || {0}.occupation || ' ' || {0}.recreation || ' ' || {0}.message)"
)
_INDEXES = (
    (
        *("search_person", "person", "CASE WHEN {0}.listed THEN {0}.search ELSE {0}.name END"),
        *("listed, search, name", _WORDS, "1 2 3"),
    ),
    ("search_about", "person", _NOTES, "notes, family, occupation, recreation, message", _WORDS, "2 3"),
    ("search_phone", "person_phone", "{0}.digits", "digits", "trigram", ""),
    ("search_entry", "entry", "{0}.body", "body", _WORDS, "2 3"),
    ("search_step", "follow_up", "{0}.body", "body", _WORDS, "2 3"),
    (
        *("search_product", "product", "{0}.name || ' ' || {0}.number || ' ' || {0}.category"),
        *("name, number, category", _WORDS, "1 2 3"),
    ),
    ("search_product_note", "product_note", "{0}.body", "body", _WORDS, "2 3"),
)


def _search(op: Operations) -> None:
    run = op.get_bind().exec_driver_sql
    for name, table, expression, columns, tokenize, prefix in _INDEXES:
        words, old, new = (expression.format(row) for row in (table, "OLD", "NEW"))
        run(f"CREATE VIEW {name}_source AS SELECT id, {words} AS words FROM {table} WHERE {words} <> ''")
        run(
            f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='{name}_source', content_rowid='id', "
            f"tokenize='{tokenize}', detail={'full' if tokenize == 'trigram' else 'none'}, "
            f"columnsize=0{f', prefix={prefix!r}' if prefix else ''})"
        )
        run(f"INSERT INTO {name}({name}, rank) VALUES ('secure-delete', 1)")
        forget = f"INSERT INTO {name}({name}, rowid, words) SELECT 'delete', OLD.id, {old} WHERE {old} <> ''"
        learn = f"INSERT INTO {name}(rowid, words) SELECT NEW.id, {new} WHERE {new} <> ''"
        run(f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} WHEN {new} <> '' BEGIN {learn}; END")
        run(f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} WHEN {old} <> '' BEGIN {forget}; END")
        when = f"UPDATE OF {columns} ON {table} WHEN {old} IS NOT {new}"
        run(f"CREATE TRIGGER {name}_update AFTER {when} BEGIN {forget}; {learn}; END")
        run(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
