"""Any delimited text file as a table: encoding, separator and heading found, each bad row reported."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from organizer.domain.contact import single_line
from organizer.domain.result import Message, Refusal, RowProblem
from organizer.exchange.cells import shortened
from organizer.exchange.layout import Layout
from organizer.exchange.reading import IsCancelled, Progress, watch
from organizer.exchange.sifting import MAX_CELL, Heading, Sifter
from organizer.exchange.text_file import read_text
from organizer.i18n import N_, shown

SEPARATORS = ";,\t"

MAX_LINES = 1_000_000
MAX_CELLS = 10_000_000
"""Files with more lines or cells are refused: 100,000 people with 100 columns are not more."""

_BLOCK = 500  # rows whose cells stay in the processor's cache
_HEAD_LINES = 60
_HEAD_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows under its heading.

    `fields` gives the place of each known field, `rows` have all as many cells as `header`, and `numbers` are
    their row numbers in a spreadsheet, from 1. `problems` tells of the rows that are not there.
    """

    file: str
    header: Sequence[str]
    header_row: int
    fields: Mapping[str, int]
    rows: Sequence[list[str]]
    numbers: Sequence[int]
    problems: Sequence[RowProblem]
    encoding: str
    separator: str

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, field: str) -> list[str]:
        """The field's cells as they stand in the file; empty texts where the file has no such column."""
        index = self.fields.get(field)
        return [""] * len(self.rows) if index is None else [row[index] for row in self.rows]

    def transposed(self) -> list[list[str]]:
        """All columns in the heading's order; faster than one `column` after the other."""
        columns: list[list[str]] = [[] for _ in self.header]
        for start in range(0, len(self.rows), _BLOCK):
            for column, cells in zip(columns, zip(*self.rows[start : start + _BLOCK], strict=True), strict=True):
                column.extend(cells)
        return columns

    def title(self, field: str) -> str:
        """The field's heading as the file writes it, short enough for a message."""
        index = self.fields.get(field)
        return "" if index is None else shortened(self.header[index])

    def only(self, kept: Sequence[int]) -> Table:
        """The table with the rows at these places."""
        if len(kept) == len(self.rows):
            return self
        return replace(self, rows=[self.rows[i] for i in kept], numbers=[self.numbers[i] for i in kept])


def read_table(
    path: Path, layout: Layout, progress: Progress | None = None, cancelled: IsCancelled | None = None
) -> Table:
    """The table in `path`, whose heading is the first row that `layout` fits; rows above it are skipped.

    Separator, encoding and heading are found. A row with fewer cells than the heading is filled up where all
    that `layout` needs is there; one with more is left out, unless only empty cells are too many. Lines of sums
    are skipped. Raises Refusal for anything that is no such table, Cancelled when cancelled.
    """
    watch(progress, cancelled, 0.0)
    csv.field_size_limit(MAX_CELL)  # one for the whole program, else Python's own
    source = read_text(path)
    heading = _find_heading(source.text, layout)
    if heading is None:
        sentence = N_("“{file}” does not have the columns this needs. Looked for: {wanted}. Found: {found}.")
        found = _found_columns(source.text)
        raise Refusal(Message(sentence, {"file": path.name, "wanted": layout.looked_for(), "found": found}))
    _check_size(path, source.text, heading.separator)
    sifter = Sifter(source, heading, layout)
    sifter.parse(progress, cancelled)
    sifter.sift()
    return Table(
        single_line(shown(path.name)), heading.cells, heading.index + 1,
        sifter.fields, sifter.rows, sifter.numbers, sifter.problems,
        source.encoding, heading.separator,
    )  # fmt: skip


def _check_size(path: Path, text: str, separator: str) -> None:
    """Refuse what would fill the memory: each cell takes many times its letters there, even an empty one."""
    lines = max(text.count("\n"), text.count("\r"))
    if lines > MAX_LINES:
        sentence = N_("“{file}” has more than {limit} lines, too many for a list of people or products.")
        raise Refusal(Message(sentence, {"file": path.name, "limit": MAX_LINES}))
    if lines + text.count(separator) > MAX_CELLS:
        sentence = N_("“{file}” has more than {limit} cells, too many for a list of people or products.")
        raise Refusal(Message(sentence, {"file": path.name, "limit": MAX_CELLS}))


def _head(text: str) -> list[str]:
    return list(islice(io.StringIO(text[:_HEAD_CHARS], newline=""), _HEAD_LINES))


def _find_heading(text: str, layout: Layout) -> Heading | None:
    best, most = None, 0
    for separator in SEPARATORS:
        for index, cells in enumerate(csv.reader(_head(text), delimiter=separator)):
            if fit := layout.fits(cells):
                if fit > most:
                    best, most = Heading(separator, index, cells), fit
                break
    return best


def _found_columns(text: str) -> str:
    """The cells of what is most like a heading, for the message that it isn't the right one."""
    rows = [row for separator in SEPARATORS for row in csv.reader(_head(text), delimiter=separator)]
    cells = [cell for cell in max(rows, key=lambda row: sum(map(bool, row))) if cell.strip()]
    return ", ".join(shortened(cell, 30) for cell in cells[:12]) + (", …" if len(cells) > 12 else "")
