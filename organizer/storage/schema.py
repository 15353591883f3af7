"""The tables. Every tracked table has an integer `id`; history.py writes its triggers from these definitions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

APPLICATION_ID = 0x4F72676E
""" "Orgn", in the file's header: tells our files from any other SQLite file."""

VERSION = 5
"""The schema's version, kept in the file as user_version. One more with each migration."""

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _table(name: str, *parts: Any) -> Table:
    return Table(name, metadata, Column("id", Integer, primary_key=True), *parts, sqlite_autoincrement=True)


def _owner(table: str, name: str = "") -> Column[int]:
    # every foreign key has an index, or deleting many parents would scan the children once for each
    return Column(name or f"{table}_id", Integer, ForeignKey(f"{table}.id"), nullable=False, index=True)


setting = _table("setting", Column("key", Text, nullable=False, unique=True), _text("value"))

person = _table(
    "person",
    _text("first_name"),
    _text("middle_name"),
    _text("last_name"),
    _text("organization"),
    _text("street"),
    _text("postal_code"),
    _text("city"),
    _text("country"),
    _text("birthday"),
    _text("notes"),
    _text("source"),
    Column("listed", Boolean, nullable=False),
    # derived from the others at each write, so that lists need not compute them at each read; the last two
    # are empty for people who are not in Contacts
    _text("name"),
    _text("sort_key"),
    _text("search"),
    *map(_text, ("prefix", "suffix", "nickname", "address_label")),
    *map(_text, ("family", "occupation", "recreation", "message", "extra")),
    Column("added", Date),
    Column("expires", Date),
)
Index("ix_person_listed", person.c.sort_key, sqlite_where=person.c.listed)
Index("ix_person_birthday", person.c.birthday, sqlite_where=person.c.birthday != "")
Index("ix_person_expires", person.c.expires, sqlite_where=person.c.expires.is_not(None))

# digits: the value as it is told from others (domain.contact.phone_digits)
person_phone = _table("person_phone", _owner("person"), _text("value"), _text("label"), _text("digits"))
person_email = _table("person_email", _owner("person"), _text("value"), _text("label"))
person_address = _table(
    "person_address", _owner("person"), *map(_text, ("street", "postal_code", "city", "country", "label"))
)
person_tag = _table("person_tag", _owner("person"), _text("value"))
person_role = _table("person_role", _owner("person"), _text("value"))

# as base64: history keeps rows as JSON, which holds no bytes
person_picture = _table(
    "person_picture",
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False, unique=True),
    *map(_text, ("media", "data")),
)

# who introduced, hosted, is family or a friend of whom
relation = _table("relation", _owner("person"), _owner("person", "other_id"), _text("kind"), _text("body"))

# who agreed to what, and who said no: a ledger, whose lines are closed and not taken away
consent = _table(
    "consent",
    _owner("person"),
    *map(_text, ("channel", "basis", "how", "wording", "withdrawn_how")),
    Column("given", Date, nullable=False),
    Column("withdrawn", Date),
)
said_no = _table(
    "said_no",
    _owner("person"),
    *map(_text, ("topic", "body", "lifted_body")),
    Column("day", Date, nullable=False),
    Column("lifted", Date),
)
# what knows somebody again who said no and was erased: digests of a phone number or e-mail, and no name
suppression = _table(
    "suppression",
    Column("digest", Text, nullable=False, unique=True),
    *map(_text, ("topic",)),
    Column("day", Date, nullable=False),
)

company = _table("company", _text("name"), _text("plan_id"), _text("currency"))

member = _table(
    "member",
    Column("company_id", Integer, ForeignKey("company.id"), nullable=False),
    _owner("person"),
    _text("number"),
    Column("sponsor_id", Integer, ForeignKey("member.id"), index=True),
    Column("placement_id", Integer, ForeignKey("member.id")),
    _text("kind"),
    _text("rank"),
    _text("highest_rank"),
    Column("joined", Date),
    Column("last_order", Date),
    _text("above"),
    Column("is_self", Boolean, nullable=False),
    _text("leg"),
    Column("since", Date),
)
Index(
    "ix_member_number",
    member.c.company_id,
    member.c.number,
    unique=True,
    sqlite_where=member.c.number != "",
)
# most stand under their sponsor and have none: a partial index keeps a large import quick
Index("ix_member_placement_id", member.c.placement_id, sqlite_where=member.c.placement_id.is_not(None))
Index("ix_member_self", member.c.company_id, unique=True, sqlite_where=member.c.is_self)

# what was true of a member up to a day; what is true now stands in `member`
member_past = _table(
    "member_past",
    Column("member_id", Integer, ForeignKey("member.id"), nullable=False),
    Column("until", Date, nullable=False),
    Column("sponsor_id", Integer, ForeignKey("member.id"), index=True),
    Column("placement_id", Integer, ForeignKey("member.id")),
    _text("leg"),
    _text("kind"),
    _text("rank"),
    UniqueConstraint("member_id", "until"),
)
Index(
    "ix_member_past_placement_id",
    member_past.c.placement_id,
    sqlite_where=member_past.c.placement_id.is_not(None),
)
Index("ix_member_past_until", member_past.c.until)

# what was said and done with a person, and what is to be done
entry = _table(
    "entry",
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("day", Date, nullable=False),
    _text("kind"),
    _text("body"),
)
Index("ix_entry_person_id", entry.c.person_id, entry.c.day)
Index("ix_entry_day", entry.c.day)
# when somebody was last talked to is asked of everybody at once; a full index over kinds would mislead the planner
Index("ix_entry_conversation", entry.c.day, entry.c.person_id, sqlite_where=entry.c.kind.in_(("talk", "call")))
follow_up = _table(
    "follow_up",
    Column("person_id", Integer, ForeignKey("person.id"), index=True),
    Column("due", Date),
    _text("body"),
    Column("done", Date),
    *map(_text, ("channel", "purpose", "outcome", "plan")),
    Column("run", Integer, nullable=False, server_default="0"),
)
Index("ix_follow_up_due", follow_up.c.due, sqlite_where=follow_up.c.done.is_(None))
# follow-up plans of her own making; the ones that come with the program are files
follow_up_plan = _table("follow_up_plan", Column("key", Text, nullable=False, unique=True), _text("toml"))
# filters of people under a name
saved_list = _table("saved_list", Column("name", Text, nullable=False, unique=True), _text("filter"))

# how she said that a company's files are to be read
file_layout = _table(
    "file_layout",
    Column("company_id", Integer, ForeignKey("company.id"), nullable=False),
    Column("headings", Text, nullable=False),
    _text("mapping"),
    UniqueConstraint("company_id", "headings"),
)

volume = _table(
    "volume",
    Column("member_id", Integer, ForeignKey("member.id"), nullable=False),
    Column("period", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    UniqueConstraint("member_id", "period", "name"),
)
Index("ix_volume_period", volume.c.period, volume.c.name, volume.c.member_id, volume.c.amount)

product = _table(
    "product",
    Column("company_id", Integer, ForeignKey("company.id"), nullable=False),
    _text("number"),
    _text("name"),
    _text("category"),
    Column("price", Integer),
    Column("cost", Integer),
    Column("pv", Integer),
    Column("cv", Integer),
    Column("lasts_days", Integer),
    UniqueConstraint("company_id", "number"),
)
product_note = _table(
    "product_note",
    _owner("product"),
    Column("section", Text, nullable=False),
    Column("body", Text, nullable=False),
)

product_picture = _table("product_picture", _owner("product"), *map(_text, ("media", "data", "caption")))
# what goes with what, and who likes it
product_link = _table("product_link", _owner("product"), _owner("product", "other_id"))
product_like = _table("product_like", _owner("product"), _owner("person"))

# plans of her own making; the ones that come with the program are files
plan = _table("plan", Column("key", Text, nullable=False, unique=True), _text("toml"))

# an estimate that was kept: what it was made from, and what the next period needs of it
estimate = _table(
    "estimate",
    Column("company_id", Integer, ForeignKey("company.id"), nullable=False),
    Column("period", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    _text("plan_id"),
    _text("plan_version"),
    _text("currency"),
    Column("total", Integer, nullable=False),
    _text("input"),
    _text("carried"),
    UniqueConstraint("company_id", "period"),
)

TRACKED = tuple(metadata.sorted_tables)
"""The tables whose every change can be undone: all that she can fill."""

# history, not tracked itself
deed = Table(
    "history_deed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Text, nullable=False),
    _text("who"),
    Column("undone", Boolean, nullable=False),
    # the deed's rows are the ones from first_row to last_row: no index needed to find them
    Column("first_row", Integer, nullable=False),
    Column("last_row", Integer, nullable=False),
    sqlite_autoincrement=True,
)
deed_row = Table(
    "history_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tbl", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("last_id", Integer),
    Column("image", Text),
    sqlite_autoincrement=True,
)
recording = Table("history_recording", metadata, Column("active", Boolean, nullable=False))
