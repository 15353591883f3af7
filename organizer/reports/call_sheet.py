"""A call sheet: whom to call, what was said last, and room to write beside the phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from organizer.i18n import _, format_number, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Bar, Block, Run, paragraph
from organizer.reports.fonts import BOLD, REGULAR, Colour, Style, fitted, printable, width, wrap
from organizer.reports.watch import Progress, Stop, Watch

# large enough to read at arm's length, with a phone in the other hand
_NAME = Style(BOLD, 14, 19, style.INK)
_PHONE = Style(BOLD, 13, 18, style.INK)
_KIND = Style(REGULAR, 9.5, 18, style.GREY)
_TOLD = Style(REGULAR, 10.5, 14.5, style.INK)
_BOX = Style(REGULAR, 10.5, 19, style.INK)

_TICK = 10.0
_WRITING = 22.0
"""Points between the lines to write on."""

_MOST_LINES = 3
"""Of what was said last, and of the next step: the rest stands in the program."""

_EDGE: Colour = style.GREY


@dataclass(frozen=True, slots=True)
class Caller:
    """One person on the sheet: phones with their kinds, and what was said last and comes next, in words."""

    name: str
    town: str
    phones: Sequence[tuple[str, str]]
    last: str
    next: str


def call_sheet(
    callers: Sequence[Caller],
    words: str,
    left_out: int,
    head: base.Head,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The sheet, in the order given; `words` say which list it is. Raises Cancelled.

    Of those who were left out only the number is told: a "no" isn't spread on paper.
    """
    watch = Watch(progress, cancelled)
    count = ngettext("{count} contact", "{count} contacts", len(callers)).format(count=format_number(len(callers)))
    told = [words, count]
    if left_out:
        missing = ngettext("{count} left out: no consent", "{count} left out: no consent", left_out)
        told.append(missing.format(count=format_number(left_out)))
    sheet = base.Sheet(_("Call sheet"), " · ".join(told), _blocks(callers, watch))
    return base.pdf(sheet, head, watch)


def _blocks(callers: Sequence[Caller], watch: Watch) -> Iterator[Block]:
    if not callers:
        yield from paragraph(_("There is nobody to call on this list."), _TOLD, base.room())
    for caller in watch.over(callers, 0, base.BUILT):
        yield from _person(caller)


def _person(caller: Caller) -> Iterator[Block]:
    room = base.room()
    boxes, runs, left = _tick_boxes(room)
    lines = wrap(caller.name, _NAME, left - 10)[:_MOST_LINES]
    runs += [Run(0, 20 + number * _NAME.leading, _NAME, line) for number, line in enumerate(lines)]
    down, after = 20 + (len(lines) - 1) * _NAME.leading, width(lines[-1], _NAME) + 8
    if caller.town and after < left - 60:
        runs.append(Run(after, down, _KIND, fitted(caller.town, _KIND, left - after - 10)))
    yield Block(down + 6, runs, keep=True, bars=boxes)
    yield from _phones(caller.phones, room)
    for label, text in ((_("Last"), caller.last), (_("Next"), caller.next)):
        if text:
            yield from _told(label, text, room)
    for number in range(2):
        yield Block(_WRITING, keep=number == 0, rule=style.HAIR)
    yield Block(6)


def _tick_boxes(room: float) -> tuple[list[Bar], list[Run], float]:
    """Boxes to tick at the right end, their words, and where they begin."""
    bars: list[Bar] = []
    runs: list[Run] = []
    x = room
    for word in (_("no"), _("later"), _("talked")):
        text = printable(word)
        x -= width(text, _BOX)
        runs.append(Run(x, 19, _BOX, text))
        x -= _TICK + 5
        bars += _outline(x, 10)
        x -= 14
    return bars, runs, x


def _outline(x: float, down: float) -> list[Bar]:
    thin = 0.8
    return [
        Bar(x, down, _TICK, thin, _EDGE),
        Bar(x, down + _TICK - thin, _TICK, thin, _EDGE),
        Bar(x, down, thin, _TICK, _EDGE),
        Bar(x + _TICK - thin, down, thin, _TICK, _EDGE),
    ]


def _phones(phones: Sequence[tuple[str, str]], room: float) -> Iterator[Block]:
    runs: list[Run] = []
    x = 0.0
    for number, kind in phones:
        text, label = fitted(number, _PHONE, room), fitted(kind, _KIND, 120)
        needed = width(text, _PHONE) + (width(label, _KIND) + 5 if label else 0)
        if runs and x + needed > room:
            yield Block(_PHONE.leading, runs, keep=True)
            runs, x = [], 0.0
        runs.append(Run(x, 13, _PHONE, text))
        x += width(text, _PHONE) + 5
        if label:
            runs.append(Run(x, 13, _KIND, label))
            x += width(label, _KIND)
        x += 18
    if runs:
        yield Block(_PHONE.leading, runs, keep=True)


def _told(label: str, text: str, room: float) -> Iterator[Block]:
    indent = 42.0
    lines = wrap(" ".join(text.split()), _TOLD, room - indent)
    if len(lines) > _MOST_LINES:
        rest = " ".join(lines[_MOST_LINES - 1 :])
        lines = [*lines[: _MOST_LINES - 1], fitted(rest, _TOLD, room - indent)]
    for number, line in enumerate(lines):
        runs = [Run(indent, 11, _TOLD, line)]
        if number == 0:
            runs.insert(0, Run(0, 11, _KIND, fitted(label, _KIND, indent - 4)))
        yield Block(_TOLD.leading, runs, keep=True)
