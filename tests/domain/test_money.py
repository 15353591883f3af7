"""Money, volumes and rounding are exact, and refuse what can't be."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.money import (
    MAX_MINOR,
    MAX_VOLUME,
    Money,
    minor_digits,
    round_half_up,
    to_minor,
    to_volume,
    volume_amount,
)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_rounding_is_that_of_decimal(figure: int, places: int) -> None:
    exact = Decimal(figure).scaleb(-places)
    assert round_half_up(Fraction(exact)) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(st.fractions())
def test_rounding_is_never_further_off_than_a_half_and_has_no_bias(value: Fraction) -> None:
    rounded = round_half_up(value)
    assert abs(rounded - value) <= Fraction(1, 2)
    assert round_half_up(-value) == -rounded


@pytest.mark.parametrize(
    ("value", "expected"), [("0.5", 1), ("-0.5", -1), ("2.5", 3), ("0.4999", 0), ("-1.51", -2)]
)
def test_a_half_goes_away_from_zero(value: str, expected: int) -> None:
    assert round_half_up(Fraction(value)) == expected


@given(st.integers(-MAX_MINOR, MAX_MINOR), st.sampled_from(["DKK", "EUR", "ISK", "JPY", "XXX"]))
def test_amounts_go_to_minor_units_and_back(minor: int, currency: str) -> None:
    assert to_minor(Money(minor, currency).amount, currency) == minor


@given(st.integers(-MAX_VOLUME, MAX_VOLUME))
def test_volumes_go_to_thousandths_and_back(thousandths: int) -> None:
    shown = volume_amount(thousandths)
    assert to_volume(shown) == thousandths
    assert not str(shown).endswith(".0")


def test_currencies_without_minor_units() -> None:
    assert (minor_digits("DKK"), minor_digits("ISK")) == (2, 0)
    assert Money(12345, "DKK").amount == Decimal("123.45")
    assert Money(12345, "ISK").amount == Decimal(12345)
    with pytest.raises(ValueError, match="more decimals"):
        to_minor(Decimal("1.5"), "ISK")


@pytest.mark.parametrize("amount", ["0.001", "1e12", "-1e12", "NaN", "Infinity"])
def test_amounts_that_cant_be(amount: str) -> None:
    with pytest.raises(ValueError, match=r"decimals|range"):
        to_minor(Decimal(amount), "DKK")


@pytest.mark.parametrize("amount", ["0.0001", "1e10", "-1e10", "NaN", "-Infinity"])
def test_volumes_that_cant_be(amount: str) -> None:
    with pytest.raises(ValueError, match=r"thousandth|range"):
        to_volume(Decimal(amount))
