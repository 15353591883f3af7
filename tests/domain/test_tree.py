"""Trees as arrays: every function against its plain definition, on random forests and on degenerate ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain import tree


@st.composite
def forests(draw: st.DrawFn) -> list[int]:
    """Parent indices without a circle, in any order."""
    size = draw(st.integers(0, 25))
    order = draw(st.permutations(range(size)))
    parent = [-1] * size
    for place in range(1, size):
        pick = draw(st.integers(-1, place - 1))
        parent[order[place]] = order[pick] if pick >= 0 else -1
    return parent


LINKS = st.integers(1, 12).flatmap(lambda n: st.lists(st.integers(-1, n - 1), min_size=n, max_size=n))


@given(forests())
def test_top_down_has_everyone_once_after_her_parent_level_by_level(parent: list[int]) -> None:
    order = tree.top_down(parent)
    assert sorted(order) == list(range(len(parent)))
    place = {member: number for number, member in enumerate(order)}
    assert all(above < 0 or place[above] < place[member] for member, above in enumerate(parent))
    depth = tree.depths(parent, order)
    assert [depth[member] for member in order] == sorted(depth)
    tops = [member for member, above in enumerate(parent) if above < 0]
    assert order[: len(tops)] == tops


@given(forests())
def test_parents_come_first_in_whatever_order(parent: list[int]) -> None:
    order = tree.parents_first(parent)
    assert sorted(order) == list(range(len(parent)))
    place = {member: number for number, member in enumerate(order)}
    assert all(above < 0 or place[above] < place[member] for member, above in enumerate(parent))
    values = list(range(len(parent)))
    assert tree.subtree_sums(parent, order, values) == tree.subtree_sums(parent, tree.top_down(parent), values)


@given(LINKS)
def test_no_order_has_parents_first_in_a_circle(parent: list[int]) -> None:
    if tree.find_cycle(parent):
        with pytest.raises(tree.CycleError):
            tree.parents_first(parent)


@given(forests())
def test_siblings_come_in_index_order(parent: list[int]) -> None:
    order = tree.top_down(parent)
    for children in tree.children_of(parent):
        assert [member for member in order if member in children] == sorted(children)


@given(forests(), st.data())
def test_sums_depths_and_ancestors_by_definition(parent: list[int], data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(-99, 99), min_size=len(parent), max_size=len(parent)))
    order = tree.top_down(parent)
    sums = tree.subtree_sums(parent, order, values)
    depth = tree.depths(parent, order)
    for member in range(len(parent)):
        above = list(tree.ancestors(parent, member))
        assert depth[member] == len(above)
        inside = [other for other in range(len(parent)) if member in (other, *tree.ancestors(parent, other))]
        assert sums[member] == sum(values[other] for other in inside)
        below = tree.members_below(parent, order, member)
        assert sorted([member, *below]) == inside
        assert [other for other in order if other in below] == below


@given(LINKS)
def test_a_circle_is_found_when_there_is_one_and_named_in_link_order(parent: list[int]) -> None:
    def climbs_out(member: int) -> bool:
        for _ in parent:
            member = parent[member]
            if member < 0:
                return True
        return False

    circle = tree.find_cycle(parent)
    assert (circle is None) == all(climbs_out(member) for member in range(len(parent)))
    if circle is None:
        assert len(tree.top_down(parent)) == len(parent)
        return
    assert len(set(circle)) == len(circle)
    for one, following in zip(circle, [*circle[1:], circle[0]], strict=True):
        assert parent[one] == following
    with pytest.raises(tree.CycleError) as caught:
        tree.top_down(parent)
    assert set(caught.value.members) == set(circle)


def test_a_member_may_not_stand_under_herself() -> None:
    assert tree.find_cycle([0]) == [0]
    assert tree.find_cycle([-1, 2, 3, 1]) in ([1, 2, 3], [2, 3, 1], [3, 1, 2])


def test_a_chain_and_a_star_of_a_hundred_thousand() -> None:
    size = 100_000
    chain = [*range(1, size), -1]  # the top comes last
    order = tree.top_down(chain)
    assert (order[0], order[-1]) == (size - 1, 0)
    assert tree.depths(chain, order)[0] == size - 1
    assert tree.subtree_sums(chain, order, [1] * size)[-1] == size
    assert tree.find_cycle(chain) is None
    assert tree.find_cycle([*range(1, size), 0]) is not None
    star = [-1] + [0] * (size - 1)
    assert tree.members_below(star, tree.top_down(star), 0) == list(range(1, size))


def test_nobody_at_all() -> None:
    assert tree.top_down([]) == []
    assert tree.find_cycle([]) is None
    assert tree.children_of([]) == []
