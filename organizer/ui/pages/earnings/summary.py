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
        for label in (self._between, self._paid, Label(promise, tone="muted", wrap=True)):
            layout.addWidget(label)

    def show_estimate(self, estimate: Estimate) -> None:
        """Show another sum, and what of it is paid out."""
        statement, currency = estimate.statement, estimate.statement.currency
        between, payout = statement.range, statement.payout
        paid = ""
        if payout and payout.reason:
            text = _("{why} Paid out: {paid}")
            paid = text.format(paid=words.money(currency, payout.paid), why=spoken(payout.reason))
        told = words.between_words(between, statement.total_minor, currency) if between else ""
        self._say(_("Estimate"), words.headline(estimate), told, paid)

    def show_what_if(self, now: Estimate, then: Estimate) -> None:
        """Show what other figures would give, beside what it is now."""
        currency = now.statement.currency
        before, after = now.statement.total_minor, then.statement.total_minor
        values = {"now": words.money(currency, before), "amount": words.money(currency, abs(after - before))}
        if after > before:
            told = _("Now {now}: this would be {amount} more.")
        elif after < before:
            told = _("Now {now}: this would be {amount} less.")
        else:
            told = _("Now {now}: this would change nothing in the sum.")
        blank = _("Both sums are only what is known: something isn't.") if now.statement.range else ""
        self._say(_("What if"), words.money(currency, after), told.format(**values), blank)

    def show_none(self) -> None:
        """Show no sum."""
        self._say(_("Estimate"), "\N{EN DASH}", "", "")

    def _say(self, badge: str, total: str, between: str, paid: str) -> None:
        self._badge.setText(badge)
        self._sum.setText(total)
        self._sum.setAccessibleName(f"{badge}: {total}")
        theme.set_style(self._sum, type="display" if len(total) <= _LONG else "title")
        for label, text in ((self._between, between), (self._paid, paid)):
            label.setText(text)
            label.setVisible(bool(text))


class Caveats(QWidget):
    """How far the sum can be trusted, and what it leaves out."""

    unknown_asked = Signal()
    """She wants to see whose figures aren't known."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        theme.margins(layout, spacing=theme.XS)
        self._trust = Label("", tone="muted", wrap=True)
        self._notes = Label("", tone="amber", wrap=True)
        self.whose = button(_("Whose fi&gures?"), self.unknown_asked.emit, kind="flat", icon="users")
        below = QHBoxLayout()
        below.addWidget(self.whose)
        below.addStretch(1)
        layout.addWidget(self._notes)
        layout.addLayout(below)
        layout.addWidget(self._trust)
        self.say("", [], unknown=False)

    def show_estimate(self, estimate: Estimate) -> None:
        """Tell of another estimate."""
        notes = [spoken(note) for note in estimate.notes]
        if count := estimate.statement.unknown:
            notes.append(unknown_words(count))
        self.say(spoken(trust(estimate.plan.confidence, estimate.plan.teaching)), notes, unknown=bool(count))

    def say(self, trusted: str, notes: list[str], *, unknown: bool) -> None:
        """Tell something else; with `unknown` there is a way to see whose figures are missing."""
        for label, text in ((self._trust, trusted), (self._notes, "\n".join(notes))):
            label.setText(text)
            label.setVisible(bool(text))
        self.whose.setVisible(unknown)


def unknown_words(count: int) -> str:
    """So many members are left out, and which way that may go."""
    text = ngettext(
        "{count} member has a volume that isn't known; it counts as nothing.",
        "{count} members have a volume that isn't known; it counts as nothing.",
        count,
    )
    return text.format(count=format_number(count))
