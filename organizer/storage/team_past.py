"""What was true of members: their places, kinds and ranks up to a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from organizer.domain.team import Kind, Member, Past
from organizer.storage import history
from organizer.storage.failures import as_written
from organizer.storage.file import File
from organizer.storage.schema import member_past

_COLUMNS = ("id", "member_id", "until", "sponsor_id", "placement_id", "leg", "kind", "rank")
_READ = ", ".join(f"p.{name}" for name in _COLUMNS[1:])

_AT = f"""
SELECT {_READ} FROM member_past p JOIN member m ON m.id = p.member_id
WHERE m.company_id = ? AND p.until >= ? AND p.until =
  (SELECT min(q.until) FROM member_past q WHERE q.member_id = p.member_id AND q.until >= ?)
ORDER BY p.member_id
"""


@as_written
def at(file: File, company_id: int, day: date) -> list[Past]:
    """What was true on `day` of those of whom something else is true now, by member's id."""
    wanted = day.isoformat()
    return _typed(file.fetch(_AT, (company_id, wanted, wanted)))


@as_written
def everyone(file: File, company_id: int) -> list[Past]:
    """All that is kept of the company's members, each one's from the oldest on."""
    query = f"""
        SELECT {_READ} FROM member_past p JOIN member m ON m.id = p.member_id
        WHERE m.company_id = ? ORDER BY p.member_id, p.until
    """
    return _typed(file.fetch(query, (company_id,)))


@as_written
def of_members(file: File, ids: Sequence[int]) -> dict[int, list[Past]]:
    """What is kept of the members with these ids, each one's from the oldest on."""
    found: dict[int, list[Past]] = {}
    for start in range(0, len(ids), 900):
        part = tuple(ids[start : start + 900])
        places = ", ".join("?" * len(part))
        query = f"SELECT {_READ} FROM member_past p WHERE p.member_id IN ({places}) ORDER BY p.member_id, p.until"
        for past in _typed(file.fetch(query, part)):
            found.setdefault(past.member_id, []).append(past)
    return found


def known_until(file: File, company_id: int) -> list[date]:
    """The days up to which something else was true of one of the company's members, the newest first."""
    query = """
        SELECT DISTINCT p.until FROM member_past p JOIN member m ON m.id = p.member_id
        WHERE m.company_id = ? ORDER BY p.until DESC
    """
    return [date.fromisoformat(day) for (day,) in file.fetch(query, (company_id,))]


def write(file: File, records: Sequence[Past]) -> None:
    """Keep these, in place of what is kept for the same member and day."""
    known = dict(_ids(file, records))
    changed = [record for record in records if (record.member_id, record.until) in known]
    new = [record for record in records if (record.member_id, record.until) not in known]
    first = history.next_id(file.connection, member_past)
    rows = [(id_, *_values(record)) for id_, record in enumerate(new, first)]
    history.insert_rows(file.connection, member_past, _COLUMNS, rows)
    if changed:
        settings = ", ".join(f"{name} = ?" for name in _COLUMNS[3:])
        values = [(*_values(record)[2:], known[record.member_id, record.until]) for record in changed]
        file.connection.exec_driver_sql(f"UPDATE member_past SET {settings} WHERE id = ?", values)


def remove(file: File, records: Sequence[Past]) -> None:
    """Keep these no longer."""
    if ids := [(id_,) for _key, id_ in _ids(file, records)]:
        file.connection.exec_driver_sql("DELETE FROM member_past WHERE id = ?", ids)


def forget(file: File, member: Member) -> None:
    """Keep nothing of a member who goes; who stood under her then stood where she stood at that time."""
    own = of_members(file, [member.id]).get(member.id, [])
    query = "SELECT DISTINCT member_id FROM member_past WHERE sponsor_id = ? OR placement_id = ?"
    under = [id_ for (id_,) in file.fetch(query, (member.id, member.id)) if id_ != member.id]
    kept = []
    for rows in of_members(file, under).values():
        since = date.min
        for row in rows:
            if member.id in (row.sponsor_id, row.placement_id):
                # she may have stood in several places while the other one stood under her
                days = [one.until for one in own if since < one.until < row.until]
                kept += [_without(replace(row, until=day), member, own) for day in (*days, row.until)]
            since = row.until
    write(file, kept)
    file.connection.exec_driver_sql("DELETE FROM member_past WHERE member_id = ?", (member.id,))


def _without(row: Past, gone: Member, her_past: Sequence[Past]) -> Past:
    hers = next((one for one in her_past if one.until >= row.until), gone)
    sponsor = hers.sponsor_id if row.sponsor_id == gone.id else row.sponsor_id
    placement = hers.placement_id or hers.sponsor_id if row.placement_id == gone.id else row.placement_id
    return replace(row, sponsor_id=sponsor, placement_id=placement, leg="")


def _ids(file: File, records: Sequence[Past]) -> list[tuple[tuple[int, date], int]]:
    wanted = {(record.member_id, record.until) for record in records}
    found = []
    for day in {day for _member, day in wanted}:
        rows = file.fetch("SELECT member_id, id FROM member_past WHERE until = ?", (day.isoformat(),))
        found += [((member, day), id_) for member, id_ in rows if (member, day) in wanted]
    return found


def _values(record: Past) -> tuple[Any, ...]:
    place = record.sponsor_id, record.placement_id, record.leg
    return (record.member_id, record.until.isoformat(), *place, record.kind.value, record.rank)


def _typed(rows: Sequence[Sequence[Any]]) -> list[Past]:
    kinds: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
    day = date.fromisoformat
    return [
        Past(id_, day(until), sponsor, placement, leg, kinds[kind], rank)
        for id_, until, sponsor, placement, leg, kind, rank in rows
    ]
