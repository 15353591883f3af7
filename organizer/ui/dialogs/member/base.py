"""A form with an answer below it; the deed's button works once everything is right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal, Refusal
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label, as_title
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.room import within


class MemberDialog(QDialog):
    """`form` with `problem` below it, Cancel and `go`, which does the deed; parts go into `column`."""

    def __init__(self, title: str, deed: str, width: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(width))
        self.form = Form()
        self.problem = Label(tone="danger", wrap=True)
        self.problem.hide()
        self.go = button(deed, kind="primary")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        theme.margins(self.column, theme.L, spacing=theme.M)
        for part in (self.form, self.problem):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.column.addWidget(box)

    def refuse(self, refusal: Refusal) -> None:
        """Say what stands in the way, at its field where it has one."""
        if not (isinstance(refusal, FieldRefusal) and self.form.show_refusal(refusal)):
            self.problem.setText(spoken(refusal))
            self.problem.show()
        self.grow()

    def grow(self) -> None:
        """Make room for what is said: text that wraps doesn't widen or lengthen a window by itself."""
        self.column.activate()
        needed = max(self.height(), self.column.totalHeightForWidth(self.width()))
        self.resize(within(self, QSize(self.width(), needed)))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: only now it is known how wide the words stand."""
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.width(), 0)  # Qt's guess at wrapped words leaves a gap above the buttons
        self.grow()
