"""What a column of an address book is, by its heading; "Postnummer (privat)" is put together of its words."""

from __future__ import annotations

import re
from functools import lru_cache

from organizer.domain.contact import fold
from organizer.exchange.contact_heading_words import KIND_WORDS, WORDS

_PARTS = re.compile(r"[^\W_]+")
_E_MAIL = re.compile(r"\be[\W_]*(?=mail|post)")
"""Before what is one word: an e-post address is no post address."""

_GLUED = {
    "Home": ("prive", "privat", "hjemme", "hem", "koti", "home"),
    "Work": ("arbejds", "arbets", "arbeids", "jobb", "firma", "tyo", "work", "geschafts", "buro"),
}
"""Openings of compounds: Privatadresse, Arbejdstelefon, Kotiosoite."""

_SMALL = frozenset(
    (
        *("de", "del", "della", "di", "du", "des", "do", "la", "le", "el", "of", "the", "i", "og", "och", "und"),
        *("et", "y", "e", "o", "oraz", "d", "l", "no", "nr", "en"),
    )
)
_KINDED = ("street", "address", "postal_code", "city", "country", "phone", "email", "website")
_QUIET = (
    *("email", "epost", "correo", "sahkoposti", "adressedemessagerie", "indirizzoposta", "adresemail"),
    *("gender", "køn", "kon", "kjønn", "geschlecht", "priority", "prioritet", "private", "privat", "sensitivity"),
)


def _words(text: str) -> list[str]:
    return _PARTS.findall(_E_MAIL.sub("e", fold(text)))


def _key(words: list[str]) -> str:
    return "".join(word for word in words if word not in _SMALL) or "".join(words)


_FIELD_OF: dict[str, str] = {}
for _field, _texts in WORDS.items():
    for _text in _texts.split("|"):
        _FIELD_OF.setdefault(_key(_words(_text)), _field)
_KIND_OF = {fold(word): kind for kind, text in KIND_WORDS.items() for word in text.split()}
_ENGLISH = {
    _key(_words(text)) for text in ("first name", "last name", "birthday", "date of birth", "company", "notes")
}


@lru_cache(maxsize=2000)
def field_of(heading: str) -> str:
    """The field that a heading names, with its kind: "Postnummer (privat)" is "postal_code Home"; "" for none."""
    words = [word for word in _words(heading) if not word.isdigit()]
    if whole := _FIELD_OF.get(_key(words)):
        return whole
    kinds = [_KIND_OF[word] for word in words if word in _KIND_OF]
    rest = _key([word for word in words if word not in _KIND_OF])
    if kinds and (found := _kinded(rest, kinds[0])):
        return found
    for kind, openings in _GLUED.items():
        for opening in openings:
            if rest.startswith(opening) and (found := _kinded(rest[len(opening) :], kind)):
                return found
    return ""


def _kinded(key: str, kind: str) -> str:
    """The field with its kind; a fax keeps both: "phone Work fax"."""
    field = _FIELD_OF.get(key, "")
    if field == "phone Fax":
        return f"phone {kind} fax"
    if field == "phone Mobile":
        return f"phone {kind} mobile"
    return f"{field} {kind}" if field in _KINDED else ""


def is_quiet(heading: str) -> bool:
    """True for what Outlook says of everybody and nobody needs: how an e-mail is displayed, "not private"."""
    return _key(_words(heading)).startswith(_QUIET)


def is_english(headings: list[str]) -> bool:
    """True where headings are English: then dates with "/" have the month first, where nothing shows otherwise."""
    return any(_key(_words(heading)) in _ENGLISH for heading in headings)
