"""No file is open: what happened, and what she can do now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui.widgets.empty_state import EmptyState


class StartPage(QWidget):
    """Welcomes, or tells why the file can't be opened (`problem`); every way on is a button."""

    again = Signal()
    new = Signal()
    open_other = Signal()
    sample = Signal()

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        state = self._trouble(problem) if problem else self._welcome()
        state.add_button(_("&Open a file…"), self.open_other.emit, icon="folder-open")
        state.add_button(_("&Look around with sample data"), self.sample.emit, icon="eye")
        layout = QVBoxLayout(self)
        layout.addWidget(state)

    def _welcome(self) -> EmptyState:
        text = _("Your contacts, your team, your products and what you earn, in one file on your own computer.")
        state = EmptyState("sparkles", _("Welcome to Organizer"), text)
        self.first = state.add_button(_("&Get started"), self.new.emit, icon="plus", primary=True)
        return state

    def _trouble(self, problem: str) -> EmptyState:
        state = EmptyState("triangle-alert", _("The file could not be opened"), problem)
        self.first = state.add_button(_("&Try again"), self.again.emit, primary=True)
        state.add_button(_("&Make a new file…"), self.new.emit, icon="plus")
        return state
