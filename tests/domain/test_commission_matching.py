"""Matching worked out by hand: levels of the sponsor tree, caps, her own earnings."""

from __future__ import annotations

from typing import Any

import pytest
from commission_support import ACTIVE, CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table, unilevel

from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.team import Team


def match(**entries: Any) -> str:
    usual = {"id": "match", "name": "Match", "kind": "matching", "of": ["team"], "compression": "none"}
    return table("[[components]]", usual | entries)


def plan_of(*parts: str) -> Plan:
    return parse_plan(HEAD + "".join(parts) + ROUNDING, "test.toml")


def result(plan: Plan, team: Team, member: int = 0) -> ComponentResult:
    snapshot = Snapshot(plan, team, OCTOBER)
    found = plan.component("match").rules.pay(plan.component("match"), snapshot, member)
    assert found.total_minor == int(snapshot.earned("match").minor[member])
    return found


def test_levels_are_those_of_the_sponsor_tree() -> None:
    # In the placement tree 1 stands over 2 and 2 over 3; 0 recruited 1 and 2, 2 recruited 3
    team = make_team([-1, 0, 0, 2], {"cv": [0, 0, 500_000, 1_000_000]}, placement=[-1, 0, 1, 2])
    plan = plan_of(CV, unilevel(tree="placement", rates=[10, 10]), match(rates=[50, 20]))
    # 1 earns 10 % of 500 and of 1,000 = 150, 2 earns 10 % of 1,000 = 100, 3 nothing; 0 matches 50 % of 250
    found = result(plan, team)
    assert [(line.source, line.level, line.base, line.minor, str(line.reason)) for line in found.lines] == [
        (1, 1, 150_00, 75_00, "Level 1."),
        (2, 1, 100_00, 50_00, "Level 1."),
        (3, 2, 0, 0, "Earns nothing in what this bonus is taken of."),
    ]
    assert found.total_minor == 125_00
    assert plan.component("match").rules.builds_on() == {"team"}
    assert plan.component("match").rules.volumes() == frozenset()


def test_her_own_earnings_may_be_matched() -> None:
    team = make_team([-1, 0], {"cv": [0, 1_000_000]})
    plan = plan_of(CV, unilevel(rates=[10]), match(own_percent=50, rates=[20]))
    found = result(plan, team)
    assert [(line.source, line.level, line.minor, str(line.reason)) for line in found.lines] == [
        (0, None, 50_00, "Her own earnings are matched."),
        (1, 1, 0, "Earns nothing in what this bonus is taken of."),
    ]
    assert [str(line.reason) for line in result(plan, team, 1).lines] == [
        "Earns nothing in what this bonus is taken of."
    ]
    assert "50 % of her own earnings in: Team." in [str(one) for one in plan.component("match").rules.words(plan)]


def test_who_is_not_qualified_matches_nothing() -> None:
    team = make_team([-1, 0, 1], {"pv": [100_000, 100_000, 0], "cv": [0, 0, 1_000_000]})
    plan = plan_of(
        PV, CV, ACTIVE, unilevel(rates=[10, 10]), match(own_percent=50, rates=[20], requires=[{"personals": 2}])
    )
    assert [str(line.reason) for line in result(plan, team).lines] == [
        "Distributors sponsored personally: 1, needs 2", "Distributors sponsored personally: 1, needs 2",
        "Earns nothing in what this bonus is taken of.",
    ]  # fmt: skip


def test_a_match_never_matches_itself() -> None:
    with pytest.raises(PlanError) as caught:
        plan_of(CV, unilevel(rates=[10]), match(of=["match"], rates=[10]))
    assert 'no bonus before this one is called "match"' in str(caught.value.problems[0])


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"of": [], "rates": [5]}, '"of": this list is empty.'),
        ({"amounts": [5], "per": "unit"}, '"amounts": a match is a percentage, so give rates.'),
        ({}, '"rates": this key is missing; it holds a list.'),
        ({"rates": [5], "tree": "placement"}, '"tree": this key isn\'t known here.'),
    ],
)
def test_mistakes_are_located(entries: dict[str, Any], expected: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_of(CV, unilevel(rates=[10]), match(**entries))
    assert f'test.toml, component "match", key {expected}' in [str(one) for one in caught.value.problems]


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_hundred_thousand_in_a_row_or_around_one(shape: str) -> None:
    size = 100_000
    sponsor = [-1, *range(size - 1)] if shape == "chain" else [-1] + [0] * (size - 1)
    team = make_team(sponsor, {"cv": [1_000_000] * size})
    found = result(plan_of(CV, unilevel(rates=[10]), match(rates=[10, 5])), team)
    # everyone in the chain but the last earns 100, two of them matched; around one nobody below earns
    assert found.total_minor == (10_00 + 5_00 if shape == "chain" else 0)
