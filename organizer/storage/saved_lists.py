"""Filters of people under a name. What a filter says is known above: here it is a text."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite import insert

from organizer.storage.file import File
from organizer.storage.schema import saved_list


def everyone(file: File) -> dict[str, str]:
    """Every saved filter by its name, in the order they were saved."""
    return dict(file.fetch("SELECT name, filter FROM saved_list ORDER BY id"))


def write(file: File, name: str, filter_: str) -> None:
    """Save a filter under a name, in place of the one that has it."""
    if everyone(file).get(name) != filter_:
        new = insert(saved_list).values(name=name, filter=filter_)
        file.connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"filter": filter_}))


def rename(file: File, name: str, new: str) -> None:
    """Give a saved filter another name, which must be free."""
    file.connection.execute(saved_list.update().where(saved_list.c.name == name).values(name=new))


def remove(file: File, name: str) -> None:
    """Forget a saved filter."""
    file.connection.execute(saved_list.delete().where(saved_list.c.name == name))
