"""What finds people by a key, and words by words much like them."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from organizer.domain.duplicate_names import SHORT
from organizer.domain.duplicate_text import sound
from organizer.domain.nickname import Nicknames

_NOBODY: frozenset[int] = frozenset()


class Index:
    """Ids by key. Most keys have one id, which is kept as it is: a set for each would be many times as large."""

    def __init__(self) -> None:
        self._held: dict[str, int | set[int]] = {}

    def get(self, key: str) -> Set[int] | frozenset[int]:
        """The ids under a key; not to be changed."""
        held = self._held.get(key)
        if held is None:
            return _NOBODY
        return frozenset((held,)) if isinstance(held, int) else held

    def add(self, key: str, id_: int) -> bool:
        """Put an id under a key; True where the key is new."""
        held = self._held.setdefault(key, id_)
        if isinstance(held, set):
            held.add(id_)
        elif held != id_:
            self._held[key] = {held, id_}
        else:
            return True
        return False

    def remove(self, key: str, id_: int) -> bool:
        """Take an id from a key; True where the key is gone with it."""
        held = self._held.get(key)
        if isinstance(held, set):
            held.discard(id_)
            if held:
                return False
        elif held != id_:
            return False
        del self._held[key]
        return True


class Vocabulary:
    """All words that occur in names, each found by itself, its nicknames, its sound and one wrong letter.

    One wrong letter leaves the first or the second half of a word as it is: words are kept under both.
    """

    def __init__(self, nicknames: Nicknames) -> None:
        self._nicknames = nicknames
        self._words: set[str] = set()
        self._by_part: dict[str, list[str]] = {}
        self._like = lru_cache(maxsize=4096)(self._search)

    def add(self, word: str) -> None:
        """Know a word."""
        self._words.add(word)
        for part in _parts(word):
            self._by_part.setdefault(part, []).append(word)
        self._like.cache_clear()

    def remove(self, word: str) -> None:
        """Forget a word that is known."""
        self._words.discard(word)
        for part in _parts(word):
            held = self._by_part[part]
            held.remove(word)
            if not held:
                del self._by_part[part]
        self._like.cache_clear()

    def like(self, word: str) -> frozenset[str]:
        """The known words that may be meant by `word`; itself where nothing else is known."""
        return self._like(word)

    def _search(self, word: str) -> frozenset[str]:
        found = {word} | (self._nicknames.of(word) & self._words)
        if len(word) >= SHORT:
            found.update(self._by_part.get("~" + sound(word), ()))
            found |= _swapped(word) & self._words
            found |= self._one_off(word)
        return frozenset(found)

    def _one_off(self, word: str) -> set[str]:
        from rapidfuzz.distance import Levenshtein  # only who compares names needs it

        near = set[str]()
        for length in (len(word) - 1, len(word), len(word) + 1):
            if length >= SHORT:
                near.update(self._by_part.get(f"{length}<{word[: length // 2]}", ()))
                near.update(self._by_part.get(f"{length}>{word[-(length - length // 2) :]}", ()))
        return {one for one in near if Levenshtein.distance(word, one, score_cutoff=1) <= 1}


def _parts(word: str) -> tuple[str, ...]:
    if len(word) < SHORT:
        return ()
    half = len(word) // 2
    return f"{len(word)}<{word[:half]}", f"{len(word)}>{word[half:]}", "~" + sound(word)


def _swapped(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
