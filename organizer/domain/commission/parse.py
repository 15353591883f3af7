"""A plan file (TOML, see resources/plans/README.md) into a checked Plan, or every mistake in it."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from organizer.domain.commission.asked import Holds, Problems
from organizer.domain.commission.calendar_table import read_calendar
from organizer.domain.commission.conditions_read import read_conditions
from organizer.domain.commission.ending_read import read_cap, read_deduction, read_payout, read_returns
from organizer.domain.commission.kinds.registry import KINDS, PAID_INACTIVE
from organizer.domain.commission.plan import (
    ActiveRule,
    Component,
    Plan,
    Rank,
    RanksFrom,
    RoundAt,
    Source,
    Unit,
    Volume,
    VolumeSource,
)
from organizer.domain.commission.reader import Table, Vocabulary
from organizer.domain.result import Message, Refusal

FORMAT = 1
"""The plan format that this version reads."""

_Read = TypeVar("_Read")

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_GRADES = ("A", "B", "C", "D")


class PlanError(Refusal):
    """A plan file can't be used. `problems` are all its mistakes, each with its place."""

    def __init__(self, file: str, problems: Sequence[Message]) -> None:
        super().__init__(
            Message(
                "The plan {file} can't be used. Mistakes found: {count}. The first: {problem}",
                {"file": file, "count": len(problems), "problem": problems[0]},
            )
        )
        self.problems = tuple(problems)


def parse_plan(text: str, file: str) -> Plan:
    """The plan in `text`; `file` is how messages call it. Raises PlanError with every mistake."""
    plan, problems = _read(text, file)
    if problems.found:
        raise PlanError(file, problems.found)
    return plan


def outline(text: str, file: str) -> Problems:
    """Everything that is asked for as the plan is read, in the order of asking, and every mistake with its place.

    Raises PlanError only for what isn't TOML at all, or is written in a newer format.
    """
    return _read(text, file)[1]


def rough_plan(text: str, file: str) -> Plan:
    """The plan as far as it can be read, for its names while it is being changed. Raises as `outline` does."""
    return _read(text, file)[0]


def outline_of(data: Mapping[str, Any], file: str) -> Problems:
    """The same of what stands in a plan file, for a change that is only tried. Numbers are ints and Decimals."""
    problems = Problems(file)
    top = Table(data, problems)
    _plan(top, "")
    top.done()
    return problems


def _read(text: str, file: str) -> tuple[Plan, Problems]:
    problems = Problems(file)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        values = {"file": file, "detail": str(error)}
        reason = Message("{file} isn't written in the plan format: {detail}.", values)
        raise PlanError(file, [reason]) from error
    top = Table(data, problems)
    _check_format(top)
    if problems.found:  # a file in another format would only give misleading mistakes
        raise PlanError(file, problems.found)
    plan = _plan(top, text)
    top.done()
    return plan, problems


def _check_format(top: Table) -> None:
    written = top.count("format")
    if written > FORMAT:
        top.wrong(
            "format",
            Message(
                "the plan is written in format {written}, which is newer than this program. Update the program.",
                {"written": written},
            ),
        )


def _plan(top: Table, text: str) -> Plan:
    volumes = _volumes(top)
    known = {volume.id: volume for volume in volumes}
    rank_tables = top.tables("ranks", Message("rank"))
    rank_ids = [_id(table) for table in rank_tables]
    _unique(top, "ranks", rank_ids)
    currency = _matching(top, "currency", _CURRENCY, Message("three capital letters such as DKK"))
    calendar = read_calendar(top)
    vocabulary = Vocabulary(known, rank_ids, currency, calendar=calendar)
    teaching = top.flag("teaching", False)
    valid_from = top.day("valid_from") or date.min
    valid_to = top.day("valid_to", required=False)
    components = _components(top, vocabulary)
    vocabulary = replace(vocabulary, components={one.id: one.rules for one in components})
    min_payout, carry_negative = read_payout(top.table("payout", Message("table")), vocabulary)
    if valid_to is not None and valid_to < valid_from:
        top.wrong("valid_to", Message("the plan ends before it begins."))
    return Plan(
        id=_id(top),
        version=hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16],
        name=top.text("name"),
        company=top.string("company", required=not teaching),
        region=top.text("region"),
        currency=currency,
        calendar=calendar,
        valid_from=valid_from,
        valid_to=valid_to,
        sources=_sources(top, required=not teaching),
        confidence="" if teaching else _word(top, "confidence", _GRADES),
        missing=top.texts("missing"),
        teaching=teaching,
        volumes=volumes,
        active=_active(top, vocabulary),
        ranks=tuple(_rank(table, name, vocabulary) for table, name in zip(rank_tables, rank_ids, strict=True)),
        components=components,
        round_at=_rounding(top),
        ranks_from=top.choice("ranks_from", RanksFrom, default=RanksFrom.COMPUTED),
        caps=_named(top, "caps", Message("cap"), read_cap, vocabulary),
        deductions=_named(top, "deductions", Message("deduction"), read_deduction, vocabulary),
        min_payout=min_payout,
        carry_negative=carry_negative,
        returns=read_returns(top.table("returns", Message("table"))),
    )


def _id(table: Table) -> str:
    return _matching(table, "id", _ID, Message("small letters a to z, digits, - and _"))


def _matching(table: Table, key: str, pattern: re.Pattern[str], what: Message) -> str:
    value = table.string(key)
    if value and not pattern.match(value):
        table.wrong(key, Message("this must be {what}.", {"what": what}))
    return value


def _word(table: Table, key: str, words: Sequence[str]) -> str:
    value = table.string(key)
    table.tell(key, Holds.CHOICE, words)
    if value and value not in words:
        what = Message("one of {words}", {"words": ", ".join(words)})
        table.wrong(key, Message('"{value}" isn\'t {what}.', {"value": value, "what": what}))
    return value


def _unique(top: Table, key: str, ids: Sequence[str]) -> None:
    for name in dict.fromkeys(name for name in ids if name and ids.count(name) > 1):
        top.wrong(key, Message('the id "{name}" is there more than once.', {"name": name}))


def _sources(top: Table, *, required: bool) -> tuple[Source, ...]:
    sources = []
    for table in top.tables("sources", Message("source"), required=required):
        sources.append(Source(table.string("title"), table.string("url"), _word(table, "grade", _GRADES)))
        table.done()
    return tuple(sources)


def _volumes(top: Table) -> tuple[Volume, ...]:
    volumes = []
    for table in top.tables("volumes", Message("volume"), required=True):
        volumes.append(
            Volume(
                id=_id(table),
                name=table.text("name"),
                unit=table.choice("unit", Unit),
                columns=table.strings("columns"),
                source=table.choice("source", VolumeSource, default=VolumeSource.MEMBER),
            )
        )
        table.done()
    _unique(top, "volumes", [volume.id for volume in volumes])
    return tuple(volumes)


def _active(top: Table, vocabulary: Vocabulary) -> ActiveRule | None:
    table = top.table("active", Message("table"))
    if table is None:
        return None
    rule = ActiveRule(
        table.volume("volume", vocabulary),
        table.amount("min"),
        table.count("periods", default=1),
        table.has("periods") and table.flag("in_one", False),
    )
    table.done()
    return rule


def _rank(table: Table, name: str, vocabulary: Vocabulary) -> Rank:
    conditions = read_conditions(table, "all", vocabulary)
    rank = Rank(name, table.text("name"), conditions, table.count("grace", default=0) if table.has("grace") else 0)
    table.done()
    return rank


def _components(top: Table, vocabulary: Vocabulary) -> tuple[Component, ...]:
    components: list[Component] = []
    for table in top.tables("components", Message("component"), required=True):
        kind, name = table.string("kind"), _id(table)
        table.tell("kind", Holds.CHOICE, KINDS)
        title = table.text("name")
        if kind in KINDS:
            known = {component.id: component.rules for component in components}
            rules = KINDS[kind](table, replace(vocabulary, components=known))
            requires = read_conditions(table, "requires", vocabulary, of_bonus=True)
            active_only = table.flag("active_only", kind not in PAID_INACTIVE)
            components.append(Component(name, title, kind, rules, requires, active_only))
            table.done()
        elif kind:
            table.wrong(
                "kind",
                Message(
                    '"{kind}" is not a kind of bonus that this version knows: {known}.',
                    {"kind": kind, "known": ", ".join(KINDS)},
                ),
            )
    _unique(top, "components", [component.id for component in components])
    return tuple(components)


def _named(
    top: Table, key: str, part: Message, read: Callable[[Table, str, Vocabulary], _Read], vocabulary: Vocabulary
) -> tuple[_Read, ...]:
    """A list of tables with ids, each read by `read`."""
    found, ids = [], []
    for table in top.tables(key, part):
        ids.append(_id(table))
        found.append(read(table, ids[-1], vocabulary))
    _unique(top, key, ids)
    return tuple(found)


def _rounding(top: Table) -> RoundAt:
    table = top.table("rounding", Message("table"), required=True)
    if table is None:
        return RoundAt.LINE
    _word(table, "mode", ("half_up",))
    round_at = table.choice("at", RoundAt)
    table.done()
    return round_at
