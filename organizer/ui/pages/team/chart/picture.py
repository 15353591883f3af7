"""A chart as a picture for the clipboard: what is seen, or the whole of it."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from organizer.ui import theme
from organizer.ui.pages.team.chart.camera import ACROSS, DOWN, Camera
from organizer.ui.pages.team.chart.drawing import Drawing
from organizer.ui.pages.team.chart.scene import Scene

_SHARP = 2  # pixels for each on the screen, so that letters stay sharp when the picture is printed
_LONGEST, _MOST = 12_000, 40_000_000
"""Pixels along a side, and in all: what other programs still take from the clipboard."""

_MARGIN = 48


def seen(scene: Scene, camera: Camera, named: bool) -> QImage:
    """What the camera sees."""
    return _drawn(scene, camera, named, _SHARP)


def whole(scene: Scene, named: bool) -> tuple[QImage, float]:
    """The whole chart, and its scale: 1 at full size, less where that would be too large a picture."""
    wide = (scene.layout.width + 1) * theme.scaled(ACROSS) + _MARGIN
    tall = scene.layout.depth * theme.scaled(DOWN) + _MARGIN
    scale = min(1.0, _LONGEST / wide, _LONGEST / tall, (_MOST / wide / tall) ** 0.5)
    camera = Camera(scene.layout.width + 1, max(scene.layout.depth, 1))
    camera.resize(max(round(wide * scale), _MARGIN * 4), max(round(tall * scale), _MARGIN * 4))
    camera.fit_all()
    return _drawn(scene, camera, named, 1), camera.scale


def _drawn(scene: Scene, camera: Camera, named: bool, ratio: int) -> QImage:
    image = QImage(camera.width * ratio, camera.height * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    Drawing(scene, named).draw(painter, camera)
    painter.end()
    return image
