"""What was left from before, spread over the coming days: looked at, moved as she likes, planned as one deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from organizer.domain.result import FieldRefusal
from organizer.i18n import _, format_date, format_number, ngettext
from organizer.services import today
from organizer.services.today import Again
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.follow_up.day import DayField
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.pages.today.words import day_name, one_line
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.room import fit

_WIDTH, _HEIGHT = 760, 460
_WHO, _WHAT, _WHEN = range(3)


class AgainTable(QTableWidget):
    """Who, what and the new day, with a tick at each; `asked` wants another day for the current row."""

    asked = Signal()

    def __init__(self, found: Sequence[Again], day: date) -> None:
        super().__init__(len(found), 3)
        self._day = day
        self._dress()
        for row, one in enumerate(found):
            self._fill(row, one)
        self.resizeColumnToContents(_WHO)
        self.setColumnWidth(_WHO, self.columnWidth(_WHO) + theme.L)  # Qt forgets the tick's own room
        self.setCurrentCell(0, _WHO)

    def is_ticked(self, row: int) -> bool:
        """Whether a row is to be planned."""
        item = self.item(row, _WHO)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def show_day(self, row: int, day: date) -> None:
        """Write another day into a row, and tick it."""
        who, when = self.item(row, _WHO), self.item(row, _WHEN)
        if who and when:
            with QSignalBlocker(self):
                _write(when, day_name(day, self._day))
                who.setCheckState(Qt.CheckState.Checked)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: F2 asks for another day."""
        if event.key() == Qt.Key.Key_F2:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setAccessibleName(_("Plan these again"))
        self.setHorizontalHeaderLabels([_("Who"), _("What"), _("New day")])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_WHEN, QHeaderView.ResizeMode.ResizeToContents)
        self.doubleClicked.connect(lambda _index: self.asked.emit())

    def _fill(self, row: int, one: Again) -> None:
        due = one.due
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        who, what, when = (QTableWidgetItem() for _column in range(3))
        who.setFlags(plain | Qt.ItemFlag.ItemIsUserCheckable if one.day else plain)
        if one.day:
            who.setCheckState(Qt.CheckState.Checked)
        _write(who, due.name or _("Your own task"))
        _write(what, one_line(due.body) if one.reason is None else f"{one_line(due.body)} – {spoken(one.reason)}")
        _write(when, day_name(one.day, self._day) if one.day else _("stays as it is"))
        what.setToolTip(what.text())
        if due.due:
            before = _("Planned for {day}").format(day=format_date(due.due))
            when.setData(Qt.ItemDataRole.AccessibleDescriptionRole, before)
            when.setToolTip(before)
        for column, item in enumerate((who, what, when)):
            self.setItem(row, column, item)


class PlanAgainDialog(MemberDialog):
    """A tick at each: what isn't ticked stays as it is. The day of the row she is on can be changed below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Plan these again"), _("&Plan the ticked ones"), _WIDTH, parent)
        self._context = context
        self._found = today.plan_again(context.file)
        self._days = [one.day for one in self._found]
        day = context.file.clock().date()
        self.table = AgainTable(self._found, day)
        text = _("Nothing is lost by having waited. Here they are over the coming days, a few a day.")
        self.column.insertWidget(0, Label(text, wrap=True))
        self.column.insertWidget(1, self.table, 10)
        self.day = DayField(day, _("New day"))
        self.form.add("day", _("&New day"), self.day)  # after the table, and so it is with Tab
        fit(self, _WIDTH, _HEIGHT)
        self.table.itemChanged.connect(lambda _item: self._offer())
        self.table.currentCellChanged.connect(lambda *_cells: self._on_row())
        self.table.asked.connect(self.day.setFocus)
        self.day.changed.connect(self._on_day)
        self._on_row()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> dict[int, date]:
        """The ticked ones' new days, by id."""
        return {
            one.due.id: day
            for row, (one, day) in enumerate(zip(self._found, self._days, strict=True))
            if day and self.table.is_ticked(row)
        }

    def _on_row(self) -> None:
        """Show the day of the row she is on."""
        self.form.clear_errors()
        row = self.table.currentRow()
        day = self._days[row] if 0 <= row < len(self._days) else None
        self.day.setEnabled(day is not None)
        if day:
            self.day.set_day(day)
        self._offer()

    def _on_day(self) -> None:
        """Take the day that she chose or wrote, unless it is none, or selling isn't allowed on it."""
        self.form.clear_errors()
        row = self.table.currentRow()
        if wrong := self._wrong(row):
            self.form.set_error("day", wrong)
        elif day := self.day.day():
            self._days[row] = day
            self.table.show_day(row, day)
        self._offer()

    def _wrong(self, row: int) -> str:
        """What is wrong with the day that is chosen for a row; "" for nothing."""
        try:
            day = self.day.day()
        except FieldRefusal as refusal:
            return spoken(refusal)
        against = today.against_day(self._context.file, self._found[row].due, day) if day else None
        return spoken(against) if against else ""

    def _offer(self) -> None:
        self.go.setEnabled(bool(self.chosen()) and not self.form.error("day"))

    def accept(self) -> None:
        """Plan them, as one deed."""
        days = self.chosen()
        count = len(days)
        text = ngettext("{count} thing is planned again.", "{count} things are planned again.", count)
        answer = text.format(count=format_number(count))
        if self._context.deed(lambda: today.apply(self._context.file, days), answer):
            super().accept()


def _write(item: QTableWidgetItem, text: str) -> None:
    """A cell's words, for the eyes and for a screen reader."""
    item.setText(text)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
