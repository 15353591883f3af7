"""What a passer-by, or a screen reader, could learn from the program's windows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QMenuBar, QWidget
from window_support import CTRL, KEY, Desk, settle

from organizer.domain.contact import Contact
from organizer.services import companies, contacts, files
from organizer.ui.main_window import MainWindow
from organizer.ui.pages.contacts.page import ContactsPage
from organizer.ui.pages.start.unlock import UnlockPage

MARKER = "Zyxwina"
"""A name that stands nowhere but in the file."""
SECRET = "tromme kanel vinterhave 7"
PIN = "2580"
_TEXTS = (
    *("windowTitle", "windowIconText", "windowFilePath", "toolTip", "statusTip", "whatsThis", "accessibleName"),
    *("accessibleDescription", "text", "toPlainText", "placeholderText", "title", "currentText", "detailedText"),
    "informativeText",
)


def readable() -> list[str]:
    """Every text of every visible widget, menu, list and clipboard."""
    found: list[str] = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            for widget in (window, *window.findChildren(QWidget)):
                if widget.isVisible():
                    found += _texts(widget)
            for menu in window.findChildren(QMenu):
                if _is_in_bar(menu):
                    found += [text for action in menu.actions() for text in _of_action(action)]
    board = QGuiApplication.clipboard()
    return [*found, board.text(), board.text(board.Mode.Selection)]


def _is_in_bar(menu: QMenu) -> bool:
    parent = menu.parentWidget()
    while isinstance(parent, QMenu):
        parent = parent.parentWidget()
    return isinstance(parent, QMenuBar)


def _of_action(action: QAction) -> tuple[str, ...]:
    return action.text(), action.toolTip(), action.statusTip(), str(action.data() or "")


def _texts(widget: QWidget) -> Iterator[str]:
    for name in _TEXTS:
        read = getattr(widget, name, None)
        if callable(read):
            value = read()
            if isinstance(value, str):
                yield value
    for action in widget.actions():
        yield from _of_action(action)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(model.rowCount(QModelIndex())):
            for column in range(model.columnCount(QModelIndex())):
                yield str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "")


def leaks() -> list[str]:
    """What of it holds the marker."""
    return [text for text in readable() if MARKER.casefold() in text.casefold()]


def filled(path: Path, passphrase: str = "") -> None:
    """A file whose every name is the marker's; it is closed again."""
    file = files.create(path, passphrase=passphrase)
    companies.set_up(file, f"Karen {MARKER}", f"{MARKER} ApS", "teaching-unilevel")
    contacts.add(file, Contact(first_name=MARKER, last_name="Berg"))
    contacts.add(file, Contact(first_name=MARKER, last_name="Dahl"))
    file.close()


def unlock_page(window: MainWindow) -> UnlockPage:
    """The page or the curtain that asks."""
    settle()  # a frame that is built anew shows itself a moment later
    pages = [page for page in window.findChildren(UnlockPage) if page.isVisible()]
    assert len(pages) == 1, pages
    return pages[0]


def unlock(desk: Desk, window: MainWindow, secret: str) -> None:
    """Type a passphrase or PIN, and Enter."""
    page = unlock_page(window)
    page.field.line.clear()
    desk.qtbot.keyClicks(page.field.line, secret)
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    settle()


def lock(desk: Desk, window: MainWindow) -> None:
    """Ctrl+L, and it is locked."""
    desk.activate(window)
    QTest.keyClick(window, KEY.Key_L, CTRL)
    settle()
    assert window.locked


def contacts_page(window: MainWindow) -> ContactsPage:
    """The window's first page."""
    page = window.pages["contacts"]
    assert isinstance(page, ContactsPage)
    return page
