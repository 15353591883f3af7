"""What the dialogs about a list share: what it is for, how many that leaves, and who is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import contact_list_reports
from organizer.services.contact_list_reports import Channel, Purpose, Ready
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import ToolButton, button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.room import within

_WIDTH, _LEFT_OUT, _LEFT_OUT_LEAST = 540, 150, 60
_MOST_SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whom it is about: which list, in words, and their ids in its order."""

    words: str
    ids: Sequence[int]


class ListDialog(QDialog):
    """Asks what a list is for before anything is made of it: nothing is chosen beforehand."""

    def __init__(
        self, context: Context, sheet: Sheet, channel: Channel, title: str, deed: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.context, self.sheet, self._channel = context, sheet, channel
        self.ready = Ready()
        self.form = Form()
        self.purpose = ComboBox()
        self.purpose.addItem(_("Choose…"), None)
        for purpose, text in _purposes():
            self.purpose.addItem(text, purpose.value)
        self.form.add("purpose", _("What is it &for?"), self.purpose, _rule(channel))
        self.told = Label(bold=True, wrap=True)
        self.toggle = ToolButton()
        self.toggle.setCheckable(True)
        theme.set_style(self.toggle, toggle=True)
        self.left_out = QListWidget()
        self.left_out.setAccessibleName(_("Who is left out"))
        self.left_out.setWordWrap(True)
        self.left_out.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.left_out.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.left_out.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left_out.setMinimumHeight(theme.scaled(_LEFT_OUT_LEAST))
        self.left_out.setMaximumHeight(theme.scaled(_LEFT_OUT))
        self.go = button(deed, kind="primary")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.ask()
        self._arrange()
        self.purpose.currentIndexChanged.connect(lambda: self.look())
        self.toggle.toggled.connect(self._show_left_out)
        self.look()

    def ask(self) -> None:
        """Add further fields to the form."""

    def chosen(self) -> Purpose | None:
        """What it is for, None while nothing is chosen."""
        told = self.purpose.currentData()
        return None if told is None else Purpose(told)

    def look(self) -> None:
        """Find who may be reached for what is chosen, and say so."""
        purpose = self.chosen()
        found = None
        if purpose is not None:
            file = self.context.file
            found = self.context.deed(
                lambda: contact_list_reports.ready(file, self.sheet.ids, purpose, self._channel)
            )
        self.ready = found or Ready()
        self._say(asked=found is not None)

    def words(self, count: int) -> str:
        """What becomes of so many people."""
        return ngettext("{count} contact", "{count} contacts", count).format(count=format_number(count))

    def _say(self, *, asked: bool) -> None:
        count, out = len(self.ready.ids), len(self.ready.left_out)
        self.told.setText(
            self.words(count) if asked else _("Choose what it is for: that decides who may be on it.")
        )
        text = ngettext("{count} left out: who and why", "{count} left out: who and why", out)
        self.toggle.setText(text.format(count=format_number(out)))
        self.toggle.setVisible(bool(out))
        self.left_out.clear()
        for one in self.ready.left_out[:_MOST_SHOWN]:
            self.left_out.addItem(f"{one.name}: {spoken(one.reason)}")
        if out > _MOST_SHOWN:
            self.left_out.addItem(_("and {count} more").format(count=format_number(out - _MOST_SHOWN)))
        self._show_left_out(self.toggle.isChecked())
        self.go.setEnabled(asked and count > 0)

    def _show_left_out(self, shown: bool) -> None:
        self.left_out.setVisible(shown and bool(self.ready.left_out))
        self._column.activate()
        self.resize(within(self, QSize(self.width(), self._column.totalHeightForWidth(self.width()))))

    def _arrange(self) -> None:
        ends = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        ends.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        ends.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        ends.accepted.connect(self.accept)
        ends.rejected.connect(self.reject)
        self._column = QVBoxLayout(self)
        theme.margins(self._column, theme.L, spacing=theme.M)
        for part in (Label(self.sheet.words, tone="muted", wrap=True), self.form, self.told):
            self._column.addWidget(part)
        self._column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.left_out)
        self.finish(self._column)
        self._column.addStretch(1)
        self._column.addWidget(ends)

    def finish(self, column: QVBoxLayout) -> None:
        """Add what stands below, above the buttons."""


def _purposes() -> list[tuple[Purpose, str]]:
    return [
        (Purpose.OFFER, _("An offer")),
        (Purpose.INVITATION, _("An invitation")),
        (Purpose.BUSINESS, _("The business")),
        (Purpose.SERVICE, _("An order, or something else that sells nothing")),
    ]


def _rule(channel: Channel) -> str:
    return {
        Channel.PHONE: _("Calls that sell or invite go only to those who agreed to calls and haven't said no."),
        Channel.POST: _("Letters that sell or invite go only to those who agreed to letters and haven't said no."),
    }.get(channel, _("E-mails that sell or invite go only to those who agreed to e-mail and haven't said no."))
