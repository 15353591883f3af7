"""Backups: copied page by page over a connection of their own, verified, and only then given their name.

Everything here may run on any thread; the window goes on writing meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from organizer.domain.result import Cancelled, Message, Refusal
from organizer.domain.retention import Rule, kept
from organizer.storage import manifest, settings
from organizer.storage.cipher import Key, unlock
from organizer.storage.connect import reading
from organizer.storage.failures import Damaged, told
from organizer.storage.file import SUFFIX, File
from organizer.storage.manifest import Entry
from organizer.storage.places import folder_of, name_of, root
from organizer.whole_file import sync_folder

Report = Callable[[float], None]
IsCancelled = Callable[[], bool]

COUNTED = {
    "contacts": "SELECT count(*) FROM person WHERE listed",
    "members": "SELECT count(*) FROM member",
    "products": "SELECT count(*) FROM product",
    "companies": "SELECT count(*) FROM company",
    "volumes": "SELECT count(*) FROM volume",
}
"""What is counted in a file, by the SQL that counts it; tables that every version has."""

_LAST = """
SELECT ifnull(max(seq) FILTER (WHERE name = 'history_deed'), 0),
  ifnull(max(seq) FILTER (WHERE name = 'history_row'), 0)
FROM sqlite_sequence
"""

_PAGES = 64
"""Pages copied at a time: so few that a deed waits for some milliseconds only, encrypted or not."""

_HOUR = 3600

_SECOND = "Organizer backups"

SECOND_KEY, RULE_KEY = "backup_second", "backup_rule"
"""The settings that say where else backups go, and how many stay."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that lies in a folder. `entry` is None for one that isn't listed: it is never deleted."""

    path: Path
    entry: Entry | None
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What a backup is made of: the file's path, key and identity, where else to keep it, and the rule."""

    path: Path
    key: Key | None
    file_id: str
    second: Path | None
    rule: Rule | None


def source_of(file: File) -> Source:
    """What a backup of an open file is made of: gathered on the file's own thread."""
    second = settings.read(file, SECOND_KEY)
    return Source(
        file.path, file.key, settings.read(file, "file_id"), Path(second) if second else None, rule_of(file)
    )


def last_change(file: File) -> int:
    """The number of the last change in an open file; undoing is a change too."""
    return int(file.fetch(_LAST)[0][1])


def rule_of(file: File) -> Rule:
    """How many hours, days, weeks and months keep a backup, as she set it."""
    parts = settings.read(file, RULE_KEY).split()
    return Rule(*map(int, parts)) if len(parts) == 4 and all(part.isdecimal() for part in parts) else Rule()


def make(
    source: Source, reason: str, now: datetime, report: Report, cancelled: IsCancelled
) -> tuple[Kept, Message | None]:
    """Make a verified backup of the open file, a second one in the second folder, and thin what is too many.

    Also answers why the second folder got none, or None. Raises Refusal (nothing is left behind), Damaged when
    what was copied isn't sound, and Cancelled.
    """
    folder = folder_of(source.path)
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with manifest.busy(folder):
        _sweep(folder)
        part = folder / f"{_stamped(source.path, now)}.part"
        target = _free(folder, part.stem)
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


def _stamped(path: Path, now: datetime) -> str:
    return f"{path.stem[:80]} {now:%Y-%m-%d %H.%M.%S}{SUFFIX}"


def _free(folder: Path, name: str) -> Path:
    target, number = folder / name, 2
    while target.exists():
        target = folder / f"{name.removesuffix(SUFFIX)} ({number}){SUFFIX}"
        number += 1
    return target


def _copied(
    source: Source, part: Path, name: str, reason: str, now: datetime, report: Report, cancelled: IsCancelled
) -> Entry:
    copy_pages(source.path, source.key, part, source.key, lambda done: report(done * 0.5), cancelled)
    verify(part, source.key)
    with reading(part, source.key) as connection:
        counts = {kind: int(connection.execute(query).fetchone()[0]) for kind, query in COUNTED.items()}
        last_deed, last_change = connection.execute(_LAST).fetchone()
    report(0.9)
    with told(part):
        size, digest = part.stat().st_size, digest_of(part)
    at = now.isoformat(timespec="seconds")
    encrypted = source.key is not None
    return Entry(name, at, size, digest, reason, at, counts, last_deed, last_change, encrypted)


def copy_pages(
    path: Path, key: Key | None, target: Path, target_key: Key | None, report: Report, cancelled: IsCancelled
) -> None:
    """Copy the database at `path`, open or not, to `target` page by page, and put it on the disk.

    A deed that is done meanwhile makes it start again, so the copy is always one moment of the file.
    Raises Refusal, and Cancelled.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        report(1 - remaining / total if total else 1)

    with told(path), reading(path, key) as source:
        copy = driver.connect(str(target), isolation_level=None)
        try:
            unlock(copy, target_key)
            # nobody sees the copy before it is whole: it needs no journal of its own
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=_PAGES, progress=step, sleep=0.01)
        finally:
            copy.close()
    with told(target):
        target.chmod(0o600)
        sync_file(target)


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


def _must_have(path: Path, digest: str) -> None:
    if digest_of(path) != digest:
        raise Damaged(Message("{file} is not as it was when it was made. Don't trust it.", {"file": path.name}))


def sync_file(path: Path) -> None:
    """Make what was written to a closed file last through a power cut. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
            copy_file(made, folder / entry.name, entry.digest)
            _list(folder, entry, source)
            thin(folder, entry.time, source.rule)
    except Refusal as refusal:
        return Message(
            "The backup lies on this computer only. The second folder said: {reason}", {"reason": refusal.message}
        )
    return None


def second_folder_of(path: Path, second: Path) -> Path:
    """Where in the second folder the backups of the file at `path` lie."""
    return second / _SECOND / name_of(path)


def copy_file(closed: Path, target: Path, digest: str) -> None:
    """Copy a closed file whole: read back and compared before it gets its name. Raises Refusal."""
    part = target.with_name(f"{target.name}.part")
    try:
        with told(target):
            with closed.open("rb") as source, part.open("wb") as copy:
                part.chmod(0o600)
                while data := source.read(1 << 20):
                    copy.write(data)
                copy.flush()
                os.fsync(copy.fileno())
            _must_have(part, digest)
            part.replace(target)
            sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


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


def thin(folder: Path, now: datetime, rule: Rule | None) -> None:
    """Delete the listed backups of one folder that the rule has no place for; those not listed stay."""
    if rule is None:
        return
    entries = manifest.read(folder).entries
    stay = kept([entry.time for entry in entries if entry.verified], now, rule)
    gone = [entry.name for entry in entries if entry.verified and entry.time not in stay]
    lost = [entry.name for entry in entries if not (folder / entry.name).exists()]
    for name in gone:
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    if gone or lost:
        with told(folder):
            manifest.drop(folder, [name for name in [*gone, *lost] if not (folder / name).exists()])


def every(path: Path) -> list[Kept]:
    """The backups of the file at `path`, newest first, without opening it: here, in the second folder, and where
    they were made before the file was moved here."""
    path = path.resolve()
    folder = folder_of(path)
    known = manifest.read(folder)
    found = _in(folder, elsewhere=False)
    for other in _moved_from(known.file, folder):
        found += _in(other, elsewhere=False)
    if known.second:
        found += _in(second_folder_of(path, Path(known.second)), elsewhere=True)
    return sorted(found, key=lambda one: (_time(one), not one.elsewhere), reverse=True)


def _moved_from(file_id: str, folder: Path) -> list[Path]:
    """The folders of the same file at paths where it no longer is."""
    try:
        others = [other for other in (root() / "backups").iterdir() if other != folder]
    except OSError:
        return []
    return [
        other
        for other in others
        if file_id and (known := manifest.read(other)).file == file_id and not Path(known.origin).exists()
    ]


def _in(folder: Path, *, elsewhere: bool) -> list[Kept]:
    listed = {entry.name: entry for entry in manifest.read(folder).entries}
    try:
        paths = [path for path in folder.iterdir() if path.suffix == SUFFIX]
    except OSError:
        return []
    return [Kept(path, listed.get(path.name), elsewhere) for path in paths]


def _time(one: Kept) -> datetime:
    if one.entry:
        return one.entry.time
    try:
        return datetime.fromtimestamp(one.path.stat().st_mtime)  # noqa: DTZ006 - local, as all times here
    except OSError:
        return datetime.min  # noqa: DTZ901


def time_of(one: Kept) -> datetime:
    """When a backup was made: as listed, else its file's time."""
    return _time(one)


def check_again(one: Kept, key: Key | None, now: datetime) -> Kept:
    """Verify a backup anew: its digest, its pages, its links; the list notes when.

    Raises Damaged, which the list notes too, or Refusal.
    """
    try:
        with told(one.path):
            if one.entry:
                _must_have(one.path, one.entry.digest)
        verify(one.path, key)
    except Damaged:
        _note(one, "")
        raise
    return _note(one, now.isoformat(timespec="seconds"))


def _note(one: Kept, verified: str) -> Kept:
    if one.entry is None:
        return one
    entry, folder = replace(one.entry, verified=verified), one.path.parent
    with manifest.busy(folder), told(folder):
        known = manifest.read(folder)
        manifest.add(folder, entry, known.file, known.origin, known.second)
    return replace(one, entry=entry)


def remove(one: Kept) -> None:
    """Delete a backup that the program made. Raises Refusal for any other."""
    if one.entry is None:
        raise Refusal(Message("Organizer didn't make {file}, so it doesn't delete it.", {"file": one.path.name}))
    with manifest.busy(one.path.parent), told(one.path):
        one.path.unlink(missing_ok=True)
        manifest.drop(one.path.parent, [one.entry.name])


def difference(now: Mapping[str, int], then: Mapping[str, int]) -> dict[str, int]:
    """How many more (or, negative, fewer) of each kind there are now."""
    return {kind: now[kind] - then.get(kind, 0) for kind in now}


def newest_times(found: Sequence[Kept]) -> datetime | None:
    """When the newest verified backup was made, None without one."""
    return max((one.entry.time for one in found if one.entry and one.entry.verified), default=None)
