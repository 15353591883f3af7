"""The wall chart: the team as drawn cards, on one sheet of any size or tiled over several to be glued."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from organizer.domain import tree
from organizer.i18n import _, format_date, format_number, ngettext
from organizer.reports import base, fonts, style
from organizer.reports.blocks import Block, gap, paragraph
from organizer.reports.team_cards import Cards, legend
from organizer.reports.team_paper import MARGIN, OVERLAP, Tiles, paper_size
from organizer.reports.team_seen import Seen
from organizer.reports.team_wall_plan import Wall, enlarged
from organizer.reports.watch import Progress, Stop, Watch

_PLAN_TOP = 64.0
_SHEET = style.RUNNING


def wall_chart(
    wall: Wall, head: base.Head, *, progress: Progress | None = None, cancelled: Stop | None = None
) -> bytes:
    """The planned chart as a PDF. Equal input gives equal bytes. Raises Cancelled."""
    watch = Watch(progress, cancelled)
    watch.at(0.05)
    size = paper_size(wall.options.paper, wall.options.lying)
    sheet = base.Sheet(title(wall.seen), _summary(wall), (), paper=size)
    buffer = BytesIO()
    canvas = base.new_canvas(sheet, head, buffer)
    watch.at(0.2)
    if wall.tiles:
        _tiled(canvas, wall, wall.tiles, sheet, head, watch)
    else:
        _on_one(canvas, wall, sheet, head)
    watch.at(0.9)
    canvas.save()
    watch.done()
    return buffer.getvalue()


def title(seen: Seen) -> str:
    """What stands above the chart."""
    return _("Team chart: {name}").format(name=seen.called(seen.top)) if seen.top >= 0 else _("Team chart")


def tree_word(seen: Seen) -> str:
    """Which tree it is, where the team has two."""
    if seen.team.sponsor == seen.team.placement:
        return ""
    return _("Sponsor tree") if seen.parent is seen.team.sponsor else _("Placement tree")


def _summary(wall: Wall) -> str:
    seen = wall.seen
    shown = [member for member in wall.layout.members if member >= 0]
    whole = len(seen.team)
    if seen.top >= 0:
        whole = len(tree.members_below(seen.parent, tree.top_down(seen.parent), seen.top)) + 1
    count = ngettext("{count} member", "{count} members", whole).format(count=format_number(whole))
    parts = [seen.period_text[:1].upper() + seen.period_text[1:], tree_word(seen), count]
    if len(shown) < whole:
        levels = wall.options.levels
        text = ngettext("{shown} of them drawn: {count} level", "{shown} of them drawn: {count} levels", levels)
        parts.append(text.format(shown=format_number(len(shown)), count=format_number(levels)))
    if seen.active is not None:
        active = sum(bool(seen.active[member]) for member in shown)
        parts.append(_("{count} active").format(count=format_number(active)))
    return " · ".join(part for part in parts if part)


def _on_one(canvas: Any, wall: Wall, sheet: base.Sheet, head: base.Head) -> None:
    factor = enlarged(wall.options.paper)
    small = base.Sheet(sheet.title, sheet.subtitle, (), paper=(sheet.size[0] / factor, sheet.size[1] / factor))
    canvas.saveState()
    canvas.scale(factor, factor)
    base.draw_head(canvas, small, head, first=True)
    _draw_title(canvas, small)
    legend(canvas, wall.seen, style.MARGIN, 58)
    base.draw_foot(canvas, small, head, 1, 1)
    canvas.restoreState()
    drawn = wall.shape.width * wall.scale
    # in the middle where there is room left
    left = (sheet.size[0] - drawn) / 2
    canvas.saveState()
    canvas.translate(left, sheet.size[1] - 118 * factor)
    canvas.scale(wall.scale, wall.scale)
    Cards(wall).draw(canvas, range(len(wall.boxes)))
    canvas.restoreState()
    canvas.showPage()


def _draw_title(canvas: Any, sheet: base.Sheet) -> None:
    top = sheet.size[1] - _PLAN_TOP
    base.put(canvas, style.MARGIN, top - 20, style.TITLE, fonts.fitted(sheet.title, style.TITLE, sheet.room))
    line = fonts.fitted(sheet.subtitle, style.SUBTITLE, sheet.room)
    base.put(canvas, style.MARGIN, top - 38, style.SUBTITLE, line)


def _tiled(canvas: Any, wall: Wall, tiles: Tiles, sheet: base.Sheet, head: base.Head, watch: Watch) -> None:
    count = wall.sheets
    if wall.is_planned:
        base.draw_head(canvas, sheet, head, first=True)
        _draw_title(canvas, sheet)
        _plan_page(canvas, wall, tiles, sheet)
        base.draw_foot(canvas, sheet, head, 1, count)
        canvas.showPage()
    cards = Cards(wall)
    pages = list(wall.on_sheets.items())
    for number, ((row, column), boxes) in enumerate(watch.over(pages, 0.2, 0.9, every=1), 2):
        canvas.saveState()
        frame = canvas.beginPath()
        across, down = tiles.room
        frame.rect(MARGIN, MARGIN, across, down)
        canvas.clipPath(frame, stroke=0, fill=0)
        shown = tiles.shown(row, column)
        canvas.translate(MARGIN, sheet.size[1] - MARGIN)
        canvas.scale(tiles.scale, tiles.scale)
        canvas.translate(-shown.left, shown.top)
        cards.draw(canvas, boxes)
        canvas.restoreState()
        if wall.is_planned:
            _marks(canvas, tiles, row, column)
            _edges(canvas, tiles, sheet, head, (row, column), (number, count))
        else:
            _edges_of_one(canvas, wall, sheet, head)
        canvas.showPage()


def _place(tiles: Tiles, row: int, column: int) -> str:
    text = _("Row {row} of {rows}, column {column} of {columns}")
    return text.format(row=row + 1, rows=tiles.rows, column=column + 1, columns=tiles.columns)


def _marks(canvas: Any, tiles: Tiles, row: int, column: int) -> None:
    """Where to cut, and up to where the next sheet is glued over this one."""
    width, height = tiles.sheet
    left, right, bottom, top = MARGIN, width - MARGIN, MARGIN, height - MARGIN
    canvas.setStrokeColor(style.GREY)
    canvas.setLineWidth(0.5)
    canvas.setDash()
    # cut off the left and upper margin, where a sheet lies before this one
    if column:
        canvas.line(left, 4, left, height - 4)
    if row:
        canvas.line(4, top, width - 4, top)
    canvas.setDash(4, 3)
    if column < tiles.columns - 1:
        canvas.line(right - OVERLAP, 4, right - OVERLAP, height - 4)
    if row < tiles.rows - 1:
        canvas.line(4, bottom + OVERLAP, width - 4, bottom + OVERLAP)
    canvas.setDash()


def _edges(
    canvas: Any, tiles: Tiles, sheet: base.Sheet, head: base.Head, place: tuple[int, int], page: tuple[int, int]
) -> None:
    """What stands in the margins: whose chart it is, which sheet, the day and the page."""
    width, height = tiles.sheet
    room = (width - 2 * MARGIN) / 2 - OVERLAP
    # clear of the dashed line
    right_edge = width - MARGIN - OVERLAP - 6
    where = fonts.printable(_place(tiles, *place))
    whose = " · ".join(part for part in (head.owner, head.company, sheet.title) if part)
    number = fonts.printable(_("Page {number} of {count}").format(number=page[0], count=page[1]))
    for x, y, text, right in (
        (MARGIN, height - 22, fonts.fitted(whose, style.RUNNING, room), False),
        (right_edge, height - 22, where, True),
        (MARGIN, 16, format_date(head.day), False),
        (right_edge, 16, number, True),
    ):
        base.put(canvas, x - (fonts.width(text, _SHEET) if right else 0), y, _SHEET, text)
    canvas.bookmarkPage(f"sheet{page[0]}")
    canvas.addOutlineEntry(where, f"sheet{page[0]}")


def _edges_of_one(canvas: Any, wall: Wall, sheet: base.Sheet, head: base.Head) -> None:
    """The margins of a sheet that stands alone: what it is, the day, and what the marks mean."""
    width, height = sheet.size
    day = format_date(head.day)
    taken = fonts.width(day, _SHEET)
    told = " · ".join(part for part in (head.owner, head.company, sheet.title, sheet.subtitle) if part)
    whose = fonts.fitted(told, _SHEET, width - 2 * MARGIN - taken - 12)
    base.put(canvas, MARGIN, height - 22, _SHEET, whose)
    base.put(canvas, width - MARGIN - taken, height - 22, _SHEET, day)
    legend(canvas, wall.seen, MARGIN, 16)


def _plan_page(canvas: Any, wall: Wall, tiles: Tiles, sheet: base.Sheet) -> None:
    top = sheet.size[1] - 118
    for line in _how(wall, tiles, sheet.room):
        for run in line.runs:
            base.put(canvas, style.MARGIN + run.x, top - run.down, run.style, run.text)
        top -= line.height
    legend(canvas, wall.seen, style.MARGIN, 58)
    _small_plan(canvas, wall, tiles, (style.MARGIN, 76), (sheet.room, top - 8 - 76))


def _how(wall: Wall, tiles: Tiles, room: float) -> list[Block]:
    text = ngettext(
        "{count} sheet of {paper}, {columns} wide and {rows} high, with type of {size} pt.",
        "{count} sheets of {paper}, {columns} wide and {rows} high, with type of {size} pt.",
        len(wall.on_sheets),
    )
    told = [
        text.format(
            count=format_number(len(wall.on_sheets)),
            paper=wall.options.paper.value,
            columns=tiles.columns,
            rows=tiles.rows,
            size=format_number(round(wall.type_size)),
        ),
        _("Print at 100 %, not fitted to the page."),
    ]
    if len(wall.on_sheets) < tiles.rows * tiles.columns:
        told.append(_("Sheets that would be empty are left out; they have no number in the plan."))
    if len(wall.on_sheets) > 1:
        told.append(
            _(
                "Cut each sheet along its solid lines, at the left and at the top, and glue it over the sheet "
                "before it, up to the dashed line. Neighbours overlap by 1 cm."
            )
        )
    return [*paragraph(" ".join(told), style.BODY, room), gap(6)]


def _small_plan(
    canvas: Any, wall: Wall, tiles: Tiles, corner: tuple[float, float], room: tuple[float, float]
) -> None:
    """All sheets in small, each with the page it is on, over the cards as blocks."""
    last = tiles.shown(tiles.rows - 1, tiles.columns - 1)
    scale = min(room[0] / last.right, room[1] / last.bottom)
    left, top = corner[0] + (room[0] - last.right * scale) / 2, corner[1] + room[1]
    canvas.setFillColor(style.HAIR)
    height = wall.card_height * scale
    for box in wall.boxes[: wall.cards]:
        canvas.rect(
            left + box.left * scale, top - box.top * scale - height, (box.right - box.left) * scale, height, 0, 1
        )
    pages = {place: number for number, place in enumerate(wall.on_sheets, 2)}
    canvas.setStrokeColor(style.INK)
    canvas.setLineWidth(0.4)
    for place, number in pages.items():
        own = tiles.own(*place)
        x, y = left + own.left * scale, top - own.bottom * scale
        across, down = (own.right - own.left) * scale, (own.bottom - own.top) * scale
        canvas.rect(x, y, across, down, 1, 0)
        look = fonts.Style(fonts.BOLD, max(3.0, min(14.0, down / 3, across / 3)), 0, style.ACCENT)
        text = fonts.printable(format_number(number))
        base.put(canvas, x + (across - fonts.width(text, look)) / 2, y + down / 2 - look.size / 3, look, text)
