"""Asking for a file: in one language throughout, and where she last was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer.i18n import _


class _Last:
    folder: Path | None = None


def open_path(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file that is there. `kinds` are Qt's filters, parted by ;;. None when she changes her mind."""
    dialog = QFileDialog(parent, title, str(_folder()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _asked(dialog, kinds)


def save_path(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where a file called `name` shall lie; Qt asks before another is replaced. None for nowhere.

    A name typed without a suffix gets that of `name`.
    """
    dialog = QFileDialog(parent, title, str(_folder()))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return _asked(dialog, kinds)


def translate(dialog: QFileDialog) -> None:
    """Say what Qt's own dialog leaves in English in some languages."""
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("&Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Files of &type:"))


def _asked(dialog: QFileDialog, kinds: str) -> Path | None:
    dialog.setNameFilters(kinds.split(";;"))
    translate(dialog)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    if not chosen:
        return None
    path = Path(chosen[0])
    _Last.folder = path.parent
    return path


def _folder() -> Path:
    if _Last.folder and _Last.folder.is_dir():
        return _Last.folder
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
