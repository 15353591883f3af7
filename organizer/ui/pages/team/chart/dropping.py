"""Dragging a member's card onto another card, or onto a free place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from organizer.ui.pages.team.tree_view import MIME

if TYPE_CHECKING:
    from organizer.ui.pages.team.chart.canvas import Canvas

_EDGE, _STEP = 32, 14  # pixels from the window's edge where the chart moves on, and by how many


class Dropping(QObject):
    """Watches a Canvas: marks the `target` place under a dragged member, and asks for the move when she is let go.

    `dropped(id, above)` of the canvas for a card, `placed(id, above, leg)` for a free place.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._member = 0
        self.target = -1
        canvas.installEventFilter(self)

    def start(self, member_id: int) -> None:
        """Take a member along; her own place, and one of the past, stay where they are."""
        view = self._canvas.state.view
        if view is None or view.is_past or self._canvas.state.position_of(member_id) == view.team.me:
            return
        data = QMimeData()
        data.setData(MIME, QByteArray(str(member_id).encode()))
        drag = QDrag(self._canvas)
        drag.setMimeData(data)
        self._member = member_id
        drag.exec(Qt.DropAction.MoveAction)
        self._mark(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the canvas's drag and drop."""
        if isinstance(event, QDragMoveEvent) and not isinstance(event, QDragEnterEvent):
            self._on_move(event)
        elif isinstance(event, QDragEnterEvent):
            # files and others' things are the window's
            own = event.source() is self._canvas and event.mimeData().hasFormat(MIME)
            self._member = int(event.mimeData().data(MIME).data() or b"0") if own else 0
            event.setAccepted(own)
        elif isinstance(event, QDragLeaveEvent):
            self._mark(-1)
        elif isinstance(event, QDropEvent):
            self._on_drop(event)
        else:
            return False
        return True

    def _on_move(self, event: QDragMoveEvent) -> None:
        at = event.position()
        self._follow(at)
        place = self._canvas.place_at(at)
        self._mark(place if place >= 0 and self._takes(place) else -1)
        event.setAccepted(self.target >= 0)

    def _follow(self, at: QPointF) -> None:
        wide, tall = self._canvas.width(), self._canvas.height()
        right = _STEP * ((at.x() < _EDGE) - (at.x() > wide - _EDGE))
        down = _STEP * ((at.y() < _EDGE) - (at.y() > tall - _EDGE))
        if right or down:
            self._canvas.state.pan(right, down)

    def _takes(self, place: int) -> bool:
        state = self._canvas.state
        member = state.id_at(place)
        if not member and state.scene:
            member = state.id_at(state.scene.layout.above[place])
        return member not in (0, self._member)

    def _on_drop(self, event: QDropEvent) -> None:
        state, place, member = self._canvas.state, self.target, self._member
        self._mark(-1)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        if place < 0 or not member or state.scene is None:
            return
        above = state.id_at(place)
        if above:
            self._canvas.dropped.emit(member, above)
        else:
            under = state.id_at(state.scene.layout.above[place])
            self._canvas.placed.emit(member, under, state.scene.leg(place))

    def _mark(self, place: int) -> None:
        if place != self.target:
            self.target = place
            self._canvas.update()
