"""A delimited text taken apart into rows, the good parted from the bad."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from organizer.domain.result import Message, RowProblem
from organizer.exchange.cells import shortened
from organizer.exchange.layout import is_total
from organizer.exchange.reading import IsCancelled, Progress, watch
from organizer.exchange.text_file import UNREADABLE, Text
from organizer.i18n import N_

MAX_CELL = 1_000_000
"""Characters in one cell; a longer one is a quotation mark that is never closed."""

_CHUNK = 5_000
_END = "\x00end"  # follows the text: swallowed by the last cell if its quotation mark is never closed
_RUN_TOGETHER = N_(
    "This row runs over {lines} lines because a quotation mark is not closed where it should be. "
    "All these lines were left out."
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a file's heading is: the separator that shows it, its place among the rows from 0, its cells."""

    separator: str
    index: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What rows must have: of each group of columns in `needed` one cell, and in `short` ones no line ends."""

    needed: Sequence[Sequence[int]]
    short: frozenset[int]


class Sifter:
    """Parses the text and parts good rows from bad."""

    def __init__(self, source: Text, heading: Heading, wanted: Wanted) -> None:
        self.source, self.heading, self.wanted = source, heading, wanted
        self.width = len(heading.cells)
        self.records: list[list[str]] = []
        self.rows: list[list[str]] = []
        self.numbers: list[int] = []
        self.problems: list[RowProblem] = []
        self.totals: list[tuple[int, list[str]]] = []
        self.has_long_rows = False

    def parse(self, progress: Progress | None, cancelled: IsCancelled | None) -> None:
        """Read every record, in chunks so that progress is seen and cancelling works."""
        text, records = self.source.text, self.records
        lines = chain(io.StringIO(text, newline=""), (_END,))
        reader = csv.reader(lines, delimiter=self.heading.separator)
        total = text.count("\n") + 2
        done = False
        while not done:
            known = len(records)
            try:
                records.extend(islice(reader, _CHUNK))
            except csv.Error:
                records.append([_END])  # what was read before stays, and the end is inside a cell
                self._never_closed()
                return
            done = len(records) < known + _CHUNK
            watch(progress, cancelled, min(1.0, reader.line_num / total))
        self.has_long_rows = reader.line_num > len(records)
        if records[-1] == [_END]:
            records.pop()
        else:
            self._never_closed()

    def _never_closed(self) -> None:
        cells = self.records.pop()
        sentence = N_(
            "A quotation mark in this row is never closed, so the row and everything after it was left out. "
            "The file may have been cut off; get it again."
        )
        self._report(len(self.records) + 1, cells, sentence)

    def _report(self, row: int, cells: Sequence[str], sentence: str, kept: bool = False, **values: int) -> None:
        subject = next((cell for cell in cells if cell.strip() and _END not in cell), "")
        self.problems.append(RowProblem(row, shortened(subject), Message(sentence, values), kept))

    def sift(self) -> None:
        """Keep the rows that can be trusted, with their numbers."""
        start, width = self.heading.index + 1, self.width
        last = self._cut_off()
        for number, cells in enumerate(islice(self.records, start, last), start + 1):
            if len(cells) != width:
                mended = self._mended(number, cells)
                if mended is None:
                    continue
                cells = mended
            elif not any(cells):
                continue
            self.rows.append(cells)
            self.numbers.append(number)
        if self.has_long_rows:
            self._drop_run_together()
        if UNREADABLE in self.source.text:
            self._report_damage()

    def _cut_off(self) -> int:
        """Where the whole records end: the last one may have been cut off with the file."""
        count = len(self.records)
        if count <= self.heading.index + 1 or self.problems:
            return count
        cells = self.records[-1]
        unended = not self.source.text.endswith(("\n", "\r")) and 0 < len(cells) < self.width
        if not (self.source.cut or unended) or is_total(cells):
            return count
        sentence = N_("The file stops in the middle of this row, so it was left out. Get the file again.")
        self._report(count, cells, sentence)
        return count - 1

    def _mended(self, number: int, cells: list[str]) -> list[str] | None:
        """The row with as many cells as the heading, or None where it can't be trusted; what was wrong is told."""
        found, width = len(cells), self.width
        if not any(cells):
            return None
        if is_total(cells):
            self.totals.append((number, (cells + [""] * width)[:width]))
            return None
        if not any(cells[width:]) and found > width:
            return cells[:width]
        if found > width:
            lines = sum(cell.count("\n") for cell in cells) + 1
            if lines > 1:
                self._report(number, cells, _RUN_TOGETHER, lines=lines)
                return None
            sentence = N_(
                "This row has {found} cells where the heading has {expected}, so it was left out. "
                "There may be a separator inside a text."
            )
            self._report(number, cells, sentence, found=found, expected=width)
            return None
        filled = cells + [""] * (width - found)
        if self._has_what_is_needed(filled):
            sentence = N_("This row has {found} cells where the heading has {expected}; the others are empty now.")
            self._report(number, cells, sentence, kept=True, found=found, expected=width)
            return filled
        sentence = N_("This row has {found} cells where the heading has {expected}, so it was left out.")
        self._report(number, cells, sentence, found=found, expected=width)
        return None

    def _has_what_is_needed(self, cells: list[str]) -> bool:
        return all(any(cells[index].strip() for index in group) for group in self.wanted.needed)

    def _drop_run_together(self) -> None:
        """Leave out rows in which a cell that should be one line swallowed the lines after it."""
        short = self.wanted.short
        kept = []
        for place, cells in enumerate(self.rows):
            if any("\n" in cells[index].strip() for index in short):
                lines = sum(cell.count("\n") for cell in cells) + 1
                self._report(self.numbers[place], cells, _RUN_TOGETHER, lines=lines)
            else:
                kept.append(place)
        self.rows = [self.rows[place] for place in kept]
        self.numbers = [self.numbers[place] for place in kept]

    def _report_damage(self) -> None:
        sentence = N_("Some letters in this row could not be read and show as {sign}. Correct them by hand.")
        for number, cells in zip(self.numbers, self.rows, strict=True):
            if any(UNREADABLE in cell for cell in cells):
                subject = shortened(next(cell for cell in cells if cell.strip()))
                self.problems.append(RowProblem(number, subject, Message(sentence, {"sign": UNREADABLE}), True))
