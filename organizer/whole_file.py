"""Writes a file whole or not at all. A leaf: the rooms that call it say what a failure means to the user."""

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
