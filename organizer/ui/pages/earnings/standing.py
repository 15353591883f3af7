"""Rank and activity, what is missing to the next rank, and what the plan file rests on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission.next_rank import Near, Step
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.statement import RankStanding
from organizer.i18n import _, format_date, language
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_INDENT = theme.L


class Labels(QWidget):
    """Texts below each other, made anew each time."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        theme.margins(self._layout, spacing=theme.XS)

    def clear(self) -> None:
        """Say nothing."""
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def say(self, text: str, *, tone: str = "", bold: bool = False, size: str = "body", indent: int = 0) -> None:
        """Say one thing more."""
        label = Label(text, tone=tone, bold=bold, size=size, wrap=True)
        label.setContentsMargins(indent, 0, 0, 0)
        self._layout.addWidget(label)


class Standing(Labels):
    """The rank by the plan's rules, and the way to the next one: the smallest change first."""

    def show_estimate(self, estimate: Estimate) -> None:
        """Show another estimate's rank, with who is near what is missing."""
        self.clear()
        self._standing(estimate)
        rank = estimate.statement.rank
        if rank.next_name and rank.missing:
            self._missing(rank)
            for step in estimate.steps:
                self.say("• " + step_words(step), tone="muted")
                for near in step.near:
                    self.say(near_words(estimate, near), tone="muted", size="small", indent=_INDENT)
            if any(step.near for step in estimate.steps):
                self.say(respected(), tone="muted", size="small")

    def show_what_if(self, now: Estimate, then: Estimate) -> None:
        """Show what rank and activity would be, beside what they are now."""
        self.clear()
        before, after = now.statement, then.statement
        if (old := _rank_name(before.rank)) == (new := _rank_name(after.rank)):
            self.say(_("Rank by the plan: {rank}, as now").format(rank=new), bold=True)
        else:
            self.say(_("Rank by the plan: {new}; now {old}").format(new=new, old=old), bold=True, tone="accent")
        self.say(spoken(after.active_reason), tone="" if before.active == after.active else "accent")
        if after.rank.next_name and after.rank.missing:
            self._missing(after.rank)
            for reason in after.rank.missing:
                self.say("• " + spoken(reason), tone="muted")

    def _standing(self, estimate: Estimate) -> None:
        statement = estimate.statement
        rank = statement.rank
        self.say(_("Rank by the plan: {rank}").format(rank=_rank_name(rank)), size="heading", bold=True)
        if rank.why:
            self.say(spoken(rank.why))
        if rank.highest and rank.highest != rank.name:
            highest = rank.highest.in_language(language())
            self.say(_("Highest rank so far: {rank}").format(rank=highest), tone="muted")
        for reason in (statement.active_reason, *rank.met):
            self.say(spoken(reason))

    def _missing(self, rank: RankStanding) -> None:
        assert rank.next_name is not None  # noqa: S101 - whoever asks has looked
        self.say(_("Missing for {rank}:").format(rank=rank.next_name.in_language(language())), tone="muted")


def _rank_name(rank: RankStanding) -> str:
    return rank.name.in_language(language()) if rank.name else _("none")


def step_words(step: Step) -> str:
    """What is asked for with what there is, and how much more that is."""
    asked, more = spoken(step.requirement.words), spoken(step.more)
    return asked if asked == more else f"{asked} ({more})"


def near_words(estimate: Estimate, near: Near) -> str:
    """Someone who is near, and what she lacks."""
    lacks = "; ".join(spoken(one) for one in near.lacks)
    return _("{name}: {lacks}").format(name=estimate.name_of(near.member), lacks=lacks)


def respected() -> str:
    """How the list of those who are near is meant."""
    return _("Those are the nearest by the figures, no more. Each decides for herself, and a no is respected.")


class PlanPart(QWidget):
    """What the estimate goes by; the plan's name opens the plan itself."""

    plan_asked = Signal(str)
    """She wants to read the plan with that id."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        theme.margins(layout, spacing=theme.XS)
        layout.addWidget(Label(_("The plan behind it"), size="heading", bold=True))
        self._plan: Plan | None = None
        self.name = button("", self._ask, kind="flat", icon="file-text", tip=_("Read the plan in plain words"))
        row = QHBoxLayout()
        row.addWidget(self.name)
        row.addStretch(1)
        layout.addLayout(row)
        self._facts = Labels()
        layout.addWidget(self._facts)

    def _ask(self) -> None:
        if self._plan:
            self.plan_asked.emit(self._plan.id)

    def show_plan(self, plan: Plan) -> None:
        """Show another plan."""
        self._plan = plan
        self._facts.clear()
        # an ampersand in a name is no mnemonic
        self.name.setText(plan.name.in_language(language()).replace("&", "&&"))
        since = _("{region}, valid from {date}").format(
            region=plan.region.in_language(language()) or "–", date=format_date(plan.valid_from)
        )
        self._facts.say(since, tone="muted")
        for source in plan.sources:
            self._facts.say(f"{source.title} [{source.grade}]", tone="muted")
        if plan.missing:
            self._list(_("Not in this plan file, and so not in the estimate:"), [
                gap.in_language(language()) for gap in plan.missing
            ])  # fmt: skip

    def _list(self, title: str, texts: Sequence[str]) -> None:
        self._facts.say(title, bold=True)
        for text in texts:
            self._facts.say("• " + text)
