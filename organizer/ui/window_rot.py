"""Bytes that changed while the file was closed, though no program wrote to it: she decides what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from organizer.i18n import _
from organizer.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from organizer.services.files import File
    from organizer.ui.main_window import MainWindow
    from organizer.ui.tasks import Tasks


class RotWatch(QObject):
    """Looks once, in the background, after a file is opened; says what was found until she has decided."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._file: File | None = None
        self._tasks: Tasks | None = None
        self.bar = NoticeBar(window, "rot")
        window.language_changed.connect(self._speak)

    def look(self, file: File) -> None:
        """Look at the file that has just been opened; the page is painted first."""
        self.stop()
        self._file = file
        QTimer.singleShot(0, self, self._look)

    def stop(self) -> None:
        """The file is about to be closed."""
        self._file = None
        self.bar.clear_text()
        if self._tasks:
            self._tasks.shutdown()
            self._tasks.deleteLater()
            self._tasks = None

    def _look(self) -> None:
        from organizer.services import files
        from organizer.ui.tasks import Tasks

        if self._file is None:
            return
        self._tasks = Tasks(self)
        job = files.rotten(self._file)
        self._tasks.run(job.title, job.work, self._found)

    def _found(self, is_rotten: bool) -> None:
        if self._file and is_rotten:
            self._file.distrust_bytes()
            self._say()

    def _speak(self) -> None:
        if self.bar.text():
            self._say()

    def _say(self) -> None:
        self.bar.say(
            _(
                "The file is not as Organizer left it, though no program has written to it since: the disk or the "
                "stick may be failing. No backups are made by themselves until you have decided."
            ),
            [
                (_("&Backups…"), self._window.files.backups),
                (_("Chec&k the file"), self._check),
                (_("&Go on with it as it is"), self._accept),
            ],
        )

    def _check(self) -> None:
        from organizer.ui.dialogs.check import CheckDialog

        if self._window.context:
            CheckDialog(self._window.context, self._window, self._window).open()

    def _accept(self) -> None:
        if self._file:
            self._file.accept_bytes()
        self.bar.clear_text()
