"""The seal of a closed file: its size, time and digest, so that bytes that changed by themselves are noticed.

SQLite notices a broken structure, not a broken letter. A disk that fails changes bytes without changing the
file's time; another program, or a synced folder, changes both, and that is allowed. So: same size and time as at
the last close but another digest means that the file has rotted. What was closed on another computer isn't known.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from organizer.storage.places import folder_of
from organizer.whole_file import write_whole

_NAME, _BROKEN = "seal.json", "seal-broken"
_AT_ONCE = 1 << 20
_SMALL = 16 << 20
"""Up to this size the seal is looked at while the file is opened; above it, in the background."""


def write(path: Path) -> None:
    """Note how the closed file at `path` is. Silent where that can't be written: nothing is known next time."""
    with contextlib.suppress(OSError):
        before = path.stat()
        known = _read(path)
        if known and known[:2] == [before.st_size, before.st_mtime_ns]:
            return
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "blake2b").hexdigest()
        folder = folder_of(path)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / _NAME, json.dumps([before.st_size, before.st_mtime_ns, digest]).encode())


def forget(path: Path) -> None:
    """Forget how the file at `path` was; its next close says anew."""
    for name in (_NAME, _BROKEN):
        with contextlib.suppress(OSError):
            (folder_of(path) / name).unlink(missing_ok=True)


def mark_broken(path: Path) -> None:
    """Note that the seal was found broken: what is written since must not make her forget it."""
    with contextlib.suppress(OSError):
        (folder_of(path) / _BROKEN).touch()


def is_marked(path: Path) -> bool:
    """True when the seal was found broken and she hasn't decided yet."""
    try:
        return (folder_of(path) / _BROKEN).exists()
    except OSError:
        return False


def holds(path: Path, handle: int) -> bool | None:
    """Is the file behind `handle`, whose path is `path`, as its seal says? None where there is no seal for it.

    The handle stays open; it may be read while others write: then the answer is None.
    """
    known = _read(path)
    now = os.fstat(handle)
    if known is None or known[:2] != [now.st_size, now.st_mtime_ns]:
        return None
    digest, place = hashlib.blake2b(), 0
    while part := _pread(handle, place):
        digest.update(part)
        place += len(part)
    if os.fstat(handle).st_mtime_ns != now.st_mtime_ns:
        return None
    return digest.hexdigest() == known[2]


def is_broken_small(path: Path, handle: int) -> bool:
    """True when the seal of a small file is broken; False also where that is not known, or would take long."""
    return os.fstat(handle).st_size <= _SMALL and holds(path, handle) is False


def _pread(handle: int, place: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(handle, _AT_ONCE, place)
    os.lseek(handle, place, os.SEEK_SET)
    return os.read(handle, _AT_ONCE)


def _read(path: Path) -> list[int | str] | None:
    try:
        known = json.loads((folder_of(path) / _NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return known if isinstance(known, list) and len(known) == 3 else None
