"""How two names agree, whatever the order of their words and whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Protocol

from organizer.domain.duplicate_text import sound
from organizer.domain.nickname import Nicknames

SHORT = 4
"""Words of fewer letters are alike only where they are equal: Bo, Ib and Kim are three."""


class Agreement(IntEnum):
    """How two names agree, the more the higher."""

    NONE = 0
    FAMILY = 1
    """The last names agree, the first names don't."""
    UNNAMED = 2
    """One of the two has no name."""
    FIRST = 3
    """The first names agree, the last names don't."""
    ROUGH = 4
    """An initial, one word of the name alone, or a short name written a little otherwise: Anna and Anne."""
    NEAR = 5
    """A nickname, a wrong letter, a name more or less."""
    SAME = 6
    """The same words, in whatever order."""


class Named(Protocol):
    """Whoever has words of a name, first name first, and those of a nickname."""

    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def nicks(self) -> tuple[str, ...]: ...  # noqa: D102


_EQUAL, _ALIKE, _MAYBE, _OTHER = 3, 2, 1, 0
"""How two words agree."""

_LONG = 6
"""From so many letters on, one wrong letter leaves little doubt."""


def compared(one: Named, other: Named, nicknames: Nicknames) -> Agreement:
    """How the names of two people agree."""
    if not (one.names or one.nicks) or not (other.names or other.nicks):
        return Agreement.UNNAMED
    if one.names and (sorted(one.names) == sorted(other.names) or "".join(one.names) == "".join(other.names)):
        return Agreement.SAME
    best = Agreement.NONE
    for mine in _called(one):
        for theirs in _called(other):
            best = max(best, _agreement(mine, theirs, nicknames))
    return best


def _called(one: Named) -> Iterator[tuple[str, ...]]:
    """The name, and the same with each nickname for a first name."""
    if one.names:
        yield one.names
    for nick in one.nicks:
        yield (nick, *one.names[1:])


def _agreement(one: tuple[str, ...], other: tuple[str, ...], nicknames: Nicknames) -> Agreement:
    one, other = _doubled(one, other), _doubled(other, one)
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    found = _matched(short, long, nicknames)
    least, most = min(found), max(found)
    if least == _OTHER:
        return _partly(one, other, nicknames)
    if len(short) == 1 and len(long) > 1:
        return Agreement.ROUGH
    if least == _MAYBE or (most < _EQUAL and len(short) > 1):
        return Agreement.ROUGH
    return Agreement.NEAR


def _partly(one: tuple[str, ...], other: tuple[str, ...], nicknames: Nicknames) -> Agreement:
    """What is left where some word of the shorter name has none like it."""
    if _word(one[0], other[0], nicknames) >= _ALIKE:
        return Agreement.FIRST
    if _word(one[-1], other[-1], nicknames) >= _ALIKE or {word for word in one if len(word) > 1} & {*other}:
        return Agreement.FAMILY
    return Agreement.NONE


def _doubled(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The words with a double first name as one, where the other name has it so: Anne Marie is Annemarie."""
    return (one[0] + one[1], *one[2:]) if len(one) > 2 and one[0] + one[1] in other else one


def _matched(short: Sequence[str], long: Sequence[str], nicknames: Nicknames) -> list[int]:
    """How each word of `short` agrees with the word of `long` that is most like it, each taken once."""
    left, found = list(long), []
    for word in sorted(short, key=lambda word: word not in long):
        agreeing = [_word(word, candidate, nicknames) for candidate in left]
        best = max(agreeing)
        found.append(best)
        if best:
            del left[agreeing.index(best)]
        if not left:
            left = [""]
    return found


@lru_cache(maxsize=50_000)
def _word(one: str, other: str, nicknames: Nicknames) -> int:
    if one == other:
        return _EQUAL
    if not one or not other:
        return _OTHER
    if len(one) == 1 or len(other) == 1:
        return _MAYBE if one[0] == other[0] else _OTHER
    if nicknames.alike(one, other):
        return _ALIKE
    shorter = min(len(one), len(other))
    if shorter < SHORT:
        return _OTHER
    if sound(one) == sound(other):
        return _ALIKE
    from rapidfuzz.distance import OSA  # only who compares names needs it

    if OSA.distance(one, other, score_cutoff=1) > 1:
        return _OTHER
    return _ALIKE if shorter >= _LONG else _MAYBE
