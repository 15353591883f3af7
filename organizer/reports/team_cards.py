"""The cards of a team and the lines between them, drawn on a canvas. What they mark is seen in grey print too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from organizer.domain.team import Kind
from organizer.i18n import _, format_number, ngettext
from organizer.reports import style
from organizer.reports.fonts import BOLD, REGULAR, Colour, Style, fitted, width
from organizer.reports.team_seen import Seen, leg_word, volume_text
from organizer.reports.team_shape import CARD
from organizer.reports.team_wall_plan import LINE, NAME_LINE, PAD, TYPE, Wall

_NAME = Style(BOLD, 9, NAME_LINE, style.INK)
_SMALL = Style(REGULAR, TYPE, LINE, style.INK)
_SMALL_BOLD = Style(BOLD, TYPE, LINE, style.INK)
_FREE = Style(REGULAR, TYPE, LINE, style.GREY)

_INSIDE = 6.0
_DOT = 2.8
_WHITE: Colour = (1, 1, 1)
_EDGES = {True: 1.5, False: 0.6, None: 0.6}
_DASHES = {Kind.DISTRIBUTOR: (), Kind.CUSTOMER: (3, 2), Kind.CANCELLED: (1, 2)}

_Run = tuple[float, float, Style, str]
"""A line of text: from the card's left edge, down to its baseline, how, and what."""


class Cards:
    """Draws a planned chart; the canvas's origin is the drawing's upper left corner, y upwards, at its scale."""

    def __init__(self, wall: Wall) -> None:
        self._wall, self._seen = wall, wall.seen
        self._known: dict[int, list[_Run]] = {}

    def draw(self, canvas: Any, boxes: Iterable[int]) -> None:
        """The connectors and the cards among the wall's `boxes`."""
        cards: list[int] = []
        strokes: list[int] = []
        for box in boxes:
            (cards if box < self._wall.cards else strokes).append(box)
        self._draw_strokes(canvas, strokes)
        for place in cards:
            self._draw_card(canvas, place)
        self._draw_text(canvas, cards)

    def _draw_strokes(self, canvas: Any, strokes: Sequence[int]) -> None:
        canvas.setLineWidth(0.8)
        canvas.setDash()
        canvas.setStrokeColor(style.GREY)
        canvas.setLineCap(2)
        lines = self._wall.shape.lines
        canvas.lines([_flipped(lines[box - self._wall.cards]) for box in strokes])
        canvas.setLineCap(0)

    def _draw_card(self, canvas: Any, place: int) -> None:
        seen, shape, height = self._seen, self._wall.shape, self._wall.card_height
        member = self._wall.layout.members[place]
        x, y = shape.lefts[place], -shape.tops[place] - height
        if member < 0:
            canvas.setLineWidth(0.6)
            canvas.setDash(2, 2)
            canvas.setStrokeColor(style.GREY)
            canvas.setFillColor(_WHITE)
            canvas.rect(x, y, CARD, height, stroke=1, fill=1)
            return
        active = seen.active[member] if seen.active is not None else None
        canvas.setLineWidth(_EDGES[active])
        canvas.setDash(*_DASHES[seen.team.kinds[member]])
        canvas.setStrokeColor(style.INK)
        canvas.setFillColor(style.TINT if member == seen.team.me else _WHITE)
        canvas.rect(x, y, CARD, height, stroke=1, fill=1)
        if active is not None:
            canvas.setDash()
            dot(canvas, x + CARD - _INSIDE - _DOT, y + height - PAD - NAME_LINE / 2, active)

    def _draw_text(self, canvas: Any, cards: Sequence[int]) -> None:
        # one text object for all: several times quicker than drawString; card by card, so that it reads in order
        shape, look = self._wall.shape, None
        text = canvas.beginText()
        for place in cards:
            left, top = shape.lefts[place], -shape.tops[place]
            for x, down, run_style, line in self._runs(place):
                if run_style is not look:
                    look = run_style
                    text.setFont(look.face, look.size)
                    text.setFillColor(look.colour)
                text.setTextOrigin(left + x, top - down)
                text.textOut(line)
        canvas.drawText(text)

    def _runs(self, place: int) -> list[_Run]:
        # sheets overlap, so many a card is drawn more than once
        if place not in self._known:
            self._known[place] = list(self._written(place))
        return self._known[place]

    def _written(self, place: int) -> Iterator[_Run]:
        seen, layout, room = self._seen, self._wall.layout, CARD - 2 * _INSIDE
        member = layout.members[place]
        leg = leg_word(layout.slots[place], seen.width)
        if member < 0:
            free = _("{leg}, free").format(leg=leg)
            yield _INSIDE, self._wall.card_height / 2 + TYPE / 3, _FREE, fitted(free, _FREE, room)
            return
        down = PAD + NAME_LINE * 0.76
        dotted = seen.active is not None and seen.active[member] is not None
        yield _INSIDE, down, _NAME, fitted(seen.called(member), _NAME, room - (3 * _DOT if dotted else 0))
        down += LINE + 1
        change = fitted(seen.change(member), _SMALL_BOLD, room / 2)
        if change:
            yield CARD - _INSIDE - width(change, _SMALL_BOLD), down, _SMALL_BOLD, change
        taken = width(change, _SMALL_BOLD) + 4 if change else 0
        yield _INSIDE, down, _SMALL, fitted(self._second(member, leg), _SMALL, room - taken)
        for label, values in seen.figures:
            down += LINE
            yield from _figure(label, volume_text(values[member]), down)
        if hidden := self._wall.hidden(place):
            text = ngettext("+ {count} below", "+ {count} below", hidden).format(count=format_number(hidden))
            yield _INSIDE, down + LINE, _SMALL_BOLD, fitted(text, _SMALL_BOLD, room)

    def _second(self, member: int, leg: str) -> str:
        seen = self._seen
        number = seen.team.numbers[member]
        number = "" if number == seen.called(member) else number
        return " · ".join(part for part in (leg, number, seen.rank(member)) if part)


def _figure(label: str, amount: str, down: float) -> Iterator[_Run]:
    right = CARD - _INSIDE
    amount = fitted(amount, _SMALL_BOLD, right - _INSIDE)
    taken = width(amount, _SMALL_BOLD)
    yield _INSIDE, down, _SMALL, fitted(label, _SMALL, right - _INSIDE - taken - 4)
    yield right - taken, down, _SMALL_BOLD, amount


def _flipped(line: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return line[0], -line[1], line[2], -line[3]


def dot(canvas: Any, x: float, y: float, active: bool) -> None:
    """The mark of who is active, full, or isn't, hollow."""
    canvas.setLineWidth(0.8)
    canvas.setStrokeColor(style.INK)
    canvas.setFillColor(style.INK if active else _WHITE)
    canvas.circle(x, y, _DOT, stroke=1, fill=1)


def legend(canvas: Any, seen: Seen, x: float, y: float) -> None:
    """What the marks mean, in one line from `x` on the baseline `y`."""
    texts = []
    if seen.active is not None:
        for active, word in ((True, _("active")), (False, _("not active"))):
            dot(canvas, x + _DOT, y + TYPE / 3, active)
            x += 2 * _DOT + 3
            x = _put(canvas, x, y, word) + 10
    if Kind.CUSTOMER in seen.team.kinds:
        texts.append(_("dashed edge: a customer"))
    if Kind.CANCELLED in seen.team.kinds:
        texts.append(_("dotted edge: has left"))
    if any(None in values for _label, values in seen.figures):
        texts.append(_("– means that it isn't known"))
    if seen.changes is not None:
        texts.append(_("+ and – beside the rank: own volume since the period compared with"))
    _put(canvas, x, y, " · ".join(texts))


def _put(canvas: Any, x: float, y: float, text: str) -> float:
    line = fitted(text, _SMALL, 10_000)
    canvas.setFont(_SMALL.face, _SMALL.size)
    canvas.setFillColor(style.INK)
    canvas.drawString(x, y, line)
    return x + width(line, _SMALL)
