"""Plans as they are read, checked and held against each other: in words, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from organizer import i18n
from organizer.domain.commission import words
from organizer.domain.commission.doubts import doubts
from organizer.domain.commission.parse import PlanError, outline, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.result import Message


@dataclass(frozen=True, slots=True)
class Told:
    """A section of a plan: its `key` (the same in every plan), heading and sentences."""

    key: str
    title: str
    sentences: tuple[str, ...]


def told(plan: Plan) -> list[Told]:
    """The plan in plain words, from what it is to what is missing."""
    return [
        Told(section.key, said(section.title), tuple(map(said, section.sentences)))
        for section in words.sections(plan)
    ]


def said(text: words.Words) -> str:
    """A sentence in the user's language."""
    if isinstance(text, str):
        return i18n.shown(text)
    if isinstance(text, Message):
        return i18n.say(text.text, text.values)
    return text.in_language(i18n.language())


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a plan file: `mistakes`, which make it unusable, and `doubts`, which don't."""

    plan: Plan | None
    mistakes: tuple[Message, ...]
    doubts: tuple[Message, ...]


def check(text: str, name: str, today: date | None = None) -> Checked:
    """Read a plan and look for mistakes and oddities; `name` is how messages call it."""
    try:
        plan = parse_plan(text, name)
    except PlanError as error:
        return Checked(None, error.problems, ())
    return Checked(plan, (), doubts(plan, outline(text, name), today))


_ALIKE = 0.5
"""From how much shared a sentence counts as changed, and not as another one."""


class Change(StrEnum):
    """How a sentence stands in two plans."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of each plan beside the other; empty where one has none."""

    change: Change
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A section of both plans: the headings, and the sentences side by side."""

    key: str
    first_title: str
    second_title: str
    pairs: tuple[Pair, ...]

    @property
    def same(self) -> bool:
        """True where nothing differs."""
        return self.first_title == self.second_title and all(pair.change is Change.SAME for pair in self.pairs)


def compared(first: Plan, second: Plan) -> list[Compared]:
    """Two plans side by side, section by section; a section of only one of them stands where it stands there."""
    one, other = told(first), told(second)
    by_key = {section.key: section for section in other}
    found: list[Compared] = []
    waiting = [section for section in other if section.key not in {mine.key for mine in one}]
    for section in one:
        beside = by_key.get(section.key)
        found.append(_section(section, beside))
        # what only the second has follows the section that it follows there
        if beside is not None:
            place = other.index(beside) + 1
            while place < len(other) and other[place] in waiting:
                found.append(_section(None, other[place]))
                waiting.remove(other[place])
                place += 1
    return found + [_section(None, section) for section in waiting]


def _section(first: Told | None, second: Told | None) -> Compared:
    either = first or second
    key = either.key if either else ""
    pairs = _pairs(first.sentences if first else (), second.sentences if second else ())
    return Compared(key, first.title if first else "", second.title if second else "", tuple(pairs))


def _pairs(first: Sequence[str], second: Sequence[str]) -> list[Pair]:
    pairs: list[Pair] = []
    for tag, start, end, other, until in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        mine, theirs = first[start:end], second[other:until]
        if tag == "equal":
            pairs += [Pair(Change.SAME, text, text) for text in mine]
            continue
        pairs += _aligned(mine, theirs)
    return pairs


def _aligned(first: Sequence[str], second: Sequence[str]) -> list[Pair]:
    """Sentences of which none is in both: those much alike side by side, in their order, the others alone."""
    likeness = [[_likeness(one, other) for other in second] for one in first]
    # best[i][j]: how much alike the best pairing of first[i:] and second[j:] is
    best = [[0.0] * (len(second) + 1) for _one in range(len(first) + 1)]
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(first) and j < len(second):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append(Pair(Change.CHANGED, first[i], second[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append(Pair(Change.ONLY_FIRST, first[i], ""))
            i += 1
        else:
            pairs.append(Pair(Change.ONLY_SECOND, "", second[j]))
            j += 1
    pairs += [Pair(Change.ONLY_FIRST, text, "") for text in first[i:]]
    return pairs + [Pair(Change.ONLY_SECOND, "", text) for text in second[j:]]


def _likeness(one: str, other: str) -> float:
    """How much of the words two sentences share, in order; 0 where that is less than half."""
    shared = SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
    return shared if shared >= _ALIKE else 0.0
