"""A file that is copied, moved, replaced, or whose stick is pulled out: told clearly, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from lock_support import SECRET, unlock
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.__main__ import wants_window
from organizer.app import _options
from organizer.domain.contact import Contact
from organizer.domain.result import Message, Refusal
from organizer.services import backups, contacts, files, moving
from organizer.services.files import File
from organizer.ui.dialogs.backups import BackupsDialog
from organizer.ui.dialogs.check import CheckDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.start.page import StartPage
from organizer.ui.widgets.notice_bar import NoticeBar
from organizer.ui.window_gone import EVERY, SOON

SHIFT = Qt.KeyboardModifier.ShiftModifier


class WatchedDesk(Desk):
    """Her computer a moment after a start: what is looked at beside the page has begun."""

    def start(self, path: Path | None = None) -> MainWindow:
        window = super().start(path)
        if window.context:
            self.qtbot.waitUntil(lambda: window.files.watches.begun)
        return window


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return WatchedDesk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def stick(desk: Desk) -> Path:
    """A folder that can be taken away, with a file on it."""
    folder = desk.folder / "stick"
    make(folder / "mine.organizer", "Anna")
    return folder


@pytest.fixture
def window(desk: Desk, stick: Path) -> MainWindow:
    return desk.start(stick / "mine.organizer")


def make(path: Path, *names: str, secret: str = "") -> Path:
    file = files.create(path, passphrase=secret)
    for name in names:
        contacts.add(file, Contact(first_name=name))
    file.close()
    return path


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def names(window: MainWindow) -> list[str]:
    return [row.name for row in contacts.rows(file_of(window))]


def names_in(path: Path, secret: str = "") -> list[str]:
    file = files.open_file(path, secret=secret)
    try:
        return [row.name for row in contacts.rows(file)]
    finally:
        file.close()


def add(window: MainWindow, name: str) -> int | None:
    """As a page does it."""
    assert window.context is not None
    file = file_of(window)
    return window.context.deed(lambda: contacts.add(file, Contact(first_name=name)), f"Added {name}.")


def bar(window: MainWindow) -> NoticeBar:
    """The notice that is shown."""
    shown = [bar for bar in window.findChildren(NoticeBar) if bar.isVisible()]
    assert len(shown) == 1, [one.text() for one in shown]
    return shown[0]


def no_bar(window: MainWindow) -> bool:
    return not [bar for bar in window.findChildren(NoticeBar) if bar.isVisible()]


def press(buttons: list[QPushButton], word: str) -> None:
    next(button for button in buttons if word in button.text().replace("&", "")).click()


def look(window: MainWindow) -> None:
    """The quiet look that comes every twenty seconds."""
    window.files.watches.gone._timer.timeout.emit()


def answer_dialog(window: MainWindow, desk: Desk, target: Path | None) -> QFileDialog:
    """Type a path into the file dialog and press Enter."""
    desk.qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QFileDialog)))
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    if target:
        dialog.selectFile(str(target))
        dialog.accept()
    return dialog


def start_page(window: MainWindow) -> StartPage:
    page = window.start_page()
    assert isinstance(page, StartPage)
    return page


def said(page: StartPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


# --- save a copy


def test_a_copy_is_saved_and_she_stays_in_her_own_file(window: MainWindow, desk: Desk, stick: Path) -> None:
    desk.qtbot.keyClick(window, KEY.Key_S, CTRL | SHIFT)
    dialog = answer_dialog(window, desk, None)
    day = file_of(window).clock().date().isoformat()
    assert [Path(name).name for name in dialog.selectedFiles()] == [f"mine copy {day}.organizer"]
    target = desk.folder / "elsewhere" / "copy æøå.organizer"
    target.parent.mkdir()
    answer_dialog(window, desk, target)
    desk.qtbot.waitUntil(lambda: str(target) in window.answers.text())
    assert "You stay in your own file" in window.answers.text()
    assert file_of(window).path == stick / "mine.organizer"
    add(window, "Bo")
    assert names_in(target) == ["Anna"]


def test_a_copy_never_lands_on_the_open_file(window: MainWindow, desk: Desk, stick: Path) -> None:
    window.files._save_copy(stick / "mine.organizer", lambda _path: None)
    settle()
    box = window.findChild(QMessageBox)
    assert box is not None
    box.reject()
    assert add(window, "Bo")
    window.close()
    assert names_in(stick / "mine.organizer") == ["Anna", "Bo"]


# --- recent files


def recent(window: MainWindow) -> list[QAction]:
    return window.menu._recent.files()


def test_recent_files_say_which_are_not_there_and_can_be_cleared(
    window: MainWindow, desk: Desk, stick: Path
) -> None:
    for name in ("a & b", "gone"):
        window.files.open(make(desk.folder / f"{name}.organizer"))
    window.files.open(stick / "mine.organizer")
    (desk.folder / "gone.organizer").unlink()
    window.menu._recent.aboutToShow.emit()
    desk.qtbot.waitUntil(lambda: any("(not there)" in action.text() for action in recent(window)))
    told = {Path(action.data()).stem: (action.isEnabled(), action.text()) for action in recent(window)}
    assert not told["gone"][0]
    assert told["a & b"][0]
    assert "a && b.organizer" in told["a & b"][1]
    window.menu._recent.actions()[-1].trigger()
    assert recent(window) == []
    assert window.preferences.recent == [stick / "mine.organizer"]


def test_a_stick_that_hangs_does_not_hold_the_menu_up(
    window: MainWindow, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    free = threading.Event()
    window.files.open(make(desk.folder / "b.organizer"))
    monkeypatch.setattr(os.path, "exists", lambda _name: free.wait(20))
    window.menu._recent.aboutToShow.emit()
    window.menu._recent.aboutToShow.emit()
    waiting = [thread for thread in threading.enumerate() if "_look" in thread.name]
    assert len(waiting) == 1, "what hangs is asked once"
    assert [Path(action.data()).stem for action in recent(window)] == ["mine"]
    free.set()
    waiting[0].join()


# --- the stick is pulled out


def pull_out(stick: Path) -> Path:
    return stick.rename(stick.with_name("drawer"))


def test_a_pulled_stick_is_said_once_and_all_goes_on_when_it_is_back(
    window: MainWindow, desk: Desk, stick: Path
) -> None:
    drawer = pull_out(stick)
    look(window)
    text = bar(window).text()
    assert str(stick / "mine.organizer") in text
    assert "not there any more" in text
    assert "Put the stick in again" in text
    assert add(window, "Bo") is None, "nothing is said to be saved that isn't"
    press(bar(window).ways(), "Try again")
    assert "still not there" in window.answers.text()
    drawer.rename(stick)
    press(bar(window).ways(), "Try again")
    assert no_bar(window)
    assert "there again" in window.answers.text()
    assert add(window, "Bo")
    window.close()
    assert names_in(stick / "mine.organizer") == ["Anna", "Bo"]


def test_the_same_file_on_a_stick_put_in_anew_is_taken_up_with_what_was_being_typed(
    window: MainWindow, desk: Desk, stick: Path
) -> None:
    add(window, "Bo")
    drawer = desk.folder / "drawer"
    shutil.copytree(stick, drawer)  # times are kept, and everything else is new: as on a stick put in again
    shutil.rmtree(stick)
    look(window)
    assert "not there any more" in bar(window).text()
    window.perform("find")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    desk.type("An")
    drawer.rename(stick)
    look(window)
    assert no_bar(window)
    assert field.text() == "An"
    assert add(window, "Cy")
    window.undo_deed()
    assert names(window) == ["Anna", "Bo"]
    window.close()
    assert names_in(stick / "mine.organizer") == ["Anna", "Bo"]


def test_coming_back_to_the_window_looks_at_once(window: MainWindow, stick: Path) -> None:
    assert window.files.watches.gone._timer.isActive()
    assert window.files.watches.gone._timer.interval() == EVERY
    pull_out(stick)
    app = QApplication.instance()
    assert app is not None
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)  # type: ignore[attr-defined]
    assert no_bar(window)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)  # type: ignore[attr-defined]
    assert "not there any more" in bar(window).text()


def test_it_looks_more_often_while_something_is_wrong(window: MainWindow, stick: Path) -> None:
    timer, away = window.files.watches.gone._timer, stick.with_name("away")
    assert timer.interval() == EVERY <= 10_000
    stick.rename(away)
    look(window)
    assert timer.interval() == SOON <= 3_000
    away.rename(stick)
    look(window)
    assert no_bar(window)
    assert timer.interval() == EVERY


def test_a_deed_that_finds_the_file_gone_shows_the_ways_on(window: MainWindow, stick: Path) -> None:
    pull_out(stick)
    assert add(window, "Bo") is None
    words = [button.text().replace("&", "") for button in bar(window).ways()]
    assert words == ["Try again", "Save a copy and go on in it…", "Open another file…", "Backups…"]


@pytest.mark.parametrize("secret", ["", "korrekt hest batteri"])
def test_she_goes_on_in_a_copy_of_a_file_that_is_gone(desk: Desk, secret: str) -> None:
    stick = desk.folder / "stick"
    make(stick / "mine.organizer", "Anna", secret=secret)
    window = desk.start(make(desk.usual))
    window.files.show(files.open_file(stick / "mine.organizer", secret=secret), trusted=True)
    add(window, "Bo")
    shutil.rmtree(stick)
    look(window)
    press(bar(window).ways(), "go on in it")
    target = desk.folder / "rescued.organizer"
    answer_dialog(window, desk, target)
    desk.qtbot.waitUntil(lambda: no_bar(window))
    assert "You go on in" in window.answers.text()
    assert "rescued" in window.windowTitle()
    assert window.preferences.last_file == target
    assert add(window, "Cy")
    window.close()
    assert names_in(target, secret) == ["Anna", "Bo", "Cy"]
    assert files.is_encrypted(target) == bool(secret)


def test_the_notice_follows_the_language_and_outlasts_a_change_of_size(window: MainWindow, stick: Path) -> None:
    pull_out(stick)
    look(window)
    english = bar(window).ways()[0].text()
    window.set_language("da")
    settle()
    assert bar(window).ways()[0].text() != english
    window.set_text_scale(1.25)
    settle()
    assert len(bar(window).ways()) == 4
    window.set_text_scale(1.0)


# --- another file in its place


def test_a_replaced_file_keeps_both(window: MainWindow, desk: Desk, stick: Path) -> None:
    add(window, "Bo")
    path = stick / "mine.organizer"
    make(desk.folder / "other.organizer", "Zoe").replace(path)
    look(window)
    assert "a different version in the place of" in bar(window).text()
    assert add(window, "Cy") is None
    press(bar(window).ways(), "Keep this one as a copy")
    target = desk.folder / "kept.organizer"
    answer_dialog(window, desk, target)
    desk.qtbot.waitUntil(lambda: window.context is not None and names(window) == ["Zoe"])
    assert no_bar(window)
    assert file_of(window).path == path
    assert names_in(target) == ["Anna", "Bo"]


def test_a_file_written_to_by_another_program_while_the_stick_was_out_is_not_taken_up(
    window: MainWindow, desk: Desk, stick: Path
) -> None:
    drawer = desk.folder / "drawer"
    shutil.copytree(stick, drawer)
    shutil.rmtree(stick)
    look(window)
    file = files.open_file(drawer / "mine.organizer")
    contacts.add(file, Contact(first_name="Elsewhere"))
    file.close()
    os.utime(drawer / "mine.organizer", ns=(1, 1))
    drawer.rename(stick)
    look(window)
    assert "a different version in the place of" in bar(window).text()
    assert names(window) == ["Anna"]


@pytest.mark.parametrize("how", ["emptied", "written over"])
def test_a_file_written_over_in_place_leads_to_the_backups(
    window: MainWindow, desk: Desk, stick: Path, how: str
) -> None:
    path = stick / "mine.organizer"
    other = make(desk.folder / "other.organizer", "Zoe").read_bytes()
    add(window, "Bo")
    backups.make(file_of(window), backups.Reason.ASKED).now()
    path.write_bytes(b"" if how == "emptied" else other)
    look(window)
    assert "Nothing is lost" not in bar(window).text()
    assert "no copy can be made" in bar(window).text()
    assert [button.text().replace("&", "") for button in bar(window).ways()] == ["Backups…", "Open another file…"]
    assert add(window, "Cy") is None
    press(bar(window).ways(), "Backups")
    dialog = window.findChild(BackupsDialog)
    assert dialog is not None
    backup = dialog.chosen()
    assert backup is not None
    dialog._restore(backup, "")
    desk.qtbot.waitUntil(lambda: window.context is not None and names(window) == ["Anna", "Bo"])
    assert no_bar(window)
    assert add(window, "Cy")


def test_when_no_copy_can_be_made_the_backups_are_the_way(
    window: MainWindow, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_given: object) -> Path:
        raise Refusal(Message("{file} can't be read.", {"file": "mine"}))

    pull_out(stick)
    look(window)
    monkeypatch.setattr(files, "save_copy", unreadable)
    press(bar(window).ways(), "go on in it")
    answer_dialog(window, desk, desk.folder / "rescued.organizer")
    box = window.findChild(QMessageBox)
    assert box is not None
    box.reject()
    assert "don't rely on it" in bar(window).text()
    words = [button.text().replace("&", "") for button in bar(window).ways()]
    assert words == ["Backups…", "Save a copy and go on in it…", "Open another file…"]
    look(window)
    assert "don't rely on it" in bar(window).text()


# --- conflict copies


@pytest.fixture
def conflict(stick: Path) -> Path:
    path = make(stick / "mine (Karens conflicted copy 2026-11-20).organizer", "Zoe")
    os.utime(path, (2_000_000_000, 2_000_000_000))
    return path


def test_a_conflict_copy_is_named_and_opened_on_demand(conflict: Path, window: MainWindow) -> None:
    settle()
    text = bar(window).text()
    assert conflict.name in text
    assert "newer than the one that is open" in text
    press(bar(window).ways(), "Open that one")
    assert names(window) == ["Zoe"]


@pytest.mark.parametrize(
    ("changed", "first", "other"),
    [
        (2_000_000_000, "Open the newest of them", "Don't say it again for these"),
        (1_000_000_000, "Keep the open one", "Open the newest of them"),
    ],
)
def test_the_first_way_never_leads_to_an_older_version(
    desk: Desk, stick: Path, changed: int, first: str, other: str
) -> None:
    mine = stick / "mine.organizer"
    for name, second in (("Karens", changed), ("Bos", 900_000_000)):
        os.utime(make(stick / f"mine ({name} conflicted copy 2026-11-20).organizer", "Zoe"), (second, second))
    window = desk.start(mine)
    settle()
    words = [way.text().replace("&", "") for way in bar(window).ways()]
    assert words[0] == first
    assert other in words


def test_keeping_the_open_one_is_remembered(desk: Desk, stick: Path) -> None:
    mine, copy = stick / "mine.organizer", make(stick / "mine (Bos conflicted copy 2026-11-20).organizer")
    os.utime(copy, (1_000_000_000, 1_000_000_000))
    window = desk.start(mine)
    settle()
    press(bar(window).ways(), "Keep the open one")
    assert no_bar(window)
    assert window.preferences.hushed == [copy]
    assert copy.exists()


def test_the_clock_of_a_conflict_copy_is_written_as_elsewhere(conflict: Path, window: MainWindow) -> None:
    settle()
    window.set_language("da")
    at = datetime.fromtimestamp(conflict.stat().st_mtime).astimezone()
    assert f"{at:%d.%m.%Y %H.%M}" in bar(window).text()


def test_a_conflict_copy_is_not_named_again_when_she_says_so(
    conflict: Path, window: MainWindow, desk: Desk, stick: Path
) -> None:
    settle()
    press(bar(window).ways(), "Don't say it again")
    assert no_bar(window)
    assert conflict.exists()
    window.close()
    again = desk.start(stick / "mine.organizer")
    settle()
    assert no_bar(again)
    again.close()
    another = make(stick / "mine (Bos conflicted copy 2026-11-21).organizer")
    third = desk.start(stick / "mine.organizer")
    settle()
    assert another.name in bar(third).text()
    assert conflict.name not in bar(third).text()


def test_a_closed_file_is_not_talked_of(conflict: Path, window: MainWindow) -> None:
    settle()
    assert not no_bar(window)
    window.empty()
    assert no_bar(window)


# --- damage


@pytest.mark.parametrize(("word", "kind"), [("Check the file", CheckDialog), ("Backups", BackupsDialog)])
def test_damage_found_on_the_way_offers_check_and_backups(
    window: MainWindow, desk: Desk, word: str, kind: type[CheckDialog | BackupsDialog]
) -> None:
    def fail() -> None:
        raise files.Damaged(Message("{file} is damaged.", {"file": "x"}))

    assert window.context is not None
    window.context.deed(fail)
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    assert "is damaged" in box.informativeText()
    press([b for b in box.buttons() if isinstance(b, QPushButton)], word)
    desk.qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(kind)))
    settle()
    dialog = next(d for d in window.findChildren(kind) if d.isVisible())
    desk.qtbot.waitUntil(lambda: not dialog.tasks.active())
    dialog.close()


# --- odd names and places


def test_a_folder_is_told_as_one(desk: Desk, stick: Path) -> None:
    assert "is a folder" in said(start_page(desk.start(stick)))


@pytest.mark.parametrize("name", ["Ærø Łódź 日本 😀.organizer", "x" * 200 + ".organizer", "[*] & 100%.organizer"])
def test_any_name_opens(desk: Desk, name: str) -> None:
    window = desk.start(make(desk.folder / name, "Anna"))
    assert names(window) == ["Anna"]
    window.files.save_copy()
    dialog = answer_dialog(window, desk, None)
    assert len(Path(dialog.selectedFiles()[0]).name.encode()) < 255
    dialog.reject()


def test_a_name_that_no_disk_takes_is_refused_calmly(desk: Desk) -> None:
    assert said(start_page(desk.start(desk.folder / ("x" * 5000 + ".organizer"))))


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        (["/media/stick/MINE.ORGANIZER"], True),
        (["./mine"], True),
        (["/home/x/folder/"], True),
        (["tour"], False),
        (["-/x"], False),
    ],
)
def test_what_a_file_manager_passes_along_opens_a_window(arguments: list[str], window: bool) -> None:
    assert wants_window(arguments) == window


def test_the_home_folders_sign_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/karen")
    monkeypatch.setenv("USERPROFILE", "/home/karen")
    assert _options(["--file=~/mine.organizer"])[0] == Path("/home/karen/mine.organizer")


def test_a_relative_path_opens_the_file(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stick)
    window = desk.start(Path("mine.organizer"))
    assert file_of(window).path == stick / "mine.organizer"


# --- a medium that can only be read


@pytest.fixture
def locked_stick(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same stick with its slider on: the system says so, and nothing opens for writing."""
    access, opened = os.access, files.open_file

    def asked(path: object, mode: int) -> bool:
        return access(path, mode) and not (mode == os.W_OK and str(path).startswith(str(stick)))  # type: ignore[call-overload]

    def refused(path: Path, *more: object, **most: object) -> File:
        if path.is_relative_to(stick):
            raise Refusal(Message("{file} can't be written to.", {"file": str(path)}))
        return opened(path, *more, **most)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "access", asked)
    monkeypatch.setattr(files, "open_file", refused)
    return stick / "mine.organizer"


def test_a_file_that_can_only_be_read_is_copied_and_the_copy_opened(desk: Desk, locked_stick: Path) -> None:
    before = locked_stick.read_bytes()
    window = desk.start(locked_stick)
    assert "can't be written to" in said(start_page(window))
    assert "Copy it to your documents" in start_page(window).first.text().replace("&", "")
    start_page(window).first.click()
    assert names(window) == ["Anna"]
    assert file_of(window).path == desk.usual.with_name("mine.organizer")
    assert locked_stick.read_bytes() == before


def test_a_copy_gets_a_free_name_and_takes_a_cut_off_write_along(desk: Desk, stick: Path) -> None:
    (stick / "mine.organizer-journal").write_bytes(b"left over")
    first = moving.copy_into(stick / "mine.organizer", desk.folder / "Documents")
    second = moving.copy_into(stick / "mine.organizer", desk.folder / "Documents")
    assert [first.name, second.name] == ["mine.organizer", "mine (2).organizer"]
    assert second.with_name("mine (2).organizer-journal").read_bytes() == b"left over"


def test_while_another_file_is_open_it_stays_until_she_agrees(desk: Desk, locked_stick: Path) -> None:
    window = desk.start(make(desk.usual, "Karen"))
    window.files.open(locked_stick)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert names(window) == ["Karen"]
    press([b for b in box.buttons() if isinstance(b, QPushButton)], "Copy it to your documents")
    assert names(window) == ["Anna"]


# --- a backup opened where it lies


def backup_on_stick(desk: Desk, secret: str = "") -> Path:
    """What is left of a lost computer: a stick that backups went to."""
    stick = desk.folder / "stick"
    path = make(desk.folder / "lost" / "mine.organizer", "Anna", secret=secret)
    stick.mkdir(exist_ok=True)
    file = files.open_file(path, secret=secret)
    backups.set_second_folder(file, stick)
    backups.make(file, backups.Reason.ASKED).now()
    file.close()
    (found,) = stick.rglob("*.organizer")
    assert found.parent.parent.name == "Organizer backups"
    return found


@pytest.mark.parametrize("own", [False, True], ids=["stick", "own folder"])
def test_a_backup_is_copied_and_never_changed(desk: Desk, own: bool) -> None:
    path = backup_on_stick(desk)
    if own:
        path = backups.every(desk.folder / "lost" / "mine.organizer")[0].path
        assert not path.is_relative_to(desk.folder / "stick")
    before = {one: one.read_bytes() for one in path.parent.iterdir()}
    window = desk.start(path)
    assert "lies among the backups" in said(start_page(window))
    assert "Copy it to your documents" in start_page(window).first.text().replace("&", "")
    start_page(window).first.click()
    assert names(window) == ["Anna"]
    assert file_of(window).path.parent == desk.usual.parent
    add(window, "Bo")
    window.close()
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == before


def test_an_encrypted_backup_is_copied_and_asks_for_its_passphrase(desk: Desk) -> None:
    path = backup_on_stick(desk, SECRET)
    window = desk.start(path)
    start_page(window).first.click()
    unlock(desk, window, SECRET)
    assert names(window) == ["Anna"]
    assert file_of(window).path.parent == desk.usual.parent
    window.close()


def test_a_backup_opened_from_another_file_asks_first(desk: Desk) -> None:
    path = backup_on_stick(desk)
    window = desk.start(make(desk.usual, "Karen"))
    window.files.open(path)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert names(window) == ["Karen"]
    press([b for b in box.buttons() if isinstance(b, QPushButton)], "Copy it to your documents")
    assert names(window) == ["Anna"]
