"""Who has expired, and with whom nothing has happened for long."""

from __future__ import annotations

from datetime import date
from typing import Any

from organizer.storage.file import File

_OTHERS = "p.id <> ifnull((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'owner'), 0)"

_EXPIRED = f"p.listed AND {_OTHERS} AND p.expires IS NOT NULL AND p.expires <= :today"

_QUIET = f"""
    p.listed AND {_OTHERS} AND p.expires IS NULL AND (p.added IS NULL OR p.added < :before)
    AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.person_id = p.id AND e.day >= :before)
    AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.person_id = p.id AND (f.done IS NULL OR f.done >= :before))
    AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.withdrawn IS NULL)
    AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.person_id = p.id AND r.kind = 'host')
    AND NOT EXISTS (SELECT 1 FROM said_no n WHERE n.person_id = p.id AND n.lifted IS NULL AND n.day >= :before)
"""
"""Nothing is left: nothing said, done or planned since the day `before`, no consent in force, no place in a team,
nobody whose host they are. Whoever is to be kept until a day has that day for a reason."""

_SINCE = """
    max(ifnull(p.added, ''), ifnull((SELECT max(e.day) FROM entry e WHERE e.person_id = p.id), ''),
      ifnull((SELECT max(f.done) FROM follow_up f WHERE f.person_id = p.id), ''))
"""


def expired(file: File, today: date) -> list[tuple[int, str, date | None]]:
    """Who was to be kept until a day that has come: id, name and that day, the oldest first."""
    query = f"SELECT p.id, p.name, p.expires FROM person p WHERE {_EXPIRED} ORDER BY p.expires, p.sort_key"
    return _told(file.fetch(query, {"today": today.isoformat()}))


def quiet(file: File, before: date) -> list[tuple[int, str, date | None]]:
    """With whom nothing is left since the day `before`: id, name and when something was last, the longest ago
    first; None where nothing ever was."""
    query = f"SELECT p.id, p.name, {_SINCE} AS since FROM person p WHERE {_QUIET} ORDER BY since, p.sort_key"
    return _told(file.fetch(query, {"before": before.isoformat()}))


def counts(file: File, today: date, before: date) -> tuple[int, int]:
    """How many have expired, and with how many nothing is left."""
    values = {"today": today.isoformat(), "before": before.isoformat()}
    query = f"""
        SELECT (SELECT count(*) FROM person p WHERE {_EXPIRED}), (SELECT count(*) FROM person p WHERE {_QUIET})
    """
    ((gone, left),) = file.fetch(query, values)
    return int(gone), int(left)


def _told(rows: list[tuple[Any, ...]]) -> list[tuple[int, str, date | None]]:
    return [(id_, name, date.fromisoformat(day) if day else None) for id_, name, day in rows]
