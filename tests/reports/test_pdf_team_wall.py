"""The wall chart: paper, tiles, packing, and what is printed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_support import HEAD, chain, dense, pages, team, text

from organizer.domain.result import Cancelled
from organizer.domain.team import Kind, Team, Tree
from organizer.domain.team_change import Changes, Difference
from organizer.domain.tree_layout import lay_out
from organizer.i18n import set_language
from organizer.reports.team_paper import OVERLAP, Box, Paper, Tiles, gathered, paper_size
from organizer.reports.team_seen import Naming, Seen, initials
from organizer.reports.team_shape import CARD, Shape, packed, tidy
from organizer.reports.team_wall import wall_chart
from organizer.reports.team_wall_plan import MOST_CARDS, TYPE, Wall, WallOptions

LENGTHS = st.floats(1, 20_000)


def grown(draws: list[int]) -> list[int]:
    return [draw % (place + 1) - 1 for place, draw in enumerate(draws)]


def meet(one: Box, other: Box) -> bool:
    """Whether they share more than an edge."""
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def seen(members: Team, **more: Any) -> Seen:
    pv = members.volumes.get("pv", [None] * len(members))
    figures = [("PV", pv), ("Group", [amount and amount * 3 for amount in pv])]
    return Seen(members, "october 2026", figures, [amount is not None for amount in pv], **more)


def binary() -> Team:
    """A top with a left one, under whom only the right place is taken."""
    legs = ["", "left", "right"]
    return replace(chain(3), legs=legs, sponsor=[-1, 0, 1], placement=[-1, 0, 1])


@given(LENGTHS, LENGTHS, st.floats(0.3, 3), st.sampled_from(Paper), st.booleans())
def test_tiles_own_everything_once_and_overlap_by_the_same(
    width: float, height: float, scale: float, paper: Paper, lying: bool
) -> None:
    tiles = Tiles(paper_size(paper, lying), (width, height), scale)
    for count, place in ((tiles.columns, "column"), (tiles.rows, "row")):
        edges = [(0, one) if place == "column" else (one, 0) for one in range(count)]
        own = [tiles.own(*edge) for edge in edges]
        shown = [tiles.shown(*edge) for edge in edges]
        spans = [(box.left, box.right) if place == "column" else (box.top, box.bottom) for box in own]
        wider = [(box.left, box.right) if place == "column" else (box.top, box.bottom) for box in shown]
        assert spans[0][0] == 0
        assert spans[-1][1] >= (width if place == "column" else height) - 0.1 / scale
        for one, other in itertools.pairwise(spans):
            assert one[1] == pytest.approx(other[0])
        for one, other in itertools.pairwise(wider):
            assert one[1] - other[0] == pytest.approx(OVERLAP / scale)
        # one sheet fewer would not be enough
        assert count == 1 or wider[-2][1] < (width if place == "column" else height)


@given(st.lists(st.tuples(*[st.floats(0, 1)] * 4), min_size=1, max_size=12), st.floats(0.4, 2))
def test_each_box_is_on_every_sheet_that_shows_some_of_it(corners: list[tuple[float, ...]], scale: float) -> None:
    size = 4_000.0
    boxes = [
        Box(min(a, c) * size, min(b, d) * size, max(a, c) * size + 1, max(b, d) * size + 1)
        for a, b, c, d in corners
    ]
    tiles = Tiles(paper_size(Paper.A4, lying=True), (size + 1, size + 1), scale)
    found = gathered(tiles, boxes)
    for row in range(tiles.rows):
        for column in range(tiles.columns):
            told = set(found.get((row, column), ()))
            assert {place for place, box in enumerate(boxes) if meet(box, tiles.shown(row, column))} <= told
            edge = tiles.shown(row, column)
            near = Box(edge.left - 0.01, edge.top - 0.01, edge.right + 0.01, edge.bottom + 0.01)
            assert all(meet(boxes[place], near) for place in told)


def overlapping(shape: Shape, height: float) -> bool:
    cards = sorted(zip(shape.tops, shape.lefts, strict=True))
    for place, (top, left) in enumerate(cards):
        for other_top, other_left in cards[place + 1 :]:
            if other_top >= top + height - 1e-6:
                break
            if abs(left - other_left) < CARD - 1e-6:
                return True
    return False


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60), st.floats(0.2, 5), st.booleans())
def test_packed_cards_never_overlap_and_lie_within_the_drawing(
    draws: list[int], ratio: float, sided: bool
) -> None:
    layout = lay_out(grown(draws))
    for shape in (
        packed(layout, 50, sided, lambda width, height: -max(width, height * ratio)),
        tidy(layout, 50),
    ):
        assert len(shape.lefts) == len(draws)
        assert not overlapping(shape, 50)
        assert min(shape.lefts) >= -1e-6
        assert max(shape.lefts) + CARD <= shape.width + 1e-6
        assert max(shape.tops) + 50 <= shape.height + 1e-6
        for place, above in enumerate(layout.above):
            assert above < 0 or shape.tops[place] >= shape.tops[above] + 50
        assert all(line.x0 <= line.x1 and line.y0 <= line.y1 + 1e-6 for line in shape.lines)
        assert all(line.x0 >= -1e-6 and line.x1 <= shape.width + 1e-6 for line in shape.lines)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40), st.booleans())
def test_connectors_lead_from_each_card_to_the_one_above(draws: list[int], saves_paper: bool) -> None:
    layout = lay_out(grown(draws))
    shape = packed(layout, 50, False, lambda w, h: -max(w, h)) if saves_paper else tidy(layout, 50)
    for place, above in enumerate(layout.above):
        if above < 0:
            continue
        ends = [
            line
            for line in shape.lines
            # at its left edge, or at the middle of its upper edge
            if (line.x1 == pytest.approx(shape.lefts[place]) and line.y0 == pytest.approx(shape.tops[place] + 25))
            or (
                line.y1 == pytest.approx(shape.tops[place])
                and line.x0 == pytest.approx(shape.lefts[place] + CARD / 2)
            )
        ]
        assert ends
        starts = [line for line in shape.lines if line.y0 == pytest.approx(shape.tops[above] + 50)]
        assert any(shape.lefts[above] <= line.x0 <= shape.lefts[above] + CARD for line in starts)


def test_everybody_is_on_one_sheet_with_her_figures() -> None:
    members = team()
    wall = Wall(seen(members), WallOptions(Paper.A0))
    made = wall_chart(wall, HEAD)
    found = text(made)
    assert len(pages(made)) == 1
    assert all(number in found for number in members.numbers)
    assert "October 2026 · 240 members" in found
    assert "Åse Jørgensen" in found
    assert "Page 1 of 1" in found
    with pypdfium2.PdfDocument(made) as pdf:
        width, height = pdf[0].get_size()
    assert (round(width), round(height)) == (3370, 2384)


def test_packing_gives_larger_type_than_a_row_for_each_level() -> None:
    sizes = [Wall(seen(team()), WallOptions(Paper.A1, saves_paper=packs)).type_size for packs in (True, False)]
    assert sizes[0] > 2 * sizes[1]


def test_what_cannot_be_read_names_the_next_paper_on_which_it_can() -> None:
    wall = Wall(seen(team()), WallOptions(Paper.A3))
    assert not wall.is_readable
    found = wall.larger()
    assert found is not None
    assert Wall(seen(team()), WallOptions(found[0])).is_readable
    assert Wall(seen(chain(2)), WallOptions(Paper.A4)).is_readable


def test_tiles_begin_with_a_plan_and_say_which_they_are() -> None:
    members = team()
    wall = Wall(seen(members), WallOptions(Paper.A4, tiled=True, type_size=7))
    made = wall_chart(wall, HEAD)
    found = pages(made)
    tiles = wall.tiles
    assert tiles is not None
    assert wall.type_size == 7
    assert len(found) == wall.sheets == 1 + len(wall.on_sheets)
    assert f"{len(wall.on_sheets)} sheets of A4, {tiles.columns} wide and {tiles.rows} high" in found[0]
    for page, (row, column) in zip(found[1:], wall.on_sheets, strict=True):
        assert f"Row {row + 1} of {tiles.rows}, column {column + 1} of {tiles.columns}" in page
    assert f"Page {wall.sheets} of {wall.sheets}" in found[-1]
    # where a card is cut by one sheet's edge, its neighbour shows it, so every name is whole somewhere
    assert all(any(name in page for page in found[1:]) for name in members.names if len(name) < 20)
    with pypdfium2.PdfDocument(made) as pdf:
        assert len(list(pdf.get_toc())) == wall.sheets - 1


def test_sheets_that_would_be_empty_are_left_out() -> None:
    # one long chain beside two hundred others leaves the lower right empty
    parent = [-1, *range(40), *[0] * 200]
    wide = replace(chain(len(parent)), sponsor=parent, placement=parent)
    wall = Wall(seen(wide), WallOptions(Paper.A4, tiled=True, saves_paper=False))
    tiles = wall.tiles
    assert tiles is not None
    assert len(wall.on_sheets) < tiles.rows * tiles.columns
    assert "Sheets that would be empty are left out" in pages(wall_chart(wall, HEAD))[0]


def test_levels_below_are_counted() -> None:
    wall = Wall(seen(chain(10)), WallOptions(levels=3))
    found = text(wall_chart(wall, HEAD))
    assert "+ 7 below" in found
    assert "10 members · 3 of them drawn: 3 levels" in found
    assert "Person3" not in found


def test_a_leg_is_drawn_alone_and_its_levels_count_from_it() -> None:
    wall = Wall(seen(chain(10), top=4), WallOptions(levels=2))
    found = text(wall_chart(wall, HEAD))
    assert "Team chart: Person4" in found
    assert "Person5" in found
    assert "+ 4 below" in found
    assert "6 members" in found
    assert "Person3" not in found


def test_free_places_of_a_binary_tree_are_drawn() -> None:
    wall = Wall(seen(binary(), shown=Tree.PLACEMENT, width=2), WallOptions())
    found = text(wall_chart(wall, HEAD))
    assert "Right, free" in found
    assert "Left, free" in found
    assert "Left · 10001" in found
    assert wall.cards == 5


@pytest.mark.parametrize("naming", [Naming.NUMBERS, Naming.INITIALS])
@pytest.mark.parametrize("tiled", [True, False])
def test_without_names_nobody_is_named_anywhere(naming: Naming, tiled: bool) -> None:
    members = replace(chain(5), names=["Zoë Quist", "Bea Holm", "Łukasz Vang", "", "Ida Friis"])
    members = replace(members, numbers=["1", "", "3", "4", "5"])
    made = wall_chart(Wall(seen(members, naming=naming, top=1), WallOptions(tiled=tiled)), HEAD)
    told = dense(made)
    with pypdfium2.PdfDocument(made) as pdf:
        told += "".join(pdf.get_metadata_dict().values()) + "".join(entry.get_title() for entry in pdf.get_toc())
    for part in " ".join(members.names).split():
        assert part not in told
        assert part.encode("utf-16-be") not in made
        assert part.encode() not in made
    assert ("ŁV" in told) == (naming is Naming.INITIALS)
    assert ("#2" in told) == (naming is Naming.NUMBERS)


def test_initials_are_letters_only() -> None:
    assert initials("anne-marie von der Höhe 2") == "AVDH"
    assert initials("12 34") == ""
    assert initials("Øjvind Ærø") == "ØÆ"


def test_marks_say_what_has_changed() -> None:
    kinds = [Difference.NEW, Difference.MOVED, Difference.GROWN, Difference.SHRUNK, Difference.SAME]
    changes = Changes(kinds, [None, 1, 12_500, -3_000, 0], [None] * 5, [])
    found = text(wall_chart(Wall(seen(chain(5), changes=changes), WallOptions()), HEAD))
    assert "New" in found
    assert "Moved" in found
    assert "+12.5" in found
    assert any(minus + "3" in found for minus in "–-−")
    assert "own volume since the period compared with" in found


def test_marks_have_a_legend_only_where_they_are_used() -> None:
    plain = Seen(chain(3), "")
    assert "active" not in text(wall_chart(Wall(plain, WallOptions()), HEAD))
    kinds = [Kind.DISTRIBUTOR, Kind.CUSTOMER, Kind.CANCELLED]
    found = text(wall_chart(Wall(seen(replace(chain(3), kinds=kinds)), WallOptions()), HEAD))
    assert "not active" in found
    assert "dashed edge: a customer · dotted edge: has left · – means that it isn't known" in found


def test_a_long_name_and_markup_stay_on_their_card() -> None:
    members = replace(chain(2), names=["<b>Anne-Margrethe</b> von der " * 5, "<img src=x>"])
    found = text(wall_chart(Wall(seen(members), WallOptions()), HEAD))
    assert "<b>Anne-Margrethe" in found
    assert "…" in found
    assert "<img src=x>" in found


def test_an_empty_team_and_one_alone_are_drawn() -> None:
    for size in (0, 1):
        for tiled in (False, True):
            made = wall_chart(Wall(seen(chain(size)), WallOptions(tiled=tiled)), HEAD)
            assert "Team chart" in text(made)


def test_a_very_large_team_is_measured_without_being_drawn() -> None:
    parent = [-1, *range(MOST_CARDS + 1)]
    wall = Wall(seen(replace(chain(len(parent)), sponsor=parent, placement=parent)), WallOptions())
    assert wall.cards > MOST_CARDS
    assert Wall(wall.seen, WallOptions(levels=4)).cards == 4


def test_equal_teams_give_equal_bytes_danish_speaks_and_it_can_be_cancelled() -> None:
    set_language("da")
    made = [wall_chart(Wall(seen(team()), WallOptions(tiled=True)), HEAD) for _round in range(2)]
    assert made[0] == made[1]
    assert "Side 1 af" in text(made[0])
    assert "03.11.2026" in text(made[0])
    wall = Wall(seen(team()), WallOptions())
    with pytest.raises(Cancelled):
        wall_chart(wall, HEAD, cancelled=lambda: True)
    assert wall.type_size == pytest.approx(TYPE * wall.scale)


def test_one_sheet_has_no_plan_before_it() -> None:
    members = chain(3)
    wall = Wall(seen(members), WallOptions(Paper.A4, tiled=True, type_size=7))
    found = pages(wall_chart(wall, HEAD))
    assert len(found) == wall.sheets == 1
    assert "Team chart" in found[0]
    assert "3 members" in found[0]
    assert "not active" in found[0]
    assert all(name in found[0] for name in members.names)
    assert "glue" not in found[0]
