from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.period import (
    KEY_FORMS,
    MONTHS,
    QUARTERS,
    Calendar,
    Period,
    PeriodKind,
    make_a_year,
    quarter_of,
    written,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
WEEKS = st.builds(Calendar, st.just(PeriodKind.WEEK), st.integers(0, 6))


def a_year_of(days: int) -> st.SearchStrategy[int | None]:
    fitting = [count for count in range(1, 367) if make_a_year(count, days)]
    return st.none() | st.sampled_from(fitting)


CAMPAIGNS = st.integers(1, 366).flatmap(
    lambda days: st.builds(
        Calendar,
        st.just(PeriodKind.CAMPAIGN),
        campaign_anchor=st.dates(date(2000, 1, 1), date(2040, 12, 31)),
        campaign_days=st.just(days),
        campaigns_a_year=a_year_of(days),
    )
)
PLAIN = st.sampled_from([PeriodKind.HALF_MONTH, PeriodKind.MONTH, PeriodKind.QUARTER]).map(Calendar)
CALENDARS = PLAIN | WEEKS | CAMPAIGNS


def campaigns(days: int, anchor: date, a_year: int | None = None) -> Calendar:
    return Calendar(PeriodKind.CAMPAIGN, campaign_anchor=anchor, campaign_days=days, campaigns_a_year=a_year)


# true of every calendar


@given(CALENDARS, DAYS)
def test_a_day_is_in_the_period_that_contains_it(calendar: Calendar, day: date) -> None:
    period = calendar.containing(day)
    assert period.first <= day <= period.last
    assert period.days == (period.last - period.first).days + 1 >= 1
    assert period.kind is calendar.kind
    assert calendar.has(period)


@given(CALENDARS, DAYS)
def test_periods_follow_each_other_without_gap_or_overlap(calendar: Calendar, day: date) -> None:
    period = calendar.containing(day)
    after = calendar.shifted(period, 1)
    assert after.first == period.last + DAY
    assert calendar.containing(period.last) == calendar.containing(period.first) == period
    assert period < after
    assert period.key != after.key


@given(CALENDARS, DAYS)
def test_a_key_leads_back_to_its_period(calendar: Calendar, day: date) -> None:
    period = calendar.containing(day)
    assert calendar.parse(period.key) == calendar.parse(f" {period.key.lower()} ") == period
    assert calendar.recalled(period.key) == period


@given(CALENDARS, DAYS, st.integers(-40, 40))
def test_there_and_back_is_where_it_was(calendar: Calendar, day: date, count: int) -> None:
    period = calendar.containing(day)
    try:
        there = calendar.shifted(period, count)
    except ValueError:  # before or after the years that are known
        return
    assert calendar.shifted(there, -count) == period
    assert len(calendar.between(min(period, there), max(period, there))) == abs(count) + 1


@given(CALENDARS, DAYS)
def test_the_year_to_date_begins_with_the_first_of_its_year(calendar: Calendar, day: date) -> None:
    period = calendar.containing(day)
    so_far = calendar.year_to(period)
    assert so_far[-1] == period
    assert {each.year for each in so_far} == {period.year}
    assert calendar.shifted(so_far[0], -1).year < period.year
    assert list(so_far) == sorted(so_far)


@given(PLAIN | WEEKS, DAYS)
def test_each_period_lies_in_one_quarter(calendar: Calendar, day: date) -> None:
    period = calendar.containing(day)
    quarter = quarter_of(period)
    assert period in calendar.in_quarter(quarter)
    assert period not in calendar.quarter_before(period)
    assert calendar.quarter_before(period)[-1] < calendar.in_quarter(quarter)[0]
    assert period.overlap(quarter.first, quarter.last) * 2 > period.days


@given(CALENDARS, DAYS, DAYS)
def test_the_days_of_a_window_are_shared_out(calendar: Calendar, day: date, other: date) -> None:
    period = calendar.containing(day)
    last = min(max(day, other), day + 100 * DAY)
    inside = sum(1 for n in range(period.days) if day <= period.first + n * DAY <= last)
    assert period.overlap(day, last) == inside
    assert period.overlap(last, day - DAY) == 0


# each kind


@pytest.mark.parametrize(
    ("calendar", "key", "first", "last"),
    [
        (MONTHS, "2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        (MONTHS, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (QUARTERS, "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (Calendar(PeriodKind.HALF_MONTH), "2026-11-1", date(2026, 11, 1), date(2026, 11, 15)),
        (Calendar(PeriodKind.HALF_MONTH), "2026-02-2", date(2026, 2, 16), date(2026, 2, 28)),
        (Calendar(PeriodKind.WEEK), "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (Calendar(PeriodKind.WEEK), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (Calendar(PeriodKind.WEEK, 5), "2026-W47", date(2026, 11, 21), date(2026, 11, 27)),
        (campaigns(14, date(2026, 1, 4)), "2026-C05", date(2026, 3, 1), date(2026, 3, 14)),
        (campaigns(14, date(2025, 12, 28)), "2026-C01", date(2025, 12, 28), date(2026, 1, 10)),
        (campaigns(21, date(2026, 1, 1), 17), "2027-C01", date(2026, 12, 24), date(2027, 1, 13)),
    ],
)
def test_where_a_period_begins_and_ends(calendar: Calendar, key: str, first: date, last: date) -> None:
    assert calendar.parse(key) == Period(first, last, calendar.kind, key)


@given(DAYS)
def test_weeks_from_monday_are_those_of_iso(day: date) -> None:
    year, week, _ = day.isocalendar()
    period = Calendar(PeriodKind.WEEK).containing(day)
    assert (period.year, period.number) == (year, week)


def test_a_year_has_a_campaign_more_when_the_calendar_asks_for_it() -> None:
    plan = campaigns(14, date(2026, 1, 4))
    counts = [len(plan.year_to(plan.shifted(plan.parse(f"{year + 1}-C01"), -1))) for year in range(2026, 2066)]
    assert set(counts) == {26, 27}
    assert all(abs((plan.parse(f"{year}-C01").first - date(year, 1, 4)).days) <= 7 for year in range(2026, 2066))


def test_a_fixed_number_of_campaigns_is_kept() -> None:
    plan = campaigns(14, date(2026, 1, 4), 26)
    assert plan.shifted(plan.parse("2026-C26"), 1) == plan.parse("2027-C01")
    with pytest.raises(ValueError, match="no period '2026-C27'"):
        plan.parse("2026-C27")


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("2026-11", (2026, 11, 11)),
        ("2026-11-2", (2026, 11, 2)),
        ("2026-W47", (2026, 11, 47)),
        ("2026-Q4", (2026, 10, 4)),
    ],
)
def test_the_parts_of_a_key(key: str, parts: tuple[int, int, int]) -> None:
    period = written(key)
    assert (period.year, period.month, period.number) == parts


# keys that are none


@pytest.mark.parametrize("kind", [kind for kind in PeriodKind if kind is not PeriodKind.CAMPAIGN])
@pytest.mark.parametrize(
    "key", ["", "2026", "2026-13", "2026-W54", "2026-W00", "2026-Q5", "2026-11-3", "2026-13-1", "1899-11", "x"]
)
def test_what_is_no_key_says_what_one_looks_like(kind: PeriodKind, key: str) -> None:
    with pytest.raises(ValueError, match=r"period|year"):
        Calendar(kind).parse(key)


def test_a_key_of_another_kind_is_refused_with_the_form_expected() -> None:
    with pytest.raises(ValueError, match="2026-W47, not '2026-11'"):
        Calendar(PeriodKind.WEEK).parse("2026-11")


def test_a_week_53_only_where_the_year_has_one() -> None:
    with pytest.raises(ValueError, match="no period '2027-W53'"):
        Calendar(PeriodKind.WEEK).parse("2027-W53")


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_a_stored_key_is_known_again_under_another_calendar(kind: PeriodKind) -> None:
    for other in (MONTHS, Calendar(PeriodKind.WEEK), campaigns(14, date(2026, 1, 4))):
        period = other.recalled(KEY_FORMS[kind])
        assert (period.key, period.kind, period.year) == (KEY_FORMS[kind], kind, 2026)


def test_keys_that_only_another_calendar_has() -> None:
    assert MONTHS.recalled("2026-C27").overlap(date(2026, 1, 1), date(2026, 12, 31)) == 365
    assert MONTHS.recalled("2027-W53").first == date(2028, 1, 3)
    for key in ("2026-C00", "0000-C01", "2026-W54", "2026-13", "October", ""):
        with pytest.raises(ValueError, match=r"period|year"):
            MONTHS.recalled(key)


def test_a_period_of_another_calendar_is_not_shifted() -> None:
    with pytest.raises(ValueError, match="no period of a calendar of months"):
        written("2026-W47").shifted(1)
    with pytest.raises(ValueError, match="no period of a calendar of weeks"):
        Calendar(PeriodKind.WEEK, 5).shifted(written("2026-W47"), 1)


def test_time_ends_somewhere() -> None:
    with pytest.raises(ValueError, match=r"year|time"):
        MONTHS.parse("9998-12").shifted(1)
    with pytest.raises(ValueError, match=r"year|time"):
        Calendar(PeriodKind.WEEK).containing(date.min)


@pytest.mark.parametrize(
    "wrong",
    [
        {"week_starts": 7},
        {"kind": PeriodKind.CAMPAIGN},
        {"kind": PeriodKind.CAMPAIGN, "campaign_anchor": date(2026, 1, 4), "campaign_days": 0},
        {
            "kind": PeriodKind.CAMPAIGN,
            "campaign_anchor": date(2026, 1, 4),
            "campaign_days": 14,
            "campaigns_a_year": 0,
        },
        {
            "kind": PeriodKind.CAMPAIGN,
            "campaign_anchor": date(2026, 1, 4),
            "campaign_days": 14,
            "campaigns_a_year": 24,
        },
    ],
)
def test_what_makes_no_calendar(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"weekday|campaigns"):
        Calendar(**wrong)  # type: ignore[arg-type]


# the cut-off and the clock

COPENHAGEN, CHICAGO = ZoneInfo("Europe/Copenhagen"), ZoneInfo("America/Chicago")
PARTIES = Calendar(PeriodKind.WEEK, 5, cutoff=time(23, 59), timezone="America/Chicago")
"""Weeks that end on Friday at 11:59 PM Central."""


def test_a_week_ends_on_friday_evening_in_chicago() -> None:
    week = PARTIES.parse("2026-W47")
    assert week.last.strftime("%A") == "Friday"
    ends = datetime.combine(week.last, time(23, 59, 30), CHICAGO)
    assert PARTIES.at(ends) == week
    assert PARTIES.at(ends + timedelta(seconds=30)) == PARTIES.shifted(week, 1)
    # it is Saturday morning at home by then
    assert PARTIES.at(ends.astimezone(COPENHAGEN)) == week
    assert ends.astimezone(COPENHAGEN).date() > week.last


def test_the_distributors_own_clock_where_the_plan_names_none() -> None:
    moment = datetime(2026, 10, 31, 23, 59, 30, tzinfo=COPENHAGEN)
    assert MONTHS.at(moment).key == "2026-10"
    assert MONTHS.at(moment + timedelta(minutes=1)).key == "2026-11"
    assert MONTHS.at(moment.astimezone(UTC)).key == "2026-10"


@pytest.mark.parametrize(
    ("clock", "key"),
    [("17:59:59", "2026-10"), ("18:00:00", "2026-10"), ("18:00:59", "2026-10"), ("18:01:00", "2026-11")],
)
def test_the_minute_that_the_cutoff_names_is_the_last(clock: str, key: str) -> None:
    moment = datetime.combine(date(2026, 10, 31), time.fromisoformat(clock), COPENHAGEN)
    assert Calendar(cutoff=time(18)).at(moment).key == key
    assert Calendar(cutoff=time(18)).at(moment - DAY).key == "2026-10"


def test_a_cutoff_in_the_hour_that_comes_twice_is_the_second_one() -> None:
    # clocks went back from three to two on Sunday 25 October 2026
    weeks = Calendar(PeriodKind.WEEK, cutoff=time(2, 30), timezone="Europe/Copenhagen")
    week = weeks.parse("2026-W43")
    assert week.last == date(2026, 10, 25)
    for clock, fold, inside in (
        ("02:15", 0, True), ("02:45", 0, True), ("02:15", 1, True), ("02:30", 1, True), ("02:31", 1, False),
        ("03:00", 0, False),
    ):  # fmt: skip
        moment = datetime.combine(week.last, time.fromisoformat(clock), COPENHAGEN).replace(fold=fold)
        assert (weeks.at(moment) == week) is inside, (clock, fold)
        assert weeks.at(moment.astimezone(UTC)) == weeks.at(moment)


def test_a_cutoff_in_the_hour_that_is_skipped_is_when_it_is_skipped() -> None:
    # clocks went forward from two to three on Sunday 29 March 2026
    weeks = Calendar(PeriodKind.WEEK, cutoff=time(2, 30), timezone="Europe/Copenhagen")
    week = weeks.parse("2026-W13")
    assert week.last == date(2026, 3, 29)
    assert weeks.at(datetime(2026, 3, 29, 1, 59, 59, tzinfo=COPENHAGEN)) == week
    assert weeks.at(datetime(2026, 3, 29, 3, 0, tzinfo=COPENHAGEN)) == weeks.shifted(week, 1)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(
        ["Europe/Copenhagen", "America/Chicago", "America/Havana", "Australia/Lord_Howe", "Asia/Beirut"]
    ),
    st.integers(0, 6),
    st.integers(0, 7200),
)
def test_time_never_goes_back_to_a_period_that_is_over(
    moment: datetime, cutoff: time, place: str, starts: int, seconds: int
) -> None:
    weeks = Calendar(PeriodKind.WEEK, starts, cutoff=cutoff, timezone=place)
    assert weeks.at(moment) <= weeks.at(moment + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5)]
)
@pytest.mark.parametrize(
    "place", ["Europe/Copenhagen", "America/Chicago", "America/Havana", "Australia/Lord_Howe"]
)
@pytest.mark.parametrize(
    "clock", ["00:00", "00:01", "00:59", "01:00", "01:45", "01:59", "02:00", "02:30", "02:59"]
)
def test_nor_on_the_nights_when_clocks_are_changed(day: date, place: str, clock: str) -> None:
    weeks = Calendar(PeriodKind.WEEK, (day.weekday() + 1) % 7, cutoff=time.fromisoformat(clock), timezone=place)
    start = datetime.combine(day, time(), ZoneInfo(place)).astimezone(UTC)
    order = [weeks.at(start + timedelta(minutes=n * 5)) for n in range(-24, 320)]
    assert order == sorted(order)
    assert len(set(order)) == 2


def test_a_moment_must_know_its_zone() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        MONTHS.at(datetime(2026, 10, 31))
    with pytest.raises(ValueError, match="Nowhere/Land"):
        Calendar(timezone="Nowhere/Land").at(datetime(2026, 10, 31, tzinfo=UTC))
