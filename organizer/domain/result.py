"""What a deed answers: messages that are translated where they are shown, and the two kinds of refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol, Union


class InLanguages(Protocol):
    """A text that knows itself in each language, such as a rank's name from a plan file."""

    def in_language(self, language: str) -> str:
        """The text in `language` ("da" or "en")."""
        ...


Value = Union[str, int, Decimal, date, InLanguages, "Message"]
"""What may stand in a message: a figure, a day, a text as it is, a text in both languages, or another message."""


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with {places}, and what stands in them.

    The sentence is looked up in the catalogue where it is shown (`organizer.i18n.say`), numbers are written
    in the reader's language there.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)


def listed(values: Sequence[Value]) -> Message:
    """The values one after the other: "Silver, Gold"."""
    places = {f"v{number}": value for number, value in enumerate(values)}
    return Message(", ".join(f"{{{name}}}" for name in places), places)


class Refusal(Exception):  # noqa: N818 - it is the program that refuses, not an error in it
    """The world's no: a wrong file, a full disk, a circle in the tree. Shown as it is; nothing was lost."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class FieldRefusal(Refusal):
    """One field of a record can't be kept as it is; `field` is its name in the record."""

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(message)
        self.field = field


class Cancelled(Exception):  # noqa: N818 - the user's wish, not an error
    """Long work was stopped because the user asked; nothing was changed and no file was left."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a file that was left out or only partly read. `row` counts as a spreadsheet does, from 1.

    `subject` is what the row is about (a name, a number), possibly empty; `kept` is True where the row went
    in all the same and only a detail was dropped.
    """

    row: int
    subject: str
    message: Message
    kept: bool = False
