"""What the window asks of every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services.jobs import Job
from organizer.ui.context import Context
from organizer.ui.widgets import file_dialog


class Page(QWidget):
    """One page of the rail. `offers` names the menu deeds that it answers to; the others are greyed out.

    Names: "new", "delete", "import", "export", "report", "find".
    """

    key: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    offers: ClassVar[frozenset[str]] = frozenset()
    tables: ClassVar[frozenset[str]] = frozenset()
    """The tables that the page shows: `refresh` runs when a deed touched one of them."""

    stayed_unread = Signal()
    """It was to be shown and couldn't be read: `unread` says why."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._stale = False
        self.unread: Refusal | None = None
        """Why this page couldn't be read when it was to be shown; whoever turned to it turns back."""
        context.changed.connect(self._on_changed)
        context.company_changed.connect(self._refresh_when_shown)

    def title(self) -> str:
        """The page's name in the rail and the window's title."""
        raise AssertionError("every page has a title")

    def refresh(self) -> None:
        """Read everything shown anew, keeping selection and scroll place where they still exist."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes when the page is turned to, None for the first thing on it."""
        return self.focusProxy()

    def show_item(self, id_: int) -> None:
        """Select the thing with this id."""

    def shown_item(self) -> int:
        """The id of the thing that `show_item` would bring back, 0 for none."""
        return 0

    def perform(self, deed: str) -> None:
        """Answer to one of the deeds in `offers`: calls the method of that name (`new_item`, `delete_items`,
        `import_file`, `export_file`, `make_report`, `find`)."""
        methods = {"new": "new_item", "delete": "delete_items", "import": "import_file"}
        methods |= {"export": "export_file", "report": "make_report"}
        getattr(self, methods.get(deed, deed))()

    def ask_open_path(self, title: str) -> Path | None:
        """Ask for a file to import; None when she changes her mind."""
        kinds = _("Tables (*.csv *.txt *.tsv);;All files (*)")
        return file_dialog.open_path(self, title, kinds)

    def ask_save_path(self, title: str, name: str, kind: str) -> Path | None:
        """Ask where a file called `name` shall lie; None when she changes her mind."""
        return file_dialog.save_path(self, title, name, kind)

    def report(self, name: str, title: str, job: Callable[[], Job[bytes]]) -> None:
        """Make a PDF in the background and show it under `title`; it is saved only if she says so, as `name`."""
        # gathering what the PDF shows may be refused already
        ready = self.context.deed(job)
        if ready:
            self.context.run(ready, lambda made: self._show_pdf(made, name, title))

    def _show_pdf(self, data: bytes, name: str, title: str) -> None:
        # imported when needed: the window shall stand before the PDF libraries do
        from organizer.services import reports
        from organizer.ui.widgets.pdf_dialog import PdfDialog

        dialog = PdfDialog(data, name, title, partial(reports.save, self.context.file), self)
        dialog.saved.connect(lambda path: self.context.answered.emit(_("Saved {file}").format(file=path), False))
        dialog.open()

    def leave(self) -> bool:
        """Store what is typed here, before the page is hidden or goes.

        False when something can't be stored: it stays where it was typed, with what is wrong beside it, and the
        next `leave` tries again.
        """
        return True

    def forget(self) -> None:
        """Let go of what is typed here and couldn't be stored: she has pressed Undo."""

    def close_down(self) -> None:
        """The page goes, and perhaps the file with it: nothing may be read or shown here any more."""

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: catch up with what happened while another page was shown."""
        super().showEvent(event)
        if self._stale:
            try:
                self._refresh_when_shown()
            except Refusal as refusal:
                # let out of here, it would surface in whatever Qt calls next
                self._stale, self.unread = True, refusal
                self.stayed_unread.emit()

    def _on_changed(self, touched: frozenset[str]) -> None:
        if touched & self.tables:
            self._refresh_when_shown()

    def _refresh_when_shown(self) -> None:
        self._stale = not self.isVisible()
        if not self._stale:
            self.refresh()
