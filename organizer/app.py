"""The door: starts the program, paints the window, and only then opens the file."""

from __future__ import annotations

import gc
import linecache
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from organizer import i18n
from organizer.ui import single_instance, theme
from organizer.ui.main_window import MainWindow
from organizer.ui.preferences import Preferences

_STARTED = 1_000  # milliseconds after the file is opened: by then its page has been painted


def run(arguments: Sequence[str], preferences: Preferences | None = None) -> int:
    """Open the window and stay until it is closed; the exit code.

    `arguments` may name a file (`--file PATH`, or just PATH) and a language (`--lang da|en`). Where another window
    shows the file already, that one comes forward, and this start ends without a window.
    """
    path, language = _options(arguments)
    # what a start makes stays: looking through it for garbage, again and again, would take a tenth of the time
    gc.disable()
    try:
        return _run(path, language, preferences)
    finally:
        gc.enable()


def _run(path: Path | None, language: str, preferences: Preferences | None) -> int:
    app = QApplication([sys.argv[0], *theme.STYLE])
    app.setApplicationName("Organizer")
    app.setDesktopFileName("organizer")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    catch_faults()
    preferences = preferences or Preferences()
    # before anything of ours is painted: a window that shows the file already comes forward instead
    wanted = path or preferences.last_file
    if wanted and single_instance.show_other(wanted):
        return 0
    i18n.set_language(language or preferences.language or i18n.system_language())
    theme.apply(app, preferences.scheme, preferences.text_scale)
    qt_texts = _QtTexts(app)
    window = MainWindow(preferences)
    window.language_changed.connect(qt_texts.follow)
    window.first_painted.connect(lambda: _begin(window, path))
    window.show()
    return app.exec()


def _begin(window: MainWindow, path: Path | None) -> None:
    try:
        window.files.begin(path)
    finally:
        QTimer.singleShot(_STARTED, gc.enable)
    # PySide reads the source of every module that is imported, and Python would keep it all: some 15 MB
    linecache.clearcache()


def catch_faults() -> None:
    """Tell and log what nobody caught, on every thread, and what Qt complains of; the program goes on."""
    sys.excepthook = _on_fault
    threading.excepthook = lambda told: _on_fault(told.exc_type, told.exc_value, told.exc_traceback)
    qInstallMessageHandler(_on_qt_message)


def _on_fault(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    # imported when needed: most days nothing goes wrong, and the window shall stand quickly
    from organizer.ui import window_trouble

    window_trouble.caught(kind, error, trace)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    from organizer.ui import window_trouble

    window_trouble.from_qt(kind, context.category or "qt", message)


def _options(arguments: Sequence[str]) -> tuple[Path | None, str]:
    """The file and the language asked for, in the forms that `__main__.wants_window` lets through."""
    # by hand: argparse alone would hold the window back by a twentieth
    path: Path | None = None
    language = ""
    waiting = [part for argument in arguments for part in _parted(argument)]
    while waiting:
        word = waiting.pop(0)
        if word == "--lang" and waiting:
            language = waiting.pop(0)
        elif word == "--file" and waiting:
            path = Path(waiting.pop(0))
        else:
            path = Path(word)
    # a shell leaves the ~ in --file=~/… as it is
    path = Path(os.path.expanduser(path)) if path else None  # noqa: PTH111 - Path's own raises
    return path, language if language in i18n.LANGUAGES else ""


def _parted(argument: str) -> list[str]:
    return argument.split("=", 1) if argument.startswith(("--file=", "--lang=")) else [argument]


class _QtTexts:
    """Qt's own words (OK, Cancel, the file dialog) in the language of the rest."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator = QTranslator(app)
        self.follow()

    def follow(self) -> None:
        """Speak the language that is spoken now."""
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if i18n.language() != "en" and self._translator.load(f"qtbase_{i18n.language()}", folder):
            self._app.installTranslator(self._translator)
