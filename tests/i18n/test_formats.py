"""How money, numbers, dates and months are written and read in each language."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer import i18n


@pytest.fixture(autouse=True)
def _back_to_english():
    yield
    i18n.set_language("en")


def test_danish_and_english_forms() -> None:
    i18n.set_language("da")
    assert i18n.format_money(123456750, "DKK") == "1.234.567,50\N{NO-BREAK SPACE}kr."
    assert i18n.format_money(-9995, "DKK") == "\N{MINUS SIGN}99,95\N{NO-BREAK SPACE}kr."
    assert i18n.format_money(500, "ISK", 0) == "500\N{NO-BREAK SPACE}ISK"
    assert i18n.format_percent(Decimal("0.05")) == "5\N{NO-BREAK SPACE}%"
    assert i18n.format_date(date(2026, 3, 7)) == "07.03.2026"
    assert i18n.format_month(2026, 3) == "marts 2026"
    assert i18n.format_birthday("--02-15") == "15.02."
    i18n.set_language("en")
    assert i18n.format_money(-123456, "DKK") == "\N{MINUS SIGN}DKK\N{NO-BREAK SPACE}1,234.56"
    assert i18n.format_percent(Decimal("0.085")) == "8.5%"
    assert i18n.format_date(date(2026, 3, 7)) == "07/03/2026"
    assert i18n.format_month(2026, 3) == "March 2026"
    assert i18n.format_number(Decimal("1234.50")) == "1,234.5"
    assert i18n.format_number(1_000_000) == "1,000,000"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("typed", ["1234,50", "1234.50", "1.234,50", "1,234.50", "1 234,50", "1234,5"])
def test_both_decimal_marks_are_understood(language: str, typed: str) -> None:
    i18n.set_language(language)
    assert i18n.parse_number(typed) == Decimal("1234.5")


def test_where_a_mark_could_be_either_the_language_decides() -> None:
    assert i18n.parse_number("1,234") == 1234
    assert i18n.parse_number("1.234") == Decimal("1.234")
    i18n.set_language("da")
    assert i18n.parse_number("1.234") == 1234
    assert i18n.parse_number("1,234") == Decimal("1.234")
    assert i18n.parse_number("1.234.567") == 1234567


@pytest.mark.parametrize("typed", ["", "-", "abc", "1e5", "12..5", "1,2,3.4.5", "NaN", "²"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        i18n.parse_number(typed)


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["da", "en"]))
def test_a_number_is_read_back_as_it_was_written(value: Decimal, language: str) -> None:
    i18n.set_language(language)
    assert i18n.parse_number(i18n.format_number(value, 2)) == value


@pytest.mark.parametrize("typed", ["07.03.2026", "7/3-2026", "7-3-2026", "2026-03-07", "7.3.2026"])
def test_dates_as_people_type_them(typed: str) -> None:
    assert i18n.parse_date(typed) == date(2026, 3, 7)


@pytest.mark.parametrize("typed", ["", "31.02.2026", "7.3.26", "i morgen"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        i18n.parse_date(typed)


@pytest.mark.parametrize(("spoken", "text"), [("en", "07/03/2026 14:05"), ("da", "07.03.2026 14.05")])
def test_moments(spoken: str, text: str) -> None:
    i18n.set_language(spoken)
    assert i18n.format_moment(datetime(2026, 3, 7, 14, 5)) == text


@pytest.mark.parametrize(
    ("count", "text"), [(10, "1 kB"), (340_000, "340 kB"), (4_240_000, "4,2 MB"), (195_256_320, "195 MB")]
)
def test_sizes(count: int, text: str) -> None:
    i18n.set_language("da")
    assert i18n.format_size(count) == text.replace(" ", "\N{NO-BREAK SPACE}")
