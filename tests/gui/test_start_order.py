"""What a start brings along, and when: the window first, then the day, then what nobody waits for."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lock_support import PIN, SECRET, unlock, unlock_page
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.domain.contact import Contact
from organizer.services import contacts, files, screen_pin
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.widgets.notice_bar import NoticeBar

START = """
import gc, json, sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from organizer import app
from organizer.ui.main_window import MainWindow
from organizer.ui.preferences import Preferences

told = []
def tell():
    told.append([sorted(sys.modules), gc.isenabled()])

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, tell)
        return False

class Watched(MainWindow):
    def _begin(self):
        tell()
        super()._begin()
    def show_file(self, file, trusted=False):
        super().show_file(file, trusted)
        table = self.pages["today"].list
        self.painted = Painted(table)
        table.viewport().installEventFilter(self.painted)
        QTimer.singleShot(2500, lambda: (tell(), self.close()))

app.MainWindow = Watched
app.run([sys.argv[1]], Preferences(Path(sys.argv[2])))
print(json.dumps([*told, gc.isenabled()]))
"""

FOR_NOBODY = {
    *("organizer.ui.window_trouble", "organizer.ui.widgets.notice_bar", "organizer.ui.window_gone"),
    *("organizer.ui.window_conflicts", "organizer.ui.window_rot", "organizer.ui.window_plain_backups"),
    *("organizer.ui.pages.start.unlock", "organizer.ui.pages.contacts.form", "organizer.services.team"),
    *("organizer.domain.period", "organizer.services.backups", "reportlab", "alembic", "PySide6.QtNetwork"),
}
"""What is only needed after the page of today is painted, or not at all."""


def make(path: Path, *, pin: bool = False, secret: str = "") -> Path:
    file = files.create(path, passphrase=secret)
    contacts.add(file, Contact(first_name="Anna"))
    if pin:
        screen_pin.choose(file, PIN)
    file.close()
    return path


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def test_the_window_then_the_list_then_the_rest(tmp_path: Path) -> None:
    path = make(tmp_path / "a.organizer")
    command = [sys.executable, "-c", START, str(path), str(tmp_path / "settings.ini")]
    # what the offscreen platform complains of at each window would be noted in the program's log
    quiet = os.environ | {"QT_LOGGING_RULES": "default.warning=false"}
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, env=quiet)
    (window, _), (listed, collects), (rest, collects_then), collects_after = json.loads(ended.stdout)
    assert not {name for name in window if name.startswith(("organizer.services", "organizer.storage"))}
    assert not {"sqlalchemy", "organizer.domain.result", *FOR_NOBODY} & set(window)
    assert not FOR_NOBODY & set(listed)
    assert not collects
    assert {"organizer.ui.window_gone", "PySide6.QtNetwork"} <= set(rest)
    assert collects_then
    assert collects_after
    assert gc.isenabled()


def test_the_form_comes_by_itself_once_the_list_is_painted(desk: Desk) -> None:
    make(desk.usual)
    window = desk.start()
    page = window.page()
    assert isinstance(page, ContactsPage)
    desk.qtbot.waitUntil(lambda: page._form is not None)
    assert page.form.isVisible()
    assert page.form.heading.text() == "Anna"


def test_a_search_that_hides_her_before_the_form_is_made_lets_her_come_back(desk: Desk) -> None:
    make(desk.usual)
    window = desk.start()
    page = window.page()
    assert isinstance(page, ContactsPage)
    assert page._form is None
    page.pane.search.setText("zzz")
    assert not page.form.isVisible()
    page.pane.search.clear()
    assert page.form.isVisible()
    assert page.form.heading.text() == "Anna"


def test_what_is_noticed_while_the_screen_is_locked_is_said_after_it(desk: Desk) -> None:
    make(desk.usual, pin=True)
    make(desk.usual.with_name("Organizer (conflicted copy 2026-03-07).organizer"))
    window = desk.start()
    assert window.locked
    desk.qtbot.waitUntil(lambda: bool(window.files.watches.begun and window.files.watches.conflicts.bar.text()))
    assert not [bar for bar in window.findChildren(NoticeBar) if bar.isVisible()]
    assert unlock_page(window).isVisible()
    unlock(desk, window, PIN)
    assert window.files.watches.conflicts.bar.isVisible()


def test_a_file_that_is_locked_at_once_is_not_looked_at_any_more(desk: Desk) -> None:
    make(desk.usual, secret=SECRET)
    window = desk.start()
    unlock(desk, window, SECRET)
    window.lock.lock()
    settle()
    assert window.context is None
    assert not window.files.watches._later.isActive()
    unlock(desk, window, SECRET)
    desk.qtbot.waitUntil(lambda: window.files.watches.begun)
