"""The window for the recovery key's page: made to be printed, and never to be kept beside the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from organizer.i18n import _
from organizer.services import reports
from organizer.services.files import File
from organizer.ui.widgets import file_dialog, messages
from organizer.ui.widgets.pdf_dialog import PdfDialog


class RecoverySheet(PdfDialog):
    """Shows the page `data` with the recovery key of the open `file`."""

    meant_for_paper = True

    def __init__(self, data: bytes, file: File, parent: QWidget | None = None) -> None:
        save = partial(reports.save, file)
        super().__init__(data, reports.suggested_name("recovery"), _("Recovery key"), save, parent)
        self._folder = file.path.parent
        self._agreed = False
        self.say(_("Best on paper only. If you save it, keep it somewhere else than the file."))
        self.saved.connect(self._remind)

    def ask_where(self, title: str, name: str, kinds: str) -> Path | None:
        """Where it shall lie; the folder of the file isn't suggested."""
        return file_dialog.save_path(self, title, name, kinds, avoid=self._folder)

    def save_as(self, path: Path) -> None:
        """Save it at `path`; beside the file only if she wants it all the same."""
        if self._agreed or path.parent.resolve() != self._folder.resolve():
            super().save_as(path)
            return
        title = _("Save the recovery key beside the file?")
        text = _("Whoever gets hold of this folder then has both the file and the key that opens it.")
        messages.ask(self, title, text, _("&Save it here anyway"), partial(self._save_beside, path), danger=True)

    def _save_beside(self, path: Path) -> None:
        self._agreed = True
        super().save_as(path)

    def _remind(self, path: Path) -> None:
        text = _("Saved {file}. Once it is printed, delete it, and empty the bin.")
        self.say(text.format(file=path.name))
