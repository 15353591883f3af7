"""A file's columns, one a row: heading, three cells, and a list of what the column can be read as."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView

from organizer.domain.commission.plan import Plan
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.dialogs.team_import import words
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.preview_table import PreviewTable

_SAMPLES = 3
_FIELD = _SAMPLES + 1
_WIDE = 250
_CELL = 170


class ColumnsTable(PreviewTable):
    """`chosen(column, field)` follows what she chooses for a column."""

    chosen = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(_("The file's columns"))
        self.boxes: list[ComboBox] = []
        self._headings: Sequence[str] = ()
        self._samples: Sequence[Sequence[str]] = ()
        self._fields = QStandardItemModel(self)
        self._plan: Plan | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    def minimumSizeHint(self) -> QSize:
        """Qt's: three rows at least."""
        return QSize(super().minimumSizeHint().width(), 4 * self.verticalHeader().defaultSectionSize())

    def show_columns(
        self,
        headings: Sequence[str],
        samples: Sequence[Sequence[str]],
        fields: Sequence[str],
        plan: Plan | None,
    ) -> None:
        """Show the columns; those that are shown already keep their lists, and the focus in them."""
        if headings != self._headings or samples != self._samples or plan != self._plan:
            self._headings, self._samples, self._plan = headings, samples, plan
            self._offer(plan)
            self._build(fields)
        self.set_fields(fields)

    def set_fields(self, fields: Sequence[str]) -> None:
        """Show what each column is read as."""
        for place, box in enumerate(self.boxes):
            field = fields[place] if place < len(fields) else ""
            with QSignalBlocker(box):
                box.setCurrentIndex(self._place_of(field))

    def _place_of(self, field: str) -> int:
        for place in range(self._fields.rowCount()):
            if self._fields.item(place).data() == field:
                return place
        self._add(field, words.field(field, self._plan))
        return self._fields.rowCount() - 1

    def _offer(self, plan: Plan | None) -> None:
        self._fields = QStandardItemModel(self)
        for field, text in words.fields(plan).items():
            self._add(field, text)

    def _add(self, field: str, text: str) -> None:
        item = QStandardItem(text)
        item.setData(field)
        self._fields.appendRow(item)

    def _build(self, fields: Sequence[str]) -> None:
        self.boxes = []
        rows = [
            (heading or _("Column {number}").format(number=place + 1), *self._cells(place), "")
            for place, heading in enumerate(self._headings)
        ]
        samples = [_("Row {number}").format(number=number + 1) for number in range(_SAMPLES)]
        self.set_rows((_("Heading"), *samples, _("Is read as")), rows)
        for place, row in enumerate(rows):
            self._add_box(place, row[0])
        if self.boxes:
            self.verticalHeader().setDefaultSectionSize(self.boxes[0].sizeHint().height() + theme.XS)
        self.setColumnWidth(_FIELD, theme.scaled(_WIDE))
        for column in range(1, _FIELD):
            self.setColumnWidth(column, min(self.columnWidth(column), theme.scaled(_CELL)))

    def _cells(self, place: int) -> list[str]:
        rows = [row[place] if place < len(row) else "" for row in self._samples[:_SAMPLES]]
        return rows + [""] * (_SAMPLES - len(rows))

    def _add_box(self, place: int, heading: str) -> None:
        box = ComboBox()
        box.setModel(self._fields)  # one list for all of them
        box.setAccessibleName(_("What “{column}” is read as").format(column=heading))
        box.setMinimumWidth(theme.scaled(_WIDE))
        box.activated.connect(lambda chosen: self.chosen.emit(place, self._fields.item(chosen).data()))
        self.boxes.append(box)
        self.setIndexWidget(self.model().index(place, _FIELD), box)
