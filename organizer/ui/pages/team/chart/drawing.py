"""A chart drawn through a camera, on the screen or in a picture: as much as there are pixels, never more."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from organizer.ui import theme
from organizer.ui.pages.team.chart import colours
from organizer.ui.pages.team.chart.camera import Camera
from organizer.ui.pages.team.chart.cards import Cards
from organizer.ui.pages.team.chart.scene import Scene

WHOLE, NAMED, MARKED = 0.62, 0.3, 0.12
"""The scales from which on cards are drawn whole, with the name only, and as marks; below, as pixels."""


class Drawing:
    """Draws one scene."""

    def __init__(self, scene: Scene, named: bool = True) -> None:
        self.scene = scene
        self._cards = Cards(scene, named)

    def draw(self, painter: QPainter, camera: Camera) -> None:
        """Everything that the camera sees."""
        scale = camera.scale
        if scale < MARKED:
            self._draw_pixels(painter, camera)
            return
        painter.fillRect(QRectF(0, 0, camera.width, camera.height), theme.window())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.joint(), 1))
        painter.drawLines(list(self._lines(camera)))
        cards = [(place, camera.card(self.scene.layout.x[place], row)) for place, row in self.seen(camera)]
        if scale < NAMED:
            self._cards.draw_marks(painter, cards)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for place, card in cards:
            if scale < WHOLE:
                self._cards.draw_name(painter, place, card)
                self._cards.draw_hidden(painter, place, card)
            else:
                self._cards.draw_whole(painter, place, card, scale)

    def draw_chosen(self, painter: QPainter, camera: Camera, place: int, pen: QPen) -> None:
        """A ring around the card of a place."""
        card = camera.card(self.scene.layout.x[place], self.scene.layout.row(place))
        draw_ring(painter, card, pen, 3.0)
        if camera.scale >= WHOLE:
            self._cards.draw_toggle(painter, place, card, camera.scale)

    def _draw_pixels(self, painter: QPainter, camera: Camera) -> None:
        sight = camera.sight(painter.device().devicePixelRatio())
        pixels = self.scene.raster.paint(sight)
        image = QImage(pixels, sight.width, sight.height, sight.width, QImage.Format.Format_Indexed8)
        image.setColorTable(colours.table())
        painter.drawImage(QRectF(0, 0, camera.width, camera.height), image)

    def _rows(self, camera: Camera) -> range:
        reach = camera.card_size()[1] / camera.down
        first = max(int(camera.top - reach), 0)
        last = int(camera.top + camera.height / camera.down + reach) + 1
        return range(first, min(last, self.scene.layout.depth))

    def _between(self, camera: Camera, row: int) -> range:
        reach = camera.card_size()[0] / camera.across
        end = camera.left + camera.width / camera.across
        return self.scene.layout.between(row, camera.left - reach, end + reach)

    def seen(self, camera: Camera) -> Iterator[tuple[int, int]]:
        """The places that the camera sees, each with its row."""
        for row in self._rows(camera):
            for place in self._between(camera, row):
                yield place, row

    def _lines(self, camera: Camera) -> Iterator[QLineF]:
        layout, rows = self.scene.layout, self._rows(camera)
        for row in range(max(rows.start, 1), min(rows.stop + 1, layout.depth)):
            seen = self._between(camera, row)
            # one more on either side: the line to them, or past all that is seen, may cross the window
            start = max(seen.start - 1, layout.rows[row])
            end = min(seen.stop + 1, layout.rows[row + 1])
            joint = 0
            while start < end:
                joint = layout.above[start]
                until = min(end, layout.below[joint + 1])
                yield from self._family(camera, joint, range(start, until), row)
                start = until

    def _family(self, camera: Camera, joint: int, seen: range, row: int) -> Iterator[QLineF]:
        """From one member down to those below her that are seen."""
        layout, half = self.scene.layout, camera.card_size()[1] / 2
        under = layout.under(joint)
        bar = round(camera.pixel(0, row - 0.5).y())
        low, high = camera.pixel(0, row).y() - half, camera.pixel(0, row - 1).y() + half
        middle = round(camera.pixel(layout.x[joint], 0).x())
        yield QLineF(middle, high, middle, bar)
        left = max(camera.pixel(layout.x[under[0]], 0).x(), -9.0)
        right = min(camera.pixel(layout.x[under[-1]], 0).x(), camera.width + 9.0)
        if left < right:
            yield QLineF(round(left), bar, round(right), bar)
        for place in seen:
            x = round(camera.pixel(layout.x[place], 0).x())
            yield QLineF(x, bar, x, low)


def draw_ring(painter: QPainter, card: QRectF, pen: QPen, room: float) -> None:
    """A frame around a card, or a box around a mark too small to see."""
    wide, tall = max(card.width(), 6.0), max(card.height(), 6.0)
    ring = QRectF(card.center().x() - wide / 2, card.center().y() - tall / 2, wide, tall)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(ring.adjusted(-room, -room, room, room), 4 + room, 4 + room)
