"""Everybody who may stand in the file twice, the surest first; each pair is merged, said to be two, or left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import duplicates, files
from organizer.services.duplicates import Pair
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.history import close_button
from organizer.ui.dialogs.merge import words
from organizer.ui.dialogs.merge.dialog import MergeDialog
from organizer.ui.dialogs.working import WorkingDialog
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.room import fit
from organizer.ui.widgets.waiting import waiting


class DuplicatesDialog(WorkingDialog):
    """Searches the whole file as soon as it is shown. Nobody is merged without the next dialog's yes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pairs: list[Pair] = []
        self._stopped = False
        self.setWindowTitle(_("Who stands here twice?"))
        fit(self, 660, 480)
        self._build()
        self.answers.undo_asked.connect(self.undo)
        # after it is on the screen: reading everybody takes a moment
        QTimer.singleShot(0, self, self.search)

    def search(self) -> None:
        """Look through the whole file, from the beginning."""
        if self.context is None:
            return
        self._stopped = True
        self._show_pairs([])
        self._say(_("Looking for people who stand here twice"), _("Nothing is changed. You can stop it below."))
        self.again.setEnabled(False)
        with waiting():
            job = duplicates.pairs(self.context.file)
        self.tasks.run(job.title, job.work, self._found, None, self._ended)

    def chosen(self) -> Pair | None:
        """The pair that the buttons are about."""
        row = self.list.currentRow()
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def merge(self) -> None:
        """Show both cards side by side."""
        pair = self.chosen()
        if pair and self.context:
            dialog = MergeDialog(self.context, pair.one_id, pair.other_id, self)
            dialog.finished.connect(lambda _result: self._look_again())
            dialog.open()

    def part(self) -> None:
        """Note that they are two people."""
        pair, context = self.chosen(), self.context
        if pair and context:
            context.deed(
                lambda: duplicates.different(context.file, pair.one_id, pair.other_id),
                _("Noted: these are two people."),
            )
            self._look_again()

    def later(self) -> None:
        """Leave a pair: it is asked about the next time."""
        if pair := self.chosen():
            self._show_pairs([one for one in self._pairs if one is not pair], self.list.currentRow())

    def undo(self) -> None:
        """Take the last deed back, and look again."""
        if self.context:
            self.context.deed(lambda: files.undo(self.context.file) if self.context else None)
            self.search()

    def _build(self) -> None:
        self.told = Label(tone="muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pairs who may be one person, the surest first"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAlternatingRowColors(True)
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(lambda _item: self.merge())
        self.list.currentRowChanged.connect(lambda _row: self._offer())
        self.empty = EmptyState("users", "", "")
        self.again = button(_("Search &again"), self.search)
        self.again.setEnabled(False)
        self.go = button(_("&Merge…"), self.merge, icon="users", kind="primary")
        self.two = button(_("They are &two people"), self.part)
        self.wait = button(_("&Later"), self.later, tip=_("Asked about the next time you search"))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        for part in (self.told, self.list, self.empty):
            layout.addWidget(part, 0 if part is self.told else 1)
        layout.addWidget(self.answers)
        row = QHBoxLayout()
        for made in (self.go, self.two, self.wait, self.again):
            row.addWidget(made)
        row.addStretch()
        row.addWidget(close_button(self))
        layout.addLayout(row)

    def _found(self, pairs: list[Pair]) -> None:
        self._stopped = False
        self._show_pairs(pairs)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ended(self) -> None:
        if self.context is None:
            return
        self.again.setEnabled(True)
        if self._stopped:
            self._say(_("The search was stopped"), _("Search again whenever you like."))

    def _look_again(self) -> None:
        """Drop what is settled: one of the two is gone, or they are said to be two."""
        if self.context is None:
            return
        there = duplicates.still_asked(self.context.file, self._pairs)
        self._show_pairs(there, self.list.currentRow())

    def _show_pairs(self, pairs: list[Pair], row: int = 0) -> None:
        self._pairs = pairs
        self.list.clear()
        self.list.addItems([_line(pair) for pair in pairs])
        text = ngettext("{count} pair may be one person.", "{count} pairs may be one person each.", len(pairs))
        self.told.setText(text.format(count=format_number(len(pairs))))
        self.told.setVisible(bool(pairs))
        self.list.setVisible(bool(pairs))
        self.empty.setVisible(not pairs)
        self._say(_("Nobody seems to stand here twice"), _("Names, phones, e-mails and birthdays were compared."))
        self.list.setCurrentRow(min(row, len(pairs) - 1))
        self._offer()

    def _offer(self) -> None:
        for made in (self.go, self.two, self.wait):
            made.setEnabled(self.chosen() is not None)

    def _say(self, title: str, text: str) -> None:
        self.empty.set_texts(title, text)


def _line(pair: Pair) -> str:
    who = _("{one} and {other}").format(one=pair.one_name, other=pair.other_name)
    why = _("{sure}: {reasons}").format(sure=words.sureness(pair.sure), reasons=words.because(pair.reasons))
    return f"{who}\n{why}"
