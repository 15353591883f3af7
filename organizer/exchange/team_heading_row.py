"""Where the heading of a team file is: as she said before, as a mapping asks for, as it is known or guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from organizer.domain.result import Message, Refusal
from organizer.exchange.sources import Head, Source
from organizer.exchange.tables import unknown_columns
from organizer.exchange.team_guess import guessed, likely
from organizer.exchange.team_headings import TELLS_TREE, fits
from organizer.exchange.team_rows import TeamMapping
from organizer.i18n import N_

LOOKED_FOR = "ID / Medlemsnr., Name / Navn, Sponsor ID / Sponsornr. (Level / Niveau, Path / Sti)"
"""The columns that a team file needs, for messages."""

Remembered = Callable[[Sequence[str]], TeamMapping | None]
"""How files with these headings are to be read, None where nothing was said of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """The heading is row `index` (from 0) of `head`; `mapping` says what to make of it, as far as it does."""

    head: Head
    index: int
    mapping: TeamMapping | None = None


def find(source: Source, mapping: TeamMapping | None, known: Remembered | None, by_hand: bool) -> Place:
    """The heading of `source`, with the mapping to follow.

    A `mapping` without columns asks for its sheet and heading row only, row 0 for any. With `by_hand` the most
    likely row is taken where none is a team's. Raises Refusal where there is no such row.
    """
    if mapping and mapping.columns:
        return Place(*_asked(source, mapping), mapping)
    heads = source.heads()
    if mapping and mapping.sheet:
        heads = [head for head in heads if head.sheet in ("", mapping.sheet)]
    if mapping and mapping.header_row:
        head, index = _row(source, heads, mapping.header_row - 1)
        said = known(head.rows[index]) if known else None
        return Place(head, index, _here(said, head, index) if said else mapping)
    best = _best(heads)
    place = _said_before(heads, known, best) if known else None
    if place:
        return place
    best = best or guessed(heads) or (likely(heads) if by_hand else None)
    if best is None:
        raise unknown_columns(source, LOOKED_FOR)
    return Place(*best, mapping)


def _said_before(heads: Sequence[Head], known: Remembered, best: tuple[Head, int] | None) -> Place | None:
    """The first row that something is remembered for, but rather the `best` one where that is so."""
    rows = [(head, index) for head in heads for index in range(len(head.rows))]
    for head, index in [best, *rows] if best else rows:
        said = known(head.rows[index])
        if said:
            return Place(head, index, _here(said, head, index))
    return None


def _here(mapping: TeamMapping, head: Head, index: int) -> TeamMapping:
    """The mapping for a heading that stands elsewhere this time."""
    return replace(mapping, header_row=index + 1, sheet=head.sheet)


def _best(heads: Sequence[Head]) -> tuple[Head, int] | None:
    """The first row that is a team's heading, in the way of reading the file that shows most of it."""
    best, most = None, 0
    for head in heads:
        found = [(fit, index) for index, cells in enumerate(head.rows) if (fit := fits(cells))]
        fit, index = next((pair for pair in found if pair[0] > TELLS_TREE), found[0] if found else (0, 0))
        if fit > most:
            best, most = (head, index), fit
    return best


def _row(source: Source, heads: Sequence[Head], index: int) -> tuple[Head, int]:
    """That row, in the way of reading the file in which it is the heading of most rows."""
    fitting = [head for head in heads if index < len(head.rows) and _width(head.rows[index])]
    if not fitting:
        sentence = N_("“{file}” has nothing in row {row}. Choose the row with the headings.")
        raise Refusal(Message(sentence, {"file": source.file, "row": index + 1}))
    return max(fitting, key=lambda head: (_rows_below(head, index), _width(head.rows[index]))), index


def _rows_below(head: Head, index: int) -> int:
    width = len(head.rows[index])
    return sum(1 for row in head.rows[index + 1 :] if len(row) == width > 1)


def _asked(source: Source, mapping: TeamMapping) -> tuple[Head, int]:
    """The heading that the mapping says. Raises Refusal where the file has no such row or too few columns."""
    used = max((place for place, name in enumerate(mapping.columns) if name), default=0)
    heads = [head for head in source.heads() if mapping.sheet in ("", head.sheet) or not head.sheet]
    fitting = [head for head in heads if mapping.header_row <= len(head.rows)]
    index, count = mapping.header_row - 1, len(mapping.columns)
    best = max(fitting, key=lambda head: (len(head.rows[index]) == count, _width(head.rows[index])), default=None)
    if best is None or len(best.rows[index]) <= used:
        sentence = N_(
            "The headings of “{file}” in row {row} are not those that were chosen before. "
            "Choose the columns again."
        )
        raise Refusal(Message(sentence, {"file": source.file, "row": mapping.header_row}))
    return best, index


def _width(cells: Sequence[str]) -> int:
    return max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)
