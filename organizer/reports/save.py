"""Saving a PDF, and what to say when it can't be saved."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.whole_file import write_whole

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def save(out: Path, data: bytes) -> None:
    """Write `data` to `out`, replacing a file that is there only once the new one is on the disk.

    Raises Refusal, leaving what was there as it was, when the disk or the folder doesn't let us.
    """
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        write_whole(out, data)
    except OSError as error:
        raise Refusal(_why(error, out)) from error


def _why(error: OSError, out: Path) -> Message:
    if error.errno in _FULL:
        return Message(
            "There is no room on the disk for {file}. Nothing was saved. Make room, or choose another place.",
            {"file": out.name},
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Message("The folder {folder} isn't there. Choose another folder.", {"folder": str(out.parent)})
    if error.errno == errno.EISDIR:
        return Message("{file} is a folder. Choose another name for the PDF.", {"file": str(out)})
    if error.errno in _CLOSED:
        return Message(
            "{file} can't be written in {folder}. The folder may be write-protected, or the file open in another"
            " program. Nothing was changed. Close the file, or choose another place.",
            {"file": out.name, "folder": str(out.parent)},
        )
    return Message(
        "{file} could not be saved: {reason}. Nothing was changed. Choose another place.",
        {"file": out.name, "reason": error.strerror or str(error)},
    )
