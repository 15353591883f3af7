"""A passphrase is set, changed and removed in the window; nothing is lost on the way, and the words are honest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lock_support import MARKER, PIN, SECRET, filled, unlock
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.domain.result import Message, Refusal
from organizer.services import backups, files, protection, screen_pin
from organizer.services.backups import Reason
from organizer.services.jobs import Job, Progress
from organizer.ui.dialogs.first_start import FirstStart
from organizer.ui.dialogs.passphrase import PassphraseDialog, ProofDialog
from organizer.ui.dialogs.pin import PinDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.settings.protection_card import ProtectionCard
from organizer.ui.widgets import messages
from organizer.ui.widgets.pdf_dialog import PdfDialog

OTHER = "cykel bregne tordenvejr 3"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def opened(desk: Desk, passphrase: str = "") -> MainWindow:
    filled(desk.usual, passphrase)
    window = desk.start()
    if passphrase:
        unlock(desk, window, passphrase)
    window.navigate("settings")
    return window


def card(window: MainWindow) -> ProtectionCard:
    found = window.pages["settings"].findChild(ProtectionCard)
    assert found is not None
    return found


def shown(window: MainWindow, kind: type[QDialog]) -> QDialog:
    [dialog] = [one for one in window.findChildren(kind) if one.isVisible()]
    return dialog


def ask(window: MainWindow, press: Callable[[], object]) -> PassphraseDialog:
    press()
    dialog = shown(window, PassphraseDialog)
    assert isinstance(dialog, PassphraseDialog)
    return dialog


def fill(dialog: PassphraseDialog, new: str, again: str | None = None, now: str = "") -> None:
    dialog.now.line.setText(now)
    dialog.fields.new.line.setText(new)
    dialog.fields.again.line.setText(new if again is None else again)


def through(desk: Desk, window: MainWindow) -> None:
    """The work is done, the recovery key is offered, and the backup is made."""
    desk.qtbot.waitUntil(lambda: any(b.isVisible() for b in window.findChildren(QMessageBox)), timeout=20_000)
    desk.qtbot.waitUntil(lambda: not window.tasks.active(), timeout=20_000)


def decline(window: MainWindow) -> None:
    box = shown(window, QMessageBox)
    box.reject()


def test_encrypting_an_existing_file(desk: Desk) -> None:
    window = opened(desk)
    assert window.context
    backups.make(window.context.file, Reason.ASKED).now()
    assert "Not encrypted" in card(window).state.text()
    field = window.pages["settings"].owner  # type: ignore[attr-defined]
    field.setText("Karen Ny")  # typed, and not yet stored
    dialog = ask(window, card(window).set.click)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "nobody can open the file" in words
    assert "1 backup without a passphrase" in words
    assert "SSD" in words
    assert dialog.clean.isChecked()
    fill(dialog, SECRET)
    dialog.accept()
    through(desk, window)
    assert window.context
    file = window.context.file
    assert file.encrypted
    assert window.key == "settings"
    assert "Protected" in card(window).state.text()
    assert files.owner(file).name == "Karen Ny"
    assert MARKER.encode() not in desk.usual.read_bytes()
    assert protection.fits(file, SECRET)
    assert [one.encrypted for one in backups.every(desk.usual)] == [True]
    assert "1 backup without a passphrase is deleted" in window.answers.text()
    # the recovery key is offered at once
    messages.answer_button(shown(window, QMessageBox)).click()  # type: ignore[arg-type]
    desk.qtbot.waitUntil(lambda: bool(window.findChildren(PdfDialog)), timeout=20_000)
    pdf = shown(window, PdfDialog)
    pdf.close()
    window.close()
    with pytest.raises(files.Locked):
        files.open_file(desk.usual)


def test_backups_stay_when_she_says_so(desk: Desk) -> None:
    window = opened(desk)
    assert window.context
    backups.make(window.context.file, Reason.ASKED).now()
    dialog = ask(window, card(window).set.click)
    dialog.clean.click()
    fill(dialog, SECRET)
    dialog.accept()
    through(desk, window)
    decline(window)
    assert sorted(one.encrypted for one in backups.every(desk.usual)) == [False, True]
    window.close()


def test_what_cant_be_taken_is_said_at_its_field(desk: Desk) -> None:
    window = opened(desk)
    before = desk.usual.read_bytes()
    dialog = ask(window, card(window).set.click)
    dialog.accept()
    assert dialog.fields.error("new")
    fill(dialog, SECRET, "tromme")
    dialog.accept()
    assert "not the same" in dialog.fields.error("again")
    fill(dialog, "kode")
    dialog.accept()
    box = shown(window, QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "weak" in (box.windowTitle() + box.informativeText()).lower()
    box.reject()
    assert dialog.isVisible()
    dialog.reject()
    window.close()
    assert desk.usual.read_bytes() == before


def test_the_strength_follows_what_is_typed_and_knows_her_name(desk: Desk) -> None:
    window = opened(desk)
    dialog = ask(window, card(window).set.click)
    scores = []
    for typed in (MARKER, "sommer", SECRET):
        dialog.fields.new.line.setText(typed)
        scores.append(dialog.fields.judge())
    assert scores[0] < 2
    assert scores[1] < 2
    assert scores[2] > 2
    dialog.reject()
    window.close()


def test_changing_asks_for_the_old_one(desk: Desk) -> None:
    window = opened(desk, SECRET)
    dialog = ask(window, card(window).set.click)
    fill(dialog, OTHER, now="not it")
    dialog.accept()
    assert "not it" in dialog.known.error("now")
    fill(dialog, OTHER, now=SECRET)
    dialog.accept()
    through(desk, window)
    decline(window)
    assert window.context
    assert protection.fits(window.context.file, OTHER)
    assert not protection.fits(window.context.file, SECRET)
    window.close()


def test_removing_asks_and_warns(desk: Desk) -> None:
    window = opened(desk, SECRET)
    dialog = ask(window, card(window).remove.click)
    assert "can read" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.accept()
    assert dialog.isVisible()
    dialog.now.line.setText(SECRET)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: window.context is not None, timeout=20_000)
    assert window.context
    assert not window.context.file.encrypted
    desk.qtbot.waitUntil(lambda: not window.tasks.active(), timeout=20_000)  # the backup
    assert "not encrypted any more" in window.answers.text()
    window.close()


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_a_refusal_leaves_everything_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    window = opened(desk, passphrase)
    before = desk.usual.read_bytes()

    def full(_progress: Progress) -> None:
        raise Refusal(Message("The disk is full."))

    monkeypatch.setattr(protection, "change", lambda *_given: Job("Changing", full))
    dialog = ask(window, card(window).set.click)
    fill(dialog, OTHER, now=passphrase)
    dialog.accept()
    assert window.close() is False  # not now
    desk.qtbot.waitUntil(lambda: window.context is not None, timeout=20_000)
    assert "The disk is full." in window.answers.text()
    assert window.key == "settings"
    window.close()
    assert desk.usual.read_bytes() == before


def test_the_recovery_key_is_shown_only_to_her(desk: Desk) -> None:
    window = opened(desk, SECRET)
    card(window).recovery.click()
    dialog = shown(window, ProofDialog)
    assert isinstance(dialog, ProofDialog)
    dialog.field.line.setText("not it")
    dialog.accept()
    assert dialog.isVisible()
    assert not window.findChildren(PdfDialog)
    dialog.field.line.setText(SECRET)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: bool(window.findChildren(PdfDialog)), timeout=20_000)
    shown(window, PdfDialog).close()
    window.close()


def test_a_new_file_can_be_protected_from_the_start(desk: Desk) -> None:
    window = desk.window()
    window.files.begin()
    dialog = window.findChild(FirstStart)
    assert dialog is not None
    desk.activate(dialog)
    dialog.owner.setText("Karen Holm")
    assert not dialog.secret.isVisible()
    dialog.protect.click()
    assert dialog.secret.isVisible()
    dialog.go.click()
    assert dialog.secret.error("new")
    for field in (dialog.secret.new, dialog.secret.again):
        desk.qtbot.keyClicks(field.line, SECRET)
    assert SECRET not in repr(dialog.answers())
    dialog.language.setCurrentIndex(dialog.language.findData("da"))
    dialog.language.activated.emit(0)  # builds the questions anew
    settle()
    assert dialog.answers().passphrase == SECRET
    dialog.go.click()
    desk.qtbot.waitUntil(lambda: any(b.isVisible() for b in window.findChildren(QMessageBox)))
    decline(window)
    assert window.context
    assert window.context.file.encrypted
    assert protection.fits(window.context.file, SECRET)
    window.close()


def test_a_pin_is_chosen_changed_and_removed(desk: Desk) -> None:
    window = opened(desk)
    assert window.context
    file = window.context.file

    def pin(now: str, new: str = "", again: str = "") -> PinDialog:
        dialog = shown(window, PinDialog)
        assert isinstance(dialog, PinDialog)
        for field, text in ((dialog.now, now), (dialog.new, new), (dialog.again, again)):
            field.line.setText(text)
        dialog.accept()
        return dialog

    assert not card(window).minutes.isEnabled()
    assert "whoever copies the file can read it" in card(window).about_pin.text()
    card(window).pin.click()
    assert pin("", "12", "12").isVisible()
    assert pin("", PIN, "2581").isVisible()
    pin("", PIN, PIN)
    assert screen_pin.of(file).fits(PIN)
    settle()
    card(window).pin.click()
    assert "not the PIN" in pin("0000", "1379", "1379").form.error("now")
    pin(PIN, "1379", "1379")
    assert screen_pin.of(file).fits("1379")
    settle()
    card(window).unpin.click()
    pin("1379")
    assert not screen_pin.of(file)
    window.close()


def test_minutes_are_chosen_and_kept(desk: Desk) -> None:
    window = opened(desk, SECRET)
    box = card(window).minutes
    assert [box.itemData(place) for place in range(box.count())] == [0, 1, 5, 10, 15, 30, 60]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    assert window.lock.minutes == 0
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert window.lock.minutes == 1
    window.close()
    window = desk.start()
    unlock(desk, window, SECRET)
    assert window.lock.minutes == 1
    window.close()


def test_a_passphrase_field_gives_nothing_away(desk: Desk) -> None:
    window = opened(desk)
    dialog = ask(window, card(window).set.click)
    line = dialog.fields.new.line
    line.setText(SECRET)
    line.selectAll()
    line.copy()
    assert line.echoMode() == QLineEdit.EchoMode.Password
    assert SECRET not in line.displayText()
    assert QGuiApplication.clipboard().text() != SECRET
    dialog.reject()
    window.close()
