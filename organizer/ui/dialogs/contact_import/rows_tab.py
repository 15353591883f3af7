"""A tab of rows: all go in unless they are left out; a doubtful one is asked about below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.contact_import import NEW_PERSON, Candidate, ContactLine
from organizer.ui import theme
from organizer.ui.dialogs.contact_import.chosen import Chosen
from organizer.ui.dialogs.contact_import.rows_model import ROW, WHO, RowsModel, called
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_LOOKED_AT = 200
_WIDEST = 300
_CHECK = 36
_OUT = "out"


class RowsTable(QTableView):
    """Space takes or leaves out what is selected."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.M)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)

    def show_lines(self, model: RowsModel) -> None:
        """Show other rows."""
        self.setModel(model)
        metrics = self.fontMetrics()
        for column in (ROW, WHO):
            texts = [model.headings()[column], *(model.text(line, column) for line in model.lines[:_LOOKED_AT])]
            wide = max(map(metrics.horizontalAdvance, texts)) + 2 * theme.M
            self.setColumnWidth(column, min(wide, theme.scaled(_WIDEST)) + (_CHECK if column == ROW else 0))
        if model.lines:
            self.setCurrentIndex(model.index(0, ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Space for all selected rows together."""
        model = self.model()
        if event.key() == Qt.Key.Key_Space and isinstance(model, RowsModel):
            model.toggle(sorted({index.row() for index in self.selectionModel().selectedRows()}))
        else:
            super().keyPressEvent(event)


class RowsTab(QWidget):
    """`asks`: the rows are doubtful, and who the current one is can be said below."""

    def __init__(self, name: str, chosen: Chosen, asks: bool = False) -> None:
        super().__init__()
        self._chosen, self._asks = chosen, asks
        self.table = RowsTable(name)
        self.who = ComboBox()
        self._line: ContactLine | None = None
        column = QVBoxLayout(self)
        theme.margins(column, 0, theme.S, spacing=theme.S)
        column.addWidget(self.table, 1)
        if asks:
            label = Label(_("&Who is it?"))
            label.setBuddy(self.who)
            self.who.setAccessibleName(_("Who is it?"))
            self.who.activated.connect(self._on_who)
            across = QHBoxLayout()
            across.setSpacing(theme.S)
            across.addWidget(label)
            across.addWidget(self.who, 1)
            column.addLayout(across)
        column.addWidget(
            Label(_("Space takes a row or leaves it out, Ctrl+A selects all."), tone="muted", wrap=True)
        )

    def show_lines(self, lines: Sequence[ContactLine]) -> None:
        """Show these rows."""
        self.table.show_lines(RowsModel(lines, self._chosen, self.table))
        if self._asks:
            self.table.selectionModel().currentRowChanged.connect(self._on_current)
            self._on_current()

    def _on_current(self) -> None:
        model = self.table.model()
        row = self.table.currentIndex().row()
        assert isinstance(model, RowsModel)  # noqa: S101 - no other is ever set
        self._line = model.lines[row] if 0 <= row < len(model.lines) else None
        with QSignalBlocker(self.who):
            self.who.clear()
            if self._line:
                self._offer(self._line)
        self.who.setEnabled(self._line is not None)

    def _offer(self, line: ContactLine) -> None:
        for candidate in line.candidates:
            self.who.addItem(_offered(candidate), candidate.id)
        self.who.addItem(_("A new person"), NEW_PERSON)
        self.who.addItem(_("Leave this row out"), _OUT)
        said = _OUT if line.place in self._chosen.left else self._chosen.people.get(line.place, NEW_PERSON)
        self.who.setCurrentIndex(self.who.findData(said))

    def _on_who(self) -> None:
        if self._line is None:
            return
        said = self.who.currentData()
        if said == _OUT:
            self._chosen.set_taken([self._line.place], False)
        else:
            self._chosen.say_who(self._line.place, said)


def _offered(candidate: Candidate) -> str:
    reasons = ", ".join(spoken(reason) for reason in candidate.reasons)
    return _("{name}, who is known: {reasons}").format(name=called(candidate), reasons=reasons)
