"""Checking the file: everything is read, nothing is changed, and findings come with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QListWidget, QVBoxLayout, QWidget

from organizer.domain.result import Refusal
from organizer.i18n import _, format_number, format_time, ngettext
from organizer.services import backups, check
from organizer.services.check import Finding
from organizer.ui import icons, theme
from organizer.ui.context import Context
from organizer.ui.dialogs.history import close_button
from organizer.ui.dialogs.working import WorkingDialog, today
from organizer.ui.widgets import backup_words as words
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow

_ICON = 32


class CheckDialog(WorkingDialog):
    """Runs the check in the background as soon as it is shown."""

    def __init__(self, context: Context, shell: MainWindow, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shell = shell
        self._icon = ""
        self.setWindowTitle(_("Check the file"))
        self.resize(620, 400)
        self._build()
        theme.events().changed.connect(self._draw)
        self.start()

    def start(self) -> None:
        """Check, from the beginning."""
        assert self.context is not None  # noqa: S101 - it lives as long as the dialog is open
        self._say("search", _("The file is being checked"), _("You can wait here. Nothing is changed."))
        self.findings.hide()
        self.again.setEnabled(False)
        self._offer(False)
        job = check.check(self.context.file)
        self.tasks.run(job.title, job.work, self._show, self._failed, lambda: self.again.setEnabled(True))

    def _build(self) -> None:
        self.picture = QLabel()
        self.heading = Label(size="heading", wrap=True)
        self.text = Label(wrap=True)
        self.findings = QListWidget()
        self.findings.setAccessibleName(_("What was found"))
        self.findings.setWordWrap(True)
        self.findings.setResizeMode(QListView.ResizeMode.Adjust)
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.back = button(_("&Restore a backup…"), self._restore, icon="archive-restore", kind="primary")
        self.copy = button(_("&Save a copy first…"), self._copy, icon="save")
        self.again = button(_("Check &again"), self.start)
        head = QHBoxLayout()
        head.setSpacing(theme.M)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addLayout(head)
        layout.addWidget(self.text)
        layout.addWidget(self.findings, 1)
        layout.addStretch()
        layout.addWidget(self.answers)
        row = QHBoxLayout()
        for made in (self.back, self.copy, self.again):
            row.addWidget(made)
        row.addStretch()
        row.addWidget(close_button(self))
        layout.addLayout(row)

    def _show(self, found: list[Finding]) -> None:
        if self.context is None:
            return
        time = format_time(self.context.file.clock())
        if not found:
            text = _(
                "Checked at {time}: the file can be read from end to end, everything in it belongs together, your "
                "team has no circles, the sums agree, and the search finds what is there."
            )
            self._say("circle-check", _("All is well"), text.format(time=time))
            return
        # the same may be wrong with many: she reads it once
        told = list(dict.fromkeys(spoken(finding.message) for finding in found))
        heading = ngettext(
            "{count} thing is not as it should be", "{count} things are not as they should be", len(told)
        )
        self._say("triangle-alert", heading.format(count=format_number(len(told))), self._way_back(time))
        self.findings.clear()
        self.findings.addItems(told)
        self.findings.show()
        self._offer(True)

    def _failed(self, refusal: Refusal) -> None:
        self._say("triangle-alert", _("The file could not be checked"), spoken(refusal))
        self._offer(True)

    def _way_back(self, time: str) -> str:
        assert self.context is not None  # noqa: S101 - asked while the dialog is open
        newest = backups.newest_verified(self.context.file.path)
        said = _("Checked at {time}. Nothing was changed.").format(time=time)
        if newest is None:
            return (
                said + " " + _("There is no verified backup to go back to. Save a copy before you go on working.")
            )
        when = words.when(newest.at, today(self.context))
        way = _("The newest verified backup is from {when}. You can look inside before you restore it.")
        return said + " " + way.format(when=when)

    def _say(self, icon: str, heading: str, text: str) -> None:
        self._icon = icon
        self.heading.setText(heading)
        self.text.setText(text)
        self._draw()

    def _draw(self) -> None:
        colour = theme.amber() if self._icon == "triangle-alert" else theme.accent()
        self.picture.setPixmap(icons.pixmap(self._icon, theme.scaled(_ICON), colour))

    def _offer(self, offered: bool) -> None:
        self.back.setVisible(offered)
        self.copy.setVisible(offered)

    def _restore(self) -> None:
        from organizer.ui.dialogs.backups import BackupsDialog

        context, shell = self.context, self._shell
        if context:
            self.accept()
            BackupsDialog(context.file.path, context, shell, shell).open()

    def _copy(self) -> None:
        shell = self._shell
        self.accept()
        shell.files.save_copy()
