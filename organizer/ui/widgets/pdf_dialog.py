"""A window for one finished PDF: look at it in memory, print it, save it, open what was saved elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _, format_number
from organizer.ui import theme
from organizer.ui.widgets import file_dialog, messages
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label, OneLine
from organizer.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    # only needed once she prints
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from organizer.ui.widgets.printing import Printing

_SIZE = (860, 640)
_FRAME = 40
"""What the title bar takes of the screen, in pixels at 100 %."""

Save = Callable[[bytes, Path], object]
"""Writes a PDF to a place. Raises Refusal where that can't be done."""


class PdfDialog(QDialog):
    """Shows the PDF `data` under `title`; `name` is suggested when she saves it. Raises Refusal when it is no PDF.

    The program writes nothing to the disk before `save` is called with the place she chose. Printing hands the
    pages to the system, whose print queue may.
    """

    saved = Signal(Path)
    printed = Signal(bool)
    """Printing is over: True when every page went to the printer."""

    meant_for_paper = False
    """True where printing is what she should do, and saving the exception."""

    def __init__(self, data: bytes, name: str, title: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: bytes | None = data
        self._name, self._save = name, save
        self._path: Path | None = None
        self._printing: Printing | None = None
        self.view = PdfView()
        self.view.open(data, name)
        self._where = OneLine(_("Only shown: nothing is on the disk until you save it."), tone="muted")
        self._pages = Label(tone="muted")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        room = self.screen().availableGeometry().size() - QSize(0, theme.scaled(_FRAME))
        self.resize(QSize(*map(theme.scaled, _SIZE)).boundedTo(room))
        self._arrange()
        self.view.page_changed.connect(self._tell_page)
        self._tell_page(self.view.page(), self.view.page_count())
        for keys, slot in (
            (QKeySequence.StandardKey.ZoomIn, self.view.zoom_in),
            (QKeySequence.StandardKey.ZoomOut, self.view.zoom_out),
            (QKeySequence.StandardKey.SaveAs, self.save),
            (QKeySequence.StandardKey.Print, self.print),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.view.setFocus()

    def save(self) -> None:
        """Ask where to, and save it there."""
        path = self.ask_where(_("Save as PDF"), self._name, _("PDF files (*.pdf)"))
        if path:
            self.save_as(path)

    def ask_where(self, title: str, name: str, kinds: str) -> Path | None:
        """Where it shall lie; None for nowhere."""
        return file_dialog.save_path(self, title, name, kinds)

    def say(self, text: str) -> None:
        """Say something below the page."""
        self._where.say(text)

    def save_as(self, path: Path) -> None:
        """Save it at `path`; says so when that can't be."""
        if self._data is None:  # she closed it while she was asked where to
            return
        try:
            self._save(self._data, path)
        except Refusal as refusal:
            messages.warn(self, _("Save as PDF"), messages.spoken(refusal))
            return
        self._path = path
        self._where.say(_("Saved {file}").format(file=path.name))
        for follows in self._on_saved:
            follows.setEnabled(True)
        self.saved.emit(path)

    def print(self) -> QPrintDialog:
        """Ask for a printer, and print from memory. The system's print queue may write the pages to the disk."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("Organizer"))  # stands in the printer's queue for all to see
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setMinMax(1, max(self.view.page_count(), 1))
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # its own open() wants a slot
        return dialog

    def print_on(self, printer: QPrinter) -> None:
        """Print every page, or those that she chose, on `printer`."""
        from organizer.ui.widgets.printing import Printing

        if self._data is None or self._printing:
            return
        self._printing = Printing(printer, self.view.page_count(), self.view.image, self)
        self._printing.printed.connect(self._tell_printed)
        self._printing.ended.connect(self._end_printing)
        self._print.setEnabled(False)
        self._printing.start()

    def _tell_printed(self, page: int) -> None:
        self._where.say(_("Page {page} is on its way to the printer.").format(page=format_number(page)))

    def _end_printing(self, whole: bool) -> None:
        if self._printing:
            self._printing.deleteLater()
            self._printing = None
        self._print.setEnabled(True)
        self._where.say(
            _("Sent to the printer.") if whole else _("The printer didn't take it. Nothing was saved.")
        )
        self.printed.emit(whole)

    def open_in_viewer(self) -> None:
        """Open the saved file in the system's own viewer."""
        if self._path:
            self._hand_over(self._path)

    def show_in_folder(self) -> None:
        """Open the folder that holds the saved file."""
        if self._path:
            self._hand_over(self._path.parent)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the PDF."""
        self._let_go()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Let go of the PDF, also on Esc."""
        self._let_go()
        super().done(result)

    def _let_go(self) -> None:
        if self._printing:
            self._printing.stop()
        self.view.close_document()
        self._data = None

    def _hand_over(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = _("No other program here could open it. The file lies at {path}.").format(path=path)
            messages.tell(self, self.windowTitle(), text)

    def _tell_page(self, page: int, count: int) -> None:
        numbers = {"page": format_number(page), "count": format_number(count)}
        self._pages.setText(_("Page {page} of {count}").format(**numbers))

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        theme.margins(tools, theme.M, theme.S, spacing=theme.XS)
        tools.addWidget(self._pages)
        tools.addSpacing(theme.L)
        tools.addWidget(icon_button("zoom-out", _("Smaller"), self.view.zoom_out))
        tools.addWidget(icon_button("zoom-in", _("Larger"), self.view.zoom_in))
        tools.addWidget(icon_button("move-horizontal", _("Fit width"), self.view.fit_width))
        tools.addStretch()
        tools.setSpacing(theme.S)
        self._on_saved = [
            button(_("Show in &folder"), self.show_in_folder, icon="folder-open"),
            button(_("&Open in viewer"), self.open_in_viewer, icon="external-link"),
        ]
        for follows in self._on_saved:
            follows.setEnabled(False)
            tools.addWidget(follows)
        first, second = ("primary", "default") if self.meant_for_paper else ("default", "primary")
        self._print = button(_("&Print…"), self.print, icon="printer", kind=first)
        tools.addWidget(self._print)
        tools.addWidget(button(_("&Save…"), self.save, icon="save", kind=second))
        column = QVBoxLayout(self)
        theme.margins(column, spacing=0)
        column.addLayout(tools)
        column.addWidget(self.view, 1)
        below = QHBoxLayout()
        theme.margins(below, theme.M, theme.S)
        below.addWidget(self._where)
        below.addStretch()
        column.addLayout(below)
