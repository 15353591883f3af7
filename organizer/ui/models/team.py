"""The team as an outline tree: integer-keyed, built from plain arrays, sorted within each parent when asked.

A member's internal id is her position in the team's arrays plus one, so that 0 is the invisible root.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush

from organizer.domain import tree
from organizer.i18n import _
from organizer.services.jobs import uncollected
from organizer.services.team import TeamView
from organizer.services.team_columns import Column, Facts
from organizer.services.team_filter import with_those_above
from organizer.ui import theme
from organizer.ui.models.team_cells import COLUMNS, GROUP, MAY_BE_UNKNOWN, NAME, NUMERIC, UNKNOWN, Cells
from organizer.ui.models.team_marks import mark_of

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_COLUMNS = len(COLUMNS)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_PICTURE = int(Qt.ItemDataRole.DecorationRole)
_BEHIND = int(Qt.ItemDataRole.BackgroundRole)
_FONT = int(Qt.ItemDataRole.FontRole)


class TeamModel(QAbstractItemModel):
    """A TeamView in the tree that it shows, whole or only some of it. Nothing here reads the file.

    There is no `flags`: opening 100,000 branches would ask for each; TeamTree drags and drops by itself.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: TeamView | None = None
        self._cells: Cells | None = None
        self._texts: Sequence[Callable[[int], str]] = ()
        # one list of internal ids per internal id, () for a leaf; rows[id] is the place among the siblings
        self._below: list[Any] = [()]
        self._rows: MutableSequence[int] = [0]
        self._above: Sequence[int] = [0]
        self._sorted = bytearray(1)
        self._order: list[int] | None = None
        self._key: Callable[[int], Any] | None = None
        self._column, self._descending = NAME, False
        self._kept: bytearray | None = None
        self._hits: bytearray | None = None
        self._muted, self._behind = QBrush(), QBrush()
        self._recolour()
        theme.events().changed.connect(self._recolour)

    # what the page asks

    def show(self, view: TeamView, facts: Facts | None = None, hits: bytearray | None = None) -> None:
        """Show another state of the same team: members keep their place in selections and open branches.

        `facts` are what the columns need besides the view; `hits` see `narrow`, with the same way of showing.
        """
        kept = with_those_above(view.parent, hits) if hits is not None and self._kept is not None else None
        if self._same_order(view, kept):
            self._hits = hits
            self._show_figures(view, facts)
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        members = [self.member_id(index) for index in old]
        self._hits = hits
        self._take(view, facts, kept)
        self.changePersistentIndexList(
            old, [self.index_of(id_, index.column()) for id_, index in zip(members, old, strict=True)]
        )
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    def _same_order(self, view: TeamView, kept: bytearray | None) -> bool:
        # a changed volume or rank moves nobody while the team is sorted by name
        if self.view is None or self._column != NAME or kept != self._kept:
            return False
        old, new = self.view, view
        if (old.team.ids, old.team.names, old.team.me) != (new.team.ids, new.team.names, new.team.me):
            return False
        return list(old.parent) == list(new.parent)

    def _show_figures(self, view: TeamView, facts: Facts | None) -> None:
        self.view, self._key = view, None
        self._cells = Cells(view, facts)
        self._texts = self._cells.texts
        self._repaint()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    def _repaint(self) -> None:
        last = len(self._below[0]) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, _COLUMNS - 1))

    def show_other(self, view: TeamView | None, facts: Facts | None = None, hits: bytearray | None = None) -> None:
        """Show another team, or none, from the start."""
        kept = (
            with_those_above(view.parent, hits) if view and hits is not None and self._kept is not None else None
        )
        self.beginResetModel()
        self._hits = hits
        self._take(view, facts, kept)
        self.endResetModel()

    def add(self, facts: Facts) -> None:
        """Take what was read for more columns."""
        if self._cells:
            self._cells.add(facts)
            self._repaint()

    def has(self, column: Column) -> bool:
        """Whether what the column needs has been read, if it needs anything."""
        return self._cells is not None and self._cells.has(column)

    def narrow(self, hits: bytearray | None, only: bool) -> None:
        """Show `hits` (1 or 0 in the team's order): `only` they and those above them, greyed, or marked among all.

        None shows everybody. Selections and open branches are lost where the rows change.
        """
        kept = with_those_above(self.view.parent, hits) if self.view and hits is not None and only else None
        if kept == self._kept:
            self._hits = hits
            self._repaint()
            return
        self.beginResetModel()
        self._hits = hits
        self._arrange(kept)
        self.endResetModel()

    def is_narrowed(self) -> bool:
        """True while only some of the team are shown."""
        return self._kept is not None

    def row_count(self) -> int:
        """How many members are shown, all branches open."""
        return sum(self._kept) if self._kept is not None else len(self._rows) - 1

    def position(self, index: Index) -> int:
        """The member's position in the team's arrays, -1 for an invalid index."""
        return index.internalId() - 1

    def member_id(self, index: Index) -> int:
        """The member's id, 0 for an invalid index."""
        return self.view.team.ids[index.internalId() - 1] if self.view and index.isValid() else 0

    def id_at(self, position: int) -> int:
        """The id of the member at `position` of the team's arrays."""
        return self.view.team.ids[position] if self.view else 0

    def is_me(self, index: Index) -> bool:
        """True for her own place, which can't be moved."""
        return self.view is not None and self.position(index) == self.view.team.me

    def position_of(self, member_id: int) -> int:
        """The position of the member with that id, -1 where the team has none."""
        ids = self.view.team.ids if self.view else ()
        position = bisect_left(ids, member_id)
        return position if position < len(ids) and ids[position] == member_id else -1

    def index_of(self, member_id: int, column: int = 0) -> QModelIndex:
        """The index of the member with that id; invalid where the team has none."""
        position = self.position_of(member_id)
        return self.index_at(position, column) if position >= 0 else QModelIndex()

    def index_at(self, position: int, column: int = 0) -> QModelIndex:
        """The index of the member at `position` of the team's arrays; invalid while she isn't shown."""
        if self._kept is not None and not self._kept[position]:
            return QModelIndex()
        self._sort_below(self._above[position + 1])
        return self.createIndex(self._rows[position + 1], column, position + 1)

    def order(self) -> Sequence[int]:
        """All positions from top to bottom, as the fully opened tree shows them."""
        if self._order is None:
            self._order = list(self._walk())
        return self._order

    def titles(self) -> Sequence[str]:
        """The columns' titles, which follow the company's plan."""
        return self._cells.titles if self._cells else ()

    def name(self, position: int) -> str:
        """The name as the tree shows it."""
        return self._cells.names[position] if self._cells else ""

    def group_text(self, position: int) -> str:
        """The group volume as the tree shows it."""
        return self._cells.texts[GROUP](position) if self._cells else ""

    def count_below(self, position: int) -> int:
        """How many stand below a member, on all levels, shown or not."""
        return len(self.within(position)) - 1

    def within(self, position: int) -> list[int]:
        """The positions of a member and all below her, shown or not."""
        parent = self.view.parent if self.view else ()
        return [position, *tree.members_below(parent, tree.top_down(parent), position)]

    def depth(self, position: int) -> int:
        """How many stand above a member."""
        return sum(1 for _above in tree.ancestors(self.view.parent, position)) if self.view else 0

    # what the view asks

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Qt's: the cell at `row` and `column` below `parent`."""
        above = parent.internalId()
        below = self._below[above]
        if 0 <= row < len(below) and 0 <= column < _COLUMNS:
            if not self._sorted[above]:
                self._sort_below(above)
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    def parent(self, index: Index | None = None) -> Any:
        """Qt's: who stands above; without an index, the QObject that owns the model."""
        if index is None:
            return super().parent()
        above = self._above[index.internalId()]
        if not above:
            return QModelIndex()
        return self.createIndex(self._rows[above], 0, above)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt's: how many stand directly below."""
        return 0 if parent.column() > 0 else len(self._below[parent.internalId()])

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Qt's: how many columns there are."""
        return _COLUMNS

    def hasChildren(self, parent: Index = _ROOT) -> bool:
        """Qt's: whether anyone stands below; spares the view two calls for each row."""
        return parent.column() <= 0 and bool(self._below[parent.internalId()])

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Qt's: a cell's text, colour, alignment, tip and what a screen reader says."""
        if role == _DISPLAY:
            return self._texts[index.column()](index.internalId() - 1)
        if role == _ALIGN:
            return _RIGHT if index.column() in NUMERIC else None
        if role == _COLOUR:
            return self._muted if self._is_muted(index.internalId() - 1) else None
        if role in (_TIP, _SPOKEN):
            return self._explained(index, role)
        if role == _PICTURE and index.column() == NAME:
            return self._picture(index.internalId() - 1)
        if role in (_BEHIND, _FONT) and self._hits is not None and self._kept is None:
            return self._marked(index.internalId() - 1, role)
        return None

    def _is_muted(self, position: int) -> bool:
        if self._kept is not None and self._hits is not None and not self._hits[position]:
            return True
        return self._cells is not None and self._cells.earns_nothing(position)

    def _marked(self, position: int, role: int) -> Any:
        if self._hits is None or not self._hits[position]:
            return None
        return self._behind if role == _BEHIND else theme.font(bold=True)

    def _picture(self, position: int) -> Any:
        changes = self.view.changes if self.view else None
        mark = mark_of(changes.of[position]) if changes else None
        return mark.pixmap() if mark else None

    def _explained(self, index: Index, role: int) -> str | None:
        text = self._texts[index.column()](index.internalId() - 1)
        if text == UNKNOWN and index.column() in MAY_BE_UNKNOWN:
            return _("Not known")
        changes = self.view.changes if self.view and index.column() == NAME else None
        mark = mark_of(changes.of[index.internalId() - 1]) if changes else None
        if mark:
            text = _("{name}: {change}").format(name=text, change=mark.word())
        if role == _SPOKEN:
            return text
        # a tip would guess that a name is markup: say that it is, with everything in it escaped
        return f"<span>{escape(text)}</span>" if index.column() == NAME else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Qt's: the columns' titles."""
        if orientation is not Qt.Orientation.Horizontal or self._cells is None:
            return None
        if role == _DISPLAY:
            return self._cells.titles[section]
        return _RIGHT if role == _ALIGN and section in NUMERIC else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's: sort the members below each parent; each branch when it is first shown."""
        descending = order == Qt.SortOrder.DescendingOrder
        if (column, descending) == (self._column, self._descending) or not 0 <= column < _COLUMNS:
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        self._column, self._descending = column, descending
        self._sorted = bytearray(len(below) < 2 for below in self._below)
        self._order, self._key = None, None
        with uncollected():
            self.changePersistentIndexList(old, [self.index_at(self.position(i), i.column()) for i in old])
        self.layoutChanged.emit()

    # arrays

    def _take(self, view: TeamView | None, facts: Facts | None, kept: bytearray | None) -> None:
        self.view = view
        self._above = array("q", (0, *[above + 1 for above in view.parent])) if view else array("q", (0,))
        self._cells = Cells(view, facts) if view else None
        self._texts = self._cells.texts if self._cells else ()
        self._arrange(kept)

    def _arrange(self, kept: bytearray | None) -> None:
        above, size = self._above, len(self._above)
        # an only child needs no sorting
        below: list[Any] = [()] * size
        in_order = bytearray(b"\1") * size
        members = range(1, size) if kept is None else [member for member in range(1, size) if kept[member - 1]]
        for member in members:
            over = above[member]
            if siblings := below[over]:
                siblings.append(member)
                in_order[over] = 0
            else:
                below[over] = [member]
        self._below, self._sorted, self._kept = below, in_order, kept
        self._rows = array("q", [0]) * size
        self._order, self._key = None, None

    def _sort_below(self, above: int) -> None:
        if self._sorted[above] or self._cells is None:
            return
        self._sorted[above] = 1
        if self._key is None:
            value = self._cells.value(self._column)
            self._key = lambda member: value(member - 1)
        below, key = self._below[above], self._key
        if self._column == NAME:
            below.sort(key=key, reverse=self._descending)
        else:
            # the unknown last whichever way the others go
            known = [member for member in below if key(member) is not None]
            unknown = [member for member in below if key(member) is None]
            below[:] = sorted(known, key=key, reverse=self._descending) + unknown
        rows = self._rows
        for row, member in enumerate(below):
            rows[member] = row

    def _walk(self) -> Iterator[int]:
        waiting = [0]
        while waiting:
            member = waiting.pop()
            if member:
                yield member - 1
            if not self._sorted[member]:
                self._sort_below(member)
            waiting.extend(reversed(self._below[member]))

    def _recolour(self) -> None:
        self._muted, self._behind = QBrush(theme.muted()), QBrush(theme.amber_soft())
