"""Backups from before the file was encrypted: she is asked about them when it is opened, until she decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from organizer.i18n import _, format_number, ngettext
from organizer.ui.widgets import messages
from organizer.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from organizer.services.backups import Backup
    from organizer.services.files import File
    from organizer.ui.main_window import MainWindow
    from organizer.ui.tasks import Tasks


class PlainBackups(QObject):
    """Looks once, in the background, after an encrypted file is opened: a stick that was away may be back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._file: File | None = None
        self._found: list[Path] = []
        self._tasks: Tasks | None = None
        self.bar = NoticeBar(window, "plain_backups")
        window.language_changed.connect(self._speak)

    def look(self, file: File) -> None:
        """Look for backups of the file that has just been opened; the page is painted first."""
        self.stop()
        if file.encrypted:
            self._file = file
            QTimer.singleShot(0, self, self._look)

    def stop(self) -> None:
        """The file is about to be closed, or she has just been asked."""
        self._file = None
        self.bar.clear_text()
        if self._tasks:
            self._tasks.shutdown()
            self._tasks.deleteLater()
            self._tasks = None

    def _look(self) -> None:
        from organizer.services import protection
        from organizer.ui.tasks import Tasks

        if self._file is None:
            return
        path = self._file.path
        self._tasks = Tasks(self)
        self._tasks.run("", lambda _progress: protection.unprotected_backups(path), self._tell)

    def _tell(self, found: list[Backup]) -> None:
        hushed = set(self._window.preferences.hushed)
        self._found = [one.path for one in found if one.path not in hushed]
        if self._found:
            self._say()

    def _speak(self) -> None:
        if self.bar.text():
            self._say()

    def _say(self) -> None:
        text = ngettext(
            "{count} backup of this file is not encrypted, because it was made before the file was protected. "
            "Whoever gets hold of it can read it.",
            "{count} backups of this file are not encrypted, because they were made before the file was "
            "protected. Whoever gets hold of them can read them.",
            len(self._found),
        )
        self.bar.say(
            text.format(count=format_number(len(self._found))),
            [
                (_("&Delete them…") if len(self._found) > 1 else _("&Delete it…"), self._ask),
                (_("&Later"), self.bar.clear_text),
                (_("D&on't ask again"), self._hush),
            ],
        )

    def _ask(self) -> None:
        count = len(self._found)
        text = ngettext(
            "Delete {count} backup that is not encrypted?", "Delete {count} backups that are not encrypted?", count
        )
        messages.ask(
            self._window,
            _("Backups without a passphrase"),
            text.format(count=format_number(count)),
            _("&Delete"),
            self._delete,
            detail=_("This can't be undone. It is only done if an encrypted backup is verified."),
            danger=True,
        )

    def _delete(self) -> None:
        from organizer.services import protection

        context = self._window.context
        if context is None or context.file.key is None:
            return
        path, key = context.file.path, context.file.key
        # not at once: another backup may be under way in the same folder
        context.tasks.run(
            _("Deleting the backups"),
            lambda _progress: protection.remove_unprotected(path, key),
            self._deleted,
            context.warn,
        )

    def _deleted(self, count: int) -> None:
        self.bar.clear_text()
        self._window.answers.answer(deleted(count))

    def _hush(self) -> None:
        preferences = self._window.preferences
        preferences.hushed = [*preferences.hushed, *self._found]
        self.bar.clear_text()


def deleted(count: int) -> str:
    """So many are gone."""
    text = ngettext(
        "{count} backup without a passphrase is deleted.",
        "{count} backups without a passphrase are deleted.",
        count,
    )
    return text.format(count=format_number(count))
