"""The world's failures of a file, told so that she knows what to do. Anything else is a bug and stays one."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_


class NotOurs(Refusal):
    """The file exists but is no Organizer file, or can't be read as one."""


class Busy(Refusal):
    """Another window or program has the file open."""


class Locked(Refusal):
    """The file is encrypted, and no passphrase was given."""


class WrongSecret(Refusal):
    """The passphrase or recovery key doesn't open the file; its very beginning may also be damaged."""


class Damaged(Refusal):
    """The file is damaged: what stands in it can't be trusted. A backup is the way back."""


class Gone(Refusal):
    """The file that is open is no longer the one at its path: moved, replaced, or its stick pulled out."""


_BY_TEXT = (
    (
        "disk is full",
        N_("The disk is full. This was not saved; everything saved before is safe. Make room and try again."),
    ),
    (
        "readonly database",
        N_("{file} can't be written to: the file or its folder is read-only. Nothing was changed."),
    ),
    (
        "read-only database",
        N_("{file} can't be written to: the file or its folder is read-only. Nothing was changed."),
    ),
    (
        "database is locked",
        N_("{file} is in use by another program. Nothing was changed. Close the other one and try again."),
    ),
    ("unable to open", N_("{file} can't be opened. Check that the folder exists and that you may write in it.")),
    (
        "disk i/o error",
        N_("The disk answered with an error. This was not saved. Check the disk or stick, then try again."),
    ),
    (
        "not a database",
        N_("{file} is not an Organizer file, or it is damaged at its beginning. It was left as it is."),
    ),
    ("malformed", N_("{file} is damaged. It was left as it is; a backup is the way back.")),
    # a byte of a text has changed by itself
    ("could not decode", N_("{file} is damaged. It was left as it is; a backup is the way back.")),
)

_KINDS: dict[str, type[Refusal]] = {
    "not a database": NotOurs,
    "database is locked": Busy,
    "malformed": Damaged,
    "could not decode": Damaged,
}


def refusal_for(error: BaseException, path: Path) -> Refusal | None:
    """The refusal that tells of `error`, or None when it is not the world's doing."""
    if isinstance(error, OSError):
        if error.errno == errno.ENOSPC:
            return Refusal(Message(_BY_TEXT[0][1]))
        return Refusal(Message(_BY_TEXT[4][1], {"file": str(path)}))
    text = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, sentence in _BY_TEXT:
        if sign in text:
            return _KINDS.get(sign, Refusal)(Message(sentence, {"file": str(path)}))
    return None


@contextmanager
def told(path: Path, kinds: tuple[type[Exception], ...] = (DBAPIError, driver.Error, OSError)) -> Iterator[None]:
    """Turn the world's failures of these kinds inside the block into a Refusal about `path`."""
    try:
        yield
    except kinds as error:
        refusal = refusal_for(error, path)
        if refusal is None:
            raise
        raise refusal from error
