"""The history: who did what and when, and one button that takes back everything down to a deed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from window_support import settle

from organizer.domain.contact import Contact
from organizer.domain.result import Message, Refusal
from organizer.services import companies, contacts, files
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.dialogs.history import HistoryDialog
from organizer.ui.tasks import Tasks
from organizer.ui.widgets import messages

NAMES = ("Anna", "Bo", "Carl", "Dorthe")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 14, 5))
    companies.set_up(opened, "Karen Holm", "Hjem", "")
    for name in NAMES:
        contacts.add(opened, Contact(first_name=name))
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
def dialog(context: Context, qtbot: QtBot) -> HistoryDialog:
    host = QWidget()
    qtbot.addWidget(host)
    made = HistoryDialog(context, host)
    made.open()
    made.__dict__["host"] = host  # or Python lets it go, and the dialog with it
    return made


def column(dialog: HistoryDialog, place: int) -> list[str]:
    model = dialog.table.model()
    return [model.index(row, place).data() for row in range(model.rowCount())]


def names(file: File) -> list[str]:
    return [row.name for row in contacts.rows(file)]


def agree(dialog: HistoryDialog, yes: bool = True) -> str:
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    text = box.text()
    messages.answer_button(box, yes).click()
    return text


def test_it_says_when_who_and_what(dialog: HistoryDialog, file: File) -> None:
    assert column(dialog, 0) == ["07/03/2026 14:05"] * 5
    assert column(dialog, 1) == [files.deeds(file)[0].who] * 5
    assert "@" in column(dialog, 1)[0]
    assert column(dialog, 2) == [*(f"Add contact {name}" for name in reversed(NAMES)), "Set up Hjem"]
    assert column(dialog, 3) == [""] * 5


def test_everything_down_to_a_deed_is_undone_once_she_agrees(dialog: HistoryDialog, file: File) -> None:
    dialog.table.selectRow(2)
    dialog.back.click()
    assert names(file) == list(NAMES), "asked first"
    assert agree(dialog, yes=False) == "Undo 3 deeds?"
    assert names(file) == list(NAMES)
    dialog.back.click()
    agree(dialog)
    assert names(file) == ["Anna"]
    assert column(dialog, 3) == ["taken back"] * 3 + [""] * 2
    assert dialog.told.text() == "3 deeds are undone."
    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.subject == "Bo"


def test_what_is_asked_is_in_whole_sentences(dialog: HistoryDialog) -> None:
    dialog.table.selectRow(0)
    dialog.back.click()
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "Add contact Dorthe.\nThey can be done again" in box.informativeText()
    box.reject()


def test_the_deed_gets_the_room(dialog: HistoryDialog) -> None:
    widths = [dialog.table.columnWidth(place) for place in range(4)]
    assert widths[2] == max(widths)
    dialog.resize(dialog.width() + 200, dialog.height())
    settle()
    assert dialog.table.columnWidth(2) == widths[2] + 200
    assert dialog.table.columnWidth(3) == widths[3]


def test_and_done_again_up_to_another(dialog: HistoryDialog, file: File) -> None:
    for _time in range(3):
        files.undo(file)
    dialog.table.selectRow(1)
    assert dialog.back.text() == "Do everything &again up to here"
    dialog.back.click()
    assert agree(dialog) == "Do 2 deeds again?"
    assert names(file) == ["Anna", "Bo", "Carl"]
    assert column(dialog, 3) == ["taken back", "", "", "", ""]


def test_search_finds_by_every_word_and_keeps_to_the_real_count(dialog: HistoryDialog, file: File) -> None:
    dialog.search.setText("add BO")
    assert column(dialog, 2) == ["Add contact Bo"]
    dialog.table.selectRow(0)
    dialog.back.click()
    assert agree(dialog) == "Undo 3 deeds?", "those that the search hides are undone too"
    assert names(file) == ["Anna"]


def test_it_follows_while_it_is_open(dialog: HistoryDialog, file: File) -> None:
    dialog.table.selectRow(3)
    contacts.add(file, Contact(first_name="Eva"))
    assert column(dialog, 2)[0] == "Add contact Eva"
    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.subject == "Anna"


def test_the_pages_hear_once_of_many_deeds(dialog: HistoryDialog, context: Context) -> None:
    heard: list[frozenset[str]] = []
    context.changed.connect(heard.append)
    dialog.table.selectRow(4)
    dialog.back.click()
    assert agree(dialog) == "Undo 5 deeds?"
    assert len(heard) == 1
    assert {"person", "company"} <= heard[0]
    assert context.company is None, "the company is undone too, and the context knows"


def test_what_stops_it_half_way_is_told(
    dialog: HistoryDialog, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = files.undo

    def once(of: File) -> files.Deed | None:
        if len(names(of)) == 3:
            raise Refusal(Message("The disk is full."))
        return undo(of)

    monkeypatch.setattr(files, "undo", once)
    dialog.table.selectRow(3)
    dialog.back.click()
    agree(dialog)
    assert names(file) == ["Anna", "Bo", "Carl"]
    assert dialog.told.text() == "1 deed is undone. The disk is full."


def test_what_is_typed_behind_it_is_stored_first(context: Context, file: File, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    typed = Contact(first_name="Typed")
    made = HistoryDialog(context, host, lambda: contacts.add(file, typed))
    made.open()
    made.table.selectRow(0)
    made.back.click()
    assert agree(made) == "Undo 2 deeds?", "what was typed is a deed too, and lies above"
    assert names(file) == list(NAMES[:-1])
