"""One person's data: told, taken along, erased; and whom there is no reason to keep."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from organizer.services import erasing, insight
from organizer.ui.context import Context

__all__ = ["open_erase", "open_insight", "open_unneeded"]


def open_insight(context: Context, person_id: int, parent: QWidget) -> None:
    """Show all that is kept about a person, to be printed and saved."""
    from organizer.ui.dialogs.erase.what_is_kept import InsightDialog

    told = context.deed(lambda: insight.gather(context.file, person_id))
    if told:
        job = insight.report(context.file, told)
        context.run(job, lambda data: InsightDialog(data, context, told, parent).open())


def open_erase(context: Context, person_id: int, parent: QWidget) -> None:
    """Say what erasing a person would do, and do it if that is wanted."""
    from organizer.ui.dialogs.erase.erase import EraseDialog

    before = context.deed(lambda: erasing.before(context.file, person_id))
    if before:
        EraseDialog(context, before, parent).open()


def open_unneeded(context: Context, parent: QWidget) -> None:
    """Show whom there is no reason to keep."""
    from organizer.ui.dialogs.erase.unneeded import UnneededDialog

    UnneededDialog(context, parent).open()
