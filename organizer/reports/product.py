"""The product sheet: a catalogue page to show guests, with what there is to say about each product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from organizer.domain.contact import sort_key
from organizer.domain.money import minor_digits, volume_amount
from organizer.domain.picture import Picture
from organizer.domain.product import Product, Section
from organizer.i18n import _, format_money, format_number, ngettext
from organizer.reports import base, style
from organizer.reports.blocks import Block, Column, Shown, bullets, cell, gap, paragraph, pixels, rows
from organizer.reports.fonts import fitted
from organizer.reports.watch import Progress, Stop, Watch

_PRICE_WIDTH = 130.0
_INDENT = 12.0
_SHORT = 220.0
_ACROSS, _BETWEEN, _TALL = 3, 10.0, 130.0
"""Pictures side by side, the space between them and how tall they may be, in points."""


def product_sheet(
    products: Sequence[Product],
    head: base.Head,
    currency: str,
    *,
    pictures: Mapping[int, Sequence[Picture]] | None = None,
    include_cost: bool = False,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> bytes:
    """The products as a PDF, by category and then in the order given. Raises Cancelled.

    Prices are in `currency` (ISO 4217). `pictures` are shown by product's id, those that can be read.
    `include_cost` adds what she pays herself: not for guests' eyes.
    """
    watch = Watch(progress, cancelled)
    count = ngettext("{count} product", "{count} products", len(products))
    subtitle = count.format(count=format_number(len(products)))
    blocks = _blocks(products, currency, pictures or {}, include_cost, watch)
    sheet = base.Sheet(_("Products"), subtitle, blocks, foot=_("Recommended prices"))
    return base.pdf(sheet, head, watch)


def _blocks(
    products: Sequence[Product],
    currency: str,
    pictures: Mapping[int, Sequence[Picture]],
    include_cost: bool,
    watch: Watch,
) -> Iterator[Block]:
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
        head = [*_title(product, currency), *_facts(product, currency, include_cost)]
        text = [*head, *_pictures(pictures.get(product.id, ())), *_notes(product, headings)]
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


def _pictures(pictures: Sequence[Picture]) -> Iterator[Block]:
    """The first ones side by side, with what they show below; one that can't be read is left out."""
    width = (base.room() - _BETWEEN * (_ACROSS - 1)) / _ACROSS
    shown: list[Shown] = []
    captions: list[tuple[Column, str]] = []
    for picture in pictures:
        size = pixels(picture.data)
        if size and len(shown) < _ACROSS:
            share = min(width / size[0], _TALL / size[1])
            x = len(shown) * (width + _BETWEEN)
            shown.append(Shown(x, 4, size[0] * share, size[1] * share, picture.data))
            captions.append((Column(x, width), picture.caption))
    if shown:
        yield Block(max(one.height for one in shown) + 8, keep=True, pictures=shown)
    if any(text for _column, text in captions):
        cells = [cell(text, style.SMALL, column) for column, text in captions]
        for block in rows([column for column, _text in captions], cells, pad=0):
            yield replace(block, keep=True)


def _laid_out(note: str, header: Block) -> Iterator[Block]:
    """A note's lines: headings after "# ", list items after "- ", the rest as it is."""
    room, x = base.room() - _INDENT, _INDENT
    for line in note.split("\n"):
        if line.startswith("# ") and line[2:].strip():
            yield from paragraph(line[2:].strip(), style.BODY_BOLD, room, x=x, header=header, keep=True)
        elif line.startswith("- ") and line[2:].strip():
            for block in bullets([line[2:].strip()], room):
                moved = [run._replace(x=run.x + x) for run in block.runs]
                yield replace(block, runs=moved, header=header)
        else:
            yield from paragraph(line, style.BODY, room, x=x, header=header)


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
        yield from _laid_out(note, header)
