"""What can be told of a path before it is opened: a folder, a backup, or nothing there."""

from __future__ import annotations

import os
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_


class IsBackup(Refusal):
    """She wants to open a backup where it lies."""


def must_be(path: Path) -> None:
    """Raise Refusal when a window can't open what lies at `path`, IsBackup for a backup among the others."""
    from organizer.services import backup_folders, files

    if os.path.isdir(path):  # noqa: PTH112 - also says no to an impossible name
        raise Refusal(Message("{file} is a folder. Open it, and choose the file in it.", {"file": str(path)}))
    if not os.path.lexists(path) and not files.is_there(path):
        # she may have typed no path at all: it is the file of last time
        text = N_(
            "{file} is not there. It may have been moved or renamed, or it lies on a stick that isn't plugged in "
            "or a drive that isn't connected."
        )
        raise Refusal(Message(text, {"file": str(path)}))
    if os.path.isfile(path) and backup_folders.is_in_one(path):  # noqa: PTH113 - also says no to an impossible name
        text = N_(
            "{file} lies among the backups. Opened there, the backup itself would change with everything you do. "
            "Open a copy of it instead."
        )
        raise IsBackup(Message(text, {"file": str(path)}))
