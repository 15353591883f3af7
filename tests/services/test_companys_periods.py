"""A company's periods are those of its plan's calendar; without a plan they are months."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from organizer.domain.company import Company
from organizer.domain.period import MONTHS, Calendar, Period, PeriodKind
from organizer.domain.result import Refusal
from organizer.services import companies, earnings, files, periods, plans, team
from organizer.services.files import File

WEEKS = Calendar(PeriodKind.WEEK)
CAMPAIGNS = Calendar(PeriodKind.CAMPAIGN, campaign_anchor=date(2026, 1, 4), campaign_days=14)
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    made = files.create(tmp_path / "a.organizer", lambda: NOW)
    companies.set_up(made, "Karen Holm", "Vita", "teaching-unilevel")
    yield made
    made.close()


@pytest.fixture
def settles_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Calendar], None]:
    """Let the teaching plan divide time by another calendar."""
    plan = plans.by_id("teaching-unilevel")
    assert plan

    def change(calendar: Calendar) -> None:
        changed = replace(plan, calendar=calendar)
        monkeypatch.setattr(plans, "by_id", lambda id_, *_file: changed if id_ == plan.id else None)

    return change


def company_of(file: File) -> Company:
    return companies.everyone(file)[0]


def write(file: File, period: Period) -> None:
    own = files.member_of_owner(file, company_of(file).id)
    assert own
    team.set_volume(file, own, period, "pv", 100_000)


def test_a_company_without_a_plan_goes_by_months(file: File) -> None:
    id_ = companies.add(file, "Duft")
    assert periods.calendar_of(file, id_) == MONTHS
    assert team.periods(file, id_) == [periods.present(file, id_)] == [MONTHS.parse("2026-11")]


def test_the_present_period_and_those_with_volumes(file: File, settles_by: Callable[[Calendar], None]) -> None:
    settles_by(WEEKS)
    write(file, WEEKS.parse("2026-W45"))
    keys = [period.key for period in team.periods(file, company_of(file).id)]
    assert keys == ["2026-W47", "2026-W45"]
    assert team.latest_period(file, company_of(file).id) == WEEKS.parse("2026-W45")
    assert team.view(file, company_of(file).id, WEEKS.parse("2026-W45")).personal == [100_000]
    assert team.view(file, company_of(file).id, WEEKS.parse("2026-W46")).personal == [None]


def test_the_present_period_is_that_of_the_companys_clock(
    tmp_path: Path, settles_by: Callable[[Calendar], None]
) -> None:
    settles_by(Calendar(PeriodKind.WEEK, 5, cutoff=time(23, 59), timezone="America/Chicago"))
    saturday = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)  # half past eleven on Friday evening in Chicago
    for moment, key in ((saturday, "2026-W46"), (saturday.replace(hour=6), "2026-W47")):
        made = files.create(tmp_path / f"{key}.organizer", lambda moment=moment: moment)
        companies.set_up(made, "Karen Holm", "Vita", "teaching-unilevel")
        assert periods.present(made, company_of(made).id).key == key
        made.close()


@pytest.mark.parametrize(
    ("calendar", "first", "last", "count"),
    [
        (MONTHS, "2026-11", "2024-12", 24),
        (WEEKS, "2026-W47", "2024-W51", 101),
        (CAMPAIGNS, "2026-C23", "2024-C25", 51),
        (Calendar(PeriodKind.QUARTER), "2026-Q4", "2024-Q4", 9),
    ],
)
def test_figures_can_be_brought_in_for_two_years_back(
    file: File, settles_by: Callable[[Calendar], None], calendar: Calendar, first: str, last: str, count: int
) -> None:
    settles_by(calendar)
    offered = periods.offered(file, company_of(file).id)
    assert (offered[0].key, offered[-1].key, len(offered)) == (first, last, count)
    write(file, calendar.shifted(offered[-1], -30))
    assert periods.offered(file, company_of(file).id) == [*offered, calendar.shifted(offered[-1], -30)]


def test_volumes_of_another_calendar_stay_in_sight_but_nothing_is_estimated_from_them(
    file: File, settles_by: Callable[[Calendar], None]
) -> None:
    company = company_of(file)
    write(file, MONTHS.parse("2026-10"))
    settles_by(CAMPAIGNS)
    assert [period.key for period in team.periods(file, company.id)] == ["2026-C23", "2026-10"]
    assert team.latest_period(file, company.id) == CAMPAIGNS.parse("2026-C23")
    assert MONTHS.parse("2026-10") not in periods.offered(file, company.id)
    with pytest.raises(Refusal, match="The plan has no period October 2026"):
        earnings.prepare(file, company, MONTHS.parse("2026-10"))
    write(file, CAMPAIGNS.parse("2026-C22"))
    settles_by(MONTHS)
    keys = [period.key for period in team.periods(file, company.id)]
    assert keys == ["2026-11", "2026-10", "2026-C22"]


def test_an_estimate_is_that_of_the_week(file: File, settles_by: Callable[[Calendar], None]) -> None:
    settles_by(WEEKS)
    week = WEEKS.parse("2026-W46")
    write(file, week)
    job = earnings.prepare(file, company_of(file), week)
    assert job.title == "Estimating Week 46, 2026 (9–15 Nov.)"
    assert job.now().statement.period == week


@pytest.mark.parametrize(
    ("calendar", "key", "told"),
    [
        (MONTHS, "2026-W47", "A period of Vita is written like 2026-11, not 2026-W47."),
        (WEEKS, "2026-11", "A period of Vita is written like 2026-W47, not 2026-11."),
        (WEEKS, "2027-W53", "Vita has no period 2027-W53."),
        (CAMPAIGNS, "2026-C40", "Vita has no period 2026-C40."),
    ],
)
def test_a_key_that_the_company_has_not_is_told(
    file: File, settles_by: Callable[[Calendar], None], calendar: Calendar, key: str, told: str
) -> None:
    settles_by(calendar)
    with pytest.raises(Refusal, match=told):
        periods.asked_for(file, company_of(file), key)
    assert periods.asked_for(file, company_of(file), calendar.key_form).key == calendar.key_form
