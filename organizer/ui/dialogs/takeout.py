"""Everything out into a folder that needs no program, and in again into an empty file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services import takeout
from organizer.services.takeout import Found, TakenOut
from organizer.services.takeout_readme import in_words
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs import backup_first
from organizer.ui.dialogs.working import WorkingDialog
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label, OneLine
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.waiting import waiting

_WIDTH = 600


class _FolderDialog(WorkingDialog):
    """Title, text and what a folder is chosen for; work runs in the background with its bar at the foot."""

    def __init__(self, context: Context, title: str, parent: QWidget | None) -> None:
        super().__init__(context, parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.asked = ""
        """What the dialog that asks for the folder is called."""
        self.heading = Label(size="heading", wrap=True)
        self.text = Label(wrap=True)
        self.column = QVBoxLayout(self)
        theme.margins(self.column, theme.XL, spacing=theme.M)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.text)

    def folder_row(self, label: str, text: str) -> QWidget:
        """The chosen folder and the button that asks for another."""
        made = QWidget()
        self.place = OneLine()
        self.choice = button(text, self.ask, icon="folder-open")
        row = QHBoxLayout(made)
        theme.margins(row, spacing=theme.S)
        row.addWidget(Label(label, tone="muted"))
        row.addWidget(self.place)
        row.addWidget(self.choice)
        row.addStretch()
        return made

    def buttons_row(self, go: QPushButton, leave: QPushButton) -> QDialogButtonBox:
        """The buttons at the foot, in the order that this system's dialogs have."""
        box = QDialogButtonBox()
        box.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
        return box

    def ask(self) -> QFileDialog:
        """Ask for a folder; `choose` gets it."""
        return file_dialog.ask_folder(self, self.asked, self.start(), self.choose)

    def start(self) -> Path:
        """Where choosing begins: her documents."""
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def choose(self, folder: Path) -> None:
        """Take this folder."""
        raise NotImplementedError

    def fit(self) -> None:
        """Grow where more lines are shown now; a dialog doesn't by itself."""
        self.column.activate()
        wanted = self.column.totalHeightForWidth(max(self.width(), self.minimumWidth()))
        self.resize(self.width(), max(wanted, self.column.minimumSize().height()))


class TakeOutDialog(_FolderDialog):
    """Writes everything into a new folder inside the one chosen, and says what it wrote."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Take out everything"), parent)
        self.made: TakenOut | None = None
        self.folder = self.start()
        self.heading.setText(_("Everything you have, readable without this program"))
        self.text.setText(_what_is_written())
        self.notice = Label(_not_encrypted(context.file.encrypted), tone="amber", wrap=True)
        self.column.addWidget(self.notice)
        self.asked = _("Choose where the new folder goes")
        self.asking = self.folder_row(_("A new folder in:"), _("&Choose…"))
        self.column.addWidget(self.asking)
        self.column.addStretch()
        self.column.addWidget(self.answers)
        self.go = button(_("&Take out"), self.begin, kind="primary")
        self.show_it = button(_("Show in &folder"), self._show_folder, icon="folder-open")
        self.leave = button(_("Close"), self.reject)
        foot = self.buttons_row(self.go, self.leave)
        foot.addButton(self.show_it, QDialogButtonBox.ButtonRole.ActionRole)
        self.show_it.hide()
        self.column.addWidget(foot)
        self.place.say(str(self.folder))
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def choose(self, folder: Path) -> None:
        """Write into this folder."""
        self.folder = folder
        self.place.say(str(folder))

    def begin(self) -> None:
        """Gather everything and let it be written."""
        context = self.context
        if context is None or self.tasks.active():
            return
        self._enable(False)
        with waiting():
            job = context.deed(lambda: takeout.take_out(context.file, self.folder))
        if job is None:
            self._enable(True)
        else:
            self.tasks.run(job.title, job.work, self._show, context.warn, lambda: self._enable(True))

    def _enable(self, enabled: bool) -> None:
        self.go.setEnabled(enabled)
        self.choice.setEnabled(enabled)

    def _show(self, made: TakenOut) -> None:
        self.made = made
        self.heading.setText(_("Everything is in “{folder}”").format(folder=made.folder.name))
        self.text.setText(f"{made.folder.parent}\n\n{in_words({**made.counts, 'tables': _tables(made)})}")
        self.asking.hide()
        self.go.hide()
        self.show_it.show()
        self.show_it.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _show_folder(self) -> None:
        if self.made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made.folder)))


class BringInDialog(_FolderDialog):
    """Reads a folder that everything was taken out to, shows counts and problems, and brings it in as one deed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Bring everything in"), parent)
        self.found: Found | None = None
        self.heading.setText(_("Bring in a folder that everything was taken out to"))
        self.text.setText(_("Choose the folder with the README in it. Nothing is changed before you say so."))
        self.asked = _("Choose the folder to bring in")
        self.asking = self.folder_row(_("Folder:"), _("&Choose…"))
        self.counts = Label(wrap=True)
        self.note = Label(tone="amber", wrap=True)
        self.problems = PreviewTable(_("What is wrong with the folder"))
        self.problems.setMinimumHeight(theme.scaled(180))
        for widget in (self.asking, self.counts, self.note, self.problems):
            self.column.addWidget(widget)
        for widget in (self.counts, self.note, self.problems):
            widget.hide()
        self.column.addStretch()
        self.column.addWidget(self.answers)
        self.go = button(_("&Bring everything in"), self.accept, kind="primary")
        self.go.setEnabled(False)
        self.leave = button(_("Close"), self.reject)
        self.column.addWidget(self.buttons_row(self.go, self.leave))
        if why_not := takeout.why_not(context.file):
            self._refuse(spoken(why_not))
        self.fit()

    def _refuse(self, text: str) -> None:
        self.heading.setText(_("This file is not empty"))
        self.text.setText(text)
        self.asking.hide()
        self.go.hide()

    def choose(self, folder: Path) -> None:
        """Read this folder."""
        if self.context is None or self.tasks.active():
            return
        self.found = None
        self.place.say(str(folder))
        for widget in (self.counts, self.note, self.problems):
            widget.hide()
        self.go.setEnabled(False)
        self.choice.setEnabled(False)
        job = takeout.read_taken_out(folder)
        self.tasks.run(job.title, job.work, self._show, self.context.warn, lambda: self.choice.setEnabled(True))

    def accept(self) -> None:
        """Make a backup, then bring it in: nothing was changed before this."""
        if self.context is None or self.found is None or self.tasks.active():
            return
        if backup_first.make(self, self.context.file, self.tasks, self._bring_in, lambda: self._enable(True)):
            self._enable(False)

    def _enable(self, enabled: bool) -> None:
        for made in (self.go, self.choice):
            made.setEnabled(enabled)

    def _bring_in(self) -> None:
        context, found = self.context, self.found
        if context is None or found is None:
            return
        answer = _("Everything from “{folder}” is in this file now.").format(folder=found.folder)
        with waiting():
            done = context.deed(_true(lambda: takeout.take_in(context.file, found)), answer)
        if done:
            super().accept()

    def _show(self, found: Found) -> None:
        self.found = found
        self.counts.setText(in_words(found.everything.counts))
        self.counts.setVisible(not found.problems)
        notes = []
        if found.problems:
            notes.append(_("The folder can't be brought in as it is. Nothing was changed."))
        if found.changed:
            files = ", ".join(found.changed)
            notes.append(
                _("Changed since it was taken out: {files}. Make sure that is meant.").format(files=files)
            )
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))
        rows = [
            (p.file, p.problem.row or None, p.problem.subject, spoken(p.problem.message)) for p in found.problems
        ]
        self.problems.set_rows((_("File"), _("Row"), _("Who or what"), _("Why")), rows)
        self.problems.setVisible(bool(rows))
        self.go.setEnabled(not found.problems)
        if not found.problems:
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()


def _tables(made: TakenOut) -> int:
    return sum(name.endswith(".csv") for name in made.files)


def _what_is_written() -> str:
    return "\n".join(
        (
            _("A new folder is written with:"),
            "\N{BULLET} " + _("your contacts for an address book (vCard) and birthdays for a calendar"),
            "\N{BULLET} " + _("everything as tables for Excel (CSV): contacts, teams, volumes, products, notes"),
            "\N{BULLET} " + _("plans of your own, and the estimates that you kept"),
            "\N{BULLET} " + _("PDFs of contacts, teams, products and estimates"),
            "\N{BULLET} " + _("a README that explains each file, with counts and sums"),
            "",
            _("It can be brought in again into an empty file. History and backups are not part of it."),
        )
    )


def _not_encrypted(file_is: bool) -> str:
    if file_is:
        return _(
            "Your file is encrypted, but this folder will not be: anyone who gets at it can read it. "
            "Keep it safe, and delete it when you don't need it any more."
        )
    return _(
        "The folder is not encrypted: anyone who gets at it can read it. "
        "Keep it safe, and delete it when you don't need it any more."
    )


def _true(do: Callable[[], None]) -> Callable[[], bool]:
    def done() -> bool:
        do()
        return True

    return done
