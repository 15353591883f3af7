"""What a search looks for: words, each of which must begin a word of the text; and where in a text they stand.

å, ø and æ are letters of their own: "a" doesn't find "å". But what is written in two ways is found by both: aa
and å, ä and æ, ö and ø; and accents make no difference. One letter of a long word may be wrong where asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from organizer.domain.contact import clean_text, fold, fold_danish

MAX_WORDS = 8
"""More words than that are not looked for."""

MAX_WORD = 60
"""So much of a word is looked for, in characters."""

NEAR_FROM = 4
"""The shortest word in which one letter may be wrong."""

PHONE_FROM = 3
"""So many digits find a phone number."""

Span = tuple[int, int]
"""Where a hit stands in a text: from the first character to before the second."""

_TOKEN = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?[\d\s().\-/\u00a0\u2010-\u2015]+\Z")
_PHONE_WORD = re.compile(r"\A\s*(?:tlf|tel|telefon|mobil|mob|phone|sms)\b[.:\s]*(?=[+\d(])", re.IGNORECASE)
"""What stands before a number that is copied from a page: "tlf. 12 34 56 78"."""


@dataclass(frozen=True)
class Word:
    """One word that is looked for: `plain` as `fold` has it, `danish` as `fold_danish` has it.

    `common`: it stands behind the @ of an e-mail address, as in many others.
    """

    plain: str
    danish: str
    near: bool = False
    common: bool = False

    def fits(self, token: str) -> bool:
        """Whether a word of a text begins like this one."""
        plain = fold(token)
        if plain.startswith(self.plain) or fold_danish(token).startswith(self.danish):
            return True
        return self.near and begins_nearly(plain, self.plain)

    def length_in(self, token: str) -> int:
        """How many characters of a word that fits are the ones looked for."""
        for length in range(1, len(token)):
            part = token[:length]
            if fold(part).startswith(self.plain) or fold_danish(part).startswith(self.danish):
                return length
        return len(token)


@dataclass(frozen=True)
class Wanted:
    """What she looks for: its words, and the digits of a phone number where it may be one."""

    text: str = ""
    words: tuple[Word, ...] = ()
    digits: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def may_be_near(self) -> bool:
        """Whether some word is long enough that a letter of it may be wrong."""
        return any(_may_be_wrong(word.plain) for word in self.words)

    @property
    def near(self) -> bool:
        """Whether one letter of some word may be wrong."""
        return any(word.near for word in self.words)

    def nearly(self) -> Wanted:
        """The same, one letter of each long word being perhaps wrong."""
        longer = (replace(word, near=_may_be_wrong(word.plain)) for word in self.words)
        return replace(self, words=tuple(longer))

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
        begin = r"(?<![^\W_])"
        return [
            (re.compile(begin + re.escape(word.plain)), re.compile(begin + re.escape(word.danish)))
            for word in self.words
        ]

    def fits(self, text: str) -> bool:
        """Whether every word is found in the text."""
        plain, danish = fold(text), fold_danish(text)
        for word, (as_plain, as_danish) in zip(self.words, self._patterns, strict=True):
            if not (as_plain.search(plain) or as_danish.search(danish)) and not (
                word.near and any(begins_nearly(token, word.plain) for token in _TOKEN.findall(plain))
            ):
                return False
        return True

    def first_in(self, text: str) -> int:
        """About where in a long text the first of the words stands; 0 where only a wrong letter lets it."""
        plain, danish = fold(text), fold_danish(text)
        found = [
            match.start()
            for as_plain, as_danish in self._patterns
            if (match := as_plain.search(plain) or as_danish.search(danish))
        ]
        return min(found, default=0)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where the words stand in the text, in their order; none twice."""
        found = []
        for match in _TOKEN.finditer(text):
            lengths = [word.length_in(match[0]) for word in self.words if word.fits(match[0])]
            if lengths:
                found.append((match.start(), match.start() + max(lengths)))
        return tuple(found)

    def number_span(self, text: str) -> tuple[Span, ...]:
        """Where the digits looked for stand in a phone number, as it is written; none where they don't."""
        places = [place for place, char in enumerate(text) if char.isdigit()]
        digits = "".join(text[place] for place in places)
        for looked_for in phone_parts(self.digits):
            if looked_for and (at := digits.find(looked_for)) >= 0:
                return ((places[at], places[at + len(looked_for) - 1] + 1),)
        return ()


def wanted(text: str) -> Wanted:
    """What a text that she typed looks for; nothing where there is no letter or digit in it."""
    text = clean_text(text[:500]).replace("\n", " ").strip()
    tokens = [(match[0][:MAX_WORD], _is_domain(text, match.start())) for match in _TOKEN.finditer(text)]
    all_words = (Word(fold(token), fold_danish(token), common=common) for token, common in tokens if fold(token))
    words = tuple({word.plain: word for word in all_words}.values())[:MAX_WORDS]
    number = _PHONE_WORD.sub("", text)
    digits = re.sub(r"\D", "", number) if _NUMBER.match(number) else ""
    return Wanted(text, words, digits[:MAX_WORD] if len(digits) >= PHONE_FROM and digits.isascii() else "")


def _is_domain(text: str, at: int) -> bool:
    return "@" in text[:at].rpartition(" ")[2].lstrip("@")


def phone_parts(digits: str) -> tuple[str, ...]:
    """The digits as they may stand in a number that is kept: with and without Denmark's 45 before them."""
    bare = digits.removeprefix("00").removeprefix("45") if digits.startswith(("45", "0045")) else ""
    return (digits, bare) if len(bare) >= PHONE_FROM else (digits,)


def _may_be_wrong(word: str) -> bool:
    return len(word) >= NEAR_FROM and word.isalpha()


def begins_nearly(token: str, word: str) -> bool:
    """Whether `token` begins like `word` when one letter is wrong, missing, too many, or changed with the next."""
    size = len(word)
    if size - 1 < NEAR_FROM and len(token) == size - 1 and _one_edit(token, word):
        return True
    least = size - 1 if size > NEAR_FROM else size
    return any(_one_edit(token[:length], word) for length in range(least, size + 2) if length <= len(token))


def _one_edit(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    at = next((place for place, char in enumerate(short) if char != long[place]), len(short))
    if len(short) == len(long):
        swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
        return swapped or short[at + 1 :] == long[at + 1 :]
    return len(long) - len(short) == 1 and long[at + 1 :] == short[at:]
