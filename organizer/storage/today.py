"""What a day's page shows, in a few indexed questions however large the file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from organizer.domain.consent import Channel, Purpose
from organizer.storage.failures import as_written
from organizer.storage.file import File

_OLDEST = 125  # years


class Due(NamedTuple):
    """Something to be done, as a line: `person_id` is None, `name` and `phone` empty, for a task of her own.

    `last_day` and `last_body` are the person's last entry, None and "" where there is none or it wasn't read.
    """

    id: int
    person_id: int | None
    due: date | None
    body: str
    channel: Channel | None
    purpose: Purpose
    name: str
    phone: str
    last_day: date | None
    last_body: str


_DUE = """
WITH shown AS MATERIALIZED ({which})
SELECT s.id, s.person_id, s.due, s.body, s.channel, s.purpose, ifnull(p.name, ''),
  ifnull((SELECT value FROM person_phone WHERE person_id = s.person_id ORDER BY id LIMIT 1), ''),
  e.day, ifnull(e.body, '')
FROM shown s LEFT JOIN person p ON p.id = s.person_id LEFT JOIN entry e ON e.id = (
  SELECT id FROM entry WHERE person_id = s.person_id ORDER BY day DESC, id DESC LIMIT 1)
ORDER BY s.due, s.id
"""
_ON = "SELECT * FROM follow_up WHERE done IS NULL AND due = ? ORDER BY id LIMIT ?"
_BEFORE = "SELECT * FROM follow_up WHERE done IS NULL AND due < ? ORDER BY due, id LIMIT ?"
_ANY_DAY = "SELECT * FROM follow_up WHERE done IS NULL AND due IS NULL ORDER BY id LIMIT ?"


def due_on(file: File, day: date, most: int) -> list[Due]:
    """What is open and due on `day`, at most so many, in the order they were written."""
    return _due(file, _ON, day.isoformat(), most)


def due_before(file: File, day: date, most: int) -> list[Due]:
    """What is open and was due before `day`, at most so many, the oldest first."""
    return _due(file, _BEFORE, day.isoformat(), most)


def without_day(file: File, most: int) -> list[Due]:
    """What is open and has no day, at most so many, in the order they were written."""
    return _due(file, _ANY_DAY, most)


@as_written
def _due(file: File, which: str, *values: str | int) -> list[Due]:
    rows = file.fetch(_DUE.format(which=which), values)
    return [
        Due(
            *(id_, person, _day(due), body, Channel(channel) if channel else None, Purpose(purpose)),
            *(name, phone, _day(last_day), last_body),
        )
        for id_, person, due, body, channel, purpose, name, phone, last_day, last_body in rows
    ]


def load(file: File, first: date, last: date) -> dict[date, int]:
    """How much is planned on each day from `first` to `last`, where anything is."""
    query = "SELECT due, count(*) FROM follow_up WHERE done IS NULL AND due BETWEEN ? AND ? GROUP BY due"
    rows = file.fetch(query, (first.isoformat(), last.isoformat()))
    return {date.fromisoformat(day): count for day, count in rows}


def next_day(file: File, after: date) -> tuple[date, int] | None:
    """The first day after `after` on which something is planned, and how much; None where nothing is."""
    query = """
        SELECT due, count(*) FROM follow_up WHERE done IS NULL AND due > ? GROUP BY due ORDER BY due LIMIT 1
    """
    rows = file.fetch(query, (after.isoformat(),))
    return (date.fromisoformat(rows[0][0]), rows[0][1]) if rows else None


def birthdays(file: File, days: Sequence[str], year: int) -> list[tuple[int, str, str]]:
    """Who in Contacts has a birthday on one of `days` ("MM-DD") in `year`: id, name, and the birthday as stored.

    Each day is looked up in the index for every year somebody living can be born in, and for no year.
    """
    values = [f"{born}-{day}" for day in days for born in ("-", *range(year - _OLDEST, year + 1))]
    query = f"""
        SELECT id, name, birthday FROM person
        WHERE birthday != '' AND birthday IN ({", ".join("?" * len(values))}) AND listed ORDER BY sort_key, id
    """
    return file.fetch(query, tuple(values))


def conversations(file: File, monday: date, weeks: int, until: date) -> list[int]:
    """How many conversations were noted in each of `weeks` weeks, the first beginning on `monday`, up to `until`.

    A conversation is a person and a day: several talks with somebody on one day count once.
    """
    query = """
        SELECT day, count(DISTINCT person_id) FROM entry
        WHERE day BETWEEN ? AND ? AND kind IN ('talk', 'call') GROUP BY day
    """
    counts = [0] * weeks
    for day, count in file.fetch(query, (monday.isoformat(), until.isoformat())):
        counts[(date.fromisoformat(day) - monday).days // 7] += count
    return counts


def is_new(file: File) -> bool:
    """True while there is nobody in Contacts, nothing to be done and nothing done."""
    query = "SELECT EXISTS(SELECT 1 FROM person WHERE listed) OR EXISTS(SELECT 1 FROM follow_up)"
    return not file.fetch(query)[0][0]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
