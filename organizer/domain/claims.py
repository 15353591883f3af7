"""Words that promise what a seller may not promise, pointed at with the rule they rest on.

A word is only a word: "does not heal" holds "heal" too. So a text is pointed at, never changed or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from organizer.domain.contact import fold


class ClaimKind(StrEnum):
    """What is promised."""

    HEALTH = "health"
    INCOME = "income"
    ENVIRONMENT = "environment"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class Rule:
    """Why words of one kind are pointed at, by language ("da", "en"), and the law that says so.

    A `*` in a word stands for any letters, or for any one word where it stands alone.
    """

    id: str
    kind: ClaimKind
    why: dict[str, str]
    source: dict[str, str]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """The rule that the text from `start` to `end` (exclusive) falls under."""

    start: int
    end: int
    rule: Rule


class Claims:
    """Finds what `rules` point at, in any number of texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [(rule, _pattern(rule.words)) for rule in rules]

    def found(self, text: str) -> list[Claim]:
        """All of it in the order of the text, one rule for each place: the longest words win, then the first."""
        folded, places = _folded(text)
        claims = [
            Claim(places[match.start()], places[match.end() - 1] + 1, rule)
            for rule, pattern in self._rules
            for match in pattern.finditer(folded)
        ]
        kept: list[Claim] = []
        for claim in sorted(claims, key=lambda one: (one.start, -one.end)):
            if not kept or claim.start >= kept[-1].end:
                kept.append(claim)
        return kept


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    # the longest first: "detoxes" before "detox"
    forms = sorted((_form(fold(word)) for word in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _form(word: str) -> str:
    parts = (r"[\w.,]+" if part == "*" else re.escape(part).replace(r"\*", r"\w*") for part in word.split())
    return r"[\s\u00a0]+".join(parts)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and the place in `text` that each letter of it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in letter.casefold() if letter in _KEPT else fold(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), places


_KEPT = frozenset(" \n\t\N{NO-BREAK SPACE}")
