"""A bar that shows how much of something there is; what it says stands beside it as text."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from organizer.ui import theme

_HEIGHT, _THIN, _WIDTH = 10, 6, 48


class ShareBar(QWidget):
    """`share` of its length is filled, 0 to 1. Outline and filling differ in lightness too, not in hue alone."""

    def __init__(self, share: Fraction, *, thin: bool = False) -> None:
        super().__init__()
        self._share = float(min(max(share, Fraction()), Fraction(1)))
        self._height = theme.scaled(_THIN if thin else _HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.events().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Qt's: a strip."""
        return QSize(theme.scaled(_WIDTH), self._height)

    def minimumSizeHint(self) -> QSize:
        """Qt's: the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: the outline, and what there is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        round_ = whole.height() / 2
        painter.setPen(QPen(theme.edge(), 1))
        painter.setBrush(theme.surface())
        painter.drawRoundedRect(whole, round_, round_)
        if self._share > 0:
            # a little is seen as a little, never as nothing
            filled = QRectF(whole)
            filled.setWidth(max(whole.width() * self._share, whole.height()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent())
            painter.drawRoundedRect(filled, round_, round_)
