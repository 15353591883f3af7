"""What must not stay on the screen while it is locked: dialogs, menus, tool tips, the clipboard."""

from __future__ import annotations

import os
from hashlib import blake2b

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QToolTip, QWidget

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection, QClipboard.Mode.FindBuffer)


def close_passing(window: QWidget) -> None:
    """Close what comes and goes by itself: menus, lists of suggestions, tool tips, a drag, a file dialog."""
    if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
        QDrag.cancel()
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if popup.isVisible():  # one that refuses to close would be asked for ever
            popup.hide()
    for other in others(window):
        if isinstance(other, QFileDialog):
            other.reject()
        elif not isinstance(other, QDialog) and other.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            other.close()


def others(window: QWidget) -> list[QWidget]:
    """The program's windows on the screen but for this one, parents first."""
    found = [other for other in QApplication.topLevelWidgets() if other.isVisible() and other is not window]
    return sorted(found, key=_depth)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 1 + _depth(parent) if parent else 0


_SHOW = QEvent.Type.Show  # looked up once: the filter sees every event while the screen is locked


class Hiding(QObject):
    """Puts the other windows away and brings them back as they were; what opens meanwhile waits, unseen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._away: list[tuple[QWidget, QRect]] = []
        self._allowed: QWidget | None = None

    def begin(self, allowed: QWidget) -> None:
        """Hide everything; from now on only menus of `allowed` and of the window's bar may be shown."""
        self._allowed = allowed
        for other in others(self._window):
            self._put_away(other)
        app = QApplication.instance()
        assert app is not None  # noqa: S101 - there is one while there are windows
        app.installEventFilter(self)

    def end(self, show: bool = True) -> None:
        """Bring everything back; or let it go with the file it showed."""
        app = QApplication.instance()
        assert app is not None  # noqa: S101 - there is one while there are windows
        app.removeEventFilter(self)
        away, self._away = self._away, []
        for other, place in away if show else ():
            if shiboken6.isValid(other):
                other.setGeometry(place)
                other.show()

    def waits(self) -> bool:
        """True while something is hidden that will come back."""
        return any(shiboken6.isValid(other) for other, _place in self._away)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: keep a window that opens now off the screen, before anything of it is drawn."""
        if event.type() == _SHOW and isinstance(watched, QWidget) and self._is_hidden_now(watched):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, watched, lambda: self._put_away(watched))
        return False

    def _is_hidden_now(self, widget: QWidget) -> bool:
        if not widget.isWindow() or widget is self._window or widget.windowType() == Qt.WindowType.ToolTip:
            return False
        parent: QWidget | None = widget
        while parent is not None:
            if parent is self._allowed:
                return False
            parent = parent.parentWidget()
        return True

    def _put_away(self, other: QWidget) -> None:
        if not self._allowed or not other.isVisible():
            return
        if other.windowType() == Qt.WindowType.Popup:  # brought back, it would hang over the page
            other.close()
            other.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
            return
        self._away.append((other, other.geometry()))
        other.hide()
        other.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)


class OwnClipboard(QObject):
    """Remembers what was copied in the program, so that it can be taken off the clipboard, and nothing else."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # not the text itself: what she copied shall not lie about here as well
        self._salt = os.urandom(16)
        self._marks: dict[QClipboard.Mode, bytes] = {}
        self._board = QGuiApplication.clipboard()
        self._board.changed.connect(self._on_changed)

    def clear(self) -> None:
        """Empty the clipboard, and the selection of X11, where what lies there was copied here."""
        for mode in _MODES:
            # a clipboard manager may have taken it over: then the text is ours and the clipboard isn't
            if self._owns(mode) or (mode in self._marks and self._mark(mode) == self._marks[mode]):
                self._board.clear(mode)
        self._marks.clear()

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        # what another program copied is never read here; whether it is still ours is asked at the end
        if self._owns(mode):
            self._marks.pop(mode, None)
            if mark := self._mark(mode):
                self._marks[mode] = mark

    def _mark(self, mode: QClipboard.Mode) -> bytes:
        text = self._board.text(mode).encode("utf-8", "surrogatepass")
        return blake2b(text, key=self._salt).digest() if text else b""

    def _owns(self, mode: QClipboard.Mode) -> bool:
        asked = {
            QClipboard.Mode.Clipboard: self._board.ownsClipboard,
            QClipboard.Mode.Selection: self._board.ownsSelection,
            QClipboard.Mode.FindBuffer: self._board.ownsFindBuffer,
        }
        return asked[mode]()
