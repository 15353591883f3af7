"""The first start: answered by keyboard, skipped, left, or spent looking around."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from window_support import KEY, Desk, settle

from organizer import i18n
from organizer.domain.result import Message, Refusal
from organizer.services import companies, contacts, files, plans
from organizer.ui import theme
from organizer.ui.dialogs.first_start import FirstStart
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.start.page import StartPage
from organizer.ui.widgets.label import Label


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tmp_path, monkeypatch)


def begun(desk: Desk) -> tuple[MainWindow, FirstStart]:
    """The window of somebody who has no file yet, with the dialog that has the keyboard."""
    window = desk.window()
    window.files.begin()
    dialog = window.findChild(FirstStart)
    assert dialog is not None
    desk.activate(dialog)
    return window, dialog


def click(parent: object, words: str) -> None:
    assert isinstance(parent, FirstStart | StartPage)
    next(b for b in parent.findChildren(QPushButton) if b.text().replace("&", "") == words).click()


@pytest.mark.parametrize("language", ["en", "da"])
def test_answered_by_keyboard_alone(desk: Desk, language: str) -> None:
    window, dialog = begun(desk)
    assert QApplication.focusWidget() is dialog.language
    if language != i18n.language():
        desk.press(KEY.Key_Home)  # Dansk stands first
        settle()
        assert QApplication.focusWidget() is dialog.language
    assert i18n.language() == language
    desk.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is dialog.owner
    desk.type("Karen Holm")
    desk.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is dialog.plan
    desk.press(KEY.Key_End)
    plan = plans.by_id(dialog.plan.plan_id())
    assert plan is not None
    desk.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is dialog.company
    assert dialog.company.text() == plan.company
    desk.type(" Danmark")
    desk.press(KEY.Key_Return)
    assert window.context is not None
    file = window.context.file
    assert file.path == desk.usual
    assert files.owner(file).name == "Karen Holm"
    [company] = companies.everyone(file)
    assert (company.plan_id, company.currency) == (plan.id, plan.currency)
    assert company.name.endswith("Danmark")
    assert window.preferences.language == (language if language == "da" else "")
    assert window.preferences.last_file == desk.usual
    assert window.menu.actions["undo"].isEnabled()


def test_language_keeps_what_was_answered(desk: Desk) -> None:
    _window, dialog = begun(desk)
    dialog.owner.setText("Karen & Co")
    dialog.plan.choose("teaching-unilevel")
    dialog.company.setText("Hjem")
    before = dialog.answers()
    dialog.language.setCurrentIndex(dialog.language.findData("da"))
    dialog.language.activated.emit(0)
    settle()
    assert i18n.language() == "da"
    assert dialog.answers() == before


def test_everything_can_be_skipped(desk: Desk) -> None:
    window, dialog = begun(desk)
    dialog.owner.setText("Karen")
    dialog.skip.click()
    assert window.context is not None
    assert files.owner(window.context.file).name == ""
    assert companies.everyone(window.context.file) == []
    for key in ("contacts", "team", "products", "earnings", "settings"):
        window.navigate(key)
    window.close()
    assert desk.start().findChild(FirstStart) is None  # asked once


def test_leaving_makes_no_file_and_offers_the_ways_on(desk: Desk) -> None:
    window, _dialog = begun(desk)
    desk.press(KEY.Key_Escape)
    settle()
    assert not desk.usual.exists()
    page = window.start_page()
    assert isinstance(page, StartPage)
    page.first.click()
    [again] = [d for d in window.findChildren(FirstStart) if d.isVisible()]
    again.skip.click()
    assert desk.usual.exists()


def test_looking_around_with_sample_data(desk: Desk) -> None:
    window, dialog = begun(desk)
    click(dialog, "Look around with sample data")
    assert window.context is not None
    assert window.context.file.path.parent == desk.usual.parent
    assert not desk.usual.exists()
    assert len(contacts.rows(window.context.file)) > 10
    assert "invented" in window.answers.text()
    assert window.context.company is not None


def test_a_plan_needs_its_companys_name(desk: Desk) -> None:
    window, dialog = begun(desk)
    dialog.plan.choose("teaching-unilevel")
    dialog.company.clear()
    dialog.go.click()
    assert dialog.isVisible()
    assert "name" in dialog.form.error("company")
    assert window.context is None
    assert not desk.usual.exists()


def test_a_plan_never_writes_over_her_companys_name(desk: Desk) -> None:
    _window, dialog = begun(desk)
    dialog.company.setText("Mit eget navn")
    dialog.plan.setCurrentIndex(dialog.plan.count() - 1)
    assert dialog.company.text() == "Mit eget navn"


def test_how_far_a_plan_can_be_trusted_is_said_at_once(desk: Desk) -> None:
    _window, dialog = begun(desk)
    for plan in plans.available():
        dialog.plan.choose(plan.id)
        said = dialog.about._trust.text()
        assert ("invented" in said.lower()) if plan.teaching else (f"Confidence {plan.confidence}" in said)


def test_a_folder_that_cant_be_written_keeps_the_answers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, passphrase: str = "") -> None:
        raise Refusal(Message("The disk is full."))

    monkeypatch.setattr(files, "create", full)
    window, dialog = begun(desk)
    dialog.owner.setText("Karen")
    dialog.go.click()
    box = dialog.findChild(QMessageBox)
    assert box is not None
    assert "The disk is full." in box.text() + box.informativeText()
    box.reject()
    assert dialog.isVisible()
    assert dialog.owner.text() == "Karen"
    assert window.context is None


def test_a_new_file_never_overwrites(desk: Desk) -> None:
    files.create(desk.usual).close()
    before = desk.usual.read_bytes()
    window = desk.start()
    other = desk.folder / "other.organizer"
    other.write_bytes(b"hers")
    window.files.first_start(other)
    dialog = window.findChild(FirstStart)
    assert dialog is not None
    dialog.skip.click()
    box = dialog.findChild(QMessageBox)
    assert box is not None
    assert "exists already" in box.text() + box.informativeText()
    box.reject()
    assert other.read_bytes() == b"hers"
    dialog.reject()
    window.close()
    assert desk.usual.read_bytes() == before


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.75])
@pytest.mark.parametrize("language", ["en", "da"])
def test_no_field_is_squashed_and_the_buttons_stay_on_the_screen(desk: Desk, language: str, scale: float) -> None:
    i18n.set_language(language)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "light", scale)
    try:
        _window, dialog = begun(desk)
        dialog.plan.choose("teaching-unilevel")
        dialog.company.setText("Hjem")
        dialog.protect.click()
        dialog.secret.new.line.setText("karen")
        dialog.secret.judge()
        dialog.secret.again.line.setText("karin")
        dialog.go.click()
        desk.qtbot.waitUntil(lambda: not dialog.secret.again.visibleRegion().isEmpty())
        settle()
        for part in (dialog.owner, dialog.company, dialog.secret.new, dialog.secret.again):
            assert part.height() >= part.sizeHint().height()
        advice = dialog.secret.findChildren(Label)
        assert all(one.height() >= one.heightForWidth(one.width()) for one in advice if one.isVisible())
        assert dialog.height() <= dialog.screen().availableGeometry().height()
        assert dialog.go.mapTo(dialog, dialog.go.rect().bottomLeft()).y() < dialog.height()
        dialog.reject()
    finally:
        theme.apply(application, "light")


def test_an_empty_passphrase_is_said_once(desk: Desk) -> None:
    _window, dialog = begun(desk)
    dialog.protect.click()
    dialog.go.click()
    said = [label.text() for label in dialog.findChildren(Label) if label.isVisible()]
    assert len([text for text in said if "Think of a passphrase." in text]) == 1
    dialog.reject()
