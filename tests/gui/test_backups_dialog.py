"""The page of backups: which there are, making, verifying and deleting one, the rule and the second folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from window_support import KEY, Desk

from organizer.domain.contact import Contact
from organizer.domain.retention import Rule
from organizer.services import backups, contacts, files
from organizer.services.backups import Backup, Reason
from organizer.services.files import File
from organizer.ui import theme
from organizer.ui.dialogs.backup_rules import BackupRules
from organizer.ui.dialogs.backups import BackupsDialog
from organizer.ui.dialogs.look_inside import LookInside
from organizer.ui.dialogs.secret import SecretDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.models.backups import SINCE, SIZE, VERIFIED, WHEN, WHERE, WHY
from organizer.ui.pages.settings.backups_card import BackupsCard
from organizer.ui.widgets import backup_words as words
from organizer.ui.widgets import messages

Start = Callable[..., MainWindow]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def start(desk: Desk) -> Start:
    def started(*, made: int = 0, passphrase: str = "") -> MainWindow:
        """A window whose file had `made` backups, an hour and a contact apart, the last of them an hour ago."""
        now = datetime.now().astimezone().replace(microsecond=0, tzinfo=None)
        first = now - timedelta(hours=made)
        at = [first]
        file = files.create(desk.usual, lambda: at[0], passphrase)
        for hour in range(made):
            at[0] = first + timedelta(hours=hour)
            contacts.add(file, Contact(first_name=f"Nr {hour}"))
            backups.make(file, Reason.ASKED).now()
        file.close()
        if not passphrase:
            return desk.start()
        window = desk.window()
        window.files.show(files.open_file(desk.usual, secret=passphrase))
        return window

    return started


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def opened(window: MainWindow) -> BackupsDialog:
    window.menu.actions["backups"].trigger()
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    return dialog


def cells(dialog: BackupsDialog, column: int) -> list[str]:
    model = dialog.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def idle(dialog: BackupsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.tasks.active())


def box_of(parent: QWidget) -> QMessageBox:
    return next(box for box in parent.findChildren(QMessageBox) if box.isVisible())


def test_without_a_backup_it_says_how_they_come(start: Start, qtbot: QtBot) -> None:
    dialog = opened(start())
    assert dialog.stack.currentIndex() == 0
    assert not any(made.isEnabled() for made in (dialog.inside, dialog.check, dialog.folder, dialog.remove))
    dialog.now.click()
    idle(dialog, qtbot)
    assert dialog.stack.currentIndex() == 1
    assert dialog.answers.text() == "The backup is made and verified."
    assert cells(dialog, WHY) == ["You asked for it"]
    dialog.reject()


def test_each_backup_says_when_why_what_changed_and_that_it_is_verified(start: Start) -> None:
    window = start(made=2)
    contacts.add(file_of(window), Contact(first_name="Later"))
    dialog = opened(window)
    assert cells(dialog, SINCE) == ["1 deed, +1 contact", "2 deeds, +2 contacts"]
    assert all(text.startswith("Verified ") for text in cells(dialog, VERIFIED))
    assert cells(dialog, WHERE) == ["This computer"] * 2
    assert all(text.endswith("kB") for text in cells(dialog, SIZE))
    assert dialog.holds.text() == "2 contacts"
    dialog.table.selectRow(1)
    assert dialog.holds.text() == "1 contact"
    chosen = dialog.chosen()
    assert chosen is not None
    assert dialog.where.text() == str(chosen.path)
    assert dialog.model.index(0, VERIFIED).data(Qt.ItemDataRole.DecorationRole) is not None
    dialog.reject()


def test_after_a_restore_the_others_are_of_another_state(start: Start, desk: Desk, qtbot: QtBot) -> None:
    window = start(made=2)
    newer, older = backups.every(desk.usual)
    window.close()
    backups.restore(desk.usual, older).now()
    file = files.open_file(desk.usual)
    contacts.add(file, Contact(first_name="Another way"))  # as many deeds as in the way that was left
    file.close()
    dialog = opened(desk.start())
    told = {dialog.model.at(row).path: text for row, text in enumerate(cells(dialog, SINCE))}  # type: ignore[union-attr]
    assert told[newer.path] == "another state of the file"
    assert told[older.path] == "1 deed, +1 contact"
    assert "nothing" not in told.values()
    dialog.table.selectRow(dialog.model.row_of(newer.path))
    dialog.look()
    look = dialog.findChild(LookInside)
    assert look is not None
    qtbot.waitUntil(lambda: look.go.isEnabled())
    assert [look.counts.model().index(0, column).data() for column in range(3)] == ["Contacts", "2", "2"]
    look.reject()
    dialog.reject()


def test_it_sorts_by_each_column_and_keeps_the_chosen_one(start: Start) -> None:
    dialog = opened(start(made=3))
    dialog.table.selectRow(0)
    newest = dialog.chosen()
    for column in (WHEN, WHY, SINCE, SIZE, VERIFIED, WHERE):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            dialog.table.sortByColumn(column, order)
            assert dialog.chosen() == newest
    dialog.table.sortByColumn(WHEN, Qt.SortOrder.AscendingOrder)
    assert dialog.model.at(2) == newest
    dialog.reject()


def test_verifying_finds_a_backup_that_has_rotted(start: Start, qtbot: QtBot) -> None:
    dialog = opened(start(made=1))
    dialog.check.click()
    idle(dialog, qtbot)
    assert dialog.answers.text() == "The backup is whole."
    chosen = dialog.chosen()
    assert chosen is not None
    whole = bytearray(chosen.path.read_bytes())
    whole[len(whole) // 2] ^= 1
    chosen.path.write_bytes(whole)
    dialog.check.click()
    idle(dialog, qtbot)
    assert "Don't trust it" in dialog.answers.text()
    assert cells(dialog, VERIFIED) == ["Damaged: don't trust it"]
    shutil.copy(chosen.path, chosen.path.with_name("by hand.organizer"))
    dialog.refresh()
    assert sorted(cells(dialog, VERIFIED)) == ["Damaged: don't trust it", "Not verified"]
    assert dialog.state.text() == "There is no verified backup yet."
    dialog.reject()


def test_deleting_asks_and_a_copy_made_by_hand_is_never_deletable(start: Start, qtbot: QtBot) -> None:
    window = start(made=2)
    path = file_of(window).path
    newest = backups.every(path)[0]
    by_hand = shutil.copy(newest.path, newest.path.with_name("by hand.organizer"))
    dialog = opened(window)
    dialog.table.selectRow(dialog.model.row_of(by_hand))
    assert not dialog.remove.isEnabled()
    dialog.delete()
    assert not dialog.findChildren(QMessageBox)
    dialog.table.selectRow(dialog.model.row_of(newest.path))
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, KEY.Key_Delete)
    messages.answer_button(box_of(dialog), yes=False).click()
    assert newest.path.exists()
    dialog.remove.click()
    messages.answer_button(box_of(dialog)).click()
    idle(dialog, qtbot)
    assert not newest.path.exists()
    assert by_hand.exists()
    assert dialog.model.rowCount() == 2
    dialog.reject()


def test_enter_looks_inside(start: Start, qtbot: QtBot) -> None:
    dialog = opened(start(made=1))
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    look = dialog.findChild(LookInside)
    assert isinstance(look, LookInside)
    look.reject()
    dialog.reject()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_the_menu_of_a_backup_offers_the_same_deeds(start: Start, qtbot: QtBot) -> None:
    dialog = opened(start(made=1))
    dialog.table.customContextMenuRequested.emit(dialog.table.rect().center())
    menu = next(child for child in dialog.table.children() if type(child).__name__ == "QMenu")
    assert [action.text() for action in menu.actions()] == [
        made.text() for made in (dialog.inside, dialog.check, dialog.folder, dialog.remove)
    ]
    menu.close()
    dialog.reject()


def test_it_follows_what_is_made_and_done_meanwhile(start: Start, qtbot: QtBot) -> None:
    window = start()
    dialog = opened(window)
    assert window.keeper is not None
    with qtbot.waitSignal(window.keeper.made):
        window.keeper.look()
    assert cells(dialog, WHY) == ["Daily"]
    assert cells(dialog, SINCE) == ["nothing"]
    contacts.add(file_of(window), Contact(first_name="New"))
    assert cells(dialog, SINCE) == ["1 deed, +1 contact"]
    dialog.reject()


def test_what_keeps_backups_from_being_made_stands_on_top(start: Start, qtbot: QtBot) -> None:
    window = start()
    folder = backups.folder(file_of(window).path)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    assert window.keeper is not None
    with qtbot.waitSignal(window.keeper.troubled):
        window.keeper.look()
    assert window.answers.text() == window.keeper.problem
    dialog = opened(window)
    assert dialog.state.text() == window.keeper.problem
    folder.unlink()
    dialog.make()
    idle(dialog, qtbot)
    assert window.keeper.problem == ""
    assert dialog.state.text().startswith("The newest verified backup is from today")
    dialog.reject()


# --- the rule and the second folder


def rules(dialog: BackupsDialog) -> BackupRules:
    dialog.tabs.setCurrentIndex(1)
    found = dialog.findChild(BackupRules)
    assert isinstance(found, BackupRules)
    return found


def test_the_rule_is_kept_at_once(start: Start) -> None:
    window = start()
    dialog = opened(window)
    page = rules(dialog)
    assert (page.hours.value(), page.days.value(), page.weeks.value(), page.months.value()) == (24, 14, 8, 24)
    page.days.setValue(30)
    page.months.setValue(0)
    assert backups.rule(file_of(window)) == Rule(24, 30, 8, 0)
    dialog.reject()


def test_the_second_folder_is_chosen_missed_and_left(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    window = start()
    dialog = opened(window)
    second = rules(dialog).second
    assert second.state.text().startswith("None yet")
    stick = tmp_path / "stick"
    stick.mkdir()
    second.set(stick)
    assert second.state.text() == str(stick)
    assert "is being made now" in dialog.answers.text()
    # it gets a backup at once
    qtbot.waitUntil(lambda: "has a backup now" in dialog.answers.text())
    assert sorted(cells(dialog, WHERE)) == ["Second folder", "This computer"]
    assert set(cells(dialog, WHY)) == {"You asked for it"}
    shutil.rmtree(stick)
    second.refresh()
    assert "is not plugged in now" in second.state.text()
    dialog.make()
    idle(dialog, qtbot)
    assert str(stick) in dialog.state.text()
    second.set(None)
    assert backups.second_folder(file_of(window)) is None
    dialog.reject()


def test_a_folder_that_cant_be_written_to_is_refused(start: Start, tmp_path: Path) -> None:
    window = start()
    dialog = opened(window)
    rules(dialog).second.set(tmp_path / "not there")
    assert "can't be written to" in dialog.answers.text()
    assert backups.second_folder(file_of(window)) is None
    assert not window.tasks.active(), "no backup is made for it"
    dialog.reject()


def test_a_second_folder_that_is_gone_again_is_told_of(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    window = start()
    dialog = opened(window)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert window.context is not None
    # pulled out between the choice and the backup
    window.context.answered.connect(lambda text, _undo: stick.rmdir() if stick.exists() else None)
    rules(dialog).second.set(stick)
    qtbot.waitUntil(lambda: not window.tasks.active())
    assert str(stick) in dialog.answers.text()
    assert "has a backup now" not in dialog.answers.text()
    dialog.reject()


def test_the_choice_of_a_second_folder_says_what_it_is_for(start: Start, tmp_path: Path) -> None:
    dialog = opened(start())
    second = rules(dialog).second
    second.choose.click()
    asking = second.findChild(QFileDialog)
    assert isinstance(asking, QFileDialog)
    assert asking.windowTitle() == "Choose the second folder"
    asking.reject()
    dialog.reject()


@pytest.mark.parametrize("page", ["backups", "settings"])
def test_another_second_folder_ends_the_trouble_with_the_first(
    start: Start, qtbot: QtBot, tmp_path: Path, page: str
) -> None:
    window = start()
    sticks = [tmp_path / "one", tmp_path / "two"]
    for stick in sticks:
        stick.mkdir()
    backups.set_second_folder(file_of(window), sticks[0])
    sticks[0].rmdir()
    assert window.keeper is not None
    with qtbot.waitSignal(window.keeper.troubled):
        window.keeper.look()
    dialog = opened(window)
    assert str(sticks[0]) in dialog.state.text()
    if page == "settings":
        dialog.reject()
        window.navigate("settings")
    card = window.findChild(BackupsCard)
    second = card.second if page == "settings" and card else rules(dialog).second
    with qtbot.waitSignal(second.filled):
        second.set(sticks[1])
    assert window.keeper.problem == ""
    again = dialog if page == "backups" else opened(window)
    assert again.state.text().startswith("The newest verified backup is from today")
    assert "Second folder" in cells(again, WHERE)
    again.reject()


def test_the_page_may_be_closed_before_the_second_folder_has_its_backup(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    window = start()
    dialog = opened(window)
    stick = tmp_path / "stick"
    stick.mkdir()
    rules(dialog).second.set(stick)
    dialog.reject()
    qtbot.waitUntil(lambda: not window.tasks.active())
    assert window.answers.text() == "The second folder has a backup now."
    assert {backup.elsewhere for backup in backups.every(file_of(window).path)} == {True, False}


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_no_column_of_the_backups_is_cut(start: Start, qtbot: QtBot, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light", scale)
    try:
        dialog = opened(start(made=2))
        qtbot.waitExposed(dialog)
        for column in range(dialog.model.columnCount()):
            assert dialog.table.columnWidth(column) >= dialog.table.sizeHintForColumn(column)
        assert dialog.table.horizontalScrollBar().maximum() == 0
        dialog.reject()
    finally:
        theme.apply(app, "light")


def test_settings_say_when_the_newest_was_made_and_lead_here(start: Start, qtbot: QtBot) -> None:
    window = start()
    window.navigate("settings")
    card = window.findChild(BackupsCard)
    assert isinstance(card, BackupsCard)
    assert card.newest.text().startswith("None yet")
    assert window.keeper is not None
    with qtbot.waitSignal(window.keeper.made):
        window.keeper.look()
    assert card.newest.text().startswith("today ")
    card.open.click()
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    assert dialog.model.rowCount() == 1
    dialog.reject()


def test_an_encrypted_backup_says_so_and_is_verified_with_the_present_key(start: Start, qtbot: QtBot) -> None:
    dialog = opened(start(made=1, passphrase="correct horse"))
    assert cells(dialog, WHERE) == ["This computer, encrypted"]
    dialog.check.click()
    idle(dialog, qtbot)
    assert dialog.answers.text() == "The backup is whole."
    dialog.reject()


def test_a_backup_under_another_passphrase_asks_for_it(start: Start, desk: Desk, qtbot: QtBot) -> None:
    from organizer.services import protection

    window = start(made=1, passphrase="the old one")
    key = file_of(window).key
    window.release()
    protection.change(desk.usual, key, "the new one").now()
    window.files.show(files.open_file(desk.usual, secret="the new one"))
    dialog = opened(window)
    dialog.table.selectRow(dialog.model.rowCount() - 1)
    dialog.check.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(SecretDialog)))
    ask = dialog.findChildren(SecretDialog)[0]
    ask.field.line.setText("no")
    ask.go.click()
    qtbot.waitUntil(lambda: any(one.isVisible() and one is not ask for one in dialog.findChildren(SecretDialog)))
    again = next(one for one in dialog.findChildren(SecretDialog) if one.isVisible())
    assert again.problem.isVisible(), "it says that it didn't fit"
    again.field.line.setText("the old one")
    again.go.click()
    idle(dialog, qtbot)
    assert dialog.answers.text() == "The backup is whole."
    dialog.reject()


# --- in words


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 3, 7, 14, 5), "today 14:05"),
        (datetime(2026, 3, 6, 9, 0), "yesterday 09:00"),
        (datetime(2026, 2, 1, 9, 0), "01/02/2026 09:00"),
        (datetime(2026, 3, 8, 9, 0), "08/03/2026 09:00"),
    ],
)
def test_when_in_words(at: datetime, text: str) -> None:
    assert words.when(at, datetime(2026, 3, 7).date()) == text


def test_a_backup_without_a_known_reason_has_a_name_all_the_same() -> None:
    bare = Backup(Path("x"), datetime(2026, 1, 1), 0, None, None, {}, 0, False, False, made_here=False)
    assert words.reason(bare) == "Not made by Organizer"


def test_without_the_open_file_nothing_is_deleted(desk: Desk, start: Start) -> None:
    start(made=1, passphrase="korrekt hest batteri").close()
    window = desk.start()
    window.start_page().restore.emit()  # type: ignore[union-attr]
    dialog = window.findChild(BackupsDialog)
    assert dialog is not None
    assert dialog.chosen() is not None
    assert not dialog.remove.isEnabled()
    assert "while the file is open" in dialog.remove.toolTip()
    dialog.table.setFocus()
    desk.qtbot.keyClick(dialog.table, KEY.Key_Delete)
    assert not [box for box in dialog.findChildren(QMessageBox) if box.isVisible()]
    assert len(backups.every(desk.usual)) == 1
    dialog.reject()
    window.close()
