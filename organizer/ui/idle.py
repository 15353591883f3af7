"""Notices that nobody touches the program any more, and that the computer slept."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import SIGNAL, SLOT, QEvent, QKeyCombination, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_TICK = 5_000
_JUMP = 30.0
_DBUS_LATER = 1_500
_LOGIND = "org.freedesktop.login1"
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
LOCK_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
"""The keys that lock, in dialogs too, which keep the menu's shortcut from the window."""


class Idle(QObject):
    """`idle` after as many minutes as `minutes` says (0 for never), `slept` when the computer sleeps or wakes,
    `asked` when LOCK_KEYS are pressed in a dialog.

    It looks at what the system sends to the program's windows: a filter on the whole application would see every
    event of every widget, and slow everything. `steady` and `wall` are clocks in seconds.
    """

    idle = Signal()
    slept = Signal()
    asked = Signal()

    def __init__(
        self,
        main: QWindow | None,
        minutes: Callable[[], int],
        steady: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._main, self._minutes, self.steady, self.wall = main, minutes, steady, wall
        self._touched, self._ticked = steady(), wall()
        self._follow(main)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - there is one while there are windows
        app.focusWindowChanged.connect(self._follow)
        self._timer = QTimer(self, interval=_TICK, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._later = QTimer(self, singleShot=True, interval=_DBUS_LATER)
        self._later.timeout.connect(self.listen_to_system)
        self._later.start()

    def touch(self) -> None:
        """Somebody is there: the minutes begin anew."""
        self._touched = self.steady()

    def tick(self) -> None:
        """Look at the clocks; happens every five seconds."""
        now = self.wall()
        jumped, self._ticked = now - self._ticked > _JUMP, now
        minutes = self._minutes()
        if jumped:
            self.slept.emit()
        elif minutes and self.steady() - self._touched >= minutes * 60:
            self.touch()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: a key, the mouse or a finger counts; nothing is taken away but the keys that lock."""
        if event.type() in _TOUCHES:
            self._touched = self.steady()
            if watched is not self._main and isinstance(event, QKeyEvent) and event.keyCombination() == LOCK_KEYS:
                self.asked.emit()
                return True
        return False

    def listen_to_system(self) -> bool:
        """On Linux the system tells before it sleeps; without its bus (False) the clock's jump has to do."""
        if sys.platform != "linux":
            return False
        try:
            from PySide6.QtDBus import QDBusConnection, QDBusInterface
        except ImportError:
            return False
        bus = QDBusConnection.systemBus()
        if not bus.isConnected() or not bus.interface().isServiceRegistered(_LOGIND).value():
            return False
        # QDBusConnection.connect takes no slot of ours in PySide 6.11
        self._logind = QDBusInterface(_LOGIND, "/org/freedesktop/login1", f"{_LOGIND}.Manager", bus, self)
        return bool(QObject.connect(self._logind, SIGNAL("PrepareForSleep(bool)"), self, SLOT("on_sleep(bool)")))

    @Slot(bool)
    def on_sleep(self, _falls_asleep: bool) -> None:
        """The system's word, before it sleeps and after."""
        self.slept.emit()

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
