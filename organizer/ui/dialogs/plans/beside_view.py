"""Sentences of two plans beside each other, as a text to read and to copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtGui import (
    QBrush,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser

from organizer.i18n import _
from organizer.services.plan_words import Change, Compared, Pair
from organizer.ui import theme

_MARKS = {Change.SAME: "", Change.CHANGED: "≠", Change.ONLY_FIRST: "◀", Change.ONLY_SECOND: "▶"}
_MARK_WIDTH = 22
_LEFT, _MARK, _RIGHT = range(3)

_Parts = list[tuple[str, bool]]
"""A sentence in pieces, each with whether it differs."""


class BesideView(QTextBrowser):
    """A table of three columns: the left plan's sentence, a mark, the right plan's. Nothing in it is markup."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(_("The two plans side by side"))
        self.document().setDocumentMargin(theme.S)
        self._sections: tuple[Compared, ...] = ()
        self._only = True
        theme.events().changed.connect(self._draw)

    def show_sections(self, sections: Sequence[Compared], *, only_differences: bool) -> None:
        """Show other plans, or more or less of the same ones."""
        self._sections, self._only = tuple(sections), only_differences
        self._draw()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def _draw(self) -> None:
        self.setFont(theme.font())
        self.clear()
        wanted = [section for section in self._sections if not (self._only and section.same)]
        cursor = self.textCursor()
        cursor.beginEditBlock()
        rows = sum(1 + len(self._pairs(section)) for section in wanted)
        if rows:
            table = cursor.insertTable(rows, 3, _table_format())
            row = 0
            for section in wanted:
                row = self._fill(table, row, section)
        else:
            cursor.insertText(_("In plain words the two plans say the same."), _look(muted=True))
        cursor.endEditBlock()

    def _pairs(self, section: Compared) -> list[Pair]:
        return [pair for pair in section.pairs if not (self._only and pair.change is Change.SAME)]

    def _fill(self, table: QTextTable, row: int, section: Compared) -> int:
        heading = _look(heading=True)
        for column, title in ((_LEFT, section.first_title), (_RIGHT, section.second_title)):
            cell = table.cellAt(row, column)
            block = QTextBlockFormat()
            block.setTopMargin(theme.M if row else 0)
            block.setHeadingLevel(3)
            cursor = cell.firstCursorPosition()
            cursor.setBlockFormat(block)
            cursor.insertText(title or "\N{EN DASH}", heading)
        row += 1
        for pair in self._pairs(section):
            first, second = _pieces(pair)
            _put(table, row, _LEFT, first, changed=pair.change is not Change.SAME)
            table.cellAt(row, _MARK).firstCursorPosition().insertText(_MARKS[pair.change], _look(bold=True))
            _put(table, row, _RIGHT, second, changed=pair.change is not Change.SAME)
            row += 1
        return row


def _pieces(pair: Pair) -> tuple[_Parts, _Parts]:
    """Both sentences in pieces: in changed ones the words that differ stand out."""
    if pair.change is not Change.CHANGED:
        return [(pair.first, False)], [(pair.second, False)]
    one, other = (re.findall(r"\s*\S+", text) for text in (pair.first, pair.second))
    first: _Parts = []
    second: _Parts = []
    for tag, start, end, begin, until in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        differs = tag != "equal"
        first.append(("".join(one[start:end]), differs))
        second.append(("".join(other[begin:until]), differs))
    return first, second


def _put(table: QTextTable, row: int, column: int, parts: _Parts, *, changed: bool) -> None:
    cell = table.cellAt(row, column)
    if changed and any(text for text, _differs in parts):
        face = cell.format()
        face.setBackground(theme.amber_soft())
        cell.setFormat(face)
    cursor: QTextCursor = cell.firstCursorPosition()
    for text, differs in parts:
        cursor.insertText(text, _look(bold=differs))


def _look(*, bold: bool = False, heading: bool = False, muted: bool = False) -> QTextCharFormat:
    face = QTextCharFormat()
    face.setFont(theme.font("heading" if heading else "body", bold=bold or heading))
    face.setForeground(theme.accent() if heading else theme.muted() if muted else theme.text())
    return face


def _table_format() -> QTextTableFormat:
    look = QTextTableFormat()
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    # Qt shares what is left among the two variable columns: both get the same share of the width
    share = QTextLength(QTextLength.Type.PercentageLength, 49)
    mark = QTextLength(QTextLength.Type.FixedLength, theme.scaled(_MARK_WIDTH))
    look.setColumnWidthConstraints([share, mark, share])
    look.setCellPadding(theme.XS)
    look.setCellSpacing(0)
    look.setBorder(0)
    look.setBorderBrush(QBrush(theme.line()))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    return look
