"""Midnight passes while the program stands open: what is shown of a day is shown of the new one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from organizer.services.files import File
    from organizer.ui.main_window import MainWindow

_TICK = 30_000
_OF_A_DAY = frozenset({"follow_up"})
"""The tables that are read with today's date."""


class DayWatch(QObject):
    """Looks twice a minute, and when the program comes to the front, whether another day has begun."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._file: File | None = None
        self._day = date.min
        timer = QTimer(self, interval=_TICK, timerType=Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(self.look)
        timer.start()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - there is one while there are windows
        app.applicationStateChanged.connect(self.look)

    def follow(self, file: File) -> None:
        """The window goes on with this open file, of which today is shown."""
        self._file, self._day = file, file.clock().date()

    def look(self) -> None:
        """Show the new day where one has begun."""
        context = self._window.context
        if context is None or context.file is not self._file:
            return
        day = context.file.clock().date()
        if day != self._day:
            self._day = day
            context.changed.emit(_OF_A_DAY)
