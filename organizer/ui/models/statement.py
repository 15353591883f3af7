"""A statement as a tree: its components, and below each the lines that it is made of."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import minor_digits, volume_amount
from organizer.i18n import _, format_money, format_number, format_percent, language
from organizer.services.earnings import Estimate
from organizer.ui import theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

WHO, LEVEL, VOLUME, RATE, AMOUNT = range(5)

_TOP = 2**32
"""The internal id of a component's own row; a line's is its component's number."""


class StatementModel(QAbstractItemModel):
    """Components at the top, their lines below. With `zeros` off, lines that pay nothing are left out.

    Lines are made when they are shown: a team may have 100,000 members.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._estimate: Estimate | None = None
        self._shown: list[list[int] | range] = []
        self._line = lru_cache(maxsize=512)(self._find_line)

    def show(self, estimate: Estimate | None, zeros: bool) -> None:
        """Show another statement."""
        self.beginResetModel()
        self._estimate = estimate
        self._line.cache_clear()
        components = estimate.statement.components if estimate else ()
        paid = estimate.paid if estimate else ()
        self._shown = [
            range(len(component.lines)) if zeros else list(places)
            for component, places in zip(components, paid, strict=True)
        ]
        self.endResetModel()

    def component(self, index: Index) -> ComponentResult | None:
        """The component that a row is or belongs to."""
        if self._estimate is None or not index.isValid():
            return None
        number = index.row() if index.internalId() == _TOP else index.internalId()
        return self._estimate.statement.components[number]

    def line(self, index: Index) -> Line | None:
        """The line of a row, None for a component's own."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return self._line(index.internalId(), index.row())

    def _find_line(self, component: int, row: int) -> Line:
        assert self._estimate is not None  # noqa: S101 - rows exist only with an estimate
        return self._estimate.statement.components[component].lines[self._shown[component][row]]

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Qt's: the row's place."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _TOP)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Qt's: a line's component."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _TOP)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's: components, or a component's lines."""
        if not parent.isValid():
            return len(self._shown)
        return len(self._shown[parent.row()]) if parent.internalId() == _TOP and parent.column() == 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's: who, level, volume, rate, amount."""
        return 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt's: the columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("From"), _("Level"), _("Volume"), _("Rate"), _("Amount"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section != WHO:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: what a cell shows."""
        if role == Qt.ItemDataRole.DisplayRole:
            line = self.line(index)
            return self._line_text(line, index.column()) if line else self._component_text(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != WHO:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and index.internalId() == _TOP:
            return theme.font("body", bold=True)
        if role == Qt.ItemDataRole.ForegroundRole:
            line = self.line(index)
            return theme.muted() if line and not line.minor else None
        return None

    def _component_text(self, index: Index) -> str:
        component = self.component(index)
        if component is None:
            return ""
        if index.column() == WHO:
            return component.name.in_language(language())
        return self._money(component.total_minor) if index.column() == AMOUNT else ""

    def _line_text(self, line: Line, column: int) -> str:
        assert self._estimate is not None  # noqa: S101 - a line exists only with an estimate
        if column == WHO:
            return self._estimate.name_of(line.source)
        if column == LEVEL:
            return "" if line.level is None else str(line.level)
        if column == VOLUME:
            return "–" if line.base is None else format_number(volume_amount(line.base))
        if column == RATE:
            return format_percent(Decimal(line.rate.numerator) / line.rate.denominator)
        return self._money(line.minor)

    def _money(self, minor: int) -> str:
        assert self._estimate is not None  # noqa: S101 - as above
        currency = self._estimate.statement.currency
        return format_money(minor, currency, minor_digits(currency))
