"""Everything out and in from the File menu, as she does it."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.domain.contact import Contact
from organizer.domain.result import Message, Refusal
from organizer.services import backups, companies, contacts, files, samples, takeout
from organizer.services.backups import Reason
from organizer.services.jobs import Job
from organizer.ui.dialogs.takeout import BringInDialog, TakeOutDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.widgets import messages


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30)


def made(path: Path, sample: bool = False, passphrase: str = "") -> Path:
    file = files.create(path, clock, passphrase)
    if sample:
        samples.fill(file)
    file.close()
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return made(tmp_path / "Karen.organizer", sample=True)


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    file = files.open_file(sample, clock)
    taken = takeout.take_out(file, tmp_path).now()
    file.close()
    return taken.folder


def dialog(window: MainWindow, name: str, kind: type) -> TakeOutDialog | BringInDialog:
    window.menu.actions[name].trigger()
    found = window.findChild(kind)
    assert found is not None
    assert found.isVisible()
    return found


def test_everything_goes_out_and_she_is_told_how_much(desk, sample, tmp_path, monkeypatch):
    window = desk.start(sample)
    out = dialog(window, "take_out", TakeOutDialog)
    assert "not encrypted" in out.notice.text()
    target = tmp_path / "stick"
    target.mkdir()
    out.choose(target)
    out.go.click()
    desk.qtbot.waitUntil(lambda: out.made is not None)
    assert [path.name for path in target.iterdir()] == [out.made.folder.name]
    assert out.made.folder.name in out.heading.text()
    assert "Contacts: 60\n" in out.text.text()
    assert "PDFs: 4" in out.text.text()
    assert not out.go.isVisible()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    out.show_it.click()
    assert [Path(url.toLocalFile()) for url in opened] == [out.made.folder]
    out.leave.click()
    settle()
    assert window.findChild(TakeOutDialog) is None


def test_the_folder_is_asked_for(desk, sample, tmp_path):
    window = desk.start(sample)
    out = dialog(window, "take_out", TakeOutDialog)
    out.choice.click()
    asking = out.findChild(QFileDialog)
    assert asking.windowTitle() == "Choose where the new folder goes"
    assert asking.fileMode() == QFileDialog.FileMode.Directory
    asking.fileSelected.emit(str(tmp_path))
    asking.close()
    assert out.folder == tmp_path
    assert out.place.toolTip() or out.place.text() == str(tmp_path)
    out.reject()


def test_an_encrypted_file_says_that_the_folder_is_not(desk, qtbot, tmp_path):
    from organizer.ui.context import Context
    from organizer.ui.tasks import Tasks

    file = files.create(tmp_path / "secret.organizer", clock, "correct horse battery staple")
    context = Context(file, Tasks())
    out = TakeOutDialog(context)
    qtbot.addWidget(out)
    assert "Your file is encrypted, but this folder will not be" in out.notice.text()
    out.reject()
    context.release()
    file.close()


def test_a_folder_that_can_not_be_written_is_told_in_the_dialog(desk, sample, tmp_path):
    window = desk.start(sample)
    out = dialog(window, "take_out", TakeOutDialog)
    out.choose(tmp_path / "gone")
    out.go.click()
    desk.qtbot.waitUntil(lambda: not out.tasks.active())
    assert "Nothing was taken out" in out.answers.text()
    assert out.made is None
    assert out.go.isEnabled()
    out.reject()


def test_closing_while_it_runs_leaves_nothing(desk, sample, tmp_path):
    window = desk.start(sample)
    target = tmp_path / "stick"
    target.mkdir()
    out = dialog(window, "take_out", TakeOutDialog)
    out.choose(target)
    out.go.click()
    out.reject()
    left = [path for path in target.iterdir() if path.name.startswith(".")]
    assert left == []


def test_everything_comes_in_and_the_window_shows_it(desk, folder, tmp_path):
    empty = made(tmp_path / "new.organizer")
    window = desk.start(empty)
    page = window.page()
    into = dialog(window, "bring_in", BringInDialog)
    assert not into.go.isEnabled()
    into.choose(folder)
    desk.qtbot.waitUntil(into.go.isEnabled)
    assert "Team members: 90" in into.counts.text()
    assert not into.problems.isVisible()
    into.go.click()
    desk.qtbot.waitUntil(lambda: window.findChild(BringInDialog) is None)
    (backup,) = backups.every(empty)
    assert backup.reason is Reason.IMPORT
    assert backup.verified
    assert backup.counts["contacts"] == 0
    assert window.context.company.name == "Hjem & Velvære (eksempel)"
    assert window.context.period.key == "2026-10"
    assert page is window.page()
    assert len(contacts.rows(window.context.file)) == 60
    assert folder.name in window.answers.text()
    window.navigate("team")
    window.undo_deed()
    assert companies.everyone(window.context.file) == []
    assert window.context.company is None


def test_without_a_backup_nothing_comes_in_unless_she_says_so(desk, folder, tmp_path, monkeypatch):
    def full(_progress):
        raise Refusal(Message("The disk is full."))

    monkeypatch.setattr(backups, "make", lambda *_given: Job("Backing up", full))
    window = desk.start(made(tmp_path / "new.organizer"))
    into = dialog(window, "bring_in", BringInDialog)
    into.choose(folder)
    desk.qtbot.waitUntil(into.go.isEnabled)
    for yes in (False, True):
        into.go.click()
        desk.qtbot.waitUntil(lambda: any(box.isVisible() for box in into.findChildren(QMessageBox)))
        assert contacts.rows(window.context.file) == []
        (box,) = [box for box in into.findChildren(QMessageBox) if box.isVisible()]
        assert "The disk is full." in box.informativeText()
        desk.qtbot.waitUntil(into.go.isEnabled)
        messages.answer_button(box, yes).click()
        settle()
        assert (window.findChild(BringInDialog) is None) == yes
    assert len(contacts.rows(window.context.file)) == 60


def test_a_broken_folder_says_what_and_where(desk, folder, tmp_path):
    path = folder / "tables" / "members.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";customer;", ";boss;", 1), "utf-8-sig")
    window = desk.start(made(tmp_path / "new.organizer"))
    into = dialog(window, "bring_in", BringInDialog)
    into.choose(folder)
    desk.qtbot.waitUntil(lambda: into.found is not None)
    assert into.problems.isVisible()
    row = [into.problems.model().index(0, column).data() for column in range(4)]
    assert row == ["members.csv", "3", "Eva Post", "Kind: “boss” is no kind of member."]
    assert not into.go.isEnabled()
    assert "members.csv" in into.note.text()
    into.reject()


def test_another_folder_is_told_in_the_dialog_and_the_next_choice_counts(desk, folder, tmp_path):
    window = desk.start(made(tmp_path / "new.organizer"))
    into = dialog(window, "bring_in", BringInDialog)
    into.choose(tmp_path)
    desk.qtbot.waitUntil(lambda: not into.tasks.active())
    assert "is not a folder with everything" in into.answers.text()
    into.choose(folder)
    desk.qtbot.waitUntil(into.go.isEnabled)
    assert into.answers.text() == ""
    into.reject()


def test_a_file_with_contacts_takes_nothing_in(desk, tmp_path):
    path = made(tmp_path / "new.organizer")
    file = files.open_file(path, clock)
    contacts.add(file, Contact(first_name="Bo"))
    file.close()
    window = desk.start(path)
    into = dialog(window, "bring_in", BringInDialog)
    assert "people: 1" in into.text.text()
    assert not into.choice.isVisible()
    assert not into.go.isVisible()
    into.leave.click()


def test_without_a_file_neither_can_be_done(desk):
    window = desk.window()
    window.files.show_start()
    assert not window.menu.actions["take_out"].isEnabled()
    assert not window.menu.actions["bring_in"].isEnabled()
    assert QApplication.activeModalWidget() is None
