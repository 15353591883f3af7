"""Contacts in: read in a job, compared with everybody in another, shown as a preview, applied as one deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from organizer.domain.contact import MAX_TEXT, Contact, fold, single_line
from organizer.domain.contact_same import adds_nothing, completed, lacks, same_person
from organizer.domain.duplicate import Finder, Likeness, Sureness, known_of
from organizer.domain.result import Cancelled, Message
from organizer.exchange.cards import Card
from organizer.exchange.contact_file import read_contact_file
from organizer.exchange.contact_mapping import SEVERAL, ContactMapping, ContactReading, parted
from organizer.exchange.pasted_names import read_pasted_names
from organizer.i18n import _, shown
from organizer.services import contact_layouts, duplicates, suppression
from organizer.services.contact_news import news, otherwise
from organizer.services.jobs import Job, Progress, uncollected
from organizer.services.preview import Change, Line, Preview
from organizer.storage import File, consents, contacts, pictures

__all__ = [
    "NEW_PERSON",
    "SEVERAL",
    "Candidate",
    "Choices",
    "ContactLine",
    "ContactMapping",
    "ContactReading",
    "Matches",
    "in_a_year",
    "matches",
    "parted",
    "preview",
    "read",
    "read_pasted_names",
]

NEW_PERSON = 0
"""In `Choices.people`: this row is nobody who is known."""

_CANDIDATES = 20
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What she has chosen of a file: rows that stay out (by place, from 0), who doubtful ones are.

    `people` has a person's id, NEW_PERSON, or -(place + 1) of an earlier row. `expires` and `source` are what
    pasted people get: until when they are kept (None: for good), and where their data are from.
    """

    left: frozenset[int] = frozenset()
    people: Mapping[int, int] = field(default_factory=dict)
    expires: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a row may be: a person's id, or -(place + 1) of an earlier row; how she is called, and why.

    `row` is the earlier row's, 0 for a person who is stored.
    """

    id: int
    name: str
    sure: Sureness
    reasons: Sequence[Message]
    row: int = 0


@dataclass(frozen=True, slots=True)
class ContactLine(Line):
    """A row of a contact file: its `place` among the records; `chosen`: what was said of a doubtful one.

    `facts` tell her from another of the same name: phone, e-mail and town.
    """

    place: int = 0
    facts: Sequence[str] = ()
    candidates: Sequence[Candidate] = ()
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """For each record of a reading who in the file, and which earlier record, may be the same."""

    stored: Sequence[Sequence[Likeness]]
    earlier: Sequence[Sequence[Likeness]]
    prepared: duplicates.Prepared


def read(path: Path, file: File | None = None, mapping: ContactMapping | None = None) -> Job[ContactReading]:
    """Read a file of contacts, a table as was said of such before. The job raises Refusal for a wrong one."""
    known = contact_layouts.remembered(file) if file else None

    def work(progress: Progress) -> ContactReading:
        with uncollected():
            told = {"progress": progress.report, "cancelled": progress.cancelled}
            return read_contact_file(path, mapping, known=known, **told)  # type: ignore[arg-type]  # as named

    return Job(_("Reading {file}").format(file=shown(path.name)), work)


def matches(file: File, reading: ContactReading) -> Job[Matches]:
    """Look for those in the file, and in the reading itself, who may be the same. The job raises Cancelled."""
    everybody = duplicates.prepare(file)

    def work(progress: Progress) -> Matches:
        with uncollected():
            prepared = everybody.work(_Share(progress, 0.0, 0.4))
            earlier = Finder((), prepared.finder.nicknames)
            stored, twins = list[list[Likeness]](), list[list[Likeness]]()
            for place, card in enumerate(reading.records):
                if place % 100 == 0:
                    progress.report(0.4 + 0.6 * place / len(reading.records))
                    if progress.cancelled():
                        raise Cancelled
                wanted = replace(known_of(card.contact), id=-1)
                stored.append(prepared.finder.find(wanted, _CANDIDATES))
                twins.append(earlier.find(wanted, _SHOWN))
                earlier.add(replace(wanted, id=place))
            return Matches(stored, twins, prepared)

    return Job(_("Comparing with your contacts"), work)


class _Share:
    """A part of a job's progress: its 0 to 1 is `low` to `high` of the whole."""

    def __init__(self, whole: Progress, low: float, high: float) -> None:
        self._whole, self._low, self._high = whole, low, high

    def report(self, fraction: float) -> None:
        self._whole.report(self._low + (self._high - self._low) * fraction)

    def cancelled(self) -> bool:
        return self._whole.cancelled()


def preview(
    file: File, reading: ContactReading, choices: Choices | None = None, found: Matches | None = None
) -> Preview:
    """What a reading would change; `found` is what `matches` made of it, else it is made now.

    Somebody who is surely known is completed; nobody and nothing is replaced or deleted. A row that may be
    somebody is doubtful, and goes in as a new person unless `choices` say who it is. A no that was said stays, and
    is noted again where the record it was said to is gone.
    """
    choices = choices or Choices()
    found = found or matches(file, reading).now()
    duplicates.take(file, found.prepared)
    with uncollected():
        book = _Book(file, reading, choices, found)
        lines = [book.enter(place) for place in range(len(reading.records))]
        lines = book.with_noes(lines)

    def apply() -> None:
        with file.deed("contact.import", _subject(reading, choices)):
            book.store()
            contact_layouts.remember(file, reading)

    return Preview(reading.file, lines, reading.problems, apply, notes=reading.notes)


def in_a_year(day: date) -> date:
    """The day until which a light record is kept where nothing else was said."""
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _subject(reading: ContactReading, choices: Choices) -> str:
    return reading.file or choices.source or _("pasted names")


class _Book:
    """Everybody whom the rows are about, as they would be after the rows entered so far."""

    def __init__(self, file: File, reading: ContactReading, choices: Choices, found: Matches) -> None:
        self._file, self._reading, self._choices, self._found = file, reading, choices, found
        wanted = {fold(card.contact.name) for card in reading.records}
        self._named: dict[str, list[int]] = defaultdict(list)
        """By name, folded, who is called so: as in `_target`."""
        for id_, name in contacts.names(file):
            if (key := fold(name)) in wanted:
                self._named[key].append(id_)
        asked = {id_ for id_ in choices.people.values() if id_ > 0}
        near = {one.id for row in found.stored for one in row}
        people = contacts.get(file, sorted(asked.union(near, *self._named.values())))
        self._before = {person.id: person for person in people}
        self._now = dict(self._before)
        self._new: list[Contact] = []
        self._target: dict[int, int] = {}
        """Of each place who it is: an id, or -(index + 1) of a new person."""
        self._pictured = pictures.owners(file)
        self._pictures: dict[int, int] = {}
        """Of each target whose picture goes in, the place that has it."""
        self._noes = consents.no_to_marketing(file)

    def enter(self, place: int) -> ContactLine:
        """Add or complete the person of a row, and say what that changes."""
        reading, choices = self._reading, self._choices
        card, row = self._card(place), reading.rows[place]
        left = place in choices.left
        asked = choices.people.get(place)
        target = self._sure(card.contact) if asked is None else self._resolved(asked)
        candidates = self._candidates(place) if asked is not None or target is None else []
        doubtful = any(one.sure is not Sureness.PERHAPS or _is_bare(card.contact, one) for one in candidates)
        if target is None:
            change = Change.DOUBTFUL if doubtful and asked is None else Change.NEW
            details = [] if doubtful else [_perhaps(one) for one in candidates[:1]]
            if not left:
                self._new.append(card.contact)
                self._target[place] = -len(self._new)
                self._named[fold(card.contact.name)].append(-len(self._new))
                self._take_picture(place, -len(self._new), card)
        else:
            change, details = self._complete(place, target, card, left)
        doubt = [(one.id, one.name) for one in candidates] if doubtful else []
        return ContactLine(
            row, change, card.contact.name, details, doubt=doubt, left=left, place=place,
            facts=_facts(card.contact),
            candidates=candidates if doubtful else (), chosen=asked,
        )  # fmt: skip

    def with_noes(self, lines: Sequence[ContactLine]) -> list[ContactLine]:
        """The lines, saying so where a row is somebody who said no and whose record is gone."""
        known = suppression.recognised(self._file, [self._card(place).contact for place in range(len(lines))])
        told = list(lines)
        for place, (_topic, day) in known.items():
            target = self._target.get(place)
            if target is not None and target not in self._noes:
                message = Message("said no on {day}; that is noted again", {"day": day})
                told[place] = replace(told[place], details=[*told[place].details, message])
        return told

    def store(self) -> None:
        """Store all of it, as part of the running deed."""
        ids = contacts.insert(self._file, self._new)
        changed = [now for id_, now in self._now.items() if now != self._before[id_]]
        contacts.update_all(self._file, changed)
        for target, place in self._pictures.items():
            id_ = target if target > 0 else ids[-target - 1]
            pictures.set_of_person(self._file, id_, self._card(place).picture)
        people = [*zip(ids, self._new, strict=True), *((person.id, person) for person in changed)]
        suppression.note_again(self._file, people, self._before)

    def _card(self, place: int) -> Card:
        card: Card = self._reading.records[place]
        if not self._reading.pasted:
            return card
        source = single_line(self._choices.source)[:MAX_TEXT]
        return replace(card, contact=replace(card.contact, expires=self._choices.expires, source=source))

    def _person(self, target: int) -> Contact:
        return self._now[target] if target > 0 else self._new[-target - 1]

    def _sure(self, contact: Contact) -> int | None:
        """Who it surely is: the same name with a phone or e-mail, or one of that name whom nothing is added to."""
        targets = self._named[fold(contact.name)]
        # there are many Peders: a first name alone says nobody
        ways = (same_person,) if _is_first_name(contact) else (same_person, adds_nothing)
        for is_it in ways:
            for target in targets:
                if (target in self._now or target < 0) and is_it(self._person(target), contact):
                    return target
        return None

    def _resolved(self, asked: int) -> int | None:
        if asked > 0:
            return asked if asked in self._now else None
        return self._target.get(-asked - 1) if asked < 0 else None

    def _candidates(self, place: int) -> list[Candidate]:
        stored = [
            Candidate(one.id, self._now[one.id].name, one.sure, one.reasons)
            for one in self._found.stored[place]
            if one.id in self._now
        ]
        rows, records = self._reading.rows, self._reading.records
        earlier = [
            Candidate(-one.id - 1, records[one.id].contact.name, one.sure, one.reasons, rows[one.id])
            for one in self._found.earlier[place]
            if self._target.get(one.id, 0) < 0
        ]
        return [*stored, *earlier][:_SHOWN]

    def _complete(self, place: int, target: int, card: Card, left: bool) -> tuple[Change, list[Message]]:
        before = self._person(target)
        after = completed(before, card.contact)
        details: list[Message] = list(news(before, after))
        if not left:
            self._target[place] = target
            if target > 0:
                self._now[target] = after
            else:
                self._new[-target - 1] = after
            if self._take_picture(place, target, card):
                details.append(Message("a picture is added"))
        change = Change.CHANGED if details else Change.SAME
        details += otherwise(after, card.contact)
        if lacks(after, card.contact):
            details.append(Message("there is no room for all that the file has; yours is kept"))
        if target in self._noes:
            details.append(Message("has said no; that stays"))
        if target < 0:
            details.append(Message("the same person stands in the file before"))
        return change, details

    def _take_picture(self, place: int, target: int, card: Card) -> bool:
        """Keep a card's picture for somebody who has none."""
        if card.picture is None or target in self._pictured or target in self._pictures:
            return False
        self._pictures[target] = place
        return True


def _is_first_name(contact: Contact) -> bool:
    """Whether one word is all that says who it is."""
    return len(contact.name.split()) < 2 and not (contact.addresses or contact.notes or contact.birthday)


def _is_bare(contact: Contact, candidate: Candidate) -> bool:
    """Whether a candidate has the same first name, which is all that is known."""
    return _is_first_name(contact) and fold(contact.name) == fold(candidate.name)


def _facts(contact: Contact) -> tuple[str, ...]:
    told = (*(entry.value for entry in (*contact.phones[:1], *contact.emails[:1])), contact.city)
    return tuple(text for text in told if text and text != contact.name)


def _perhaps(candidate: Candidate) -> Message:
    return Message("perhaps {name}", {"name": candidate.name})
