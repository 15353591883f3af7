"""A recovery key that was written down comes back, and a slip of the pen is noticed."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.recovery import LENGTH, looks_like, read, written

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

keys = st.one_of(st.binary(min_size=LENGTH, max_size=LENGTH), st.sampled_from([bytes(LENGTH), b"\xff" * LENGTH]))
places = st.integers(0, 55)


def bare(key: bytes) -> str:
    return written(key).replace("-", "")


@given(keys)
def test_a_key_comes_back_and_has_no_letters_that_look_alike(key: bytes) -> None:
    text = written(key)
    groups = text.split("-")
    assert [len(group) for group in groups] == [4] * 14
    assert set("".join(groups)) <= set(LETTERS)
    assert read(text) == key


def test_it_is_always_written_the_same_way() -> None:
    text = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFH-R3G5"
    assert written(bytes(range(LENGTH))) == text
    assert read(text) == bytes(range(LENGTH))


@given(keys, st.sampled_from(["", " ", "-", " – ", "\n", "\u2011", "\u00a0"]), st.booleans(), st.booleans())
def test_it_is_read_as_people_type_it(key: bytes, between: str, small: bool, alike: bool) -> None:
    text = between.join(written(key).split("-"))
    if alike:
        text = text.replace("0", "O").replace("1", "I", 1).replace("1", "L")
    assert read(f" {text.lower() if small else text}\n") == key


@given(keys, places, st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(key: bytes, place: int, letter: str) -> None:
    text = bare(key)
    wrong = text[:place] + letter + text[place + 1 :]
    assert read(wrong) == (key if wrong == text else None)
    assert looks_like(wrong) or sum(one.isdigit() for one in wrong) < 4


@given(keys, places)
def test_a_missing_or_doubled_letter_is_noticed(key: bytes, place: int) -> None:
    text = bare(key)
    assert read(text[:place] + text[place + 1 :]) is None
    assert read(text[:place] + text[place] + text[place:]) is None


@given(keys, places, places)
def test_two_exchanged_letters_are_noticed(key: bytes, one: int, other: int) -> None:
    letters = list(bare(key))
    letters[one], letters[other] = letters[other], letters[one]
    same = letters[one] == letters[other]
    assert read("".join(letters)) == (key if same else None)


@given(keys, st.integers(0, 13), st.integers(0, 13))
def test_two_exchanged_groups_are_noticed(key: bytes, one: int, other: int) -> None:
    groups = written(key).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    assert read("-".join(groups)) == (key if groups[one] == groups[other] else None)


def test_no_exchange_or_wrong_letter_can_go_unnoticed() -> None:
    # what the module promises of its prime, for every place and every difference
    prime = 2**24 - 3
    assert all(prime % divisor for divisor in range(2, 4097))
    differences = [value for value in range(-31, 32) if value]
    assert all(value * pow(32, place, prime) % prime for value in differences for place in range(56))
    assert all(value * (pow(32, apart, prime) - 1) % prime for value in differences for apart in range(1, 56))


@given(st.text(max_size=80))
def test_anything_may_be_asked(text: str) -> None:
    assert read(text) is None
    assert looks_like(text) in (True, False)


@given(st.text(string.ascii_letters + "æøåÆØÅ ", max_size=80))
def test_words_do_not_look_like_a_key(words: str) -> None:
    assert not looks_like(words)


@pytest.mark.parametrize("passphrase", ["", "hest", "blå kaffekop på Samsø 1987", "1234-5678", "x" * 56])
def test_a_passphrase_does_not_look_like_a_key(passphrase: str) -> None:
    assert read(passphrase) is None
    assert not looks_like(passphrase)


def test_a_key_with_a_slip_looks_like_one() -> None:
    text = written(bytes(range(LENGTH)))
    assert looks_like(text)
    assert looks_like(text.replace("G", "U", 1))
    assert looks_like(text[:-5])
    assert looks_like(text + "7")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        written(bytes(length))
