"""Why a line is what it is: who, the way to her, the level, the volume, the rate, the sum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.domain.commission.condition import Tree
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.domain.money import minor_digits, volume_amount
from organizer.i18n import _, format_money, format_number, format_percent, language
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken


class Reasons(QFrame):
    """The chosen line in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M, spacing=theme.XS)
        self._title = Label("", size="heading", bold=True)
        self.text = Label("", wrap=True, selectable=True)
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # by Tab too: it is there to be read and copied
        self._path = Label("", tone="muted", wrap=True)
        for label in (self._title, self.text, self._path):
            layout.addWidget(label)

    def show_line(self, estimate: Estimate | None, component: ComponentResult | None, line: Line | None) -> None:
        """Explain a line, or a whole component, or say how to ask."""
        if estimate is None or component is None:
            self._say(_("Why?"), _("Choose a line to see its reason."), "")
        elif line is None:
            self._say(component.name.in_language(language()), _component_text(estimate, component), "")
        else:
            self._say(estimate.name_of(line.source), _line_text(estimate, line), _path(estimate, component, line))

    def _say(self, title: str, text: str, path: str) -> None:
        self._title.setText(title)
        self.text.setText(text)
        self._path.setText(path)
        self._path.setVisible(bool(path))


def _component_text(estimate: Estimate, component: ComponentResult) -> str:
    place = estimate.statement.components.index(component)
    parts = [
        _("{paid} of {all} lines give something.").format(
            paid=format_number(len(estimate.paid[place])), all=format_number(len(component.lines))
        )
    ]
    parts += [spoken(note) for note in component.notes]
    if component.rounding:
        parts.append(_("Rounding: {amount}").format(amount=_money(estimate, component.rounding)))
    return "\n".join(parts)


def _line_text(estimate: Estimate, line: Line) -> str:
    reason = spoken(line.reason)
    if line.base is None:
        return reason
    volume = estimate.plan.volume(line.volume).name.in_language(language())
    sum_text = _("{base} {volume} × {rate} = {amount}").format(
        base=format_number(volume_amount(line.base)),
        volume=volume,
        rate=format_percent(Decimal(line.rate.numerator) / line.rate.denominator),
        amount=_exact(estimate, line.amount),
    )
    return f"{reason}\n{sum_text}" if line.rate else reason


def _path(estimate: Estimate, component: ComponentResult, line: Line) -> str:
    if line.source == estimate.team.me:
        return ""
    rules = next(part.rules for part in estimate.plan.components if part.id == component.id)
    names = estimate.path_to(line.source, getattr(rules, "tree", Tree.SPONSOR))
    return " → ".join(names)


def _exact(estimate: Estimate, amount: Fraction) -> str:
    """The amount with the decimals it has, at most four beyond the smallest coin's."""
    currency = estimate.statement.currency
    digits = minor_digits(currency)
    extra = next((n for n in range(5) if (amount * 10**n).denominator == 1), 4)
    return format_money(round(amount * 10**extra), currency, digits + extra)


def _money(estimate: Estimate, minor: int) -> str:
    currency = estimate.statement.currency
    return format_money(minor, currency, minor_digits(currency))
