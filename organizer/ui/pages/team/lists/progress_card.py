"""A member's rank and the way to the next one: each condition with a bar, leg by leg, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission.condition import LegsCondition
from organizer.i18n import _, language
from organizer.services import team_progress
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.models.team_cells import shown_name
from organizer.ui.pages.team.lists import condition_words as words
from organizer.ui.pages.team.lists.share_bar import ShareBar
from organizer.ui.widgets.label import Badge, Label, Line
from organizer.ui.widgets.messages import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from organizer.domain.commission.next_rank import Step
    from organizer.domain.commission.next_rank_legs import Asked
    from organizer.domain.commission.plan import Plan
    from organizer.services.team_progress import RankProgress

_LEGS = 6
"""So many legs of a condition are shown, those that count most."""


class ProgressCard(QWidget):
    """Shows how far one member is. A large team's ranks are worked out in the background when they are first asked
    for, and only while the card is seen.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._view: TeamView | None = None
        self._member_id = 0
        self._stale = False
        self._waiting = False
        self._name: words.Name = str
        self._outer = QVBoxLayout(self)
        theme.margins(self._outer)
        self._body = QWidget()
        self._outer.addWidget(self._body)
        self._column = _column(self._body)
        self.setAccessibleName(_("The way to the next rank"))

    def show_member(self, view: TeamView | None, member_id: int) -> None:
        """Show the member with that id of the view's team; 0 or no view shows nobody."""
        self._view, self._member_id = view, member_id
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: what was asked for meanwhile is worked out now."""
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if not self._stale:
            return
        self._stale = False
        view = self._view
        if view is None or not self._member_id:
            self._clear()
        elif team_progress.is_quick(view) or team_progress.why_not(view):
            found = self._context.deed(lambda: team_progress.progress(self._context.file, view, self._member_id))
            if found:
                self._show(found, view)
        else:
            self._wait_for(view)

    def _wait_for(self, view: TeamView) -> None:
        """Let the ranks be worked out in the background."""
        self._clear()
        self._say(_("Working out the ranks of the team…"), tone="muted")
        if self._waiting:
            return
        job = self._context.deed(lambda: team_progress.prepare(self._context.file, view))
        if job:
            self._waiting = True
            self._context.run(job, lambda _ladder: None, self._on_ready)

    def _on_ready(self) -> None:
        self._waiting = False
        view = self._view
        # stopped by her, or refused: she asks again by choosing someone
        if view is not None and (team_progress.known(view) is not None):
            self._stale = True
            if self.isVisible():
                self._catch_up()
        elif view is not None and self._member_id:
            self._clear()
            self._say(_("The ranks weren't worked out. Choose a member to try again."), tone="muted")

    # what is shown

    def _clear(self) -> None:
        old = self._body
        self._body = QWidget()
        self._column = _column(self._body)
        self._outer.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()

    def _show(self, found: RankProgress, view: TeamView) -> None:
        self._clear()
        self._name = lambda position: shown_name(view, position)
        if found.why_not or view.plan is None:
            self._say(spoken(found.why_not) if found.why_not else "", tone="muted")
            return
        plan = view.plan
        self._rank(found)
        if found.next is None:
            self._say(_("That is the highest rank of the plan."), tone="muted")
        else:
            self._say(_("On the way to {rank}").format(rank=found.next.in_language(language())), bold=True)
            for asked in found.asked:
                self._condition(plan, asked)
            if not found.asked:
                self._say(_("This rank asks for nothing more."), tone="muted")
            self._steps(found.steps)
        for note in found.notes:
            self._say(spoken(note), tone="muted", size="small")
        self.updateGeometry()

    def _rank(self, found: RankProgress) -> None:
        name = found.rank.in_language(language()) if found.rank else _("none yet")
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(Label(_("Rank: {rank}").format(rank=name), size="heading", bold=True, wrap=True), 1)
        row.addWidget(Badge(_("Estimate")))
        self._column.addLayout(row)
        if found.told:
            self._say(_("The company's file says: {rank}").format(rank=found.told), tone="muted")
        if found.why:
            self._say(spoken(found.why), tone="muted")

    def _condition(self, plan: Plan, asked: Asked, indent: int = 0) -> None:
        from organizer.domain.commission import explain

        condition = asked.requirement.condition
        if asked.alternatives:
            self._alternatives(plan, asked, indent)
            return
        block = QWidget()
        grid = QVBoxLayout(block)
        theme.margins(grid, spacing=theme.XS)
        grid.setContentsMargins(indent, theme.XS, 0, theme.XS)
        grid.addWidget(Label(spoken(explain.asked(plan, condition)), wrap=True))
        self._bar(grid, words.share(asked), words.amount_words(asked), met=asked.requirement.met)
        if text := words.unknown_words(asked):
            grid.addWidget(Label(text, tone="amber", size="small", wrap=True))
        self._legs(grid, plan, asked)
        self._column.addWidget(block)

    def _bar(self, column: QVBoxLayout, share: Fraction, text: str, *, met: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(ShareBar(share), 1)
        row.addWidget(Label(f"✓ {text}" if met else text, bold=met, size="small"), 2)
        column.addLayout(row)

    def _alternatives(self, plan: Plan, asked: Asked, indent: int) -> None:
        head = _("Any of these: {answer}").format(answer=words.amount_words(asked))
        self._say(f"✓ {head}" if asked.requirement.met else head, indent=indent)
        for number, way in enumerate(asked.alternatives):
            if number:
                self._say(_("or"), tone="muted", size="small", indent=indent + theme.M)
            for part in way:
                self._condition(plan, part, indent + theme.M)

    def _legs(self, column: QVBoxLayout, plan: Plan, asked: Asked) -> None:
        condition = asked.requirement.condition
        lines = []
        if asked.own is not None and asked.legs:
            own = words.own_words(asked)
            lines.append((own, words.own_share(asked)))
        lines += [
            (words.leg_words(plan, condition, leg, self._name), words.leg_share(asked, leg))
            for leg in asked.legs[:_LEGS]
        ]
        if not lines:
            return
        grid = QGridLayout()
        theme.margins(grid, spacing=theme.XS)
        grid.setContentsMargins(theme.M, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 4)
        for row, (text, share) in enumerate(lines):
            if not isinstance(condition, LegsCondition):  # a rank is reached or not
                grid.addWidget(ShareBar(share, thin=True), row, 0)
            grid.addWidget(Label(text, tone="muted", size="small", wrap=True), row, 1)
        if len(asked.legs) > _LEGS:
            rest = words.rest_words(asked, _LEGS)
            grid.addWidget(Label(rest, tone="muted", size="small", wrap=True), len(lines), 1)
        column.addLayout(grid)

    def _steps(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        from organizer.ui.pages.earnings.standing import respected

        self._column.addWidget(Line())
        self._say(_("What is missing, the smallest part first"), bold=True)
        for step in steps:
            self._say("• " + words.step_words(step))
            for near in step.near:
                lacks = "; ".join(spoken(one) for one in near.lacks)
                text = _("{name}: {lacks}").format(name=self._name(near.member), lacks=lacks)
                self._say(text, tone="muted", size="small", indent=theme.L)
        if any(step.near for step in steps):
            self._say(respected(), tone="muted", size="small")

    def _say(self, text: str, *, tone: str = "", bold: bool = False, size: str = "body", indent: int = 0) -> None:
        label = Label(text, tone=tone, bold=bold, size=size, wrap=True)
        label.setContentsMargins(indent, 0, 0, 0)
        self._column.addWidget(label)


def _column(body: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(body)
    theme.margins(column, spacing=theme.XS)
    return column
