"""The window: opening files, finding the way, undo and redo, and everything still there after a restart."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.contact import Contact
from organizer.services import companies, contacts, files
from organizer.services.files import File
from organizer.ui.dialogs.help import HelpDialog
from organizer.ui.dialogs.history import HistoryDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.pages.start.page import StartPage

ANNA = Contact(first_name="Anna", last_name="Berg & Søn")
PAGES = ("today", "contacts", "team", "products", "earnings")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    """A window with a file of one contact and one company."""
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Hjem & Velvære", "teaching-unilevel")
    contacts.add(file, ANNA)
    file.close()
    return desk.start()


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def names(window: MainWindow) -> list[str]:
    return [row.name for row in contacts.rows(file_of(window))]


def start_page(window: MainWindow) -> StartPage:
    page = window.start_page()
    assert isinstance(page, StartPage)
    return page


def said(page: StartPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


# --- the way around


def test_every_page_is_reached_by_keyboard(window: MainWindow, desk: Desk) -> None:
    for place, key in enumerate(PAGES):
        desk.press(KEY(KEY.Key_1 + place), CTRL)
        assert window.key == key
        assert window.rail.current() == key
        assert window.stack.currentWidget() is window.pages[key]
        assert window.windowTitle().startswith(window.pages[key].title())
    desk.press(KEY.Key_Comma, CTRL)
    assert window.key == "settings"
    assert window.windowTitle() == "Settings – Organizer", "the file and the program have one name"


def test_pages_are_built_on_the_first_visit_only(window: MainWindow) -> None:
    assert set(window.pages) == {"contacts"}
    window.navigate("team")
    team = window.pages["team"]
    window.navigate("contacts")
    window.navigate("team")
    assert window.pages["team"] is team


def test_menu_offers_what_the_page_offers(window: MainWindow) -> None:
    for key in (*PAGES, "settings"):
        window.navigate(key)
        offers = window.pages[key].offers
        for deed in ("new", "delete", "import", "export", "report", "find"):
            assert window.menu.actions[deed].isEnabled() == (deed in offers), (key, deed)


def test_menu_performs_the_deed_on_the_page_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(type(window.pages["contacts"]), "perform", lambda _page, deed: asked.append(deed))
    window.menu.actions["new"].trigger()
    window.menu.actions["report"].trigger()
    assert asked == ["new", "report"]


def test_going_to_a_thing_shows_it_on_its_page(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.navigate("settings")
    shown: list[int] = []
    monkeypatch.setattr(type(window.pages["contacts"]), "show_item", lambda _page, id_: shown.append(id_))
    assert window.context is not None
    window.context.goto.emit("contacts", 7)
    assert (window.key, shown) == ("contacts", [7])


def test_every_shortcut_is_owned_by_one_deed(window: MainWindow) -> None:
    keys = [keys.toString() for action in window.menu.actions.values() for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_redo_answers_to_both_of_its_usual_keys(window: MainWindow) -> None:
    keys = {keys.toString() for keys in window.menu.actions["redo"].shortcuts()}
    assert keys == {"Ctrl+Y", "Ctrl+Shift+Z"}


@pytest.mark.parametrize("language", ["en", "da"])
def test_mnemonics_are_unique_in_each_menu(window: MainWindow, language: str) -> None:
    window.set_language(language)
    menus = [action.menu() for action in window.menuBar().actions()]
    for texts in [
        [action.text() for action in window.menuBar().actions()],
        *([action.text() for action in menu.actions() if action.text()] for menu in menus),  # type: ignore[union-attr]
    ]:
        letters = [text.replace("&&", "").partition("&")[2][:1].casefold() for text in texts]
        letters = [letter for letter in letters if letter]
        assert len(letters) == len(set(letters)), texts


class StrayWindows(QObject):
    """Notes every widget that appears as a window of its own, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(repr(watched))
        return False


def test_visiting_pages_shows_no_stray_windows(window: MainWindow) -> None:
    watch = StrayWindows()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    for key in (*PAGES, "settings"):
        window.navigate(key)
        settle()
    window.set_language("da")
    settle()
    app.removeEventFilter(watch)
    assert watch.seen == []


# --- undo and redo


def test_undo_and_redo_name_the_deed_and_do_it(window: MainWindow) -> None:
    undo, redo = window.menu.actions["undo"], window.menu.actions["redo"]
    assert undo.text() == "&Undo: Add contact Anna Berg && Søn"
    assert not redo.isEnabled()
    undo.trigger()
    assert names(window) == []
    assert window.answers.text() == "Undone: Add contact Anna Berg & Søn"
    assert redo.text() == "&Redo: Add contact Anna Berg && Søn"
    redo.trigger()
    assert names(window) == ["Anna Berg & Søn"]
    assert window.answers.text() == "Done again: Add contact Anna Berg & Søn"


def test_undo_is_greyed_when_nothing_is_left(window: MainWindow) -> None:
    undo = window.menu.actions["undo"]
    for _time in range(2):
        assert undo.isEnabled()
        undo.trigger()
    assert not undo.isEnabled()
    assert undo.text() == "&Undo"


def test_undo_beside_the_answer(window: MainWindow) -> None:
    assert window.context is not None
    file = file_of(window)
    window.context.deed(lambda: contacts.add(file, Contact(first_name="Bo")), "Added Bo.")
    assert window.answers.text() == "Added Bo."
    button = next(b for b in window.answers.findChildren(QPushButton) if b.isVisible())
    button.click()
    assert names(window) == ["Anna Berg & Søn"]


def test_ctrl_z_takes_back_typing_before_the_last_deed(window: MainWindow, desk: Desk) -> None:
    window.navigate("settings")
    owner = window.pages["settings"].owner  # type: ignore[attr-defined]
    owner.setFocus()
    desk.type("x")
    assert owner.text() != "Karen Holm"
    window.menu.update_undo()
    assert window.menu.actions["undo"].text() == "&Undo: typing"
    window.undo()
    assert owner.text() == "Karen Holm"
    window.undo()
    assert names(window) == []


# --- open, close, open again


def test_close_and_reopen_shows_what_was_left(window: MainWindow, desk: Desk) -> None:
    contacts.add(file_of(window), Contact(first_name="Åse"))
    window.resize(760, 640)
    settle()
    size = window.size()
    window.navigate("settings")
    owner = window.pages["settings"].owner  # type: ignore[attr-defined]
    owner.setFocus()
    owner.selectAll()
    desk.type("Karen Bach")
    window.close()
    again = desk.start()
    assert names(again) == ["Anna Berg & Søn", "Åse"]
    assert files.owner(file_of(again)).name == "Karen Bach"
    assert again.size() == size
    assert again.menu.actions["undo"].text() == "&Undo: Change your name"


def test_a_closed_window_gives_the_file_free(window: MainWindow, desk: Desk) -> None:
    window.close()
    files.open_file(desk.usual).close()


def test_the_command_lines_file_comes_before_the_last_one(window: MainWindow, desk: Desk) -> None:
    window.close()
    other = desk.folder / "other.organizer"
    files.create(other).close()
    assert file_of(desk.start(other)).path == other


def test_opening_another_file_closes_this_one_and_remembers_it(window: MainWindow, desk: Desk) -> None:
    other = desk.folder / "other.organizer"
    files.create(other).close()
    window.files.open(other)
    settle()
    assert file_of(window).path == other
    assert names(window) == []
    files.open_file(desk.usual).close()
    recent = [action.data() for action in window.menu._recent.files()]
    assert recent == [str(desk.usual)]


def broken(desk: Desk, how: str) -> tuple[Path, str]:
    """A file that can't be opened, and what must be said of it."""
    path = desk.folder / "mine.organizer"
    if how == "not ours":
        path.write_text("Name,Phone\n", encoding="utf-8")
        return path, "not an Organizer file"
    if how == "missing":
        return path, "is not there"
    files.create(path).close()
    if how == "newer":
        raw = sqlite3.connect(path)
        raw.execute("PRAGMA user_version = 9999")
        raw.close()
        return path, "newer version"
    return path, "open in another window"


@pytest.mark.parametrize("how", ["not ours", "missing", "newer", "busy"])
def test_a_file_that_cant_be_opened_is_told_and_left(desk: Desk, how: str) -> None:
    path, words = broken(desk, how)
    before = path.read_bytes() if path.exists() else None
    other = files.open_file(path) if how == "busy" else None
    window = desk.start(path)
    assert window.context is None
    assert words in said(start_page(window))
    assert str(path) in said(start_page(window))
    assert (path.read_bytes() if path.exists() else None) == before
    assert not window.menu.actions["undo"].isEnabled()
    if other:
        other.close()
        start_page(window).first.click()
        assert file_of(window).path == path


def test_a_file_that_cant_be_opened_leaves_the_open_one_alone(window: MainWindow, desk: Desk) -> None:
    path, words = broken(desk, "not ours")
    window.files.open(path)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert words in box.text() + box.informativeText()
    box.reject()
    assert file_of(window).path == desk.usual


def test_a_fault_while_opening_still_leaves_a_way_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> File:
        raise RuntimeError("a fault")

    monkeypatch.setattr(files, "open_file", fail)
    window = desk.window()
    path = desk.folder / "x.organizer"
    path.touch()
    with pytest.raises(RuntimeError):
        window.files.begin(path)
    assert "could not be read" in said(start_page(window))


# --- language, looks


def test_another_language_changes_everything_at_once(window: MainWindow, desk: Desk) -> None:
    window.navigate("settings")
    before = window.menuBar().actions()[0].text()
    window.set_language("da")
    settle()
    assert window.key == "settings"
    assert window.stack.currentWidget() is window.pages["settings"]
    assert names(window) == ["Anna Berg & Søn"]
    assert window.preferences.language == "da"
    window.set_language("en")
    settle()
    assert window.menuBar().actions()[0].text() == before
    desk.press(KEY.Key_2, CTRL)
    assert window.key == "contacts"


def test_colours_and_text_size_are_kept(window: MainWindow, desk: Desk) -> None:
    window.menu.actions["scheme_dark"].trigger()
    width = window.rail.width()
    for _time in range(2):
        window.menu.actions["larger"].trigger()
    settle()
    assert window.rail.width() > width
    window.close()
    again = desk.start()
    assert again.preferences.scheme == "dark"
    assert again.preferences.text_scale > 1.1
    assert again.menu.actions["scheme_dark"].isChecked()
    again.set_text_scale(1.0)
    again.set_scheme("light")


# --- help and history


def test_f1_opens_the_pages_own_help(window: MainWindow, desk: Desk) -> None:
    window.navigate("earnings")
    window.menu.actions["help"].trigger()
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.text.toPlainText().startswith("Earnings")
    window.navigate("team")
    window.menu.actions["help"].trigger()
    assert len(window.findChildren(HelpDialog)) == 1
    assert dialog.text.toPlainText().startswith("Team")


def test_help_is_searched_and_stays_inside(window: MainWindow) -> None:
    window.menu.actions["help"].trigger()
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    dialog.search.setText("teaching plan")
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["Earnings", "Plan files"]
    dialog.text.anchorClicked.emit(QUrl("plans.md"))
    assert dialog.list.currentItem().text() == "Plan files"
    dialog.search.setText("xyzzy")
    assert dialog.list.count() == 0
    assert "Nothing found" in dialog.text.toPlainText()


@pytest.mark.parametrize("key", [*PAGES, "settings", "start", "import", "file", "keys"])
def test_every_topic_is_there_in_both_languages(key: str) -> None:
    from organizer.ui.dialogs.help import topics

    for language in ("da", "en"):
        assert key in [topic.key for topic in topics(language)]


def test_history_lists_deeds_and_says_which_were_taken_back(window: MainWindow) -> None:
    window.menu.actions["history"].trigger()
    dialog = window.findChild(HistoryDialog)
    assert dialog is not None
    window.undo_deed()
    model = dialog.table.model()
    shown = [[model.index(row, column).data() for column in (2, 3)] for row in range(model.rowCount())]
    assert shown == [["Add contact Anna Berg & Søn", "taken back"], ["Set up Hjem & Velvære", ""]]


def test_shortcuts_and_about_open(window: MainWindow) -> None:
    from organizer.ui.dialogs.about import AboutDialog
    from organizer.ui.dialogs.shortcuts import ShortcutsDialog

    window.menu.actions["shortcuts"].trigger()
    keys = window.findChild(ShortcutsDialog)
    assert keys is not None
    model = keys.table.model()
    shown = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert shown["Undo"] == "Ctrl+Z"
    assert shown["Find"] == "Ctrl+F"
    window.menu.actions["about"].trigger()
    about = window.findChild(AboutDialog)
    assert about is not None
    for place in range(1, about.choice.count()):
        about.choice.setCurrentIndex(place)
        assert len(about.text.toPlainText()) > 100


def test_a_copied_file_opens_as_its_own(window: MainWindow, desk: Desk) -> None:
    window.close()
    copy = desk.folder / "copy [*] æøå.organizer"
    shutil.copy(desk.usual, copy)
    again = desk.start(copy)
    assert names(again) == ["Anna Berg & Søn"]
    assert "copy [*][*] æøå" in again.windowTitle()


def test_undo_clears_a_birthday_that_was_never_stored(window: MainWindow, desk: Desk) -> None:
    context = window.context
    assert context
    contacts.add(context.file, Contact(first_name="Anna"))
    page = window.page()
    assert isinstance(page, ContactsPage)
    page.pane.choose_first()
    birthday = page.form.field("birthday")
    birthday.setFocus()
    desk.type("99.99")
    desk.press(KEY.Key_Tab)
    assert page.form.error("birthday")
    page.form.field("city").setText("Vejle")
    page.form.commit()
    window.undo_deed()
    assert birthday.text() == ""
    assert not page.form.error("birthday")
    assert window.page().leave()
