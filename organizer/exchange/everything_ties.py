"""The tables that need no code of their own: for each, how a record stands in a row and is read back from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from organizer.domain.consent import Basis, Channel, Consent, SaidNo, Topic
from organizer.domain.everything import Like, Link, Suppressed, Text
from organizer.domain.relation import Relation, RelationKind
from organizer.exchange import everything_tables as t
from organizer.exchange.everything_rows import Row, body_cell, cell, day_cell, line_cell, one_of, optional
from organizer.exchange.strict_table import id_cell
from organizer.exchange.strict_table import text_cell as text


@dataclass(frozen=True, slots=True)
class Tie:
    """The table `file` of the records in `field` of Everything.

    `write` gives a record's cells under `headings`; `read` makes it again and raises Unfit. `person` is the
    heading whose person is named beside it for the reader's eye, "" for none.
    """

    field: str
    file: str
    headings: Sequence[str]
    write: Callable[[Any], Sequence[str]]
    read: Callable[[Row], Any]
    person: str = ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _relation(row: Row) -> Relation:
    one, other = cell(row, "Contact id", id_cell), cell(row, "Other id", id_cell)
    return Relation(0, one, other, cell(row, "Kind", one_of(RelationKind)), cell(row, "Text", body_cell))


def _consent(row: Row) -> Consent:
    return Consent(
        *(0, cell(row, "Contact id", id_cell), cell(row, "Channel", one_of(Channel))),
        given=cell(row, "Given", day_cell),
        how=cell(row, "How", body_cell),
        wording=cell(row, "Words", body_cell),
        basis=cell(row, "Basis", one_of(Basis)),
        withdrawn=optional(row, "Withdrawn", day_cell),
        withdrawn_how=cell(row, "Withdrawn how", body_cell),
    )


def _no(row: Row) -> SaidNo:
    return SaidNo(
        *(0, cell(row, "Contact id", id_cell), cell(row, "To", one_of(Topic)), cell(row, "Day", day_cell)),
        body=cell(row, "Words", body_cell),
        lifted=optional(row, "Lifted", day_cell),
        lifted_body=cell(row, "Lifted why", body_cell),
    )


def _named(field: str, file: str, headings: tuple[str, str]) -> Tie:
    return Tie(
        *(field, file, headings, lambda one: (text(one.name), text(one.text))),
        lambda row: Text(cell(row, headings[0], line_cell), cell(row, headings[1], lambda words: words)),
    )


TIES = (
    Tie(
        *("relations", t.RELATIONS, ("Contact id", "Other id", "Kind", "Text")),
        lambda one: (str(one.person_id), str(one.other_id), one.kind.value, text(one.body)),
        *(_relation, "Contact id"),
    ),
    Tie(
        *("consents", t.CONSENTS),
        ("Contact id", "Channel", "Given", "How", "Words", "Basis", "Withdrawn", "Withdrawn how"),
        lambda one: (
            *(str(one.person_id), one.channel.value, _day(one.given), text(one.how), text(one.wording)),
            *(one.basis.value, _day(one.withdrawn), text(one.withdrawn_how)),
        ),
        *(_consent, "Contact id"),
    ),
    Tie(
        *("noes", t.NOES, ("Contact id", "To", "Day", "Words", "Lifted", "Lifted why")),
        lambda one: (
            *(str(one.person_id), one.topic.value, _day(one.day), text(one.body)),
            *(_day(one.lifted), text(one.lifted_body)),
        ),
        *(_no, "Contact id"),
    ),
    Tie(
        *("suppressed", t.SUPPRESSED, ("Digest", "To", "Day")),
        lambda one: (text(one.digest), one.topic.value, _day(one.day)),
        lambda row: Suppressed(
            cell(row, "Digest", line_cell), cell(row, "To", one_of(Topic)), cell(row, "Day", day_cell)
        ),
    ),
    _named("lists", t.LISTS, ("Name", "Filter")),
    _named("follow_up_plans", t.FOLLOW_UP_PLANS, ("Key", "Text")),
    Tie(
        *("links", t.LINKS, ("Product id", "Other id")),
        lambda one: (str(one.product_id), str(one.other_id)),
        lambda row: Link(cell(row, "Product id", id_cell), cell(row, "Other id", id_cell)),
    ),
    Tie(
        *("likes", t.LIKES, ("Product id", "Contact id")),
        lambda one: (str(one.product_id), str(one.person_id)),
        lambda row: Like(cell(row, "Product id", id_cell), cell(row, "Contact id", id_cell)),
        "Contact id",
    ),
)
"""In the order of everything_tables.TABLES."""
