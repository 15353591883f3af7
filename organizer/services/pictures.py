"""Pictures of people: put in from a file, taken out again. Each is one deed."""

from __future__ import annotations

from pathlib import Path

from organizer.domain.picture import Picture
from organizer.domain.result import Message, Refusal
from organizer.storage import File, contacts, pictures


def of_person(file: File, person_id: int) -> Picture | None:
    """A person's picture, None where there is none."""
    return pictures.of_person(file, person_id)


def set_of_person(file: File, person_id: int, path: Path | None) -> None:
    """Give a person the picture in the file at `path`, or take hers away where that is None.

    It is kept scaled down, and only what is to be seen of it: not where and when it was taken. Raises Refusal
    for what is no picture, and where the person is gone.
    """
    found = contacts.get(file, person_id)
    if not found:
        raise Refusal(Message("This person is not there any more."))
    if path is None:
        with file.deed("picture.remove", found[0].name):
            return pictures.set_of_person(file, person_id, None)
    from organizer.exchange.picture_files import from_file

    picture = from_file(path)
    with file.deed("picture.set", found[0].name):
        return pictures.set_of_person(file, person_id, picture)
