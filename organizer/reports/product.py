"""The product sheet: a catalogue page to show guests, with what there is to say about each product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from organizer.domain.contact import sort_key
from organizer.domain.money import minor_digits, volume_amount
from organizer.domain.product import Product, Section
from organizer.i18n import _, format_money, format_number, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, cell, gap, paragraph, rows
from organizer.reports.fonts import fitted
from organizer.reports.watch import Progress, Stop, Watch

_PRICE_WIDTH = 130.0
_INDENT = 12.0
_SHORT = 220.0


def product_sheet(
    products: Sequence[Product],
    head: base.Head,
    currency: str,
    *,
    include_cost: bool = False,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The products as a PDF, by category and then in the order given. Raises Cancelled.

    Prices are in `currency` (ISO 4217). `include_cost` adds what she pays herself: not for guests' eyes.
    """
    watch = Watch(progress, cancelled)
    count = ngettext("{count} product", "{count} products", len(products))
    subtitle = count.format(count=format_number(len(products)))
    sheet = base.Sheet(_("Products"), subtitle, _blocks(products, currency, include_cost, watch))
    return base.pdf(sheet, head, watch)


def _blocks(products: Sequence[Product], currency: str, include_cost: bool, watch: Watch) -> Iterator[Block]:
    if not products:
        yield from paragraph(_("There are no products to print."), style.BODY, base.room())
    headings = {section: heading(section) for section in Section}
    category = ""
    for product in watch.over(_by_category(products), 0, base.BUILT):
        if product.category != category:
            category = product.category
            yield gap(10)
            yield from paragraph(category or _("Other products"), style.HEADING, base.room(), keep=True)
            yield replace(gap(4), keep=True)
        text = [*_title(product, currency), *_facts(product, currency, include_cost), *_notes(product, headings)]
        yield from _together([*text, Block(9, rule=style.HAIR)])
        yield gap(7)


def _by_category(products: Sequence[Product]) -> list[Product]:
    """The categories in alphabetical order, products without one last."""
    return sorted(
        products, key=lambda product: (not product.category, sort_key(product.category), product.category)
    )


def _together(blocks: list[Block]) -> Iterator[Block]:
    """A short product stays on one page; a long one may run over, but not leave its closing line behind."""
    short = sum(block.height for block in blocks) <= _SHORT
    for left, block in zip(range(len(blocks) - 1, -1, -1), blocks, strict=True):
        yield replace(block, keep=bool(left)) if short or left == 1 else block


def heading(section: Section) -> str:
    """What a section of a product note is called."""
    return {
        Section.GENERAL: _("About it"),
        Section.SHOW: _("What to show"),
        Section.USE: _("How to use it"),
        Section.ANSWERS: _("Answers to questions"),
        Section.CAUTIONS: _("Cautions"),
        Section.SUSTAINABILITY: _("Sustainability"),
    }[section]


def _title(product: Product, currency: str) -> Iterator[Block]:
    name = Column(0, base.room() - _PRICE_WIDTH - 12)
    price = Column(base.room() - _PRICE_WIDTH, _PRICE_WIDTH, right=True)
    text = "" if product.price is None else _money(product.price, currency)
    cells = [cell(product.name, style.PRODUCT, name), cell(text, style.PRODUCT, price)]
    for block in rows([name, price], cells, pad=0):
        yield replace(block, keep=True)


def _money(minor: int, currency: str) -> str:
    return format_money(minor, currency, minor_digits(currency))


def _facts(product: Product, currency: str, include_cost: bool) -> Iterator[Block]:
    facts = [_("No. {number}").format(number=product.number)] if product.number else []
    for label, volume in (("PV", product.pv), ("CV", product.cv)):
        if volume is not None:
            facts.append(f"{label}\xa0{format_number(volume_amount(volume))}")
    if product.lasts_days:
        days = ngettext("lasts about {count} day", "lasts about {count} days", product.lasts_days)
        facts.append(days.format(count=format_number(product.lasts_days)))
    if include_cost and product.cost is not None:
        facts.append(_("cost {amount}").format(amount=_money(product.cost, currency)))
    yield from paragraph("  ·  ".join(facts), style.FACTS, base.room(), keep=any(product.notes.values()))


def _notes(product: Product, headings: dict[Section, str]) -> Iterator[Block]:
    text = _("{name}, continued").format(name=product.name)
    line = fitted(text, style.SMALL_ITALIC, base.room())
    (header,) = paragraph(line, style.SMALL_ITALIC, base.room())
    for section in Section:
        note = product.notes.get(section, "").strip()
        if not note:
            continue
        # the first heading stays with the name; the others may begin a page
        yield replace(gap(4), keep=True, header=header)
        yield from paragraph(headings[section], style.NOTE_HEADING, base.room(), header=header, keep=True)
        yield from paragraph(note, style.BODY, base.room() - _INDENT, x=_INDENT, header=header)
