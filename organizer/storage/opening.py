"""Making and opening files: locked, unlocked, known as ours, whole, brought up to date."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout
from sqlalchemy import Connection

from organizer.domain import recovery
from organizer.domain.result import Message, Refusal
from organizer.storage import cipher, history, schema, search
from organizer.storage.beside import finish, is_there, journal_of, remove_part
from organizer.storage.cipher import Key, Secret
from organizer.storage.failures import Busy, Damaged, Locked, NotOurs, WrongSecret, told
from organizer.storage.file import SUFFIX, Clock, File


def create(path: Path, clock: Clock, passphrase: str = "") -> File:
    """Make a new, empty file at `path`, and its folder, and open it; encrypted where a passphrase is given.

    Raises Refusal when something is there already or the folder can't be written to.
    """
    with told(path):
        path = path.resolve()
        _must_be_free(path)
        path.parent.mkdir(parents=True, exist_ok=True)
    lock = locked(path)
    try:
        with told(path):
            finish(path)
            _must_be_free(path)
    except BaseException:
        lock.release()
        raise
    try:
        with told(path):
            path.touch(mode=0o600)
            file = File(path, cipher.new_key(passphrase) if passphrase else None, lock, clock)
    except BaseException:
        path.unlink(missing_ok=True)
        lock.release()
        raise
    try:
        with told(path):
            _make_schema(file.connection)
            file.take_notice()
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return file


def _must_be_free(path: Path) -> None:
    if path.exists():
        raise Refusal(Message("{file} exists already. Nothing was changed.", {"file": str(path)}))


def open_file(path: Path, clock: Clock, secret: Secret = "", *, is_copy: bool = False) -> File:
    """Open the file at `path`, bringing an older one up to date first, with a backup made before.

    `is_copy` says that the file is a copy of our own that only serves to look into: no backup of it is made.
    Raises Locked for an encrypted file without a secret, WrongSecret, Damaged, NotOurs for any other file,
    Busy when another window has it open, Refusal when it is missing, unreadable, or from a newer version of
    the program. The file is left as it was.
    """
    with told(path):
        # one name for one file: through a link it would get a second lock
        path = path.resolve()
        if not is_there(path):
            raise Refusal(Message("{file} is not there. It may have been moved or renamed.", {"file": str(path)}))
    lock = locked(path)
    try:
        remove_part(path)
        with told(path):
            finish(path)
            key = key_of(path, secret)
            file = File(path, key, lock, clock, is_copy=is_copy)
    except BaseException:
        lock.release()
        raise
    try:
        with told(path):
            _check(file)
            version = _version(file)
            file.take_notice()
            file.look_for_rot()
        if version < schema.VERSION:
            # Alembic takes half a second to import: only when there is something to migrate
            importlib.import_module("organizer.storage.migrate").migrate(file, version, is_copy=is_copy)
        file.take_notice()
    except BaseException:
        file.close()
        raise
    return file


@contextmanager
def reading_file(path: Path, key: Key | None, clock: Clock) -> Iterator[File]:
    """The file at `path` to read in only, over a connection of its own, while a window may have it open."""
    with told(path):
        file = File(path, key, None, clock)
    try:
        yield file
    finally:
        file.close()


def locked(path: Path) -> FileLock:
    """The lock of the file at `path`, taken; the system frees it when the program ends, however it ends.

    Raises Busy when another window has it, Refusal for a name that is no text.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise Refusal(
            Message(
                "The name {file} holds signs that are no text. Rename the file or its folder.", {"file": str(path)}
            )
        ) from None
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)
    with told(path):
        try:
            lock.acquire()
        except Timeout:
            raise Busy(
                Message("{file} is open in another window. Close it there first.", {"file": str(path)})
            ) from None
    return lock


def key_of(path: Path, secret: Secret) -> Key | None:
    """The key that opens the file at `path`, tried out; None for a plain one.

    No connection to it may be open in this process. Raises Locked, WrongSecret, Damaged or NotOurs.
    """
    name = {"file": str(path)}
    if not cipher.looks_encrypted(path):
        _must_be_plain(path)
        return None
    if path.suffix != SUFFIX:
        raise NotOurs(Message("{file} is not an Organizer file. It was left as it is.", name))
    if not secret:
        raise Locked(Message("{file} is protected with a passphrase.", name))
    key = cipher.key_for(path, secret)
    if cipher.opens_first_page(path, key):
        return key
    if cipher.opens_some_page(path, key):
        if journal_of(path).exists():
            return key  # a write was cut off: SQLite puts it right when it opens the file
        raise Damaged(Message("The passphrase is right, but {file} is damaged. A backup is the way back.", name))
    if isinstance(secret, str) and recovery.looks_like(secret) and recovery.read(secret) is None:
        raise WrongSecret(
            Message("That looks like a recovery key with a slip in it. Compare it group by group with the paper.")
        )
    raise WrongSecret(
        Message(
            "That doesn't open {file}. Try again: mind capital letters and Caps Lock. If you are sure that it is "
            "right, the file is damaged at its beginning, and a backup is the way back.",
            name,
        )
    )


def _must_be_plain(path: Path) -> None:
    with path.open("rb") as opened:
        start = opened.read(len(cipher.PLAIN))
    if start == cipher.PLAIN:
        return
    name = {"file": str(path)}
    if path.suffix == SUFFIX:
        raise Damaged(
            Message(
                "{file} is empty, cut off, or not an Organizer file. It was left as it is. "
                "A backup is the way back.",
                name,
            )
        )
    raise NotOurs(Message("{file} is not an Organizer file. It was left as it is.", name))


def _make_schema(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN EXCLUSIVE")
    schema.metadata.create_all(connection)
    search.create(connection)
    history.create_triggers(connection)
    # the backups of a file that is moved are found again by it; noted before there is history
    connection.exec_driver_sql("INSERT INTO setting(key, value) VALUES ('file_id', ?)", (token_hex(8),))
    connection.exec_driver_sql("INSERT INTO history_recording VALUES (1)")
    connection.exec_driver_sql("DELETE FROM history_row")
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
    connection.exec_driver_sql("COMMIT")


def _check(file: File) -> None:
    """Is it ours, whole in length, and may it be written? Raises Refusal."""
    connection, name = file.connection, {"file": str(file.path)}
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != schema.APPLICATION_ID:
        raise NotOurs(Message("{file} is not an Organizer file. It was left as it is.", name))
    # writes without changing: notices a read-only file or a foreign lock now, not at the first deed
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    connection.exec_driver_sql("ROLLBACK")
    pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())  # text when encrypted
    if file.path.stat().st_size < pages * size:
        raise Damaged(Message("{file} is cut off: its end is missing. A backup is the way back.", name))


def _version(file: File) -> int:
    version = int(file.connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if version > schema.VERSION:
        raise Refusal(
            Message(
                "{file} was made by a newer version of Organizer. Install that version to open it.",
                {"file": str(file.path)},
            )
        )
    return version
