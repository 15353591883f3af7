"""A page on an offscreen screen, and when it has been painted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from organizer import i18n
from organizer.services import files
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.tasks import Tasks


class Stage:
    """An open file and a window of the usual size that shows one widget at a time."""

    def __init__(self, path: Path) -> None:
        i18n.set_language("da")
        known = QApplication.instance()
        self.app = known if isinstance(known, QApplication) else QApplication([])
        theme.apply(self.app, "light")
        self.file = files.open_file(path)
        self.context = Context(self.file, Tasks())
        self.window = QStackedWidget()
        self.window.resize(1100, 680)
        self.window.show()
        self.window.activateWindow()
        self.app.processEvents()

    def show(self, widget: QWidget) -> None:
        """Show another widget and forget the one before."""
        before = self.window.currentWidget()
        self.window.addWidget(widget)
        self.window.setCurrentWidget(widget)
        if before:
            self.window.removeWidget(before)
            before.deleteLater()

    def clear(self) -> None:
        """Show nothing and let go of what was shown."""
        self.show(QWidget())
        self.app.processEvents()

    def close(self) -> None:
        """Close window and file."""
        self.clear()
        self.window.close()
        self.context.release()
        self.file.close()


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False

    def seconds_until(self, act: Callable[[], object]) -> float:
        """Do something; how long until the widget was painted after it."""
        before, start = self.count, perf_counter()
        act()
        self.wait(before)
        return perf_counter() - start

    def wait(self, before: int = 0) -> None:
        """Let Qt work until the widget has been painted more than `before` times."""
        patience = perf_counter() + 60
        while self.count == before:
            QApplication.processEvents()
            if perf_counter() > patience:
                raise TimeoutError("nothing was painted")
