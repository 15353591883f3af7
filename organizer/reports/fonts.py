"""The embedded typeface, and text measured and wrapped for it.

Noto Sans covers Latin, Greek and Cyrillic. A character outside it (emoji, Chinese, Arabic …) is printed as
`MISSING`, so that the reader sees that something stood there; the report then says so at its end.
Text handed to a page must come from `printable`, `wrap` or `fitted`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from organizer.resource_files import resource

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"

MISSING = "\ufffd"
"""Stands for a character that the typeface lacks; itself in the typeface."""

# Noto Sans has no mathematical minus and no arrows; these say the same
_STAND_INS = {0x2212: "\u2013", 0x2192: "->", 0x2190: "<-", 0x2794: "->", 0x09: "    "}
_BREAKS = (0x0A, 0x0B, 0x0C, 0x2028, 0x2029)

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: the typeface's cut, `size` and `leading` (line distance) in points, colour as RGB 0–1."""

    face: str
    size: float
    leading: float
    colour: Colour


@cache
def _font(face: str) -> Any:
    font = TTFont(face, str(resource("fonts", f"{face}.ttf")))
    pdfmetrics.registerFont(font)
    return font


def load() -> None:
    """Make the three cuts known to ReportLab. Raises FileNotFoundError when the installation is broken."""
    for face in (REGULAR, BOLD, ITALIC):
        _font(face)


class _Shown(dict[int, str]):
    """What is printed for a character code, found once for each code."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _shown(code)
        return shown


def _shown(code: int) -> str:
    char = chr(code)
    if code in _STAND_INS:
        return _STAND_INS[code]
    if code in _BREAKS:
        return "\n"
    category = unicodedata.category(char)
    if category in ("Cf", "Cc") or 0xFE00 <= code <= 0xFE0F:
        return ""  # invisible by nature: joiners, direction marks, variation selectors
    if code in _font(REGULAR).face.charToGlyph:
        return char
    if category == "Zs":
        return " "
    # a mark or skin tone belongs to the character before it, which is marked as missing already
    return "" if category in ("Mn", "Me", "Sk") else MISSING


_SHOWN = _Shown()


def printable(text: str) -> str:
    """The text as the typeface can print it: composed (NFC), unknown characters as MISSING."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_SHOWN)


class _Widths(dict[str, int]):
    """A character's width in thousandths of the size, asked of the font once for each character."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self._face = _font(face).face

    def __missing__(self, char: str) -> int:
        # ReportLab prints a no-break space as a space
        width: int = round(self._face.getCharWidth(32 if char == "\xa0" else ord(char)))
        self[char] = width
        return width


@cache
def _widths(face: str) -> _Widths:
    return _Widths(face)


def width(text: str, style: Style) -> float:
    """The length of one printable line in points."""
    return sum(map(_widths(style.face).__getitem__, text)) * style.size / 1000


def wrap(text: str, style: Style, room: float, longest_word: float = 0) -> list[str]:
    """The text as printable lines no wider than `room` points; at least one, possibly empty.

    Breaks at spaces, and inside a word only where the word alone is too wide; with `longest_word`, only where
    it is wider than so many points, so that a figure isn't torn apart.
    """
    widths, limit = _widths(style.face), room * 1000 / style.size
    most = max(limit, longest_word * 1000 / style.size)
    lines: list[str] = []
    for line in printable(text).split("\n"):
        if sum(map(widths.__getitem__, line)) <= limit:
            lines.append(line)
        else:
            lines += _wrapped(line, widths, limit, most)
    return lines


def _wrapped(line: str, widths: _Widths, limit: float, most: float) -> list[str]:
    lines: list[str] = []
    words: list[str] = []
    used, space = 0, widths[" "]
    for whole in line.split(" "):
        word = whole
        size = sum(map(widths.__getitem__, word))
        if words and used + space + size <= limit:
            words.append(word)
            used += space + size
            continue
        if words:
            lines.append(" ".join(words))
        while size > most:
            head = _fitting(word, widths, limit)
            lines.append(word[:head])
            word = word[head:]
            size = sum(map(widths.__getitem__, word))
        words, used = [word], size
    lines.append(" ".join(words))
    return lines


_SEAM = re.compile(r".*[-@._/,;]", re.DOTALL)


def _fitting(word: str, widths: _Widths, limit: float) -> int:
    """How many characters of a too wide word go on this line: at least one, up to a seam where there is one."""
    used = 0
    for count, char in enumerate(word):
        used += widths[char]
        if used > limit:
            seam = _SEAM.match(word, 0, count)
            return seam.end() if seam and 2 * seam.end() > count else max(count, 1)
    return len(word)


def fitted(text: str, style: Style, room: float) -> str:
    """The text as one printable line of at most `room` points, cut with … where it is longer."""
    line = " ".join(printable(text).split())
    if width(line, style) <= room:
        return line
    widths, limit = _widths(style.face), room * 1000 / style.size - _widths(style.face)["…"]
    return line[: _fitting(line, widths, limit)].rstrip() + "…" if limit > 0 else ""
