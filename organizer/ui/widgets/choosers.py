"""Which company and which period the pages show."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.domain.period import MONTHS, Calendar, Period
from organizer.i18n import _, format_period
from organizer.services import companies, periods
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
    """The periods with volumes, the present one and those beside the one shown.

    The arrows (Alt+Left, Alt+Right) go to the neighbour in the company's calendar, also an empty one.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._periods: list[Period] = []
        self._beside: tuple[Period | None, Period | None] = (None, None)
        """Where the arrows lead: earlier, later."""
        self._box = ComboBox()
        self._box.setAccessibleName(_("Period"))
        self._box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)  # another plan has longer names
        self._box.activated.connect(lambda place: context.choose_period(self._periods[place]))
        self._earlier = icon_button("chevron-left", _("Earlier period (Alt+Left)"), lambda: self._step(0))
        self._later = icon_button("chevron-right", _("Later period (Alt+Right)"), lambda: self._step(1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._earlier, self._box, self._later):
            layout.addWidget(widget)
        for keys, side in (("Alt+Left", 0), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self, lambda way=side: self._step(way))
        context.changed.connect(self._on_changed)
        context.company_changed.connect(self._fill)
        self._fill()

    def _on_changed(self, touched: frozenset[str]) -> None:
        if touched & {"volume", "company"}:
            self._fill()

    def _fill(self) -> None:
        company, chosen, file = self._context.company, self._context.period, self._context.file
        # the chosen one stays even when its last volume has gone
        self._periods = periods.to_choose(file, company.id, chosen) if company else [chosen]
        self._beside = periods.neighbours(file, company.id, chosen) if company else (None, None)
        calendar = periods.calendar_of(file, company.id) if company else MONTHS
        with QSignalBlocker(self._box):
            self._box.clear()
            self._box.addItems([_name(period, calendar) for period in self._periods])
            self._box.setCurrentIndex(self._periods.index(chosen))
        for arrow, period in zip((self._earlier, self._later), self._beside, strict=True):
            arrow.setEnabled(period is not None)

    def _step(self, side: int) -> None:
        if period := self._beside[side]:
            self._context.choose_period(period)


def _name(period: Period, calendar: Calendar) -> str:
    name = format_period(period)
    return name if calendar.has(period) else _("{period} (another plan's)").format(period=name)
