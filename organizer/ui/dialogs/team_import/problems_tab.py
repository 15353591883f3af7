"""The tab of problems: which rows stay out and why, and how each that can be mended is mended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import overload

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from organizer.domain.result import RowProblem
from organizer.i18n import _
from organizer.services.imports import TeamRow
from organizer.services.preview import Mend, TeamProblem
from organizer.services.team_links import label
from organizer.ui import theme
from organizer.ui.dialogs.team_import.session import Session
from organizer.ui.dialogs.team_import.stands_under import StandsUnder
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import Cell, PreviewTable

Key = tuple[Mend, str]


class ProblemsTable(PreviewTable):
    """Enter, or a double click, does what mends the row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter is the row's, not the dialog's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ProblemsTab(QWidget):
    """`mended(problem, value)` and `reset(key)` ask for a mend, or for taking one back."""

    mended = Signal(object, object)
    reset = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.problems: Sequence[RowProblem] = ()
        self._mends: list[tuple[Key, TeamProblem]] = []
        self.table = ProblemsTable(_("Rows with a problem"))
        self.why = Label(wrap=True)
        self.choose = button(_("Choose who she stands &under…"), self._choose)
        self.use_row = button(_("Choose the ro&w that counts…"), self._choose_row)
        self.undo = button(_("Take the mending &back"), self._undo)
        self._arrange()
        self.table.activated.connect(lambda _index: self.act())
        self.table.doubleClicked.connect(lambda _index: self.act())
        self.renew(session)

    def renew(self, session: Session) -> None:
        """The preview is another: what was mended stands first, then what is wrong still."""
        self.session = session
        row = self.table.currentIndex().row()
        self._mends = list(session.mended_rows.items())
        self.problems = session.preview.problems
        headers = (_("Row"), _("Outcome"), _("Who"), _("Why"))
        self.table.set_rows(headers, _Rows(session, [problem for _key, problem in self._mends], self.problems))
        self.table.selectionModel().currentChanged.connect(self._on_current)
        count = len(self._mends) + len(self.problems)
        if count:
            row = min(row, count - 1) if row >= 0 else self._first_to_mend()
            self.table.setCurrentIndex(self.table.model().index(row, 0))
        self._on_current()

    def _first_to_mend(self) -> int:
        rows = enumerate(self.problems, len(self._mends))
        return next((row for row, found in rows if isinstance(found, TeamProblem) and found.mend), 0)

    def count(self) -> int:
        """How many rows are shown."""
        return len(self._mends) + len(self.problems)

    def current(self) -> RowProblem | None:
        """The chosen row's problem, also one that is mended."""
        row = self.table.currentIndex().row()
        if not 0 <= row < self.count():
            return None
        return self._mends[row][1] if row < len(self._mends) else self.problems[row - len(self._mends)]

    def act(self) -> None:
        """Do what mends the chosen row, if anything does."""
        for made in (self.choose, self.use_row, self.undo):
            if made.isEnabled():
                made.click()
                return

    def _is_mended(self) -> bool:
        return 0 <= self.table.currentIndex().row() < len(self._mends)

    def _mend_of_current(self) -> Mend | None:
        problem = self.current()
        return problem.mend if isinstance(problem, TeamProblem) else None

    def _on_current(self) -> None:
        problem, mend, mended = self.current(), self._mend_of_current(), self._is_mended()
        self.choose.setEnabled(mend in (Mend.SPONSOR, Mend.PLACEMENT))
        self.use_row.setEnabled(mend is Mend.ROW and not mended)
        self.undo.setEnabled(mended)
        self.why.setText(spoken(problem.message) if problem else "")

    def _choose(self) -> None:
        problem = self.current()
        if isinstance(problem, TeamProblem):
            people = self.session.everyone_but(problem.number)
            dialog = StandsUnder(problem.subject, spoken(problem.message), people, self)
            dialog.chosen.connect(lambda number: self.mended.emit(problem, number))
            dialog.open()

    def _choose_row(self) -> None:
        problem = self.current()
        if isinstance(problem, TeamProblem):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for row in self.session.rows_of(problem.number):
                text = self._row_in_words(row).replace("&", "&&")
                menu.addAction(text, partial(self.mended.emit, problem, row.row))
            menu.setActiveAction(menu.actions()[0])
            menu.popup(self.use_row.mapToGlobal(self.use_row.rect().bottomLeft()))

    def _row_in_words(self, row: TeamRow) -> str:
        above = self.session.named(row.placement_number or row.sponsor_number)
        text = _("Row {row}: {name}, under {above}") if above else _("Row {row}: {name}")
        return text.format(row=row.row, name=label(row.name, row.number), above=above)

    def _undo(self) -> None:
        self.reset.emit(self._mends[self.table.currentIndex().row()][0])

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for made in (self.choose, self.use_row, self.undo):
            made.setAutoDefault(False)
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout(self)
        theme.margins(column, 0, theme.S, spacing=theme.S)
        column.addWidget(self.table, 1)
        column.addWidget(self.why)
        column.addLayout(row)


class _Rows(Sequence[tuple[Cell, ...]]):
    """What was mended and what is wrong as cells, worded only when looked at."""

    def __init__(self, session: Session, mended: Sequence[TeamProblem], found: Sequence[RowProblem]) -> None:
        self._session, self._mended, self._found = session, mended, found

    def __len__(self) -> int:
        return len(self._mended) + len(self._found)

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Cell, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < len(self._mended):
            problem = self._mended[index]
            return problem.row or None, _("Mended"), problem.subject, self._mend(problem)
        found = self._found[index - len(self._mended)]
        outcome = _("Taken, without this") if found.kept else _("Left out")
        return found.row or None, outcome, found.subject, spoken(found.message)

    def _mend(self, problem: TeamProblem) -> str:
        assert problem.mend  # noqa: S101 - else it couldn't be mended
        value = self._session.mended[problem.mend, problem.number]
        if isinstance(value, int):
            return _("Row {row} counts.").format(row=value)
        return _("Stands under {name}.").format(name=self._session.named(value))
