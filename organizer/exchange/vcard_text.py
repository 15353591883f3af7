"""The text of a file of vCards, and where each card begins and ends in it.

Address books write what they like: any line ends, any encoding (several in one file, in 2.1), no END where a
phone was full. Everything here is done by a few passes over the whole text, so that no file takes long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CARD = 16_000_000
"""A larger card is not read, in bytes; its picture alone would be twelve megabytes."""

_CARD = b"BEGIN:VCARD"
_BEGIN = re.compile(rb"(?im)^begin[ \t]*:[ \t]*vcard[ \t]*$")
_END = re.compile(rb"(?im)^end[ \t]*:[ \t]*vcard[ \t]*$")
_JOINED = re.compile(
    rb"(?im)^end[ \t]*:[ \t]*vcard[ \t\x1a]*(?:\xef\xbb\xbf)?[ \t]*(?=begin[ \t]*:[ \t]*vcard[ \t]*$)"
)
"""Where files that don't end in a newline were put one behind the other."""
_MARK = b"\xef\xbb\xbf"
_PROPERTY = re.compile(r"(?im)^(?:[a-z0-9-]+\.)?(?:N|FN|TEL|EMAIL|VERSION)[;:]")
_MOST_NESTED = 20
_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"B\x00E\x00", ""), (b"\x00B\x00E", ""))


@dataclass(slots=True)
class RawCard:
    """A card as it stands: the file's line it begins on, from 1, and its text without BEGIN and END.

    `is_whole` is False where its end (or beginning) is missing; `is_loose` marks lines that belong to no card.
    """

    line: int
    text: str
    is_whole: bool = True
    is_loose: bool = False


def as_utf8(data: bytes) -> bytes:
    """The file's bytes with newlines only, without mark; UTF-16 as UTF-8, other encodings as they are."""
    for mark, encoding in _UTF16:
        if data.startswith(mark):
            known = encoding or ("utf-16-le" if mark[1:2] == b"\x00" else "utf-16-be")
            data = data.decode(known, errors="replace").lstrip("\ufeff").encode("utf-8", errors="replace")
    data = data.removeprefix(_MARK)
    if b"\r" in data:
        # RFC 2425 has CR LF; some write CR CR LF, old ones CR alone
        data = data.replace(b"\r\n", b"\n")
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if _MARK in data:  # each of several files may have had its own
        data = data.replace(b"\n" + _MARK, b"\n")
    return _same_marks(data)


def _same_marks(data: bytes) -> bytes:
    """BEGIN and END written in one way, so that they can be looked for as they are."""
    low = data.lower()
    if low.count(b"begin:vcard") != low.count(b"\nbegin:vcard") + low.startswith(b"begin:vcard"):
        data = _JOINED.sub(b"END:VCARD\n", data)
        low = data.lower()
    begins = low.count(b"\nbegin") + low.startswith(b"begin")
    if begins != data.count(b"\n" + _CARD + b"\n") + data.startswith(_CARD + b"\n"):
        data = _BEGIN.sub(_CARD, data)
    if low.count(b"\nend") != data.count(b"\nEND:VCARD\n") + data.endswith(b"\nEND:VCARD"):
        data = _END.sub(b"END:VCARD", data)
    return data


def text_of(data: bytes) -> str:
    """UTF-8 as text; a byte that is none is kept as half a surrogate pair, for who knows the line's encoding."""
    return data.decode("utf-8", errors="surrogateescape")


def count(text: str) -> int:
    """How many cards there may be."""
    return text.count("BEGIN:VCARD\n") + text.endswith("BEGIN:VCARD")


def raw_cards(text: str) -> Iterator[RawCard]:
    """The cards in the order that they end in, and what stands between them where that says something.

    A card inside another (AGENT in 2.1) comes before that, and stands as a card of its own.
    """
    line, open_cards = 1, list[RawCard]()
    parts = f"\n{text}\n".split("\nBEGIN:VCARD\n")
    first = parts[0]
    yield from _between(1, first)
    line += max(0, first.count("\n"))
    for part in parts[1:]:
        if open_cards and (len(open_cards) >= _MOST_NESTED or not _holds_another(open_cards[-1])):
            yield from _unfinished(open_cards)
        open_cards.append(RawCard(line, ""))
        yield from _closed(open_cards, part, line + 1)
        line += part.count("\n") + 2
    yield from _unfinished(open_cards)


def _closed(open_cards: list[RawCard], part: str, line: int) -> Iterator[RawCard]:
    """The cards that end in `part`, which begins on `line`, innermost first."""
    rest = f"\n{part}\n"
    while open_cards:
        inside, end, after = rest.partition("\nEND:VCARD\n")
        card = open_cards[-1]
        card.text = f"{card.text}\n{inside}" if card.text else inside
        if not end:
            return
        yield open_cards.pop()
        line += inside.count("\n") + 1
        rest = "\n" + after
    yield from _between(line, rest)


def _holds_another(card: RawCard) -> bool:
    """Whether the next card is part of this one, as 2.1 writes AGENT."""
    return (
        card.text.rstrip()[-60:].upper().rpartition("\n")[2].startswith("AGENT") and card.text.rstrip()[-1] == ":"
    )


def _unfinished(open_cards: list[RawCard]) -> Iterator[RawCard]:
    while open_cards:
        card = open_cards.pop()
        card.is_whole = not card.text.strip()
        if card.text.strip():
            yield card


def _between(line: int, text: str) -> Iterator[RawCard]:
    """Lines outside of any card: those that lost their BEGIN, or nothing that can be used."""
    if text.isspace() or not text:
        return
    line -= 1
    for part in f"{text}\n".split("\nEND:VCARD\n"):
        body = part.strip("\n")
        begins = line + len(part) - len(part.lstrip("\n"))
        if body.strip():
            is_loose = not _PROPERTY.search(body)
            yield RawCard(max(1, begins), body, is_whole=False, is_loose=is_loose)
        line += part.count("\n") + 1
