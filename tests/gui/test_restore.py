"""Restoring: a look inside, three clicks, what was there is kept; one contact brought back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.domain.contact import Contact
from organizer.domain.result import Cancelled, Message, Refusal
from organizer.services import backups, companies, contacts, files
from organizer.services.backups import Reason
from organizer.services.files import File
from organizer.services.jobs import Job, Progress
from organizer.ui.dialogs.backups import BackupsDialog
from organizer.ui.dialogs.look_inside import LookInside
from organizer.ui.dialogs.secret import SecretDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.start.page import StartPage
from organizer.ui.widgets.preview_table import PreviewTable


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def prepare(desk: Desk, passphrase: str = "") -> None:
    """A file with a backup from yesterday, when Anna, Bo and Carl were there; since then Bo and Carl are gone."""
    now = datetime.now().astimezone().replace(microsecond=0, tzinfo=None)
    at = [now - timedelta(days=1)]
    file = files.create(desk.usual, lambda: at[0], passphrase)
    companies.set_up(file, "Karen", "Hjem", "")
    for name in ("Anna", "Bo", "Carl"):
        contacts.add(file, Contact(first_name=name, city=f"{name}s by"))
    backups.make(file, Reason.OPENING).now()
    at[0] = now
    gone = [row.id for row in contacts.rows(file) if row.name in ("Bo", "Carl")]
    contacts.delete(file, gone)
    contacts.add(file, Contact(first_name="Dorthe"))
    file.close()


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    prepare(desk)
    return desk.start()


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def names(window: MainWindow) -> list[str]:
    return sorted(row.name for row in contacts.rows(file_of(window)))


def cells(table: PreviewTable) -> list[tuple[str, ...]]:
    model = table.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def listed(window: MainWindow) -> BackupsDialog:
    dialog = next(one for one in window.findChildren(BackupsDialog) if one.isVisible())
    dialog.table.selectRow(dialog.model.rowCount() - 1)
    return dialog


def inside(window: MainWindow, qtbot: QtBot) -> LookInside:
    window.menu.actions["backups"].trigger()
    listed(window).inside.click()
    dialog = next(one for one in window.findChildren(LookInside) if one.isVisible())
    qtbot.waitUntil(lambda: not dialog.tasks.active())
    return dialog


def restored(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.context is not None and bool(window.answers.text()))
    settle()


def test_three_clicks_bring_the_file_back_and_keep_the_one_that_was_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.menu.actions["backups"].trigger()  # 1
    dialog = listed(window)
    dialog.inside.click()  # 2
    look = next(one for one in window.findChildren(LookInside) if one.isVisible())
    qtbot.waitUntil(lambda: look.go.isEnabled())
    look.go.click()  # 3
    assert window.context is None
    assert not window.menu.actions["open"].isEnabled(), "nothing else can be done meanwhile"
    window.close()
    assert window.isVisible(), "the window waits for the answer"
    restored(window, qtbot)
    assert names(window) == ["Anna", "Bo", "Carl"]
    assert window.answers.text().startswith("The file is as it was yesterday ")
    kept = backups.every(file_of(window).path)[0]
    assert kept.reason is Reason.RESTORE
    assert window.answers.text().endswith("The file you had is kept: File, Backups, “before a restore”.")
    assert kept.counts["contacts"] == 2, "Anna and Dorthe"
    assert window.menu.actions["open"].isEnabled()


def test_the_look_inside_counts_then_and_now_and_tells_the_last_deeds(window: MainWindow, qtbot: QtBot) -> None:
    look = inside(window, qtbot)
    assert ("Contacts", "3", "2") in cells(look.counts)
    assert [row[1] for row in cells(look.deeds)][:2] == ["Add contact Carl", "Add contact Bo"]
    assert all(row[0].startswith("yesterday ") and "@" in row[2] for row in cells(look.deeds))
    assert look.tabs.tabText(2) == "2 contacts missing now"
    look.reject()
    assert names(window) == ["Anna", "Dorthe"]
    listed(window).reject()


def test_one_contact_is_brought_back_as_one_deed(window: MainWindow, qtbot: QtBot) -> None:
    look = inside(window, qtbot)
    look.tabs.setCurrentIndex(2)
    look.search.setText("carl")
    assert cells(look.missing) == [("Carl",)]
    look.bring.click()
    qtbot.waitUntil(lambda: not look.tasks.active())
    assert names(window) == ["Anna", "Carl", "Dorthe"]
    assert look.answers.text() == "Carl is back."
    look.search.clear()
    assert cells(look.missing) == [("Bo",)]
    file = file_of(window)
    back = next(row.id for row in contacts.rows(file) if row.name == "Carl")
    found = contacts.get(file, back)
    assert found is not None
    assert found.city == "Carls by"
    undo = next(b for b in look.answers.findChildren(QPushButton) if b.isVisible())
    undo.click()
    assert names(window) == ["Anna", "Dorthe"]
    assert cells(look.missing) == [("Bo",), ("Carl",)]
    look.reject()
    listed(window).reject()


def test_a_refusal_brings_back_what_was_there_and_says_why(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> Job[backups.Restored]:
        def work(_progress: Progress) -> backups.Restored:
            raise Refusal(Message("The disk is full."))

        return Job("Restoring", work)

    look = inside(window, qtbot)
    monkeypatch.setattr(backups, "restore", full)
    look.go.click()
    restored(window, qtbot)
    assert names(window) == ["Anna", "Dorthe"]
    assert window.answers.text() == "The disk is full."


def test_a_refusal_without_an_open_file_leads_back_to_the_first_window(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(desk)
    whole = desk.usual.read_bytes()
    desk.usual.write_bytes(whole[: len(whole) // 3])
    window = desk.start(desk.usual)

    def full(*_what: object) -> Job[backups.Restored]:
        def work(_progress: Progress) -> backups.Restored:
            raise Refusal(Message("The disk is full."))

        return Job("Restoring", work)

    window.files.backups()
    listed(window).inside.click()
    look = next(one for one in window.findChildren(LookInside) if one.isVisible())
    qtbot.waitUntil(lambda: look.go.isEnabled())
    monkeypatch.setattr(backups, "restore", full)
    look.go.click()
    assert not isinstance(window.start_page(), StartPage), "it waits"
    qtbot.waitUntil(lambda: isinstance(window.start_page(), StartPage))
    page = window.start_page()
    assert isinstance(page, StartPage)
    assert "The disk is full." in " ".join(label.text() for label in page.findChildren(QLabel))
    assert window.menuBar().isEnabled()
    assert window.menu.actions["open"].isEnabled()
    page.backups.emit()
    assert listed(window).model.rowCount() == 1, "she can try again, or another one"
    listed(window).reject()


def test_stopping_a_restore_shows_what_was_there(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_what: object) -> Job[backups.Restored]:
        def work(_progress: Progress) -> backups.Restored:
            raise Cancelled

        return Job("Restoring", work)

    look = inside(window, qtbot)
    monkeypatch.setattr(backups, "restore", stopped)
    look.go.click()
    qtbot.waitUntil(lambda: window.context is not None)
    settle()
    assert names(window) == ["Anna", "Dorthe"]
    window.close()
    assert not window.isVisible(), "the window can be closed again"


def test_a_backup_that_has_rotted_is_not_restored(window: MainWindow, qtbot: QtBot) -> None:
    look = inside(window, qtbot)
    path = look.backup.path
    whole = bytearray(path.read_bytes())
    whole[4096:8192] = bytes(4096)
    path.write_bytes(whole)
    look.go.click()
    restored(window, qtbot)
    assert names(window) == ["Anna", "Dorthe"]
    assert "not as it was when it was made" in window.answers.text()


def test_a_file_that_cant_be_opened_is_restored_from_the_first_window(desk: Desk, qtbot: QtBot) -> None:
    prepare(desk)
    whole = desk.usual.read_bytes()
    desk.usual.write_bytes(whole[: len(whole) // 3])
    window = desk.start(desk.usual)
    page = window.start_page()
    assert isinstance(page, StartPage)
    page.backups.emit()
    dialog = listed(window)
    assert not dialog.now.isVisible()
    assert dialog.tabs.count() == 1, "the rule lies in the file"
    dialog.inside.click()
    look = next(one for one in window.findChildren(LookInside) if one.isVisible())
    qtbot.waitUntil(lambda: look.go.isEnabled())
    assert cells(look.counts)[0][0] == "Contacts"
    assert look.counts.model().columnCount() == 2
    assert not look.tabs.isTabVisible(2)
    look.go.click()
    restored(window, qtbot)
    assert names(window) == ["Anna", "Bo", "Carl"]
    kept = next(path for path in desk.usual.parent.iterdir() if "kept" in path.name)
    assert kept.read_bytes() == whole[: len(whole) // 3], "the damaged one is kept as it was"
    assert kept.name in window.answers.text()


def test_a_file_that_is_gone_is_restored_too(desk: Desk, qtbot: QtBot) -> None:
    prepare(desk)
    desk.usual.unlink()
    window = desk.start(desk.usual)
    page = window.start_page()
    assert isinstance(page, StartPage)
    page.backups.emit()
    listed(window).inside.click()
    look = next(one for one in window.findChildren(LookInside) if one.isVisible())
    qtbot.waitUntil(lambda: look.go.isEnabled())
    look.go.click()
    restored(window, qtbot)
    assert names(window) == ["Anna", "Bo", "Carl"]
    assert "kept" not in window.answers.text()


def test_a_restore_that_a_crash_cut_off_is_finished_when_the_file_is_opened(desk: Desk) -> None:
    prepare(desk)
    desk.usual.rename(desk.usual.with_name(f".{desk.usual.name}.0-0.ready"))
    assert names(desk.start(desk.usual)) == ["Anna", "Dorthe"]


def test_an_encrypted_backup_is_opened_with_the_present_key_and_stays_encrypted(desk: Desk, qtbot: QtBot) -> None:
    prepare(desk, "correct horse")
    window = desk.window()
    window.files.show(files.open_file(desk.usual, secret="correct horse"))
    look = inside(window, qtbot)
    assert not window.findChildren(SecretDialog)
    look.go.click()
    restored(window, qtbot)
    assert names(window) == ["Anna", "Bo", "Carl"]
    assert file_of(window).encrypted


def test_without_the_open_file_the_passphrase_is_asked_for(desk: Desk, qtbot: QtBot) -> None:
    prepare(desk, "correct horse")
    whole = desk.usual.read_bytes()
    desk.usual.write_bytes(whole[: len(whole) // 3])
    window = desk.window()
    dialog = BackupsDialog(desk.usual, None, window, window)
    dialog.open()
    listed(window).inside.click()
    look = next(one for one in window.findChildren(LookInside) if one.isVisible())
    qtbot.waitUntil(lambda: bool(look.findChildren(SecretDialog)))
    ask = look.findChildren(SecretDialog)[0]
    assert ask.field.line.echoMode() == QLineEdit.EchoMode.Password
    assert not ask.go.isEnabled()
    ask.field.line.setText("correct horse")
    ask.go.click()
    qtbot.waitUntil(lambda: look.go.isEnabled())
    look.go.click()
    restored(window, qtbot)
    assert names(window) == ["Anna", "Bo", "Carl"]
    assert file_of(window).encrypted


def test_giving_up_on_the_passphrase_leaves_everything(desk: Desk, qtbot: QtBot) -> None:
    prepare(desk, "correct horse")
    window = desk.window()
    dialog = BackupsDialog(desk.usual, None, window, window)
    dialog.open()
    listed(window).inside.click()
    look = next(one for one in window.findChildren(LookInside) if one.isVisible())
    qtbot.waitUntil(lambda: bool(look.findChildren(SecretDialog)))
    look.findChildren(SecretDialog)[0].reject()
    assert not look.isVisible()
    assert dialog.isVisible()
    dialog.reject()
