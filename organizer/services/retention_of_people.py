"""Whom there is no reason to keep any more: light records that have expired, and people with whom nothing is left.

The law says to delete what no reason is left for (GDPR art. 5(1)(e)); after how many months that is, is her own
choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from organizer.domain.result import Message
from organizer.storage import File, contacts, settings
from organizer.storage import retention_of_people as stored

_MONTHS_KEY = "months to keep"
MONTHS, FEWEST, MOST = 24, 1, 120
"""How many months people are kept without a reason unless she says otherwise, and what she can choose from."""


@dataclass(frozen=True, slots=True)
class Unneeded:
    """Somebody without a reason to be kept, since `since` (None: since before days were noted), and why."""

    person_id: int
    name: str
    since: date | None
    why: Message


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records have expired, and with how many people nothing is left."""

    expired: int
    without_reason: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.expired + self.without_reason


def months(file: File) -> int:
    """After how many months without anything a person has no reason to be kept."""
    text = settings.read(file, _MONTHS_KEY)
    return int(text) if text.isdecimal() else MONTHS


def set_months(file: File, count: int) -> None:
    """Ask about people after so many months (1 to 120) from now on."""
    file.remember(_MONTHS_KEY, str(min(max(count, FEWEST), MOST)))


def unneeded(file: File) -> list[Unneeded]:
    """Everybody in Contacts without a reason to be kept: the expired ones first, then who is left over longest."""
    today = file.clock().date()
    expired = [
        Unneeded(id_, name, day, Message("Was to be kept until {day}.", {"day": day or today}))
        for id_, name, day in stored.expired(file, today)
    ]
    quiet = [
        Unneeded(id_, name, day, _why(day))
        for id_, name, day in stored.quiet(file, _months_on(today, -months(file)))
    ]
    return expired + quiet


def _why(day: date | None) -> Message:
    if day:
        return Message("Nothing since {day}.", {"day": day})
    return Message("Nothing is noted at all.")


def counts(file: File) -> Counts:
    """How many they are."""
    today = file.clock().date()
    return Counts(*stored.counts(file, today, _months_on(today, -months(file))))


def keep_for_a_year(file: File, ids: Sequence[int]) -> None:
    """Keep these people for twelve months more, as one deed; then they are asked about again."""
    until = _months_on(file.clock().date(), 12)
    people = contacts.get(file, ids)
    one = len(people) == 1
    with file.deed("contact.keep" if one else "contact.keep.many", people[0].name if one else str(len(people))):
        contacts.update_all(file, [replace(person, expires=until) for person in people])


def _months_on(day: date, count: int) -> date:
    """The same day `count` months later or (negative) earlier, or the last of that month."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
