"""The tab that shows what each column of a table was read as; everything can be corrected."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Plan
from organizer.i18n import _
from organizer.services.contact_import import SEVERAL, ContactMapping, ContactReading, parted
from organizer.ui import theme
from organizer.ui.dialogs.contact_import import words
from organizer.ui.dialogs.team_import.columns_table import ColumnsTable
from organizer.ui.dialogs.team_import.flow_row import FlowRow
from organizer.ui.widgets.boxes import ComboBox, SpinBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_LAST_HEADING = 60
_JOINED = ("street", "address")


class ContactColumns(ColumnsTable):
    """The columns with what those of a list of contacts can be."""

    def _offer(self, plan: Plan | None) -> None:
        self._fields = QStandardItemModel(self)
        for field, text in words.fields().items():
            self._add(field, text)

    def _place_of(self, field: str) -> int:
        for place in range(self._fields.rowCount()):
            if self._fields.item(place).data() == field:
                return place
        self._add(field, words.field(field))
        return self._fields.rowCount() - 1


class ColumnsTab(QWidget):
    """`corrected(mapping)` follows each correction; None: back to what the program found."""

    corrected = Signal(object)

    def __init__(self, reading: ContactReading) -> None:
        super().__init__()
        self.mapping = reading.mapping or ContactMapping(None)
        self.doubts = Label(tone="amber", wrap=True)
        self.problem = Label(tone="danger", wrap=True)
        self.columns = ContactColumns()
        self.sheet, self.dates = ComboBox(), ComboBox()
        self.header = SpinBox()
        self.header.setRange(0, _LAST_HEADING)
        self.header.setSpecialValueText(_("none"))
        self.reset = button(_("&Back to what the program found"), lambda: self.corrected.emit(None))
        self.reset.setAutoDefault(False)
        self._pairs: dict[QWidget, QWidget] = {}
        self._arrange()
        self._connect()
        self.show_reading(reading)

    def show_reading(self, reading: ContactReading) -> None:
        """Show how a file was read; what is being chosen keeps the focus."""
        self.mapping = reading.mapping or self.mapping
        self.doubts.setText("\n".join(spoken(doubt) for doubt in reading.doubts))
        self.doubts.setVisible(bool(reading.doubts))
        self.problem.hide()
        self.columns.show_columns(reading.headings, reading.samples, self.mapping.columns, None)
        if self.columns.boxes:
            QWidget.setTabOrder(self.columns.boxes[-1], self.reset)  # they were made later
        with QSignalBlocker(self.sheet), QSignalBlocker(self.dates), QSignalBlocker(self.header):
            self.sheet.clear()
            self.sheet.addItems(list(reading.sheets))
            self.sheet.setCurrentIndex(max(self.sheet.findText(self.mapping.sheet), 0))
            self.dates.setCurrentIndex(_ORDERS.index(self.mapping.day_first))
            self.header.setValue(self.mapping.header_row or 0)
        self._pairs[self.sheet].setVisible(len(reading.sheets) > 1)
        self._pairs[self.dates].setVisible("birthday" in self.mapping.columns)

    def refuse(self, why: str) -> None:
        """Say why the file can't be read so; everything stays as it was set."""
        self.problem.setText(why)
        self.problem.show()

    def _connect(self) -> None:
        self.sheet.activated.connect(lambda _place: self._anew(None))
        self.header.editingFinished.connect(self._on_header)
        self.dates.activated.connect(lambda place: self._correct(replace(self.mapping, day_first=_ORDERS[place])))
        self.columns.chosen.connect(self._on_column)

    def _on_header(self) -> None:
        if self.header.value() != self.mapping.header_row:
            self._anew(self.header.value())

    def _anew(self, row: int | None) -> None:
        """Another sheet or heading row has other columns: what they are is found again."""
        self._correct(ContactMapping(row, (), self.mapping.day_first, self.sheet.currentText()))

    def _on_column(self, place: int, field: str) -> None:
        alone = parted(field)[0] not in (*SEVERAL, *_JOINED)
        columns = ["" if alone and column == field else column for column in self.mapping.columns]
        columns[place] = field
        self.columns.set_fields(columns)
        self._correct(replace(self.mapping, columns=tuple(columns)))

    def _correct(self, mapping: ContactMapping) -> None:
        self.mapping = mapping
        self.corrected.emit(mapping)

    def _arrange(self) -> None:
        for text in (_("As the dates show"), _("Day first: 31/12/2026"), _("Month first: 12/31/2026")):
            self.dates.addItem(text)
        choosers: tuple[tuple[str, QWidget], ...] = (
            (_("S&heet"), self.sheet),
            (_("Headings in ro&w"), self.header),
            (_("Dat&es"), self.dates),
        )
        foot = QHBoxLayout()
        foot.addWidget(
            Label(_("This is remembered for files with the same headings."), tone="muted", wrap=True), 1
        )
        foot.addWidget(self.reset)
        column = QVBoxLayout(self)
        theme.margins(column, 0, theme.S, spacing=theme.S)
        column.addWidget(self.doubts)
        column.addWidget(self.problem)
        column.addWidget(FlowRow(theme.M, [self._labelled(text, widget) for text, widget in choosers]))
        column.addWidget(self.columns, 1)
        column.addLayout(foot)

    def _labelled(self, text: str, widget: QWidget) -> QWidget:
        label = Label(text, tone="muted")
        label.setBuddy(widget)
        widget.setAccessibleName(text.replace("&", ""))
        pair = QWidget()
        across = QHBoxLayout(pair)
        theme.margins(across, spacing=theme.S)
        across.addWidget(label)
        across.addWidget(widget)
        self._pairs[widget] = pair
        return pair


_ORDERS = (None, True, False)
