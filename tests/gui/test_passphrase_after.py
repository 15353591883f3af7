"""What she is told, and what is done for her, once another passphrase opens the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from lock_support import SECRET, filled, unlock
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.services import backups, protection
from organizer.services.backups import Backup, Reason
from organizer.services.files import File
from organizer.ui import window_protect
from organizer.ui.dialogs.backups import BackupsDialog
from organizer.ui.dialogs.look_inside import LookInside
from organizer.ui.dialogs.passphrase import PassphraseDialog
from organizer.ui.dialogs.recovery_sheet import RecoverySheet
from organizer.ui.dialogs.secret import SecretDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.settings.protection_card import ProtectionCard
from organizer.ui.widgets import file_dialog, messages

OTHER = "cykel bregne tordenvejr 3"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    filled(desk.usual, SECRET)
    return desk


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    window = desk.start()
    unlock(desk, window, SECRET)
    return window


def file_of(window: MainWindow) -> File:
    assert window.context
    return window.context.file


def words(widget: object) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))  # type: ignore[attr-defined]


def rewritten(desk: Desk, window: MainWindow, passphrase: str) -> None:
    """The passphrase is another now, and the backup after it is made."""
    before = len(backups.every(desk.usual))
    window_protect.change(window, passphrase)
    desk.qtbot.waitUntil(lambda: window.context is not None, timeout=20_000)
    desk.qtbot.waitUntil(
        lambda: len(backups.every(desk.usual)) > before and not window.tasks.active(), timeout=20_000
    )
    settle()


def question(window: MainWindow) -> QMessageBox:
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    return box


def look_inside(desk: Desk, window: MainWindow, backup: Backup, typed: str = "") -> LookInside:
    """A look inside this backup, with the passphrase it asks for."""
    window.menu.actions["backups"].trigger()
    dialog = next(one for one in window.findChildren(BackupsDialog) if one.isVisible())
    dialog.table.selectRow(dialog.model.row_of(backup.path))
    dialog.inside.click()
    look = next(one for one in window.findChildren(LookInside) if one.isVisible())
    if typed:
        desk.qtbot.waitUntil(lambda: bool(look.findChildren(SecretDialog)), timeout=20_000)
        [secret] = look.findChildren(SecretDialog)
        secret.field.line.setText(typed)
        secret.accept()
    desk.qtbot.waitUntil(look.go.isEnabled, timeout=20_000)
    return look


def restore(desk: Desk, window: MainWindow, look: LookInside) -> str:
    window.answers.clear()
    look.go.click()
    desk.qtbot.waitUntil(lambda: window.context is not None and bool(window.answers.text()), timeout=20_000)
    settle()
    return window.answers.text()


def test_a_backup_from_before_brings_its_passphrase_back_and_says_so(desk: Desk, window: MainWindow) -> None:
    made = backups.make(file_of(window), Reason.ASKED).now()
    rewritten(desk, window, OTHER)
    question(window).reject()
    look = look_inside(desk, window, made, SECRET)
    assert "passphrase of this backup" in words(look)
    assert "From now on the file has the passphrase of that backup." in restore(desk, window, look)
    assert protection.fits(file_of(window), SECRET)
    window.close()


def test_a_backup_without_a_passphrase_says_that_the_file_is_open_to_all(desk: Desk) -> None:
    desk.usual.unlink()
    filled(desk.usual)
    window = desk.start()
    made = backups.make(file_of(window), Reason.ASKED).now()
    rewritten(desk, window, SECRET)
    question(window).reject()
    look = look_inside(desk, window, made)
    assert "no longer encrypted" in words(look)
    assert "The file is no longer encrypted." in restore(desk, window, look)
    assert not file_of(window).encrypted
    window.close()


def test_a_backup_of_today_says_nothing_about_the_passphrase(desk: Desk, window: MainWindow) -> None:
    made = backups.make(file_of(window), Reason.ASKED).now()
    look = look_inside(desk, window, made)
    assert not look.protection.isVisible()
    assert "passphrase" not in restore(desk, window, look)
    window.close()


def test_the_old_sheet_is_said_to_be_void_before_and_after(desk: Desk, window: MainWindow) -> None:
    window_protect.ask(window)
    [dialog] = window.findChildren(PassphraseDialog)
    assert "recovery key you printed before will not open" in words(dialog)
    dialog.reject()
    rewritten(desk, window, OTHER)
    box = question(window)
    assert "no longer opens the file. Print the new one." in box.text()
    later = messages.answer_button(box, yes=False)
    assert later.text().replace("&", "") == "Not now"
    later.click()
    window.close()


def test_the_newest_backup_opens_without_the_passphrase_she_gave_up(desk: Desk, window: MainWindow) -> None:
    rewritten(desk, window, "")
    [newest] = [one for one in backups.every(desk.usual) if one.reason is Reason.PROTECTION]
    assert not newest.encrypted
    assert newest.verified
    assert "not encrypted any more" in window.answers.text()
    assert "A backup without a passphrase is made and verified." in window.answers.text()
    assert not [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    window.close()


def test_she_is_back_at_the_card_she_came_from(desk: Desk, window: MainWindow) -> None:
    window.resize(1000, 500)
    window.navigate("settings")
    rewritten(desk, window, "")
    [card] = window.pages["settings"].findChildren(ProtectionCard)
    [scroll] = [one for one in window.pages["settings"].findChildren(QScrollArea) if one.isAncestorOf(card)]
    assert scroll.verticalScrollBar().value() > 0
    assert not card.set.visibleRegion().isEmpty()
    window.close()


@pytest.fixture
def sheet(desk: Desk, window: MainWindow) -> RecoverySheet:
    window_protect.print_recovery_key(window)
    desk.qtbot.waitUntil(lambda: bool(window.findChildren(RecoverySheet)), timeout=20_000)
    found = window.findChild(RecoverySheet)
    assert isinstance(found, RecoverySheet)
    return found


def button(sheet: RecoverySheet, text: str) -> QPushButton:
    return next(one for one in sheet.findChildren(QPushButton) if one.text().replace("&", "") == text)


def test_the_sheet_is_made_to_be_printed(sheet: RecoverySheet) -> None:
    assert button(sheet, "Print…").property("kind") == "primary"
    assert button(sheet, "Save…").property("kind") == "default"
    assert "somewhere else than the file" in words(sheet)
    sheet.close()


def test_the_sheet_is_not_saved_beside_the_file_unasked(
    desk: Desk, sheet: RecoverySheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, away = desk.usual.parent / "Key.pdf", tmp_path / "stick" / "Key.pdf"
    away.parent.mkdir()
    sheet.save_as(beside)
    box = next(one for one in sheet.findChildren(QMessageBox) if one.isVisible())
    assert "beside the file" in box.windowTitle() + box.text()
    box.reject()
    assert not beside.exists()
    sheet.save_as(away)
    assert away.exists()
    assert "delete it" in words(sheet)
    settle()
    sheet.save_as(beside)
    box = next(one for one in sheet.findChildren(QMessageBox) if one.isVisible())
    messages.answer_button(box).click()
    assert beside.exists()
    beside.unlink()
    sheet.save_as(beside)  # asked once
    assert beside.exists()
    sheet.close()


def test_the_folder_of_the_file_is_not_suggested(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_dialog._Last, "folder", desk.usual.parent)
    places: list[Path] = []

    def seen(dialog: object, _kinds: str) -> None:
        places.append(Path(dialog.directory().path()))  # type: ignore[attr-defined]
        dialog.deleteLater()  # type: ignore[attr-defined]

    monkeypatch.setattr(file_dialog, "_asked", seen)
    window = desk.window()
    file_dialog.save_path(window, "Save", "Key.pdf", "PDF (*.pdf)")
    file_dialog.save_path(window, "Save", "Key.pdf", "PDF (*.pdf)", avoid=desk.usual.parent)
    assert places[0] == desk.usual.parent
    assert places[1] != desk.usual.parent
    QApplication.sendPostedEvents()
    window.close()
