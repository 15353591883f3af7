"""Search everywhere: one text, looked for in contacts, teams, products and every note.

Each word must begin a word of what is found (see domain.finding). Names come first, notes the newest first. A
search looks through so many candidates and no more, so that the answer is there when the key is up: `cut` says
where there may be others, and `thorough` looks on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TypeVar

from organizer.domain.contact import sort_key
from organizer.domain.finding import Wanted, phone_parts, wanted
from organizer.services import search_words
from organizer.services.search_hits import Group, Hit, Hits, Kind
from organizer.storage import File, searching
from organizer.storage.index_words import QUICK, expression
from organizer.storage.searching import Item, Note, Person, Place

__all__ = [
    "LIMIT",
    "MOST",
    "Group",
    "Hit",
    "Hits",
    "Kind",
    "anything",
    "company_of",
    "find",
    "second_look",
    "worth_a_second_look",
]

T = TypeVar("T", Person, Note, Item)


LIMIT = 8
"""How many hits a group shows at first."""

MOST = 100
"""How many it shows at most."""

_QUICK, _THOROUGH = 400, 4_000
"""So many candidates of each index are looked at."""

_FEW = 3
"""With fewer exact hits than that, others with one letter wrong are worth a look."""


def find(
    file: File,
    text: str,
    limit: int = LIMIT,
    *,
    only: Group | None = None,
    thorough: bool = False,
    near: bool = False,
) -> Hits:
    """What a text finds, `limit` hits a group at most; of one group where `only` names it."""
    asked = wanted(text)
    search = _Search(file, asked.nearly() if near else asked, limit, _THOROUGH if thorough else _QUICK)
    ways = {
        Group.CONTACTS: search.contacts,
        Group.TEAM: search.team,
        Group.PRODUCTS: search.products,
        Group.NOTES: search.notes,
    }
    found, cut = {}, set()
    for group in Group:
        if asked and only in (None, group):
            search.cut = False
            found[group] = ways[group]()
            if search.cut and len(found[group]) <= limit:
                cut.add(group)
    return Hits(
        asked,
        {group: hits[:limit] for group, hits in found.items() if hits},
        frozenset(group for group, hits in found.items() if len(hits) > limit),
        frozenset(cut),
        near,
    )


def worth_a_second_look(hits: Hits) -> bool:
    """Whether `second_look` may find more: few were found, or not everything was looked through."""
    return bool(hits.cut) or (not hits.near and hits.wanted.may_be_near and hits.count < _FEW)


def second_look(file: File, hits: Hits, limit: int = LIMIT) -> Hits:
    """What is found by looking longer; one letter may be wrong where little is found as it is written."""
    text, groups, more = hits.wanted.text, dict(hits.groups), hits.more
    for group in hits.cut:
        found = find(file, text, limit, only=group, thorough=True)
        groups |= found.groups
        more |= found.more
    longer = replace(hits, groups={group: groups[group] for group in Group if group in groups}, more=more)
    if longer.wanted.may_be_near and longer.count < _FEW:
        return _with(longer, find(file, text, limit, near=True), limit)
    return replace(longer, cut=frozenset())


def _with(exact: Hits, near: Hits, limit: int) -> Hits:
    """What was found as it is written, and after it what was found nearly."""
    groups = {}
    for group in Group:
        first = exact.groups.get(group, [])
        known = {(hit.kind, hit.id) for hit in first}
        hits = [*first, *(hit for hit in near.groups.get(group, []) if (hit.kind, hit.id) not in known)]
        if hits:
            groups[group] = hits[:limit]
    return Hits(exact.wanted, groups, exact.more | near.more, near=near.count > exact.count)


def company_of(file: File, product_id: int) -> int:
    """The company whose product it is; 0 where it is gone."""
    return searching.company_of_product(file, product_id)


def anything(file: File) -> bool:
    """Whether there is anything that could be found."""
    return searching.holds_anything(file)


class _Search:
    """One search. `cut` is set where it didn't look through all candidates."""

    def __init__(self, file: File, asked: Wanted, limit: int, look_at: int) -> None:
        self._file, self._asked = file, asked
        self._limit, self._look_at = limit + 1, look_at
        self._match = expression(asked)
        self.cut = False

    def _through(
        self, read: Callable[..., Sequence[T]], text_of: Callable[[T], str], step: int = 100
    ) -> Iterator[T]:
        """Those of the candidates that do fit; no further than one search goes."""
        below, left = 0, self._look_at
        while left:
            step = min(step, left)
            rows = read(self._file, below=below, limit=step)
            yield from (row for row in rows if self._asked.fits(text_of(row)))
            if len(rows) < step:
                return
            # each reading gathers all that match anew: the fewer, the better
            below, left, step = rows[-1].id, left - step, 4 * step
        self.cut = True

    # --- people

    def contacts(self) -> list[Hit]:
        ids = dict.fromkeys(person.id for person in self._by_start())
        if self._asked.digits and len(ids) < self._limit:
            numbers = phone_parts(self._asked.digits)
            ids |= dict.fromkeys(searching.people_by_number(self._file, numbers, self._limit))
        if len(ids) < self._limit:
            others = list(islice(self._by_words(), 8 * self._limit))
            others.sort(key=lambda one: (not self._asked.fits(one.name), sort_key(one.name), one.id))
            ids |= dict.fromkeys(person.id for person in others)
        return search_words.contacts(self._file, self._asked, list(ids)[: self._limit])

    def _by_start(self) -> list[Person]:
        rows = searching.people_by_start(self._file, self._asked.text, 2 * self._limit)
        return [person for person in rows if self._asked.fits(person.name)]

    def _by_words(self) -> Iterator[Person]:
        read = partial(searching.people, match=self._match)
        found = self._through(read, lambda person: f"{person.name} {person.words}")
        return (person for person in found if person.listed)

    def team(self) -> list[Hit]:
        found: list[Place] = []
        if " " not in self._asked.text:
            found = searching.members_by_number(self._file, self._asked.text, self._limit)
        found += [place for place in self._placed() if place not in found]
        return search_words.members(self._file, self._asked, found[: self._limit])

    def _placed(self) -> list[Place]:
        everybody = searching.few_members(self._file)
        found = list(
            islice(self._among_many() if everybody is None else self._fitting(everybody), 8 * self._limit)
        )
        return sorted(found, key=lambda place: (sort_key(place.name), place.id))

    def _fitting(self, places: Iterable[Place]) -> Iterator[Place]:
        return (place for place in places if self._asked.fits(place.name))

    def _among_many(self) -> Iterator[Place]:
        below, step = 0, 200
        for _round in range(0, self._look_at, step):
            places, below = searching.members(self._file, self._match, below, step)
            yield from self._fitting(places)
            if not below:
                return
        self.cut = True

    # --- things and notes

    def products(self) -> list[Hit]:
        read = partial(searching.products, match=self._match)
        found = list(self._through(read, lambda item: f"{item.name} {item.number} {item.category}"))
        found.sort(key=lambda item: (not self._asked.fits(item.name), sort_key(item.name), item.id))
        return search_words.products(self._file, self._asked, found[: self._limit])

    def notes(self) -> list[Hit]:
        found = {
            Kind.STEP: self._written(searching.steps, searching.newest_steps),
            Kind.ENTRY: self._written(searching.entries, searching.newest_entries),
            Kind.ABOUT: self._written(searching.about),
            Kind.PRODUCT_NOTE: self._written(searching.product_notes),
        }
        return search_words.notes(self._file, self._asked, _shared(found, self._limit))

    def _written(
        self, read: Callable[..., list[Note]], newest: Callable[..., list[Note]] | None = None
    ) -> list[Note]:
        """The newest notes that fit. There may be a million: what most begin with is not gathered, but met."""
        quick, whole = (expression(self._asked, 2 if newest else 1, most) for most in (QUICK, 0))
        if newest and not whole:  # a single letter stands in most of them
            return list(islice(self._through(newest, _body), self._limit))
        if not self._asked.near and quick != whole:
            found = [note for note in read(self._file, quick, limit=60) if self._asked.fits(note.body)]
            if len(found) >= self._limit:
                return found[: self._limit]
        return list(islice(self._through(partial(read, match=whole), _body), self._limit))


def _body(note: Note) -> str:
    return note.body


def _shared(found: dict[Kind, list[Note]], limit: int) -> list[tuple[Kind, Note]]:
    """The first of each kind in turn until there are enough; told kind by kind."""
    room = dict.fromkeys(found, 0)
    while sum(room.values()) < limit and any(room[kind] < len(found[kind]) for kind in found):
        for kind in found:
            if room[kind] < len(found[kind]) and sum(room.values()) < limit:
                room[kind] += 1
    return [(kind, note) for kind, notes in found.items() for note in notes[: room[kind]]]
