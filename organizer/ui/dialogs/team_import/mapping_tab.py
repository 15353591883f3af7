"""The tab that shows how a file is read: what each column is, with a sample, and everything can be corrected."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from organizer.domain.commission.plan import Plan
from organizer.i18n import _
from organizer.services.imports import Shape, TeamReading
from organizer.ui import theme
from organizer.ui.dialogs.team_import import words
from organizer.ui.dialogs.team_import.columns_table import ColumnsTable
from organizer.ui.dialogs.team_import.flow_row import FlowRow
from organizer.ui.dialogs.team_import.sample_rows import as_read
from organizer.ui.widgets.boxes import ComboBox, SpinBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable

_DATES = frozenset({"joined", "last_order"})
_ROWS = 4  # heading, two rows and a scroll bar
_LAST_HEADING = 60
"""A heading is looked for in so many rows."""


class MappingTab(QWidget):
    """`corrected(mapping)` follows each correction, `reset_asked` when she wants back what the program found."""

    corrected = Signal(object)
    reset_asked = Signal()

    def __init__(self, reading: TeamReading, plan: Plan | None) -> None:
        super().__init__()
        self.plan = plan
        self.mapping = reading.mapping
        self._asked_row = reading.mapping.header_row
        self.shape, self.sheet, self.decimal, self.dates = (ComboBox() for _i in range(4))
        self.header = SpinBox()
        self.doubts = Label(tone="amber", wrap=True)
        self.problem = Label(tone="danger", wrap=True)
        self.said = Label(tone="muted", wrap=True)
        self.columns = ColumnsTable()
        self.sample = PreviewTable(_("The first rows as they are read"))
        self.reset = button(_("&Back to what the program found"), self.reset_asked.emit)
        self.reset.setAutoDefault(False)
        self.sample.setMinimumHeight(_ROWS * self.sample.verticalHeader().defaultSectionSize())
        self._labels: dict[QWidget, QLabel] = {}
        self._fill_choosers()
        self._arrange()
        self._connect()
        self.show_reading(reading, plan)

    # what is shown

    def show_reading(self, reading: TeamReading, plan: Plan | None) -> None:
        """Show how a file was read; what is being chosen keeps the focus."""
        self.plan, self.mapping = plan, reading.mapping
        self.doubts.setText("\n".join(spoken(doubt) for doubt in reading.doubts))
        self.doubts.setVisible(bool(reading.doubts))
        self.problem.hide()
        self._show_sheets(reading)
        self.columns.show_columns(reading.headings, reading.samples, self.mapping.columns, plan)
        self._show_mapping()
        headings, rows, figures = as_read(reading, plan)
        self.sample.set_rows(headings, rows, figures=figures)

    def refuse(self, why: str) -> None:
        """Say why the file can't be read so; everything stays as she has set it."""
        self.problem.setText(why)
        self.problem.show()

    def say(self, text: str) -> None:
        """Say whether this way of reading is remembered."""
        self.said.setText(text)

    def _show_sheets(self, reading: TeamReading) -> None:
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            self.sheet.addItems(list(reading.sheets))
            self.sheet.setCurrentIndex(max(self.sheet.findText(self.mapping.sheet), 0))
        self._set_shown(self.sheet, len(reading.sheets) > 1)

    def _show_mapping(self) -> None:
        mapping = self.mapping
        for box, value in (
            (self.shape, mapping.shape.value),
            (self.decimal, mapping.decimal),
            (self.dates, _order(mapping.day_first)),
        ):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
        self._asked_row = mapping.header_row
        with QSignalBlocker(self.header):
            self.header.setValue(mapping.header_row)
        self._set_shown(self.decimal, any(column.startswith("volume ") for column in mapping.columns))
        self._set_shown(self.dates, not _DATES.isdisjoint(mapping.columns))

    def _set_shown(self, widget: QWidget, shown: bool) -> None:
        widget.setVisible(shown)
        self._labels[widget].setVisible(shown)

    # corrections

    def _connect(self) -> None:
        self.shape.activated.connect(lambda _i: self._correct(shape=Shape(self.shape.currentData())))
        self.sheet.activated.connect(lambda _i: self._look_anew(0))
        self.decimal.activated.connect(lambda _i: self._correct(decimal=self.decimal.currentData()))
        self.dates.activated.connect(lambda _i: self._correct(day_first=_FIRST[self.dates.currentData()]))
        self.header.editingFinished.connect(self._on_header)
        self.columns.chosen.connect(self._on_column)

    def _on_header(self) -> None:
        if self.header.value() != self._asked_row:
            self._look_anew(self.header.value())

    def _look_anew(self, row: int) -> None:
        """Another sheet or heading row has other columns: what they are is found again."""
        self._asked_row = row
        asked = replace(self.mapping, sheet=self.sheet.currentText(), header_row=row, columns=())
        self.corrected.emit(asked)

    def _on_column(self, place: int, field: str) -> None:
        # a field is one column's: whoever takes it takes it from the other
        columns = ["" if column == field else column for column in self.mapping.columns]
        columns[place] = field
        self.columns.set_fields(columns)
        self._correct(columns=tuple(columns))

    def _correct(self, **changes: object) -> None:
        self.mapping = replace(self.mapping, **changes)  # type: ignore[arg-type]  # one of the mapping's own fields
        self.corrected.emit(self.mapping)

    # layout

    def _fill_choosers(self) -> None:
        for kind in Shape:
            self.shape.addItem(words.shape(kind), kind.value)
        for text, value in (
            (_("As the figures show"), ""),
            (_("Comma: 1.234,50"), ","),
            (_("Point: 1,234.50"), "."),
        ):
            self.decimal.addItem(text, value)
        for text, value in (
            (_("As the dates show"), ""),
            (_("Day first: 31/12/2026"), "day"),
            (_("Month first: 12/31/2026"), "month"),
        ):
            self.dates.addItem(text, value)
        self.header.setRange(1, _LAST_HEADING)

    def _arrange(self) -> None:
        choosers: tuple[tuple[str, QWidget], ...] = (
            (_("The tea&m is given by"), self.shape),
            (_("S&heet"), self.sheet),
            (_("Headings in ro&w"), self.header),
            (_("&Decimal mark"), self.decimal),
            (_("Dat&es"), self.dates),
        )
        row = FlowRow(theme.M, [self._labelled(text, widget) for text, widget in choosers])
        top, below = (
            _titled(_("The file's columns"), self.columns),
            _titled(self.sample.accessibleName(), self.sample),
        )
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(top)
        parts.addWidget(below)
        parts.setSizes([220, 200])
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.reset)
        column = QVBoxLayout(self)
        theme.margins(column, 0, theme.S, spacing=theme.S)
        for widget in (self.doubts, self.problem, row):
            column.addWidget(widget)
        column.addWidget(parts, 1)
        column.addLayout(foot)

    def _labelled(self, text: str, widget: QWidget) -> QWidget:
        label = Label(text, tone="muted")
        label.setBuddy(widget)
        widget.setAccessibleName(text.replace("&", ""))
        self._labels[widget] = label
        pair = QWidget()
        across = QHBoxLayout(pair)
        theme.margins(across, spacing=theme.S)
        across.addWidget(label)
        across.addWidget(widget)
        return pair


_FIRST = {"": None, "day": True, "month": False}


def _order(day_first: bool | None) -> str:
    return next(word for word, first in _FIRST.items() if first is day_first)


def _titled(title: str, widget: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    theme.margins(column, spacing=theme.XS)
    column.addWidget(Label(title, bold=True))
    column.addWidget(widget, 1)
    return whole
