"""Figures as spreadsheets and back offices write them; the decimal mark is found from the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from organizer.exchange.cells import BadCell
from organizer.i18n import N_

_SPACES = str.maketrans("\N{MINUS SIGN}", "-", " \t\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'’")
_CURRENCY = re.compile(r"^(?:kr\.?|dkk|sek|nok|eur|usd|gbp|[€$£])|(?:kr\.?|dkk|sek|nok|eur|usd|gbp|[€$£])$", re.I)
_SHAPE = {
    ",": re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]*)(?:,([0-9]*))?"),
    ".": re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.([0-9]*))?"),
}
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class DecimalMark:
    """What a column's decimal mark is; `sure` is False where "1.234" could be read in two ways."""

    mark: str
    sure: bool


def bare(text: str) -> str:
    """A figure without spaces, currency and the Danish ",-"; a minus at the end or parentheses move in front.

    >>> bare("kr. 1 179,-"), bare("(12.00)"), bare("5-")
    ('1179', '-12.00', '-5')
    """
    figure = _CURRENCY.sub("", text.translate(_SPACES))
    if figure.endswith((",-", ".-")):
        figure = figure[:-2]
    if figure.startswith("(") and figure.endswith(")"):
        figure = "-" + figure[1:-1]
    elif figure.endswith("-"):
        figure = "-" + figure[:-1]
    return figure.removeprefix("+")


def decimal_mark(texts: Iterable[str]) -> DecimalMark | None:
    """The decimal mark that a column's figures show, or None where none of them has a mark.

    Evidence: the later of two marks; a mark that is not followed by exactly three digits, or has more than three
    or only a zero before it; a mark that comes twice divides thousands, and so does none where 1234 stands plain.
    Without evidence a lone mark divides thousands, and it is not sure.
    """
    votes = {",": 0, ".": 0}
    unclear: set[str] = set()
    plain_thousands = False
    for figure in map(bare, texts):
        marks = [char for char in figure if char in votes]
        if not marks:
            plain_thousands = plain_thousands or len(figure.lstrip("-")) > 3
        elif len(set(marks)) == 2:
            votes[marks[-1]] += marks.count(marks[-1]) == 1
        elif len(marks) > 1:
            votes[_other(marks[0])] += 1
        elif _is_decimal(*figure.lstrip("-").split(marks[0])):
            votes[marks[0]] += 1
        else:
            unclear.add(marks[0])
    return _judged(votes, unclear, plain_thousands)


def _other(mark: str) -> str:
    return "." if mark == "," else ","


def _is_decimal(whole: str, fraction: str) -> bool:
    return len(fraction) != 3 or len(whole) > 3 or whole in ("", "0")


def _judged(votes: dict[str, int], unclear: set[str], plain_thousands: bool) -> DecimalMark | None:
    if votes[","] != votes["."]:
        return DecimalMark(max(votes, key=votes.__getitem__), True)
    if len(unclear) == 1:
        mark = next(iter(unclear))
        return DecimalMark(mark, True) if plain_thousands else DecimalMark(_other(mark), False)
    return DecimalMark(".", False) if unclear or votes["."] else None


def decimal_marks(columns: Sequence[Iterable[str]]) -> list[DecimalMark]:
    """The decimal mark of each column; one that can't be told follows a sure one of the same file."""
    found = [decimal_mark(column) for column in columns]
    sure = next((mark for mark in found if mark and mark.sure), None)
    return [mark if mark and mark.sure else sure or mark or DecimalMark(".", True) for mark in found]


def scaled(text: str, mark: str, digits: int, largest: int, *, negative: bool = False) -> int:
    """The figure times ten to the power of `digits`, exact: scaled("1.234,50", ",", 3, …) == 1234500.

    Raises BadCell for what is no number, is below zero (unless `negative`), has more than `digits` decimals or is
    larger than `largest`.
    """
    shape = _SHAPE[mark].fullmatch(bare(text)) if len(text) <= _LONGEST else None
    if shape is None or not (shape[2] or shape[3]):
        raise BadCell(N_("{column}: “{value}” is not a number. It was not used."), text)
    fraction = (shape[3] or "").rstrip("0")
    if fraction and not digits:
        raise BadCell(N_("{column}: {value} is not a whole number. It was not used."), text)
    if len(fraction) > digits:
        sentence = N_("{column}: {value} has more than {digits} decimals. It was not used.")
        raise BadCell(sentence, text, digits=digits)
    size = int("0" + shape[2].replace(_other(mark), "") + fraction.ljust(digits, "0"))
    if size > largest:
        raise BadCell(N_("{column}: {value} is too large to be right. It was not used."), text)
    if shape[1] and size and negative:
        return -size
    if shape[1] and size:
        raise BadCell(N_("{column}: {value} is below zero. It was not used."), text)
    return size
