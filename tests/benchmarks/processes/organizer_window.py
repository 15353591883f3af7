"""The program as a person starts it, with her file: `organizer_window.py FILE SETTINGS UNTIL`.

UNTIL is "window": prints when the first picture stands; "contacts": when the list of contacts does;
"team": opens the team page too and prints the most memory ever held, in bytes.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from organizer import app
from organizer.ui.main_window import MainWindow
from organizer.ui.preferences import Preferences

if TYPE_CHECKING:
    from organizer.services.files import File

FILE, SETTINGS, UNTIL = sys.argv[1:]


def stamp() -> None:
    print(time.perf_counter_ns(), flush=True)
    os._exit(0)


def tell_peak() -> None:
    import peak  # type: ignore[import-not-found, unused-ignore]

    print(peak.resident(), flush=True)
    os._exit(0)


class Watched(MainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        if UNTIL == "window":
            QTimer.singleShot(0, stamp)
        super().paintEvent(event)

    def show_file(self, file: "File", trusted: bool = False) -> None:
        super().show_file(file, trusted)
        if UNTIL == "contacts":
            self.watch = Painted(self.pages["contacts"].pane.table, stamp)  # type: ignore[attr-defined]
        else:
            QTimer.singleShot(0, self.to_team)

    def to_team(self) -> None:
        self.navigate("team")
        self.watch = Painted(self.pages["team"].tree, tell_peak)  # type: ignore[attr-defined]


class Painted(QObject):
    """Goes on once a list or tree stands on the screen with something in it."""

    def __init__(self, view: QAbstractItemView, then: Callable[[], None]) -> None:
        super().__init__(view)
        self.view, self.then = view, then
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.view.model().rowCount():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.then)
        return False


app.MainWindow = Watched  # type: ignore[attr-defined]
app.run(["--file", FILE, "--lang", "da"], Preferences(Path(SETTINGS)))
