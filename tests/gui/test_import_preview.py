"""The import preview: what will change is seen first, and done as one deed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.contact import Contact
from organizer.domain.result import Message, Refusal, RowProblem
from organizer.services import backups, companies, contacts, files, imports
from organizer.services.backups import Reason
from organizer.services.files import File
from organizer.services.preview import Change, Line, Preview
from organizer.ui.context import Context
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.tasks import Tasks
from organizer.ui.widgets import messages
from organizer.ui.widgets.preview_table import PreviewTable

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
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


def preview(context: Context, host: QWidget, *what: object) -> ImportPreview:
    dialog = ImportPreview(context, Preview("x.csv", *what), "Import contacts", host)  # type: ignore[arg-type]
    dialog.open()
    return dialog


def google_preview(context: Context, host: QWidget) -> ImportPreview:
    reading = imports.read_contacts(DATA / "contacts_google.csv").now()
    dialog = ImportPreview(context, imports.preview_contacts(context.file, reading), "Import contacts", host)
    dialog.open()
    return dialog


def cells(table: PreviewTable) -> list[tuple[str, ...]]:
    model = table.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


LINES = (
    Line(2, Change.NEW, "Anna <b>Berg</b>"),
    Line(3, Change.CHANGED, "Bo Dam", (Message("missing details are added"), Message("volumes changed"))),
    Line(4, Change.SAME, "Carl Eg"),
    Line(0, Change.MISSING, "Dan Fog (17)"),
)


def test_shows_what_will_change_and_hides_what_stays(context: Context, host: QWidget, qtbot: QtBot) -> None:
    dialog = preview(context, host, LINES, (), lambda: None)
    assert cells(dialog.changes) == [
        ("2", "New", "Anna <b>Berg</b>", ""),
        ("3", "Changed", "Bo Dam", "missing details are added; volumes changed"),
        ("", "Not in the file, stays", "Dan Fog (17)", ""),
    ]
    dialog.same.setChecked(True)
    assert [row[2] for row in cells(dialog.changes)] == [line.subject for line in LINES]
    assert dialog.counts.text() == "1 new · 1 changed · 1 as before · 1 not in the file, stays"
    assert not dialog.tabs.isTabVisible(1)


def test_problems_say_row_who_and_why(context: Context, host: QWidget, qtbot: QtBot) -> None:
    problems = (
        RowProblem(5, "Eva", Message("The phone {phone} is no number.", {"phone": "x"}), kept=True),
        RowProblem(9, "", Message("No name.")),
    )
    dialog = preview(context, host, LINES, problems, lambda: None)
    assert dialog.tabs.isTabVisible(1)
    assert dialog.tabs.tabText(1) == "Problems (2)"
    assert cells(dialog.problems) == [
        ("5", "Taken, without this", "Eva", "The phone x is no number."),
        ("9", "Left out", "", "No name."),
    ]
    assert "1 row left out" in dialog.counts.text()


def test_nothing_new_means_nothing_to_import(context: Context, host: QWidget, qtbot: QtBot) -> None:
    dialog = preview(context, host, LINES[2:], (), lambda: None)
    assert not dialog.go.isEnabled()
    assert "Nothing new in this file" in dialog.summary.text()


def test_nothing_is_changed_before_import_and_undo_takes_all_back(
    context: Context, file: File, host: QWidget, qtbot: QtBot
) -> None:
    dialog = google_preview(context, host)
    assert contacts.rows(file) == []
    answers: list[str] = []
    context.answered.connect(lambda text, _can_undo: answers.append(text))
    with qtbot.waitSignal(dialog.applied):
        dialog.go.click()
    count = len(contacts.rows(file))
    assert count > 50
    assert answers == [f"Imported {count} rows from contacts_google.csv."]
    files.undo(file)
    assert contacts.rows(file) == []


def test_cancel_changes_nothing(context: Context, file: File, host: QWidget, qtbot: QtBot) -> None:
    dialog = google_preview(context, host)
    dialog.reject()
    assert contacts.rows(file) == []
    assert files.undoable(file) is not None  # only the set-up


def asked(dialog: ImportPreview) -> QMessageBox | None:
    return next((box for box in dialog.findChildren(QMessageBox) if box.isVisible()), None)


def test_a_verified_backup_is_made_before_the_import(
    context: Context, file: File, host: QWidget, qtbot: QtBot
) -> None:
    contacts.add(file, Contact(first_name="Before"))
    dialog = google_preview(context, host)
    with qtbot.waitSignal(dialog.applied):
        dialog.go.click()
    made = backups.every(file.path)
    assert [(one.reason, one.counts["contacts"]) for one in made] == [(Reason.IMPORT, 1)]
    assert made[0].verified
    assert backups.since(file, made[0]).deeds == 1


def no_backups(context: Context) -> None:
    """A file stands where the folder of backups should be."""
    folder = backups.folder(context.file.path)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")


@pytest.mark.parametrize("anyway", [True, False])
def test_without_a_backup_she_is_asked_first(
    context: Context, file: File, host: QWidget, qtbot: QtBot, anyway: bool
) -> None:
    no_backups(context)
    dialog = google_preview(context, host)
    dialog.go.click()
    qtbot.waitUntil(lambda: asked(dialog) is not None)
    box = asked(dialog)
    assert box is not None
    assert box.informativeText(), "it says why"
    assert box.defaultButton() is messages.answer_button(box, yes=False)
    assert contacts.rows(file) == []
    messages.answer_button(box, anyway).click()
    assert bool(contacts.rows(file)) == anyway
    if not anyway:
        assert dialog.isVisible()
        assert dialog.go.isEnabled()
        dialog.reject()


def test_the_backup_can_be_stopped_and_nothing_is_imported(
    context: Context, file: File, host: QWidget, qtbot: QtBot
) -> None:
    dialog = google_preview(context, host)
    dialog.go.click()
    assert not dialog.body.isEnabled(), "what is imported can't be changed under the backup"
    with qtbot.waitSignal(dialog.tasks.cancelled):
        dialog.tasks.cancel()
    assert contacts.rows(file) == []
    assert backups.every(file.path) == []
    assert dialog.go.isEnabled()
    assert dialog.body.isEnabled()
    with qtbot.waitSignal(dialog.applied):
        dialog.go.click()


def test_a_refusal_while_importing_is_told(context: Context, host: QWidget, qtbot: QtBot) -> None:
    def full() -> None:
        raise Refusal(Message("The disk is full."))

    dialog = preview(context, host, LINES, (), full)
    applied: list[bool] = []
    dialog.applied.connect(lambda: applied.append(True))
    with qtbot.waitSignal(context.warned) as told:
        dialog.go.click()
    assert told.args == ["The disk is full."]
    assert applied == []
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_hundred_thousand_lines_are_not_worded_before_they_are_seen(
    context: Context, host: QWidget, qtbot: QtBot
) -> None:
    worded = 0

    class Counting(Message):
        def __getattribute__(self, name: str) -> object:
            nonlocal worded
            worded += name == "text"
            return object.__getattribute__(self, name)

    details = (Counting("volumes changed"),)
    lines = [Line(row, Change.CHANGED, f"Member {row}", details) for row in range(2, 100_002)]
    dialog = preview(context, host, lines, (), lambda: None)
    assert dialog.changes.model().rowCount() == 100_000
    assert worded < 5_000
