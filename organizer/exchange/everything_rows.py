"""Each kind of row made into its record, or refused with the column and the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any, TypeVar

from organizer.domain.company import Company
from organizer.domain.consent import Channel, Purpose
from organizer.domain.contact import MAX_TEXT, Address, Contact, Labelled, Role, cleaned, single_line
from organizer.domain.estimate import Kept
from organizer.domain.everything import Volume
from organizer.domain.money import to_minor, to_volume
from organizer.domain.period import written
from organizer.domain.product import Product, Section, cleaned_product
from organizer.domain.result import Message
from organizer.domain.team import Kind, Member, Past
from organizer.domain.timeline import MAX_BODY, Entry, EntryKind, FileLayout, FollowUp, Outcome
from organizer.exchange import everything_tables as t
from organizer.exchange import member_words
from organizer.exchange.cells import shortened
from organizer.exchange.strict_table import Unfit, flag_cell, id_cell, number_cell
from organizer.i18n import N_, parse_date

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Row = Mapping[str, str]
"""A row's texts by heading."""


def cell(row: Row, column: str, convert: Callable[[str], T]) -> T:
    """The column's cell through `convert`. Raises Unfit, which names the column."""
    try:
        return convert(row[column])
    except Unfit as error:
        raise Unfit(Message("{column}: {reason}", {"column": column, "reason": error.message})) from None


def optional(row: Row, column: str, convert: Callable[[str], T]) -> T | None:
    """The column's cell through `convert`, None where it is empty. Raises Unfit."""
    return cell(row, column, convert) if row[column] else None


def line_cell(text: str) -> str:
    """A text of one line. Raises Unfit when it is too long."""
    line = single_line(text)
    if len(line) > MAX_TEXT:
        raise Unfit(Message("This text is too long: at most {limit} characters.", {"limit": MAX_TEXT}))
    return line


def _name(text: str) -> str:
    line = line_cell(text)
    if not line:
        raise Unfit(Message("This can't be empty."))
    return line


def company(row: Row) -> Company:
    """A row of companies.csv. Raises Unfit."""
    return Company(
        id=cell(row, "Id", id_cell),
        name=cell(row, "Name", _name),
        plan_id=cell(row, "Plan", line_cell),
        currency=cell(row, "Currency", _currency),
    )


def _currency(text: str) -> str:
    if not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise Unfit(Message("A currency is three letters, such as DKK."))
    return text


def person(row: Row) -> Contact:
    """A row of contacts.csv. Raises Unfit, FieldRefusal."""
    texts: dict[str, Any] = {name: row[heading] for heading, name in t.PEOPLE_TEXTS.items()}
    texts |= {name: row.get(heading, "") for heading, name in t.PEOPLE_MORE.items()}
    person = Contact(
        id=cell(row, "Id", id_cell),
        listed=cell(row, "In Contacts", flag_cell),
        phones=_entries(row, "Phone"),
        emails=_entries(row, "E-mail"),
        roles=cell(row, "Roles", _roles),
        tags=tuple(row["Tags"].splitlines()),
        **texts,
        extra=tuple(row.get(t.EXTRA, "").splitlines()),
        added=optional(row, t.ADDED, day_cell) if t.ADDED in row else None,
        expires=optional(row, t.EXPIRES, day_cell) if t.EXPIRES in row else None,
    )
    if person.listed or person.name:
        return cleaned(person)
    # someone who only holds a place in a team may be known by her number alone
    return replace(cleaned(replace(person, first_name="-")), first_name="")


def _entries(row: Row, kind: str) -> tuple[Labelled, ...]:
    headings = [heading for heading in row if heading.startswith(f"{kind} ") and heading.count(" ") == 1]
    return tuple(Labelled(row[heading], row.get(f"{heading} - Kind", "")) for heading in headings if row[heading])


@lru_cache(maxsize=100)
def _roles(text: str) -> frozenset[Role]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    known = {role.value: role for role in Role}
    for word in words:
        if word not in known:
            raise Unfit(Message("“{value}” is no role.", {"value": shortened(word)}))
    return frozenset(known[word] for word in words)


def address(row: Row) -> tuple[int, Address]:
    """A row of addresses.csv: whose it is, and the address. Raises Unfit."""
    texts = [cell(row, heading, line_cell) for heading in t.ADDRESSES_HEADINGS[1:]]
    return cell(row, "Contact id", id_cell), Address(*texts)


def member(row: Row) -> Member:
    """A row of members.csv. Raises Unfit."""
    return Member(
        id=cell(row, "Id", id_cell),
        company_id=cell(row, "Company id", id_cell),
        person_id=cell(row, "Contact id", id_cell),
        number=cell(row, "Number", line_cell),
        sponsor_id=optional(row, "Sponsor id", id_cell),
        placement_id=optional(row, "Placement id", id_cell),
        kind=cell(row, "Kind", _kind),
        rank=cell(row, "Rank", line_cell),
        highest_rank=cell(row, "Highest rank", line_cell),
        joined=optional(row, "Joined", day_cell),
        last_order=optional(row, "Last order", day_cell),
        above=cell(row, "Above", single_line),
        is_self=cell(row, "You", flag_cell),
        leg=cell(row, t.LEG, _leg) if t.LEG in row else "",
        since=optional(row, t.SINCE, day_cell) if t.SINCE in row else None,
    )


def past(row: Row) -> Past:
    """A row of member_history.csv. Raises Unfit."""
    return Past(
        member_id=cell(row, "Member id", id_cell),
        until=cell(row, "Until", day_cell),
        sponsor_id=optional(row, "Sponsor id", id_cell),
        placement_id=optional(row, "Placement id", id_cell),
        leg=cell(row, t.LEG, _leg),
        kind=cell(row, "Kind", _kind),
        rank=cell(row, "Rank", line_cell),
    )


def entry(row: Row) -> Entry:
    """A row of timeline.csv. Raises Unfit."""
    person, day = cell(row, "Contact id", id_cell), cell(row, "Day", day_cell)
    return Entry(0, person, day, cell(row, "Kind", _entry_kind), cell(row, "Text", body_cell))


def _entry_kind(text: str) -> EntryKind:
    try:
        return EntryKind(text)
    except ValueError:
        raise Unfit(Message("“{value}” is no kind of entry.", {"value": shortened(text)})) from None


def body_cell(text: str) -> str:
    """A text of many lines. Raises Unfit when it is too long."""
    # her own line ends may differ after another program saved the file
    body = text.replace("\r\n", "\n")
    if len(body) > MAX_BODY:
        raise Unfit(Message("This text is too long: at most {limit} characters.", {"limit": MAX_BODY}))
    return body


def follow_up(row: Row) -> FollowUp:
    """A row of next_steps.csv. Raises Unfit."""
    due, done = optional(row, "Due", day_cell), optional(row, "Done", day_cell)
    person = optional(row, "Contact id", id_cell)
    step = FollowUp(
        0, person, due, cell(row, "Text", body_cell), done, outcome=Outcome.DONE if done else Outcome.OPEN
    )
    if t.STEPS_MORE[0] not in row:
        return step
    return replace(
        step,
        channel=optional(row, "Channel", one_of(Channel)),
        purpose=cell(row, "Purpose", one_of(Purpose)),
        outcome=cell(row, "Outcome", one_of(Outcome)),
        plan=cell(row, "Follow-up plan", line_cell),
        run=optional(row, "Started as", id_cell) or 0,
    )


def one_of(kind: type[E]) -> Callable[[str], E]:
    """A cell that holds one of the words of `kind`. What it returns raises Unfit."""

    def read(text: str) -> E:
        try:
            return kind(text)
        except ValueError:
            raise Unfit(Message("“{value}” can't stand here.", {"value": shortened(text)})) from None

    return read


def file_layout(row: Row) -> FileLayout:
    """A row of file_layouts.csv. Raises Unfit."""
    headings, mapping = cell(row, "Headings", body_cell), cell(row, "Read as", body_cell)
    return FileLayout(cell(row, "Company id", id_cell), headings, mapping)


def _leg(text: str) -> str:
    found = member_words.leg(text)
    if found is None:
        raise Unfit(Message("“{value}” is no leg.", {"value": shortened(text)}))
    return found


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise Unfit(Message("“{value}” is no kind of member.", {"value": shortened(text)})) from None


@lru_cache(maxsize=10_000)
def day_cell(text: str) -> date:
    """A day. Raises Unfit."""
    try:
        return parse_date(text)
    except ValueError:
        raise Unfit(Message("“{value}” is not a date.", {"value": shortened(text)})) from None


def volume(row: Row) -> Volume:
    """A row of volumes.csv. Raises Unfit."""
    amount = cell(row, "Amount", lambda text: _exactly(text, to_volume))
    return Volume(
        cell(row, "Member id", id_cell), cell(row, "Month", _period), cell(row, "Volume", _volume_name), amount
    )


@lru_cache(maxsize=1000)
def _period(text: str) -> str:
    try:
        return intern(written(text).key)
    except ValueError:
        raise Unfit(
            Message("“{value}” is no period such as 2026-10 or 2026-W43.", {"value": shortened(text)})
        ) from None


@lru_cache(maxsize=1000)
def _volume_name(text: str) -> str:
    return intern(_name(text))


def _exactly(text: str, convert: Callable[[Decimal], int]) -> int:
    value = number_cell(text)
    try:
        return convert(value)
    except ValueError:
        sentence = N_("“{value}” is too large, or has more decimals than are kept.")
        raise Unfit(Message(sentence, {"value": text})) from None


def product(row: Row, currencies: Mapping[int, str]) -> Product:
    """A row of products.csv; `currencies` are the companies'. Raises Unfit, FieldRefusal."""
    company = cell(row, "Company id", id_cell)
    currency = currencies.get(company, "")
    price, cost = (
        optional(row, column, lambda text: _exactly(text, lambda value: to_minor(value, currency)))
        for column in ("Price", "Cost")
    )
    pv, cv = (optional(row, column, lambda text: _exactly(text, to_volume)) for column in ("PV", "CV"))
    made = Product(
        id=cell(row, "Id", id_cell),
        company_id=company,
        number=row["Number"],
        name=row["Name"],
        category=row["Category"],
        price=price,
        cost=cost,
        pv=pv,
        cv=cv,
        lasts_days=optional(row, "Lasts (days)", lambda text: _exactly(text, _whole)),
    )
    return cleaned_product(made)


def kept_estimate(row: Row) -> Kept:
    """A row of estimates.csv, without what lies in its own file. Raises Unfit."""
    currency = cell(row, "Currency", _currency)
    return Kept(
        id=0,
        company_id=cell(row, "Company id", id_cell),
        period=cell(row, "Period", _period),
        made_at=cell(row, "Kept", _moment),
        plan_id=cell(row, "Plan", line_cell),
        plan_version=cell(row, "Plan version", line_cell),
        currency=currency,
        total=cell(row, "Total", lambda text: _exactly(text, lambda value: to_minor(value, currency))),
    )


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat(sep=" ", timespec="seconds")
    except ValueError:
        sentence = N_("“{value}” is not a date and time such as 2026-11-23 20:15:00.")
        raise Unfit(Message(sentence, {"value": shortened(text)})) from None


def _whole(value: Decimal) -> int:
    if value != int(value):
        raise ValueError(value)
    return int(value)


def section(text: str) -> Section:
    """A section's name in product_notes.csv. Raises Unfit."""
    try:
        return Section(text)
    except ValueError:
        raise Unfit(Message("“{value}” is no part of a product note.", {"value": shortened(text)})) from None
