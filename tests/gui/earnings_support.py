"""A small team with its volumes, and the Earnings page upon it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.team import Member
from organizer.services import companies, earnings, files, team
from organizer.storage import File
from organizer.ui.context import Context
from organizer.ui.pages.earnings.page import EarningsPage

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")


def small_team(path: Path, plan: str = "teaching-unilevel") -> File:
    """Karen with Bo and Ida under her; Ida's volume isn't known. Bo's 1,000 kr. give 50 kr."""
    file = files.create(path, lambda: datetime(2026, 11, 23, 20, 15))
    companies.set_up(file, "Karen Holm", "Vita", plan)
    company = companies.everyone(file)[0]
    me = files.member_of_owner(file, company.id) or 0
    bo = add(file, company, me, "Bo", "2")
    add(file, company, me, "Ida", "3")
    team.set_volume(file, me, OCTOBER, "pv", 150_000)
    team.set_volume(file, me, OCTOBER, "cv", 0)
    team.set_volume(file, bo, OCTOBER, "pv", 60_000)
    team.set_volume(file, bo, OCTOBER, "cv", 1_000_000)
    earnings.set_own_figure(file, company, OCTOBER, "sales", 800_000)
    earnings.set_own_figure(file, company, OCTOBER, "purchases", 500_000)
    return file


def add(file: File, company: Company, above: int, name: str, number: str) -> int:
    """One more member; her id."""
    member = Member(company_id=company.id, sponsor_id=above, number=number)
    return team.add_member(file, member, Contact(first_name=name, listed=False))


def id_of(context: Context, number: str) -> int:
    """The id of the member with that number."""
    return int(context.file.fetch("SELECT id FROM member WHERE number = ?", (number,))[0][0])


def shown_page(qtbot: QtBot, context: Context) -> EarningsPage:
    """The page, with its estimate made."""
    page = EarningsPage(context)
    page.resize(1180, 700)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    made(qtbot, page)
    return page


def made(qtbot: QtBot, page: EarningsPage) -> None:
    """Wait until the estimate that is asked for is shown."""
    qtbot.waitUntil(lambda: page._estimate is not None)


def words(widget: QWidget) -> str:
    """Every text that can be read there now."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible()).replace(
        "\xa0", " "
    )


def rows(page: EarningsPage) -> list[list[str]]:
    """The rows at the top of the statement, cell by cell."""
    model = page._lines.model()
    columns = range(model.columnCount())
    return [[text(model.index(row, column)) for column in columns] for row in range(model.rowCount())]


def lines(page: EarningsPage, row: int) -> list[list[str]]:
    """The rows below one of them."""
    model = page._lines.model()
    top = model.index(row, 0)
    columns = range(model.columnCount())
    return [[text(model.index(place, column, top)) for column in columns] for place in range(model.rowCount(top))]


def text(index: QModelIndex) -> str:
    """A cell's text."""
    return str(index.data()).replace("\xa0", " ")
