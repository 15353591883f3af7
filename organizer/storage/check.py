"""Is a file sound? SQLite's own proof, and what must be true of the business. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from json import loads
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine

from organizer.domain import estimate_input, tree
from organizer.domain.consent import Basis, Channel, Purpose, Topic
from organizer.domain.relation import RelationKind
from organizer.domain.result import Cancelled, Message, Refusal, Value
from organizer.domain.team import TreeError, check_links
from organizer.domain.timeline import EntryKind, Outcome
from organizer.i18n import N_
from organizer.storage import (
    companies,
    contacts,
    estimates,
    history,
    plans,
    schema,
    search,
    settings,
    team,
    team_past,
)
from organizer.storage.beside import journal_of
from organizer.storage.cipher import Key
from organizer.storage.file import File
from organizer.storage.opening import reading_file

_SHOWN = 20
"""So many broken places of one kind are told of; a ruined file would have thousands."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that isn't as it must be: its kind ("structure", "links", "tree", …) and what to tell of it."""

    kind: str
    message: Message


def check(
    path: Path, key: Key | None, report: Callable[[float], None], cancelled: Callable[[], bool]
) -> list[Finding]:
    """Everything found wrong in the file at `path`, open elsewhere or not; nothing is changed.

    Raises Refusal when it can't be read at all, Damaged above all, and Cancelled.
    """
    found: list[Finding] = []
    with _reading(path, key) as file:
        for place, rule in enumerate(_RULES, 1):
            try:
                found += rule(file)
            except Refusal as refusal:
                # one of many broken places; what can still be read goes on being checked
                found.append(Finding("structure", refusal.message))
            report(place / len(_RULES))
            if cancelled():
                raise Cancelled
    return found


@contextmanager
def _reading(path: Path, key: Key | None) -> Iterator[File]:
    cut_off = journal_of(path).exists()
    try:
        with reading_file(path, key, datetime.now) as file:
            cut_off = False
            yield file
    except Refusal:
        if cut_off:
            text = N_("A write to {file} was cut off. Open the file once: that puts it right. Then check again.")
            raise Refusal(Message(text, {"file": str(path)})) from None
        raise


def _structure(file: File) -> Iterator[Finding]:
    for (text,) in file.fetch(f"PRAGMA integrity_check({_SHOWN})"):
        if text != "ok":
            yield Finding("structure", Message("The file's structure is broken: {what}", {"what": text}))


def _links(file: File) -> Iterator[Finding]:
    for table, row, other, _key in file.fetch("PRAGMA foreign_key_check")[:_SHOWN]:
        values = {"table": table, "row": row or 0, "other": other}
        yield Finding("links", Message("{table} number {row} belongs to a {other} that isn't there.", values))


def _schema(file: File) -> Iterator[Finding]:
    """Tables, indexes and triggers are those of this version: a missing trigger would let a change go unnoted."""
    there = {name for (name,) in file.fetch("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")}
    for name in sorted(_expected() - there):
        yield Finding("schema", Message("A part of the file is missing: {what}", {"what": name}))


def _expected() -> set[str]:
    # not the machine's own SQLite, which may be too old for the indexes
    engine = create_engine("sqlite://", module=driver)
    with engine.connect() as connection:
        schema.metadata.create_all(connection)
        search.create(connection)
        history.create_triggers(connection)
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        found = set(names.scalars())
    engine.dispose()
    return found


def _trees(file: File) -> Iterator[Finding]:
    for company in companies.everyone(file):
        for field in _TREES:
            error = _broken(file, company.id, field)
            if error is None:
                continue
            path = " → ".join(_name(file, id_) for id_ in error.members[:_SHOWN])
            yield Finding("tree", Message(_TREES[field][error.code], {"company": company.name, "path": path}))


_TREES = {
    "sponsor_id": {
        "orphan": N_("In {company}, these stand under a sponsor of another team: {path}"),
        "cycle": N_("In {company}, the sponsors run in a circle: {path}"),
    },
    "placement_id": {
        "orphan": N_("In {company}, these are placed under somebody of another team: {path}"),
        "cycle": N_("In {company}, the placements run in a circle: {path}"),
    },
}


def _past_trees(file: File) -> Iterator[Finding]:
    """What is kept of earlier periods is a tree too."""
    for company in companies.everyone(file):
        now = team.members(file, company.id)
        for day in team_past.known_until(file, company.id):
            past = {one.member_id: one for one in team_past.at(file, company.id, day)}
            then = [past[one.id].laid_over(one) if one.id in past else one for one in now]
            try:
                check_links({one.id: one.sponsor_id for one in then})
                check_links({one.id: one.placement_id or one.sponsor_id for one in then})
            except TreeError as error:
                path = " → ".join(_name(file, id_) for id_ in error.members[:_SHOWN])
                values: dict[str, Value] = {"company": company.name, "day": day, "path": path}
                yield Finding("tree", Message("In {company}, the team until {day} was no tree: {path}", values))


def _broken(file: File, company_id: int, field: str) -> TreeError | None:
    try:
        check_links(team.links(file, company_id, field))
    except TreeError as error:
        return error
    return None


def _name(file: File, member_id: int) -> str:
    found = file.fetch(
        "SELECT p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.id = ?", (member_id,)
    )
    return str(found[0][0]) if found else str(member_id)


def _sums(file: File) -> Iterator[Finding]:
    """Counted down the tree and counted straight, a period's volumes come to the same."""
    query = """
        SELECT v.name, sum(v.amount) FROM volume v JOIN member m ON m.id = v.member_id
        WHERE m.company_id = ? AND v.period = ? GROUP BY v.name
    """
    for company in companies.everyone(file):
        if any(_broken(file, company.id, field) for field in _TREES):
            continue  # told already, and nothing can be counted down it
        for period in team.periods(file, company.id)[:1]:
            loaded = team.team(file, company.id, period)
            order = tree.top_down(loaded.sponsor)
            for name, straight in file.fetch(query, (company.id, period)):
                amounts = [amount or 0 for amount in loaded.volumes.get(name, [])]
                sums = tree.subtree_sums(loaded.sponsor, order, amounts) if amounts else []
                down = sum(total for total, above in zip(sums, loaded.sponsor, strict=True) if above < 0)
                if down != straight:
                    values = {"company": company.name, "month": period, "name": name}
                    text = N_("In {company}, the team's {name} of {month} don't add up.")
                    yield Finding("sums", Message(text, values))


def _derived(file: File) -> Iterator[Finding]:
    """What lists are sorted and searched by agrees with what was written."""
    stored = file.fetch("SELECT id, listed, name, sort_key, search FROM person")
    known = {id_: (name, key, words) for id_, _listed, name, key, words in stored}
    wrong = 0
    for contact in contacts.everyone(file):
        wrong += known.get(contact.id) != contacts.derived(contact)
    if wrong:
        text = N_("Contacts that can't be found by what stands in them: {count}")
        yield Finding("search", Message(text, {"count": wrong}))


def _values(file: File) -> Iterator[Finding]:
    for query, text in _WRONG_VALUES:
        count = int(file.fetch(query)[0][0])
        if count:
            yield Finding("values", Message(text, {"count": count}))


_PERIODS = (
    "[0-1][0-9]",
    "[0-1][0-9]-[12]",
    "W[0-5][0-9]",
    "C[0-9][0-9]",
    "C[0-9][0-9][0-9]",
    "Q[1-4]",
)
"""What follows the year in the key of each kind of period (see domain.period)."""


def _words(kind: type[StrEnum]) -> str:
    return ", ".join(f"'{one.value}'" for one in kind)


_IS_PERIOD = " OR ".join(f"period GLOB '[0-9][0-9][0-9][0-9]-{form}'" for form in _PERIODS)

_WRONG_VALUES = (
    (
        f"SELECT count(*) FROM volume WHERE typeof(amount) <> 'integer' OR NOT ({_IS_PERIOD})",
        N_("Volumes without a proper period or amount: {count}"),
    ),
    (
        f"SELECT count(*) FROM estimate WHERE typeof(total) <> 'integer' OR NOT ({_IS_PERIOD})",
        N_("Kept estimates without a proper period or total: {count}"),
    ),
    (
        "SELECT count(*) FROM product WHERE ifnull(price, 0) < 0 OR ifnull(cost, 0) < 0 "
        "OR typeof(ifnull(price, 0)) <> 'integer' OR typeof(ifnull(cost, 0)) <> 'integer'",
        N_("Products without a proper price: {count}"),
    ),
    (
        "SELECT count(*) FROM member WHERE kind NOT IN ('distributor', 'customer', 'cancelled')",
        N_("Team members who are of an unknown kind: {count}"),
    ),
    (
        "SELECT count(*) FROM member_past WHERE kind NOT IN ('distributor', 'customer', 'cancelled') "
        "OR until NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'",
        N_("What is kept of team members' past without a proper kind or day: {count}"),
    ),
    (
        f"SELECT count(*) FROM entry WHERE kind NOT IN ({_words(EntryKind)}) "
        "OR day NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'",
        N_("Notes of talks without a proper kind or day: {count}"),
    ),
    (
        f"SELECT count(*) FROM follow_up WHERE purpose NOT IN ({_words(Purpose)}) "
        f"OR channel NOT IN ('', {_words(Channel)}) OR outcome NOT IN ({_words(Outcome)}) "
        "OR (done IS NULL) <> (outcome = '')",
        N_("Next steps without a proper purpose, channel or end: {count}"),
    ),
    (
        f"SELECT count(*) FROM consent WHERE channel NOT IN ({_words(Channel)}) OR basis NOT IN ({_words(Basis)})",
        N_("Consents to an unknown channel: {count}"),
    ),
    (
        f"SELECT count(*) FROM said_no WHERE topic NOT IN ({_words(Topic)})",
        N_("Noes to something unknown: {count}"),
    ),
    (
        f"SELECT count(*) FROM relation WHERE kind NOT IN ({_words(RelationKind)})",
        N_("Relations of an unknown kind: {count}"),
    ),
    (
        "SELECT count(*) FROM person p WHERE NOT listed "
        "AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id) "
        "AND p.id <> ifnull((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'owner'), 0)",
        N_("People who are neither in Contacts nor in a team: {count}"),
    ),
)


def _owner(file: File) -> Iterator[Finding]:
    owner = settings.read(file, "owner")
    if owner and not (owner.isdecimal() and contacts.get(file, [int(owner)])):
        yield Finding("owner", Message("The file doesn't know any more whose it is. Write your name in Settings."))


def _plans(file: File) -> Iterator[Finding]:
    """The plans of her own can be read, each under the id that it gives itself."""
    own = plans.everyone(file)
    if not own:
        return
    # imported when there are any: it takes long
    from organizer.domain.commission.parse import PlanError, parse_plan

    for key, text in own.items():
        try:
            sound = parse_plan(text, f"{key}.toml").id == key
        except PlanError as error:
            yield Finding("plans", error.message)
        else:
            if not sound:
                yield Finding("plans", Message("Your own plan {plan} lies under another id.", {"plan": key}))


def _estimates(file: File) -> Iterator[Finding]:
    """What was kept of estimates can be unpacked, and is whole."""
    names = {company.id: company.name for company in companies.everyone(file)}
    for company_id, period, *packed in file.fetch("SELECT company_id, period, input, carried FROM estimate"):
        try:
            made_from, carried = (
                estimate_input.loaded(estimates.unpacked(file.path, t) or "null") for t in packed
            )
            broken = bool(estimate_input.flaw(made_from, carried, period))
        except (Refusal, ValueError, TypeError):
            broken = True
        if broken:
            text = N_("In {company}, the estimate that was kept for {month} is damaged.")
            values = {"company": names.get(company_id, str(company_id)), "month": str(period)}
            yield Finding("estimates", Message(text, values))


def _history(file: File) -> Iterator[Finding]:
    """Every deed that can be undone still has what it takes."""
    rows = {id_ for (id_,) in file.fetch("SELECT id FROM history_row")}
    broken = 0
    for first, last in file.fetch("SELECT first_row, last_row FROM history_deed"):
        broken += not all(row in rows for row in range(first, last + 1))
    for (image,) in file.fetch("SELECT image FROM history_row WHERE image IS NOT NULL"):
        try:
            loads(image)
        except ValueError:
            broken += 1
    if broken:
        yield Finding("history", Message("Deeds that can't be undone any more: {count}", {"count": broken}))


_RULES: tuple[Callable[[File], Iterator[Finding]], ...] = (
    *(
        _structure,
        _links,
        _schema,
        _trees,
        _past_trees,
        _sums,
        _derived,
        _values,
        _owner,
        _plans,
        _estimates,
        _history,
    ),
)
