"""Thinning backups keeps what it promises, whenever and however often it is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.retention import RECENT, Rule, kept

NOW = datetime(2026, 11, 18, 14, 30)
HOUR = timedelta(hours=1)

# from two years back to some days ahead, dense near now as backups are
ages = st.one_of(st.integers(0, 6 * 60), st.integers(0, 3 * 24 * 60), st.integers(-3 * 24 * 60, 800 * 24 * 60))
moments = ages.map(lambda minutes: NOW - timedelta(minutes=minutes))
shelves = st.lists(moments, max_size=60)
numbers = st.integers(0, 12)
rules = st.builds(Rule, numbers, numbers, numbers, numbers)


@given(shelves, rules)
def test_only_backups_that_are_there_stay_and_the_newest_always(times: list[datetime], rule: Rule) -> None:
    stay = kept(times, NOW, rule)
    assert stay <= set(times)
    assert bool(stay) == bool(times)
    past = [time for time in times if time <= NOW]
    assert not past or max(past) in stay
    assert {time for time in times if time > NOW - RECENT} <= stay


@given(shelves, rules)
def test_thinning_what_was_thinned_removes_nothing(times: list[datetime], rule: Rule) -> None:
    stay = kept(times, NOW, rule)
    assert kept(sorted(stay), NOW, rule) == stay


@given(shelves, rules, st.tuples(numbers, numbers, numbers, numbers))
def test_a_wider_rule_keeps_no_less(times: list[datetime], rule: Rule, more: tuple[int, int, int, int]) -> None:
    wider = Rule(rule.hours + more[0], rule.days + more[1], rule.weeks + more[2], rule.months + more[3])
    assert kept(times, NOW, rule) <= kept(times, NOW, wider)


@given(shelves, st.lists(moments, max_size=20), rules)
def test_backups_from_the_future_stay_and_push_nobody_out(
    times: list[datetime], others: list[datetime], rule: Rule
) -> None:
    past = [time for time in times if time <= NOW]
    future = {NOW + timedelta(minutes=1) + abs(NOW - time) for time in others}
    assert kept([*past, *future], NOW, rule) == kept(past, NOW, rule) | future


@given(shelves, rules)
def test_thinning_after_each_backup_leaves_what_thinning_once_leaves(times: list[datetime], rule: Rule) -> None:
    past = sorted(time for time in times if time <= NOW)
    shelf: set[datetime] = set()
    for time in past:
        shelf = kept([*shelf, time], time, rule)
    assert kept(sorted(shelf), NOW, rule) == kept(past, NOW, rule)


@given(shelves, rules)
def test_every_hour_day_week_and_month_of_the_promise_has_one(times: list[datetime], rule: Rule) -> None:
    past = [time for time in times if time <= NOW]
    stay = kept(past, NOW, rule)
    for time in past:
        month = (NOW.year - time.year) * 12 + NOW.month - time.month
        monday, this_monday = (day.date() - timedelta(days=day.weekday()) for day in (time, NOW))
        if month < rule.months:
            assert any((one.year, one.month) == (time.year, time.month) for one in stay)
        if (this_monday - monday).days // 7 < rule.weeks:
            assert any(monday <= one.date() < monday + timedelta(days=7) for one in stay)
        if (NOW.date() - time.date()).days < rule.days:
            assert any(one.date() == time.date() for one in stay)
        hour = time.replace(minute=0)
        if (NOW.replace(minute=0) - hour) // HOUR < rule.hours:
            assert any(hour <= one < hour + HOUR for one in stay)


@given(shelves, rules)
def test_no_more_stay_than_the_rule_says(times: list[datetime], rule: Rule) -> None:
    stay = kept(times, NOW, rule)
    old = {time for time in stay if time < NOW - RECENT}
    assert len(old) <= rule.hours + rule.days + rule.weeks + rule.months + 1


def test_half_a_year_of_work_leaves_no_gap_wider_than_its_step() -> None:
    shelf: set[datetime] = set()
    time = NOW - timedelta(days=180)
    while time <= NOW:
        shelf = kept([*shelf, time], time, Rule())
        time += timedelta(minutes=30)
    ordered = sorted(shelf)
    gaps = [(NOW - earlier, later - earlier) for earlier, later in pairwise(ordered)]
    assert all(gap <= 2 * HOUR for age, gap in gaps if age <= timedelta(hours=22))
    assert all(gap <= timedelta(days=2) for age, gap in gaps if age <= timedelta(days=13))
    assert all(gap <= timedelta(days=14) for age, gap in gaps if age <= timedelta(days=49))
    assert all(gap <= timedelta(days=62) for _age, gap in gaps)
    assert NOW - ordered[0] >= timedelta(days=140)
    assert len(ordered) <= 24 + 14 + 8 + 24 + 5


def test_a_long_pause_or_a_clock_set_far_ahead_removes_nothing() -> None:
    times = [NOW - timedelta(days=day) for day in range(40)]
    stay = kept(times, NOW, Rule())
    later = NOW + timedelta(days=3650)
    assert kept(sorted(stay), later, Rule()) == stay


def test_a_rule_of_nothing_keeps_the_last_two_hours_and_the_newest() -> None:
    nothing = Rule(0, 0, 0, 0)
    old = [NOW - timedelta(days=3), NOW - timedelta(days=2)]
    assert kept(old, NOW, nothing) == {old[1]}
    recent = [NOW - RECENT, NOW - HOUR]
    assert kept([*old, *recent], NOW, nothing) == set(recent)
    assert kept([], NOW, nothing) == set()


def test_a_negative_number_is_no_rule() -> None:
    with pytest.raises(ValueError, match="negative"):
        Rule(days=-1)
