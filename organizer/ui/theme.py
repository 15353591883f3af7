"""Colours, type and spacing of the whole program, in light and dark, and how they reach Qt.

Widgets ask here (`accent()`, `font("title")`, `M`) and hard-code nothing. `apply` sets Qt's Fusion style, the
palette, the fonts and a small stylesheet; under "system" it follows the desktop while the program runs.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from organizer.resource_files import resource
from organizer.ui import stylesheet

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
"""Spacing, in pixels."""

SIZES = {"small": 11, "body": 13, "heading": 15, "title": 20, "display": 28}
"""Sizes of type, in pixels at 100 % text."""

ICON_SMALL, ICON, ICON_LARGE = 16, 18, 22
"""Sizes of icons, in pixels at 100 % text: in a line of text, on a button, in the rail."""

_ROW = 28  # the least height of a row in a list or tree

SCHEMES = ("system", "light", "dark")

FAMILY = "Noto Sans"
_FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf")


class Colours(NamedTuple):
    """The colours of one scheme, as #rrggbb. Texts keep 4.5:1 on window, surface, raised and selection."""

    window: str
    surface: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    danger: str
    on_danger: str
    amber: str
    amber_soft: str
    selection: str
    hover: str
    tick: str


LIGHT = Colours(
    window="#f4f6f6", surface="#ffffff", raised="#e9eeee", line="#d8dfdf", edge="#7d8a8c",
    text="#1a2325", muted="#4f5c5f", accent="#0b6464", accent_hover="#095252", on_accent="#ffffff",
    danger="#a8231b", on_danger="#ffffff", amber="#7a4f00", amber_soft="#fdf0d0",
    selection="#cfe6e4", hover="#e6eeee", tick="#0b6464",
)  # fmt: skip

DARK = Colours(
    window="#161b1c", surface="#1d2425", raised="#273031", line="#344042", edge="#6f7f82",
    text="#e8eeee", muted="#a9b6b8", accent="#62cbc2", accent_hover="#7ed8d0", on_accent="#06201f",
    danger="#ff9d94", on_danger="#2b0906", amber="#f0be63", amber_soft="#3a2f17",
    selection="#1f4746", hover="#263132", tick="#14807b",
)  # fmt: skip

# Okabe and Ito's set, told apart by the colour-blind and, in this order, in grey print
_CHART = {False: ("#0b6464", "#e69f00", "#56b4e9", "#d55e00", "#cc79a7", "#5b6568"),
          True: ("#62cbc2", "#e69f00", "#56b4e9", "#ff8552", "#dd9bc0", "#a9b6b8")}  # fmt: skip


class Events(QObject):
    """Tells when the colours have changed; only what paints by itself needs to listen."""

    changed = Signal()


STYLE = "-style", "Fusion"
"""Arguments for QApplication.

Setting or asking for the style later would make Python know all of `Qt`'s enums, for which the first picture
would have to wait; so does whatever imports `Qt` before that picture.
"""


class _State:
    scheme = "system"
    dark = False
    scale = 1.0
    dressed = False
    forced = False


@cache
def events() -> Events:
    """The one object that tells of a changed scheme."""
    return Events()


def apply(app: QApplication, scheme: str = "system", text_scale: float = 1.0) -> None:
    """Dress the whole program, which was started with STYLE.

    `scheme` is one of SCHEMES; `text_scale` 1.25 makes type a quarter larger.
    """
    _State.scheme = scheme if scheme in SCHEMES else "system"
    _State.scale = text_scale
    _load_fonts()
    if not _State.dressed:
        app.styleHints().colorSchemeChanged.connect(_on_system_changed)
    if _State.forced or _State.scheme != "system":
        _force(app)
    _dress(app)


def _force(app: QApplication) -> None:
    """Let title bars and the system's own dialogs follow the chosen scheme too, or the system again."""
    from PySide6.QtCore import Qt

    forced = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(forced.get(_State.scheme, Qt.ColorScheme.Unknown))
    _State.forced = _State.scheme in forced


def _on_system_changed() -> None:
    app = QApplication.instance()
    if _State.scheme == "system" and isinstance(app, QApplication) and _system_is_dark(app) != _State.dark:
        _dress(app)


def _system_is_dark(app: QApplication) -> bool:
    if not _State.dressed:
        # these are the system's colours still; asking for its scheme would wake Qt's enums (see STYLE)
        return app.palette().color(QPalette.ColorRole.Window).lightness() < 128
    from PySide6.QtCore import Qt

    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _dress(app: QApplication) -> None:
    _State.dark = _State.scheme == "dark" or (_State.scheme == "system" and _system_is_dark(app))
    app.setPalette(_palette(colours()))
    app.setFont(font())
    QDir.setSearchPaths("fixed", [str(resource("icons", "fixed"))])
    sizes = {f"size_{role}": f"{_points(role):.2f}pt" for role in SIZES} | {"row": f"{scaled(_ROW)}px"}
    app.setStyleSheet(stylesheet.generate(colours()._asdict() | sizes))
    _State.dressed = True
    events().changed.emit()


@cache
def _load_fonts() -> None:
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    plain = {
        role.Window: c.window, role.WindowText: c.text, role.Base: c.surface, role.AlternateBase: c.window,
        role.Text: c.text, role.Button: c.surface, role.ButtonText: c.text, role.BrightText: c.danger,
        role.ToolTipBase: c.raised, role.ToolTipText: c.text, role.PlaceholderText: c.muted,
        role.Highlight: c.selection, role.HighlightedText: c.text, role.Accent: c.accent,
        role.Link: c.accent, role.LinkVisited: c.accent, role.Light: c.surface, role.Midlight: c.raised,
        role.Mid: c.line, role.Dark: c.edge, role.Shadow: c.edge,
    }  # fmt: skip
    for which, colour in plain.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.edge))
    return palette


def is_dark() -> bool:
    """True while the dark colours are shown."""
    return _State.dark


def colours() -> Colours:
    """The colours shown now."""
    return DARK if _State.dark else LIGHT


def text() -> QColor:
    """Ordinary text."""
    return QColor(colours().text)


def muted() -> QColor:
    """Text of less weight: captions, hints."""
    return QColor(colours().muted)


def accent() -> QColor:
    """The one colour that draws the eye: the chosen, the first deed."""
    return QColor(colours().accent)


def on_accent() -> QColor:
    """Text and icons upon the accent."""
    return QColor(colours().on_accent)


def danger() -> QColor:
    """Errors, and deeds that take something away."""
    return QColor(colours().danger)


def amber() -> QColor:
    """Warnings and estimates."""
    return QColor(colours().amber)


def amber_soft() -> QColor:
    """Behind what must not be missed; ordinary text stands upon it."""
    return QColor(colours().amber_soft)


def window() -> QColor:
    """Behind everything."""
    return QColor(colours().window)


def surface() -> QColor:
    """Behind lists, fields and cards."""
    return QColor(colours().surface)


def raised() -> QColor:
    """The rail, table heads, pressed buttons."""
    return QColor(colours().raised)


def line() -> QColor:
    """Hairlines between things."""
    return QColor(colours().line)


def edge() -> QColor:
    """The outline of a field or a card, and anything that can't be used now."""
    return QColor(colours().edge)


def selection() -> QColor:
    """Behind what is selected; ordinary text stands upon it."""
    return QColor(colours().selection)


def on_selection() -> QColor:
    """Text upon the selection."""
    return QColor(colours().text)


def transparent() -> QColor:
    """Nothing: what lies behind shows through. Qt's own is one of its enums (see STYLE)."""
    return QColor(0, 0, 0, 0)


def chart(index: int) -> QColor:
    """The colour of series `index` in a chart; they repeat after six."""
    series = _CHART[_State.dark]
    return QColor(series[index % len(series)])


def _points(role: str) -> float:
    # Qt counts points at 72 a line inch on macOS and 96 elsewhere; points follow the user's own text size
    return SIZES[role] * 72 / (72 if sys.platform == "darwin" else 96) * _State.scale


def font(role: str = "body", *, bold: bool = False) -> QFont:
    """The type of `role` (see SIZES), with figures of one width so that columns of numbers line up."""
    face = QFont(FAMILY)
    face.setPointSizeF(_points(role))
    face.setBold(bold or role in ("title", "display"))
    face.setFeature(QFont.Tag("tnum"), 1)
    return face


def scaled(pixels: int) -> int:
    """A length that must grow with the text: icons, columns, the rail."""
    return round(pixels * _State.scale)


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label's text "muted", "accent", "danger" or "amber"; "" is ordinary. At once and live."""
    if widget.property("tone") != tone:
        set_style(widget, tone=tone)


def set_style(widget: QWidget, **properties: str | bool) -> None:
    """Set properties that the stylesheet looks at, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def margins(layout: QLayout, across: int = 0, down: int | None = None, *, spacing: int = S) -> None:
    """Margins left and right (`across`), above and below (`down`, else the same), and room between things."""
    down = across if down is None else down
    layout.setContentsMargins(across, down, across, down)
    layout.setSpacing(spacing)
