"""Paints the lines of a person's story: what people wrote as plain text with simple headings and lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from organizer.ui import icons, theme
from organizer.ui.pages.contacts.story_lines import LinesModel
from organizer.ui.pages.contacts.story_words import body_of, head_of, icon_of

Index = QModelIndex | QPersistentModelIndex

_MOST = 1_500
"""So many characters of a long text are painted; the whole is seen where it is edited."""

_MOST_LINES = 40


class LinePainter(QStyledItemDelegate):
    """Icon, day and kind, and below them the words, as wide as the list is."""

    def __init__(self, model: LinesModel) -> None:
        super().__init__()
        self._model = model
        self._width = 0
        self._made: dict[int, QTextDocument] = {}
        model.modelReset.connect(self.forget)
        theme.events().changed.connect(self.forget)

    def forget(self) -> None:
        """Lay everything out anew."""
        self._made.clear()

    def set_width(self, width: int) -> bool:
        """Lay out for lines of this width; False where they are so wide already."""
        if width == self._width:
            return False
        self._width = width
        self.forget()
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's: as tall as the words need."""
        return QSize(self._width, round(self._document(index.row()).size().height()) + theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's: paint one line."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.selection())
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.accent())
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        line = self._model.line(index.row())
        if line:
            size = theme.scaled(theme.ICON_SMALL)
            picture = icons.icon(icon_of(line), "muted").pixmap(QSize(size, size))
            painter.drawPixmap(rect.left() + theme.S, rect.top() + theme.XS + 2, picture)
        painter.translate(QPointF(rect.left() + (_indent() if line else theme.S), rect.top() + theme.XS))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, theme.text())
        self._document(index.row()).documentLayout().draw(painter, context)
        painter.restore()

    def _document(self, row: int) -> QTextDocument:
        if row not in self._made:
            line = self._model.line(row)
            said = self._model.rows[row]
            room = self._width - (_indent() if line else theme.S) - theme.S
            if line is None:
                self._made[row] = document(str(said), "", room, month=True)
            else:
                self._made[row] = document(head_of(line), body_of(line), room)
        return self._made[row]


def document(head: str, body: str, width: int, *, month: bool = False) -> QTextDocument:
    """A line's words laid out `width` pixels wide. User text goes in as plain text only, never as markup.

    A line of `body` that begins with "# " becomes a heading, one that begins with "- " a point of a list.
    """
    made = QTextDocument()
    made.setUndoRedoEnabled(False)
    made.setDocumentMargin(0)
    made.setDefaultFont(theme.font())
    cursor = QTextCursor(made)
    style = QTextCharFormat()
    style.setFont(theme.font("heading" if month else "small"))
    style.setForeground(theme.text() if month else theme.muted())
    cursor.insertText(head, style)
    for text in _shown(body):
        _add(cursor, text)
    made.setTextWidth(max(width, 1))
    return made


def _shown(body: str) -> Sequence[str]:
    """The body's lines, cut where they are too many or too long to be seen in a list."""
    if not body:
        return ()
    lines = body[:_MOST].split("\n")[:_MOST_LINES]
    if len("\n".join(lines)) < len(body):
        lines[-1] += " …"
    return lines


def _add(cursor: QTextCursor, text: str) -> None:
    block, style = QTextBlockFormat(), QTextCharFormat()
    if text.startswith("# "):
        text = text[2:]
        style.setFontWeight(QFont.Weight.Bold)
    elif text.startswith(("- ", "* ")):
        text = "\N{BULLET} " + text[2:]
        block.setLeftMargin(theme.M)
        block.setTextIndent(-theme.S)
    # each line by its own first letter, as it was written
    block.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    cursor.insertBlock(block, style)
    cursor.insertText(text, style)


def _indent() -> int:
    return theme.scaled(theme.ICON_SMALL) + theme.S + theme.S
