"""When the program itself fails: a log without personal data, and a dialog with details to copy. It goes on."""

from __future__ import annotations

import logging
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QThread, QtMsgType, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox

from organizer import __version__
from organizer.domain.result import Refusal
from organizer.i18n import _, say
from organizer.ui import icons, theme

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow

_PRIVATE = re.compile(r"""\"[^"]*"|“[^”]*”|(?<!\w)'[^']*'|\S*[/\\@]\S*""")
_ICON = 32
_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class _Shown:
    box: QMessageBox | None = None


def details(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What went wrong and where in the program: no values, no names of people, no folders of hers."""
    places = [f"  {place}" for place in _places(trace)]
    about = f"Organizer {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return "\n".join([about, *places, kind.__name__])


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace:
        code = trace.tb_frame.f_code
        yield f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _short(filename: str) -> str:
    """A file's place within the program or a library; the folders above would tell the user's name."""
    parts = Path(filename).parts
    for root in ("site-packages", "organizer"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else filename


def caught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Log what nobody caught, on whichever thread, and tell her when it happened on the screen's."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = details(kind, trace)
    _note(text)
    app = QApplication.instance()
    if app is None or QThread.currentThread() is not app.thread():
        return
    if isinstance(error, Refusal):
        tell_refusal(error)
    else:
        _show(
            _("Something went wrong"),
            _("This is a fault in the program. What you had saved is safe, and you can go on working."),
            text,
        )


def tell_refusal(refusal: Refusal) -> None:
    """Show a refusal that nobody took, once; for a damaged file with the check and the backups at hand."""
    from organizer.services.files import Damaged

    if _Shown.box:
        return
    _show(_("That wasn't possible"), say(refusal.message.text, refusal.message.values), "")
    if isinstance(refusal, Damaged) and _Shown.box and (window := _window()):
        check = _Shown.box.addButton(_("Chec&k the file"), QMessageBox.ButtonRole.ActionRole)
        check.clicked.connect(lambda: _check(window))
        backups = _Shown.box.addButton(_("&Backups…"), QMessageBox.ButtonRole.ActionRole)
        backups.clicked.connect(window.files.backups)


@contextmanager
def going_on() -> Iterator[None]:
    """What fails inside is logged, and what follows happens all the same: closing must always work."""
    try:
        yield
    except Exception as error:
        note(error)


def note(error: Exception) -> None:
    """Log a fault that is dealt with where it happened."""
    _note(details(type(error), error.__traceback__))


def _window() -> MainWindow | None:
    """The program's window, while a file is open in it."""
    from organizer.ui.main_window import MainWindow

    found = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
    return next((window for window in found if window.context and window.isVisible()), None)


def _check(window: MainWindow) -> None:
    from organizer.ui.dialogs.check import CheckDialog

    if window.context:
        CheckDialog(window.context, window, window).open()


def _show(title: str, text: str, more: str) -> None:
    if _Shown.box is not None:  # a fault that comes back at each paint must not bury her in dialogs
        return
    box = QMessageBox(QApplication.activeWindow())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIconPixmap(icons.pixmap("triangle-alert", theme.scaled(_ICON), theme.amber()))
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    if more:
        box.setDetailedText(more)
        copy = box.addButton(_("&Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # copying doesn't close the dialog
        copy.clicked.connect(lambda: QApplication.clipboard().setText(more))
    close = box.addButton(_("C&lose"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.finished.connect(_forget)
    _Shown.box = box
    box.open()


def _forget() -> None:
    if _Shown.box:
        _Shown.box.deleteLater()
    _Shown.box = None


def from_qt(kind: QtMsgType, category: str, message: str) -> None:
    """Log what Qt complains of, without what stands in quotes or looks like a path or an address."""
    if kind in _LEVELS:
        _log().log(_LEVELS[kind], "%s: %s", category, _PRIVATE.sub("…", message))


def _note(text: str) -> None:
    _log().error("%s", text)
    if sys.stderr is not None:  # a program without a terminal has none
        print(text, file=sys.stderr)


@cache
def _log() -> logging.Logger:
    # only made when there is something to write: starting up needs no log
    from logging.handlers import RotatingFileHandler

    from platformdirs import user_log_path

    log = logging.getLogger("organizer.trouble")
    log.propagate = False
    try:
        folder = user_log_path("Organizer", appauthor=False, ensure_exists=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "organizer.log", maxBytes=200_000, backupCount=3, encoding="utf-8"
        )
    except OSError:  # a read-only home must not turn one fault into two
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return log
