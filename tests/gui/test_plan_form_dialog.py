"""Changing her own copy of a plan in the form, as a person does it: by typing, choosing and pressing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, settle

from organizer.domain.commission.asked import Path as At
from organizer.domain.commission.kinds.registry import KINDS
from organizer.services import companies, earnings, files, plans, samples, team
from organizer.services.files import File
from organizer.services.plan_form import Draft
from organizer.ui.context import Context
from organizer.ui.dialogs.plan_form import edit_plan
from organizer.ui.dialogs.plan_form.dialog import PlanForm
from organizer.ui.dialogs.plan_form.fields import ChoiceField, LineField, TextField
from organizer.ui.tasks import Tasks
from organizer.ui.widgets import messages
from organizer.ui.widgets.boxes import ComboBox

COPY = "teaching-unilevel-2"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(opened, "Karen Holm", "Vita", "teaching-unilevel")
    yield opened
    opened.close()


@pytest.fixture
def context(file: File, qtbot: QtBot) -> Iterator[Context]:
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    made.release()
    tasks.shutdown()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def form(context: Context, host: QWidget, qtbot: QtBot) -> Iterator[PlanForm]:
    """The form with a copy of the teaching plan, as the offer to copy it opens it."""
    edit_plan(context, "teaching-unilevel", host)
    box = host.findChild(QMessageBox)
    assert box is not None
    messages.answer_button(box).click()
    settle()
    found = host.findChild(PlanForm)
    assert found is not None
    found.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    yield found
    leave(host)


def leave(host: QWidget) -> None:
    """Close what a test left open, and what it had is gone."""
    for one in host.findChildren(PlanForm):
        one.draft.forget()
        one.work.typed.clear()
        one.close()
    settle()


def field(form: PlanForm, *path: str | int) -> QWidget:
    assert form.page.group is not None
    found = form.page.group.field_of(path)
    assert found is not None, path
    return found


def show(form: PlanForm, key: str) -> None:
    form.parts.go(key)
    settle()


def write(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type into a field over what stands there, and end it with Enter."""
    line = widget.line if isinstance(widget, LineField) else widget
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, KEY.Key_Return)
    settle()


def choose(widget: QWidget, value: object) -> None:
    assert isinstance(widget, ChoiceField)
    widget.box.setCurrentIndex(widget.box.findData(value))
    widget.box.activated.emit(widget.box.currentIndex())
    settle()


def entries(menu: QMenu) -> dict[str, QAction]:
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def add(form: PlanForm, *texts: str) -> None:
    """Choose from the menu below the list of parts."""
    menu = form.parts.adder.menu()
    for text in texts[:-1]:
        menu = entries(menu)[text].menu()
    entries(menu)[texts[-1]].trigger()
    settle()


def press(form: PlanForm, name: str) -> None:
    """Press the button that is called so."""
    found = [
        one
        for kind in (QPushButton, QToolButton)
        for one in form.page.findChildren(kind)
        if one.isVisible() and name in (one.text(), one.accessibleName())
    ]
    assert len(found) == 1, [one.accessibleName() for one in found]
    found[0].click()
    settle()


def words(form: PlanForm) -> str:
    return form.page.words.text()


def test_a_shipped_plan_is_changed_as_a_copy_only(form: PlanForm, file: File) -> None:
    assert form.draft.data["id"] == COPY
    assert form.draft.unsaved
    assert plans.own(file) == ()


def test_a_changed_rate_is_saved_and_changes_the_estimate(
    form: PlanForm, file: File, qtbot: QtBot, context: Context
) -> None:
    samples.fill(file)
    company = companies.everyone(file)[-1]
    period = team.latest_period(file, company.id)
    before = earnings.prepare(file, company, period).now().statement.total_minor
    show(form, "components 1")
    write(qtbot, field(form, "components", 1, "rates", 0), "10")
    assert "10 %" in words(form)
    with qtbot.waitSignal(context.answered):
        form.save_button.click()
    company = companies.everyone(file)[-1]
    companies.save(file, type(company)(**{**vars_of(company), "plan_id": COPY}))
    after = earnings.prepare(file, companies.everyone(file)[-1], period).now().statement.total_minor
    assert after > before
    files.undo(file)
    files.undo(file)
    assert plans.own(file) == ()


def vars_of(company: object) -> dict[str, object]:
    return {name: getattr(company, name) for name in company.__dataclass_fields__}  # type: ignore[attr-defined]


def test_a_level_comes_and_goes(form: PlanForm, qtbot: QtBot) -> None:
    show(form, "components 1")
    press(form, "Percent by level: add one")
    assert form.draft.data["components"][1]["rates"] == [5, 4, 3, 3, 2, 2]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Percent by level, 6"
    press(form, "Remove Percent by level, 1")
    assert form.draft.data["components"][1]["rates"] == [4, 3, 3, 2, 2]


def test_a_rank_with_two_conditions(form: PlanForm, qtbot: QtBot) -> None:
    add(form, "Rank")
    assert form.parts.current().key == "ranks 4"
    name = field(form, "ranks", 4, "name")
    assert isinstance(name, TextField)
    write(qtbot, name.lines["en"], "Star")
    write(qtbot, name.lines["da"], "Stjerne")
    for text, place in (("A volume", 0), ("Legs with a rank", 1)):
        conditions = field(form, "ranks", 4, "all")
        entries(conditions.adder.menu())[text].trigger()  # type: ignore[attr-defined]
        settle()
        assert len(form.draft.data["ranks"][4]["all"]) == place + 1
    write(qtbot, field(form, "ranks", 4, "all", 0, "min"), "300")
    choose(field(form, "ranks", 4, "all", 1, "rank"), "leader")
    assert words(form).splitlines() == ["Own PV: at least 300", "Legs with Leader or higher: at least 1"]
    assert form.parts.current().title == "Star"
    show(form, "components 1")
    assert "Star: 5%" in words(form) or "Star: 5 %" in words(form)
    assert form.save_button.isEnabled()


@pytest.mark.parametrize("kind", KINDS)
def test_a_bonus_of_each_kind_is_without_mistakes_from_the_start(form: PlanForm, kind: str) -> None:
    names = dict(zip(KINDS, entries(entries(form.parts.adder.menu())["Bonus"].menu()), strict=True))
    add(form, "Bonus", names[kind])
    assert form.draft.data["components"][2]["kind"] == kind
    assert form.parts.current().table == ("components", 2)
    assert form.save_button.isEnabled(), form.state.text()
    assert words(form)
    assert form.page.group is not None
    for path, one in form.page.group.fields.items():
        assert one.accessibleName(), path


def test_a_rename_goes_everywhere_and_is_undone_in_one_step(form: PlanForm, qtbot: QtBot) -> None:
    show(form, "volumes 0")
    write(qtbot, field(form, "volumes", 0, "id"), "points")
    assert form.draft.data["active"]["volume"] == "points"
    assert form.save_button.isEnabled()
    qtbot.keyClick(form, KEY.Key_Z, CTRL)
    settle()
    assert form.draft.data["active"]["volume"] == "pv"
    qtbot.keyClick(form, KEY.Key_Y, CTRL)
    settle()
    assert form.draft.data["active"]["volume"] == "points"


def test_a_name_that_is_taken_is_refused_at_its_field(form: PlanForm, qtbot: QtBot) -> None:
    show(form, "volumes 0")
    write(qtbot, field(form, "volumes", 0, "id"), "cv")
    assert form.draft.data["volumes"][0]["id"] == "pv"
    assert form.page.group is not None
    assert 'called "cv" already' in form.page.group.form.error("volumes.0.id")
    assert not form.save_button.isEnabled()
    write(qtbot, field(form, "volumes", 0, "id"), "points")
    assert form.save_button.isEnabled()


def test_what_is_no_number_stays_typed_and_holds_saving_back(form: PlanForm, qtbot: QtBot, file: File) -> None:
    show(form, "active")
    line = field(form, "active", "min")
    assert isinstance(line, LineField)
    write(qtbot, line, "many")
    assert line.line.text() == "many"
    assert form.parts.mistakes(form.parts.current()) == 1
    assert "Being active" in form.state.text()
    form.save()
    assert plans.own(file) == ()
    write(qtbot, line, "1.234,5")
    assert str(form.draft.data["active"]["min"]) == "1234.5"
    assert form.save_button.isEnabled()


def test_another_method_asks_for_other_keys(form: PlanForm) -> None:
    show(form, "components 0")
    choose(field(form, "components", 0, "method"), "percent")
    assert not form.save_button.isEnabled()
    assert "Retail margin" in form.state.text()
    press(form, "Remove What she sold for")
    press(form, "Remove What it cost her")
    choose(field(form, "components", 0, "volume"), "sales")
    assert form.page.group is not None
    offered = entries(form.page.group.menu)
    assert "Percent" in offered
    offered["Percent"].trigger()
    settle()
    rest = list(form.draft.problems.paths)
    while rest:  # what is left is what percent makes unnecessary
        assert form.draft.unused(("components", 0)), rest
        form.work.do(lambda: form.draft.remove(form.draft.unused(("components", 0))[0]))
        settle()
        rest = list(form.draft.problems.paths)
    assert form.save_button.isEnabled()
    assert "5 %" in words(form) or "5%" in words(form)


def test_closing_asks_before_anything_is_lost(form: PlanForm, host: QWidget, qtbot: QtBot, file: File) -> None:
    show(form, "active")
    write(qtbot, field(form, "active", "min"), "150")
    form.close_button.click()
    assert form.isVisible()
    box = form.findChild(QMessageBox)
    assert box is not None
    messages.answer_button(box, yes=False).click()
    settle()
    assert form.isVisible()
    qtbot.keyClick(form, KEY.Key_Escape)
    box = form.findChild(QMessageBox)
    assert box is not None
    messages.answer_button(box).click()
    settle()
    assert host.findChild(PlanForm) is None
    assert plans.own(file) == ()


def test_her_own_plan_opens_at_once_and_closes_unasked(context: Context, host: QWidget, file: File) -> None:
    plans.save(file, plans.copy_of("teaching-binary", file))
    edit_plan(context, "teaching-binary-2", host)
    form = host.findChild(PlanForm)
    assert form is not None
    assert form.state.text() == "Everything is saved."
    assert not form.save_button.isEnabled()
    form.close()
    settle()
    assert host.findChild(PlanForm) is None


def test_a_part_is_moved_and_removed(form: PlanForm) -> None:
    show(form, "components 1")
    form.parts.up.click()
    settle()
    assert [one["id"] for one in form.draft.data["components"]] == ["team", "retail"]
    assert form.parts.current().table == ("components", 0)
    form.parts.remover.click()
    settle()
    assert [one["id"] for one in form.draft.data["components"]] == ["retail"]
    show(form, "about")
    assert not form.parts.remover.isEnabled()


def test_periods_are_a_word_or_have_details(form: PlanForm, qtbot: QtBot) -> None:
    show(form, "time")
    choose(field(form, "period"), "week")
    assert "Each week" in words(form)
    press(form, "With details")
    assert form.draft.data["period"] == {"kind": "week"}
    assert form.page.group is not None
    inner = form.page.group.inner[0]
    entries(inner.menu)["The week begins on"].trigger()
    settle()
    choose(field(form, "period", "week_starts"), "saturday")
    assert "A week begins on Saturday." in words(form)
    choose(field(form, "period", "kind"), "campaign")
    assert not form.save_button.isEnabled()
    press(form, "Remove The week begins on")
    write(qtbot, field(form, "period", "campaign_anchor"), "04/01/2026")
    write(qtbot, field(form, "period", "campaign_days"), "14")
    assert form.save_button.isEnabled(), form.state.text()
    assert "14 days" in words(form)


def test_tab_goes_through_the_fields_as_they_stand_and_on_to_save(form: PlanForm, qtbot: QtBot) -> None:
    show(form, "ranks 1")
    form.parts.remover.setFocus()
    names: list[str] = []
    while "Save" not in names and len(names) < 40:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, KEY.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        names.append(now.accessibleName() or getattr(now, "text", str)().replace("&", ""))
    wanted = [
        "Name, English",
        "Name, Dansk",
        "Short name",
        "Change Own PV: at least 100",
        "Add a condition…",
        "Add more…",
    ]
    assert [name for name in names if name in wanted] == wanted
    assert names[-1] == "Save"


def test_the_wheel_changes_nothing(form: PlanForm) -> None:
    show(form, "components 1")
    boxes = form.page.findChildren(ComboBox)
    assert boxes
    assert all(box.focusPolicy() == Qt.FocusPolicy.StrongFocus for box in boxes)


@pytest.mark.parametrize("plan_id", [plan.id for plan in plans.built_in()])
def test_every_part_of_every_plan_can_be_shown(plan_id: str, context: Context, host: QWidget) -> None:
    form = PlanForm(context, Draft(plans.text_of(plan_id)), host)
    form.open()
    shown: list[At] = []
    for part in [part for one in form.parts.parts for part in one.all()]:
        form.parts.go(part.key)
        assert form.page.title.text() == part.title
        assert form.page.group is not None
        shown += form.page.group.known()
    top = {path[0] for path in form.draft.problems.asked if form.draft.has(path)}
    assert top - {path[0] for path in shown} <= {"format", "id"}
    assert not form.draft.unsaved
    form.close()
    settle()
