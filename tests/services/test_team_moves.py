"""What a move would do, told before: against the plain way of working it out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain import tree
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member, Team, Tree
from organizer.services import team, team_moves
from organizer.services.team import TeamView
from organizer.storage import File

NOVEMBER, OCTOBER = Period.parse("2026-11"), Period.parse("2026-10")


def made(sponsor: list[int], placement: list[int], volumes: list[int | None], shown: Tree) -> TeamView:
    size = len(sponsor)
    loaded = Team(
        ids=[10 * (place + 1) for place in range(size)],
        numbers=[""] * size,
        names=[f"M{place}" for place in range(size)],
        person_ids=list(range(size)),
        sponsor=sponsor,
        placement=placement,
        kinds=[Kind.DISTRIBUTOR] * size,
        ranks=[""] * size,
        joined=[date(2026, 1, 1)] * size,
        volumes={"pv": volumes},
        me=0,
    )
    parent = sponsor if shown is Tree.SPONSOR else placement
    group = tree.subtree_sums(parent, tree.top_down(parent), [one or 0 for one in volumes])
    return TeamView(loaded, None, NOVEMBER, volumes, group, [None] * size, shown)


@st.composite
def views(draw: st.DrawFn) -> tuple[TeamView, list[bool]]:
    """A view, and who is placed elsewhere than under her sponsor by a word of its own."""
    size = draw(st.integers(2, 9))
    above = [-1, *(draw(st.integers(-1, place - 1)) for place in range(1, size))]
    # a tree of its own over the same people, in another order
    order = draw(st.permutations(range(size)))
    placed = list(above)
    told = [draw(st.booleans()) for _place in range(size)]
    for rank, place in enumerate(order):
        if told[place] and rank:
            placed[place] = order[draw(st.integers(0, rank - 1))]
    if tree.find_cycle(placed):
        placed, told = list(above), [False] * size
    volumes = [draw(st.one_of(st.none(), st.integers(-5, 50))) for _place in range(size)]
    return made(above, placed, volumes, draw(st.sampled_from(Tree))), told


def brute(parent: list[int], volumes: list[int | None], who: int) -> tuple[int | None, set[int]]:
    """Her group volume and everyone below her, by asking each member who is above."""
    below = {place for place in range(len(parent)) if who in tree.ancestors(parent, place)}
    known = [volumes[place] for place in (*below, who) if volumes[place] is not None]
    return (sum(known) if known else None), below  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(views(), st.data())
def test_the_effect_is_what_comes_true(case: tuple[TeamView, list[bool]], data: st.DataObject) -> None:
    view, told = case
    size = len(view.team)
    place, above = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    moved_in = data.draw(st.sampled_from(Tree))
    member = Member(id=view.team.ids[place], placement_id=1 if told[place] else None)
    sponsor, placement = list(view.team.sponsor), list(view.team.placement)
    follows = moved_in is Tree.SPONSOR and not told[place]
    if moved_in is Tree.SPONSOR:
        sponsor[place] = above
    if moved_in is Tree.PLACEMENT or follows:
        placement[place] = above
    before = view.team.sponsor if moved_in is Tree.SPONSOR else view.team.placement
    after = sponsor if moved_in is Tree.SPONSOR else placement
    if tree.find_cycle(sponsor) or tree.find_cycle(placement):
        with pytest.raises(Refusal):
            team_moves.effect(view, member, view.team.ids[above], moved_in)
        return
    found = team_moves.effect(view, member, view.team.ids[above], moved_in)
    along = brute(list(before), list(view.personal), place)[1]
    assert (len(found.along), set(found.along), found.follows) == (len(along), along, follows)
    assert found.moves_nothing == (before[place] == above)
    assert (found.left is None) == (before[place] < 0)
    for upline in filter(None, (found.left, found.joined)):
        assert upline.before == brute(list(before), list(view.personal), upline.position)[0]
        assert upline.after == brute(after, list(view.personal), upline.position)[0]
    assert found.joined
    assert found.joined.position == above
    other = view.team.placement if moved_in is Tree.SPONSOR else view.team.sponsor
    assert found.stays == (-1 if follows else other[place])


def test_the_way_round_is_told_and_a_long_one_is_cut() -> None:
    chain = [place - 1 for place in range(30)]
    view = made(chain, chain, [None] * 30, Tree.SPONSOR)
    with pytest.raises(Refusal) as refused:
        team_moves.effect(view, Member(id=10), 30, Tree.SPONSOR)
    assert "M0 can't stand under M2, because M2 stands under M0: M0 → M2 → M1 → M0." in str(refused.value)
    with pytest.raises(Refusal) as refused:
        team_moves.effect(view, Member(id=10), 300, Tree.SPONSOR)
    assert "M0 → M29 → M28 → M27 → M26 → … → M3 → M2 → M1 → M0" in str(refused.value)
    for member, above in ((10, 10), (10, 5)):
        with pytest.raises(Refusal):
            team_moves.effect(view, Member(id=member), above, Tree.SPONSOR)


def add(file: File, company: Any, name: str, above: int, **more: Any) -> int:
    member = Member(company_id=company.id, sponsor_id=above, **more)
    return team.add_member(file, member, Contact(first_name=name, last_name="Lund", listed=False))


def test_a_move_counts_from_the_shown_period_and_can_be_undone(file: File, company: Any) -> None:
    me = team.view(file, company.id, NOVEMBER).team.ids[0]
    anna, bo = add(file, company, "Anna", me), add(file, company, "Bo", me)
    for period in (OCTOBER, NOVEMBER):
        team.set_volume(file, anna, period, "pv", 5_000)
    view = team.view(file, company.id, NOVEMBER)
    team_moves.move(file, view, anna, bo, Tree.SPONSOR)
    now, then = (team.view(file, company.id, period) for period in (NOVEMBER, OCTOBER))
    assert [one.team.sponsor[one.team.ids.index(anna)] for one in (now, then)] == [2, 0]
    assert then.is_past
    file.undo()
    assert team.view(file, company.id, NOVEMBER).team.sponsor[1] == 0
