"""A file dropped on the window: a team's goes to the import of the company shown, wherever it is dropped."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from organizer.i18n import _

if TYPE_CHECKING:
    from organizer.services.imports import TeamReading
    from organizer.ui.main_window import MainWindow

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".vcf", ".vcard")
"""The endings of the files that are taken."""

_OWN = ("contacts", "products")
"""Pages with an import of their own: there a file that surely is a team's is one, any other is the page's."""


class BringsIn(Protocol):
    """A page that takes files."""

    def bring_in(self, path: Path) -> None:
        """Read the file at `path`, and show what it would change."""
        ...


class Drops(QObject):
    """Takes one file at a time, and nothing while the window is locked or a dialog is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: accept a drag that holds a file to bring in, and bring it in when it is dropped."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        drop = cast(QDropEvent, event)
        path = self._path(drop.mimeData())
        if path is None:
            drop.ignore()
            return True
        drop.setDropAction(Qt.DropAction.CopyAction)
        drop.accept()
        if event.type() == QEvent.Type.Drop:
            # whoever holds the file waits until the drop is over
            QTimer.singleShot(0, self, partial(self.take, path))
        return True

    def take(self, path: Path) -> None:
        """Bring in the file at `path`."""
        window, context = self._window, self._window.context
        if context is None or window.locked:
            return
        page = window.page()
        if window.key not in _OWN or page is None:
            self._bring_in(path)
        elif context.company is None:
            cast(BringsIn, page).bring_in(path)
        else:
            from organizer.services import imports

            job = imports.read_team_file(path, context.company, context.file)
            own = partial(cast(BringsIn, page).bring_in, path)
            context.tasks.run(job.title, job.work, partial(self._on_read, path, own), lambda _refusal: own())

    def _on_read(self, path: Path, own: partial[None], reading: TeamReading) -> None:
        if reading.sure:
            self._bring_in(path)
        else:
            own()

    def _bring_in(self, path: Path) -> None:
        context = self._window.context
        if context is not None and context.company is None:
            context.warned.emit(_("Before a team can be brought in, add the company you sell for in Settings."))
        elif self._window.navigate("team"):
            cast(BringsIn, self._window.page()).bring_in(path)

    def _path(self, data: QMimeData) -> Path | None:
        """The one file that a drag holds, None for anything else and while nothing can be brought in."""
        urls = data.urls() if self._window.context and not self._window.locked else []
        if len(urls) != 1 or not urls[0].isLocalFile() or QApplication.activeModalWidget():
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() in SUFFIXES else None
