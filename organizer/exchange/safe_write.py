"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_

_SENTENCES = {
    errno.ENOSPC: N_("The disk is full, so “{file}” was not saved. Make room, or choose another place."),
    errno.ENOENT: N_("The folder for “{file}” is not there any more. Choose another place."),
    errno.ENOTDIR: N_("The folder for “{file}” is not there any more. Choose another place."),
    errno.EISDIR: N_("“{file}” is a folder. Choose another name."),
    errno.ENAMETOOLONG: N_("The name “{file}” is too long. Choose a shorter one."),
    errno.EROFS: N_("“{file}” can't be saved in that folder. Choose another place."),
    errno.EACCES: N_(
        "“{file}” can't be saved there. It may be open in another program, or the folder may be read only. "
        "Close it, or choose another place."
    ),
}
_SENTENCES[errno.EDQUOT] = _SENTENCES[errno.ENOSPC]
_SENTENCES[errno.EPERM] = _SENTENCES[errno.EACCES]


def write_safely(path: Path, data: bytes) -> None:
    """Put `data` in `path`, replacing what was there only once all of it is on the disk.

    Raises Refusal, with the file as it was before and nothing left behind, when that can't be done.
    """
    try:
        _write(path, data)
    except OSError as error:
        sentence = _SENTENCES.get(error.errno or 0)
        if sentence is None:
            values = {"file": path.name, "reason": error.strerror or str(error)}
            raise Refusal(Message("“{file}” was not saved: {reason}.", values)) from error
        raise Refusal(Message(sentence, {"file": path.name})) from error


def _write(path: Path, data: bytes) -> None:
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
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, on systems that can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # the file itself is safe
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
