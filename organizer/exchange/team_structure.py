"""Who stands above whom in a team file, by its shape; rows whose place isn't told are left out with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from organizer.domain.contact import MAX_TEXT
from organizer.domain.result import Message, RowProblem, Value
from organizer.exchange.cells import shortened, tidy
from organizer.exchange.tables import Table
from organizer.exchange.team_levels import (
    Rows,
    disagreements,
    indents,
    level_of,
    out_of_place,
    read_levels,
    sorted_levels,
)
from organizer.exchange.team_members import Above, Identified, first_name_first
from organizer.exchange.team_paths import read_paths
from organizer.exchange.team_rows import Shape
from organizer.i18n import N_

_MOST_NAMED = 10
_DISAGREES = N_(
    "{column} says {level}, but the member above her, {number}, is on {above}: check who her sponsor is."
)
_MANY_DISAGREE = N_(
    "{column} disagrees with the sponsors in {count} rows, first in row {row}; the sponsors were used."
)
_SORTED = N_(
    "The levels only go downwards, so the rows may have been sorted by level: check that everybody "
    "stands under the right member."
)


_MOVED = N_(
    "The ids are in order under nearly every member, but not in row {row} ({count} such rows): rows may have been "
    "moved. Check that everybody stands under the right member."
)


@dataclass
class Structure:
    """Everybody's place, row by row of the table; `left` says why rows are left out, by place, `doubtful` which
    repeated rows differ so that none of them can be used, `doubts` what to look at before.
    """

    above: Above
    left: dict[int, Message] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    problems: list[RowProblem] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)


def structure(table: Table, found: Identified, shape: Shape) -> Structure:
    """The places of all rows of `table`. Raises Refusal where levels can't be trusted."""
    if shape is Shape.LEVEL:
        return _by_levels(table, found)
    if shape is Shape.PATH:
        return _by_paths(table, found)
    result = Structure(_named(table, found))
    if "level" in table.fields and (any(result.above.sponsors) or any(result.above.placements)):
        result.problems = _cross_checked(table, found, result.above)
    return result


def _named(table: Table, found: Identified) -> Above:
    """Who stands above as the columns name her."""
    sponsors, placements = (_ids(table, found, name) for name in ("sponsor_number", "placement_number"))
    names = [first_name_first(_cut(table, name)) for name in ("sponsor_name", "placement_name")]
    return Above(sponsors, names[0], placements, names[1])


def _ids(table: Table, found: Identified, name: str) -> list[str]:
    """The ids of who stands above. Where the country is part of an id, it is that of the row's own country.

    One that this country doesn't have is that of the only other one that has it; else it can't be told.
    """
    ids = _cut(table, name)
    if "country" not in table.fields:
        return ids
    plain, countries = tidy(table.column("number")), tidy(table.column("country"))
    of: dict[str, set[str]] = {}
    for number, own in zip(plain, found.numbers, strict=True):
        of.setdefault(number, set()).add(own)

    def whole(country: str, id_: str) -> str:
        known = of.get(id_, set())
        if f"{country} {id_}" in known:
            return f"{country} {id_}"
        return next(iter(known)) if len(known) == 1 else id_

    return list(map(whole, countries, ids))


def _cut(table: Table, name: str) -> list[str]:
    """A column's texts, no longer than what is kept."""
    texts = tidy(table.column(name))
    if max(map(len, texts), default=0) <= MAX_TEXT:
        return texts
    return [text[:MAX_TEXT].strip() for text in texts]


def _by_levels(table: Table, found: Identified) -> Structure:
    ignored = {*found.totals, *found.footers}
    places = [place for place in range(len(table)) if place not in ignored]
    cells = _level_cells(table)
    rows = Rows(
        table.file,
        [found.numbers[place] for place in places],
        [cells[place] for place in places],
        [table.numbers[place] for place in places],
        sorted(problem.row for problem in table.problems if not problem.kept),
    )
    levels = read_levels(rows, table.title("level"))
    sponsors, blank = [""] * len(table), [""] * len(table)
    for place, above in zip(places, levels.above, strict=True):
        sponsors[place] = above
    result = Structure(Above(sponsors, _cut(table, "sponsor_name"), blank, blank))
    result.left = {places[at]: why for at, why in levels.left.items()}
    result.doubtful = {places[at] for at in levels.doubtful}
    if sorted_levels(rows.levels):
        result.doubts.append(Message(_SORTED))
    moved = out_of_place(rows.numbers, levels.above, rows.rows)
    if moved:
        result.doubts.append(Message(_MOVED, {"row": moved[0], "count": len(moved)}))
    return result


def _level_cells(table: Table) -> Sequence[int | None]:
    if "level" in table.fields:
        known = {text: level_of(text) for text in set(table.column("level"))}
        return [known[text] for text in table.column("level")]
    names = table.column("name" if "name" in table.fields else "first_name")
    return indents(names) or [0] * len(names)


def _by_paths(table: Table, found: Identified) -> Structure:
    named = _named(table, found)
    paths = read_paths(found.numbers, tidy(table.column("path")), table.numbers, table.title("path"))
    blank = [""] * len(table)
    above = Above(named.sponsors, named.sponsor_names, paths.above, blank, paths.legs)
    ways_differ = {place for place in found.repeated if place in paths.left}
    numbers = {found.numbers[place] for place in ways_differ}
    doubtful = {place for place, number in enumerate(found.numbers) if number in numbers and place in paths.left}
    return Structure(above, paths.left, doubtful)


def _cross_checked(table: Table, found: Identified, above: Above) -> list[RowProblem]:
    """Where the levels of a file that names sponsors tell another story; the tree that they fit better counts."""
    known = dict(zip(table.column("level"), _level_cells(table), strict=True))
    levels = {
        found.numbers[place]: level
        for place, text in enumerate(table.column("level"))
        if (level := known[text]) is not None and found.numbers[place]
    }
    trees = [tree for tree in (above.placements, above.sponsors) if any(tree)]
    wrong, links = min(
        ((disagreements(found.numbers, tree, levels), tree) for tree in trees), key=lambda t: len(t[0])
    )
    column = table.title("level")
    if len(wrong) <= _MOST_NAMED:
        return [
            _problem(table, place, _DISAGREES, column=column, level=level, number=links[place], above=top)
            for place, level, top in wrong
        ]
    return [_problem(table, wrong[0][0], _MANY_DISAGREE, column=column, count=len(wrong),
                     row=table.numbers[wrong[0][0]])]  # fmt: skip


def _problem(table: Table, place: int, sentence: str, **values: Value) -> RowProblem:
    subject = shortened(table.rows[place][table.fields["number"]])
    return RowProblem(table.numbers[place], subject, Message(sentence, values), kept=True)
