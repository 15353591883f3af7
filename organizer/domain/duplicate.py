"""Who may stand in the file twice, found by name, phone, e-mail and birthday without a walk over everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from organizer.domain import duplicate_text as text
from organizer.domain.contact import Contact
from organizer.domain.duplicate_index import Index, Vocabulary
from organizer.domain.duplicate_judge import Known, Likeness, Sureness, judge
from organizer.domain.nickname import Nicknames
from organizer.domain.result import Cancelled

__all__ = ["Finder", "Known", "Likeness", "Sureness", "known", "known_of"]

_MOST = 400
"""So many people with about the same name are looked at; of more only those who share something else."""


def known(
    id_: int,
    names: tuple[str, str, str],
    nickname: str = "",
    organization: str = "",
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    birthday: str = "",
    city: str = "",
) -> Known:
    """A person as the finder compares them. `names`: first, middle and last; the rest as a Contact has it."""
    parts = tuple(word for name in names for word in text.words(name))
    return Known(
        id_,
        parts or text.words(organization),
        text.words(nickname),
        text.words(organization),
        tuple(key for number in phones if (key := text.phone_key(number))),
        tuple(key for address in emails if (key := text.mail_key(address))),
        birthday,
        text.words(city),
    )


def known_of(contact: Contact) -> Known:
    """A contact as the finder compares them."""
    return known(
        contact.id,
        (contact.first_name, contact.middle_name, contact.last_name),
        contact.nickname,
        contact.organization,
        (entry.value for entry in contact.phones),
        (entry.value for entry in contact.emails),
        contact.birthday,
        contact.city,
    )


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people who may be one: the ids, the lower first, and how sure it is."""

    one: int
    other: Likeness


class Finder:
    """Everyone in a file, kept so that one question among 100,000 takes a few thousandths of a second.

    `nicknames` says which names stand for one another. Not to be used on two threads at once.
    """

    def __init__(self, people: Iterable[Known] = (), nicknames: Nicknames | None = None) -> None:
        self.nicknames = nicknames or Nicknames()
        self._people: dict[int, Known] = {}
        self._phones, self._mails, self._births, self._words = Index(), Index(), Index(), Index()
        self._vocabulary = Vocabulary(self.nicknames)
        for one in people:
            self.add(one)

    def __len__(self) -> int:
        return len(self._people)

    def add(self, one: Known) -> None:
        """Know one more person; one who is known under this id is replaced."""
        if one.id in self._people:
            self.remove(one.id)
        self._people[one.id] = one
        for index, keys in self._keys(one):
            for key in keys:
                if index.add(key, one.id) and index is self._words:
                    self._vocabulary.add(key)

    replace = add

    def remove(self, id_: int) -> None:
        """Forget a person; one who isn't known is no trouble."""
        one = self._people.pop(id_, None)
        for index, keys in self._keys(one) if one else ():
            for key in keys:
                if index.remove(key, id_) and index is self._words:
                    self._vocabulary.remove(key)

    def find(self, wanted: Known, limit: int = 5, apart: frozenset[int] = frozenset()) -> list[Likeness]:
        """Who may be the same as `wanted`, the surest first, `limit` at most; not those in `apart`."""
        exact = self._exact(wanted)
        namesakes = len(exact - {wanted.id})
        found = []
        for id_ in self._by_contact(wanted) | self._by_name(wanted, exact):
            if id_ != wanted.id and id_ not in apart:
                likeness = judge(wanted, self._people[id_], self.nicknames, self._is_common, namesakes)
                if likeness:
                    found.append(likeness)
        found.sort(key=lambda one: (-one.score, one.id))
        return found[:limit]

    def couples(
        self,
        apart: frozenset[frozenset[int]] = frozenset(),
        report: Callable[[float], None] = lambda _fraction: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Couple]:
        """All pairs who may be one person, the surest first; without those in `apart`.

        Raises Cancelled when `cancelled` says so; `report` hears how far it is, from 0 to 1.
        """
        found = []
        for place, one in enumerate(self._people.values()):
            if place % 256 == 0:
                report(place / len(self._people))
                if cancelled():
                    raise Cancelled
            for likeness in self.find(one, limit=len(self._people)):
                if one.id < likeness.id and frozenset((one.id, likeness.id)) not in apart:
                    found.append(Couple(one.id, likeness))
        found.sort(key=lambda pair: (-pair.other.score, pair.one, pair.other.id))
        return found

    def _keys(self, one: Known) -> tuple[tuple[Index, Iterable[str]], ...]:
        return (
            (self._phones, set(one.phones)),
            (self._mails, set(one.emails)),
            (self._births, (one.birthday,) if one.birthday else ()),
            (self._words, set(one.parts)),
        )

    def _by_contact(self, wanted: Known) -> set[int]:
        """Those with the same phone or e-mail."""
        found = set[int]()
        for index, keys in ((self._phones, wanted.phones), (self._mails, wanted.emails)):
            for key in keys:
                held = index.get(key)
                found.update(held if len(held) <= _MOST else ())
        return found

    def _by_name(self, wanted: Known, exact: set[int]) -> set[int]:
        """Those with the same words in their name (`exact`), or with two much alike of which one is rare."""
        if len(wanted.names) == 1 and not wanted.nicks:
            alone = self._words.get(wanted.names[0])
            return {id_ for id_ in alone if self._people[id_].names == wanted.names}
        names = [word for word in dict.fromkeys(wanted.parts) if len(word) > 1]
        found = set(exact)
        born = self._births.get(wanted.birthday) if wanted.birthday else frozenset[int]()
        if not born and all(map(self._is_common, names)):
            return found
        told = ((self._is_common(word), self._alike(word)) for word in names)
        sides = sorted(told, key=lambda one: sum(map(len, one[1])))
        for place, (common, side) in enumerate(sides[:-1]):
            # the larger sides are only asked: to gather them would take longest
            few = set[int]().union(*side)
            for too, other in sides[place + 1 :]:
                near = few & born if common and too else few
                for held in other:
                    found |= near & held
        return found if len(found) <= _MOST else found & born

    def _alike(self, word: str) -> list[Set[int]]:
        """Those with this word in their name, and those with each word much like it."""
        return [self._words.get(one) for one in self._vocabulary.like(word)]

    def _exact(self, wanted: Known) -> set[int]:
        """Those with all words of the name; none where so many have them that it says nothing."""
        sides = sorted((self._words.get(word) for word in wanted.names if len(word) > 1), key=len)
        found = set(sides[0].__and__(sides[1]) if len(sides) > 1 else sides[0]) if sides else set[int]()
        found.intersection_update(*sides[2:])
        return found if len(found) <= _MOST else set()

    def _is_common(self, word: str) -> bool:
        """Whether so many have this word in their name that sharing it says little."""
        return self.nicknames.is_common(word) or len(self._words.get(word)) > max(8, len(self._people) // 2000)
