"""A text is told once it is finished; typing is undone in its field before the last deed is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from organizer.ui.widgets.plain_text import (
    CommitLineEdit,
    CommitPlainText,
    can_undo,
    redo_in_focus,
    undo_in_focus,
)
from organizer.ui.widgets.search_field import SearchField

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Window(QMainWindow):
    """A window with both kinds of field, and Undo and Redo of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds: list[str] = []
        self.told: list[str] = []
        self.line, self.text = CommitLineEdit("Name", "Anna"), CommitPlainText("Notes", "Say it", "One\nTwo")
        self.button = QPushButton("Elsewhere")
        middle = QWidget()
        column = QVBoxLayout(middle)
        for widget in (self.line, self.text, self.button):
            column.addWidget(widget)
        self.setCentralWidget(middle)
        self.line.committed.connect(self.told.append)
        self.text.committed.connect(self.told.append)
        for name, keys in (("undo", QKeySequence.StandardKey.Undo), ("redo", QKeySequence.StandardKey.Redo)):
            action = QAction(name, self)
            action.setShortcuts(keys)
            action.triggered.connect(lambda _on, name=name: self.deeds.append(name))
            self.addAction(action)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture(params=["line", "text"])
def field(request: pytest.FixtureRequest, window: Window) -> CommitLineEdit | CommitPlainText:
    field: CommitLineEdit | CommitPlainText = getattr(window, request.param)
    field.setFocus()
    field.selectAll()
    return field


def test_leaving_an_unchanged_field_tells_nothing(window: Window, field: CommitLineEdit | CommitPlainText) -> None:
    window.button.setFocus()
    assert window.told == []


def test_a_changed_text_is_told_once_when_left(
    qtbot: QtBot, window: Window, field: CommitLineEdit | CommitPlainText
) -> None:
    qtbot.keyClicks(field, "Bo")
    assert window.told == []
    assert field.changed()
    window.button.setFocus()
    field.setFocus()
    window.button.setFocus()
    assert window.told == ["Bo"]
    assert not field.changed()


def test_tab_goes_on_and_tells(qtbot: QtBot, window: Window, field: CommitLineEdit | CommitPlainText) -> None:
    qtbot.keyClicks(field, "Bo")
    qtbot.keyClick(field, Key.Key_Tab)
    assert not field.hasFocus()
    assert window.told == ["Bo"]


def test_enter_tells_a_line_and_starts_a_new_line_in_notes(qtbot: QtBot, window: Window) -> None:
    window.line.setFocus()
    window.line.selectAll()
    qtbot.keyClicks(window.line, "Bo")
    qtbot.keyClick(window.line, Key.Key_Return)
    assert window.told == ["Bo"]
    window.text.setFocus()
    window.text.selectAll()
    qtbot.keyClicks(window.text, "a")
    qtbot.keyClick(window.text, Key.Key_Return)
    qtbot.keyClicks(window.text, "b")
    assert window.text.value() == "a\nb"
    assert window.told == ["Bo"]


def test_escape_brings_the_old_text_back(
    qtbot: QtBot, window: Window, field: CommitLineEdit | CommitPlainText
) -> None:
    old = field.value()
    qtbot.keyClicks(field, "wrong")
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.value() == old
    window.button.setFocus()
    assert window.told == []


def test_typing_is_undone_before_the_last_deed(
    qtbot: QtBot, window: Window, field: CommitLineEdit | CommitPlainText
) -> None:
    old = field.value()
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Key.Key_Z, CTRL)
    while field.value() != old:  # a field may undo in several steps
        before = field.value()
        qtbot.keyClick(field, Key.Key_Z, CTRL)
        assert field.value() != before
    assert window.deeds == []
    qtbot.keyClick(field, Key.Key_Z, CTRL)
    assert window.deeds == ["undo"]
    assert field.value() == old


def test_after_a_commit_undo_means_the_deed(
    qtbot: QtBot, window: Window, field: CommitLineEdit | CommitPlainText
) -> None:
    qtbot.keyClicks(field, "Bo")
    field.commit()
    qtbot.keyClick(field, Key.Key_Z, CTRL)
    assert field.value() == "Bo"
    assert window.deeds == ["undo"]


def test_redo_is_the_fields_first_too(
    qtbot: QtBot, window: Window, field: CommitLineEdit | CommitPlainText
) -> None:
    qtbot.keyClicks(field, "x")
    assert undo_in_focus()
    assert redo_in_focus()
    assert field.value() == "x"
    assert not redo_in_focus()
    qtbot.keyClick(field, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.deeds == ["redo"]


def test_a_button_in_focus_leaves_undo_to_the_window(qtbot: QtBot, window: Window) -> None:
    window.line.setFocus()
    qtbot.keyClicks(window.line, "x")
    window.button.setFocus()
    assert not undo_in_focus()
    assert not redo_in_focus()
    qtbot.keyClick(window.button, Key.Key_Z, CTRL)
    assert window.deeds == ["undo"]


def test_a_value_from_the_file_is_shown_and_not_told(
    qtbot: QtBot, window: Window, field: CommitLineEdit | CommitPlainText
) -> None:
    qtbot.keyClicks(field, "half typed")
    field.set_value("Carl")
    assert field.value() == "Carl"
    assert not undo_in_focus()
    window.button.setFocus()
    assert window.told == []


def test_a_long_line_is_shown_from_its_start(window: Window) -> None:
    window.button.setFocus()
    window.line.set_value("A" * 500)
    assert window.line.cursorPosition() == 0


def test_fields_have_names_for_screen_readers(window: Window) -> None:
    assert window.line.accessibleName() == "Name"
    assert window.text.accessibleName() == "Notes"


# what is the window's


def _asked_first(field: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> bool:
    """True when the field takes the key before the window's menu can."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    event.ignore()
    QApplication.sendEvent(field, event)
    return event.isAccepted()


@pytest.mark.parametrize("make", [lambda: SearchField("", "Search"), CommitLineEdit, CommitPlainText])
def test_an_empty_field_leaves_undo_redo_and_export_to_the_window(qtbot: QtBot, make: type[QWidget]) -> None:
    field = make()
    qtbot.addWidget(field)
    shift = Qt.KeyboardModifier.ShiftModifier
    assert not _asked_first(field, Qt.Key.Key_Z, CTRL)
    assert not _asked_first(field, Qt.Key.Key_Z, CTRL | shift)
    assert not _asked_first(field, Qt.Key.Key_E, CTRL)
    qtbot.keyClicks(field, "an")
    assert _asked_first(field, Qt.Key.Key_Z, CTRL)
    assert not _asked_first(field, Qt.Key.Key_E, CTRL)


def test_a_search_that_was_emptied_has_no_past(qtbot: QtBot) -> None:
    field, heard = SearchField("", "Search"), []
    qtbot.addWidget(field)
    field.textChanged.connect(heard.append)
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not _asked_first(field, Qt.Key.Key_Z, CTRL)
    assert not can_undo(field)
    qtbot.keyClicks(field, "b")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert not can_undo(field)
    assert heard == ["a", "", "b", ""]
    qtbot.keyClicks(field, "c")
    assert field.text() == "c"
