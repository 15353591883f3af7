"""Is the file that is open still the one at its path? If not, it is said across the top, with every way on."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.ui.widgets import messages
from organizer.ui.widgets.notice_bar import NoticeBar, Way

if TYPE_CHECKING:
    from organizer.services.files import File
    from organizer.ui.main_window import MainWindow

EVERY, SOON = 10_000, 3_000
"""How often it looks, in milliseconds, and while something is wrong; and whenever she comes back to the window."""

_Print = tuple[int, int]


class _State(Enum):
    """What became of the file."""

    MISSING = auto()
    OTHER = auto()
    """Another one lies in its place; what is open is still whole."""
    OVERWRITTEN = auto()
    """Another program wrote into it, or emptied it: what is open is gone with it."""


class FileWatch(QObject):
    """Watches over the file of one window. Nothing is written, copied or opened but what she asks for.

    One exception: when the very same file is back, unchanged, the window goes on with it.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._known: _Print | None = None
        self._state = _State.MISSING
        self._no_copy = False
        self.bar = NoticeBar(window, "gone")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.check)
        window.language_changed.connect(self._speak)
        QApplication.instance().applicationStateChanged.connect(self._on_state)  # type: ignore[union-attr]

    def follow(self, file: File) -> None:
        """Watch over this file from now on."""
        self.bar.clear_text()
        self._no_copy = False
        self._known = _print_of(file.path)
        self._timer.start(EVERY)
        if context := self._window.context:
            context.changed.connect(self.note, Qt.ConnectionType.UniqueConnection)

    def stop(self) -> None:
        """No file is open any more."""
        self.bar.clear_text()
        self._timer.stop()

    def note(self) -> None:
        """The program itself has just written to the file."""
        context = self._window.context
        if context and not self.bar.text() and context.file.is_current():
            self._known = _print_of(context.file.path)

    def check(self) -> None:
        """Look now: say so once when the file is gone or replaced, and once when it is back."""
        context = self._window.context
        if context is None:
            self.stop()
        elif context.file.is_current():
            self._is_well()
        else:
            self._deal_with(context.file)
        if self._timer.isActive():
            self._timer.start(SOON if self.bar.text() else EVERY)

    def _deal_with(self, file: File) -> None:
        state = _state_of(file)
        if state is _State.OTHER and _print_of(file.path) == self._known:
            self._take_up(file)
        else:
            self._tell(state)

    def _is_well(self) -> None:
        if self.bar.text():
            self.bar.clear_text()
            self._window.answers.answer(_("The file is there again. You can go on."))
        self.note()

    def _tell(self, state: _State) -> None:
        if not self.bar.text() or state is not self._state:
            self._state, self._no_copy = state, False
            self._speak()

    def _speak(self) -> None:
        context = self._window.context
        if context is None or context.file.is_current():
            return
        name = str(context.file.path)
        if self._no_copy:
            self.bar.say(*self._about_no_copy(name))
            return
        about = {
            _State.MISSING: self._about_missing,
            _State.OTHER: self._about_other,
            _State.OVERWRITTEN: self._about_overwritten,
        }
        self.bar.say(*about[self._state](name))

    def _about_missing(self, name: str) -> tuple[str, list[Way]]:
        text = _(
            "{file} is not there any more: its stick was pulled out, or it was moved or renamed. Everything saved "
            "before is in it; nothing new can be saved until it is back. Put the stick in again, or save a copy "
            "of what is open and go on in that."
        )
        again = (_("&Try again"), self._again)
        copy = (_("&Save a copy and go on in it…"), self._go_on_in_copy)
        return text.format(file=name), [again, copy, *self._elsewhere()]

    def _about_other(self, name: str) -> tuple[str, list[Way]]:
        text = _(
            "Another program, perhaps a synced folder, has put a different version in the place of {file}. "
            "Nothing is lost: what was saved is still open here, but nothing new is saved until you choose. Keep "
            "what is open here as a copy, then look at the other one."
        )
        keep = (_("&Keep this one as a copy and open the other…"), self._keep_and_open)
        copy = (_("&Save a copy and go on in it…"), self._go_on_in_copy)
        return text.format(file=name), [keep, copy, *self._elsewhere()]

    def _about_overwritten(self, name: str) -> tuple[str, list[Way]]:
        text = _(
            "Another program has written over {file} while it was open here: what was in it is gone, and no copy "
            "can be made of it. Nothing new is saved. The newest backup is the way back."
        )
        return text.format(file=name), list(reversed(self._elsewhere()))

    def _about_no_copy(self, name: str) -> tuple[str, list[Way]]:
        text = _(
            "No copy could be made of what is open here, so don't rely on it. The newest backup of {file} is the "
            "way back; a copy in another place may still work."
        )
        copy = (_("&Save a copy and go on in it…"), self._go_on_in_copy)
        other, backups = self._elsewhere()
        return text.format(file=name), [backups, copy, other]

    def _elsewhere(self) -> list[Way]:
        files = self._window.files
        return [(_("&Open another file…"), files.choose), (_("&Backups…"), files.backups)]

    # --- the ways on

    def _again(self) -> None:
        self.check()
        context = self._window.context
        if context and self.bar.text() and self._state is _State.MISSING:
            self._window.answers.warn(_("{file} is still not there.").format(file=str(context.file.path)))

    def _take_up(self, gone: File) -> None:
        """The same file lies there again; the old handle is of no use any more."""
        from organizer.services import files

        key = gone.key
        gone.close()
        try:
            file = files.open_file(gone.path, gone.clock, key or "")
        except Refusal as refusal:
            self._window.release()
            self._window.files.refuse(gone.path, refusal)
            return
        self._swap(file)
        self._window.answers.answer(_("The file is there again. You can go on."))

    def _go_on_in_copy(self) -> None:
        self._window.files.save_copy(self._open_copy, self._copy_failed)

    def _copy_failed(self) -> None:
        self._no_copy = True
        self._speak()

    def _open_copy(self, path: Path) -> None:
        from organizer.services import files

        context = self._window.context
        if context is None:
            return
        try:
            file = files.open_file(path, context.file.clock, context.file.key or "")
        except Refusal as refusal:
            messages.warn(self._window, _("That wasn't possible"), messages.spoken(refusal))
            return
        gone = context.file
        self._swap(file)
        gone.close()
        self._window.answers.answer(_("You go on in {file}.").format(file=str(file.path)))

    def _keep_and_open(self) -> None:
        self._window.files.save_copy(self._open_other, self._copy_failed)

    def _open_other(self, _copy: Path) -> None:
        context = self._window.context
        if context:
            self._window.files.reopen(context.file.path)

    def _swap(self, file: File) -> None:
        """Go on with `file`, which holds the same: what is typed on the pages stays as it is."""
        context = self._window.context
        assert context is not None  # noqa: S101 - asked before
        file.listeners, context.file.listeners = context.file.listeners, []
        context.file = file
        self._window.files.remember(file)
        self._window.navigate(self._window.key)
        context.changed.emit(frozenset({"setting"}))

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.check()


def _state_of(file: File) -> _State:
    """What became of a file that is no longer the one at its path."""
    if file.is_overwritten():
        return _State.OVERWRITTEN
    return _State.MISSING if _print_of(file.path) is None else _State.OTHER


def _print_of(path: Path) -> _Print | None:
    """What tells one state of a file from another without opening it; None when there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
