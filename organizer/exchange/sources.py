"""A file that holds tables, whatever its form: a delimited text read with each separator, a workbook by sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from organizer.domain.contact import single_line
from organizer.domain.result import Message, Refusal
from organizer.exchange import workbook
from organizer.exchange.reading import IsCancelled, Progress, watch
from organizer.exchange.sifting import MAX_CELL, Heading, Sifter, Wanted
from organizer.exchange.text_file import Text, is_workbook, read_bytes, text_of
from organizer.i18n import N_, shown

SEPARATORS = ";,\t|"

MAX_LINES = 1_000_000
MAX_CELLS = 10_000_000
"""Files with more lines or cells are refused: 100,000 people with 100 columns are not more."""

_HEAD_LINES = 60
_HEAD_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a file as one separator or one sheet shows them. `sheet` is "" in a text."""

    rows: Sequence[list[str]]
    separator: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Source:
    """A file's contents: either a text, or a workbook's sheets by name."""

    file: str
    text: Text
    sheets: dict[str, workbook.Sheet] = field(default_factory=dict)

    def heads(self) -> list[Head]:
        """What its first rows look like, in each way that it can be read."""
        if self.sheets:
            return [Head(sheet.rows[:_HEAD_LINES], sheet=sheet.name) for sheet in self.sheets.values()]
        lines = list(islice(io.StringIO(self.text.text[:_HEAD_CHARS], newline=""), _HEAD_LINES))
        return [Head(list(csv.reader(lines, delimiter=separator)), separator) for separator in SEPARATORS]

    def sifted(
        self, head: Head, index: int, wanted: Wanted, progress: Progress | None, cancelled: IsCancelled | None
    ) -> Sifter:
        """The rows under the heading, which is row `index` (from 0) of `head`, the good parted from the bad."""
        heading = Heading(head.separator, index, head.rows[index])
        sifter = Sifter(self.text, heading, wanted)
        if self.sheets:
            sifter.records = list(self.sheets[head.sheet].rows)
            watch(progress, cancelled, 1.0)
        else:
            self._check_size(head.separator)
            sifter.parse(progress, cancelled)
        sifter.sift()
        return sifter

    def _check_size(self, separator: str) -> None:
        """Refuse what would fill the memory: each cell takes many times its letters there, even an empty one."""
        text = self.text.text
        lines = max(text.count("\n"), text.count("\r"))
        if lines > MAX_LINES:
            sentence = N_("“{file}” has more than {limit} lines, too many for a list of people or products.")
            raise Refusal(Message(sentence, {"file": self.file, "limit": MAX_LINES}))
        if lines + text.count(separator) > MAX_CELLS:
            sentence = N_("“{file}” has more than {limit} cells, too many for a list of people or products.")
            raise Refusal(Message(sentence, {"file": self.file, "limit": MAX_CELLS}))


def open_source(path: Path) -> Source:
    """The file at `path`. Raises Refusal for one that is missing, too large, ruined, or neither."""
    csv.field_size_limit(MAX_CELL)  # one for the whole program, else Python's own
    data = read_bytes(path)
    if is_workbook(data):
        sheets = workbook.sheets(path.name, data)
        return Source(path.name, Text("\n", ""), {sheet.name: sheet for sheet in sheets})
    return Source(path.name, text_of(path.name, data))


def file_name(source: Source) -> str:
    """The file's name as readings carry it."""
    return single_line(shown(source.file))
