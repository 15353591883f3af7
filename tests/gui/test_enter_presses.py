"""Enter presses the focused button, and in a dialog without one the green button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from organizer.services import companies, files
from organizer.services.preview import Change, Line, Preview
from organizer.ui.context import Context
from organizer.ui.dialogs.first_start import FirstStart
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.dialogs.member import AddMemberDialog, MoveMemberDialog
from organizer.ui.pages.start.page import StartPage
from organizer.ui.pages.team.page import TeamPage
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.buttons import button, icon_button

ENTER = Qt.Key.Key_Return


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    file = files.create(tmp_path / "a.organizer", lambda: datetime(2026, 3, 7, 12))
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    tasks = Tasks()
    made = Context(file, tasks)
    yield made
    made.release()
    tasks.shutdown()
    file.close()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def active(qtbot: QtBot, window: QWidget) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def enter(qtbot: QtBot, key: Qt.Key = ENTER) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def import_preview(context: Context, host: QWidget, qtbot: QtBot, heard: list[str]) -> ImportPreview:
    preview = Preview("x.csv", [Line(2, Change.NEW, "Anna")], [], lambda: heard.append("done"))
    dialog = ImportPreview(context, preview, "Import", host)
    dialog.open()
    active(qtbot, dialog)
    return dialog


def cancel_of(dialog: QDialog) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    return box.button(QDialogButtonBox.StandardButton.Cancel)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_the_green_button_imports(context: Context, host: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    heard: list[str] = []
    dialog = import_preview(context, host, qtbot, heard)
    dialog.go.setFocus()
    with qtbot.waitSignal(dialog.applied):
        enter(qtbot, key)
    assert heard == ["done"]


def test_enter_elsewhere_in_the_import_preview_takes_the_green_button(
    context: Context, host: QWidget, qtbot: QtBot
) -> None:
    heard: list[str] = []
    dialog = import_preview(context, host, qtbot, heard)
    assert dialog.go.isDefault()
    dialog.tabs.setFocus()
    with qtbot.waitSignal(dialog.applied):
        enter(qtbot)
    assert heard == ["done"]


def test_enter_on_cancel_cancels(context: Context, host: QWidget, qtbot: QtBot) -> None:
    heard: list[str] = []
    dialog = import_preview(context, host, qtbot, heard)
    cancel_of(dialog).setFocus()
    enter(qtbot)
    assert heard == []
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Iterator[TeamPage]:
    shown = TeamPage(context)
    qtbot.addWidget(shown)
    shown.resize(1100, 700)
    shown.show()
    active(qtbot, shown)
    yield shown
    shown.close_down()


def test_enter_in_a_field_or_on_the_button_adds_a_member(page: TeamPage, context: Context, qtbot: QtBot) -> None:
    own = files.member_of_owner(context.file, 1)
    assert own is not None
    for place, name in enumerate(["Anna Berg", "Bo Dam"]):
        dialog = AddMemberDialog(context, page.model.view, own, page)
        dialog.open()
        active(qtbot, dialog)
        qtbot.keyClicks(dialog.name, name)
        (dialog.go if place else dialog.number).setFocus()
        with qtbot.waitSignal(dialog.added):
            enter(qtbot)
        active(qtbot, page)


def test_enter_on_the_button_moves_a_member(page: TeamPage, context: Context, qtbot: QtBot) -> None:
    own = files.member_of_owner(context.file, 1)
    assert own is not None
    made: list[int] = []
    for name in ("Anna Berg", "Bo Dam"):
        dialog = AddMemberDialog(context, page.model.view, own, page)
        dialog.added.connect(made.append)
        dialog.open()
        dialog.name.setText(name)
        dialog.go.click()
    move = MoveMemberDialog(context, page.model.view, made[0], page)
    move.open()
    active(qtbot, move)
    move.sponsor.choose(made[1])
    move.go.setFocus()
    enter(qtbot)
    assert move.result() == QDialog.DialogCode.Accepted
    assert page.model.count_below(page.model.position_of(made[1])) == 1


def test_enter_on_skip_skips_and_elsewhere_gets_started(tmp_path: Path, host: QWidget, qtbot: QtBot) -> None:
    owners: list[str] = []
    for focus in ("skip", "owner"):
        dialog = FirstStart(tmp_path / "a.organizer", lambda answers: owners.append(answers.owner), host)
        dialog.open()
        active(qtbot, dialog)
        dialog.owner.setText("Karen")
        getattr(dialog, focus).setFocus()
        enter(qtbot)
    assert owners == ["", "Karen"]


def test_the_primary_button_stays_the_default_after_a_change_of_language(
    tmp_path: Path, host: QWidget, qtbot: QtBot
) -> None:
    dialog = FirstStart(tmp_path / "a.organizer", lambda _answers: None, host)
    dialog.language_chosen.connect(lambda _code: None)
    dialog.open()
    active(qtbot, dialog)
    dialog.language.setCurrentIndex(1)
    dialog._on_language()
    assert dialog.go.isDefault()
    dialog.owner.setFocus()
    enter(qtbot)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_enter_on_a_focused_button_of_the_window(qtbot: QtBot) -> None:
    page, heard = StartPage("It is broken."), []
    qtbot.addWidget(page)
    page.again.connect(lambda: heard.append("again"))
    page.show()
    active(qtbot, page)
    page.first.setFocus()
    enter(qtbot)
    assert heard == ["again"]


def test_enter_presses_buttons_with_a_picture_too(qtbot: QtBot) -> None:
    heard: list[str] = []
    dialog = QDialog()
    picture, word = icon_button("x", "Away", lambda: heard.append("away")), button("&Go", kind="primary")
    column = QVBoxLayout(dialog)
    column.addWidget(picture)
    column.addWidget(word)
    qtbot.addWidget(dialog)
    word.clicked.connect(lambda: heard.append("go"))
    dialog.open()
    active(qtbot, dialog)
    picture.setFocus()
    enter(qtbot)
    assert heard == ["away"]
    dialog.close()
