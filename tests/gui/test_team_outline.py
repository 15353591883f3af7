"""What a person does with the outline: filters, columns, the path, two trees, and a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.team import Kind, Member, Tree
from organizer.domain.team_change import Changes, Difference
from organizer.services import companies, files, team, team_columns, team_lists
from organizer.services.team_columns import Column
from organizer.services.team_filter import Activity
from organizer.ui.context import Context
from organizer.ui.models.team_cells import COLUMNS, GROUP_CHANGE, NAME, PERSONAL_CHANGE, PHONE
from organizer.ui.pages.team.legend import Legend
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.buttons import ToolButton

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")


@pytest.fixture
def context(tmp_path: Path, qapp: Any) -> Iterator[Context]:
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 10, 20, 9))
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    made = Context(file, Tasks())
    yield made
    made.tasks.shutdown()
    made.release()
    file.close()


@pytest.fixture
def ids(context: Context) -> dict[str, int]:
    """Karen has Anna and Bo, Anna has Carl, Carl has Dorte, a customer who joined in October."""
    company = context.company
    assert company
    found = {"Karen": team.view(context.file, company.id, OCTOBER).team.ids[0]}
    told: dict[str, dict[str, Any]] = {
        "Anna": {"rank": "Gold"},
        "Bo": {"rank": "Silver"},
        "Carl": {"rank": "Gold"},
        "Dorte": {"kind": Kind.CUSTOMER, "joined": date(2026, 10, 3)},
    }
    for name, above in (("Anna", "Karen"), ("Bo", "Karen"), ("Carl", "Anna"), ("Dorte", "Carl")):
        member = Member(company_id=company.id, number=f"N{name}", sponsor_id=found[above], **told[name])
        found[name] = team.add_member(context.file, member, Contact(first_name=name, last_name="Lund"))
    for name, period, amount in (
        ("Anna", SEPTEMBER, 100_000),
        ("Anna", OCTOBER, 140_000),
        ("Bo", SEPTEMBER, 200_000),
        ("Bo", OCTOBER, 30_000),
        ("Carl", OCTOBER, 0),
    ):
        team.set_volume(context.file, found[name], period, "pv", amount)
    return found


@pytest.fixture
def page(qtbot: Any, context: Context, ids: dict[str, int]) -> TeamPage:
    made = TeamPage(context)
    qtbot.addWidget(made)
    made.resize(1266, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def rows(page: TeamPage) -> list[str]:
    """The names from top to bottom, all branches open."""
    return [page.model.name(position).split()[0] for position in page.model.order()]


def choose(box: Any, data: object) -> None:
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_filters_combine_and_escape_shows_everybody_again(qtbot: Any, page: TeamPage, ids: dict[str, int]) -> None:
    filters = page.outline.filters
    page.choose(ids["Anna"])
    choose(filters.rank, "Gold")
    assert rows(page) == ["Karen", "Anna", "Carl"]
    assert filters.count.text() == "2 of 5"
    muted = page.model.data(page.model.index_of(ids["Karen"]), Qt.ItemDataRole.ForegroundRole)
    assert muted is not None, "who is only above the hits is greyed"
    assert page.model.data(page.model.index_of(ids["Anna"]), Qt.ItemDataRole.ForegroundRole) is None
    choose(filters.activity, Activity.ACTIVE)
    assert rows(page) == ["Karen", "Anna"]
    page.find()
    qtbot.keyClicks(page.outline.find_bar.field, "nobody")
    assert page.outline._nobody.isVisible()
    qtbot.keyClick(page.outline.find_bar.field, Qt.Key.Key_Escape)
    assert rows(page) == ["Karen", "Anna", "Carl", "Dorte", "Bo"]
    assert page.tree.isVisible()
    assert page.tree.current_id() == ids["Anna"]
    assert not filters.clear_button.isVisible()


def test_customers_and_those_who_are_new_or_could_use_a_call(page: TeamPage) -> None:
    filters = page.outline.filters
    choose(filters.kind, Kind.CUSTOMER)
    assert rows(page) == ["Karen", "Anna", "Carl", "Dorte"]
    choose(filters.kind, Kind.DISTRIBUTOR)
    assert "Dorte" not in rows(page)
    filters.clear()
    filters.new.setChecked(True)
    assert filters.count.text() == "1 of 5"
    filters.clear()
    filters.help.setChecked(True)
    assert rows(page) == ["Karen", "Bo"], "Bo has less than half of September's volume"


def test_who_came_with_a_later_file_is_new_in_the_filter_and_on_the_list(context: Context, page: TeamPage) -> None:
    company = context.company
    assert company
    for name, since in (("First", SEPTEMBER.first), ("Later", OCTOBER.first)):
        member = Member(company_id=company.id, number=name, sponsor_id=page.shown_item(), since=since)
        team.add_member(context.file, member, Contact(first_name=name, last_name="File"))
    context.choose_period(OCTOBER)
    page.outline.filters.new.setChecked(True)
    view = page.model.view
    assert view
    hits = [page.model.name(at) for at, hit in enumerate(page.model._hits or ()) if hit]
    listed = team_lists.new(context.file, company.id, view, 1)
    assert sorted(hits) == sorted(row.name for row in listed.rows)
    assert "Later File" in hits
    assert "First File" not in hits


def test_hits_are_marked_in_the_whole_tree_and_visited(page: TeamPage, ids: dict[str, int]) -> None:
    page.outline.filters.whole.setChecked(True)
    page.outline.find_bar.field.setText("carl")
    assert len(rows(page)) == 5
    font = page.model.data(page.model.index_of(ids["Carl"]), Qt.ItemDataRole.FontRole)
    assert font.bold()
    assert page.model.data(page.model.index_of(ids["Bo"]), Qt.ItemDataRole.FontRole) is None
    page.outline.find_bar.step()
    assert page.tree.current_id() == ids["Carl"]


def test_choosing_somebody_who_is_filtered_out_shows_everybody(page: TeamPage, ids: dict[str, int]) -> None:
    choose(page.outline.filters.rank, "Silver")
    page.show_item(ids["Carl"])
    assert page.tree.current_id() == ids["Carl"]
    assert len(rows(page)) == 5


def test_open_branches_come_back_after_a_filter(page: TeamPage, ids: dict[str, int]) -> None:
    page.tree.close_all()
    page.tree.setExpanded(page.model.index_of(ids["Karen"]), True)
    page.outline.find_bar.field.setText("dorte")
    assert page.tree.isExpanded(page.model.index_of(ids["Carl"]))
    page.outline.filters.clear()
    assert page.tree.isExpanded(page.model.index_of(ids["Karen"]))
    assert not page.tree.isExpanded(page.model.index_of(ids["Anna"]))


def test_columns_are_chosen_read_when_shown_and_remembered(
    qtbot: Any, page: TeamPage, context: Context, ids: dict[str, int]
) -> None:
    assert context.company
    columns = page.tree.columns
    assert page.tree.isColumnHidden(PHONE)
    assert not page.model.has(Column.PHONE)
    columns.fill_menu()
    action = next(one for one in columns.menu.actions() if one.text() == "Phone")
    action.trigger()
    assert not page.tree.isColumnHidden(PHONE)
    assert page.model.has(Column.PHONE)
    page.tree.header().moveSection(page.tree.header().visualIndex(PHONE), 1)
    page.tree.setColumnWidth(PHONE, 222)
    page.leave()
    kept = team_columns.recall(context.file, context.company.id)
    assert kept.columns[1] == (Column.PHONE, 222)
    second = TeamPage(context)
    qtbot.addWidget(second)
    second.resize(1266, 700)
    second.show()
    assert second.tree.header().visualIndex(PHONE) == 1
    assert second.tree.columnWidth(PHONE) == 222


def test_habits_that_make_no_sense_are_as_at_first(context: Context) -> None:
    assert context.company
    for wrong in (
        "nonsense",
        '{"columns": [["phone", 1]]}',
        '{"columns": [["name", 0], ["name", 0]], "tree": "x"}',
    ):
        context.file.remember(f"team.looks.{context.company.id}", wrong)
        assert team_columns.recall(context.file, context.company.id) == team_columns.Habits()


def test_the_path_leads_upwards(qtbot: Any, page: TeamPage, ids: dict[str, int]) -> None:
    page.choose(ids["Dorte"])
    QApplication.processEvents()
    steps = [step for step in page.outline.path.findChildren(ToolButton) if step.isVisible()]
    assert [step.text() for step in steps] == ["Karen Holm (you)", "Anna Lund", "Carl Lund", "Dorte Lund"]
    qtbot.keyClick(steps[1], Qt.Key.Key_Return)
    assert page.tree.current_id() == ids["Anna"]
    page.outline.path.resize(200, 30)
    page.choose(ids["Dorte"])
    page.outline.path.resize(220, 30)
    shown = [step.text() for step in page.outline.path.findChildren(ToolButton)]
    assert "…" in shown


def test_a_comparison_marks_counts_and_filters(page: TeamPage, ids: dict[str, int]) -> None:
    assert page.tree.isColumnHidden(PERSONAL_CHANGE)
    page.head.compare.setCurrentIndex(1)
    page.head.compare.activated.emit(1)
    assert page.head.compare.chosen() == SEPTEMBER
    legend = page.outline.legend
    assert legend.isVisible()
    assert not page.tree.isColumnHidden(PERSONAL_CHANGE)
    model = page.model
    assert model.data(model.index_of(ids["Anna"], PERSONAL_CHANGE)) == "+40"
    assert model.data(model.index_of(ids["Bo"], PERSONAL_CHANGE)) == "−170"
    assert model.data(model.index_of(ids["Carl"], PERSONAL_CHANGE)) == "–"
    assert model.data(model.index_of(ids["Karen"], GROUP_CHANGE)) == "−130"
    assert model.data(model.index_of(ids["Bo"], NAME), Qt.ItemDataRole.DecorationRole) is not None
    assert model.data(model.index_of(ids["Bo"], NAME), Qt.ItemDataRole.AccessibleTextRole) == "Bo Lund: Shrunk"
    assert legend.buttons[Difference.GROWN].text().endswith("grown 1")
    legend.buttons[Difference.GROWN].click()
    assert rows(page) == ["Karen", "Anna"]
    legend.buttons[Difference.GROWN].click()
    assert len(rows(page)) == 5
    page.head.compare.setCurrentIndex(0)
    page.head.compare.activated.emit(0)
    assert not legend.isVisible()


def test_the_placement_tree_is_offered_where_it_is_known_and_remembered(
    qtbot: Any, page: TeamPage, context: Context, ids: dict[str, int]
) -> None:
    assert context.company
    assert not page.switches.trees.is_allowed(Tree.PLACEMENT)
    team.move_member(context.file, ids["Carl"], ids["Bo"], placement=True)
    assert page.switches.trees.is_allowed(Tree.PLACEMENT)
    page.choose(ids["Dorte"])
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.model.parent(page.model.index_of(ids["Carl"])) == page.model.index_of(ids["Bo"])
    assert page.tree.current_id() == ids["Dorte"]
    assert "Bo Lund" in page.outline.path.path()
    assert team_columns.recall(context.file, context.company.id).tree is Tree.PLACEMENT
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.model.parent(page.model.index_of(ids["Carl"])) == page.model.index_of(ids["Anna"])


def test_every_column_says_something_and_sorts(page: TeamPage, context: Context, ids: dict[str, int]) -> None:
    for column in COLUMNS[1:]:
        page.tree.columns.choose(column, True)
    for place, title in enumerate(page.model.titles()):
        assert title
        assert isinstance(page.model.data(page.model.index_of(ids["Dorte"], place)), str)
        page.tree.sortByColumn(place, Qt.SortOrder.DescendingOrder)
        assert sorted(rows(page)) == ["Anna", "Bo", "Carl", "Dorte", "Karen"]
    page.tree.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert rows(page)[1:] == ["Anna", "Carl", "Dorte", "Bo"]


def test_a_column_is_moved_by_keyboard_and_stays_there(context: Context, page: TeamPage) -> None:
    columns, company = page.tree.columns, context.company
    assert company
    columns.fill_menu()
    move = next(menu for menu in columns.menu.findChildren(QMenu) if menu.title() == "&Move")
    rank = next(menu for menu in move.findChildren(QMenu) if menu.title() == "Rank")
    left, right = rank.actions()
    assert right.isEnabled()
    left.trigger()
    kept = [column for column, _width in team_columns.recall(context.file, company.id).columns]
    assert kept[:3] == [Column.NAME, Column.RANK, Column.NUMBER]
    columns.fill_menu()
    move = [menu for menu in columns.menu.findChildren(QMenu) if menu.title() == "&Move"][-1]
    first = move.actions()[0].menu()
    assert isinstance(first, QMenu)
    assert first.title() == "Rank"
    assert [action.isEnabled() for action in first.actions()] == [False, True], "nothing goes before the names"


def test_columns_of_changes_are_offered_only_while_comparing(page: TeamPage) -> None:
    columns = page.tree.columns

    def offered() -> list[tuple[bool, bool, bool]]:
        columns.fill_menu()
        return [
            (one.isEnabled(), one.isChecked(), one.text().endswith("(while comparing)"))
            for one in columns.menu.actions()
            if "±" in one.text()
        ]

    assert offered() == [(False, False, True)] * 2
    page.head.compare.setCurrentIndex(1)
    page.head.compare.activated.emit(1)
    assert offered() == [(True, True, False)] * 2


def test_who_had_figures_then_and_has_none_now_can_be_shown_alone(
    page: TeamPage, context: Context, ids: dict[str, int]
) -> None:
    page.head.compare.setCurrentIndex(1)
    page.head.compare.activated.emit(1)
    chip = page.outline.legend.buttons[Difference.NO_FIGURES]
    assert not chip.isVisible()
    team.set_volume(context.file, ids["Dorte"], SEPTEMBER, "pv", 5_000)
    team.set_volume(context.file, ids["Dorte"], OCTOBER, "pv", None)
    assert chip.isVisible()
    assert chip.text() == "No figures now 1"
    chip.click()
    assert rows(page)[-1] == "Dorte"
    assert page.outline.filters.count.text().startswith("1 ")


def test_the_legend_says_which_volume_has_grown(qtbot: Any) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_changes(Changes([Difference.GROWN], [5], [5], []), SEPTEMBER, "PV")
    assert legend.buttons[Difference.GROWN].text() == "Own PV grown 1"
    assert legend.buttons[Difference.SHRUNK].text() == "Own PV shrunk 0"
