"""The way to the next rank against the slow way: legs add up to what counts, closeness is what each one lacks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from test_whole_plans import snapshots

from organizer.domain import tree
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    LegsCondition,
    Scope,
    Tree,
    VolumeCondition,
    needed,
)
from organizer.domain.commission.explain import rank_requirements
from organizer.domain.commission.next_rank_legs import Asked, asked_of
from organizer.domain.commission.next_rank_team import closeness
from organizer.domain.commission.snapshot import Snapshot

WORLDS = snapshots(largest=8).filter(lambda world: bool(world[1].plan.ranks))


def every_part(asked: tuple[Asked, ...]) -> list[Asked]:
    found = list(asked)
    for one in asked:
        for way in one.alternatives:
            found += every_part(way)
    return found


def below(snapshot: Snapshot, which: Tree, member: int) -> list[int]:
    parent = snapshot.parent(which)
    return [one for one in range(len(parent)) if member in tree.ancestors(parent, one)]


@given(WORLDS, st.data())
def test_what_the_legs_give_is_what_counts(world: tuple[str, Snapshot], data: st.DataObject) -> None:
    _name, snapshot = world
    member = data.draw(st.integers(0, len(snapshot.team) - 1))
    rank = data.draw(st.integers(0, len(snapshot.plan.ranks) - 1))
    for asked in every_part(asked_of(snapshot, rank, member)):
        condition = asked.requirement.condition
        if isinstance(condition, LegsCondition):
            assert sum(leg.counts for leg in asked.legs) == asked.requirement.has
        elif isinstance(condition, VolumeCondition) and condition.scope is not Scope.OWN:
            assert (asked.own or 0) + sum(leg.counts for leg in asked.legs) == asked.requirement.has
            parent = snapshot.parent(condition.tree)
            assert {leg.head for leg in asked.legs} == {at for at, above in enumerate(parent) if above == member}
        else:
            assert asked.legs == ()
        counts = [leg.counts for leg in asked.legs]
        assert counts == sorted(counts, reverse=True)


@given(WORLDS, st.data())
def test_unknown_figures_of_a_leg_are_counted_one_by_one(world: tuple[str, Snapshot], data: st.DataObject) -> None:
    _name, snapshot = world
    member = data.draw(st.integers(0, len(snapshot.team) - 1))
    rank = data.draw(st.integers(0, len(snapshot.plan.ranks) - 1))
    for asked in every_part(asked_of(snapshot, rank, member)):
        condition = asked.requirement.condition
        if (
            not isinstance(condition, VolumeCondition)
            or condition.scope is not Scope.GROUP
            or condition.window > 1
        ):
            continue
        raw = snapshot.raw(condition.volume)
        for leg in asked.legs:
            inside = [leg.head, *below(snapshot, condition.tree, leg.head)]
            assert leg.unknown == sum(raw[one] is None and not snapshot.cancelled[one] for one in inside)


@given(WORLDS, st.data())
def test_closeness_is_the_least_share_of_what_each_one_is_asked_for(
    world: tuple[str, Snapshot], data: st.DataObject
) -> None:
    _name, snapshot = world
    found = closeness(snapshot)
    for member in range(len(snapshot.team)):
        rank = int(snapshot.ranks[member]) + 1
        if not snapshot.distributors[member] or rank >= len(snapshot.plan.ranks):
            assert found.least[member] == -1
            continue
        shares = [slow_percent(snapshot, one, member) for one in snapshot.plan.ranks[rank].conditions]
        assert found.least[member] == min(shares, default=100)
        assert found.missing[member] == sum(100 - share for share in shares)
        lacking = [one for one in rank_requirements(snapshot, rank, member) if not one.met]
        assert (found.least[member] == 100) == (not lacking)


def slow_percent(snapshot: Snapshot, condition: Condition, member: int) -> int:
    if isinstance(condition, AnyOf):
        return max(
            min((slow_percent(snapshot, part, member) for part in way), default=100)
            for way in condition.alternatives
        )
    has, wanted = int(snapshot.figures_for_ranks(condition)[member]), needed(condition)
    return 100 if has >= wanted else max(has, 0) * 100 // wanted
