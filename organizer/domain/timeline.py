"""What was said and done with a person, and what she means to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_BODY = 20_000
"""The longest text of an entry or a next step, in characters."""


class EntryKind(StrEnum):
    """They talked, or something was written down about her."""

    TALK = "talk"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's timeline, dated by a day of the user's own calendar."""

    id: int
    person_id: int
    day: date
    kind: EntryKind
    body: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to do for or with a person. `due`: None where no day is set; `done`: the day, None while open."""

    id: int
    person_id: int
    due: date | None
    body: str
    done: date | None = None


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How she said that a company's files with these headings are to be read.

    `headings` and `mapping` are texts that only the reader of such files understands.
    """

    company_id: int
    headings: str
    mapping: str
