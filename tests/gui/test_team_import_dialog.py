"""A team file brought in by hand: rows left out, circles mended, doubts settled, columns corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from team_import_support import DATA, do_import, opened, shown, written

from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Kind
from organizer.services import backups, companies, contacts, files, imports, team
from organizer.services.files import File
from organizer.services.imports import TeamReading, TeamRow
from organizer.services.preview import Change, Preview
from organizer.ui.context import Context
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.dialogs.team_import.stands_under import StandsUnder
from organizer.ui.tasks import Tasks

HEAD = "ID,Name,Sponsor ID,PV,CV,Phone"
TREE = (
    "1,Karen Holm,,10,1,",
    "2,Anna Berg,1,20,2,",
    "3,Bo Dam,2,30,3,",
    "4,Carl Eg,3,40,4,",
    "5,Dora Fog,1,50,5,",
)
NOVEMBER = Period.parse("2026-11")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 11, 23, 12))
    companies.set_up(opened, "Karen Holm", "Hjem", "teaching-unilevel")
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
    """The window behind; the dialogs delete themselves when closed."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


def names(file: File) -> dict[str, str]:
    """Everybody in the team with the name of who stands above her."""
    view = team.view(file, 1, NOVEMBER).team
    return {
        name: view.names[above] if above >= 0 else "" for name, above in zip(view.names, view.sponsor, strict=True)
    }


def row_of(dialog: TeamImportDialog, name: str) -> int:
    return next(i for i, line in enumerate(dialog.changes.model.shown) if line.subject.startswith(name))


def press(dialog: TeamImportDialog, qtbot: QtBot, name: str, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Go to her row, and press a key."""
    table = dialog.changes.table
    table.setCurrentIndex(dialog.changes.model.index(row_of(dialog, name), 1))
    qtbot.keyClick(table, key)


# --- as it comes


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("team_sponsor_id.csv", 240),
        ("team_levels.csv", 180),
        ("team_two_trees.xlsx", 200),
        ("team_binary.tsv", 127),
    ],
)
def test_every_kind_of_file_is_one_drop_and_enter(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    name: str,
    people: int,
) -> None:
    dialog = opened(context, host, DATA / name)
    assert dialog.tabs.currentWidget() is dialog.changes
    assert dialog.go.text() == f"&Import {len(dialog.session.reading.records)} changes"
    assert dialog.go.isDefault()
    answers: list[tuple[str, bool]] = []
    context.answered.connect(lambda text, undo: answers.append((text, undo)))
    with qtbot.waitSignal(dialog.applied, timeout=20_000):
        qtbot.keyClick(dialog.changes.table, Qt.Key.Key_Return)
    assert answers == [(f"Imported {len(dialog.session.reading.records)} changes from {name}.", True)]
    view = team.view(file, 1, dialog.chosen())
    assert len(view.team) >= people
    again = opened(context, host, DATA / name)
    assert not again.go.isEnabled()
    assert "Nothing new in this file" in again.summary.text()
    again.reject()
    files.undo(file)
    assert len(team.view(file, 1, dialog.chosen()).team) == 1


def test_a_backup_is_made_first_and_escape_changes_nothing(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    path = written(tmp_path, HEAD, *TREE)
    dialog = opened(context, host, path)
    dialog.changes.model.toggle([1])
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert names(file) == {"Karen Holm": ""}
    assert backups.every(file.path) == []
    do_import(opened(context, host, path), qtbot)
    assert len(backups.every(file.path)) == 1


# --- taking and leaving


def test_who_is_left_out_leaves_the_new_ones_below_her_out(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialog = opened(context, host, written(tmp_path, HEAD, *TREE))
    press(dialog, qtbot, "Anna")
    assert dialog.changes.said.text() == "Anna Berg (2) is left out, and 2 below her."
    assert dialog.go.text() == "&Import 2 changes"
    press(dialog, qtbot, "Carl")  # she can't hang in the air
    assert dialog.changes.said.text() == "Carl Eg (4) goes in, and 2 more who hang together with her."
    press(dialog, qtbot, "Bo")
    assert dialog.changes.said.text() == "Bo Dam (3) is left out, and 1 below her."
    do_import(dialog, qtbot)
    assert names(file) == {"Karen Holm": "", "Anna Berg": "Karen Holm", "Dora Fog": "Karen Holm"}


def test_all_that_are_shown_are_left_out_together(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialog = opened(context, host, written(tmp_path, HEAD, *TREE))
    qtbot.keyClick(dialog.changes.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.changes.table, Qt.Key.Key_Space)
    assert not dialog.go.isEnabled()
    assert dialog.go.text() == "&Import"
    dialog.changes.search.setText("dora")
    assert [row[1] for row in shown(dialog)] == ["Dora Fog (5)"]
    dialog.changes.take.click()
    assert dialog.changes.said.text() == "Dora Fog (5) goes in, and 1 more who hang together with her."
    assert dialog.go.text() == "&Import 2 changes"
    do_import(dialog, qtbot)
    assert set(names(file)) == {"Karen Holm", "Dora Fog"}


def test_changes_are_grouped_and_say_old_and_new(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    do_import(opened(context, host, written(tmp_path, HEAD, *TREE)), qtbot)
    later = (*TREE[:2], "3,Bo Dam,1,30,3,", "5,Dora Fog,1,60,5,", "6,Eva Gad,5,5,5,")
    dialog = opened(context, host, written(tmp_path, HEAD, *later))
    assert shown(dialog) == [
        ("Moved", "Bo Dam (3)", "now under Karen Holm (1)"),
        ("New", "Eva Gad (6)", "under Dora Fog · 5 PV"),
        ("Changed", "Dora Fog (5)", "volumes changed"),
    ]
    words = [made.text() for made in dialog.changes.groups.values() if not made.isHidden()]
    assert sorted(words) == sorted(
        ["All changes 3", "Moved 1", "New 1", "Changed 1", "Not in the file 1", "As before 2"]
    )
    missing = next(made for made in dialog.changes.groups.values() if made.text().startswith("Not in"))
    missing.click()
    assert shown(dialog) == [("Not in the file, stays", "Carl Eg (4)", "")]
    assert not dialog.changes.leave.isEnabled()
    do_import(dialog, qtbot)
    assert names(file)["Bo Dam"] == "Karen Holm"
    assert "Carl Eg" in names(file)


def test_a_doubtful_one_is_taken_for_someone_she_has(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    person = contacts.add(file, Contact(first_name="Anna", last_name="Berg", city="Ry"))
    dialog = opened(context, host, written(tmp_path, HEAD, *TREE))
    assert shown(dialog)[0] == ("Doubtful", "Anna Berg (2)", "A new person")
    model = dialog.changes.model
    assert [text for _id, text in model.people(0)] == ["A new person", "The same as Anna Berg, Ry"]
    press(dialog, qtbot, "Anna", Qt.Key.Key_F2)
    box = dialog.changes.table.viewport().findChild(QComboBox)
    assert box is not None
    qtbot.waitUntil(box.view().isVisible)
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert shown(dialog)[0][2] == "The same as Anna Berg, Ry"
    do_import(dialog, qtbot)
    view = team.view(file, 1, NOVEMBER).team
    assert person in view.person_ids
    assert len(contacts.rows(file)) == 1


# --- mending


def test_a_circle_is_mended_and_can_be_reset(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    rows = (TREE[0], "2,Anna Berg,3,20,2,", *TREE[2:])
    dialog = opened(context, host, written(tmp_path, HEAD, *rows))
    dialog.changes.model.toggle([row_of(dialog, "Dora")])
    assert dialog.tabs.tabText(1) == "Problems (3)"
    dialog.tabs.setCurrentWidget(dialog.problems)
    current = dialog.problems.current()
    assert current is not None
    assert "circle" in str(current.message)
    qtbot.keyClick(dialog.problems.table, Qt.Key.Key_Return)
    asked = dialog.findChild(StandsUnder)
    assert asked is not None
    qtbot.keyClicks(asked.person, "Karen Holm (1)")
    asked.go.click()
    assert dialog.tabs.tabText(1) == "Problems (1)"
    assert dialog.go.text() == "&Import 4 changes", "and Dora is left out still"
    assert dialog.problems.undo.isEnabled()
    dialog.problems.undo.click()
    assert dialog.tabs.tabText(1) == "Problems (3)"
    dialog.problems.mended.emit(dialog.problems.problems[0], "1")
    do_import(dialog, qtbot)
    assert names(file) == {
        "Karen Holm": "",
        "Anna Berg": "Karen Holm",
        "Bo Dam": "Anna Berg",
        "Carl Eg": "Bo Dam",
    }


def test_one_of_two_rows_with_a_number_is_chosen(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialog = opened(context, host, written(tmp_path, HEAD, *TREE, "5,Else Fog,2,70,7,"))
    dialog.tabs.setCurrentWidget(dialog.problems)
    qtbot.keyClick(dialog.problems.table, Qt.Key.Key_Return)
    menu = dialog.problems.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Row 6: Dora Fog (5), under Karen Holm (1)",
        "Row 7: Else Fog (5), under Anna Berg (2)",
    ]
    menu.actions()[1].trigger()
    menu.close()
    model = dialog.problems.table.model()
    assert [model.index(0, column).data() for column in (1, 2, 3)] == ["Mended", "Dora Fog (5)", "Row 7 counts."]
    do_import(dialog, qtbot)
    assert names(file)["Else Fog"] == "Anna Berg"
    assert "Dora Fog" not in names(file)


# --- how the file is read


def test_odd_headings_are_mapped_by_hand_and_remembered(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    people = (
        "1,Karen Holm,,10",
        "2,Anna Berg,1,20",
        "3,Bo Dam,2,30",
        "4,Carl Eg,1,7",
        "5,Dora Fog,2,8",
        "6,Eva Gad,1,9",
    )
    path = written(tmp_path, "Kode,Hvem,Opad,Omsat", *people)
    dialog = opened(context, host, path)
    assert dialog.tabs.currentWidget() is dialog.mapping
    for column, field in enumerate(("number", "name", "sponsor_number", "volume pv")):
        dialog.mapping.columns.chosen.emit(column, field)
        qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert [record.volumes for record in dialog.session.reading.records[:2]] == [{"pv": 10_000}, {"pv": 20_000}]
    assert dialog.go.text() == "&Look at the changes"
    dialog.go.click()
    assert dialog.tabs.currentWidget() is dialog.changes
    do_import(dialog, qtbot)
    assert names(file)["Dora Fog"] == "Anna Berg"
    path = written(tmp_path, "Kode,Hvem,Opad,Omsat", *people[:5], "6,Eva,1,25", name="next.csv")
    again = opened(context, host, path)
    assert again.tabs.currentWidget() is again.changes
    assert again.go.text() == "&Import 1 change"
    assert "last file with these headings" in again.mapping.said.text()
    again.mapping.reset.click()
    qtbot.waitUntil(lambda: not again.tasks.active())
    assert "volume pv" not in again.session.reading.mapping.columns
    again.reject()


def test_a_corrected_column_shows_the_changes_anew_and_can_be_taken_back(
    context: Context,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialog = opened(context, host, written(tmp_path, HEAD, *TREE))
    mapping = dialog.mapping
    press(dialog, qtbot, "Dora")
    mapping.columns.chosen.emit(5, "city")
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert dialog.go.text() == "&Import 4 changes", "and Dora is left out still"
    assert dialog.session.reading.mapping.columns[5] == "city"
    assert mapping.columns.boxes[5].currentText() == "City"
    mapping.reset.click()
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert dialog.session.reading.mapping.columns[5] == "phone"
    mapping.columns.chosen.emit(0, "")
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert mapping.problem.text() == "Choose which column is the id."
    dialog.tabs.setCurrentWidget(dialog.changes)
    assert not dialog.go.isEnabled(), "what is shown isn't what the columns say now"
    mapping.columns.chosen.emit(0, "number")
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert dialog.go.isEnabled()
    dialog.reject()


# --- period, herself


def row(line: int, number: str, sponsor: str, pv: int) -> TeamRow:
    return TeamRow(line, number, f"Member {number}", sponsor, joined=date(2024, 1, 1), volumes={"pv": pv})


def read(*rows: TeamRow) -> TeamReading:
    return TeamReading(list(rows), [], "team.csv", [one.row for one in rows], frozenset({"sponsor_number"}))


def two_tops() -> TeamReading:
    return read(
        row(2, "10", "1", 5000), row(3, "11", "10", 6000), row(4, "20", "2", 7000), row(5, "21", "20", 8000)
    )


def with_reading(context: Context, host: QWidget, reading: TeamReading) -> TeamImportDialog:
    assert context.company is not None
    dialog = TeamImportDialog(context, context.company, DATA / "team.csv", reading, host)
    dialog.open()
    return dialog


def test_the_files_figures_belong_to_the_chosen_month(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
) -> None:
    dialog = with_reading(context, host, read(row(2, "10", "1", 5000), row(3, "11", "10", 6000)))
    period = dialog.head.period
    assert period.currentData() == "2026-11"
    assert "doesn't say" in dialog.head.says.text()
    period.setCurrentIndex(period.findData("2026-09"))
    do_import(dialog, qtbot)
    view = team.view(file, 1, Period.parse("2026-09"))
    assert sorted(amount for amount in view.personal if amount) == [5000, 6000]


def test_the_period_that_the_file_names_is_taken(context: Context, host: QWidget, qtbot: QtBot) -> None:
    dialog = opened(context, host, DATA / "team_levels.csv")
    assert dialog.head.period.currentData() == "2026-10"
    assert dialog.head.says.text() == "The file says that its figures are for October 2026."
    dialog.reject()


def test_she_says_which_of_the_rows_is_she(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
) -> None:
    dialog = with_reading(context, host, two_tops())
    own = dialog.head.own
    assert own is not None
    assert own.number() == "10"
    own.field.setCurrentText("Member 20 (20)")
    assert "Member 20 (20) is taken as you." in dialog.notes.text()
    assert dialog.head.own is own, "the field that she writes in stays"
    do_import(dialog, qtbot)
    member = files.member_of_owner(file, 1)
    assert member is not None
    details = team.details(file, member, NOVEMBER)
    assert details is not None
    assert details.member.number == "20"
    again = with_reading(context, host, two_tops())
    assert again.head.own is None
    again.reject()


def test_among_many_she_is_searched_for(context: Context, host: QWidget, qtbot: QtBot) -> None:
    rows = [row(2, "10", "1", 0), *(row(2 + place, str(100 + place), "10", 0) for place in range(1, 41))]
    dialog = with_reading(context, host, read(*rows))
    assert dialog.head.own is not None
    field = dialog.head.own.field
    field.clear()
    qtbot.keyClicks(field, "nobody")
    assert not dialog.go.isEnabled()
    assert "Choose who you are" in dialog.problem.text()
    field.clear()
    qtbot.keyClicks(field, "Member 117 (117)")
    assert dialog.go.isEnabled()
    assert dialog.problem.isHidden()
    assert "Member 117 (117) is taken as you." in dialog.notes.text()
    dialog.reject()


def test_who_she_cannot_be_is_said_in_the_dialog(
    context: Context,
    host: QWidget,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = with_reading(context, host, two_tops())

    def refuse(*_what: object) -> Preview:
        raise Refusal(Message("Not this one."))

    monkeypatch.setattr(imports, "preview_team", refuse)
    assert dialog.head.own is not None
    dialog.head.own.field.setCurrentText("Member 20 (20)")
    assert dialog.problem.text() == "Not this one."
    assert not dialog.go.isEnabled()
    dialog.reject()


# --- many


def test_a_hundred_thousand_lines_are_worded_when_they_are_seen(
    context: Context,
    host: QWidget,
    qtbot: QtBot,
) -> None:
    rows = [row(2, "1", "", 0), *(row(number + 1, str(number), "1", number) for number in range(2, 20_001))]
    dialog = with_reading(context, host, read(*rows))
    model = dialog.changes.model
    assert model.rowCount() == 20_000
    asked: list[int] = []
    cell = model.cell
    model.cell = lambda line, column: asked.append(1) or cell(line, column)  # type: ignore[method-assign,func-returns-value]
    dialog.changes.table.selectAll()
    qtbot.keyClick(dialog.changes.table, Qt.Key.Key_Space)
    dialog.changes.search.setText("member 19")
    assert model.rowCount() < 20_000
    assert len(asked) < 5_000
    dialog.reject()


def test_the_model_keeps_qts_rules(context: Context, host: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(context, host, written(tmp_path, HEAD, *TREE))
    model = dialog.changes.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.toggle([1])
    model.filter(Change.SAME)
    model.filter(None)
    model.search("anna")
    assert model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    model.renew()
    assert tester.model() is model
    assert model.shown[0].subject == "Anna Berg (2)"
    dialog.reject()


def test_a_customer_is_not_asked_whether_she_is_the_user(
    context: Context,
    host: QWidget,
    qtbot: QtBot,
) -> None:
    customer = TeamRow(3, "11", "Kunde", "10", kind=Kind.CUSTOMER)
    other = TeamRow(4, "12", "Bo", "10")
    dialog = with_reading(context, host, read(row(2, "10", "1", 0), customer, other))
    assert dialog.head.own is not None
    people = [dialog.head.own.field.itemText(place) for place in range(dialog.head.own.field.count())]
    assert people == ["Member 10 (10)", "Bo (12)"]
    dialog.reject()


def test_someone_with_the_same_phone_is_known_and_may_be_another(
    context: Context,
    file: File,
    host: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    contacts.add(file, Contact(first_name="Anna", last_name="Berg", phones=(Labelled("20 30 40 50"),)))
    dialog = opened(context, host, written(tmp_path, HEAD, TREE[0], "2,Anna Berg,1,20,2,20304050"))
    line = dialog.changes.model.shown[row_of(dialog, "Anna")]
    assert line.change is Change.NEW
    assert shown(dialog)[row_of(dialog, "Anna")][2].startswith("The same as Anna Berg")
    dialog.changes.model.choose_person(row_of(dialog, "Anna"), 0)
    do_import(dialog, qtbot)
    view = team.view(file, 1, NOVEMBER).team
    known = contacts.rows(file)[0].id
    assert known not in view.person_ids
