"""Ctrl+K: she types, chooses with the arrows, and Enter goes to the right thing on the right page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.consent import Topic
from organizer.domain.contact import Contact, Labelled
from organizer.domain.product import Product, Section
from organizer.domain.team import Member
from organizer.domain.timeline import Entry, EntryKind
from organizer.services import companies, consents, contacts, files, products, team
from organizer.services.files import File
from organizer.storage import timeline
from organizer.ui.dialogs.search_everywhere.palette import Palette
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage

PEOPLE = (
    Contact(first_name="Anna", last_name="Åberg", city="Vejle", phones=(Labelled("+45 71 46 30 65", "Mobile"),)),
    Contact(first_name="Bo", last_name="Holm", city="Annisse", tags=("fest",)),
    Contact(first_name="<b>Carl</b>", last_name="& Søn", notes="<img src=x> **stars** %1 {name}"),
    Contact(first_name="Tine", last_name="Nej"),
)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch, first="today")


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    """Four contacts, a member of the team, two products and a story of many lines."""
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    company = companies.current(file)
    assert company is not None
    ids = [contacts.add(file, person) for person in PEOPLE]
    day = file.clock().date()
    told = [
        "Asked for the lavender balm" if back == 100 else f"Talked about the weather, {back}"
        for back in range(120)
    ]
    with file.deed("entry.add"):
        timeline.add_entries(
            file,
            [Entry(0, ids[0], day - timedelta(days=back), EntryKind.TALK, text) for back, text in enumerate(told)],
        )
    consents.say_no(file, ids[3], Topic.EVERYTHING, day, "no")
    note = {Section.USE: "Rub it in with lavender."}
    products.add(file, Product(company_id=company.id, number="10", name="Night balm", notes=note))
    products.add(file, Product(company_id=company.id, number="11", name="Soap"))
    team.add_member(
        file,
        Member(0, company.id, 0, "900", sponsor_id=1),
        Contact(first_name="Britta", last_name="Dahl", listed=False),
    )
    file.close()
    return desk.start()


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def opened(desk: Desk, window: MainWindow) -> Palette:
    """Ctrl+K."""
    desk.press(KEY.Key_K, CTRL)
    palette = next(one for one in window.findChildren(Palette) if one.isVisible())
    desk.activate(palette)
    assert palette.field.hasFocus()
    return palette


def lines(palette: Palette) -> list[str]:
    model = palette.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def chosen(palette: Palette) -> str:
    return str(palette.list.currentIndex().data())


def gone(desk: Desk, window: MainWindow) -> None:
    settle()
    assert not window.findChildren(Palette), "it went with Enter or Esc"
    desk.activate(window)


def contact_shown(window: MainWindow) -> str:
    page = window.page()
    assert isinstance(page, ContactsPage)
    return page.form.record.name


def test_hits_come_in_groups_while_she_types_and_the_arrows_pass_the_headings(
    desk: Desk, window: MainWindow
) -> None:
    palette = opened(desk, window)
    assert palette.said.isVisible(), "it says what can be found"
    desk.type("ann")
    assert [line.split(",")[0] for line in lines(palette)][:3] == ["Contacts", "Anna Åberg", "Bo Holm"]
    assert chosen(palette).startswith("Anna Åberg")
    assert palette.field.accessibleDescription() == chosen(palette)
    desk.press(KEY.Key_Down)
    assert chosen(palette).startswith("Bo Holm, Annisse")
    desk.press(KEY.Key_Up)
    desk.press(KEY.Key_Up)
    assert chosen(palette).startswith("Anna Åberg"), "the heading can't be chosen"
    palette.field.selectAll()
    desk.type("balm")
    headings = [line for line in lines(palette) if line in ("Contacts", "Team", "Products", "Notes")]
    assert headings == ["Products", "Notes"]
    desk.press(KEY.Key_Escape)
    gone(desk, window)


def test_enter_opens_the_contact_on_its_page(desk: Desk, window: MainWindow) -> None:
    opened(desk, window)
    desk.type("holm")
    desk.press(KEY.Key_Return)
    gone(desk, window)
    assert window.key == "contacts"
    assert contact_shown(window) == "Bo Holm"


def test_a_member_opens_in_the_team(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("britta")
    assert lines(palette)[0] == "Team"
    desk.press(KEY.Key_Return)
    gone(desk, window)
    assert window.key == "team"
    page = window.page()
    assert page is not None
    shown = team.details(file_of(window), page.shown_item(), team.latest_period(file_of(window), 1))
    assert shown is not None


def test_a_product_opens_on_its_page(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("night")
    assert lines(palette)[0] == "Products"
    desk.press(KEY.Key_Return)
    gone(desk, window)
    assert window.key == "products"
    page = window.page()
    assert page is not None
    assert [one.id for one in products.everyone(file_of(window), 1) if one.name == "Night balm"] == [
        page.shown_item()
    ]


def test_a_note_opens_where_it_stands_however_old_it_is(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("asked lavender")
    assert lines(palette)[0] == "Notes"
    assert "Asked for the lavender balm" in chosen(palette)
    desk.press(KEY.Key_Return)
    gone(desk, window)
    assert contact_shown(window) == "Anna Åberg"
    page = window.page()
    assert isinstance(page, ContactsPage)
    story = page.story.view.list
    assert story.hasFocus()
    entry = story.lines.entry(story.currentIndex().row())
    assert entry is not None
    assert entry.body == "Asked for the lavender balm"
    assert story.viewport().rect().intersects(story.visualRect(story.currentIndex()))


def test_any_part_of_a_phone_number_will_do(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    for typed in ("7146", "+45 71 46", "3065", "463 065", "004571463065"):
        palette.field.selectAll()
        desk.type(typed)
        assert lines(palette)[0] == "Contacts", typed
        assert chosen(palette).startswith("Anna Åberg"), typed
    desk.press(KEY.Key_Escape)
    gone(desk, window)


def test_letters_as_danes_expect_and_one_wrong_letter(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    for typed, near in (
        ("åberg", False),
        ("AABERG", False),
        ("åbreg anna", True),
        ("åborg", True),
        ("annna", True),
    ):
        palette.field.selectAll()
        desk.type(typed)
        desk.qtbot.waitUntil(lambda: chosen(palette).startswith("Anna Åberg"))
        assert palette.near.isVisible() == near, typed
    desk.press(KEY.Key_Return)
    gone(desk, window)
    assert contact_shown(window) == "Anna Åberg"


def test_nothing_found_is_said_with_what_was_looked_for(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("xyzzy <b>%1{text}")
    desk.qtbot.waitUntil(lambda: palette.said.text().startswith("No hits for"))
    assert "xyzzy <b>%1{text}" in palette.said.text()
    assert palette.said.textFormat() == Qt.TextFormat.PlainText
    assert not palette.list.isVisible()
    desk.press(KEY.Key_Return)
    assert palette.isVisible(), "there is nowhere to go"
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Escape)
    gone(desk, window)
    assert window.key == "today"


def test_what_others_wrote_is_plain_text(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("carl")
    assert chosen(palette).startswith("<b>Carl</b> & Søn")
    for hostile in ('"', "* OR x", "a'; DROP TABLE person; --", "(((", "\u202e\u0000x", "%_", "NEAR(a b)"):
        palette.field.setText(hostile)
        assert palette.isVisible(), hostile
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in palette.findChildren(QLabel) if label.text()
    )
    palette.grab()
    desk.press(KEY.Key_Escape)
    gone(desk, window)


def test_who_said_no_is_found_and_it_is_said(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("tine")
    assert chosen(palette).startswith("Tine Nej, said no")
    desk.press(KEY.Key_Escape)
    gone(desk, window)


def test_what_was_deleted_isnt_found_until_it_is_brought_back(desk: Desk, window: MainWindow) -> None:
    contact = next(row.id for row in contacts.rows(file_of(window)) if row.name == "Bo Holm")
    contacts.delete(file_of(window), [contact])
    palette = opened(desk, window)
    desk.type("holm")
    assert not any(line.startswith("Bo Holm") for line in lines(palette))
    files.undo(file_of(window))
    assert chosen(palette).startswith("Bo Holm"), "it follows what is done while it stands open"
    desk.press(KEY.Key_Return)
    gone(desk, window)
    assert contact_shown(window) == "Bo Holm"


def test_the_last_words_are_there_again_to_be_typed_over(desk: Desk, window: MainWindow) -> None:
    opened(desk, window)
    desk.type("holm")
    desk.press(KEY.Key_Return)
    gone(desk, window)
    palette = opened(desk, window)
    assert palette.field.selectedText() == "holm"
    desk.type("soap")
    assert palette.field.text() == "soap"
    desk.press(KEY.Key_Return)
    gone(desk, window)
    assert window.key == "products"


def test_ctrl_enter_goes_there_and_stays_open(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("holm")
    desk.press(KEY.Key_Return, CTRL)
    assert contact_shown(window) == "Bo Holm"
    assert palette.isVisible()
    desk.activate(palette)
    desk.press(KEY.Key_Escape)
    gone(desk, window)


def test_more_of_one_group_and_back(desk: Desk, window: MainWindow) -> None:
    palette = opened(desk, window)
    desk.type("weather")
    assert lines(palette)[-1] == "More notes…"
    few = len(lines(palette))
    for _ in range(few):
        desk.press(KEY.Key_Down)
    assert chosen(palette) == "More notes…"
    desk.press(KEY.Key_Return)
    assert len(lines(palette)) == 101, "a heading and as many as are ever shown"
    assert palette.field.hasFocus()
    desk.press(KEY.Key_Escape)
    assert len(lines(palette)) == few
    desk.press(KEY.Key_Escape)
    gone(desk, window)


def test_no_search_while_the_window_is_locked(desk: Desk, window: MainWindow) -> None:
    window.locked = True
    desk.press(KEY.Key_K, CTRL)
    assert not window.findChildren(Palette)
    window.locked = False
