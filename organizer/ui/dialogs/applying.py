"""A dialog that ends in one deed: a backup first, then the deed, while nothing in the dialog can be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from organizer.i18n import _
from organizer.ui.context import Context
from organizer.ui.dialogs import backup_first
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.answer_bar import AnswerBar
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.waiting import waiting


class ApplyingDialog(QDialog):
    """Put `body` in the middle, `working` and `buttons()` at the foot. `applied` follows the deed."""

    applied = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.tasks = Tasks(self)
        self.body = QWidget()
        self.working = AnswerBar(self.tasks)
        self.working.hide()
        self.go = button(_("&Import"), kind="primary")

    def ready(self) -> bool:
        """True when there is something to do."""
        raise NotImplementedError

    def carry_out(self) -> bool:
        """Do the deed; False when it was refused, and she has been told."""
        raise NotImplementedError

    def accept(self) -> None:
        """Make a backup, then do the deed: nothing was changed before this."""
        if self.tasks.active():
            return
        if backup_first.make(self, self.context.file, self.tasks, self._do, self._let_go):
            self.go.setEnabled(False)
            self.body.setEnabled(False)
            self.working.show()

    def done(self, result: int) -> None:
        """Qt's: work that is under way stops with the dialog."""
        self.tasks.shutdown()
        super().done(result)

    def buttons(self) -> QDialogButtonBox:
        """The deed's button, and Cancel."""
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _let_go(self) -> None:
        self.body.setEnabled(True)
        self.go.setEnabled(self.ready())

    def _do(self) -> None:
        with waiting():
            done = self.carry_out()
        if done:
            super().accept()
            self.applied.emit()
