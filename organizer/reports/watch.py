"""How far a report is, and whether the user still wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from organizer.domain.result import Cancelled

Progress = Callable[[float], None]
"""Called with 0.0 to 1.0, never falling."""

Stop = Callable[[], bool]
"""True when the user has asked to stop."""

_EVERY = 256

T = TypeVar("T")


class Watch:
    """Tells the progress and asks for a stop, now and then."""

    def __init__(self, progress: Progress | None, cancelled: Stop | None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def at(self, fraction: float) -> None:
        """`fraction` of the work is done. Raises Cancelled when the user has asked to stop."""
        if self._cancelled and self._cancelled():
            raise Cancelled
        if self._progress:
            self._progress(fraction)

    def over(self, items: Sequence[T], start: float, end: float, every: int = _EVERY) -> Iterator[T]:
        """The items, telling the progress from `start` to `end` on the way. Raises Cancelled."""
        for number, item in enumerate(items):
            if number % every == 0:
                self.at(start + (end - start) * number / len(items))
            yield item
        self.at(end)

    def done(self) -> None:
        """All is done; too late to stop."""
        if self._progress:
            self._progress(1.0)
