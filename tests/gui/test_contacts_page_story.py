"""The story beside a contact's card, as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.consent import Topic
from organizer.domain.contact import Address, Contact
from organizer.domain.relation import RelationKind
from organizer.domain.timeline import EntryKind, FollowUp
from organizer.services import consents, contacts, files, follow_ups, pictures, relations, timeline
from organizer.services.contact_page import FIRST
from organizer.services.files import File
from organizer.ui.context import Context
from organizer.ui.models.contacts import NAME
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.pages.contacts.story import Story
from organizer.ui.pages.contacts.story_list import StoryList
from organizer.ui.pages.contacts.story_paint import document
from organizer.ui.tasks import Tasks

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 3, 7)
SAID: list[str] = []


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    opened = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
    for first in ("Anna", "Bent", "Carla"):
        contacts.add(opened, Contact(first_name=first))
    yield opened
    opened.close()


@pytest.fixture
def page(file: File, qtbot: QtBot) -> Iterator[ContactsPage]:
    tasks = Tasks()
    context = Context(file, tasks)
    made = ContactsPage(context)
    SAID.clear()
    context.answered.connect(lambda text, _undo: SAID.append(text))
    context.warned.connect(SAID.append)
    context.goto.connect(lambda where, id_: SAID.append(f"{where} {id_}"))
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


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def story(page: ContactsPage) -> Story:
    return page.story


def shown(page: ContactsPage) -> StoryList:
    return story(page).view.list


def lines(page: ContactsPage) -> list[str]:
    model = shown(page).lines
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def entries(page: ContactsPage) -> list[tuple[date, EntryKind, str]]:
    return [(one.day, one.kind, one.body) for one in timeline.entries(page.context.file, story(page).person)]


def jot(page: ContactsPage, qtbot: QtBot, text: str) -> None:
    qtbot.keyClick(focus(), KEY.Key_F4)
    qtbot.keyClicks(focus(), text)
    qtbot.keyClick(focus(), KEY.Key_Return)


def test_f4_anywhere_jots_a_note_dated_today(page: ContactsPage, qtbot: QtBot) -> None:
    page.pane.table.setFocus()
    jot(page, qtbot, "Likes the rose cream")
    assert entries(page) == [(TODAY, EntryKind.NOTE, "Likes the rose cream")]
    assert lines(page)[:2] == ["March 2026", "07/03/2026 · Note\nLikes the rose cream"]
    assert story(page).view.note.text.value() == ""
    assert SAID == ["Noted for 07/03/2026."]
    files.undo(page.context.file)
    assert entries(page) == []
    assert len(lines(page)) == 2  # the month, and that she came into Contacts


def test_a_date_first_dates_it_and_is_told_before_it_is_kept(page: ContactsPage, qtbot: QtBot) -> None:
    note = story(page).view.note
    qtbot.keyClick(focus(), KEY.Key_F4)
    qtbot.keyClicks(focus(), "12.11. called")
    assert note._said.text() == "Will be dated 12/11/2025."
    qtbot.keyClick(focus(), KEY.Key_Return)
    jot(page, qtbot, "24.12.2026 party")
    assert "hasn't come yet" in note._said.text()
    assert note.text.value() == "24.12.2026 party"
    assert entries(page) == [(date(2025, 11, 12), EntryKind.NOTE, "called")]


def test_shift_enter_goes_on_below_and_esc_goes_back_to_the_list(page: ContactsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(focus(), KEY.Key_F4)
    field = focus()
    qtbot.keyClicks(field, "# Wishes")
    qtbot.keyClick(field, KEY.Key_Return, SHIFT)
    qtbot.keyClicks(field, "- cream")
    qtbot.keyClick(field, KEY.Key_Return)
    assert entries(page)[0][2] == "# Wishes\n- cream"
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, KEY.Key_Escape)
    assert field.hasFocus()
    qtbot.keyClick(field, KEY.Key_Escape)
    assert page.pane.table.hasFocus()


def test_that_they_talked_is_noted_without_words_and_told_at_the_head(page: ContactsPage, qtbot: QtBot) -> None:
    head = story(page).head
    assert head.talked.text() == "No talk is noted here yet."
    head.talk.click()
    assert focus() is story(page).view.note.text
    qtbot.keyClick(focus(), KEY.Key_Return)
    assert entries(page) == [(TODAY, EntryKind.TALK, "")]
    assert head.talked.text() == "Talked last on 07/03/2026, today"
    assert story(page).view.note.kind.kind() is EntryKind.NOTE


def test_what_is_typed_is_kept_when_another_person_is_chosen(page: ContactsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(focus(), KEY.Key_F4)
    qtbot.keyClicks(focus(), "half a thought")
    anna = story(page).person
    page.pane.select(page.pane.model.shown[1].id)
    assert story(page).view.note.text.value() == ""
    assert [one.body for one in timeline.entries(page.context.file, anna)] == ["half a thought"]
    assert entries(page) == []


def test_an_invitation_after_a_no_is_refused_where_it_is_typed(page: ContactsPage, qtbot: QtBot) -> None:
    consents.say_no(page.context.file, story(page).person, Topic.PARTIES, TODAY)
    assert "Said no to parties" in story(page).head.noes.text()
    story(page).view.note.kind.set_kind(EntryKind.INVITATION)
    jot(page, qtbot, "to the party in May")
    note = story(page).view.note
    assert "Said no to parties" in note._said.text()
    assert note.text.value() == "to the party in May"
    assert note.kind.kind() is EntryKind.INVITATION
    assert entries(page) == []


def test_an_entry_is_changed_and_deleted_where_it_stands(page: ContactsPage, qtbot: QtBot) -> None:
    jot(page, qtbot, "creem")
    qtbot.keyClick(focus(), KEY.Key_Tab)
    listed = shown(page)
    listed.setFocus()
    qtbot.keyClick(listed, KEY.Key_Down)
    qtbot.keyClick(listed, KEY.Key_F2)
    editor = listed.editor
    assert editor
    assert editor.text.hasFocus()
    editor.text.selectAll()
    qtbot.keyClicks(editor.text, "cream")
    editor.day.setText("tomorrow")
    qtbot.keyClick(editor.text, KEY.Key_Return)
    assert "is not a date" in editor._error.text()
    editor.day.setText("08/03/2026")
    qtbot.keyClick(editor.day, KEY.Key_Return)
    assert "hasn't come yet" in editor._error.text()
    editor.day.setText("06/03/2026")
    editor.kind.set_kind(EntryKind.CALL)
    qtbot.keyClick(editor.text, KEY.Key_Return)
    assert entries(page) == [(date(2026, 3, 6), EntryKind.CALL, "cream")]
    assert listed.editor is None
    listed._choose(listed.lines.row_of(timeline.entries(page.context.file, story(page).person)[0].id))
    qtbot.keyClick(listed, KEY.Key_Delete)
    assert entries(page) == []
    assert SAID[-1] == "The entry is removed."
    files.undo(page.context.file)
    assert entries(page) == [(date(2026, 3, 6), EntryKind.CALL, "cream")]


def test_leaving_the_editor_leaves_the_entry(page: ContactsPage, qtbot: QtBot) -> None:
    jot(page, qtbot, "cream")
    shown(page).edit_entry(1)
    editor = shown(page).editor
    assert editor
    qtbot.keyClick(editor.day, KEY.Key_Escape)
    assert shown(page).editor is None
    assert entries(page)[0][2] == "cream"
    shown(page).edit_entry(0)  # a month
    assert shown(page).editor is None


def test_a_step_is_done_put_off_and_ended_by_a_no(page: ContactsPage, qtbot: QtBot) -> None:
    file, person = page.context.file, story(page).person
    for number in range(3):
        follow_ups.add(file, FollowUp(0, person, TODAY - timedelta(days=3 - number), f"step {number}"))
    steps = story(page).view.steps
    rows = steps.findChildren(QWidget)
    assert any(getattr(row, "text", str)() == "2 more steps" for row in rows)
    deeds = steps._deeds
    one, two, three = follow_ups.open_of(file, person)
    deeds.done(one)
    assert entries(page) == [(TODAY, EntryKind.TALK, "step 0")]
    deeds.later(two, TODAY + timedelta(days=7))
    assert [step.due for step in follow_ups.open_of(file, person)] == [three.due, date(2026, 3, 14)]
    deeds.no(three, Topic.EVERYTHING)
    assert "Said no to everything" in story(page).head.noes.text()
    index = page.pane.model.index(page.pane.model.place(person), NAME)
    assert "Said no to everything" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert str(index.data(Qt.ItemDataRole.ToolTipRole)).startswith("<span>")
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    for _deed in range(3):
        files.undo(file)
    assert len(follow_ups.open_of(file, person)) == 3
    assert index.data(Qt.ItemDataRole.ToolTipRole) is None


def test_the_story_is_narrowed_searched_and_goes_back_in_pages(page: ContactsPage, qtbot: QtBot) -> None:
    file, person = page.context.file, story(page).person
    with file.deed("entry.note", "Anna"):
        for number in range(FIRST + 20):
            day = TODAY - timedelta(days=number)
            timeline.add_entry(file, person, day, EntryKind.NOTE if number else EntryKind.CALL, f"about {number}.")
    view = story(page).view
    assert view.older.isVisible()
    view.older.click()
    assert not view.older.isVisible()
    assert "about 79." in lines(page)[-1]
    view.which.setCurrentIndex(view.which.findText("Talks and calls"))
    view.which.activated.emit(1)
    assert [line.rpartition("\n")[2] for line in lines(page)] == ["March 2026", "about 0."]
    view.which.setCurrentIndex(0)
    view.search.setText("about 33.")
    qtbot.waitUntil(lambda: len(lines(page)) == 2)
    view.search.setText("nothing of the kind")
    qtbot.waitUntil(lambda: view.nothing.isVisible())
    page.pane.select(page.pane.model.shown[1].id)
    assert view.search.text() == ""
    assert len(lines(page)) == 2


def test_ctrl_tab_goes_through_the_sides_and_relations_lead_on(page: ContactsPage, qtbot: QtBot) -> None:
    file, person = page.context.file, story(page).person
    sides = []
    for _press in range(4):
        qtbot.keyClick(focus(), KEY.Key_Tab, CTRL)
        sides.append(story(page).segments.current())
    assert sides == ["relations", "consents", "story", "relations"]
    assert story(page).consents.person == 0
    adder = story(page).relations.adder
    assert adder.other.hasFocus()
    adder.other.setText("carla")  # typing it would open a list, which this platform can't show
    adder.other.textEdited.emit("carla")
    adder.kind.setCurrentIndex(adder.kind.findText("Family"))
    qtbot.keyClicks(adder.words, "sister")
    qtbot.keyClick(adder.words, KEY.Key_Return)
    other = page.pane.model.shown[2].id
    tie = relations.ties_of(file, person)[0]
    assert (tie.other_id, tie.kind, tie.body) == (other, RelationKind.FAMILY, "sister")
    assert SAID == ["Noted on both cards."]
    qtbot.keyClick(adder.words, KEY.Key_Return)
    assert "Choose somebody" in adder._error.text()
    page.pane.select(other)
    assert [one.name for one in story(page).page.ties] == ["Anna"]
    files.undo(file)
    assert story(page).page.ties == []


def test_names_addresses_and_how_long_are_kept_in_the_card(page: ContactsPage, qtbot: QtBot) -> None:
    file, form = page.context.file, page.form
    assert not form.field("nickname").isVisible()
    form._names_button.click()
    assert form.field("prefix").hasFocus()
    qtbot.keyClicks(form.field("prefix"), "Dr.")
    street = form.field("street")
    street.setFocus()
    qtbot.keyClicks(street, "Torvet 1")
    editor = form.field("more_addresses")
    editor.add.click()
    qtbot.keyClicks(focus(), "Skovvej 2")
    form.field("family").setFocus()
    qtbot.keyClicks(form.field("family"), "Two boys")
    form.field("expires").setFocus()
    qtbot.keyClicks(form.field("expires"), "soon")
    form.field("city").setFocus()
    assert "is not a date" in form.error("expires")
    form.field("expires").setText("07/09/2026")
    form.field("expires").commit(again=True)
    person = contacts.get(file, form.record.id)
    assert person
    assert (person.prefix, person.family, person.expires) == ("Dr.", "Two boys", date(2026, 9, 7))
    assert [one.street for one in person.addresses] == ["Torvet 1", "Skovvej 2"]
    editor.first_asked.emit(0)
    form._keep.click()
    person = contacts.get(file, form.record.id)
    assert person
    assert [one.street for one in person.addresses] == ["Skovvej 2", "Torvet 1"]
    assert person.expires is None
    assert not form._keep.isVisible()
    page.pane.select(page.pane.model.shown[1].id)
    assert not form.field("prefix").isVisible()


def test_what_an_address_book_told_is_read_and_taken_away(page: ContactsPage, qtbot: QtBot) -> None:
    file = page.context.file
    extra = ("item1.URL;TYPE=home:https://example.com", "X-NOTE-TO:a\\, <b>b</b>", "no line")
    id_ = contacts.add(file, Contact(first_name="Dorte", extra=extra, more_addresses=(Address("A"), Address("B"))))
    page.show_item(id_)
    editor = page.form.field("extra")
    texts = [label.text() for label in editor.findChildren(QLabel) if label.isVisible()]
    assert texts == ["Website: https://example.com", "Note to: a, <b>b</b>", "no line"]
    editor._remove(extra[1])
    person = contacts.get(file, id_)
    assert person
    assert person.extra == (extra[0], extra[2])


def test_a_picture_is_put_in_and_taken_out(page: ContactsPage, tmp_path: Path) -> None:
    image = QImage(QSize(300, 200), QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(tmp_path / "a.png"))
    box = page.form.picture
    box.chosen.emit(tmp_path / "a.png")
    assert pictures.of_person(page.context.file, page.form.record.id)
    assert box.accessibleName() == "Picture"
    files.undo(page.context.file)
    assert box.accessibleName() == "No picture yet"
    (tmp_path / "b.png").write_bytes(b"\x89PNG no picture")
    box.chosen.emit(tmp_path / "b.png")
    assert box.accessibleName() == "No picture yet"
    assert len(SAID) == 2


HOSTILE = [
    "<b>bold</b> <img src='file:///etc/passwd'> &amp;",
    "\u202egnihtyreve\u202c שלום עולם",
    "# " + "x" * 300,
    "- \n# \n-",
    "a" * 20_000,
    "\n".join("- po" for _line in range(3_000)),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_kept_as_they_are_and_painted_small(page: ContactsPage, text: str) -> None:
    file, person = page.context.file, story(page).person
    timeline.add_entry(file, person, TODAY, EntryKind.NOTE, text)
    story(page).grab()
    made = document("head", text, 300)
    assert len(made.toPlainText()) < 1_700
    assert made.allFormats()  # laid out from plain text: no picture or link came of it
    assert not any(one.isImageFormat() or one.toCharFormat().isAnchor() for one in made.allFormats())
    if "<b>" in text:
        assert "<b>bold</b> <img" in made.toPlainText()


def test_headings_and_lists_are_shown_as_such(qapp: QApplication) -> None:
    made = document("head", "# Wishes\n- cream\nplain # no", 300)
    assert made.toPlainText().split("\n") == ["head", "Wishes", "\N{BULLET} cream", "plain # no"]


def test_every_stop_in_every_side_has_a_name(page: ContactsPage) -> None:
    follow_ups.add(page.context.file, FollowUp(0, story(page).person, TODAY, "call"))
    for side in ("story", "relations", "consents"):
        story(page).segments.choose(side)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for widget in story(page).findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text = getattr(widget, "text", str)
                assert widget.accessibleName() or text(), widget
        for label in story(page).findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()
