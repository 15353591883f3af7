"""From a path to the dialog: a team file is read in the background, then shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import imports
from organizer.services.imports import TeamReading
from organizer.ui.context import Context
from organizer.ui.dialogs.team_import.dialog import TeamImportDialog
from organizer.ui.window_drops import SUFFIXES

Shown = Callable[[Company, Period], object]
"""Told for which company and period a file has gone in."""


def kinds() -> str:
    """The filters of a file dialog, as Qt writes them."""
    tables = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    return f"{_('Tables and spreadsheets')} ({tables});;{_('All files')} (*)"


def read(context: Context, company: Company, path: Path, parent: QWidget, shown: Shown) -> None:
    """Read the file at `path` for `company` in the background, then show what it would change.

    `shown` is called when it has gone in: she may look at another company by then.
    """
    job = imports.read_team_file(path, company, context.file, by_hand=True)
    context.run(job, lambda reading: show(context, company, path, reading, parent, shown))


def show(
    context: Context, company: Company, path: Path, reading: TeamReading, parent: QWidget, shown: Shown
) -> None:
    """Show what a file that is read already would change."""
    try:
        dialog = TeamImportDialog(context, company, path, reading, parent)
    except Refusal as refusal:
        context.warn(refusal)
        return
    dialog.applied.connect(lambda: shown(dialog.session.company, dialog.chosen()))
    dialog.open()
