"""Opening a protected file: passphrase or recovery key, what a wrong one is told, and every other way on."""

from __future__ import annotations

from pathlib import Path

import pytest
from lock_support import SECRET, filled, leaks, unlock, unlock_page
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from window_support import KEY, Desk, settle

from organizer.services import files, protection
from organizer.ui.dialogs.backups import BackupsDialog
from organizer.ui.main_window import MainWindow

HIDDEN, SHOWN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    filled(desk.usual, SECRET)
    return desk


def click(window: MainWindow, words: str) -> None:
    page = unlock_page(window)
    next(b for b in page.findChildren(QPushButton) if b.text().replace("&", "") == words).click()


def said(window: MainWindow) -> str:
    return " ".join(label.text() for label in unlock_page(window).findChildren(QLabel))


def test_the_passphrase_opens_it_by_keyboard_alone(desk: Desk) -> None:
    window = desk.start()
    assert window.context is None
    assert "Organizer.organizer is protected" in said(window)
    assert leaks() == []
    assert "If you never set a passphrase, the file is damaged: restore it from a backup." in said(window)
    page = unlock_page(window)
    assert QApplication.focusWidget() is page.field.line
    assert page.field.line.echoMode() == HIDDEN
    desk.type(SECRET)
    desk.press(KEY.Key_Return)
    assert window.context
    assert window.context.file.encrypted
    assert not window.locked
    settle()
    window.close()


def test_the_recovery_key_opens_it_too(desk: Desk) -> None:
    file = files.open_file(desk.usual, secret=SECRET)
    written = protection.recovery_key(file)
    file.close()
    window = desk.start()
    unlock(desk, window, written.lower().replace("-", " "))
    assert window.context
    window.close()


def test_a_wrong_one_is_told_and_changes_nothing(desk: Desk) -> None:
    before = desk.usual.read_bytes()
    window = desk.start()
    unlock(desk, window, "tromme kanel vinterhave 8")
    text = said(window)
    assert "Caps Lock" in text
    assert "Restore" in " ".join(b.text().replace("&", "") for b in unlock_page(window).findChildren(QPushButton))
    assert "damaged at its beginning" in text
    words = [b.text().replace("&", "") for b in unlock_page(window).findChildren(QPushButton)]
    assert words == ["Unlock", "Open another file…", "Restore from a backup…"]  # nothing starts over
    assert unlock_page(window).field.line.selectedText() != ""
    unlock(desk, window, SECRET)
    assert window.context
    window.close()
    assert desk.usual.read_bytes() == before


def test_nothing_typed_is_not_tried(desk: Desk) -> None:
    window = desk.start()
    click(window, "Unlock")
    assert not unlock_page(window).said.isVisible()
    window.close()


def test_damage_under_the_right_passphrase_is_called_damage(desk: Desk) -> None:
    data = bytearray(desk.usual.read_bytes())
    data[200:300] = bytes(100)
    desk.usual.write_bytes(data)
    window = desk.start()
    unlock(desk, window, SECRET)
    assert window.context is None
    text = unlock_page(window).said.text()
    assert "damaged" in text
    assert "Caps Lock" not in text
    assert "at its beginning" not in text
    assert desk.usual.read_bytes() == bytes(data)
    window.close()


def test_the_eye_shows_what_is_typed_until_it_was_wrong(desk: Desk) -> None:
    window = desk.start()
    field = unlock_page(window).field
    field.eye.click()
    assert field.line.echoMode() == SHOWN
    unlock(desk, window, "not it")
    assert field.line.echoMode() == HIDDEN
    window.close()


def test_caps_lock_is_noticed_from_the_letters(desk: Desk) -> None:
    window = desk.start()
    field = unlock_page(window).field
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for letter, modifier, told in (
        ("a", none, False),
        ("A", shift, False),
        ("A", none, True),
        ("7", none, True),  # a digit tells nothing
        ("a", none, False),
        ("a", shift, True),
    ):
        QApplication.sendEvent(field.line, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_A, modifier, letter))
        assert field._caps.isVisible() == told
    window.close()


def test_other_ways_on(desk: Desk) -> None:
    other = desk.folder / "other.organizer"
    files.create(other).close()
    window = desk.start()
    click(window, "Open another file…")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(other))
    assert window.context
    assert window.context.file.path == other
    dialog.reject()
    window.files.open(desk.usual)  # from another file's window it asks too
    assert window.context is None
    click(window, "Restore from a backup…")
    backups = window.findChild(BackupsDialog)
    assert backups is not None
    assert backups.path == desk.usual
    backups.reject()
    window.close()


def test_it_still_asks_after_a_change_of_size_or_language(desk: Desk) -> None:
    window = desk.start()
    window.set_text_scale(1.25)
    assert "is protected" in said(window)
    window.set_language("da")
    settle()
    unlock(desk, window, SECRET)
    assert window.context
    window.set_text_scale(1.0)
    window.close()
