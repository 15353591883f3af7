"""The period's estimate: what it comes to, what it is made of, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.result import Refusal
from organizer.i18n import _, format_period
from organizer.services import earnings, reports
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.earnings.lines import LinesView
from organizer.ui.pages.earnings.own_figures import OwnFigures
from organizer.ui.pages.earnings.reasons import Reasons
from organizer.ui.pages.earnings.summary import Summary, Total
from organizer.ui.pages.page import Page
from organizer.ui.tasks import Task
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.choosers import CompanyChooser, PeriodChooser
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.label import Label, Line
from organizer.ui.widgets.messages import spoken

_SLOW = 150
"""Milliseconds until the figures of another period or of older entries are taken away while new ones are made."""


class EarningsPage(Page):
    """Left the sum with its conditions, right each line with its reason."""

    key = "earnings"
    icon = "wallet"
    offers = frozenset({"report"})
    tables = frozenset({"company", "member", "person", "volume", "setting"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._estimate: Estimate | None = None
        self._task: Task | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(lambda: self._blank(_("The estimate is being made…")))
        self._stack = QStackedLayout(self)
        self._empty = EmptyState("wallet", "", "")
        self._empty.add_button(_("Open Settings"), lambda: context.goto.emit("settings", 0), primary=True)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._content())
        self.refresh()

    def title(self) -> str:
        """The page's name."""
        return _("Earnings")

    def _content(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        theme.margins(layout, theme.L, theme.M, spacing=theme.M)
        layout.addLayout(self._top())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setStretchFactor(1, 1)
        self.setFocusProxy(self._lines)
        layout.addWidget(splitter, 1)
        return content

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.addWidget(Label(self.title(), size="title", bold=True))
        top.addWidget(CompanyChooser(self.context))
        top.addStretch(1)
        top.addWidget(PeriodChooser(self.context))
        top.addWidget(button(_("&PDF…"), self.make_report, icon="file-text"))
        return top

    def _left(self) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(340)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, theme.M, 0)
        layout.setSpacing(theme.M)
        self._total = Total()
        self._own = OwnFigures(self.context)
        self._summary = Summary()
        layout.addWidget(self._total)
        layout.addWidget(Line())
        layout.addWidget(self._own)
        layout.addWidget(Line())
        layout.addWidget(self._summary, 1)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        layout = QVBoxLayout(right)
        theme.margins(layout, theme.M, 0)
        self._zeros = QCheckBox(_("Show those who give &nothing too, with the reason"))
        self._zeros.toggled.connect(self._show_lines)
        self._lines = LinesView()
        self._reasons = Reasons()
        self._lines.chosen.connect(self._reasons.show_line)
        layout.addWidget(self._zeros)
        layout.addWidget(self._lines, 1)
        layout.addWidget(self._reasons)
        return right

    def refresh(self) -> None:
        """Estimate anew."""
        company = self.context.company
        if company is None or not company.plan_id:
            self._say_empty(company is None)
            return
        self._stack.setCurrentIndex(1)
        self._own.refresh()
        self._forget()
        try:
            job = earnings.prepare(self.context.file, company, self.context.period)
        except Refusal as refusal:
            self.context.warn(refusal)
            self._blank(spoken(refusal))
            return
        # a quick estimate replaces the old figures at once, without a flicker in between
        self._slow.start()
        self._task = self.context.run(job, self._show, self._on_ended)

    def _forget(self) -> None:
        """What is shown is no estimate of what is asked for now, nor is what is still being computed."""
        self._estimate = None
        self._slow.stop()
        if self._task:
            self._task.drop()
            self._task = None

    def close_down(self) -> None:
        """Estimate nothing any more."""
        self._forget()

    def _blank(self, text: str) -> None:
        self._slow.stop()
        self._total.show_none(text)
        self._summary.show_none()
        self._show_lines()

    def _on_ended(self) -> None:
        self._task = None
        if self._estimate is None:
            self._blank(_("There is no estimate now. Come back to this page to have it made."))
            self._stale = True

    def _say_empty(self, no_company: bool) -> None:
        self._forget()
        if no_company:
            text = _("Here you see what a period may bring, line by line with the reason. First add your company.")
        else:
            text = _(
                "Choose your company's compensation plan, and the period is estimated here, with every reason."
            )
        self._empty.set_texts(_("No estimate yet"), text)
        self._stack.setCurrentIndex(0)

    def _show(self, estimate: Estimate) -> None:
        self._slow.stop()
        self._estimate = estimate
        self._total.show_estimate(estimate)
        self._summary.show_statement(estimate)
        self._show_lines()

    def _show_lines(self) -> None:
        self._lines.show_estimate(self._estimate, self._zeros.isChecked())
        self._reasons.show_line(self._estimate, None, None)

    def make_report(self) -> None:
        """Show the statement as a PDF."""
        estimate = self._estimate
        if estimate is None:
            self.context.warned.emit(_("There is no finished estimate yet."))
            return
        period = estimate.statement.period
        self.report(
            reports.suggested_name("estimate", period),
            _("Estimate for {period}").format(period=format_period(period)),
            lambda: reports.estimate(self.context.file, estimate),
        )

    def leave(self) -> bool:
        """Store the figures that are typed; False when one can't be."""
        return self._own.commit()
