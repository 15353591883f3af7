"""The lock holds also where the disk fails: locking and unlocking need nothing that may be gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lock_support import PIN, SECRET, filled, leaks, lock, unlock, unlock_page
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.result import Message, Refusal
from organizer.services import files, screen_pin
from organizer.ui.dialogs.pin import PinDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage

LOCKING: dict[str, Callable[[MainWindow], object]] = {
    "Ctrl+L": lambda window: QTest.keyClick(window, KEY.Key_L, CTRL),
    "idle": lambda window: window.lock.watch.idle.emit(),
    "slept": lambda window: window.lock.watch.slept.emit(),
}


class _Dead:
    """A connection to a disk that is gone."""

    def __getattr__(self, name: str) -> object:
        raise Refusal(Message("The disk doesn't answer."))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def opened(desk: Desk, secret: str) -> MainWindow:
    filled(desk.usual, secret)
    if not secret:
        file = files.open_file(desk.usual)
        screen_pin.choose(file, PIN)
        file.close()
    window = desk.start()
    unlock(desk, window, secret or PIN)
    assert leaks()
    return window


@pytest.mark.parametrize("how", LOCKING)
@pytest.mark.parametrize("secret", ["", SECRET], ids=["PIN", "passphrase"])
def test_it_locks_and_unlocks_when_the_disk_is_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, how: str, secret: str
) -> None:
    window = opened(desk, secret)
    assert window.context
    page = window.pages["contacts"]
    assert isinstance(page, ContactsPage)
    page.form.field("first_name").setText("Something typed")
    with monkeypatch.context() as gone:
        gone.setattr(window.context.file, "connection", _Dead())
        LOCKING[how](window)
        settle()
        assert window.locked
        assert window.context is not None
        assert leaks() == []
        unlock(desk, window, "1111")
        assert window.locked
        unlock(desk, window, secret or PIN)
        assert not window.locked
        assert page.form.field("first_name").text() == "Something typed"
    window.close()


def test_a_pin_counts_from_the_moment_it_is_chosen(desk: Desk) -> None:
    window = opened(desk, "")
    for now, new in ((PIN, "1379"), ("1379", "")):
        dialog = window.lock.ask_pin(remove=not new)
        assert isinstance(dialog, PinDialog)
        dialog.now.line.setText(now)
        for field in (dialog.new, dialog.again):
            field.line.setText(new)
        dialog.accept()
        window.lock.lock()
        assert window.locked == bool(new)
        if new:
            unlock(desk, window, PIN)
            assert window.locked
            unlock(desk, window, new)
        assert not window.locked
    window.close()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_the_menus_are_grey_while_locked_and_none_hangs_open_after(desk: Desk, passphrase: str) -> None:
    window = opened(desk, passphrase)

    def menus() -> list[QAction]:
        return window.menuBar().actions()

    assert all(menu.isEnabled() for menu in menus())
    lock(desk, window)
    assert not any(menu.isEnabled() for menu in menus())
    bar = window.menuBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(menus()[0]).center())
    assert QApplication.activePopupWidget() is None
    menu = menus()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.mapToGlobal(window.rect().center()))  # as if it opened all the same
    settle()
    unlock(desk, window, passphrase or PIN)
    assert not window.locked
    assert all(menu.isEnabled() for menu in menus())
    assert QApplication.activePopupWidget() is None
    assert not [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    window.close()


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_the_keys_of_quit_work_while_locked(desk: Desk, passphrase: str) -> None:
    window = opened(desk, passphrase)
    lock(desk, window)
    QTest.keyClick(unlock_page(window).field.line, KEY.Key_Q, CTRL)
    settle()
    assert not window.isVisible()
