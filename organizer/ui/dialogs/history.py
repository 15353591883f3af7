"""Everything that was done, newest first."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from organizer.i18n import _, format_date
from organizer.services import files
from organizer.services.files import Deed
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.preview_table import PreviewTable


class HistoryDialog(QDialog):
    """The deeds that the file remembers, with those taken back. It follows while it is open."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(_("What you did"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 480)
        self.table = PreviewTable(_("What you did, newest first"))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        text = _("The newest is on top. Undo takes back one after the other, from the top.")
        layout.addWidget(Label(text, tone="muted", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addWidget(close_button(self))
        context.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        rows = [_row(deed) for deed in files.deeds(self._context.file)]
        self.table.set_rows((_("When"), _("What"), ""), rows)


def _row(deed: Deed) -> tuple[str, str, str]:
    at = datetime.fromisoformat(deed.at)
    when = f"{format_date(at)} {at:%H:%M}"
    return when, files.deed_name(deed), _("taken back") if deed.undone else ""


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """The row with Close at the foot of a dialog that only shows something."""
    box = QDialogButtonBox()
    close = box.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    close.setDefault(True)
    box.rejected.connect(dialog.reject)
    return box
