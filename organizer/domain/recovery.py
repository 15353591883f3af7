"""The recovery key as people write it: 14 groups of four letters and digits that catch slips of the pen.

The letters are Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O or U, so nothing looks
like anything else. Read as one number, what is written is the 256 bits of the key followed by 24 bits that make
the number divisible by the prime _CHECK. One wrong letter changes it by d·32^k with |d| < 32, two exchanged
letters by d·(32^j − 1)·32^k, and two exchanged groups likewise: none of these is divisible by the prime.
"""

from __future__ import annotations

LENGTH = 32
"""The bytes of a key."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP = 4
_WRITTEN = 56
_CHECK_BITS = 24
_CHECK = 2**24 - 3
"""The largest prime below 2**24."""

_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_VALUES |= {letter.lower(): value for letter, value in _VALUES.items()}
# what a reader may take a 0 or a 1 for
_VALUES |= dict.fromkeys("Oo", 0) | dict.fromkeys("IiLl", 1)
_BETWEEN = frozenset("-‐‑‒–—―−_.:,;/")

_NEARLY = range(_WRITTEN - 4 * _GROUP, _WRITTEN + 2 * _GROUP + 1)
_STRANGE = 3
_DIGITS = 4


def written(secret: bytes) -> str:
    """The key as groups ("4C9K-…"). Raises ValueError unless it has LENGTH bytes."""
    if len(secret) != LENGTH:
        raise ValueError(f"a key has {LENGTH} bytes, not {len(secret)}")
    number = int.from_bytes(secret, "big") << _CHECK_BITS
    number += -number % _CHECK
    text = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(_WRITTEN)))
    return "-".join(text[start : start + _GROUP] for start in range(0, _WRITTEN, _GROUP))


def read(text: str) -> bytes | None:
    """The key that `text` writes, or None where it is something else or has a slip.

    Small letters, blanks, other or no dashes, O for 0, and I or L for 1 are all read.
    """
    letters = _letters(text)
    if len(letters) != _WRITTEN or not all(letter in _VALUES for letter in letters):
        return None
    number = 0
    for letter in letters:
        number = number * 32 + _VALUES[letter]
    return None if number % _CHECK else (number >> _CHECK_BITS).to_bytes(LENGTH, "big")


def looks_like(text: str) -> bool:
    """Whether `text` was meant as a recovery key, with slips or without: about as long, with a few digits.

    Only a hint for what to say when neither a passphrase nor a key fits; `read` decides what is a key.
    """
    letters = _letters(text)
    strange = sum(letter not in _VALUES for letter in letters)
    digits = sum(letter in _LETTERS[:10] for letter in letters)
    return len(letters) in _NEARLY and strange <= _STRANGE and digits >= _DIGITS


def _letters(text: str) -> list[str]:
    return [letter for letter in text if letter not in _BETWEEN and not letter.isspace()]
