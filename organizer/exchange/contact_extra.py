"""What a table tells of a person besides what a contact has fields for, as lines of vCard 3.0 (Contact.extra)."""

from __future__ import annotations

from organizer.domain.contact import single_line
from organizer.exchange.content_lines import escaped

NAMES = {
    "website": "URL",
    "relation": "X-RELATION",
    "event": "X-EVENT",
    "im": "X-IM",
    "customfield": "X-CUSTOM",
    "title": "TITLE",
    "department": "X-DEPARTMENT",
}
"""The property that each kind is written as."""


def line(kind: str, value: str, label: str = "") -> str:
    """One line: `line("website", "https://x.dk", "Work")` is `URL;X-ABLABEL="Work":https://x.dk`, which goes
    out as address books write a label of one's own; "" for no value."""
    value = value.strip()
    if not value:
        return ""
    kept = single_line(label).replace('"', "'")
    name = NAMES[kind] + (f';X-ABLABEL="{kept}"' if kept else "")
    return f"{name}:{escaped(value)}"
