"""A team and its volumes as tables made for `organizer estimate`: read to the letter, or told why not.

Nothing is guessed and nothing is left out in silence: what can't be read is in `faults`, and whoever reads on may
do so only where there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from organizer.domain.money import MAX_VOLUME
from organizer.domain.result import Message, RowProblem
from organizer.domain.team import Kind
from organizer.exchange import member_words
from organizer.exchange.cells import BadCell, converted, tidy
from organizer.exchange.columns import Columns, Figures
from organizer.exchange.layout import Layout, heading_key
from organizer.exchange.reading import by_row, undisturbed
from organizer.exchange.tables import read_table
from organizer.i18n import N_

T = TypeVar("T")

_MEMBER = {
    name: (name,)
    for name in ("id", "sponsor_id", "placement_id", "leg", "rank", "joined", "active", "name", "kind")
}
_BOUGHT = {name: (name,) for name in ("id", "period", "date")}
_VOLUME = "volume "


@dataclass(frozen=True, slots=True)
class Wanted:
    """A volume of the plan: the headings that may hold it, and whether it may be below zero (returned goods)."""

    headings: tuple[str, ...]
    negative: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What both tables give, by row: `rows` are the numbers in the file, from 1; volumes are thousandths.

    `volumes` go by the plan's ids and hold only those that the file has a column for. `ignored` are the columns
    that mean nothing to the plan, `notes` what was read in one of two possible ways, and `faults` what makes the
    file unusable.
    """

    file: str
    rows: Sequence[int]
    ids: Sequence[str]
    volumes: Mapping[str, Sequence[int | None]]
    ignored: Sequence[str] = ()
    notes: Sequence[RowProblem] = ()
    faults: Sequence[RowProblem] = ()


@dataclass(frozen=True, slots=True)
class PlanTeam:
    """The members, as parallel sequences in the file's order.

    `sponsors` and `placements` are ids as the file has them, empty at a top; nothing is checked against the rows.
    """

    read: Read
    names: Sequence[str]
    sponsors: Sequence[str]
    placements: Sequence[str]
    legs: Sequence[str]
    kinds: Sequence[Kind]
    ranks: Sequence[str]
    joined: Sequence[date | None]
    active: Sequence[bool | None]


@dataclass(frozen=True, slots=True)
class PlanVolumes:
    """What members bought, a row each time: the period as the file writes it, and the day, where it tells them."""

    read: Read
    periods: Sequence[str]
    days: Sequence[date | None]


def read_plan_team(path: Path, volumes: Mapping[str, Wanted]) -> PlanTeam:
    """The members in `path`. Raises Refusal for a file that is no such table."""
    with undisturbed():
        reader = _Reader(path, _layout(_MEMBER, volumes, (("id",), ("sponsor_id",))))
        ids = reader.ids(once=True)
        names, sponsors, placements, ranks = map(reader.texts, ("name", "sponsor_id", "placement_id", "rank"))
        legs = reader.words("leg", member_words.leg, "", N_("{column}: “{value}” is no leg."))
        kinds = reader.words("kind", member_words.kind, Kind.DISTRIBUTOR, N_("{column}: “{value}” is no kind."))
        joined = reader.dates("joined")
        active = reader.flags("active")
        read = reader.read(ids, volumes)
        return PlanTeam(read, names, sponsors, placements, legs, kinds, ranks, joined, active)


def read_plan_volumes(path: Path, volumes: Mapping[str, Wanted]) -> PlanVolumes:
    """The rows of volumes in `path`. Raises Refusal for a file that is no such table."""
    with undisturbed():
        reader = _Reader(path, _layout(_BOUGHT, volumes, (("id",),)))
        ids = reader.ids(once=False)
        periods, days = reader.texts("period"), reader.dates("date")
        return PlanVolumes(reader.read(ids, volumes), periods, days)


def _layout(
    fields: Mapping[str, tuple[str, ...]], volumes: Mapping[str, Wanted], needed: tuple[tuple[str, ...], ...]
) -> Layout:
    own = {_VOLUME + name: wanted.headings for name, wanted in volumes.items()}
    return Layout(english={**fields, **own}, danish={}, needed=needed)


class _Reader:
    """A table's columns as values; all that is wrong gathers in `_faults`."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._table = table = read_table(path, layout)
        self._layout = layout
        self._columns = Columns(table, tidy(table.column("id")))
        self._faults = list(table.problems)

    def ids(self, *, once: bool) -> list[str]:
        """Each row's id. One that is missing is a fault, and so is one that stands twice where it may not."""
        ids = self._columns.texts("id")
        first: dict[str, int] = {}
        for row, id_ in zip(self._table.numbers, ids, strict=True):
            if not id_:
                self._fault(row, "", Message("This row has no id."))
            elif first.setdefault(id_, row) != row and once:
                message = Message("The id {id} is in row {first} already.", {"id": id_, "first": first[id_]})
                self._fault(row, id_, message)
        return ids

    def texts(self, name: str) -> list[str]:
        return self._columns.texts(name)

    def dates(self, name: str) -> list[date | None]:
        return self._columns.dates((name,), english=True)[name]

    def words(self, name: str, convert: Callable[[str], T | None], blank: T, wrong: str) -> list[T]:
        """A column of words that mean something each; `blank` where the cell is empty."""

        def meaning(text: str) -> T:
            found = convert(text)
            if found is None:
                raise BadCell(wrong, text)
            return found

        column = tidy(self._columns.cells(name))
        values, refused = converted(column, meaning)
        for row, id_, text in zip(self._table.numbers, self._columns.subjects, column, strict=True):
            if text in refused:
                self._fault(row, id_, refused[text].about(self._table.title(name)))
        return [blank if value is None else value for value in values]

    def flags(self, name: str) -> list[bool | None]:
        """A column of yes and no; None where the cell is empty."""
        words = {True: "yes", False: "no", None: None}
        found = self.words(
            name, lambda text: words[member_words.flag(text)], "", N_("{column}: “{value}” is neither yes nor no.")
        )
        return [None if not word else word == "yes" for word in found]

    def read(self, ids: Sequence[str], volumes: Mapping[str, Wanted]) -> Read:
        """The volumes, and everything that was found wrong up to now."""
        shapes = {_VOLUME + name: Figures(3, MAX_VOLUME, wanted.negative) for name, wanted in volumes.items()}
        found = self._columns.figures(shapes)
        ignored = self._ignored()
        heading, problems = self._table.header_row, self._columns.problems
        wrong = [problem for problem in problems if problem.row != heading]
        return Read(
            file=self._table.file,
            rows=self._table.numbers,
            ids=ids,
            volumes={name.removeprefix(_VOLUME): column for name, column in found.items()},
            ignored=ignored,
            notes=[problem for problem in problems if problem.row == heading],
            faults=by_row([*self._faults, *wrong]),
        )

    def _ignored(self) -> list[str]:
        """Columns that nothing asks for. A second one for the same thing is a fault: which of them counts?"""
        header, fields = self._table.header, self._table.fields
        known = {heading_key(word) for name in fields for word in self._layout.english[name]}
        ignored = []
        for place, heading in enumerate(header):
            if place in fields.values() or not heading.strip():
                continue
            if heading_key(heading) in known:
                message = Message("The column “{column}” tells what another column tells.", {"column": heading})
                self._fault(self._table.header_row, "", message)
            else:
                ignored.append(heading.strip())
        return ignored

    def _fault(self, row: int, subject: str, message: Message) -> None:
        self._faults.append(RowProblem(row, subject, message))
