"""What a chart's shapes and colours mean: one line below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.pages.team.chart import colours, shapes
from organizer.ui.pages.team.chart.scene import Mark, Scene, mark_words

_MEMBERS = (Mark.ACTIVE, Mark.INACTIVE, Mark.UNSURE, Mark.CUSTOMER, Mark.LEFT)
_CHANGES = (Mark.NEW, Mark.GROWN, Mark.SHRUNK, Mark.MOVED, Mark.LOST)


class Legend(QWidget):
    """Draws each shape with its word."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: tuple[Mark, ...] = _MEMBERS
        self.setFont(theme.font("small"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.events().changed.connect(self.update)
        self._say()

    def show_scene(self, scene: Scene | None) -> None:
        """Explain what this scene's cards show."""
        self._marks = _MEMBERS + (_CHANGES if scene and scene.view.changes else ())
        self._say()
        self.update()

    def _say(self) -> None:
        words = ", ".join(mark_words(mark) for mark in self._marks)
        self.setAccessibleName(_("What the shapes mean: {words}").format(words=words))

    def sizeHint(self) -> QSize:
        """One line of small text."""
        return QSize(100, QFontMetrics(theme.font("small")).height() + theme.XS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shapes and words that there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        metrics = QFontMetrics(painter.font())
        size, x = metrics.height() * 0.6, 2.0
        for mark in self._marks:
            where = QRectF(x, (self.height() - size) / 2, size, size)
            if mark in _CHANGES:
                shapes.draw_change(painter, mark, where, colours.colour(mark))
            else:
                shapes.draw_mark(painter, mark, where, colours.colour(mark))
            painter.setPen(theme.muted())
            base = (self.height() + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(round(x + size + theme.XS), round(base), mark_words(mark))
            x += size + theme.XS + metrics.horizontalAdvance(mark_words(mark)) + theme.L
