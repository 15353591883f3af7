"""Which period a team file's title names, in the company's own calendar."""

from datetime import date

import pytest

from organizer.domain.period import MONTHS, QUARTERS, Calendar, PeriodKind
from organizer.services.team_period import named

WEEKS = Calendar(PeriodKind.WEEK)
HALF_MONTHS = Calendar(PeriodKind.HALF_MONTH)
CAMPAIGNS = Calendar(PeriodKind.CAMPAIGN, campaign_anchor=date(2026, 1, 1), campaign_days=21)


@pytest.mark.parametrize(
    ("text", "calendar", "key"),
    [
        ("periode 10-2026", MONTHS, "2026-10"),
        ("2026-10", MONTHS, "2026-10"),
        ("Genealogi oktober 2026", MONTHS, "2026-10"),
        ("Report for Oct. 2026", MONTHS, "2026-10"),
        ("10/2026", MONTHS, "2026-10"),
        ("01.10.2026 - 31.10.2026", MONTHS, "2026-10"),
        ("As of 31/10/2026", MONTHS, "2026-10"),
        ("2026-W43", WEEKS, "2026-W43"),
        ("Uge 43, 2026", WEEKS, "2026-W43"),
        ("week 43 2026", WEEKS, "2026-W43"),
        ("2026-C05", CAMPAIGNS, "2026-C05"),
        ("Kampagne 5 2026", CAMPAIGNS, "2026-C05"),
        ("Q4 2026", QUARTERS, "2026-Q4"),
        ("4. kvartal 2026", QUARTERS, "2026-Q4"),
        ("2026-10-1", HALF_MONTHS, "2026-10-1"),
        ("16.10.2026 - 31.10.2026", HALF_MONTHS, "2026-10-2"),
    ],
)
def test_the_period_that_a_title_names(text: str, calendar: Calendar, key: str) -> None:
    found = named(text, calendar)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("", MONTHS),
        ("Downline genealogy report", MONTHS),
        ("13-2026", MONTHS),
        ("oktober 2026", WEEKS),
        ("September 2026 and October 2026", MONTHS),
        ("05/04/2026", MONTHS),
        ("2026-W60", WEEKS),
    ],
)
def test_a_title_that_names_none_or_several_is_not_guessed_at(text: str, calendar: Calendar) -> None:
    assert named(text, calendar) is None
