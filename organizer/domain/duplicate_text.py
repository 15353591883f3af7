"""Names, phones and e-mails in the one form in which two ways of writing the same are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGRAPHS = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("oy", "u"))
_SPECIAL = {
    "æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ß": "ss", "þ": "th", "ð": "d", "đ": "d",
    "ł": "l", "ı": "i", "œ": "o", "ŋ": "n",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_SOUNDS = (
    *(("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("hj", "j"), ("gh", "g"), ("kh", "k")),
    *(
        ("w", "v"),
        ("z", "s"),
        ("c", "k"),
        ("q", "k"),
        ("y", "i"),
        ("j", "i"),
        ("dt", "t"),
        ("ei", "ai"),
        ("ie", "i"),
    ),
)
_TWICE = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


class _Letters(dict[int, str]):
    """What each letter becomes: worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        return self.setdefault(code, _SPECIAL.get(letter) or _SPECIAL.get(base) or base)


_PLAIN = _Letters()


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and hyphens; Aa is Å, oe is ø, ä is æ, Greek in Latin letters.

    >>> words("Søren Aa. Ærø-Møller") == words("soeren å aeroe moeller")
    True
    """
    text = unicodedata.normalize("NFC", name.casefold()).replace("\N{COMBINING DOT ABOVE}", "")
    return tuple(plain for word in _WORD.findall(text) if (plain := _plain(word.replace("'", ""))))


def _plain(word: str) -> str:
    word = word.translate(_PLAIN)
    for pair, one in _DIGRAPHS:
        word = word.replace(pair, one)
    return word


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How a word of `words` is about spoken: Christian and Kristian, Sophie and Sofie, Hanne and Hane agree."""
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    word = _TWICE.sub(r"\1", word)
    return word[:1] + word[1:].replace("h", "")


_DANISH = re.compile(r"(?:(?:\+|00)?45)?(\d{8})\Z")
_ABROAD = re.compile(r"(?:\+|00)([1-9]\d{6,14})\Z")
_BETWEEN = re.compile(r"[\s\-./()\u2010-\u2015]+")
_EXTENSION = re.compile(r"((?:[^\w#;,]*\d){5,}[^\w#;,]*)[^\W\d]|((?:[^\w#;,]*\d){5,})[#;,]")
_FEWEST_DIGITS = 5


@lru_cache(maxsize=20_000)
def phone_key(number: str) -> str:
    """The number with its country's code, digits only; Danish where it names no country. "" where it is none.

    Spaces, +45 or 0045, a trunk zero in brackets and an extension make no difference.

    >>> phone_key("+45 12 34 56 78") == phone_key("0045 12345678") == phone_key("12-34-56-78")
    True
    """
    plain = number.replace(" ", "").removeprefix("+45")
    if len(plain) == 8 and plain.isascii() and plain.isdigit():
        return "45" + plain  # as nearly all are written
    text = number.strip() if number.isascii() else unicodedata.normalize("NFKC", number).strip()
    if extension := _EXTENSION.match(text):
        text = extension[1] or extension[2]
    if text.startswith(("+", "00")):
        text = text.replace("(0)", "")
    bare = _BETWEEN.sub("", text)
    if danish := _DANISH.match(bare):
        return "45" + danish[1]
    if (abroad := _ABROAD.match(bare)) and not abroad[1].startswith("45"):
        return abroad[1]
    return _parsed(text)


def extension(number: str) -> str:
    """The digits behind a number, by which a switchboard puts through: "12345678 lokal 3" has 3; "" for none."""
    found = _EXTENSION.match(number.strip())
    return re.sub(r"\D", "", number.strip()[found.end() :]) if found else ""


def _parsed(number: str) -> str:
    import phonenumbers  # its tables take a while to load, and few numbers need them

    digits = re.sub(r"\D", "", number)
    if len(digits) < _FEWEST_DIGITS:
        return ""
    try:
        found = phonenumbers.parse(number, "DK")
    except phonenumbers.NumberParseException:
        return digits
    return f"{found.country_code}{found.national_number}"


def mail_key(address: str) -> str:
    """The address in the form that tells one letter box from another: no case, no +tag, one name for Gmail.

    >>> mail_key("Anna.Berg+shop@GoogleMail.com")
    'annaberg@gmail.com'
    """
    local, at, domain = address.casefold().removeprefix("mailto:").strip(" \t\n<>").rpartition("@")
    if not at or not local:
        return ""
    local = local.split("+", 1)[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        return local.replace(".", "") + "@gmail.com"
    return f"{local}@{domain}"
