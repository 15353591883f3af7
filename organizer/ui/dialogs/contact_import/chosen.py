"""What has been chosen so far: which rows stay out, and who the doubtful ones are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QObject, Signal

from organizer.services.contact_import import Choices


class Chosen(QObject):
    """`changed` follows each choice."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.left: set[int] = set()
        self.people: dict[int, int] = {}

    def set_taken(self, places: Iterable[int], taken: bool) -> None:
        """Take the rows at these places, or leave them out."""
        if taken:
            self.left.difference_update(places)
        else:
            self.left.update(places)
        self.changed.emit()

    def say_who(self, place: int, person: int | None) -> None:
        """Say who a doubtful row is; None: not said."""
        if person is None:
            self.people.pop(place, None)
        else:
            self.people[place] = person
        self.left.discard(place)
        self.changed.emit()

    def choices(self, expires: date | None, source: str) -> Choices:
        """All of it, as the import takes it."""
        return Choices(frozenset(self.left), dict(self.people), expires, source)
