"""Locked: nothing to read on the screen, nothing lost, and she is back where she was."""

from __future__ import annotations

from pathlib import Path

import pytest
from lock_support import (
    MARKER,
    PIN,
    SECRET,
    contacts_page,
    filled,
    leaks,
    lock,
    unlock,
    unlock_page,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.contact import Contact
from organizer.domain.result import Message, Refusal
from organizer.services import contacts, files, screen_pin
from organizer.ui.dialogs.pin import NothingToLockWith, PinDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pin_tries import FREE, Tries
from organizer.ui.widgets import messages
from organizer.ui.window_hiding import OwnClipboard


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def plain(desk: Desk) -> MainWindow:
    """A window with an unencrypted file and no PIN."""
    filled(desk.usual)
    return desk.start()


@pytest.fixture
def pinned(desk: Desk) -> MainWindow:
    """The same with a PIN."""
    filled(desk.usual)
    file = files.open_file(desk.usual)
    screen_pin.choose(file, PIN)
    file.close()
    window = desk.start()
    unlock(desk, window, PIN)
    assert not window.locked
    return window


@pytest.fixture
def secret(desk: Desk) -> MainWindow:
    """A window with an encrypted file."""
    filled(desk.usual, SECRET)
    window = desk.start()
    unlock(desk, window, SECRET)
    assert window.context
    return window


def first_name(window: MainWindow) -> QLineEdit:
    field = contacts_page(window).form.field("first_name")
    assert isinstance(field, QLineEdit)
    return field


# --- an unencrypted file


def test_without_anything_to_unlock_with_it_explains(desk: Desk, plain: MainWindow) -> None:
    for signal in (plain.lock.watch.idle, plain.lock.watch.slept):
        signal.emit()
        assert not plain.locked
    QTest.keyClick(plain, KEY.Key_L, CTRL)
    assert not plain.locked
    told = plain.findChild(NothingToLockWith)
    assert told is not None
    told.pin.click()
    dialog = plain.findChild(PinDialog)
    assert dialog is not None
    for field in (dialog.new, dialog.again):
        desk.qtbot.keyClicks(field.line, PIN)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: plain.locked)
    unlock(desk, plain, PIN)
    assert not plain.locked
    plain.close()


def test_nothing_is_readable_behind_a_pin(desk: Desk, pinned: MainWindow, tmp_path: Path) -> None:
    assert pinned.context
    pinned.preferences.recent = [*pinned.preferences.recent, tmp_path / f"{MARKER}.organizer"]
    contacts.add(pinned.context.file, Contact(first_name=MARKER, last_name="Ny"))  # undo has her name
    pinned.answers.answer(f"{MARKER} is added", True)
    pinned.menu.update()
    assert len(leaks()) > 5
    lock(desk, pinned)
    assert leaks() == []
    assert pinned.windowTitle() == "Organizer \N{EN DASH} Locked"
    QApplication.processEvents()
    assert leaks() == []
    unlock(desk, pinned, PIN)
    assert len(leaks()) > 5
    pinned.close()


def test_what_is_drawn_tells_nothing(desk: Desk, pinned: MainWindow) -> None:
    lock(desk, pinned)
    first = pinned.grab().toImage()
    unlock(desk, pinned, PIN)
    pinned.navigate("team")
    pinned.answers.warn(MARKER)
    lock(desk, pinned)
    assert pinned.grab().toImage() == first
    pinned.close()


def test_page_focus_and_typing_are_as_they_were(desk: Desk, pinned: MainWindow) -> None:
    field = first_name(pinned)
    field.setFocus()
    field.setText("Zyxwina 2")
    lock(desk, pinned)
    assert QApplication.focusWidget() is unlock_page(pinned).field.line
    unlock(desk, pinned, "1111")
    assert pinned.locked
    assert "not the PIN" in unlock_page(pinned).said.text()
    unlock(desk, pinned, PIN)
    assert pinned.key == "contacts"
    assert QApplication.focusWidget() is field
    assert field.text() == "Zyxwina 2"
    pinned.close()


def test_the_pin_is_asked_for_at_the_start(desk: Desk, pinned: MainWindow) -> None:
    pinned.close()
    window = desk.start()
    assert window.locked
    assert leaks() == []
    unlock(desk, window, PIN)
    assert len(leaks()) > 5
    window.close()


def test_wrong_pins_cost_a_wait_that_a_new_start_doesnt_spare(desk: Desk, pinned: MainWindow) -> None:
    now = [1_000.0]
    pinned.lock.tries = Tries(pinned.preferences, lambda: now[0])
    lock(desk, pinned)
    for _ in range(FREE):
        unlock(desk, pinned, "1111")
    page = unlock_page(pinned)
    assert "Wait 30 seconds" in page.said.text()
    assert not page.field.isEnabled()
    pinned.close()
    window = desk.window()
    window.lock.tries = Tries(window.preferences, lambda: now[0])
    window.files.begin()
    assert window.lock.tries.wait() == 30
    assert not unlock_page(window).field.isEnabled()
    now[0] += 31
    assert window.lock.tries.wait() == 0
    window.lock.tries.failed()
    assert window.lock.tries.wait() == 60  # it doubles
    now[0] = 0  # a clock set back locks nobody out for ever
    assert window.lock.tries.wait() == 60
    now[0] = 9_999
    window.lock.tries.passed()
    assert window.lock.tries.left() == FREE
    window.close()


def test_a_dialog_that_opens_while_locked_waits_unseen(desk: Desk, pinned: MainWindow) -> None:
    lock(desk, pinned)
    box = messages.warn(pinned, MARKER, MARKER)
    settle()
    assert not box.isVisible()
    assert leaks() == []
    unlock(desk, pinned, PIN)
    assert box.isVisible()
    box.reject()
    pinned.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_menus_and_file_dialogs_are_closed(desk: Desk, pinned: MainWindow) -> None:
    menu = QMenu(pinned)
    menu.addAction(MARKER)
    pinned.files.choose()
    menu.popup(pinned.pos())
    pinned.lock.lock()
    settle()
    assert leaks() == []
    assert not [d for d in pinned.findChildren(QFileDialog) if d.isVisible()]
    unlock(desk, pinned, PIN)
    assert not [d for d in pinned.findChildren(QFileDialog) if d.isVisible()]
    pinned.close()


@pytest.mark.parametrize("kind", ["pinned", "secret"])
def test_keys_do_nothing_while_locked(desk: Desk, request: pytest.FixtureRequest, kind: str) -> None:
    window: MainWindow = request.getfixturevalue(kind)
    before = window.key
    lock(desk, window)
    for key in (KEY.Key_2, KEY.Key_N, KEY.Key_O, KEY.Key_F, KEY.Key_Z, KEY.Key_I, KEY.Key_Comma, KEY.Key_L):
        QTest.keyClick(QApplication.focusWidget() or window, key, CTRL)
    QTest.keyClick(QApplication.focusWidget() or window, KEY.Key_F1)
    settle()
    assert window.locked
    assert window.key == before
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    able = {name for name, action in window.menu.actions.items() if action.isEnabled()}
    assert able == {"quit"}
    unlock(desk, window, PIN if kind == "pinned" else SECRET)
    assert {"open", "settings", "help", "lock"} <= {n for n, a in window.menu.actions.items() if a.isEnabled()}
    window.close()


def test_closing_while_locked_stores_what_is_typed(desk: Desk, pinned: MainWindow) -> None:
    first_name(pinned).setText("Nyt navn")
    lock(desk, pinned)
    pinned.close()
    assert not pinned.isVisible()
    file = files.open_file(desk.usual)
    assert "Nyt navn" in [contact.first_name for contact in contacts.everyone(file)]
    file.close()


def test_what_would_ask_waits_until_she_is_back(desk: Desk, pinned: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "other.organizer"
    files.create(other).close()
    lock(desk, pinned)
    pinned.files.open(other)
    settle()
    assert pinned.locked
    unlock(desk, pinned, PIN)
    assert pinned.context
    assert pinned.context.file.path == other
    pinned.close()


# --- when it locks by itself


def test_idle_minutes_lock_and_any_key_counts(desk: Desk, pinned: MainWindow) -> None:
    now = [0.0]
    watch = pinned.lock.watch
    watch.steady = lambda: now[0]
    watch.touch()
    assert pinned.lock.minutes == 10
    now[0] = 599
    watch.tick()
    assert not pinned.locked
    QTest.keyClick(pinned.windowHandle(), KEY.Key_Shift)
    now[0] = 1_198
    watch.tick()
    assert not pinned.locked
    now[0] = 1_200
    watch.tick()
    assert pinned.locked
    unlock(desk, pinned, PIN)
    pinned.lock.minutes = 0
    now[0] = 99_999
    watch.tick()
    assert not pinned.locked
    pinned.close()


def test_a_key_in_a_dialog_counts_too(desk: Desk, pinned: MainWindow) -> None:
    now = [0.0]
    watch = pinned.lock.watch
    watch.steady = lambda: now[0]
    watch.touch()
    box = messages.tell(pinned, "Hello", "there")
    desk.activate(box)
    now[0] = 590
    QTest.keyClick(box.windowHandle(), KEY.Key_Shift)
    now[0] = 900
    watch.tick()
    assert not pinned.locked
    box.reject()
    pinned.close()


def test_a_clock_that_jumps_means_the_computer_slept(desk: Desk, pinned: MainWindow) -> None:
    now = [1_000.0]
    watch = pinned.lock.watch
    watch.wall = lambda: now[0]
    watch._ticked = 1_000.0
    for step in (5, 5, 29):
        now[0] += step
        watch.tick()
        assert not pinned.locked
    now[0] -= 3_600  # set back: nobody slept
    watch.tick()
    assert not pinned.locked
    now[0] += 31
    watch.tick()
    assert pinned.locked
    unlock(desk, pinned, PIN)
    pinned.close()


def test_the_systems_word_locks_and_no_bus_is_no_trouble(
    desk: Desk, secret: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret.lock.watch.on_sleep(True)
    assert secret.locked
    assert secret.context is None
    secret.close()


# --- the clipboard


def test_only_what_was_copied_here_leaves_the_clipboard(
    desk: Desk, pinned: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = QGuiApplication.clipboard()
    board.setText("another program's")
    lock(desk, pinned)
    assert board.text() == "another program's"
    unlock(desk, pinned, PIN)
    # the offscreen platform can't tell whose the clipboard is
    owns = [True]
    monkeypatch.setattr(OwnClipboard, "_owns", lambda _self, mode: owns[0] and mode is board.Mode.Clipboard)
    field = first_name(pinned)
    field.selectAll()
    field.copy()
    assert board.text() == MARKER
    owns[0] = False  # a clipboard manager took it over
    lock(desk, pinned)
    assert board.text() == ""
    pinned.close()


def test_a_refusal_while_locked_is_no_leak(desk: Desk, pinned: MainWindow) -> None:
    assert pinned.context
    lock(desk, pinned)
    pinned.context.warn(Refusal(Message("{name} is gone", {"name": MARKER})))
    settle()
    assert leaks() == []
    unlock(desk, pinned, PIN)
    pinned.close()
