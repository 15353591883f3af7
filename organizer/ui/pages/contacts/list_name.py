"""A line in which a list gets its name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from organizer.domain.contact_filter import Filter
from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.services import contact_lists
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken


class ListName(QWidget):
    """Hidden until a name is asked for; Enter keeps it, Esc goes. `kept` carries the name."""

    kept = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._filter: Filter | None = None
        self._old = ""
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("The list's name"))
        self.edit.setPlaceholderText(_("The list's name"))
        self.edit.returnPressed.connect(self._keep)
        self.error = Label(size="small", tone="danger", wrap=True)
        grid = QGridLayout(self)
        theme.margins(grid, spacing=theme.XS)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.edit, 0, 0)
        save, cancel = button(_("Save"), self._keep, kind="primary"), icon_button("x", _("Cancel"), self.hide)
        self.stops: list[QWidget] = [self.edit, save, cancel]
        """Where Tab stops, in order."""
        grid.addWidget(save, 0, 1)
        grid.addWidget(cancel, 0, 2)
        grid.addWidget(self.error, 1, 0, 1, 3)
        self.hide()

    def ask(self, filter_: Filter) -> None:
        """Ask for the name under which this filter is saved."""
        self._filter, self._old = filter_, ""
        self._start("")

    def ask_new(self, name: str) -> None:
        """Ask for another name of the list called `name`."""
        self._filter, self._old = None, name
        self._start(name)

    def keep(self, name: str, filter_: Filter) -> None:
        """Save the filter under this name."""
        file = self._context.file
        text = _("The list {name} is saved.").format(name=name.strip())
        kept = self._context.deed(lambda: contact_lists.save(file, name, filter_), text)
        if kept:
            self.hide()
            self.kept.emit(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: no name after all."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _start(self, name: str) -> None:
        self.edit.setText(name)
        self.edit.selectAll()
        self.error.hide()
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        name = self.edit.text()
        try:
            if self._filter is not None:
                self._must_be_new(name)
                self.keep(name, self._filter)
            else:
                self._rename(name)
        except FieldRefusal as refusal:
            self.error.setText(spoken(refusal))
            self.error.show()

    def _must_be_new(self, name: str) -> None:
        """Saving as a new list takes no other one's place without a word."""
        contact_lists.must_be_free(self._context.file, name)

    def _rename(self, name: str) -> None:
        file, old = self._context.file, self._old
        text = _("The list is called {name} now.").format(name=name.strip())
        kept = self._context.deed(lambda: contact_lists.rename(file, old, name), text)
        if kept:
            self.hide()
            self.kept.emit(kept)
