"""The small parts that pages are built from, used as a person does."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.ui.tasks import Progress, Tasks
from organizer.ui.widgets import messages
from organizer.ui.widgets.answer_bar import AnswerBar
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import CommitLineEdit
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.rail import Rail
from organizer.ui.widgets.search_field import SearchField

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CLICK = Qt.MouseButton.LeftButton
NASTY = "<img src='file:///x'><b>Anna & Co</b>"


def _window(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


# search field


def test_typing_searches_at_each_key_and_escape_empties(qtbot: QtBot) -> None:
    field, heard = SearchField("Search names", "Search contacts"), []
    field.textChanged.connect(heard.append)
    window = _window(qtbot, field)
    qtbot.keyClicks(field, "an")
    qtbot.keyClick(field, Key.Key_Escape)
    assert heard == ["a", "an", ""]
    assert field.accessibleName() == "Search contacts"
    window.close()


def test_find_goes_to_the_field_that_is_visible(qtbot: QtBot) -> None:
    hidden, shown, other = SearchField("", "One"), SearchField("", "Two"), QPushButton("Else")
    window = _window(qtbot, hidden, shown, other)
    hidden.hide()
    shown.setText("old")
    other.setFocus()
    qtbot.keyClick(other, Key.Key_F, CTRL)
    assert shown.hasFocus()
    qtbot.keyClicks(shown, "n")
    assert shown.text() == "n", "the old search is selected, so typing replaces it"
    window.close()


def test_down_goes_on_to_the_list(qtbot: QtBot) -> None:
    field = SearchField("", "Search")
    window = _window(qtbot, field)
    with qtbot.waitSignals([field.down_pressed, field.returnPressed]):
        qtbot.keyClick(field, Key.Key_Down)
        qtbot.keyClick(field, Key.Key_Return)
    window.close()


# empty state and buttons


def test_an_empty_page_says_what_it_is_for_and_offers_deeds(qtbot: QtBot) -> None:
    deeds: list[str] = []
    empty = EmptyState("users", "No contacts yet", NASTY)
    first = empty.add_button("&New contact", lambda: deeds.append("new"), icon="plus", primary=True)
    empty.add_button("Import…", lambda: deeds.append("import"))
    window = _window(qtbot, empty)
    buttons = [made for made in empty.findChildren(QPushButton) if made.isVisible()]
    assert [made.text() for made in buttons] == ["&New contact", "Import…"]
    qtbot.mouseClick(first, CLICK)
    buttons[1].setFocus()
    qtbot.keyClick(buttons[1], Key.Key_Space)
    assert deeds == ["new", "import"]
    empty.set_texts("Nothing found", "Try fewer letters.")
    texts = [label.text() for label in empty.findChildren(QLabel) if label.text()]
    assert texts == ["Nothing found", "Try fewer letters."]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in empty.findChildren(Label))
    window.close()


def test_a_button_without_a_word_has_a_name(qtbot: QtBot) -> None:
    deeds: list[int] = []
    made = icon_button("trash-2", "Delete", lambda: deeds.append(1))
    window = _window(qtbot, made)
    assert (made.accessibleName(), made.toolTip(), made.text()) == ("Delete", "Delete", "")
    assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.mouseClick(made, CLICK)
    assert deeds == [1]
    window.close()


def test_enter_in_a_field_presses_no_button(qtbot: QtBot) -> None:
    pressed: list[int] = []
    field, made = QLineEdit(), button("Delete", lambda: pressed.append(1))
    window = _window(qtbot, field, made)
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Return)
    assert pressed == []
    window.close()


# answer bar


def _visible_buttons(bar: QWidget) -> list[str]:
    return [made.text() for made in bar.findChildren(QAbstractButton) if made.isVisible()]


def test_an_answer_has_undo_beside_it_and_a_warning_has_not(qtbot: QtBot) -> None:
    bar = AnswerBar()
    window = _window(qtbot, bar)
    height = bar.height()
    bar.answer(f"{NASTY} was deleted.", can_undo=True)
    assert bar.text() == f"{NASTY} was deleted."
    assert _visible_buttons(bar) == ["Undo"]
    with qtbot.waitSignal(bar.undo_asked):
        qtbot.mouseClick(bar.findChildren(QPushButton)[0], CLICK)
    bar.warn("The disk is full.\nNothing was changed.")
    assert _visible_buttons(bar) == []
    assert any(
        label.accessibleName() == "The disk is full. Nothing was changed." for label in bar.findChildren(QLabel)
    )
    bar.clear()
    assert bar.text() == ""
    assert bar.height() == height
    window.close()


def test_a_long_answer_never_widens_the_window(qtbot: QtBot) -> None:
    bar = AnswerBar()
    window = _window(qtbot, bar)
    window.resize(500, 60)
    bar.answer("word " * 400, can_undo=True)
    qtbot.wait(1)
    assert window.width() == 500
    assert _visible_buttons(bar) == ["Undo"]
    window.close()


def test_long_work_shows_what_how_far_and_cancel(qtbot: QtBot) -> None:
    tasks = Tasks()
    bar = AnswerBar(tasks)
    window = _window(qtbot, bar)
    gate = threading.Event()

    def work(progress: Progress) -> None:
        progress.report(0.4)
        while not progress.cancelled():
            gate.wait(0.001)
        progress.check()

    tasks.run("Read contacts", work, lambda _nothing: None)
    progress_bar = bar.findChildren(QProgressBar)[0]
    qtbot.waitUntil(lambda: progress_bar.value() == 400)
    assert progress_bar.isVisible()
    assert progress_bar.accessibleName() == "Read contacts"
    assert {"Read contacts", "40%"} <= {label.text() for label in bar.findChildren(QLabel) if label.isVisible()}
    cancel = next(made for made in bar.findChildren(QPushButton) if made.isVisible())
    qtbot.mouseClick(cancel, CLICK)
    qtbot.waitUntil(lambda: not tasks.active())
    assert not progress_bar.isVisible()
    assert bar.text() == "Read contacts: cancelled, nothing was changed."
    tasks.shutdown()
    window.close()


def test_a_refused_task_is_said_in_the_bar(qtbot: QtBot) -> None:
    tasks = Tasks()
    bar = AnswerBar(tasks)
    window = _window(qtbot, bar)

    def work(_progress: Progress) -> None:
        raise Refusal(Message("{file} is a PDF.", {"file": "x.csv"}))

    tasks.run("Read", work, lambda _nothing: None)
    qtbot.waitUntil(lambda: not tasks.active())
    assert bar.text() == "x.csv is a PDF."
    tasks.shutdown()
    window.close()


# rail


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    rail = Rail()
    for key, icon in (("contacts", "users"), ("team", "network"), ("products", "package")):
        rail.add(key, icon, f"&{key.title()}")
    rail.add_foot("settings", "settings", "Settings")
    rail.select("contacts")
    rail.kept = _window(qtbot, rail)  # type: ignore[attr-defined]
    return rail


def _button(rail: Rail, key: str) -> QAbstractButton:
    return next(b for b in rail.findChildren(QAbstractButton) if b.accessibleName() == key.title())


def test_choosing_a_page_with_the_mouse(qtbot: QtBot, rail: Rail) -> None:
    with qtbot.waitSignal(rail.chosen) as heard:
        qtbot.mouseClick(_button(rail, "team"), CLICK)
    assert heard.args == ["team"]
    assert rail.current() == "team"
    assert [b.isChecked() for b in rail.findChildren(QAbstractButton)].count(True) == 1


def test_arrow_keys_walk_the_rail_and_around(qtbot: QtBot, rail: Rail) -> None:
    heard: list[str] = []
    rail.chosen.connect(heard.append)
    _button(rail, "contacts").setFocus()
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Home, Key.Key_End):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert heard == ["team", "products", "settings", "contacts", "settings", "contacts", "settings"]
    assert _button(rail, "settings").hasFocus()


def test_marking_a_page_tells_nobody(qtbot: QtBot, rail: Rail) -> None:
    with qtbot.assertNotEmitted(rail.chosen):
        rail.select("products")
    assert rail.current() == "products"
    assert rail.keys() == ("contacts", "team", "products", "settings")


# form


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form()
    form.add("name", "&Name", CommitLineEdit())
    form.add("birthday", "&Birthday", CommitLineEdit(), "For example 15.02.1962")
    form.kept = _window(qtbot, form)  # type: ignore[attr-defined]
    return form


def test_a_label_leads_to_its_field(qtbot: QtBot, form: Form) -> None:
    form.field("name").setFocus()
    qtbot.keyClick(form.window(), Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert form.field("birthday").hasFocus()
    assert form.field("birthday").accessibleName() == "Birthday"


def test_a_refusal_stands_at_its_field(form: Form) -> None:
    refusal = FieldRefusal("birthday", Message("{text} is not a date.", {"text": "<b>x</b>"}))
    assert form.show_refusal(refusal)
    assert form.error("birthday") == "<b>x</b> is not a date."
    assert form.field("birthday").accessibleDescription() == "<b>x</b> is not a date."
    assert form.field("birthday").hasFocus()
    assert form.error("name") == ""
    form.clear_errors()
    assert form.error("birthday") == ""
    assert form.field("birthday").accessibleDescription() == ""
    assert any(label.text() == "For example 15.02.1962" for label in form.findChildren(QLabel))


def test_a_refusal_of_another_form_is_not_taken(form: Form) -> None:
    assert not form.show_refusal(FieldRefusal("price", Message("No.")))


# messages


def test_asking_runs_the_deed_only_on_yes(qtbot: QtBot) -> None:
    window, deeds = _window(qtbot, QListWidget()), []
    for yes in (False, True):
        box = messages.ask(window, "Delete", NASTY, "Delete", lambda: deeds.append("gone"), detail=NASTY)
        assert box.textFormat() == Qt.TextFormat.PlainText
        assert [made.text() for made in box.buttons()] in (["Delete", "Cancel"], ["Cancel", "Delete"])
        qtbot.mouseClick(messages.answer_button(box, yes), CLICK)
        assert deeds == (["gone"] if yes else [])
    window.close()


@pytest.mark.parametrize(
    ("danger", "key", "done"), [(True, "Return", 0), (False, "Return", 1), (False, "Escape", 0)]
)
def test_enter_takes_the_safe_answer_before_a_danger(qtbot: QtBot, danger: bool, key: str, done: int) -> None:
    window, deeds = _window(qtbot, QListWidget()), []
    box = messages.ask(window, "Restore", "Restore?", "Restore", lambda: deeds.append(1), danger=danger)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is box)
    qtbot.keyClick(box, Key[f"Key_{key}"])
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    assert len(deeds) == done
    window.close()


def test_telling_and_warning_have_one_way_out(qtbot: QtBot) -> None:
    window = _window(qtbot, QListWidget())
    for show in (messages.tell, messages.warn):
        box = show(window, "Import", NASTY, "Nothing was changed.")
        assert [made.text() for made in box.buttons()] == ["OK"]
        qtbot.keyClick(box, Key.Key_Escape)
        qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    window.close()


def test_messages_and_refusals_are_spoken() -> None:
    message = Message("{count} rows", {"count": 1234})
    assert messages.spoken(message) == messages.spoken(Refusal(message)) == "1,234 rows"


# preview table


def test_the_preview_is_a_sound_model_and_writes_numbers(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    table = PreviewTable("What will change")
    qtbot.addWidget(table)
    rows = [("Anna", None, 1234), ("Bo\nx", Decimal("0.5"), -7), (NASTY, None, None)]
    table.set_rows(["Name", "PV", "Number"], rows)
    qtmodeltester.check(table.model())
    shown = [[table.model().index(row, column).data() for column in range(3)] for row in range(3)]
    assert shown == [["Anna", "", "1,234"], ["Bo x", "0.5", "−7"], [NASTY, "", ""]]
    sides = [table.model().index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) for column in range(3)]
    right = Qt.AlignmentFlag.AlignRight
    assert [bool(side & right) for side in sides] == [False, True, True]
    assert table.model().headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) & right
    table.set_rows([], [])
    assert table.model().rowCount() == 0


def test_a_hundred_thousand_rows_and_wide_texts_are_shown(qtbot: QtBot) -> None:
    table = PreviewTable("What will change")
    table.set_rows(["Name", "Number"], [("w" * 500, number) for number in range(100_000)])
    window = _window(qtbot, table)
    assert table.columnWidth(0) <= 400
    qtbot.keyClick(table, Key.Key_End, CTRL)
    assert table.currentIndex().row() == 99_999
    qtbot.keyClick(table, Key.Key_Tab)
    window.close()
