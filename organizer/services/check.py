"""Is the file sound? It is read only; what is found comes with the verified way back."""

from __future__ import annotations

from pathlib import Path

from organizer.domain.result import Message
from organizer.i18n import N_, _
from organizer.services import files
from organizer.services.jobs import Job, Progress
from organizer.storage import File, Secret
from organizer.storage import check as _check
from organizer.storage.check import Finding

__all__ = ["Finding", "check", "check_path"]


def check(file: File) -> Job[list[Finding]]:
    """Everything that is wrong with the open file; an empty list when all is well.

    SQLite's integrity and links, no circle in a tree, sums that agree, nobody left over, search and undo whole.
    The job raises Refusal when the file can't be read at all.
    """
    path, key = file.path, file.key
    known, left = file.rotted, file.bytes_as_left

    def work(progress: Progress) -> list[Finding]:
        found = _rotten(path) if known or left() is False else []
        return found + _check.check(path, key, progress.report, progress.cancelled)

    return Job(_("Checking the file"), work)


def check_path(path: Path, secret: Secret = "") -> list[Finding]:
    """The same for a file by its path, which another program may have open.

    Raises Locked, WrongSecret, Damaged, NotOurs, or Refusal when it can't be read at all.
    """
    key = files.key_of(path, secret)
    return _check.check(path, key, lambda _done: None, lambda: False)


def _rotten(path: Path) -> list[Finding]:
    text = N_("{file} is not as Organizer left it, though no program has written to it: the disk may be failing.")
    return [Finding("bytes", Message(text, {"file": path.name}))]
