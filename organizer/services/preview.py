"""What an import would change, line by line, before anything is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from organizer.domain.result import Message, RowProblem


class Change(StrEnum):
    """What happens to one row's subject."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file (0: not from the file), what it is about, and what would happen to it."""

    row: int
    change: Change
    subject: str
    details: Sequence[Message] = ()


@dataclass(frozen=True)
class Preview:
    """An import ready to be applied by `apply()`, which does it as one deed and returns nothing.

    `problems` are the rows left out, or kept without a detail. `notes` say what the whole file means.
    """

    file: str
    lines: Sequence[Line]
    problems: Sequence[RowProblem]
    apply: Callable[[], None]
    notes: Sequence[Message] = ()
    me: str = ""
    tops: Sequence[tuple[str, str]] = field(default=())

    @property
    def counts(self) -> Counter[Change]:
        """How many lines there are of each kind."""
        return Counter(line.change for line in self.lines)

    @property
    def changes_anything(self) -> bool:
        """False when the file says nothing that isn't known already."""
        return any(line.change not in (Change.SAME, Change.MISSING) for line in self.lines)
