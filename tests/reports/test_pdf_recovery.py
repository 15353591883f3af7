"""The recovery key on paper: readable back, on one page, in both languages."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pdf_support import HEAD, pages, text

from organizer.domain.recovery import read, written
from organizer.domain.result import Cancelled
from organizer.i18n import set_language
from organizer.reports.base import Head
from organizer.reports.recovery_key import recovery_key

SECRET = bytes(range(7, 39))
KEY = written(SECRET)
NAME = "Kunder & team.organizer"
AT = datetime(2026, 11, 3, 14, 5)


def test_the_key_on_the_page_is_the_key() -> None:
    found = text(recovery_key(KEY, NAME, HEAD, AT))
    rows = [found.split(KEY[:4])[1].split("What it is for")[0]]
    # each row of four groups begins with its number
    groups = [word for word in (KEY[:4] + rows[0]).split() if len(word) == 4]
    assert read(" ".join(groups)) == SECRET


def test_it_says_whose_file_which_day_and_what_to_do() -> None:
    found = text(recovery_key(KEY, NAME, HEAD, AT))
    for known in (NAME, "Åse Jørgensen", "03/11/2026", "Print this page", "change the passphrase", "saved PDF"):
        assert known in found


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("owner", ["", "Åse", "Margrethe " * 40])
def test_it_is_one_page(language: str, owner: str) -> None:
    set_language(language)
    assert len(pages(recovery_key(KEY, "Fil " * 30, Head(owner, "", date(2026, 11, 3)), AT))) == 1


def test_nobody_is_named_where_nobody_is_known() -> None:
    assert "Belongs to" not in text(recovery_key(KEY, NAME, Head("", "", date(2026, 11, 3)), AT))


def test_the_key_stands_in_the_page_only() -> None:
    # not in the title, author or subject that a file manager or an index shows
    made = recovery_key(KEY, NAME, HEAD, AT)
    assert KEY.encode() not in made
    assert KEY[:4].encode() not in made


def test_equal_keys_give_equal_bytes_and_it_can_be_cancelled() -> None:
    assert recovery_key(KEY, NAME, HEAD, AT) == recovery_key(KEY, NAME, HEAD, AT)
    with pytest.raises(Cancelled):
        recovery_key(KEY, NAME, HEAD, AT, cancelled=lambda: True)


def test_two_sheets_of_one_day_can_be_told_apart() -> None:
    assert "14:05" in text(recovery_key(KEY, NAME, HEAD, AT))
    assert "16:40" in text(recovery_key(KEY, NAME, HEAD, AT.replace(hour=16, minute=40)))
