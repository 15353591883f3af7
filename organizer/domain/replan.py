"""What was left from before is spread over the days to come: a few a day, the oldest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

A_DAY = 5
"""Most things that are proposed for one day: a handful."""

_WEEK = 7
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left: a follow-up's id, when it was due, and whether it is a call."""

    id: int
    due: date
    is_call: bool = False


def spread(left: Sequence[Left], load: Mapping[date, int], today: date, a_day: int = A_DAY) -> dict[int, date]:
    """A new day for each, from `today` on, by id.

    The week that begins today fills evenly, with `load` (what is planned already, by day) counted in; no day gets
    more than `a_day` with it, and no call a Sunday. What the week can't hold goes on into the days after it. Of
    calls the older never comes later than the younger, and so of the rest.
    """
    ordered = sorted(left, key=lambda one: (one.due, one.id))
    for most in range(1, a_day):
        proposed = _fill(ordered, load, today, most)
        if all(day < today + timedelta(days=_WEEK) for day in proposed.values()):
            return proposed
    return _fill(ordered, load, today, max(a_day, 1))


def _fill(ordered: Sequence[Left], load: Mapping[date, int], today: date, most: int) -> dict[int, date]:
    proposed: dict[int, date] = {}
    taken = dict(load)
    first = {True: today, False: today}
    for one in ordered:
        day = first[one.is_call]
        while taken.get(day, 0) >= most or (one.is_call and day.weekday() == _SUNDAY):
            day += timedelta(days=1)
        taken[day] = taken.get(day, 0) + 1
        proposed[one.id] = first[one.is_call] = day
    return proposed
