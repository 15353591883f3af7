"""What a list is asked for: how close, or within how many periods; in words, with the number to set."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from organizer.i18n import _
from organizer.services.team_lists import Which
from organizer.ui import theme
from organizer.ui.widgets.boxes import SpinBox
from organizer.ui.widgets.label import Label

_PERCENT = (80, 10, 100, 5)
_NEW = (3, 1, 24, 1)
_SILENT = (2, 1, 24, 1)


class Choices(QStackedWidget):
    """`changed` comes when another number is set."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Which, SpinBox] = {}
        self._places: dict[Which, int] = {}
        self._nothing = self.addWidget(QWidget())
        self._offer(Which.CLOSE, _("At least"), _("percent of everything asked for"), _PERCENT)
        self._offer(Which.NEW, _("Joined in the last"), _("periods"), _NEW)
        self._offer(Which.SILENT, _("No volume in the last"), _("periods"), _SILENT)

    def _offer(self, which: Which, before: str, after: str, numbers: tuple[int, int, int, int]) -> None:
        value, least, most, step = numbers
        box = SpinBox()
        box.setRange(least, most)
        box.setSingleStep(step)
        box.setValue(value)
        box.setKeyboardTracking(False)
        box.setAccessibleName(f"{before} … {after}")
        box.valueChanged.connect(lambda _value: self.changed.emit())
        line = QWidget()
        row = QHBoxLayout(line)
        theme.margins(row)
        for part in (Label(before), box, Label(after)):
            row.addWidget(part)
        row.addStretch(1)
        self.boxes[which] = box
        self._places[which] = self.addWidget(line)

    def show_for(self, which: Which | None) -> None:
        """Show what can be set for a list; nothing for None."""
        self.setCurrentIndex(self._places.get(which, self._nothing) if which else self._nothing)

    def number(self, which: Which) -> int:
        """What is set for a list."""
        return self.boxes[which].value()
