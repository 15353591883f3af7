"""One bonus of an estimate: each line that pays, with its reason, and the others counted by theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from organizer.domain.commission import ending
from organizer.domain.commission.plan import Plan, Text, Unit
from organizer.domain.commission.statement import ComponentResult, Line, Statement
from organizer.domain.money import VOLUME_SCALE, minor_digits, volume_amount
from organizer.domain.result import Message
from organizer.domain.team import Team
from organizer.i18n import _, format_money, format_number, format_percent, language, ngettext, say
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, cell, gap, paragraph, rows, table_head
from organizer.reports.blocks import Line as TextLine
from organizer.reports.fonts import Style
from organizer.reports.watch import Watch

_COLUMNS = (
    Column(0, 104),
    Column(104, 30, right=True),
    Column(138, 64, right=True),
    Column(204, 32, right=True),
    Column(238, 68, right=True),
    Column(316, 195),
)
_SILENT = (Column(0, 190), Column(202, 309))
_NAMED = 3
"""So many who give nothing for the same reason are named; more are counted."""

_REASONS = 15
"""So many reasons for nothing are printed, those of most members first."""


@dataclass(frozen=True)
class Figures:
    """A statement with what it was made from, and its figures as they are written."""

    statement: Statement
    plan: Plan
    team: Team

    def name_of(self, member: int) -> str:
        """A member's name; "You" for the nameless owner, her number for a nameless other."""
        name = self.team.names[member]
        if member == self.statement.member:
            return name or _("You")
        return name or self.team.numbers[member]

    def money(self, minor: int) -> str:
        """An amount in the statement's currency."""
        return format_money(minor, self.statement.currency, minor_digits(self.statement.currency))

    def volume(self, line: Line) -> str:
        """What the rate is taken of: points with their name, or money."""
        if line.base is None:
            return "–"
        if not line.volume:
            return self.money(line.base)
        volume = self.plan.volume(line.volume)
        if volume.unit is Unit.POINTS:
            return f"{format_number(volume_amount(line.base))} {volume.name.in_language(language())}"
        minor = Fraction(line.base * 10 ** minor_digits(self.plan.currency), VOLUME_SCALE)
        return self.money(int(minor)) if minor.denominator == 1 else format_number(volume_amount(line.base))

    def total_of(self, component: ComponentResult) -> str:
        """A bonus's total, with a question mark where a figure for it is missing."""
        if component.unknown is None:
            return self.money(component.total_minor)
        return f"{self.money(component.total_minor)} + ?" if component.total_minor else "?"


def said(message: Message) -> str:
    """A message in the language spoken."""
    return say(message.text, message.values)


def named(name: Text | Message) -> str:
    """A name from the plan file, or one of the program's."""
    return said(name) if isinstance(name, Message) else name.in_language(language())


def percent(rate: Fraction) -> str:
    """A rate with the decimals it needs, at most four."""
    share = (Decimal(rate.numerator) / rate.denominator).quantize(Decimal("0.000001"))
    return format_percent(share)


@dataclass
class _Silence:
    """Those who give nothing for one reason: how many, and the first of them."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, member: int) -> None:
        self.count += 1
        if len(self.first) < _NAMED:
            self.first.append(member)


def component_blocks(
    figures: Figures, component: ComponentResult, watch: Watch, start: float, end: float
) -> Iterator[Block]:
    """The bonus as a table of what pays, its sum, and why the rest doesn't. Raises Cancelled."""
    yield gap(16)
    name = component.name.in_language(language())
    yield from paragraph(name, style.HEADING, base.room(), keep=True)
    if component.unknown:
        yield from paragraph(said(component.unknown), style.BODY_BOLD, base.room(), keep=True)
    for note in component.notes:
        yield from paragraph(said(note), style.SMALL, base.room(), keep=True)
    labels = (_("From"), _("Level"), _("Basis"), _("Rate"), _("Amount"), _("Why"))
    header = table_head(_COLUMNS, labels, style.COLUMN, style.ACCENT)
    yield header
    silent: dict[str, _Silence] = {}
    for line in watch.over(component.lines, start, end):
        if line.amount or len(component.lines) <= ending.FEW:
            yield from rows(_COLUMNS, _cells(figures, line), pad=2.5, header=header, rule=style.HAIR)
        else:
            silent.setdefault(said(line.reason), _Silence()).add(line.source)
    if not component.paid_count:
        yield from paragraph(_("No line pays anything this period."), style.BODY, base.room(), keep=True)
    for part in ending.within(component):
        yield from _sum_row(named(part.name), figures.money(part.minor), style.CELL, header)
    yield from _sum_row(_("Sum"), figures.total_of(component), style.CELL_BOLD, header)
    yield from _silent_blocks(figures, silent)


def _cells(figures: Figures, line: Line) -> list[list[TextLine]]:
    texts = (
        figures.name_of(line.source),
        "" if line.level is None else format_number(line.level),
        figures.volume(line),
        percent(line.rate) if line.rate or not (line.amount or line.level is None) else "",
        figures.money(line.minor),
        said(line.reason),
    )
    looks = (*[style.CELL] * 5, style.REASON)
    return [cell(text, look, column) for text, look, column in zip(texts, looks, _COLUMNS, strict=True)]


def _sum_row(label: str, amount: str, look: Style, header: Block) -> Iterator[Block]:
    columns = (Column(0, 230), _COLUMNS[4])
    cells = [cell(label, look, columns[0]), cell(amount, look, columns[1])]
    return rows(columns, cells, pad=2.5, header=header, rule=style.ACCENT)


def _silent_blocks(figures: Figures, silent: dict[str, _Silence]) -> Iterator[Block]:
    if not silent:
        return
    yield gap(8)
    labels = (_("Nothing from"), _("Why"))
    header = table_head(_SILENT, labels, style.COLUMN, style.HAIR)
    yield header
    ranked = sorted(silent.items(), key=lambda item: -item[1].count)
    for reason, silence in ranked[:_REASONS]:
        yield from _silent_row(_who(figures, silence), reason, header)
    if rest := sum(silence.count for _reason, silence in ranked[_REASONS:]):
        yield from _silent_row(_members(rest), _("Other reasons; Earnings in the program gives each."), header)


def _silent_row(who: str, reason: str, header: Block) -> Iterator[Block]:
    texts: Sequence[tuple[str, Style]] = ((who, style.CELL), (reason, style.REASON))
    cells = [cell(text, look, column) for (text, look), column in zip(texts, _SILENT, strict=True)]
    return rows(_SILENT, cells, pad=2, header=header, rule=style.HAIR)


def _who(figures: Figures, silence: _Silence) -> str:
    if silence.count > _NAMED:
        return _members(silence.count)
    return ", ".join(figures.name_of(member) for member in silence.first)


def _members(count: int) -> str:
    return ngettext("{count} member", "{count} members", count).format(count=format_number(count))
