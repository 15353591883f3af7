"""Which of the people in a team's file is the user herself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.dialogs.picker import Picker
from organizer.ui.widgets.boxes import ComboBox

_FEW = 12
"""So many fit in a list that opens; more are searched."""

_WIDTH = 320


class WhoAmI(QWidget):
    """`people` are (number, name) pairs. `chosen(number)` follows what she says; "" while it is nobody."""

    chosen = Signal(str)

    def __init__(self, people: Sequence[tuple[str, str]], me: str) -> None:
        super().__init__()
        self._numbers = [number for number, _name in people]
        shown = [f"{name} ({number})" if name else number for number, name in people]
        place = self._numbers.index(me) if me in self._numbers else -1
        self.field = self._list(shown, place) if len(people) <= _FEW else self._search(shown, place)
        self.field.setAccessibleName(_("Which of the people in the file is you"))
        self.setFocusProxy(self.field)
        theme.margins(layout := QHBoxLayout(self))
        layout.addWidget(self.field)

    def number(self) -> str:
        """Her number, "" while nobody is chosen."""
        place = self.field.currentIndex() if isinstance(self.field, QComboBox) else self.field.chosen() - 1
        return self._numbers[place] if place >= 0 else ""

    def _list(self, shown: Sequence[str], place: int) -> QComboBox | Picker:
        box = ComboBox()
        box.addItems(shown)
        box.setCurrentIndex(place)
        box.currentIndexChanged.connect(self._tell)
        return box

    def _search(self, shown: Sequence[str], place: int) -> QComboBox | Picker:
        # a picker's ids begin at 1: its 0 is nobody
        picker = Picker(list(enumerate(shown, 1)), "", _("Search name or number"))
        picker.choose(place + 1)
        picker.setCursorPosition(0)
        picker.setMinimumWidth(theme.scaled(_WIDTH))
        picker.picked.connect(self._tell)
        return picker

    def _tell(self) -> None:
        self.chosen.emit(self.number())
