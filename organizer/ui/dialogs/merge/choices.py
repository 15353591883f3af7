"""What two cards differ in, a row for each, chosen left or right; and what both bring, with a tick for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from organizer.domain.contact import Contact
from organizer.i18n import _
from organizer.services.merging import LISTS, NOTES, Difference, Side
from organizer.ui import theme
from organizer.ui.dialogs.merge import words
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label

_MOST_SHOWN = 280
"""So much of a note is shown; all of it is kept."""


class Choice(QWidget):
    """A radio button whose text wraps. Clicking the text chooses too."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.button = QRadioButton()
        self.button.setAccessibleName(name)
        self.setFocusProxy(self.button)
        told = text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN].rstrip() + "…"
        label = Label(told, wrap=True)
        row = QHBoxLayout(self)
        theme.margins(row, spacing=theme.S)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, theme.XS, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Qt's: the text was clicked."""
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)


class DifferenceRows(QWidget):
    """A row for each difference: its name, the left text, the right one, and for notes both."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, dict[Side, QRadioButton]] = {}
        self._grid = QGridLayout(self)
        theme.margins(self._grid, spacing=theme.S)
        self._grid.setHorizontalSpacing(theme.L)
        self._groups: list[QButtonGroup] = []
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)

    def show_differences(self, found: Sequence[Difference], *, kept_left: bool) -> None:
        """Show these; `kept_left`: the card that is kept stands on the left."""
        self.choices.clear()
        self._groups.clear()
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for row, one in enumerate(found):
            self._add(row, one, (Side.KEPT, Side.OTHER) if kept_left else (Side.OTHER, Side.KEPT))

    def sides(self) -> dict[str, Side]:
        """What is chosen, by field."""
        return {
            field: next(side for side, button in buttons.items() if button.isChecked())
            for field, buttons in self.choices.items()
        }

    def _add(self, row: int, one: Difference, order: tuple[Side, Side]) -> None:
        name = words.field_name(one.field)
        label = Label(name, tone="muted")
        label.setContentsMargins(0, theme.XS, 0, 0)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        texts = {Side.KEPT: one.kept, Side.OTHER: one.other}
        group, buttons = QButtonGroup(self), {}
        for column, side in enumerate(order, 1):
            text = words.shown(one.field, texts[side])
            buttons[side] = self._choice(row, column, text, f"{name}: {text}", group)
        if one.field in NOTES:
            buttons[Side.BOTH] = self._choice(row, 3, _("Both"), f"{name}: {_('Both')}", group)
        buttons[one.side].setChecked(True)
        group.buttonToggled.connect(lambda _button, on: self.changed.emit() if on else None)
        self.choices[one.field] = buttons
        self._groups.append(group)

    def _choice(self, row: int, column: int, text: str, name: str, group: QButtonGroup) -> QRadioButton:
        choice = Choice(text, name)
        group.addButton(choice.button)
        self._grid.addWidget(choice, row, column)
        return choice.button


class UnitedLists(QWidget):
    """All that stands in the lists of the one card, with a tick for each; what isn't ticked is left out."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, list[QCheckBox]] = {}
        self._grid = QGridLayout(self)
        theme.margins(self._grid, spacing=theme.S)
        self._grid.setHorizontalSpacing(theme.L)
        self._grid.setColumnStretch(1, 1)

    def show_lists(self, contact: Contact) -> None:
        """Show the lists of a merged card, everything ticked."""
        self.boxes.clear()
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for field in LISTS:
            found = words.items(contact, field)
            if found:
                self._add(field, found)

    def left_out(self) -> dict[str, list[int]]:
        """The places that are not ticked, by list."""
        return {
            field: [place for place, box in enumerate(boxes) if not box.isChecked()]
            for field, boxes in self.boxes.items()
        }

    def _add(self, field: str, found: Iterable[str]) -> None:
        name = words.field_name(field)
        label = Label(name, tone="muted")
        label.setContentsMargins(0, theme.XS // 2, 0, 0)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        flow = FlowLayout(holder)
        theme.margins(flow, spacing=theme.M)
        self.boxes[field] = []
        for text in found:
            told = text if len(text) <= _MOST_SHOWN // 4 else text[: _MOST_SHOWN // 4].rstrip() + "…"
            box = QCheckBox(told.replace("&", "&&"))
            box.setAccessibleName(f"{name}: {text}")
            box.setChecked(True)
            box.toggled.connect(lambda: self.changed.emit())
            flow.addWidget(box)
            self.boxes[field].append(box)
        self._grid.addWidget(holder, row, 1)
