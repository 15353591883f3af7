"""Heavy work as plain data plus a function that may run on any thread, with progress and cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from organizer.exchange.reading import undisturbed as uncollected

__all__ = ["Job", "Progress", "Silent", "uncollected"]

T = TypeVar("T")


class Progress(Protocol):
    """What work tells while it runs."""

    def report(self, fraction: float) -> None:
        """How far the work is, from 0 to 1."""

    def cancelled(self) -> bool:
        """True when the user wants it to stop."""


class Silent:
    """A progress that nobody watches: for the command line and tests."""

    def report(self, fraction: float) -> None:
        """Ignore it."""

    def cancelled(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True)
class Job(Generic[T]):
    """`work` computes on what was gathered before, on any thread; a file it reads over a connection of its own.

    `title` says what is done, in the user's language.
    """

    title: str
    work: Callable[[Progress], T]

    def now(self) -> T:
        """Do the work at once, on this thread."""
        return self.work(Silent())
