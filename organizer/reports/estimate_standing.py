"""What an estimate says beside its figures: rank and the way to the next, what isn't known, and the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from organizer.domain.commission.next_rank import Step
from organizer.domain.commission.statement import RankStanding
from organizer.i18n import _, format_date, format_number, language, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, bullets, cell, gap, paragraph, rows, table_head
from organizer.reports.estimate_lines import Figures, said

_UNKNOWN = (Column(0, 230), Column(242, 269))
_LISTED = 60
"""So many members with unknown figures are named; more are counted."""


def rank_blocks(figures: Figures, steps: Sequence[Step]) -> Iterator[Block]:
    """The rank by the plan's rules, what it rests on, and what is missing to the next one."""
    statement, rank = figures.statement, figures.statement.rank
    name = rank.name.in_language(language()) if rank.name else _("none")
    yield gap(14)
    yield from paragraph(_("Rank by the plan: {rank}").format(rank=name), style.HEADING, base.room(), keep=True)
    reasons = [*([rank.why] if rank.why else []), statement.active_reason, *rank.met]
    texts = [said(message) for message in reasons]
    if rank.highest and rank.highest != rank.name:
        highest = rank.highest.in_language(language())
        texts.append(_("Highest rank so far: {rank}").format(rank=highest))
    yield from bullets(texts, base.room())
    if rank.next_name and rank.missing:
        yield from _missing(figures, rank, steps)


def _missing(figures: Figures, rank: RankStanding, steps: Sequence[Step]) -> Iterator[Block]:
    assert rank.next_name is not None  # noqa: S101 - whoever asks has looked
    title = _("Missing for {rank}:").format(rank=rank.next_name.in_language(language()))
    yield gap(4)
    yield from paragraph(title, style.BODY_BOLD, base.room(), keep=True)
    if not steps:
        yield from bullets([said(message) for message in rank.missing], base.room())
        return
    for step in steps:
        asked, more = said(step.requirement.words), said(step.more)
        yield from bullets([asked if asked == more else f"{asked} ({more})"], base.room())
        for near in step.near:
            lacks = "; ".join(said(one) for one in near.lacks)
            text = _("{name}: {lacks}").format(name=figures.name_of(near.member), lacks=lacks)
            yield from paragraph(text, style.SMALL, base.room() - 12, x=12)
    if any(step.near for step in steps):
        text = _("Those are the nearest by the figures, no more. Each decides for herself, and a no is respected.")
        yield from paragraph(text, style.SMALL, base.room())


def unknown_blocks(figures: Figures, unknown: Mapping[int, Sequence[str]]) -> Iterator[Block]:
    """Whose figures aren't known, and which."""
    if not unknown:
        return
    yield gap(16)
    yield from paragraph(_("Whose figures aren't known"), style.HEADING, base.room(), keep=True)
    header = table_head(_UNKNOWN, (_("Name"), _("Not known")), style.COLUMN, style.ACCENT)
    yield header
    for member in list(unknown)[:_LISTED]:
        names = [figures.plan.volume(one).name.in_language(language()) for one in unknown[member]]
        texts = (figures.name_of(member), ", ".join(names))
        cells = [cell(text, style.CELL, column) for text, column in zip(texts, _UNKNOWN, strict=True)]
        yield from rows(_UNKNOWN, cells, pad=2, header=header, rule=style.HAIR)
    if (more := len(unknown) - _LISTED) > 0:
        text = ngettext("and {count} more", "and {count} more", more).format(count=format_number(more))
        yield from paragraph(text, style.SMALL, base.room())


def plan_blocks(figures: Figures) -> Iterator[Block]:
    """What the plan file says of itself."""
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
