"""A plan in plain words as a text to read: headings, sentences, what is missing on top; find, copy, jump."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from organizer.i18n import _
from organizer.services.plan_words import Told
from organizer.ui import theme

_WEB = ("https://", "http://")


class WordsView(QTextBrowser):
    """Shows sections, with boxes before them. Nothing in a plan file is markup, and nothing is fetched."""

    found = Signal(int, int)
    """Which match is shown, from 1, and how many there are; 0 of 0 for none."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(_("The plan in plain words"))
        self.document().setDocumentMargin(theme.L)
        self.anchorClicked.connect(_open)
        self._boxes: tuple[Told, ...] = ()
        self._sections: tuple[Told, ...] = ()
        self._links: tuple[str, ...] = ()
        self._places: list[tuple[str, int]] = []
        self._sought = ""
        theme.events().changed.connect(self._draw)

    def show_words(self, boxes: Sequence[Told], sections: Sequence[Told], links: Sequence[str]) -> None:
        """Show `boxes` on coloured ground, and then the `sections`; `links` are addresses that may be clicked."""
        self._boxes, self._sections = tuple(boxes), tuple(sections)
        self._links = tuple(link for link in links if link.startswith(_WEB))
        self._draw()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def headings(self) -> list[str]:
        """The headings, in their order."""
        return [title for title, _place in self._places]

    def go_to(self, number: int) -> None:
        """Scroll so that heading `number` stands on top."""
        cursor = self.textCursor()
        cursor.setPosition(self._places[number][1])
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - theme.S)

    # --- find

    def seek(self, text: str) -> None:
        """Mark `text` wherever it stands and show the first place from where she reads."""
        self._sought = text
        matches = self._matches()
        self._mark(matches)
        if matches:
            start = self.textCursor().selectionStart()
            self._show(matches, next((n for n, match in enumerate(matches) if match.selectionStart() >= start), 0))
        else:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.found.emit(0, 0)

    def seek_next(self, step: int = 1) -> None:
        """Show the next place, or with -1 the one before; round and round."""
        matches = self._matches()
        if not matches:
            return
        starts = [match.selectionStart() for match in matches]
        now = self.textCursor().selectionStart()
        here = starts.index(now) if now in starts else -1 if step > 0 else 0
        self._show(matches, (here + step) % len(matches))

    def _show(self, matches: Sequence[QTextCursor], number: int) -> None:
        self.setTextCursor(matches[number])
        self.ensureCursorVisible()
        self.found.emit(number + 1, len(matches))

    def _matches(self) -> list[QTextCursor]:
        matches: list[QTextCursor] = []
        cursor = QTextCursor(self.document())
        while self._sought:
            cursor = self.document().find(self._sought, cursor, QTextDocument.FindFlag(0))
            if cursor.isNull():
                break
            matches.append(QTextCursor(cursor))
        return matches

    def _mark(self, matches: Sequence[QTextCursor]) -> None:
        look = QTextCharFormat()
        look.setBackground(theme.selection())
        look.setFontUnderline(True)
        marks = []
        for match in matches:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = match, look
            marks.append(mark)
        self.setExtraSelections(marks)

    # --- the text

    def _draw(self) -> None:
        place = self.verticalScrollBar().value()
        self.setFont(theme.font())
        self.clear()
        self._places = []
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for box in self._boxes:
            self._box(cursor, box)
        for section in self._sections:
            self._section(cursor, section, small=section.key.startswith("rank "))
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)
        self._mark(self._matches())

    def _box(self, cursor: QTextCursor, box: Told) -> None:
        # the empty lines that Qt puts around a frame are only gaps
        gap = QTextBlockFormat()
        gap.setLineHeight(theme.XS, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(gap)
        frame = QTextFrameFormat()
        frame.setBackground(theme.amber_soft())
        frame.setPadding(theme.M)
        frame.setBottomMargin(theme.M)
        frame.setBorder(1)
        frame.setBorderBrush(theme.line())
        cursor.insertFrame(frame)
        self._section(cursor, box, small=True)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(gap)

    def _section(self, cursor: QTextCursor, section: Told, *, small: bool) -> None:
        look, face = QTextBlockFormat(), QTextCharFormat()
        look.setHeadingLevel(3 if small else 2)
        look.setTopMargin(theme.S if small or cursor.atStart() else theme.L)
        look.setBottomMargin(theme.XS)
        face.setFont(theme.font("body" if small else "heading", bold=True))
        face.setForeground(theme.text() if small else theme.accent())
        self._start(cursor, look)
        self._places.append((section.title, cursor.position()))
        cursor.insertText(section.title, face)
        for sentence in section.sentences:
            self._sentence(cursor, sentence)

    def _sentence(self, cursor: QTextCursor, text: str) -> None:
        look, plain = QTextBlockFormat(), QTextCharFormat()
        look.setLeftMargin(theme.M)
        look.setTextIndent(-theme.M)
        look.setBottomMargin(3)
        plain.setFont(theme.font())
        plain.setForeground(theme.text())
        self._start(cursor, look)
        cursor.insertText("\N{BULLET}\N{NO-BREAK SPACE} ", plain)
        link = next((one for one in self._links if text.endswith(one)), "")
        cursor.insertText(text.removesuffix(link), plain)
        if link:
            cursor.insertText(link, _linked(plain, link))

    def _start(self, cursor: QTextCursor, look: QTextBlockFormat) -> None:
        """A new block, or the empty one that is there."""
        if cursor.block().text():
            cursor.insertBlock(look, QTextCharFormat())
        else:
            cursor.setBlockFormat(look)


def _linked(plain: QTextCharFormat, link: str) -> QTextCharFormat:
    look = QTextCharFormat(plain)
    look.setAnchor(True)
    look.setAnchorHref(link)
    look.setForeground(theme.accent())
    look.setFontUnderline(True)
    look.setFontWeight(QFont.Weight.Normal)
    return look


def _open(link: QUrl) -> None:
    # only what she clicks, and only an address of the web: a plan file may come from anybody
    if link.scheme() in ("https", "http"):
        QDesktopServices.openUrl(link)
