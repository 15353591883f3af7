"""The tab of problems: which rows stay out and why, and how each that can be mended is mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import overload

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from organizer.domain.result import RowProblem
from organizer.i18n import _, format_number, ngettext
from organizer.services.imports import TeamRow
from organizer.services.preview import Mend, TeamProblem
from organizer.services.team_links import label
from organizer.services.team_reasons import Below
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
        """Those that are shown; who is left out only because of another stands below her, or is folded away."""
        self._below: dict[str, list[Below]] = {}
        self._mends: list[tuple[Key, TeamProblem]] = []
        self.table = ProblemsTable(_("Rows with a problem"))
        self.why = Label(wrap=True)
        self.choose = button(_("Choose who she stands &under…"), self._choose)
        self.use_row = button(_("Choose the ro&w that counts…"), self._choose_row)
        self.undo = button(_("Take the mending &back"), self._undo)
        self.unfold = QCheckBox(_("Show th&ose below too"))
        self._arrange()
        self.unfold.toggled.connect(self._on_unfold)
        self.table.activated.connect(lambda _index: self.act())
        self.table.doubleClicked.connect(lambda _index: self.act())
        self.renew(session)

    def renew(self, session: Session) -> None:
        """The preview is another: what was mended stands first, then what is wrong still."""
        self.session = session
        self._mends = list(session.mended_rows.items())
        self._below = _folded(session.preview.problems)
        self.unfold.setVisible(bool(self._below))
        self._show()

    def _show(self) -> None:
        row = self.table.currentIndex().row()
        self.problems = list(self._in_order())
        headers = (_("Row"), _("Outcome"), _("Who"), _("Why"))
        mended = [problem for _key, problem in self._mends]
        counts = {number: len(below) for number, below in self._below.items()}
        self.table.set_rows(headers, _Rows(self.session, mended, self.problems, counts))
        self.table.selectionModel().currentChanged.connect(self._on_current)
        count = len(self._mends) + len(self.problems)
        if count:
            row = min(row, count - 1) if row >= 0 else self._first_to_mend()
            self.table.setCurrentIndex(self.table.model().index(row, 0))
        self._on_current()

    def _in_order(self) -> Iterator[RowProblem]:
        """What stays out for a reason of its own, each with those below her, then what is kept."""
        for problem in sorted(self.session.preview.problems, key=lambda problem: problem.kept):
            if isinstance(problem, Below) and problem.cause in self._below:
                continue
            yield problem
            if isinstance(problem, TeamProblem) and not problem.kept and self.unfold.isChecked():
                yield from self._below.get(problem.number, ())

    def _on_unfold(self) -> None:
        current = self.current()
        self._show()
        if current in self.problems:
            row = len(self._mends) + self.problems.index(current)
            self.table.setCurrentIndex(self.table.model().index(row, 0))

    def _first_to_mend(self) -> int:
        rows = enumerate(self.problems, len(self._mends))
        return next((row for row, found in rows if isinstance(found, TeamProblem) and found.mend), 0)

    def count(self) -> int:
        """How many there are, also those that are folded away."""
        return len(self._mends) + len(self.session.preview.problems)

    def current(self) -> RowProblem | None:
        """The chosen row's problem, also one that is mended."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._mends) + len(self.problems):
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
        if isinstance(problem, Below) and not self._is_mended():
            return None  # she goes in with the one above her
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
        row.addWidget(self.unfold)
        column = QVBoxLayout(self)
        theme.margins(column, 0, theme.S, spacing=theme.S)
        column.addWidget(self.table, 1)
        column.addWidget(self.why)
        column.addLayout(row)


def _folded(problems: Sequence[RowProblem]) -> dict[str, list[Below]]:
    """Those who are left out only because of another one, by her number, as far as she is named herself."""
    named = {one.number for one in problems if isinstance(one, TeamProblem) and not isinstance(one, Below)}
    found: dict[str, list[Below]] = defaultdict(list)
    for problem in problems:
        if isinstance(problem, Below) and problem.cause in named:
            found[problem.cause].append(problem)
    return dict(found)


class _Rows(Sequence[tuple[Cell, ...]]):
    """What was mended and what is wrong as cells, worded only when looked at."""

    def __init__(
        self,
        session: Session,
        mended: Sequence[TeamProblem],
        found: Sequence[RowProblem],
        below: Mapping[str, int],
    ) -> None:
        """`below` is how many are left out only because of whom, by her number."""
        self._session, self._mended, self._found, self._below = session, mended, found, below

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
        return found.row or _("File"), self._outcome(found), found.subject, spoken(found.message)

    def _outcome(self, found: RowProblem) -> str:
        if found.kept:
            return _("Taken, without this")
        below = 0
        if isinstance(found, TeamProblem) and not isinstance(found, Below):
            below = self._below.get(found.number, 0)
        if not below:
            return _("Left out")
        text = ngettext("Left out, and {count} below her", "Left out, and {count} below her", below)
        return text.format(count=format_number(below))

    def _mend(self, problem: TeamProblem) -> str:
        assert problem.mend  # noqa: S101 - else it couldn't be mended
        value = self._session.mended[problem.mend, problem.number]
        if isinstance(value, int):
            return _("Row {row} counts.").format(row=value)
        return _("Stands under {name}.").format(name=self._session.named(value))
