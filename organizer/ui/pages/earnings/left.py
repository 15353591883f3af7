"""The left side of the page: the sum, and below it what it rests on, or what a what-if changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.earnings.kept import KeptLine
from organizer.ui.pages.earnings.own_figures import OwnFigures
from organizer.ui.pages.earnings.standing import PlanPart, Standing
from organizer.ui.pages.earnings.summary import Caveats, Total
from organizer.ui.pages.earnings.what_if import WhatIf
from organizer.ui.widgets.label import Line

_WIDTH = 340


class LeftSide(QWidget):
    """Everything that isn't a line of the statement. Its parts are for the page to listen to."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.total = Total()
        self.caveats = Caveats()
        self.own = OwnFigures(context)
        self.kept = KeptLine()
        self.standing = Standing()
        self.plan = PlanPart()
        self.what_if = WhatIf()
        self._below_caveats, self._below_own, self._below_kept, self._above_plan = (Line() for _i in range(4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.M, 0)
        layout.setSpacing(theme.M)
        layout.addWidget(self.total)
        layout.addWidget(Line())
        layout.addWidget(self._scrolled(), 1)

    def _scrolled(self) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        theme.margins(column, 0, theme.XS, spacing=theme.M)
        for part in (
            self.what_if, self.caveats, self._below_caveats, self.own, self._below_own, self.kept,
            self._below_kept, self.standing, self._above_plan, self.plan,
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        self.what_if.hide()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("What the estimate rests on"))
        # reachable by Tab, so that the keyboard can scroll it
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setWidget(body)
        self.area = area
        return area

    def show_mode(self, *, what_if: bool, kept: bool) -> None:
        """Show the parts that belong to a what-if, to a kept estimate, or to the present one."""
        self.what_if.setVisible(what_if)
        self.caveats.setVisible(not what_if)
        self._below_caveats.setVisible(not what_if)
        for part in (self.own, self._below_own, self.kept, self._below_kept):
            part.setVisible(not what_if and not kept)
        self._above_plan.setVisible(not what_if)
        self.plan.setVisible(not what_if)

    def show_estimate(self, estimate: Estimate) -> None:
        """Show another estimate."""
        self.total.show_estimate(estimate)
        self.caveats.show_estimate(estimate)
        self.standing.show_estimate(estimate)
        self.plan.show_plan(estimate.plan)
        self._above_plan.show()
        self.plan.show()

    def show_what_if(self, now: Estimate, then: Estimate) -> None:
        """Show what the changes would give."""
        self.total.show_what_if(now, then)
        self.standing.show_what_if(now, then)

    def show_none(self, why: str) -> None:
        """Show no estimate, and why there is none."""
        self.total.show_none()
        self.caveats.say("", [why] if why else [], unknown=False)
        self.standing.clear()
        self._above_plan.hide()
        self.plan.hide()
