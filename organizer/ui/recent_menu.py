"""The files that were open lately. A stick that is slow to answer, or gone, never holds the menu up."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from organizer.i18n import _
from organizer.ui import theme

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow

_WIDTH = 560
_SOON = 30  # milliseconds between two looks at what has been answered


class RecentMenu(QMenu):
    """One line for each file, those that aren't there greyed, and "Clear the list"."""

    def __init__(self, window: MainWindow, parent: QMenu) -> None:
        super().__init__(_("Open &recent"), parent)
        self._window = window
        self._there: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._seen: SimpleQueue[tuple[str, bool]] = SimpleQueue()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._mark)
        self.aboutToShow.connect(self.look)

    def fill(self) -> None:
        """List what the preferences remember, but for the file that is shown."""
        here = self._window.context.file.path if self._window.context else None
        self.clear()
        for path in self._window.preferences.recent:
            if path != here:
                action = self.addAction("")
                action.setData(str(path))
                action.triggered.connect(partial(self._open, path))
                self._write(action)
        self.setEnabled(not self.isEmpty())
        if not self.isEmpty():
            self.addSeparator()
            self.addAction(_("&Clear the list"), self._forget)

    def files(self) -> list[QAction]:
        """The lines that stand for a file."""
        return [action for action in self.actions() if action.data()]

    def look(self) -> None:
        """Find out, without waiting for it, which of the files are there."""
        for action in self.files():
            name = str(action.data())
            if name not in self._asked:  # what hangs isn't asked twice
                self._asked.add(name)
                # not Qt's threads: the program would wait for them when it ends
                threading.Thread(target=_look, args=(name, self._seen), daemon=True).start()
        self._timer.start(_SOON)

    def _mark(self) -> None:
        try:
            while True:
                name, there = self._seen.get_nowait()
                self._asked.discard(name)
                self._there[name] = there
                for action in self.files():
                    if action.data() == name:
                        self._write(action)
        except Empty:
            if not self._asked:
                self._timer.stop()

    def _write(self, action: QAction) -> None:
        name = str(action.data())
        there = self._there.get(name, True)
        text = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, theme.scaled(_WIDTH))
        text = text.replace("&", "&&")  # an ampersand in a name is no mnemonic
        action.setText(text if there else _("{file} (not there)").format(file=text))
        action.setEnabled(there)

    def _open(self, path: Path, _checked: bool = False) -> None:
        self._window.files.open(path)

    def _forget(self) -> None:
        context = self._window.context
        self._window.preferences.recent = [context.file.path] if context else []
        self.fill()


def _look(name: str, seen: SimpleQueue[tuple[str, bool]]) -> None:
    seen.put((name, os.path.exists(name)))  # noqa: PTH110 - no name makes it raise
