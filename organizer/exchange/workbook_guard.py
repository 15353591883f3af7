"""Looks at a workbook before it is unpacked: one that would fill the memory is refused.

A few thousand bytes can unpack to thousands of millions, and a sheet with two cells far apart takes as much memory
as one with all the cells between them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from organizer.exchange.compound_file import BadCompound, stream

MAX_UNPACKED = 600_000_000
"""Bytes that all parts of a workbook may unpack to; 100,000 people take about 100 million."""

MAX_CELLS = 6_000_000
"""Cells that a sheet may span, empty ones too."""

_BLOCK = 1 << 18
_OVERLAP = 100
_WIDE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{2,9})[0-9]""")
_LONG = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{0,9}([0-9]{6,12})["']""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,9})([0-9]{1,12})["']""")
_COMMON_WIDTH, _COMMON_HEIGHT = 26, 99_999  # of a sheet with neither a wide nor a long place

_ROW_OR_CELL = re.compile(rb"<table:(?:(table-row)|(?:covered-)?table-cell)\b([^>]*)>")
_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']\s*([0-9]+)""")

_PLACED_RECORDS = frozenset(
    {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406}
)
"""What an old workbook's records of cells are numbered; each begins with its row and column."""
_SHEET_BEGINS = 0x809


class TooLarge(ValueError):  # noqa: N818 - it is the workbook that is
    """The workbook unpacks to more than may be held in memory."""


class Ruined(ValueError):  # noqa: N818 - it is the workbook that is
    """The workbook is cut, damaged, or none."""


def check_size(data: bytes) -> None:
    """Raise TooLarge or Ruined for a workbook that had better not be opened."""
    if data.startswith(b"PK"):
        try:
            _check_archive(data)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise Ruined(str(error)) from error
    else:
        _check_old(data)


def _check_archive(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise TooLarge
        for part in parts:
            if part.filename.lower() == "xl/workbook.bin":  # another format, whose size nobody has looked at
                raise Ruined(part.filename)
            if part.filename == "content.xml":
                _check_repeats(archive.read(part))
            else:
                _check_places(archive, part)


def _check_places(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a sheet whose cells lie too far apart. Reading all of it proves its size and its checksum."""
    width, height, cells = _COMMON_WIDTH, _COMMON_HEIGHT, 0
    for text in _blocks(archive, part):
        cells += text.count(b"<c") + text.count(b":c")
        width = max([width, *map(_column, set(_WIDE.findall(text)))])
        height = max([height, *map(int, _LONG.findall(text))])
    if cells > MAX_CELLS:
        raise TooLarge
    if width * height <= MAX_CELLS:
        return
    width = height = 1
    for text in _blocks(archive, part):
        places = _PLACE.findall(text)
        width = max([width, *map(_column, {letters for letters, _digits in places})])
        height = max([height, *(int(digits) for _letters, digits in places)])
    if width * height > MAX_CELLS:
        raise TooLarge


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, a block at a time, each beginning with the end of the one before."""
    before = b""
    with archive.open(part) as opened:
        while block := opened.read(_BLOCK):
            text = before + block
            yield text
            before = text[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_repeats(content: bytes) -> None:
    """Refuse an OpenDocument sheet whose repeated rows and cells are too many once written out."""
    rows = width = reached = repeat = 0
    widest = 1
    for is_row, attributes in _ROW_OR_CELL.findall(content):
        found = _REPEATED.search(attributes)
        times = max(1, int(found[1])) if found else 1
        if is_row:
            rows, repeat, width = rows + repeat, times, 0
            continue
        width += times
        if not attributes.rstrip().endswith(b"/") or b"value" in attributes:
            widest = max(widest, width)
            reached = rows + repeat
    if reached * widest > MAX_CELLS:
        raise TooLarge


def _check_old(data: bytes) -> None:
    """Refuse an old workbook (xls) whose cells lie too far apart."""
    try:
        book = stream(data, ("Workbook", "Book"))
    except BadCompound as error:
        raise Ruined(str(error)) from error
    if book is not None and max(_spans(book), default=0) > MAX_CELLS:
        raise TooLarge


def _spans(book: bytes) -> Iterable[int]:
    """How many cells each sheet spans."""
    place, width, height = 0, 0, 0
    while place + 4 <= len(book):
        kind = int.from_bytes(book[place : place + 2], "little")
        length = int.from_bytes(book[place + 2 : place + 4], "little")
        if kind in _PLACED_RECORDS and length >= 4:
            height = max(height, int.from_bytes(book[place + 4 : place + 6], "little") + 1)
            first = int.from_bytes(book[place + 6 : place + 8], "little") + 1
            width = max(width, first + (length // 2 if kind in (0xBD, 0xBE) else 0))
        elif kind == _SHEET_BEGINS:
            yield width * height
            width = height = 0
        place += 4 + length
    yield width * height
