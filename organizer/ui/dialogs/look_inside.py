"""A look inside a backup before anything is restored, and one deleted contact brought back from it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from organizer.domain.contact import fold
from organizer.domain.result import Refusal
from organizer.i18n import _, format_number, ngettext
from organizer.services import backups, files
from organizer.services.backups import Backup, Fetched, Inside
from organizer.services.files import Secret
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.secret import SecretDialog
from organizer.ui.dialogs.working import WorkingDialog, today
from organizer.ui.widgets import backup_words as words
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.search_field import SearchField


class LookInside(WorkingDialog):
    """Shows what `backup` holds beside what is there now. Without a `context` the present file isn't open."""

    restore_asked = Signal(object)
    """She wants this backup in place of the present file; the secret that opens it goes along."""
    undo_asked = Signal()

    def __init__(self, backup: Backup, context: Context | None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.backup = backup
        self._secret: Secret = ""
        if backup.encrypted and context and context.file.key:
            self._secret = context.file.key
        self._inside: Inside | None = None
        self._missing: list[tuple[int, str]] = []
        self.setWindowTitle(_("A look inside the backup"))
        self.resize(760, 540)
        self._build()
        self.answers.undo_asked.connect(self.undo_asked)
        if context:
            context.changed.connect(self._compare)
        self._look()

    # --- what it is made of

    def _build(self) -> None:
        when = words.when(self.backup.at, today(self.context))
        self.heading = Label(_("Backup from {when}").format(when=when), size="heading", wrap=True)
        self.text = Label(_("The backup is being read."), tone="muted", wrap=True)
        self.protection = Label(tone="amber", wrap=True)
        self.protection.setVisible(False)
        self.counts = PreviewTable(_("What the backup holds"))
        self.counts.horizontalHeader().setStretchLastSection(False)
        self.deeds = PreviewTable(_("What was done last, newest first"))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.windowTitle())
        self.tabs.addTab(_padded(self.counts), _("What it holds"))
        self.tabs.addTab(_padded(self.deeds), _("What was done last"))
        self.tabs.addTab(self._lost(), "")
        self.tabs.setTabVisible(2, False)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.tabs)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        for widget in (self.heading, self.text, self.protection):
            layout.addWidget(widget)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.answers)
        layout.addWidget(self._buttons())

    def _lost(self) -> QWidget:
        self.search = SearchField(_("Search name"), _("Search the missing contacts"))
        self.search.textChanged.connect(self._filter)
        self.missing = PreviewTable(_("Contacts that are in the backup and not in your file now"))
        self.missing.doubleClicked.connect(lambda _index: self._bring_back())
        self.search.down_pressed.connect(self.missing.setFocus)
        self.bring = button(_("&Bring back"), self._bring_back, icon="undo-2")
        page = QWidget()
        column = QVBoxLayout(page)
        theme.margins(column, theme.S, spacing=theme.S)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.bring)
        column.addLayout(row)
        column.addWidget(self.missing, 1)
        return page

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.go = button(_("&Restore"), self._restore, icon="archive-restore", kind="primary")
        self.go.setEnabled(False)
        box.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        return box

    # --- reading the backup

    def _look(self) -> None:
        job = backups.look(self.backup, self._secret)
        self.tasks.run(job.title, job.work, self._show, self._failed)

    def _failed(self, refusal: Refusal) -> None:
        if isinstance(refusal, files.Locked | files.WrongSecret):
            self._ask(spoken(refusal) if isinstance(refusal, files.WrongSecret) and self._typed() else "")
        else:
            self.text.setText(spoken(refusal))
            theme.set_tone(self.text, "danger")

    def _typed(self) -> bool:
        return isinstance(self._secret, str) and bool(self._secret)

    def _ask(self, problem: str) -> None:
        text = _("This backup was made under another passphrase. Type the one that was in use then.")
        if self.context is None:
            text = _("This backup is protected by a passphrase.")
        dialog = SecretDialog(text, self._try, problem, self)
        dialog.rejected.connect(self.reject)
        dialog.open()

    def _try(self, typed: str) -> None:
        self._secret = typed
        self._look()

    # --- what it says

    def _show(self, inside: Inside) -> None:
        self._inside = inside
        then = _("Restore puts your file back to how it was then. The file that is there now is kept too.")
        self.text.setText(then)
        self.protection.setText(self._protection())
        self.protection.setVisible(bool(self.protection.text()))
        self.stack.setCurrentIndex(1)
        self.go.setEnabled(True)
        day = today(self.context)
        rows = [
            (words.when(datetime.fromisoformat(deed.at), day), files.deed_name(deed), deed.who)
            for deed in inside.deeds
            if not deed.undone
        ]
        self.deeds.set_rows((_("When"), _("What"), _("Who")), rows)
        self._compare()
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _protection(self) -> str:
        """What will open the file once this backup is in its place, where that is another than now."""
        if self.backup.encrypted and self._typed():
            return _("From then on the file has the passphrase of this backup, the one you just typed.")
        if self.context and self.context.file.encrypted and not self.backup.encrypted:
            return _("This backup has no passphrase: once restored, the file is no longer encrypted.")
        return ""

    def _compare(self) -> None:
        if self._inside is None:
            return
        then = self._inside.counts
        if self.context is None:
            self.counts.set_rows(
                (_("What"), _("In the backup")), [(words.kind(name), count) for name, count in then.items()]
            )
            return
        now = backups.counts_now(self.context.file)
        rows = [(words.kind(name), count, now.get(name, 0)) for name, count in then.items()]
        self.counts.set_rows((_("What"), _("In the backup"), _("Now")), rows)
        self._missing = backups.missing(self.context.file, self._inside)
        text = ngettext("{count} contact missing now", "{count} contacts missing now", len(self._missing))
        self.tabs.setTabText(2, text.format(count=format_number(len(self._missing))))
        self.tabs.setTabVisible(2, bool(self._missing))
        self._filter()

    def _filter(self) -> None:
        wanted = fold(self.search.text()).split()
        self._found = [(id_, name) for id_, name in self._missing if all(word in fold(name) for word in wanted)]
        self.missing.set_rows((_("Name"),), [(name or _("(no name)"),) for _id, name in self._found])
        if self._found:
            self.missing.selectRow(0)
        self.bring.setEnabled(bool(self._found))

    # --- deeds

    def _bring_back(self) -> None:
        row = self.missing.currentIndex().row()
        if not 0 <= row < len(self._found):
            return
        id_, name = self._found[row]
        job = backups.fetch_contact(self.backup, id_, self._secret)
        self.tasks.run(job.title, job.work, lambda fetched: self._add(fetched, name))

    def _add(self, fetched: Fetched, name: str) -> None:
        context = self.context
        if context:
            context.deed(lambda: backups.bring_back(context.file, fetched), _("{name} is back.").format(name=name))

    def _restore(self) -> None:
        secret = self._secret
        self.accept()
        self.restore_asked.emit(secret)


def _padded(table: PreviewTable) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    theme.margins(column, theme.S)
    column.addWidget(table)
    return page
