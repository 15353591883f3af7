"""Several periods in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.domain.period import Calendar, Period
from organizer.domain.result import Message, Value, listed
from organizer.i18n import format_period


def without_figures(periods: Sequence[Period], calendar: Calendar) -> Message:
    """That nothing is known of the periods, one or more of the calendar, the first one first."""
    if len(periods) == 1:
        return Message("{period} has no figures; they count as nothing.", {"period": format_period(periods[0])})
    return Message("{periods} have no figures; they count as nothing.", {"periods": _named(periods, calendar)})


def _named(periods: Sequence[Period], calendar: Calendar) -> Message:
    """August and September 2026; November 2025 to September 2026; else one after the other."""
    names = list(map(format_period, periods))
    unbroken = len(calendar.between(periods[0], periods[-1])) == len(periods)
    if len(periods) > 2 and not unbroken:
        values: list[Value] = list(names)
        return listed(values)
    year = f" {periods[-1].year}"
    first = names[0].removesuffix(year) if names[-1].endswith(year) else names[0]
    ends: dict[str, Value] = {"first": first, "last": names[-1]}
    if len(periods) == 2:
        return Message("{first} and {last}", ends)
    return Message("{first} to {last}", ends)
