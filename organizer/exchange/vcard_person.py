"""One card's lines become a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any

from organizer.domain.contact import MAX_TEXT, Address, Contact, Labelled, Role, single_line, split_name
from organizer.domain.result import FieldRefusal, Message
from organizer.exchange import vcard_values as values
from organizer.exchange.cells import shortened
from organizer.exchange.content_lines import escaped
from organizer.exchange.google_contacts import LABEL_ROLES
from organizer.exchange.layout import heading_key
from organizer.exchange.vcard_extra import extra_line
from organizer.exchange.vcard_heads import Head
from organizer.exchange.vcard_kinds import shown_label, word_of

OURS = "X-ORGANIZER-"
"""Begins the names of properties that only this program writes."""

ROLE_OF = {heading_key(word): role for role, words in LABEL_ROLES.items() for word in words}
"""The role that a category says, by its word as `heading_key` has it."""

_NICKNAME, _EVENT = "vnd.android.cursor.item/nickname", "vnd.android.cursor.item/contact_event"
_BIRTHDAY_EVENT = "3"
_Entry = tuple[int, str, Head]


class PersonBuilder:
    """Takes lines one by one, then tells the contact. What could not be used is in `problems`."""

    is_old = False
    """Whether the card is of version 2.1."""

    full_name = kind = birthday = nickname = organization = source = ""
    name: tuple[str, ...] = ()
    added: date | None = None
    expires: date | None = None
    roles: frozenset[Role] | None = None

    def __init__(self) -> None:
        self.phones: list[_Entry] = []
        self.emails: list[_Entry] = []
        self.addresses: list[tuple[int, Address, Head]] = []
        self.tags: list[str] = []
        self.notes: list[str] = []
        self.form: dict[str, str] = {}
        self.units: list[str] = []
        self.labels: dict[str, str] = {}
        self.others: list[tuple[Head, str, str]] = []
        self.photos: list[tuple[Head, str]] = []
        self.delivery: list[str] = []
        self.problems: list[Message] = []

    def keep(self, head: Head, value: str) -> None:
        """Keep a line that none of `HANDLERS` is for, unless it only says something of who wrote it."""
        if value and head.name not in _NOISE:
            self.others.append((head, value, ""))

    def contact(self, file: str) -> Contact:
        """Who the card is of; not yet cleaned. `file` is the source unless the card names one."""
        name = self._name()
        tags, roles = self._tags_and_roles()
        fields: dict[str, Any] = dict(self.form)
        if self.addresses:
            fields |= self._places()
        elif self.delivery:
            fields["street"] = _on_one_line(self.delivery[0])
        return Contact(
            first_name=name[1],
            middle_name=name[2],
            last_name=name[0],
            organization=self.organization,
            phones=self._entries(self.phones, "TEL") if self.phones else (),
            emails=self._entries(self.emails, "EMAIL") if self.emails else (),
            birthday=self.birthday,
            tags=tags,
            roles=roles,
            notes="\n\n".join(self.notes),
            source=self.source or file,
            prefix=name[3],
            suffix=name[4],
            nickname=self.nickname,
            extra=self._extra() if self.others or self.units else (),
            added=self.added,
            expires=self.expires,
            **fields,
        )

    def text(self, head: Head, value: str) -> str:
        """A value that is one text."""
        if "=" in value or "\\" in value or not value.isascii():
            return values.unescaped(values.decoded(head, value), self.is_old)
        return value

    def parts(self, head: Head, value: str) -> list[str]:
        """A value that is several texts."""
        if "=" in value or "\\" in value or not value.isascii():
            value = values.decoded(head, value)
            if "\\" in value:
                return [values.unescaped(part, self.is_old) for part in values.parts(value)]
        return value.split(";")

    def listed(self, head: Head, value: str) -> list[str]:
        """A value that is a list."""
        decoded = values.decoded(head, value)
        return [values.unescaped(part, self.is_old).strip() for part in values.parts(decoded, ",")]

    def joined_parts(self, head: Head, value: str, between: str = " ") -> list[str]:
        """Several texts, each possibly a list itself, which 2.1 doesn't know."""
        if self.is_old or "," not in value:
            return self.parts(head, value)
        split = values.parts(values.decoded(head, value))
        return [between.join(self.listed(_PLAIN, part)) for part in split]

    def set_aside(self, head: Head, value: str, name: str = "") -> None:
        """Keep a line that no field takes."""
        self.others.append((head, value, name))

    def _name(self) -> tuple[str, ...]:
        """Last, first, middle, prefix, suffix; out of the display name where nothing else tells them."""
        told = self.name or ("", "", "", "", "")
        if any(told[:3]):
            self._keep_other_display()
        elif self.full_name and self.full_name != self.organization:
            if self.kind == "org" and not self.organization:
                self.organization = self.full_name
            elif self.full_name not in {
                single_line(value) for _pref, value, _head in (*self.emails, *self.phones)
            }:
                first, last = split_name(self.full_name)
                return (last, first, "", *told[3:])
        return told

    def _keep_other_display(self) -> None:
        """A display name that says more than the parts do isn't lost."""
        last, first, middle, *_titles = self.name
        if self.full_name in (f"{first} {last}", f"{first} {middle} {last}", ""):
            return
        known = set(" ".join((*self.name, self.organization)).replace(",", " ").casefold().split())
        if not set(self.full_name.replace(",", " ").casefold().split()) <= known:
            self.others.append((_PLAIN, escaped(self.full_name), "X-DISPLAY-NAME"))

    def _tags_and_roles(self) -> tuple[tuple[str, ...], frozenset[Role]]:
        """Tags, and the roles: those that the card tells in our own line, else those that its tags say.

        Our own line's roles also stand as words behind the tags, for other programs.
        """
        if self.roles is None:
            if not self.tags:
                return (), frozenset()
            keys = map(heading_key, self.tags)
            return tuple(self.tags), frozenset(ROLE_OF[key] for key in keys if key in ROLE_OF)
        tags, left = list(self.tags), set(self.roles)
        while left and tags and ROLE_OF.get(heading_key(tags[-1])) in left:
            left.discard(ROLE_OF[heading_key(tags.pop())])
        return tuple(tags), self.roles

    def _entries(self, entries: list[_Entry], what: str) -> tuple[Labelled, ...]:
        if len(entries) > 1:
            entries = sorted(entries, key=_PREF)
        if not self.labels:
            return tuple([Labelled(value, word_of(what, head.types)) for _pref, value, head in entries])
        return tuple([Labelled(value, self._label(what, head)) for _pref, value, head in entries])

    def _label(self, what: str, head: Head) -> str:
        return self.labels.get(head.group, "") if head.group in self.labels else word_of(what, head.types)

    def _places(self) -> dict[str, Any]:
        (_pref, first, head), *more = sorted(self.addresses, key=_PREF)
        return {
            "street": first.street,
            "postal_code": first.postal_code,
            "city": first.city,
            "country": first.country,
            "address_label": self._label("ADR", head),
            "more_addresses": tuple([replace(one, label=self._label("ADR", head)) for _pref, one, head in more]),
        }

    def _extra(self) -> tuple[str, ...]:
        lines = [
            extra_line(head, value, self.labels.get(head.group, ""), self.is_old, name)
            for head, value, name in self.others
        ]
        lines += [extra_line(_PLAIN, escaped(unit), "", False, "X-DEPARTMENT") for unit in self.units]
        return tuple(dict.fromkeys(lines))


_PLAIN = Head("X-TEXT")
_PREF = itemgetter(0)


def _on_one_line(text: str) -> str:
    if "\n" not in text:
        return text.strip()
    return ", ".join(line.strip(" ,") for line in text.splitlines() if line.strip(" ,"))


def _take_name(person: PersonBuilder, head: Head, value: str) -> None:
    told = person.joined_parts(head, value)
    if any(told):
        if any(person.name):
            person.set_aside(head, value, "X-OTHER-NAME")
        else:
            person.name = tuple([part.strip() for part in [*told, "", "", "", ""][:5]])


def _take_full_name(person: PersonBuilder, head: Head, value: str) -> None:
    text = single_line(person.text(head, value))
    if person.full_name and text != person.full_name:
        person.set_aside(head, value, "X-DISPLAY-NAME")
    else:
        person.full_name = text


def _take_phone(person: PersonBuilder, head: Head, value: str) -> None:
    text = person.text(head, value)
    person.phones.append((head.pref, values.phone(text) if text[:1] in "tT" else text, head))


def _take_email(person: PersonBuilder, head: Head, value: str) -> None:
    text = person.text(head, value)
    person.emails.append((head.pref, text[7:] if text[:7].lower() == "mailto:" else text, head))


def _take_address(person: PersonBuilder, head: Head, value: str) -> None:
    told = person.joined_parts(head, value, ", ")
    box, extended, street, city, region, code, country, *_more = (*told, "", "", "", "", "", "", "")
    where = ", ".join([one for part in (street, extended, box) if part and (one := _on_one_line(part))])
    if region and not city:
        city, region = region, ""
    if where or code.strip() or city.strip() or country.strip():
        person.addresses.append((head.pref, Address(where, code, city, country), head))
        if region.strip():
            person.set_aside(_PLAIN, escaped(region), "X-REGION")
    elif label := head.parameter("LABEL"):
        person.addresses.append((head.pref, Address(_on_one_line(label.replace("\\n", "\n"))), head))


def _take_delivery_label(person: PersonBuilder, head: Head, value: str) -> None:
    """An address as it stands on an envelope: worth keeping where no other is told."""
    if text := person.text(head, value).strip():
        person.delivery.append(text)


def _take_organization(person: PersonBuilder, head: Head, value: str) -> None:
    first, *units = [single_line(part) for part in person.parts(head, value)]
    if person.organization:
        person.set_aside(head, value)
    else:
        person.organization = first
        person.units += filter(None, units)


def _take_birthday(person: PersonBuilder, head: Head, value: str) -> None:
    text = person.text(head, value).strip()
    if not text:
        return
    try:
        known = values.birthday(text, head.parameter("X-APPLE-OMIT-YEAR"))
    except FieldRefusal:
        person.set_aside(head, value)
        sentence = "“{value}” is not a date; the birthday was left empty."
        person.problems.append(Message(sentence, {"value": shortened(text)}))
        return
    if person.birthday and known != person.birthday:
        person.set_aside(head, value)
    else:
        person.birthday = known


def _take_tags(person: PersonBuilder, head: Head, value: str) -> None:
    separator = ";" if person.is_old and "," not in value else ","
    decoded = values.decoded(head, value)
    person.tags += [values.unescaped(part, person.is_old).strip() for part in values.parts(decoded, separator)]


def _take_note(person: PersonBuilder, head: Head, value: str) -> None:
    if text := person.text(head, value).strip():
        person.notes.append(text)


def _take_nickname(person: PersonBuilder, head: Head, value: str) -> None:
    if len(person.nickname) > MAX_TEXT:
        return person.set_aside(head, value)
    told = person.listed(head, value) if not person.is_old else [person.text(head, value)]
    person.nickname = ", ".join(filter(None, (person.nickname, *told)))
    return None


def _take_label(person: PersonBuilder, head: Head, value: str) -> None:
    if label := shown_label(person.text(head, value)):
        person.labels[head.group] = label


def _take_kind(person: PersonBuilder, head: Head, value: str) -> None:
    person.kind = value.strip().lower()
    if person.kind not in ("individual", "org", "group"):
        person.set_aside(head, value)


def _take_photo(person: PersonBuilder, head: Head, value: str) -> None:
    """A picture that lies on the web stays an address: it is never fetched."""
    if value[:5].lower() == "data:" or head.encoding == "B" or (head.types and ":" not in value[:20]):
        person.photos.append((head, value))
    elif value.strip():
        person.set_aside(head, value)


def _take_android(person: PersonBuilder, head: Head, value: str) -> None:
    what, *told = [part.strip() for part in person.parts(head, value)]
    if what == _NICKNAME and told and told[0] and not person.nickname:
        person.nickname = told[0]
    elif what == _EVENT and told[1:2] == [_BIRTHDAY_EVENT] and not person.birthday:
        _take_birthday(person, _PLAIN, told[0])
    else:
        person.set_aside(head, value)


def _take_roles(person: PersonBuilder, _head: Head, value: str) -> None:
    known = {role.value: role for role in Role}
    person.roles = frozenset(known[word] for word in value.split(",") if word in known)


def _take_source(person: PersonBuilder, head: Head, value: str) -> None:
    person.source = person.text(head, value)


def _take_day(person: PersonBuilder, head: Head, value: str) -> None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return
    if head.name.endswith("ADDED"):
        person.added = day
    else:
        person.expires = day


def _take_form(person: PersonBuilder, head: Head, value: str) -> None:
    person.form[head.name.removeprefix(OURS).lower()] = person.text(head, value)


_NOISE = frozenset(("BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "CLIENTPIDMAP", "X-ABUID", "X-ABADR"))
"""What concerns the program that wrote the file. A UID is one address book's own: nothing is found by it here."""

HANDLERS: dict[str, Callable[[PersonBuilder, Head, str], None]] = {
    "N": _take_name,
    "FN": _take_full_name,
    "TEL": _take_phone,
    "EMAIL": _take_email,
    "ADR": _take_address,
    "LABEL": _take_delivery_label,
    "ORG": _take_organization,
    "BDAY": _take_birthday,
    "CATEGORIES": _take_tags,
    "NOTE": _take_note,
    "NICKNAME": _take_nickname,
    "X-ABLABEL": _take_label,
    "KIND": _take_kind,
    "X-ADDRESSBOOKSERVER-KIND": _take_kind,
    "PHOTO": _take_photo,
    "X-ANDROID-CUSTOM": _take_android,
    f"{OURS}ROLES": _take_roles,
    f"{OURS}SOURCE": _take_source,
    f"{OURS}ADDED": _take_day,
    f"{OURS}EXPIRES": _take_day,
    **dict.fromkeys((f"{OURS}{name}" for name in ("FAMILY", "OCCUPATION", "RECREATION", "MESSAGE")), _take_form),
}
"""What uses a line, by its name: it puts the value where it belongs in the person."""
