"""Under whom a member of a file stands: one among all of the file and the team, found by name or number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.dialogs.picker import Picker
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label, as_title

_WIDTH = 460


class StandsUnder(QDialog):
    """Asks under whom `who` stands. `people` are (number, words) pairs; `chosen(number)` tells who it is."""

    chosen = Signal(str)

    def __init__(
        self, who: str, why: str, people: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """`why` is what is wrong with what the file says."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(as_title(_("Who does {name} stand under?").format(name=who)))
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self._numbers = [number for number, _text in people]
        # a picker's ids begin at 1: its 0 is nobody
        choices = [(place, text) for place, (_number, text) in enumerate(people, 1)]
        self.person = Picker(choices, _("Stands under"), _("Search name or number"))
        self.form = Form()
        self.form.add("above", _("&Stands under"), self.person, _("Anyone in the file or in your team."))
        self.go = button(_("&Choose"), kind="primary")
        self.go.setEnabled(False)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        for part in (Label(why, wrap=True), self.form, box):
            column.addWidget(part)
        self.person.picked.connect(lambda place: self.go.setEnabled(place > 0))
        self.person.setFocus()

    def accept(self) -> None:
        """Tell who was chosen."""
        if place := self.person.chosen():
            super().accept()
            self.chosen.emit(self._numbers[place - 1])
