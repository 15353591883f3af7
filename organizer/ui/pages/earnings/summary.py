"""The sum, marked as an estimate, with its conditions and with what the plan file rests on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.commission.statement import Statement
from organizer.domain.commission.trust import trust
from organizer.domain.money import minor_digits
from organizer.i18n import _, format_date, format_money, format_number, language, ngettext
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.widgets.label import Badge, Label, Line
from organizer.ui.widgets.messages import spoken


class Total(QWidget):
    """What the period may bring, marked as the estimate that it is."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        theme.margins(layout)
        row = QHBoxLayout()
        self._sum = Label("", size="display", bold=True, selectable=True)
        row.addWidget(self._sum)
        row.addWidget(Badge(_("Estimate")))
        row.addStretch(1)
        layout.addLayout(row)
        promise = _(
            "Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone."
        )
        layout.addWidget(Label(promise, tone="muted", wrap=True))
        self._trust = Label("", tone="muted", wrap=True)
        self._notes = Label("", tone="amber", wrap=True)
        layout.addWidget(self._trust)
        layout.addWidget(self._notes)

    def show_estimate(self, estimate: Estimate) -> None:
        """Show another sum, with how far it can be trusted and what it leaves out."""
        statement = estimate.statement
        digits = minor_digits(statement.currency)
        self._sum.setText(format_money(statement.total_minor, statement.currency, digits))
        self._trust.setText(spoken(trust(estimate.plan.confidence, estimate.plan.teaching)))
        notes = [spoken(note) for note in estimate.notes]
        if statement.unknown:
            notes.append(_unknown(statement.unknown))
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def show_none(self, why: str) -> None:
        """Show no sum, and why there is none."""
        self._sum.setText("\N{EN DASH}")
        self._trust.setText("")
        self._notes.setText(why)
        self._notes.setVisible(bool(why))


def _unknown(count: int) -> str:
    text = ngettext(
        "{count} member has no known volume this period. It is left out: the true figure may be higher.",
        "{count} members have no known volume this period. They are left out: the true figure may be higher.",
        count,
    )
    return text.format(count=format_number(count))


class Summary(QScrollArea):
    """The conditions behind the sum: rank, activity, and what the plan file rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Rank and plan"))
        # reachable by Tab, so that the keyboard can scroll it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_statement(self, estimate: Estimate) -> None:
        """Show another statement."""
        body = QWidget()
        layout = QVBoxLayout(body)
        theme.margins(layout, 0, theme.S)
        statement = estimate.statement
        _add_rank(layout, statement)
        layout.addWidget(Line())
        _add_plan(layout, estimate)
        layout.addStretch(1)
        self.setWidget(body)

    def show_none(self) -> None:
        """Show nothing."""
        self.setWidget(QWidget())


def _add_rank(layout: QVBoxLayout, statement: Statement) -> None:
    rank = statement.rank.name.in_language(language()) if statement.rank.name else _("none")
    layout.addWidget(Label(_("Rank by the plan: {rank}").format(rank=rank), size="heading", bold=True))
    reasons = [statement.active_reason, *statement.rank.met]
    for reason in reasons:
        layout.addWidget(Label(spoken(reason), wrap=True))
    if statement.rank.next_name:
        next_name = statement.rank.next_name.in_language(language())
        layout.addWidget(Label(_("Missing for {rank}:").format(rank=next_name), tone="muted"))
        for reason in statement.rank.missing:
            layout.addWidget(Label("• " + spoken(reason), tone="muted", wrap=True))


def _add_plan(layout: QVBoxLayout, estimate: Estimate) -> None:
    plan = estimate.plan
    layout.addWidget(Label(_("The plan behind it"), size="heading", bold=True))
    layout.addWidget(Label(plan.name.in_language(language()), wrap=True))
    since = _("{region}, valid from {date}").format(
        region=plan.region.in_language(language()) or "–", date=format_date(plan.valid_from)
    )
    layout.addWidget(Label(since, tone="muted", wrap=True))
    for source in plan.sources:
        layout.addWidget(Label(f"{source.title} [{source.grade}]", tone="muted", wrap=True, selectable=True))
    if plan.missing:
        layout.addWidget(Label(_("Not in this plan file, and so not in the estimate:"), bold=True, wrap=True))
        for gap in plan.missing:
            layout.addWidget(Label("• " + gap.in_language(language()), wrap=True))
