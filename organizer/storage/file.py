"""One local SQLite file, opened by one window, over one connection, on the main thread."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from organizer.domain.result import Message, Refusal
from organizer.storage import history, schema, settings
from organizer.storage.failures import Busy, NotOurs, told
from organizer.storage.history import Deed

Clock = Callable[[], datetime]

SUFFIX = ".organizer"
"""How a file's name ends."""


class File:
    """An open file. Made by `create` or `open_file`; every change goes through `deed`."""

    def __init__(self, path: Path, engine: Engine, lock: FileLock, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.connection: Connection = engine.connect()
        self._engine = engine
        self._lock = lock
        self._in_deed = False

    def close(self) -> None:
        """Give the file free. Everything was saved before; closing twice does nothing."""
        self.connection.close()
        self._engine.dispose()
        self._lock.release()

    @contextmanager
    def deed(self, kind: str, subject: str = "") -> Iterator[None]:
        """One transaction under the name `kind`; a deed inside a deed is part of it.

        On leaving, what the block changed is on disk and the listeners hear which tables were touched;
        if it raises, nothing has changed. Raises Refusal when the disk or the file says no.
        """
        if self._in_deed:
            yield
            return
        with self._transaction():
            before = history.last_row(self.connection)
            yield
            touched = history.record(self.connection, kind, subject, self._now(), before)
        self._tell(touched)

    def fetch(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query as the driver gives them: SQLAlchemy's own would double the time of a large read."""
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
        # the database's failures only: a pipe that breaks while a deed runs says nothing about this file
        with told(self.path, (DBAPIError,)):
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            self._in_deed = True
            try:
                yield
                self.connection.exec_driver_sql("COMMIT")
            except BaseException:
                # some failures (a full disk) have rolled back already
                if self.connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
                    self.connection.exec_driver_sql("ROLLBACK")
                raise
            finally:
                self._in_deed = False

    def _tell(self, touched: frozenset[str]) -> None:
        if touched:
            for listener in list(self.listeners):
                listener(touched)

    def _now(self) -> str:
        return self.clock().isoformat(timespec="seconds")


def create(path: Path, clock: Clock) -> File:
    """Make a new, empty file at `path`, and its folder, and open it.

    Raises Refusal when something is there already or the folder can't be written to.
    """
    with told(path):
        path = path.resolve()
        if path.exists():
            raise Refusal(Message("{file} exists already. Nothing was changed.", {"file": str(path)}))
        path.parent.mkdir(parents=True, exist_ok=True)
    file = _connect(path, clock)
    try:
        with told(path):
            _make_schema(file.connection)
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return file


def open_file(path: Path, clock: Clock) -> File:
    """Open the file at `path`, bringing an older one up to date first.

    Raises NotOurs for any other file or a damaged one, Busy when another window has it open, Refusal when it
    is missing, unreadable, or from a newer version of the program. The file is left as it was.
    """
    with told(path):
        # one name for one file: through a link it would get a second lock
        path = path.resolve()
        if not path.is_file():
            raise Refusal(Message("{file} is not there. It may have been moved or renamed.", {"file": str(path)}))
    with told(path), path.open("rb") as opened:
        if opened.read(16) != b"SQLite format 3\x00":
            raise NotOurs(Message("{file} is not an Organizer file. It was left as it is.", {"file": str(path)}))
    file = _connect(path, clock)
    try:
        with told(path):
            _check_version(file)
    except BaseException:
        file.close()
        raise
    return file


def _connect(path: Path, clock: Clock) -> File:
    with told(path):
        lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise Busy(
                Message("{file} is open in another window. Close it there first.", {"file": str(path)})
            ) from None
        engine = create_engine(
            "sqlite://",
            module=driver,
            creator=lambda: driver.connect(str(path), isolation_level=None, timeout=1, cached_statements=256),
            poolclass=StaticPool,
            isolation_level="AUTOCOMMIT",
        )
        try:
            file = File(path, engine, lock, clock)
            for pragma in (
                "foreign_keys = ON",
                "trusted_schema = OFF",
                "synchronous = FULL",
                "cache_size = -65536",
            ):
                file.connection.exec_driver_sql(f"PRAGMA {pragma}")
        except BaseException:
            engine.dispose()
            lock.release()
            raise
    return file


def _make_schema(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN EXCLUSIVE")
    schema.metadata.create_all(connection)
    history.create_triggers(connection)
    connection.exec_driver_sql("INSERT INTO history_recording VALUES (1)")
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
    connection.exec_driver_sql("COMMIT")


def _check_version(file: File) -> None:
    name = {"file": str(file.path)}
    if file.connection.exec_driver_sql("PRAGMA application_id").scalar_one() != schema.APPLICATION_ID:
        raise NotOurs(Message("{file} is not an Organizer file. It was left as it is.", name))
    version = int(file.connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if version > schema.VERSION:
        raise Refusal(
            Message("{file} was made by a newer version of Organizer. Install that version to open it.", name)
        )
    # writes without changing: notices a read-only file or a foreign lock now, not at the first deed
    file.connection.exec_driver_sql("BEGIN IMMEDIATE")
    file.connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    file.connection.exec_driver_sql("ROLLBACK")
    if version < schema.VERSION:
        # Alembic takes half a second to import: only when there is something to migrate
        importlib.import_module("organizer.storage.migrate").migrate(file, version)
