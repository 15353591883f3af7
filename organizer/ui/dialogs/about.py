"""Which version this is, and what it is made of."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QComboBox, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from organizer import __version__
from organizer.i18n import _
from organizer.resource_files import resource
from organizer.ui import theme
from organizer.ui.dialogs.history import close_button
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label

PARTS = (
    ("Qt, PySide6", "LGPL-3.0-only"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("SQLite", "public domain"),
    ("SQLCipher", "BSD-3-Clause"),
    ("sqlcipher3", "Zlib"),
    ("ReportLab", "BSD-3-Clause"),
    ("Babel", "BSD-3-Clause"),
    ("pypdfium2, PDFium", "BSD-3-Clause, Apache-2.0"),
    ("platformdirs, filelock, zxcvbn", "MIT"),
    ("Noto Sans", "OFL-1.1"),
    ("Lucide", "ISC"),
)
"""What the program is built with, each with its licence's short name."""


class AboutDialog(QDialog):
    """Name, version, and the licences to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Organizer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 520)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.XL, spacing=theme.M)
        layout.addWidget(Label("Organizer", size="title"))
        version = _("Version {version}, with Qt {qt}").format(version=__version__, qt=qVersion())
        layout.addWidget(Label(version, tone="muted", selectable=True))
        layout.addWidget(Label(_("Works without the internet. Your data stays in your own file."), wrap=True))
        layout.addWidget(self._licences())
        layout.addWidget(self.text, 1)
        layout.addWidget(close_button(self))

    def _licences(self) -> QComboBox:
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Licence"))
        self.choice = ComboBox()
        self.choice.setAccessibleName(_("Licence"))
        self.choice.addItem(_("What Organizer is built with"), "")
        for path in sorted(resource("licences").glob("*.txt")):
            self.choice.addItem(_("Licence of {part}").format(part=path.stem.replace("-", " ").title()), str(path))
        self.choice.currentIndexChanged.connect(self._show)
        self._show()
        return self.choice

    def _show(self) -> None:
        chosen = self.choice.currentData()
        if chosen:
            self.text.setPlainText(Path(chosen).read_text(encoding="utf-8"))
        else:
            self.text.setPlainText("\n".join(f"{part}: {licence}" for part, licence in PARTS))
