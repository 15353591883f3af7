"""A person: one record, whatever roles she has and in however many teams."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from organizer.domain.result import FieldRefusal, Message

T = TypeVar("T")

MAX_TEXT = 200
"""Longest single-line text that is kept; longer ones are cut by importers with a warning."""

MAX_NOTES = 20_000
"""Longest note."""

MAX_ENTRIES = 100
"""Most phones, e-mails and tags that one person can have, of each."""


class Role(StrEnum):
    """What a person is to the distributor; one person can be several things."""

    PROSPECT = "prospect"
    CUSTOMER = "customer"
    HOST = "host"
    DISTRIBUTOR = "distributor"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A phone number or e-mail address with its kind ("Mobile", "Work", or empty)."""

    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address with its kind ("Home", "Work", or empty)."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One person. `id` 0 means not stored yet; `listed` people appear in Contacts, others only in a team.

    `birthday` is "YYYY-MM-DD", or "--MM-DD" where the year isn't known, or empty. Letters go to the address that
    stands in the record itself; `more_addresses` are others. `family`, `occupation`, `recreation` and `message`
    are the notes that the field calls FORM. `extra` holds what an address book told besides, each a line of
    vCard 3.0 ("URL:https://example.com"). `added` is the day she came into the file (None: before that was
    noted), `expires` the day from which a light record, such as a guest's, has no reason to be kept (None: kept).
    """

    id: int = 0
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    organization: str = ""
    phones: tuple[Labelled, ...] = ()
    emails: tuple[Labelled, ...] = ()
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    birthday: str = ""
    tags: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    notes: str = ""
    source: str = ""
    listed: bool = True
    prefix: str = ""
    suffix: str = ""
    nickname: str = ""
    address_label: str = ""
    more_addresses: tuple[Address, ...] = ()
    family: str = ""
    occupation: str = ""
    recreation: str = ""
    message: str = ""
    extra: tuple[str, ...] = ()
    added: date | None = None
    expires: date | None = None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All addresses, the one that letters go to first; none where nothing is known."""
        first = Address(self.street, self.postal_code, self.city, self.country, self.address_label)
        return (first, *self.more_addresses) if _says_where(first) else self.more_addresses

    @property
    def name(self) -> str:
        """The name as shown: first, middle and last; the organization or an address where there is no name."""
        full = " ".join(part for part in (self.first_name, self.middle_name, self.last_name) if part)
        if full or self.organization:
            return full or self.organization
        return next((entry.value for entry in (*self.emails, *self.phones)), "")


_ADDRESS = ("street", "postal_code", "city", "country")
_NAMES = ("prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "organization")
_LINES = (*_NAMES, *_ADDRESS, "address_label", "source")
FORM = ("family", "occupation", "recreation", "message")
"""The fields that hold notes under the field's four headings."""
_NOTES = ("notes", *FORM)

MAX_EXTRA = 2_000
"""Longest line of `Contact.extra`."""


def _says_where(address: Address) -> bool:
    return bool(address.street or address.postal_code or address.city or address.country)


def with_addresses(contact: Contact, addresses: Sequence[Address]) -> Contact:
    """The contact with these addresses, letters going to the first; those that say nothing are dropped."""
    first, *more = [one for one in addresses if _says_where(one)] or [Address()]
    where = {field: getattr(first, field) for field in _ADDRESS}
    return replace(contact, **where, address_label=first.label, more_addresses=tuple(more))


def cleaned(contact: Contact) -> Contact:
    """The contact with spaces trimmed, empty entries dropped and doubles removed.

    Raises FieldRefusal when nothing says who it is, the birthday is no date, a text is too long, or there are
    too many phones, e-mails or tags.
    """
    texts: dict[str, Any] = {field: single_line(getattr(contact, field)) for field in _LINES}
    for field, text in texts.items():
        if len(text) > MAX_TEXT:
            raise too_long(field, MAX_TEXT)
    for field in _NOTES:
        texts[field] = clean_text(getattr(contact, field)).strip()
        if len(texts[field]) > MAX_NOTES:
            raise too_long(field, MAX_NOTES)
    tidy = replace(
        contact,
        **texts,
        more_addresses=_tidy_addresses(contact.more_addresses),
        extra=_tidy_extra(contact.extra),
        phones=_tidy_entries(contact.phones, "phones"),
        emails=_tidy_entries(contact.emails, "emails"),
        tags=_tidy_tags(contact.tags),
        birthday=parse_birthday(contact.birthday),
    )
    if tidy.more_addresses and not _says_where(Address(*(getattr(tidy, field) for field in _ADDRESS))):
        tidy = with_addresses(tidy, tidy.more_addresses)
    if not tidy.name:
        raise FieldRefusal("name", Message("Write a name, an organization, an e-mail or a phone number."))
    return tidy


def too_long(field: str, limit: int) -> FieldRefusal:
    """The refusal of a text longer than `limit` characters."""
    return FieldRefusal(field, Message("This text is too long: at most {limit} characters.", {"limit": limit}))


def _tidy_entries(entries: tuple[Labelled, ...], field: str) -> tuple[Labelled, ...]:
    kept: dict[str, Labelled] = {}
    for entry in entries:
        value = single_line(entry.value)
        if len(value) > MAX_TEXT:
            raise too_long(field, MAX_TEXT)
        if value:
            kept.setdefault(value.casefold(), Labelled(value, single_line(entry.label)[:MAX_TEXT].rstrip()))
    return _not_too_many(tuple(kept.values()), field)


def _tidy_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(tag for tag in map(single_line, tags) if tag))
    if any(len(tag) > MAX_TEXT for tag in lines):
        raise too_long("tags", MAX_TEXT)
    return _not_too_many(lines, "tags")


def _tidy_addresses(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    kept = []
    for address in addresses:
        texts = {field: single_line(getattr(address, field)) for field in (*_ADDRESS, "label")}
        if any(len(text) > MAX_TEXT for text in texts.values()):
            raise too_long("more_addresses", MAX_TEXT)
        kept.append(Address(**texts))
    tidy = tuple(dict.fromkeys(address for address in kept if _says_where(address)))
    return _not_too_many(tidy, "more_addresses")


def _tidy_extra(lines: tuple[str, ...]) -> tuple[str, ...]:
    tidy = tuple(dict.fromkeys(line for line in map(single_line, lines) if line))
    if any(len(line) > MAX_EXTRA for line in tidy):
        raise too_long("extra", MAX_EXTRA)
    return _not_too_many(tidy, "extra")


def _not_too_many(entries: tuple[T, ...], field: str) -> tuple[T, ...]:
    if len(entries) > MAX_ENTRIES:
        message = Message("These are too many: at most {limit} can be kept.", {"limit": MAX_ENTRIES})
        raise FieldRefusal(field, message)
    return entries


def single_line(text: str) -> str:
    """The text on one line: runs of white space are one space, control characters are left out."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """The text composed (see `composed`), every line end as a newline, without what no font shows.

    That is control characters, halves of surrogate pairs, and the marks that turn or embed the direction of
    what follows: they would turn a sentence of the program's round too, and stand around phone numbers that
    were copied from elsewhere. Right-to-left letters need none.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # as nearly all text is
        return text
    return composed(text.replace("\r\n", "\n").translate(_SHOWN))


_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))


class _Shown(dict[int, int | None]):
    """What stays of each character: itself, a newline for a line end of any kind, or nothing."""

    def __missing__(self, code: int) -> int | None:
        if code in (0x09, 0x0A):
            kept: int | None = code
        elif code in (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029):
            kept = 0x0A
        elif unicodedata.category(chr(code)) in ("Cc", "Cs") or code in _TURNING:
            kept = None
        else:
            kept = code
        return self.setdefault(code, kept)


_SHOWN = _Shown()

_MOST_MARKS = 30  # on one letter, as Unicode's own "stream-safe" form has it: no language needs ten


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC); of a long one at most 30 marks on each letter.

    Sorting the marks of one letter takes the square of their number: a cell full of them would take hours.
    """
    if len(text) > 1000 and not unicodedata.is_normalized("NFC", text):
        kept, run = [], 0
        for char in text:
            run = run + 1 if unicodedata.combining(char) else 0
            if run <= _MOST_MARKS:
                kept.append(char)
        text = "".join(kept)
    return unicodedata.normalize("NFC", text)


_ISO = re.compile(r"(\d{4}|-)-(\d{1,2})-(\d{1,2})\Z")
_DANISH_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z")
_YEARLESS = re.compile(r"(\d{1,2})[./-](\d{1,2})\.?\Z")


def parse_birthday(text: str) -> str:
    """A birthday in the form that is stored: "1962-02-15", "--02-15" or "".

    Accepts those and the Danish 15.02.1962, 15-02-1962 and 15/2/1962, also without the year: 15.02.
    Raises FieldRefusal for anything else.
    """
    text = text.strip()
    if not text:
        return ""
    try:
        if match := _ISO.match(text):
            year = 2000 if match[1] == "-" else int(match[1])
            day = date(year, int(match[2]), int(match[3]))
            return day.strftime("--%m-%d") if match[1] == "-" else day.isoformat()
        if match := _DANISH_DATE.match(text):
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        if match := _YEARLESS.match(text):
            return date(2000, int(match[2]), int(match[1])).strftime("--%m-%d")
    except ValueError:
        pass
    raise FieldRefusal("birthday", Message("{text} is not a date. Write it like 15.02.1962.", {"text": text}))


def phone_digits(number: str) -> str:
    """The digits that tell one phone from another: +45, 0045 and spaces make no difference.

    >>> phone_digits("+45 12 34 56 78") == phone_digits("12345678")
    True
    """
    digits = re.sub(r"\D", "", number)
    if number.strip().startswith("+"):
        digits = "00" + digits
    return digits[4:] if digits.startswith("0045") and len(digits) == 12 else digits


def search_text(*parts: str) -> str:
    """What a search looks in: case and accents folded, but æ, ø and å kept apart as Danes do."""
    return fold(" ".join(part for part in parts if part))


def fold(text: str) -> str:
    """Lower case without accents; å stays å, ø stays ø, æ stays æ. `fold("Zoë Åse") == "zoe åse"`.

    Letters that a Danish keyboard hasn't are as they are typed there: `fold("Łukasz İnan") == "lukasz inan"`.
    """
    if text.isascii():
        return text.lower()
    return composed(text.casefold()).translate(_UNACCENTED)


def spellings(word: str) -> tuple[str, ...]:
    """The ways in which a folded word may be written: aa is å. `spellings("aarhus") == ("aarhus", "århus")`."""
    other = word.replace("aa", "å") if "aa" in word else word.replace("å", "aa")
    return (word,) if other == word else (word, other)


def fold_danish(text: str) -> str:
    """As `fold`, but what is written in two ways is one: aa is å, ä æ, ö ø. `fold_danish("Ägaa") == "ægå"`."""
    if text.isascii():
        return text.lower().replace("aa", "å")
    return composed(text.casefold()).translate(_SOUNDING).replace("aa", "å")


class _Letters(dict[int, str]):
    """What each letter becomes: worked out when it is first met, then looked up by `str.translate`."""

    def __missing__(self, code: int) -> str:
        # what is no letter of its own but a mark upon the one before goes
        bare = "" if unicodedata.combining(chr(code)) else unicodedata.normalize("NFD", chr(code))[0]
        return self.setdefault(code, _BARE.get(bare, bare))


_BARE = {"ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "œ": "oe"}
"""Letters that Unicode takes for whole, and a Danish keyboard hasn't."""

_UNACCENTED = _Letters({ord(letter): letter for letter in "åøæ"})
_SOUNDING = _Letters({ord(letter): as_ for letter, as_ in zip("åøæäöő", "åøææøø", strict=True)})
_SORTED_AS = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "ő": "|", "œ": "|", "å": "}", "ü": "y", "ű": "y"}
_ALPHABET_END = _Letters({ord(letter): place for letter, place in _SORTED_AS.items()})


def sort_key(name: str) -> str:
    """A key that sorts names as Danes do: æ ø å (and aa) last, accents ignored.

    As Unicode's rules for Danish (CLDR) have it: ä goes with æ, ö with ø and ü with y; aa is å in every name, as
    nothing in a name tells that it is said otherwise (Isaac).

    >>> sorted(["Åse", "Ane", "Østen", "Zoe", "Aage", "Ærø"], key=sort_key)
    ['Ane', 'Zoe', 'Ærø', 'Østen', 'Aage', 'Åse']
    """
    if name.isascii():
        return name.lower().replace("aa", "}")
    return composed(name.casefold()).replace("aa", "å").translate(_ALPHABET_END)


def split_name(full: str) -> tuple[str, str]:
    """First names and last name of a name written in one: "Anna Berg Holm" is "Anna Berg" and "Holm"."""
    first, _space, last = single_line(full).rpartition(" ")
    return (first, last) if first else (last, "")
