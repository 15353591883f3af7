"""The list that lies beside the backups of a file: what the program made, when, why, and how it was verified.

It holds figures, names of files and paths, never a person's data: it can be read while the file is locked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from organizer.domain.result import Message
from organizer.storage.failures import Busy, told
from organizer.storage.file import SUFFIX
from organizer.whole_file import write_whole

_NAME = "backups.json"
_WAIT = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One backup as it was made: its file's name, time, size in bytes, digest (BLAKE2b), reason, when it was last
    verified, how many of each kind it holds, and the numbers of the last deed and the last change in
    it (undoing is a change); `mark` tells that deed from another of the same number."""

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
    mark: str = ""

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
    """The manifest of a folder; an empty one where there is none or it makes no sense.

    What is wrong in an entry (a path for a name, no proper time) leaves out that entry only.
    """
    try:
        return _load(folder)
    except (OSError, ValueError):
        return Manifest()


def _load(folder: Path) -> Manifest:
    """The same; raises OSError for a disk that doesn't answer and ValueError for a list that makes no sense."""
    try:
        known = json.loads((folder / _NAME).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    if not isinstance(known, dict) or not isinstance(known.get("entries"), list):
        raise ValueError("not a list of backups")  # noqa: TRY004 - what json raises, too
    entries = filter(None, map(_entry, known["entries"]))
    file, origin, second = (str(known.get(name, "")) for name in ("file", "origin", "second"))
    return Manifest(file, origin, second, tuple(entries))


def _entry(known: Any) -> Entry | None:
    """What an entry says, None when it makes no sense. A newer version may say more."""
    try:
        entry = Entry(
            **{name: kind(known[name]) for name, kind in _FIELDS.items()}, mark=str(known.get("mark", ""))
        )
        if entry.verified:
            datetime.fromisoformat(entry.verified)
        is_local = entry.time.tzinfo is None
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    # the name goes to a file that may be deleted: it must not lead anywhere else
    return entry if is_local and Path(entry.name).name == entry.name and entry.name.endswith(SUFFIX) else None


def _counts(known: Any) -> dict[str, int]:
    return {str(kind): int(count) for kind, count in known.items()}


_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("name", "at", "digest", "reason", "verified"), str),
    **dict.fromkeys(("size", "last_deed", "last_change"), int),
    "counts": _counts,
    "encrypted": bool,
}


def _known(folder: Path) -> Manifest:
    """The manifest that is about to be written anew. Raises OSError.

    A list that makes no sense is kept beside: with it gone, nobody could say what the program made.
    """
    try:
        return _load(folder)
    except ValueError:
        (folder / _NAME).replace(folder / f"{_NAME}.unreadable")
        return Manifest()


def write(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in its folder, whole or not at all. Raises OSError."""
    write_whole(folder / _NAME, json.dumps(asdict(manifest), indent=1).encode())


def add(folder: Path, entry: Entry, file: str, origin: str, second: str) -> None:
    """List one more backup, or one listed anew. Raises OSError."""
    others = tuple(known for known in _known(folder).entries if known.name != entry.name)
    write(folder, Manifest(file, origin, second, (*others, entry)))


def drop(folder: Path, names: Sequence[str]) -> None:
    """Take backups off the list. Raises OSError."""
    known = _known(folder)
    write(folder, replace(known, entries=tuple(entry for entry in known.entries if entry.name not in names)))


@contextmanager
def busy(folder: Path, wait: float = _WAIT) -> Iterator[None]:
    """Keep other windows and commands out of a folder of backups.

    Raises Busy when one isn't done within `wait` seconds.
    """
    lock = FileLock(folder / ".lock", timeout=wait)
    with told(folder):
        try:
            lock.acquire()
        except Timeout:
            raise Busy(Message("Another backup is under way in {folder}.", {"folder": str(folder)})) from None
    try:
        yield
    finally:
        lock.release()
