"""The Contacts page as a person uses it, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.consent import Topic
from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.result import Message, Refusal
from organizer.services import companies, consents, contacts, files, imports, team
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.dialogs.contact_import import export
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog
from organizer.ui.dialogs.contact_import.export import ExportDialog
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.entries_editor import EntriesEditor
from organizer.ui.widgets.pdf_dialog import PdfDialog
from organizer.ui.widgets.tags_editor import TagsEditor

DATA = Path(__file__).parent.parent / "data"
KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton

ANNA = Contact(first_name="Anna", last_name="Berg", city="Vejle", phones=(Labelled("+45 71 46 30 65", "Mobile"),))
BENT = Contact(first_name="Bent", last_name="Dam", city="Århus", notes="Ringer selv")
ANSWERS: list[str] = []
"""What the page has answered, oldest first."""

CARL = Contact(first_name="Carl", last_name="<b>Eg</b>", birthday="--02-15")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
    yield opened
    opened.close()


@pytest.fixture
def page(file: File, qtbot: QtBot) -> Iterator[ContactsPage]:
    for person in (ANNA, BENT, CARL):
        contacts.add(file, person)
    yield from shown(file, qtbot)


@pytest.fixture
def empty_page(file: File, qtbot: QtBot) -> Iterator[ContactsPage]:
    yield from shown(file, qtbot)


def shown(file: File, qtbot: QtBot) -> Iterator[ContactsPage]:
    tasks = Tasks()
    context = Context(file, tasks)
    page = ContactsPage(context)
    ANSWERS.clear()
    context.answered.connect(lambda text, _undo: ANSWERS.append(text))
    context.warned.connect(ANSWERS.append)
    page.resize(1274, 708)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    # the list is painted before the form is made
    qtbot.waitUntil(lambda: page._form is not None or not page.pane.model.total)
    yield page
    tasks.shutdown()


def said() -> str:
    return ANSWERS[-1] if ANSWERS else ""


def stored(page: ContactsPage) -> Contact:
    found = contacts.get(page.context.file, page.form.record.id)
    assert found is not None
    return found


def names(page: ContactsPage) -> list[str]:
    return [row.name for row in page.pane.model.shown]


def field(page: ContactsPage, key: str) -> QLineEdit:
    found = page.form.field(key)
    assert isinstance(found, QLineEdit)
    return found


def write(qtbot: QtBot, page: ContactsPage, key: str, text: str, leave: Qt.Key = KEY.Key_Tab) -> None:
    line = field(page, key)
    qtbot.mouseClick(line, LEFT)
    line.selectAll()
    qtbot.keyClicks(line, text) if text else qtbot.keyClick(line, KEY.Key_Delete)
    qtbot.keyClick(line, leave)


def click_row(qtbot: QtBot, page: ContactsPage, row: int, keys: Qt.KeyboardModifier | None = None) -> None:
    table = page.pane.table
    place = table.visualRect(page.pane.model.index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, keys or Qt.KeyboardModifier.NoModifier, place)


def settle(page: ContactsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._later.isActive())


def test_the_first_contact_is_shown_whole(page: ContactsPage) -> None:
    assert names(page) == ["Anna Berg", "Bent Dam", "Carl <b>Eg</b>"]
    assert page.form.heading.text() == "Anna Berg"
    assert field(page, "city").text() == "Vejle"
    assert page.form.field("phones").entries() == ANNA.phones


def test_search_by_keyboard_alone_from_key_to_form_and_back(page: ContactsPage, qtbot: QtBot) -> None:
    page.perform("find")
    search = page.pane.search
    assert search.hasFocus()
    qtbot.keyClicks(search, "dam")
    assert names(page) == ["Bent Dam"]
    qtbot.keyClick(search, KEY.Key_Down)
    assert page.pane.table.hasFocus()
    assert page.form.heading.text() == "Bent Dam"
    qtbot.keyClick(page.pane.table, KEY.Key_F2)
    assert field(page, "first_name").hasFocus()
    qtbot.keyClick(field(page, "first_name"), KEY.Key_Escape)
    assert page.pane.table.hasFocus()
    qtbot.keyClick(page.pane.table, KEY.Key_Return)
    assert field(page, "first_name").hasFocus()


@pytest.mark.parametrize("query", ["aarhus", "århus", "AARHUS dam", "aarh"])
def test_aa_is_a_with_a_ring_whichever_is_written(page: ContactsPage, qtbot: QtBot, query: str) -> None:
    qtbot.keyClicks(page.pane.search, query)
    assert names(page) == ["Bent Dam"]
    contacts.add(page.context.file, Contact(first_name="Dorte", city="Aarhus C"))
    assert names(page) == (["Bent Dam"] if "dam" in query else ["Bent Dam", "Dorte"])


@pytest.mark.parametrize("query", ["71 46", "71463065", "VEJLE", "berg anna"])
def test_a_search_finds_by_phone_city_and_any_word(page: ContactsPage, qtbot: QtBot, query: str) -> None:
    qtbot.keyClicks(page.pane.search, query)
    assert names(page) == ["Anna Berg"]


def test_arrow_keys_walk_through_the_contacts(page: ContactsPage, qtbot: QtBot) -> None:
    page.pane.table.setFocus()
    qtbot.keyClick(page.pane.table, KEY.Key_Down)
    qtbot.keyClick(page.pane.table, KEY.Key_Down)
    assert page.form.heading.text() == "Carl <b>Eg</b>"
    qtbot.keyClick(page.pane.table, KEY.Key_Up)
    assert page.form.heading.text() == "Bent Dam"


@pytest.mark.parametrize("leave", [KEY.Key_Tab, KEY.Key_Return])
def test_a_field_is_saved_when_it_is_left_or_entered(page: ContactsPage, qtbot: QtBot, leave: Qt.Key) -> None:
    write(qtbot, page, "organization", "Bageriet", leave)
    assert stored(page).organization == "Bageriet"
    assert said() == "Anna Berg is saved."
    deed = files.undoable(page.context.file)
    assert deed
    assert files.deed_name(deed) == "Edit contact Anna Berg"


def test_an_unchanged_field_is_no_deed(page: ContactsPage, qtbot: QtBot) -> None:
    before = len(files.deeds(page.context.file))
    for _press in range(30):
        qtbot.keyClick(QApplication.focusWidget() or page, KEY.Key_Tab)
    assert len(files.deeds(page.context.file)) == before


def test_undo_brings_the_old_text_back_into_the_field(page: ContactsPage, qtbot: QtBot) -> None:
    write(qtbot, page, "city", "Odense")
    files.undo(page.context.file)
    assert field(page, "city").text() == "Vejle"
    files.redo(page.context.file)
    assert field(page, "city").text() == "Odense"


def test_a_click_on_another_row_saves_first_and_meets_the_row_that_was_clicked(
    page: ContactsPage, qtbot: QtBot
) -> None:
    line = field(page, "first_name")
    qtbot.mouseClick(line, LEFT)
    line.selectAll()
    qtbot.keyClicks(line, "Zita")
    click_row(qtbot, page, 1)
    assert page.form.heading.text() == "Bent Dam"
    settle(page, qtbot)
    assert names(page) == ["Bent Dam", "Carl <b>Eg</b>", "Zita Berg"]
    assert page.form.heading.text() == "Bent Dam"
    assert page.pane.selected() == [page.form.record.id]


def test_a_contact_that_a_search_no_longer_finds_stays_in_the_form(page: ContactsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.pane.search, "vejle")
    write(qtbot, page, "city", "Odense", KEY.Key_Return)
    settle(page, qtbot)
    assert names(page) == []
    assert page.form.heading.text() == "Anna Berg"
    assert field(page, "city").text() == "Odense"


def test_a_wrong_birthday_is_told_at_the_field_and_the_rest_is_kept(page: ContactsPage, qtbot: QtBot) -> None:
    write(qtbot, page, "birthday", "31.02.1962")
    assert "is not a date" in page.form.error("birthday")
    write(qtbot, page, "city", "Odense")
    assert field(page, "birthday").text() == "31.02.1962"
    assert (stored(page).city, stored(page).birthday) == ("Odense", "")
    write(qtbot, page, "birthday", "15/2-1962")
    assert page.form.error("birthday") == ""
    assert stored(page).birthday == "1962-02-15"
    assert field(page, "birthday").text() == "15/02/1962"


def test_an_error_does_not_follow_to_another_contact(page: ContactsPage, qtbot: QtBot) -> None:
    write(qtbot, page, "birthday", "soon")
    click_row(qtbot, page, 1)
    assert page.form.error("birthday") == ""
    assert field(page, "birthday").text() == ""


def test_a_birthday_without_a_year_can_be_changed_as_it_is_shown(page: ContactsPage, qtbot: QtBot) -> None:
    click_row(qtbot, page, 2)
    assert field(page, "birthday").text() == "15/02"
    write(qtbot, page, "birthday", "16/02")
    assert stored(page).birthday == "--02-16"


def test_the_last_that_says_who_it_is_cant_be_taken_away(page: ContactsPage, qtbot: QtBot) -> None:
    click_row(qtbot, page, 1)
    write(qtbot, page, "first_name", "")
    write(qtbot, page, "last_name", "")
    assert "Write a name" in page.form.error("last_name")
    assert stored(page).name == "Dam"


def test_what_the_disk_refuses_stays_in_the_field(
    page: ContactsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise Refusal(Message("The disk is full."))

    monkeypatch.setattr(contacts, "save", full)
    write(qtbot, page, "city", "Odense")
    assert said() == "The disk is full."
    assert field(page, "city").text() == "Odense"
    assert page.form.error("city")
    assert stored(page).city == "Vejle"


def test_phones_roles_tags_and_notes_are_saved(page: ContactsPage, qtbot: QtBot) -> None:
    page.pane.select(page.pane.model.shown[1].id)
    phones = page.form.field("phones")
    assert isinstance(phones, EntriesEditor)
    add = next(b for b in phones.findChildren(QAbstractButton) if b.text() == "Add a phone")
    qtbot.mouseClick(add, LEFT)
    qtbot.keyClicks(QApplication.focusWidget() or add, "12 34 56 78")
    qtbot.keyClick(QApplication.focusWidget() or add, KEY.Key_Return)
    host = page.form.field("roles").boxes[Role.HOST]
    host.setFocus()
    qtbot.keyClick(host, KEY.Key_Space)
    tags = page.form.field("tags")
    assert isinstance(tags, TagsEditor)
    tags.setFocus()
    qtbot.keyClicks(QApplication.focusWidget() or tags, "Kunder,")
    notes = page.form.field("notes")
    notes.setFocus()
    qtbot.keyClick(notes, KEY.Key_End)
    qtbot.keyClicks(notes, " altid")
    field(page, "city").setFocus()
    person = stored(page)
    assert person.phones == (Labelled("12 34 56 78", "Mobile"),)
    assert person.roles == {Role.HOST}
    assert person.tags == ("Kunder",)
    assert person.notes == "Ringer selv altid"


def test_a_new_contact_is_made_at_its_first_name_and_only_once(page: ContactsPage, qtbot: QtBot) -> None:
    new = next(b for b in page.findChildren(QAbstractButton) if b.text() == "&New contact" and b.isVisible())
    qtbot.mouseClick(new, LEFT)
    first = field(page, "first_name")
    assert first.hasFocus()
    assert page.pane.selected() == []
    qtbot.keyClicks(first, "Dorte")
    qtbot.keyClick(first, KEY.Key_Tab)
    assert field(page, "middle_name").hasFocus()
    write(qtbot, page, "last_name", "Holm")
    settle(page, qtbot)
    assert names(page) == ["Anna Berg", "Bent Dam", "Carl <b>Eg</b>", "Dorte Holm"]
    assert page.pane.selected() == [page.form.record.id]
    assert ANSWERS == ["Dorte is added.", "Dorte Holm is saved."]


def test_a_new_contact_without_a_name_is_not_kept_until_something_says_who(
    page: ContactsPage, qtbot: QtBot
) -> None:
    page.perform("new")
    assert page.form.hint.isVisible()
    write(qtbot, page, "city", "Ribe")
    write(qtbot, page, "birthday", "in May")
    assert "is not a date" in page.form.error("birthday")
    assert len(contacts.rows(page.context.file)) == 3
    write(qtbot, page, "organization", "Ribe Blomster")
    assert (stored(page).name, stored(page).city) == ("Ribe Blomster", "Ribe")
    assert field(page, "birthday").text() == "in May"
    assert not page.form.hint.isVisible()


def test_a_new_contact_in_the_middle_of_a_search_is_seen_in_the_list(page: ContactsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.pane.search, "anna")
    page.perform("new")
    write(qtbot, page, "first_name", "Dorte")
    settle(page, qtbot)
    assert "Dorte" in names(page)


def test_typing_is_saved_when_the_page_is_left(page: ContactsPage, qtbot: QtBot) -> None:
    line = field(page, "city")
    qtbot.mouseClick(line, LEFT)
    line.selectAll()
    qtbot.keyClicks(line, "Odense")
    page.leave()
    assert stored(page).city == "Odense"


def test_delete_undo_and_what_is_shown_next(page: ContactsPage, qtbot: QtBot) -> None:
    click_row(qtbot, page, 1)
    qtbot.keyClick(page.pane.table, KEY.Key_Delete)
    assert names(page) == ["Anna Berg", "Carl <b>Eg</b>"]
    assert said() == "Bent Dam is deleted."
    assert page.form.heading.text() == "Carl <b>Eg</b>"
    files.undo(page.context.file)
    assert names(page) == ["Anna Berg", "Bent Dam", "Carl <b>Eg</b>"]


def test_several_are_deleted_at_once_until_the_page_is_empty(page: ContactsPage, qtbot: QtBot) -> None:
    click_row(qtbot, page, 0)
    click_row(qtbot, page, 2, Qt.KeyboardModifier.ControlModifier)
    page.perform("delete")
    assert names(page) == ["Bent Dam"]
    assert said() == "2 contacts are deleted."
    page.perform("delete")
    assert page.empty.isVisible()
    files.undo(page.context.file)
    assert page.form.heading.text() == "Bent Dam"


def test_who_stands_in_a_team_keeps_the_place(page: ContactsPage) -> None:
    file = page.context.file
    companies.add(file, "Firma")
    company = companies.current(file)
    assert company
    own = files.member_of_owner(file, company.id)
    assert own
    path = DATA / "team_sponsor_id.csv"
    imports.preview_team(file, company, imports.read_team_file(path, company).now(), page.context.period).apply()
    view = team.view(file, company.id, page.context.period)
    details = team.details(file, view.team.ids[3], page.context.period)
    assert details
    person = details.contact
    contacts.show_in_contacts(file, person.id)
    page.show_item(person.id)
    assert page.form.heading.text() == person.name
    page.perform("delete")
    assert said() == f"{person.name} is deleted. 1 keeps a place in the team."
    assert person.name not in names(page)
    assert page.form.heading.text() != person.name


def test_an_item_hidden_by_the_search_is_shown_when_asked_for(page: ContactsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.pane.search, "anna")
    bent = contacts.rows(page.context.file)[1].id
    page.show_item(bent)
    assert page.form.heading.text() == "Bent Dam"
    assert page.pane.selected() == [bent]


def test_the_empty_page_offers_the_first_deed(empty_page: ContactsPage, qtbot: QtBot) -> None:
    page = empty_page
    assert page.empty.isVisible()
    add = next(b for b in page.empty.findChildren(QAbstractButton) if "Add" in b.text())
    qtbot.mouseClick(add, LEFT)
    assert field(page, "first_name").hasFocus()
    qtbot.keyClick(field(page, "first_name"), KEY.Key_Escape)
    assert page.empty.isVisible()
    qtbot.mouseClick(add, LEFT)
    write(qtbot, page, "first_name", "Anna")
    settle(page, qtbot)
    assert names(page) == ["Anna"]


def test_import_shows_what_will_change_and_export_reads_back(
    page: ContactsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "ask_open_path", lambda _title: DATA / "contacts_google.csv")
    page.perform("import")
    qtbot.waitUntil(lambda: bool(page.findChildren(ContactImportDialog)))
    assert len(names(page)) == 3
    preview = page.findChildren(ContactImportDialog)[0]
    with qtbot.waitSignal(preview.applied):
        preview.accept()
    assert len(names(page)) == 83
    assert page.form.heading.text() == "Anna Berg"
    page.perform("export")
    dialog = page.findChildren(ExportDialog)[0]
    out = tmp_path / "ud.csv"
    dialog.form.setCurrentIndex(dialog.form.findData("csv"))
    monkeypatch.setattr(export, "save_path", lambda *_args: out)
    dialog.accept()
    assert "83" in said()
    assert len(imports.read_contacts(out).now().records) == 83


def test_a_file_that_is_no_table_changes_nothing(
    page: ContactsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "brochure.csv"
    wrong.write_bytes(b"%PDF-1.7 \x00\x01\x02")
    monkeypatch.setattr(page, "ask_open_path", lambda _title: wrong)
    page.perform("import")
    qtbot.waitUntil(lambda: bool(said()))
    assert "brochure.csv" in said()
    assert len(names(page)) == 3


def test_the_contact_list_becomes_a_pdf_and_lies_nowhere_until_she_saves_it(
    page: ContactsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    page.perform("report")
    qtbot.waitUntil(lambda: bool(page.findChildren(PdfDialog)), timeout=20_000)
    assert sorted(tmp_path.rglob("*")) == before
    dialog, out = page.findChildren(PdfDialog)[0], tmp_path / "liste.pdf"
    dialog.save_as(out)
    assert out.read_bytes().startswith(b"%PDF")
    assert said() == f"Saved {out}"
    dialog.close()


def test_nothing_happens_when_she_changes_her_mind(page: ContactsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ask_open_path", lambda _title: None)
    page.perform("import")
    assert not page.context.tasks.active()
    assert said() == ""


def test_names_are_never_markup(page: ContactsPage, qtbot: QtBot) -> None:
    click_row(qtbot, page, 2)
    assert page.form.heading.text() == "Carl <b>Eg</b>"
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()


def test_every_stop_of_the_tab_key_has_a_name(page: ContactsPage) -> None:
    for widget in page.findChildren(QWidget):
        if (
            widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not isinstance(widget.parent(), QComboBox)
        ):
            assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), widget


def test_mnemonics_are_unique_and_leave_the_menus_theirs(page: ContactsPage) -> None:
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.buddy()]
    texts = labels + [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) > 10
    assert sorted({*keys, *"fevh"}) == sorted([*keys, *"fevh"])


# what isn't there can't be edited, and what comes back is seen


def test_a_search_without_hits_shows_nobody(page: ContactsPage, qtbot: QtBot) -> None:
    click_row(qtbot, page, 0)
    page.find()
    qtbot.keyClicks(page.pane.search, "zzz")
    assert not page.form.isVisible()
    assert any(label.text() == "Nothing found" for label in page.findChildren(QLabel) if label.isVisible())
    qtbot.keyClick(page.pane.search, KEY.Key_Escape)
    assert page.form.isVisible()
    assert page.form.record.first_name == "Anna"


def test_a_new_contact_may_be_written_while_nothing_matches(page: ContactsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.pane.search, "zzz")
    page.new_item()
    assert page.form.isVisible()


def test_undo_of_a_deletion_chooses_who_came_back(page: ContactsPage, qtbot: QtBot) -> None:
    for _ in range(2):
        click_row(qtbot, page, 1)
        bent = page.form.record.id
        assert page.form.record.first_name == "Bent"
        page.delete_items()
        assert page.form.record.id != bent
        files.undo(page.context.file)
        assert page.form.record.id == bent
        assert page.pane.selected() == [bent]
    files.redo(page.context.file)
    assert page.form.record.id != bent
    files.undo(page.context.file)
    assert page.form.record.id == bent


def test_forgetting_shows_the_stored_birthday_again(page: ContactsPage, qtbot: QtBot) -> None:
    click_row(qtbot, page, 2)
    before = field(page, "birthday").text()
    write(qtbot, page, "birthday", "99.99")
    assert page.form.error("birthday")
    page.forget()
    assert not page.form.error("birthday")
    assert field(page, "birthday").text() == before
    assert page.leave()


def test_it_is_said_when_a_number_brings_back_a_no(page: ContactsPage, qtbot: QtBot) -> None:
    file = page.context.file
    gone = contacts.add(file, Contact(first_name="Dorte", phones=(Labelled("12 34 56 78"),)))
    consents.say_no(file, gone, Topic.EVERYTHING, date(2026, 3, 1))
    contacts.delete(file, [gone])
    settle(page, qtbot)
    (bent,) = (row.id for row in contacts.rows(file) if row.name == "Bent Dam")
    page.pane.select(bent)
    phones = page.form.field("phones")
    assert isinstance(phones, EntriesEditor)
    add = next(b for b in phones.findChildren(QAbstractButton) if b.text() == "Add a phone")
    qtbot.mouseClick(add, LEFT)
    qtbot.keyClicks(QApplication.focusWidget() or add, "+45 12345678")
    qtbot.keyClick(QApplication.focusWidget() or add, KEY.Key_Return)
    assert "said no on 01/03/2026: noted again" in said()
    assert [no.topic for no in consents.standing(file, bent).noes] == [Topic.EVERYTHING]
