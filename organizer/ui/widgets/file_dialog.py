"""Asking for a file: in one language throughout, and where she last was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget

from organizer.i18n import _

_SIZE, _KIND = 1, 2


class _Last:
    folder: Path | None = None


def open_path(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file that is there. `kinds` are Qt's filters, parted by ;;. None when she changes her mind."""
    dialog = QFileDialog(parent, title, str(_folder()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _asked(dialog, kinds)


def save_path(parent: QWidget, title: str, name: str, kinds: str, avoid: Path | None = None) -> Path | None:
    """Ask where a file called `name` shall lie; Qt asks before another is replaced. None for nowhere.

    A name typed without a suffix gets that of `name`. The folder `avoid` isn't suggested.
    """
    folder = _folder()
    dialog = QFileDialog(parent, title, str(Path.home() if folder == avoid else folder))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return _asked(dialog, kinds)


def ask_folder(parent: QWidget, title: str, start: Path | None, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask for a folder, beginning in `start`, or where she last was; `chosen` gets it when there is one."""
    dialog = QFileDialog(parent, title, str(start or _folder()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    translate(dialog)
    if shown := _table(dialog):
        shown.hideColumn(_SIZE)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def translate(dialog: QFileDialog) -> None:
    """Say what Qt's own dialog leaves in English in some languages."""
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("&Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Files of &type:"))
    if shown := _table(dialog):
        # it says of each folder that it is one, in English
        shown.hideColumn(_KIND)


def _table(dialog: QFileDialog) -> QTreeView | None:
    """The list of Qt's own dialog; a system's dialog has none."""
    return dialog.findChild(QTreeView, "treeView")


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
