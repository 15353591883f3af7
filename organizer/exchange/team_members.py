"""The cells of a team file as members: ids, names, kinds, legs, dates and volumes, column by column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from organizer.domain.contact import MAX_TEXT
from organizer.domain.money import MAX_VOLUME
from organizer.domain.result import Message, RowProblem, Value
from organizer.domain.team import Kind
from organizer.exchange import member_words
from organizer.exchange.cells import shortened, tidy
from organizer.exchange.columns import Columns, Figures
from organizer.exchange.date_columns import Order
from organizer.exchange.layout import is_total
from organizer.exchange.tables import Table
from organizer.exchange.team_headings import is_english
from organizer.exchange.team_levels import unindented
from organizer.exchange.team_rows import Shape, TeamMapping, TeamRow
from organizer.exchange.team_volumes import volume_of
from organizer.i18n import N_

_ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+")


@dataclass
class Identified:
    """Which rows have an id: `numbers` by place ("" where not usable), the places that are `kept`, those that are
    `repeated`, lines of `totals`, and the problems of the others.
    """

    numbers: list[str]
    kept: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    footers: set[int] = field(default_factory=set)
    problems: list[RowProblem] = field(default_factory=list)


def identified(table: Table) -> Identified:
    """The rows with an id, and a problem for each of the others that is no line of sums."""
    numbers = _numbers(table)
    found = Identified([""] * len(numbers))
    first_row: dict[str, int] = {}
    last = max((place for place, number in enumerate(numbers) if number), default=-1)
    for place, number in enumerate(numbers):
        if _is_usable(number):
            found.numbers[place] = number
            if number not in first_row:
                first_row[number] = table.numbers[place]
                found.kept.append(place)
                continue
            found.repeated.append(place)
        elif is_total([number] if number else table.rows[place]):
            found.totals.append(place)
            continue
        elif place > last and not _name_cells(table, place):
            found.footers.add(place)
            continue
        found.problems.append(_unidentified(table.numbers[place], number, _name_cells(table, place), first_row))
    return found


def _numbers(table: Table) -> list[str]:
    """The ids, with the country before them where one is told: an id is its country's own then."""
    numbers = tidy(table.column("number"))
    if "country" not in table.fields:
        return numbers
    countries = tidy(table.column("country"))
    return [
        f"{country} {number}" if country and number else number
        for country, number in zip(countries, numbers, strict=True)
    ]


def _is_usable(number: str) -> bool:
    if not 0 < len(number) <= MAX_TEXT or _is_rounded(number):
        return False
    return number[0].isdigit() or not is_total([number])


def _is_rounded(number: str) -> bool:
    """True for an id that a spreadsheet made into 1.00E+11: nobody can tell whose it was."""
    return "E+" in number and _ROUNDED.search(number) is not None


def _name_cells(table: Table, place: int) -> str:
    places = (table.fields.get(name) for name in ("name", "first_name", "last_name"))
    return shortened(" ".join(table.rows[place][index] for index in places if index is not None))


def _unidentified(row: int, number: str, name: str, first_row: Mapping[str, int]) -> RowProblem:
    values: dict[str, Value]
    if not number:
        return RowProblem(row, name, Message("This row has no id, so it was left out."))
    if _is_rounded(number):
        sentence = N_(
            "The id {number} was rounded by a spreadsheet, so this row was left out. Get the file again."
        )
        return RowProblem(row, name, Message(sentence, {"number": number}))
    if number in first_row:
        sentence = N_("The id {number} is in row {first} already; row {row} was left out.")
        values = {"number": shortened(number), "first": first_row[number], "row": row}
        return RowProblem(row, name, Message(sentence, values))
    return RowProblem(row, name, Message("The id in this row is too long to be right, so it was left out."))


@dataclass(frozen=True, slots=True)
class Above:
    """Who stands above each row, as ids and names; `legs` is None where a column of its own tells them."""

    sponsors: Sequence[str]
    sponsor_names: Sequence[str]
    placements: Sequence[str]
    placement_names: Sequence[str]
    legs: Sequence[str] | None = None

    def only(self, places: Sequence[int]) -> Above:
        """The rows at these places."""

        def part(texts: Sequence[str]) -> list[str]:
            return [texts[place] for place in places]

        legs = None if self.legs is None else part(self.legs)
        sponsors, placements = part(self.sponsors), part(self.placements)
        return Above(sponsors, part(self.sponsor_names), placements, part(self.placement_names), legs)


def names_of(columns: Columns, shape: Shape) -> list[str]:
    """Everyone's name; her id where the file has none, which is reported."""
    names = columns.texts("name")
    if shape is Shape.LEVEL and "level" not in columns.table.fields:
        names = [unindented(name) for name in names]
    names = first_name_first(names)
    if "name" not in columns.table.fields:
        firsts, lasts = columns.texts("first_name"), columns.texts("last_name")
        names = [f"{first} {last}".strip()[:MAX_TEXT] for first, last in zip(firsts, lasts, strict=True)]
    for place, name in enumerate(names):
        if not name:
            names[place] = columns.subjects[place]
            message = Message("This row has no name; the id stands in its place.")
            problem = RowProblem(columns.table.numbers[place], names[place], message, kept=True)
            columns.problems.append(problem)
    return names


def first_name_first(names: list[str]) -> list[str]:
    """ "Hansen, Anna" as "Anna Hansen", where every name in the column is written so."""
    if not all(name.count(",") == 1 and all(map(str.strip, name.split(","))) for name in names if name):
        return names
    return [" ".join(map(str.strip, reversed(name.split(",")))) for name in names]


def team_rows(
    columns: Columns, numbers: Sequence[str], names: Sequence[str], above: Above, mapping: TeamMapping
) -> list[TeamRow]:
    """The members of `columns`, whose ids, names and places are given."""
    table, text = columns.table, columns.texts
    order = None if mapping.day_first is None else Order.DAY_FIRST if mapping.day_first else Order.MONTH_FIRST
    dates = columns.dates(("joined", "last_order"), is_english(table.header), order)
    now, earlier = _volumes(columns, mapping.decimal)
    return list(
        map(
            TeamRow, table.numbers, numbers, names, above.sponsors, above.sponsor_names, _kinds(text("kind")),
            text("rank"), text("highest_rank"), dates["joined"], dates["last_order"], text("phone"), text("email"),
            text("street"), text("postal_code"), text("city"), now,
            above.legs if above.legs is not None else _legs(columns), _cancelled(columns),
            above.placements, above.placement_names, earlier,
        )
    )  # fmt: skip


def _kinds(types: list[str]) -> list[Kind]:
    known = {text: _kind(text) for text in set(types)}
    return [known[text] for text in types]


def _kind(text: str) -> Kind:
    found = member_words.kind(text)
    return Kind.CUSTOMER if found is Kind.CUSTOMER else Kind.DISTRIBUTOR


def _cancelled(columns: Columns) -> list[bool]:
    """Who has left, as her type or her status says; a column headed "Terminated" says so with a mark."""
    both = columns.texts("kind"), columns.texts("status")
    gone = {text for column in both for text in set(column) if member_words.kind(text) is Kind.CANCELLED}
    if member_words.kind(columns.table.title("status")) is Kind.CANCELLED:
        marked = {text for text in set(both[1]) if member_words.flag(text)}
        return [status in marked or status in gone or kind in gone for kind, status in zip(*both, strict=True)]
    return [not gone.isdisjoint(texts) for texts in zip(*both, strict=True)]


def _legs(columns: Columns) -> list[str]:
    """Everyone's leg. A column with something else in it is about something else (a title, a place in a list)."""
    texts = columns.texts("leg")
    known = {text: member_words.leg(text) for text in sorted(set(texts))}
    wrong = next((text for text, leg in known.items() if leg is None), None)
    if wrong is None:
        return [known[text] or "" for text in texts]
    table = columns.table
    message = Message(
        "{column}: “{value}” is no leg, so this column was not used.",
        {"column": table.title("leg"), "value": shortened(wrong)},
    )
    columns.problems.append(RowProblem(table.header_row, "", message, kept=True))
    return [""] * len(texts)


def _volumes(columns: Columns, decimal: str) -> tuple[list[dict[str, int]], list[dict[int, dict[str, int]]]]:
    """Everyone's volumes of the period, and those of earlier ones."""
    fields = {name: volume for name in columns.table.fields if (volume := volume_of(name))}
    found = columns.figures({name: Figures(3, MAX_VOLUME) for name in fields}, decimal)
    now = [(fields[name][0], column) for name, column in found.items() if not fields[name][1]]
    before = [(*fields[name], column) for name, column in found.items() if fields[name][1]]
    size = range(len(columns.table))
    volumes = [{name: value for name, column in now if (value := column[place]) is not None} for place in size]
    earlier: list[dict[int, dict[str, int]]] = [{} for _ in size]
    for name, back, column in before:
        for place, value in enumerate(column):
            if value is not None:
                earlier[place].setdefault(back, {})[name] = value
    return volumes, earlier
