"""Birthdays and next steps as a calendar that other programs read (iCalendar, RFC 5545).

Next steps go out as all-day events, not as tasks (VTODO): Google's calendar leaves tasks out of a file that is
brought in, Outlook does so too, and Apple's shows them nowhere. They are marked private, take no time, and say
no more than whom and what they are about: neither phone nor address, for calendars are shown to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from organizer.domain.contact import Contact
from organizer.domain.timeline import FollowUp
from organizer.exchange.cells import shortened
from organizer.exchange.content_lines import escaped, file_bytes
from organizer.exchange.safe_write import write_safely
from organizer.i18n import _

_OURS = UUID("6f0f3c1c-0c39-5f0b-9a4f-3f3f6f7267a1")
_FIRST_YEAR = 1900  # calendars are slow with, or refuse, what repeats from far back
_SUMMARY = 120  # letters of a text that stand in a calendar's square


def write_birthdays(people: Sequence[Contact], path: Path, at: datetime, origin: str = "") -> int:
    """Write the birthdays of `people` to `path` as all-day events that come back each year; how many.

    `at` is the time now; `origin` tells one file's events from another's: with the id of the person it says which
    event is meant, so that bringing it in again makes nothing double, and moves what has changed. Without any
    birthday no file is written, for a calendar can't be empty. Raises Refusal.
    """
    return write_follow_ups((), path, at, origin, people)


def write_follow_ups(
    steps: Sequence[tuple[FollowUp, str]],
    path: Path,
    at: datetime,
    origin: str = "",
    birthdays_of: Sequence[Contact] = (),
) -> int:
    """Write next steps, each with the name of whom it is with (empty: a task of her own); how many events.

    Those that are closed or have no day are left out. The birthdays of `birthdays_of` go into the same file.
    A step keeps its identity when its day or text changes, so bringing the file in again moves its event. See
    `write_birthdays` for the rest.
    """
    due = [(step, step.due, name) for step, name in steps if step.due and not step.done]
    people = [person for person in birthdays_of if person.birthday]
    if due or people:
        write_safely(path, file_bytes(_calendar(due, people, at, origin)))
    return len(due) + len(people)


def _calendar(
    steps: Sequence[tuple[FollowUp, date, str]], people: Sequence[Contact], at: datetime, origin: str
) -> Iterator[str]:
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Organizer//Calendar//EN", "CALSCALE:GREGORIAN")
    for step, day, name in steps:
        yield from _step(step, day, name, stamp, origin)
    for person in people:
        yield from _birthday(person, stamp, origin)
    yield "END:VCALENDAR"


def _step(step: FollowUp, day: date, name: str, stamp: str, origin: str) -> Iterator[str]:
    text = step.body.strip()
    first = shortened(text.partition("\n")[0], _SUMMARY)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(_OURS, '|'.join((origin, 'step', str(step.id))))}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield "SUMMARY:" + escaped(": ".join(filter(None, (name, first))) or _("Next step"))
    if text != first:
        yield f"DESCRIPTION:{escaped(text)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _birthday(person: Contact, stamp: str, origin: str) -> Iterator[str]:
    has_year = not person.birthday.startswith("--")
    # 2000 had a 29 February
    day = date.fromisoformat(person.birthday if has_year else f"2000-{person.birthday[2:]}")
    leap_day = (day.month, day.day) == (2, 29)
    first = day if day.year >= _FIRST_YEAR else day.replace(year=1904)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(_OURS, '|'.join((origin, 'birthday', str(person.id))))}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    # else the day would be skipped in three years of four
    yield "RRULE:FREQ=YEARLY" + (";BYMONTH=2;BYMONTHDAY=-1" if leap_day else "")
    summary = _("Birthday: {name} ({year})") if has_year else _("Birthday: {name}")
    yield f"SUMMARY:{escaped(summary.format(name=person.name, year=day.year))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
