"""A few words side by side, one of which is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from organizer.ui import theme
from organizer.ui.widgets.buttons import ToolButton


class Segments(QFrame):
    """`chosen(key)` tells what she has chosen; the arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        theme.set_style(self, segments=True)
        self._layout = QHBoxLayout(self)
        theme.margins(self._layout, 2, spacing=2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, ToolButton] = {}

    def add(self, key: str, word: str, tip: str = "") -> None:
        """Offer `key` under `word`; the first one is chosen until another is."""
        made = ToolButton()
        made.setText(word)
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
        made.setCheckable(True)
        made.setChecked(not self._buttons)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # a tool button that is shown beside others speaks its word only
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.toggled.connect(lambda on: self.chosen.emit(key) if on else None)
        self._group.addButton(made)
        self._buttons[key] = made
        self._layout.addWidget(made)

    def current(self) -> str:
        """The key that is chosen, "" while nothing is offered."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose `key`, if it is offered."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def is_allowed(self, key: str) -> bool:
        """Whether `key` can be chosen now."""
        return self._buttons[key].isEnabled()

    def allow(self, key: str, allowed: bool, tip: str) -> None:
        """Whether `key` can be chosen now; `tip` says what it is, or why it can't be."""
        self._buttons[key].setEnabled(allowed)
        self._buttons[key].setToolTip(tip)
        self._buttons[key].setAccessibleDescription(tip)
