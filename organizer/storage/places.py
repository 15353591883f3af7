"""Where the program keeps what belongs to a file but isn't in it: its backups, the seal of its last close."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

SECOND = "Organizer backups"
"""What the folder of backups in the second folder is called."""


def root() -> Path:
    """The program's own folder among the user's data; it may not exist yet."""
    return user_data_path("organizer", appauthor=False)


def name_of(path: Path) -> str:
    """What the backups' folder of the file at `path` is called: found without opening the file."""
    return f"{path.stem[:60]}-{sha256(str(path.resolve()).encode()).hexdigest()[:8]}"


def folder_of(path: Path) -> Path:
    """The folder for the backups of the file at `path`; it may not exist yet."""
    return root() / "backups" / name_of(path)
