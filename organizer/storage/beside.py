"""What lies beside a database file: SQLite's journal, and the new file that is about to take its place. A leaf."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


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
