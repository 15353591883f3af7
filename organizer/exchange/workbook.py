"""Workbooks (xlsx, xls, ods) as sheets of texts. Only cells are read: no formula is worked out, no link followed.

A cell becomes the text that a column's reader judges rightly: whole numbers without ".0", days as 2026-08-31, and
other numbers with a point and never with just three decimals, for "1.234" could be read in two ways.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from organizer.domain.result import Message, Refusal
from organizer.exchange.compound_file import SIGNATURE
from organizer.exchange.workbook_guard import Ruined, TooLarge, check_size
from organizer.i18n import N_

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_RUINED = N_("“{file}” is damaged and can't be opened as a workbook. Get the file again, or save it as CSV.")
_PROTECTED = N_(
    "“{file}” is protected with a password. Open it in your spreadsheet program, save it without the password, "
    "and import it again."
)
_TOO_LARGE = N_("“{file}” has too many cells to be a list of people or products.")
_NO_SHEET = N_("“{file}” has no sheet with anything in it.")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_EXACT = 1e15
"""Whole numbers below it are exact in a spreadsheet; a longer id was rounded, which is told by its row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows as texts, from its first row, all of one width.

    `real[i]` are the texts of column `i` that stand for numbers: their decimal mark is always the point, whatever
    the texts of the same column have.
    """

    name: str
    rows: Sequence[list[str]]
    real: dict[int, frozenset[str]]


def sheets(file: str, data: bytes) -> list[Sheet]:
    """The visible sheets of the workbook `data` that hold anything; `file` names it in messages.

    Raises Refusal for a workbook that is protected, ruined, empty or too large.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        check_size(data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            found = [_sheet(name, book) for name in _visible(book)]
    except TooLarge:
        raise Refusal(Message(_TOO_LARGE, {"file": file})) from None
    except PasswordError:
        raise Refusal(Message(_PROTECTED, {"file": file})) from None
    except (CalamineError, Ruined, ValueError, OverflowError) as error:
        # a new workbook under a password is an old office file around it, which calamine doesn't tell from others
        locked = data.startswith(SIGNATURE) and _ENCRYPTED in data
        raise Refusal(Message(_PROTECTED if locked else _RUINED, {"file": file})) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what Rust's own failures come as
            raise
        raise Refusal(Message(_RUINED, {"file": file})) from error
    if not any(sheet.rows for sheet in found):
        raise Refusal(Message(_NO_SHEET, {"file": file}))
    return [sheet for sheet in found if sheet.rows]


def _visible(book: CalamineWorkbook) -> Iterator[str]:
    for sheet in book.sheets_metadata:
        if str(sheet.typ).endswith("WorkSheet") and str(sheet.visible).endswith("Visible"):
            yield sheet.name


def _sheet(name: str, book: CalamineWorkbook) -> Sheet:
    columns: list[Sequence[str]] = []
    real: dict[int, frozenset[str]] = {}
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for index, cells in enumerate(zip(*rows, strict=True)):
        texts, numbers = _texts(cells)
        columns.append(texts)
        if numbers:
            real[index] = numbers
    return Sheet(name, list(map(list, zip(*columns, strict=True))), real)


def _texts(cells: Sequence[Any]) -> tuple[Sequence[str], frozenset[str]]:
    """A column's cells as texts, and which of them are numbers."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cells, frozenset()
    if bool in kinds:  # True equals 1
        return [cell if type(cell) is str else text_of(cell) for cell in cells], _numbers(cells)
    known = {cell: cell if type(cell) is str else text_of(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells)), _numbers(known)


def _numbers(cells: Iterable[Any]) -> frozenset[str]:
    return frozenset(text_of(cell) for cell in cells if type(cell) in (int, float))


def text_of(cell: str | float | bool | date | time | timedelta) -> str:
    """A cell's value as text.

    >>> text_of(100205.0), text_of(1234.567), text_of(1234.5), text_of(datetime(2026, 8, 31)), text_of(1e17)
    ('100205', '1234.5670', '1234.5', '2026-08-31', '1E+17')
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(float(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if abs(value) >= _EXACT or abs(value) < 1e-4:
        return f"{value:.15G}"
    text = f"{value:.15g}"  # as many digits as a spreadsheet shows: 0.1 + 0.2 is 0.3
    return text + "0" if len(text.partition(".")[2]) == 3 else text
