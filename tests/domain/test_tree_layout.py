"""The drawn chart's layout on small trees, worked out by hand, and on the longest and widest there can be."""

from __future__ import annotations

from organizer.domain.tree_layout import COUSIN, Legs, by_name, lay_out


def test_three_siblings_stand_below_the_middle() -> None:
    layout = lay_out([-1, 0, 0, 0])
    assert list(layout.x) == [1, 0, 1, 2]
    assert list(layout.rows) == [0, 1, 4]
    assert (layout.width, layout.depth) == (2, 2)


def test_two_families_keep_the_gap_of_cousins() -> None:
    layout = lay_out([-1, 0, 0, 1, 1, 2, 2])
    assert list(layout.x[3:]) == [0, 1, 1 + COUSIN, 2 + COUSIN]


def test_a_small_branch_stands_in_the_middle_between_two_large_ones() -> None:
    # 1 and 3 have three below them each, 2 has nobody
    layout = lay_out([-1, 0, 0, 0, 1, 1, 1, 3, 3, 3])
    left, small, right = (layout.x[layout.place_of[member]] for member in (1, 2, 3))
    assert right - left == 2 + COUSIN
    assert small == (left + right) / 2


def test_two_tops_stand_side_by_side() -> None:
    layout = lay_out([-1, -1, 0, 1])
    assert list(layout.members) == [0, 1, 2, 3]
    assert list(layout.x) == [0, COUSIN, 0, COUSIN]


def test_an_only_right_leg_leaves_the_left_place_free() -> None:
    layout = lay_out([-1, 0], legs=Legs(2, [0, 2]))
    assert list(layout.members) == [0, -1, 1]
    assert list(layout.slots) == [0, 1, 2]
    assert list(layout.x) == [0.5, 0, 1]


def test_free_places_at_the_ends_are_laid_out_when_asked() -> None:
    layout = lay_out([-1, 0], legs=Legs(3, [0, 2], ends=True))
    assert list(layout.members) == [0, -1, 1, -1, -1, -1, -1]
    assert list(layout.slots) == [0, 1, 2, 3, 1, 2, 3]


def test_no_place_is_called_free_below_a_collapsed_one() -> None:
    layout = lay_out([-1, 0], legs=Legs(2, [0, 2], ends=True), collapsed=[0])
    assert list(layout.members) == [0]


def test_nobody_is_laid_out_in_no_team() -> None:
    layout = lay_out([])
    assert (len(layout), layout.depth, layout.width) == (0, 0, 0)


def test_a_chain_of_a_hundred_thousand() -> None:
    layout = lay_out(range(-1, 99_999))
    assert (layout.depth, layout.width) == (100_000, 0)
    assert layout.row(99_999) == 99_999


def test_a_star_of_a_hundred_thousand() -> None:
    layout = lay_out([-1] + [0] * 99_999)
    assert (layout.depth, layout.width) == (2, 99_998)
    assert layout.x[0] == 99_998 / 2
    assert layout.between(1, 5, 7) == range(6, 9)


def test_by_name_sorts_as_danes_do_and_keeps_those_of_one_name() -> None:
    names = ["Øst", "Zoe", "Ane", "Åse", "ane", "Ærø", "Aage"]
    assert by_name(names) == [2, 4, 1, 5, 0, 6, 3]


def test_legs_come_before_names() -> None:
    siblings = by_name(["Top", "Zoe", "Ane", "Bo"])
    layout = lay_out([-1, 0, 0, 0], siblings, legs=Legs(3, [0, 1, 3, 2]))
    assert list(layout.members[1:]) == [1, 3, 2]
    assert list(lay_out([-1, 0, 0, 0], siblings).members[1:]) == [2, 3, 1]
