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
    copy_here = Signal()
    backups = Signal()

    def __init__(
        self,
        problem: str = "",
        *,
        has_path: bool = False,
        only_readable: bool = False,
        is_backup: bool = False,
    ) -> None:
        """`has_path` says that there is a file whose backups can be looked at; `only_readable` that it can be
        read where it lies, but not written; `is_backup` that it is one itself, and shall stay as it is."""
        super().__init__()
        if is_backup:
            state = self._backup(problem)
        else:
            state = self._trouble(problem, has_path, only_readable) if problem else self._welcome()
        state.add_button(_("&Open a file…"), self.open_other.emit, icon="folder-open")
        state.add_button(_("&Look around with sample data"), self.sample.emit, icon="eye")
        layout = QVBoxLayout(self)
        layout.addWidget(state)

    def _welcome(self) -> EmptyState:
        text = _("Your contacts, your team, your products and what you earn, in one file on your own computer.")
        state = EmptyState("sparkles", _("Welcome to Organizer"), text)
        self.first = state.add_button(_("&Get started"), self.new.emit, icon="plus", primary=True)
        return state

    def _backup(self, problem: str) -> EmptyState:
        state = EmptyState("archive", _("This is a backup"), problem)
        copy = _("&Copy it to your documents and open the copy")
        self.first = state.add_button(copy, self.copy_here.emit, primary=True)
        return state

    def _trouble(self, problem: str, has_path: bool, only_readable: bool) -> EmptyState:
        state = EmptyState("triangle-alert", _("The file could not be opened"), problem)
        if only_readable:
            copy = _("&Copy it to your documents and open the copy")
            self.first = state.add_button(copy, self.copy_here.emit, primary=True)
            state.add_button(_("&Try again"), self.again.emit)
        else:
            self.first = state.add_button(_("&Try again"), self.again.emit, primary=True)
        if has_path:
            state.add_button(_("&Backups…"), self.backups.emit, icon="archive-restore")
        state.add_button(_("&Make a new file…"), self.new.emit, icon="plus")
        return state
