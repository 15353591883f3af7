"""Which file the window shows: the last one, another one, a new one, the sample; and what to say when it can't."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.ui import window_parting
from organizer.ui.widgets import file_dialog, messages

if TYPE_CHECKING:
    from organizer.services.files import File
    from organizer.ui.dialogs.first_start import Answers
    from organizer.ui.main_window import MainWindow

_REMEMBERED = 8


class WindowFiles(QObject):
    """Opens and makes files for one window. A file that can't be opened is left exactly as it was."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._problem = ""
        self._wanted: Path | None = None

    def begin(self, path: Path | None = None) -> None:
        """Open `path`, else the last file, else the one in the usual place; without any, the first start."""
        from organizer.services import files

        usual = files.default_path()
        wanted = path or self._window.preferences.last_file or (usual if usual.exists() else None)
        if wanted:
            self.open(wanted)
        else:
            self.show_start()
            self.first_start(usual)

    def open(self, path: Path) -> None:
        """Show the file at `path`; when it can't be opened, say why and stay where she is."""
        context = self._window.context
        if context is None or context.file.path != path:
            self._part(lambda: self._open(path))

    def _open(self, path: Path) -> None:
        from organizer.services import files

        try:
            file = files.open_file(path)
        except Refusal as refusal:
            self._refused(path, refusal)
        except BaseException:
            # a fault in the program is told elsewhere; she still needs a way on
            if self._window.context is None:
                self._wanted = path
                self.show_start(_("{file} could not be read. It was left as it is.").format(file=str(path)))
            raise
        else:
            self._show(file)

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

    def first_start(self, path: Path) -> None:
        """Ask for her name, company and plan, then make the file at `path`."""
        self._part(lambda: self._first_start(path))

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

        file = files.create(path)
        try:
            companies.set_up(file, answers.owner, answers.company, answers.plan_id, answers.currency)
        except Refusal:
            file.close()
            path.unlink(missing_ok=True)
            raise
        self._show(file)
        self._window.answers.answer(_("Your file is {file}.").format(file=str(path)))

    def sample(self) -> None:
        """Make a file with sample data beside hers and show it."""
        self._part(self._sample)

    def _sample(self) -> None:
        from organizer.services import files, samples

        try:
            with _Waiting():
                file = files.open_file(samples.look_around(files.default_path().parent))
        except Refusal as refusal:
            self._warn(refusal)
        else:
            self._show(file)
            self._window.answers.answer(
                _("These people are invented. Make a file of your own with File, New file.")
            )

    def show_start(self, problem: str = "") -> None:
        """Show what she can do while no file is open; `problem` says why hers isn't."""
        from organizer.ui.pages.start.page import StartPage

        self._problem = problem or self._problem
        page = StartPage(self._problem)
        page.again.connect(lambda: self.open(self._wanted) if self._wanted else None)
        page.new.connect(self.new)
        page.open_other.connect(self.choose)
        page.sample.connect(self.sample)
        self._window.show_start(page)

    def _part(self, then: Callable[[], None]) -> None:
        window_parting.part(self._window, _("&Go on without it"), then)

    def _show(self, file: File) -> None:
        self._problem = ""
        self._wanted = None
        preferences = self._window.preferences
        preferences.last_file = file.path
        others = [path for path in preferences.recent if path != file.path]
        preferences.recent = [file.path, *others][:_REMEMBERED]
        self._window.show_file(file)

    def _refused(self, path: Path, refusal: Refusal) -> None:
        if self._window.context:
            self._warn(refusal)
            return
        self._wanted = path
        self.show_start(messages.spoken(refusal))

    def _warn(self, refusal: Refusal) -> None:
        messages.warn(self._window, _("That wasn't possible"), messages.spoken(refusal))

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        from organizer.services import files

        context = self._window.context
        folder = context.file.path.parent if context else files.default_path().parent
        dialog = QFileDialog(self._window, title, str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(mode)
        dialog.setNameFilters([_("Organizer files") + f" (*{files.SUFFIX})", _("All files") + " (*)"])
        file_dialog.translate(dialog)
        return dialog


class _Waiting:
    """The waiting cursor for as long as the block takes."""

    def __enter__(self) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)

    def __exit__(self, *_error: object) -> None:
        QGuiApplication.restoreOverrideCursor()
