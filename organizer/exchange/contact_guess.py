"""What the columns of a table of contacts are: by their headings, else by what they hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from organizer.domain.contact import single_line
from organizer.exchange.contact_headings import field_of
from organizer.exchange.contact_mapping import SEVERAL, parted
from organizer.exchange.sources import Head
from organizer.exchange.team_guess import likely

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,24}")
_DATE = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}")
_CODE = re.compile(r"(?:[A-Z]{1,2}-)?[0-9]{4,5}")
_NAME = re.compile(r"[^\W\d_][^\d@]*")
_PEOPLE = frozenset(("full_name", "first_name", "last_name", "organization"))
_SAMPLE = 200


def heading_of(heads: Sequence[Head]) -> tuple[Head, int]:
    """The way to read the file and the row of its heading, -1 where it has none.

    Raises LookupError where there is no table.
    """
    best, most = None, 1
    for head in heads:
        for index, cells in enumerate(head.rows):
            count = len({field for cell in cells if (field := field_of(single_line(cell)))})
            if count > most:
                best, most = (head, index), count
    best = best or likely(heads)
    if best is None:
        raise LookupError
    head, index = best
    return (head, -1) if any(kind_of([cell]) in ("email", "phone") for cell in head.rows[index]) else best


def guessed(headings: Sequence[str], columns: Sequence[Sequence[str]]) -> tuple[list[str], list[int]]:
    """The field of each column, and the places of those that only what they hold told.

    `columns` are the cells of each. A field that only one column may be goes to the first.
    """
    fields = [field_of(single_line(heading)) for heading in headings]
    by_content = []
    for place, cells in enumerate(columns):
        if not fields[place] and (found := kind_of(cells)):
            known = {parted(field)[0] for field in fields}
            if found == "full_name" and known & _PEOPLE:
                continue
            if found in SEVERAL or found not in known:
                kind = single_line(headings[place])[:40]
                fields[place] = f"{found} {kind}".strip() if found == "phone" else found
                by_content.append(place)
    return _once(_streets(fields)), by_content


def kind_of(cells: Sequence[str]) -> str:
    """What most of the cells look like: email, phone, birthday, postal_code, full_name, or "" ."""
    told = [text for cell in cells[:_SAMPLE] if (text := single_line(cell).lstrip("'"))]
    found = Counter(map(_looks_like, told))
    kind, count = found.most_common(1)[0] if found else ("", 0)
    return kind if count * 10 >= len(told) * 7 else ""


def _looks_like(text: str) -> str:
    if _MAIL.fullmatch(text):
        return "email"
    if _DATE.fullmatch(text):
        return "birthday"
    if _CODE.fullmatch(text):
        return "postal_code"
    if _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= 7:
        return "phone"
    return "full_name" if _NAME.fullmatch(text) and len(text) < 60 and " " in text else ""


def _streets(fields: list[str]) -> list[str]:
    """An address beside a town of its own is only the street."""
    towns = {parted(field)[1] for field in fields if parted(field)[0] in ("city", "postal_code")}
    streets = {parted(field)[1] for field in fields if parted(field)[0] == "street"}
    return [
        field.replace("address", "street", 1)
        if parted(field)[0] == "address" and parted(field)[1] in towns - streets
        else field
        for field in fields
    ]


def _once(fields: list[str]) -> list[str]:
    seen: set[str] = set()
    kept = []
    for field in fields:
        may = parted(field)[0] in (*SEVERAL, "street") or field not in seen
        kept.append(field if may else "")
        seen.add(field)
    return kept
