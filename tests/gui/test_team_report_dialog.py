"""The dialog that asks which PDF of the team."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from organizer.domain.contact import Contact
from organizer.domain.period import MONTHS
from organizer.domain.team import Member
from organizer.i18n import set_language
from organizer.services import companies, files, team
from organizer.services.jobs import Job
from organizer.services.team_report_wish import Naming, Paper, Report
from organizer.ui.context import Context
from organizer.ui.dialogs.team_report import TeamReportDialog
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.tasks import Tasks

OCTOBER = MONTHS.parse("2026-10")
Made = list[tuple[str, str, Callable[[], Job[bytes]]]]


@pytest.fixture
def context(tmp_path: Path, qapp: Any) -> Iterator[Context]:
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 10, 20, 9))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    above = team.view(file, 1, OCTOBER).team.ids[0]
    for name in ("Anna", "Bo", "Carl"):
        member = Member(company_id=1, number=f"N{name}", sponsor_id=above)
        above = team.add_member(file, member, Contact(first_name=name, last_name="Lund"))
        team.set_volume(file, above, OCTOBER, "pv", 100_000)
        team.set_volume(file, above, MONTHS.parse("2026-09"), "pv", 70_000)
    made = Context(file, Tasks())
    yield made
    made.tasks.shutdown()
    made.release()
    file.close()


@pytest.fixture
def made() -> Made:
    return []


@pytest.fixture
def ask(context: Context, qtbot: Any, made: Made) -> Callable[..., TeamReportDialog]:
    def opened(**more: Any) -> TeamReportDialog:
        assert context.company
        dialog = TeamReportDialog(context, context.company, lambda *asked: made.append(asked), **more)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        return dialog

    return opened


def choose(box: Any, value: object) -> None:
    box.setCurrentIndex(box.findData(value))


def fields(dialog: TeamReportDialog) -> set[str]:
    names = (
        "report",
        "who",
        "tree",
        "period",
        "naming",
        "figure",
        "back",
        "paper",
        "tiled",
        "type_size",
        "levels",
    )
    return {name for name in names if getattr(dialog, name).isVisible()}


def test_each_report_asks_only_for_what_it_takes(ask: Callable[..., TeamReportDialog]) -> None:
    dialog = ask(report=Report.WALL)
    common = {"report", "who", "period", "naming"}
    assert fields(dialog) == common | {"figure", "paper", "tiled", "levels"}
    choose(dialog.tiled, True)
    assert "type_size" in fields(dialog)
    choose(dialog.report, Report.PEOPLE.value)
    assert fields(dialog) == common | {"back"}
    choose(dialog.report, Report.LEG.value)
    assert fields(dialog) == common | {"figure"}


def test_what_it_takes_is_told_as_she_chooses(ask: Callable[..., TeamReportDialog], qtbot: Any) -> None:
    dialog = ask(report=Report.WALL)
    assert dialog.becomes.text().startswith("One sheet of A3, type ")
    choose(dialog.tiled, True)
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(lambda: dialog.becomes.text() == "One sheet of A3, type 7 pt")
    assert dialog.go.isEnabled()
    dialog.type_size.setValue(4)
    qtbot.waitUntil(lambda: "can't be read" in dialog.warning.text())
    assert dialog.warning.isVisible()


def test_a_report_is_asked_for_as_chosen_and_remembered(ask: Callable[..., TeamReportDialog], made: Made) -> None:
    dialog = ask(report=Report.WALL)
    choose(dialog.paper, Paper.A1.value)
    choose(dialog.naming, Naming.INITIALS.value)
    dialog.accept()
    ((name, title, job),) = made
    assert name == "Team chart 2026-10.pdf"
    assert title == "Wall chart: the team as cards, October 2026"
    assert job().now().startswith(b"%PDF")
    again = ask()
    assert again.report.currentData() == Report.WALL
    assert again.paper.currentData() == Paper.A1
    assert again.naming.currentData() == Naming.INITIALS


def test_the_leg_of_whom_she_has_chosen(
    ask: Callable[..., TeamReportDialog], context: Context, made: Made
) -> None:
    anna = team.view(context.file, 1, OCTOBER).team.ids[1]
    dialog = ask(report=Report.LEG, member_id=anna)
    assert dialog.becomes.text() == "On A4, with 3 members."
    dialog.accept()
    assert made[0][0] == "Leg report Anna Lund 2026-10.pdf"
    dialog = ask(report=Report.LEG, member_id=anna)
    choose(dialog.naming, Naming.NUMBERS.value)
    dialog.accept()
    assert made[1][0] == "Leg report NAnna 2026-10.pdf"


def test_a_name_that_nobody_has_is_not_the_whole_team(ask: Callable[..., TeamReportDialog], made: Made) -> None:
    dialog = ask(report=Report.LEG)
    dialog.who.setText("nobody")
    dialog.tell()
    assert not dialog.go.isEnabled()
    dialog.accept()
    assert not made


def test_it_can_be_compared_with_earlier_periods_only(ask: Callable[..., TeamReportDialog]) -> None:
    dialog = ask(report=Report.WALL)
    assert [dialog.compared.itemText(place) for place in range(dialog.compared.count())] == [
        "Not compared",
        "Since September 2026",
    ]
    dialog.compared.setCurrentIndex(1)
    assert dialog.wish().compared == MONTHS.parse("2026-09")
    dialog.period.setCurrentIndex(dialog.period.count() - 1)
    assert dialog.wish().compared is None


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_field_has_a_name_and_its_own_letter(ask: Callable[..., TeamReportDialog], language: str) -> None:
    set_language(language)
    dialog = ask(report=Report.WALL)
    choose(dialog.tiled, True)
    letters = [
        label.text()[label.text().index("&") + 1].casefold()
        for label in dialog.findChildren(QLabel)
        if "&" in label.text() and label.isVisible()
    ]
    letters.append(dialog.go.text()[dialog.go.text().index("&") + 1].casefold())
    assert len(letters) == len(set(letters)), letters
    for name in ("report", "who", "period", "naming", "figure", "paper", "levels"):
        field: QWidget = getattr(dialog, name)
        assert field.accessibleName()
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_pages_menu_opens_it_with_the_report(context: Context, qtbot: Any) -> None:
    page = TeamPage(context)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.head.pdf_menu.actions()[2].trigger()
    dialog = page.findChild(TeamReportDialog)
    assert dialog
    assert dialog.report.currentData() == Report.PEOPLE
    dialog.reject()
