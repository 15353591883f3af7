"""What is looked at while a file is shown, and said across the top of the window: each with a bar of its own.

The watches are made a moment after the program's first file is shown: its page is painted before that.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from organizer.services.files import File
    from organizer.ui.main_window import MainWindow
    from organizer.ui.widgets.notice_bar import NoticeBar
    from organizer.ui.window_conflicts import Conflicts
    from organizer.ui.window_day import DayWatch
    from organizer.ui.window_gone import FileWatch
    from organizer.ui.window_plain_backups import PlainBackups
    from organizer.ui.window_rot import RotWatch

_SOON = 100  # milliseconds


class Watches(QObject):
    """Is the file still there, has it conflict copies, did its bytes change, are backups of it unprotected?"""

    painted = Signal()
    """The page of a file that was just shown stands: time for what nobody waits for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.begun = False
        """True once they are made, and look at each file that is shown."""
        self._later = QTimer(self, singleShot=True, interval=_SOON)
        self._later.timeout.connect(self._begin)

    @cached_property
    def gone(self) -> FileWatch:
        """Watches whether the file is still the one at its path."""
        from organizer.ui.window_gone import FileWatch

        watch = FileWatch(self._window)
        self._cover(watch.bar)
        if context := self._window.context:
            watch.follow(context.file)
        return watch

    @cached_property
    def conflicts(self) -> Conflicts:
        """Looks for what a synced folder laid beside the file."""
        from organizer.ui.window_conflicts import Conflicts

        watch = Conflicts(self._window)
        self._cover(watch.bar)
        return watch

    @cached_property
    def rot(self) -> RotWatch:
        """Looks whether bytes changed by themselves."""
        from organizer.ui.window_rot import RotWatch

        watch = RotWatch(self._window)
        self._cover(watch.bar)
        return watch

    @cached_property
    def plain_backups(self) -> PlainBackups:
        """Looks for backups that are not encrypted, of a file that is."""
        from organizer.ui.window_plain_backups import PlainBackups

        watch = PlainBackups(self._window)
        self._cover(watch.bar)
        return watch

    @cached_property
    def day(self) -> DayWatch:
        """Watches for midnight."""
        from organizer.ui.window_day import DayWatch

        return DayWatch(self._window)

    def follow(self, file: File) -> None:
        """The window goes on with this open file."""
        if "gone" in vars(self):  # it was made
            self.gone.follow(file)
            self.day.follow(file)
        if self.begun:
            QTimer.singleShot(0, self, self.painted.emit)

    def look(self, file: File) -> None:
        """Look at a file that has just been opened and is followed."""
        if not self.begun:
            self._later.start()
            return
        self.conflicts.look(file.path)
        self.rot.look(file)
        self.plain_backups.look(file)

    def stop(self) -> None:
        """No file is open any more: nothing is said about it."""
        self._later.stop()
        for name in ("gone", "conflicts", "rot", "plain_backups"):
            if name in vars(self):
                getattr(self, name).stop()

    def _begin(self) -> None:
        if context := self._window.context:
            self.begun = True
            self.gone  # noqa: B018 - asking makes it, and it follows what is open
            self.day.follow(context.file)
            self.look(context.file)
            self.painted.emit()

    def _cover(self, bar: NoticeBar) -> None:
        # the screen may have been locked before there was a bar
        bar.cover(self._window.locked)
