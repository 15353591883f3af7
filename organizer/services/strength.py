"""How long a passphrase would hold against guessing: an honest upper bound, never a promise.

Two estimates are made, and the lower one counts:

- `zxcvbn`, which knows common passwords, names, dates and keyboard rows, but English words only;
- one that takes every run of letters that could be a word, in any language, for one of so many words.

The passphrase stays in memory: nothing is written, logged or sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain.result import Message
from organizer.i18n import N_

CONFIRM_BELOW = 2
"""A passphrase with a lower score is only taken after she has been asked."""

# A thief with some twenty graphics cards tries about 100,000 passphrases a second against a file of ours
# (256,000 rounds of PBKDF2-SHA512). So these are ten seconds, three hours, four months and thirty years.
_SCORES = (1e6, 1e9, 1e12, 1e14)
_WORDS = ((3, 1e3), (6, 2e4), (12, 1e5))
"""Letters, and about how many words of no more letters a language has in daily use; longer ones are compounds."""

_JUDGED = 72
"""`zxcvbn` takes no more characters; what follows only makes a passphrase stronger."""

_RUNS = re.compile(r"[^\W\d_]+|\d+|\s+|[\W_]")
_VOWELS = "aeiouyæøåäöüéèêóô"
_CONSONANTS = re.compile(f"[^{_VOWELS}]{{6}}")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Strength:
    """`score` from 0 (guessed at once) to 4; what to tell her, and what would make it better."""

    score: int
    message: Message
    advice: Message | None


def strength(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """How strong a passphrase is. `known`: names that a thief tries first (hers, the company's, the file's)."""
    guesses = min(_by_lists(passphrase, known), _by_words(passphrase)) if passphrase else 0
    score = sum(guesses >= limit for limit in _SCORES)
    advice = _advice(passphrase, known) if score < len(_SCORES) - 1 else None
    return Strength(score, Message(_TOLD[score] if passphrase else N_("Think of a passphrase.")), advice)


_TOLD = (
    N_("Very weak: it can be guessed at once."),
    N_("Weak: who steals the file may guess it within hours."),
    N_("Fair: who steals the file needs months at most to guess it."),
    N_("Good: who steals the file needs years at most to guess it."),
    N_("Strong: by all that the program can know, guessing it takes decades."),
)


def _advice(passphrase: str, known: Sequence[str]) -> Message:
    small = passphrase.casefold()
    if any(word in small for word in _parts(known)):
        return Message(
            N_("Leave out names that others know: yours, the company's, the file's. They are tried first.")
        )
    return Message(
        N_("Take four or more words that don't belong together. Signs and digits help less than words.")
    )


def _by_lists(passphrase: str, known: Sequence[str]) -> float:
    from zxcvbn import zxcvbn  # word lists of 0.8 MB: only when a passphrase is chosen

    return float(zxcvbn(passphrase[:_JUDGED], user_inputs=_parts(known))["guesses"])


def _by_words(passphrase: str) -> float:
    guesses = 1.0
    for run in _RUNS.findall(passphrase[: 4 * _JUDGED]):
        guesses *= _guesses(run)
    return guesses


def _guesses(run: str) -> float:
    if run.isspace():
        return 1
    if run.isdigit():
        return 150 if _YEAR.fullmatch(run) else 10.0 ** len(run)
    if not run.isalpha():
        return 30
    plain = run.islower() or run.isupper() or run.istitle()
    letters = (26.0 if plain else 40.0) ** len(run)
    return min(letters, _as_words(len(run))) if plain and _may_be_word(run.casefold()) else letters


def _as_words(letters: int) -> float:
    longest, most = _WORDS[-1]
    whole, rest = divmod(letters, longest)
    return most**whole * next((words for length, words in _WORDS if 0 < rest <= length), 1.0)


def _may_be_word(run: str) -> bool:
    return sum(letter in _VOWELS for letter in run) >= len(run) / 5 and not _CONSONANTS.search(run)


def _parts(known: Sequence[str]) -> list[str]:
    """The names and their single words, in small letters, without bits too short to mean anything."""
    found = [part for name in known for part in (name, *re.findall(r"[^\W_]+", name))]
    return list(dict.fromkeys(part.casefold() for part in found if len(part) > 2))
