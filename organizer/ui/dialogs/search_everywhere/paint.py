"""Paints the lines: icon, title and a line below it, the hit in bold and underlined; never as markup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from organizer.domain.finding import Span
from organizer.i18n import _
from organizer.services.search_hits import Hit, Kind
from organizer.ui import icons, theme
from organizer.ui.dialogs.search_everywhere.lines import Heading, LinesModel, group_name, more_text

Index = QModelIndex | QPersistentModelIndex

_ICONS = {
    Kind.CONTACT: "users",
    Kind.MEMBER: "network",
    Kind.PRODUCT: "package",
    Kind.ABOUT: "file-text",
    Kind.ENTRY: "scroll-text",
    Kind.STEP: "circle-check",
    Kind.PRODUCT_NOTE: "file-text",
}


class LinePainter(QStyledItemDelegate):
    """One line for a heading or the way to more, two for a hit."""

    def __init__(self, model: LinesModel) -> None:
        super().__init__()
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's: as tall as the type needs."""
        body, small = (QFontMetrics(theme.font(role)).height() for role in ("body", "small"))
        hit = isinstance(self._model.line(index.row()), Hit)
        return QSize(0, body + small + theme.S + 2 if hit else body + theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's: paint one line."""
        line = self._model.line(index.row())
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and not isinstance(line, Heading):
            painter.fillRect(rect, theme.selection())
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent())
        inner = rect.adjusted(theme.M, 0, -theme.M, 0)
        if isinstance(line, Hit):
            _paint_hit(painter, inner, line)
        elif isinstance(line, Heading):
            _write(painter, inner, group_name(line.group), theme.font("small", bold=True), theme.muted())
        elif line:
            _write(
                painter, inner.adjusted(_indent(), 0, 0, 0), more_text(line.group), theme.font(), theme.accent()
            )
        painter.restore()


def _indent() -> int:
    return theme.scaled(theme.ICON) + theme.M


def _paint_hit(painter: QPainter, rect: QRect, hit: Hit) -> None:
    size = theme.scaled(theme.ICON)
    picture = icons.icon(_ICONS[hit.kind], "muted").pixmap(QSize(size, size))
    painter.drawPixmap(rect.left(), rect.top() + (rect.height() - size) // 2, picture)
    title, small = theme.font(), theme.font("small")
    high = QFontMetrics(title).height()
    upper = QRect(rect.left() + _indent(), rect.top() + theme.XS, rect.width() - _indent(), high)
    lower = QRect(upper.left(), upper.bottom() + 2, upper.width(), QFontMetrics(small).height())
    if hit.said_no:
        upper.setWidth(upper.width() - _paint_no(painter, upper, small) - theme.S)
    _marked(painter, upper, hit.title, hit.title_spans, title, theme.text())
    _marked(painter, lower, hit.detail, hit.detail_spans, small, theme.muted())


def _paint_no(painter: QPainter, rect: QRect, face: QFont) -> int:
    """Say at the right end that somebody said no; how wide that is."""
    text, size = _("said no"), theme.scaled(theme.ICON_SMALL)
    wide = QFontMetrics(face).horizontalAdvance(text)
    picture = icons.icon("ban", "amber").pixmap(QSize(size, size))
    left = rect.right() - wide - size - theme.XS
    painter.drawPixmap(left, rect.top() + (rect.height() - size) // 2, picture)
    _write(painter, QRect(rect.right() - wide, rect.top(), wide + 1, rect.height()), text, face, theme.amber())
    return wide + size + theme.XS


def _write(painter: QPainter, rect: QRect, text: str, face: QFont, colour: QColor) -> None:
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _marked(painter: QPainter, rect: QRect, text: str, spans: Sequence[Span], face: QFont, colour: QColor) -> None:
    """One line of text with what was found in bold and underlined, cut at the end where it is too long."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    shown, layout = text, QTextLayout()
    for _round in range(2):
        layout = QTextLayout(shown, face)
        layout.setTextOption(option)
        layout.setFormats([_range(shown, span) for span in spans if span[0] < len(shown)])
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        if not line.isValid() or line.naturalTextWidth() <= rect.width():
            break
        room = rect.width() - QFontMetrics(face).horizontalAdvance("…") - theme.XS
        shown = text[: line.xToCursor(max(room, 0))] + "…"
    painter.setPen(colour)
    painter.setClipRect(rect)
    layout.draw(painter, QPointF(rect.topLeft()))
    painter.setClipping(False)


def _range(text: str, span: Span) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    # Qt counts in UTF-16: what is outside the first plane takes two
    found.start = len(text[: span[0]].encode("utf-16-le", "replace")) // 2
    found.length = len(text[span[0] : span[1]].encode("utf-16-le", "replace")) // 2
    style = QTextCharFormat()
    style.setFontWeight(QFont.Weight.Bold)
    style.setFontUnderline(True)
    style.setForeground(theme.text())
    found.format = style
    return found
