"""Which part of a chart is seen, and how large: chart places to pixels and back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from organizer.domain.tree_layout import Layout
from organizer.domain.tree_raster import Sight
from organizer.ui import theme

CARD_WIDE, CARD_TALL = 184, 76
ACROSS, DOWN = 200, 124
"""A card at 100 %, and from card to card, in pixels at 100 % text."""

LARGEST = 2.5

READABLE = 0.5
"""The scale from which on most names have room on their cards."""

_LEAST_MARK = 8.0  # pixels that a mark has at least where there is room
_MARGIN = 24.0


@dataclass
class Camera:
    """Looks at a chart of `wide` places and `rows` rows from a window of `width` times `height` pixels.

    `left` and `top` are the chart's place and row in the window's corner. `zoom` is 1 at 100 %. A team that is
    much wider than deep would be a hair's breadth when the whole of it is seen: no direction is drawn smaller
    than what fills the window.
    """

    wide: float = 1.0
    rows: int = 1
    width: int = 1
    height: int = 1
    zoom: float = 1.0
    left: float = -0.5
    top: float = -0.5

    # sizes

    def _least(self) -> tuple[float, float]:
        across = max(self.width - 2 * _MARGIN, 1.0) / self.wide
        down = max(self.height - 2 * _MARGIN, 1.0) / self.rows
        return min(theme.scaled(ACROSS), across), min(theme.scaled(DOWN), down)

    @property
    def across(self) -> float:
        """Pixels from place to place in a row."""
        return max(self.zoom * theme.scaled(ACROSS), self._least()[0])

    @property
    def down(self) -> float:
        """Pixels from row to row."""
        return max(self.zoom * theme.scaled(DOWN), self._least()[1])

    @property
    def scale(self) -> float:
        """How large a card is, 1 at 100 %: it keeps its form in whichever direction there is less room."""
        return min(self.across / theme.scaled(ACROSS), self.down / theme.scaled(DOWN))

    @property
    def smallest(self) -> float:
        """The zoom at which the whole chart is seen."""
        across, down = self._least()
        return min(across / theme.scaled(ACROSS), down / theme.scaled(DOWN))

    def card_size(self) -> tuple[float, float]:
        """A card's width and height in pixels."""
        wide = max(theme.scaled(CARD_WIDE) * self.scale, min(_LEAST_MARK, self.across * 0.9))
        return wide, max(theme.scaled(CARD_TALL) * self.scale, min(_LEAST_MARK, self.down * 0.4))

    # places and pixels

    def pixel(self, x: float, row: float) -> QPointF:
        """Where a place of the chart is in the window."""
        return QPointF((x - self.left) * self.across, (row - self.top) * self.down)

    def place(self, pixel: QPointF) -> tuple[float, float]:
        """The chart's place and row at a pixel."""
        return self.left + pixel.x() / self.across, self.top + pixel.y() / self.down

    def card(self, x: float, row: float) -> QRectF:
        """The card at a place of the chart, in the window."""
        wide, tall = self.card_size()
        middle = self.pixel(x, row)
        return QRectF(middle.x() - wide / 2, middle.y() - tall / 2, wide, tall)

    def sight(self, ratio: float = 1.0) -> Sight:
        """What is seen, in a picture of `ratio` pixels for each of the window's."""
        wide, tall = self.card_size()
        size = round(self.width * ratio), round(self.height * ratio)
        lengths = (self.across * ratio, self.down * ratio, wide * ratio, tall * ratio)
        return Sight(self.left, self.top, *lengths, *size)

    # moving

    def set_chart(self, layout: Layout) -> None:
        """Look at another chart, from the same place."""
        self.wide, self.rows = layout.width + 1, max(layout.depth, 1)

    def resize(self, width: int, height: int) -> None:
        """The window has another size; what was in its middle stays there."""
        middle = self.place(QPointF(self.width / 2, self.height / 2))
        self.width, self.height = max(width, 1), max(height, 1)
        self.hold(middle, QPointF(self.width / 2, self.height / 2))

    def zoom_by(self, factor: float, around: QPointF) -> None:
        """Zoom, and keep what is at `around` there."""
        held = self.place(around)
        self.zoom = min(max(self.zoom * factor, self.smallest), LARGEST)
        self.hold(held, around)

    def hold(self, place: tuple[float, float], at: QPointF) -> None:
        """Move so that a place and row of the chart is at a pixel, as far as the chart's edges allow."""
        self.left, self.top = place[0] - at.x() / self.across, place[1] - at.y() / self.down
        self.clamp()

    def pan(self, right: float, down: float) -> None:
        """Move the chart by pixels."""
        self.left -= right / self.across
        self.top -= down / self.down
        self.clamp()

    def clamp(self) -> None:
        """Stay with the chart: one that is smaller than the window is in its middle, at the top."""
        self.left = _clamped(self.left, self.wide, self.width / self.across, _MARGIN / self.across, 0.5)
        self.top = _clamped(self.top, self.rows, self.height / self.down, _MARGIN / self.down, 0.0)

    def fit(self, left: float, right: float, first: int, last: int) -> None:
        """Show this part as large as it can be, at most at 100 %."""
        across = (self.width - 2 * _MARGIN) / (right - left + 1) / theme.scaled(ACROSS)
        down = (self.height - 2 * _MARGIN) / (last - first + 1) / theme.scaled(DOWN)
        self.zoom = min(max(min(across, down), self.smallest), 1.0)
        self.hold(((left + right) / 2, first - 0.5), QPointF(self.width / 2, _MARGIN))

    def fit_all(self) -> None:
        """Show the whole chart."""
        self.fit(0.0, self.wide - 1, 0, self.rows - 1)

    def open(self, x: float, row: int) -> None:
        """Show the whole chart, or where its names would be too small to read: from this card downwards."""
        self.fit_all()
        if self.scale < READABLE:
            self.zoom = READABLE
            self.hold((x, row - 0.5), QPointF(self.width / 2, _MARGIN))

    def bring(self, x: float, row: int) -> bool:
        """Move as little as needed to see a card whole; one far away comes to the middle. True when moved."""
        card, before = self.card(x, row), (self.left, self.top)
        margin = min(_MARGIN, self.width / 4, self.height / 4)
        seen = QRectF(0, 0, self.width, self.height).adjusted(margin, margin, -margin, -margin)
        if not seen.intersects(card.adjusted(-self.width / 2, -self.height / 2, self.width / 2, self.height / 2)):
            self.hold((x, row), QPointF(self.width / 2, self.height / 2))
        else:
            self.pan(
                max(seen.left() - card.left(), 0.0) - max(card.right() - seen.right(), 0.0),
                max(seen.top() - card.top(), 0.0) - max(card.bottom() - seen.bottom(), 0.0),
            )
        return (self.left, self.top) != before


def _clamped(start: float, chart: float, window: float, margin: float, middle: float) -> float:
    low, high = -0.5 - margin, chart - 0.5 + margin - window
    if high <= low:
        # all of it fits: `middle` is how much of the free room is before it
        return low + (high - low) * middle
    return min(max(start, low), high)
