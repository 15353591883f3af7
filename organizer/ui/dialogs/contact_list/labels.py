"""Address labels of a list: what the letters are for, and on which sheets they are printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QWidget

from organizer.i18n import _, format_number, language, ngettext
from organizer.services import contact_list_reports
from organizer.services.contact_list_reports import Channel, Labelling
from organizer.services.jobs import Job
from organizer.ui.context import Context
from organizer.ui.dialogs.contact_list.base import ListDialog, Sheet
from organizer.ui.widgets.boxes import ComboBox, DecimalBox, SpinBox

Make = Callable[[str, str, Callable[[], Job[bytes]]], None]
"""Makes a PDF and shows it (see Page.report)."""

_FURTHEST = 100  # tenths of a millimetre


class LabelsDialog(ListDialog):
    """Asks, then makes the PDF; the sheet and how the printer is off are remembered."""

    def __init__(self, context: Context, sheet: Sheet, make: Make, parent: QWidget) -> None:
        self._make = make
        super().__init__(context, sheet, Channel.POST, _("Address labels"), _("&Make the PDF"), parent)

    def ask(self) -> None:
        """Sheet, first label, households, and how the printer is off."""
        before = contact_list_reports.remembered(self.context.file)
        self.kind = ComboBox()
        for one in contact_list_reports.label_sheets():
            size = {"width": _mm(one.width), "height": _mm(one.height), "count": format_number(one.count)}
            self.kind.addItem(_("{width} × {height} mm, {count} on a sheet").format(**size), one.key)
        self.kind.setCurrentIndex(max(self.kind.findData(before.sheet), 0))
        self.first = SpinBox()
        self.households = QCheckBox(_("One label for people of one last name at one address"))
        self.households.setChecked(before.households)
        self.right, self.down = _shift(before.right), _shift(before.down)
        self.form.add("sheet", _("&Sheet"), self.kind)
        hint = _("For a sheet that is partly used: counted along the rows, from the top left.")
        self.form.add("first", _("First &label"), self.first, hint)
        self.form.add("households", _("&Households"), self.households)
        self.form.add("right", _("Move &right"), self.right)
        hint = _("Print one sheet on plain paper first and hold it against the labels. Print at 100 percent.")
        self.form.add("down", _("Move &down"), self.down, hint)
        self.kind.currentIndexChanged.connect(self._bound)
        self.households.toggled.connect(lambda: self.look())
        self._bound()

    def how(self) -> Labelling:
        """How they are to be printed."""
        return Labelling(
            sheet=str(self.kind.currentData()),
            first=self.first.value(),
            right=round(self.right.value() * 10),
            down=round(self.down.value() * 10),
            households=self.households.isChecked(),
        )

    def words(self, count: int) -> str:
        """So many labels, which may be fewer than people."""
        made = len(contact_list_reports.labels_of(self.context.file, self.ready, self.households.isChecked()))
        people = ngettext("for {count} contact", "for {count} contacts", count).format(count=format_number(count))
        labels = ngettext("{count} label", "{count} labels", made).format(count=format_number(made))
        return f"{labels} {people}"

    def accept(self) -> None:
        """Make the labels and show them."""
        purpose = self.chosen()
        if purpose is None or not self.ready.ids:
            return
        file, ids, how = self.context.file, self.sheet.ids, self.how()
        self.context.deed(lambda: contact_list_reports.remember(file, how))
        super().accept()
        name = contact_list_reports.file_name("labels")
        self._make(name, _("Address labels"), lambda: contact_list_reports.labels(file, ids, purpose, how))

    def _bound(self) -> None:
        self.first.setRange(1, contact_list_reports.sheet_of(Labelling(str(self.kind.currentData()))).count)


def _mm(size: float) -> str:
    return format_number(Decimal(str(size)))


def _shift(tenths: int) -> DecimalBox:
    box = DecimalBox()
    box.setLocale(QLocale(language()))
    box.setRange(-_FURTHEST / 10, _FURTHEST / 10)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    box.setSuffix(" mm")
    box.setValue(tenths / 10)
    return box
