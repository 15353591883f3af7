"""Writes a file whole or not at all, under a name that is free. A leaf: its callers say what a failure means."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in `path`, replacing what was there only once all of it is on the disk.

    The file is hers alone to read, for it may hold other people's data. Raises OSError, with the old file as it
    was and nothing left behind, when the disk or the folder says no.
    """
    handle, name = tempfile.mkstemp(prefix=".organizer-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(path.parent)


def first_free(folder: Path, stem: str, suffix: str = "", mark: str = " ({})") -> Path:
    """The first of "stem", "stem (2)", "stem (3)" … that nothing in `folder` has. Raises OSError.

    `suffix` ends each; `mark` says how the number is written. A name whose journal lies there isn't free either:
    SQLite would undo that write in what gets the name.
    """
    path, number = folder / f"{stem}{suffix}", 2
    while _is_taken(path) or _is_taken(path.with_name(f"{path.name}-journal")):
        path, number = folder / f"{stem}{mark.format(number)}{suffix}", number + 1
    return path


def _is_taken(path: Path) -> bool:
    """Also by a link that leads nowhere."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def sync_folder(folder: Path) -> bool:
    """Make the names that changed in `folder` last through a power cut; True where the system said so."""
    if os.name != "posix":
        return False
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:  # the files themselves are safe
        return False
    return True
