"""Rows as a spreadsheet puts them on the clipboard: tabs between cells, quotes around what holds a line break."""

from __future__ import annotations

import csv
import io

from organizer.domain.contact import single_line

_MOST_ROWS, _MOST_COLUMNS = 200_000, 200


def rows(text: str) -> list[list[str]]:
    """The cells, each on one line; without blank rows at the end. Semicolons part them where no tab does."""
    text = text.replace("\0", "")
    mark = "\t" if "\t" in text or ";" not in text else ";"
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        # a cell as long as a book, or a quote without an end: lines then
        found = [line.split(mark) for line in text.splitlines()]
    cleaned = [[single_line(cell) for cell in row[:_MOST_COLUMNS]] or [""] for row in found[:_MOST_ROWS]]
    while cleaned and not any(cleaned[-1]):
        cleaned.pop()
    return cleaned


def written(rows: list[list[str]]) -> str:
    """Rows of cells as a spreadsheet takes them from the clipboard."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\r\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
