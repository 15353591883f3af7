"""How long people are kept without a reason, and how often they are invited."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import consents, retention_of_people
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.erase import open_unneeded
from organizer.ui.widgets.boxes import SpinBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label

_NARROW = 100


class PeopleCard(QFrame):
    """Every change is kept at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("card", True)
        self.state = Label(wrap=True)
        self.cap, self.months = SpinBox(), SpinBox()
        self.show_them = button(
            _("Who&m have I no reason to keep?"), lambda: open_unneeded(context, self.window()), icon="user-x"
        )
        self._build()
        self.refresh()
        self.cap.valueChanged.connect(self._set_cap)
        self.months.valueChanged.connect(self._set_months)
        context.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: read anew."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what is set, and how many there are."""
        file = self._context.file
        for box, value in ((self.cap, consents.cap(file)), (self.months, retention_of_people.months(file))):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        if not self.isVisible():
            return
        count = retention_of_people.counts(file).total
        text = ngettext(
            "{count} person in Contacts has no reason to be kept.",
            "{count} people in Contacts have no reason to be kept.",
            count,
        )
        nobody = _("There is a reason to keep everybody in Contacts.")
        self.state.setText(text.format(count=format_number(count)) if count else nobody)

    def _on_changed(self, _touched: frozenset[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _set_cap(self, most: int) -> None:
        self._context.deed(
            lambda: consents.set_cap(self._context.file, most), _("The most invitations a year are changed.")
        )

    def _set_months(self, count: int) -> None:
        file = self._context.file
        self._context.deed(lambda: retention_of_people.set_months(file, count), _("The months are changed."))
        self.refresh()

    def _build(self) -> None:
        form = Form()
        self.cap.setRange(0, consents.MOST_INVITATIONS)
        self.months.setRange(retention_of_people.FEWEST, retention_of_people.MOST)
        for box in (self.cap, self.months):
            box.setKeyboardTracking(False)  # not at each digit
            box.setMaximumWidth(theme.scaled(_NARROW))
        text = _("In twelve months, for each person. Your own choice, so that nobody feels pressed.")
        form.add("cap", _("&Invitations at most"), self.cap, text)
        text = _(
            "People with whom nothing happened for so long are suggested for erasing. Your choice, not a law."
        )
        form.add("months", _("Months &without a reason"), self.months, text)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M, spacing=theme.S)
        layout.addWidget(form)
        layout.addWidget(self.state)
        deeds = QWidget()
        FlowLayout(deeds).addWidget(self.show_them)
        layout.addWidget(deeds)
