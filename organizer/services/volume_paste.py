"""Figures pasted from a spreadsheet: for whom they are, what is understood, and what can't be used and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from organizer.domain.contact import fold
from organizer.domain.money import MAX_VOLUME
from organizer.domain.result import Message, RowProblem
from organizer.exchange.cells import BadCell, guarded, shortened
from organizer.exchange.number_columns import bare, decimal_mark, scaled
from organizer.exchange.pasted_rows import rows, written
from organizer.i18n import language
from organizer.services.volume_grid import Grid, Volume

__all__ = ["Match", "Pasted", "Target", "guarded_rows", "read", "rows", "written"]

_BLANK = frozenset(("", "-", "–", "—"))
"""Cells that say nothing."""

_DECIMALS = 3


class Match(StrEnum):
    """How pasted rows find their members: from the chosen cell on, or by number or name in each row."""

    PLACE = "place"
    WHO = "who"


@dataclass(frozen=True)
class Target:
    """Where the block goes by place: positions in the team from the chosen row down, and the chosen volume's place
    in the grid's volumes.
    """

    positions: Sequence[int]
    volume: int


@dataclass(frozen=True)
class Pasted:
    """What a paste would do. Nothing is stored yet.

    `amounts` are thousandths by member's id and volume's id; `changed` how many of them are other figures than
    there are now. `problems` name what can't be used, by the pasted row counted from 1. `mark` is the decimal mark
    by which the figures are read; it is not `sure` where they could be read in two ways, in the rows `unsure`.
    """

    by: Match
    amounts: Mapping[tuple[int, str], int] = field(default_factory=dict)
    changed: int = 0
    problems: Sequence[RowProblem] = ()
    mark: str = "."
    sure: bool = True
    unsure: Sequence[int] = ()

    @property
    def is_plain(self) -> bool:
        """True where there is nothing to look at first."""
        return self.by is Match.PLACE and self.sure and not self.problems


def read(
    grid: Grid, cells: Sequence[Sequence[str]], target: Target, by: Match | None = None, mark: str = ""
) -> Pasted:
    """What pasting these rows would do; `by` and `mark` as she chose, else as they seem to be meant."""
    block = _Block(grid, cells)
    by = by or (Match.WHO if block.who else Match.PLACE)
    placed = list(block.by_who(target.volume) if by is Match.WHO else block.by_place(target))
    figures = [one.text for one in placed if one.message is None and _is_figure(one.text)]
    found = decimal_mark(figures)
    sure = found is None or found.sure
    mark = mark or (found.mark if found and found.sure else "," if language() == "da" else ".")
    unsure = [] if sure else list(dict.fromkeys(one.row for one in placed if _is_two_figures(one.text)))
    return replace(_understood(grid, by, placed, mark, sure), unsure=unsure)


def _is_two_figures(text: str) -> bool:
    """Whether it is one figure with a decimal comma and another with a decimal point."""
    try:
        return len({scaled(text, mark, _DECIMALS, MAX_VOLUME) for mark in ",."}) > 1
    except BadCell:
        return False


def guarded_rows(lines: Sequence[Sequence[str]]) -> str:
    """Lines for a spreadsheet's clipboard; what it would take for a formula is guarded, phone numbers aren't."""
    return written([[cell if _is_phone(cell) else guarded(cell) for cell in line] for line in lines])


def _is_phone(text: str) -> bool:
    return text.startswith("+") and text[1:].replace(" ", "").isdigit()


@dataclass(frozen=True, slots=True)
class _Cell:
    """One pasted cell with where it goes; or why it goes nowhere."""

    row: int
    text: str
    position: int = -1
    volume: Volume | None = None
    message: Message | None = None


def _understood(grid: Grid, by: Match, placed: Sequence[_Cell], mark: str, sure: bool) -> Pasted:
    amounts: dict[tuple[int, str], int] = {}
    problems: list[RowProblem] = []
    changed = 0
    team = grid.view.team
    for cell in placed:
        if cell.message is not None or cell.volume is None:
            message = cell.message or Message("This cell has no place in the grid.")
            problems.append(RowProblem(cell.row, shortened(cell.text), message))
            continue
        name = team.names[cell.position] or team.numbers[cell.position]
        try:
            if not grid.may_write(cell.position, cell.volume):
                problems.append(RowProblem(cell.row, name, _only_yours(cell.volume)))
                continue
            amount = scaled(cell.text, mark, _DECIMALS, MAX_VOLUME)
        except BadCell as bad:
            problems.append(RowProblem(cell.row, name, bad.about(f"{name}, {cell.volume.name}")))
            continue
        amounts[team.ids[cell.position], cell.volume.id] = amount
        changed += grid.now[cell.volume.id][cell.position] != amount
    return Pasted(by, amounts, changed, problems, mark, sure)


def _only_yours(volume: Volume) -> Message:
    return Message("{volume} is kept of yourself only.", {"volume": volume.name})


def _is_figure(text: str) -> bool:
    if text.isdigit() and text.isascii():
        return True
    figure = bare(text).replace(",", "").replace(".", "").lstrip("-")
    return figure.isascii() and figure.isdigit()


class _Block:
    """Pasted cells, and what their columns seem to be."""

    def __init__(self, grid: Grid, cells: Sequence[Sequence[str]]) -> None:
        self._grid = grid
        team = grid.view.team
        self._numbers = {fold(number): position for position, number in enumerate(team.numbers) if number}
        self._named: dict[str, list[int]] = {}
        for position, name in enumerate(team.names):
            self._named.setdefault(fold(name), []).append(position)
        self._width = max((len(row) for row in cells), default=0)
        self._rows = [[*row, *[""] * (self._width - len(row))] for row in cells]
        self._words = {fold(word): one for one in grid.volumes for word in (one.name, *one.words)}
        self._heading = self._find_heading()

    def _find_heading(self) -> Mapping[int, Volume]:
        """The volumes that the first row names by column; none where it isn't a heading."""
        if not self._rows or any(_is_figure(cell) for cell in self._rows[0]):
            return {}
        return {at: self._words[fold(cell)] for at, cell in enumerate(self._rows[0]) if fold(cell) in self._words}

    def _body(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number from 1, without the heading."""
        first = 1 if self._has_heading() else 0
        yield from ((row, self._rows[row - 1]) for row in range(first + 1, len(self._rows) + 1))

    def _has_heading(self) -> bool:
        if self._heading:
            return True
        if len(self._rows) < 2 or self._width < 2:
            return False
        first, second = self._rows[0], self._rows[1]
        known = any(fold(cell) in self._numbers or fold(cell) in self._named for cell in first)
        return not known and not any(map(_is_figure, first)) and any(map(_is_figure, second))

    @cached_property
    def who(self) -> tuple[int, ...]:
        """The columns that hold number and name, as far as there are any: () where rows go by their place."""
        if self._width < 2:
            return ()
        body = [row for _number, row in self._body()]
        found: list[int] = []
        numbered = False
        for at in (at for at in range(self._width) if at not in self._heading):
            cells = [row[at] for row in body if row[at] not in _BLANK]
            words = sum(not _is_figure(cell) for cell in cells)
            known = sum(_is_figure(cell) and fold(cell) in self._numbers for cell in cells)
            # figures further to the right may look like numbers by chance
            told = words if numbered else words + known
            if told and told * 2 >= len(cells):
                found.append(at)
                numbered = numbered or known > 0
        return tuple(found) if len(found) < self._width else ()

    def by_place(self, target: Target) -> Iterator[_Cell]:
        """The cells from the chosen one on."""
        volumes = self._grid.volumes
        beyond = Message("This lies beyond the last row or column of the grid.")
        for place, (number, row) in enumerate(self._body()):
            for at, text in enumerate(row):
                if text in _BLANK:
                    continue
                column = target.volume + at
                if self._heading:
                    volume = self._heading.get(at)
                else:
                    volume = volumes[column] if column < len(volumes) else None
                if volume is None or place >= len(target.positions):
                    yield _Cell(number, text, message=beyond)
                else:
                    yield _Cell(number, text, target.positions[place], volume)

    def by_who(self, start: int) -> Iterator[_Cell]:
        """The cells of the rows that name a member."""
        who = self.who or (0,)
        columns = self._figure_columns(who, start)
        taken: dict[int, int] = {}
        for number, row in self._body():
            if not any(cell not in _BLANK for cell in row):
                continue
            told = " ".join(row[at] for at in who if row[at] not in _BLANK)
            position = self._meant(row, who)
            if isinstance(position, Message):
                yield _Cell(number, told, message=position)
                continue
            if position in taken:
                values = {"row": taken[position]}
                yield _Cell(number, told, message=Message("Row {row} is about her already.", values))
                continue
            taken[position] = number
            for at, volume in columns.items():
                if row[at] in _BLANK:
                    continue
                cell = _Cell(number, row[at], position, volume)
                lost = Message("There is no column left in the grid for {value}.", {"value": shortened(row[at])})
                yield cell if volume else replace(cell, text=told, message=lost)

    def _figure_columns(self, who: tuple[int, ...], start: int) -> dict[int, Volume | None]:
        if self._heading:
            return dict(self._heading)
        volumes = self._grid.volumes
        free = [at for at in range(self._width) if at not in who]
        places = enumerate(free, start)
        return {at: volumes[place] if place < len(volumes) else None for place, at in places}

    def _meant(self, row: Sequence[str], who: tuple[int, ...]) -> int | Message:
        told = [fold(row[at]) for at in who if row[at] not in _BLANK]
        for text in told:
            if (position := self._numbers.get(text)) is not None:
                return position
        by_name = {position for text in told for position in self._named.get(text, ())}
        if len(who) > 1 and not by_name:
            # first and last name in columns of their own
            by_name = set(self._named.get(" ".join(told), ()))
        if len(by_name) == 1:
            return by_name.pop()
        if by_name:
            return Message("{count} people have this name. Add the number.", {"count": len(by_name)})
        return Message("Nobody in the team has this number or name.")
