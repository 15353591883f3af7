"""Connections to a SQLite file: the window's own, and those that a worker reads over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import StaticPool

from organizer.storage.cipher import Key, unlock
from organizer.storage.failures import refusal_for

# EXTRA also syncs the folder once the journal is gone: without that, a power cut may bring back the journal of a
# deed that was told as saved, and with it take the deed back
_PRAGMAS = ("foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON", "synchronous = EXTRA")
_CACHE = "cache_size = -65536"


def connect(path: Path, key: Key | None, wait: float = 1, *, read_only: bool = False) -> Any:
    """A driver connection to the file at `path`, with the pragmas that hold everywhere.

    `wait` says how many seconds to wait for another connection. Raises driver errors.
    """
    place = f"{path.absolute().as_uri()}?mode=ro" if read_only else str(path)
    connection = driver.connect(place, isolation_level=None, timeout=wait, cached_statements=256, uri=read_only)
    try:
        unlock(connection, key)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def engine_for(path: Path, key: Key | None, *, read_only: bool = False) -> Engine:
    """An engine of one connection, whose failures that are the world's doing come as refusals."""

    def creator() -> Any:
        connection = connect(path, key, read_only=read_only)
        connection.execute(f"PRAGMA {_CACHE}")
        return connection

    engine = create_engine(
        "sqlite://", module=driver, creator=creator, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )

    @event.listens_for(engine, "handle_error")
    def _told(context: ExceptionContext) -> None:
        refusal = refusal_for(context.original_exception, path)
        if refusal:
            raise refusal from context.original_exception

    return engine


@contextmanager
def reading(path: Path, key: Key | None) -> Iterator[Any]:
    """A driver connection of its own that changes nothing, for work on another thread."""
    connection = connect(path, key, wait=10, read_only=True)
    try:
        yield connection
    finally:
        connection.close()
