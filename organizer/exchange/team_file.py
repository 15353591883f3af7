"""Reads the team file of a company's back office: any of the known layouts, or as a mapping says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from organizer.domain.result import Message, Refusal, RowProblem, Value
from organizer.domain.team import Tree
from organizer.exchange.cells import shortened
from organizer.exchange.columns import Columns
from organizer.exchange.reading import IsCancelled, Progress, by_row, part, undisturbed, watch
from organizer.exchange.sources import Source, open_source
from organizer.exchange.tables import Table, table_under, unknown_columns
from organizer.exchange.team_heading_row import LOOKED_FOR, Place, Remembered, find
from organizer.exchange.team_headings import NEEDED, TREE, located
from organizer.exchange.team_layout import Recognised, Recogniser
from organizer.exchange.team_members import Identified, identified, names_of, team_rows
from organizer.exchange.team_periods import period_of
from organizer.exchange.team_rows import Shape, TeamMapping, TeamReading, TeamRow
from organizer.exchange.team_structure import Structure, structure
from organizer.exchange.team_totals import wrong_total
from organizer.exchange.team_volumes import is_group_figure, tells_active, volume_field, volume_of
from organizer.i18n import N_

_SAMPLES = 20
_LONG = frozenset({"street"})
_ASKED = {
    "number": N_("Choose which column is the id."),
    "sponsor_number": N_("Choose which column is the sponsor's id."),
    "placement_number": N_("Choose which columns are the ids of the sponsor and of whom she is placed under."),
    "path": N_("Choose which column is the place in the tree."),
    "level": N_("Choose which column is the level."),
}


def read_team(
    path: Path,
    volumes: Mapping[str, Sequence[str]],
    mapping: TeamMapping | None = None,
    *,
    known: Remembered | None = None,
    by_hand: bool = False,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> TeamReading:
    """The members in `path`, in file order, how the file was understood, and what could not be read.

    `volumes` gives for each of the plan's volumes the headings that may hold it: {"PV": ["PV", "Personal
    Volume"]}. With a `mapping` the file is read as it says; one without columns asks only for a sheet or a heading
    row. Else it is read as is `known` of its headings, else its layout is recognised; with `by_hand` a table that
    isn't is answered without records, for her to choose the columns. A row without an id, or whose place in the
    tree can't be told, is left out; so are lines of sums, silently. A volume below zero, absurd or no number is
    not used. Decimal mark, date order and "Last, First" are judged by the whole column.
    Raises Refusal for a file that is no such table, or whose order of levels can't be trusted, Cancelled when
    cancelled.
    """
    with undisturbed():
        watch(progress, cancelled, 0.0)
        source = open_source(path)
        place = find(source, mapping, known, by_hand)
        mapping, followed = place.mapping, bool(place.mapping and place.mapping.columns)
        table = _table(source, place, part(progress, 0.0, 0.6), cancelled)
        period = period_of(cell for row in place.head.rows[: place.index + 1] for cell in row)
        columns = table.transposed()
        if mapping and followed:
            layout = _followed(mapping, table)
        else:
            layout = _recognised(source, Recogniser(table.header, columns), volumes, period, by_hand)
        table = replace(table, fields=_places(layout.fields))
        watch(progress, cancelled, 0.7)
        used = tuple(layout.fields.get(at, "") for at in range(len(table.header)))
        mapping = TeamMapping(
            layout.shape, place.index + 1, used, mapping.decimal if mapping else "",
            mapping.day_first if mapping else None, place.head.sheet,
        )  # fmt: skip
        reading = (
            _unread(table, mapping, layout) if layout.open else _read(table, columns, mapping, layout, volumes)
        )
        watch(progress, cancelled, 1.0)
        return replace(reading, sheets=tuple(source.sheets), period_text=period)


def _table(source: Source, place: Place, progress: Progress | None, cancelled: IsCancelled | None) -> Table:
    """The table under the heading, its fields not yet those of the mapping."""
    mapping, header = place.mapping, place.head.rows[place.index]
    if mapping and mapping.columns:
        fields = _places({at: name for at, name in enumerate(mapping.columns) if name})
    else:
        fields = {name: places[0] for name, places in located(header).items()}
    return table_under(source, place.head, place.index, fields, (*NEEDED, TREE), _LONG, progress, cancelled)


def _places(fields: Mapping[int, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in sorted(fields.items()):
        places.setdefault(name, place)
    return places


def _followed(mapping: TeamMapping, table: Table) -> Recognised:
    """What the mapping says, to the letter. Raises Refusal where it lacks what its shape needs."""
    needed: dict[Shape, tuple[tuple[str, ...], ...]] = {
        Shape.SPONSOR: (("sponsor_number",),),
        Shape.TWO_TREES: (("placement_number", "sponsor_number"),),
        Shape.LEVEL: (("level", "name", "first_name"),),
        Shape.PATH: (("path",),),
    }
    for group in (("number",), *needed[mapping.shape]):
        if not any(name in table.fields for name in group):
            raise Refusal(Message(_ASKED[group[0]]))
    return Recognised(mapping.shape, {place: name for name, place in table.fields.items()})


def _recognised(
    source: Source, recogniser: Recogniser, volumes: Mapping[str, Sequence[str]], period: str, by_hand: bool
) -> Recognised:
    layout = recogniser.recognise(volumes, period)
    if layout is None and by_hand:
        return recogniser.partly(volumes, period)
    if layout is None:
        raise unknown_columns(source, LOOKED_FOR)
    return layout


def _unread(table: Table, mapping: TeamMapping, layout: Recognised) -> TeamReading:
    """A table in which nobody's place is told before she chooses the columns."""
    return TeamReading(
        [], [], table.file, [], frozenset(), mapping, tuple(table.header),
        [list(row) for row in table.rows[:_SAMPLES]], (), False, layout.doubts, trees=frozenset(),
    )  # fmt: skip


def _read(
    table: Table,
    cells: list[list[str]],
    mapping: TeamMapping,
    known: Recognised,
    volumes: Mapping[str, Sequence[str]],
) -> TeamReading:
    found = identified(table)
    difference = wrong_total(table, found, mapping.decimal)
    if difference and mapping.shape is Shape.LEVEL:
        raise Refusal(difference.message)
    built = structure(table, found, mapping.shape)
    rows, problems = _members(table, cells, found, built, mapping)
    problems += [*table.problems, *_left_out(table, found, built), *built.problems, *_notes(table, volumes)]
    if difference:
        problems.append(RowProblem(difference.row, "", difference.message, kept=True))
    again = {*found.repeated, *built.doubtful}
    out = {*built.left} - built.doubtful
    records = [row for place, row in rows if place not in again and place not in out]
    doubts = [*known.doubts, *built.doubts]
    return TeamReading(
        records, by_row(problems), table.file, [row.row for row in records], _told(table, mapping, rows), mapping,
        tuple(table.header), [list(row) for row in table.rows[:_SAMPLES]], (), not doubts, doubts, "",
        [row for place, row in rows if place in again], _trees(table, mapping.shape),
    )  # fmt: skip


def _members(
    table: Table, cells: list[list[str]], found: Identified, built: Structure, mapping: TeamMapping
) -> tuple[list[tuple[int, TeamRow]], list[RowProblem]]:
    """Every row with an id as a member, with its place in the table."""
    places = sorted([*found.kept, *found.repeated])
    whole = len(places) == len(table)
    numbers = found.numbers if whole else [found.numbers[place] for place in places]
    columns = Columns(table.only(places), numbers, cells if whole else None)
    names = names_of(columns, mapping.shape)
    columns.subjects = [name or number for name, number in zip(names, numbers, strict=True)]
    above = built.above if whole else built.above.only(places)
    rows = team_rows(columns, numbers, names, above, mapping)
    return list(zip(places, rows, strict=True)), columns.problems


def _left_out(table: Table, found: Identified, built: Structure) -> list[RowProblem]:
    """Everyone left out: for her id, or for her place in the tree."""
    rows = {table.numbers[place] for place in built.left}
    problems = [problem for problem in found.problems if problem.row not in rows]
    for place, why in sorted(built.left.items()):
        problems.append(RowProblem(table.numbers[place], shortened(found.numbers[place]), why))
    return problems


def _notes(table: Table, volumes: Mapping[str, Sequence[str]]) -> list[RowProblem]:
    """What to know of the columns: volumes that the file doesn't have, columns whose figures aren't used."""
    problems = []
    for name in volumes:
        if volume_field(name) not in table.fields:
            message = Message("The file has no column for {name}, so this volume is not known.", {"name": name})
            problems.append(RowProblem(table.header_row, name, message, kept=True))
    used = set(table.fields.values())
    groups = [title for place, title in enumerate(table.header) if place not in used and is_group_figure(title)]
    if groups:
        sentence = N_("{columns}: the program works out the groups' figures itself, so these were not used.")
        values: dict[str, Value] = {"columns": ", ".join(map(shortened, groups))}
        problems.append(RowProblem(table.header_row, "", Message(sentence, values), kept=True))
    active = [title for place, title in enumerate(table.header) if place not in used and tells_active(title)]
    if active:
        sentence = N_("{columns}: the program works out itself who is active, so this was not used.")
        values = {"columns": ", ".join(map(shortened, active))}
        problems.append(RowProblem(table.header_row, "", Message(sentence, values), kept=True))
    return problems


def _told(table: Table, mapping: TeamMapping, rows: Sequence[tuple[int, TeamRow]]) -> frozenset[str]:
    """The fields that the file has a column for, volumes by the plan's names."""
    told = set()
    for name in table.fields:
        volume = volume_of(name)
        if volume is None or not volume[1]:
            told.add(volume[0] if volume else name)
    if mapping.shape is Shape.LEVEL:
        told.add("sponsor_number")
    if mapping.shape is Shape.PATH:
        told |= {"placement_number", "leg"}
    if any(row.cancelled for _place, row in rows):
        told.add("status")
    return frozenset(told)


def _trees(table: Table, shape: Shape) -> frozenset[Tree]:
    trees = set()
    if shape is Shape.LEVEL or "sponsor_number" in table.fields:
        trees.add(Tree.SPONSOR)
    if shape is Shape.PATH or "placement_number" in table.fields:
        trees.add(Tree.PLACEMENT)
    return frozenset(trees)
