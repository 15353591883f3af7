"""What is asked about names that were pasted: where they are from, and how long they are kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.domain.contact import MAX_TEXT
from organizer.i18n import _, format_date, parse_date
from organizer.services.contact_import import in_a_year
from organizer.ui import theme
from organizer.ui.widgets.label import Label


class PastedRow(QWidget):
    """Source, and a day until which they are kept: a year from today unless another is chosen.

    `changed` follows what is typed.
    """

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.source, self.until = QLineEdit(), QLineEdit(format_date(in_a_year(today)))
        self.source.setMaxLength(MAX_TEXT)
        self.source.setPlaceholderText(_("Guest list of Anne's party 12.11."))
        self.until.setMaximumWidth(theme.scaled(130))
        self.for_good = QCheckBox(_("Keep for &good"))
        self.problem = Label(tone="danger", wrap=True)
        self.problem.hide()
        self.for_good.toggled.connect(self.until.setDisabled)
        self.for_good.toggled.connect(self._on_changed)
        self.until.textChanged.connect(self._on_changed)
        self._arrange()

    def is_sound(self) -> bool:
        """False while the day is none, or is over."""
        try:
            day = self.expires()
        except ValueError:
            return False
        return day is None or day >= self._today

    def expires(self) -> date | None:
        """The day until which they are kept, None for good. Raises ValueError for what is no day."""
        return None if self.for_good.isChecked() else parse_date(self.until.text())

    def _on_changed(self) -> None:
        sound = self.is_sound()
        self.problem.setText(
            ""
            if sound
            else _("Write a day from today on, such as {day}.").format(day=format_date(in_a_year(self._today)))
        )
        self.problem.setVisible(not sound)
        self.changed.emit()

    def _arrange(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(theme.S)
        pairs = ((_("Where the names are &from"), self.source, 1), (_("Keep &until"), self.until, 0))
        for text, widget, stretch in pairs:
            label = Label(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            across.addWidget(label)
            across.addWidget(widget, stretch)
        across.addWidget(self.for_good)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.addLayout(across)
        column.addWidget(self.problem)
        reminder = _(
            "Did somebody else give you these names? Then tell each of them that you have their data and where it "
            "is from: when you first write or call, and within a month at the latest (GDPR article 14)."
        )
        column.addWidget(Label(reminder, tone="muted", wrap=True))
