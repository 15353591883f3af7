"""Conflict copies that a synced folder laid beside the file: they are named, and she decides. None is merged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from organizer.i18n import _, format_date, format_time, ngettext
from organizer.ui.widgets.notice_bar import NoticeBar, Way

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow

_NAMED = 3


class Conflicts(QObject):
    """Says across the top of the window that there are other versions of the file, until she has chosen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._path: Path | None = None
        self._copies: list[Path] = []
        self.bar = NoticeBar(window, "conflicts")
        window.language_changed.connect(self._speak)

    def look(self, path: Path) -> None:
        """Look beside the file at `path`, which has just been opened; the page is painted first."""
        self.bar.clear_text()
        self._path = path
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        from organizer.services import files

        context = self._window.context
        if self._path is None or context is None or context.file.path != self._path:
            return
        hushed = set(self._window.preferences.hushed)
        found = [path for path in files.conflict_copies(self._path) if path not in hushed]
        self._copies = sorted(found, key=_changed, reverse=True)
        if found:
            self._say(self._path)

    def stop(self) -> None:
        """No file is open any more."""
        self._path = None
        self.bar.clear_text()

    def _speak(self) -> None:
        if self._path and self.bar.text():
            self._say(self._path)

    def _say(self, path: Path) -> None:
        own = _changed(path)
        told = ngettext(
            "A synced folder has put another version beside {file}. Nothing is merged or deleted by itself:",
            "A synced folder has put {count} other versions beside {file}. Nothing is merged or deleted by "
            "itself:",
            len(self._copies),
        ).format(file=path.name, count=len(self._copies))
        lines = [told, *(_line(copy, own) for copy in self._copies[:_NAMED])]
        if len(self._copies) > _NAMED:
            lines.append("…")
        self.bar.say("\n".join(lines), self._ways(own))

    def _ways(self, own: float) -> list[Way]:
        """Opening another one comes first only where it is newer than the open file."""
        several = len(self._copies) > 1
        opening = (_("Open the &newest of them") if several else _("&Open that one"), self._open)
        around = [(_("Show in &folder"), self._show)]
        later = (_("&Later"), self.bar.clear_text)
        if _changed(self._copies[0]) > own:
            return [opening, *around, (_("&Don't say it again for these"), self._hush), later]
        return [(_("&Keep the open one"), self._hush), *around, opening, later]

    def _open(self) -> None:
        self._window.files.open(self._copies[0])

    def _show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._copies[0].parent)))

    def _hush(self) -> None:
        preferences = self._window.preferences
        preferences.hushed = [*preferences.hushed, *self._copies]
        self.bar.clear_text()


def _line(path: Path, own: float) -> str:
    changed = _changed(path)
    at = datetime.fromtimestamp(changed).astimezone()
    texts = {
        True: _("• {file}: changed {date} {time}, newer than the one that is open"),
        False: _("• {file}: changed {date} {time}, older than the one that is open"),
    }
    return texts[changed > own].format(file=path.name, date=format_date(at), time=format_time(at))


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it was taken away meanwhile
        return 0.0
