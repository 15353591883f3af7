"""What stands above the tabs: which file, for which company and period, and who she is in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.team import Kind
from organizer.i18n import _, format_period
from organizer.services import companies, files, periods, team
from organizer.services.files import File
from organizer.services.team_preview import IS_THAT_YOU
from organizer.ui import theme
from organizer.ui.dialogs.team_import.flow_row import FlowRow
from organizer.ui.dialogs.team_import.session import Session
from organizer.ui.dialogs.who_am_i import WhoAmI
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken


class Head(QWidget):
    """`company_chosen(id)`, `period_chosen` and `me_chosen(number)` follow what she says."""

    company_chosen = Signal(int)
    period_chosen = Signal()
    me_chosen = Signal(str)

    def __init__(self, file: File, session: Session) -> None:
        super().__init__()
        self._file = file
        self.company, self.period = ComboBox(), ComboBox()
        self.own: WhoAmI | None = None
        self._own_pair = QWidget()
        self.periods: list[Period] = []
        self._asked: Company | None = None
        self.says = Label(tone="muted", wrap=True)
        self.asks = Label(tone="amber", wrap=True)
        self._arrange()
        self.company.activated.connect(lambda _place: self.company_chosen.emit(self.company.currentData()))
        self.period.currentIndexChanged.connect(lambda _place: self.period_chosen.emit())

    def show_session(self, session: Session, guessed: bool) -> None:
        """Show for what the file is read; `guessed`: the file says which period it is."""
        with QSignalBlocker(self.company):
            self.company.setCurrentIndex(self.company.findData(session.company.id))
        self._show_periods(session)
        self._show_who(session)
        asked = [spoken(note) for note in session.preview.notes if note.text == IS_THAT_YOU]
        self.asks.setText("\n".join(asked))
        self._say(session, guessed)

    def chosen(self) -> Period:
        """The period that the file's figures are for."""
        return self.periods[self.period.currentIndex()]

    def _show_periods(self, session: Session) -> None:
        offered = periods.offered(self._file, session.company.id)
        self.periods = sorted({*offered, session.period}, reverse=True)
        with QSignalBlocker(self.period):
            self.period.clear()
            for period in self.periods:
                self.period.addItem(format_period(period), period.key)
            self.period.setCurrentIndex(self.periods.index(session.period))

    def _say(self, session: Session, guessed: bool) -> None:
        if guessed:
            told = _("The file says that its figures are for {period}.")
            self.says.setText(told.format(period=format_period(session.period)))
        else:
            self.says.setText(
                _("The file doesn't say which period its volumes belong to. They are kept as those of this one.")
            )

    # who she is

    def _show_who(self, session: Session) -> None:
        """The question who she is, as long as the file could take another for her."""
        if self._asked == session.company and self.own and session.me:
            return
        if self.own:
            self._flow_row.removeWidget(self._own_pair)
            self._own_pair.hide()
            self._own_pair.deleteLater()
            self.own = None
        self._asked = session.company
        people = self._people(session)
        if len(people) > 1:
            self.own = WhoAmI(list(people.items()), session.preview.me)
            self.own.chosen.connect(self.me_chosen)
            self._own_pair = self._pair(_("I &am:"), self.own)
            self._flow_row.addWidget(self._own_pair)

    def _people(self, session: Session) -> dict[str, str]:
        own = files.member_of_owner(self._file, session.company.id)
        details = team.details(self._file, own, session.period) if own is not None else None
        if details and details.member.number:
            return {}
        sellers = {row.number: row.name for row in session.reading.records if row.kind is Kind.DISTRIBUTOR}
        return dict(session.preview.tops) | sellers

    # layout

    def _arrange(self) -> None:
        everyone: Sequence[Company] = companies.everyone(self._file)
        for company in everyone:
            self.company.addItem(company.name, company.id)
        self.company.setAccessibleName(_("The company whose team this is"))
        self.period.setAccessibleName(_("The period that the file's figures are for"))
        row = FlowRow(theme.M)
        self._flow_row = row.flow
        if len(everyone) > 1:
            self._flow_row.addWidget(self._pair(_("&Company:"), self.company))
        self._flow_row.addWidget(self._pair(_("Figures are &for:"), self.period))
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        for widget in (row, self.asks, self.says):
            column.addWidget(widget)

    @staticmethod
    def _pair(text: str, widget: QWidget) -> QWidget:
        label = Label(text)
        label.setBuddy(widget)
        pair = QWidget()
        across = QHBoxLayout(pair)
        theme.margins(across, spacing=theme.S)
        across.addWidget(label)
        across.addWidget(widget)
        return pair
