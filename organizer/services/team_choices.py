"""What she chooses in the preview of a team file, before anything goes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NEW_PERSON = 0
"""In `Choices.people`: a new person, whoever has the same name."""


@dataclass(frozen=True)
class Choices:
    """Members are named by the company's numbers.

    `me` is her own number, "" where it is to be guessed; `left` are those whose rows stay out, as if they weren't
    in the file. `sponsors` and `placements` say whom a member stands under in place of what the file says, "" for
    nobody (a top); `rows` which row of the file counts for a number that several have. `people` says which person
    (`Contact.id`) a member is, NEW_PERSON for a new one; where that person holds a place that isn't in the file,
    the place gets the new number. `confirmed`: she has looked at how the file is read, so that is remembered.
    """

    me: str = ""
    left: frozenset[str] = frozenset()
    sponsors: Mapping[str, str] = field(default_factory=dict)
    placements: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    confirmed: bool = False


NOTHING_CHOSEN = Choices()
