"""The list that lies beside the backups of a file: what the program made, when, why, and how it was verified.

It holds figures, names of files and paths, never a person's data: it can be read while the file is locked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from organizer.domain.result import Message
from organizer.storage.failures import Busy
from organizer.whole_file import write_whole

_NAME = "backups.json"
_WAIT = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One backup as it was made: its file's name, time, size in bytes, digest (BLAKE2b), reason, when it was last
    verified, how many of each kind it holds, and the numbers of the last deed and the last change in
    it (undoing is a change)."""

    name: str
    at: str
    size: int
    digest: str
    reason: str
    verified: str
    counts: Mapping[str, int]
    last_deed: int
    last_change: int
    encrypted: bool

    @property
    def time(self) -> datetime:
        """When it was made, local time."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose backups lie in a folder (the file's identity and its path when the last was made), and which."""

    file: str = ""
    origin: str = ""
    second: str = ""
    entries: Sequence[Entry] = field(default=())


def read(folder: Path) -> Manifest:
    """The manifest of a folder; an empty one where there is none or it can't be read."""
    try:
        known: dict[str, Any] = json.loads((folder / _NAME).read_bytes())
        entries = tuple(Entry(**entry) for entry in known.pop("entries"))
        manifest = Manifest(**known, entries=entries)
        for entry in entries:
            _ = entry.time
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest()
    return manifest


def write(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in its folder, whole or not at all. Raises OSError."""
    write_whole(folder / _NAME, json.dumps(asdict(manifest), indent=1).encode())


def add(folder: Path, entry: Entry, file: str, origin: str, second: str) -> None:
    """List one more backup, or one listed anew. Raises OSError."""
    others = tuple(known for known in read(folder).entries if known.name != entry.name)
    write(folder, Manifest(file, origin, second, (*others, entry)))


def drop(folder: Path, names: Sequence[str]) -> None:
    """Take backups off the list. Raises OSError."""
    known = read(folder)
    write(folder, replace(known, entries=tuple(entry for entry in known.entries if entry.name not in names)))


@contextmanager
def busy(folder: Path, wait: float = _WAIT) -> Iterator[None]:
    """Keep other windows and commands out of a folder of backups.

    Raises Busy when one isn't done within `wait` seconds.
    """
    lock = FileLock(folder / ".lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(Message("Another backup is under way in {folder}.", {"folder": str(folder)})) from None
    try:
        yield
    finally:
        lock.release()
