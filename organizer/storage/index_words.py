"""How a word may be written in the full-text indexes, whose folding differs from ours.

There å has become a, and æ and ø are themselves, but ł, ı and ß, Greek vowels with an accent and Cyrillic й and ё
are kept as they are. What is asked here finds too much, and whoever reads a hit looks twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from organizer.domain.finding import NEAR_FROM, Wanted, Word

_AS_INDEXED = str.maketrans({"å": "a"})
_WRITTEN = (
    *(("l", "ł"), ("i", "ı"), ("и", "й"), ("е", "ё")),
    *(("α", "ά"), ("ε", "έ"), ("η", "ή"), ("ι", "ί"), ("ο", "ό"), ("υ", "ύ"), ("ω", "ώ")),
    *(("å", "aa"), ("æ", "a"), ("ø", "o"), ("ss", "ß"), ("th", "þ"), ("oe", "œ")),
)
"""What is found by a letter though the index has another there; å, æ and ø as Swedes and Germans write them."""

_HALVES = {"s": "ß", "t": "þ", "o": "œ"}

_MOST = 48
"""So many ways of writing one word are asked for."""

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyzæøł", "αβγδεζηθικλμνξοπρστυφχψω", "абвгдежзийклмнопрстуфхцчшщъыьэюя")


QUICK = 3
"""Beginnings of up to so many letters have an index of their own: what they begin is read one by one."""


def expression(wanted: Wanted, least: int = 1, most: int = 0) -> str:
    """What the indexes are asked for: each word, in one of its ways, as the beginning of a word there.

    Words shorter than `least` characters are left out; "" where that leaves nothing. Of longer ones only `most`
    letters are asked for, where it isn't 0: that finds more than is wanted, but the newest of it at once.
    """
    asked = [word for word in wanted.words if len(word.plain) >= least]
    asked = [word for word in asked if not word.common] or asked
    return " AND ".join(f"({' OR '.join(dict.fromkeys(_forms(word, most)))})" for word in asked)


def _forms(word: Word, most: int) -> Iterator[str]:
    ways = _ways(word)
    yield from (f'"{way[: most or None]}"*' for way in ways)
    if word.near:
        bare = {form.translate(_AS_INDEXED) for form in (word.plain, word.danish)}
        for form in bare:
            yield from _nearly(form, set(ways))


def _ways(word: Word) -> list[str]:
    found: dict[str, None] = {}
    for form in dict.fromkeys((word.plain, word.danish)):
        found |= dict.fromkeys(_rewritten(form))
    ways = list(found)[:_MOST]
    # the last letter may be the first half of one that is written as two
    return ways + [way[:-1] + _HALVES[way[-1]] for way in ways if len(way) > 1 and way[-1] in _HALVES]


def _rewritten(form: str) -> Iterator[str]:
    """The form with at most two of its letters written otherwise."""
    everywhere = range(len(form))
    places = [(at, old, new) for old, new in _WRITTEN for at in everywhere if form.startswith(old, at)]
    for count in range(3):
        for chosen in combinations(places, count):
            written = form
            for at, old, new in sorted(chosen, reverse=True):
                written = written[:at] + new + written[at + len(old) :]
            yield written.translate(_AS_INDEXED)


def _nearly(form: str, without: set[str]) -> Iterable[str]:
    letters = next((alphabet for alphabet in _ALPHABETS if set(form) & set(alphabet)), _ALPHABETS[0])
    halves = [(form[:at], form[at:]) for at in range(len(form) + 1)]
    shorter = {head + tail[1:] for head, tail in halves if tail}
    longer = {head + letter + tail for head, tail in halves for letter in letters}
    other = {head + letter + tail[1:] for head, tail in halves if tail for letter in letters}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1}
    whole = set() if len(form) > NEAR_FROM else shorter  # three letters would begin too many words
    yield from (f'"{one}"' for one in sorted(whole))
    yield from (f'"{one}"*' for one in sorted((shorter | longer | other | swapped) - whole - without))
