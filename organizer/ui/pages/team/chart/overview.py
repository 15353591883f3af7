"""The whole chart small in a corner, with her place and a frame around what is seen, which can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from organizer.domain.tree_raster import Sight
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.pages.team.chart import colours
from organizer.ui.pages.team.chart.state import ChartState

_SIZE = QSize(190, 112)
_ROOM = 6
_DOT = 4


class Overview(QWidget):
    """Shows a ChartState from far away."""

    def __init__(self, state: ChartState, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self._picture: QPixmap | None = None
        self._grip = QPointF()
        self.setFixedSize(theme.scaled(_SIZE.width()), theme.scaled(_SIZE.height()))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        # what it does, the arrow and page keys do too
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Overview of the chart"))
        state.moved.connect(self.update)
        state.relaid.connect(self.forget)
        theme.events().changed.connect(self.forget)

    def forget(self) -> None:
        """Another chart, or other colours: draw it again."""
        self._picture = None
        self.update()

    def _units(self) -> tuple[float, float]:
        camera = self._state.camera
        across = min((self.width() - 2 * _ROOM) / camera.wide, 24.0)
        return across, min((self.height() - 2 * _ROOM) / camera.rows, 18.0)

    def _corner(self) -> tuple[float, float]:
        """The chart's place and row in this window's corner."""
        camera, (across, down) = self._state.camera, self._units()
        return (camera.wide - self.width() / across) / 2 - 0.5, (camera.rows - self.height() / down) / 2 - 0.5

    def frame(self) -> QRectF:
        """Where the part that is seen in the large chart is here."""
        camera, (across, down), (left, top) = self._state.camera, self._units(), self._corner()
        wide, tall = camera.width / camera.across * across, camera.height / camera.down * down
        return QRectF((camera.left - left) * across, (camera.top - top) * down, wide, tall)

    def _drawn(self) -> QPixmap:
        if self._picture is None and self._state.scene:
            ratio = self.devicePixelRatio()
            (across, down), (left, top) = self._units(), self._corner()
            mark, tall = max(across * 0.8, 1.0), max(min(down * 0.5, 8.0), 1.0)
            size = round(self.width() * ratio), round(self.height() * ratio)
            sight = Sight(left, top, across * ratio, down * ratio, mark * ratio, tall * ratio, *size)
            pixels = self._state.scene.raster.paint(sight)
            image = QImage(pixels, *size, size[0], QImage.Format.Format_Indexed8)
            image.setColorTable(colours.table())
            self._picture = QPixmap.fromImage(image)
            self._picture.setDevicePixelRatio(ratio)
        return self._picture or QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the whole, and the frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.window())
        painter.drawPixmap(0, 0, self._drawn())
        painter.setPen(QPen(theme.edge(), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._draw_her(painter)
        seen = self.frame().intersected(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.setPen(QPen(theme.accent(), 2))
        painter.drawRect(seen)

    def _draw_her(self, painter: QPainter) -> None:
        """A dot where the user stands."""
        scene, place = self._state.scene, self._state.home()
        if scene is None or place < 0:
            return
        (across, down), (left, top) = self._units(), self._corner()
        where = QPointF((scene.layout.x[place] - left) * across, (scene.layout.row(place) - top) * down)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.window(), 1))
        painter.setBrush(theme.text())
        painter.drawEllipse(where, theme.scaled(_DOT), theme.scaled(_DOT))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the frame, or bring it to the pointer."""
        frame, at = self.frame(), event.position()
        self._grip = at - frame.center() if frame.contains(at) else QPointF()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._look(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the frame."""
        self._look(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the frame."""
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _look(self, at: QPointF) -> None:
        (across, down), (left, top) = self._units(), self._corner()
        middle = at - self._grip
        self._state.look_at(left + middle.x() / across, top + middle.y() / down)
