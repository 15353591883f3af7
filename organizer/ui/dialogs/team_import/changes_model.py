"""The changes of a team file as rows with a check box: plain data, worded only when looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from organizer.domain.contact import fold
from organizer.i18n import _, format_number
from organizer.services.preview import Change, Line
from organizer.services.team_choices import NEW_PERSON
from organizer.ui import theme
from organizer.ui.dialogs.team_import import new_one, words
from organizer.ui.dialogs.team_import.session import TAKEN, Session
from organizer.ui.widgets.messages import spoken

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
ROW, WHAT, WHO, DETAILS = range(4)


class ChangesModel(QAbstractTableModel):
    """The lines of `session`'s preview that are filtered for; a check box says whether one goes in."""

    taken = Signal(str)
    """What to say of what was taken or left out just now."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.shown: Sequence[Line] = ()
        self._kind: Change | None = None
        self._words: list[str] = []
        self._folded: dict[int, str] = {}
        self._groups: dict[Change | None, Sequence[Line]] = {}
        self.renew()

    def renew(self, session: Session | None = None) -> None:
        """The preview is another, or belongs to another session: show it under the same filter and search."""
        self.session = session or self.session
        groups: dict[Change | None, list[Line]] = {kind: [] for kind in Change}
        for line in self.session.preview.lines:
            groups[line.change].append(line)
        self._groups = {**groups, None: [line for kind in TAKEN for line in groups[kind]]}
        self._folded = {}
        self._show()

    def counts(self) -> Counter[Change]:
        """How many lines there are of each kind."""
        return Counter({kind: len(self._groups[kind]) for kind in Change})

    def filter(self, kind: Change | None) -> None:
        """Show the lines of one kind; None shows all that would change, the doubtful ones first."""
        self._kind = kind
        self._show()

    def search(self, text: str) -> None:
        """Leave the lines whose member's name and number hold every word of `text`."""
        self._words = fold(text).split()
        self._show()

    def _show(self) -> None:
        lines = self._groups[self._kind]
        if self._words:
            lines = [line for line in lines if all(word in self._searched(line) for word in self._words)]
        self.beginResetModel()
        self.shown = lines
        self.endResetModel()

    def _searched(self, line: Line) -> str:
        key = id(line)  # the preview holds the lines as long as this is kept
        if key not in self._folded:
            self._folded[key] = fold(line.subject)
        return self._folded[key]

    # taking and leaving

    def can_be_taken(self, row: int) -> bool:
        """True for a line that changes something."""
        return self.shown[row].change in TAKEN

    def is_taken(self, row: int) -> bool:
        """True for a line that changes something and isn't left out."""
        return self.can_be_taken(row) and self.shown[row].number not in self.session.left

    def toggle(self, rows: Sequence[int]) -> None:
        """Leave all these rows out together if any of them is taken, else take them."""
        self.set_taken(rows, not any(self.is_taken(row) for row in rows))

    def set_taken(self, rows: Iterable[int], taken: bool) -> None:
        """Take these rows, or leave them out, with those who hang on them."""
        chosen = [self.shown[row] for row in rows if self.can_be_taken(row) and self.is_taken(row) != taken]
        if not chosen:
            return
        numbers = [line.number for line in chosen]
        along = self.session.take(numbers) if taken else self.session.leave(numbers)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, DETAILS))
        self.taken.emit(words.taken(taken, len(chosen), chosen[0].subject, along))

    def choose_person(self, row: int, person_id: int) -> None:
        """Take the doubtful one in `row` for that person, or for a new one."""
        self.session.is_person(self.shown[row], person_id)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, DETAILS))
        self.taken.emit(f"{self.shown[row].subject}: {self.details(self.shown[row])}")

    def people(self, row: int) -> Sequence[tuple[int, str]]:
        """Whom a doubtful one may be, a new person first; nobody for a line without doubt."""
        doubt = self.shown[row].doubt
        return [(NEW_PERSON, _("A new person")), *self._known(doubt)] if doubt else ()

    def person(self, row: int) -> int:
        """Whom the doubtful one in `row` is taken for."""
        return self.session.person(self.shown[row])

    @staticmethod
    def _known(doubt: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        return [(id_, _("The same as {name}").format(name=name)) for id_, name in doubt]

    # Qt's questions

    def headings(self) -> Sequence[str]:
        """The columns' names."""
        return _("Row"), _("What"), _("Who"), _("Details")

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Four: row with check box, what, who, details."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self.headings()[section]
        if orientation == Qt.Orientation.Horizontal and role == _Role.TextAlignmentRole:
            return _SIDE
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A line that changes something can be checked; the details of a doubtful one are a choice."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.column() == ROW and self.can_be_taken(index.row()):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == DETAILS and self.shown[index.row()].doubt:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """A cell's words, its check box, and less weight for what is left out."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _Role.DisplayRole:
            return self.cell(self.shown[row], column)
        if role == _Role.ToolTipRole and column == DETAILS:
            # a tip would guess that a name is markup: say that it is, with everything in it escaped
            return f"<span>{escape(str(self.cell(self.shown[row], column)))}</span>"
        if role == _Role.CheckStateRole and column == ROW and self.can_be_taken(row):
            return Qt.CheckState.Checked if self.is_taken(row) else Qt.CheckState.Unchecked
        if role == _Role.ForegroundRole and self.can_be_taken(row) and not self.is_taken(row):
            return theme.muted()
        if role == _Role.AccessibleTextRole and column == ROW:
            return self._spoken(row)
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        """A click on a check box."""
        if role == _Role.CheckStateRole and index.isValid() and index.column() == ROW:
            self.set_taken([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        return False

    def cell(self, line: Line, column: int) -> str:
        """What a column shows of a line."""
        if column == ROW:
            return format_number(line.row) if line.row else ""
        if column == WHAT:
            return words.change(line.change)
        return line.subject if column == WHO else self.details(line)

    def details(self, line: Line) -> str:
        """Old and new, or whom a doubtful one is taken for; of a new one who she is."""
        if line.doubt:
            person = self.session.person(line)
            return next((text for id_, text in self._known(line.doubt) if id_ == person), _("A new person"))
        told = "; ".join(spoken(detail) for detail in line.details)
        if line.change is not Change.NEW or not line.number:
            return told
        return " · ".join(filter(None, (told, new_one.described(self.session, line.number))))

    def _spoken(self, row: int) -> str:
        text = self.cell(self.shown[row], ROW)
        if not self.can_be_taken(row):
            return text
        return f"{text}, {_('goes in')}" if self.is_taken(row) else f"{text}, {_('left out')}"
