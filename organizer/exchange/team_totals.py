"""A report's own lines of sums, held against its rows: where they differ, rows are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from organizer.domain.money import MAX_VOLUME
from organizer.domain.result import Message, Value
from organizer.exchange.cells import converted, tidy
from organizer.exchange.number_columns import decimal_marks, scaled
from organizer.exchange.tables import Table
from organizer.exchange.team_members import Identified
from organizer.exchange.team_volumes import volume_of
from organizer.i18n import N_

_SHORT = N_(
    "The line of sums in row {line} says {total} for {column}, but the rows add up to {sum}: rows are missing or "
    "came twice. Get the file again."
)
_LARGEST = MAX_VOLUME * 1_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A column's total that isn't what its rows add up to, with its row and the sentence that says so."""

    row: int
    message: Message


def wrong_total(table: Table, found: Identified, decimal: str) -> Difference | None:
    """The first volume whose total in the file's last line of sums isn't the sum of its rows.

    Nothing is held against what can't be read: several lines of sums, or a cell that is no figure.
    """
    lines = [(table.numbers[place], table.rows[place]) for place in found.totals] + list(table.totals)
    if len(lines) != 1 or lines[0][0] < max(table.numbers, default=0):
        return None
    row, cells = lines[0]
    skipped = {*found.totals, *found.footers}
    once = [place for place in range(len(table)) if place not in skipped and place not in set(found.repeated)]
    every = [place for place in range(len(table)) if place not in skipped]
    for name, total, values in _columns(table, cells, decimal):
        sums = {sum(values[place] for place in places) for places in (once, every)}
        if total not in sums:
            told: dict[str, Value] = {
                "line": row,
                "column": table.title(name),
                "total": Decimal(total) / 1000,
                "sum": Decimal(min(sums, key=lambda value: abs(value - total))) / 1000,
            }
            return Difference(row, Message(_SHORT, told))
    return None


def _columns(table: Table, cells: Sequence[str], decimal: str) -> Iterator[tuple[str, int, list[int]]]:
    """Each volume that has a total: its field, the total, and the rows' figures, all in thousandths."""
    for name, index in table.fields.items():
        if volume_of(name) is None or not cells[index].strip():
            continue
        column = tidy([*(row[index] for row in table.rows), cells[index]])
        real = table.real.get(index, frozenset())
        mark = decimal or decimal_marks([set(column) - {""} - real])[0].mark
        values, refused = converted(column, partial(_scaled, mark=mark, real=real))
        if not refused and values[-1] is not None:
            yield name, values[-1], [value or 0 for value in values[:-1]]


def _scaled(text: str, mark: str, real: frozenset[str]) -> int:
    return scaled(text, "." if text in real else mark, 3, _LARGEST, negative=True)
