"""Locking an encrypted file: it is closed if that loses nothing, else hidden; only the secret brings it back."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from lock_support import (
    MARKER,
    SECRET,
    contacts_page,
    filled,
    leaks,
    lock,
    readable,
    unlock,
    unlock_page,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk

from organizer.services import contacts, files
from organizer.services.files import Key
from organizer.services.jobs import Job, Progress
from organizer.ui.dialogs.history import HistoryDialog
from organizer.ui.main_window import MainWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def secret(desk: Desk) -> MainWindow:
    """A window with an encrypted file."""
    filled(desk.usual, SECRET)
    window = desk.start()
    unlock(desk, window, SECRET)
    assert window.context
    return window


def test_an_encrypted_file_is_closed_and_its_key_forgotten(desk: Desk, secret: MainWindow) -> None:
    assert secret.context
    key = secret.context.file.key
    assert key is not None
    copy = bytes(key.secret)
    assert [one for one in gc.get_objects() if isinstance(one, Key) and one.secret == copy]
    del key
    secret.navigate("team")
    lock(desk, secret)
    assert secret.context is None
    assert leaks() == []
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Key) and one.secret == copy]
    files.open_file(desk.usual, secret=SECRET).close()  # nobody holds it
    unlock(desk, secret, SECRET)
    assert secret.key == "team"
    assert not secret.locked
    secret.close()


def test_a_locked_screen_has_no_way_but_the_secret(desk: Desk, secret: MainWindow) -> None:
    lock(desk, secret)
    words = [b.text().replace("&", "") for b in unlock_page(secret).findChildren(QPushButton)]
    assert words == ["Unlock"]
    for way in (unlock_page(secret).restore, unlock_page(secret).open_other):
        way.emit()
        assert not [dialog for dialog in secret.findChildren(QDialog) if dialog.isVisible()]
    unlock(desk, secret, "not it")
    assert "start it again, and restore" in unlock_page(secret).said.text()
    secret.rebuild()
    words = [b.text().replace("&", "") for b in unlock_page(secret).findChildren(QPushButton)]
    assert words == ["Unlock"]
    secret.close()


def test_damage_under_the_right_secret_offers_the_backups_again(desk: Desk, secret: MainWindow) -> None:
    lock(desk, secret)
    data = bytearray(desk.usual.read_bytes())
    data[200:300] = bytes(100)
    desk.usual.write_bytes(data)
    unlock(desk, secret, SECRET)
    assert "damaged" in unlock_page(secret).said.text()
    words = [b.text().replace("&", "") for b in unlock_page(secret).findChildren(QPushButton)]
    assert "Restore from a backup…" in words
    assert leaks() == []
    secret.close()


def test_she_is_back_at_the_same_contact(desk: Desk, secret: MainWindow) -> None:
    page = contacts_page(secret)
    [*_others, last] = [row.id for row in page.pane.model.shown]
    page.show_item(last)
    lock(desk, secret)
    unlock(desk, secret, "not it")
    assert secret.locked
    assert secret.context is None
    unlock(desk, secret, SECRET)
    assert contacts_page(secret).form.record.id == last
    secret.close()


def test_a_dialog_keeps_the_file_open_behind_a_curtain(desk: Desk, secret: MainWindow) -> None:
    assert secret.context
    dialog = HistoryDialog(secret.context, secret)
    dialog.setWindowTitle(MARKER)
    dialog.open()
    desk.activate(dialog)
    QTest.keyClick(dialog.windowHandle(), KEY.Key_L, CTRL)
    desk.qtbot.waitUntil(lambda: secret.locked)
    assert secret.context is not None
    assert not dialog.isVisible()
    assert leaks() == []
    unlock(desk, secret, "not it")
    assert "doesn't open" in unlock_page(secret).said.text()
    unlock(desk, secret, SECRET)
    assert dialog.isVisible()
    assert dialog.isModal()
    dialog.close()
    secret.close()


def test_a_file_that_is_gone_from_its_place_is_not_let_go_of(desk: Desk, secret: MainWindow) -> None:
    data = desk.usual.read_bytes()
    desk.usual.unlink()
    lock(desk, secret)
    assert secret.context is not None
    secret.files.watches.gone.check()  # says which file is missing, but not now
    assert leaks() == []
    assert "Organizer.organizer" not in " ".join(readable())
    unlock(desk, secret, SECRET)
    assert "Organizer.organizer" in " ".join(readable())
    desk.usual.write_bytes(data)
    secret.close()


@pytest.fixture
def unkept(secret: MainWindow) -> QLineEdit:
    """A field with something that can't be stored."""
    page = contacts_page(secret)
    page.show_item(page.pane.model.shown[0].id)
    field = page.form.field("birthday")
    assert isinstance(field, QLineEdit)
    field.setText(f"{MARKER} knows")
    assert not page.leave()
    return field


def test_what_cant_be_kept_stays_behind_the_curtain(desk: Desk, secret: MainWindow, unkept: QLineEdit) -> None:
    lock(desk, secret)
    assert secret.context is not None
    assert leaks() == []
    secret.close()
    assert secret.isVisible()  # told once
    assert "close once more" in unlock_page(secret).said.text()
    assert leaks() == []
    unlock(desk, secret, SECRET)
    assert unkept.text() == f"{MARKER} knows"
    contacts_page(secret).forget()
    secret.close()
    assert not secret.isVisible()


def test_closing_once_more_loses_what_cant_be_kept(desk: Desk, secret: MainWindow, unkept: QLineEdit) -> None:
    lock(desk, secret)
    secret.close()
    assert secret.isVisible()
    secret.close()
    assert not secret.isVisible()
    assert secret.context is None
    file = files.open_file(desk.usual, secret=SECRET)  # nobody holds it
    assert [contact.birthday for contact in contacts.everyone(file)] == ["", ""]
    file.close()


def test_unlocked_in_between_she_is_told_again(desk: Desk, secret: MainWindow, unkept: QLineEdit) -> None:
    for _ in range(2):
        lock(desk, secret)
        secret.close()
        assert secret.isVisible()
        unlock(desk, secret, SECRET)
    contacts_page(secret).forget()
    secret.close()


def test_work_that_ends_while_locked_shows_nothing_then_the_file_closes(desk: Desk, secret: MainWindow) -> None:
    assert secret.context
    go, told = threading.Event(), []

    def work(_progress: Progress) -> str:
        go.wait(20)
        return MARKER

    def done(result: str) -> None:
        told.append(result)
        assert secret.context
        secret.context.answered.emit(result, False)

    secret.context.run(Job(MARKER, work), done)
    lock(desk, secret)
    assert secret.context is not None
    assert leaks() == []
    go.set()
    desk.qtbot.waitUntil(lambda: bool(told))
    assert leaks() == []
    desk.qtbot.waitUntil(lambda: secret.context is None)
    assert secret.locked
    assert leaks() == []
    unlock(desk, secret, SECRET)
    secret.close()
