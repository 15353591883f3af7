"""Where backups lie, told from a path alone: what lies there is looked into and restored, never worked in."""

from __future__ import annotations

from pathlib import Path

from organizer.storage import places


def is_in_one(path: Path) -> bool:
    """True when `path` lies among backups: in the program's own folder for them, or in that of a second folder."""
    try:
        whole = path.resolve()
        own = (places.root() / "backups").resolve()
    except (OSError, ValueError):  # no disk takes such a name
        return False
    return whole.is_relative_to(own) or any(parent.name == places.SECOND for parent in whole.parents)
