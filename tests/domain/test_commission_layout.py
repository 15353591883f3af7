"""A tree laid out in a line: sums, the nearest one above, legs; against walking the tree by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain import tree
from organizer.domain.commission.layout import Layout


@st.composite
def forests(draw: st.DrawFn) -> list[int]:
    size = draw(st.integers(0, 14))
    order = draw(st.permutations(range(size)))
    parent = [-1] * size
    for place in range(1, size):
        above = draw(st.integers(-1, place - 1))
        parent[order[place]] = order[above] if above >= 0 else -1
    return parent


def group(parent: list[int], top: int) -> set[int]:
    return {member for member in range(len(parent)) if top in [member, *tree.ancestors(parent, member)]}


@given(forests())
def test_the_line_is_depth_first_and_each_subtree_a_slice(parent: list[int]) -> None:
    layout = Layout(parent)
    assert layout.order.tolist() == tree.depth_first(parent)
    for member in range(len(parent)):
        assert set(layout.order[layout.place[member] : layout.end[member]].tolist()) == group(parent, member)
        assert set(layout.below(member).tolist()) == group(parent, member) - {member}
        assert set(np.flatnonzero(layout.under(member)).tolist()) == group(parent, member)
        assert layout.children(member).tolist() == tree.children_of(parent)[member]
        assert layout.ancestors(member) == list(tree.ancestors(parent, member))
    assert layout.depth[:-1].tolist() == tree.depths(parent, tree.top_down(parent))


@given(forests(), st.data())
def test_sums_counts_and_who_holds_someone(parent: list[int], data: st.DataObject) -> None:
    size = len(parent)
    values = data.draw(st.lists(st.integers(-(10**20), 10**20), min_size=size, max_size=size))
    chosen = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    layout, mask = Layout(parent), np.asarray(chosen, dtype=np.bool_)
    from organizer.domain.commission.arrays import ints

    sums, child_sums = layout.subtree_sums(ints(values)), layout.child_sums(ints(values))
    counts, holds = layout.child_counts(mask), layout.holds(mask)
    for member in range(size):
        children = tree.children_of(parent)[member]
        assert int(sums[member]) == sum(values[one] for one in group(parent, member))
        assert int(child_sums[member]) == sum(values[one] for one in children)
        assert counts[member] == sum(chosen[one] for one in children)
        assert holds[member] == any(chosen[one] for one in group(parent, member))


@given(forests(), st.data())
def test_the_nearest_one_above_also_after_a_few_changes(parent: list[int], data: st.DataObject) -> None:
    size = len(parent)
    layout = Layout(parent)
    mask = np.asarray(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=np.bool_)
    for _change in range(4):
        found = layout.nearest(mask)
        for member in range(size):
            way = [member, *tree.ancestors(parent, member)]
            assert found[member] == next((one for one in way if mask[one]), size)
        if size:
            flipped = data.draw(st.lists(st.integers(0, size - 1), max_size=3))
            mask = mask.copy()
            mask[flipped] = ~mask[flipped]


@given(forests(), st.data())
def test_in_whose_leg_somebody_stands(parent: list[int], data: st.DataObject) -> None:
    size = len(parent)
    tops = data.draw(st.lists(st.integers(-1, size - 1), min_size=size, max_size=size))
    layout = Layout(parent)
    found = layout.legs_of(np.asarray(tops, dtype=np.int64))
    for member, top in enumerate(tops):
        children = tree.children_of(parent)[top] if top >= 0 else []
        leg = next((child for child in children if member in group(parent, child)), size)
        assert found[member] == leg
        if top >= 0:
            assert layout.leg_of(top, member) == (leg if leg < size else -1)


@pytest.mark.parametrize("parent", [[0], [1, 0], [-1, 2, 1], [1, 2, 0, -1, 3]])
def test_a_circle_is_refused(parent: list[int]) -> None:
    with pytest.raises(tree.CycleError):
        Layout(parent)


@pytest.mark.parametrize("shape", ["chain", "star", "alone"])
def test_a_hundred_thousand(shape: str) -> None:
    size = 100_000
    parent = {"chain": [-1, *range(size - 1)], "star": [-1] + [0] * (size - 1), "alone": [-1] * size}[shape]
    layout = Layout(parent)
    sums = layout.subtree_sums(np.ones(size, dtype=np.int64))
    assert sums[0] == (1 if shape == "alone" else size)
    assert sums[size - 1] == 1
    assert layout.nearest(np.arange(size) == 0)[size - 1] == (size if shape == "alone" else 0)
