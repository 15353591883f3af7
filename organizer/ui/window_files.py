"""Which file the window shows: the last one, another one, a new one, the sample; and what to say when it can't."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.ui import single_instance, window_openable, window_parting
from organizer.ui.widgets import messages
from organizer.ui.widgets.waiting import waiting
from organizer.ui.window_watches import Watches

if TYPE_CHECKING:
    from organizer.services.files import File
    from organizer.ui.dialogs.first_start import Answers
    from organizer.ui.main_window import MainWindow

_REMEMBERED = 8
_LONGEST = 60  # letters of a file's name that a suggested name keeps
_TRIES, _PAUSE = 10, 300  # a window that has just opened the file listens soon: how often to ask, and milliseconds


class WindowFiles(QObject):
    """Opens and makes files for one window. A file that can't be opened is left exactly as it was."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._problem = ""
        self._wanted: Path | None = None
        self._busy = False
        self.watches = Watches(window)
        self.watches.painted.connect(self._listen)  # nobody waits for an ear
        self.listener = single_instance.Listener(self)
        self.listener.asked.connect(lambda: single_instance.come_forward(window))
        window.closed.connect(self.listener.close)

    def begin(self, path: Path | None = None) -> None:
        """Open `path`, else the last file, else the one in the usual place; without any, the first start."""
        from organizer.services import files

        usual = files.default_path()
        wanted = path or self._window.preferences.last_file or (usual if usual.exists() else None)
        if wanted:
            self.open(wanted)
            self._call_other(_TRIES)
        else:
            self.show_start()
            self.first_start(usual)

    def open(self, path: Path) -> None:
        """Show the file at `path`; when it can't be opened, say why and stay where she is."""
        context = self._window.context
        if context is None or context.file.path != path:
            self.part(lambda: self._open(path))

    def _open(self, path: Path) -> None:
        from organizer.services import files

        try:
            window_openable.must_be(path)
            self.show(files.open_file(path))
        except Refusal as refusal:
            self.refuse(path, refusal)
        except BaseException:
            # a fault in the program is told elsewhere; she still needs a way on
            if self._window.context is None:
                self._wanted = path
                self.show_start(_("{file} could not be read. It was left as it is.").format(file=str(path)))
            raise

    def reopen(self, path: Path) -> None:
        """Close what is open and show what lies at `path` now, even if it is the same path."""
        self.part(lambda: self._reopen(path))

    def _reopen(self, path: Path) -> None:
        self._window.empty()
        self._open(path)

    def choose(self) -> None:
        """Ask which file to open."""
        dialog = self._dialog(_("Open a file"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def new(self) -> None:
        """Ask where a new file shall lie, then what a first start asks."""
        from organizer.services import files

        usual = files.default_path()
        if not usual.exists() and self._window.context is None:
            self.first_start(usual)
            return
        dialog = self._dialog(_("Make a new file"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(files.SUFFIX.removeprefix("."))
        # nothing is ever overwritten, so there is nothing to confirm: making the file says no by itself
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(lambda name: self.first_start(Path(name)))
        dialog.open()

    def save_copy(
        self, then: Callable[[Path], None] | None = None, failed: Callable[[], None] | None = None
    ) -> None:
        """Ask where a copy of the open file shall lie, and make it; she stays in her own file.

        `then` is told where the copy lies, once it is whole and verified; `failed` hears that there is none,
        after she was told why.
        """
        context = self._window.context
        if context is None:
            return
        from organizer.services import files

        if page := self._window.page():
            page.leave()  # what is typed belongs in the copy
        dialog = self._dialog(_("Save a copy"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(files.SUFFIX.removeprefix("."))
        name = _("{name} copy {date}").format(
            name=context.file.path.stem[:_LONGEST], date=context.file.clock().date().isoformat()
        )
        dialog.selectFile(name + files.SUFFIX)
        dialog.fileSelected.connect(lambda chosen: self._save_copy(Path(chosen), then or self._copied, failed))
        dialog.open()

    def _save_copy(
        self, target: Path, then: Callable[[Path], None], failed: Callable[[], None] | None = None
    ) -> None:
        from organizer.services import files

        def refused(refusal: Refusal) -> None:
            self._warn(refusal)
            if failed:
                failed()

        context = self._window.context
        if context is None:
            return
        try:
            job = files.save_copy(context.file, target)
        except Refusal as refusal:
            refused(refusal)
        else:
            context.tasks.run(job.title, job.work, then, refused)

    def _copied(self, path: Path) -> None:
        text = _("A copy is saved as {file}. You stay in your own file.")
        self._window.answers.answer(text.format(file=str(path)))

    def backups(self) -> None:
        """Show the backups of the file that is open, or of the one that can't be opened."""
        from organizer.ui.dialogs.backups import BackupsDialog

        context = self._window.context
        path = context.file.path if context else self._wanted
        if context and not context.file.is_current():
            context = None  # what is open is gone or another's by now: it can't be read, nor compared with
        if path:
            BackupsDialog(path, context, self._window, self._window).open()

    def first_start(self, path: Path) -> None:
        """Ask for her name, company and plan, then make the file at `path`."""
        self.part(lambda: self._first_start(path))

    def _first_start(self, path: Path) -> None:
        from organizer.ui.dialogs.first_start import FirstStart

        dialog = FirstStart(path, lambda answers: self.make(path, answers), self._window)
        dialog.language_chosen.connect(self._window.set_language)
        dialog.sample_asked.connect(self._sample)
        dialog.open()

    def make(self, path: Path, answers: Answers) -> None:
        """Make the file at `path` with the first start's answers and show it.

        Raises Refusal, and leaves nothing behind, when something is there already or can't be written.
        """
        from organizer.services import companies, files

        file = files.create(path, passphrase=answers.passphrase)
        try:
            companies.set_up(file, answers.owner, answers.company, answers.plan_id, answers.currency)
        except Refusal:
            file.close()
            path.unlink(missing_ok=True)
            raise
        if not self.show(file):
            return
        self._window.answers.answer(_("Your file is {file}.").format(file=str(path)))
        if file.encrypted:
            from organizer.ui import window_protect

            # the dialog that asked closes first
            QTimer.singleShot(0, self, lambda: window_protect.offer_recovery_key(self._window))

    def sample(self) -> None:
        """Make a file with sample data beside hers and show it."""
        self.part(self._sample)

    def _sample(self) -> None:
        from organizer.services import files, samples

        try:
            with waiting():
                file = files.open_file(samples.look_around(files.default_path().parent))
        except Refusal as refusal:
            self._warn(refusal)
        else:
            if self.show(file):
                text = _("These people are invented. Make a file of your own with File, New file.")
                self._window.answers.answer(text)

    def show_start(self, problem: str = "") -> None:
        """Show what she can do while no file is open; `problem` says why hers isn't."""
        from organizer.services import backup_folders, moving
        from organizer.ui.pages.start.page import StartPage

        self._problem, wanted = problem or self._problem, self._wanted
        page = StartPage(
            self._problem,
            has_path=wanted is not None,
            only_readable=wanted is not None and moving.only_readable(wanted),
            is_backup=wanted is not None and backup_folders.is_in_one(wanted),
        )
        page.again.connect(lambda: self.open(self._wanted) if self._wanted else None)
        page.copy_here.connect(lambda: self._copy_here(self._wanted) if self._wanted else None)
        page.backups.connect(self.backups)
        page.new.connect(self.new)
        page.open_other.connect(self.choose)
        page.sample.connect(self.sample)
        self._window.show_start(page)

    def part(self, then: Callable[[], object]) -> None:
        """Do `then` once everything typed is stored, or she says that what can't be may be lost."""
        window_parting.part(self._window, _("&Go on without it"), then)

    def show(self, file: File, trusted: bool = False) -> bool:
        """Show an open file; `trusted` says that she has just proved that it is she.

        False when its first page can't be read: the file is closed again, and she is told why.
        """
        self._problem = ""
        self._wanted = None
        try:
            self._window.show_file(file, trusted)
        except Refusal as refusal:
            self._give_up(file, refusal)
            return False
        except BaseException:
            self._close(file)
            raise
        self.remember(file)
        self.watches.look(file)
        return True

    def page_refused(self, refusal: Refusal) -> None:
        """A page can't be read: say why on the page before it. Without one the file can't be shown at all."""
        window = self._window
        if window.context and window.page() is None:
            self._give_up(window.context.file, refusal)
        else:
            self._tell(refusal)

    def _give_up(self, file: File, refusal: Refusal) -> None:
        self._close(file)
        self.refuse(file.path, refusal)

    def _close(self, file: File) -> None:
        self._window.empty()
        # what the window couldn't even begin to show
        file.close()

    def remember(self, file: File) -> None:
        """This is the file that the window stands for from now on: watch it, and find it again next time."""
        context = self._window.context
        if context:
            context.refused.connect(self._on_refused, Qt.ConnectionType.UniqueConnection)
        preferences = self._window.preferences
        preferences.last_file = file.path
        others = [path for path in preferences.recent if path != file.path]
        preferences.recent = [file.path, *others][:_REMEMBERED]
        self.watches.follow(file)

    def dropped(self) -> None:
        """The file is closed: nothing is said about it any more. A second start still finds this window."""
        self.watches.stop()

    def _listen(self) -> None:
        if self._window.context:
            self.listener.follow(self._window.context.file.path)

    def _on_refused(self, refusal: Refusal) -> None:
        from organizer.services import files

        if isinstance(refusal, files.Gone):
            self.watches.gone.check()
        elif isinstance(refusal, files.Damaged):
            self._tell(refusal)

    def _tell(self, refusal: Refusal) -> None:
        from organizer.ui import window_trouble

        window_trouble.tell_refusal(refusal)

    # --- a file that can't be opened

    def refuse(self, path: Path, refusal: Refusal) -> None:
        """Say why the file at `path` can't be opened, with a way on that fits."""
        from organizer.services import files, moving

        window = self._window
        if isinstance(refusal, files.Locked | files.WrongSecret):
            if window.context:
                window.empty()
            self._wanted = path
            self.listener.follow(path)
            window.lock.ask(path)
            return
        if isinstance(refusal, files.Busy) and self._shown_elsewhere(path):
            return
        if window.context is None:
            self._wanted, self._busy = path, isinstance(refusal, files.Busy)
            # a second start for this file finds this window; but where another one has it, that one is meant
            self.listener.follow(None if self._busy else path)
            self.show_start(messages.spoken(refusal))
        elif isinstance(refusal, window_openable.IsBackup) or moving.only_readable(path):
            is_backup = isinstance(refusal, window_openable.IsBackup)
            messages.ask(
                window,
                _("This is a backup") if is_backup else _("The file can only be read there"),
                messages.spoken(refusal),
                _("&Copy it to your documents and open the copy"),
                lambda: self._copy_here(path),
            )
        else:
            self._warn(refusal)

    def _shown_elsewhere(self, path: Path) -> bool:
        if self._window.context is None:
            self.listener.follow(None)  # or this window would ask itself
        if not single_instance.show_other(path):
            return False
        if self._window.context is None:
            self._window.close()
        else:
            text = _("{file} is open in another window, which stands in front now.")
            self._window.answers.answer(text.format(file=str(path)))
        return True

    def _call_other(self, tries: int) -> None:
        """Two starts at once: the one that came second gives way as soon as the first can be asked."""
        path = self._wanted
        if path is None or self._window.context or not tries or not self._busy:
            return
        if not self._shown_elsewhere(path):
            QTimer.singleShot(_PAUSE, self, lambda: self._call_other(tries - 1))

    def _copy_here(self, path: Path) -> None:
        from organizer.services import files, moving

        try:
            with waiting():
                copy = moving.copy_into(path, files.default_path().parent)
        except Refusal as refusal:
            self._warn(refusal)
            return
        self.open(copy)

    def _warn(self, refusal: Refusal) -> None:
        messages.warn(self._window, _("That wasn't possible"), messages.spoken(refusal))

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        from organizer.services import files
        from organizer.ui.widgets import file_dialog

        context = self._window.context
        folder = context.file.path.parent if context else files.default_path().parent
        dialog = QFileDialog(self._window, title, str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(mode)
        dialog.setNameFilters([_("Organizer files") + f" (*{files.SUFFIX})", _("All files") + " (*)"])
        file_dialog.translate(dialog)
        return dialog
