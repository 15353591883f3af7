"""What a plan file is asked for as it is read: the outline that a form shows, and each mistake with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from organizer.domain.result import Message

Path = tuple[str | int, ...]
"""Where a value stands in a plan file: ("components", 0, "rates")."""


class Holds(StrEnum):
    """What a key of a plan file holds, for a form to show it."""

    TEXT = "text"
    TEXTS = "texts"
    STRING = "string"
    STRINGS = "strings"
    FLAG = "flag"
    DAY = "day"
    NUMBER = "number"
    COUNT = "count"
    COUNTS = "counts"
    AMOUNT = "amount"
    PERCENT = "percent"
    PERCENTS = "percents"
    MONEY = "money"
    MONEYS = "moneys"
    CHOICE = "choice"
    VOLUME = "volume"
    RANK = "rank"
    BY_RANK = "by_rank"
    SOME_RANKS = "some_ranks"
    VOLUMES = "volumes"
    BONUS = "bonus"
    BONUSES = "bonuses"
    TABLE = "table"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Asked:
    """A key that was asked for as a file was read: what it holds, the words to choose from, whether it must be.

    `value` is what stands there, None where it is missing. For BY_RANK and SOME_RANKS `each` is what a rank's
    entry holds.
    """

    path: Path
    holds: Holds
    value: Any
    required: bool
    options: tuple[str, ...] = ()
    each: Holds | None = None


@dataclass(slots=True)
class Problems:
    """The mistakes found so far in one file, each with where it is, and everything that was asked for.

    `offered` are keys that are not there and would be read if they were.
    """

    file: str
    found: list[Message] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    asked: dict[Path, Asked] = field(default_factory=dict)
    offered: dict[Path, None] = field(default_factory=dict)

    def tell(self, path: Path, holds: Holds, options: Sequence[str], each: Holds | None) -> None:
        """Say more of what a key holds than was known when it was read."""
        if path in self.asked:
            words = tuple(str(option) for option in options)
            self.asked[path] = replace(self.asked[path], holds=holds, options=words, each=each)
