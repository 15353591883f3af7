"""Names to be pasted or typed, one a line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import contact_import
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.contact_import.opening import show_reading
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.room import fit


def open_paste(context: Context, parent: QWidget, text: str = "") -> None:
    """Ask for names, with `text` as a beginning, then show what they would change."""
    PasteDialog(context, text, parent).open()


class PasteDialog(QDialog):
    """Says while she types how many people it reads."""

    def __init__(self, context: Context, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._parent = context, parent
        self.setWindowTitle(_("Paste names"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, 560, 420)
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(_("Names, one a line"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("Anna Berg, +45 12 34 56 78\nBo Holm bo@example.com")
        self.found = Label(tone="muted", wrap=True)
        self.go = button(_("&Go on"), kind="primary")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        about = _("One person a line: the name, and if you have them, phone and e-mail.")
        column.addWidget(Label(about, wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.found)
        column.addWidget(box)
        self.text.textChanged.connect(self._read)
        self._read()

    def accept(self) -> None:
        """Show what the names would change."""
        super().accept()
        show_reading(self._context, self.reading, self._parent)

    def _read(self) -> None:
        self.reading = contact_import.read_pasted_names(self.text.toPlainText())
        count = len(self.reading.records)
        told = [ngettext("{count} person", "{count} people", count).format(count=format_number(count))]
        told += [
            _("Line {row} names nobody: {text}").format(row=format_number(one.row), text=one.subject)
            for one in self.reading.problems
            if not one.kept
        ][:3]
        self.found.setText("\n".join(told))
        self.go.setEnabled(bool(count))
