"""A dialog with long work of its own, and its own line for answers: the window's lies behind it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from organizer.ui.context import Context
from organizer.ui.tasks import Tasks
from organizer.ui.widgets.answer_bar import AnswerBar


class WorkingDialog(QDialog):
    """Put `answers` at the foot. What runs in `tasks` is stopped when the dialog closes."""

    def __init__(self, context: Context | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.tasks = Tasks(self)
        self.answers = AnswerBar(self.tasks)
        if context:
            context.warned.connect(self.answers.warn)
            context.answered.connect(self.answers.answer)

    def done(self, result: int) -> None:
        """Qt's: the dialog closes, however it is left."""
        self.tasks.shutdown()
        if self.context:
            self.context.warned.disconnect(self.answers.warn)
            self.context.answered.disconnect(self.answers.answer)
            self.context = None
        super().done(result)


def today(context: Context | None) -> date:
    """The day it is, by the file's clock if one is open."""
    return context.file.clock().date() if context else datetime.now().astimezone().date()
