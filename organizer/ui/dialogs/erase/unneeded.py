"""Whom there is no reason to keep: kept for a year, or erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import erasing, retention_of_people
from organizer.services.retention_of_people import Unneeded
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.erase import words
from organizer.ui.dialogs.erase.words import backups_told
from organizer.ui.dialogs.history import close_button
from organizer.ui.widgets import messages
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.room import fit

_SIZE = (640, 520)


class UnneededDialog(QDialog):
    """The list; several lines can be chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._people: Sequence[Unneeded] = ()
        self.setWindowTitle(_("Whom have I no reason to keep?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, *_SIZE)
        self.text = Label(wrap=True, tone="muted")
        self.table = PreviewTable(self.windowTitle())
        self.keep = button(_("&Keep for a year"), self._keep, icon="clock")
        self.erase = button(_("&Erase for good…"), self._ask, icon="trash-2", kind="danger")
        self.deleted = Label(wrap=True, tone="muted")
        self.forget = button(_("&Forget the deleted…"), self._ask_to_forget, icon="trash-2", kind="danger")
        self._build()
        self.refresh()
        self.table.setFocus()
        context.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read anew who is in the list."""
        self._people = retention_of_people.unneeded(self._context.file)
        rows = [(one.name, spoken(one.why)) for one in self._people]
        self.table.set_rows((_("Name"), _("Why")), rows, wide=1)
        self.table.selectionModel().selectionChanged.connect(self._fit)
        self.text.setText(self._words())
        if rows:
            self.table.selectRow(0)
        self._fit()
        count = erasing.deleted(self._context.file)
        text = ngettext(
            "{count} deleted contact lies in the file still, as undo could bring it back.",
            "{count} deleted contacts lie in the file still, as undo could bring them back.",
            count,
        )
        self.deleted.setText(text.format(count=format_number(count)))
        for part in (self.deleted, self.forget):
            part.setVisible(bool(count))

    def _words(self) -> str:
        months = retention_of_people.months(self._context.file)
        if not self._people:
            return _("Nobody: there is a reason to keep everybody in Contacts.")
        text = ngettext(
            "Nothing said, done or planned, no consent and no place in a team for {count} month, or kept only "
            "for a while. The law says not to keep people without a reason; how many months is your choice.",
            "Nothing said, done or planned, no consent and no place in a team for {count} months, or kept only "
            "for a while. The law says not to keep people without a reason; how many months is your choice.",
            months,
        )
        return text.format(count=format_number(months))

    def chosen(self) -> list[Unneeded]:
        """The people whose lines are chosen."""
        return [self._people[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _fit(self) -> None:
        some = bool(self.chosen())
        self.keep.setEnabled(some)
        self.erase.setEnabled(some)

    def _keep(self) -> None:
        people = self.chosen()
        text = ngettext("Kept {count} for a year.", "Kept {count} for a year.", len(people))
        file = self._context.file

        def keep() -> None:
            retention_of_people.keep_for_a_year(file, [one.person_id for one in people])

        self._context.deed(keep, text.format(count=format_number(len(people))))

    def _ask(self) -> None:
        people = self.chosen()
        names = ", ".join(one.name for one in people[:10])
        more = len(people) - 10
        if more > 0:
            text = ngettext("{names} and {count} more", "{names} and {count} more", more)
            names = text.format(names=names, count=format_number(more))
        holding = erasing.holding(self._context.file, *(one.person_id for one in people))
        title = ngettext("Erase {count} person for good?", "Erase {count} people for good?", len(people))
        messages.ask(
            self,
            _("Erase for good"),
            title.format(count=format_number(len(people))),
            _("&Erase for good"),
            lambda: self._erase(people),
            detail="\n".join([names, _("It can't be undone."), *backups_told(holding)]),
            danger=True,
        )

    def _erase(self, people: Sequence[Unneeded]) -> None:
        ids = [one.person_id for one in people]
        self._take_out(lambda: erasing.erase(self._context.file, ids))

    def _ask_to_forget(self) -> None:
        count = erasing.deleted(self._context.file)
        title = ngettext(
            "Forget {count} deleted contact for good?", "Forget {count} deleted contacts for good?", count
        )
        messages.ask(
            self,
            _("Forget for good"),
            title.format(count=format_number(count)),
            _("&Forget for good"),
            lambda: self._take_out(lambda: erasing.forget_deleted(self._context.file)),
            detail=_("Undo can't bring them back then. Backups may hold them still."),
            danger=True,
        )

    def _take_out(self, deed: Callable[[], int]) -> None:
        context = self._context
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            count = context.deed(deed)
        finally:
            QGuiApplication.restoreOverrideCursor()
        if count:
            text = ngettext("Erased {count} for good.", "Erased {count} for good.", count)
            told = text.format(count=format_number(count))
            context.answered.emit(" ".join((told, *words.later(context.file))), False)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        column.addWidget(self.text)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        for part in (self.keep, self.erase):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.deleted)
        last = QHBoxLayout()
        last.addWidget(self.forget)
        last.addStretch(1)
        last.addWidget(close_button(self))
        column.addLayout(last)
