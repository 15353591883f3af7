"""Backups: copied page by page over a connection of their own, verified, and only then given their name.

Everything here may run on any thread; the window goes on writing meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from organizer.domain.result import Message, Refusal
from organizer.domain.retention import Rule
from organizer.storage import manifest, settings
from organizer.storage.cipher import Key
from organizer.storage.connect import reading
from organizer.storage.failures import told
from organizer.storage.file import SUFFIX, File
from organizer.storage.manifest import Entry
from organizer.storage.pages import IsCancelled, Report, copy_bytes, copy_pages, digest_of, verify
from organizer.storage.places import folder_of
from organizer.storage.shelf import Kept, second_folder_of, thin
from organizer.whole_file import first_free, sync_folder

COUNTED = {
    "contacts": "SELECT count(*) FROM person WHERE listed",
    "members": "SELECT count(*) FROM member",
    "products": "SELECT count(*) FROM product",
    "companies": "SELECT count(*) FROM company",
    "volumes": "SELECT count(*) FROM volume",
    "plans": "SELECT count(*) FROM plan",
    "estimates": "SELECT count(*) FROM estimate",
}
"""What is counted in a file, by the SQL that counts it."""

_SINCE_3 = {"plans": "plan", "estimates": "estimate"}
"""What only files from version 3 on have, by the table it lies in."""

_LAST_CHANGE = "SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'history_row'"
_LAST_DEED = "SELECT id, kind, at FROM history_deed ORDER BY id DESC LIMIT 1"
_DEED = "SELECT id, kind, at FROM history_deed WHERE id = ?"

_HOUR = 3600

SECOND_KEY, RULE_KEY = "backup_second", "backup_rule"
"""The settings that say where else backups go, and how many stay."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a backup is made of: the file's path, key and identity, where else to keep it, and the rule."""

    path: Path
    key: Key | None
    file_id: str
    second: Path | None
    rule: Rule | None


def source_of(file: File) -> Source:
    """What a backup of an open file is made of: gathered on the file's own thread.

    Raises Gone when another file lies at its path: that one's contents are not hers to keep under her name.
    """
    file.must_be_current()
    second = settings.read(file, SECOND_KEY)
    return Source(
        file.path, file.key, settings.read(file, "file_id"), Path(second) if second else None, rule_of(file)
    )


def last_change(file: File) -> int:
    """The number of the last change in an open file; undoing is a change too."""
    return int(file.fetch(_LAST_CHANGE)[0][0])


def is_earlier(file: File, entry: Entry) -> bool:
    """True when the open file grew out of what the backup holds; False when it took another way since.

    That is so after a restore: numbers alone would take the deeds of an abandoned way for those of this one.
    """
    found = file.fetch(_DEED, (entry.last_deed,))
    if found:
        return _mark(found[0]) == entry.mark
    oldest = file.fetch("SELECT ifnull(min(id), 0) FROM history_deed")[0][0]
    # forgotten since, or none was done yet
    return entry.last_deed < int(oldest) or entry.last_deed == 0


def _mark(deed: Any) -> str:
    return blake2b(repr(tuple(deed)).encode(), digest_size=8).hexdigest()


def rule_of(file: File) -> Rule:
    """How many hours, days, weeks and months keep a backup, as she set it."""
    parts = settings.read(file, RULE_KEY).split()
    return Rule(*map(int, parts)) if len(parts) == 4 and all(part.isdecimal() for part in parts) else Rule()


def make(
    source: Source, reason: str, now: datetime, report: Report, cancelled: IsCancelled
) -> tuple[Kept, Message | None]:
    """Make a verified backup of a file, open or not, a second one in the second folder, and thin what is too many.

    Also answers why the second folder got none, or None. Raises Refusal (nothing is left behind), Damaged when
    what was copied isn't sound, and Cancelled.
    """
    folder = folder_of(source.path)
    with told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with manifest.busy(folder):
        _sweep(folder)
        stem = f"{source.path.stem[:80]} {now:%Y-%m-%d %H.%M.%S}"
        part = folder / f"{stem}{SUFFIX}.part"
        with told(folder):
            target = first_free(folder, stem, SUFFIX)
        try:
            entry = _copied(source, part, target.name, reason, now, report, cancelled)
            _list(folder, entry, source)
            with told(target):
                part.replace(target)
                sync_folder(folder)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        problem = _second_copy(target, entry, source)
        thin(folder, now, source.rule)
    return Kept(target, entry, elsewhere=False), problem


def _copied(
    source: Source, part: Path, name: str, reason: str, now: datetime, report: Report, cancelled: IsCancelled
) -> Entry:
    copy_pages(source.path, source.key, part, lambda done: report(done * 0.5), cancelled)
    verify(part, source.key)
    with reading(part, source.key) as connection:
        # a backup before a migration is one of an older version
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = {
            kind: int(connection.execute(query).fetchone()[0])
            for kind, query in COUNTED.items()
            if _SINCE_3.get(kind, "company") in tables
        }
        (last_change,) = connection.execute(_LAST_CHANGE).fetchone()
        last = connection.execute(_LAST_DEED).fetchone() or (0, "", "")
    report(0.9)
    with told(part):
        size, digest = part.stat().st_size, digest_of(part)
    at = now.isoformat(timespec="seconds")
    return Entry(
        name=name,
        at=at,
        size=size,
        digest=digest,
        reason=reason,
        verified=at,
        counts=counts,
        last_deed=last[0],
        mark=_mark(last),
        last_change=last_change,
        encrypted=source.key is not None,
    )


def _list(folder: Path, entry: Entry, source: Source) -> None:
    with told(folder):
        manifest.add(folder, entry, source.file_id, str(source.path), str(source.second or ""))


def _second_copy(made: Path, entry: Entry, source: Source) -> Message | None:
    if source.second is None:
        return None
    if not source.second.is_dir():
        return Message(
            "The second folder {folder} is not there now. The backup lies on this computer only.",
            {"folder": str(source.second)},
        )
    folder = second_folder_of(source.path, source.second)
    try:
        with told(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with manifest.busy(folder):
            _sweep(folder)
            copy_bytes(made, folder / entry.name, folder / f"{entry.name}.part", entry.digest)
            _list(folder, entry, source)
            thin(folder, entry.time, source.rule)
    except Refusal as refusal:
        return Message(
            "The backup lies on this computer only. The second folder said: {reason}", {"reason": refusal.message}
        )
    return None


def _sweep(folder: Path) -> None:
    """Remove what a backup that was cut off has left."""
    for part in folder.glob(f"*{SUFFIX}*.part*"):
        with suppress(OSError):
            part.unlink()
    for part in folder.glob(".organizer-*"):
        with suppress(OSError):
            # a young one may be a list or a seal that is being written just now
            if time.time() - part.stat().st_mtime > _HOUR:
                part.unlink()


def difference(now: Mapping[str, int], then: Mapping[str, int]) -> dict[str, int]:
    """How many more (or, negative, fewer) there are now of each kind that was counted then."""
    return {kind: now[kind] - then[kind] for kind in now if kind in then}
