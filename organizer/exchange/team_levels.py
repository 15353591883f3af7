"""The tree of a file in the order of the tree, where each row has its level and stands below the one it follows.

Such an order tells nothing twice: a row out of its place gives a wrong tree that looks right. So whatever speaks
against the order stops it: nobody's place is read from a file that was sorted, filtered or shuffled, and behind a
row that can't be used all those are left out whose place depends on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from organizer.domain.result import Message, Refusal, Value
from organizer.i18n import N_

_LEVEL = re.compile(
    r"\W*(?:level|niveau|niva|nivå|ebene|stufe|poziom|nivel|lvl|l|n|g)?[\W_]*([0-9]{1,4})(?:[.,]0+)?\W*"
)
_INDENT = re.compile(r"^[\s.·•\-–—_>|└├─│+*]*")

_MANY = 20  # pairs of ids that show an order

_BELOW_LEFT_OUT = N_(
    "Row {row} above could not be used, so nobody knows whom this row belongs under; it was left out."
)
_TWICE_BELOW = N_("The id {number} is in two rows, {first} and {row}: nobody knows what belongs below which.")
_TWICE = N_(
    "The id {number} is in rows {first} and {row}, under two different members. Both were left out, "
    "with everybody below them."
)
_NO_LEVEL = N_("{column}: “{value}” is no level, so this row was left out.")


@dataclass
class Levels:
    """Where everybody stands: the number above each row ("" at a top), and why rows were left out, by place.

    `doubtful` are repeated rows whose two places differ.
    """

    above: list[str]
    left: dict[int, Message] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is known of a file's rows, in its order: ids ("" where not usable), levels, and row numbers.

    `missing` are row numbers of lines between them that could not be read at all.
    """

    file: str
    numbers: Sequence[str]
    levels: Sequence[int | None]
    rows: Sequence[int]
    missing: Sequence[int] = ()


def level_of(text: str) -> int | None:
    """The level that a cell says: "2", "..2", "Level 2", "2.0"; None for none."""
    found = _LEVEL.fullmatch(text.casefold())
    return int(found[1]) if found else None


def indents(names: Sequence[str]) -> list[int] | None:
    """The levels that names are moved in by, with spaces, dots or dashes; None where they don't show levels."""
    widths = [len(found[0].expandtabs(4)) if (found := _INDENT.match(name)) else 0 for name in names]
    steps = sorted(set(widths))
    if len(steps) < 2 or steps[0] != 0:
        return None
    unit = min(after - before for before, after in pairwise(steps))
    if any(step % unit for step in steps):
        return None
    return [width // unit for width in widths]


def unindented(name: str) -> str:
    """The name without what moves it in."""
    return name[len(found[0]) :] if (found := _INDENT.match(name)) else name


def check_order(rows: Rows) -> None:
    """Raise Refusal where the levels can't be those of a tree written down in its order."""
    known = [(level, row) for level, row in zip(rows.levels, rows.rows, strict=True) if level is not None]
    if not known:
        return
    base, before, before_row = known[0][0], known[0][0], known[0][1]
    for level, row in known[1:]:
        if level < base or (level > before + 1 and not _breaks(rows, before_row, row)):
            raise Refusal(_out_of_order(rows.file, row, level, before))
        before, before_row = level, row
    if sorted_levels(rows.levels) > 1:
        raise Refusal(_out_of_order(rows.file, *_first_deep(known)))


def _breaks(rows: Rows, first: int, last: int) -> bool:
    """True where a line between the two could not be read, or has no level."""
    if last - first < 2:
        return False
    unknown = [row for row, level in zip(rows.rows, rows.levels, strict=True) if level is None]
    return any(first < row < last for row in (*rows.missing, *unknown))


def _out_of_order(file: str, row: int, level: int, before: int) -> Message:
    sentence = N_(
        "“{file}” is not in the order of the tree: row {row} is on level {level}, and the one above it on level "
        "{before}. It may have been sorted or filtered, or rows are missing, so nobody's place can be read "
        "from it. Nothing was changed. Get the list again, unsorted and complete."
    )
    values: dict[str, Value] = {"file": file, "row": row, "level": level, "before": before}
    return Message(sentence, values)


def _first_deep(known: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    base = known[0][0]
    place = next(place for place, (level, _row) in enumerate(known) if level > base + 1)
    return known[place][1], known[place][0], known[place - 1][0]


def sorted_levels(levels: Sequence[int | None]) -> int:
    """Of levels that never go back up: how many have several rows they could hang under, so that it isn't told.

    0 for levels that do go back up, as a tree's do.
    """
    known = [level for level in levels if level is not None]
    if any(after < before for before, after in pairwise(known)):
        return 0
    counts = Counter(known)
    return sum(1 for level in counts if counts.get(level - 1, 0) > 1)


def read_levels(rows: Rows, column: str) -> Levels:
    """Everybody's place by the order and the levels; `column` is the level's heading, for messages.

    Raises Refusal as `check_order` does.
    """
    check_order(rows)
    return _Walk(rows, column).walk()


class _Walk:
    """One pass down the rows, with the way from the top to the row before."""

    def __init__(self, rows: Rows, column: str) -> None:
        self.rows, self.column = rows, column
        self.found = Levels([""] * len(rows.numbers))
        self.base = next((level for level in rows.levels if level is not None), 0)
        self.way: list[str] = []
        self.blocked: tuple[int, Message] | None = None  # rows on deeper levels than this are left out
        self.twice = self._twice()
        self.missing = sorted(rows.missing, reverse=True)

    def _twice(self) -> dict[str, list[int]]:
        """The places of each id that comes again anywhere but right below itself."""
        places: dict[str, list[int]] = {}
        if len(set(self.rows.numbers)) == len(self.rows.numbers):
            return places
        for place, number in enumerate(self.rows.numbers):
            if number:
                places.setdefault(number, []).append(place)
        return {number: at for number, at in places.items() if len(at) > 1 and not self._is_run(at)}

    def _is_run(self, places: Sequence[int]) -> bool:
        levels = {self.rows.levels[place] for place in places}
        return places[-1] - places[0] == len(places) - 1 and len(levels) == 1

    def walk(self) -> Levels:
        """Give everyone who can be placed the number above her."""
        for place, (number, level) in enumerate(zip(self.rows.numbers, self.rows.levels, strict=True)):
            row = self.rows.rows[place]
            while self.missing and self.missing[-1] < row:
                self._block(self.base + 1, Message(_BELOW_LEFT_OUT, {"row": self.missing.pop()}))
            self._step(place, row, number, level)
        self._settle_twice()
        return self.found

    def _step(self, place: int, row: int, number: str, level: int | None) -> None:
        below = Message(_BELOW_LEFT_OUT, {"row": row})
        if level is None:
            if number:
                self.found.left[place] = Message(_NO_LEVEL, {"column": self.column, "value": "–", "row": row})
            self._block(self.base + 1, below)
            return
        if self.blocked is not None:
            if level > self.blocked[0]:
                self.found.left[place] = self.blocked[1]
                return
            self.blocked = None
        depth = level - self.base
        del self.way[depth:]
        self.found.above[place] = self.way[-1] if self.way and depth else ""
        self.way.append(number)
        if not number:
            self._block(level, below)
        elif number in self.twice:
            first, last = (self.rows.rows[self.twice[number][end]] for end in (0, -1))
            self._block(level, Message(_TWICE_BELOW, {"number": number, "first": first, "row": last}))

    def _block(self, level: int, why: Message) -> None:
        if self.blocked is None or level < self.blocked[0]:
            self.blocked = (level, why)

    def _settle_twice(self) -> None:
        for number, places in self.twice.items():
            above = {self.found.above[place] for place in places}
            if len(above) > 1 or any(place in self.found.left for place in places):
                rows = [self.rows.rows[place] for place in places]
                why = Message(_TWICE, {"number": number, "first": rows[0], "row": rows[-1]})
                for place in places:
                    self.found.left[place] = why
                    self.found.doubtful.add(place)


def disagreements(
    numbers: Sequence[str], above: Sequence[str], levels: Mapping[str, int]
) -> list[tuple[int, int, int]]:
    """Where a level isn't one more than that of whom the row names above: the place and both levels."""
    wrong = []
    for place, (number, parent) in enumerate(zip(numbers, above, strict=True)):
        level, top = levels.get(number), levels.get(parent)
        if level is not None and top is not None and level != top + 1:
            wrong.append((place, level, top))
    return wrong


def out_of_place(numbers: Sequence[str], above: Sequence[str], rows: Sequence[int]) -> list[int]:
    """The rows whose id breaks the order in which nearly all others stand under one member: they may have moved.

    Empty where ids have no such order.
    """
    before: dict[str, int] = {}
    pairs, breaks = 0, []
    for number, parent, row in zip(numbers, above, rows, strict=True):
        digits = number.rpartition(" ")[2]
        if not digits.isdecimal():
            continue
        if parent in before:
            pairs += 1
            if int(digits) < before[parent]:
                breaks.append(row)
        before[parent] = int(digits)
    return breaks if pairs >= _MANY and len(breaks) * 10 <= pairs else []
