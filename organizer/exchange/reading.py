"""What every reader answers: the records, and line by line what could not be read."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from organizer.domain.result import Cancelled, RowProblem

T = TypeVar("T")

Progress = Callable[[float], None]
"""Told how far a reader is, from 0.0 to 1.0."""

IsCancelled = Callable[[], bool]
"""Asked now and then; True stops the reader with `Cancelled`. It may as well raise that itself."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A file as far as it could be read: records in file order, problems by row, its name without folder.

    `rows[i]` is the row in the file, from 1, that `records[i]` began in. `told` names the fields that the file
    has a column for: what it doesn't tell is not the same as what it tells to be empty.
    """

    records: list[T]
    problems: list[RowProblem] = field(default_factory=list)
    file: str = ""
    rows: Sequence[int] = ()
    told: frozenset[str] = frozenset()


def by_row(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """The problems in the order of the file's rows."""
    return sorted(problems, key=lambda problem: problem.row)


def watch(progress: Progress | None, cancelled: IsCancelled | None, fraction: float) -> None:
    """Report `fraction` and raise Cancelled where the person has cancelled."""
    if cancelled is not None and cancelled():
        raise Cancelled
    if progress is not None:
        progress(fraction)


@contextmanager
def undisturbed() -> Iterator[None]:
    """While hundreds of thousands of records are made, don't look for garbage among them: a third faster."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def part(progress: Progress | None, low: float, high: float) -> Progress | None:
    """A progress for one step of a longer job: its 0.0 to 1.0 is shown as `low` to `high`."""
    if progress is None:
        return None
    return lambda fraction: progress(low + (high - low) * fraction)
