"""Which company and which period the pages show."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.domain.period import Period
from organizer.i18n import _, format_period
from organizer.services import companies, team
from organizer.ui.context import Context
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import icon_button


class CompanyChooser(ComboBox):
    """The companies in the file; hidden while there is only one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setAccessibleName(_("Company"))
        self.setToolTip(_("Which company's team, products and earnings are shown"))
        context.changed.connect(self._on_changed)
        context.company_changed.connect(self._fill)
        self.activated.connect(lambda: context.choose_company(self.currentData()))
        self._fill()

    def _on_changed(self, touched: frozenset[str]) -> None:
        if "company" in touched:
            self._fill()

    def _fill(self) -> None:
        with QSignalBlocker(self):
            self.clear()
            for company in companies.everyone(self._context.file):
                self.addItem(company.name, company.id)
            if self._context.company:
                self.setCurrentIndex(self.findData(self._context.company.id))
        self.setVisible(self.count() > 1)


class PeriodChooser(QWidget):
    """The periods with volumes and the present one, with earlier and later (Alt+Left, Alt+Right)."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._periods: list[Period] = []
        self._box = ComboBox()
        self._box.setAccessibleName(_("Period"))
        self._box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)  # another plan has longer names
        self._box.activated.connect(lambda place: context.choose_period(self._periods[place]))
        self._earlier = icon_button("chevron-left", _("Earlier period (Alt+Left)"), lambda: self._step(1))
        self._later = icon_button("chevron-right", _("Later period (Alt+Right)"), lambda: self._step(-1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._earlier, self._box, self._later):
            layout.addWidget(widget)
        for keys, step in (("Alt+Left", 1), ("Alt+Right", -1)):
            QShortcut(QKeySequence(keys), self, lambda places=step: self._step(places))
        context.changed.connect(self._on_changed)
        context.company_changed.connect(self._fill)
        self._fill()

    def _on_changed(self, touched: frozenset[str]) -> None:
        if touched & {"volume", "company"}:
            self._fill()

    def _fill(self) -> None:
        company, chosen = self._context.company, self._context.period
        found = set(team.periods(self._context.file, company.id)) if company else set()
        # newest first; the chosen one stays even when its last volume has gone
        self._periods = sorted(found | {chosen}, reverse=True)
        with QSignalBlocker(self._box):
            self._box.clear()
            self._box.addItems([format_period(period) for period in self._periods])
            self._box.setCurrentIndex(self._periods.index(chosen))
        self._enable()

    def _enable(self) -> None:
        place = self._box.currentIndex()
        self._earlier.setEnabled(place < len(self._periods) - 1)
        self._later.setEnabled(place > 0)

    def _step(self, places: int) -> None:
        place = self._box.currentIndex() + places
        if 0 <= place < len(self._periods):
            self._context.choose_period(self._periods[place])
