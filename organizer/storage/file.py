"""One local SQLite file, open in one window, over one connection, on the main thread. opening.py opens it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from filelock import FileLock
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from organizer.domain.result import Message, Refusal
from organizer.i18n import N_
from organizer.storage import history, seal, settings
from organizer.storage.cipher import Key
from organizer.storage.connect import engine_for, reading
from organizer.storage.failures import Gone, told
from organizer.storage.history import Deed

Clock = Callable[[], datetime]

_IDENTITY = """
SELECT (SELECT value FROM setting WHERE key = 'file_id'),
  (SELECT seq FROM sqlite_sequence WHERE name = 'history_row'),
  (SELECT max(at) FROM history_deed)
"""

SUFFIX = ".organizer"
"""How a file's name ends."""


class File:
    """An open file. Made by `create` or `open_file`; every change goes through `deed`.

    `key` is what it is encrypted with, None for a plain file. Without a `lock` it can only be read. `rotted` is
    True when its bytes are not as the program left them though nothing has written to it since (see seal.py);
    a mere copy (`is_copy`) leaves no seal.
    """

    def __init__(
        self, path: Path, key: Key | None, lock: FileLock | None, clock: Clock, *, is_copy: bool = False
    ) -> None:
        self.path = path
        self.key = key
        self.clock = clock
        self.rotted = False
        self.is_copy = is_copy
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self._in_deed = False
        self._engine: Engine = engine_for(path, key, read_only=lock is None)
        self.connection: Connection = self._engine.connect()
        self._lock = lock
        self._last_seen: tuple[int, ...] = ()
        self._last_identity: tuple[Any, ...] = ()
        # held open as long as the connection: closing any handle of the file drops SQLite's locks on POSIX
        self._handle = -1
        try:
            if lock:
                self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except BaseException:
            self._let_go()
            raise

    def close(self) -> None:
        """Give the file free. Everything was saved before; closing twice does nothing."""
        is_open, is_current = self._handle >= 0, self.is_current()
        self._let_go()
        if self._lock and is_open:
            if is_current and not self.rotted and not self.is_copy:
                seal.write(self.path)
            self._lock.release()

    def _let_go(self) -> None:
        self.connection.close()
        self._engine.dispose()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    @property
    def encrypted(self) -> bool:
        """True when a passphrase protects the file."""
        return self.key is not None

    def is_current(self) -> bool:
        """False when the open file isn't the one at its path: replaced, moved, written over, its stick gone."""
        return self._is_at_its_path() and not self.is_overwritten()

    def is_overwritten(self) -> bool:
        """True when another program has written over the open file: what was in it is gone but for the backups."""
        if self._in_deed or not self._last_seen or not self._is_at_its_path():
            return False
        now = self._seen()
        if now == self._last_seen:
            return False
        if now[0] == 0 or self._is_another():
            return True
        self._last_seen = now  # only touched
        return False

    def must_be_current(self) -> None:
        """Raise Gone, with what happened, when the open file is no longer the one at its path."""
        if not self._is_at_its_path():
            raise Gone(_gone(self.path))
        if self.is_overwritten():
            text = N_(
                "Another program has written over {file} while it was open here. This was not saved. "
                "A backup is the way back."
            )
            raise Gone(Message(text, {"file": str(self.path)}))

    def _is_at_its_path(self) -> bool:
        if self._handle < 0:
            return False
        try:
            return os.path.samestat(os.fstat(self._handle), self.path.stat())
        except OSError:
            return False

    def take_notice(self) -> None:
        """From here on another program's writing is noticed; what this connection wrote before is its own."""
        try:
            self._last_seen, self._last_identity = self._seen(), tuple(self.fetch(_IDENTITY)[0])
        except (Refusal, OSError):
            self._last_seen = ()  # a disk that doesn't answer now: nothing can be said until the next deed

    def _seen(self) -> tuple[int, ...]:
        """What another program's writing changes, whatever it is: the file's size and time."""
        now = os.fstat(self._handle)
        return now.st_size, now.st_mtime_ns

    def _is_another(self) -> bool:
        """Does the file on the disk hold another history than this connection wrote last?"""
        try:
            with reading(self.path, self.key) as connection:
                return tuple(connection.execute(_IDENTITY).fetchone()) != self._last_identity
        except driver.Error:
            return True

    def bytes_as_left(self) -> bool | None:
        """Are the bytes as they were at the last close? None when that can't be known. May run on any thread."""
        return seal.holds(self.path, self._handle)

    def look_for_rot(self) -> None:
        """Distrust the bytes where an earlier look did, or where the file is small enough to be looked at now."""
        if seal.is_marked(self.path) or seal.is_broken_small(self.path, self._handle):
            self.distrust_bytes()

    def distrust_bytes(self) -> None:
        """Note that the bytes are not as the program left them, until she decides."""
        self.rotted = True
        seal.mark_broken(self.path)

    def accept_bytes(self) -> None:
        """Take the bytes as they are now for what the program left: she has looked, and goes on with them."""
        self.rotted = False
        seal.forget(self.path)

    @contextmanager
    def deed(self, kind: str, subject: str = "") -> Iterator[None]:
        """One transaction under the name `kind`; a deed inside a deed is part of it.

        On leaving, what the block changed is on disk and the listeners hear which tables were touched;
        if it raises, nothing has changed. Raises Refusal when the disk or the file says no, Gone when another
        file lies at the path now.
        """
        if self._in_deed:
            yield
            return
        with self._transaction():
            before = history.last_row(self.connection)
            yield
            touched = history.record(self.connection, kind, subject, self._now(), before)
        self._tell(touched)

    def fetch(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query as the driver gives them: SQLAlchemy's own would double the time of a large read."""
        with told(self.path, (driver.Error, MemoryError)):
            cursor = self.connection.exec_driver_sql(query, values).cursor
            return list(cursor.fetchall()) if cursor else []

    def remember(self, key: str, value: str) -> None:
        """Store a setting that is a habit of the screen, outside history: undo doesn't touch it."""
        with self._transaction():
            self.connection.exec_driver_sql("UPDATE history_recording SET active = 0")
            settings.write(self, key, value)
            self.connection.exec_driver_sql("UPDATE history_recording SET active = 1")

    def undo(self) -> Deed | None:
        """Take the last deed back and say which, or None when there is none."""
        return self._replay(history.undoable(self.connection))

    def redo(self) -> Deed | None:
        """Do the last undone deed again and say which, or None when there is none."""
        return self._replay(history.redoable(self.connection))

    def _replay(self, deed: Deed | None) -> Deed | None:
        if deed:
            with self._transaction():
                touched = history.replay(self.connection, deed)
            self._tell(touched)
        return deed

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.must_be_current()
        # the database's failures only: a pipe that breaks while a deed runs says nothing about this file
        with told(self.path, (DBAPIError, driver.Error, MemoryError)):
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            self._in_deed = True
            try:
                yield
                self.connection.exec_driver_sql("COMMIT")
            except BaseException:
                roll_back(self.connection)
                raise
            finally:
                # a rollback of one's own changes it too
                self.take_notice()
                self._in_deed = False

    def _tell(self, touched: frozenset[str]) -> None:
        if touched:
            for listener in list(self.listeners):
                listener(touched)

    def _now(self) -> str:
        return self.clock().isoformat(timespec="seconds")


def _gone(path: Path) -> Message:
    name = {"file": str(path)}
    if not path.parent.exists():
        return Message(
            "The folder of {file} is not there any more: perhaps the stick was pulled out. This was not saved; "
            "everything saved before is on it. Put it back in and try again.",
            name,
        )
    if not path.exists():
        return Message(
            "{file} was moved, renamed or deleted by another program. This was not saved. "
            "Put it back where it was, or save a copy.",
            name,
        )
    return Message(
        "Another program has put a different file in the place of {file}. This was not saved. "
        "Save a copy of what you see here, then open the file again.",
        name,
    )


def roll_back(connection: Connection) -> None:
    """End a transaction that failed; some failures (a full disk) have ended it already."""
    if connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
        connection.exec_driver_sql("ROLLBACK")
