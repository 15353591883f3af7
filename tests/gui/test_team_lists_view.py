"""The lists as a person uses them: looking where she stands, choosing somebody, noting a talk, going on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.team import Member
from organizer.services import companies, files, team, team_progress, timeline
from organizer.services.team_lists import Which
from organizer.services.team_report_wish import Report
from organizer.services.team_reports import TeamReports
from organizer.ui.context import Context
from organizer.ui.pages.team.lists import progress_card
from organizer.ui.pages.team.lists.list_model import GROUP, NAME, PERSONAL, STEP, TALK
from organizer.ui.pages.team.lists.next_step import NextStepDialog
from organizer.ui.pages.team.lists.view import ListsView
from organizer.ui.tasks import Tasks

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")


class Lists:
    """The view on a real file, told of every change as the page tells it."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.answers: list[str] = []
        self.in_tree: list[int] = []
        self.reports: list[bool] = []
        context.answered.connect(lambda text, _undo: self.answers.append(text))
        context.changed.connect(self._on_changed)
        self.view = ListsView(context, self.in_tree.append, lambda: self.reports.append(True))
        self.renew(True)

    def _on_changed(self, touched: frozenset[str]) -> None:
        if touched != {"follow_up"}:
            self.renew()

    def renew(self, other: bool = False) -> None:
        assert self.context.company
        self.seen = team.view(self.context.file, self.context.company.id, OCTOBER)
        self.view.show_view(self.seen, other)

    def turn(self, which: Which) -> list[str]:
        self.view.which.choose(which)
        return self.column(NAME)

    def column(self, column: int) -> list[str]:
        model = self.view.model
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def words(self) -> str:
        card = self.view.card
        return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card))

    def press(self, word: str) -> None:
        self.view.deeds[word].click()


@pytest.fixture
def lists(qtbot: Any, tmp_path: Path) -> Iterator[Lists]:
    """Karen with Anna, who is silent and new, and Bo, who lacks a little of the next rank."""
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    company = companies.everyone(file)[0]
    me = files.member_of_owner(file, company.id)
    for name, joined, volumes in (
        ("Anna Ek", date(2026, 10, 2), (0, 0)),
        ("Bo Ny", date(2020, 1, 1), (100, 90)),
        ("Cilla Ås", date(2020, 1, 1), (None, None)),
    ):
        first, last = name.split()
        person = Contact(first_name=first, last_name=last, listed=True)
        new = team.add_member(file, Member(company_id=company.id, sponsor_id=me, joined=joined), person)
        for period, amount in zip((SEPTEMBER, OCTOBER), volumes, strict=True):
            if amount is not None:
                team.set_volume(file, new, period, "pv", amount * 1000)
    tasks = Tasks()
    made = Lists(Context(file, tasks))
    qtbot.addWidget(made.view)
    made.view.resize(1000, 560)
    made.view.show()
    qtbot.waitExposed(made.view)
    yield made
    tasks.shutdown()
    file.close()


def test_where_i_stand_is_told_in_words_beside_the_bars(lists: Lists) -> None:
    text = lists.words()
    assert "Estimate" in text
    assert "On the way to" in text
    assert "Anna Ek" in text
    assert "not known" in text


def test_each_list_has_those_who_belong_there(lists: Lists) -> None:
    assert lists.turn(Which.SILENT) == ["Anna Ek"]
    assert lists.turn(Which.NEW) == ["Anna Ek"]
    lists.turn(Which.CLOSE)
    lists.view.choices.boxes[Which.CLOSE].setValue(10)
    assert "Anna Ek" not in lists.column(NAME)
    assert "every single thing" in lists.view._meaning.text()
    assert "Cilla" not in "".join(lists.turn(Which.HELP))


def test_what_is_not_known_is_a_dash_and_empty_columns_are_left_out(lists: Lists) -> None:
    lists.turn(Which.NEW)
    assert lists.column(PERSONAL) == ["0"]
    assert not lists.view.table.isColumnHidden(GROUP)
    assert lists.view.table.isColumnHidden(TALK)


def test_a_name_is_never_markup_in_its_tip(lists: Lists) -> None:
    row = lists.seen.team.names.index("Anna Ek")
    member = team.details(lists.context.file, lists.seen.team.ids[row], OCTOBER)
    assert member
    team.rename_member(lists.context.file, member.member, "<b>Anna</b> Ek")
    lists.turn(Which.SILENT)
    tip = lists.view.model.index(0, NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p>&lt;b&gt;Anna&lt;/b&gt; Ek</p>"
    assert lists.column(NAME) == ["<b>Anna</b> Ek"]


def test_enter_shows_her_in_the_tree(lists: Lists, qtbot: Any) -> None:
    lists.turn(Which.SILENT)
    lists.view.focus()
    with qtbot.waitSignal(lists.view.chosen, raising=False, timeout=50):
        lists.view.table.selectRow(0)
    qtbot.keyClick(lists.view.table, Qt.Key.Key_Return)
    assert [lists.seen.team.names[list(lists.seen.team.ids).index(one)] for one in lists.in_tree] == ["Anna Ek"]


def test_a_talk_is_noted_and_undo_takes_it_back(lists: Lists) -> None:
    lists.turn(Which.SILENT)
    lists.press("Talked today")
    assert lists.answers == ["Noted that you talked with Anna Ek today."]
    assert lists.column(TALK) != [""]
    files.undo(lists.context.file)
    assert lists.column(TALK) == [""]


def test_a_next_step_is_written_and_a_wrong_day_is_said(lists: Lists, qtbot: Any) -> None:
    lists.turn(Which.SILENT)
    lists.press("Next step…")
    dialog = lists.view.findChildren(NextStepDialog)[-1]
    dialog.what.setText("Ask how it goes")
    dialog.day.setText("soon")
    dialog.accept()
    assert dialog.isVisible()
    assert "not a date" in dialog.form.error("due")
    dialog.day.setText("1.12.2026")
    dialog.accept()
    assert "Ask how it goes" in lists.column(STEP)[0]
    row = lists.view.model.shown[0]
    step = timeline.next_step(lists.context.file, row.person_id)
    assert step
    assert step.due == date(2026, 12, 1)
    files.undo(lists.context.file)
    assert lists.column(STEP) == [""]


def test_rows_are_copied_with_their_headings(lists: Lists) -> None:
    lists.turn(Which.NEW)
    lists.press("Copy rows")
    heading, row = QGuiApplication.clipboard().text().splitlines()
    assert heading.startswith("Name\t")
    assert row.startswith("Anna Ek\t")
    assert lists.answers == ["Copied 1 row."]


def test_contacts_and_the_pdf_are_one_click_away(lists: Lists, qtbot: Any) -> None:
    lists.turn(Which.SILENT)
    with qtbot.waitSignal(lists.context.goto) as told:
        lists.press("Open in Contacts")
    assert told.args == ["contacts", lists.view.model.shown[0].person_id]
    lists.view.choices.boxes[Which.SILENT].setValue(1)
    lists.press("PDF…")
    assert lists.reports == [True]
    assert lists.context.company
    usual = TeamReports(lists.context.file, lists.context.company).usual(OCTOBER)
    assert (usual.report, usual.periods) == (Report.PEOPLE, 1)


def test_the_search_narrows_the_list(lists: Lists) -> None:
    lists.turn(Which.SILENT)
    lists.view.search.setText("nobody")
    assert lists.column(NAME) == []
    assert lists.view.count.text() == "0 of 1"
    assert not lists.view.deeds["Talked today"].isEnabled()
    lists.view.search.clear()
    assert lists.view.count.text() == "1 person"


def test_a_large_teams_ranks_are_worked_out_in_the_background(
    lists: Lists, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_progress, "_LOOKED_AT_ONCE", 0)
    lists.renew()
    assert team_progress.known(lists.seen) is None
    qtbot.waitUntil(lambda: "On the way to" in lists.words())
    lists.renew()
    lists.view.choices.boxes[Which.CLOSE].setValue(10)
    lists.view.which.choose(Which.CLOSE)
    qtbot.waitUntil(lambda: lists.view.list is not None)
    assert lists.view.list
    assert lists.view.list.which is Which.CLOSE


def test_without_a_view_nothing_is_shown(lists: Lists) -> None:
    lists.turn(Which.SILENT)
    lists.view.show_view(None, True)
    assert lists.column(NAME) == []
    lists.view.which.choose("stand")
    assert "On the way" not in lists.words()


def test_a_card_can_show_any_member(lists: Lists, qtbot: Any) -> None:
    card = progress_card.ProgressCard(lists.context)
    qtbot.addWidget(card)
    card.show_member(lists.seen, lists.seen.team.ids[2])
    card.show()
    qtbot.waitExposed(card)
    assert any("Rank" in label.text() for label in card.findChildren(QLabel))
    told = "\n".join(label.text() for label in card.findChildren(QLabel))
    assert re.search(r"Active distributors sponsored personally: .*\(\d more\)", told), told
    assert "you sponsored" not in told


def test_the_model_keeps_qts_rules(lists: Lists, qtmodeltester: Any) -> None:
    lists.turn(Which.NEW)
    qtmodeltester.check(lists.view.model)
    lists.view.model.sort(TALK, Qt.SortOrder.DescendingOrder)
    lists.turn(Which.SILENT)
