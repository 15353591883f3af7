"""The rail on the left: one button a page, icon over word; arrow keys walk it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from organizer.ui import icons, theme
from organizer.ui.widgets.buttons import ToolButton

_WIDTH = 92


class Rail(QFrame):
    """Chooses among pages, each under a key. `chosen` comes when the person picks another page."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._column = QVBoxLayout(self)
        theme.margins(self._column, theme.XS, theme.S, spacing=theme.XS)
        self._column.addStretch()
        self._feet = 0
        self.setProperty("rail", True)
        self.setFixedWidth(theme.scaled(_WIDTH))

    def add(self, key: str, icon: str, text: str) -> QToolButton:
        """Add a page below the others."""
        return self._insert(self._column.count() - 1 - self._feet, key, icon, text)

    def add_foot(self, key: str, icon: str, text: str) -> QToolButton:
        """Add a page at the foot of the rail."""
        self._feet += 1
        return self._insert(self._column.count(), key, icon, text)

    def select(self, key: str) -> None:
        """Mark the page that is shown; nothing is told."""
        self._buttons[key].setChecked(True)

    def current(self) -> str:
        """The key of the marked page, "" before one is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def keys(self) -> tuple[str, ...]:
        """The keys from top to bottom."""
        return tuple(self._buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home and End walk the rail and show each page."""
        from PySide6.QtCore import Qt

        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        keys = list(self._buttons)
        if event.key() in steps and self.current():
            self._walk(keys[(keys.index(self.current()) + steps[Qt.Key(event.key())]) % len(keys)])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(keys[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def _walk(self, key: str) -> None:
        from PySide6.QtCore import Qt

        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self._buttons[key].click()

    def _insert(self, place: int, key: str, icon: str, text: str) -> QToolButton:
        made = _RailButton(text)
        icons.show_on(made, icon)
        made.clicked.connect(lambda: self.chosen.emit(key))
        self._buttons[key] = made
        self._group.addButton(made)
        self._column.insertWidget(place, made)
        return made


class _RailButton(ToolButton):
    """A page's button; arrow keys go on to the rail."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        size = theme.scaled(theme.ICON_LARGE)
        self.setIconSize(QSize(size, size))
        self.setCheckable(True)
        self.setFixedWidth(theme.scaled(_WIDTH) - 2 * theme.XS - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys belong to the rail; Qt's own button groups would stop at the ends."""
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)
