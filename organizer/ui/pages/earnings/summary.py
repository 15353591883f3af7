"""The sum, marked as an estimate, with its conditions and with what the plan file rests on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.commission.explain import trust
from organizer.domain.commission.statement import Statement
from organizer.domain.money import minor_digits
from organizer.i18n import _, format_date, format_money, format_number, language, ngettext
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.widgets.label import Badge, Label, Line
from organizer.ui.widgets.messages import spoken


class Total(QWidget):
    """What the month may bring, marked as the estimate that it is."""

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
        self._unknown = Label("", tone="amber", wrap=True)
        layout.addWidget(self._unknown)

    def show_statement(self, statement: Statement) -> None:
        """Show another sum."""
        digits = minor_digits(statement.currency)
        self._sum.setText(format_money(statement.total_minor, statement.currency, digits))
        unknown = ngettext(
            "{count} member has no known volume this month. It is left out: the true figure may be higher.",
            "{count} members have no known volume this month. They are left out: the true figure may be higher.",
            statement.unknown,
        )
        self._unknown.setText(unknown.format(count=format_number(statement.unknown)))
        self._unknown.setVisible(statement.unknown > 0)


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
    for note in estimate.notes:
        layout.addWidget(Label(spoken(note), tone="amber", wrap=True))
    layout.addWidget(Label(spoken(trust(plan.confidence, plan.teaching)), tone="muted", wrap=True))
    for source in plan.sources:
        layout.addWidget(Label(f"{source.title} [{source.grade}]", tone="muted", wrap=True, selectable=True))
    if plan.missing:
        layout.addWidget(Label(_("Not in this plan file, and so not in the estimate:"), bold=True, wrap=True))
        for gap in plan.missing:
            layout.addWidget(Label("• " + gap.in_language(language()), wrap=True))
