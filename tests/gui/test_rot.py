"""A file whose bytes changed by themselves: told at once, nothing automatic builds on it, and she decides."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from window_support import Desk

from organizer.domain.contact import Contact
from organizer.services import backups, contacts, files
from organizer.storage import seal
from organizer.ui.dialogs.check import CheckDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.widgets.notice_bar import NoticeBar


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    file = files.create(desk.usual)
    contacts.add(file, Contact(first_name="Anna", notes="Remember the blue one"))
    file.close()
    before, raw = desk.usual.stat(), bytearray(desk.usual.read_bytes())
    raw[raw.index(b"lue one") - 1] ^= 1
    desk.usual.write_bytes(raw)
    os.utime(desk.usual, ns=(before.st_atime_ns, before.st_mtime_ns))
    return desk


def bar(window: MainWindow) -> NoticeBar:
    found = window.findChild(NoticeBar, "rot")
    assert found is not None
    return found


def way(window: MainWindow, word: str) -> QPushButton:
    return next(button for button in bar(window).ways() if word in button.text())


def has_looked(window: MainWindow) -> bool:
    tasks = window.files.watches.rot._tasks
    return tasks is not None and not tasks.active()


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_it_is_told_and_no_backup_is_made_by_itself_until_she_accepts(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    if large:
        monkeypatch.setattr(seal, "_SMALL", 10)
    window = desk.start()
    qtbot.waitUntil(lambda: "not as Organizer left it" in bar(window).text())
    assert window.keeper is not None
    window.keeper.look()
    assert not window.keeper.active()
    assert backups.every(desk.usual) == []
    way(window, "Go on").click()
    assert bar(window).text() == ""
    with qtbot.waitSignal(window.keeper.made):
        window.keeper.look()
    window.close()
    again = desk.start()
    qtbot.waitUntil(lambda: has_looked(again))
    assert bar(again).text() == ""


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_it_stays_through_deeds_and_starts_until_she_decides(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    if large:
        monkeypatch.setattr(seal, "_SMALL", 10)
    for name in ("Bo", "Cy"):
        window = desk.start()
        qtbot.waitUntil(lambda window=window: bool(bar(window).text()))  # type: ignore[misc]
        assert window.context is not None
        file = window.context.file
        window.context.deed(lambda file=file, name=name: contacts.add(file, Contact(first_name=name)))  # type: ignore[misc]
        window.set_language("da")
        window.set_language("en")
        assert "not as Organizer left it" in bar(window).text()
        assert bar(window).isVisible()
        assert window.keeper is not None
        window.keeper.look()
        assert not window.keeper.active()
        window.close()
    assert backups.every(desk.usual) == []
    window = desk.start()
    qtbot.waitUntil(lambda: bool(bar(window).text()))
    way(window, "Go on").click()
    window.close()
    again = desk.start()
    qtbot.waitUntil(lambda: has_looked(again))
    assert bar(again).text() == ""


def test_the_check_names_it_too(desk: Desk, qtbot: QtBot) -> None:
    window = desk.start()
    qtbot.waitUntil(lambda: bool(bar(window).text()))
    way(window, "the file").click()
    (dialog,) = window.findChildren(CheckDialog)
    qtbot.waitUntil(lambda: dialog.findings.count() == 1)
    assert "disk may be failing" in dialog.findings.item(0).text()
    dialog.close()
