"""Search everywhere: one text, looked for in contacts, teams, products and every note.

Each word must begin a word of what is found (see domain.finding). Names come first, notes the newest first. A
search looks through so many candidates and no more, so that the answer is there when the key is up: `cut` says
where there may be others, and `thorough` looks on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from organizer.domain.contact import sort_key
from organizer.domain.finding import Wanted, phone_parts, wanted
from organizer.services import search_words
from organizer.services.search_hits import Group, Hit, Hits, Kind
from organizer.storage import File, searching
from organizer.storage.index_words import expression
from organizer.storage.searching import Item, Note, Person, Place

__all__ = ["LIMIT", "MOST", "Group", "Hit", "Hits", "Kind", "find", "second_look", "worth_a_second_look"]

T = TypeVar("T", Person, Note, Item)


LIMIT = 8
"""How many hits a group shows at first."""

MOST = 100
"""How many it shows at most."""

_QUICK, _THOROUGH = 400, 20_000
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
    found = {group: ways[group]() for group in Group if asked and only in (None, group)}
    return Hits(
        asked,
        {group: hits[:limit] for group, hits in found.items() if hits},
        frozenset(group for group, hits in found.items() if len(hits) > limit),
        search.cut,
        near,
    )


def worth_a_second_look(hits: Hits) -> bool:
    """Whether `second_look` may find more: few were found, or not everything was looked through."""
    return hits.cut or (not hits.near and hits.wanted.may_be_near and len(hits) < _FEW)


def second_look(file: File, hits: Hits, limit: int = LIMIT) -> Hits:
    """What is found by looking longer; one letter may be wrong where little is found as it is written."""
    text = hits.wanted.text
    found = find(file, text, limit, thorough=True) if hits.cut else hits
    if found.wanted.may_be_near and len(found) < _FEW:
        return find(file, text, limit, thorough=True, near=True)
    return found


class _Search:
    def __init__(self, file: File, asked: Wanted, limit: int, look_at: int) -> None:
        self._file, self._asked = file, asked
        self._limit, self._look_at = limit + 1, look_at
        self._match = expression(asked)
        self.cut = False

    def _through(
        self, read: Callable[..., Sequence[T]], text_of: Callable[[T], str], step: int = 200
    ) -> Iterator[T]:
        """Those of the candidates that do fit; no further than one search goes."""
        below = 0
        for _round in range(0, self._look_at, step):
            rows = read(self._file, below=below, limit=step)
            yield from (row for row in rows if self._asked.fits(text_of(row)))
            if len(rows) < step:
                return
            below = rows[-1].id
        self.cut = True

    # --- people

    def contacts(self) -> list[Hit]:
        found, cut = {person.id: person for person in self._by_start()}, self.cut
        if len(found) < self._limit:
            numbered = searching.people_by_number(self._file, phone_parts(self._asked.digits), self._limit)
            numbered = numbered if self._asked.digits else []
            others = [person for person in self._by_words() if person.listed and person.id not in found]
            others.sort(key=lambda one: (not self._asked.fits(one.name), sort_key(one.name), one.id))
            found |= {person.id: person for person in others}
            ids = [*found, *(id_ for id_ in numbered if id_ not in found)]
            self.cut = cut or (self.cut and len(ids) < self._limit)
        else:
            ids = list(found)
        return search_words.contacts(self._file, self._asked, ids[: self._limit])

    def _by_start(self) -> list[Person]:
        rows = searching.people_by_start(self._file, self._asked.text, 2 * self._limit)
        return [person for person in rows if self._asked.fits(person.name)]

    def _by_words(self) -> Iterator[Person]:
        read = partial(searching.people, match=self._match)
        return self._through(read, lambda person: f"{person.name} {person.words}")

    def team(self) -> list[Hit]:
        if not searching.has_members(self._file):
            return []
        found: list[Place] = []
        if " " not in self._asked.text:
            found = searching.members_by_number(self._file, self._asked.text, self._limit)
        found += [place for place in self._placed() if place not in found]
        return search_words.members(self._file, self._asked, found[: self._limit])

    def _placed(self) -> list[Place]:
        found: list[Place] = []
        below, step = 0, 400
        for _round in range(0, self._look_at, step):
            places, below = searching.members(self._file, self._match, below, step)
            found += [place for place in places if self._asked.fits(place.name)]
            if not below:
                break
            if len(found) >= self._limit:
                return found
        self.cut = self.cut or bool(below)
        found.sort(key=lambda place: (sort_key(place.name), place.id))
        return found

    # --- things and notes

    def products(self) -> list[Hit]:
        read = partial(searching.products, match=self._match)
        found = list(self._through(read, lambda item: f"{item.name} {item.number} {item.category}"))
        found.sort(key=lambda item: (not self._asked.fits(item.name), sort_key(item.name), item.id))
        return search_words.products(self._file, self._asked, found[: self._limit])

    def notes(self) -> list[Hit]:
        kinds = {
            Kind.STEP: self._first(partial(searching.steps, match=self._match)),
            Kind.ENTRY: self._entries(),
            Kind.ABOUT: self._first(partial(searching.about, match=self._match)),
            Kind.PRODUCT_NOTE: self._first(partial(searching.product_notes, match=self._match)),
        }
        chosen = _shared({kind: list(islice(rows, self._limit)) for kind, rows in kinds.items()}, self._limit)
        return search_words.notes(self._file, self._asked, chosen)

    def _first(self, read: Callable[..., Sequence[Note]]) -> Iterator[Note]:
        return self._through(read, lambda note: note.body, 60)

    def _entries(self) -> Iterator[Note]:
        # a million entries: a single letter begins a word in most, and no index is asked for that
        longer = expression(self._asked, least=2)
        if longer:
            return self._first(partial(searching.entries, match=longer))
        return self._through(searching.newest_entries, lambda note: note.body)


def _shared(found: dict[Kind, list[Note]], limit: int) -> list[tuple[Kind, Note]]:
    """The first of each kind in turn until there are enough; told kind by kind."""
    room = dict.fromkeys(found, 0)
    while sum(room.values()) < limit and any(room[kind] < len(found[kind]) for kind in found):
        for kind in found:
            if room[kind] < len(found[kind]) and sum(room.values()) < limit:
                room[kind] += 1
    return [(kind, note) for kind, notes in found.items() for note in notes[: room[kind]]]
