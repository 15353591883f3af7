"""A file that can only be looked at where it lies, such as one on a locked stick: a copy that can be worked in."""

from __future__ import annotations

import os
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.whole_file import first_free, write_whole


def only_readable(path: Path) -> bool:
    """True when the file at `path` may be read but not written where it lies."""
    if not (os.path.isfile(path) and os.access(path, os.R_OK)):  # noqa: PTH113 - also says no to an impossible name
        return False
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def copy_into(path: Path, folder: Path) -> Path:
    """Copy the file at `path`, which no window has open, into `folder`; where the copy lies.

    It keeps its name, or gets one that is free. The file stays as it is. Raises Refusal, leaving nothing
    behind, when it can't be read or the folder can't be written to.
    """
    journal, copied = path.with_name(f"{path.name}-journal"), None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = first_free(folder, path.stem, path.suffix)
        # what a cut-off write left belongs to the file, and must lie there before it
        if journal.exists():
            copied = target.with_name(f"{target.name}-journal")
            write_whole(copied, journal.read_bytes())
        write_whole(target, path.read_bytes())
    except OSError as error:
        if copied:
            copied.unlink(missing_ok=True)
        raise Refusal(
            Message(
                "{file} could not be copied to {folder}. Nothing was changed. Check the stick, and the room on "
                "the disk.",
                {"file": str(path), "folder": str(folder)},
            )
        ) from error
    return target
