import tomllib
from datetime import date, time

import pytest

from organizer import i18n
from organizer.domain.commission.calendar_table import read_calendar
from organizer.domain.commission.reader import Problems, Table
from organizer.domain.period import MONTHS, Calendar, PeriodKind


def read(text: str) -> tuple[Calendar, list[str]]:
    problems = Problems("plan.toml")
    table = Table(tomllib.loads(text), problems)
    calendar = read_calendar(table)
    table.done()
    return calendar, [i18n.say(problem.text, problem.values) for problem in problems.found]


@pytest.mark.parametrize(
    ("written", "calendar"),
    [
        ('"month"', MONTHS),
        ('"half_month"', Calendar(PeriodKind.HALF_MONTH)),
        ('"quarter"', Calendar(PeriodKind.QUARTER)),
        ('"week"', Calendar(PeriodKind.WEEK)),
        ('{ kind = "month" }', MONTHS),
        ('{ kind = "month", cutoff = "18:00" }', Calendar(cutoff=time(18))),
        (
            '{ kind = "week", week_starts = "saturday", cutoff = "23:59", timezone = "America/Chicago" }',
            Calendar(PeriodKind.WEEK, week_starts=5, cutoff=time(23, 59), timezone="America/Chicago"),
        ),
        (
            '{ kind = "campaign", campaign_anchor = 2026-01-05, campaign_days = 21 }',
            Calendar(PeriodKind.CAMPAIGN, campaign_anchor=date(2026, 1, 5), campaign_days=21),
        ),
        (
            '{ kind = "campaign", campaign_anchor = 2026-01-05, campaign_days = 14, campaigns_a_year = 26 }',
            Calendar(PeriodKind.CAMPAIGN, campaign_anchor=date(2026, 1, 5), campaign_days=14, campaigns_a_year=26),
        ),
    ],
)
def test_a_plan_says_what_it_settles_by(written: str, calendar: Calendar) -> None:
    assert read(f"period = {written}") == (calendar, [])


def test_a_table_of_its_own_says_the_same() -> None:
    week = Calendar(PeriodKind.WEEK, week_starts=6)
    assert read('[period]\nkind = "week"\nweek_starts = "sunday"\n') == (week, [])


IN_TABLE = 'plan.toml, table "period", key'
FORM = "week, half_month, month, campaign, quarter"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ('"campaign"', 'plan.toml, key "period": campaigns need a table with their first day and their length.'),
        ("true", f'plan.toml, key "period": this must be one of {FORM}, or a table.'),
        ("{ }", f'{IN_TABLE} "kind": this key is missing; it holds one of {FORM}.'),
        ('{ kind = "day" }', f'{IN_TABLE} "kind": "day" isn\'t one of {FORM}.'),
        (
            '{ kind = "week", week_starts = "sonday" }',
            f'{IN_TABLE} "week_starts": "sonday" isn\'t one of monday, tuesday, wednesday, thursday, friday, '
            "saturday, sunday.",
        ),
        ('{ kind = "month", week_starts = "monday" }', f'{IN_TABLE} "week_starts": this key isn\'t known here.'),
        (
            '{ kind = "campaign", campaign_days = 14 }',
            f'{IN_TABLE} "campaign_anchor": this key is missing; it holds a date such as 2026-01-31.',
        ),
        (
            '{ kind = "campaign", campaign_anchor = 2026-01-05 }',
            f'{IN_TABLE} "campaign_days": this key is missing; it holds a whole number.',
        ),
        (
            '{ kind = "campaign", campaign_anchor = 2026-01-05, campaign_days = 400 }',
            f'{IN_TABLE} "campaign_days": this can\'t be more than 366.',
        ),
        (
            '{ kind = "campaign", campaign_anchor = 2026-01-05, campaign_days = 14, campaigns_a_year = 0 }',
            f'{IN_TABLE} "campaigns_a_year": this can\'t be less than 1.',
        ),
        (
            '{ kind = "campaign", campaign_anchor = 2026-01-05, campaign_days = 14, campaigns_a_year = 13 }',
            f'{IN_TABLE} "campaigns_a_year": 13 campaigns of 14 days don\'t make a year.',
        ),
        (
            '{ kind = "month", cutoff = "24:00" }',
            f'{IN_TABLE} "cutoff": this must be a time of day such as 23:59.',
        ),
        (
            '{ kind = "month", timezone = "Central" }',
            f'{IN_TABLE} "timezone": no time zone is called "Central"; they have names such as America/Chicago or '
            "Europe/Copenhagen.",
        ),
    ],
)
def test_a_mistake_in_it_is_located(written: str, problem: str) -> None:
    assert read(f"period = {written}")[1] == [problem]
