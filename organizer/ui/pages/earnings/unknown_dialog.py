"""Those whose figures nobody knows, and which figures those are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from organizer.i18n import _, language
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.pages.earnings.summary import unknown_words
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.preview_table import PreviewTable


class UnknownDialog(QDialog):
    """The members that an estimate leaves out. `member_asked(id)` names one to be shown in the team."""

    member_asked = Signal(int)

    def __init__(self, estimate: Estimate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = [estimate.team.ids[member] for member in estimate.unknown]
        self.setWindowTitle(_("Whose figures aren't known"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.scaled(620), theme.scaled(460))
        self.table = PreviewTable(_("Members with an unknown figure"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        names = {volume.id: volume.name.in_language(language()) for volume in estimate.plan.volumes}
        rows = [
            (estimate.name_of(member), estimate.team.numbers[member], ", ".join(names[one] for one in volumes))
            for member, volumes in estimate.unknown.items()
        ]
        self.table.set_rows((_("Name"), _("Number"), _("Not known")), rows)
        self.table.doubleClicked.connect(self.go)
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        told = _("Unknown is not zero. Write a figure on the Team page, or bring in a file that has it.")
        column.addWidget(Label(f"{unknown_words(len(rows))} {told}", wrap=True))
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(button(_("&Show in the team"), self.go, kind="primary"))
        row.addStretch(1)
        row.addWidget(button(_("&Close"), self.reject))
        column.addLayout(row)
        if rows:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Show the chosen member in the team."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._ids):
            self.accept()
            self.member_asked.emit(self._ids[row])
