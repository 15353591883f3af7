"""A text file of unknown origin as text: how it is encoded, and whether it is text at all."""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.exchange.compound_file import SIGNATURE
from organizer.i18n import N_

MAX_BYTES = 100_000_000
"""Larger files are refused by their size; 100,000 people take about 20 MB."""

UNREADABLE = "\ufffd"
"""Stands for each letter that could not be read."""

_PICTURE = N_("“{file}” is a picture, not a table.")
_WORKBOOK = N_("“{file}” is an Excel workbook. Open it in Excel, save it as CSV, and import that file.")
_DOCUMENT = N_("“{file}” is a document, not a table. Get the list as CSV instead.")
_ARCHIVE = N_("“{file}” is a packed file, not a table. Unpack it, and import the file inside.")
_DATABASE = N_("“{file}” is a database, not a table. Get the list as CSV instead.")
_WEB_PAGE = N_("“{file}” is a web page, not a table. Open it in Excel, save it as CSV, and import that file.")
_CARDS = N_("“{file}” holds address cards (vCard), not a table. Export the contacts as CSV, and import that file.")
_CALENDAR = N_("“{file}” is a calendar, not a table. Get the list as CSV instead.")
_XML = N_("“{file}” is an XML file, not a table. Get the list as CSV instead.")
_BINARY = N_("“{file}” is not a text table. Get the list as CSV instead.")

_SIGNATURES = (
    (b"%PDF-", N_("“{file}” is a PDF, not a table. Get the list as CSV instead.")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _WORKBOOK),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"{\\rtf", _DOCUMENT),
    (b"SQLite format 3\x00", _DATABASE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
)

_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text, its encoding, and whether it stops inside a letter. UNREADABLE marks damaged letters."""

    text: str
    encoding: str
    cut: bool = False


def read_text(path: Path) -> Text:
    """The file's text: UTF-8 or UTF-16 where it says so or proves so, else cp1252 (Western Windows).

    Raises Refusal for a file that is missing, empty, too large, unreadable, or not text.
    """
    return text_of(path.name, read_bytes(path))


def text_of(file: str, data: bytes) -> Text:
    """The text that `data` is, see `read_text`; `file` names it in messages."""
    if sentence := _other_kind(data):
        raise Refusal(Message(sentence, {"file": file}))
    source = _decoded(data)
    if "\n" not in source.text:  # the line ends of old Macintoshes
        source = replace(source, text=source.text.replace("\r", "\n"))
    if not source.text.strip():
        raise Refusal(Message("“{file}” is empty.", {"file": file}))
    if _has_control_characters(source.text):
        raise Refusal(Message(_BINARY, {"file": file}))
    return source


def is_workbook(data: bytes) -> bool:
    """True for what begins as a workbook of Excel (xlsx, xls) or LibreOffice (ods) does."""
    if data.startswith(b"PK\x03\x04"):
        return b"xl/" in data or b"opendocument.spreadsheet" in data[:200]
    return data.startswith(SIGNATURE)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises Refusal for one that is missing, no file, too large or unreadable."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refusal(Message("“{file}” is not a file that can be read.", {"file": path.name}))
        if status.st_size > MAX_BYTES:
            raise _too_large(path)
        with path.open("rb") as stream:
            data = stream.read(status.st_size + 1)
            if len(data) > status.st_size:  # it grows: Python sets aside as much memory as is asked for
                data += stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Refusal(
            Message("“{file}” is not there any more. Was it moved or renamed?", {"file": path.name})
        ) from None
    except PermissionError:
        raise Refusal(
            Message("You may not read “{file}”. Copy it to your own folder, and try again.", {"file": path.name})
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(
            Message("“{file}” can't be read: {reason}.", {"file": path.name, "reason": reason})
        ) from error
    if len(data) > MAX_BYTES:  # it grew since
        raise _too_large(path)
    return data


def _too_large(path: Path) -> Refusal:
    limit = MAX_BYTES // 1_000_000
    sentence = N_("“{file}” is too large to be a list of people or products: more than {limit} MB.")
    return Refusal(Message(sentence, {"file": path.name, "limit": limit}))


def _other_kind(data: bytes) -> str | None:
    """The sentence that says what the file looks like, or None where it may be text."""
    if data.startswith(b"PK\x03\x04"):
        if b"xl/" in data:
            return _WORKBOOK
        return _DOCUMENT if b"word/" in data or b"opendocument" in data[:200] else _ARCHIVE
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            return sentence
    opening = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith((b"<!doctype html", b"<html", b"<table")):
        return _WEB_PAGE
    for start, sentence in ((b"<?xml", _XML), (b"begin:vcard", _CARDS), (b"begin:vcalendar", _CALENDAR)):
        if opening.startswith(start):
            return sentence
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _BINARY if b"\x00" in data and not is_utf16 else None


def _has_control_characters(text: str) -> bool:
    """True for what decodes by luck: a table holds tabs and line ends, hardly any other control character."""
    strange = sum(1 for char in text[:4000] if char < " " and char not in "\t\n\r\f\v\x1a")
    return "\x00" in text or strange > 8


def _decoded(data: bytes) -> Text:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _whole_letters(data[len(mark) :], encoding)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        guess = _whole_letters(data, "utf-8")
    unreadable = guess.text.count(UNREADABLE)
    letters = sum(1 for char in guess.text if char > "\x7f") - unreadable
    if letters > unreadable:  # Danish cp1252 hardly ever makes valid UTF-8: this is UTF-8 with damage
        return guess
    return Text(data.decode("cp1252", errors="replace"), "cp1252")


def _whole_letters(data: bytes, encoding: str) -> Text:
    """The text without the half letter that it may end in, and with UNREADABLE for other damage."""
    try:
        return Text(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        cut = error.end == len(data) and error.reason in ("unexpected end of data", "truncated data")
        whole = data[: error.start] if cut else data
        return Text(whole.decode(encoding, errors="replace"), encoding, cut)
