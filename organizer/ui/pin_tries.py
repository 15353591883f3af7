"""A PIN is short enough to be guessed by hand: after a few wrong tries there is a wait, and it grows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

FREE = 5
"""So many wrong tries in a row come without a wait."""

_FIRST, _LONGEST = 30.0, 3600.0
_DOUBLINGS = 10


class Kept(Protocol):
    """Where it is kept, so that starting the program anew doesn't help."""

    pin_failures: int
    pin_failed_at: float

    def save(self) -> None:
        """Write it to disk."""


class Tries:
    """Wrong tries in a row on this computer. `wall` gives seconds since 1970."""

    def __init__(self, kept: Kept, wall: Callable[[], float] = time.time) -> None:
        self._kept, self._wall = kept, wall

    def wait(self) -> float:
        """The seconds to wait before the next try, 0 for none."""
        whole = self._whole()
        # a clock that was set back must not lock her out for longer than the wait itself
        return min(max(self._kept.pin_failed_at + whole - self._wall(), 0.0), whole)

    def left(self) -> int:
        """How many more wrong tries come without a wait."""
        return max(FREE - self._kept.pin_failures, 0)

    def failed(self) -> None:
        """That was wrong."""
        self._kept.pin_failures += 1
        self._kept.pin_failed_at = self._wall()
        self._kept.save()

    def passed(self) -> None:
        """That was right; counting begins anew."""
        if self._kept.pin_failures:
            self._kept.pin_failures = 0
            self._kept.save()

    def _whole(self) -> float:
        over = self._kept.pin_failures - FREE
        return min(_FIRST * 2 ** min(over, _DOUBLINGS), _LONGEST) if over >= 0 else 0.0
