"""What a form calls each key of a plan, what it says of it, and what it calls the words to choose from.

A key is looked up by what it stands in first: `tiers.from`, `binary.unit`, then `unit`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from organizer.domain.commission import labels_bonus, labels_pay, labels_plan
from organizer.domain.commission.asked import Asked, Holds, Path
from organizer.domain.commission.labels_words import WORDS
from organizer.domain.result import Message

_KEYS = {**labels_plan.KEYS, **labels_pay.KEYS, **labels_bonus.KEYS}
_CONDITIONS = ("all", "requires")

CONDITIONS = (
    "volume",
    "legs",
    "personals",
    "active_personals",
    "customers",
    "months_since_joining",
    "held",
    "rank",
    "any",
)
"""The keys that make a condition what it is."""


def label(path: Path, holds: Holds, kind: str = "") -> Message:
    """What the key at `path` is called; `kind` is the bonus's that it stands in."""
    return _found(path, holds, kind)[0]


def help_of(path: Path, holds: Holds, kind: str = "") -> Message:
    """A sentence on what the key at `path` means."""
    return _found(path, holds, kind)[1]


def word(asked: Asked, option: str, kind: str = "") -> Message:
    """What a word to choose from is called."""
    for place in _places(asked.path, kind):
        if (found := WORDS.get(f"{place}.{option}")) is not None:
            return found
    raise KeyError(f"{asked.path}: {option}")


def condition_kind(key: str) -> Message:
    """What a condition that is made by `key` asks for."""
    return WORDS[f"condition.{key}"]


def is_condition(path: Path) -> bool:
    """True for the place of a condition, or of a key in one."""
    lists = [one for one, number in pairwise(path) if isinstance(number, int)]
    return bool(lists) and lists[-1] in _CONDITIONS


def _found(path: Path, holds: Holds, kind: str) -> tuple[Message, Message]:
    if path[-1] == "of" and holds is Holds.BONUSES:
        return _KEYS["of.bonuses"]
    for place in _places(path, kind):
        if place in _KEYS:
            return _KEYS[place]
    raise KeyError(path)


def _places(path: Path, kind: str) -> Iterator[str]:
    """The names that a key is looked up by, the narrowest first."""
    names = [one for one in path if isinstance(one, str)]
    key, parent = names[-1], names[-2] if len(names) > 1 else ""
    if parent in _CONDITIONS:
        yield f"condition.{key}"
    elif parent == "components":
        yield f"{kind}.{key}"
    elif parent:
        yield f"{parent}.{key}"
        if parent == "period" and key == "kind":
            yield "period"
    yield key
