"""A compensation plan in plain words: what is missing first, then every rank and bonus, then its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from organizer.domain.commission import words
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.trust import trust
from organizer.domain.result import Message
from organizer.i18n import _, language, say, shown
from organizer.reports import base, style
from organizer.reports.blocks import Block, bullets, gap, panel, paragraph
from organizer.reports.watch import Progress, Stop, Watch


def plan_in_words(
    plan: Plan,
    doubts: Sequence[Message],
    head: base.Head,
    *,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The plan as a PDF; every page says that it is no promise. Raises Cancelled."""
    watch = Watch(progress, cancelled)
    subtitle = plan.region.in_language(language())
    foot = _("Not a promise: the company's own papers are what counts.")
    sheet = base.Sheet(plan.name.in_language(language()), subtitle, _blocks(plan, doubts, watch), foot=foot)
    return base.pdf(sheet, head, watch)


def _blocks(plan: Plan, doubts: Sequence[Message], watch: Watch) -> Iterator[Block]:
    sections = words.sections(plan)
    yield panel([(_said(trust(plan.confidence, plan.teaching)), style.BODY_BOLD)], base.room(), style.TINT)
    for section in sections:
        if section.key == "missing":
            yield from _section(_said(section.title), map(_said, section.sentences))
    if doubts:
        yield from _section(_("Worth a second look"), map(_said, doubts))
    for section in watch.over([one for one in sections if one.key != "missing"], 0, base.BUILT):
        yield from _section(_said(section.title), map(_said, section.sentences))


def _section(title: str, sentences: Iterator[str]) -> Iterator[Block]:
    yield gap(10)
    yield from paragraph(title, style.HEADING, base.room(), keep=True)
    yield gap(2)
    yield from bullets(sentences, base.room())


def _said(text: words.Words) -> str:
    if isinstance(text, str):
        return shown(text)
    if isinstance(text, Message):
        return say(text.text, text.values)
    return text.in_language(language())
