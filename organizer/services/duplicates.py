"""Who may stand in the file twice: asked while she types, for a whole import, and for the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from organizer.domain.contact import Contact
from organizer.domain.duplicate import Finder, Known, Sureness, known, known_of
from organizer.domain.nickname import Nicknames
from organizer.domain.relation import Relation, RelationKind
from organizer.domain.result import Cancelled, Message, Refusal
from organizer.i18n import _
from organizer.resource_files import resource
from organizer.services.jobs import Job, Progress, Silent, uncollected
from organizer.storage import File, contacts, duplicates, relations
from organizer.storage.duplicates import Traits

__all__ = [
    "Alike",
    "Finder",
    "Pair",
    "Prepared",
    "Sureness",
    "alike",
    "different",
    "finder",
    "is_ready",
    "known_of",
    "pairs",
    "prepare",
    "still_asked",
    "take",
]

_TABLES = frozenset({"person", "person_phone", "person_email"})
_MOST_CHANGED = 2_000
"""After a deed that touched more people, all are read anew."""

_QUICK = 3_000
"""So many people are read while nobody waits."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody in the file who may be the one asked about, how sure that is, and why.

    `listed`: in Contacts; else they only stand in a team, or are the user herself.
    """

    person_id: int
    name: str
    sure: Sureness
    reasons: tuple[Message, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """Two in the file who may be one person, how sure that is, and why."""

    one_id: int
    one_name: str
    other_id: int
    other_name: str
    sure: Sureness
    reasons: tuple[Message, ...]


def alike(file: File, contact: Contact, limit: int = 5) -> list[Alike]:
    """Who in the file may be this person, the surest first; not those she said are others, or related to.

    Reads everybody the first time (see `is_ready` and `prepare`); from then on it follows each deed.
    """
    apart = duplicates.related_to(file, contact.id) if contact.id else frozenset()
    found = finder(file).find(known_of(contact), limit, apart)
    there = {one.id: one for one in duplicates.traits_of(file, [one.id for one in found])}
    return [
        Alike(one.id, there[one.id].name, one.sure, one.reasons, bool(there[one.id].listed))
        for one in found
        if one.id in there
    ]


def finder(file: File) -> Finder:
    """Everybody in the file, to be asked in bulk; kept in step with each deed, not to be changed."""
    return _kept(file).finder()


def is_ready(file: File) -> bool:
    """Whether `alike` answers at once: everybody was read before, or they are few."""
    return _kept(file).is_ready()


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everybody, read on another thread, as of a moment in the file's history."""

    finder: Finder
    since: int


def prepare(file: File) -> Job[Prepared]:
    """Read everybody off the main thread, so that `alike` answers at once: `take` its result."""
    people, since = duplicates.traits(file), duplicates.last_change(file)

    def work(progress: Progress) -> Prepared:
        with uncollected():
            return Prepared(_made(people, progress, 1.0), since)

    return Job(_("Getting ready to compare people"), work)


def take(file: File, prepared: Prepared) -> None:
    """Use what `prepare` made, and catch up with what was done meanwhile."""
    _kept(file).take(prepared)


def pairs(file: File) -> Job[list[Pair]]:
    """All in the file who may be there twice, the surest first. The job raises Cancelled."""
    people, apart = duplicates.traits(file), duplicates.related(file)

    def work(progress: Progress) -> list[Pair]:
        made = _made(people, progress, 0.1)
        couples = made.couples(apart, lambda part: progress.report(0.1 + 0.9 * part), progress.cancelled)
        called = {one.id: one.name for one in people}
        return [
            Pair(one.one, called[one.one], one.other.id, called[one.other.id], one.other.sure, one.other.reasons)
            for one in couples
        ]

    return Job(_("Looking for people who stand here twice"), work)


def still_asked(file: File, found: Sequence[Pair]) -> list[Pair]:
    """Of pairs found before, those of whom neither is gone, and who weren't said to be two since."""
    apart = duplicates.related(file)
    ids = {id_ for pair in found for id_ in (pair.one_id, pair.other_id)}
    there = {one.id for one in duplicates.traits_of(file, ids)}
    return [
        pair
        for pair in found
        if {pair.one_id, pair.other_id} <= there and frozenset((pair.one_id, pair.other_id)) not in apart
    ]


def different(file: File, one_id: int, other_id: int) -> None:
    """Note that these are two people; they are not asked about again. Raises Refusal where one is gone."""
    people = contacts.get(file, [one_id, other_id])
    if len(people) < 2:
        raise Refusal(Message("This contact is gone. Nothing was changed."))
    if other_id not in duplicates.related_to(file, one_id):
        with file.deed("contact.different", people[0].name):
            relations.add(file, [Relation(0, one_id, other_id, RelationKind.DIFFERENT)])


@cache
def nicknames() -> Nicknames:
    """The nicknames and common names that come with the program."""
    folder = resource("nicknames")
    lines = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in sorted(folder.glob("*.txt"))}
    common = lines.pop("common")
    return Nicknames([line for group in lines.values() for line in group], common)


def _made(people: Sequence[Traits], progress: Progress, share: float) -> Finder:
    """A finder of all; `progress` goes from 0 to `share`. Raises Cancelled."""
    made = Finder((), nicknames())
    for done, one in enumerate(people):
        if done % 512 == 0:
            progress.report(share * done / len(people))
            if progress.cancelled():
                raise Cancelled
        made.add(_known(one))
    return made


def _known(one: Traits) -> Known:
    names = (one.first_name, one.middle_name, one.last_name)
    phones, emails = one.phones.split("\n"), one.emails.split("\n")
    return known(one.id, names, one.nickname, one.organization, phones, emails, one.birthday, one.city)


def _kept(file: File) -> _Kept:
    """The file's own: it stands among the file's listeners, and goes with the file."""
    found = next((one for one in file.listeners if isinstance(one, _Kept)), None)
    if found is None:
        file.listeners.append(found := _Kept(file))
    return found


class _Kept:
    """The finder of one open file: made when first asked for, and kept in step by the file's deeds."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._finder: Finder | None = None
        self._seen = 0

    def __call__(self, touched: frozenset[str]) -> None:
        """A deed was done, undone or done again; it touched these tables."""
        if self._finder is not None and touched & _TABLES:
            self._follow(self._finder)

    def finder(self) -> Finder:
        """Everybody as they are now."""
        if self._finder is None:
            self._seen = duplicates.last_change(self._file)
            with uncollected():
                self._finder = _made(duplicates.traits(self._file), Silent(), 1.0)
        return self._finder

    def is_ready(self) -> bool:
        """Whether the finder is there, or soon made."""
        return self._finder is not None or duplicates.count(self._file) <= _QUICK

    def take(self, prepared: Prepared) -> None:
        """Use a finder that was made elsewhere, unless there is one already."""
        if self._finder is None:
            self._finder, self._seen = prepared.finder, prepared.since
            if duplicates.last_change(self._file) != prepared.since:
                self._follow(prepared.finder)

    def _follow(self, made: Finder) -> None:
        changed = duplicates.changed_since(self._file, self._seen, _MOST_CHANGED)
        self._seen = duplicates.last_change(self._file)
        if not changed:  # too many, or the history that tells of them was cleaned away
            self._finder = None
            return
        there = {one.id: one for one in duplicates.traits_of(self._file, changed)}
        for id_ in changed:
            if id_ in there:
                made.replace(_known(there[id_]))
            else:
                made.remove(id_)
