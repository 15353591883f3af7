"""The small shapes on a chart's cards, each told from the others without its colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from organizer.ui.pages.team.chart.scene import Mark


def draw_mark(painter: QPainter, mark: Mark, where: QRectF, colour: QColor) -> None:
    """A filled disc (active), a ring (not active), a ring with a bar (not known), a square (customer), a cross."""
    painter.setPen(QPen(colour, max(where.width() / 6, 1)))
    if mark is Mark.CUSTOMER:
        painter.fillRect(where, colour)
    elif mark is Mark.LEFT:
        painter.drawLine(where.topLeft(), where.bottomRight())
        painter.drawLine(where.topRight(), where.bottomLeft())
    else:
        painter.setBrush(colour if mark is Mark.ACTIVE else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(where)
        if mark is Mark.UNSURE:
            middle, reach = where.center(), where.width() / 4
            painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))


def draw_change(painter: QPainter, change: Mark, where: QRectF, colour: QColor) -> None:
    """A cross for the new, arrows up, down and to both sides for grown, shrunk and moved, a bar for the lost."""
    painter.setPen(QPen(colour, max(where.width() / 6, 1)))
    painter.setBrush(colour)
    middle = where.center()
    if change in (Mark.NEW, Mark.LOST):
        painter.drawLine(QPointF(where.left(), middle.y()), QPointF(where.right(), middle.y()))
        if change is Mark.NEW:
            painter.drawLine(QPointF(middle.x(), where.top()), QPointF(middle.x(), where.bottom()))
    elif change is Mark.GROWN:
        painter.drawPolygon(QPolygonF([where.bottomLeft(), where.bottomRight(), QPointF(middle.x(), where.top())]))
    elif change is Mark.SHRUNK:
        painter.drawPolygon(QPolygonF([where.topLeft(), where.topRight(), QPointF(middle.x(), where.bottom())]))
    else:
        gap = where.width() / 10
        for side, edge in ((-gap, where.left()), (gap, where.right())):
            base = middle.x() + side
            tips = [QPointF(base, where.top()), QPointF(base, where.bottom()), QPointF(edge, middle.y())]
            painter.drawPolygon(QPolygonF(tips))
