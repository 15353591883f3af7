"""The door: starts the program, paints the window, and only then opens the file."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from organizer import i18n
from organizer.ui import theme, window_trouble
from organizer.ui.main_window import MainWindow
from organizer.ui.preferences import Preferences


def run(arguments: Sequence[str], preferences: Preferences | None = None) -> int:
    """Open the window and stay until it is closed; the exit code.

    `arguments` may name a file (`--file PATH`, or just PATH) and a language (`--lang da|en`).
    """
    options = _options(arguments)
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Organizer")
    app.setDesktopFileName("organizer")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window_trouble.install()
    preferences = preferences or Preferences()
    i18n.set_language(options.lang or preferences.language or i18n.system_language())
    theme.apply(app, preferences.scheme, preferences.text_scale)
    qt_texts = _QtTexts(app)
    window = MainWindow(preferences)
    window.language_changed.connect(qt_texts.follow)
    window.first_painted.connect(lambda: window.files.begin(options.path or options.file))
    window.show()
    return app.exec()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="organizer", add_help=False)
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--lang", choices=tuple(i18n.LANGUAGES))
    return parser.parse_args(arguments)


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
