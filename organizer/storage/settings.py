"""What the file remembers about its owner and about where she was: texts by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organizer.storage.file import File

UNTIDY = "erased, not tidied"
"""The key that is set while what was erased may still lie in the file's free space."""


def read(file: File, key: str, default: str = "") -> str:
    """The text stored under `key`."""
    row = file.connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (key,)).one_or_none()
    return str(row.value) if row else default


def write(file: File, key: str, value: str) -> None:
    """Store `value` under `key`, as part of the running deed."""
    file.connection.exec_driver_sql(
        "INSERT INTO setting(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value "
        "WHERE value <> excluded.value",
        (key, value),
    )
