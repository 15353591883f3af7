"""What an import would change, line by line, before anything is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from organizer.domain.period import Period
from organizer.domain.result import Message, RowProblem


class Change(StrEnum):
    """What happens to one row's subject."""

    NEW = "new"
    DOUBTFUL = "doubtful"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"
    MISSING = "missing"


class Mend(StrEnum):
    """What in `Choices` mends a problem: whom she stands under in one of the trees, or which row counts."""

    SPONSOR = "sponsor"
    PLACEMENT = "placement"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file (0: not from the file), what it is about, and what would happen to it.

    `number` is the company's id of a member of a team, "" elsewhere. `doubt` are the people (id, how each is
    called) whom a new member may be; she is doubtful until it is chosen, and a new person unless it is. `left`:
    the user leaves this row out; the rest of the line says what it would change.
    """

    row: int
    change: Change
    subject: str
    details: Sequence[Message] = ()
    number: str = ""
    doubt: Sequence[tuple[int, str]] = ()
    left: bool = False


@dataclass(frozen=True, slots=True)
class TeamProblem(RowProblem):
    """A row of a team file that can't go in as it is: the member's number, and what of `Choices` mends it."""

    number: str = ""
    mend: Mend | None = None


def _nobody(_number: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Preview:
    """An import ready to be applied by `apply()`, which does it as one deed and returns nothing.

    `problems` are the rows left out, or kept without a detail; a team file's, where she can mend them, are
    TeamProblem. `notes` say what the whole file means. `below(number)` are the numbers of the new members who
    hang on that one, and would have to stay out with her. `period_guess` is the period that the file says its
    figures are of, None where it says none.
    """

    file: str
    lines: Sequence[Line]
    problems: Sequence[RowProblem]
    apply: Callable[[], None]
    notes: Sequence[Message] = ()
    me: str = ""
    tops: Sequence[tuple[str, str]] = field(default=())
    below: Callable[[str], Sequence[str]] = _nobody
    period_guess: Period | None = None

    @property
    def counts(self) -> Counter[Change]:
        """How many lines there are of each kind, without those left out."""
        return Counter(line.change for line in self.lines if not line.left)

    @property
    def changes_anything(self) -> bool:
        """False when the file says nothing that isn't known already."""
        return any(line.change not in (Change.SAME, Change.MISSING) and not line.left for line in self.lines)
