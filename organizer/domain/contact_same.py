"""Two cards that may be of one person: whether they surely are, and the one completed by the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from organizer.domain.contact import (
    FORM,
    MAX_ENTRIES,
    MAX_NOTES,
    Address,
    Contact,
    cleaned,
    fold,
    phone_digits,
    with_addresses,
)

T = TypeVar("T")

_NOTES = ("notes", *FORM)
_ADDRESS = ("street", "postal_code", "city", "country")


def adds_nothing(known: Contact, found: Contact) -> bool:
    """True when `found` has the same name and tells nothing that `known` doesn't say in the same words."""
    if fold(known.name) != fold(found.name):
        return False
    texts = ("prefix", "suffix", "nickname", "organization", "birthday", *_NOTES)
    if any(getattr(found, name) and getattr(found, name) != getattr(known, name) for name in texts):
        return False
    lists = (
        *((found.tags, known.tags), (found.roles, known.roles), (_mails(found), _mails(known))),
        *((found.addresses, known.addresses), (found.extra, known.extra)),
    )
    return all(set(new) <= set(old) for new, old in lists) and _numbers(found) <= _numbers(known)


def _mails(contact: Contact) -> set[str]:
    return {entry.value.casefold() for entry in contact.emails}


def _numbers(contact: Contact) -> set[str]:
    return {phone_digits(entry.value) for entry in contact.phones}


def same_person(one: Contact, other: Contact) -> bool:
    """True when name and an e-mail or phone agree: sure enough to update rather than add.

    Not where both were born on other days: mother and daughter may share a name and a telephone.
    """
    if fold(one.name) != fold(other.name) or _born_apart(one.birthday, other.birthday):
        return False
    return bool(_mails(one) & _mails(other) or (_numbers(one) & _numbers(other)) - {""})


def _born_apart(one: str, other: str) -> bool:
    """Whether two birthdays are of two people; one without a year may be the other."""
    if not one or not other:
        return False
    return one != other if one[0] != "-" and other[0] != "-" else one[-5:] != other[-5:]


def completed(known: Contact, found: Contact) -> Contact:
    """`known` with what only `found` has: empty fields filled; new phones, e-mails, addresses, tags, roles added.

    Nothing that the distributor wrote is replaced: other notes are added below hers. What there is no room for
    is left out.
    """
    numbers = {phone_digits(entry.value) for entry in known.phones}
    phones = tuple(entry for entry in found.phones if phone_digits(entry.value) not in numbers)
    emails = tuple(entry for entry in found.emails if entry.value.casefold() not in _mails(known))
    addresses = (*known.addresses, *(one for one in found.addresses if not _has_address(known, one)))
    fields = ("prefix", "middle_name", "suffix", "nickname", "organization", "birthday")
    filled: dict[str, Any] = {field: getattr(known, field) or getattr(found, field) for field in fields}
    if known.birthday[:1] == "-" and found.birthday[-5:] == known.birthday[-5:]:
        filled["birthday"] = found.birthday  # the year is new
    for field in _NOTES:
        hers, more = getattr(known, field), getattr(found, field)
        both = f"{hers}\n\n{more}".strip()
        filled[field] = both if more not in hers and len(both) <= MAX_NOTES else hers
    return cleaned(
        replace(
            with_addresses(known, addresses[: MAX_ENTRIES + 1]),
            **filled,
            phones=_joined(known.phones, phones),
            emails=_joined(known.emails, emails),
            tags=_joined(known.tags, tuple(tag for tag in found.tags if tag not in known.tags)),
            extra=_joined(known.extra, tuple(line for line in found.extra if line not in known.extra)),
            roles=known.roles | found.roles,
            expires=known.expires and found.expires and max(known.expires, found.expires),
            listed=known.listed or found.listed,
        )
    )


def _has_address(contact: Contact, address: Address) -> bool:
    """Whether she has the address already: told shorter, or under another kind, it is no other one."""
    wanted = {fold(getattr(address, field)) for field in _ADDRESS} - {""}
    return any(wanted <= {fold(getattr(known, field)) for field in _ADDRESS} for known in contact.addresses)


def lacks(completed: Contact, found: Contact) -> bool:
    """True where `completed` had no room for a note, phone, e-mail or tag of `found`."""
    return not (
        all(getattr(found, field) in getattr(completed, field) for field in _NOTES)
        and all(_has_address(completed, one) for one in found.addresses)
        and set(found.extra) <= set(completed.extra)
        and _numbers(found) <= _numbers(completed)
        and _mails(found) <= _mails(completed)
        and set(found.tags) <= set(completed.tags)
    )


def _joined(known: tuple[T, ...], more: tuple[T, ...]) -> tuple[T, ...]:
    return known + more[: max(0, MAX_ENTRIES - len(known))]
