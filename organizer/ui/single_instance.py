"""One file, one window: a second start finds the window that shows the file already, and asks it to come forward.

Both speak over a local socket that only the same user can reach and that never leaves the computer. The file's
own lock is what keeps two windows from writing; this only spares her a second window that could not open it.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import adler32, crc32

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

PREFIX = "organizer-"
"""How the name of every socket begins."""

SHOW, SHOWN = b"show\n", b"shown\n"
"""All that is ever said: nothing of hers passes here."""

_PATIENCE = 2000  # milliseconds; a window that answers later hangs, and the file's lock decides
_MOST = 64  # bytes that are ever read from whoever calls
_PIPES = "\\\\.\\pipe\\"
_LONGEST_FOLDER = 60  # the whole name may have about a hundred letters


def address(path: Path) -> str:
    """The socket of the window that shows the file at `path`: this user's own, and its name tells nothing."""
    user = str(os.getuid()) if sys.platform != "win32" else os.environ.get("USERNAME", "")
    name = os.path.normcase(os.path.realpath(path))
    told = f"{user}\n{name}".encode("utf-8", "surrogatepass")
    # short and quick, not secret: a stronger digest would make each start wait for OpenSSL
    short = f"{PREFIX}{crc32(told):08x}{adler32(told):08x}"
    return short if sys.platform == "win32" else str(_folder() / short)


def show_other(path: Path) -> bool:
    """True when another window shows the file at `path`; it stands in front now.

    Cheap when nobody listens. A socket that a crash left behind answers nothing, and counts as nobody.
    """
    name = address(path)
    if not _is_there(name):
        return False
    _lend_the_front()
    return _ask(name)


def _folder() -> Path:
    """Where this user's sockets lie."""
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = own if own and Path(own).is_dir() else tempfile.gettempdir()
    return Path(folder if len(folder) <= _LONGEST_FOLDER else "/tmp")  # noqa: S108 - the socket itself is private


def _is_there(name: str) -> bool:
    """Is there a socket of this user's? Another user's could swallow her start."""
    try:
        if sys.platform == "win32":
            return name in os.listdir(_PIPES)  # noqa: PTH208 - pipes have no Path
        found = os.lstat(name)
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid()


def _lend_the_front() -> None:
    """Windows lets only the program she has just started bring a window to the front; it may pass that on."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def _ask(name: str) -> bool:
    try:
        from PySide6.QtNetwork import QLocalSocket
    except ImportError:  # a system that lacks a library of it: the file's lock decides
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(SHOW)
    while socket.bytesAvailable() < len(SHOWN) and socket.waitForReadyRead(_PATIENCE):
        pass
    return bytes(socket.read(len(SHOWN)).data()) == SHOWN


class Listener(QObject):
    """Hears the second starts for the file that a window shows; what isn't the one word is ignored."""

    asked = Signal()
    """Another start wants this window in front."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._name = ""

    def follow(self, path: Path | None) -> None:
        """Listen for the file at `path` from now on, and for no other; None for no file at all."""
        name = address(path) if path else ""
        if name != self._name:
            self.close()
            self._name = name
            if name:
                self._listen(name)

    def close(self) -> None:
        """Stop listening, and leave no socket behind."""
        if self._server:
            self._server.close()
            self._server.deleteLater()
        self._server = None
        self._name = ""

    def _listen(self, name: str) -> None:
        try:
            from PySide6.QtNetwork import QLocalServer
        except ImportError:  # a second start finds nobody, and the file's lock decides
            return
        if _answers(name):  # another window was quicker; taking its place would make it deaf
            return
        QLocalServer.removeServer(name)  # what a crash left behind
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_call)
        # where it fails, nobody is found either
        self._server.listen(name)

    def _on_call(self) -> None:
        while self._server and self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.setReadBufferSize(_MOST)
            caller.disconnected.connect(caller.deleteLater)
            caller.readyRead.connect(lambda caller=caller: self._hear(caller))
            QTimer.singleShot(_PATIENCE, caller, caller.abort)
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        if caller.bytesAvailable() < len(SHOW):
            return
        if bytes(caller.read(_MOST).data()) == SHOW:
            caller.write(SHOWN)
            caller.flush()
            self.asked.emit()
        caller.disconnectFromServer()


def _answers(name: str) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    found = socket.waitForConnected(_PATIENCE // 10)
    socket.abort()
    return found


def come_forward(window: QWidget) -> None:
    """Put a window in front of the others, out of the taskbar if it was there; its open dialog keeps the keys."""
    from PySide6.QtCore import Qt

    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    dialog = QApplication.activeModalWidget()
    if dialog and dialog.isVisible():
        dialog.raise_()
        dialog.activateWindow()
    # where the system keeps the front to itself, the taskbar at least points at the window
    QApplication.alert(window)
