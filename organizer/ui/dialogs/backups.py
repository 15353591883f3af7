"""The backups of a file: which there are, a look inside, a new one, and the rule that thins them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.result import Refusal
from organizer.i18n import _
from organizer.services import backups, files
from organizer.services.backups import Backup, Reason, Since
from organizer.services.files import Secret
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.backup_rules import BackupRules, show_folder
from organizer.ui.dialogs.history import close_button
from organizer.ui.dialogs.look_inside import LookInside
from organizer.ui.dialogs.secret import SecretDialog
from organizer.ui.dialogs.working import WorkingDialog, today
from organizer.ui.models.backups import SINCE, WHEN, BackupsModel
from organizer.ui.widgets import backup_words as words
from organizer.ui.widgets import messages
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.label import Label, as_title

if TYPE_CHECKING:
    from organizer.ui.main_window import MainWindow

_WIDTH, _WIDEST = 1080, 1320


class _Table(QTableView):
    look_asked = Signal()
    delete_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter looks inside, Delete deletes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.look_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)


class BackupsDialog(WorkingDialog):
    """The backups of the file at `path`. Without a `context` the file isn't open, perhaps can't be."""

    def __init__(
        self, path: Path, context: Context | None, shell: MainWindow, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.path = path
        self._shell = shell
        self._problem = ""
        self.setWindowTitle(as_title(_("Backups of {file}").format(file=path.name)))
        self.resize(min(theme.scaled(_WIDTH), _WIDEST), 600)
        self._build()
        if context:
            context.changed.connect(self.refresh)
            if shell.keeper:
                shell.keeper.made.connect(self.refresh)
            self.answers.undo_asked.connect(shell.undo_deed)
        self.refresh()
        newest = next((row for row in range(self.model.rowCount()) if self._is_verified(row)), 0)
        self.table.selectRow(newest)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Backup | None:
        """The backup that the buttons are about."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.at(rows[0].row()) if rows else None

    def _is_verified(self, row: int) -> bool:
        backup = self.model.at(row)
        return bool(backup and backup.verified)

    def refresh(self) -> None:
        """Look again which backups there are; the chosen one stays chosen."""
        before = self.chosen()
        found = backups.every(self.path)
        self.model.show(found, self._since(found), today(self.context))
        self._fit()
        if before:
            self.table.selectRow(max(0, self.model.row_of(before.path)))
        self.stack.setCurrentIndex(1 if found else 0)
        self._say_state(found)
        self._show_chosen()

    def _fit(self) -> None:
        # each as wide as what stands in it; what changed gets all the room that is left
        header = self.table.horizontalHeader()
        for column in range(self.model.columnCount()):
            width = self.table.sizeHintForColumn(column) + theme.S
            self.table.setColumnWidth(column, max(header.sectionSizeHint(column), width))
        widest = SINCE if self.context else self.model.columnCount() - 1
        header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)

    def _since(self, found: list[Backup]) -> dict[Path, Since | None]:
        if self.context is None:
            return {}
        told = backups.since_all(self.context.file, found)
        return {backup.path: since for backup, since in zip(found, told, strict=True)}

    # --- what it is made of

    def _build(self) -> None:
        self.state = Label(wrap=True)
        self.model = BackupsModel()
        self.model.setParent(self)
        self.table = self._table()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(self.table)
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        theme.margins(column, theme.S, spacing=theme.M)
        column.addWidget(self.state)
        column.addWidget(self.stack, 1)
        column.addWidget(self._details())
        column.addLayout(self._deeds())
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.windowTitle())
        self.tabs.addTab(self.page, _("Backups"))
        if self.context:
            rules = BackupRules(self.context)
            rules.second.changed.connect(self.refresh)
            rules.second.filled.connect(self._settled)
            self.tabs.addTab(rules, _("Rules"))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        layout.addWidget(self.tabs, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.answers, 1)
        foot.addWidget(close_button(self))
        layout.addLayout(foot)

    def _table(self) -> _Table:
        table = _Table()
        table.setAccessibleName(_("Backups, newest first"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + theme.M)
        table.horizontalHeader().setHighlightSections(False)
        table.setSortingEnabled(True)
        table.sortByColumn(WHEN, Qt.SortOrder.DescendingOrder)
        table.setColumnHidden(SINCE, self.context is None)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        table.selectionModel().selectionChanged.connect(self._show_chosen)
        table.doubleClicked.connect(lambda _index: self.look())
        table.look_asked.connect(self.look)
        table.delete_asked.connect(self.delete)
        return table

    def _empty(self) -> EmptyState:
        if self.context:
            text = _("The first one is made shortly after a file is opened, and then by itself while you work.")
        else:
            text = _("There is none of this file on this computer. Open one that lies elsewhere with File, Open.")
        return EmptyState("archive", _("No backup yet"), text)

    def _details(self) -> QFrame:
        card = self.card = QFrame()
        card.setProperty("card", True)
        self.about = Label(bold=True, wrap=True)
        self.holds = Label(wrap=True)
        self.where = Label(size="small", tone="muted", wrap=True, selectable=True)
        column = QVBoxLayout(card)
        theme.margins(column, theme.M, theme.S, spacing=theme.XS)
        for label in (self.about, self.holds, self.where):
            column.addWidget(label)
        return card

    def _deeds(self) -> QHBoxLayout:
        self.now = button(_("Back up &now"), self.make, icon="archive", kind="default")
        self.now.setVisible(self.context is not None)
        self.inside = button(_("&Look inside and restore…"), self.look, icon="archive-restore", kind="primary")
        self.check = button(_("&Verify"), self.verify, icon="shield-check")
        self.folder = button(_("&Show in folder"), self._show_folder, icon="folder-open")
        self.remove = button(_("&Delete"), self.delete, icon="trash-2", kind="danger")
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for made in (self.inside, self.check, self.folder, self.remove):
            row.addWidget(made)
        row.addStretch()
        row.addWidget(self.now)
        return row

    def _menu(self, place: QPoint) -> None:
        if not self.chosen():
            return
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for made in (self.inside, self.check, self.folder, self.remove):
            action = menu.addAction(made.icon(), made.text())
            action.setEnabled(made.isEnabled())
            action.triggered.connect(made.click)
        menu.popup(self.table.viewport().mapToGlobal(place))

    # --- what it says

    def _say_state(self, found: list[Backup]) -> None:
        trouble = self._trouble()
        newest = next((backup for backup in found if backup.verified), None)
        if trouble:
            text = trouble
        elif newest:
            when = words.when(newest.at, today(self.context))
            text = _("The newest verified backup is from {when}.").format(when=when)
        else:
            text = _("There is no verified backup yet.")
        self.state.setText(text)
        theme.set_tone(self.state, "amber" if trouble else "muted")

    def _trouble(self) -> str:
        """What keeps backups from being made, or from the second folder."""
        keeper = self._shell.keeper if self.context else None
        return self._problem or (keeper.problem if keeper else "")

    def _show_chosen(self) -> None:
        backup = self.chosen()
        for made in (self.inside, self.check, self.folder):
            made.setEnabled(backup is not None)
        why_not = self._why_not_delete(backup) if backup else ""
        self.remove.setEnabled(backup is not None and not why_not)
        self.remove.setToolTip(why_not)
        self.card.setVisible(backup is not None)
        if backup:
            when = words.when(backup.at, today(self.context))
            self.about.setText(f"{when} \N{MIDDLE DOT} {words.reason(backup)}")
            self.holds.setText(words.counts(backup.counts) or _("Nothing yet"))
            self.where.setText(str(backup.path))

    def _why_not_delete(self, backup: Backup) -> str:
        if self.context is None:  # nobody has shown that the file is hers, and a backup may be all there is left
            return _("Backups can be deleted while the file is open.")
        return "" if backup.made_here else _("Organizer didn't make this copy.")

    # --- deeds

    def make(self) -> None:
        """Make a backup now."""
        if self.context:
            context = self.context
            job = context.deed(lambda: backups.make(context.file, Reason.ASKED))
            if job:
                self.now.setEnabled(False)
                self.tasks.run(job.title, job.work, self._made, ended=lambda: self.now.setEnabled(True))

    def _made(self, backup: Backup) -> None:
        if backup.problem:
            self._problem = messages.spoken(backup.problem)
        else:
            self._settled()
        self.refresh()
        self.table.selectRow(max(0, self.model.row_of(backup.path)))
        self.answers.answer(_("The backup is made and verified."))

    def _settled(self) -> None:
        self._problem = ""
        if self._shell.keeper:
            self._shell.keeper.settled()

    def look(self) -> None:
        """Look inside the chosen one, before it is restored."""
        backup = self.chosen()
        if backup:
            dialog = LookInside(backup, self.context, self)
            dialog.undo_asked.connect(self._shell.undo_deed)
            dialog.restore_asked.connect(lambda secret: self._restore(backup, secret))
            dialog.open()

    def _restore(self, backup: Backup, secret: Secret) -> None:
        # imported when needed: most days nothing is restored
        from organizer.ui import window_restore

        self.accept()
        window_restore.restore(self._shell, self.path, backup, secret)

    def verify(self) -> None:
        """Read the whole of the chosen one and see that it can be relied on."""
        backup = self.chosen()
        if backup:
            key = self.context.file.key if self.context and backup.encrypted else None
            self._verify(backup, key or "")

    def _verify(self, backup: Backup, secret: Secret) -> None:
        clock = self.context.file.clock if self.context else datetime.now
        job = backups.verify(backup, secret, clock)
        self.tasks.run(
            job.title, job.work, self._verified, lambda refusal: self._not_verified(backup, secret, refusal)
        )

    def _verified(self, _backup: Backup) -> None:
        self.refresh()
        self.answers.answer(_("The backup is whole."))

    def _not_verified(self, backup: Backup, secret: Secret, refusal: Refusal) -> None:
        if isinstance(refusal, files.Locked | files.WrongSecret):
            text = _("This backup is protected by a passphrase: the one that was in use when it was made.")
            problem = messages.spoken(refusal) if secret and isinstance(secret, str) else ""
            SecretDialog(text, lambda typed: self._verify(backup, typed), problem, self).open()
        else:
            self.refresh()
            self.answers.warn(messages.spoken(refusal))

    def delete(self) -> None:
        """Delete the chosen one after asking; only what the program made itself."""
        backup = self.chosen()
        if backup and not self._why_not_delete(backup):
            text = _("Delete the backup from {when}?").format(when=words.when(backup.at, today(self.context)))
            detail = _("This can't be undone. Your file and the other backups stay as they are.")
            title, yes = _("Delete a backup"), _("&Delete")
            messages.ask(self, title, text, yes, lambda: self._delete(backup), detail=detail, danger=True)

    def _delete(self, backup: Backup) -> None:
        # not at once: another backup may be under way in the same folder
        self.tasks.run(_("Deleting the backup"), lambda _progress: backups.remove(backup), self._deleted)

    def _deleted(self, _nothing: None) -> None:
        row = self.table.currentIndex().row()
        self.refresh()
        self.table.selectRow(min(row, self.model.rowCount() - 1))
        self.answers.answer(_("The backup is deleted."))

    def _show_folder(self) -> None:
        backup = self.chosen()
        if backup:
            show_folder(backup.path.parent)
