"""What a page is made of: blocks, laid under each other and never split.

A long text is one block per line, and a tall table row several blocks, so anything can run over pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import NamedTuple

from organizer.reports.fonts import Colour, Style, width, wrap
from organizer.reports.style import BODY

_TALLEST = 40
"""Lines of a table row that stay together; a longer row goes on in another block."""

_MIDDLE = 0.34
"""How far below the middle of its line a baseline lies, in sizes, so that the letters stand in the middle."""

_OVERHANG = 1.35
_BULLET = 12.0
_PANEL = 14.0


class Run(NamedTuple):
    """One printable line of text: `x` from the left margin and `down` from the block's top to the baseline."""

    x: float
    down: float
    style: Style
    text: str


class Bar(NamedTuple):
    """A filled rectangle, `x` from the left margin and `down` from the block's top, in points."""

    x: float
    down: float
    width: float
    height: float
    colour: Colour


class Shown(NamedTuple):
    """A picture, `x` from the left margin and `down` from the block's top, in points; `data` is an image file."""

    x: float
    down: float
    width: float
    height: float
    data: bytes


def pixels(picture: bytes) -> tuple[int, int] | None:
    """An image file's width and height in pixels, None where it is none that can be read to its end."""
    from PIL import Image

    try:
        with Image.open(BytesIO(picture)) as image:
            image.load()
            return image.size if all(image.size) else None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # what Pillow says of damaged ones
        return None


@dataclass(frozen=True, slots=True)
class Block:
    """A strip of the page, `height` points high.

    `keep` holds it on one page with the next block; `header` is printed again when a page starts with this
    block; `rule` is the colour of a hairline under it, `fill` of its ground, on which `bars` and `pictures` lie.
    Without any of these it is white space, left out at the top of a page.
    """

    height: float
    runs: Sequence[Run] = ()
    keep: bool = False
    header: Block | None = None
    rule: Colour | None = None
    fill: Colour | None = None
    bars: Sequence[Bar] = ()
    pictures: Sequence[Shown] = ()

    @property
    def blank(self) -> bool:
        """White space only."""
        return not (self.runs or self.rule or self.fill or self.bars or self.pictures)


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: where it starts and how wide it is, in points; numbers go to the right edge."""

    x: float
    width: float
    right: bool = False


class Line(NamedTuple):
    """A line in a cell."""

    style: Style
    text: str


def gap(height: float) -> Block:
    """White space."""
    return Block(height)


def cell(text: str, style: Style, column: Column) -> list[Line]:
    """The lines of a cell; none for an empty text. A long figure may reach into the gutter."""
    longest = column.width * _OVERHANG if column.right else 0
    return [Line(style, line) for line in wrap(text, style, column.width, longest)] if text else []


def rows(
    columns: Sequence[Column],
    cells: Sequence[Sequence[Line]],
    *,
    pad: float = 3,
    header: Block | None = None,
    rule: Colour | None = None,
    fill: Colour | None = None,
    keep: bool = False,
) -> Iterator[Block]:
    """A table row as blocks: one, or more where it is too tall to stay together. `pad` is above and below."""
    count = max((len(lines) for lines in cells), default=0)
    for first in range(0, max(count, 1), _TALLEST):
        last = first + _TALLEST >= count
        runs, height = _placed(columns, cells, first, pad)
        yield Block(height + pad, runs, keep and last, header, rule if last else None, fill)


def _placed(
    columns: Sequence[Column], cells: Sequence[Sequence[Line]], first: int, top: float
) -> tuple[list[Run], float]:
    runs: list[Run] = []
    height = top
    for column, lines in zip(columns, cells, strict=True):
        down = top
        for style, text in lines[first : first + _TALLEST]:
            x = column.x + column.width - width(text, style) if column.right else column.x
            runs.append(Run(x, down + style.leading / 2 + style.size * _MIDDLE, style, text))
            down += style.leading
        height = max(height, down)
    return runs, height


def paragraph(
    text: str, style: Style, room: float, *, x: float = 0, header: Block | None = None, keep: bool = False
) -> Iterator[Block]:
    """Wrapped text, one block a line; the first two stay together, and the last two.

    `keep` holds the last line on the page of what follows.
    """
    lines = wrap(text, style, room)
    for number, line in enumerate(lines):
        run = Run(x, style.leading / 2 + style.size * _MIDDLE, style, line)
        together = number in (0, len(lines) - 2) and len(lines) > 1
        yield Block(style.leading, (run,) if line else (), together or (keep and number == len(lines) - 1), header)


def table_head(columns: Sequence[Column], labels: Iterable[str], style: Style, rule: Colour) -> Block:
    """The row of labels over a table; labels too long for a column are wrapped."""
    cells = [cell(label, style, column) for label, column in zip(labels, columns, strict=True)]
    (block, *_rest) = rows(columns, cells, rule=rule, keep=True)
    return block


def bullets(texts: Iterable[str], room: float) -> Iterator[Block]:
    """A list of body texts, each after a bullet."""
    for text in texts:
        for number, block in enumerate(paragraph(text, BODY, room - _BULLET, x=_BULLET)):
            mark = (Run(2, BODY.leading / 2 + BODY.size * _MIDDLE, BODY, "•"),) if number == 0 else ()
            yield replace(block, runs=(*mark, *block.runs))


def panel(texts: Iterable[tuple[str, Style]], room: float, fill: Colour) -> Block:
    """Short texts under each other on a coloured ground, as one block."""
    runs, down = [], 2 * _PANEL / 3
    for text, style in texts:
        for line in wrap(text, style, room - 2 * _PANEL):
            runs.append(Run(_PANEL, down + style.leading / 2 + style.size * _MIDDLE, style, line))
            down += style.leading
    return Block(down + 2 * _PANEL / 3, runs, fill=fill)
