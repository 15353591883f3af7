"""The estimate statement: a period's figure, what it is made of, why, and what it doesn't know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from organizer.domain.commission.plan import Plan
from organizer.domain.commission.statement import Statement
from organizer.domain.commission.trust import trust
from organizer.domain.result import Message
from organizer.domain.team import Team
from organizer.i18n import _, format_date, format_number, format_period, language, ngettext, say
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, bullets, cell, gap, panel, paragraph, rows, table_head
from organizer.reports.estimate_lines import Figures, component_blocks
from organizer.reports.fonts import Style
from organizer.reports.watch import Progress, Stop, Watch

_MADE_OF = (Column(0, 260), Column(276, 125, right=True), Column(411, 100, right=True))


def estimate_statement(
    statement: Statement,
    plan: Plan,
    team: Team,
    head: base.Head,
    *,
    notes: Sequence[Message] = (),
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
    blocks = _blocks(figures, notes, watch)
    sheet = base.Sheet(_("Estimate for {period}").format(period=period), subtitle, blocks, estimate=True)
    return base.pdf(sheet, head, watch)


def _blocks(figures: Figures, notes: Sequence[Message], watch: Watch) -> Iterator[Block]:
    statement = figures.statement
    yield _total(figures, notes)
    yield from _made_of(figures)
    yield from _rank(statement)
    share = base.BUILT / max(len(statement.components), 1)
    for number, component in enumerate(statement.components):
        yield from component_blocks(figures, component, watch, number * share, (number + 1) * share)
    yield from _plan(figures)


def _total(figures: Figures, notes: Sequence[Message]) -> Block:
    statement = figures.statement
    texts: list[tuple[str, Style]] = [
        (_("Estimate, before your expenses"), style.COLUMN),
        (figures.money(statement.total_minor), style.TOTAL),
        (
            _("Not a promise. Your expenses are not taken off: own purchases, samples, gifts, driving, phone."),
            style.BODY,
        ),
        (_("What the company's own statement says is what counts."), style.BODY),
    ]
    texts.append((_said(trust(figures.plan.confidence, figures.plan.teaching)), style.BODY))
    texts += [(_said(note), style.BODY_BOLD) for note in notes]
    if statement.unknown:
        unknown = ngettext(
            "{count} member has no known volume this period. It is left out: the true figure may be higher.",
            "{count} members have no known volume this period. They are left out: the true figure may be higher.",
            statement.unknown,
        )
        texts.append((unknown.format(count=format_number(statement.unknown)), style.BODY_BOLD))
    return panel(texts, base.room(), style.TINT)


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
        texts = (component.name.in_language(language()), paid, figures.money(component.total_minor))
        yield from _row(texts, style.CELL)
    if statement.rounding:
        yield from _row((_("Rounding"), "", figures.money(statement.rounding)), style.CELL)
    yield from _row((_("Estimated total"), "", figures.money(statement.total_minor)), style.CELL_BOLD, last=True)


def _row(texts: Sequence[str], look: Style, *, last: bool = False) -> Iterator[Block]:
    cells = [cell(text, look, column) for text, column in zip(texts, _MADE_OF, strict=True)]
    return rows(_MADE_OF, cells, rule=style.ACCENT if last else style.HAIR, keep=not last)


def _rank(statement: Statement) -> Iterator[Block]:
    rank = statement.rank.name.in_language(language()) if statement.rank.name else _("none")
    yield gap(14)
    yield from paragraph(_("Rank by the plan: {rank}").format(rank=rank), style.HEADING, base.room(), keep=True)
    yield from bullets([_said(message) for message in (statement.active_reason, *statement.rank.met)], base.room())
    if statement.rank.next_name and statement.rank.missing:
        missing = _("Missing for {rank}:").format(rank=statement.rank.next_name.in_language(language()))
        yield gap(4)
        yield from paragraph(missing, style.BODY_BOLD, base.room(), keep=True)
        yield from bullets([_said(message) for message in statement.rank.missing], base.room())


def _said(message: Message) -> str:
    return say(message.text, message.values)


def _plan(figures: Figures) -> Iterator[Block]:
    plan, spoken, width = figures.plan, language(), base.room()
    yield gap(16)
    yield from paragraph(_("The plan behind it"), style.HEADING, width, keep=True)
    name = " · ".join(part for part in (plan.name.in_language(spoken), plan.company) if part)
    yield from paragraph(name, style.BODY_BOLD, width, keep=True)
    region = plan.region.in_language(spoken) or "–"
    since = _("{region}, valid from {date}").format(region=region, date=format_date(plan.valid_from))
    yield from paragraph(since, style.BODY, width, keep=True)
    for source in plan.sources:
        yield gap(3)
        title = _("Source ({grade}): {title}").format(grade=source.grade, title=source.title)
        yield from paragraph(title, style.BODY, width, keep=True)
        yield from paragraph(source.url, style.SMALL, width)
    if plan.missing:
        yield gap(6)
        not_in = _("Not in this plan file, and so not in the estimate:")
        yield from paragraph(not_in, style.BODY_BOLD, width, keep=True)
        yield from bullets([text.in_language(spoken) for text in plan.missing], width)
    yield gap(6)
    version = _("Plan file {plan}, version {version}").format(plan=plan.id, version=plan.version)
    yield from paragraph(version, style.SMALL, width)
