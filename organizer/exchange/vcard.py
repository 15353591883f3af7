"""Contacts as vCard 3.0 (RFC 2426), the version that every address book reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from organizer.domain.contact import Contact, Labelled, Role
from organizer.exchange.content_lines import escaped, file_bytes
from organizer.exchange.safe_write import write_safely
from organizer.i18n import _

_PHONES = {"mobile": "CELL", "home": "HOME", "work": "WORK", "mobil": "CELL", "hjem": "HOME", "arbejde": "WORK"}
_MAILS = {"home": "HOME", "work": "WORK", "hjem": "HOME", "arbejde": "WORK"}


def write_vcards(contacts: Sequence[Contact], path: Path) -> None:
    """Write `contacts` to `path`, which is replaced whole or not at all. Raises Refusal where not."""
    write_safely(path, file_bytes(line for contact in contacts for line in _card(contact)))


def _card(contact: Contact) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{escaped(contact.name)}"
    yield "N:" + _parts(contact.last_name, contact.first_name, contact.middle_name, "", "")
    if contact.organization:
        yield f"ORG:{escaped(contact.organization)}"
    number = _counter()
    for phone in contact.phones:
        yield from _entry("TEL", phone, _PHONES, number)
    for mail in contact.emails:
        yield from _entry("EMAIL", mail, _MAILS, number)
    if contact.street or contact.postal_code or contact.city or contact.country:
        parts = _parts("", "", contact.street, contact.city, "", contact.postal_code, contact.country)
        yield f"ADR;TYPE=HOME:{parts}"
    if contact.birthday:
        yield _birthday(contact.birthday)
    if groups := [*contact.tags, *(_role(role) for role in Role if role in contact.roles)]:
        yield "CATEGORIES:" + ",".join(map(escaped, groups))
    if contact.notes:
        yield f"NOTE:{escaped(contact.notes)}"
    yield "END:VCARD"


def _parts(*texts: str) -> str:
    return ";".join(map(escaped, texts))


def _counter() -> Callable[[], int]:
    last = 0

    def following() -> int:
        nonlocal last
        last += 1
        return last

    return following


def _entry(name: str, entry: Labelled, kinds: dict[str, str], number: Callable[[], int]) -> Iterator[str]:
    """A phone or e-mail; a kind that vCard doesn't know goes along as Apple and Google write it."""
    kind = kinds.get(entry.label.casefold())
    first = "TYPE=INTERNET" if name == "EMAIL" else ""
    types = ";".join(part for part in (name, first, f"TYPE={kind}" if kind else "") if part)
    if kind or not entry.label:
        yield f"{types}:{escaped(entry.value)}"
    else:
        group = f"item{number()}"
        yield f"{group}.{types}:{escaped(entry.value)}"
        yield f"{group}.X-ABLABEL:{escaped(entry.label)}"


def _birthday(birthday: str) -> str:
    """vCard 3.0 has no birthday without a year; Apple's way is a valid date that is marked."""
    if birthday.startswith("--"):
        return f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{birthday[2:]}"
    return f"BDAY:{birthday}"


def _role(role: Role) -> str:
    names = {
        Role.PROSPECT: _("Prospect"),
        Role.CUSTOMER: _("Customer"),
        Role.HOST: _("Host"),
        Role.DISTRIBUTOR: _("Distributor"),
    }
    return names[role]
