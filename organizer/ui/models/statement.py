"""A statement as a tree: its bonuses with their lines, and below them what leads to the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from organizer.domain.commission import ending
from organizer.domain.commission.statement import Adjustment, ComponentResult, Line
from organizer.i18n import _, language
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.models import statement_words as words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

WHO, LEVEL, VOLUME, RATE, AMOUNT, NOW, DIFFERENCE = range(7)

_TOP = 2**32
"""The internal id of a row at the top; a line's is its component's number."""


@dataclass(frozen=True)
class Entry:
    """What a row is about: a bonus, one of its lines, or a part of a sum (with its bonus, if it is within one)."""

    component: ComponentResult | None = None
    line: Line | None = None
    part: Adjustment | None = None


class StatementModel(QAbstractItemModel):
    """Bonuses at the top, their lines below. With `zeros` off, lines that pay nothing are left out.

    Lines are made when they are shown: a team may have 100,000 members. With a statement to compare with, two
    columns more say what each sum is now and by how much it differs.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._estimate: Estimate | None = None
        self._zeros = False
        self._components: Sequence[ComponentResult] = ()
        self._closing: Sequence[Adjustment] = ()
        self._compares = False
        self._now: list[int] = []
        self._places: dict[int, Sequence[int]] = {}
        self._rows: dict[int, int] = {}
        self._line = lru_cache(maxsize=512)(self._find_line)

    def show(self, estimate: Estimate | None, zeros: bool, before: Estimate | None = None) -> None:
        """Show another statement, perhaps beside what it is now."""
        self.beginResetModel()
        self._estimate, self._zeros = estimate, zeros
        self._line.cache_clear()
        self._places, self._rows = {}, {}
        self._components = estimate.statement.components if estimate else ()
        self._closing = ending.closing(estimate.statement) if estimate else ()
        self._compares = bool(estimate and before)
        self._now = []
        if estimate and before:
            known = _amounts(before)
            self._now = [known.get(which, 0) for which in _amounts(estimate)]
        self.endResetModel()

    def entry(self, index: Index) -> Entry:
        """What a row is about."""
        if self._estimate is None or not index.isValid():
            return Entry()
        if index.internalId() == _TOP:
            if index.row() < len(self._components):
                return Entry(self._components[index.row()])
            return Entry(part=self._closing[index.row() - len(self._components)])
        component = self._components[index.internalId()]
        past = index.row() - len(self._shown(index.internalId()))
        if past >= 0:
            return Entry(component, part=ending.within(component)[past])
        return Entry(component, self._line(index.internalId(), index.row()))

    def lines_of(self, component: int) -> int:
        """About how many lines are shown of the component at `component`, told without making a list of them."""
        found = self._components[component]
        return len(found.lines) if self._zeros or len(found.lines) <= ending.FEW else found.paid_count

    def _find_line(self, component: int, row: int) -> Line:
        return self._components[component].lines[self._shown(component)[row]]

    def _shown(self, component: int) -> Sequence[int]:
        """The places of the lines that are shown of a component."""
        if component not in self._places:
            lines = self._components[component].lines
            whole = self._zeros or len(lines) <= ending.FEW
            self._places[component] = range(len(lines)) if whole else self._paid(component)
        return self._places[component]

    def _paid(self, component: int) -> Sequence[int]:
        assert self._estimate is not None  # noqa: S101 - rows exist only with an estimate
        return self._estimate.paid_in(component)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Qt's: the row's place."""
        # a tree asks for every row that is open, 100,000 of them: no way around by Qt's own hasIndex
        if row < 0 or column < 0 or row >= self.rowCount(parent) or column >= self.columnCount():
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _TOP)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Qt's: a line's component."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _TOP)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's: bonuses and what follows them, or a bonus's lines and what follows those."""
        if not parent.isValid():
            return len(self._components) + len(self._closing)
        row = parent.row()
        if parent.internalId() != _TOP or parent.column() or row >= len(self._components):
            return 0
        if row not in self._rows:
            self._rows[row] = len(self._shown(row)) + len(ending.within(self._components[row]))
        return self._rows[row]

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        """Qt's: told without making a list of the lines."""
        if not parent.isValid():
            return bool(self._components)
        if parent.internalId() != _TOP or parent.column() or parent.row() >= len(self._components):
            return False
        return self.lines_of(parent.row()) > 0 or bool(ending.within(self._components[parent.row()]))

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's: who, level, volume, rate, amount; now and the difference beside a what-if."""
        return 7 if self._compares else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt's: the columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            amount = _("What if") if self._compares else _("Amount")
            return (_("From"), _("Level"), _("Volume"), _("Rate"), amount, _("Now"), _("Difference"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section != WHO:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: what a cell shows."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != WHO:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and index.internalId() == _TOP:
            return theme.font("body", bold=True)
        if role == Qt.ItemDataRole.ForegroundRole:
            line = self.entry(index).line
            return theme.muted() if line and not line.minor else None
        return None

    def _text(self, index: Index) -> str:
        assert self._estimate is not None  # noqa: S101 - rows exist only with an estimate
        entry, column, currency = self.entry(index), index.column(), self._estimate.statement.currency
        if entry.line:
            return self._line_text(entry.line, column)
        if entry.part:
            name, minor = words.named(entry.part.name), entry.part.minor
            amount = words.money(currency, minor)
        elif entry.component:
            name, minor = entry.component.name.in_language(language()), entry.component.total_minor
            amount = words.total_of(entry.component, currency)
        else:
            return ""
        if column == WHO:
            return name
        if column == AMOUNT:
            return amount
        if column not in (NOW, DIFFERENCE) or index.internalId() != _TOP:
            return ""
        now = self._now[index.row()]
        return words.money(currency, now) if column == NOW else words.change(currency, minor - now)

    def _line_text(self, line: Line, column: int) -> str:
        assert self._estimate is not None  # noqa: S101 - as above
        currency = self._estimate.statement.currency
        if column == WHO:
            return self._estimate.name_of(line.source)
        if column == LEVEL:
            return "" if line.level is None else str(line.level)
        if column == VOLUME:
            return words.base(line, currency)
        if column == RATE:
            return words.rate(line)
        return words.money(currency, line.minor) if column == AMOUNT else ""


def _amounts(estimate: Estimate) -> dict[tuple[str, int], int]:
    """Each sum at the top of a statement, by what it is and which one of that name."""
    statement = estimate.statement
    found: dict[tuple[str, int], int] = {}
    sums = [(component.id, component.total_minor) for component in statement.components]
    for name, minor in (*sums, *((f"part {part.id}", part.minor) for part in ending.closing(statement))):
        found[name, sum(1 for known, _nth in found if known == name)] = minor
    return found
