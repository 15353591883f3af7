"""A file dropped on the window: a team's goes to the import of the company shown, wherever it is dropped.

Address cards are contacts, and several files at once are when they are dropped on Contacts.
"""

from __future__ import annotations

from collections.abc import Sequence
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

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
"""The endings of the tables that are taken."""

CARDS = (".vcf", ".vcard")
"""The endings of address cards: they are contacts wherever they are dropped."""

_OWN = ("contacts", "products")
"""Pages with an import of their own: there a file that surely is a team's is one, any other is the page's."""


class BringsIn(Protocol):
    """A page that takes files."""

    def bring_in(self, path: Path) -> None:
        """Read the file at `path`, and show what it would change."""
        ...


class Drops(QObject):
    """Takes what is dropped, and nothing while the window is locked or a dialog is open."""

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
        paths = self._paths(drop.mimeData())
        if not paths:
            drop.ignore()
            return True
        drop.setDropAction(Qt.DropAction.CopyAction)
        drop.accept()
        if event.type() == QEvent.Type.Drop:
            # whoever holds the file waits until the drop is over
            QTimer.singleShot(0, self, partial(self.take, *paths))
        return True

    def take(self, path: Path, *more: Path) -> None:
        """Bring in the file at `path`, or several of contacts one after the other."""
        window, context = self._window, self._window.context
        if context is None or window.locked:
            return
        if more or _is_cards(path):
            self._bring_in_contacts([path, *more])
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

    def _bring_in_contacts(self, paths: Sequence[Path]) -> None:
        from organizer.ui.dialogs.contact_import import open_imports

        context = self._window.context
        if context is not None and self._window.navigate("contacts"):
            open_imports(context, paths, self._window)

    def _paths(self, data: QMimeData) -> list[Path]:
        """The files that a drag holds, none for anything else and while nothing can be brought in."""
        urls = data.urls() if self._window.context and not self._window.locked else []
        if not all(url.isLocalFile() for url in urls) or QApplication.activeModalWidget():
            return []
        paths = [Path(url.toLocalFile()) for url in urls]
        if len(paths) > 1 and self._window.key != "contacts" and not all(map(_is_cards, paths)):
            return []
        return paths if all(path.suffix.lower() in (*SUFFIXES, *CARDS) for path in paths) else []


def _is_cards(path: Path) -> bool:
    return path.suffix.lower() in CARDS
