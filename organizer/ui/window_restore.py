"""Putting a backup in the place of the window's file: close it, restore, open it again, and say what was kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import backups, files
from organizer.services.backups import Backup, Reason, Restored
from organizer.services.files import Secret
from organizer.ui import window_parting
from organizer.ui.widgets import backup_words as words
from organizer.ui.widgets import messages
from organizer.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow


def restore(window: MainWindow, path: Path, backup: Backup, secret: Secret = "") -> None:
    """Restore `backup` at `path`, whether the window shows that file or none, and show it.

    What is typed is stored first, or she is asked. When it can't be done, what was there is shown again.
    """
    window_parting.part(window, _("&Go on without it"), lambda: _Restoring(window, path, backup, secret).start())


class BusyPage(QWidget):
    """Shown while the file is closed and worked on: nothing can be done here but wait."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.addWidget(EmptyState(icon, title, text))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{title}. {text}")


class _Restoring(QObject):
    def __init__(self, window: MainWindow, path: Path, backup: Backup, secret: Secret) -> None:
        super().__init__(window)
        self._window, self._path, self._backup, self._secret = window, path, backup, secret
        self._before: Secret = ""
        self._was_open = False
        self._answered = False

    def start(self) -> None:
        window = self._window
        key = window.context.file.key if window.context else None
        clock = window.context.file.clock if window.context else datetime.now
        self._was_open, self._before = window.context is not None, key or ""
        self._was_encrypted = window.context.file.encrypted if window.context else files.is_encrypted(self._path)
        self._today = clock().date()
        window.release()
        text = _("It takes a moment. The file that was there is kept.")
        window.show_busy(BusyPage("archive-restore", _("The backup is being restored"), text))
        # closing the window now would leave her without an answer
        window.installEventFilter(self)
        try:
            job = backups.restore(self._path, self._backup, self._secret, key, clock)
        except Refusal as refusal:
            self._failed(refusal)
            self._over()
        else:
            window.tasks.run(job.title, job.work, self._done, self._failed, self._over)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the window stays open while the work runs."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False

    def _over(self) -> None:
        self._window.removeEventFilter(self)
        self._window.menuBar().setEnabled(True)
        if not self._answered:  # stopped: all is as it was
            self._back()
        self.deleteLater()

    def _done(self, restored: Restored) -> None:
        self._answered = True
        if not self._show(self._secret):
            return
        when = words.when(self._backup.at, self._today)
        text = _("The file is as it was {when}.").format(when=when)
        if restored.aside:
            text += " " + self._way_back(restored.aside)
        if restored.refused:
            text += " " + backups.refused_since(restored)
        self._window.answers.answer(" ".join(filter(None, (self._protection(), text))))

    def _way_back(self, aside: Path) -> str:
        """Where the file is that was there before; one that couldn't be a backup any more lies beside it."""
        if aside.parent == backups.folder(self._path):
            why = backups.reason_name(Reason.RESTORE)
            return _("The file you had is kept: File, Backups, “{why}”.").format(why=why)
        return _("The one you had is kept: {file}").format(file=str(aside))

    def _protection(self) -> str:
        """What opens the file now, where that may be another than before."""
        if self._backup.encrypted and self._secret != self._before:
            return _("From now on the file has the passphrase of that backup.")
        if self._was_encrypted and not self._backup.encrypted:
            return _("The file is no longer encrypted.")
        return ""

    def _failed(self, refusal: Refusal) -> None:
        self._answered = True
        if not self._was_open:
            self._window.files.refuse(self._path, refusal)
        elif self._show(self._before):
            self._window.answers.warn(messages.spoken(refusal))

    def _back(self) -> None:
        if self._was_open:
            self._show(self._before)
        else:
            self._window.files.show_start()

    def _show(self, secret: Secret) -> bool:
        try:
            file = files.open_file(self._path, secret=secret)
        except Refusal as refusal:
            self._window.files.refuse(self._path, refusal)
            return False
        self._window.files.show(file)
        return True
