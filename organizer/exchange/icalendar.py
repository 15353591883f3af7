"""Birthdays as a calendar that other programs read (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from organizer.domain.contact import Contact
from organizer.exchange.content_lines import escaped, file_bytes
from organizer.exchange.safe_write import write_safely
from organizer.i18n import _

_OURS = UUID("6f0f3c1c-0c39-5f0b-9a4f-3f3f6f7267a1")
_FIRST_YEAR = 1900  # calendars are slow with, or refuse, what repeats from far back


def write_birthdays(people: Sequence[Contact], path: Path, at: datetime, owner: str = "") -> int:
    """Write the birthdays of `people` to `path` as all-day events that come back each year; how many.

    `at` is the time now; with `owner`, the name of whose contacts they are, it tells one program's events
    from another's, so that bringing the file in twice makes nothing double. Without any birthday no file is
    written, for a calendar can't be empty. Raises Refusal.
    """
    known = [person for person in people if person.birthday]
    if known:
        write_safely(path, file_bytes(_calendar(known, at, owner)))
    return len(known)


def _calendar(people: Sequence[Contact], at: datetime, owner: str) -> Iterator[str]:
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Organizer//Birthdays//EN", "CALSCALE:GREGORIAN")
    for person in people:
        yield from _event(person, stamp, owner)
    yield "END:VCALENDAR"


def _event(person: Contact, stamp: str, owner: str) -> Iterator[str]:
    has_year = not person.birthday.startswith("--")
    # 2000 had a 29 February
    day = date.fromisoformat(person.birthday if has_year else f"2000-{person.birthday[2:]}")
    leap_day = (day.month, day.day) == (2, 29)
    first = day if day.year >= _FIRST_YEAR else day.replace(year=1904)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(_OURS, '|'.join((owner, str(person.id), person.name, person.birthday)))}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    # else the day would be skipped in three years of four
    yield "RRULE:FREQ=YEARLY" + (";BYMONTH=2;BYMONTHDAY=-1" if leap_day else "")
    summary = _("Birthday: {name} ({year})") if has_year else _("Birthday: {name}")
    yield f"SUMMARY:{escaped(summary.format(name=person.name, year=day.year))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
