"""What lies beside a database file: its journal, a new file for its place, what synced folders made. A leaf."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

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
    """A new file for the place of `path`, whole and verified: if it is there, it was decided to put it there."""
    return path.with_name(f".{path.name}.ready")


def remove_part(path: Path) -> None:
    """Remove what was never finished in the place of `path` or on the way there: it may hold plain data."""
    part = part_of(path)
    for left in (part, journal_of(part), part_of(part)):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def finish(path: Path) -> None:
    """Put a new file that is ready in the place of `path`, as was decided before a crash. Raises OSError.

    The old file's journal goes first: SQLite would undo the old file's write in the new one.
    """
    ready = ready_of(path)
    if ready.exists():
        journal_of(path).unlink(missing_ok=True)
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
