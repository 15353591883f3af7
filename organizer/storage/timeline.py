"""What was said and done with people, and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from organizer.domain.consent import Channel, Purpose
from organizer.domain.timeline import Entry, EntryKind, FollowUp, Outcome
from organizer.storage import history
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import entry, follow_up

_ENTRY = ("id", "person_id", "day", "kind", "body")
_FOLLOW_UP = ("id", "person_id", "due", "body", "done", "channel", "purpose", "outcome", "plan", "run")


@as_written
def entries(file: File, person_id: int | None = None) -> list[Entry]:
    """A person's entries, the newest first; everybody's in the order they were written where none is named."""
    columns = ", ".join(_ENTRY)
    if person_id is None:
        rows = file.fetch(f"SELECT {columns} FROM entry ORDER BY id")
    else:
        query = f"SELECT {columns} FROM entry WHERE person_id = ? ORDER BY day DESC, id DESC"
        rows = file.fetch(query, (person_id,))
    return [
        Entry(id_, person, date.fromisoformat(day), EntryKind(kind), body) for id_, person, day, kind, body in rows
    ]


def entry_of(file: File, id_: int) -> Entry | None:
    """One entry, None where there is none (any more)."""
    rows = file.fetch("SELECT person_id, day, kind, body FROM entry WHERE id = ?", (id_,))
    return next(
        (Entry(id_, person, date.fromisoformat(day), EntryKind(kind), body) for person, day, kind, body in rows),
        None,
    )


def add_entries(file: File, new: Sequence[Entry]) -> list[int]:
    """Store new entries, whatever their `id`; their ids."""
    first = history.next_id(file.connection, entry)
    rows = [
        (id_, one.person_id, one.day.isoformat(), one.kind.value, one.body) for id_, one in enumerate(new, first)
    ]
    history.insert_rows(file.connection, entry, _ENTRY, rows)
    return [row[0] for row in rows]


def remove_entry(file: File, id_: int) -> None:
    """Delete an entry."""
    file.connection.execute(entry.delete().where(entry.c.id == id_))


def last_talks(file: File, company_id: int) -> dict[int, date]:
    """When each of a company's people was last talked to, by person, where that was noted."""
    query = """
        SELECT e.person_id, max(e.day) FROM entry e
        WHERE e.kind = 'talk' AND e.person_id IN (SELECT person_id FROM member WHERE company_id = ?)
        GROUP BY e.person_id
    """
    return {person: date.fromisoformat(day) for person, day in file.fetch(query, (company_id,))}


@as_written
def follow_ups(file: File, person_id: int | None = None) -> list[FollowUp]:
    """A person's next steps or everybody's, in the order they were written, done ones included."""
    where, values = ("", ()) if person_id is None else (" WHERE person_id = ?", (person_id,))
    return _steps(file.fetch(f"SELECT {', '.join(_FOLLOW_UP)} FROM follow_up{where} ORDER BY id", values))


@as_written
def open_steps(file: File, company_id: int) -> list[FollowUp]:
    """What is still to be done with a company's people, the earliest day first, those without a day last."""
    columns = ", ".join(_FOLLOW_UP)
    query = f"""
        SELECT {columns} FROM follow_up WHERE done IS NULL
          AND person_id IN (SELECT person_id FROM member WHERE company_id = ?)
        ORDER BY due IS NULL, due, id
    """
    return _steps(file.fetch(query, (company_id,)))


def _steps(rows: Sequence[Sequence[Any]]) -> list[FollowUp]:
    return [
        FollowUp(
            *(id_, person, _day(due), body, _day(done), Channel(channel) if channel else None),
            *(Purpose(purpose), Outcome(outcome), plan, run),
        )
        for id_, person, due, body, done, channel, purpose, outcome, plan, run in rows
    ]


def add_follow_ups(file: File, new: Sequence[FollowUp]) -> list[int]:
    """Store new next steps, whatever their `id`; their ids."""
    first = history.next_id(file.connection, follow_up)
    rows = [(id_, *_values(one)) for id_, one in enumerate(new, first)]
    history.insert_rows(file.connection, follow_up, _FOLLOW_UP, rows)
    return [row[0] for row in rows]


def update_follow_up(file: File, changed: FollowUp) -> None:
    """Store a changed next step."""
    settings = ", ".join(f"{name} = ?" for name in _FOLLOW_UP[1:])
    file.connection.exec_driver_sql(
        f"UPDATE follow_up SET {settings} WHERE id = ?", (*_values(changed), changed.id)
    )


def remove_follow_up(file: File, id_: int) -> None:
    """Delete a next step."""
    file.connection.execute(follow_up.delete().where(follow_up.c.id == id_))


def forget(file: File, people: Sequence[int]) -> None:
    """Delete all that is kept of what was said and done with these people."""
    for table in (entry, follow_up) if people else ():
        file.connection.exec_driver_sql(
            f"DELETE FROM {table.name} WHERE person_id = ?", [(id_,) for id_ in people]
        )


def open_in_run(file: File, run: int) -> list[FollowUp]:
    """What is still to be done of one plan that was started."""
    columns = ", ".join(_FOLLOW_UP)
    return _steps(
        file.fetch(f"SELECT {columns} FROM follow_up WHERE run = ? AND done IS NULL ORDER BY id", (run,))
    )


def planned(file: File, person_id: int, purpose: Purpose, but: int = 0) -> list[date | None]:
    """The days of what is still to be done with a person for `purpose`, `but` that step; None for no day."""
    query = "SELECT due FROM follow_up WHERE person_id = ? AND purpose = ? AND done IS NULL AND id <> ?"
    rows = file.fetch(query, (person_id, purpose.value, but))
    return [date.fromisoformat(day) if day else None for (day,) in rows]


def next_run(file: File) -> int:
    """A number that no started plan has."""
    return int(file.fetch("SELECT ifnull(max(run), 0) + 1 FROM follow_up")[0][0])


@as_written
def step_of(file: File, id_: int) -> FollowUp | None:
    """One next step, None where there is none (any more)."""
    found = _steps(file.fetch(f"SELECT {', '.join(_FOLLOW_UP)} FROM follow_up WHERE id = ?", (id_,)))
    return found[0] if found else None


@as_written
def due_until(file: File, day: date) -> list[FollowUp]:
    """What is open and due on `day` or before, the earliest first; people's and her own."""
    query = f"""
        SELECT {", ".join(_FOLLOW_UP)} FROM follow_up WHERE done IS NULL AND due <= ? ORDER BY due, id
    """
    return _steps(file.fetch(query, (day.isoformat(),)))


@as_written
def steps_where(file: File, where: str, values: tuple[Any, ...]) -> list[FollowUp]:
    """The next steps that SQL's `where` picks, which may go on with an order and a limit."""
    return _steps(file.fetch(f"SELECT {', '.join(_FOLLOW_UP)} FROM follow_up WHERE {where}", values))


def update_entry(file: File, changed: Entry) -> None:
    """Store a changed entry."""
    values = (changed.day.isoformat(), changed.kind.value, changed.body, changed.id)
    file.connection.exec_driver_sql("UPDATE entry SET day = ?, kind = ?, body = ? WHERE id = ?", values)


def _values(one: FollowUp) -> tuple[Any, ...]:
    due, done = (day.isoformat() if day else None for day in (one.due, one.done))
    told = (one.channel or "", one.purpose.value, one.outcome.value, one.plan, one.run)
    return one.person_id, due, one.body, done, *told


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
