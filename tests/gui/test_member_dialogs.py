"""Adding and moving members in dialogs: legs, both trees, namesakes, and what a move does before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from member_support import OCTOBER, SEPTEMBER, opened, small_team
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QWidget

from organizer.domain.contact import Contact
from organizer.domain.team import Tree
from organizer.services import companies, contacts, files, plans, team
from organizer.services.team import TeamView
from organizer.ui.context import Context
from organizer.ui.dialogs.member import AddMemberDialog, MoveMemberDialog, confirm_move
from organizer.ui.dialogs.member.choices import LegBox
from organizer.ui.widgets.label import Label

LEFT = Qt.MouseButton.LeftButton
# the offscreen platform has no keyboard for the list that drops down from a field
OFFSCREEN_POPUP = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")

BINARY = """
format = 1
id = "two-legs"
name = "Two legs"
region = "Invented"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true

[[volumes]]
id = "pv"
name = "PV"
unit = "points"
columns = ["PV"]

[[components]]
id = "legs"
name = "Legs"
kind = "binary"
volume = "pv"
point_value = 1
method = "percent_weaker"
percent = 10
after = "carry"
ineligible = "keep"

[rounding]
at = "line"
mode = "half_up"
"""


@pytest.fixture
def context(tmp_path: Path, qapp: Any) -> Iterator[Context]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def ids(context: Context) -> dict[str, int]:
    return small_team(context)


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def view_of(context: Context, shown: Tree = Tree.SPONSOR) -> TeamView:
    assert context.company
    return team.view(context.file, context.company.id, OCTOBER, shown)


def legs_of(context: Context) -> None:
    assert context.company
    plans.save(context.file, BINARY)
    companies.save(context.file, replace(context.company, plan_id="two-legs"))


def offered(box: LegBox) -> dict[str, bool]:
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    return {model.item(row).text(): model.item(row).isEnabled() for row in range(model.rowCount())}


def volumes(dialog: MoveMemberDialog) -> list[list[str]]:
    grid = dialog.effect.volumes
    found = []
    for row in range(1, grid.rowCount()):
        items = [grid.itemAtPosition(row, column) for column in range(3)]
        found.append([item.widget().text() for item in items if item and isinstance(item.widget(), Label)])
    return [row for row in found if row]


def test_a_move_is_shown_before_it_is_done_and_can_be_undone(
    qtbot: Any, window: QWidget, context: Context, ids: dict[str, int]
) -> None:
    dialog = confirm_move(context, view_of(context), ids["Carl"], ids["Bo"], Tree.SPONSOR, window)
    assert dialog
    effect = dialog.effect
    assert effect.along.text() == "1 below moves along. Dorte"
    assert effect.way.text() == "In the sponsor tree, Carl Lund moves from Anna Lund (NAnna) to Bo Lund (NBo)."
    assert volumes(dialog) == [["Anna Lund (NAnna)", "150.5", "100"], ["Bo Lund (NBo)", "–", "50.5"]]
    assert "moves along" in effect.stays.text()
    assert effect.since.text() == "It counts from October 2026 on. Earlier periods stay as they were."
    assert "Bo Lund (NBo) – 50.5" in effect.said()
    assert view_of(context).team.sponsor[3] == 1, "nothing is done yet"
    with qtbot.waitSignal(context.answered) as answer:
        qtbot.mouseClick(dialog.go, LEFT)
    assert answer.args == ["Carl Lund now stands under Bo Lund (NBo).", True]
    assert view_of(context).team.sponsor[3] == 2
    assert context.company
    assert team.view(context.file, context.company.id, SEPTEMBER).team.sponsor[3] == 1
    files.undo(context.file)
    assert view_of(context).team.sponsor[3] == 1


def test_only_the_placement_is_moved_in_the_other_tree(
    qtbot: Any, window: QWidget, context: Context, ids: dict[str, int]
) -> None:
    dialog = MoveMemberDialog(context, view_of(context), ids["Dorte"], window)
    dialog.open()
    assert dialog.now.text() == "Carl Lund (NCarl)"
    dialog.trees[Tree.PLACEMENT].click()
    dialog.sponsor.choose(ids["Bo"])
    assert dialog.effect.stays.text() == "Carl Lund (NCarl) stays her sponsor."
    dialog.accept()
    after = view_of(context).team
    assert (after.sponsor[4], after.placement[4]) == (3, 2)
    again = MoveMemberDialog(context, view_of(context, Tree.PLACEMENT), ids["Dorte"], window)
    again.open()
    assert again.moved_in() is Tree.PLACEMENT
    assert again.now.text() == "Bo Lund (NBo)"
    again.trees[Tree.SPONSOR].click()
    assert again.now.text() == "Carl Lund (NCarl)"
    again.sponsor.choose(ids["Anna"])
    assert again.effect.stays.text() == "In the placement tree she goes on standing under Bo Lund (NBo)."
    again.sponsor.choose(ids["Carl"])
    assert again.effect.way.text() == "Dorte Lund stands under Carl Lund (NCarl) already."
    assert not again.go.isEnabled()
    again.reject()


def test_free_legs_are_offered_and_taken_ones_named(
    qtbot: Any, window: QWidget, context: Context, ids: dict[str, int]
) -> None:
    legs_of(context)
    anna = team.details(context.file, ids["Anna"], OCTOBER)
    assert anna
    team.save_member(context.file, replace(anna.member, leg="left"))
    dialog = confirm_move(context, view_of(context), ids["Carl"], ids["Karen"], Tree.PLACEMENT, window)
    assert dialog
    assert offered(dialog.leg) == {"Not known": True, "Left: Anna Lund stands there": False, "Right": True}
    dialog.leg.setCurrentIndex(2)
    dialog.accept()
    carl = team.details(context.file, ids["Carl"], OCTOBER)
    assert carl
    assert (carl.member.placement_id, carl.member.leg) == (ids["Karen"], "right")


def test_circles_herself_and_the_past_are_refused(
    window: QWidget, context: Context, ids: dict[str, int], qtbot: Any
) -> None:
    dialog = confirm_move(context, view_of(context), ids["Anna"], ids["Dorte"], Tree.SPONSOR, window)
    assert dialog
    assert dialog.effect.isHidden()
    assert "Anna Lund (NAnna) → Dorte Lund (NDorte) → Carl Lund (NCarl) → Anna Lund" in dialog.problem.text()
    assert not dialog.go.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()
    with qtbot.waitSignal(context.warned):
        assert confirm_move(context, view_of(context), ids["Karen"], ids["Bo"], Tree.SPONSOR, window) is None
    team.move_member(context.file, ids["Carl"], ids["Bo"], period=OCTOBER)
    assert context.company
    past = team.view(context.file, context.company.id, SEPTEMBER)
    assert past.is_past
    late = MoveMemberDialog(context, past, ids["Carl"], window)
    late.open()
    assert "September 2026 is shown as it was" in late.problem.text()
    late.sponsor.choose(ids["Karen"])
    assert not late.go.isEnabled()
    late.reject()


@OFFSCREEN_POPUP
def test_a_new_member_is_placed_elsewhere_in_a_leg(
    qtbot: Any, window: QWidget, context: Context, ids: dict[str, int]
) -> None:
    legs_of(context)
    dialog = AddMemberDialog(context, view_of(context), ids["Bo"], window)
    dialog.open()
    qtbot.keyClicks(dialog.name, "Fie Ravn")
    assert dialog.go.isEnabled()
    qtbot.keyClicks(dialog.placed, "nobody at all")
    assert not dialog.go.isEnabled()
    dialog.placed.choose(ids["Dorte"])
    dialog.leg.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.added) as added:
        qtbot.mouseClick(dialog.go, LEFT)
    found = team.details(context.file, added.args[0], OCTOBER)
    assert found
    member = found.member
    assert (member.sponsor_id, member.placement_id, member.leg) == (ids["Bo"], ids["Dorte"], "left")
    placed = AddMemberDialog(context, view_of(context, Tree.PLACEMENT), ids["Dorte"], window)
    assert (placed.sponsor.chosen(), placed.placed.chosen()) == (ids["Karen"], ids["Dorte"])
    assert "Left: Fie Ravn stands there" in offered(placed.leg)
    placed.deleteLater()


@OFFSCREEN_POPUP
def test_namesakes_are_told_and_one_person_is_not_written_down_twice(
    qtbot: Any, window: QWidget, context: Context, ids: dict[str, int]
) -> None:
    person = contacts.add(context.file, Contact(first_name="Åse", last_name="Friis"))
    dialog = AddMemberDialog(context, view_of(context), ids["Bo"], window)
    dialog.open()
    qtbot.keyClicks(dialog.name, "anna lund")
    assert dialog.told.text() == "The same name is in your team already: Anna Lund (NAnna)."
    assert dialog.go.isEnabled()
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "åse friis")
    assert dialog.told.text() == "She is in Contacts: it is the same person in both places."
    assert not dialog.phone.isEnabled()
    dialog.another.click()
    assert dialog.told.text() == "1 person in Contacts has this name. This will be another person."
    assert dialog.phone.isEnabled()
    dialog.another.click()
    with qtbot.waitSignal(dialog.added) as added:
        qtbot.mouseClick(dialog.go, LEFT)
    found = team.details(context.file, added.args[0], OCTOBER)
    assert found
    assert found.member.person_id == person
    assert len(contacts.rows(context.file)) == 1
