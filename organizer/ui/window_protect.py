"""Encrypting the window's file, changing or removing its passphrase, and its recovery key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import backups, files, protection, reports
from organizer.services.backups import Backup, Reason
from organizer.services.files import Key
from organizer.ui import window_parting
from organizer.ui.dialogs.passphrase import PassphraseDialog, ProofDialog
from organizer.ui.pages.settings.protection_card import ProtectionCard
from organizer.ui.widgets import messages
from organizer.ui.window_plain_backups import deleted
from organizer.ui.window_restore import BusyPage

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow


def ask(window: MainWindow, *, remove: bool = False) -> None:
    """Ask for the new passphrase of the window's file, or before it is removed, and do it."""
    if context := window.context:
        unprotected = protection.unprotected_backups(context.file.path)
        then = partial(change, window)
        PassphraseDialog(context.file, unprotected, then, window, remove=remove).open()


def change(window: MainWindow, passphrase: str, clean: bool = False) -> None:
    """Give the window's file another passphrase ("" for none). What is typed is stored first, or she is asked.

    With `clean` the unencrypted backups go as soon as an encrypted one is verified.
    """
    work = _Changing(window, passphrase, clean)
    window_parting.part(window, _("&Go on without it"), work.start)


def show_recovery_key(window: MainWindow) -> None:
    """Show the recovery key to print, once she has proved that she may see it."""
    if context := window.context:
        text = _("Whoever has the recovery key can open the file and its backups. So type your passphrase first.")
        ProofDialog(context.file, _("Recovery key"), text, lambda: print_recovery_key(window), window).open()


def offer_recovery_key(window: MainWindow, *, changed: bool = False) -> None:
    """Ask whether she wants to print the recovery key now; `changed` when there was another one before."""
    title = _("Print the recovery key?")
    text = _("The file is encrypted. If you ever forget the passphrase, only the recovery key opens it.")
    if changed:
        text = _("The recovery key you printed before no longer opens the file. Print the new one.")
    detail = _("Print it and keep it away from the computer. You find it later in Settings, under Protection.")
    box = messages.ask(window, title, text, _("&Print it…"), lambda: print_recovery_key(window), detail=detail)
    messages.answer_button(box, yes=False).setText(_("&Not now"))


def print_recovery_key(window: MainWindow) -> None:
    """Show the recovery key as a PDF that lies in memory only."""
    context = window.context
    if context is None:
        return
    file = context.file
    job = context.deed(lambda: reports.recovery_sheet(file, protection.recovery_key(file)))
    if job:
        context.run(job, lambda data: _show_sheet(window, data))


def _show_sheet(window: MainWindow, data: bytes) -> None:
    from organizer.ui.dialogs.recovery_sheet import RecoverySheet

    if context := window.context:
        RecoverySheet(data, context.file, window).open()


class _Changing(QObject):
    """The file is closed, rewritten and opened again, and she is back where she was, however it went."""

    def __init__(self, window: MainWindow, passphrase: str, clean: bool) -> None:
        super().__init__(window)
        self._window, self._passphrase, self._clean = window, passphrase, clean
        self._key: Key | None = None
        self._why = ""
        self._changed = False

    def start(self) -> None:
        window = self._window
        if window.context is None:
            return
        file = window.context.file
        self._path, self._clock, self._key = file.path, file.clock, file.key
        self._was_encrypted = file.encrypted
        self._back = window.lock.place()
        window.release()
        window.show_busy(BusyPage("lock", *self._words()))
        # closing the window now would leave her without an answer
        window.installEventFilter(self)
        try:
            job = protection.change(self._path, self._key, self._passphrase)
        except Refusal as refusal:
            self._failed(refusal)
            self._over()
        else:
            window.tasks.run(job.title, job.work, self._done, self._failed, self._over)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the window stays open while the work runs."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False

    def _words(self) -> tuple[str, str]:
        text = _("A new file is written, checked and put in the place of the old one. It takes a moment.")
        if not self._passphrase:
            return _("The passphrase is being removed"), text
        if self._was_encrypted:
            return _("The passphrase is being changed"), text
        return _("Your file is being encrypted"), text

    def _done(self, key: Key | None) -> None:
        self._key, self._changed = key, True

    def _failed(self, refusal: Refusal) -> None:
        self._why = messages.spoken(refusal)

    def _over(self) -> None:
        window = self._window
        window.removeEventFilter(self)
        self.deleteLater()
        try:
            file = files.open_file(self._path, self._clock, self._key or "")
        except Refusal as refusal:
            window.files.refuse(self._path, refusal)
            return
        window.files.show(file, trusted=True)
        window.files.watches.plain_backups.stop()  # she was asked a moment ago
        window.lock.go_back(*self._back)
        if (page := window.page()) and (card := page.findChild(ProtectionCard)):
            card.come_into_view()
        if self._changed:
            self._tell()
        else:
            text = _("The passphrase is as it was, and so is the file. {why}").format(why=self._why)
            window.answers.warn(text.strip())

    def _tell(self) -> None:
        window = self._window
        answer = self._answer()
        window.answers.answer(answer)
        if context := window.context:
            job = context.deed(lambda: backups.make(context.file, Reason.PROTECTION))
            if job:
                context.run(job, lambda made: self._backed_up(answer, made))
        if self._passphrase:
            offer_recovery_key(window, changed=self._was_encrypted)

    def _answer(self) -> str:
        if not self._passphrase:
            return _("The passphrase is removed: the file is not encrypted any more.")
        return _("The passphrase is changed.") if self._was_encrypted else _("The file is encrypted.")

    def _backed_up(self, answer: str, made: Backup) -> None:
        backup = _("A backup with the new passphrase is made and verified.")
        if not self._passphrase:
            backup = _("A backup without a passphrase is made and verified.")
        words = [answer, backup]
        if made.problem:
            # there would be none left in the second folder
            kept = _("So no backup without a passphrase was deleted; you are asked again when you open the file.")
            words += [messages.spoken(made.problem), *([kept] if self._clean else [])]
            self._window.answers.warn(" ".join(words))
            return
        if self._clean and self._window.context:
            context, path = self._window.context, self._path
            key = context.file.key
            removed = context.deed(lambda: protection.remove_unprotected(path, key) if key else None)
            if removed is None:
                return
            words.append(deleted(removed))
        self._window.answers.answer(" ".join(words))
