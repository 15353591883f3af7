"""The period's estimate: what it comes to, what it is made of, why, and what other figures would give."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.i18n import _, format_period
from organizer.services import earnings, estimates, reports
from organizer.services.earnings import Estimate
from organizer.services.jobs import Job
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.statement import Entry
from organizer.ui.pages.earnings.banner import Banner
from organizer.ui.pages.earnings.kept import day_of, plan_of
from organizer.ui.pages.earnings.left import LeftSide
from organizer.ui.pages.earnings.lines import LinesView
from organizer.ui.pages.earnings.reasons import Reasons
from organizer.ui.pages.page import Page
from organizer.ui.tasks import Task
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.choosers import CompanyChooser, PeriodChooser
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.waiting import waiting

_SLOW = 150
"""Milliseconds until the figures of another period or of older entries are taken away while new ones are made."""


class EarningsPage(Page):
    """Left the sum with its conditions, right each line with its reason.

    It shows the present estimate, a what-if upon it, or one that was kept.
    """

    key = "earnings"
    icon = "wallet"
    offers = frozenset({"report"})
    tables = frozenset({"company", "member", "person", "volume", "setting", "estimate", "plan"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._estimate: Estimate | None = None
        self._task: Task | None = None
        self._wondering = False
        self._opened: tuple[int, Period] | None = None
        """The company and the period whose kept estimate is shown, None while it is the present one."""
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(lambda: self._blank(_("The estimate is being made…")))
        self._stack = QStackedLayout(self)
        self._empty = EmptyState("wallet", "", "")
        self._empty.add_button(_("Open Settings"), lambda: context.goto.emit("settings", 0), primary=True)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._content())
        self._connect()
        self.refresh()

    def title(self) -> str:
        """The page's name."""
        return _("Earnings")

    # layout

    def _content(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        theme.margins(layout, theme.L, theme.M, spacing=theme.M)
        layout.addLayout(self._top())
        self._reset = button(_("&Reset"), lambda: self._left.what_if.reset(), icon="undo-2")
        self._back = button("", self._go_back, icon="chevron-left")
        self._banner = Banner([self._reset, self._back])
        layout.addWidget(self._banner)
        self._left = LeftSide(self.context)
        self._total, self._own = self._left.total, self._left.own
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left)
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
        self._wonder = button(_("&What if…"), self.begin_what_if, icon="sparkles")
        self._pdf = button(_("&PDF…"), self.make_report, icon="file-text")
        top.addWidget(self._wonder)
        top.addWidget(self._pdf)
        return top

    def _right(self) -> QWidget:
        right = QWidget()
        layout = QVBoxLayout(right)
        theme.margins(layout, theme.M, 0)
        self._zeros = QCheckBox(_("Show those who give &nothing too, with the reason"))
        self._zeros.toggled.connect(self._show_lines)
        self._lines = LinesView()
        self._reasons = Reasons()
        self._lines.chosen.connect(self._reasons.show_entry)
        layout.addWidget(self._zeros)
        layout.addWidget(self._lines, 1)
        layout.addWidget(self._reasons)
        return right

    def _connect(self) -> None:
        left = self._left
        left.what_if.changed.connect(self._show_what_if)
        left.kept.keep_asked.connect(self.keep)
        left.kept.list_asked.connect(self.show_kept)
        left.caveats.unknown_asked.connect(self._show_unknown)
        left.plan.plan_asked.connect(self._read_plan)

    # the estimate

    def refresh(self) -> None:
        """Estimate anew."""
        company = self.context.company
        if company is None or not company.plan_id:
            self._say_empty(company is None)
            return
        self._stack.setCurrentIndex(1)
        if self._opened != (company.id, self.context.period):
            self._opened = None
        self._own.refresh()
        self._forget()
        try:
            job = self._job()
        except Refusal as refusal:
            self.context.warn(refusal)
            self._stop_wondering()
            self._blank(spoken(refusal))
            return
        # a quick estimate replaces the old figures at once, without a flicker in between
        self._slow.start()
        self._task = self.context.run(job, self._show, self._on_ended)

    def _job(self) -> Job[Estimate]:
        """What makes the present estimate, or the kept one that is shown, if it is still there."""
        company, period, file = self.context.company, self.context.period, self.context.file
        assert company is not None  # noqa: S101 - it is asked only with one
        if self._opened:
            kept = {one.period for one in estimates.everyone(file, company)}
            if period.key in kept:
                return estimates.open_kept(file, company, period.key)
            self._opened = None
        return earnings.prepare(file, company, period)

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
        self._left.what_if.end()

    def _blank(self, text: str) -> None:
        self._slow.stop()
        self._show_mode()
        self._left.show_none(text)
        self._show_kept_line()
        self._show_lines()

    def _on_ended(self) -> None:
        self._task = None
        if self._estimate is None:
            self._stop_wondering()
            self._blank(_("There is no estimate now. Come back to this page to have it made."))
            self._stale = True

    def _say_empty(self, no_company: bool) -> None:
        self._stop_wondering()
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
        if self._wondering and not self._left.what_if.go_on(estimate):
            self._stop_wondering()
        self._show_mode()
        self._show_kept_line()
        if not self._wondering:
            self._left.show_estimate(estimate)
        self._show_lines()

    def _show_lines(self) -> None:
        if self._wondering and self._estimate:
            self._show_what_if()
            return
        self._lines.show_estimate(self._estimate, self._zeros.isChecked())
        self._reasons.show_entry(self._estimate, Entry())

    def _show_mode(self) -> None:
        """Show what belongs to what is shown now: the present estimate, a what-if, a kept one."""
        is_kept = self._opened is not None
        self._left.show_mode(what_if=self._wondering, kept=is_kept)
        self._reset.setVisible(self._wondering)
        self._wonder.setEnabled(self._estimate is not None and not self._wondering and not is_kept)
        # nobody shall take a what-if on paper for an estimate
        self._pdf.setEnabled(not self._wondering)
        self._back.setText(_("&Back to the estimate") if self._wondering else _("&Back to today's estimate"))
        self._banner.say(self._mode_words())

    def _mode_words(self) -> str:
        if self._wondering:
            return _("What if: nothing here is stored, and it is no forecast. Only people who are there count.")
        kept = self._estimate.kept if self._estimate else None
        if kept is None:
            return ""
        text = _("Kept on {day}: the estimate as it was then, by {plan}. It can only be read.")
        return text.format(day=day_of(kept), plan=plan_of(self.context.file, kept))

    def _go_back(self) -> None:
        """From a what-if or a kept estimate to the present one."""
        if self._wondering:
            self._stop_wondering()
            if self._estimate:
                self._show(self._estimate)
            self._wonder.setFocus()
        else:
            self._opened = None
            self.refresh()
            self._lines.setFocus()

    # what if

    def begin_what_if(self) -> None:
        """Try other figures upon the estimate that is shown."""
        if self._estimate is None or self._opened:
            self.context.warned.emit(_("There is no finished estimate yet."))
            return
        if not self._own.commit() or self._estimate is None:
            return
        self._wondering = True
        self._left.what_if.begin(self._estimate)
        self._show_mode()
        self._show_what_if()
        self._left.what_if.focus()

    def _stop_wondering(self) -> None:
        self._wondering = False
        self._left.what_if.end()

    def _show_what_if(self) -> None:
        now = self._estimate
        if now is None or not self._wondering:
            return
        then = earnings.what_if(now, self._left.what_if.wishes.changes())
        self._left.show_what_if(now, then)
        self._lines.show_estimate(then, self._zeros.isChecked(), now)
        self._reasons.show_entry(then, self._lines.entry())

    # what is kept

    def _show_kept_line(self) -> None:
        company, file = self.context.company, self.context.file
        every = estimates.everyone(file, company) if company else []
        kept = next((one for one in every if one.period == self.context.period.key), None)
        plan = plan_of(file, kept) if kept else ""
        self._left.kept.show_state(kept, plan, self._estimate, any_kept=bool(every))

    def keep(self) -> None:
        """Keep the estimate that is shown."""
        estimate = self._estimate
        if estimate is not None:
            answer = _("Kept the estimate of {period}.").format(period=format_period(estimate.statement.period))
            with waiting():
                self.context.deed(lambda: estimates.keep(self.context.file, estimate), answer)

    def show_kept(self) -> None:
        """List what was kept."""
        from organizer.ui.pages.earnings.kept_dialog import KeptDialog

        if company := self.context.company:
            dialog = KeptDialog(self.context, company, self)
            dialog.open_asked.connect(self.open_kept)
            dialog.open()

    def open_kept(self, period: Period) -> None:
        """Show the estimate that was kept of `period`, as it was."""
        if company := self.context.company:
            self._own.commit()
            self._stop_wondering()
            self._opened = (company.id, period)
            self._lines.setFocus()
            if period == self.context.period:
                self.refresh()
            else:
                self.context.choose_period(period)

    # further windows

    def _show_unknown(self) -> None:
        from organizer.ui.pages.earnings.unknown_dialog import UnknownDialog

        if self._estimate:
            dialog = UnknownDialog(self._estimate, self)
            dialog.member_asked.connect(lambda id_: self.context.goto.emit("team", id_))
            dialog.open()

    def _read_plan(self, plan_id: str) -> None:
        from organizer.ui.dialogs.plans import show_plan

        show_plan(self.context, plan_id)

    def make_report(self) -> None:
        """Show the statement as a PDF."""
        estimate = self._estimate
        if estimate is None:
            self.context.warned.emit(_("There is no finished estimate yet."))
            return
        if self._wondering:
            self.context.warned.emit(_("A what-if isn't printed. Go back to the estimate first."))
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
