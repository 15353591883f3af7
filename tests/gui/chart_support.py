"""Invented teams for the drawn chart, without a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from organizer.domain import tree
from organizer.domain.commission.parse import parse_plan
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team, Tree
from organizer.resource_files import resource
from organizer.services.team import TeamView

OCTOBER = Period.parse("2026-10")


def chart_view(parent: Sequence[int], legs: Sequence[str] = (), **more: Any) -> TeamView:
    """Member i has the id 10 * (i + 1), the name "Member i" and i points; the first one is the user."""
    size = len(parent)
    points: list[int | None] = [None if member % 5 == 4 else member * 1000 for member in range(size)]
    team = Team(
        ids=range(10, 10 * size + 10, 10),
        numbers=[f"N{member}" for member in range(size)],
        names=[f"Member {member}" for member in range(size)],
        person_ids=range(1, size + 1),
        sponsor=parent,
        placement=parent,
        kinds=[Kind.CUSTOMER if member % 7 == 6 else Kind.DISTRIBUTOR for member in range(size)],
        ranks=["Gold"] * size,
        joined=[None] * size,
        volumes={"pv": points},
        me=0,
        legs=legs,
    )
    group = tree.subtree_sums(parent, tree.top_down(parent), [amount or 0 for amount in points])
    active = [None if amount is None else amount > 2000 for amount in points]
    return replace(TeamView(team, None, OCTOBER, points, group, active), **more)


def binary_view(parent: Sequence[int], legs: Sequence[str], **more: Any) -> TeamView:
    """The same in the placement tree of a plan with two legs."""
    plan = parse_plan(
        resource("plans", "teaching-binary.toml").read_text(encoding="utf-8"), "teaching-binary.toml"
    )
    return chart_view(parent, legs, plan=plan, shown=Tree.PLACEMENT, **more)
