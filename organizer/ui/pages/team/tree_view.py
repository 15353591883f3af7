"""The outline tree on the screen: opens branches, jumps to a member, and lets one be dragged onto another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QByteArray,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView, QWidget

from organizer.domain import tree
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.models.team import TeamModel
from organizer.ui.models.team_cells import NAME
from organizer.ui.pages.team.columns import Columns

MIME = "application/x-organizer-member"
"""What a dragged member carries: her id."""

_DEEPEST = 2000
"""Levels that are opened at once: Qt lays a tree out by recursion, and a chain of 100,000 would end it."""

_DEEP = 8
"""Levels for whose names there is room in a tree that is opened whole."""

_MANY = 50
"""Branches that are opened with a layout for each; more wait for one layout of the whole tree."""


def _branches_above(index: QModelIndex) -> list[QModelIndex]:
    """Who stands above, nearest first."""
    path = []
    above = index.parent()
    while above.isValid():
        path.append(above)
        above = above.parent()
    return path


class TeamTree(QTreeView):
    """Shows a team. `chosen(id)` follows the current member (0: none); `dropped(id, above)` asks for a move."""

    chosen = Signal(int)
    dropped = Signal(int, int)

    def __init__(self, model: TeamModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._members = model
        self._target = QPersistentModelIndex()
        self._pressed: QPoint | None = None
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(False)
        self.setSortingEnabled(True)
        self.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(True)
        self.setAcceptDrops(True)
        self.setAutoExpandDelay(700)
        self.setIndentation(theme.L)
        self.setAccessibleName(_("Team"))
        self.columns = Columns(self, model)
        self.selectionModel().currentChanged.connect(self._on_current)

    # branches

    def open_levels(self, levels: int) -> None:
        """Open the tree so that `levels` levels below the top are seen, and close what is deeper."""
        keep = self.current_id()
        self.collapseAll()
        for row in range(self._members.rowCount()):
            # lays out once at the end; expandToDepth would do so for each branch
            self.expandRecursively(self._members.index(row, 0), levels - 1)
        self.columns.make_room(min(levels, _DEEP))
        self._keep(keep)

    def open_all(self) -> None:
        """Open every branch."""
        if self._too_deep():
            self.open_levels(_DEEPEST)
            return
        keep = self.current_id()
        self.expandAll()
        self.columns.make_room(_DEEP)
        self._keep(keep)

    def open_below(self, index: QModelIndex) -> None:
        """Open everything below a member, as far down as Qt can lay out."""
        level = len(_branches_above(index))
        self.expandRecursively(index, max(_DEEPEST - level, 0) if self._too_deep() else -1)

    def close_below(self, index: QModelIndex) -> None:
        """Close a member's branch and everything below her, so that it opens with one level again."""
        waiting = [index]
        for above in waiting:
            rows = range(self._members.rowCount(above))
            waiting.extend(below for row in rows if self.isExpanded(below := self._members.index(row, 0, above)))
        self._all_at_once(len(waiting))
        for branch in reversed(waiting):
            self.setExpanded(branch, False)

    def opened(self) -> list[int]:
        """The places of those whose branches are open."""
        found, waiting = [], [QModelIndex()]
        while waiting:
            above = waiting.pop()
            for row in range(self._members.rowCount(above)):
                index = self._members.index(row, 0, above)
                if self.isExpanded(index):
                    found.append(self._members.position(index))
                    waiting.append(index)
        return found

    def reopen(self, places: Sequence[int]) -> None:
        """Open the branches of the members at these places of the team's arrays, as far as they are shown."""
        self._all_at_once(len(places))
        for place in places:
            if (index := self._members.index_at(place)).isValid():
                self.setExpanded(index, True)

    def _all_at_once(self, branches: int) -> None:
        if branches > _MANY:
            self.scheduleDelayedItemsLayout()  # one layout for all of them, not one for each

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's "*" opens everything below too, however deep."""
        if event.key() == Qt.Key.Key_Asterisk and self.currentIndex().isValid():
            self.open_below(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _too_deep(self) -> bool:
        view = self._members.view
        # only a team with that many members can have that many levels
        if view is None or len(view.team) <= _DEEPEST:
            return False
        # any order from the top down will do: the one shown would have to be sorted first
        return max(tree.depths(view.parent, tree.parents_first(view.parent))) > _DEEPEST

    def close_all(self) -> None:
        """Close every branch; whoever was chosen gives way to the closed branch she stands in."""
        self.collapseAll()

    def _keep(self, member_id: int) -> None:
        index = self._members.index_of(member_id)
        if index.isValid():
            self.scrollTo(index)

    # the chosen member

    def current_id(self) -> int:
        """The id of the chosen member, 0 for none."""
        return self._members.member_id(self.currentIndex())

    def jump(self, member_id: int) -> bool:
        """Choose a member, opening the branches above her; False where the team has no such member.

        Of one who stands deeper than Qt can lay out, the member in her line that it can show is chosen.
        """
        index = self._members.index_of(member_id)
        if not index.isValid():
            return False
        path = _branches_above(index)
        if len(path) > _DEEPEST:
            index, path = path[-_DEEPEST - 1], path[-_DEEPEST:]
        closed = [branch for branch in reversed(path) if not self.isExpanded(branch)]
        self._all_at_once(len(closed))
        for branch in closed:
            self.setExpanded(branch, True)
        self.columns.make_room(len(path))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def _on_current(self, current: QModelIndex) -> None:
        self.chosen.emit(self._members.member_id(current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: let the names take the width that the other columns leave."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.columns.fill()

    # dragging a member onto another

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        if not self.indexAt(event.position().toPoint()).isValid():
            self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag; the model has no flags (see TeamModel), so Qt would not."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        moved = event.position().toPoint() - self._pressed
        if moved.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.startDrag(Qt.DropAction.MoveAction)

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Take the chosen member along; her own place stays where it is."""
        member_id = self.current_id()
        if member_id and not self._members.is_me(self.currentIndex()):
            data = QMimeData()
            data.setData(MIME, QByteArray(str(member_id).encode()))
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take members of this team, and leave files and others' things to the window."""
        if event.source() is self and event.mimeData().hasFormat(MIME):
            self.setState(QAbstractItemView.State.DraggingState)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark whom the member would stand under; open a closed branch, and scroll near the edges."""
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        over = self._members.member_id(index)
        self._mark(index if over and over != self.current_id() else QModelIndex())
        event.setAccepted(self._target.isValid())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget the mark."""
        super().dragLeaveEvent(event)
        self._mark(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the page does it, or says why it can't be."""
        above = self._members.member_id(self._target) if self._target.isValid() else 0
        member = int(event.mimeData().data(MIME).data() or b"0")
        self._mark(QModelIndex())
        self.setState(QAbstractItemView.State.NoState)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        if above and member:
            self.dropped.emit(member, above)

    def _mark(self, index: QModelIndex) -> None:
        self._target = QPersistentModelIndex(index)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tree, and a frame around the member that a drop would land on."""
        super().paintEvent(event)
        if self._target.isValid():
            row = self.visualRect(self._target)
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.accent(), 2))
            painter.drawRect(1, row.top() + 1, self.viewport().width() - 3, row.height() - 2)
