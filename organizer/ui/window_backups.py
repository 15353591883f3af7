"""The keeper: makes backups by itself, in the background, as long as a file is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from organizer.domain.result import Message, Refusal
from organizer.i18n import say

if TYPE_CHECKING:
    from organizer.services.backups import Backup
    from organizer.ui.context import Context

FIRST = 4_000
"""How long after the file is shown it looks for the first time, in milliseconds: the page comes first."""

AGAIN = 60_000
"""How often it looks, in milliseconds. What is due, and when, the services say."""


class Keeper(QObject):
    """Looks every minute whether a backup is due, and makes it quietly. `stop` before the file is closed."""

    made = Signal()
    """There is a new backup."""
    troubled = Signal(str)
    """A backup couldn't be made, and why; once for each cause until one succeeds again."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from organizer.ui.tasks import Tasks

        self.problem = ""
        """Why the last backup couldn't be made, "" when all is well."""
        self._context = context
        self._told: set[str] = set()
        # not the window's tasks: no bar is shown, and nothing she asked for waits behind it
        self._tasks = Tasks(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(FIRST)

    def stop(self) -> None:
        """Stop what is under way, leaving nothing half made; nothing is started any more."""
        self._timer.stop()
        self._tasks.shutdown()

    def active(self) -> bool:
        """True while a backup is being made."""
        return self._tasks.active()

    def settled(self) -> None:
        """A backup was made in another way and lies everywhere it should: nothing is wrong any more."""
        self.problem = ""
        self._told.clear()
        self.made.emit()

    def look(self) -> None:
        """Make a backup if one is due, unless other work runs: then the next look will do."""
        self._timer.start(AGAIN)
        if self._tasks.active() or self._context.tasks.active():
            return
        from organizer.services import backups

        file = self._context.file
        if file.rotted:
            return
        try:
            reason = backups.due(file)
            job = backups.make(file, reason) if reason else None
        except Refusal as refusal:
            self._failed(refusal)
        else:
            if job:
                self._tasks.run(job.title, job.work, self._made, self._failed)

    def _made(self, backup: Backup) -> None:
        # the backup is made, but perhaps the second folder got none
        if backup.problem:
            self._tell(backup.problem)
            self.made.emit()
        else:
            self.settled()

    def _failed(self, refusal: Refusal) -> None:
        self._tell(refusal.message)

    def _tell(self, message: Message) -> None:
        self.problem = say(message.text, message.values)
        if self.problem not in self._told:
            self._told.add(self.problem)
            self.troubled.emit(self.problem)
