"""Every mistake of a plan file that can't be used, each with its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from organizer.domain.result import Message
from organizer.i18n import _, format_number, ngettext, shown
from organizer.ui import theme
from organizer.ui.dialogs.history import close_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_SIZE = (720, 420)


class MistakesDialog(QDialog):
    """What is wrong with `file`, to be read and copied; nothing was stored."""

    def __init__(self, file: str, mistakes: Sequence[Message], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The plan can't be used"))
        self.resize(*map(theme.scaled, _SIZE))
        count = len(mistakes)
        text = ngettext(
            "There is {count} mistake in {file}. Nothing was brought in.",
            "There are {count} mistakes in {file}. Nothing was brought in.",
            count,
        )
        self.told = Label(text.format(count=format_number(count), file=shown(file)), bold=True, wrap=True)
        self.list = QPlainTextEdit("\n\n".join(shown(spoken(mistake)) for mistake in mistakes))
        self.list.setReadOnly(True)
        self.list.setAccessibleName(_("Mistakes"))
        self.list.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
        foot = QHBoxLayout()
        hint = _(
            "Correct the file in a text editor, and bring it in again. The help tells how a plan file is made."
        )
        foot.addWidget(Label(hint, tone="muted", wrap=True), 1)
        foot.addWidget(close_button(self))
        layout.addLayout(foot)
