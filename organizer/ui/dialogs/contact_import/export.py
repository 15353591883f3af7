"""What contacts are written as, and what for; marketing leaves out who may not get it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import contact_export
from organizer.services.contact_export import Channel, Form, Purpose
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.file_dialog import save_path
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.room import fit


def open_export(context: Context, parent: QWidget, ids: Sequence[int] | None = None) -> None:
    """Ask how contacts are to be written, then where, and write them; `ids` None: all, else those shown."""
    ExportDialog(context, parent, ids).open()


class ExportDialog(QDialog):
    """Shows who will be left out, with the reason, before a file is written."""

    def __init__(self, context: Context, parent: QWidget | None = None, ids: Sequence[int] | None = None) -> None:
        super().__init__(parent)
        self._context, self._ids = context, ids
        self.setWindowTitle(_("Export contacts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit(self, 640, 420)
        self.form, self.channel = ComboBox(), ComboBox()
        self.all, self.shown = QRadioButton(_("&All contacts")), QRadioButton("")
        self.marketing = QRadioButton(_("To send offers or in&vitations, with a newsletter program for example"))
        self.keep = QRadioButton(_("For &myself: another address book, a phone, a spreadsheet"))
        self.says = Label(wrap=True)
        self.table = PreviewTable(_("Who is left out"))
        self.go = button(_("&Save as…"), kind="primary")
        self._arrange()
        self._connect()
        self._show()

    def accept(self) -> None:
        """Ask where, then write."""
        form = self._form()
        kinds = f"{self.form.currentText()} (*{form.suffix})"
        path = save_path(self, self.windowTitle(), _("Contacts") + form.suffix, kinds)
        if not path:
            return
        wanted = self._wanted()
        done = self._context.deed(lambda: contact_export.export(self._context.file, path, form, *wanted))
        super().accept()
        if done is not None:
            text = ngettext("Saved {count} entry in {file}.", "Saved {count} entries in {file}.", done.count)
            self._context.answered.emit(text.format(count=format_number(done.count), file=path), False)

    def _form(self) -> Form:
        return Form(self.form.currentData())

    def _wanted(self) -> tuple[Sequence[int] | None, Purpose, Channel | None]:
        ids = None if self.all.isChecked() else self._ids
        if not self.marketing.isChecked() or self._is_calendar():
            return ids, Purpose.OTHER, None
        return ids, Purpose.OFFER, Channel(self.channel.currentData())

    def _is_calendar(self) -> bool:
        return self._form() is Form.CALENDAR

    def _show(self) -> None:
        for widget in (self.marketing, self.keep, self._what_for):
            widget.setVisible(not self._is_calendar())
        self.channel.setVisible(self.marketing.isChecked() and not self._is_calendar())
        may, left_out = contact_export.who_may(self._context.file, *self._wanted())
        texts = [ngettext("{count} contact goes out.", "{count} contacts go out.", len(may))]
        counts = [len(may)]
        if left_out:
            texts.append(ngettext("{count} is left out:", "{count} are left out:", len(left_out)))
            counts.append(len(left_out))
        told = [text.format(count=format_number(count)) for text, count in zip(texts, counts, strict=True)]
        self.says.setText(" ".join(told))
        rows = [(name, spoken(why)) for name, why in left_out]
        self.table.set_rows((_("Who"), _("Why")), rows)
        self.table.setVisible(bool(rows))
        self.go.setEnabled(bool(may) or self._is_calendar())

    def _connect(self) -> None:
        self.form.activated.connect(lambda _place: self._show())
        self.channel.activated.connect(lambda _place: self._show())
        for choice in (self.all, self.marketing):
            choice.toggled.connect(lambda _on: self._show())

    def _arrange(self) -> None:
        for text, form in (
            (_("vCard 3.0, which every address book reads"), Form.VCARD_3),
            (_("vCard 4.0, for newer address books"), Form.VCARD_4),
            (_("Table for Excel (CSV)"), Form.CSV),
            (_("Calendar of follow-ups and birthdays"), Form.CALENDAR),
        ):
            self.form.addItem(text, form.value)
        for text, channel in (
            (_("by e-mail"), Channel.EMAIL),
            (_("by SMS"), Channel.SMS),
            (_("by post"), Channel.POST),
        ):
            self.channel.addItem(text, channel.value)
        self.form.setAccessibleName(_("Write as"))
        self.channel.setAccessibleName(_("How it is sent"))
        count = len(self._ids or ())
        chosen = ngettext("&Only the {count} chosen", "&Only the {count} chosen", count)
        self.shown.setText(chosen.format(count=format_number(count)))
        (self.all if self._ids is None else self.shown).setChecked(True)
        self.keep.setChecked(True)
        who, what_for = QWidget(), QWidget()
        self._what_for = Label(_("What is the file for?"), bold=True)
        for box, choices in ((who, (self.all, self.shown)), (what_for, (self.keep, self.marketing, self.channel))):
            inner = QVBoxLayout(box)
            theme.margins(inner, spacing=theme.XS)
            for choice in choices:
                inner.addWidget(choice)
        label = Label(_("&Write as"))
        label.setBuddy(self.form)
        grid = QGridLayout()
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.form, 0, 1)
        grid.setColumnStretch(1, 1)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        column.addLayout(grid)
        who.setVisible(self._ids is not None)
        for widget in (who, self._what_for, what_for, self.says):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addStretch()
        column.addWidget(box)
