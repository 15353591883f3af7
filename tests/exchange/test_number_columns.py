import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.exchange.cells import BadCell
from organizer.exchange.number_columns import DecimalMark, bare, decimal_mark, decimal_marks, scaled

LARGEST = 10**12


@pytest.mark.parametrize(
    ("texts", "mark", "sure"),
    [
        (["1,234.50", "1,234"], ".", True),
        (["1.234,50", "1.234"], ",", True),
        (["1,234", "98.45"], ".", True),
        (["1.234", "98,45"], ",", True),
        (["1.234.567", "1.234"], ",", True),
        (["0.500", "1.234"], ".", True),
        (["1234", "1.234"], ".", True),
        (["1234.567"], ".", True),
        (["1.234", "5"], ",", False),
        (["1,234", "5"], ".", False),
        (["1.234", "1,234"], ".", False),
    ],
)
def test_the_column_shows_its_decimal_mark(texts, mark, sure):
    assert decimal_mark(texts) == DecimalMark(mark, sure)


def test_a_column_without_marks_shows_nothing():
    assert decimal_mark(["1", "23", "", "x"]) is None


def test_a_column_that_can_be_read_in_two_ways_follows_its_neighbour():
    assert decimal_marks([["1.234"], ["5,5"], ["7"]]) == [DecimalMark(",", True)] * 3
    assert decimal_marks([["1.234"], ["7"]]) == [DecimalMark(",", False), DecimalMark(".", True)]


@pytest.mark.parametrize(
    ("text", "mark", "thousandths"),
    [
        ("2,132.00", ".", 2_132_000),
        ("2.132,00", ",", 2_132_000),
        ("98,45", ",", 98_450),
        (",5", ",", 500),
        ("7.", ".", 7_000),
        ("1 234,5", ",", 1_234_500),
        ("1\N{NO-BREAK SPACE}234,5", ",", 1_234_500),
        ("1'234.5", ".", 1_234_500),
        ("kr. 179,-", ",", 179_000),
        ("179,00 kr.", ",", 179_000),
        ("€12.50", ".", 12_500),
        ("+5", ".", 5_000),
        ("-0", ".", 0),
        ("1.2300000", ".", 1_230),
    ],
)
def test_figures_are_exact_thousandths(text, mark, thousandths):
    assert scaled(text, mark, 3, LARGEST) == thousandths


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc", "not a number"),
        ("-", "not a number"),
        (".", "not a number"),
        ("1,23", "not a number"),
        ("12,3456.0", "not a number"),
        ("1.2.3", "not a number"),
        ("NaN", "not a number"),
        ("1E+05", "not a number"),
        ("٣", "not a number"),
        ("9" * 31, "not a number"),
        ("1.2345", "more than 3 decimals"),
        ("-5", "below zero"),
        ("5-", "below zero"),
        ("(5)", "below zero"),
        ("\N{MINUS SIGN}5", "below zero"),
        ("1000000000.001", "too large"),
        ("99999999999999", "too large"),
    ],
)
def test_other_texts_are_no_figures(text, said):
    with pytest.raises(BadCell) as caught:
        scaled(text, ".", 3, LARGEST)
    assert said in str(caught.value.about("PV"))
    assert str(caught.value.about("PV")).startswith("PV: ")


def test_days_are_whole_numbers():
    assert scaled("60,0", ",", 0, 100) == 60
    with pytest.raises(BadCell) as caught:
        scaled("1,5", ",", 0, 100)
    assert "whole number" in str(caught.value.about("Days"))


@given(st.integers(0, LARGEST), st.sampled_from([",", "."]), st.booleans())
def test_a_figure_written_with_either_mark_reads_back(thousandths, mark, grouped):
    text = f"{Decimal(thousandths).scaleb(-3):{',' if grouped else ''}f}"
    if mark == ",":
        text = text.translate({ord(","): ".", ord("."): ","})
    assert scaled(text, mark, 3, LARGEST) == thousandths


@given(st.text(max_size=40))
def test_any_text_is_a_figure_or_a_bad_cell(text):
    bare(text)
    decimal_mark([text])
    with contextlib.suppress(BadCell):
        assert 0 <= scaled(text, ",", 3, LARGEST) <= LARGEST
