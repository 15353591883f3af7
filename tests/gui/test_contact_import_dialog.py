"""A file of contacts brought in as a person does it: looked at, corrected, applied, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.contact import Contact, Labelled
from organizer.services import backups, contacts, files
from organizer.services.backups import Reason
from organizer.services.files import File
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog
from organizer.ui.dialogs.contact_import.rows_tab import RowsTab
from organizer.ui.main_window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier

ANNA = Contact(first_name="Anna", last_name="Berg", phones=(Labelled("12 34 56 78"),))
TABLE = """Name;Phone;E-mail;Gave
Anna Berg;+45 12345678;anna@example.com;krus
Anna Bergg;12345678;;
Bo Holm;22334455;bo@example.com;kop
<b>Carl</b> & Co;22334456;;
;;;krus
"""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    file = files.create(desk.usual)
    contacts.add(file, ANNA)
    file.close()
    return desk.start()


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def names(window: MainWindow) -> list[str]:
    return [row.name for row in contacts.rows(file_of(window))]


def person(window: MainWindow, name: str) -> Contact:
    id_ = next(row.id for row in contacts.rows(file_of(window)) if row.name == name)
    found = contacts.get(file_of(window), id_)
    assert found is not None
    return found


def written(folder: Path, text: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def choose_file(desk: Desk, path: Path) -> None:
    """Ctrl+I, and the name of the file typed in the dialog that asks for it."""

    def hands() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QFileDialog)
        line = asked.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText(str(path))
        asked.accept()

    QTimer.singleShot(0, hands)
    desk.press(KEY.Key_I, CTRL)


def shown(desk: Desk, window: MainWindow) -> ContactImportDialog:
    """The preview, once everything was compared; it has the keyboard."""
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ContactImportDialog)))
    dialog = next(one for one in window.findChildren(ContactImportDialog) if one.isVisible())
    desk.activate(dialog)
    return dialog


def chosen(desk: Desk, window: MainWindow, path: Path) -> ContactImportDialog:
    choose_file(desk, path)
    return shown(desk, window)


def rows(tab: RowsTab) -> list[tuple[str, str]]:
    """Who, and what happens."""
    model = tab.table.model()
    return [(model.index(row, 1).data(), model.index(row, 2).data()) for row in range(model.rowCount())]


def titles(dialog: ContactImportDialog) -> list[str]:
    tabs = dialog.tabs
    return [tabs.tabText(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]


def go_in(desk: Desk, window: MainWindow, dialog: ContactImportDialog) -> None:
    """Alt+I, and wait until all is done."""
    with desk.qtbot.waitSignal(dialog.applied):
        desk.press(KEY.Key_I, ALT)
    settle()
    desk.activate(window)


def test_a_table_is_looked_at_corrected_brought_in_and_taken_back(desk: Desk, window: MainWindow) -> None:
    dialog = chosen(desk, window, written(desk.folder, TABLE))
    assert dialog.summary.text() == "people.csv – 4 contacts come in."
    assert titles(dialog)[:4] == ["Doubtful (1)", "New (2)", "Completed (1)", "Problems (1)"]
    assert names(window) == ["Anna Berg"], "nothing is changed by looking"
    # who the doubtful one is: she says that it is Anna
    assert dialog.tabs.currentWidget() is dialog.doubtful
    assert rows(dialog.doubtful)[0][0] == "Anna Bergg"
    assert "may be Anna Berg" in rows(dialog.doubtful)[0][1]
    desk.press(KEY.Key_W, ALT)
    who = dialog.doubtful.who
    assert who.hasFocus()
    assert who.currentText() == "A new person"
    desk.press(KEY.Key_Home)
    assert who.currentText().startswith("Anna Berg, who is known:")
    assert rows(dialog.doubtful)[0][1].startswith("is Anna Berg")
    # the one with the strange name stays out
    dialog.tabs.setCurrentWidget(dialog.new)
    assert [one[0] for one in rows(dialog.new)] == ["Bo Holm", "<b>Carl</b> & Co"]
    dialog.new.table.setFocus()
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Space)
    assert rows(dialog.new)[1] == ("<b>Carl</b> & Co", "Stays out")
    assert dialog.summary.text() == "people.csv – 3 contacts come in."
    go_in(desk, window, dialog)
    assert names(window) == ["Anna Berg", "Bo Holm"]
    assert [one.value for one in person(window, "Anna Berg").emails] == ["anna@example.com"]
    assert [one.reason for one in backups.every(desk.usual)] == [Reason.IMPORT], "a backup came first"
    desk.press(KEY.Key_Z, CTRL)
    assert names(window) == ["Anna Berg"]
    assert person(window, "Anna Berg").emails == ()


def test_a_column_is_read_as_she_says_and_this_is_remembered(desk: Desk, window: MainWindow) -> None:
    path = written(desk.folder, TABLE)
    dialog = chosen(desk, window, path)
    dialog.tabs.setCurrentWidget(dialog.columns)
    gave = dialog.columns.columns.boxes[3]
    assert gave.accessibleName() == "What “Gave” is read as"
    gave.setFocus()
    before = gave.currentText()
    assert before == "(not used)"
    desk.type("Tag")
    assert gave.currentText() == "Tags"
    desk.qtbot.waitUntil(lambda: "Gave" not in dialog.notes.text() and not dialog.tasks.active())
    assert gave.hasFocus()
    go_in(desk, window, dialog)
    assert person(window, "Bo Holm").tags == ("kop",)
    again = chosen(desk, window, path)
    assert again.columns.columns.boxes[3].currentText() == "Tags"
    desk.press(KEY.Key_Escape)
    settle()


def test_no_two_columns_are_one_persons_name(desk: Desk, window: MainWindow) -> None:
    dialog = chosen(desk, window, written(desk.folder, TABLE))
    dialog.tabs.setCurrentWidget(dialog.columns)
    boxes = dialog.columns.columns.boxes
    boxes[3].setFocus()
    desk.type("Full")
    assert [box.currentText() for box in boxes] == ["(not used)", "Phone", "E-mail", "Full name"]
    desk.qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert rows(dialog.new)[0][0] == "krus"
    back = dialog.columns.reset
    back.setFocus()
    desk.press(KEY.Key_Space)
    desk.qtbot.waitUntil(lambda: boxes[0].currentText() == "Full name")
    desk.press(KEY.Key_Escape)
    settle()
    assert names(window) == ["Anna Berg"]


def test_esc_and_cancel_change_nothing_and_leave_no_dialog(desk: Desk, window: MainWindow) -> None:
    chosen(desk, window, written(desk.folder, TABLE))
    desk.press(KEY.Key_Escape)
    settle()
    assert not window.findChildren(ContactImportDialog)
    assert names(window) == ["Anna Berg"]
    assert backups.every(desk.usual) == []


def test_all_rows_are_left_out_at_once_and_there_is_nothing_to_import(desk: Desk, window: MainWindow) -> None:
    dialog = chosen(desk, window, written(desk.folder, "Name;Phone\nBo Holm;22334455\nIda Krog;22334456\n"))
    assert dialog.tabs.currentWidget() is dialog.new
    dialog.new.table.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Space)
    assert dialog.summary.text() == "people.csv – Nothing new comes in."
    assert not dialog.go.isEnabled()
    desk.press(KEY.Key_Space)
    assert dialog.go.isEnabled()
    desk.press(KEY.Key_Escape)
    settle()


def test_what_is_in_the_file_already_comes_in_once(desk: Desk, window: MainWindow) -> None:
    path = written(desk.folder, "Name;Phone\nBo Holm;22334455\n")
    go_in(desk, window, chosen(desk, window, path))
    dialog = chosen(desk, window, path)
    assert titles(dialog)[0] == "As before (1)"
    assert not dialog.go.isEnabled()
    desk.press(KEY.Key_Escape)
    settle()
    assert names(window) == ["Anna Berg", "Bo Holm"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.csv", b""), ("noise.vcf", bytes(range(256)) * 4), ("photo.xlsx", b"PK\x03\x04 no sheet")],
)
def test_a_file_that_cant_be_read_is_told_and_no_dialog_comes(
    desk: Desk, window: MainWindow, name: str, data: bytes
) -> None:
    path = desk.folder / name
    path.write_bytes(data)
    context = window.context
    assert context is not None
    with desk.qtbot.waitSignal(context.warned) as told:
        choose_file(desk, path)
    assert told.args is not None
    assert name in str(told.args[0])
    settle()
    assert not window.findChildren(ContactImportDialog)
    assert names(window) == ["Anna Berg"]


def test_each_card_that_cant_be_read_is_named_with_its_place(desk: Desk, window: MainWindow) -> None:
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:{phone}\r\nEND:VCARD\r\n"
        for name, phone in (("Bo Holm", "22334455"), ("", ""), ("Ida Krog", "22334456"))
    )
    dialog = chosen(desk, window, written(desk.folder, cards, "phone.vcf"))
    assert "Problems (1)" in titles(dialog)
    assert "Columns" not in titles(dialog), "cards have none"
    problems = dialog.problems.model()  # its row is the line where the card begins
    assert [problems.index(0, column).data() for column in (0, 1)] == ["6", "Left out"]
    go_in(desk, window, dialog)
    assert names(window) == ["Anna Berg", "Bo Holm", "Ida Krog"]
