"""Contacts as vCard 3.0 (RFC 2426), the version that every address book reads, or 4.0 (RFC 6350).

What other programs know stands as they know it. What only this program knows (FORM, roles as such, where a
person came from and until when she is kept) stands in lines whose names begin with X-ORGANIZER-, which others
pass over, so that `vcard_read` gives back the same person. Roles are categories too, in the reader's language.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from organizer.domain.contact import FORM, Address, Contact, Labelled, Role, single_line
from organizer.domain.picture import Picture
from organizer.exchange.cards import Card
from organizer.exchange.content_lines import escaped, file_bytes
from organizer.exchange.layout import heading_key
from organizer.exchange.safe_write import write_safely
from organizer.exchange.vcard_extra import lines_of
from organizer.exchange.vcard_kinds import KINDS, apples_label, types_of
from organizer.exchange.vcard_person import OURS, ROLE_OF
from organizer.exchange.vcard_values import unescaped
from organizer.i18n import _

Version = Literal["3.0", "4.0"]

_DEPARTMENT = "X-DEPARTMENT:"


def write_vcards(people: Sequence[Card | Contact], path: Path, version: Version = "3.0") -> None:
    """Write `people` to `path`, which is replaced whole or not at all. Raises Refusal where not."""
    cards = (one if isinstance(one, Card) else Card(one) for one in people)
    lines = (line for card in cards for line in _CardWriter(card, version == "4.0").lines())
    write_safely(path, file_bytes(lines))


class _CardWriter:
    """The lines of one card, unfolded."""

    def __init__(self, card: Card, is_new: bool) -> None:
        self._contact, self._picture, self._is_new = card.contact, card.picture, is_new
        self._items = 0

    def lines(self) -> Iterator[str]:
        """All lines from BEGIN to END."""
        contact = self._contact
        yield "BEGIN:VCARD"
        yield f"VERSION:{'4.0' if self._is_new else '3.0'}"
        yield from self._names()
        for phone in contact.phones:
            yield from self._entry("TEL", phone)
        for mail in contact.emails:
            yield from self._entry("EMAIL", mail)
        for address in contact.addresses:
            yield from self._address(address)
        if contact.birthday:
            yield self._birthday()
        yield from self._categories()
        if contact.notes:
            yield f"NOTE:{escaped(contact.notes)}"
        yield from self._ours()
        for line in contact.extra:
            self._items += 1
            yield from lines_of(line, f"item{self._items}", self._is_new)
        if self._picture:
            yield self._photo(self._picture)
        yield "END:VCARD"

    def _names(self) -> Iterator[str]:
        contact = self._contact
        yield f"FN:{escaped(contact.name)}"
        yield "N:" + _parts(
            contact.last_name, contact.first_name, contact.middle_name, contact.prefix, contact.suffix
        )
        if contact.nickname:
            yield f"NICKNAME:{escaped(contact.nickname)}"
        if contact.organization:
            lines = (line for line in contact.extra if line.startswith(_DEPARTMENT))
            departments = [escaped(unescaped(line.removeprefix(_DEPARTMENT))) for line in lines]
            yield "ORG:" + ";".join((escaped(contact.organization), *departments))

    def _entry(self, name: str, entry: Labelled) -> Iterator[str]:
        first = ("INTERNET",) if name == "EMAIL" and not self._is_new else ()
        yield from self._labelled(name, first, entry.label, escaped(entry.value))

    def _address(self, address: Address) -> Iterator[str]:
        value = _parts("", "", address.street, address.city, "", address.postal_code, address.country)
        yield from self._labelled("ADR", (), address.label, value)

    def _labelled(self, name: str, first: tuple[str, ...], label: str, value: str) -> Iterator[str]:
        """A line with its kind; one that vCard doesn't know goes along as Apple and Google write it."""
        types = (*first, *types_of(name, label))
        line = f"{name}{''.join(f';TYPE={one}' for one in types)}:{value}"
        if not label or label in KINDS[name]:
            yield line
        else:
            self._items += 1
            yield f"item{self._items}.{line}"
            yield f"item{self._items}.X-ABLabel:{escaped(apples_label(label))}"

    def _birthday(self) -> str:
        """3.0 has no birthday without a year: Apple's way is a valid date that is marked; 4.0 has no hyphens."""
        birthday = self._contact.birthday
        if self._is_new:
            return (
                f"BDAY:--{birthday[2:].replace('-', '')}"
                if birthday[0] == "-"
                else (f"BDAY:{birthday.replace('-', '')}")
            )
        if birthday.startswith("--"):
            return f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{birthday[2:]}"
        return f"BDAY:{birthday}"

    def _categories(self) -> Iterator[str]:
        contact = self._contact
        roles = [role for role in Role if role in contact.roles]
        if groups := [*contact.tags, *(_role(role) for role in roles)]:
            yield "CATEGORIES:" + ",".join(map(escaped, groups))
        if roles or any(heading_key(tag) in ROLE_OF for tag in contact.tags):
            yield f"{OURS}ROLES:{','.join(roles)}"

    def _ours(self) -> Iterator[str]:
        contact = self._contact
        for field in FORM:
            if text := getattr(contact, field):
                yield f"{OURS}{field.upper()}:{escaped(text)}"
        if contact.source:
            yield f"{OURS}SOURCE:{escaped(contact.source)}"
        if contact.added:
            yield f"{OURS}ADDED:{contact.added}"
        if contact.expires:
            yield f"{OURS}EXPIRES:{contact.expires}"

    def _photo(self, picture: Picture) -> str:
        data = b64encode(picture.data).decode("ascii")
        media = single_line(picture.media) or "image/jpeg"
        if self._is_new:
            return f"PHOTO:data:{media};base64,{data}"
        return f"PHOTO;ENCODING=b;TYPE={media.rpartition('/')[2].upper()}:{data}"


def _parts(*texts: str) -> str:
    return ";".join(map(escaped, texts))


def _role(role: Role) -> str:
    names = {
        Role.PROSPECT: _("Prospect"),
        Role.CUSTOMER: _("Customer"),
        Role.HOST: _("Host"),
        Role.DISTRIBUTOR: _("Distributor"),
    }
    return names[role]
