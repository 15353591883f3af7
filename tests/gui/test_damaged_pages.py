"""A file that opens but can't be read: nothing empty is shown as if it were hers, and every way on stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lock_support import MARKER, PIN, readable
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.contact import Contact
from organizer.domain.result import Message
from organizer.services import contacts, files, screen_pin
from organizer.ui import single_instance, window_pages
from organizer.ui.dialogs.backups import BackupsDialog
from organizer.ui.dialogs.check import CheckDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.pages.start.page import StartPage
from organizer.ui.pages.start.unlock import UnlockPage
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.widgets.label import Label

_PAGE = 4096


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    make(desk.usual)
    return desk


def make(path: Path, pin: str = "") -> None:
    file = files.create(path)
    for number in range(200):
        contacts.add(file, Contact(first_name=f"{MARKER}{number}", notes="She likes the blue one. " * 9))
    if pin:
        screen_pin.choose(file, pin)
    file.close()


def spoil(path: Path) -> bytes:
    """Junk over the pages that somebody in the midst of the people stands on; what stood in the file before."""
    whole = path.read_bytes()
    pages = [whole[place : place + _PAGE] for place in range(0, len(whole), _PAGE)]
    sought = f"{MARKER}100".encode()
    path.write_bytes(b"".join(b"\xa5" * _PAGE if sought in page else page for page in pages))
    return whole


def damaged(*_: object, **__: object) -> None:
    raise files.Damaged(Message("{file} is damaged.", {"file": "x.organizer"}))


def box() -> QMessageBox:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    (one,) = found
    return one


def start_page(window: MainWindow) -> StartPage:
    page = window.start_page()
    assert isinstance(page, StartPage)
    return page


def buttons(page: StartPage) -> list[str]:
    return [button.text().replace("&", "") for button in page.findChildren(QPushButton)]


def test_a_damaged_file_is_closed_again_with_every_way_on(desk: Desk) -> None:
    whole = spoil(desk.usual)
    window = desk.start()
    page = start_page(window)
    said = " ".join(label.text() for label in page.findChildren(Label))
    assert "could not be opened" in said
    assert "is damaged" in said
    assert {"Try again", "Backups…", "Open a file…"} <= set(buttons(page))
    assert window.context is None
    assert not window.pages
    file = files.open_file(desk.usual)  # it isn't Busy any more
    with pytest.raises(files.Damaged):
        contacts.rows(file)
    file.close()
    desk.usual.write_bytes(whole)
    page.again.emit()
    assert isinstance(window.page(), ContactsPage)
    window.close()


def test_its_window_is_found_by_a_second_start_and_closes(desk: Desk, qtbot: QtBot) -> None:
    spoil(desk.usual)
    window = desk.start()
    assert window.files.listener._name == single_instance.address(desk.usual)
    settle()  # the menus of the frame before are gone
    desk.press(KEY.Key_Q, CTRL)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_another_damaged_file_takes_the_place_of_hers_without_a_rest(desk: Desk, qtbot: QtBot) -> None:
    other = desk.folder / "other.organizer"
    make(other)
    spoil(other)
    window = desk.start()
    window.files.open(other)
    qtbot.waitUntil(lambda: window.context is None)
    assert "is damaged" in " ".join(label.text() for label in start_page(window).findChildren(Label))
    window.files.open(desk.usual)
    assert isinstance(window.page(), ContactsPage)
    window.close()


def test_the_pin_comes_before_anything_is_read(desk: Desk) -> None:
    desk.usual.unlink()
    make(desk.usual, PIN)
    spoil(desk.usual)
    window = desk.start()
    curtain = window.front.currentWidget()
    assert isinstance(curtain, UnlockPage)
    assert not window.pages
    assert not any(MARKER in text for text in readable())
    curtain.given.emit(PIN)
    assert "is damaged" in " ".join(label.text() for label in start_page(window).findChildren(Label))
    assert not window.locked
    window.close()


def test_behind_the_right_pin_are_the_contacts(desk: Desk) -> None:
    desk.usual.unlink()
    make(desk.usual, PIN)
    window = desk.start()
    curtain = window.front.currentWidget()
    assert isinstance(curtain, UnlockPage)
    assert not window.pages
    curtain.given.emit(PIN)
    assert isinstance(window.page(), ContactsPage)
    assert window.windowTitle().startswith("Contacts")
    assert window.menu.actions["check"].isEnabled()
    window.close()


def test_she_stays_on_her_page_when_another_one_is_damaged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.start()
    with monkeypatch.context() as broken:
        broken.setattr(TeamPage, "refresh", damaged)
        window.menu.actions["page_team"].trigger()
    assert "is damaged" in box().informativeText()
    named = {button.text().replace("&", ""): button for button in box().buttons()}
    assert {"Check the file", "Backups…"} <= set(named)
    assert window.key == "contacts"
    assert window.stack.currentWidget() is window.page()
    assert isinstance(window.page(), ContactsPage)
    assert window.windowTitle().startswith("Contacts")
    assert window.menu.actions["page_contacts"].isChecked()
    assert all(window.menu.actions[name].isEnabled() for name in ("backups", "check", "settings"))
    box().close()
    # read anew the next time, not shown as it was left
    window.navigate("team")
    assert isinstance(window.page(), TeamPage)
    window.close()


@pytest.mark.parametrize(("word", "kind"), [("Check", CheckDialog), ("Backups", BackupsDialog)])
def test_the_message_leads_to_the_check_and_the_backups(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, word: str, kind: type[CheckDialog | BackupsDialog]
) -> None:
    window = desk.start()
    monkeypatch.setattr(window_pages, "build", damaged)
    window.go_to("products", 3)
    window.navigate("team")
    (way,) = [button for button in box().buttons() if word in button.text().replace("&", "")]
    way.click()
    dialog = window.findChild(kind)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.isHidden())
    dialog.close()
    window.close()


def test_a_damage_that_comes_up_when_all_is_built_anew_closes_the_file(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start()
    monkeypatch.setattr(ContactsPage, "refresh", damaged)
    window.set_language("da")
    qtbot.waitUntil(lambda: window.context is None)
    assert "kunne ikke" in " ".join(label.text() for label in start_page(window).findChildren(Label))
    assert window.context is None
    window.close()


def fault(*_: object) -> bool:
    raise ValueError("a fault in the program")


@pytest.mark.parametrize("failing", [damaged, fault])
def test_a_page_that_fails_at_leaving_doesnt_keep_the_window_open(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, failing: Callable[..., object]
) -> None:
    window = desk.start()
    monkeypatch.setattr(ContactsPage, "leave", failing)
    monkeypatch.setattr(ContactsPage, "close_down", failing)
    assert not window.close()
    (way,) = [button for button in box().buttons() if "Close without it" in button.text().replace("&", "")]
    way.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    files.open_file(desk.usual).close()


def test_a_missing_file_of_last_time_may_be_on_a_stick(desk: Desk) -> None:
    window = desk.start(desk.folder / "gone" / "mine.organizer")
    said = " ".join(label.text() for label in start_page(window).findChildren(Label))
    assert "moved or renamed" in said
    assert "stick" in said
    window.close()
