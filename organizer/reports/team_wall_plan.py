"""A wall chart before it is drawn: who is on it, where, how large, and on how many sheets."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from organizer.domain import tree
from organizer.domain.tree_layout import Layout, Legs, by_name, lay_out
from organizer.reports.team_paper import READABLE, Box, Paper, Tiles, fitting_scale, gathered, paper_size
from organizer.reports.team_seen import Seen
from organizer.reports.team_shape import CARD, Shape, packed, tidy

TYPE = 7.5
"""The smallest type on a card at scale 1, in points."""

PAD, NAME_LINE, LINE = 5.0, 12.0, 10.0
"""A card's measures: above and below the text, and how far its lines are apart."""

MOST_SHEETS = 400
"""More sheets are not made."""

MOST_CARDS = 20_000
"""More cards are not drawn."""

_STRIP = 0.03

_SIDE, _TOP, _BOTTOM = 42.0, 118.0, 74.0
"""What one sheet needs around the drawing, at A4."""


@dataclass(frozen=True, slots=True)
class WallOptions:
    """How a wall chart is made. `tiled`: over sheets of `paper`, with type of `type_size` points, else on one.

    `levels`: so many are drawn, 0 for all. `saves_paper`: cards stand in columns, else each level in a row.
    """

    paper: Paper = Paper.A3
    lying: bool = True
    tiled: bool = False
    type_size: float = 7.0
    levels: int = 0
    saves_paper: bool = True


def enlarged(paper: Paper) -> float:
    """How much larger head and foot are on a sheet than on A4."""
    return math.sqrt(paper_size(paper, False)[0] / paper_size(Paper.A4, False)[0])


def room_on(paper: Paper, lying: bool) -> tuple[float, float]:
    """What one sheet has for the drawing."""
    width, height = paper_size(paper, lying)
    factor = enlarged(paper)
    return width - 2 * _SIDE * factor, height - (_TOP + _BOTTOM) * factor


class Wall:
    """A planned wall chart. Raises CycleError where the links run in a circle."""

    def __init__(self, seen: Seen, options: WallOptions) -> None:
        self.seen, self.options = seen, options
        parent = seen.parent
        order = tree.top_down(parent)
        self._depths = tree.depths(parent, order)
        self._sizes = tree.subtree_sums(parent, order, [1] * len(parent))
        legs = Legs(seen.width, [seen.slot(member) for member in range(len(parent))]) if seen.width else None
        # the order of the screen
        self.layout: Layout = lay_out(
            parent, legs=legs, collapsed=self._collapsed(), top=seen.top, siblings=by_name(seen.team.names)
        )

    def _collapsed(self) -> frozenset[int]:
        levels = self.options.levels
        if not levels:
            return frozenset()
        last = levels - 1 + (self._depths[self.seen.top] if self.seen.top >= 0 else 0)
        return frozenset(member for member, depth in enumerate(self._depths) if depth == last)

    @property
    def cards(self) -> int:
        """How many cards are drawn, free places too."""
        return len(self.layout)

    def hidden(self, place: int) -> int:
        """How many stand below the one at a place who aren't drawn."""
        member = self.layout.members[place]
        return 0 if member < 0 or self.layout.under(place) else self._sizes[member] - 1

    @cached_property
    def lines(self) -> int:
        """How many lines of small type a card has below its name."""
        hidden = bool(self.options.levels) and any(map(self.hidden, range(self.cards)))
        return 1 + len(self.seen.figures) + hidden

    @property
    def card_height(self) -> float:
        """How high a card is at scale 1."""
        return 2 * PAD + NAME_LINE + LINE * self.lines

    @cached_property
    def shape(self) -> Shape:
        """Where the cards stand."""
        if not self.options.saves_paper:
            return tidy(self.layout, self.card_height)
        value = self._sheets_saved if self.options.tiled else self._scale_on_one
        return packed(self.layout, self.card_height, self.seen.width == 2, value)

    def _scale_on_one(self, width: float, height: float) -> float:
        return fitting_scale((width, height), room_on(self.options.paper, self.options.lying))

    def _sheets_saved(self, width: float, height: float) -> float:
        tiles = self._tiles(width, height)
        # a long strip of few sheets is no better than a few sheets more that fit a wall
        strip = max(tiles.columns / tiles.rows, tiles.rows / tiles.columns)
        return -tiles.rows * tiles.columns * (1 + _STRIP * strip)

    def _tiles(self, width: float, height: float) -> Tiles:
        sheet = paper_size(self.options.paper, self.options.lying)
        return Tiles(sheet, (width, height), self.options.type_size / TYPE)

    @cached_property
    def tiles(self) -> Tiles | None:
        """The sheets that it is tiled over, None on one."""
        return self._tiles(self.shape.width, self.shape.height) if self.options.tiled else None

    @property
    def scale(self) -> float:
        """How much larger it is than at scale 1."""
        return self.tiles.scale if self.tiles else self._scale_on_one(self.shape.width, self.shape.height)

    @property
    def type_size(self) -> float:
        """Its smallest type, in points."""
        return TYPE * self.scale

    @property
    def is_readable(self) -> bool:
        """Whether the smallest type can be read on paper."""
        # a hair's breadth less is the same type
        return self.type_size >= READABLE - 0.05

    @cached_property
    def boxes(self) -> Sequence[Box]:
        """The cards' rectangles, and after them the connectors' strokes."""
        shape, height = self.shape, self.card_height
        cards = [Box(x, y, x + CARD, y + height) for x, y in zip(shape.lefts, shape.tops, strict=True)]
        return [*cards, *(Box(*line) for line in shape.lines)]

    @cached_property
    def on_sheets(self) -> Mapping[tuple[int, int], Sequence[int]]:
        """For each tile with something on it, by row and column: which of the `boxes` it shows."""
        return gathered(self.tiles, self.boxes) if self.tiles else {}

    @property
    def sheets(self) -> int:
        """How many pages it takes; several sheets begin with a plan of them."""
        return 1 + len(self.on_sheets) if self.is_planned else 1

    @property
    def is_planned(self) -> bool:
        """Whether a plan of the sheets comes first: one sheet alone needs none."""
        # an empty team has no sheets but its plan
        return bool(self.tiles and (self.tiles.rows * self.tiles.columns > 1 or not self.on_sheets))

    def larger(self) -> tuple[Paper, float] | None:
        """The next larger paper on which one sheet could be read, with its type; None where there is none."""
        papers = list(Paper)
        for paper in papers[papers.index(self.options.paper) + 1 :]:
            drawing = self.shape.width, self.shape.height
            size = TYPE * fitting_scale(drawing, room_on(paper, self.options.lying))
            if size >= READABLE:
                return paper, size
        return None
