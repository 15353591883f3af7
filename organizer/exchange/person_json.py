"""One person's data for another program to read (GDPR art. 20): JSON, in UTF-8.

format    "organizer-person"
version   1: one more when a key changes its meaning
name      what the person is called
made      the day, as all days: "2026-11-23"
data      by kind of thing ("person", "person_phone", "consent", "entry", "volume", …) a list of objects. Their
          keys are the names of what is kept, in English; texts are as they were written; what names somebody
          or something else ("other_id", "sponsor_id", "company_id", "product_id") holds the name. Points
          ("amount") are whole thousandths. A key without a value holds "" or null.
picture   null, or {"media": "image/jpeg", "base64": "…"}
mentions  how many notes about others hold the name: what they say is about those others too
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from organizer.domain.picture import Picture
from organizer.exchange.safe_write import write_safely

FORMAT, VERSION = "organizer-person", 1


def write_person(
    path: Path,
    name: str,
    made: date,
    data: Mapping[str, Sequence[Mapping[str, Any]]],
    picture: Picture | None,
    mentions: int,
) -> None:
    """Write one person's data at `path`, whole or not at all. Raises Refusal."""
    image = {"media": picture.media, "base64": b64encode(picture.data).decode("ascii")} if picture else None
    told = {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "made": made.isoformat(),
        "data": {kind: rows for kind, rows in data.items() if rows},
        "picture": image,
        "mentions": mentions,
    }
    write_safely(path, json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")
