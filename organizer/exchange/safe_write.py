"""Saving an export, and what to say when it can't be saved."""

from __future__ import annotations

import errno
from pathlib import Path

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_
from organizer.whole_file import write_whole

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
        write_whole(path, data)
    except OSError as error:
        sentence = _SENTENCES.get(error.errno or 0)
        if sentence is None:
            values = {"file": path.name, "reason": error.strerror or str(error)}
            raise Refusal(Message("“{file}” was not saved: {reason}.", values)) from error
        raise Refusal(Message(sentence, {"file": path.name})) from error
