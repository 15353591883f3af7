"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from uuid import uuid4

from organizer.domain.result import Message, Refusal

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_whole(out: Path, data: bytes) -> None:
    """Write `data` to `out`, replacing a file that is there only once the new one is on the disk.

    Raises Refusal, leaving what was there as it was, when the disk or the folder doesn't let us.
    """
    part = out.parent / f".organizer-{uuid4().hex}.part"
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        _settle(out.parent)
    except OSError as error:
        raise Refusal(_why(error, out)) from error


def _settle(folder: Path) -> None:
    # so that the new name too outlives a power cut; Windows has no such call
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
