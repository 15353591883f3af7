"""Names pasted or typed: read while she types, looked at, kept for a while, and taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.contact import Contact, Labelled
from organizer.i18n import format_date
from organizer.services import contact_import, contacts, files
from organizer.services.files import File
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog
from organizer.ui.dialogs.contact_import.paste import PasteDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    file = files.create(desk.usual)
    contacts.add(file, Contact(first_name="Anna", last_name="Berg", phones=(Labelled("12 34 56 78"),)))
    file.close()
    return desk.start()


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def names(window: MainWindow) -> list[str]:
    return [row.name for row in contacts.rows(file_of(window))]


def person(window: MainWindow, name: str) -> Contact:
    id_ = next(row.id for row in contacts.rows(file_of(window)) if row.name == name)
    found = contacts.get(file_of(window), id_)
    assert found is not None
    return found


def opened(desk: Desk, window: MainWindow) -> PasteDialog:
    page = window.page()
    assert isinstance(page, ContactsPage)
    page.paste_names()
    dialog = next(one for one in window.findChildren(PasteDialog) if one.isVisible())
    desk.activate(dialog)
    assert dialog.text.hasFocus()
    return dialog


def go_on(desk: Desk, window: MainWindow) -> ContactImportDialog:
    """Alt+G, and the preview that comes."""
    desk.press(KEY.Key_G, ALT)
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ContactImportDialog)))
    shown = next(one for one in window.findChildren(ContactImportDialog) if one.isVisible())
    desk.activate(shown)
    return shown


def go_in(desk: Desk, window: MainWindow, dialog: ContactImportDialog) -> None:
    """Alt+I, and wait until all is done."""
    with desk.qtbot.waitSignal(dialog.applied):
        desk.press(KEY.Key_I, ALT)
    settle()
    desk.activate(window)


def test_names_are_pasted_kept_for_a_year_and_taken_back(desk: Desk, window: MainWindow) -> None:
    dialog = opened(desk, window)
    assert not dialog.go.isEnabled()
    QApplication.clipboard().setText("Bo Holm, +45 22 33 44 55\nIda <b>K</b> Krog ida@example.com\n- ---\n")
    desk.press(KEY.Key_V, CTRL)
    assert dialog.found.text() == "2 people\nLine 3 names nobody: - ---"
    preview = go_on(desk, window)
    settle()
    assert not window.findChildren(PasteDialog)
    day = file_of(window).clock().date()
    assert preview.pasted.until.text() == format_date(contact_import.in_a_year(day))
    desk.press(KEY.Key_F, ALT)
    assert preview.pasted.source.hasFocus()
    desk.type("Anne's party")
    go_in(desk, window, preview)
    assert names(window) == ["Anna Berg", "Bo Holm", "Ida <b>K</b> Krog"]
    bo = person(window, "Bo Holm")
    assert (bo.source, bo.expires) == ("Anne's party", contact_import.in_a_year(day))
    assert [one.value for one in person(window, "Ida <b>K</b> Krog").emails] == ["ida@example.com"]
    desk.press(KEY.Key_Z, CTRL)
    assert names(window) == ["Anna Berg"]


def test_a_day_that_is_none_or_over_is_refused_and_for_good_is_hers_to_say(desk: Desk, window: MainWindow) -> None:
    opened(desk, window)
    desk.type("Bo Holm")
    preview = go_on(desk, window)
    row = preview.pasted
    yesterday = file_of(window).clock().date() - timedelta(days=1)
    for wrong in ("soon", format_date(yesterday)):
        desk.press(KEY.Key_U, ALT)
        assert row.until.hasFocus()
        row.until.selectAll()
        desk.type(wrong)
        assert row.problem.isVisible()
        assert not preview.go.isEnabled()
    row.for_good.setFocus()
    desk.press(KEY.Key_Space)
    assert not row.problem.isVisible()
    go_in(desk, window, preview)
    assert person(window, "Bo Holm").expires is None


def test_who_may_be_known_is_asked_about(desk: Desk, window: MainWindow) -> None:
    opened(desk, window)
    desk.type("Anna Bergg, 12 34 56 78")
    preview = go_on(desk, window)
    assert preview.tabs.currentWidget() is preview.doubtful
    assert preview.doubtful.who.currentText() == "A new person"
    preview.doubtful.who.setFocus()
    desk.press(KEY.Key_End)
    assert preview.summary.text() == "Nothing new comes in."
    assert not preview.go.isEnabled()
    desk.press(KEY.Key_Escape)
    settle()
    assert names(window) == ["Anna Berg"]


def test_esc_forgets_what_was_typed_and_changes_nothing(desk: Desk, window: MainWindow) -> None:
    opened(desk, window)
    desk.type("Bo Holm")
    desk.press(KEY.Key_Escape)
    settle()
    assert not window.findChildren(PasteDialog), "what was typed doesn't stay in memory"
    assert names(window) == ["Anna Berg"]
