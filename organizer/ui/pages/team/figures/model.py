"""The grid's cells: names down the side, each volume's figures of the period beside those of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush

from organizer.domain.contact import fold
from organizer.domain.money import MAX_VOLUME, volume_amount
from organizer.domain.result import FieldRefusal, Message
from organizer.i18n import _, format_number, format_period
from organizer.services.volume_grid import Grid, Volume
from organizer.ui import theme
from organizer.ui.models.team_cells import UNKNOWN, shown_name
from organizer.ui.pages.figures import to_thousandths
from organizer.ui.widgets.messages import spoken

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_ALIGN, _COLOUR = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.ForegroundRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_WRITE = _READ | Qt.ItemFlag.ItemIsEditable

NAME, NUMBER, FIRST = 0, 1, 2
"""The columns; from FIRST on two for each volume: the period's figure, and that of the period before."""

_STEP, _DEEPEST = "\N{EM SPACE}", 12


class FiguresModel(QAbstractTableModel):
    """A Grid, narrowed by a search. `typed(amounts)` tells of a figure that was typed and understood, `refused`
    says what couldn't be. Nothing is stored here.
    """

    typed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid: Grid | None = None
        self.rows: Sequence[int] = ()
        """The positions of the members shown, from top to bottom."""
        self._names: list[str] = []
        self._folded: list[str] | None = None
        self._words: list[str] = []
        self._places: dict[int, int] | None = None
        self._now: dict[str, list[int | None]] = {}
        self._muted = QBrush(theme.muted())
        theme.events().changed.connect(self._recolour)

    # what the view asks

    def show(self, grid: Grid | None) -> None:
        """Show another state of the grid; where only figures differ, everything stays where it is."""
        same = self.grid is not None and grid is not None and self._is_same(self.grid, grid)
        if not same:
            self.beginResetModel()
        self.grid = grid
        self._now = {id_: list(figures) for id_, figures in grid.now.items()} if grid else {}
        if same:
            last = self.index(len(self.rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, FIRST), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, FIRST, self.columnCount() - 1)
            return
        view = grid.view if grid else None
        self._names = [shown_name(view, position) for position in range(len(view.team))] if view else []
        self._folded = None
        self._arrange()
        self.endResetModel()

    def _is_same(self, old: Grid, new: Grid) -> bool:
        one, two = old.view.team, new.view.team
        volumes = [volume.id for volume in old.volumes] == [volume.id for volume in new.volumes]
        return volumes and one.ids == two.ids and one.names == two.names and list(old.order) == list(new.order)

    def search(self, text: str) -> None:
        """Leave the members in whose name or number every word of `text` occurs."""
        self._words = fold(text).split()
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        order = self.grid.order if self.grid else ()
        self._places = None
        if self._words and self.grid:
            if self._folded is None:
                pairs = zip(self._names, self.grid.view.team.numbers, strict=True)
                self._folded = [fold(f"{name}\n{number}") for name, number in pairs]
            folded, words = self._folded, self._words
            self.rows = [one for one in order if all(word in folded[one] for word in words)]
        else:
            self.rows = order

    def place_of(self, position: int) -> int:
        """The line on which the member at `position` is shown, -1 where she isn't."""
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self.rows)}
        return self._places.get(position, -1)

    def volume_at(self, column: int) -> Volume | None:
        """The volume whose figures of the period stand in a column; None for the other columns."""
        place, before = divmod(column - FIRST, 2)
        volumes = self.grid.volumes if self.grid else ()
        return volumes[place] if column >= FIRST and not before and place < len(volumes) else None

    def cell(self, index: Index) -> tuple[int, Volume] | None:
        """The position and volume of a cell that can be written in; None for the others."""
        volume = self.volume_at(index.column()) if index.isValid() else None
        if volume is None or self.grid is None or not self.grid.may_write(self.rows[index.row()], volume):
            return None
        return self.rows[index.row()], volume

    def figure(self, position: int, volume: Volume) -> int | None:
        """The period's figure, in thousandths."""
        return self._now[volume.id][position]

    def plain(self, index: Index) -> str:
        """What a cell holds, as it goes onto the clipboard."""
        if index.column() == NAME:
            return self._names[self.rows[index.row()]]
        text = str(self.data(index))
        return "" if text == UNKNOWN else text

    # what the table asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's: a line for each member that the search leaves."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt's: name, number, and two for each volume."""
        return 0 if parent.isValid() else FIRST + 2 * len(self.grid.volumes if self.grid else ())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: the period's figures can be written in."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _WRITE if self.cell(index) else _READ

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt's: the text, its side and colour."""
        if not index.isValid() or self.grid is None:
            return None
        column = index.column()
        if role == _DISPLAY:
            return self._text(self.rows[index.row()], column)
        if role == _EDIT:
            text = self._text(self.rows[index.row()], column)
            return "" if text == UNKNOWN else text
        if role == _ALIGN:
            return _RIGHT if column >= FIRST else None
        if role == _COLOUR:
            return self._muted if column >= FIRST and self.cell(index) is None else None
        if role == _SPOKEN:
            return self._spoken(self.rows[index.row()], column)
        return None

    def _text(self, position: int, column: int) -> str:
        assert self.grid is not None  # noqa: S101 - whoever asks has looked
        if column == NAME:
            return _STEP * min(self.grid.depth[position], _DEEPEST) + self._names[position]
        if column == NUMBER:
            return self.grid.view.team.numbers[position]
        place, before = divmod(column - FIRST, 2)
        volume = self.grid.volumes[place]
        if not self.grid.may_write(position, volume):
            return ""
        amount = (self.grid.before if before else self._now)[volume.id][position]
        return UNKNOWN if amount is None else format_number(volume_amount(amount))

    def _spoken(self, position: int, column: int) -> str:
        if column == NAME:
            return self._names[position]
        text = self._text(position, column)
        return _("Not known") if text == UNKNOWN else text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Qt's: the columns' titles."""
        if orientation is not Qt.Orientation.Horizontal or self.grid is None or section >= self.columnCount():
            return None
        if role == _ALIGN:
            return _RIGHT if section >= FIRST else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != _DISPLAY:
            return None
        if section < FIRST:
            return _("Number") if section else _("Name")
        place, before = divmod(section - FIRST, 2)
        name = self.grid.volumes[place].name
        return f"{name}, {format_period(self.grid.previous)}" if before else name

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Qt's: what was typed; it is told, and stored by whoever hears it."""
        found = self.cell(index)
        if found is None or role != _EDIT or self.grid is None:
            return False
        position, volume = found
        try:
            amount = _understood(volume, str(value))
        except FieldRefusal as refusal:
            where = _("{name}, {volume}").format(name=self._names[position], volume=volume.name)
            self.refused.emit(f"{where}: {spoken(refusal)}")
            return False
        if amount != self.figure(position, volume):
            self.typed.emit({(self.grid.view.team.ids[position], volume.id): amount})
        return True

    def _recolour(self) -> None:
        self._muted = QBrush(theme.muted())


def _understood(volume: Volume, text: str) -> int | None:
    amount = to_thousandths(volume.id, text)
    if amount is not None and not 0 <= amount <= MAX_VOLUME:
        raise FieldRefusal(volume.id, Message("Write a figure from 0 and up."))
    return amount
