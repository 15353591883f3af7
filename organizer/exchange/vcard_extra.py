"""Lines of a vCard that the program has no field for: kept as lines of vCard 3.0, and written out again.

Each kept line stands by itself. A label, which Apple and Google write in a line of its own ("item1.X-ABLabel"),
becomes a parameter of the line it belongs to, and is a line again when it goes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from organizer.domain.contact import single_line
from organizer.exchange.content_lines import escaped
from organizer.exchange.vcard_heads import FIRST_CHOICE, Head, Heads
from organizer.exchange.vcard_kinds import apples_label
from organizer.exchange.vcard_values import decoded, parts, unescaped

LABEL = "X-ABLABEL"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S*\Z")
_LABELLED = re.compile(rf';{LABEL}=(?:"[^"]*"|[^";:]*)')
_BYTES = "data:application/octet-stream;base64,"
_NOT_EXTRA = frozenset(("BEGIN", "END", "VERSION", "N", "FN", "PRODID", LABEL))


def extra_line(head: Head, value: str, label: str, is_old: bool, name: str = "") -> str:
    """The line as it is kept. `is_old`: it comes from vCard 2.1; `name` replaces the property's own."""
    encoding = ""
    if value.startswith(_BYTES):
        value, encoding = value[len(_BYTES) :], ";ENCODING=b"
    elif head.encoding == "B":
        value, encoding = "".join(value.split()), ";ENCODING=b"
    else:
        value = decoded(head, value)
        if is_old and not _URI.match(value):
            value = ";".join(escaped(unescaped(part, True)) for part in parts(value))
    shown = label.replace('"', "'")
    labelled = f';{LABEL}="{shown}"' if label else ""
    return single_line(f"{name or head.name}{head.told}{labelled}{encoding}:{value}")


def lines_of(extra: str, group: str, is_new: bool) -> Iterator[str]:
    """A kept line as vCard 3.0, or 4.0 where `is_new`, writes it; none for what is no such line.

    `group` holds the line and its label together where it has one.
    """
    head, value = Heads().read(single_line(extra))
    if head is None or head.name in _NOT_EXTRA:
        return
    label = head.parameter(LABEL)
    start = head.name + _LABELLED.sub("", head.told)
    if is_new:
        start = start.replace(FIRST_CHOICE, ";PREF=1")
    if head.encoding == "B":
        value = _BYTES + value if is_new else value
        start += "" if is_new else ";ENCODING=b"
    yield f"{group}.{start}:{value}" if label else f"{start}:{value}"
    if label:
        yield f"{group}.X-ABLabel:{escaped(apples_label(label))}"
