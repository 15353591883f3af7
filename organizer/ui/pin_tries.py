"""A PIN is short enough to be guessed by hand: after a few wrong tries there is a wait, and it grows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Protocol

from organizer.i18n import format_number, ngettext

FREE = 5
"""So many wrong tries in a row come without a wait."""

_FIRST, _LONGEST = 30.0, 3600.0
_DOUBLINGS = 10
_FEW = 100
"""So many seconds say more than minutes."""


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


def wait_text(left: float) -> str:
    """What to say while no PIN is taken, for so many seconds more."""
    seconds = math.ceil(left)
    if seconds < _FEW:
        text = ngettext(
            "Too many wrong tries. Wait {count} second.", "Too many wrong tries. Wait {count} seconds.", seconds
        )
        return text.format(count=format_number(seconds))
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Too many wrong tries. Wait {count} minute.", "Too many wrong tries. Wait {count} minutes.", minutes
    )
    return text.format(count=format_number(minutes))


def wrong_pin(left: int) -> str:
    """What to say after a wrong PIN, with `left` more tries before there is a wait."""
    text = ngettext(
        "That is not the PIN. {count} more try, then there is a wait.",
        "That is not the PIN. {count} more tries, then there is a wait.",
        left,
    )
    return text.format(count=format_number(left))
