"""A field for a passphrase or a PIN: hidden unless she asks to see it, and it notices Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.buttons import icon_button
from organizer.ui.widgets.label import Label


class SecretField(QWidget):
    """One line with an eye beside it. `name` is what a screen reader says; use `text`, `clear` and `entered`."""

    entered = Signal()
    """Enter was pressed."""
    changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = _Line()
        self.line.setAccessibleName(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.returnPressed.connect(self.entered)
        self.line.textChanged.connect(self.changed)
        self.line.caps_lock.connect(self._say_caps)
        self.eye = icon_button("eye", _("Show what is typed"))
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self._caps = Label(_("Caps Lock is on."), size="small", tone="amber")
        self._caps.setVisible(False)
        self.setFocusProxy(self.line)
        row = QHBoxLayout()
        theme.margins(row, spacing=theme.XS)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS // 2)
        column.addLayout(row)
        column.addWidget(self._caps)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def clear(self) -> None:
        """Take what is typed away, and hide the next."""
        self.line.clear()
        self.eye.setChecked(False)
        self._say_caps(False)

    def hide_typing(self) -> None:
        """Show dots again, as before somebody else may look."""
        self.eye.setChecked(False)

    def _show(self, seen: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password)

    def _say_caps(self, on: bool) -> None:
        self._caps.setVisible(on)


class _Line(QLineEdit):
    """Tells from each letter whether Caps Lock is on: Qt has no other way on every system."""

    caps_lock = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: look at the letter, then take it."""
        letter = event.text()
        if len(letter) == 1 and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shift)
        super().keyPressEvent(event)
