"""Finds the heading of a team file in a language that nobody wrote down: what the cells under it are tells."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.exchange.sources import Head

_FEWEST = 3


def guessed(heads: Sequence[Head]) -> tuple[Head, int] | None:
    """The heading above a column of ids and one that repeats them, None where no file looks like that."""
    for head in heads:
        for index, cells in enumerate(head.rows[:-_FEWEST]):
            if sum(1 for cell in cells if cell.strip()) >= _FEWEST and _has_ids(head.rows, index):
                return head, index
    return None


def likely(heads: Sequence[Head]) -> tuple[Head, int] | None:
    """The row most like the heading of a table, whatever it is about; None where there is no table.

    It is the first with nearly as many cells as the widest, and of the rows below it half at least are as wide.
    """
    best, most = None, (0, 0)
    for head in heads:
        filled = [sum(1 for cell in row if cell.strip()) for row in head.rows]
        widest = max(filled, default=0)
        if widest < 2:
            continue
        index = next(place for place, count in enumerate(filled) if count * 4 >= widest * 3)
        below = [len(row) for row, count in zip(head.rows[index + 1 :], filled[index + 1 :], strict=True) if count]
        wide = below.count(len(head.rows[index]))
        if wide * 2 >= len(below) and (wide, widest) > most and wide:
            best, most = (head, index), (wide, widest)
    return best


def _has_ids(rows: Sequence[Sequence[str]], index: int) -> bool:
    width = len(rows[index])
    below = [row for row in rows[index + 1 :] if len(row) == width]
    return id_columns([[row[place] for row in below] for place in range(width)]) is not None


def id_columns(columns: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The columns of ids and of sponsors' ids, by what they hold: the second repeats the first."""
    stripped = [[cell.strip() for cell in column] for column in columns]
    for place, cells in enumerate(stripped):
        known = set(cells)
        if "" in known or len(known) < max(len(cells), _FEWEST):
            continue
        if sum(map(_has_digit, cells)) * 10 < len(cells) * 9:  # names are repeated, too, as sponsors' names
            continue
        for other, above in enumerate(stripped):
            named = [cell for cell in above if cell]
            hits = sum(cell in known for cell in named)
            if other != place and len(set(named)) < len(named) and hits >= _FEWEST and hits * 10 >= len(named) * 6:
                return place, other
    return None


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))
