"""A window as the program opens it, with its own preferences and documents folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.services import files
from organizer.ui import window_pages
from organizer.ui.main_window import MainWindow
from organizer.ui.preferences import Preferences

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """One user's computer: open the window, close it, open it again. It opens on the page `first`."""

    def __init__(
        self, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, first: str = "contacts"
    ) -> None:
        monkeypatch.setattr(window_pages, "FIRST", first)
        self.qtbot = qtbot
        self.folder = folder
        self.usual = folder / "Documents" / f"Organizer{files.SUFFIX}"
        monkeypatch.setattr(files, "default_path", lambda: self.usual)

    def start(self, path: Path | None = None) -> MainWindow:
        """Open a window; `path` is what the command line says."""
        window = self.window()
        window.files.begin(path)
        self.activate(window)
        return window

    def window(self) -> MainWindow:
        """A window that stands on the screen and has opened nothing yet."""
        window = MainWindow(Preferences(self.folder / "organizer.ini"))
        self.qtbot.addWidget(window)
        with self.qtbot.waitSignal(window.first_painted):
            window.show()
        return window

    def activate(self, widget: QWidget) -> None:
        """Give the keyboard to `widget`'s window."""
        widget.activateWindow()
        # a dialog counts as active with its parent, so ask who really is
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is widget)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key for whatever has the focus."""
        focused = QApplication.focusWidget() or QApplication.activeWindow()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifier)

    def type(self, text: str) -> None:
        """Text for whatever has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClicks(focused, text)


def settle() -> None:
    """Let what was deleted or queued take its course."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def named(parent: QWidget, kind: type[QWidget]) -> QWidget:
    """The visible child of a kind."""
    found = [child for child in parent.findChildren(kind) if child.isVisible()]
    assert found, f"no visible {kind.__name__}"
    return found[0]
