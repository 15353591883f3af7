"""A PDF from memory onto paper, page by page, so that the window stays alive."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

_DOTS = 300
"""To the inch: sharp on paper, and a page of A4 takes 35 MB at a time."""


class Printing(QObject):
    """Draws `count` pages on `printer`, one after the other; `page` gives one at so many dots to the inch."""

    printed = Signal(int)
    """So many pages are drawn."""
    ended = Signal(bool)
    """It is over: True when every page went to the printer."""

    def __init__(
        self, printer: QPrinter, count: int, page: Callable[[int, int], QImage], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._printer, self._page = printer, page
        first = printer.fromPage() or 1
        self._pages = list(range(first - 1, min(printer.toPage() or count, count)))
        self._done = 0
        self._painter = QPainter()

    def start(self) -> None:
        """Begin; `ended` tells when it is over."""
        # the page brings its own margins
        self._printer.setFullPage(True)
        self._printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        if not self._pages or not self._painter.begin(self._printer):
            self.ended.emit(False)
            return
        self._next()

    def stop(self) -> None:
        """Print no more; the pages that are drawn may come out."""
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
            self.ended.emit(False)

    def _next(self) -> None:
        if not self._painter.isActive():
            return
        image = self._page(self._pages[self._done], _DOTS)
        paper = QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel))
        self._painter.drawImage(paper, image)
        self._done += 1
        self.printed.emit(self._done)
        if self._done == len(self._pages):
            self.ended.emit(self._painter.end())
        elif self._printer.newPage():
            QTimer.singleShot(0, self, self._next)
        else:
            self.stop()
