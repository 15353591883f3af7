"""Cards on the screen: whole ones, ones with the name only, and marks."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QTransform

from organizer.i18n import format_number
from organizer.ui import theme
from organizer.ui.pages.team.chart import colours, shapes
from organizer.ui.pages.team.chart.camera import CARD_TALL, CARD_WIDE
from organizer.ui.pages.team.chart.scene import Mark, Scene, leg_title, mark_words

_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter

_KEPT = 5000  # shortened texts

_TOGGLE = 18, 7  # the height of the mark that collapses a leg, and the room beside its text


def toggle_rect(card: QRectF, scale: float, letters: int = 1) -> QRectF:
    """The mark on a card's lower edge that collapses and expands its leg."""
    tall = theme.scaled(_TOGGLE[0]) * scale
    wide = tall + theme.scaled(_TOGGLE[1]) * scale * (letters - 1)
    return QRectF(card.center().x() - wide / 2, card.bottom() - tall / 2, wide, tall)


def toggle_text(scene: Scene, place: int) -> str:
    """What stands on that mark: a minus, or how many are hidden; empty where nobody is below."""
    member = scene.layout.members[place]
    if member < 0 or not scene.has_below(member):
        return ""
    return f"+{format_number(scene.count_below(member))}" if scene.is_collapsed(place) else "–"


class Cards:
    """Draws cards of one scene; without `named`, ranks and figures only."""

    def __init__(self, scene: Scene, named: bool = True) -> None:
        self._scene = scene
        self._named = named
        self._bold, self._small = theme.font("body", bold=True), theme.font("small")
        self._colours = theme.colours()
        self._surface, self._raised, self._accent = theme.surface(), theme.raised(), theme.accent()
        self._text, self._muted, self._on_accent = theme.text(), theme.muted(), theme.on_accent()
        self._edge = QPen(theme.edge(), 1)
        self._dashes = QPen(theme.edge(), 1, Qt.PenStyle.DashLine)
        self._elided: dict[tuple[str, int, bool], str] = {}
        self._metrics = {True: QFontMetricsF(self._bold), False: QFontMetricsF(self._small)}

    def _fitting(self, text: str, wide: float, bold: bool) -> str:
        key = (text, int(wide), bold)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > _KEPT:
                self._elided.clear()
            found = self._metrics[bold].elidedText(text, Qt.TextElideMode.ElideRight, wide)
            self._elided[key] = found
        return found

    def _title(self, member: int) -> str:
        if self._named:
            return self._scene.name(member)
        return self._scene.view.team.ranks[member] or mark_words(self._scene.mark(member))

    # whole cards

    def draw_whole(self, painter: QPainter, place: int, card: QRectF, scale: float) -> None:
        """A card with all that it says, at `card` on the screen."""
        before = painter.transform()
        painter.setTransform(QTransform(scale, 0, 0, scale, card.x(), card.y()) * before)
        member = self._scene.layout.members[place]
        body = QRectF(0, 0, theme.scaled(CARD_WIDE), theme.scaled(CARD_TALL))
        if member < 0:
            self._draw_free(painter, place, body)
        else:
            self._draw_member(painter, member, body)
            self._draw_toggle(painter, toggle_text(self._scene, place), body)
        painter.setTransform(before)

    def draw_toggle(self, painter: QPainter, place: int, card: QRectF, scale: float) -> None:
        """Only the mark that collapses a leg, over what has been drawn around its card."""
        before = painter.transform()
        painter.setTransform(QTransform(scale, 0, 0, scale, card.x(), card.y()) * before)
        body = QRectF(0, 0, theme.scaled(CARD_WIDE), theme.scaled(CARD_TALL))
        self._draw_toggle(painter, toggle_text(self._scene, place), body)
        painter.setTransform(before)

    def _draw_free(self, painter: QPainter, place: int, body: QRectF) -> None:
        painter.setPen(self._dashes)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body, 6, 6)
        painter.setPen(self._muted)
        painter.setFont(self._small)
        painter.drawText(body, _CENTRE, f"{leg_title(self._scene.leg(place))}\n{mark_words(Mark.FREE)}")

    def _frame(self, painter: QPainter, member: int, body: QRectF, round_: float) -> tuple[QColor, QColor]:
        """The card itself; the colours of its title and its other text."""
        mark, me = self._scene.mark(member), self._scene.is_me(member)
        painter.setPen(self._dashes if mark is Mark.LEFT else self._edge)
        fill = self._accent if me else self._raised if mark is Mark.CUSTOMER else self._surface
        painter.setBrush(QBrush(fill))
        painter.drawRoundedRect(body, round_, round_)
        if me:
            return self._on_accent, self._on_accent
        return (self._text if mark is not Mark.LEFT else self._muted), self._muted

    def _draw_member(self, painter: QPainter, member: int, body: QRectF) -> None:
        scene, team, unit = self._scene, self._scene.view.team, theme.scaled(200) / 100
        mark, change = scene.mark(member), scene.change(member)
        title, other = self._frame(painter, member, body, 9 * unit if mark is Mark.CUSTOMER else 3 * unit)
        edge, line = 6 * unit, 9 * unit
        where = QRectF(edge, 5.5 * unit, 5 * unit, 5 * unit)
        shapes.draw_mark(painter, mark, where, other if scene.is_me(member) else colours.colour(mark).darker(105))
        wide = body.width() - 2 * edge
        if change:
            at = QRectF(body.right() - edge - 5 * unit, 5.5 * unit, 5 * unit, 5 * unit)
            shapes.draw_change(painter, change, at, title if scene.is_me(member) else self._text)
            painter.fillRect(QRectF(1, 4 * unit, 2 * unit, body.height() - 8 * unit), colours.colour(change))
            wide -= 7 * unit
        painter.setFont(self._bold)
        painter.setPen(title)
        room = wide - 8 * unit
        top = 3.5 * unit
        painter.drawText(
            QRectF(edge + 8 * unit, top, room, line),
            _ALIGN_LEFT,
            self._fitting(self._title(member), room, bold=True),
        )
        painter.setFont(self._small)
        painter.setPen(other)
        wide = body.width() - 2 * edge
        number = team.numbers[member] if self._named else ""
        number = self._fitting(number, wide * 0.5, bold=False)
        taken = self._metrics[False].horizontalAdvance(number) + 4 * unit if number else 0.0
        second = QRectF(edge, top + line + unit, wide, line)
        if number:
            painter.drawText(second, _ALIGN_RIGHT, number)
        rank = team.ranks[member] if mark not in (Mark.CUSTOMER, Mark.LEFT) else mark_words(mark)
        painter.drawText(second, _ALIGN_LEFT, self._fitting(rank, wide - taken, bold=False))
        third = QRectF(edge, second.bottom() - unit, wide, line)
        painter.drawText(third, _ALIGN_LEFT, self._fitting(scene.volumes(member), wide, bold=False))

    def draw_hidden(self, painter: QPainter, place: int, card: QRectF) -> None:
        """How many of a collapsed leg are hidden, on a small card."""
        if self._scene.layout.members[place] >= 0 and self._scene.is_collapsed(place):
            self._draw_toggle(painter, toggle_text(self._scene, place), card)

    def _draw_toggle(self, painter: QPainter, text: str, body: QRectF) -> None:
        if not text:
            return
        where = toggle_rect(body, 1.0, len(text))
        painter.setPen(self._edge)
        painter.setBrush(self._surface)
        painter.drawRoundedRect(where, where.height() / 2, where.height() / 2)
        painter.setFont(self._small)
        painter.setPen(self._text)
        painter.drawText(where, _CENTRE, text)

    # smaller ones

    def draw_name(self, painter: QPainter, place: int, card: QRectF) -> None:
        """A card with the name only, in letters that stay readable."""
        member = self._scene.layout.members[place]
        if member < 0:
            painter.setPen(self._dashes)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card, 3, 3)
            painter.setFont(self._small)
            painter.setPen(self._muted)
            painter.drawText(card, _CENTRE, leg_title(self._scene.leg(place)))
            return
        mark, change = self._scene.mark(member), self._scene.change(member)
        title, other = self._frame(painter, member, card, card.height() / 2.5 if mark is Mark.CUSTOMER else 3)
        size = min(theme.scaled(7), card.height() / 2)
        where = QRectF(card.left() + 4, card.center().y() - size / 2, size, size)
        me = self._scene.is_me(member)
        if change:
            shapes.draw_change(painter, change, where, other if me else colours.colour(change))
        else:
            shapes.draw_mark(painter, mark, where, other if me else colours.colour(mark))
        painter.setFont(self._small)
        painter.setPen(title)
        room = card.adjusted(size + 7, 0, -3, 0)
        painter.drawText(room, _ALIGN_LEFT, self._lines(self._title(member), room))

    def _lines(self, text: str, room: QRectF) -> str:
        """A name in one line, or where it is longer and there is room, first and last name in one each."""
        metrics = self._metrics[False]
        first, _space, last = text.rpartition(" ")
        if not first or room.height() < 2 * metrics.height() or metrics.horizontalAdvance(text) <= room.width():
            return self._fitting(text, room.width(), bold=False)
        return "\n".join(self._fitting(part, room.width(), bold=False) for part in (first, last))

    def draw_marks(self, painter: QPainter, cards: list[tuple[int, QRectF]]) -> None:
        """Many at once, as filled and empty boxes in the marks' colours."""
        by_mark: dict[Mark, list[QRectF]] = defaultdict(list)
        for place, card in cards:
            member = self._scene.layout.members[place]
            mark = Mark.FREE if member < 0 else self._scene.shade(member)
            by_mark[mark].append(card)
        for mark, boxes in by_mark.items():
            hollow = mark in (Mark.FREE, Mark.LEFT, Mark.INACTIVE, Mark.UNSURE)
            painter.setPen(self._dashes if mark in (Mark.FREE, Mark.LEFT) else QPen(colours.colour(mark), 1))
            painter.setBrush(self._surface if hollow else colours.colour(mark))
            painter.drawRects(boxes)
