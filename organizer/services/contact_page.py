"""What one person's page shows beside the card: all that happened, what is to be done, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from organizer.domain.consent import Consent, SaidNo
from organizer.domain.contact import Contact, clean_text, fold
from organizer.domain.quick_note import dated, past_day
from organizer.domain.result import FieldRefusal, Message
from organizer.domain.team import Kind, Past
from organizer.domain.timeline import Entry, EntryKind, FollowUp, Outcome
from organizer.services.relations import Tie, ties_of
from organizer.storage import File, consents, contact_page, contacts, team_past
from organizer.storage.contact_page import Place

__all__ = ["Change", "Line", "PersonPage", "Place", "Show", "What", "dated", "lines", "load", "past_day"]

FIRST = 60
"""So many lines of the story are read at first; asking for older ones reads three times as many."""


class What(StrEnum):
    """What a line of the story tells of, beside an entry's own kinds."""

    ENTRY = "entry"
    STEP = "step"
    CONSENT = "consent"
    WITHDRAWN = "withdrawn"
    NO = "no"
    LIFTED = "lifted"
    JOINED = "joined"
    CHANGED = "changed"
    ADDED = "added"


class Show(StrEnum):
    """What of the story is shown."""

    ALL = ""
    TALKS = "talks"
    NOTES = "notes"
    SENT = "sent"
    STEPS = "steps"
    CONSENTS = "consents"
    TEAM = "team"


_TALKS = frozenset((EntryKind.TALK, EntryKind.CALL))
_NOTES = frozenset((EntryKind.NOTE,))
_ENTRIES = {
    Show.ALL: frozenset(EntryKind),
    Show.TALKS: _TALKS,
    Show.NOTES: _NOTES,
    Show.SENT: frozenset(EntryKind) - _TALKS - _NOTES,
}


@dataclass(frozen=True, slots=True)
class Change:
    """From the day after `before.until` a place in a team was another: `company`, and what is true since."""

    company: str
    before: Past
    kind: Kind
    rank: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story. `of` is what it tells of: an Entry, FollowUp, Consent, SaidNo, Place, Change, or the
    source that a new contact came from."""

    day: date
    what: What
    of: Entry | FollowUp | Consent | SaidNo | Place | Change | str

    @property
    def words(self) -> str:
        """The text in it that she or somebody wrote, to search in."""
        one = self.of
        if isinstance(one, Entry | FollowUp):
            return one.body
        if isinstance(one, Consent):
            return f"{one.how} {one.wording} {one.withdrawn_how}"
        if isinstance(one, SaidNo):
            return f"{one.body} {one.lifted_body}"
        return one if isinstance(one, str) else one.company


@dataclass(frozen=True)
class PersonPage:
    """A person and all that the page tells: `lines` newest first, `more` if there are older ones.

    `talked` is the day they last spoke, None where no talk is noted; `noes` and `consents` are the whole ledger.
    """

    contact: Contact
    lines: list[Line] = field(default_factory=list)
    more: bool = False
    steps: list[FollowUp] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    liked: list[tuple[int, str]] = field(default_factory=list)
    noes: list[SaidNo] = field(default_factory=list)
    talked: date | None = None


def load(
    file: File, person_id: int, show: Show = Show.ALL, words: str = "", limit: int = FIRST
) -> PersonPage | None:
    """All that the page shows of a person, None when they are gone. Asks the file the same few questions
    whatever there is of anything."""
    found = contacts.get(file, person_id)
    if not found:
        return None
    told, more = lines(file, found[0], show, words, limit)
    return PersonPage(
        found[0],
        told,
        more,
        contact_page.open_steps(file, person_id),
        ties_of(file, person_id),
        contact_page.places(file, person_id),
        contact_page.liked(file, person_id),
        consents.noes(file, person_id),
        contact_page.last_talk(file, person_id),
    )


def lines(
    file: File, contact: Contact, show: Show = Show.ALL, words: str = "", limit: int = FIRST
) -> tuple[list[Line], bool]:
    """The newest `limit` lines of a person's story that `show` and `words` leave, and whether there are more.

    Every word must occur; case and accents don't matter.
    """
    wanted = fold(words).split()
    # what the words leave out is known only after reading; those who search wait for all of it
    asked = -1 if wanted else limit + 1
    found = sorted(_lines(file, contact, show, asked), key=lambda line: (line.day, _rank(line)), reverse=True)
    if wanted:
        found = [line for line in found if all(word in fold(line.words) for word in wanted)]
    return found[:limit], len(found) > limit


def _rank(line: Line) -> tuple[int, int]:
    """What comes first of one day: what was written last; what somebody became stands at its beginning."""
    last = list(What)[::-1].index(line.what)
    return last, line.of.id if isinstance(line.of, Entry | FollowUp) else 0


def _lines(file: File, contact: Contact, show: Show, limit: int) -> Iterator[Line]:
    entries = contact_page.entries(file, contact.id, _ENTRIES[show], limit) if show in _ENTRIES else []
    for entry in entries:
        yield Line(entry.day, What.ENTRY, entry)
    if show in (Show.ALL, Show.STEPS):
        # a step that is done left an entry that may say the same
        told = {(entry.day, entry.body) for entry in entries}
        for step in contact_page.closed_steps(file, contact.id, limit):
            if step.done and not (step.outcome is Outcome.DONE and (step.done, step.body) in told):
                yield Line(step.done, What.STEP, step)
    if show in (Show.ALL, Show.CONSENTS):
        yield from _ledger(file, contact.id)
    if show in (Show.ALL, Show.TEAM):
        yield from _team(file, contact.id)
    if show is Show.ALL and contact.added:
        yield Line(contact.added, What.ADDED, contact.source)


def _ledger(file: File, person_id: int) -> Iterator[Line]:
    for consent in consents.consents(file, person_id):
        yield Line(consent.given, What.CONSENT, consent)
        if consent.withdrawn:
            yield Line(consent.withdrawn, What.WITHDRAWN, consent)
    for no in consents.noes(file, person_id):
        yield Line(no.day, What.NO, no)
        if no.lifted:
            yield Line(no.lifted, What.LIFTED, no)


def _team(file: File, person_id: int) -> Iterator[Line]:
    places = contact_page.places(file, person_id)
    past = team_past.of_members(file, [place.member_id for place in places])
    for place in places:
        if place.joined:
            yield Line(place.joined, What.JOINED, place)
        befores = past.get(place.member_id, [])
        for number, before in enumerate(befores):
            after = befores[number + 1] if number + 1 < len(befores) else place
            if (before.kind, before.rank) != (after.kind, after.rank):
                change = Change(place.company, before, after.kind, after.rank)
                yield Line(before.until, What.CHANGED, change)


def said_no_to_all(file: File) -> set[int]:
    """Those who said no to everything that is sold or offered."""
    return consents.no_to_marketing(file)


def jotted(text: str, today: date) -> tuple[date, str]:
    """The day and the words of a jotted line, as they are kept. Raises FieldRefusal where nothing is written."""
    day, body = dated(clean_text(text), today)
    if not body.strip():
        raise FieldRefusal("body", Message("Write something first."))
    return day, body.strip()


def age_on(birthday: str, day: date) -> int | None:
    """Whole years on `day` of somebody born on `birthday` (see Contact), None where the year isn't known."""
    if not birthday or birthday.startswith("--"):
        return None
    born = date.fromisoformat(birthday)
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
