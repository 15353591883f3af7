"""The field above a list: typing filters at once, Ctrl+F goes here, Esc empties, Down goes to the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from organizer.ui import icons
from organizer.ui.widgets.plain_text import not_mine


class SearchField(QLineEdit):
    """A search field. `textChanged` comes at each key; `name` is what a screen reader says."""

    down_pressed = Signal()
    """The person wants to go on to the list."""

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self._sign = QAction(self)
        icons.show_on(self._sign, "search", "muted")
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        # only the one that is visible answers, so each page can have its own
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.start)
        self.textChanged.connect(self._on_text)

    def start(self) -> None:
        """Take the focus with everything selected, ready for a new search."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Leave to the window what is the window's, such as Ctrl+Z while nothing is searched for."""
        return False if not_mine(self, event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field first; Down goes to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        if not text and (self.isUndoAvailable() or self.isRedoAvailable()):
            # an empty search has no past of its own: Ctrl+Z means the last deed again
            with QSignalBlocker(self):
                self.setText("")
