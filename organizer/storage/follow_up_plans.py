"""Follow-up plans of her own making: each one's text by its key."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite import insert

from organizer.storage.file import File
from organizer.storage.schema import follow_up_plan


def everyone(file: File) -> dict[str, str]:
    """Every plan's text by its key, in the order they were made."""
    return dict(file.fetch("SELECT key, toml FROM follow_up_plan ORDER BY id"))


def write(file: File, key: str, toml: str) -> None:
    """Store a plan, in place of the one that has the key."""
    if everyone(file).get(key) != toml:
        new = insert(follow_up_plan).values(key=key, toml=toml)
        file.connection.execute(new.on_conflict_do_update(index_elements=["key"], set_={"toml": toml}))


def remove(file: File, key: str) -> None:
    """Delete a plan; what was started of it stays."""
    file.connection.execute(follow_up_plan.delete().where(follow_up_plan.c.key == key))
