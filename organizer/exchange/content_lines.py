"""The lines that vCard and iCalendar are made of: escaped, and folded at 75 bytes (RFC 2426 2.6, RFC 5545 3.1)."""

from __future__ import annotations

from collections.abc import Iterable

from organizer.domain.contact import clean_text

_WIDTH = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def escaped(text: str) -> str:
    """A text as it stands in a line: marks with a backslash, line ends as \\n, no control characters."""
    return clean_text(text).translate(_ESCAPES)


def folded(line: str) -> str:
    """The line with its end, parted where it is longer than 75 bytes; no letter is cut in two."""
    data = line.encode("utf-8", errors="replace")
    parts = []
    start, room = 0, _WIDTH
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # inside a letter of several bytes
            end -= 1
        parts.append(data[start:end])
        start, room = end, _WIDTH - 1  # the space that marks the next part counts
    parts.append(data[start:])
    return b"\r\n ".join(parts).decode("utf-8") + "\r\n"


def file_bytes(lines: Iterable[str]) -> bytes:
    """All lines as the bytes of a file: UTF-8 without a mark, as both formats want it."""
    return "".join(map(folded, lines)).encode("utf-8")
