"""Contacts written to a file: which, as what, and who is left out; the file holds what it should."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.consent import Channel, Topic
from organizer.domain.contact import Contact, Labelled
from organizer.domain.timeline import FollowUp
from organizer.exchange.contact_file import read_contact_file
from organizer.services import consents, contacts, files, follow_ups
from organizer.services.files import File
from organizer.ui.dialogs.contact_import.export import ExportDialog
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    """Anna agreed to e-mail, Bo said no to everything, <i>Ida</i> said nothing."""
    file = files.create(desk.usual)
    day = file.clock().date()
    for name in ("Anna Åberg", "Bo Holm", "<i>Ida</i> Krog"):
        first, last = name.split()
        address = (Labelled(f"{last.lower()}@example.com"),)
        contacts.add(file, Contact(first_name=first, last_name=last, emails=address, birthday="1970-02-15"))
    ids = {row.name: row.id for row in contacts.rows(file)}
    consents.give(file, ids["Anna Åberg"], [Channel.EMAIL], day - timedelta(days=9), "on paper", "Write to me")
    consents.say_no(file, ids["Bo Holm"], Topic.EVERYTHING, day, "no")
    follow_ups.add(file, FollowUp(0, ids["Anna Åberg"], day, "Call Anna"))
    file.close()
    return desk.start()


def file_of(window: MainWindow) -> File:
    assert window.context is not None
    return window.context.file


def opened(desk: Desk, window: MainWindow) -> ExportDialog:
    """Ctrl+E."""
    desk.press(KEY.Key_E, CTRL)
    dialog = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
    desk.activate(dialog)
    assert dialog.form.hasFocus()
    return dialog


def save(desk: Desk, window: MainWindow, dialog: ExportDialog, path: Path) -> str:
    """Alt+S, a name typed where it is asked for; what is answered."""
    said: list[str] = []
    dialog._context.answered.connect(lambda text, _undo: said.append(text))
    dialog._context.warned.connect(said.append)

    def hands() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QFileDialog):
            QTimer.singleShot(10, hands)  # a button shows for a moment that it is pressed
            return
        line = asked.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText(str(path))
        asked.accept()

    QTimer.singleShot(0, hands)
    desk.press(KEY.Key_S, ALT)
    desk.qtbot.waitUntil(lambda: bool(said))
    settle()
    desk.activate(window)
    return said[-1]


def read(path: Path) -> list[str]:
    return sorted(card.contact.name for card in read_contact_file(path).records)


@pytest.mark.parametrize(("place", "suffix"), [(0, ".vcf"), (1, ".vcf"), (2, ".csv")])
def test_everybody_goes_out_and_comes_in_again(desk: Desk, window: MainWindow, place: int, suffix: str) -> None:
    dialog = opened(desk, window)
    for _ in range(place):
        desk.press(KEY.Key_Down)
    assert dialog.says.text() == "3 contacts go out."
    assert not dialog.shown.isVisible(), "all are shown: there is nothing to choose"
    out = desk.folder / "mine"
    told = save(desk, window, dialog, out)
    assert told == f"Saved 3 entries in {out}{suffix}."
    written = out.with_suffix(suffix)
    assert read(written) == ["<i>Ida</i> Krog", "Anna Åberg", "Bo Holm"]
    stored = contacts.rows(file_of(window))
    again = {card.contact.name: card.contact for card in read_contact_file(written).records}
    for row in stored:
        kept = contacts.get(file_of(window), row.id)
        assert kept is not None
        assert (again[row.name].birthday, again[row.name].emails[0].value) == (kept.birthday, kept.emails[0].value)
    assert not window.findChildren(ExportDialog)


def test_only_those_shown_go_out_when_she_searched(desk: Desk, window: MainWindow) -> None:
    page = window.page()
    assert isinstance(page, ContactsPage)
    page.pane.search.setFocus()
    desk.type("krog")
    dialog = opened(desk, window)
    assert dialog.shown.isChecked()
    assert dialog.shown.text() == "&Only the 1 chosen"
    out = desk.folder / "one.csv"
    desk.press(KEY.Key_End)
    desk.press(KEY.Key_Up)
    save(desk, window, dialog, out)
    assert read(out) == ["<i>Ida</i> Krog"]
    dialog = opened(desk, window)
    desk.press(KEY.Key_A, ALT)
    desk.qtbot.waitUntil(lambda: dialog.says.text() == "3 contacts go out.")
    desk.press(KEY.Key_Escape)
    settle()


def test_offers_go_to_those_who_agreed_and_the_others_are_named(desk: Desk, window: MainWindow) -> None:
    dialog = opened(desk, window)
    assert not dialog.channel.isVisible()
    desk.press(KEY.Key_V, ALT)
    desk.qtbot.waitUntil(dialog.marketing.isChecked)
    assert dialog.channel.isVisible()
    assert dialog.says.text() == "1 contact goes out. 2 are left out:"
    table = dialog.table.model()
    left = {table.index(row, 0).data(): table.index(row, 1).data() for row in range(table.rowCount())}
    assert left.keys() == {"Bo Holm", "<i>Ida</i> Krog"}
    assert "no" in left["Bo Holm"].lower()
    out = desk.folder / "mail.csv"
    dialog.form.setFocus()
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Down)
    save(desk, window, dialog, out)
    assert read(out) == ["Anna Åberg"]


def test_nobody_may_get_it_by_post_so_there_is_nothing_to_save(desk: Desk, window: MainWindow) -> None:
    dialog = opened(desk, window)
    dialog.marketing.click()
    dialog.channel.setFocus()
    desk.press(KEY.Key_End)
    assert dialog.says.text() == "0 contacts go out. 3 are left out:"
    assert not dialog.go.isEnabled()
    dialog.keep.click()
    assert dialog.go.isEnabled()
    desk.press(KEY.Key_Escape)
    settle()


def test_follow_ups_and_birthdays_are_a_calendar(desk: Desk, window: MainWindow) -> None:
    dialog = opened(desk, window)
    desk.press(KEY.Key_End)
    assert not dialog.marketing.isVisible()
    out = desk.folder / "mine.ics"
    save(desk, window, dialog, out)
    text = out.read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") + text.count("BEGIN:VTODO") == 4
    assert f"{file_of(window).clock().date():%Y%m%d}" in text


def test_a_place_that_cant_be_written_is_told_and_the_dialog_is_gone(desk: Desk, window: MainWindow) -> None:
    dialog = opened(desk, window)
    told = save(desk, window, dialog, desk.folder / "brochure.pdf")
    assert "brochure.pdf is not a name for such a file" in told
    assert not (desk.folder / "brochure.pdf").exists()


def test_esc_writes_nothing(desk: Desk, window: MainWindow) -> None:
    before = sorted(desk.folder.rglob("*.*"))
    opened(desk, window)
    desk.press(KEY.Key_Escape)
    settle()
    assert not window.findChildren(ExportDialog)
    assert sorted(desk.folder.rglob("*.*")) == before
