"""A window for one finished PDF: look at it, keep a copy, open it elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from organizer.i18n import _, format_number
from organizer.ui import theme
from organizer.ui.widgets import file_dialog, messages
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.pdf_view import PdfView
from organizer.whole_file import write_whole

_SIZE = (860, 640)


class PdfDialog(QDialog):
    """Shows the PDF at `path` under `title`. Raises Refusal when it can't be shown."""

    def __init__(self, path: Path, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.view = PdfView()
        self.view.open(path)
        self._pages = Label(tone="muted")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(*map(theme.scaled, _SIZE))
        self._arrange()
        self.view.page_changed.connect(self._tell_page)
        self._tell_page(self.view.page(), self.view.page_count())
        for keys, slot in (
            (QKeySequence.StandardKey.ZoomIn, self.view.zoom_in),
            (QKeySequence.StandardKey.ZoomOut, self.view.zoom_out),
            (QKeySequence.StandardKey.SaveAs, self.save_copy),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.view.setFocus()

    def save_copy(self) -> QFileDialog:
        """Ask where to, and keep a copy there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Save a copy"), str(Path(folder) / self._path.name), _("PDF files (*.pdf)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        file_dialog.translate(dialog)
        dialog.fileSelected.connect(lambda chosen: self.copy_to(Path(chosen)))
        dialog.open()
        return dialog

    def copy_to(self, target: Path) -> None:
        """Write a copy, whole or not at all; says so when it can't be written, or isn't a name for a PDF."""
        if target.suffix.lower() != ".pdf":
            # whatever lies there is no PDF, and may be her own file
            self._say_not_saved(target, _("Choose a name that ends in .pdf."))
            return
        try:
            write_whole(target, self._path.read_bytes())
        except OSError as error:
            hint = _("The PDF shown here is unchanged. Choose another folder and try again.")
            self._say_not_saved(target, f"{hint}\n\n{error.strerror or error}")

    def _say_not_saved(self, target: Path, detail: str) -> None:
        text = _("The copy could not be saved as {file}.").format(file=target)
        messages.warn(self, _("Save a copy"), text, detail)

    def open_in_viewer(self) -> None:
        """Open the file in the system's own viewer."""
        self._hand_over(self._path)

    def show_in_folder(self) -> None:
        """Open the folder that holds the file."""
        self._hand_over(self._path.parent)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the file."""
        self.view.close_document()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Let go of the file, also on Esc."""
        self.view.close_document()
        super().done(result)

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
        tools.addWidget(button(_("Show in &folder"), self.show_in_folder, icon="folder-open"))
        tools.addWidget(button(_("&Open in viewer"), self.open_in_viewer, icon="external-link"))
        tools.addWidget(button(_("&Save a copy…"), self.save_copy, icon="save", kind="primary"))
        column = QVBoxLayout(self)
        theme.margins(column, spacing=0)
        column.addLayout(tools)
        column.addWidget(self.view, 1)
