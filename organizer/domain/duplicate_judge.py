"""How sure it is that two people are one, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from organizer.domain.duplicate_names import Agreement, compared
from organizer.domain.nickname import Nicknames
from organizer.domain.result import Message


class Sureness(StrEnum):
    """How sure it is that two are one person. Nobody is ever merged without being asked."""

    CERTAIN = "certain"
    LIKELY = "likely"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Known:
    """A person as compared: words, phones and e-mails in the forms of `duplicate_text`.

    `names` are the words of first, middle and last name in this order, or those of an organization that has no
    person's name; `nicks` those of a nickname. `birthday` is as a Contact has it.
    """

    id: int
    names: tuple[str, ...]
    nicks: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    birthday: str = ""
    city: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The words that find a name: its own, the nickname's, and a double first name as one word."""
        double = (self.names[0] + self.names[1],) if len(self.names) > 2 else ()
        return (*self.names, *self.nicks, *double)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another person who may be the same. `score` orders them: the higher, the surer."""

    id: int
    sure: Sureness
    reasons: tuple[Message, ...]
    score: int


SAME_MAIL = Message("Same e-mail")
SAME_PHONE = Message("Same phone")
SAME_NAME = Message("Same name")
NEAR_NAME = Message("Nearly the same name")
NO_NAME = Message("One of them has no name")
OTHER_FIRST = Message("Different first names: perhaps one household")
SAME_FIRST = Message("Same first name, another last name")
OTHER_NAME = Message("Different names")
SAME_BIRTHDAY = Message("Same birthday")
OTHER_BIRTHDAY = Message("Different birthdays")
SAME_CITY = Message("Same city")
SAME_ORGANIZATION = Message("Same organization")

_NAME_REASONS = {
    Agreement.SAME: SAME_NAME,
    Agreement.NEAR: NEAR_NAME,
    Agreement.ROUGH: NEAR_NAME,
    Agreement.UNNAMED: NO_NAME,
    Agreement.FIRST: SAME_FIRST,
    Agreement.FAMILY: OTHER_FIRST,
    Agreement.NONE: OTHER_NAME,
}

_NEAR = frozenset({Agreement.SAME, Agreement.NEAR, Agreement.ROUGH})
"""How far names must agree where nothing else does."""


def judge(
    one: Known, other: Known, nicknames: Nicknames, is_common: Callable[[str], bool], namesakes: int = 1
) -> Likeness | None:
    """How like `other` is to `one`; None where nothing worth a question speaks for one person.

    `is_common` tells of a word in a name whether so many have it that sharing it says little; `namesakes` how
    many others have all words of the name of `one`.
    """
    names = compared(one, other, nicknames)
    mail, phone = _shared(one.emails, other.emails), _shared(one.phones, other.phones)
    if not (mail or phone) and names not in _NEAR:
        return None
    sides = _Besides(one, other)
    if mail or phone:
        sure = _sure_by_contact(names, mail, sides)
    else:
        rare = not all(map(is_common, _shared_words(one, other)))
        sure_or_none = _sure_by_name(names, rare, sides, namesakes)
        if sure_or_none is None:
            return None
        sure = sure_or_none
    reasons = [reason for holds, reason in ((mail, SAME_MAIL), (phone, SAME_PHONE)) if holds]
    reasons += [_NAME_REASONS[names], *sides.reasons]
    score = _POINTS[sure] + 8 * (mail + phone) + names.value + 2 * len(sides.reasons)
    return Likeness(other.id, sure, tuple(reasons), score)


_FEW, _FEW_IN_A_CITY = 3, 10
"""A common name that more people have says nothing, without or with the same city."""

_POINTS = {Sureness.CERTAIN: 200, Sureness.LIKELY: 100, Sureness.PERHAPS: 0}


class _Besides:
    """What agrees or differs beside names, phones and e-mails."""

    def __init__(self, one: Known, other: Known) -> None:
        self.apart = bool(one.birthday and other.birthday) and not _one_day(one.birthday, other.birthday)
        self.birthday = bool(one.birthday and other.birthday) and not self.apart
        self.city = bool(one.city) and one.city == other.city
        self.elsewhere = bool(one.city and other.city) and not self.city
        self.organization = bool(one.organization) and one.organization == other.organization
        told = (
            *((self.birthday, SAME_BIRTHDAY), (self.apart, OTHER_BIRTHDAY), (self.city, SAME_CITY)),
            (self.organization and one.organization != one.names, SAME_ORGANIZATION),
        )
        self.reasons = [reason for holds, reason in told if holds]


def _sure_by_contact(names: Agreement, mail: bool, sides: _Besides) -> Sureness:
    """The same phone or e-mail: certain with the name, a household's where the first names differ."""
    if sides.apart or names in (Agreement.FAMILY, Agreement.NONE):
        return Sureness.PERHAPS
    if names in (Agreement.SAME, Agreement.NEAR):
        return Sureness.CERTAIN
    return Sureness.CERTAIN if names is Agreement.ROUGH and mail else Sureness.LIKELY


def _sure_by_name(names: Agreement, rare: bool, sides: _Besides, namesakes: int) -> Sureness | None:
    """One of `_NEAR` alone: likely where the name is rare; a common one only with something else that agrees."""
    agreeing = sides.birthday or sides.city or sides.organization
    if sides.apart:
        return None
    if names is Agreement.SAME:
        if sides.birthday or (rare and not sides.elsewhere):
            return Sureness.LIKELY
        if rare or sides.organization:
            return Sureness.PERHAPS
        few = namesakes <= (_FEW_IN_A_CITY if sides.city else _FEW)
        return Sureness.PERHAPS if few and not sides.elsewhere else None
    if sides.birthday and (rare or names is Agreement.NEAR):
        return Sureness.LIKELY
    if names is Agreement.ROUGH:
        return Sureness.PERHAPS if agreeing and rare else None
    return Sureness.PERHAPS if rare or sides.organization else None


def _shared(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(one in others for one in some)


def _shared_words(one: Known, other: Known) -> list[str]:
    return [word for word in one.names if word in other.names and len(word) > 1]


def _one_day(one: str, other: str) -> bool:
    """Whether two birthdays can be one: the same day, and the year is the same or not known of one."""
    return one == other or (one[-5:] == other[-5:] and (one[:2] == "--" or other[:2] == "--"))
