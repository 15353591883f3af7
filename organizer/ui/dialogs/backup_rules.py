"""How many backups stay, and where they lie besides."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.domain.retention import Rule
from organizer.i18n import _
from organizer.services import backups
from organizer.services.backups import Backup, Reason
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.boxes import SpinBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_MOST = {"hours": 240, "days": 365, "weeks": 260, "months": 240}


class SecondFolder(QWidget):
    """The second place for backups: whether it is there, another one, none."""

    changed = Signal()
    """There is another one or none."""
    filled = Signal()
    """It has a backup."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.state = Label(wrap=True, selectable=True)
        self.choose = button(_("C&hoose…"), self._choose, icon="folder-open")
        self.remove = button(_("&Use none"), lambda: self.set(None))
        self.choose.setAccessibleName(_("Choose the second folder"))
        self.remove.setAccessibleName(_("Use no second folder"))
        row = QHBoxLayout(self)
        theme.margins(row)
        row.addWidget(self.state, 1)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        self.setFocusProxy(self.choose)
        self.refresh()

    def refresh(self) -> None:
        """Look again where it is and whether it is there."""
        folder = backups.second_folder(self._context.file)
        self.remove.setVisible(folder is not None)
        if folder is None:
            self.state.setText(_("None yet. A USB stick or a synced folder, for example."))
            theme.set_tone(self.state, "muted")
        elif folder.is_dir():
            self.state.setText(str(folder))
            theme.set_tone(self.state, "")
        else:
            text = _("{folder} is not plugged in now. The next backup goes there when it is.")
            self.state.setText(text.format(folder=folder))
            theme.set_tone(self.state, "amber")

    def set(self, folder: Path | None) -> None:
        """Use another folder, which gets a backup at once, or none. Backups that lie in the old one stay there."""
        text = _("Backups go to {folder} too. The first one is being made now.").format(folder=folder)
        text = text if folder else _("There is no second folder.")
        kept = self._context.deed(lambda: self._keep(folder), text)
        self.refresh()
        self.changed.emit()
        if kept and folder:
            self._fill()

    def _keep(self, folder: Path | None) -> bool:
        backups.set_second_folder(self._context.file, folder)
        return True

    def _fill(self) -> None:
        # not when the next one is due: by then the stick may be in her pocket
        context = self._context
        job = context.deed(lambda: backups.make(context.file, Reason.ASKED))
        if job:
            context.run(job, self._filled)

    def _filled(self, backup: Backup) -> None:
        # the page may have been closed meanwhile, but she is told all the same
        shown = isValid(self)
        if backup.problem:
            self._context.warned.emit(spoken(backup.problem))
        else:
            self._context.answered.emit(_("The second folder has a backup now."), False)
            if shown:
                self.filled.emit()
        if shown:
            self.changed.emit()

    def _choose(self) -> None:
        file_dialog.ask_folder(self, _("Choose the second folder"), None, self.set)


class BackupRules(QWidget):
    """Every change is kept at once, and goes for the next backup."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        rule = backups.rule(context.file)
        form = Form()
        form.section(_("How many backups stay"))
        self.hours = self._spin(form, "hours", _("&Hourly"), rule.hours)
        self.days = self._spin(form, "days", _("&Daily"), rule.days)
        self.weeks = self._spin(form, "weeks", _("&Weekly"), rule.weeks)
        self.months = self._spin(form, "months", _("&Monthly"), rule.months)
        text = _(
            "The newest backup of each of so many hours, days, weeks and months stays; those without a backup "
            "don't count. All backups of the last two hours stay too, and always the newest. The others are "
            "deleted when the next backup is made. Copies that Organizer didn't make itself are never deleted."
        )
        form.wide(Label(text, size="small", tone="muted", wrap=True))
        form.section(_("Where they lie"))
        here = backups.folder(context.file.path)
        form.add("folder", _("On this computer"), _Folder(here))
        self.second = SecondFolder(context)
        form.add("second", _("A &second folder"), self.second)
        column = QVBoxLayout(self)
        theme.margins(column, theme.M)
        column.addWidget(form)
        column.addStretch()

    def _spin(self, form: Form, field: str, label: str, value: int) -> QSpinBox:
        box = SpinBox()
        box.setRange(0, _MOST[field])
        box.setValue(value)
        box.setKeyboardTracking(False)  # not at each digit
        box.setMaximumWidth(theme.scaled(100))
        box.setAccessibleName(_("How many stay: {which}").format(which=label.replace("&", "")))
        box.valueChanged.connect(self._keep)
        form.add(field, label, box)
        return box

    def _keep(self) -> None:
        rule = Rule(self.hours.value(), self.days.value(), self.weeks.value(), self.months.value())
        self._context.deed(lambda: backups.set_rule(self._context.file, rule), _("The rule is changed."))


class _Folder(QWidget):
    """A folder and a button that shows it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        theme.margins(row)
        row.addWidget(Label(str(folder), wrap=True, selectable=True), 1)
        self.show_it = button(_("Show in &folder"), lambda: show_folder(folder), icon="folder-open")
        row.addWidget(self.show_it)
        self.setFocusProxy(self.show_it)


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own window for files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
