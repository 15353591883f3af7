"""The world's failures of a file, told so that she knows what to do. Anything else is a bug and stays one."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

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


_DAMAGED = N_(
    "{file} is damaged, or the disk or stick has failed: it can't be read any more. Close it and open it again; "
    "if that doesn't help, a backup is the way back."
)

_BUSY = N_("{file} is in use by another program. Nothing was changed. Close the other one and try again.")

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
    ("database is locked", _BUSY),
    ("unable to open", N_("{file} can't be opened. Check that the folder exists and that you may write in it.")),
    (
        "disk i/o error",
        N_("The disk answered with an error. This was not saved. Check the disk or stick, then try again."),
    ),
    # files of other kinds are told apart before SQLite is asked; an encrypted page that doesn't agree reads so too
    ("not a database", _DAMAGED),
    ("malformed", _DAMAGED),
    # a byte of a text has changed by itself
    ("could not decode", _DAMAGED),
    # the program's own questions are always the same: a name that is unknown has changed in the file
    ("no such column", _DAMAGED),
    ("no such table", _DAMAGED),
    ("has no column named", _DAMAGED),
    ("unrecognized token", _DAMAGED),
    ("foreign key mismatch", _DAMAGED),
    # an index of words can't be read
    ("vtable constructor failed", _DAMAGED),
)


def refusal_for(error: BaseException, path: Path) -> Refusal | None:
    """The refusal that tells of `error`, or None when it is not the world's doing."""
    if isinstance(error, OSError):
        if error.errno == errno.ENOSPC:
            return Refusal(Message(_BY_TEXT[0][1]))
        return Refusal(Message(_BY_TEXT[4][1], {"file": str(path)}))
    if isinstance(error, UnicodeDecodeError | MemoryError):
        # what SQLite says of a name in the schema, or of an index's page, in which a byte has changed
        return Damaged(Message(_DAMAGED, {"file": str(path)}))
    text = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, sentence in _BY_TEXT:
        if sign in text:
            kind = Damaged if sentence is _DAMAGED else Busy if sentence is _BUSY else Refusal
            return kind(Message(sentence, {"file": str(path)}))
    return None


_KNOWN = (DBAPIError, driver.Error, OSError, UnicodeDecodeError, MemoryError)


@contextmanager
def told(path: Path, kinds: tuple[type[Exception], ...] = _KNOWN) -> Iterator[None]:
    """Turn the world's failures of these kinds inside the block into a Refusal about `path`."""
    try:
        yield
    except kinds as error:
        refusal = refusal_for(error, path)
        if refusal is None:
            raise
        raise refusal from error


class _OfFile(Protocol):
    path: Path


_F = TypeVar("_F", bound=_OfFile)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def as_written(read: Callable[Concatenate[_F, _P], _R]) -> Callable[Concatenate[_F, _P], _R]:
    """For a function that makes records of rows: what can't be one isn't as the program wrote it, so Damaged."""

    def reading(file: _F, /, *arguments: _P.args, **named: _P.kwargs) -> _R:
        try:
            return read(file, *arguments, **named)
        except (LookupError, ValueError, TypeError, OverflowError) as error:
            raise Damaged(Message(_DAMAGED, {"file": str(file.path)})) from error

    return update_wrapper(reading, read)
