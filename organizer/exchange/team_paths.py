"""The tree of a file that gives each row's way down from the top: L/R/L, 1-2-1, "venstre > højre" or LRL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from organizer.domain.contact import fold
from organizer.domain.result import Message
from organizer.exchange import member_words
from organizer.i18n import N_

Way = tuple[str, ...]
"""The legs down from the top, each "left", "right" or a number; () at the top."""

_SEPARATOR = re.compile(r"\s*[/\\>|.,;:→–-]+\s*|\s+")
_TOPS = frozenset({"", "top", "root", "rod", "roden", "toppen", "me", "mig", "you", "dig", "start", "0"})
_JOINED = re.compile(r"[lrvhg]+|[1-9]+")

_NO_PATH = N_("{column}: “{value}” is no place in the tree, so this row was left out.")
_SAME_PLACE = N_(
    "Rows {first} and {row} have the same place, {value}. Both were left out, with everybody below them."
)
_NO_PARENT = N_("Nobody in the file stands right above the place {value}, so this row was left out.")
_BELOW = N_("Row {row} above this one was left out, so this row was, too.")


@dataclass
class Paths:
    """Where everybody stands: the number above each row, "" where the file has nobody there, and the legs.

    `left` says why rows were left out, by place.
    """

    above: list[str]
    legs: list[str]
    left: dict[int, Message] = field(default_factory=dict)


def ways(texts: Sequence[str]) -> list[Way | None]:
    """The way of each cell; None for what is no way."""
    known: dict[str, Way | None] = {}
    joined = _are_joined(texts)
    return [known[text] if text in known else known.setdefault(text, _way(text, joined)) for text in texts]


def _are_joined(texts: Sequence[str]) -> bool:
    """True where no cell has a separator and the long ones continue shorter ones: L, LR, LRL."""
    plain = {fold(text).strip() for text in texts}
    plain -= _TOPS
    if not plain or not all(map(_JOINED.fullmatch, plain)):
        return False
    long = [text for text in plain if len(text) > 1]
    return sum(1 for text in long if text[:-1] in plain) * 2 >= len(long)


def _way(text: str, joined: bool) -> Way | None:
    plain = fold(text).strip()
    parts = list(plain) if joined and plain not in _TOPS else [part for part in _SEPARATOR.split(plain) if part]
    if parts and parts[0] in _TOPS:
        parts = parts[1:]
    legs = [member_words.leg(part) for part in parts]
    return tuple(leg for leg in legs if leg) if all(legs) else None


def are_paths(texts: Sequence[str]) -> bool:
    """True where the cells are ways down one tree: mostly different ones, and most follow from another."""
    found = [way for way in ways(texts) if way is not None]
    if len(found) * 10 < len(texts) * 9 or len(found) < 2:
        return False
    known = set(found)
    long = [way for way in known if len(way) > 1]
    hanging = sum(1 for way in long if way[:-1] in known)
    return bool(long) and len(known) * 10 >= len(found) * 8 and hanging * 10 >= len(long) * 6


def read_paths(numbers: Sequence[str], texts: Sequence[str], rows: Sequence[int], column: str) -> Paths:
    """Everybody's place by the ways; `numbers` are "" where a row can't be used.

    A blank cell is the top only where nothing else is. Rows with a way that isn't one, that two rows have or that
    hangs on nobody are left out, with all below them.
    """
    found = ways(texts)
    places = _Places(numbers, found, texts, rows)
    result = Paths([""] * len(numbers), [""] * len(numbers))
    for place, way in sorted(enumerate(found), key=lambda entry: len(entry[1] or ())):
        if not numbers[place] or place in places.unplaced:
            continue
        if way is None:
            values = {"column": column, "value": texts[place][:60]}
            result.left[place] = Message(_NO_PATH, values)
            continue
        why = places.why_not(place, way)
        if why:
            result.left[place] = why
            continue
        result.above[place] = places.number_at(way[:-1]) if way else ""
        result.legs[place] = way[-1] if way else ""
    return result


class _Places:
    """Who stands where; asked from the top downwards."""

    def __init__(
        self, numbers: Sequence[str], found: Sequence[Way | None], texts: Sequence[str], rows: Sequence[int]
    ) -> None:
        self.numbers, self.texts, self.rows = numbers, texts, rows
        self.at: dict[Way, list[int]] = {}
        blank = [place for place, text in enumerate(texts) if not text.strip()]
        self.unplaced = frozenset(blank if len(blank) > 1 or found.count(()) > len(blank) else ())
        for place, way in enumerate(found):
            if way is not None and place not in self.unplaced:
                self.at.setdefault(way, []).append(place)
        self.several = {number for number, n in Counter(filter(None, numbers)).items() if n > 1}
        self.shortest = min(map(len, self.at), default=0)
        self.dropped: dict[Way, int] = {}
        self.conflicting = self._conflicting(found)

    def _conflicting(self, found: Sequence[Way | None]) -> dict[int, tuple[int, int]]:
        """Rows of one id with different ways: nobody knows which is right."""
        ways_of: dict[str, list[int]] = {}
        for place, number in enumerate(self.numbers):
            if number in self.several:
                ways_of.setdefault(number, []).append(place)
        return {
            place: (self.rows[places[0]], self.rows[places[-1]])
            for places in ways_of.values()
            if len({found[place] for place in places}) > 1
            for place in places
        }

    def number_at(self, way: Way) -> str:
        """Who stands at the end of `way`, "" for nobody."""
        return next((self.numbers[place] for place in self.at.get(way, ()) if self.numbers[place]), "")

    def why_not(self, place: int, way: Way) -> Message | None:
        """Why the row can't stand at `way`, None where it can."""
        why = self._why_not(place, way)
        if why:
            self.dropped.setdefault(way, self.rows[place])
        return why

    def _why_not(self, place: int, way: Way) -> Message | None:
        text = self.texts[place][:60]
        if place in self.conflicting:
            first, last = self.conflicting[place]
            return Message(_SAME_ID, {"number": self.numbers[place], "first": first, "row": last})
        others = {self.numbers[other] for other in self.at[way]} - {self.numbers[place]}
        if others:
            rows = [self.rows[other] for other in self.at[way]]
            return Message(_SAME_PLACE, {"first": rows[0], "row": rows[-1], "value": text})
        if len(way) <= self.shortest:
            return None
        if way[:-1] in self.dropped:
            return Message(_BELOW, {"row": self.dropped[way[:-1]]})
        return None if self.number_at(way[:-1]) else Message(_NO_PARENT, {"value": text})


_SAME_ID = N_(
    "The id {number} is in rows {first} and {row}, at two places. Both were left out, with everybody below."
)
