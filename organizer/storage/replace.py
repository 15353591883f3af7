"""A whole new file in the place of the old one: restored from a backup, or encrypted anew.

The new one is written and verified beside the old one and takes its place in one step, so whatever cuts the work
off, either the old file or the new one is there, whole. No window may have the file open.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from organizer.domain.result import Cancelled, Message, Refusal
from organizer.i18n import _
from organizer.storage import backup, cipher, schema
from organizer.storage.backup import IsCancelled, Kept, Report, Source
from organizer.storage.cipher import Key, Secret
from organizer.storage.connect import connect, reading
from organizer.storage.failures import told
from organizer.storage.file import key_of, locked
from organizer.whole_file import sync_folder

_PART = ".part"


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the restored file lies, and where the one that was there is kept (None: there was none)."""

    path: Path
    aside: Path | None


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
    part = path.with_name(f".{path.name}{_PART}")
    try:
        with told(chosen.path):
            key = key_of(chosen.path, secret)
            backup.verify(chosen.path, key)
        with told(path):
            shutil.copyfile(chosen.path, part)
            part.chmod(0o600)
            backup.sync_file(part)
        backup.verify(part, key)
        aside = _keep_aside(path, present, now) if path.exists() else None
        if cancelled():
            raise Cancelled
        _take_place(part, path)
    finally:
        _gone(part)
        lock.release()
    return Restored(path, aside)


def _keep_aside(path: Path, present: Source | None, now: datetime) -> Path:
    if present:
        # what can't be a backup, being damaged or the disk being full, is kept as it is
        with suppress(Refusal):
            made, _problem = backup.make(present, "restore", now, lambda _done: None, lambda: False)
            return made.path
    name = _("{name} kept {date}").format(name=path.stem, date=f"{now:%Y-%m-%d %H.%M.%S}")
    aside = path.with_name(f"{name}{path.suffix}")
    with told(aside):
        journal = _journal(path)
        if journal.exists():
            # the write that it would undo belongs to the old file, and would ruin the new one
            shutil.copyfile(journal, _journal(aside))
            backup.sync_file(_journal(aside))
        shutil.copyfile(path, aside)
        aside.chmod(0o600)
        backup.sync_file(aside)
        sync_folder(aside.parent)
    return aside


def _take_place(part: Path, path: Path) -> None:
    with told(path):
        _journal(path).unlink(missing_ok=True)
        part.replace(path)
        sync_folder(path.parent)


def _take_place_of_plain(part: Path, path: Path) -> None:
    if os.name != "posix":
        _take_place(part, path)  # a file that is open can't be replaced there
        return
    with told(path), path.open("r+b") as old:
        _take_place(part, path)
        _blacken(old.fileno())


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _gone(part: Path) -> None:
    for left in (part, _journal(part)):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def change_key(path: Path, now: Key | None, passphrase: str, report: Report, cancelled: IsCancelled) -> Key | None:
    """Encrypt the file at `path` with another passphrase, or with none (""); the key that it has then.

    Raises Refusal, Damaged when the file isn't sound, and Cancelled, with the file as it was.
    """
    path = path.resolve()
    lock = locked(path)
    part = path.with_name(f".{path.name}{_PART}")
    new = cipher.new_key(passphrase) if passphrase else None
    try:
        _gone(part)
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
        backup.verify(part, new)
        report(0.9)
        take_place = _take_place if now else _take_place_of_plain
        take_place(part, path)
    finally:
        _gone(part)
        lock.release()
    return new


def _export(source: Any, part: Path, new: Key | None) -> None:
    part.touch(mode=0o600)
    # bound, or with a raw key as SQLCipher wants it; neither is ever part of an error's text
    source.execute(f"ATTACH ? AS changed KEY {new.literal if new else repr('')}", (str(part),))
    source.execute("PRAGMA changed.synchronous = OFF")
    source.execute("SELECT sqlcipher_export('changed')").fetchall()
    version = source.execute("PRAGMA main.user_version").fetchone()[0]
    source.execute(f"PRAGMA changed.user_version = {int(version)}")
    source.execute(f"PRAGMA changed.application_id = {schema.APPLICATION_ID}")
    source.execute("DETACH changed")
    backup.sync_file(part)


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
