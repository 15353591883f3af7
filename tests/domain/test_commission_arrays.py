"""Whole numbers in arrays stay exact, also where a figure on the way no longer fits in 64 bits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.commission.arrays import add_at, common, divide_half_up, ints, largest, roomy, times
from organizer.domain.money import round_half_up

EDGES = [0, 1, 2, 3, 2**31, 2**53 + 1, 2**60, 2**61, 2**62 - 1, 2**62, 2**63 - 1, 2**63, 2**64 + 1, 10**25]
WHOLE = st.builds(
    lambda edge, by, sign: sign * (edge + by), st.sampled_from(EDGES), st.integers(-2, 2), st.sampled_from([1, -1])
)
POSITIVE = WHOLE.map(abs).filter(bool)
LISTS = st.lists(WHOLE, max_size=5)


@given(LISTS, WHOLE)
def test_sums_products_and_the_largest_are_those_of_whole_numbers(values: list[int], factor: int) -> None:
    assert ints(values).tolist() == values
    assert largest(ints(values)) == max((abs(value) for value in values), default=0)
    assert times(ints(values), factor).tolist() == [value * factor for value in values]
    assert (roomy(ints(values), factor) * factor).tolist() == [value * factor for value in values]


@given(LISTS, POSITIVE)
def test_a_half_goes_away_from_zero_however_large(values: list[int], denominator: int) -> None:
    expected = [round_half_up(Fraction(value, denominator)) for value in values]
    assert divide_half_up(ints(values), denominator).tolist() == expected


@given(LISTS.filter(bool), st.lists(st.tuples(st.integers(0, 4), WHOLE), max_size=6))
def test_amounts_are_added_at_their_places(totals: list[int], amounts: list[tuple[int, int]]) -> None:
    places = [place % len(totals) for place, _amount in amounts]
    expected = list(totals)
    for place, (_place, amount) in zip(places, amounts, strict=True):
        expected[place] += amount
    found = add_at(ints(totals), np.asarray(places, dtype=np.int64), ints([amount for _place, amount in amounts]))
    assert found.tolist() == expected


@pytest.mark.parametrize("each", [2**61, -(2**61)])
def test_many_that_fit_are_more_than_64_bits_together(each: int) -> None:
    places = np.zeros(6, dtype=np.int64)
    assert add_at(ints([0]), places, ints([each] * 6)).tolist() == [6 * each]
    assert add_at(ints([3 * each]), places[:1], ints([each])).tolist() == [4 * each]


def test_fractions_over_one_denominator() -> None:
    assert common([Fraction(1, 4), Fraction(5, 6), Fraction(2)]) == ([3, 10, 24], 12)
    assert common([]) == ([], 1)
