"""The sum, marked as the estimate or the what-if that it is, with how far it can be trusted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission.trust import trust
from organizer.i18n import _, format_number, ngettext
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.models import statement_words as words
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Badge, Label
from organizer.ui.widgets.messages import spoken

_LONG = 14
"""A headline of more letters than this, such as a range, is written smaller: it must stand on one line."""


class Total(QWidget):
    """What the period may bring: a sum, or between what it lies where something isn't known."""

    unknown_asked = Signal()
    """She wants to see whose figures aren't known."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        theme.margins(layout, spacing=theme.XS)
        row = QHBoxLayout()
        self._sum = Label("", size="display", bold=True, selectable=True)
        self._badge = Badge(_("Estimate"))
        row.addWidget(self._sum)
        row.addWidget(self._badge)
        row.addStretch(1)
        layout.addLayout(row)
        self._between = Label("", wrap=True)
        self._paid = Label("", wrap=True)
        promise = _(
            "Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone."
        )
        self._promise = Label(promise, tone="muted", wrap=True)
        self._trust = Label("", tone="muted", wrap=True)
        self._notes = Label("", tone="amber", wrap=True)
        self._unknown = button(_("&Whose figures?"), self.unknown_asked.emit, kind="flat", icon="users")
        for label in (self._between, self._paid, self._promise, self._trust, self._notes):
            layout.addWidget(label)
        below = QHBoxLayout()
        below.addWidget(self._unknown)
        below.addStretch(1)
        layout.addLayout(below)
        self._unknown.hide()

    def show_estimate(self, estimate: Estimate) -> None:
        """Show another sum, with how far it can be trusted and what it leaves out."""
        statement, currency = estimate.statement, estimate.statement.currency
        self._mark(_("Estimate"), words.headline(estimate))
        between, payout = statement.range, statement.payout
        told = words.between_words(between, statement.total_minor, currency) if between else ""
        paid = ""
        if payout and payout.reason:
            text = _("Paid out: {paid}. {why}")
            paid = text.format(paid=words.money(currency, payout.paid), why=spoken(payout.reason))
        trusted = spoken(trust(estimate.plan.confidence, estimate.plan.teaching))
        notes = [spoken(note) for note in estimate.notes]
        if statement.unknown:
            notes.append(unknown_words(statement.unknown))
        self._say(told, paid, trusted, notes)
        self._unknown.setVisible(bool(statement.unknown))

    def show_what_if(self, now: Estimate, then: Estimate) -> None:
        """Show what other figures would give, beside what it is now."""
        currency = now.statement.currency
        before, after = now.statement.total_minor, then.statement.total_minor
        self._mark(_("What if"), words.money(currency, after))
        values = {"now": words.money(currency, before), "amount": words.money(currency, abs(after - before))}
        if after > before:
            told = _("Now {now}: this would be {amount} more.")
        elif after < before:
            told = _("Now {now}: this would be {amount} less.")
        else:
            told = _("Now {now}: this would change nothing in the sum.")
        notes = []
        if now.statement.range:
            notes.append(_("Something isn't known in both sums: they are what is known comes to, no more."))
        self._say(told.format(**values), "", "", notes)
        self._unknown.hide()

    def show_none(self, why: str) -> None:
        """Show no sum, and why there is none."""
        self._mark(_("Estimate"), "\N{EN DASH}")
        self._say("", "", "", [why] if why else [])
        self._unknown.hide()

    def _mark(self, badge: str, text: str) -> None:
        self._badge.setText(badge)
        self._sum.setText(text)
        self._sum.setAccessibleName(f"{badge}: {text}")
        theme.set_style(self._sum, type="display" if len(text) <= _LONG else "title")

    def _say(self, between: str, paid: str, trusted: str, notes: list[str]) -> None:
        texts = (self._between, between), (self._paid, paid), (self._trust, trusted)
        for label, text in (*texts, (self._notes, "\n".join(notes))):
            label.setText(text)
            label.setVisible(bool(text))


def unknown_words(count: int) -> str:
    """So many members are left out, and which way that may go."""
    text = ngettext(
        "{count} member has no known volume this period and is left out.",
        "{count} members have no known volume this period and are left out.",
        count,
    )
    return text.format(count=format_number(count))
