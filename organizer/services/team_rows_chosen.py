"""Which rows of a team file count: a number that several rows have, and rows that she leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from organizer.domain.contact import fold
from organizer.domain.result import Message, RowProblem, Value
from organizer.exchange.team_rows import TeamRow
from organizer.i18n import N_
from organizer.services.preview import Mend, TeamProblem
from organizer.services.team_choices import Choices
from organizer.services.team_links import label


@dataclass(frozen=True)
class Chosen:
    """`rows` are those that count, one for each number; `left` those left out, by number.

    `undecided` are the numbers whose rows put her in different places, until she chooses one. `problems` tell of
    the rows that don't count for their number.
    """

    rows: Sequence[TeamRow]
    left: Mapping[str, TeamRow]
    undecided: frozenset[str]
    problems: Sequence[RowProblem]


def choose(records: Sequence[TeamRow], repeated: Sequence[TeamRow], choices: Choices) -> Chosen:
    """The rows that count among `records` and those that have a number once more."""
    again: dict[str, list[TeamRow]] = defaultdict(list)
    for row in repeated:
        again[row.number].append(row)
    if not again and not choices.left:
        return Chosen(records, {}, frozenset(), ())
    rows, left, undecided, problems = [], {}, set(), list[RowProblem]()
    for first in records:
        same = [first, *again.get(first.number, ())]
        counts = next((row for row in same if row.row == choices.rows.get(first.number)), first)
        if first.number in choices.left:
            left[first.number] = counts
            continue
        rows.append(counts)
        if len(same) > 1:
            told = first.number in choices.rows or all(map(partial(_is_same, first), same))
            if not told:
                undecided.add(first.number)
            problems += _told_twice(same, counts if told else None)
    return Chosen(rows, left, frozenset(undecided), problems)


def _is_same(one: TeamRow, other: TeamRow) -> bool:
    """True where it doesn't matter which of the rows counts."""
    return _place(one) == _place(other) and fold(one.name) == fold(other.name) and one.volumes == other.volumes


def _place(row: TeamRow) -> tuple[str, ...]:
    return row.sponsor_number, row.placement_number, row.leg


def _told_twice(same: Sequence[TeamRow], counts: TeamRow | None) -> Iterator[TeamProblem]:
    number = same[0].number
    values: dict[str, Value]
    if counts is None:
        text = N_(
            "The id {number} is in the rows {rows}, with other names or figures. Choose which of them counts."
        )
        if len(set(map(_place, same))) > 1:
            text = N_("The id {number} is in the rows {rows}, in different places. Choose which of them counts.")
        values = {"number": number, "rows": ", ".join(str(row.row) for row in same)}
        yield TeamProblem(same[0].row, label(same[0].name, number), Message(text, values), False, number, Mend.ROW)
        return
    for row in same:
        if row is not counts:
            text = N_("The id {number} is in row {first} already; row {row} was left out.")
            values = {"number": number, "first": counts.row, "row": row.row}
            yield TeamProblem(row.row, label(row.name, number), Message(text, values), False, number, Mend.ROW)


def tops_of_themselves(rows: Sequence[TeamRow], me: str) -> Sequence[TeamRow]:
    """The rows, with a top that names herself as the one above her under nobody, as some files write it.

    That is the user, whose number is `me`; where she has no row, the only one in a file without another top. Else
    it is a mistake.
    """
    numbers = {row.number for row in rows}
    for field in ("sponsor_number", "placement_number"):
        above = [getattr(row, field) for row in rows]
        own = [place for place, row in enumerate(rows) if row.number == above[place]]
        only = len(own) == 1 and me not in numbers and all(number in numbers for number in above)
        top = next((place for place in own if rows[place].number == me or only), None)
        if top is not None:
            blank = replace(rows[top], **{field: ""})  # type: ignore[arg-type]  # both are texts
            rows = [*rows[:top], blank, *rows[top + 1 :]]
    return rows
