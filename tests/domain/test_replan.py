"""What was left from before, spread over the days to come."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.replan import A_DAY, Left, spread

TODAY = date(2026, 11, 25)  # a Wednesday
_left = st.lists(st.tuples(st.integers(1, 400), st.booleans()), max_size=60).map(
    lambda told: [Left(n, TODAY - timedelta(days=ago), call) for n, (ago, call) in enumerate(told)]
)
_load = st.dictionaries(st.integers(0, 20).map(lambda n: TODAY + timedelta(days=n)), st.integers(0, 8))


@settings(max_examples=150, deadline=None)
@given(_left, _load)
def test_a_handful_a_day_no_call_on_a_sunday_and_the_oldest_first(left: list[Left], load: dict[date, int]) -> None:
    days = spread(left, load, TODAY)
    assert set(days) == {one.id for one in left}
    assert all(day >= TODAY for day in days.values())
    for day in set(days.values()):
        assert load.get(day, 0) + list(days.values()).count(day) <= A_DAY
    for call in (True, False):
        in_order = [days[one.id] for one in sorted(left, key=lambda one: (one.due, one.id)) if one.is_call is call]
        assert in_order == sorted(in_order)
    assert not [one for one in left if one.is_call and days[one.id].weekday() == 6]


@settings(max_examples=80, deadline=None)
@given(_left, _load)
def test_the_order_they_come_in_makes_no_difference(left: list[Left], load: dict[date, int]) -> None:
    assert spread(left, load, TODAY) == spread(left[::-1], load, TODAY)


def test_few_are_spread_one_a_day() -> None:
    left = [Left(n, TODAY - timedelta(days=9 - n)) for n in range(3)]
    assert list(spread(left, {}, TODAY).values()) == [TODAY + timedelta(days=n) for n in range(3)]


def test_what_is_planned_already_counts() -> None:
    assert spread([Left(1, TODAY)], {TODAY: 3}, TODAY) == {1: TODAY + timedelta(days=1)}


def test_what_a_week_cannot_hold_goes_on_after_it() -> None:
    left = [Left(n, TODAY) for n in range(40)]
    days = spread(left, {}, TODAY)
    assert max(days.values()) == TODAY + timedelta(days=7)
    assert sum(day < TODAY + timedelta(days=7) for day in days.values()) == 35
