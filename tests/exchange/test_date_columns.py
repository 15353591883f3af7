from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.exchange.cells import BadCell
from organizer.exchange.date_columns import DateOrder, Order, date_order, date_orders, read_date

DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST


@pytest.mark.parametrize(
    ("texts", "english", "found"),
    [
        (["06/07/2021", "08/28/2026"], False, DateOrder(MONTH, True)),
        (["06/07/2021", "28/08/2026"], True, DateOrder(DAY, True)),
        (["06-07-2021", "28-08-2026"], True, DateOrder(DAY, True)),
        (["06-07-2021", "08-28-2026"], True, DateOrder(MONTH, True)),
        (["06/07/2021"], True, DateOrder(MONTH, False)),
        (["06/07/2021"], False, DateOrder(DAY, False)),
        (["06-07-2021"], True, DateOrder(DAY, False)),
        (["06.07.2021", "2026-08-28", "", "x", "07/07/2021"], True, None),
    ],
)
def test_the_column_shows_which_comes_first(texts, english, found):
    assert date_order(texts, english) == found


def test_a_column_that_can_be_read_in_two_ways_follows_its_neighbour():
    assert date_orders([["06/07/2021"], ["28/08/2026"]], True) == [DateOrder(DAY, True)] * 2


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("06/07/2021", MONTH, date(2021, 6, 7)),
        ("06/07/2021", DAY, date(2021, 7, 6)),
        ("6-7-2021", DAY, date(2021, 7, 6)),
        ("06.07.2021", MONTH, date(2021, 7, 6)),
        ("7/3-2026", MONTH, date(2026, 3, 7)),
        ("7. 3. 2026", DAY, date(2026, 3, 7)),
        ("2026-08-28", MONTH, date(2026, 8, 28)),
        ("2026/08/28", DAY, date(2026, 8, 28)),
        ("2026-08-28T23:59:59Z", DAY, date(2026, 8, 28)),
        ("08/28/2026 11:05 PM", MONTH, date(2026, 8, 28)),
    ],
)
def test_dates_in_their_forms(text, order, day):
    assert read_date(text, order) == day


@pytest.mark.parametrize("text", ["soon", "31/02/2026", "2026-13-01", "01/01/0001", "12-11-26", "1/2", "0/0/2026"])
def test_other_texts_are_no_dates(text):
    with pytest.raises(BadCell) as caught:
        read_date(text, DAY)
    assert "is not a date" in str(caught.value.about("Join Date"))


@given(st.dates(date(1900, 1, 1)), st.sampled_from(["/", "-"]), st.sampled_from(Order))
def test_a_date_written_in_either_order_reads_back(day, sign, order):
    text = day.strftime(f"%d{sign}%m{sign}" if order is DAY else f"%m{sign}%d{sign}") + f"{day.year:04}"
    assert read_date(text, order) == day
