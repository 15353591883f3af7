"""Her backups at a glance: the newest verified one, where they lie, and the second folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services import backups
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.backup_rules import SecondFolder
from organizer.ui.widgets import backup_words as words
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow
    from organizer.ui.window_backups import Keeper


class BackupsCard(QFrame):
    """Reads anew whenever it is shown, and when a backup was made by itself meanwhile."""

    def __init__(self, context: Context, shell: object) -> None:
        super().__init__()
        self._context = context
        self._shell = cast("MainWindow", shell)
        self._followed: Keeper | None = None
        self.setProperty("card", True)
        self.newest = Label(wrap=True)
        self.where = Label(str(backups.folder(context.file.path)), wrap=True, selectable=True)
        self.second = SecondFolder(context)
        self.open = button(_("&Backups…"), self._open, icon="archive")
        line = QWidget()
        row = QHBoxLayout(line)
        theme.margins(row)
        row.addWidget(self.newest, 1)
        row.addWidget(self.open)
        line.setFocusProxy(self.open)
        form = Form()
        form.add("newest", _("Newest verified"), line)
        form.add("where", _("On this computer"), self.where)
        form.add("second", _("A second folder"), self.second)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M)
        layout.addWidget(form)
        self.second.changed.connect(self.refresh)
        self.second.filled.connect(self._settled)
        self.refresh()

    def refresh(self) -> None:
        """Say what is so now."""
        newest = backups.newest_verified(self._context.file.path)
        if newest:
            self.newest.setText(words.when(newest.at, self._context.file.clock().date()))
        else:
            self.newest.setText(_("None yet. The first is made by itself soon."))
        theme.set_tone(self.newest, "" if newest else "muted")
        self.second.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: a backup may have been made meanwhile."""
        super().showEvent(event)
        keeper: Keeper | None = getattr(self._shell, "keeper", None)
        if keeper and keeper is not self._followed:
            self._followed = keeper
            keeper.made.connect(self.refresh)
        self.refresh()

    def _settled(self) -> None:
        keeper: Keeper | None = getattr(self._shell, "keeper", None)
        if keeper:
            keeper.settled()

    def _open(self) -> None:
        from organizer.ui.dialogs.backups import BackupsDialog

        dialog = BackupsDialog(self._context.file.path, self._context, self._shell, self.window())
        dialog.finished.connect(self.refresh)
        dialog.open()
