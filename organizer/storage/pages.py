"""Whole database files: copied page by page, read from end to end, compared, put on the disk for good."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from organizer.domain.result import Cancelled, Message
from organizer.storage.cipher import Key, unlock
from organizer.storage.connect import reading
from organizer.storage.failures import Damaged, told
from organizer.whole_file import sync_folder

Report = Callable[[float], None]
IsCancelled = Callable[[], bool]

_PAGES = 64
"""Pages copied at a time: so few that a deed waits for some milliseconds only, encrypted or not."""


def copy_pages(path: Path, key: Key | None, target: Path, report: Report, cancelled: IsCancelled) -> None:
    """Copy the database at `path`, open or not, to `target` page by page, and put it on the disk.

    A deed that is done meanwhile makes it start again, so the copy is always one moment of the file.
    Raises Refusal, and Cancelled.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        report(1 - remaining / total if total else 1)

    with told(target):
        make_private(target)
    with told(path), reading(path, key) as source:
        copy = driver.connect(str(target), isolation_level=None)
        try:
            unlock(copy, key)
            # nobody sees the copy before it is whole: it needs no journal of its own
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=_PAGES, progress=step, sleep=0.01)
        finally:
            copy.close()
    with told(target):
        sync_file(target)


def copy_bytes(closed: Path, target: Path, part: Path, digest: str = "") -> None:
    """Copy a closed file as it is: hers alone to read, on the disk, and with this digest where one is given.

    It is called `part` until it is whole. Raises Refusal, Damaged for another digest, with nothing left behind.
    """
    try:
        with told(target):
            make_private(part)
            with closed.open("rb") as source, part.open("wb") as copy:
                while data := source.read(1 << 20):
                    copy.write(data)
                copy.flush()
                os.fsync(copy.fileno())
            if digest:
                must_have(part, digest)
            part.replace(target)
            sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def make_private(path: Path) -> None:
    """An empty new file that only she may read, in the place of any old one. Raises OSError."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)


def verify(path: Path, key: Key | None) -> None:
    """Read every page of the closed file at `path` and every link between tables. Raises Damaged, or Refusal."""
    with told(path), reading(path, key) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(3)
    if found != ["ok"] or orphans:
        raise Damaged(Message("{file} is damaged, so it doesn't count as a backup.", {"file": path.name}))


def digest_of(path: Path) -> str:
    """The BLAKE2b digest of a closed file. Raises OSError."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "blake2b").hexdigest()


def must_have(path: Path, digest: str) -> None:
    """Raise Damaged unless the closed file at `path` has this digest; OSError where it can't be read."""
    if digest_of(path) != digest:
        raise Damaged(Message("{file} is not as it was when it was made. Don't trust it.", {"file": path.name}))


def sync_file(path: Path) -> None:
    """Make what was written to a closed file last through a power cut. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
