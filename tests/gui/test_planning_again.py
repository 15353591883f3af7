"""What was left from before: each one's new day can be changed before any is planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from organizer.domain.consent import Channel, Purpose
from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.domain.timeline import FollowUp
from organizer.services import consents, contacts, files, follow_ups, today
from organizer.storage import timeline
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up import PlanAgainDialog
from organizer.ui.tasks import Tasks

KEY = Qt.Key
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def context(tmp_path: Path, qapp: object) -> Iterator[Context]:
    """Anna, Britta and Carla were to be called before; Anna agreed to calls, Carla didn't."""
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    steps = []
    for name, purpose in (("Anna", Purpose.OFFER), ("Britta", Purpose.OTHER), ("Carla", Purpose.OFFER)):
        id_ = contacts.add(file, Contact(first_name=name))
        if name == "Anna":
            consents.give(file, id_, [Channel.PHONE], TODAY - 20 * DAY, "on paper", "Call me")
        steps.append(FollowUp(0, id_, TODAY - 5 * DAY, f"Call {name}", None, Channel.PHONE, purpose))
    with file.deed("step.add"):
        timeline.add_follow_ups(file, steps)  # past the rules: Carla never agreed
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    tasks.shutdown()
    made.release()
    file.close()


@pytest.fixture
def dialog(context: Context, qtbot: QtBot) -> PlanAgainDialog:
    made = PlanAgainDialog(context)
    with qtbot.waitActive(made):  # it deletes itself when it closes: qtbot must not
        made.show()
        made.activateWindow()
    return made


def days(dialog: PlanAgainDialog) -> list[str]:
    items = [dialog.table.item(row, 2) for row in range(dialog.table.rowCount())]
    return [item.text() for item in items if item]


def test_a_day_is_changed_by_keyboard_and_all_are_planned_as_one_deed(
    dialog: PlanAgainDialog, context: Context, qtbot: QtBot
) -> None:
    assert dialog.table.hasFocus()
    ids = list(dialog.chosen())
    qtbot.keyClick(dialog.table, KEY.Key_Down)
    qtbot.keyClick(dialog.table, KEY.Key_F2)
    assert dialog.day.box.hasFocus()
    qtbot.keyClick(dialog.day.box, KEY.Key_End)
    assert dialog.day.text.hasFocus()
    dialog.day.text.selectAll()
    qtbot.keyClicks(dialog.day.text, "1/12/2026")
    assert days(dialog)[1] == "Tuesday 01/12/2026"
    first = dialog.chosen()[ids[0]]
    qtbot.keyClick(dialog.day.text, KEY.Key_Return)
    assert follow_ups.get(context.file, ids[1]).due == date(2026, 12, 1)
    assert follow_ups.get(context.file, ids[0]).due == first
    files.undo(context.file)
    assert {follow_ups.get(context.file, id_).due for id_ in ids} == {TODAY - 5 * DAY}


def test_what_is_no_day_or_has_passed_is_said_and_the_proposed_day_stays(
    dialog: PlanAgainDialog, qtbot: QtBot
) -> None:
    before = days(dialog)
    dialog.day.write()
    for wrong, said in (("soon", "is not a date"), ("22/11/2026", "This day has passed.")):
        dialog.day.text.selectAll()
        qtbot.keyClicks(dialog.day.text, wrong)
        assert said in dialog.form.error("day")
        assert not dialog.go.isEnabled()
        assert days(dialog) == before
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, KEY.Key_Down)
    assert dialog.form.error("day") == ""
    assert dialog.go.isEnabled()
    dialog.reject()


def test_choosing_a_day_ticks_the_row(dialog: PlanAgainDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.table, KEY.Key_Space)
    assert len(dialog.chosen()) == 1
    dialog.day.setFocus()
    assert dialog.day.box.currentText() == "Today"
    qtbot.keyClick(dialog.day.box, KEY.Key_Down)
    assert days(dialog)[0] == "tomorrow"
    assert list(dialog.chosen().values()) == [TODAY + DAY] * 2
    dialog.reject()


def test_what_may_not_be_sold_has_no_day_to_change(dialog: PlanAgainDialog, qtbot: QtBot) -> None:
    rows = [row for row, day in enumerate(days(dialog)) if day == "stays as it is"]
    assert len(rows) == 1
    dialog.table.setCurrentCell(rows[0], 0)
    assert not dialog.day.isEnabled()
    qtbot.keyClick(dialog.table, KEY.Key_F2)
    assert dialog.table.hasFocus()
    dialog.reject()


def test_a_day_that_has_passed_is_refused_with_nothing_changed(context: Context, qtbot: QtBot) -> None:
    left = [one.due.id for one in today.plan_again(context.file) if one.day]
    with pytest.raises(Refusal):
        today.apply(context.file, {left[0]: TODAY, left[1]: TODAY - DAY})
    assert {follow_ups.get(context.file, id_).due for id_ in left} == {TODAY - 5 * DAY}
