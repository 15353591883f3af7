"""Which backups stay: many of the last hours, fewer of the last days, weeks and months."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from itertools import islice

RECENT = timedelta(hours=2)
"""Backups no older than this all stay."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How many hours, days, ISO weeks and months keep a backup; 0 leaves that step out.

    Raises ValueError for a negative number.
    """

    hours: int = 24
    days: int = 14
    weeks: int = 8
    months: int = 24

    def __post_init__(self) -> None:
        if min(astuple(self)) < 0:
            raise ValueError(f"a number of backups can't be negative: {self}")


def kept(times: Sequence[datetime], now: datetime, rule: Rule) -> set[datetime]:
    """The times of the backups that stay at `now`; all others may go.

    These stay:

    - every backup of the last two hours (RECENT);
    - the newest of each clock hour, for the last `rule.hours` hours that have a backup;
    - the newest of each day, for the last `rule.days` days that have one;
    - the newest of each ISO week and of each month, likewise;
    - the newest of all, whatever the rule says;
    - every one from the future (the clock was set back); it takes nobody's place.

    Only hours, days, weeks and months that have a backup are counted, so age alone removes nothing: neither a
    long pause nor a clock set far ahead empties the shelf. So each of the last `rule.days` days of the calendar
    that had a backup still has one, and the same for hours, weeks and months. Thinning often leaves exactly
    what thinning once leaves, as long as the clock doesn't run back.

    `times` in any order, all local without a time zone or all with one, as `now`.
    """
    past = sorted((time for time in times if time <= now), reverse=True)
    stay = {time for time in times if time > now}
    stay.update(past[:1])
    stay.update(time for time in past if now - time <= RECENT)
    for count, step in zip(astuple(rule), (_hour, _day, _week, _month), strict=True):
        stay.update(islice(_newest(past, step), count))
    return stay


def _newest(newest_first: Iterable[datetime], step: Callable[[datetime], Hashable]) -> Iterator[datetime]:
    """The newest of each step, newest step first."""
    last: Hashable = None
    for time in newest_first:
        if (this := step(time)) != last:
            yield time
        last = this


def _hour(time: datetime) -> Hashable:
    return time.date(), time.hour


def _day(time: datetime) -> Hashable:
    return time.date()


def _week(time: datetime) -> Hashable:
    return time.isocalendar()[:2]


def _month(time: datetime) -> Hashable:
    return time.year, time.month
