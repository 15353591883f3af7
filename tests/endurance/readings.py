"""What must hold of whatever a reader of `exchange` answers; `Broken` says what does not.

A reader answers with a Reading or a Refusal. Its records can be kept as they are, every row of the file is
either among them or told of, every message can be said, and contacts written out again are read as the same.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from organizer.domain.contact import MAX_TEXT, cleaned, single_line
from organizer.domain.product import cleaned_product
from organizer.domain.result import Message, Refusal
from organizer.exchange import google_contacts, products
from organizer.exchange.contacts_csv import write_contacts
from organizer.exchange.layout import Layout, is_total
from organizer.exchange.reading import Reading
from organizer.exchange.tables import read_table
from organizer.exchange.team_file import read_team
from organizer.exchange.team_headings import ENGLISH, NEEDED, OTHERS, TREE
from organizer.exchange.team_rows import TeamRow
from organizer.i18n import say, shown
from organizer.services.team_people import person_of

VOLUMES = {"pv": ("PV", "Personal Volume"), "cv": ("CV", "Commissionable Volume")}


@dataclass(frozen=True)
class Reader:
    """A reader, and the layout of what it reads."""

    read: Callable[[Path], Reading[Any]]
    layout: Layout


READERS = {
    "contacts": Reader(google_contacts.read_google_contacts, google_contacts.LAYOUT),
    "team": Reader(lambda path: read_team(path, VOLUMES), Layout(ENGLISH, OTHERS, (*NEEDED, TREE))),
    "products": Reader(lambda path: products.read_products(path, "DKK"), products.LAYOUT),
}
"""Every reader of `exchange` by what it reads."""


class Broken(AssertionError):  # noqa: N818 - it is the promise that is broken
    """A promise that an answer does not keep."""


def _promise(kept: object, what: str) -> None:
    if not kept:
        raise Broken(what)


def answer(name: str, path: Path) -> Reading[Any] | Refusal:
    """What the reader `name` makes of the file at `path`, all promises checked. Raises Broken."""
    try:
        reading = READERS[name].read(path)
    except Refusal as refused:
        said = _said(refused.message)
        _promise(shown(path.name)[:20] in said, f"the refusal does not name the file: {said[:200]}")
        _promise(len(said) < 1500, "the refusal is too long to be read")
        return refused
    _check_problems(reading)
    _check_records(name, reading)
    _check_rows(name, path, reading)
    return reading


def _said(message: Message) -> str:
    said = say(message.text, message.values)
    _promise(said.strip(), "a message says nothing")
    _promise(said.isascii() or said.encode("utf-8", "strict"), "a message can't be shown")
    return said


def _check_problems(reading: Reading[Any]) -> None:
    rows = [problem.row for problem in reading.problems]
    _promise(rows == sorted(rows), "the problems are not in the order of the file")
    for problem in reading.problems:
        _promise(problem.row >= 1, "a problem has no row")
        said = _said(problem.message)
        _promise(len(said) < 2500, "a problem is too long to be read")
        _promise("\n" not in said, "a problem runs over several lines")
        _promise(len(problem.subject) <= MAX_TEXT, "a problem's subject is too long")
        _promise(problem.subject == single_line(problem.subject), f"a subject is not tidy: {problem.subject!r}")


def _check_records(name: str, reading: Reading[Any]) -> None:
    _promise(len(reading.rows) == len(reading.records), "not every record has its row")
    _promise(all(a < b for a, b in zip(reading.rows, reading.rows[1:], strict=False)), "rows are not in order")
    for record in reading.records:
        if name == "contacts":
            _promise(record == cleaned(record), f"a contact changes when it is kept: {record!r:.300}")
        elif name == "products":
            _promise(record == cleaned_product(record), f"a product changes when it is kept: {record!r:.300}")
        else:
            _check_member(record)


def _check_member(row: TeamRow) -> None:
    texts = [getattr(row, field) for field in ("number", "name", "sponsor_number", "sponsor_name", "rank",
             "highest_rank", "phone", "email", "street", "postal_code", "city")]  # fmt: skip
    _promise(row.number and row.name, "a member without number or name")
    _promise(all(len(text) <= MAX_TEXT for text in texts), "a member's text is too long")
    _promise(all(text == single_line(text) for text in texts), f"a member's text is not tidy: {texts!r:.300}")
    _promise(all(value >= 0 for value in row.volumes.values()), "a volume below zero")
    cleaned(person_of(row, "file.csv"))


def _check_rows(name: str, path: Path, reading: Reading[Any]) -> None:
    """Every line that holds something is a record or told of; only where lines and rows are surely the same."""
    if not getattr(reading, "sure", True):  # its heading is one that only its cells tell
        return
    table = read_table(path, READERS[name].layout)
    # half a letter at the end of the file is no row
    text = getincrementaldecoder(table.encoding)("replace").decode(path.read_bytes()).removeprefix("\ufeff")
    if '"' in text:
        return
    told = set(reading.rows) | {problem.row for problem in reading.problems}
    for number, line in enumerate(re.split("\r\n|\n|\r", text), 1):
        cells = line.split(table.separator)
        if number <= table.header_row or number in told or not any(map(single_line, cells)) or is_total(cells):
            continue
        if name == "team" and _is_footer(cells, table.fields):
            continue
        raise Broken(f"row {number} is lost: {line[:200]!r}")


def _is_footer(cells: list[str], fields: Any) -> bool:
    """A line below the team with neither id nor name is the report's own, and passed over."""
    places = [fields[field] for field in ("number", "name", "first_name", "last_name") if field in fields]
    number = cells[fields["number"]] if fields["number"] < len(cells) else ""
    return is_total([number]) or not any(single_line(cells[place]) for place in places if place < len(cells))


def check_round_trip(reading: Reading[Any], path: Path) -> None:
    """The contacts of `reading`, written to `path` as the program exports them, are read as the same."""
    write_contacts(reading.records, path)
    again = google_contacts.read_google_contacts(path)
    _promise(not [p for p in again.problems if not p.kept], "a row of our own file is left out")
    ours = [replace(contact, source="", id=0, listed=True) for contact in reading.records]
    theirs = [replace(contact, source="") for contact in again.records]
    for one, other in zip(ours, theirs, strict=False):
        _promise(one == other, f"a contact comes back changed:\n{one!r:.600}\n{other!r:.600}")
    _promise(len(ours) == len(theirs), "contacts are lost on the way out and in")
