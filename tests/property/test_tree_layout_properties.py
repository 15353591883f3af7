"""The drawn chart over random forests: nothing overlaps, order is kept, those above stand in the middle."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain import tree, tree_layout
from organizer.domain.tree_layout import COUSIN, SIBLING, Layout, Legs, lay_out
from tests.property import layout_reference

NEAR = 1e-6


@st.composite
def forests(draw: st.DrawFn, most: int = 40) -> list[int]:
    """Parent links, the members in any order."""
    size = draw(st.integers(0, most))
    # near the newest: deep and narrow; anywhere: wide
    reach = draw(st.sampled_from((1, 2, 4, 1000)))
    links = [draw(st.integers(max(-1, member - reach), member - 1)) for member in range(size)]
    name = draw(st.permutations(range(size)))
    parent = [-1] * size
    for member, above in enumerate(links):
        parent[name[member]] = name[above] if above >= 0 else -1
    return parent


@st.composite
def legged(draw: st.DrawFn) -> tuple[list[int], Legs]:
    """A tree of two or three legs; some legs are taken twice, not known, or no leg of the plan."""
    width = draw(st.integers(2, 3))
    parent: list[int] = []
    slots: list[int] = []
    for member in range(draw(st.integers(1, 25))):
        parent.append(draw(st.integers(0, member - 1)) if member else -1)
        slots.append(draw(st.integers(0, width + 1)))
    return parent, Legs(width, slots, draw(st.booleans()))


def check_drawing(layout: Layout) -> None:
    """What makes a drawing readable, for any layout."""
    for row in range(layout.depth):
        places = range(layout.rows[row], layout.rows[row + 1])
        for left, right in pairwise(places):
            apart = SIBLING if layout.above[left] == layout.above[right] or not row else COUSIN
            assert layout.x[right] - layout.x[left] >= apart - NEAR, "they overlap"
            assert layout.above[left] <= layout.above[right], "lines would cross"
    for place in range(len(layout)):
        under = layout.under(place)
        assert all(layout.above[below] == place and layout.row(below) == layout.row(place) + 1 for below in under)
        if under:
            middle = (layout.x[under[0]] + layout.x[under[-1]]) / 2
            assert layout.x[place] == pytest.approx(middle, abs=NEAR)
    if len(layout):
        assert min(layout.x) == pytest.approx(0, abs=NEAR)
        assert max(layout.x) == pytest.approx(layout.width, abs=NEAR)


@given(forests(), st.data())
def test_nothing_overlaps_and_order_is_kept(parent: list[int], data: st.DataObject) -> None:
    siblings = data.draw(st.permutations(range(len(parent))))
    layout = lay_out(parent, siblings)
    check_drawing(layout)
    turn = {member: place for place, member in enumerate(siblings)}
    assert sorted(layout.members) == list(range(len(parent)))
    assert all(layout.members[layout.place_of[member]] == member for member in range(len(parent)))
    for place in range(len(layout)):
        names = [turn[layout.members[below]] for below in layout.under(place)]
        assert names == sorted(names)
        assert {parent[layout.members[below]] for below in layout.under(place)} <= {layout.members[place]}


@settings(max_examples=60)
@given(forests(25))
def test_everyone_stands_where_the_plain_way_puts_her(parent: list[int]) -> None:
    layout = lay_out(parent)
    tops = [member for member, above in enumerate(parent) if above < 0]
    expected = layout_reference.positions(tree.children_of(parent), tops)
    assert {member: layout.x[layout.place_of[member]] for member in expected} == pytest.approx(expected, abs=NEAR)


@given(forests(), st.data())
def test_a_branch_has_the_same_shape_wherever_it_stands(parent: list[int], data: st.DataObject) -> None:
    if not parent:
        return
    whole, top = lay_out(parent), data.draw(st.integers(0, len(parent) - 1))
    alone = lay_out(parent, top=top)
    at = whole.x[whole.place_of[top]] - alone.x[0]
    for place, member in enumerate(alone.members):
        assert whole.x[whole.place_of[member]] == pytest.approx(alone.x[place] + at, abs=NEAR)
    left, right, row = whole.span(whole.place_of[top])
    assert (left, right) == pytest.approx((at, at + alone.width), abs=NEAR)
    assert row == whole.row(whole.place_of[top]) + alone.depth - 1


@given(forests(), st.data())
def test_a_mirrored_team_is_drawn_mirrored(parent: list[int], data: st.DataObject) -> None:
    layout = lay_out(parent)
    mirrored = lay_out(parent, range(len(parent) - 1, -1, -1))
    for member in range(len(parent)):
        x = mirrored.x[mirrored.place_of[member]]
        assert x == pytest.approx(layout.width - layout.x[layout.place_of[member]], abs=NEAR)


@given(forests(), st.data())
def test_nobody_below_the_collapsed_is_laid_out(parent: list[int], data: st.DataObject) -> None:
    members = range(len(parent))
    collapsed = set(data.draw(st.lists(st.sampled_from(members)))) if parent else set()
    layout = lay_out(parent, collapsed=collapsed)
    check_drawing(layout)
    shown = {member for member in members if not collapsed & set(tree.ancestors(parent, member))}
    assert set(layout.members) == shown
    assert [member for member in members if layout.place_of[member] >= 0] == sorted(shown)


@given(legged())
def test_legs_keep_their_side_and_leave_free_places(drawn: tuple[list[int], Legs]) -> None:
    parent, legs = drawn
    layout = lay_out(parent, legs=legs)
    check_drawing(layout)
    children = tree.children_of(parent)
    assert sorted(member for member in layout.members if member >= 0) == list(range(len(parent)))
    for place, member in enumerate(layout.members):
        under, own = layout.under(place), children[member] if member >= 0 else []
        slots = [legs.slots[child] for child in own]
        sure = len(set(slots)) == len(slots) and all(0 < slot <= legs.width for slot in slots)
        taken = {layout.slots[below]: layout.members[below] for below in under if layout.members[below] >= 0}
        if member < 0 or not (own or legs.ends):
            assert not under
        elif sure:
            assert [layout.slots[below] for below in under] == list(range(1, legs.width + 1))
            assert taken == dict(zip(slots, own, strict=True))
        else:
            assert sorted(layout.members[below] for below in under) == own, "a place was said to be free"


@settings(max_examples=40)
@given(forests(), st.floats(-2, 40), st.floats(0, 10))
def test_what_is_in_sight_is_found_by_search(parent: list[int], left: float, wide: float) -> None:
    layout = lay_out(parent)
    for row in range(layout.depth):
        places = range(layout.rows[row], layout.rows[row + 1])
        seen = [place for place in places if left <= layout.x[place] <= left + wide]
        assert list(layout.between(row, left, left + wide)) == seen


SHAPES: dict[str, Callable[[int], list[int]]] = {
    "chain": lambda size: list(range(-1, size - 1)),
    "star": lambda size: [-1] + [0] * (size - 1),
    "broom": lambda size: [*range(-1, size // 2 - 1)] + [size // 2 - 1] * (size - size // 2),
    "caterpillar": lambda size: [-1] + [(i - 1) // 3 * 3 for i in range(1, size)],
    "doors": lambda size: [-1] + [0 if i % 32 == 1 else i - 1 for i in range(1, size)],
    "seven": lambda size: [-1] + [(i - 1) // 7 for i in range(1, size)],
    "stairs": lambda size: [-1] + [max(i - 2 - i % 2, 0) for i in range(1, size)],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_as_the_team_does(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[int] = []
    reach, cover = tree_layout._reach, tree_layout._cover

    def counting(right: list[float], left: list[float]) -> float:
        rows.append(len(left))
        return reach(right, left)

    def covering(lower: list[float], outer: list[tuple[list[float], float]]) -> None:
        rows.append(max((len(other) for other, _moved in outer), default=0))
        cover(lower, outer)

    monkeypatch.setattr(tree_layout, "_reach", counting)
    monkeypatch.setattr(tree_layout, "_cover", covering)
    for size in (300, 3000):
        rows.clear()
        layout = lay_out(SHAPES[shape](size))
        # no row of an outline is looked at but when a branch ends in it
        assert sum(rows) <= 3 * size
        assert len(rows) <= 3 * size
        check_drawing(layout)
