"""Sums of many members' volumes, made where they lie."""

from __future__ import annotations

import json
from collections.abc import Sequence

from organizer.storage.file import File

_SUM = """
SELECT sum(amount) FROM volume
WHERE period = ? AND name = ? AND member_id IN (SELECT value FROM json_each(?))
"""


def total(file: File, ids: Sequence[int], period: str, name: str) -> int | None:
    """The volume `name` of all these members in a period (thousandths), None where none of it is known."""
    found = file.fetch(_SUM, (period, name, json.dumps(list(ids))))[0][0]
    return None if found is None else int(found)
