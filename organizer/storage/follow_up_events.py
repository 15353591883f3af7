"""Which events that a follow-up plan can be offered after a deed brought about."""

from __future__ import annotations

from organizer.storage.file import File

_ROLES = """
SELECT r.person_id, r.value FROM history_row h JOIN person_role r ON r.id = h.row_id
WHERE h.id BETWEEN :first AND :last AND h.tbl = 'person_role' AND h.op = 'I' AND r.value IN ('customer', 'host')
  AND NOT EXISTS (SELECT 1 FROM history_row o WHERE o.id BETWEEN :first AND :last AND o.tbl = 'person_role'
    AND o.op = 'D' AND o.image ->> 'person_id' = r.person_id AND o.image ->> 'value' = r.value)
ORDER BY h.id
"""
_JOINED = """
SELECT m.person_id, 'joined' FROM history_row h JOIN member m ON m.id = h.row_id
WHERE h.id BETWEEN :first AND :last AND h.tbl = 'member' AND h.op = 'I' AND m.kind = 'distributor'
  AND NOT m.is_self ORDER BY h.id
"""
_NOTED = """
SELECT e.person_id, 'purchase' FROM history_row h JOIN entry e ON e.id = h.row_id
WHERE h.id BETWEEN :first AND :last AND h.tbl = 'entry' AND h.op = 'I' ORDER BY h.id
"""


def begun(file: File, deed_id: int) -> list[tuple[int, str]]:
    """Who became a customer or host, joined the team or bought something by one deed: person and event.

    A role that only got a new row, as when other details were changed, is no event.
    """
    rows = file.fetch("SELECT kind, first_row, last_row FROM history_deed WHERE id = ? AND NOT undone", (deed_id,))
    if not rows:
        return []
    kind, first, last = rows[0]
    queries = [_NOTED] if kind == "purchase.note" else [_ROLES, _JOINED]
    return [row for query in queries for row in file.fetch(query, {"first": first, "last": last})]
