"""The page: A4 with head and foot, blocks dealt out over pages, and the finished PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import chain
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.i18n import _, format_date, language
from organizer.reports import fonts, style
from organizer.reports.blocks import Block, gap, paragraph
from organizer.reports.watch import Watch

BUILT = 0.3
"""The part of the work that is done when the blocks are made; drawing them comes after."""

_DRAWN = 0.95
_HEAD = 64.0
_FOOT = 58.0


@dataclass(frozen=True, slots=True)
class Head:
    """Who a report is from: the distributor's and the company's name, either possibly empty, and its date.

    The language is the one spoken (`i18n.set_language`) while the report is made.
    """

    owner: str
    company: str
    day: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report before it is paper. `estimate`: its figures are estimates, and every page says so.

    `foot` is a few words of another kind that every page says below. `paper` is a size other than A4, in points.
    """

    title: str
    subtitle: str
    blocks: Iterable[Block]
    landscape: bool = False
    estimate: bool = False
    foot: str = ""
    paper: tuple[float, float] | None = None

    @property
    def size(self) -> tuple[float, float]:
        """The paper's width and height in points."""
        if self.paper:
            return self.paper
        return landscape(A4) if self.landscape else A4  # type: ignore[no-any-return]

    @property
    def room(self) -> float:
        """The width between the margins, in points."""
        return self.size[0] - 2 * style.MARGIN


def room(landscape_paper: bool = False) -> float:
    """The width between the margins of a page, in points."""
    return Sheet("", "", (), landscape_paper).room


def pdf(sheet: Sheet, head: Head, watch: Watch) -> bytes:
    """The finished PDF, made in memory only. Equal input gives equal bytes. Raises Cancelled."""
    height = sheet.size[1] - _HEAD - _FOOT
    pages = list(paginate(_with_note(chain(_opening(sheet), sheet.blocks), sheet.room), height))
    buffer = BytesIO()
    canvas = new_canvas(sheet, head, buffer)
    for number, page in enumerate(watch.over(pages, BUILT, _DRAWN, every=16), 1):
        draw_head(canvas, sheet, head, first=number == 1)
        draw_foot(canvas, sheet, head, number, len(pages))
        _draw(canvas, page, sheet)
        canvas.showPage()
    canvas.save()
    watch.at(_DRAWN)
    made = buffer.getvalue()
    watch.done()
    return made


def _opening(sheet: Sheet) -> Iterator[Block]:
    yield from (replace(block, keep=True) for block in paragraph(sheet.title, style.TITLE, sheet.room))
    if sheet.subtitle:
        yield from paragraph(sheet.subtitle, style.SUBTITLE, sheet.room, keep=True)
    yield replace(gap(12), keep=True)


def _with_note(blocks: Iterable[Block], width: float) -> Iterator[Block]:
    """The blocks, and at their end what MISSING means, if it was used."""
    found = False
    for block in blocks:
        found = found or any(fonts.MISSING in run.text for run in block.runs)
        yield block
    if found:
        yield gap(10)
        note = _("{mark} stands for a character that can't be printed here, such as an emoji.")
        yield from paragraph(note.format(mark=fonts.MISSING), style.SMALL, width)


def paginate(blocks: Iterable[Block], height: float) -> Iterator[list[Block]]:
    """Deal the blocks out over pages of `height` points; always at least one page.

    Blocks to be kept together move to the next page as one, unless they are taller than a page.
    """
    page: list[Block] = []
    used = 0.0
    for group in _groups(blocks):
        total = sum(block.height for block in group)
        if page and used + total > height:
            yield page
            page, used = _fresh(group[0])
        for block in group:
            if page and used + block.height > height:
                yield page
                page, used = _fresh(block)
            if page or not block.blank:
                page.append(block)
                used += block.height
    yield page


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


def _fresh(block: Block) -> tuple[list[Block], float]:
    return ([block.header], block.header.height) if block.header else ([], 0.0)


def new_canvas(sheet: Sheet, head: Head, buffer: BytesIO) -> Any:
    """An empty PDF of a sheet's size, with its metadata, to be written into `buffer`."""
    fonts.load()
    # binary streams: a fifth smaller than ReportLab's default of letters and digits
    rl_config.useA85 = 0
    canvas = Canvas(
        buffer, pagesize=sheet.size, pageCompression=1, invariant=1, lang=language(), initialFontName=fonts.REGULAR
    )
    canvas.setTitle(fonts.printable(sheet.title))
    canvas.setAuthor(fonts.printable(head.owner))
    canvas.setSubject(fonts.printable(sheet.subtitle))
    canvas.setCreator("Organizer")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def put(canvas: Any, x: float, y: float, look: fonts.Style, text: str) -> None:
    """One printable line of text at a place."""
    canvas.setFont(look.face, look.size)
    canvas.setFillColor(look.colour)
    canvas.drawString(x, y, text)


def draw_head(canvas: Any, sheet: Sheet, head: Head, *, first: bool) -> None:
    """Whose report it is, and on later pages which one, above a line."""
    y = sheet.size[1] - 40
    owner = fonts.fitted(head.owner, style.RUNNING_BOLD, sheet.room * 0.3)
    company = fonts.fitted(head.company, style.RUNNING, sheet.room * 0.3)
    put(canvas, style.MARGIN, y, style.RUNNING_BOLD, owner)
    after = fonts.width(owner, style.RUNNING_BOLD) + 10 if owner else 0
    put(canvas, style.MARGIN + after, y, style.RUNNING, company)
    if not first:
        title = fonts.fitted(sheet.title, style.RUNNING, sheet.room * 0.36)
        put(canvas, sheet.size[0] - style.MARGIN - fonts.width(title, style.RUNNING), y, style.RUNNING, title)
    canvas.setLineWidth(1.2)
    canvas.setStrokeColor(style.ACCENT)
    canvas.line(style.MARGIN, y - 8, sheet.size[0] - style.MARGIN, y - 8)


def draw_foot(canvas: Any, sheet: Sheet, head: Head, number: int, count: int) -> None:
    """The day and which page it is, below a line."""
    y, right = 32.0, sheet.size[0] - style.MARGIN
    canvas.setLineWidth(0.5)
    canvas.setStrokeColor(style.HAIR)
    canvas.line(style.MARGIN, y + 14, right, y + 14)
    put(canvas, style.MARGIN, y, style.RUNNING, format_date(head.day))
    page = fonts.printable(_("Page {number} of {count}").format(number=number, count=count))
    put(canvas, right - fonts.width(page, style.RUNNING), y, style.RUNNING, page)
    if sheet.estimate or sheet.foot:
        word = fonts.printable(sheet.foot or _("Estimate"))
        middle = (sheet.size[0] - fonts.width(word, style.RUNNING_BOLD)) / 2
        put(canvas, middle, y, style.RUNNING_BOLD, word)


def _draw(canvas: Any, page: Sequence[Block], sheet: Sheet) -> None:
    top = sheet.size[1] - _HEAD
    canvas.setLineWidth(0.5)
    for block in page:
        if block.fill:
            canvas.setFillColor(block.fill)
            canvas.rect(style.MARGIN, top - block.height, sheet.room, block.height, stroke=0, fill=1)
        if block.rule:
            canvas.setStrokeColor(block.rule)
            canvas.line(style.MARGIN, top - block.height, style.MARGIN + sheet.room, top - block.height)
        for x, down, width, height, colour in block.bars:
            canvas.setFillColor(colour)
            canvas.rect(style.MARGIN + x, top - down - height, width, height, stroke=0, fill=1)
        for shown in block.pictures:
            place = (style.MARGIN + shown.x, top - shown.down - shown.height, shown.width, shown.height)
            canvas.drawImage(ImageReader(BytesIO(shown.data)), *place, mask="auto")
        top -= block.height
    _draw_text(canvas, page, sheet.size[1] - _HEAD)


def _draw_text(canvas: Any, page: Sequence[Block], top: float) -> None:
    # one text object a page: several times quicker than drawString for each run
    text = canvas.beginText()
    look = None
    for block in page:
        for x, down, run_style, line in block.runs:
            if run_style is not look:
                look = run_style
                text.setFont(look.face, look.size)
                text.setFillColor(look.colour)
            text.setTextOrigin(style.MARGIN + x, top - down)
            text.textLine(line)
        top -= block.height
    canvas.drawText(text)
