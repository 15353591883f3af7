"""The pages of a company whose plan settles by week, campaign or half month, and not by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.commission.plan import Plan
from organizer.domain.company import Company
from organizer.domain.period import MONTHS, Calendar, Period, PeriodKind
from organizer.services import companies, files, imports, plans, team
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.pages.earnings.page import EarningsPage
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.choosers import PeriodChooser

TEAM = Path(__file__).parent.parent / "data" / "team_sponsor_id.csv"
WEEKS = Calendar(PeriodKind.WEEK)
CAMPAIGNS = Calendar(PeriodKind.CAMPAIGN, campaign_anchor=date(2026, 1, 4), campaign_days=14)
HALVES = Calendar(PeriodKind.HALF_MONTH)
CALENDARS = {
    "teaching-unilevel": MONTHS,
    "weekly": WEEKS,
    "weekly-too": WEEKS,
    "campaigns": CAMPAIGNS,
    "halves": HALVES,
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[File]:
    taught = plans.by_id("teaching-unilevel")
    assert taught
    known = {id_: replace(taught, id=id_, calendar=calendar) for id_, calendar in CALENDARS.items()}

    def by_id(plan_id: str, *_file: File) -> Plan | None:
        return known.get(plan_id)

    monkeypatch.setattr(plans, "by_id", by_id)
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 18, 9))
    companies.set_up(opened, "Karen Holm", "Vita", "weekly")
    yield opened
    opened.close()


@pytest.fixture
def context(file: File, qtbot: QtBot) -> Iterator[Context]:
    made = Context(file, Tasks())
    yield made
    made.tasks.shutdown()
    made.release()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def company_of(context: Context) -> Company:
    assert context.company
    return context.company


def write(context: Context, *periods: Period) -> None:
    own = files.member_of_owner(context.file, company_of(context).id)
    assert own
    for period in periods:
        team.set_volume(context.file, own, period, "pv", 100_000)


def by_plan(context: Context, plan_id: str) -> None:
    companies.save(context.file, replace(company_of(context), plan_id=plan_id))


def box(widget: QWidget) -> QComboBox:
    return next(found for found in widget.findChildren(QComboBox) if found.accessibleName() == "Period")


def texts(chooser: QComboBox) -> list[str]:
    return [chooser.itemText(place) for place in range(chooser.count())]


def test_the_chooser_steps_through_weeks(context: Context, qtbot: QtBot) -> None:
    write(context, WEEKS.parse("2026-W45"), WEEKS.parse("2026-W46"))
    chooser = PeriodChooser(context)
    qtbot.addWidget(chooser)
    assert texts(box(chooser)) == [
        "Week 47, 2026 (16–22 Nov.)",
        "Week 46, 2026 (9–15 Nov.)",
        "Week 45, 2026 (2–8 Nov.)",
    ]
    context.choose_period(WEEKS.parse("2026-W46"))
    chooser._earlier.click()
    assert context.period == WEEKS.parse("2026-W45")
    assert box(chooser).currentText() == "Week 45, 2026 (2–8 Nov.)"
    assert chooser._earlier.isEnabled()


def test_the_arrows_go_to_weeks_that_have_no_figures_yet(context: Context, qtbot: QtBot) -> None:
    write(context, WEEKS.parse("2026-W30"))
    context.choose_period(WEEKS.parse("2026-W47"))
    chooser = PeriodChooser(context)
    qtbot.addWidget(chooser)
    assert not chooser._later.isEnabled()
    seen = []
    while chooser._earlier.isEnabled():
        chooser._earlier.click()
        seen.append(context.period)
    assert seen == [WEEKS.shifted(WEEKS.parse("2026-W47"), -back) for back in range(1, 101)]
    chooser._later.click()
    assert context.period == WEEKS.shifted(seen[-1], 1)
    assert seen[-1] in chooser._periods
    assert WEEKS.parse("2026-W30") in chooser._periods


def test_the_arrows_keep_to_the_calendar_of_the_company(context: Context, qtbot: QtBot) -> None:
    write(context, WEEKS.parse("2026-W43"))
    by_plan(context, "teaching-unilevel")
    chooser = PeriodChooser(context)
    qtbot.addWidget(chooser)
    chooser._earlier.click()
    chooser._earlier.click()
    assert context.period == MONTHS.parse("2026-09")
    context.choose_period(WEEKS.parse("2026-W43"))
    assert box(chooser).currentText() == "Week 43, 2026 (19–25 Oct.) (another plan's)"
    chooser._later.click()
    assert context.period == MONTHS.parse("2026-10")


def test_the_newest_week_is_shown_first(context: Context) -> None:
    assert context.period == WEEKS.parse("2026-W47")


@pytest.mark.parametrize(
    ("plan", "key", "name"),
    [
        ("teaching-unilevel", "2026-11", "November 2026"),
        ("campaigns", "2026-C23", "Campaign 23, 2026"),
        ("halves", "2026-11-2", "2nd half of November 2026"),
    ],
)
def test_another_plan_brings_its_own_periods(
    context: Context, qtbot: QtBot, plan: str, key: str, name: str
) -> None:
    page = TeamPage(context)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    assert box(page).currentText() == "Week 47, 2026 (16–22 Nov.)"
    by_plan(context, plan)
    assert (context.period.key, box(page).currentText()) == (key, name)
    assert page.panel.figures.title.text() == name


def test_the_chooser_is_wide_enough_for_longer_names(context: Context, qtbot: QtBot) -> None:
    by_plan(context, "teaching-unilevel")
    chooser = PeriodChooser(context)
    qtbot.addWidget(chooser)
    with qtbot.waitExposed(chooser):
        chooser.show()
    by_months = box(chooser).sizeHint().width()
    by_plan(context, "weekly")
    assert box(chooser).sizeHint().width() > by_months


def test_a_plan_with_the_same_periods_leaves_the_chosen_one(context: Context) -> None:
    context.choose_period(WEEKS.parse("2026-W40"))
    by_plan(context, "weekly-too")
    assert context.period == WEEKS.parse("2026-W40")


def test_volumes_from_before_the_plan_changed_can_still_be_seen(context: Context, qtbot: QtBot) -> None:
    write(context, WEEKS.parse("2026-W46"))
    by_plan(context, "teaching-unilevel")
    page = TeamPage(context)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    assert texts(box(page)) == [
        "Week 46, 2026 (9–15 Nov.) (another plan's)",
        "November 2026",
        "October 2026",
    ]
    context.choose_period(WEEKS.parse("2026-W46"))
    assert page.model.view
    assert page.model.view.personal == [100_000]


def test_the_estimate_is_that_of_the_week(context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    write(context, WEEKS.parse("2026-W46"))
    context.choose_period(WEEKS.parse("2026-W46"))
    page = EarningsPage(context)
    qtbot.addWidget(page)
    titles: list[str] = []
    monkeypatch.setattr(page, "report", lambda _name, title, _job: titles.append(title))
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: page._estimate is not None)
    assert page._estimate
    assert page._estimate.statement.period == WEEKS.parse("2026-W46")
    page.make_report()
    assert titles == ["Estimate for Week 46, 2026 (9–15 Nov.)"]


def test_a_period_that_the_plan_has_not_is_said_to_give_no_estimate(context: Context, qtbot: QtBot) -> None:
    write(context, WEEKS.parse("2026-W46"))
    by_plan(context, "teaching-unilevel")
    said: list[str] = []
    context.warned.connect(said.append)
    page = EarningsPage(context)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: page._estimate is not None)
    context.choose_period(WEEKS.parse("2026-W46"))
    told = "The plan has no period Week 46, 2026 (9–15 Nov.)"
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert page._estimate is None
    assert any(told in text for text in [*said, *words])


@pytest.mark.parametrize(
    ("plan", "first", "second"),
    [
        ("weekly", "Week 47, 2026 (16–22 Nov.)", "Week 46, 2026 (9–15 Nov.)"),
        ("campaigns", "Campaign 23, 2026", "Campaign 22, 2026"),
        ("halves", "2nd half of November 2026", "1st half of November 2026"),
    ],
)
def test_a_file_is_brought_in_for_one_of_the_companys_periods(
    context: Context, host: QWidget, plan: str, first: str, second: str
) -> None:
    by_plan(context, plan)
    company = company_of(context)
    reading = imports.read_team_file(TEAM, company).now()
    dialog = TeamImportDialog(context, company, TEAM, reading, host)
    dialog.open()
    assert dialog.head.period.currentText() == first
    assert texts(dialog.head.period)[:2] == [first, second]
    dialog.head.period.setCurrentIndex(1)
    chosen = dialog.chosen()
    with_volumes = dialog.session.preview
    assert with_volumes.changes_anything
    with_volumes.apply()
    assert {period.key for period in team.periods(context.file, company.id)} >= {chosen.key}
    view = team.view(context.file, company.id, chosen)
    assert any(view.personal)
    assert not any(team.view(context.file, company.id, CALENDARS[plan].shifted(chosen, 1)).personal)
    dialog.reject()
