"""Backups from before the file was encrypted: never forgotten, never deleted unasked, and she is asked calmly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lock_support import SECRET, filled, unlock
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.services import backups, files, protection
from organizer.services.backups import Reason
from organizer.ui import window_protect
from organizer.ui.main_window import MainWindow
from organizer.ui.widgets import messages
from organizer.ui.widgets.notice_bar import NoticeBar


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def backed_up(desk: Desk, second: Path | None = None) -> None:
    """A plain file with a backup."""
    filled(desk.usual)
    file = files.open_file(desk.usual)
    if second:
        second.mkdir()
        backups.set_second_folder(file, second)
    backups.make(file, Reason.ASKED).now()
    file.close()


def encrypted_later(desk: Desk, *, with_backup: bool = True) -> None:
    """A file that was encrypted, and its plain backup stayed."""
    backed_up(desk)
    protection.change(desk.usual, None, SECRET).now()
    if with_backup:
        file = files.open_file(desk.usual, secret=SECRET)
        backups.make(file, Reason.PROTECTION).now()
        file.close()


def opened(desk: Desk) -> MainWindow:
    window = desk.start()
    unlock(desk, window, SECRET)
    assert window.context
    return window


def bar(window: MainWindow) -> NoticeBar:
    found = window.findChild(NoticeBar, "plain_backups")
    assert found is not None
    return found


def press(window: MainWindow, word: str) -> None:
    next(way for way in bar(window).ways() if word in way.text().replace("&", "")).click()


def asked(window: MainWindow, desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: bool(bar(window).text()))


def answer(window: MainWindow, yes: bool) -> None:
    [box] = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    messages.answer_button(box, yes).click()
    settle()


def has_looked(window: MainWindow) -> bool:
    tasks = window.files.watches.plain_backups._tasks
    return tasks is not None and not tasks.active()


def kinds(desk: Desk) -> list[bool]:
    return sorted(one.encrypted for one in backups.every(desk.usual))


def test_she_is_asked_when_the_file_is_opened_and_they_go(desk: Desk) -> None:
    encrypted_later(desk)
    window = opened(desk)
    asked(window, desk)
    assert bar(window).isVisible()
    assert "1 backup of this file is not encrypted" in bar(window).text()
    press(window, "Delete")
    answer(window, yes=False)
    assert kinds(desk) == [False, True]
    press(window, "Delete")
    answer(window, yes=True)
    desk.qtbot.waitUntil(lambda: kinds(desk) == [True])
    desk.qtbot.waitUntil(lambda: bar(window).text() == "")
    assert "1 backup without a passphrase is deleted" in window.answers.text()
    window.close()


def test_none_goes_before_an_encrypted_one_is_verified(desk: Desk) -> None:
    encrypted_later(desk, with_backup=False)
    window = opened(desk)
    asked(window, desk)
    press(window, "Delete")
    answer(window, yes=True)
    desk.qtbot.waitUntil(lambda: "none was deleted" in window.answers.text())
    assert kinds(desk) == [False]
    assert bar(window).text()
    window.close()


@pytest.mark.parametrize(("word", "again"), [("Later", True), ("Don't ask again", False)])
def test_later_means_the_next_time_and_never_means_never(desk: Desk, word: str, again: bool) -> None:
    encrypted_later(desk)
    window = opened(desk)
    asked(window, desk)
    press(window, word)
    assert bar(window).text() == ""
    window.close()
    assert kinds(desk) == [False, True]
    window = opened(desk)
    if again:
        asked(window, desk)
    else:
        desk.qtbot.waitUntil(lambda: has_looked(window))
        settle()
        assert bar(window).text() == ""
    window.close()


def test_a_stick_that_was_away_is_asked_about_when_it_is_back(desk: Desk) -> None:
    stick = desk.folder / "stick"
    backed_up(desk, stick)
    drawer = stick.rename(desk.folder / "drawer")
    window = desk.start()
    window_protect.change(window, SECRET, clean=True)
    desk.qtbot.waitUntil(lambda: "no backup without a passphrase was deleted" in window.answers.text())
    assert window.context
    assert window.context.file.encrypted
    assert kinds(desk) == [False, True]
    assert bar(window).text() == ""  # not now: she has just been told
    answer(window, yes=False)  # the recovery key
    window.close()
    drawer.rename(stick)
    window = opened(desk)
    asked(window, desk)
    assert "2 backups of this file are not encrypted" in bar(window).text()
    press(window, "Delete")
    answer(window, yes=True)
    desk.qtbot.waitUntil(lambda: False not in kinds(desk))
    window.close()
    shutil.rmtree(stick)


def test_a_plain_file_and_a_clean_one_say_nothing(desk: Desk) -> None:
    backed_up(desk)
    window = desk.start()
    settle()
    assert window.files.watches.plain_backups._tasks is None
    assert bar(window).text() == ""
    window.close()
