"""A whole new file in the place of the old one: restored from a backup, or encrypted anew.

The new one is written and verified beside the old one and takes its place in one step, so whatever cuts the work
off, either the old file or the new one is there, whole. No window may have the file open.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from organizer.domain.result import Cancelled, Message, Refusal
from organizer.i18n import _
from organizer.storage import backup, cipher, schema, seal
from organizer.storage.backup import Source
from organizer.storage.beside import finish, journal_of, part_of, put_in_place, ready_of, remove_part
from organizer.storage.cipher import Key, Secret
from organizer.storage.connect import connect, reading
from organizer.storage.failures import NotOurs, told
from organizer.storage.opening import key_of, locked
from organizer.storage.pages import IsCancelled, Report, copy_bytes, make_private, sync_file, verify
from organizer.storage.shelf import RESTORE, Kept, must_be_as_made
from organizer.whole_file import first_free, sync_folder


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the restored file lies, and where the one that was there is kept (None: there was none).

    `refused` counts the people of whom something was noted again that they refused since.
    """

    path: Path
    aside: Path | None
    refused: int = 0


def restore(
    path: Path,
    chosen: Kept,
    secret: Secret,
    present: Source | None,
    now: datetime,
    cancelled: IsCancelled = lambda: False,
) -> Restored:
    """Put a backup in the place of the file at `path`; what was there is kept, whole or damaged.

    `secret` opens the backup; `present` says how to make a last backup of the file that is there, None when it
    can't be opened: then its bytes are kept beside it. Raises Refusal and Cancelled, with everything as it was.
    """
    path = path.resolve()
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    lock = locked(path)
    part = part_of(path)
    try:
        with told(path):
            # an earlier restore that a crash cut off: what it had ready is kept, too
            finish(path)
        key = _checked(chosen, secret)
        copy_bytes(chosen.path, part, part_of(part), chosen.entry.digest if chosen.entry else "")
        verify(part, key)
        _must_be_ours(part, key)
        aside = _keep_aside(path, present, now) if path.exists() else None
        if cancelled():
            raise Cancelled
        _take_place(part, path)
        seal.forget(path)
    finally:
        remove_part(path)
        lock.release()
    return Restored(path, aside)


def _checked(chosen: Kept, secret: Secret) -> Key | None:
    """The key of a backup that is as it was made. Raises Refusal."""
    with told(chosen.path):
        key = key_of(chosen.path, secret)
    must_be_as_made(chosen)
    return key


def _must_be_ours(part: Path, key: Key | None) -> None:
    """Raise Refusal for another program's database, or one that this version can't open."""
    with told(part), reading(part, key) as connection:
        application, version = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
        )
    if application != schema.APPLICATION_ID:
        raise NotOurs(Message("That is not a backup of an Organizer file. Nothing was changed."))
    if version > schema.VERSION:
        raise Refusal(
            Message("The backup was made by a newer version of Organizer. Install that version to restore it.")
        )


def _keep_aside(path: Path, present: Source | None, now: datetime) -> Path:
    if present:
        # what can't be a backup, being damaged or the disk being full, is kept as it is
        with told(path), suppress(Refusal):
            key_of(path, present.key or "")
            _settle(path, present.key)
            made, _problem = backup.make(present, RESTORE, now, lambda _done: None, lambda: False)
            return made.path
    name = _("{name} kept {date}").format(name=path.stem, date=f"{now:%Y-%m-%d %H.%M.%S}")
    with told(path):
        aside = first_free(path.parent, name, path.suffix)
    journal, part = journal_of(path), part_of(part_of(path))
    if journal.exists():
        # the write that it would undo belongs to these bytes: they go together
        copy_bytes(journal, journal_of(aside), part)
    copy_bytes(path, aside, part)
    return aside


def _settle(path: Path, key: Key | None) -> None:
    """Let SQLite put right what a write that was cut off has left. Raises Refusal."""
    with told(path):
        connection = connect(path, key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()


def _take_place(part: Path, path: Path) -> bool:
    """Put `part`, whole and verified, in the place of `path`; True when that lasts through a power cut.

    From the moment it is called ready it will be there: opening the file finishes what a crash cuts off here.
    """
    with told(path):
        # the old file's time, which is in the ready one's name, must be the one that the disk remembers
        sync_folder(path)
        ready = part.replace(ready_of(path))
        sync_folder(path.parent)
        put_in_place(ready, path)
        return sync_folder(path.parent)


def _take_place_of_plain(part: Path, path: Path) -> None:
    if os.name != "posix":
        _take_place(part, path)  # a file that is open can't be replaced there
        return
    with told(path), path.open("r+b") as old:
        # another name for the same bytes may be a backup of hers
        if _take_place(part, path) and os.fstat(old.fileno()).st_nlink == 0:
            _blacken(old.fileno())


def change_key(path: Path, now: Key | None, passphrase: str, report: Report, cancelled: IsCancelled) -> Key | None:
    """Encrypt the file at `path` with another passphrase, or with none (""); the key that it has then.

    Raises Refusal, Damaged when the file isn't sound, and Cancelled, with the file as it was.
    """
    path = path.resolve()
    lock = locked(path)
    part = part_of(path)
    new = cipher.new_key(passphrase) if passphrase else None
    try:
        remove_part(path)
        with told(path):
            # opening it for writing puts right what a write that was cut off has left
            source = connect(path, now)
            try:
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                report(0.1)
                _export(source, part, new)
                report(0.6)
                _must_be_same(source, part, new)
            finally:
                source.close()
        if cancelled():
            raise Cancelled
        verify(part, new)
        report(0.9)
        take_place = _take_place if now else _take_place_of_plain
        take_place(part, path)
    finally:
        remove_part(path)
        lock.release()
    return new


def _export(source: Any, part: Path, new: Key | None) -> None:
    make_private(part)
    # bound, or with a raw key as SQLCipher wants it; neither is ever part of an error's text
    source.execute(f"ATTACH ? AS changed KEY {new.literal if new else repr('')}", (str(part),))
    source.execute("PRAGMA changed.synchronous = OFF")
    source.execute("SELECT sqlcipher_export('changed')").fetchall()
    version = source.execute("PRAGMA main.user_version").fetchone()[0]
    source.execute(f"PRAGMA changed.user_version = {int(version)}")
    source.execute(f"PRAGMA changed.application_id = {schema.APPLICATION_ID}")
    source.execute("DETACH changed")
    sync_file(part)


def _must_be_same(source: Any, part: Path, new: Key | None) -> None:
    """Every table, index and trigger is there, with as many rows. Raises Refusal."""
    with reading(part, new) as copy:
        if _census(source) != _census(copy):
            raise Refusal(Message("The new file is not the same as the old one. Nothing was changed."))


def _census(connection: Any) -> list[tuple[Any, ...]]:
    query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    things = connection.execute(query).fetchall()
    tables = [name for kind, name, _sql in things if kind == "table"]
    counts = [(name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables]
    return [*things, *counts, *connection.execute("SELECT * FROM sqlite_sequence ORDER BY name").fetchall()]


def _blacken(handle: int) -> None:
    """Write over what was readable before its blocks are given back; flash memory may still keep remains."""
    size, place = os.fstat(handle).st_size, 0
    with suppress(OSError):
        while place < size:
            place += os.write(handle, bytes(min(1 << 20, size - place)))
        os.fsync(handle)
