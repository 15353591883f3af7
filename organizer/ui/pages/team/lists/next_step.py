"""A small window for what she means to do next with somebody, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal
from organizer.domain.timeline import FollowUp
from organizer.i18n import _, format_date
from organizer.ui import theme
from organizer.ui.pages.team.edits import to_date
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import as_title

_WIDTH = 420


class NextStepDialog(QDialog):
    """Asks what and when; `keep(due, body)` stores it and may raise FieldRefusal. Nothing written clears it."""

    def __init__(
        self, name: str, step: FollowUp | None, keep: Callable[[date | None, str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(as_title(_("Next step with {name}").format(name=name)))
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.what = QLineEdit(" ".join(step.body.split()) if step else "")
        self.what.setPlaceholderText(_("For example: ask how things are"))
        self.day = QLineEdit(format_date(step.due) if step else "")
        self.form = Form()
        self.form.add("body", _("&What"), self.what)
        self.form.add("due", _("W&hen"), self.day, _("A date like 15.02.2026, or nothing."))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.go = button(_("&Keep"), kind="primary")
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        column.addWidget(self.form)
        column.addWidget(box)

    def accept(self) -> None:
        """Qt's: store it; what can't be kept is said at its field."""
        self.form.clear_errors()
        try:
            self._keep(to_date("due", self.day.text()), self.what.text())
        except FieldRefusal as refusal:
            self.form.show_refusal(refusal)
            return
        super().accept()
