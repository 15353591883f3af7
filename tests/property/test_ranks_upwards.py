"""Ranks that cost those above them theirs: the same in rounds as from the bottom up, however deep the tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.commission import ranks
from organizer.domain.commission.condition import (
    AnyOf,
    Condition,
    LegsCondition,
    PersonalsCondition,
    Scope,
    Tree,
    VolumeCondition,
)
from organizer.domain.commission.plan import Plan, Rank, Text
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import MONTHS, Period
from organizer.domain.team import Kind, Team

OCTOBER = Period.parse("2026-10")
NAME = Text("R", "R")


def plan_of(*conditions: tuple[Condition, ...]) -> Plan:
    """A plan with those ranks and nothing else."""
    nothing: Any = ()
    return Plan(
        id="p", version="", name=NAME, company="", region=NAME, currency="DKK", calendar=MONTHS,
        valid_from=date(2026, 1, 1), valid_to=None, sources=nothing, confidence="", missing=nothing, teaching=True,
        volumes=nothing, active=None, components=nothing, round_at=nothing,
        ranks=tuple(Rank(f"r{number}", NAME, every) for number, every in enumerate(conditions)),
    )  # fmt: skip


def team_of(links: list[int], volumes: list[int], placement: list[int] | None = None) -> Team:
    size = len(links)
    return Team(
        ids=list(range(1, size + 1)), numbers=[""] * size, names=[""] * size, person_ids=[0] * size, sponsor=links,
        placement=links if placement is None else placement, kinds=[Kind.DISTRIBUTOR] * size, ranks=[""] * size,
        joined=[None] * size, volumes={"pv": volumes},
    )  # fmt: skip


def group(
    minimum: int,
    without: int | None = None,
    tree: Tree = Tree.SPONSOR,
    cap: int | None = None,
    *,
    in_one: bool = False,
) -> Condition:
    window = 2 if in_one else 1
    return VolumeCondition(
        "pv", Scope.GROUP, tree, minimum, window=window, leg_cap=cap, without_rank=without, in_one=in_one
    )


def test_a_deep_chain_where_every_leader_costs_the_next_one_hers() -> None:
    # 50 each, and 100 are asked for without the leaders below: from the bottom every second one leads
    size = 100_000
    plan = plan_of((group(100_000, without=0),))
    found = Snapshot(plan, team_of([member - 1 for member in range(size)], [50_000] * size), OCTOBER).ranks
    assert found[::-1].tolist() == [-1, 0] * (size // 2)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plan, Team]:
    """A plan whose ranks rest on one tree, and a team."""
    tree = draw(st.sampled_from(Tree))
    count = draw(st.integers(1, 4))
    rank = st.integers(0, count - 1)
    simple = st.one_of(
        st.builds(group, st.integers(0, 6), rank, st.just(tree), st.none() | st.integers(0, 4)),
        st.builds(
            group, st.integers(0, 6), rank, st.just(tree), st.none() | st.integers(0, 4), in_one=st.booleans()
        ),
        st.builds(LegsCondition, st.integers(1, 2), rank, st.just(tree), st.booleans(), st.booleans()),
        st.builds(group, st.integers(0, 6), st.none(), st.sampled_from(Tree)),
        st.builds(PersonalsCondition, st.integers(1, 2)),
    )
    ways = st.lists(simple, min_size=1, max_size=2).map(tuple)
    any_of = st.builds(AnyOf, st.lists(ways, min_size=1, max_size=2).map(tuple))
    asked = st.lists(simple | any_of, max_size=2).map(tuple)
    plan = plan_of(*(draw(asked) for _ in range(count)))
    size = draw(st.integers(1, 14))
    links = [[draw(st.integers(max(-1, m - 3), m - 1)) for m in range(size)] for _ in range(2)]
    team = team_of(links[0], draw(st.lists(st.integers(-1, 3), min_size=size, max_size=size)), links[1])
    kinds = draw(st.lists(st.sampled_from([*[Kind.DISTRIBUTOR] * 4, *Kind]), min_size=size, max_size=size))
    return plan, replace(team, kinds=kinds)


@settings(deadline=None)
@given(cases())
def test_the_same_in_rounds_as_from_the_bottom_up(case: tuple[Plan, Team]) -> None:
    plan, team = case
    past = [{"pv": list(reversed(team.volumes["pv"]))}]
    rounds = Snapshot(plan, team, OCTOBER, past).ranks
    with patch.object(ranks, "_ROUNDS", 0):
        assert np.array_equal(Snapshot(plan, team, OCTOBER, past).ranks, rounds)
