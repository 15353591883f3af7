"""What there is to do today: whom to talk to, what was said last, what was promised; and nothing that presses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from organizer.domain.consent import Channel, Purpose
from organizer.domain.replan import Left, spread
from organizer.domain.result import Message, Refusal
from organizer.services import follow_ups
from organizer.storage import File, timeline, today
from organizer.storage.today import Due

__all__ = ["Due"]

MOST = 200
"""Most lines of one part of the page."""

_WEEKS = 4
_AHEAD = 400  # days whose load is counted when things are planned again


@dataclass(frozen=True, slots=True)
class Birthday:
    """Somebody's birthday in the coming seven days; `age` is None where the year isn't known."""

    person_id: int
    name: str
    day: date
    age: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page shows. `before` is what was left; `next_day` when something is planned next, and how much.

    `conversations` counts those of this week first, then of the three weeks before it.
    """

    day: date
    promises: tuple[Due, ...]
    people: tuple[Due, ...]
    tasks: tuple[Due, ...]
    before: tuple[Due, ...]
    any_day: tuple[Due, ...]
    birthdays: tuple[Birthday, ...]
    conversations: tuple[int, ...]
    next_day: tuple[date, int] | None
    is_new: bool


def look(file: File) -> Today:
    """Today's page."""
    day = file.clock().date()
    due = today.due_on(file, day, MOST)
    monday = day - timedelta(days=day.weekday())
    counts = today.conversations(file, monday - timedelta(weeks=_WEEKS - 1), _WEEKS, day)
    promised = [one for one in due if one.person_id is not None and one.purpose is Purpose.PROMISE]
    return Today(
        day,
        tuple(promised),
        tuple(one for one in due if one.person_id is not None and one.purpose is not Purpose.PROMISE),
        tuple(one for one in due if one.person_id is None),
        tuple(today.due_before(file, day, MOST)),
        tuple(today.without_day(file, MOST)),
        tuple(_birthdays(file, day)),
        tuple(reversed(counts)),
        today.next_day(file, day),
        today.is_new(file),
    )


def _birthdays(file: File, first: date) -> list[Birthday]:
    """Those of the seven days from `first`, today's first; who was born on 29 February has it on the 28th else."""
    days = {_key(day): day for day in (first + timedelta(days=ahead) for ahead in range(7))}
    if "02-28" in days and "02-29" not in days and not _is_leap(days["02-28"].year):
        days["02-29"] = days["02-28"]
    found = []
    for person_id, name, birthday in today.birthdays(file, tuple(days)):
        day = days[birthday[-5:]]
        age = day.year - int(birthday[:4]) if birthday[:4].isdigit() else None
        found.append(Birthday(person_id, name, day, age if age is None or age > 0 else None))
    return sorted(found, key=lambda one: one.day)


def _key(day: date) -> str:
    return day.strftime("%m-%d")


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True, slots=True)
class Again:
    """What was left, with the day proposed for it; `reason` says why it may not be planned again, else None."""

    due: Due
    day: date | None
    reason: Message | None = None


def plan_again(file: File) -> list[Again]:
    """What was left from before, spread over the coming days (`organizer.domain.replan`); nothing is stored yet.

    Selling that a consent or a no forbids now gets no day, and the reason.
    """
    day = file.clock().date()
    left = today.due_before(file, day, MOST)
    may: list[Left] = []
    reasons: dict[int, Message] = {}
    for one in left:
        reason = _reason(file, one, day)
        if reason:
            reasons[one.id] = reason
        else:
            may.append(Left(one.id, one.due or day, one.channel is Channel.PHONE))
    days = spread(may, today.load(file, day, day + timedelta(days=_AHEAD)), day)
    return [Again(one, days.get(one.id), reasons.get(one.id)) for one in left]


def _reason(file: File, one: Due, day: date) -> Message | None:
    if not one.purpose.is_marketing:
        return None
    step = timeline.step_of(file, one.id)
    return follow_ups.objection(file, replace(step, due=day)) if step else None


def apply(file: File, days: Mapping[int, date]) -> int:
    """Store new days for what was left, by id, as one deed; how many. Raises Refusal, with nothing changed."""
    if not days:
        raise Refusal(Message("Nothing was chosen."))
    follow_ups.reschedule(file, days)
    return len(days)
