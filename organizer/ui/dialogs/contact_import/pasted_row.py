"""What is asked about names that were pasted: where they are from, and how long they are kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.domain.contact import MAX_TEXT
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.widgets.label import Label

_MANY_YEARS = 10


class PastedRow(QWidget):
    """Source, and a day until which they are kept: a year from today unless another is chosen."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.source = QLineEdit()
        self.source.setMaxLength(MAX_TEXT)
        self.source.setPlaceholderText(_("Guest list of Anne's party 12.11."))
        self.until = QDateEdit(QDate(today.year, today.month, today.day).addYears(1))
        self.until.setMinimumDate(QDate(today.year, today.month, today.day))
        self.until.setMaximumDate(QDate(today.year + _MANY_YEARS, 12, 31))
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat(_short_date())
        self.for_good = QCheckBox(_("Keep for &good"))
        self.for_good.toggled.connect(self.until.setDisabled)
        across = QHBoxLayout()
        across.setSpacing(theme.S)
        for text, widget, stretch in (
            (_("Where the names are &from"), self.source, 1),
            (_("Keep &until"), self.until, 0),
        ):
            label = Label(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            across.addWidget(label)
            across.addWidget(widget, stretch)
        across.addWidget(self.for_good)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        column.addLayout(across)
        reminder = _(
            "Did somebody else give you these names? Then tell each of them that you have their data and where it is "
            "from: when you first write or call, and within a month at the latest (GDPR article 14)."
        )
        column.addWidget(Label(reminder, tone="muted", wrap=True))

    def expires(self) -> date | None:
        """The day until which they are kept, None for good."""
        day = self.until.date()
        return None if self.for_good.isChecked() else date(day.year(), day.month(), day.day())


def _short_date() -> str:
    """Day, month and whole year in the order of the user's language."""
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")
