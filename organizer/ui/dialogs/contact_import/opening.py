"""From paths to the dialog: each file is read and compared in the background, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from organizer.services import contact_import
from organizer.services.contact_import import ContactReading
from organizer.ui.context import Context
from organizer.ui.dialogs.contact_import.dialog import ContactImportDialog


def open_import(context: Context, path: Path, parent: QWidget) -> None:
    """Read the file at `path` in the background, then show what it would change."""
    open_imports(context, [path], parent)


def open_imports(context: Context, paths: Sequence[Path], parent: QWidget) -> None:
    """The same for several files: the next is read when the dialog of the one before is closed."""
    if paths:
        rest = partial(open_imports, context, paths[1:], parent)
        come = list[ContactReading]()

        def ended() -> None:
            if come:
                show_reading(context, come[0], parent, paths[0], rest)
            else:
                rest()

        context.run(contact_import.read(paths[0], context.file), come.append, ended)


def show_reading(
    context: Context,
    reading: ContactReading,
    parent: QWidget,
    path: Path | None = None,
    closed: Callable[[], None] | None = None,
) -> None:
    """Compare a reading with everybody in the background, then show what it would change; `closed` comes last."""

    def show(found: contact_import.Matches) -> None:
        dialog = ContactImportDialog(context, reading, found, path, parent)
        if closed:
            dialog.finished.connect(lambda _result: closed())
        dialog.open()

    context.run(contact_import.matches(context.file, reading), show)
