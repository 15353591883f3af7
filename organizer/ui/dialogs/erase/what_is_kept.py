"""The window for what is kept about somebody: a page to hand over, and the same for a computer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import insight, reports
from organizer.services.insight import Insight
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets import messages
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import as_title
from organizer.ui.widgets.pdf_dialog import PdfDialog


class InsightDialog(PdfDialog):
    """Shows the page `data` about the person `told` is about."""

    def __init__(self, data: bytes, context: Context, told: Insight, parent: QWidget | None = None) -> None:
        title = as_title(_("What is kept about {name}").format(name=told.name))
        save = partial(reports.save, context.file)
        super().__init__(data, _("What is kept") + ".pdf", title, save, parent)
        self._context, self._told = context, told
        self.for_computers = button(_("Save for &computers…"), self.save_data, icon="save")
        self.for_computers.setToolTip(_("The same as a JSON file, which another program can read"))
        column = self.layout()
        if column:
            column.addWidget(self.for_computers)
            column.setAlignment(self.for_computers, Qt.AlignmentFlag.AlignRight)
            column.setContentsMargins(0, 0, theme.M, theme.M)

    def save_data(self) -> None:
        """Ask where to, and save the machine-readable file there."""
        path = self.ask_where(_("Save for computers"), _("What is kept") + ".json", _("JSON files (*.json)"))
        if path:
            self.save_data_as(path)

    def save_data_as(self, path: Path) -> None:
        """Save the machine-readable file at `path`; says so when that can't be."""
        try:
            insight.save_data(self._context.file, self._told, path)
        except Refusal as refusal:
            messages.warn(self, _("Save for computers"), messages.spoken(refusal))
            return
        self.say(_("Saved {file}").format(file=path.name))
