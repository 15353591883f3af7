"""Closing the window, changing the file, speaking another language: nothing typed and no work is lost silently."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer import i18n
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.product import Product
from organizer.domain.team import Member
from organizer.services import companies, contacts, files, products, team
from organizer.services.files import File
from organizer.services.jobs import Job, Progress
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.pages.earnings.page import EarningsPage
from organizer.ui.pages.products.page import ProductsPage
from organizer.ui.pages.settings.page import SettingsPage
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.widgets import messages

ANNA = Contact(first_name="Anna", last_name="Berg")
Read = Callable[[File], object]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    """A window with a file of one contact, one product, and one company with Karen and Bo."""
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    contacts.add(file, ANNA)
    company = companies.everyone(file)[0]
    products.add(file, Product(company_id=company.id, number="K1", name="Skål"))
    me = files.member_of_owner(file, company.id)
    person = Contact(first_name="Bo", last_name="Lund", listed=False)
    team.add_member(file, Member(company_id=company.id, number="2", sponsor_id=me), person)
    file.close()
    return desk.start()


@pytest.fixture
def other(desk: Desk) -> Path:
    path = desk.folder / "other.organizer"
    files.create(path).close()
    return path


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def write_protect(window: MainWindow, on: bool = True) -> None:
    file_of(window).connection.exec_driver_sql(f"PRAGMA query_only = {int(on)}")


def contacts_page(window: MainWindow) -> ContactsPage:
    page = window.pages["contacts"]
    assert isinstance(page, ContactsPage)
    return page


def question(window: MainWindow) -> QMessageBox | None:
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def answer(window: MainWindow, yes: bool) -> None:
    box = question(window)
    assert box is not None
    messages.answer_button(box, yes).click()
    settle()


def retype(desk: Desk, field: QWidget, text: str) -> None:
    desk.activate(field.window())
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.selectAll()
    desk.type(text)


def stored(desk: Desk, read: Read) -> object:
    file = files.open_file(desk.usual)
    try:
        return read(file)
    finally:
        file.close()


def city(file: File) -> str:
    row = next(row for row in contacts.rows(file) if row.name == "Anna Berg")
    found = contacts.get(file, row.id)
    assert found is not None
    return found.city


# --- what can't be stored stays, and so does the window


def fields(window: MainWindow, where: str) -> tuple[QWidget, str, Read]:
    """A field on some page, something for it, and how to read it back."""
    company = companies.everyone(file_of(window))[0]
    month = window.context.period if window.context else Period.parse("2026-01")
    key, _dot, name = where.partition(".")
    window.navigate(key)
    page = window.page()
    if isinstance(page, ContactsPage):
        return page.form.field("city"), "Kolding", city
    if isinstance(page, ProductsPage):
        return page.form.field("category"), "Bad", lambda file: products.everyone(file, company.id)[0].category
    if isinstance(page, EarningsPage):
        field = next(iter(page._own._fields.values()))
        return field, "50", lambda file: str((next(iter(own_figures(file, month).values())) or 0) // 1000)
    if isinstance(page, TeamPage):
        view = page.model.view
        assert view is not None
        bo = next(id_ for id_, number in zip(view.team.ids, view.team.numbers, strict=True) if number == "2")
        page.tree.jump(bo)
        if name == "pv":
            return page.panel.volumes.fields["pv"], "70", lambda file: volume(file, bo, month)
        return page.panel.about.fields["number"], "77", lambda file: number(file, bo, month)
    assert isinstance(page, SettingsPage)
    if name == "owner":
        return page.owner, "Karen Bach", lambda file: files.owner(file).name
    return next(iter(page._cards.values())).name, "Duft", lambda file: companies.everyone(file)[0].name


def own_figures(file: File, month: Period) -> dict[str, int | None]:
    from organizer.services import earnings

    return dict(earnings.own_figures(file, companies.everyone(file)[0], month))


def volume(file: File, id_: int, month: Period) -> str:
    found = team.details(file, id_, month)
    assert found is not None
    return str(found.volumes.get("pv", 0) // 1000)


def number(file: File, id_: int, month: Period) -> str:
    found = team.details(file, id_, month)
    assert found is not None
    return found.member.number


PLACES = ["contacts", "products", "team.number", "team.pv", "earnings", "settings.owner", "settings.company"]


@pytest.mark.parametrize("where", PLACES)
def test_what_the_file_refuses_stays_in_its_field_and_closing_again_tries_again(
    window: MainWindow, desk: Desk, where: str
) -> None:
    field, text, read = fields(window, where)
    write_protect(window)
    retype(desk, field, text)
    window.close()
    assert window.isVisible()
    assert field.text() == text  # type: ignore[attr-defined]
    assert "read-only" in window.answers.text()
    answer(window, yes=False)
    assert window.isVisible()
    assert window.page() is window.pages[where.partition(".")[0]]
    assert field.text() == text  # type: ignore[attr-defined]
    write_protect(window, False)
    window.close()
    assert not window.isVisible()
    assert stored(desk, read) == text


@pytest.mark.parametrize("where", PLACES)
def test_she_may_close_without_keeping_it(window: MainWindow, desk: Desk, where: str) -> None:
    field, text, read = fields(window, where)
    write_protect(window)
    retype(desk, field, text)
    window.close()
    window.close()
    assert len([box for box in window.findChildren(QMessageBox) if box.isVisible()]) == 1
    answer(window, yes=True)
    assert not window.isVisible()
    assert stored(desk, read) != text


def test_a_field_error_on_a_page_behind_holds_the_window_and_is_shown(window: MainWindow, desk: Desk) -> None:
    retype(desk, contacts_page(window).form.field("birthday"), "the third")
    window.navigate("team")
    window.close()
    assert window.isVisible()
    assert window.key == "contacts"
    answer(window, yes=False)
    assert contacts_page(window).form.field("birthday").text() == "the third"
    assert "not a date" in contacts_page(window).form.error("birthday")
    retype(desk, contacts_page(window).form.field("birthday"), "03.02.1962")
    window.close()
    assert not window.isVisible()


def test_a_draft_without_a_name_is_asked_about_and_an_empty_one_is_dropped(window: MainWindow, desk: Desk) -> None:
    window.perform("new")
    window.navigate("team")
    window.navigate("contacts")
    retype(desk, contacts_page(window).form.field("notes"), "Likes tea")
    window.close()
    assert window.isVisible()
    answer(window, yes=False)
    assert contacts_page(window).form.field("notes").value() == "Likes tea"
    retype(desk, contacts_page(window).form.field("first_name"), "Eva")
    window.close()
    assert not window.isVisible()
    assert stored(desk, lambda file: sorted(row.name for row in contacts.rows(file))) == ["Anna Berg", "Eva"]
    again = desk.start()
    again.perform("new")
    again.close()
    assert not again.isVisible()


def test_a_company_that_was_written_but_not_added_is_asked_about(window: MainWindow, desk: Desk) -> None:
    window.navigate("settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    retype(desk, page.another, "Duft")
    window.close()
    assert window.isVisible()
    answer(window, yes=True)
    assert not window.isVisible()


def test_another_file_waits_for_her_answer(window: MainWindow, desk: Desk, other: Path) -> None:
    write_protect(window)
    retype(desk, contacts_page(window).form.field("city"), "Kolding")
    window.files.open(other)
    assert file_of(window).path == desk.usual
    answer(window, yes=False)
    assert file_of(window).path == desk.usual
    assert contacts_page(window).form.field("city").text() == "Kolding"
    window.files.open(other)
    answer(window, yes=True)
    assert file_of(window).path == other
    assert stored(desk, city) == ""


def test_another_language_waits_for_her_answer(window: MainWindow, desk: Desk) -> None:
    retype(desk, contacts_page(window).form.field("birthday"), "the third")
    window.navigate("settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    page.language.setCurrentIndex(page.language.findData("da"))
    page.language.activated.emit(page.language.currentIndex())
    assert i18n.language() == "en"
    assert page.language.currentData() == "en"
    answer(window, yes=False)
    assert contacts_page(window).form.field("birthday").text() == "the third"
    window.set_language("da")
    answer(window, yes=True)
    assert i18n.language() == "da"
    assert window.preferences.language == "da"
    window.close()


# --- what comes late finds no closed file


def test_typing_and_opening_another_file_at_once(window: MainWindow, desk: Desk, other: Path) -> None:
    retype(desk, contacts_page(window).form.field("city"), "Kolding")
    window.files.open(other)
    settle()
    assert file_of(window).path == other
    assert stored(desk, city) == "Kolding"


def test_typing_and_closing_at_once(window: MainWindow, desk: Desk) -> None:
    page = contacts_page(window)
    retype(desk, page.form.field("city"), "Kolding")
    desk.press(KEY.Key_F, CTRL)
    desk.type("berg")
    window.close()
    assert not page.pane._settle.isActive()
    settle()
    assert stored(desk, city) == "Kolding"


# --- work that runs while everything is built anew


def test_work_under_way_is_stopped_and_told_when_everything_is_built_anew(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    came: list[str] = []

    def read(progress: Progress) -> str:
        while not progress.cancelled():
            time.sleep(0.005)
        return "read"

    assert window.context is not None
    page = contacts_page(window)
    window.context.run(Job("Reading", read), lambda text: came.append(page.form.heading.text() + text))
    window.context.run(Job("Reading more", lambda _progress: "more"), came.append)
    window.set_text_scale(1.25)
    settle()
    assert not window.tasks.active()
    assert "stopped" in window.answers.text()
    window.context.run(Job("Reading again", lambda _progress: "again"), came.append)
    qtbot.waitUntil(lambda: came == ["again"])
    window.set_text_scale(1.0)
    assert window.answers.text() == ""


def test_an_estimate_is_made_anew_without_a_word(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate("earnings")
    window.set_text_scale(1.25)
    settle()
    page = window.page()
    assert isinstance(page, EarningsPage)
    qtbot.waitUntil(lambda: page._estimate is not None)
    assert "stopped" not in window.answers.text()
    window.set_text_scale(1.0)
    qtbot.waitUntil(lambda: not window.tasks.active())


def test_a_deed_from_a_newer_version_has_a_name_too(window: MainWindow) -> None:
    connection = file_of(window).connection
    connection.exec_driver_sql("UPDATE history_deed SET kind = 'party.add'")
    window.menu.update_undo()
    assert window.menu.actions["undo"].text() == "&Undo: Change Bo Lund"
    connection.exec_driver_sql("UPDATE history_deed SET subject = ''")
    window.menu.update_undo()
    assert window.menu.actions["undo"].text() == "&Undo: Change"
