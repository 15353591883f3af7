"""What was said and done with a person, and what she means to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.domain.consent import Channel, Purpose

MAX_BODY = 20_000
"""The longest text of an entry or a next step, in characters."""


class EntryKind(StrEnum):
    """They talked, face to face or on the phone; something was sent; or something was written down."""

    TALK = "talk"
    CALL = "call"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"
    INVITATION = "invitation"
    NOTE = "note"

    @property
    def is_conversation(self) -> bool:
        """Whether two people spoke with each other; what was only sent is none."""
        return self in (EntryKind.TALK, EntryKind.CALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's timeline, dated by a day of the user's own calendar."""

    id: int
    person_id: int
    day: date
    kind: EntryKind
    body: str = ""


class Outcome(StrEnum):
    """How something that is no longer open ended."""

    OPEN = ""
    DONE = "done"
    NO = "no"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to do for or with a person, or a task of her own where `person_id` is None.

    `due`: None where no day is set; `done`: the day it was closed, None while open, and `outcome` how. `channel`:
    None where they meet, or where it doesn't matter. Those of one follow-up plan carry its key in `plan` and the
    same number in `run`, 0 where there is none.
    """

    id: int
    person_id: int | None
    due: date | None
    body: str
    done: date | None = None
    channel: Channel | None = None
    purpose: Purpose = Purpose.OTHER
    outcome: Outcome = Outcome.OPEN
    plan: str = ""
    run: int = 0


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How she said that a company's files with these headings are to be read.

    `headings` and `mapping` are texts that only the reader of such files understands.
    """

    company_id: int
    headings: str
    mapping: str
