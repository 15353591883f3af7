"""A table's columns as values: texts, figures and dates, with what could not be read reported by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from organizer.domain.contact import MAX_TEXT
from organizer.domain.result import Message, RowProblem
from organizer.exchange.cells import BadCell, converted, tidy
from organizer.exchange.date_columns import DateOrder, Order, date_orders, read_date
from organizer.exchange.number_columns import DecimalMark, decimal_marks, scaled
from organizer.exchange.tables import Table
from organizer.i18n import N_


@dataclass(frozen=True, slots=True)
class Figures:
    """How a column of figures is kept: times ten to the power of `digits`, at most `largest`.

    What is below zero is refused unless `negative`.
    """

    digits: int
    largest: int
    negative: bool = False


def _figure(text: str, shape: Figures, mark: str, real: frozenset[str]) -> int:
    mark = "." if text in real else mark
    return scaled(text, mark, shape.digits, shape.largest, negative=shape.negative)


class Columns:
    """The columns of `table` as values. `subjects` name the rows in messages; problems gather in `problems`.

    `cells` are the table's columns where they are known already.
    """

    def __init__(self, table: Table, subjects: Sequence[str], cells: Sequence[list[str]] | None = None) -> None:
        self.table = table
        self.subjects = subjects
        self.problems: list[RowProblem] = []
        self._cells = table.transposed() if cells is None else cells

    def cells(self, field: str) -> list[str]:
        """A field's cells as they stand in the file; empty texts where the file has no such column."""
        index = self.table.fields.get(field)
        return [""] * len(self.table) if index is None else self._cells[index]

    def texts(self, field: str) -> list[str]:
        """A field's single-line texts, cut to the longest that is kept."""
        column = tidy(self.cells(field))
        if max(map(len, column), default=0) <= MAX_TEXT:
            return column
        sentence = N_("{column}: the text is too long; only the first {limit} characters were kept.")
        long = {text: BadCell(sentence, text, limit=MAX_TEXT) for text in column if len(text) > MAX_TEXT}
        self._report(field, column, long)
        return [text[:MAX_TEXT].strip() for text in column]

    def figures(self, fields: Mapping[str, Figures], decimal: str = "") -> dict[str, list[int | None]]:
        """The figures of each field that the file has; None where empty or not usable.

        `decimal` is the decimal mark, "" where the columns show it. A workbook's own numbers have always a point.
        """
        columns = {field: tidy(self.cells(field)) for field in fields if field in self.table.fields}
        real = {field: self.table.real.get(self.table.fields[field], frozenset()) for field in columns}
        marks = decimal_marks([set(column) - {""} - real[field] for field, column in columns.items()])
        if decimal:
            marks = [DecimalMark(decimal, True)] * len(columns)
        values = {}
        for (field, column), mark in zip(columns.items(), marks, strict=True):
            convert = partial(_figure, shape=fields[field], mark=mark.mark, real=real[field])
            values[field], refused = converted(column, convert)
            self._report(field, column, refused)
            if not mark.sure:
                shape = fields[field]
                self._say_how_read(field, column, values[field], shape.digits)
        return values

    def _say_how_read(self, field: str, column: Sequence[str], values: Sequence[int | None], digits: int) -> None:
        """Tell once, at the heading, how figures were read that can be read in two ways."""
        pairs = zip(column, values, strict=True)
        read = next(((text, v) for text, v in pairs if v and ("," in text or "." in text)), None)
        if read is None:
            return
        reading = Decimal(read[1]).scaleb(-digits)
        sentence = N_(
            "{column}: figures such as {value} can be read in two ways; this was read as {reading}. Check them."
        )
        self._note(field, Message(sentence, {"column": self._title(field), "value": read[0], "reading": reading}))

    def dates(
        self, fields: Sequence[str], english: bool, asked: Order | None = None
    ) -> dict[str, list[date | None]]:
        """The dates of each field; None where empty or not readable.

        `english`: the headings' language. `asked` is the order of day and month, None where the columns show it.
        """
        columns = {field: tidy(self.cells(field)) for field in fields}
        orders = date_orders([set(column) for column in columns.values()], english)
        if asked:
            orders = [DateOrder(asked, True)] * len(columns)
        values = {}
        for (field, column), found in zip(columns.items(), orders, strict=True):
            values[field], refused = converted(column, partial(read_date, order=found.order))
            self._report(field, column, refused)
            if not found.sure:
                example = next(text for text in column if text and text not in refused)
                first = N_(
                    "{column}: dates such as {value} can be read in two ways; the month was taken to come first."
                )
                if found.order is Order.DAY_FIRST:
                    first = N_(
                        "{column}: dates such as {value} can be read in two ways; the day was taken to come first."
                    )
                self._note(field, Message(first, {"column": self._title(field), "value": example}))
        return values

    def _title(self, field: str) -> str:
        return self.table.title(field)

    def _note(self, field: str, message: Message) -> None:
        self.problems.append(RowProblem(self.table.header_row, self._title(field), message, kept=True))

    def _report(self, field: str, column: Sequence[str], refused: Mapping[str, BadCell]) -> None:
        if not refused:
            return
        for row, subject, text in zip(self.table.numbers, self.subjects, column, strict=True):
            if text in refused:
                message = refused[text].about(self._title(field))
                self.problems.append(RowProblem(row, subject, message, kept=True))
