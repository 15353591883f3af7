"""Two cards of one person made into one: what they differ in, and the card that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from organizer.domain.contact import FORM, Address, Contact, Labelled, fold, with_addresses
from organizer.domain.duplicate_text import extension, phone_key

T = TypeVar("T")


class Side(StrEnum):
    """Whose text is taken: that of the card that is kept, the other's, or one below the other."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


NAME = "name"
"""First, middle and last name are chosen as one: half of each would be nobody's."""

_NAME_PARTS = ("first_name", "middle_name", "last_name")
_LINES = ("prefix", "suffix", "nickname", "organization", "birthday", "source")
NOTES = ("notes", *FORM)
"""Texts of which both can be kept, one below the other."""

LISTS = ("phones", "emails", "addresses", "tags", "roles", "extra")
"""What is united: of each, what only one of the cards has is added."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which both cards say something, and not the same. `side`: what is taken unless she says so."""

    field: str
    kept: str
    other: str
    side: Side


def differences(kept: Contact, other: Contact) -> list[Difference]:
    """What the cards differ in, in the order of a card. What only one of them says is no difference."""
    found = []
    for field in (NAME, *_LINES, *NOTES):
        one, two = _text(kept, field), _text(other, field)
        if one and two and not _says(field, one, two) and not _says(field, two, one):
            found.append(Difference(field, one, two, Side.BOTH if field in NOTES else Side.KEPT))
    return found


def merged(kept: Contact, other: Contact, sides: Mapping[str, Side] | None = None) -> Contact:
    """The card of both, under the id of `kept`; `sides` says what to take where they differ (see `differences`).

    Empty fields are filled from the other card and lists united, so nothing is lost but what was chosen against.
    """
    sides = sides or {}
    texts: dict[str, Any] = {}
    for field in (*_LINES, *NOTES):
        side = sides.get(field, Side.BOTH if field in NOTES else Side.KEPT)
        texts[field] = _taken(field, _text(kept, field), _text(other, field), side)
    named = other if _named_by_other(kept, other, sides) else kept
    texts |= {part: getattr(named, part) for part in _NAME_PARTS}
    both = replace(
        kept,
        **texts,
        phones=_labelled(kept.phones, other.phones, _phone),
        emails=_labelled(kept.emails, other.emails, str.casefold),
        tags=_united(kept.tags, other.tags, str),
        roles=kept.roles | other.roles,
        extra=_united(kept.extra, other.extra, str),
        listed=kept.listed or other.listed,
        added=min(filter(None, (kept.added, other.added)), default=None),
        expires=kept.expires and other.expires and max(kept.expires, other.expires),
    )
    return with_addresses(both, _addresses(kept.addresses, other.addresses))


def without(contact: Contact, left_out: Mapping[str, Iterable[int]]) -> Contact:
    """The contact without some of what stands in its lists: places in them (roles sorted), by a name of LISTS."""
    for field, places in left_out.items():
        gone = set(places)
        if field == "addresses":
            contact = with_addresses(contact, _left(contact.addresses, gone))
        elif field == "roles":
            contact = replace(contact, roles=frozenset(_left(sorted(contact.roles), gone)))
        else:
            contact = replace(contact, **{field: _left(getattr(contact, field), gone)})  # type: ignore[arg-type]
    return contact


def _left(values: Sequence[T], gone: set[int]) -> tuple[T, ...]:
    return tuple(value for place, value in enumerate(values) if place not in gone)


def _named_by_other(kept: Contact, other: Contact, sides: Mapping[str, Side]) -> bool:
    one, two = _text(kept, NAME), _text(other, NAME)
    return bool(two) and (not one or sides.get(NAME) is Side.OTHER)


def _text(contact: Contact, field: str) -> str:
    if field == NAME:
        return " ".join(part for part in (getattr(contact, name) for name in _NAME_PARTS) if part)
    return str(getattr(contact, field))


def _says(field: str, one: str, two: str) -> bool:
    """Whether `one` says all that `two` does: a birthday with its year, a note that holds the other."""
    if field == "birthday":
        return one == two or (two.startswith("--") and one.endswith(two[1:]))
    return one == two or (field in NOTES and two in one)


def _taken(field: str, kept: str, other: str, side: Side) -> str:
    if not kept or not other or _says(field, kept, other):
        return kept or other
    if _says(field, other, kept):
        return other
    if side is Side.BOTH:
        return f"{kept}\n\n{other}"
    return other if side is Side.OTHER else kept


def _united(kept: Sequence[T], other: Sequence[T], key: Callable[[T], str]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for value in (*kept, *other):
        found.setdefault(key(value), value)
    return tuple(found.values())


def _phone(number: str) -> str:
    """Which telephone it is, however it is written: another one of the same switchboard is another."""
    return f"{phone_key(number)} {extension(number)}".strip()


def _labelled(
    kept: Sequence[Labelled], other: Sequence[Labelled], form: Callable[[str], str]
) -> tuple[Labelled, ...]:
    """All of them once; one without a kind takes the kind that the other card knows."""

    def key(entry: Labelled) -> str:
        return form(entry.value) or entry.value.casefold()

    kinds = {key(entry): entry.label for entry in (*other, *kept) if entry.label}
    every = [
        entry if entry.label else replace(entry, label=kinds.get(key(entry), "")) for entry in (*kept, *other)
    ]
    return _united((), every, key)


def _addresses(kept: Sequence[Address], other: Sequence[Address]) -> tuple[Address, ...]:
    """All of them once: one that says nothing beyond another is left out, whichever card it stands on."""
    every = [*kept, *other]
    return tuple(
        one
        if one.label
        else replace(one, label=next((two.label for two in every if two.label and _within(two, one)), ""))
        for place, one in enumerate(every)
        if not any(
            _within(one, two) and (not _within(two, one) or at < place)
            for at, two in enumerate(every)
            if at != place
        )
    )


def _within(one: Address, two: Address) -> bool:
    """Whether `two` says all that `one` does; another kind makes no other address."""
    fields = ("street", "postal_code", "city", "country")
    return all(fold(getattr(one, field)) in ("", fold(getattr(two, field))) for field in fields)
