"""Tab reaches every field once, in the order they are read, and then goes on; Shift+Tab goes the same way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_support import Desk

from organizer.domain.contact import Contact, Labelled
from organizer.services import companies, files
from organizer.ui.pages.contacts.form import ContactForm
from organizer.ui.pages.earnings.page import EarningsPage
from organizer.ui.pages.settings.page import SettingsPage

TAB, SHIFT = Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier
BEFORE = ["No picture yet", "First name", "Middle name", "Last name", "More names", "Organization"]
AFTER = [
    "Street", "Postal code", "City", "Country", "Add an address", "Birthday",
    "Prospect", "Customer", "Host", "Distributor", "Tags",
    "Notes", "Family", "Work life", "Free time", "What to tell", "Keep until", "After",
]  # fmt: skip


def names(entry: str) -> list[str]:
    return [entry.capitalize(), f"Kind of {entry}", f"Remove {entry}"]


def expected(phones: int, emails: int) -> list[str]:
    return [*BEFORE, *names("phone") * phones, "Add a phone", *names("e-mail") * emails, "Add an e-mail", *AFTER]


class Form:
    """A contact form with something to follow it, in an active window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        row = QHBoxLayout(self.window)
        self.before, self.form, self.after = QPushButton("Before"), ContactForm(), QPushButton("After")
        for part in (self.before, self.form, self.after):
            row.addWidget(part)
        qtbot.addWidget(self.window)
        self.window.resize(1100, 800)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        self.before.setFocus()

    def walk(self, last: str, back: bool = False) -> list[str]:
        """The names met by Tab from where the focus is until `last`."""
        met: list[str] = []
        while (not met or met[-1] != last) and len(met) < 60:
            modifier = SHIFT if back else Qt.KeyboardModifier.NoModifier
            self.qtbot.keyClick(QApplication.focusWidget(), TAB, modifier)
            met.append(name_of(QApplication.focusWidget()))
        return met


def name_of(widget: QWidget | None) -> str:
    assert widget is not None
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (text() if callable(text) else "") or type(widget).__name__


def entries(count: int) -> tuple[Labelled, ...]:
    return tuple(Labelled(str(place), "Home") for place in range(count))


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    return Form(qtbot)


@pytest.mark.parametrize("phones", [0, 1, 2])
@pytest.mark.parametrize("emails", [0, 1, 2])
def test_tab_reaches_every_field_of_a_contact_once(form: Form, phones: int, emails: int) -> None:
    form.form.show_record(Contact(id=1, first_name="Anna", phones=entries(phones), emails=entries(emails)))
    QApplication.processEvents()
    order = expected(phones, emails)
    assert form.walk("After") == order
    assert form.walk("Before", back=True) == [*order[-2::-1], "Before"]


def test_tab_goes_on_after_phones_added_by_key(form: Form) -> None:
    form.form.show_record(Contact())
    while name_of(QApplication.focusWidget()) != "Add a phone":
        form.qtbot.keyClick(QApplication.focusWidget(), TAB)
    for _ in range(2):
        form.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        form.qtbot.keyClicks(QApplication.focusWidget(), "12345678")
        assert form.walk("Add a phone") == [*names("phone")[1:], "Add a phone"]
    assert form.walk("Keep until") == expected(2, 0)[expected(2, 0).index("Add a phone") + 1 : -1]


def test_tab_still_goes_on_after_an_entry_was_taken_away(form: Form) -> None:
    form.form.show_record(Contact(id=1, first_name="Anna", phones=entries(3)))
    QApplication.processEvents()
    form.form.field("phones")._rows[1].remove.click()
    QApplication.processEvents()
    form.before.setFocus()
    order = expected(2, 0)
    assert form.walk("After") == order


def test_tab_goes_on_after_another_contact_was_shown(form: Form) -> None:
    for count in (2, 0, 1, 2):
        form.form.show_record(Contact(id=count + 1, first_name="Anna", phones=entries(count), emails=entries(2)))
        QApplication.processEvents()
    order = expected(2, 2)
    assert form.walk("After") == order


def walk(qtbot: QtBot, start: QWidget, end: QWidget, back: bool = False) -> list[str]:
    """The names met by Tab from `start` until `end`."""
    start.setFocus()
    met: list[str] = []
    modifier = SHIFT if back else Qt.KeyboardModifier.NoModifier
    while QApplication.focusWidget() is not end and len(met) < 60:
        qtbot.keyClick(QApplication.focusWidget(), TAB, modifier)
        met.append(name_of(QApplication.focusWidget()))
    return met


def test_tab_leads_through_settings_from_top_to_bottom(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    file.close()
    window = desk.start()
    window.navigate("settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    assert window.context
    qtbot.waitUntil(page.another.isVisible)
    card = ["The company's name", "Compensation plan", "Plans…", "Currency"]
    assert walk(qtbot, page.scheme, page.another) == [*card, "Name of another company"]
    companies.add(window.context.file, "Duft")
    QApplication.processEvents()
    assert walk(qtbot, page.scheme, page.another) == [*card, *card, "Name of another company"]
    assert walk(qtbot, page.another, page.scheme, back=True) == [*(card + card)[::-1], "Colours"]
    window.close()


def test_tab_leads_through_earnings_to_the_lines_and_their_reason(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qtbot, tmp_path, monkeypatch)
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Vita", "teaching-unilevel")
    file.close()
    window = desk.start()
    window.navigate("earnings")
    page = window.page()
    assert isinstance(page, EarningsPage)
    qtbot.waitUntil(lambda: page._estimate is not None)
    figures = list(page._own._fields.values())
    assert figures
    pdf = next(child for child in page.findChildren(QPushButton) if "DF" in child.text())
    left = page._left
    order = ["What the estimate rests on", "Whose fi&gures?", *(field.accessibleName() for field in figures)]
    order += [left.kept.keep.text(), left.plan.name.text(), page._zeros.text()]
    order += ["What the estimate is made of"]
    reason = page._reasons.text
    assert walk(qtbot, pdf, reason) == [*order, reason.text()]
    assert walk(qtbot, reason, pdf, back=True) == [*order[::-1], pdf.text()]
    window.close()
