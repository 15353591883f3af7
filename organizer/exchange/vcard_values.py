"""What stands behind the colon of a vCard's line: encoded, escaped, in parts."""

from __future__ import annotations

import binascii
import re
from datetime import date
from urllib.parse import unquote, unquote_to_bytes

from organizer.domain.contact import parse_birthday
from organizer.exchange.vcard_heads import Head

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_HALF = re.compile("[\udc80-\udcff]")
_NOT_FOR_CARDS = frozenset(
    ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "utf-7")
)
_DATE = re.compile(r"(\d{4}|--)-?(\d\d)-?(\d\d)(?:[T ].*)?\Z", re.ASCII | re.DOTALL)
_DATA = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),", re.IGNORECASE)
_TEL = re.compile(r"tel:([^;]*)((?:;[^;]*)*)\Z", re.IGNORECASE)
NO_YEAR = ("1604", "0000")
"""The years that stand for none: Apple's, and an old habit."""


def decoded(head: Head, value: str) -> str:
    """The value as text, whatever bytes it was written in."""
    if head.encoding == "Q":
        if "=" in value or not value.isascii():
            raw = binascii.a2b_qp(value.encode("utf-8", errors="surrogateescape"))
            return _as_text(raw, head.charset)
    elif not value.isascii() and (_HALF.search(value) or head.charset.lower() not in ("", "utf-8", "utf8")):
        return _as_text(value.encode("utf-8", errors="surrogateescape"), head.charset)
    return value


def repaired(text: str) -> str:
    """Text with bytes that are no UTF-8 in it, read as what they are likely to be."""
    return _as_text(text.encode("utf-8", errors="surrogateescape"), "") if _HALF.search(text) else text


def _as_text(raw: bytes, charset: str) -> str:
    """In the encoding that the line names, else UTF-8, else Western Windows. A damaged letter is U+FFFD."""
    for name in (charset, "utf-8"):
        if name and len(name) < 40 and name.lower().replace("-", "_") not in _NOT_FOR_CARDS:
            try:
                return raw.decode(name)
            except (LookupError, ValueError):
                continue
    guess = raw.decode("utf-8", errors="replace")
    damaged = guess.count("\ufffd")
    if sum(letter > "\x7f" for letter in guess) - damaged > damaged:
        return guess
    return raw.decode("cp1252", errors="replace")


def unescaped(text: str, is_old: bool = False) -> str:
    """The text without backslashes; in 2.1 (`is_old`) they only stand before what parts a value."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(_old_mark if is_old else _mark, text)


def _mark(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


def _old_mark(found: re.Match[str]) -> str:
    return found[1] if found[1] in "\\;:," else found[0]


def parts(text: str, mark: str = ";") -> list[str]:
    """The parts between semicolons, or another mark, still escaped."""
    if "\\" not in text:
        return text.split(mark)
    hidden = text.replace("\\\\", "\0").replace("\\" + mark, "\1")
    return [part.replace("\1", "\\" + mark).replace("\0", "\\\\") for part in hidden.split(mark)]


def base64_bytes(text: str) -> bytes:
    """The bytes that base64 stands for; as many as can be read."""
    letters = "".join(text.split()).rstrip("=").replace("\\", "")
    try:
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return b""


def data_uri(text: str) -> tuple[str, bytes] | None:
    """Media type and bytes of a "data:" address, None for any other."""
    match = _DATA.match(text[:300])
    if not match:
        return None
    rest = text[match.end() :]
    is_base64 = ";base64" in match[2].lower()
    return match[1].lower(), base64_bytes(unquote(rest)) if is_base64 else unquote_to_bytes(rest)


def phone(text: str) -> str:
    """A number out of an address such as "tel:+45-87654321;ext=12"; other texts as they are."""
    match = _TEL.match(text)
    if not match:
        return text
    extension = next((part[4:] for part in match[2].split(";") if part.lower().startswith("ext=")), "")
    number = unquote(match[1]).strip()
    return f"{number} ext. {unquote(extension)}" if extension else number


def birthday(text: str, no_year: str = "") -> str:
    """A date of any version as it is kept: "1962-02-15" or "--02-15". Raises FieldRefusal for none."""
    text = text.strip()
    if match := _DATE.match(text):
        year = "-" if match[1] in ("--", no_year, *NO_YEAR) else match[1]
        text = f"{year}-{match[2]}-{match[3]}"
        if year != "-" and _is_day(text):
            return text
    if not text:
        return ""
    return parse_birthday(text)


def _is_day(text: str) -> bool:
    """Whether it is a day of the calendar, written as it is kept."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
