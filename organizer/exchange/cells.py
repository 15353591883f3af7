"""Cells as other programs write them, made into plain texts; a whole column at a time, for speed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from organizer.domain.contact import single_line
from organizer.domain.result import Message

T = TypeVar("T")

_SPACED = ("  ", "| ", " |")  # superfluous spaces in cells that are joined with "|"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    Texts that look guarded already get one more, so that `unguarded` gives back any text.
    """
    return "'" + text if text.lstrip("'").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that guards it: "'+45 12 34 56 78" is a phone number."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def shortened(text: str, limit: int = 60) -> str:
    """A cell on one line and short enough for a message."""
    line = single_line(text[: limit * 4])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def tidy(column: Sequence[str]) -> list[str]:
    """Each cell as a single line without guard; see domain.contact.single_line."""
    joined = f"|{'|'.join(column)}|"
    if joined.isprintable() and unicodedata.is_normalized("NFC", joined) and not any(s in joined for s in _SPACED):
        lines = list(column)
    else:
        known: dict[str, str] = {}
        lines = [known[cell] if cell in known else known.setdefault(cell, single_line(cell)) for cell in column]
    return [unguarded(line) for line in lines] if "'" in joined else lines


class BadCell(ValueError):  # noqa: N818 - it is the cell that is bad
    """A cell that can't be used. `sentence` says why, with places for {column}, {value} and `values`."""

    def __init__(self, sentence: str, text: str, **values: int) -> None:
        super().__init__(text)
        self.sentence, self.text, self.values = sentence, text, values

    def about(self, column: str) -> Message:
        """The message, with the heading of the column."""
        return Message(self.sentence, {"column": column, "value": shortened(self.text), **self.values})


def converted(column: Sequence[str], convert: Callable[[str], T]) -> tuple[list[T | None], dict[str, BadCell]]:
    """Each cell through `convert`, equal cells once; None for empty cells and those that raise BadCell.

    The second value holds what was raised, by the cell's text.
    """
    known: dict[str, T | None] = {"": None}
    refused: dict[str, BadCell] = {}
    for text in set(column) - {""}:
        try:
            known[text] = convert(text)
        except BadCell as bad:
            known[text] = None
            refused[text] = bad
    return [known[text] for text in column], refused
