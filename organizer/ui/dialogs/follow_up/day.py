"""A day, chosen by name or written as a date."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.i18n import _, format_date, parse_date
from organizer.ui import theme
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.widgets.boxes import ComboBox

_OTHER, _NONE = "other", "none"
_SOON = (0, 1, 3, 7, 14)
_WIDTH = 360


class DayField(QWidget):
    """`changed` follows what is chosen and written. `may_lack` offers to have no day."""

    changed = Signal()

    def __init__(self, today: date, name: str, *, may_lack: bool = False) -> None:
        super().__init__()
        self._today = today
        self.box = ComboBox()
        self.box.setAccessibleName(name)
        names = (_("Today"), _("Tomorrow"), _("In three days"), _("In a week"), _("In two weeks"))
        for text, days in zip(names, _SOON, strict=True):
            self.box.addItem(text, today + timedelta(days=days))
        self.box.addItem(_("On a date…"), _OTHER)
        if may_lack:
            self.box.addItem(_("No day"), _NONE)
        self.text = QLineEdit()
        self.text.setAccessibleName(_("Date"))
        self.text.setPlaceholderText(_("15.02.2026"))
        row = QHBoxLayout(self)
        theme.margins(row, spacing=theme.S)
        row.addWidget(self.box, 1)
        row.addWidget(self.text, 1)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._on_chosen)
        self.text.textEdited.connect(lambda _text: self.changed.emit())
        self.set_day(today)

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        # Qt's own search doesn't know a day of Python's
        offered = [self.box.itemData(place) for place in range(self.box.count())]
        wanted = _NONE if day is None else day
        if wanted in offered:
            place = offered.index(wanted)
        else:
            place = offered.index(_OTHER)
            self.text.setText(format_date(day))
        self.box.setCurrentIndex(place)
        self.text.setVisible(self.box.currentData() == _OTHER)

    def write(self) -> None:
        """Ask for a date, ready to be written."""
        self.box.setCurrentIndex(self.box.findData(_OTHER))
        self.text.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def day(self, field: str = "due") -> date | None:
        """The day, None for none. Raises FieldRefusal for `field` where what is written is no date."""
        chosen = self.box.currentData()
        if chosen == _NONE:
            return None
        if chosen != _OTHER:
            assert isinstance(chosen, date)  # noqa: S101 - the rest of the box holds days
            return chosen
        try:
            return parse_date(self.text.text())
        except ValueError:
            text = self.text.text().strip() or "–"
            message = Message("{text} is not a date. Write it like 15.02.2026.", {"text": text})
            raise FieldRefusal(field, message) from None

    def _on_chosen(self) -> None:
        if self.box.currentData() == _OTHER:
            self.write()
        else:
            self.text.hide()
        self.changed.emit()


class DayDialog(MemberDialog):
    """Asks for a day to come; `chosen(day)` tells it."""

    chosen = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Later"), _("&Plan it"), _WIDTH, parent)
        self._today = today
        self.day = DayField(today, _("When"))
        self.form.add("due", _("&When"), self.day)
        self.day.write()

    def accept(self) -> None:
        """Tell the day, if it is one."""
        self.form.clear_errors()
        try:
            day = self.day.day()
            if day is None or day < self._today:
                raise FieldRefusal("due", Message("This day has passed."))
        except Refusal as refusal:
            self.refuse(refusal)
            return
        super().accept()
        self.chosen.emit(day)
