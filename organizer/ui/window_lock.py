"""The lock: nothing readable on the screen until the passphrase or the PIN is typed.

An encrypted file is closed and its key forgotten, if that loses nothing; else a curtain hides what is there. An
unencrypted file only ever gets the curtain, and only when a PIN was chosen: it guards the screen, not the file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.ui import window_hiding
from organizer.ui.idle import Idle
from organizer.ui.pin_tries import Tries, wrong_pin
from organizer.ui.widgets import messages
from organizer.ui.widgets.waiting import waiting
from organizer.ui.window_hiding import Hiding, OwnClipboard

if TYPE_CHECKING:
    from organizer.services.files import File, Key
    from organizer.services.screen_pin import ScreenPin
    from organizer.ui.dialogs.pin import PinDialog
    from organizer.ui.main_window import MainWindow
    from organizer.ui.pages.start.unlock import UnlockPage


class WindowLock(QObject):
    """Locks one window, and shows the page that opens a protected file."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.minutes = 0
        """After so many minutes without a touch it locks by itself; 0 for never."""
        self.tries = Tries(window.preferences)
        self.watch = Idle(window.windowHandle(), self._minutes_now, parent=self)
        self.watch.idle.connect(self.lock)
        self.watch.slept.connect(self.lock)
        self.watch.asked.connect(self.lock_or_explain, Qt.ConnectionType.QueuedConnection)
        self._clipboard = OwnClipboard(self)
        self._hiding = Hiding(window)
        self._curtain: UnlockPage | None = None
        self._pin: ScreenPin | None = None
        self._focus: QWidget | None = None
        self._back: tuple[str, int] = ("", 0)
        self._asked = (Path(), "")
        self._afterwards: list[Callable[[], object]] = []
        self._warned = False

    # --- what the window tells

    def shown(self, file: File, trusted: bool) -> None:
        """A file is shown. Its PIN is asked for, unless she has just proved (`trusted`) that it is she."""
        from organizer.services import screen_pin

        if self._window.locked:
            self._window.locked = False
            self._tell()
        self.minutes = screen_pin.lock_minutes(file)
        self.learn_pin()
        self.watch.touch()
        if not trusted and not file.encrypted and self._pin:
            self.lock()

    def learn_pin(self) -> None:
        """The PIN is another now. It is kept in mind: locking must not need a disk that may be gone."""
        from organizer.services import screen_pin

        self._pin = screen_pin.of(self._window.context.file) if self._window.context else None

    def dropped(self) -> None:
        """The file is closed: nothing is left to hide, nothing to come back to."""
        if self._curtain:
            self._lift(show=False)
        self._window.locked = False
        self._pin = None
        self._afterwards.clear()

    def is_curtained(self) -> bool:
        """True while the open file is hidden behind the curtain."""
        return self._curtain is not None

    def wait_for_her(self, then: Callable[[], object]) -> None:
        """Do `then` once the curtain is lifted."""
        self._afterwards.append(then)

    def settled(self) -> bool:
        """The window closes behind the curtain: store what is typed. False, once, when something can't be."""
        kept = [page.leave() for page in self._window.pages.values()]
        if all(kept) or self._warned or self._curtain is None:
            return True
        self._warned = True
        text = _("Something you wrote can't be kept as it is. Unlock to see it, or close once more to lose it.")
        self._curtain.say(text, "amber")
        return False

    # --- locking

    def guarded(self) -> bool:
        """True when there is something that could open the lock again: a passphrase, or a PIN."""
        context = self._window.context
        return context is not None and (context.file.encrypted or bool(self._pin))

    def lock_or_explain(self) -> None:
        """Lock because she says so; when nothing guards this file yet, offer what could."""
        if self._window.context is None or self._window.locked:
            return
        if self.guarded():
            self.lock()
        else:
            from organizer.ui.dialogs.pin import NothingToLockWith

            NothingToLockWith(self.choose_pin, self.choose_passphrase, self._window).open()

    def choose_pin(self) -> None:
        """Choose a PIN, and lock with it at once."""
        if dialog := self.ask_pin():
            dialog.done_it.connect(self.lock, Qt.ConnectionType.QueuedConnection)

    def ask_pin(self, *, remove: bool = False) -> PinDialog | None:
        """Ask for a new PIN, or take it away; the dialog that asks, None without a file."""
        from organizer.ui.dialogs.pin import PinDialog

        if self._window.context is None:
            return None
        dialog = PinDialog(self._window.context.file, self.tries, self._window, remove=remove)
        dialog.done_it.connect(self.learn_pin)
        dialog.open()
        return dialog

    def choose_passphrase(self) -> None:
        """Protect the file with a passphrase."""
        from organizer.ui import window_protect

        window_protect.ask(self._window)

    def lock(self) -> None:
        """Lock, if there is anything to hide and anything to unlock it with."""
        context = self._window.context
        if context is None or self._window.locked or not self.guarded():
            return
        self._focus = self._window.focusWidget()
        window_hiding.close_passing(self._window)
        self._clipboard.clear()
        self._back = self.place()
        self._window.locked = True
        if context.file.encrypted and self._may_close():
            self._close_file()
        else:
            self._draw_curtain(pin=not context.file.encrypted)

    def _may_close(self) -> bool:
        try:
            return self._nothing_under_way()
        except Refusal:  # nothing can be stored on a disk that is gone: the curtain hides it all the same
            return False

    def _nothing_under_way(self) -> bool:
        """Everything typed is stored, no dialog waits, no work runs: closing the file loses nothing."""
        window = self._window
        kept = [page.leave() for page in window.pages.values()]
        if window_hiding.others(window) or self._hiding.waits() or self._afterwards:
            return False
        # a file whose stick was pulled out, or that was deleted, lives on only in what is open here
        current = window.context is not None and window.context.file.is_current()
        return all(kept) and current and not window.tasks.active()

    def _close_file(self) -> None:
        assert self._window.context  # noqa: S101 - asked before
        path, back = self._window.context.file.path, self._back
        self._window.empty()
        self._window.locked, self._back = True, back
        self._show_page(path, "")
        self._tell()

    def _draw_curtain(self, pin: bool) -> None:
        from organizer.ui.pages.start.unlock import UnlockPage

        self._warned = False
        curtain = self._curtain = UnlockPage(pin=pin, ways=False)
        curtain.given.connect(self._try_curtain)
        self._window.front.addWidget(curtain)
        self._window.front.setCurrentWidget(curtain)
        self._tell()
        self._hiding.begin(curtain)
        self._work = self._window.tasks
        self._work.ended.connect(self._on_work_ended)
        if QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive:
            self._window.activateWindow()  # a dialog had the keys
        curtain.first.setFocus(Qt.FocusReason.OtherFocusReason)
        if pin and self.tries.wait():
            curtain.hold(self.tries.wait())

    def _tell(self) -> None:
        from organizer.ui.widgets.notice_bar import NoticeBar

        for bar in self._window.findChildren(NoticeBar):
            bar.cover(self._window.locked)
        self._window.show_title()
        self._window.menu.update()

    def _on_work_ended(self) -> None:
        # its answer comes first, and may ask her something
        QTimer.singleShot(0, self, self._close_after_all)

    def _close_after_all(self) -> None:
        context = self._window.context
        if self._curtain and context and context.file.encrypted and self._may_close():
            self._close_file()

    # --- unlocking

    def _try_curtain(self, typed: str) -> None:
        from organizer.services import protection

        context = self._window.context
        if self._curtain is None or context is None:
            return
        if context.file.encrypted:
            with waiting():
                fits = protection.fits(context.file, typed)
        else:
            fits = self._pin is not None and self._pin.fits(typed)
        if fits:
            self._unlock()
        elif context.file.encrypted:
            self._curtain.refuse(_wrong_passphrase())
        else:
            self.tries.failed()
            self._refuse_pin(self._curtain)

    def _refuse_pin(self, curtain: UnlockPage) -> None:
        if self.tries.wait():
            curtain.hold(self.tries.wait())
        else:
            curtain.refuse(wrong_pin(self.tries.left()))

    def _unlock(self) -> None:
        window_hiding.close_passing(self._window)
        self.tries.passed()
        self._window.locked = False
        self.watch.touch()
        self._lift(show=True)
        afterwards, self._afterwards = self._afterwards, []
        for then in afterwards:
            then()

    def _lift(self, show: bool) -> None:
        self._work.ended.disconnect(self._on_work_ended)
        curtain, self._curtain = self._curtain, None
        # when the file goes, the curtain stays until the frame is built anew: its pages must not be shown again
        if curtain and show:
            self._window.front.setCurrentIndex(0)
            self._window.front.removeWidget(curtain)
            curtain.deleteLater()
        self._tell()
        self._hiding.end(show)
        if show and self._focus and shiboken6.isValid(self._focus) and not window_hiding.others(self._window):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None

    # --- the page that opens a protected file

    def ask(self, path: Path) -> None:
        """Show the page that asks for the passphrase of the file at `path`, which isn't open."""
        self._back = ("", 0)
        self._show_page(path, path.name)

    def _show_page(self, path: Path, name: str) -> UnlockPage:
        from organizer.ui.pages.start.unlock import UnlockPage

        # whoever finds a locked screen gets no other way than the secret; at a start nothing was shown before
        ways = not self._window.locked
        page = UnlockPage(file=name, ways=ways)
        page.given.connect(lambda typed: self._open(path, page, typed))
        if ways:
            page.open_other.connect(self._window.files.choose)
            page.restore.connect(lambda: self._restore(path))
        self._asked = (path, name)
        self._window.show_start(page)
        return page

    def _open(self, path: Path, page: UnlockPage, typed: str | Key) -> None:
        from organizer.services import files

        try:
            with waiting():
                file = files.open_file(path, secret=typed)
        except files.WrongSecret:
            page.refuse(f"{_wrong_passphrase()}\n\n{_maybe_damaged(self._window.locked)}")
        except files.Damaged as refusal:
            # the secret was right, so every way on is hers
            self._window.locked = False
            self._show_page(path, path.name).refuse(messages.spoken(refusal))
        except Refusal as refusal:
            page.refuse(messages.spoken(refusal))
        else:
            key, id_ = self._back
            self._window.files.show(file, trusted=True)
            self.go_back(key, id_)

    def ask_again(self, page: QWidget) -> bool:
        """Show the page anew, as after a change of size; False when `page` isn't one that asks."""
        from organizer.ui.pages.start.unlock import UnlockPage

        if isinstance(page, UnlockPage):
            self._show_page(*self._asked)
        return isinstance(page, UnlockPage)

    def _restore(self, path: Path) -> None:
        from organizer.ui.dialogs.backups import BackupsDialog

        BackupsDialog(path, None, self._window, self._window).open()

    # --- where she was

    def place(self) -> tuple[str, int]:
        """The page shown now, and the thing shown on it."""
        page = self._window.page()
        return (self._window.key, page.shown_item() if page else 0)

    def go_back(self, key: str, id_: int) -> None:
        """Show the page with this key and the thing with this id, if they are still there."""
        if key and self._window.context:
            self._window.navigate(key)
            if id_ and (page := self._window.page()):
                page.show_item(id_)

    def _minutes_now(self) -> int:
        return self.minutes if self._window.context and not self._window.locked else 0


def _wrong_passphrase() -> str:
    return _("That doesn't open the file. Check Caps Lock and the keyboard's language, and try again.")


def _maybe_damaged(locked: bool) -> str:
    if locked:
        return _(
            "If you are sure it is right, the file may be damaged at its beginning: close the program, start it "
            "again, and restore the file from a backup."
        )
    return _(
        "If you are sure it is right, the file may be damaged at its beginning: restore it from a backup. "
        "Nothing is changed until you do."
    )
