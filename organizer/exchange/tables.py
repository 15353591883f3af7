"""Any file that holds a table: encoding, separator, sheet and heading found, each bad row reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from organizer.domain.result import Message, Refusal, RowProblem
from organizer.exchange.cells import shortened
from organizer.exchange.layout import Layout
from organizer.exchange.reading import IsCancelled, Progress, watch
from organizer.exchange.sifting import Wanted
from organizer.exchange.sources import Head, Source, file_name, open_source
from organizer.i18n import N_

_BLOCK = 500  # rows whose cells stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows under its heading.

    `fields` gives the place of each known field, `rows` have all as many cells as `header`, and `numbers` are
    their row numbers in a spreadsheet, from 1. `problems` tells of the rows that are not there, but for lines of
    sums, which are in `totals` with their row numbers. `real[i]` are the texts in column `i` that a workbook has
    as numbers: their decimal mark is the point.
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
    totals: Sequence[tuple[int, list[str]]] = ()
    real: Mapping[int, frozenset[str]] = field(default_factory=dict)

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

    Separator, encoding, a workbook's sheet and the heading are found. A row with fewer cells than the heading is
    filled up where all that `layout` needs is there; one with more is left out, unless only empty cells are too
    many. Raises Refusal for anything that is no such table, Cancelled when cancelled.
    """
    watch(progress, cancelled, 0.0)
    source = open_source(path)
    best, most = None, 0
    for head in source.heads():
        index, fit = next(((i, fit) for i, cells in enumerate(head.rows) if (fit := layout.fits(cells))), (0, 0))
        if fit > most:
            best, most = (head, index), fit
    if best is None:
        raise unknown_columns(source, layout.looked_for())
    head, index = best
    fields = layout.locate(head.rows[index])
    return table_under(source, head, index, fields, layout.needed, layout.long_texts, progress, cancelled)


def table_under(
    source: Source,
    head: Head,
    index: int,
    fields: Mapping[str, int],
    needed: Sequence[Sequence[str]],
    long_texts: frozenset[str],
    progress: Progress | None,
    cancelled: IsCancelled | None,
) -> Table:
    """The table of `source` whose heading is row `index` (from 0) of `head`, with `fields` by their places.

    `needed` are groups of fields of which a row must have one each, `long_texts` fields that may hold line ends.
    Raises Refusal for too large a file, Cancelled when cancelled.
    """
    groups = [
        [fields[field] for field in group if field in fields] for group in needed if fields.keys() & set(group)
    ]
    short = frozenset(place for field, place in fields.items() if field not in long_texts)
    sifter = source.sifted(head, index, Wanted(groups, short), progress, cancelled)
    real = source.sheets[head.sheet].real if source.sheets else {}
    return Table(
        file_name(source), head.rows[index], index + 1, fields, sifter.rows, sifter.numbers, sifter.problems,
        source.text.encoding, head.separator, sifter.totals, real,
    )  # fmt: skip


def unknown_columns(source: Source, wanted: str) -> Refusal:
    """The answer to a file without the columns `wanted`: it names those that the file has."""
    sentence = N_("“{file}” does not have the columns this needs. Looked for: {wanted}. Found: {found}.")
    found = _found_columns(source.heads())
    return Refusal(Message(sentence, {"file": source.file, "wanted": wanted, "found": found}))


def _found_columns(heads: Sequence[Head]) -> str:
    """The cells of what is most like a heading, for the message that it isn't the right one."""
    rows = [row for head in heads for row in head.rows]
    cells = [cell for cell in max(rows, key=lambda row: sum(map(bool, row))) if cell.strip()]
    return ", ".join(shortened(cell, 30) for cell in cells[:12]) + (", …" if len(cells) > 12 else "")
