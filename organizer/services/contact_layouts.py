"""How she said that tables of contacts are to be read: found again by their headings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256

from organizer.exchange.contact_mapping import ContactMapping, ContactReading
from organizer.exchange.layout import heading_key
from organizer.storage import File, settings

_KEY = "contact layouts"
_MOST = 100
"""Of more the oldest are forgotten."""


def remembered(file: File) -> Callable[[Sequence[str]], ContactMapping | None]:
    """What was said of tables with some headings; it may be asked on any thread."""
    known = _known(file)

    def of(headings: Sequence[str]) -> ContactMapping | None:
        text = known.get(_digest(headings))
        try:
            return ContactMapping.from_json(text) if text else None
        except ValueError:
            return None

    return of


def remember(file: File, reading: ContactReading) -> None:
    """Remember how a table was read, as part of the running deed; one without headings is like any other."""
    if reading.mapping is None or not any(cell.strip() for cell in reading.headings):
        return
    key, known = _digest(reading.headings), _known(file)
    text = reading.mapping.to_json()
    if known.get(key) != text:
        kept = [*((one, said) for one, said in known.items() if one != key), (key, text)][-_MOST:]
        settings.write(file, _KEY, json.dumps(dict(kept), ensure_ascii=False))


def _known(file: File) -> dict[str, str]:
    try:
        known = json.loads(settings.read(file, _KEY, "{}"))
    except ValueError:
        return {}
    if not isinstance(known, dict):
        return {}
    return {key: text for key, text in known.items() if isinstance(text, str)}


def _digest(headings: Sequence[str]) -> str:
    return sha256("\n".join(map(heading_key, headings)).encode()).hexdigest()[:24]
