"""What lies beside a database file: its journal, a new file for its place, what synced folders made."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from organizer.whole_file import sync_folder

# as Dropbox and Nextcloud, Syncthing, Google Drive and OneDrive name them
_CONFLICT = re.compile(
    r" \(.*(conflict|konflikt).*\)| conflict |\.sync-conflict-|-[^ -]*(laptop|desktop|pc|macbook)[^ ]*$| \(\d+\)$",
    re.IGNORECASE,
)


def journal_of(path: Path) -> Path:
    """The journal of a write to `path` that isn't finished; it belongs to exactly these bytes."""
    return path.with_name(f"{path.name}-journal")


def part_of(path: Path) -> Path:
    """A new file for the place of `path` while it is written."""
    return path.with_name(f".{path.name}.part")


def ready_of(path: Path) -> Path:
    """A new file for the place of `path`, whole and verified: if it is there, it was decided to put it there.

    Its name says in whose place: inode and mtime in nanoseconds of the file at `path`, 0-0 where there is none.
    So a file that she puts there after a crash is never replaced. Raises OSError.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return path.with_name(f".{path.name}.0-0.ready")
    return path.with_name(f".{path.name}.{found.st_ino}-{found.st_mtime_ns}.ready")


def is_there(path: Path) -> bool:
    """True when there is a file at `path`, or one that is ready for that place: `finish` puts it there."""
    # os.path also says no to an impossible name
    return os.path.isfile(path) or (not os.path.exists(path) and bool(_all_ready(path)))  # noqa: PTH110, PTH113


def _all_ready(path: Path) -> list[Path]:
    pattern = re.compile(rf"\.{re.escape(path.name)}\.\d+--?\d+\.ready")
    try:
        return [one for one in path.parent.iterdir() if pattern.fullmatch(one.name)]
    except OSError:
        return []


def remove_part(path: Path) -> None:
    """Remove what was never finished in the place of `path` or on the way there: it may hold plain data."""
    part = part_of(path)
    for left in (part, journal_of(part), part_of(part)):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def finish(path: Path) -> None:
    """Put a new file that is ready in the place of `path`, as was decided before a crash. Raises OSError.

    What a crash may have left, and what becomes of it:
    - no ready file: the old file, or the new one, is there whole; what was only a part is removed elsewhere.
    - the old file, as it was, and a ready file for its place: the new one takes it. The old one's journal may be
      gone already: where it held a write that was cut off, both were kept aside before.
    - no file, and a ready file for where none was, or for one that has vanished (not every disk replaces a name
      in one step, or she moved it away): it takes the place; of several the newest.
    - another file than the ready one is for: hers, or the old one written to since. It stays, and the ready file
      goes: what it was made from is in a backup, or is that old one. So it also goes on a disk that numbers its
      files anew each time it is plugged in; the old file is whole, and nobody was told that it was replaced.
    """
    found = _all_ready(path)
    if path.exists():
        chosen = [one for one in found if one == ready_of(path)]
    else:
        chosen = sorted(found, key=lambda one: one.stat().st_mtime_ns)[-1:]
    for one in chosen:
        put_in_place(one, path)
    for one in found:
        with suppress(OSError):
            one.unlink(missing_ok=True)


def put_in_place(ready: Path, path: Path) -> None:
    """Put a new file that is ready in the place of `path`. Raises OSError.

    The old file's journal goes first, for good: SQLite would undo the old file's write in the new one.
    """
    journal = journal_of(path)
    if journal.exists():
        journal.unlink()
        sync_folder(path.parent)
    ready.replace(path)


def conflicts(path: Path) -> list[Path]:
    """The files beside `path` whose names say that a synced folder made them from it, newest first."""
    try:
        beside = [one for one in path.parent.iterdir() if one.suffix == path.suffix and one != path]
        found = [
            one for one in beside if one.stem.startswith(path.stem) and _CONFLICT.match(one.stem, len(path.stem))
        ]
        return sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)
    except OSError:
        return []
