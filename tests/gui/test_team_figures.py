"""The grid of figures as a person uses it: typing, pasting, filling down, taking back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.team import Member
from organizer.services import companies, files, team
from organizer.ui.context import Context
from organizer.ui.pages.team.figures.model import FIRST, NAME
from organizer.ui.pages.team.figures.paste_dialog import PasteDialog
from organizer.ui.pages.team.figures.view import FiguresView
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.label import Label

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")


class Grid:
    """The view on a real file, told of every change as the page tells it."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.answers: list[str] = []
        context.answered.connect(lambda text, _undo: self.answers.append(text))
        context.changed.connect(lambda _touched: self.renew())
        self.view = FiguresView(context)
        self.renew(True)

    def renew(self, other: bool = False) -> None:
        assert self.context.company
        self.view.show_view(team.view(self.context.file, self.context.company.id, OCTOBER), other)

    def at(self, row: int, column: int = FIRST) -> None:
        self.view.table.setCurrentIndex(self.view.model.index(row, column))

    def column(self, column: int = FIRST) -> list[str]:
        return [str(self.view.model.index(row, column).data()) for row in range(self.view.model.rowCount())]

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.view.paste()

    def dialog(self) -> PasteDialog:
        return self.view.findChildren(PasteDialog)[-1]


@pytest.fixture
def grid(qtbot: Any, tmp_path: Path) -> Iterator[Grid]:
    """Karen; under her Anna (101), under whom Bo (102), and Cilla (103)."""
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    company = companies.everyone(file)[0]
    me = files.member_of_owner(file, company.id)
    above = me
    for number, name in (("101", "Anna Ek"), ("102", "Bo Ny"), ("103", "Cilla Ås")):
        first, last = name.split()
        person = Contact(first_name=first, last_name=last, listed=False)
        new = team.add_member(file, Member(company_id=company.id, number=number, sponsor_id=above), person)
        above = new if number == "101" else me
    tasks = Tasks()
    made = Grid(Context(file, tasks))
    qtbot.addWidget(made.view)
    made.view.resize(900, 500)
    made.view.show()
    qtbot.waitExposed(made.view)
    yield made
    tasks.shutdown()
    file.close()


def test_members_stand_as_in_the_tree_and_nothing_is_known_yet(grid: Grid) -> None:
    assert [text.strip("\u2003") for text in grid.column(NAME)] == ["Karen Holm", "Anna Ek", "Bo Ny", "Cilla Ås"]
    assert grid.column(NAME)[2].startswith("\u2003\u2003")
    assert set(grid.column()) == {"–"}
    assert "4 figures not known" in grid.view.sums.text()


def test_typing_replaces_enter_goes_down_and_undo_takes_it_back(grid: Grid, qtbot: Any) -> None:
    grid.at(1)
    qtbot.keyClicks(grid.view.table, "1")
    editor = grid.view.table.findChild(QLineEdit)
    qtbot.keyClicks(editor, "20,5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.view.table.currentIndex().row() == 2)
    assert grid.column()[1] == "120.5"
    assert grid.answers == ["Anna Ek, PV: 120.5"]
    qtbot.keyClick(grid.view.table, Qt.Key.Key_Return)
    assert grid.view.table.currentIndex().row() == 3
    files.undo(grid.context.file)
    assert grid.column()[1] == "–"


def test_tab_passes_over_what_is_read_only(grid: Grid, qtbot: Any) -> None:
    grid.at(1)
    qtbot.keyClick(grid.view.table, Qt.Key.Key_Tab)
    assert grid.view.table.currentIndex().column() == FIRST + 2
    qtbot.keyClick(grid.view.table, Qt.Key.Key_Tab)
    assert (grid.view.table.currentIndex().row(), grid.view.table.currentIndex().column()) == (2, FIRST)


def test_what_is_no_figure_is_said_with_the_cell_and_nothing_changes(grid: Grid) -> None:
    grid.view.model.setData(grid.view.model.index(1, FIRST), "plenty")
    assert grid.view.problem.text().startswith("Anna Ek, PV: plenty is not a figure.")
    grid.view.model.setData(grid.view.model.index(1, FIRST), "-3")
    assert "from 0 and up" in grid.view.problem.text()
    assert grid.column()[1] == "–"


def test_delete_makes_the_chosen_unknown_and_a_zero_is_no_unknown(grid: Grid, qtbot: Any) -> None:
    grid.at(1)
    grid.paste("0\n5")
    assert grid.column()[1:3] == ["0", "5"]
    grid.view.table.selectAll()
    qtbot.keyClick(grid.view.table, Qt.Key.Key_Delete)
    assert set(grid.column()) == {"–"}
    files.undo(grid.context.file)
    assert grid.column()[1:3] == ["0", "5"]


def test_a_block_goes_in_at_the_chosen_cell_as_one_deed(grid: Grid) -> None:
    grid.at(1)
    grid.paste("1.000,5\t7\n20\t8\n")
    assert (grid.column()[1:3], grid.column(FIRST + 2)[1:3]) == (["1,000.5", "20"], ["7", "8"])
    assert grid.answers == ["4 figures of October 2026 kept."]
    files.undo(grid.context.file)
    assert set(grid.column() + grid.column(FIRST + 2)) == {"–"}


def test_rows_that_name_members_are_shown_before_anything_is_stored(grid: Grid, qtbot: Any) -> None:
    grid.at(0)
    grid.paste("Nr\tPV\n103\t30\n101\t10\n999\t1\nBo Ny\tx\n")
    dialog = grid.dialog()
    assert set(grid.column()) == {"–"}
    assert dialog.set_table.model().rowCount() == 2
    assert dialog.left_table.model().rowCount() == 2
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert grid.column() == ["–", "10", "–", "30"]


def test_a_paste_that_is_left_changes_nothing(grid: Grid, qtbot: Any) -> None:
    grid.at(0)
    grid.paste("101\t10\n")
    dialog = grid.dialog()
    dialog.by.setCurrentIndex(1)
    dialog.by.activated.emit(1)
    assert len(dialog.pasted.amounts) == 2
    dialog.reject()
    assert set(grid.column()) == {"–"}


def test_one_figure_fills_what_is_chosen_and_ctrl_d_fills_down(grid: Grid, qtbot: Any) -> None:
    grid.at(1)
    grid.paste("7")
    grid.at(2)
    qtbot.keyClick(grid.view.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert grid.column() == ["–", "7", "7", "–"]
    grid.view.table.selectColumn(FIRST)
    grid.paste("9")
    assert grid.column() == ["9", "9", "9", "9"]
    files.undo(grid.context.file)
    assert grid.column() == ["–", "7", "7", "–"]


def test_last_periods_figures_come_only_when_asked_for_and_where_known(grid: Grid) -> None:
    anna = int(team.view(grid.context.file, grid.context.company.id, OCTOBER).team.ids[1])  # type: ignore[union-attr]
    team.set_volume(grid.context.file, anna, SEPTEMBER, "pv", 42_000)
    assert grid.column(FIRST + 1)[1] == "42"
    assert set(grid.column()) == {"–"}
    grid.at(2)
    grid.view.take_before()
    assert "September 2026" in grid.view.problem.text()
    grid.view.table.selectAll()
    grid.view.take_before()
    assert grid.column() == ["–", "42", "–", "–"]


def test_what_is_copied_can_be_pasted(grid: Grid) -> None:
    grid.at(1)
    grid.paste("1\n2")
    grid.view.table.selectColumn(FIRST)
    grid.view.copy()
    assert QGuiApplication.clipboard().text() == "\n1\n2\n\n"


def test_the_search_narrows_and_a_paste_goes_to_the_lines_that_are_seen(grid: Grid) -> None:
    grid.view.search.setText("ny")
    assert grid.view.model.rowCount() == 1
    grid.at(0)
    grid.paste("5")
    grid.view.search.setText("")
    assert grid.column() == ["–", "–", "5", "–"]


def test_the_same_member_is_chosen_here_and_elsewhere(grid: Grid, qtbot: Any) -> None:
    ids = list(grid.view.model.grid.view.team.ids)  # type: ignore[union-attr]
    assert grid.view.choose(ids[3])
    assert grid.view.table.currentIndex().row() == 3
    with qtbot.waitSignal(grid.view.chosen) as told:
        grid.at(1)
    assert told.args == [ids[1]]
    assert not grid.view.choose(12345)


def test_the_model_keeps_qts_rules(grid: Grid, qtmodeltester: Any) -> None:
    qtmodeltester.check(grid.view.model)
    grid.at(1)
    grid.paste("1\n2")
    grid.view.search.setText("a")
    grid.view.search.setText("")


def test_what_is_kept_of_her_alone_has_columns_only_in_her_line(grid: Grid) -> None:
    model, table = grid.view.model, grid.view.table
    shown = model.grid
    assert shown
    own = [FIRST + 2 * place for place, volume in enumerate(shown.volumes) if volume.own_only]
    assert own
    grid.at(1)
    assert all(table.isColumnHidden(column) for column in own)
    grid.at(model.place_of(shown.view.team.me))
    assert not any(table.isColumnHidden(column) for column in own)
    assert not table.isColumnHidden(FIRST)


def test_the_column_of_the_period_before_says_of_which_volume_it_is(grid: Grid) -> None:
    titles = [grid.view.model.headerData(FIRST + at, Qt.Orientation.Horizontal) for at in range(2)]
    assert titles == ["PV", "PV, September 2026"]


def test_the_doubt_about_a_point_names_its_rows(grid: Grid) -> None:
    grid.at(0)
    grid.paste("12\n1.234\n")
    assert any("row 2." in label.text() for label in grid.dialog().findChildren(Label))
