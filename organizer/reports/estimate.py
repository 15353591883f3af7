"""The estimate statement: a period's figure, what it is made of, why, and what it doesn't know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from organizer.domain.commission import ending
from organizer.domain.commission.next_rank import Step
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.statement import Range, Statement
from organizer.domain.commission.trust import trust
from organizer.domain.result import Message
from organizer.domain.team import Team
from organizer.i18n import _, format_date, format_number, format_period, language, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, cell, gap, panel, paragraph, rows, table_head
from organizer.reports.estimate_lines import Figures, component_blocks, named, said
from organizer.reports.estimate_standing import plan_blocks, rank_blocks, unknown_blocks
from organizer.reports.fonts import Style
from organizer.reports.watch import Progress, Stop, Watch

_MADE_OF = (Column(0, 260), Column(276, 125, right=True), Column(411, 100, right=True))
_ENDING = (Column(0, 150), Column(160, 241), Column(411, 100, right=True))


@dataclass(frozen=True)
class Beside:
    """What is told beside the statement itself.

    `notes` on the whole of it, the way to the next rank, by member the ids of the volumes that nobody knows, and
    the day on which it was kept, if it was.
    """

    notes: Sequence[Message] = ()
    steps: Sequence[Step] = ()
    unknown: Mapping[int, Sequence[str]] = field(default_factory=dict)
    kept_on: date | None = None


def estimate_statement(
    statement: Statement,
    plan: Plan,
    team: Team,
    head: base.Head,
    *,
    beside: Beside | None = None,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The statement as a PDF, every page marked as an estimate. Raises Cancelled.

    `plan` and `team` are those it was made from. Lines that pay are all printed; the others are counted by
    their reason.
    """
    watch = Watch(progress, cancelled)
    period = format_period(statement.period)
    figures = Figures(statement, plan, team)
    subtitle = " · ".join((figures.name_of(statement.member), statement.plan_name.in_language(language())))
    blocks = _blocks(figures, beside or Beside(), watch)
    sheet = base.Sheet(_("Estimate for {period}").format(period=period), subtitle, blocks, estimate=True)
    return base.pdf(sheet, head, watch)


def _blocks(figures: Figures, beside: Beside, watch: Watch) -> Iterator[Block]:
    statement = figures.statement
    yield _total(figures, beside)
    yield from _made_of(figures)
    yield from rank_blocks(figures, beside.steps)
    share = base.BUILT / max(len(statement.components), 1)
    for number, component in enumerate(statement.components):
        yield from component_blocks(figures, component, watch, number * share, (number + 1) * share)
    yield from unknown_blocks(figures, beside.unknown)
    yield from plan_blocks(figures)


def _total(figures: Figures, beside: Beside) -> Block:
    statement = figures.statement
    texts: list[tuple[str, Style]] = [
        (_("Estimate, before your expenses"), style.COLUMN),
        (_headline(figures), style.TOTAL),
    ]
    if statement.range:
        texts.append((_between(figures, statement.range), style.BODY_BOLD))
    if statement.payout and statement.payout.reason:
        values = {"paid": figures.money(statement.payout.paid), "why": said(statement.payout.reason)}
        texts.append((_("{why} Paid out: {paid}").format(**values), style.BODY_BOLD))
    promise = _("Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone.")
    texts.append((promise, style.BODY))
    texts.append((_("What the company's own statement says is what counts."), style.BODY))
    texts.append((said(trust(figures.plan.confidence, figures.plan.teaching)), style.BODY))
    if beside.kept_on:
        kept = _("Kept on {day}, and printed from what was kept.").format(day=format_date(beside.kept_on))
        texts.append((kept, style.BODY_BOLD))
    texts += [(said(note), style.BODY_BOLD) for note in beside.notes]
    if statement.unknown:
        unknown = ngettext(
            "{count} member has a volume that isn't known; it counts as nothing.",
            "{count} members have a volume that isn't known; it counts as nothing.",
            statement.unknown,
        )
        texts.append((unknown.format(count=format_number(statement.unknown)), style.BODY_BOLD))
    return panel(texts, base.room(), style.TINT)


def _headline(figures: Figures) -> str:
    """The total, or between what it lies where something isn't known."""
    between, total = figures.statement.range, figures.statement.total_minor
    if between is None or between.low == between.high == total:
        return figures.money(total)
    if between.high is None:
        return f"{figures.money(between.low)} + ?"
    return f"{figures.money(between.low)} \N{EN DASH} {figures.money(between.high)}"


def _between(figures: Figures, between: Range) -> str:
    assumed, low = said(between.assumption), figures.money(between.low)
    if between.high is None:
        return _("{low} as far as is known. {why}").format(low=low, why=assumed)
    if between.low == between.high == figures.statement.total_minor:
        return _("What isn't known changes nothing here: {assumption}.").format(assumption=assumed.rstrip("."))
    text = _("Between {low} and {high}: {assumption}.")
    return text.format(low=low, high=figures.money(between.high), assumption=assumed.rstrip("."))


def _made_of(figures: Figures) -> Iterator[Block]:
    statement = figures.statement
    yield gap(14)
    yield from paragraph(_("What it is made of"), style.HEADING, base.room(), keep=True)
    labels = (_("Bonus"), _("Lines that pay"), _("Amount"))
    yield table_head(_MADE_OF, labels, style.COLUMN, style.ACCENT)
    for component in statement.components:
        paid = _("{paid} of {all}").format(
            paid=format_number(component.paid_count), all=format_number(len(component.lines))
        )
        texts = (component.name.in_language(language()), paid, figures.total_of(component))
        yield from _row(texts, style.CELL)
    for part in ending.after(statement):
        yield from _row((named(part.name), said(part.reason), figures.money(part.minor)), style.CELL, part=True)
    total = _("Estimated total") if statement.range is None else _("Estimated total, as far as is known")
    yield from _row((total, "", figures.money(statement.total_minor)), style.CELL_BOLD, last=True)
    for part in ending.paid_out(statement):
        yield from _row((named(part.name), "", figures.money(part.minor)), style.CELL, last=True)


def _row(texts: Sequence[str], look: Style, *, last: bool = False, part: bool = False) -> Iterator[Block]:
    columns = _ENDING if part else _MADE_OF
    looks = (look, style.REASON if part else look, look)
    cells = [cell(text, one, column) for text, one, column in zip(texts, looks, columns, strict=True)]
    return rows(columns, cells, rule=style.ACCENT if last else style.HAIR, keep=not last)
