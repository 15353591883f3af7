"""Checking the file from the menu: what was found in plain words, and the verified way back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from pytestqt.qtbot import QtBot
from window_support import Desk

from organizer.domain.contact import Contact
from organizer.domain.result import Message
from organizer.services import backups, companies, contacts, files
from organizer.services.backups import Reason
from organizer.services.check import Finding
from organizer.ui.dialogs.backups import BackupsDialog
from organizer.ui.dialogs.check import CheckDialog
from organizer.ui.main_window import MainWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def start(desk: Desk, *, ruined: bool = False) -> MainWindow:
    """A window with Anna and a backup; with `ruined`, a member's sponsor is lost afterwards."""
    file = files.create(desk.usual, lambda: datetime(2026, 3, 7, 12))
    companies.set_up(file, "Karen", "Hjem", "")
    contacts.add(file, Contact(first_name="Anna"))
    backups.make(file, Reason.ASKED).now()
    file.close()
    if ruined:
        raw = driver.connect(str(desk.usual), isolation_level=None)
        raw.execute("UPDATE member SET sponsor_id = 999")
        raw.close()
    return desk.start()


def check(window: MainWindow, qtbot: QtBot) -> CheckDialog:
    window.menu.actions["check"].trigger()
    dialog = window.findChild(CheckDialog)
    assert isinstance(dialog, CheckDialog)
    assert "being checked" in dialog.heading.text()
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    return dialog


def test_all_is_well_says_what_was_looked_at(desk: Desk, qtbot: QtBot) -> None:
    window = start(desk)
    assert window.context is not None
    before = window.context.file.fetch("PRAGMA data_version")
    dialog = check(window, qtbot)
    assert dialog.heading.text() == "All is well"
    assert "no circles" in dialog.text.text()
    assert not dialog.back.isVisible()
    assert not dialog.findings.isVisible()
    assert window.context.file.fetch("PRAGMA data_version") == before, "nothing was changed"
    dialog.again.click()
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    assert dialog.heading.text() == "All is well"
    dialog.reject()


def test_findings_come_with_the_verified_way_back(desk: Desk, qtbot: QtBot) -> None:
    window = start(desk, ruined=True)
    dialog = check(window, qtbot)
    assert dialog.findings.isVisible()
    assert dialog.findings.count() >= 1
    assert "The newest verified backup is from 07/03/2026 12:00" in dialog.text.text()
    dialog.back.click()
    shown = window.findChild(BackupsDialog)
    assert isinstance(shown, BackupsDialog)
    assert shown.isVisible()
    assert shown.model.rowCount() == 1
    shown.reject()


def test_the_same_thing_is_said_once_and_can_be_read_to_its_end(desk: Desk, qtbot: QtBot) -> None:
    dialog = check(start(desk), qtbot)
    long = Message("Some pages of the file do not hold what was written to them. " * 4)
    other = Message("A team member has a sponsor who is not in the team.")
    dialog._show([Finding("page", long)] * 5 + [Finding("team", other)])
    assert dialog.heading.text() == "2 things are not as they should be"
    assert [dialog.findings.item(row).text() for row in range(2)] == [long.text, other.text]
    assert dialog.findings.count() == 2
    assert not dialog.findings.horizontalScrollBar().isVisible()
    lines = (
        dialog.findings.visualItemRect(dialog.findings.item(0)).height() / dialog.findings.fontMetrics().height()
    )
    assert lines >= 2, "it wraps"
    dialog.reject()


def test_a_copy_can_be_saved_first(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = start(desk, ruined=True)
    asked: list[bool] = []
    monkeypatch.setattr(window.files, "save_copy", lambda: asked.append(True))
    check(window, qtbot).copy.click()
    assert asked == [True]


def test_closing_the_dialog_stops_the_check(desk: Desk, qtbot: QtBot) -> None:
    window = start(desk)
    window.menu.actions["check"].trigger()
    dialog = window.findChild(CheckDialog)
    assert isinstance(dialog, CheckDialog)
    dialog.reject()
    assert not dialog.tasks.active()
