"""Asking for the passphrase or recovery key that a backup was made with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.secret_field import SecretField

_WIDTH = 420


class SecretDialog(QDialog):
    """One field that takes either; `then` gets what was typed. Nothing typed is kept here afterwards."""

    def __init__(self, text: str, then: Callable[[str], object], problem: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Passphrase"))
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.field = SecretField(_("Passphrase or recovery key"))
        self.field.line.setPlaceholderText(_("Passphrase or recovery key"))
        self.field.changed.connect(lambda typed: self.go.setEnabled(bool(typed)))
        self.problem = Label(problem, tone="danger", wrap=True)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(Label(text, wrap=True))
        layout.addWidget(self.problem)
        layout.addWidget(self.field)
        layout.addWidget(self._buttons())
        self.problem.setVisible(bool(problem))

    def accept(self) -> None:
        """Hand over what was typed."""
        typed = self.field.text()
        self.field.clear()
        super().accept()
        self._then(typed)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.go = button(_("&Open"), kind="primary")
        self.go.setEnabled(False)
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box
