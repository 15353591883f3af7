"""How the periods that companies settle by are called in each language."""

from collections.abc import Iterator
from datetime import date

import pytest

from organizer import i18n
from organizer.domain.period import Calendar, PeriodKind, written

CAMPAIGNS = Calendar(PeriodKind.CAMPAIGN, campaign_anchor=date(2026, 1, 4), campaign_days=14)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("key", "english", "danish"),
    [
        ("2026-11", "November 2026", "november 2026"),
        ("2026-11-1", "1st half of November 2026", "1. halvdel af november 2026"),
        ("2026-11-2", "2nd half of November 2026", "2. halvdel af november 2026"),
        ("2026-C05", "Campaign 5, 2026", "kampagne 5, 2026"),
        ("2026-Q1", "1st quarter 2026", "1. kvartal 2026"),
        ("2026-Q4", "4th quarter 2026", "4. kvartal 2026"),
        ("2026-W47", "Week 47, 2026 (16–22 Nov.)", "uge 47, 2026 (16.–22. nov.)"),
        ("2026-W20", "Week 20, 2026 (11–17 May)", "uge 20, 2026 (11.–17. maj)"),
        ("2026-W49", "Week 49, 2026 (30 Nov.–6 Dec.)", "uge 49, 2026 (30. nov.–6. dec.)"),
        ("2026-W53", "Week 53, 2026 (28 Dec.–3 Jan.)", "uge 53, 2026 (28. dec.–3. jan.)"),
    ],
)
def test_a_period_has_the_name_that_people_use(key: str, english: str, danish: str) -> None:
    i18n.set_language("en")
    assert i18n.format_period(written(key)) == english
    i18n.set_language("da")
    assert i18n.format_period(written(key)) == danish


def test_a_campaign_is_called_by_its_number() -> None:
    assert i18n.format_period(CAMPAIGNS.parse("2026-C12")) == "Campaign 12, 2026"
