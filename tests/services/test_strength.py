"""The strength of a passphrase is never flattered, Danish words and her own names least of all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.services.strength import CONFIRM_BELOW, strength

KNOWN = ("Karen Holm", "Nordlys", "Kunder.organizer")


@pytest.mark.parametrize(
    "weak",
    [
        "1",
        "hest",
        "fødselsdag",
        "kærlighed",
        "Sommer2026!",
        "qwertyuiopå",
        "mormor",
        "12.03.1974",
        "a" * 60,
        "password1",
        "Karen",
        "Karen1974",
        "holmkaren",
        "Nordlys2026",
        "nordlyskaren!",
        "Kunder123",
        "æøåæøå",
    ],
)
def test_what_is_tried_first_needs_a_second_thought(weak: str) -> None:
    told = strength(weak, KNOWN)
    assert told.score < CONFIRM_BELOW
    assert told.advice is not None


@pytest.mark.parametrize(
    ("passphrase", "score"),
    [
        ("fløde", 0),
        ("sommerhus ferie", 2),
        ("rødgrød med fløde", 3),
        ("korrekt hest batteri hæfteklamme", 4),
        ("cykel måne grød tapet violin", 4),
        ("gK7!wq92Lx@vTz", 4),
        ("kvrtzpqlmwbxgfds", 4),
    ],
)
def test_words_count_as_words_and_chance_as_chance(passphrase: str, score: int) -> None:
    assert strength(passphrase, KNOWN).score == score


def test_her_own_names_are_told_as_such_and_count_little() -> None:
    told = strength("Karen Holm Nordlys", KNOWN)
    assert told.score < strength("Bodil Juul Vindrose", KNOWN).score
    assert told.advice is not None
    assert "tried first" in str(told.advice)


def test_nothing_is_no_passphrase() -> None:
    assert strength("").score == 0
    assert "Think of" in str(strength("").message)


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=4))
def test_anything_can_be_judged(passphrase: str, known: list[str]) -> None:
    told = strength(passphrase, known)
    assert 0 <= told.score <= 4
    assert (told.advice is None) == (told.score > 2)
    assert not passphrase or passphrase not in repr(told) or len(passphrase) < 8


def test_a_very_long_passphrase_is_judged_at_once() -> None:
    assert strength("violin måne grød tapet cykel " * 4000).score == 4


def test_the_word_lists_are_only_loaded_when_a_passphrase_is_judged() -> None:
    code = "import sys, organizer.services.strength as s; assert 'zxcvbn' not in sys.modules; s.strength('x');"
    subprocess.run([sys.executable, "-c", code + "assert 'zxcvbn' in sys.modules"], check=True)
