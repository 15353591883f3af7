"""A backup before an import, whatever is brought in; without one only if she says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import backups
from organizer.services.backups import Reason
from organizer.services.files import File
from organizer.ui.tasks import Tasks
from organizer.ui.widgets import messages
from organizer.ui.widgets.messages import spoken


def make(parent: QWidget, file: File, tasks: Tasks, then: Callable[[], None], ended: Callable[[], None]) -> bool:
    """Make a backup in `tasks`, then do `then`; when none can be made she is asked whether to go on without.

    True when the backup is under way: `ended` comes when it is over, however it went.
    """

    def failed(refusal: Refusal) -> None:
        messages.ask(
            parent,
            _("Import without a backup?"),
            _("The backup before the import could not be made. Nothing was changed."),
            _("Import &without a backup"),
            then,
            detail=spoken(refusal),
            danger=True,
        )

    try:
        job = backups.make(file, Reason.IMPORT)
    except Refusal as refusal:
        failed(refusal)
        return False
    tasks.run(job.title, job.work, lambda _made: then(), failed, ended)
    return True
