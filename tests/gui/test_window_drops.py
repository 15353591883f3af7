"""A file dropped on the window goes to the import it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from window_support import Desk, settle

from organizer.services import companies, files, team
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog
from organizer.ui.dialogs.import_preview import ImportPreview
from organizer.ui.dialogs.team_import import TeamImportDialog
from organizer.ui.main_window import MainWindow

DATA = Path(__file__).parent.parent / "data"
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window with a file of two companies; the second one is in view."""
    desk = Desk(qtbot, tmp_path, monkeypatch)
    file = files.create(desk.usual)
    companies.set_up(file, "Karen Holm", "Hjem", "teaching-unilevel")
    companies.add(file, "Duft", "teaching-unilevel")
    file.close()
    return desk.start()


def drag(widget: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and let them go; True when they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


def dialog(window: MainWindow, qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)), timeout=20_000)
    return next(one for one in window.findChildren(kind) if one.isVisible())


@pytest.mark.parametrize("page", ["contacts", "team", "products", "earnings", "settings"])
def test_a_team_file_dropped_anywhere_is_the_shown_companys(window: MainWindow, qtbot: QtBot, page: str) -> None:
    context = window.context
    assert context is not None
    assert context.company is not None
    window.navigate(page)
    assert drag(window, DATA / "team_sponsor_id.csv")
    shown = dialog(window, qtbot, TeamImportDialog)
    assert isinstance(shown, TeamImportDialog)
    assert window.key == "team"
    assert shown.head.company.currentText() == context.company.name
    assert context.company.name in shown.windowTitle()
    assert not drag(window, DATA / "team_sponsor_id.csv"), "a dialog is open"
    shown.reject()
    settle()


def test_she_says_that_it_is_another_companys(window: MainWindow, qtbot: QtBot) -> None:
    context = window.context
    assert context is not None
    assert context.company is not None
    before = context.company
    assert drag(window, DATA / "team_sponsor_id.csv")
    shown = dialog(window, qtbot, TeamImportDialog)
    assert isinstance(shown, TeamImportDialog)
    place = 1 - shown.head.company.currentIndex()
    shown.head.company.setCurrentIndex(place)
    shown.head.company.activated.emit(place)
    qtbot.waitUntil(lambda: not shown.tasks.active())
    other = shown.session.company
    assert other.id != before.id
    with qtbot.waitSignal(shown.applied, timeout=20_000):
        shown.go.click()
    assert context.company is not None
    assert context.company.id == other.id
    assert context.period == shown.chosen()
    assert len(team.view(context.file, other.id, context.period).team) > 200
    assert len(team.view(context.file, before.id, context.period).team) == 1


@pytest.mark.parametrize(("page", "name"), [("contacts", "contacts_google.csv"), ("products", "products.csv")])
def test_other_files_are_the_pages_own(window: MainWindow, qtbot: QtBot, page: str, name: str) -> None:
    window.navigate(page)
    assert drag(window, DATA / name)
    shown = dialog(window, qtbot, ContactImportDialog if page == "contacts" else ImportPreview)
    assert window.key == page
    shown.reject()
    settle()


def test_what_is_no_file_to_bring_in_is_not_taken(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    team_file = DATA / "team_sponsor_id.csv"
    window.navigate("team")
    assert not drag(window, tmp_path / "photo.png")
    # several at once can only be contacts, on their page
    assert not drag(window, team_file, DATA / "team_levels.csv")
    assert not drag(window)
    window.locked = True
    assert not drag(window, team_file)
    window.locked = False
