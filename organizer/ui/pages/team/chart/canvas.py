"""The drawn chart itself: painted, and moved by mouse, wheel, fingers and keys."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QToolTip, QWidget

from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.pages.team.chart.cards import toggle_rect, toggle_text
from organizer.ui.pages.team.chart.drawing import WHOLE, Drawing, draw_ring
from organizer.ui.pages.team.chart.dropping import Dropping
from organizer.ui.pages.team.chart.scene import leg_title
from organizer.ui.pages.team.chart.state import ChartState
from organizer.ui.pages.team.chart.walk import step

_WHEEL, _KEY = 1.2, 1.25  # how much larger with one step of the wheel, with one key
_NOTCH = 120  # what Qt counts for one step of the wheel
_REACH = 4.0  # pixels around a small mark that still hit it
_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_ARROWS = {_Key.Key_Left: (1, 0), _Key.Key_Right: (-1, 0), _Key.Key_Up: (0, 1), _Key.Key_Down: (0, -1)}
_OWN_KEYS = (_Key.Key_Plus, _Key.Key_Equal, _Key.Key_Minus, _Key.Key_0, _Key.Key_C)


class Canvas(QWidget):
    """Paints a ChartState. `chosen(id)`; `menu_asked(global place)`; `copy_asked`; for drops see Dropping."""

    chosen = Signal(int)
    menu_asked = Signal(QPoint)
    copy_asked = Signal()
    dropped = Signal(int, int)
    placed = Signal(int, int, str)

    def __init__(self, state: ChartState) -> None:
        super().__init__()
        self.state = state
        self.named = True
        self._drawing: Drawing | None = None
        self._pressed: QPointF | None = None
        self._pressed_member = 0
        self._panning = False
        self._space = False
        self.dropping = Dropping(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAcceptDrops(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(theme.scaled(240), theme.scaled(160))
        self.setAccessibleName(_("Team chart"))
        state.moved.connect(self.update)
        state.relaid.connect(self.redraw)
        theme.events().changed.connect(self.redraw)

    def redraw(self) -> None:
        """The scene or the colours are others."""
        self._drawing = None
        self.dropping.target = -1
        self.update()

    def drawing(self) -> Drawing | None:
        """What draws the scene now; None where there is no team."""
        if self._drawing is None and self.state.scene:
            self._drawing = Drawing(self.state.scene, self.named)
        return self._drawing

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen."""
        painter = QPainter(self)
        drawing = self.drawing()
        if drawing is None:
            painter.fillRect(self.rect(), theme.window())
            return
        drawing.draw(painter, self.state.camera)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.state.place_of(self.state.chosen)
        if place >= 0:
            pen = QPen(theme.text() if self.hasFocus() else theme.accent(), 3 if self.hasFocus() else 2)
            drawing.draw_chosen(painter, self.state.camera, place, pen)
        if self.dropping.target >= 0:
            draw_ring(painter, self.card(self.dropping.target), QPen(theme.amber(), 4), 4.0)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(theme.accent(), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def card(self, place: int) -> QRectF:
        """The card of a place, in pixels."""
        scene = self.state.scene
        return self.state.camera.card(scene.layout.x[place], scene.layout.row(place)) if scene else QRectF()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See the same part."""
        self.state.resize(event.size().width(), event.size().height())

    # what is where

    def place_at(self, at: QPointF) -> int:
        """The place whose card is at a pixel, or whose mark is near it; -1 for none."""
        scene, camera = self.state.scene, self.state.camera
        if scene is None:
            return -1
        x, down = camera.place(at)
        row = round(down)
        if not 0 <= row < scene.layout.depth:
            return -1
        reach = max(camera.card_size()[0] / 2, _REACH) / camera.across
        found = scene.layout.between(row, x - reach, x + reach)
        if not found:
            return -1
        place = min(found, key=lambda place: abs(scene.layout.x[place] - x))
        room = max(_REACH - self.card(place).height() / 2, 0.0)
        return place if self.card(place).adjusted(-_REACH, -room, _REACH, room).contains(at) else -1

    def toggle_at(self, at: QPointF) -> int:
        """The id of the member whose collapsing mark is at a pixel, 0 for none."""
        scene, camera = self.state.scene, self.state.camera
        if scene is None or camera.scale < WHOLE:
            return 0
        x, down = camera.place(at)
        reach = camera.card_size()[0] / camera.across
        # the mark hangs below its card, half way to the next row
        for row in {round(down), int(down)}:
            for place in scene.layout.between(row, x - reach, x + reach) if 0 <= row < scene.layout.depth else ():
                text = toggle_text(scene, place)
                if text and toggle_rect(self.card(place), camera.scale, len(text)).contains(at):
                    return self.state.id_at(place)
        return 0

    def choose(self, member_id: int) -> None:
        """She has chosen this member here."""
        if self.state.choose(member_id):
            self.say_chosen()
            self.chosen.emit(member_id)

    def say_chosen(self) -> None:
        """Tell a screen reader whom the ring is around."""
        scene, position = self.state.scene, self.state.position_of(self.state.chosen)
        text = scene.words(position).replace("\n", ", ") if scene and position >= 0 else ""
        self.setAccessibleDescription(text)
        if text and self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose, collapse, or begin to move the chart or a member."""
        self._pressed, self._pressed_member = event.position(), 0
        self._panning = self._space or event.button() == Qt.MouseButton.MiddleButton
        if self._panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() == Qt.MouseButton.LeftButton and (member := self.toggle_at(event.position())):
            self._pressed = None
            self.state.toggle(member)
            return
        member = self.state.id_at(self.place_at(event.position()))
        if member:
            self.choose(member)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_member = member
            self._panning = not member

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the chart, or begin to drag a member."""
        if self._pressed is None or not event.buttons():
            return
        moved = event.position() - self._pressed
        if self._panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._pressed = event.position()
            self.state.pan(moved.x(), moved.y())
        elif moved.manhattanLength() >= QApplication.startDragDistance() and self._pressed_member:
            self._pressed = None
            self.dropping.start(self._pressed_member)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._pressed, self._panning = None, False
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Collapse or expand a leg; where cards are small, come near first."""
        if member := self.state.id_at(self.place_at(event.position())):
            if self.state.camera.scale < WHOLE:
                self.state.zoom_by(1.0 / self.state.camera.zoom, event.position())
            elif not self.toggle_at(event.position()):
                self.state.toggle(member)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; two fingers, or the wheel with Shift or Alt, move the chart."""
        event.accept()
        fingers = event.pixelDelta()
        zooming = bool(event.modifiers() & _Modifier.ControlModifier)
        aside = event.modifiers() & (_Modifier.ShiftModifier | _Modifier.AltModifier)
        if not zooming and not fingers.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase:
            self.state.pan(fingers.x(), fingers.y())
        elif aside and not zooming:
            self.state.pan(event.angleDelta().x() or event.angleDelta().y(), 0)
        else:
            self.state.zoom_by(_WHEEL ** (event.angleDelta().y() / _NOTCH), event.position())

    def event(self, event: QEvent) -> bool:
        """Qt's: fingers, tips, and keys that are ours before they are the window's."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.state.zoom_by(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            return self._on_gesture(event)
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        elif event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _is_own(event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.key() not in _OWN_KEYS:
            return False
        return bool(event.modifiers() & _Modifier.ControlModifier)

    def _on_gesture(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self.state.zoom_by(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
        event.accept()
        return True

    def _show_tip(self, event: QHelpEvent) -> None:
        place, scene = self.place_at(QPointF(event.pos())), self.state.scene
        if place < 0 or scene is None:
            QToolTip.hideText()
            return
        member = scene.layout.members[place]
        text = (
            scene.words(member) if member >= 0 else _("Free place: {leg}").format(leg=leg_title(scene.leg(place)))
        )
        # a tip would guess that a name is markup: say that it is, with everything in it escaped
        lines = "<br>".join(escape(line) for line in text.splitlines())
        QToolTip.showText(event.globalPos(), f"<span>{lines}</span>", self, self.card(place).toAlignedRect())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the chosen member's menu; by key, at her card."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.state.place_of(self.state.chosen)
            middle = self.card(place).center().toPoint() if place >= 0 else self.rect().center()
            self.menu_asked.emit(self.mapToGlobal(middle))
        else:
            self.menu_asked.emit(event.globalPos())

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, scroll, walk from card to card, collapse and expand."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == _Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self._show_cursor()
        elif not (self._on_zoom_key(event) or self._on_scroll_key(event) or self._on_walk_key(event)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space let go: a drag moves members again."""
        if event.key() == _Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def _on_zoom_key(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & _Modifier.ControlModifier:
            return False
        if event.key() in (_Key.Key_Plus, _Key.Key_Equal):
            self.state.zoom_by(_KEY)
        elif event.key() == _Key.Key_Minus:
            self.state.zoom_by(1 / _KEY)
        elif event.key() == _Key.Key_0:
            self.state.fit_all()
        else:
            return False
        return True

    def _on_scroll_key(self, event: QKeyEvent) -> bool:
        wide, tall = self.width(), self.height()
        if event.key() in (_Key.Key_PageUp, _Key.Key_PageDown):
            sign = 1 if event.key() == _Key.Key_PageUp else -1
            aside = bool(event.modifiers() & _Modifier.ShiftModifier)
            self.state.pan(sign * wide * 0.8 * aside, sign * tall * 0.8 * (not aside))
        elif event.modifiers() & _Modifier.ControlModifier and event.key() in _ARROWS:
            right, down = _ARROWS[_Key(event.key())]
            self.state.pan(right * wide / 8, down * tall / 8)
        else:
            return False
        return True

    def _on_walk_key(self, event: QKeyEvent) -> bool:
        key, scene = event.key(), self.state.scene
        if scene is None:
            return False
        place, member = self.state.place_of(self.state.chosen), self.state.chosen
        if place < 0:
            place = 0
            member = self.state.id_at(place)
        if key in (*_ARROWS, _Key.Key_Home, _Key.Key_End):
            to = step(scene.layout, place, key) if self.state.place_of(self.state.chosen) >= 0 else place
            if to >= 0:
                self.choose(self.state.id_at(to))
            return True
        if key in (_Key.Key_Return, _Key.Key_Enter):
            return self.state.toggle(member)
        if key in (_Key.Key_Plus, _Key.Key_Minus):
            return self.state.toggle(member, collapse=key == _Key.Key_Minus)
        if key == _Key.Key_Asterisk:
            self.state.expand_below(member)
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say who is chosen."""
        super().focusInEvent(event)
        self.say_chosen()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring is drawn as without the keyboard."""
        super().focusOutEvent(event)
        self._space = False
        self._show_cursor()
        self.update()

    def _show_cursor(self) -> None:
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._space else Qt.CursorShape.ArrowCursor)
