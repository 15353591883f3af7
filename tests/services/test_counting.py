"""Counts in words: every kind by its own name, one and many apart."""

from __future__ import annotations

import pytest

from organizer.services.counting import counted, in_words
from organizer.services.takeout_readme import in_words as in_lines

KINDS = (
    "contacts",
    "people",
    "members",
    "products",
    "companies",
    "volumes",
    "notes",
    "plans",
    "estimates",
    "birthdays",
    "pdfs",
)


@pytest.mark.parametrize("kind", KINDS)
def test_one_and_many_are_told_apart(kind: str) -> None:
    one, many = counted(kind, 1), counted(kind, 1_234)
    assert one.startswith("1 ")
    assert many.startswith("1,234 ")
    assert one.removeprefix("1 ") != many.removeprefix("1,234 ")


def test_a_difference_may_be_negative() -> None:
    assert counted("contacts", -1) == "\N{MINUS SIGN}1 contact"


def test_what_there_is_none_of_is_left_out() -> None:
    assert in_words({"contacts": 60, "members": 0, "companies": 2}) == "60 contacts, 2 companies"
    assert in_words({"contacts": 0}) == "nothing"


def test_whatever_a_take_out_counts_has_a_name() -> None:
    listed = in_lines(dict.fromkeys(KINDS, 3)).splitlines()
    assert len(listed) == len(KINDS)
