"""Compensation plans of her own making, as the TOML text that they are."""

from __future__ import annotations

from organizer.storage.failures import as_written
from organizer.storage.file import File


@as_written
def everyone(file: File) -> dict[str, str]:
    """Each plan's text by its id, in the order they were added."""
    return dict(file.fetch("SELECT key, toml FROM plan ORDER BY id", ()))


def write(file: File, key: str, toml: str) -> None:
    """Store the plan called `key`, as part of the running deed."""
    file.connection.exec_driver_sql(
        "INSERT INTO plan(key, toml) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET toml = excluded.toml "
        "WHERE toml <> excluded.toml",
        (key, toml),
    )


def delete(file: File, key: str) -> None:
    """Take a plan away, as part of the running deed."""
    file.connection.exec_driver_sql("DELETE FROM plan WHERE key = ?", (key,))
