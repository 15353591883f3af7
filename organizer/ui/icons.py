"""Line icons (lucide, see resources/licences/lucide.txt), tinted by the theme and sharp on any screen."""

from __future__ import annotations

import weakref
from functools import cache

import shiboken6
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from organizer.resource_files import resource
from organizer.ui import theme

_cache: dict[tuple[str, str], QIcon] = {}
_shown: weakref.WeakKeyDictionary[QAction | QAbstractButton, tuple[str, str]] = weakref.WeakKeyDictionary()


def icon(name: str, tone: str = "text") -> QIcon:
    """The icon resources/icons/`name`.svg in the colours shown now: normal, disabled and selected.

    `tone` names a colour of theme.Colours for the normal look. Models may call it at each paint; what keeps
    an icon uses `show_on`, which follows a change of colours. Raises FileNotFoundError for an unknown name.
    """
    _listen()
    if (name, tone) not in _cache:
        _cache[name, tone] = _drawn(name, QColor(getattr(theme.colours(), tone)))
    return _cache[name, tone]


def show_on(target: QAction | QAbstractButton, name: str, tone: str = "text") -> None:
    """Put an icon on a button or action, now and whenever the colours change; "" takes it away."""
    _shown[target] = (name, tone)
    target.setIcon(icon(name, tone) if name else QIcon())


def pixmap(name: str, size: int, colour: QColor | None = None, ratio: float | None = None) -> QPixmap:
    """One picture, `size` pixels at 100 % screen scaling, in `colour` (the text's where not given)."""
    ratio = ratio or QGuiApplication.primaryScreen().devicePixelRatio()
    return _paint(_renderer(name, colour or theme.text()), size, ratio)


def _drawn(name: str, tint: QColor) -> QIcon:
    drawn = QIcon()
    tints = {QIcon.Mode.Normal: tint}
    tints |= {QIcon.Mode.Disabled: theme.edge(), QIcon.Mode.Selected: theme.on_selection()}
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    sizes = {theme.scaled(size) for size in (theme.ICON_SMALL, theme.ICON, theme.ICON_LARGE)}
    for mode, colour in tints.items():
        renderer = _renderer(name, colour)
        for size in sizes:
            for ratio in ratios:
                drawn.addPixmap(_paint(renderer, size, ratio), mode)
    return drawn


def _renderer(name: str, tint: QColor) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", tint.name().encode())))


def _paint(renderer: QSvgRenderer, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(theme.transparent())
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


@cache
def _listen() -> None:
    theme.events().changed.connect(_redraw)


def _redraw() -> None:
    _cache.clear()
    for target, (name, tone) in list(_shown.items()):
        if shiboken6.isValid(target):
            show_on(target, name, tone)
