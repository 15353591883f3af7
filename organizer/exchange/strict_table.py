"""Tables that the program itself wrote, read to the letter: anything unexpected is told, nothing is guessed.

Written as Danish Excel likes them: semicolons, UTF-8 with its mark, a guard before what looks like a formula.
"""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from organizer.domain.result import Message, RowProblem
from organizer.exchange.cells import guarded, shortened, unguarded
from organizer.i18n import N_

MAX_BYTES = 1_000_000_000
"""A larger table is not read: none that the program writes for 100,000 members comes near."""

MOST_PROBLEMS = 1000
"""So many problems of one file are told; the next ones would tell nothing new."""

_NUMBER = re.compile(r"-?[0-9]{1,16}(?:[.,][0-9]{1,6})?", re.ASCII)
_UNREADABLE = N_("Some letters can't be read. The file is damaged, or was saved in another way than UTF-8.")
_CUT_OFF = N_("The file is cut off here, or a quotation mark is out of place.")
_OTHER_WIDTH = N_("This row has {found} cells where the heading has {expected}.")
_ID = re.compile(r"[0-9]{1,15}", re.ASCII)


class Unfit(ValueError):  # noqa: N818 - it is the cell that doesn't fit
    """A cell that can't be what its column says."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class StrictTable:
    """The table in `path`, read row by row while it is iterated: (row number from 1, texts by heading).

    It must have each of the `needed` headings once. Other headings must match `optional`, or stand in (brackets):
    those are for the reader's eye and passed over. What is wrong gathers in `problems`; a row that doesn't fit
    its heading is passed over, but counts in `count`.
    """

    def __init__(self, path: Path, needed: Sequence[str], optional: re.Pattern[str] | None = None) -> None:
        self.file = path.name
        self.header: Sequence[str] = ()
        self.problems: list[RowProblem] = []
        self.count = 0
        self.checksum = ""
        self._needed, self._optional = needed, optional
        self._text = self._read(path)

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows that fit; to be asked for once."""
        text, self._text = self._text, None
        if text is None:
            return
        records = self._records(text)
        header = next(records, None)
        if header is None:
            self.tell(1, "", Message("The row of headings is missing."))
        elif self._fits(header):
            self.header = header
            yield from self._sorted_out(header, records)

    def tell(self, row: int, subject: str, message: Message) -> None:
        """Add a problem, unless there are too many already."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(RowProblem(row, shortened(subject), message))

    def _read(self, path: Path) -> str | None:
        text, self.checksum = strict_text(path, MAX_BYTES, lambda row, message: self.tell(row, "", message))
        return text

    def _records(self, text: str) -> Iterator[list[str]]:
        """The cells of each row. Excel may have saved it with another separator."""
        opening = text.partition("\n")[0]
        separator = next((mark for mark in ";,\t" if mark in opening), ";")
        row = 0
        try:
            # strict: an open quotation mark at the end means that the file was cut off
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
                row += 1
                yield record
        except csv.Error:
            self.tell(row + 1, "", Message(_CUT_OFF))

    def _fits(self, header: Sequence[str]) -> bool:
        for heading in self._needed:
            if heading not in header:
                self.tell(1, heading, Message("The column “{column}” is missing.", {"column": heading}))
        for place, heading in enumerate(header):
            column = {"column": shortened(heading)}
            if heading in header[:place] and heading:
                self.tell(1, heading, Message("The column “{column}” is there more than once.", column))
            elif not (heading in self._needed or _is_note(heading) or self._may_be(heading)):
                self.tell(1, heading, Message("“{column}” is no column that this file can have.", column))
        return not self.problems

    def _may_be(self, heading: str) -> bool:
        return self._optional is not None and bool(self._optional.fullmatch(heading))

    def _sorted_out(
        self, header: Sequence[str], records: Iterable[Sequence[str]]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        wanted = [(place, heading) for place, heading in enumerate(header) if heading]
        for number, record in enumerate(records, 2):
            if not any(record):
                continue
            self.count += 1
            if len(record) == len(header):
                yield number, {heading: unguarded(record[place]) for place, heading in wanted}
            else:
                found = {"found": len(record), "expected": len(header)}
                self.tell(number, record[0], Message(_OTHER_WIDTH, found))


def strict_text(path: Path, most: int, tell: Callable[[int, Message], None]) -> tuple[str | None, str]:
    """The text in `path`, of at most so many bytes, and its checksum ("" where it can't be read).

    Where it is no text it is None; `tell` gets the row (0: the whole file) and why.
    """
    checksum = ""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            tell(0, Message("This is not a file that can be read."))
        elif status.st_size > most:
            tell(0, Message("This file is too large to be read."))
        else:
            data = path.read_bytes()
            checksum = sha256(data).hexdigest()
            return data.decode("utf-8-sig"), checksum
    except FileNotFoundError:
        tell(0, Message("This file is missing."))
    except UnicodeDecodeError as error:
        tell(error.object[: error.start].count(b"\n") + 1, Message(_UNREADABLE))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        tell(0, Message("This file can't be read: {reason}.", {"reason": reason}))
    return None, checksum


def _is_note(heading: str) -> bool:
    return not heading or (heading.startswith("(") and heading.endswith(")"))


def table_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as it is written. Text cells come `guarded` from whoever makes the rows; figures need no guard."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def text_cell(text: str) -> str:
    """A text as it stands in a cell."""
    return guarded(text)


def id_cell(text: str) -> int:
    """The id in a cell. Raises Unfit."""
    if not _ID.fullmatch(text) or not int(text):
        raise Unfit(Message("“{value}” is not an id.", {"value": shortened(text)}))
    return int(text)


def number_cell(text: str) -> Decimal:
    """The exact figure in a cell, with decimal comma or point and no other marks. Raises Unfit."""
    if not _NUMBER.fullmatch(text):
        raise Unfit(Message("“{value}” is not a figure.", {"value": shortened(text)}))
    return Decimal(text.replace(",", "."))


def figure(value: Decimal) -> str:
    """A figure as it stands in a cell: with a decimal comma and no other marks."""
    return f"{value:f}".replace(".", ",")


def flag_cell(text: str) -> bool:
    """The yes or no in a cell. Raises Unfit."""
    word = text.strip().casefold()
    if word not in _FLAGS:
        raise Unfit(Message("“{value}” is neither yes nor no.", {"value": shortened(text)}))
    return _FLAGS[word]


_FLAGS = {"yes": True, "no": False, "": False, "ja": True, "nej": False}
