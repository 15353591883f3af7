"""Shows a PDF's pages from memory, each drawn when it comes into view."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from organizer.domain.result import Message, Refusal
from organizer.i18n import _
from organizer.ui import theme

_POINTS = 72
_POINTS_PER_PIXEL = _POINTS / 96
_STEP = 1.2
_SMALLEST, _LARGEST = 0.25, 4.0
_KEPT = 8  # drawn pages that are kept in memory
_READ_ALOUD = 4000


class _Held:
    """The open document, which must not outlive the view."""

    def __init__(self) -> None:
        self.document: Any = None

    def close(self) -> None:
        """Let go of the document's content."""
        if self.document is not None:
            self.document.close()
        self.document = None


class PdfView(QAbstractScrollArea):
    """The pages of one PDF below each other. `page_changed` tells which one is in view, counted from 1."""

    page_changed = Signal(int, int)
    """The page in view, and how many there are."""
    zoom_changed = Signal(float)
    """The size shown: 1.0 is the page's own size on paper."""

    def __init__(self) -> None:
        super().__init__()
        self._held = _Held()
        # also when the window above it goes without closing it
        self.destroyed.connect(self._held.close)
        self._sizes: list[tuple[float, float]] = []
        self._drawn: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._zoom, self._fits, self._page = 1.0, True, 0
        self.setAccessibleName(_("Pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._find_page)
        self.verticalScrollBar().setSingleStep(theme.XXL)

    def open(self, data: bytes, name: str) -> None:
        """Show another PDF, called `name`. Raises Refusal when it is none."""
        import pypdfium2  # only needed once a PDF is shown

        self.close_document()
        try:
            self._held.document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Refusal(
                Message("{file} can't be shown: it can't be read as a PDF. Make it again.", {"file": name})
            ) from error
        self._sizes = [self._held.document.get_page_size(index) for index in range(len(self._held.document))]
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._find_page()

    def close_document(self) -> None:
        """Let go of the content: nothing of it stays in memory or for a screen reader."""
        self._held.close()
        self._sizes, self._page = [], 0
        self._drawn.clear()
        self.setAccessibleDescription("")
        self.viewport().update()

    def page_count(self) -> int:
        """How many pages the PDF has."""
        return len(self._sizes)

    def page(self) -> int:
        """The page in view, counted from 1; 0 without a PDF."""
        return self._page

    def zoom(self) -> float:
        """The size shown: 1.0 is the page's own size on paper."""
        return self._zoom

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(self._zoom / _STEP)

    def set_zoom(self, zoom: float) -> None:
        """Show the pages at `zoom`, within sensible bounds."""
        self._fits = False
        self._zoom = min(max(zoom, _SMALLEST), _LARGEST)
        self._lay_out()

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, and keep it so."""
        self._fits = True
        self._lay_out()

    def go_to(self, page: int) -> None:
        """Bring a page, counted from 1, to the top."""
        if 1 <= page <= len(self._sizes):
            self.verticalScrollBar().setValue(self._tops()[page - 1] - theme.M)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width again, or move the scroll bars' ends."""
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; the other keys scroll as everywhere."""
        if event.key() == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif event.key() == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pages that are in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.raised())
        for index, rect in self._visible():
            painter.drawPixmap(rect, self._picture(index, rect.size()))
            painter.setPen(theme.line())
            painter.drawRect(rect)
        painter.end()

    def _picture(self, index: int, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        width = round(size.width() * ratio)
        if (index, width) not in self._drawn:
            self._drawn[index, width] = QPixmap.fromImage(self._rendered(index, width / self._sizes[index][0]))
        self._drawn.move_to_end((index, width))
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        return self._drawn[index, width]

    def image(self, index: int, dots: int) -> QImage:
        """A page, counted from 0, with so many dots to the inch: for paper."""
        return self._rendered(index, dots / _POINTS)

    def _rendered(self, index: int, scale: float) -> QImage:
        page = self._held.document[index]
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        image = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        ).copy()
        bitmap.close()
        page.close()
        return image

    def _page_size(self, index: int) -> QSize:
        width, height = self._sizes[index]
        return QSize(round(width / _POINTS_PER_PIXEL * self._zoom), round(height / _POINTS_PER_PIXEL * self._zoom))

    def _tops(self) -> list[int]:
        tops, y = [], theme.M
        for index in range(len(self._sizes)):
            tops.append(y)
            y += self._page_size(index).height() + theme.M
        return tops

    def _visible(self) -> list[tuple[int, QRect]]:
        view, found = self.viewport().rect(), []
        left, up = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for index, top in enumerate(self._tops()):
            size = self._page_size(index)
            x = max((view.width() - size.width()) // 2, theme.M) - left
            rect = QRect(QPoint(x, top - up), size)
            if rect.intersects(view):
                found.append((index, rect))
        return found

    def _lay_out(self) -> None:
        if not self._sizes:
            return
        view, above = self.viewport().size(), self.verticalScrollBar()
        place = above.value() / above.maximum() if above.maximum() else 0.0
        if self._fits:
            widest = max(width for width, _height in self._sizes)
            self._zoom = max((view.width() - 2 * theme.M) * _POINTS_PER_PIXEL / widest, _SMALLEST)
        widest_pixels = max(self._page_size(index).width() for index in range(len(self._sizes)))
        height = self._tops()[-1] + self._page_size(len(self._sizes) - 1).height() + theme.M
        above.setPageStep(view.height())
        above.setRange(0, max(height - view.height(), 0))
        above.setValue(round(place * above.maximum()))
        across = self.horizontalScrollBar()
        across.setPageStep(view.width())
        across.setRange(0, 0 if self._fits else max(widest_pixels + 2 * theme.M - view.width(), 0))
        self.zoom_changed.emit(self._zoom)
        self.viewport().update()

    def _find_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = sum(top <= middle for top in self._tops())
        if page != self._page:
            self._page = page
            self.page_changed.emit(page, len(self._sizes))
            self.setAccessibleDescription(self._words(page - 1))
        self.viewport().update()

    def _words(self, index: int) -> str:
        """What the page says, for a screen reader."""
        if not 0 <= index < len(self._sizes):
            return ""
        page = self._held.document[index]
        words = page.get_textpage()
        text = str(words.get_text_bounded())[:_READ_ALOUD]
        words.close()
        page.close()
        return text
