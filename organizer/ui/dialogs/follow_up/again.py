"""What was left from before, spread over the coming days: looked at, and planned as one deed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from organizer.i18n import _, format_date, format_number, ngettext
from organizer.services import today
from organizer.services.today import Again
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.pages.today.words import day_name, one_line
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_WIDTH, _HEIGHT = 760, 460
_WHO, _WHAT = 0, 1


class PlanAgainDialog(MemberDialog):
    """A tick at each: what isn't ticked stays as it is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Plan these again"), _("&Plan the ticked ones"), _WIDTH, parent)
        self._context = context
        self._found = today.plan_again(context.file)
        self.form.hide()
        text = _("Nothing is lost by having waited. Here they are over the coming days, a few a day.")
        self.column.insertWidget(0, Label(text, wrap=True))
        self.table = QTableWidget(len(self._found), 3)
        self._dress()
        for row, one in enumerate(self._found):
            self._fill(row, one)
        self.column.insertWidget(1, self.table, 10)
        self.table.itemChanged.connect(lambda _item: self._offer())
        self.resize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))
        self.table.setCurrentCell(0, _WHO)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def _dress(self) -> None:
        table = self.table
        table.setAccessibleName(_("Plan these again"))
        table.setHorizontalHeaderLabels([_("Who"), _("What"), _("New day")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)

    def _fill(self, row: int, one: Again) -> None:
        due = one.due
        who = QTableWidgetItem(due.name or _("Your own task"))
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        who.setFlags(plain | Qt.ItemFlag.ItemIsUserCheckable if one.day else plain)
        if one.day:
            who.setCheckState(Qt.CheckState.Checked)
        what = one_line(due.body) if one.reason is None else f"{one_line(due.body)} – {spoken(one.reason)}"
        when = day_name(one.day, self._today()) if one.day else _("stays as it is")
        day = QTableWidgetItem(when)
        for column, item in enumerate((who, QTableWidgetItem(what), day)):
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text())
            self.table.setItem(row, column, item)
        if due.due:
            before = _("Planned for {day}").format(day=format_date(due.due))
            day.setData(Qt.ItemDataRole.AccessibleDescriptionRole, before)
            day.setToolTip(before)

    def _today(self) -> date:
        return self._context.file.clock().date()

    def chosen(self) -> dict[int, date]:
        """The ticked ones' new days, by id."""
        ticked = (self._is_ticked(row) for row in range(len(self._found)))
        return {one.due.id: one.day for one, tick in zip(self._found, ticked, strict=True) if one.day and tick}

    def _is_ticked(self, row: int) -> bool:
        item = self.table.item(row, _WHO)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _offer(self) -> None:
        self.go.setEnabled(bool(self.chosen()))

    def accept(self) -> None:
        """Plan them, as one deed."""
        days = self.chosen()
        count = len(days)
        text = ngettext("{count} thing is planned again.", "{count} things are planned again.", count)
        answer = text.format(count=format_number(count))
        if self._context.deed(lambda: today.apply(self._context.file, days), answer):
            super().accept()
