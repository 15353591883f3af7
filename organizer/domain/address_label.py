"""What stands on a letter to somebody: name, street, postal code and city, and the country where it isn't ours."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.domain.contact import Contact, fold

Lines = tuple[str, ...]

_HERE = frozenset({"", "danmark", "denmark", "dk", "dänemark"})


def is_addressed(contact: Contact) -> bool:
    """Whether a letter could arrive: a street, and a postal code or city."""
    return bool(contact.street and (contact.postal_code or contact.city))


def labels(contacts: Sequence[Contact], *, households: bool, joint: str) -> list[Lines]:
    """The lines of a label for each, in the order given.

    With `households`, people of one last name at one address share one, at the first one's place: "Anna and Bo
    Holm", where `joint` is the word for and. Whoever `is_addressed` denies is left out.
    """
    groups: dict[tuple[object, ...], list[Contact]] = {}
    for contact in contacts:
        if is_addressed(contact):
            groups.setdefault(_household(contact) if households else (contact.id,), []).append(contact)
    return [_lines(group, joint) for group in groups.values()]


def _household(contact: Contact) -> tuple[object, ...]:
    if not (contact.first_name and contact.last_name):
        return (contact.id,)
    parts = (contact.last_name, contact.street, contact.postal_code, contact.city, _country(contact))
    return tuple(fold(part) for part in parts)


def _lines(group: Sequence[Contact], joint: str) -> Lines:
    first = group[0]
    name = _together(group, joint) if len(group) > 1 else first.name
    firm = first.organization if len(group) == 1 and first.organization != first.name else ""
    town = " ".join(part for part in (first.postal_code, first.city) if part)
    return tuple(line for line in (name, firm, first.street, town, _country(first)) if line)


def _together(group: Sequence[Contact], joint: str) -> str:
    called = [" ".join(filter(None, (one.first_name, one.middle_name))) for one in group]
    called = list(dict.fromkeys(called))
    *before, last = called
    names = f"{', '.join(before)} {joint} {last}" if before else last
    return f"{names} {group[0].last_name}"


def _country(contact: Contact) -> str:
    return "" if fold(contact.country) in _HERE else contact.country.upper()
