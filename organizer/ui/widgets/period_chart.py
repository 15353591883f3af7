"""A small chart over a row of periods: one line for each figure, gaps where nothing is known, marks on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from organizer.ui import theme

_PLOT, _WIDTH, _DOT = 44, 240, 2.5


@dataclass(frozen=True)
class Row:
    """One figure: its name, an amount for each period (None: not known), and how its highest is written."""

    name: str
    amounts: Sequence[int | None]
    highest: str = ""


@dataclass(frozen=True)
class ChartData:
    """What is drawn: the ends' names, rows of equal length, marks by period's place, and what each place says."""

    first: str = ""
    last: str = ""
    rows: Sequence[Row] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    spoken: Sequence[str] = ()


class PeriodChart(QWidget):
    """Left, Right, Home, End and the mouse go from period to period; `moved(place)` tells where to."""

    moved = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._data = ChartData()
        self._at = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.events().changed.connect(self.update)

    def show_data(self, data: ChartData, at: int) -> None:
        """Draw this, with the cursor at a place."""
        self._data = data
        self.updateGeometry()
        self._go(at, told=False)

    def at(self) -> int:
        """The place of the cursor, -1 where there is nothing."""
        return self._at

    def _go(self, place: int, *, told: bool = True) -> None:
        count = len(self._data.spoken)
        self._at = min(max(place, 0), count - 1)
        self.setAccessibleDescription(self._data.spoken[self._at] if count else "")
        self.update()
        if told and count:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._data.spoken[self._at]))
        self.moved.emit(self._at)

    # size

    def sizeHint(self) -> QSize:
        """Qt's: a caption and a plot for each row, the marks above and the ends' names below."""
        rows = max(len(self._data.rows), 1)
        height = rows * (self._caption() + theme.scaled(_PLOT)) + self._caption() * 2
        return QSize(theme.scaled(_WIDTH), height)

    def minimumSizeHint(self) -> QSize:
        """Qt's: the same."""
        return self.sizeHint()

    def _caption(self) -> int:
        return QFontMetrics(theme.font("small")).height() + theme.XS // 2

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: from period to period."""
        steps = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._data.spoken) - 1,
        }
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._go(steps[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: to the period that is clicked."""
        self._go(self._nearest(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: a drag goes along."""
        self._go(self._nearest(event.position().x()), told=False)

    def _nearest(self, x: float) -> int:
        places = range(len(self._data.spoken))
        return min(places, key=lambda place: abs(self._x(place) - x), default=-1)

    def _x(self, place: int) -> float:
        count = len(self._data.spoken)
        edge = theme.S
        return edge + (self.width() - 2 * edge) * (place / (count - 1) if count > 1 else 0.5)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it all."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        caption, plot = self._caption(), theme.scaled(_PLOT)
        if not self._data.spoken:
            return
        top = caption
        for number, row in enumerate(self._data.rows):
            area = QRectF(0, top + caption, self.width(), plot)
            self._paint_caption(painter, row, QRectF(0, top, self.width(), caption))
            self._paint_upright(painter, area)
            self._paint_row(painter, row, area, number)
            top += caption + plot
        self._paint_marks(painter, caption)
        painter.setPen(theme.muted())
        across = QRectF(0, top, self.width(), caption)
        painter.drawText(
            across, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._cut(self._data.first)
        )
        painter.drawText(
            across, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, self._cut(self._data.last)
        )
        if self.hasFocus():
            painter.setPen(QPen(theme.accent(), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _cut(self, text: str) -> str:
        metrics = QFontMetrics(theme.font("small"))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width() // 2 - theme.S)

    def _paint_upright(self, painter: QPainter, area: QRectF) -> None:
        """The marks and the cursor."""
        lines = [(place, QPen(theme.muted(), 1, Qt.PenStyle.DotLine)) for place in self._data.marks]
        for place, pen in [*lines, (self._at, QPen(theme.edge(), 1))]:
            painter.setPen(pen)
            x = round(self._x(place)) + 0.5
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_caption(self, painter: QPainter, row: Row, area: QRectF) -> None:
        painter.setPen(theme.muted())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._cut(row.name))
        if row.highest:
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.highest)

    def _paint_row(self, painter: QPainter, row: Row, area: QRectF, number: int) -> None:
        known = [amount for amount in row.amounts if amount is not None]
        low, high = min(0, *known, 0), max(0, *known, 0)
        inner = area.adjusted(0, theme.XS, 0, -theme.XS)

        def at(place: int, amount: int) -> QPointF:
            share = (amount - low) / (high - low) if high > low else 0.0
            return QPointF(self._x(place), inner.bottom() - share * inner.height())

        painter.setPen(QPen(theme.line(), 1))
        zero = at(0, 0).y()
        painter.drawLine(QPointF(theme.S, zero), QPointF(self.width() - theme.S, zero))
        colour = theme.accent() if number == 0 else theme.text()
        painter.setPen(QPen(colour, 1.5))
        before: QPointF | None = None
        for place, amount in enumerate(row.amounts):
            point = None if amount is None else at(place, amount)
            if point and before:
                painter.drawLine(before, point)
            before = point
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for place, amount in enumerate(row.amounts):
            if amount is not None:
                size = theme.scaled(4) if place == self._at else _DOT
                painter.drawEllipse(at(place, amount), size, size)

    def _paint_marks(self, painter: QPainter, caption: int) -> None:
        metrics = QFontMetrics(theme.font("small"))
        free = float(self.width())
        # from the newest back: where two are close, only the newer one is written
        for place in sorted(self._data.marks, reverse=True):
            x = self._x(place)
            text = self._data.marks[place]
            width = metrics.horizontalAdvance(text)
            left = min(x, free - width)
            if left < 0 or (left < x - width / 2 and free < self.width()):
                continue
            painter.setPen(theme.text())
            painter.drawText(QRectF(left, 0, width + 2, caption), Qt.AlignmentFlag.AlignLeft, text)
            free = left - theme.S
