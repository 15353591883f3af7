"""A team file's dialog, for whoever imports with the hands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from organizer.services import imports
from organizer.ui.context import Context
from organizer.ui.dialogs.team_import import TeamImportDialog

DATA = Path(__file__).parent.parent / "data"


def opened(context: Context, host: QWidget, path: Path) -> TeamImportDialog:
    """The dialog of the file at `path`, as it comes after a drop."""
    assert context.company is not None
    reading = imports.read_team_file(path, context.company, context.file).now()
    dialog = TeamImportDialog(context, context.company, path, reading, host)
    dialog.open()
    return dialog


def written(folder: Path, *rows: str, name: str = "team.csv") -> Path:
    """A CSV file of these lines."""
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def shown(dialog: TeamImportDialog) -> list[tuple[str, ...]]:
    """The changes that are shown now: what, who, details."""
    model = dialog.changes.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(1, model.columnCount()))
        for row in range(model.rowCount())
    ]


def do_import(dialog: TeamImportDialog, qtbot: QtBot) -> None:
    """Press the button, and wait until all is done."""
    with qtbot.waitSignal(dialog.applied, timeout=20_000):
        dialog.go.click()
