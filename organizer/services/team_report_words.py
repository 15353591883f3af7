"""What a wall chart will take, told before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from organizer.domain.result import Message
from organizer.i18n import N_, _, format_number, ngettext
from organizer.reports.team_wall_plan import MOST_CARDS, MOST_SHEETS, Wall

_LOTS = 60
"""More sheets than so many are worth a warning."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a report will take, in the language spoken now, a warning or None, and whether it can be made."""

    becomes: str
    warning: Message | None = None
    possible: bool = True


def wall_words(wall: Wall) -> Words:
    """Sheets and type; a warning where it can't be read or takes much paper; a refusal where it is too much."""
    if wall.cards > MOST_CARDS:
        text = N_(
            "{count} cards are more than the {most} that a chart can hold. Draw fewer levels, or only one leg."
        )
        return Words("", Message(text, {"count": wall.cards, "most": MOST_CARDS}), possible=False)
    return _tiled(wall) if wall.is_planned else _one_sheet(wall)


def _one_sheet(wall: Wall) -> Words:
    text = _("One sheet of {paper}, type {size} pt").format(
        paper=wall.options.paper.value, size=_points(wall.type_size)
    )
    if wall.is_readable:
        return Words(text)
    if wall.tiles:
        return Words(text, Message("Type this small can't be read on paper. Choose larger type."))
    found = wall.larger()
    if found is None:
        told = N_(
            "Type this small can't be read on paper. Spread it over several sheets, draw fewer levels, or one leg."
        )
        return Words(text, Message(told))
    told = N_(
        "Type this small can't be read on paper. On {paper} it would be {size} pt. "
        "Or spread it over several sheets."
    )
    return Words(text, Message(told, {"paper": found[0].value, "size": _points(found[1])}))


def _tiled(wall: Wall) -> Words:
    tiles = wall.tiles
    assert tiles is not None  # noqa: S101 - asked only where there are some
    across, down, count = tiles.columns, tiles.rows, tiles.columns * tiles.rows
    text = _("{across} × {down} sheets of {paper}, type {size} pt").format(
        across=format_number(across),
        down=format_number(down),
        paper=wall.options.paper.value,
        size=_points(wall.type_size),
    )
    if count > MOST_SHEETS:
        told = N_(
            "{count} sheets are more than the {most} that can be made. Choose smaller type or larger paper, draw "
            "fewer levels, or only one leg."
        )
        return Words(text, Message(told, {"count": count, "most": MOST_SHEETS}), possible=False)
    pages = wall.sheets
    more = ngettext("{count} page with the plan of the sheets", "{count} pages with the plan of the sheets", pages)
    text = f"{text} · {more.format(count=format_number(pages))}"
    if not wall.is_readable:
        return Words(text, Message("Type this small can't be read on paper. Choose larger type."))
    if pages > _LOTS:
        return Words(text, Message("That is a lot of paper to glue. Fewer levels or only one leg takes less."))
    return Words(text)


def _points(size: float) -> str:
    """A size of type, to half a point, very small ones to a tenth."""
    rounded = round(size * 2) / 2 if size >= 1 else round(size, 1)
    return format_number(Decimal(str(rounded)))
