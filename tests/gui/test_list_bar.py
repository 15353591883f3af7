"""Lists above the contacts, by doing: chosen, put together by keyboard, saved, alive, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.consent import Channel, Topic
from organizer.domain.contact import Contact, Labelled, Role
from organizer.domain.contact_filter import Condition, Field, Filter, Op, Span, Unit
from organizer.services import consents, contact_lists, contacts, files, timeline
from organizer.services.files import File
from organizer.services.timeline import EntryKind
from organizer.storage import saved_lists
from organizer.ui.context import Context
from organizer.ui.dialogs.contact_list.addresses import AddressesDialog
from organizer.ui.dialogs.contact_list.base import ListDialog
from organizer.ui.dialogs.contact_list.call_sheet import CallSheetDialog
from organizer.ui.dialogs.contact_list.labels import LabelsDialog
from organizer.ui.pages.contacts.list_bar import ListBar
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.pdf_dialog import PdfDialog

KEY = Qt.Key
TODAY = date(2026, 3, 7)
CUSTOMERS = Filter((Condition(Field.ROLE, Op.IS, "customer"),))
QUIET = Filter(
    (*CUSTOMERS.conditions, Condition(Field.TALKED, Op.WITHIN, Span(3, Unit.MONTHS), negated=True)),
)


def person(first: str, role: Role, code: str) -> Contact:
    return Contact(
        first_name=first,
        last_name="Holm",
        roles=frozenset({role}),
        phones=(Labelled("12345678"),),
        emails=(Labelled(f"{first.lower()}@x.dk"),),
        street="Vej 1",
        postal_code=code,
        city="Ry",
    )


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
    for one in (
        person("Anna", Role.CUSTOMER, "8000"),
        person("Bo", Role.CUSTOMER, "8300"),
        person("Carl", Role.HOST, "8299"),
        person("Dorte", Role.CUSTOMER, "9000"),
    ):
        contacts.add(opened, one)
    yield opened
    opened.close()


@pytest.fixture
def page(file: File, qtbot: QtBot) -> Iterator[ContactsPage]:
    tasks = Tasks()
    made = ContactsPage(Context(file, tasks))
    made.resize(1274, 708)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made._form is not None)
    yield made
    made.close_down()
    tasks.shutdown()


@pytest.fixture
def bar(page: ContactsPage) -> ListBar:
    return page.lists


def names(page: ContactsPage) -> list[str]:
    return [row.name.removesuffix(" Holm") for row in page.pane.model.shown]


def id_of(file: File, first: str) -> int:
    return next(row.id for row in contacts.rows(file) if row.name.startswith(first))


def choose(bar: ListBar, name: str) -> None:
    index = bar.chooser.findText(name)
    assert index >= 0, [bar.chooser.itemText(at) for at in range(bar.chooser.count())]
    bar.chooser.setCurrentIndex(index)
    bar.chooser.activated.emit(index)


def menu(bar: ListBar, name: str) -> None:
    bar.menu.aboutToShow.emit()
    (action,) = [one for one in bar.menu.actions() if one.text() == name]
    assert action.isEnabled()
    action.trigger()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_list_that_comes_with_the_program_narrows_and_search_looks_within_it(
    page: ContactsPage, bar: ListBar, qtbot: QtBot
) -> None:
    page.pane.select(id_of(page.context.file, "Carl"))
    choose(bar, "Hosts")
    assert names(page) == ["Carl"]
    assert page.pane.current() == id_of(page.context.file, "Carl")
    assert "Hosts: 1 contact" in bar.words.text()
    assert "1 of 4" in page.pane.count.text()
    qtbot.keyClicks(page.pane.search, "anna")
    assert names(page) == []
    page.pane.search.clear()
    assert names(page) == ["Carl"]
    page.pane.select(id_of(page.context.file, "Carl"))
    bar.show_filter(CUSTOMERS)
    assert page.form.record.first_name == "Anna"  # the first of a list that hides who was there
    bar.clear_button.click()
    assert names(page) == ["Anna", "Bo", "Carl", "Dorte"]
    assert bar.chooser.currentText() == "Everybody"
    assert not bar.words.isVisible()


def test_a_filter_is_put_together_by_keyboard_alone(page: ContactsPage, bar: ListBar, qtbot: QtBot) -> None:
    bar.toggle.setFocus()
    qtbot.keyClick(bar.toggle, KEY.Key_Return)
    assert bar.panel is not None
    row = bar.panel.rows[0]
    assert focus() is row.field
    qtbot.keyClick(row.field, KEY.Key_Tab)
    assert focus() is row.op
    qtbot.keyClick(row.op, KEY.Key_Tab)
    assert focus() is row.remove
    qtbot.keyClick(row.remove, KEY.Key_Tab)
    assert focus() is row.editor.stops[0]
    qtbot.keyClick(focus(), KEY.Key_Down)  # from prospect to customer
    qtbot.waitUntil(lambda: names(page) == ["Anna", "Bo", "Dorte"])
    qtbot.keyClick(focus(), KEY.Key_Tab)
    assert focus() is bar.panel.add_button
    qtbot.keyClick(bar.panel.add_button, KEY.Key_Return)
    second = bar.panel.rows[1]
    assert focus() is second.field
    while second.field.currentData() != Field.AREA.value:
        qtbot.keyClick(second.field, KEY.Key_Down)
    for _stop in range(3):
        qtbot.keyClick(focus(), KEY.Key_Tab)
    assert focus() is second.editor.stops[0]
    qtbot.keyClicks(focus(), "8000-82")
    assert "Write postal codes" in second.error.text()
    assert second.error.isVisible()
    qtbot.keyClicks(focus(), "99")
    qtbot.waitUntil(lambda: names(page) == ["Anna"])
    assert bar.words.text() == "Customers in 8000–8299: 1 contact"
    assert bar.chooser.currentText() == "Not saved yet"
    qtbot.keyClick(focus(), KEY.Key_Escape)
    assert bar.panel.isHidden()
    assert focus() is bar.toggle


def test_a_condition_is_removed_and_one_of_them_is_enough(page: ContactsPage, bar: ListBar, qtbot: QtBot) -> None:
    bar.show_filter(
        Filter((Condition(Field.ROLE, Op.IS, "host"), Condition(Field.AREA, Op.IS, "9*")), any_of=True)
    )
    assert names(page) == ["Carl", "Dorte"]
    bar.toggle.setChecked(True)
    assert bar.panel is not None
    assert bar.panel.joint.isVisible()
    bar.panel.rows[0].removed.emit()
    qtbot.waitUntil(lambda: names(page) == ["Dorte"])
    assert focus() is bar.panel.rows[0].field
    bar.panel.rows[0].removed.emit()
    qtbot.waitUntil(lambda: names(page) == ["Anna", "Bo", "Carl", "Dorte"])
    assert not bar.words.isVisible()


def test_every_condition_shows_itself_as_it_was_saved(page: ContactsPage, bar: ListBar) -> None:
    everything = Filter(
        (
            Condition(Field.TAG, Op.ALL, ("vip", "te"), negated=True),
            Condition(Field.BIRTHDAY, Op.WITHIN, 30),
            Condition(Field.BIRTHDAY, Op.WEEK),
            Condition(Field.MAY, Op.IS, ("invitation", "sms")),
            Condition(Field.CONSENT, Op.IS, "post", negated=True),
            Condition(Field.NO, Op.IS, "parties"),
            Condition(Field.HAS, Op.IS, "email"),
            Condition(Field.LIKES, Op.IS, 77),
            Condition(Field.RANK, Op.WITHIN, 35),
            Condition(Field.TEAM, Op.IS, 5, negated=True),
            Condition(Field.ADDED, Op.SINCE, date(2026, 1, 31)),
            Condition(Field.ADDED, Op.WITHIN, Span(2, Unit.WEEKS)),
            Condition(Field.SOURCE, Op.CONTAINS, "fair"),
            Condition(Field.LIGHT, Op.IS),
            Condition(Field.TALKED, Op.EVER, negated=True),
            Condition(Field.CITY, Op.IS, "Ry"),
            Condition(Field.COUNTRY, Op.IS, "Danmark"),
            Condition(Field.TEXT, Op.CONTAINS, "anna"),
        ),
    )
    bar.toggle.setChecked(True)
    assert bar.panel is not None
    bar.panel.show_filter(everything)
    assert bar.panel.filter() == everything


def test_a_list_is_saved_changed_renamed_and_removed(page: ContactsPage, bar: ListBar, qtbot: QtBot) -> None:
    file = page.context.file
    bar.show_filter(CUSTOMERS)
    menu(bar, "Save as list…")
    assert focus() is bar.name.edit
    qtbot.keyClick(bar.name.edit, KEY.Key_Return)
    assert "Write what the list shall be called" in bar.name.error.text()
    qtbot.keyClicks(bar.name.edit, "Mine")
    qtbot.keyClick(bar.name.edit, KEY.Key_Return)
    assert bar.name.isHidden()
    assert bar.chooser.currentText() == "Mine"
    bar.toggle.setChecked(True)
    assert bar.panel is not None
    bar.panel.show_filter(QUIET)
    bar.panel.changed.emit()
    qtbot.waitUntil(lambda: bar.chooser.currentText() == "Not saved yet")
    menu(bar, "Save the changes to Mine")
    assert [one.filter for one in contact_lists.saved(file)] == [QUIET]
    assert bar.chooser.currentText() == "Mine"
    menu(bar, "Rename the list…")
    bar.name.edit.setText("Quiet")
    qtbot.keyClick(bar.name.edit, KEY.Key_Return)
    assert bar.chooser.currentText() == "Quiet"
    menu(bar, "Remove the list")
    assert contact_lists.saved(file) == []
    files.undo(file)
    assert bar.chooser.findText("Quiet") >= 0


def test_saving_takes_no_other_lists_place_without_a_word(page: ContactsPage, bar: ListBar, qtbot: QtBot) -> None:
    contact_lists.save(page.context.file, "Mine", QUIET)
    bar.show_filter(CUSTOMERS)
    menu(bar, "Save as list…")
    qtbot.keyClicks(bar.name.edit, "Mine")
    qtbot.keyClick(bar.name.edit, KEY.Key_Return)
    assert "There is a list called Mine already." in bar.name.error.text()
    qtbot.keyClick(bar.name.edit, KEY.Key_Escape)
    assert bar.name.isHidden()
    assert contact_lists.saved(page.context.file)[0].filter == QUIET


def test_a_list_of_a_newer_version_says_so_and_shows_nobody_wrong(page: ContactsPage, bar: ListBar) -> None:
    with page.context.file.deed("test"):
        saved_lists.write(page.context.file, "Newer", '{"version": 2}')
    choose(bar, "Newer")
    assert "newer version" in bar.words.text()
    assert bar.chooser.currentText() == "Everybody"
    assert len(names(page)) == 4


def test_a_list_is_alive_and_whoever_drops_off_stays_in_the_form(
    page: ContactsPage, bar: ListBar, qtbot: QtBot
) -> None:
    file = page.context.file
    bar.show_filter(QUIET)
    page.pane.select(id_of(file, "Bo"))
    timeline.add_entry(file, id_of(file, "Bo"), TODAY, EntryKind.CALL, "")
    qtbot.waitUntil(lambda: names(page) == ["Anna", "Dorte"])
    assert page.form.record.first_name == "Bo"
    files.undo(file)
    qtbot.waitUntil(lambda: names(page) == ["Anna", "Bo", "Dorte"])


def test_whoever_is_to_be_shown_makes_the_list_give_way(page: ContactsPage, bar: ListBar) -> None:
    choose(bar, "Hosts")
    page.show_item(id_of(page.context.file, "Dorte"))
    assert page.form.record.first_name == "Dorte"
    assert bar.chooser.currentText() == "Everybody"
    assert len(names(page)) == 4
    choose(bar, "Hosts")
    page.new_item()
    assert bar.chooser.currentText() == "Everybody"


def test_ranks_without_a_company_are_told_and_show_nobody(page: ContactsPage, bar: ListBar) -> None:
    bar.show_filter(Filter((Condition(Field.RANK, Op.WITHIN, 20),)))
    assert "Add a company" in bar.words.text()
    assert names(page) == []


def dialog(page: ContactsPage, kind: type[ListDialog]) -> ListDialog:
    (found,) = page.findChildren(kind)
    return found


def agree(file: File, *channels: Channel) -> None:
    for first in ("Anna", "Bo", "Dorte"):
        consents.give(file, id_of(file, first), list(channels), TODAY, "on paper", "yes")
    consents.say_no(file, id_of(file, "Bo"), Topic.EVERYTHING, TODAY)


def test_addresses_are_copied_only_of_those_who_may_get_it_and_the_others_are_named(
    page: ContactsPage, bar: ListBar, qtbot: QtBot
) -> None:
    agree(page.context.file, Channel.EMAIL)
    told: list[str] = []
    page.context.answered.connect(lambda text, _undo: told.append(text))
    menu(bar, "Copy e-mail addresses…")
    asked = dialog(page, AddressesDialog)
    assert not asked.go.isEnabled()
    asked.accept()
    assert asked.isVisible()
    asked.purpose.setCurrentIndex(asked.purpose.findData("offer"))
    asked.toggle.setChecked(True)
    left_out = [asked.left_out.item(at).text() for at in range(asked.left_out.count())]
    assert [text.split(" Holm: ")[0] for text in left_out] == ["Bo", "Carl"]
    assert "Said no on 07/03/2026" in left_out[0]
    assert "No consent to e-mail" in left_out[1]
    qtbot.mouseClick(asked.go, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "anna@x.dk; dorte@x.dk"
    assert told[-1] == "2 addresses copied for Bcc. 2 left out: Bo Holm, Carl Holm."


def test_a_call_sheet_is_made_of_the_selected_or_of_the_list(
    page: ContactsPage, bar: ListBar, qtbot: QtBot
) -> None:
    agree(page.context.file, Channel.PHONE)
    page.pane.table.selectAll()
    menu(bar, "Call sheet…")
    asked = dialog(page, CallSheetDialog)
    assert asked.sheet.words == "The selected contacts"
    asked.reject()
    page.pane.select(id_of(page.context.file, "Anna"))
    bar.show_filter(CUSTOMERS)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the first dialog goes
    menu(bar, "Call sheet…")
    asked = dialog(page, CallSheetDialog)
    assert asked.sheet.words == "Customers"
    asked.purpose.setCurrentIndex(asked.purpose.findData("service"))
    assert len(asked.ready.ids) == 3
    asked.purpose.setCurrentIndex(asked.purpose.findData("offer"))
    assert asked.told.text() == "2 contacts on the sheet"
    asked.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.keyClicks(page.pane.search, "do")
    menu(bar, "Call sheet…")
    asked = dialog(page, CallSheetDialog)
    assert asked.sheet.words == "Customers, found by “do”"
    assert asked.sheet.ids == [id_of(page.context.file, "Dorte")]
    asked.purpose.setCurrentIndex(asked.purpose.findData("offer"))
    asked.accept()
    qtbot.waitUntil(lambda: bool(page.findChildren(PdfDialog)))
    page.findChildren(PdfDialog)[0].close()


def test_labels_are_made_for_households_and_the_sheet_is_remembered(
    page: ContactsPage, bar: ListBar, qtbot: QtBot
) -> None:
    contacts.add(page.context.file, person("Eva", Role.CUSTOMER, "8000"))
    menu(bar, "Address labels…")
    asked = dialog(page, LabelsDialog)
    assert isinstance(asked, LabelsDialog)
    asked.purpose.setCurrentIndex(asked.purpose.findData("service"))
    assert asked.told.text() == "4 labels for 5 contacts"
    asked.households.setChecked(False)
    assert asked.told.text() == "5 labels for 5 contacts"
    asked.kind.setCurrentIndex(2)
    assert asked.first.maximum() == 14
    asked.right.setValue(-1.5)
    asked.accept()
    qtbot.waitUntil(lambda: bool(page.findChildren(PdfDialog)))
    page.findChildren(PdfDialog)[0].close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    menu(bar, "Address labels…")
    again = dialog(page, LabelsDialog)
    assert isinstance(again, LabelsDialog)
    assert (again.kind.currentIndex(), again.right.value(), again.households.isChecked()) == (2, -1.5, False)
    again.reject()
