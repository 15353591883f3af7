"""Phones, e-mails and tags, edited as a person does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.contact import Labelled
from organizer.ui.widgets.entries_editor import EntriesEditor, _Row
from organizer.ui.widgets.tags_editor import TagsEditor

Key = Qt.Key
KINDS = {"Mobile": "Mobil", "Work": "Arbejde"}
PHONES = (Labelled("12 34 56 78", "Mobile"), Labelled("87 65 43 21", "Sommerhus"), Labelled("11 22 33 44"))


def _shown(qtbot: QtBot, widget: QWidget) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(widget)
    column.addWidget(QPushButton("Elsewhere"))
    qtbot.addWidget(window)
    window.resize(480, 360)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    widget.kept = window  # type: ignore[attr-defined]  # else Python lets it go


@pytest.fixture
def phones(qtbot: QtBot) -> EntriesEditor:
    editor = EntriesEditor("Phone", KINDS, "Add a phone")
    editor.set_entries(PHONES)
    _shown(qtbot, editor)
    return editor


def _rows(editor: EntriesEditor) -> list[_Row]:
    return [row for row in editor.findChildren(_Row) if row.isVisible()]


def test_entries_come_back_as_they_were_with_kinds_in_her_language(phones: EntriesEditor) -> None:
    assert phones.entries() == PHONES
    assert [row.kind.currentText() for row in _rows(phones)] == ["Mobil", "Sommerhus", ""]


def test_adding_an_entry_by_keyboard(qtbot: QtBot, phones: EntriesEditor) -> None:
    with qtbot.waitSignal(phones.changed):
        qtbot.keyClick(phones._add, Key.Key_Space)
        qtbot.keyClicks(QApplication.focusWidget(), " 99 88 77 66 ")
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert phones.entries() == (*PHONES, Labelled("99 88 77 66", "Mobile"))


def test_an_empty_row_is_no_entry_and_there_is_only_one(qtbot: QtBot, phones: EntriesEditor) -> None:
    with qtbot.assertNotEmitted(phones.changed):
        qtbot.mouseClick(phones._add, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(phones._add, Qt.MouseButton.LeftButton)
        phones.commit()
    assert phones.entries() == PHONES
    assert len(_rows(phones)) == 4


def test_each_key_is_not_a_change(qtbot: QtBot, phones: EntriesEditor) -> None:
    first = _rows(phones)[0].value
    first.setFocus()
    with qtbot.assertNotEmitted(phones.changed):
        qtbot.keyClicks(first, "9")
    with qtbot.waitSignal(phones.changed):
        qtbot.keyClick(first, Key.Key_Tab)


def test_removing_an_entry_keeps_the_focus_in_the_list(qtbot: QtBot, phones: EntriesEditor) -> None:
    with qtbot.waitSignal(phones.changed):
        qtbot.mouseClick(_rows(phones)[1].remove, Qt.MouseButton.LeftButton)
    assert phones.entries() == (PHONES[0], PHONES[2])
    assert _rows(phones)[1].value.hasFocus()
    for _again in range(2):
        qtbot.mouseClick(_rows(phones)[0].remove, Qt.MouseButton.LeftButton)
    assert phones.entries() == ()
    assert phones._add.hasFocus()


def test_a_kind_is_chosen_or_typed(qtbot: QtBot, phones: EntriesEditor) -> None:
    box = _rows(phones)[2].kind
    box.setFocus()
    with qtbot.waitSignal(phones.changed):
        qtbot.keyClick(box, Key.Key_Down)
    assert phones.entries()[2].label == "Mobile"
    line = _rows(phones)[0].kind.lineEdit()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Båden")
    with qtbot.waitSignal(phones.changed):
        qtbot.keyClick(line, Key.Key_Return)
    assert phones.entries()[0] == Labelled("12 34 56 78", "Båden")


def test_tab_walks_through_value_kind_remove_and_on(qtbot: QtBot, phones: EntriesEditor) -> None:
    rows = _rows(phones)
    rows[0].value.setFocus()
    seen = []
    for _step in range(10):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    names = [widget.accessibleName() or widget.text() for widget in seen]  # type: ignore[attr-defined]
    assert names == ["Phone", "Kind of phone", "Remove phone"] * 3 + ["Add a phone"]


def test_entries_from_the_file_are_not_told(qtbot: QtBot, phones: EntriesEditor) -> None:
    with qtbot.assertNotEmitted(phones.changed):
        phones.set_entries((Labelled("1", "Work"),))
        phones.commit()
    assert phones.entries() == (Labelled("1", "Work"),)
    assert len(_rows(phones)) == 1


@pytest.fixture
def tags(qtbot: QtBot) -> TagsEditor:
    editor = TagsEditor("Tags", ["olier", "Fest", "Aarhus"])
    editor.set_tags(["olier", "R&D <b>"])
    _shown(qtbot, editor)
    editor.setFocus()
    return editor


def _type(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


@pytest.mark.parametrize("end", [Key.Key_Return, Key.Key_Comma, Key.Key_Tab])
def test_a_tag_is_typed_and_ended(qtbot: QtBot, tags: TagsEditor, end: Qt.Key) -> None:
    with qtbot.waitSignal(tags.changed):
        _type(qtbot, "  ny  vært ")
        qtbot.keyClick(QApplication.focusWidget(), end)
    assert tags.tags() == ("olier", "R&D <b>", "ny vært")


def test_many_tags_pasted_at_once_and_doubles_dropped(qtbot: QtBot, tags: TagsEditor) -> None:
    QApplication.clipboard().setText("OLIER, a , b,,a")
    changes: list[int] = []
    tags.changed.connect(lambda: changes.append(1))
    qtbot.keyClick(tags._edit, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(tags._edit, Key.Key_Return)
    assert tags.tags() == ("olier", "R&D <b>", "a", "b")
    assert changes == [1]


@pytest.mark.qt_log_ignore("This plugin does not support")  # a list that pops up, offscreen
def test_a_known_tag_is_offered_and_taken_once(qtbot: QtBot, tags: TagsEditor) -> None:
    _type(qtbot, "aar")
    popup = tags._edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    with qtbot.waitSignal(tags.changed):
        qtbot.keyClick(popup, Key.Key_Down)
        qtbot.keyClick(popup, Key.Key_Return)
    qtbot.wait(1)
    assert tags.tags() == ("olier", "R&D <b>", "Aarhus")
    assert tags._edit.text() == ""


def test_backspace_escape_and_a_click_take_away(qtbot: QtBot, tags: TagsEditor) -> None:
    _type(qtbot, "x")
    qtbot.keyClick(tags._edit, Key.Key_Escape)
    assert tags._edit.text() == ""
    with qtbot.waitSignal(tags.changed):
        qtbot.keyClick(tags._edit, Key.Key_Backspace)
    assert tags.tags() == ("olier",)
    chip = next(chip for chip in tags.findChildren(QToolButton) if chip.text() == "olier")
    assert chip.accessibleName() == "Remove olier"
    with qtbot.waitSignal(tags.changed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert tags.tags() == ()


def test_delete_takes_away_the_chip_in_focus(qtbot: QtBot, tags: TagsEditor) -> None:
    chip = tags.findChildren(QToolButton)[0]
    chip.setFocus()
    qtbot.keyClick(chip, Key.Key_Delete)
    assert tags.tags() == ("R&D <b>",)
    assert tags._edit.hasFocus()


def test_tags_from_the_file_are_not_told(qtbot: QtBot, tags: TagsEditor) -> None:
    with qtbot.assertNotEmitted(tags.changed):
        tags.set_tags(["one", "two"])
    assert tags.tags() == ("one", "two")


def test_a_long_tag_is_cut_and_never_stretches_the_page(qtbot: QtBot, tags: TagsEditor) -> None:
    tags.set_tags(["w" * 200])
    qtbot.wait(1)
    assert tags.minimumSizeHint().width() <= 480
    assert tags.window().width() == 480
    assert tags.tags() == ("w" * 200,)


def test_many_tags_flow_over_several_lines_inside_the_frame(qtbot: QtBot, tags: TagsEditor) -> None:
    low = tags.heightForWidth(tags.width())
    tags.set_tags([f"mærke {number}" for number in range(20)])
    assert tags.heightForWidth(tags.width()) > low
    qtbot.waitUntil(lambda: tags.height() > low)
    chips = tags.findChildren(QToolButton)
    assert all(tags.rect().contains(chip.geometry()) for chip in chips if not chip.isHidden())
    boxes = [chip.geometry() for chip in chips if not chip.isHidden()]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])


@given(typed=st.lists(st.text(max_size=12), max_size=6))
def test_tags_are_trimmed_single_and_never_lost(qapp: QApplication, typed: list[str]) -> None:
    editor = TagsEditor("Tags")
    for text in typed:
        editor._on_typed(text)
    wanted: dict[str, str] = {}
    for part in (part for text in typed for part in text.split(",")):
        if tag := " ".join(part.split()):
            wanted.setdefault(tag.casefold(), tag)
    assert editor.tags() == tuple(wanted.values())
    editor.deleteLater()
