"""What a printed list tells of each person: how they are reached, what was said last, and what comes next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from organizer.domain.consent import Channel
from organizer.domain.timeline import Entry, EntryKind
from organizer.storage.failures import as_written
from organizer.storage.file import File


@as_written
def last_entries(file: File, ids: Sequence[int]) -> dict[int, Entry]:
    """The newest entry of each of these people who has one."""
    query = """
        SELECT e.id, e.person_id, e.day, e.kind, e.body FROM json_each(?) wanted JOIN entry e ON e.id = (
          SELECT id FROM entry WHERE person_id = wanted.value ORDER BY day DESC, id DESC LIMIT 1)
    """
    return {
        person: Entry(id_, person, date.fromisoformat(day), EntryKind(kind), body)
        for id_, person, day, kind, body in file.fetch(query, (json.dumps(list(ids)),))
    }


@as_written
def next_steps(file: File, ids: Sequence[int]) -> dict[int, tuple[date | None, str]]:
    """The day and words of what is to be done next with each: the earliest day first, one without a day last."""
    query = """
        SELECT person_id, due, body FROM follow_up
        WHERE done IS NULL AND person_id IN (SELECT value FROM json_each(?))
        ORDER BY due IS NULL, due, id
    """
    found: dict[int, tuple[date | None, str]] = {}
    for person, due, body in file.fetch(query, (json.dumps(list(ids)),)):
        found.setdefault(person, (date.fromisoformat(due) if due else None, body))
    return found


_REACHED = {
    Channel.PHONE: "ifnull((SELECT value FROM person_phone WHERE person_id = p.id ORDER BY id LIMIT 1), '')",
    Channel.EMAIL: "ifnull((SELECT value FROM person_email WHERE person_id = p.id ORDER BY id LIMIT 1), '')",
    Channel.POST: "iif(p.street != '' AND (p.postal_code != '' OR p.city != ''), p.street, '')",
}


def reached(file: File, ids: Sequence[int], channel: Channel) -> dict[int, tuple[str, str]]:
    """The names of these people, and the first phone number, e-mail or street: "" where none is known.

    Channels: PHONE, EMAIL, POST. Who is gone is left out.
    """
    query = (
        f"SELECT p.id, p.name, {_REACHED[channel]} FROM json_each(?) wanted JOIN person p ON p.id = wanted.value"
    )
    return {id_: (name, how) for id_, name, how in file.fetch(query, (json.dumps(list(ids)),))}
