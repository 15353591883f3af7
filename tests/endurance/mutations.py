"""Good files spoilt in small ways: by bytes, cells, lines, headings, quotation marks, separators, encodings."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from random import Random

from tests.endurance.hostile import texts

_TOKENS = [
    b'"', b'""', b"'", b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\n\n\n", b"\x00", b"\x1a", b"\x0b", b"\x0c",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\xbd", b"\xc0\xaf", b"\xf5\x80", b"\xe6\xf8\xe5", b"\x85",
    "\u2028".encode(), "\x85".encode(), "\u202e".encode(), "\u00a0".encode(), "\u200b".encode(), "😀".encode(),
    b" ::: ", b" ::: " * 300, b"=cmd|' /C calc'!A0", b"'=1", b"1E+11", b"1,00E+11", b"9" * 400, b"-0", b"--1",
    b"1.234.567,8", b"0,0000000001", b"\xe2\x88\x925", b"2026-13-40", b"0000-00-00", b"29.02.2100", b"Total:",
    b"I alt", b"x" * 6000, ("e" + "\u0301\u0316" * 400).encode(), ("\u0958" * 199).encode(), b"{0}{name}%s",
    b"PK\x03\x04", b"%PDF-", b"<!ENTITY a '&a;&a;'>", b"BEGIN:VCARD\r\n", b"[*]&", "\u0661\u0662".encode(),
]  # fmt: skip

_HEADINGS = ("Roles", "Labels", "Notes", "Phone 2 - Value", "Enroller ID", "E-mail 1 - Type", "Address 2 - Street")
_CODES = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "cp850",
    "cp037",
    "mac_roman",
    "utf-7",
)
_CELLS = [text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for text in texts().values()]


def mutated(data: bytes, random: Random, others: list[bytes], whole: bool = False) -> bytes:
    """`data` after one to six mutations; `others` are files to take lines from.

    Unless `whole`, it is mostly a few rows of it: they show as much as a hundred, and quicker.
    """
    if not whole and random.random() < 0.9:
        lines = data.splitlines(keepends=True)
        data = b"".join(lines[:1] + random.sample(lines[1:], min(len(lines) - 1, random.randint(0, 14))))
    for _ in range(random.choice((1, 1, 2, 3, 4, 6))):
        data = random.choices(_MUTATIONS, _WEIGHTS)[0](data, random, others)[:2_000_000]
    return data


def _place(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _flip(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 8) if data else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _insert(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    place = _place(data, random)
    token = random.choice(_TOKENS) if random.random() < 0.9 else random.randbytes(random.randint(1, 20))
    return data[:place] + token + data[place:]


def _cut(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    start = _place(data, random)
    if random.random() < 0.4:
        return data[:start]
    return data[:start] + data[min(len(data), start + random.randint(1, 60)) :]


def _repeat(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    start = _place(data, random)
    piece = data[start : start + random.randint(1, 200)]
    return data[:start] + piece * random.choice((2, 3, 10, 200)) + data[start:]


def _lines(data: bytes, random: Random, others: list[bytes]) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    what = random.randrange(7)
    if what == 0:
        lines.insert(at, lines[other])
    elif what == 1:
        del lines[at]
    elif what == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif what == 3:
        lines[at] = lines[at].rstrip(b"\r\n")
    elif what == 4:
        lines[at:at] = [
            random.choice((b"\n", b",,,\n", b";;;;\n", b'""\n', b"Total,,,1\n", b"I alt;;3\n", b"x\n"))
        ]
    elif what == 5:
        stranger = random.choice(others).splitlines(keepends=True) or [b"\n"]
        lines.insert(at, random.choice(stranger))
    else:
        lines.reverse()
    return b"".join(lines)


def _table(data: bytes) -> tuple[list[list[str]], str]:
    text = data.decode("utf-8", "replace").replace("\x00", "")
    separator = ";" if text.split("\n")[0].count(";") > text.split("\n")[0].count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) or [[]], separator
    except csv.Error:
        return [line.split(separator) for line in text.splitlines()] or [[]], separator


def _written(rows: list[list[str]], separator: str, quoting: int = csv.QUOTE_MINIMAL, end: str = "\r\n") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue().encode()


def _cells(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    rows, separator = _table(data)
    for _ in range(random.randint(1, 6)):
        row = random.choice(rows)
        if row:
            token = random.choice(_TOKENS).decode("utf-8", "replace")
            row[random.randrange(len(row))] = random.choice((random.choice(_CELLS), token, "", random.choice(row)))
    return _written(rows, separator)


def _headings(data: bytes, random: Random, others: list[bytes]) -> bytes:
    rows, separator = _table(data)
    head = rows[0] or [""]
    place = random.randrange(len(head))
    what = random.randrange(5)
    if what == 0:
        head[place] = random.choice(head)
    elif what == 1:
        head[place] = random.choice(_table(random.choice(others))[0][0] or [""])
    elif what == 2:
        order = random.sample(range(len(head)), len(head))
        rows = [[row[i] for i in order if i < len(row)] for row in rows]
    elif what == 3:
        rows = [row[:place] + row[place + 1 :] for row in rows]
    else:
        rows = [row + row[place : place + 1] for row in rows]
        rows[0] = [*rows[0][:-1], random.choice((*head, *_HEADINGS))]
    return _written(rows, separator)


def _spelling(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    rows, separator = _table(data)
    mark = random.choice((separator, ",", ";", "\t", "|", ":"))
    return _written(
        rows, mark, random.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)), random.choice(("\r", "\n", "\r\n"))
    )


def _quotes(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    places = [place for place, byte in enumerate(data) if byte == 0x22]
    if not places:
        return _insert(data, random, _others)
    place = random.choice(places)
    return data[:place] + random.choice((b"", b'""', b"'", b'"x')) + data[place + 1 :]


def _encoding(data: bytes, random: Random, _others: list[bytes]) -> bytes:
    text = data.decode(random.choice(("utf-8", "cp1252")), "replace")
    if random.random() < 0.3:
        return text.replace("e", "e\u0301").encode(random.choice(_CODES), "replace")
    return text.encode(random.choice(_CODES), "replace")


def _join(data: bytes, random: Random, others: list[bytes]) -> bytes:
    other = random.choice(others)
    return data[: _place(data, random)] + other[_place(other, random) :][:3000]


_Mutation = Callable[[bytes, Random, list[bytes]], bytes]
_WEIGHTED: list[tuple[_Mutation, int]] = [
    (_flip, 2), (_insert, 4), (_cut, 2), (_repeat, 1), (_lines, 4), (_cells, 6), (_headings, 3), (_spelling, 2),
    (_quotes, 3), (_encoding, 1), (_join, 1),
]  # fmt: skip
_MUTATIONS = [mutation for mutation, _weight in _WEIGHTED]
_WEIGHTS = [weight for _mutation, weight in _WEIGHTED]
