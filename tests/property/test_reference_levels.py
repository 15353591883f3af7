"""Ranks by every condition, and bonuses by level with every option, against the slow references."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from levels_reference import Levels, earned
from world_reference import Entries, Facts, World, half_up
from world_strategies import TREES, asked, base, level_pay, taking, worlds

from organizer.domain.commission.plan import Component
from organizer.domain.commission.snapshot import Snapshot


@st.composite
def unilevels(draw: st.DrawFn, ranks: int) -> Entries:
    """A unilevel bonus of whatever options there are."""
    pay = draw(level_pay(ranks))
    what: Entries = {"volume": draw(st.sampled_from(["cv", "pv"]))} if "per" in pay else draw(base())
    extra = draw(st.sampled_from([{}, {"customer_volume": False}]))
    found: Entries = {"id": "team", "kind": "unilevel", "tree": draw(TREES), **what, **pay, **extra}
    if ranks and draw(st.integers(0, 3)) == 0:
        found["boundary_rank"] = f"r{draw(st.integers(0, ranks - 1))}"
    return found | draw(taking(ranks)) | draw(asked(ranks))


@st.composite
def worlds_with_unilevel(draw: st.DrawFn) -> World:
    world = draw(worlds())
    return replace(world, components=[draw(unilevels(len(world.ranks)))])


def agree(world: World, name: str, lines: dict[Any, Fraction], snapshot: Snapshot | None = None) -> None:
    """Everyone's lines and amounts; what each statement says is what everyone's amounts say."""
    snapshot = snapshot or world.snapshot()
    component: Component = snapshot.plan.component(name)
    everyone = snapshot.earned(name)
    for member in range(len(world.team)):
        expected = {key[1:]: amount for key, amount in lines.items() if key[0] == member}
        result = component.rules.pay(component, snapshot, member)
        found = {(line.source, line.level): line.amount for line in result.lines if line.amount}
        assert found == expected
        assert result.total_minor == earned(lines, member, world.rounding) == int(everyone.minor[member])
        assert Fraction(int(everyone.exact[member]), everyone.denominator) == result.exact
        assert result.paid_count == len(expected)
        assert sum(line.minor for line in result.lines) + result.rounding + result.cut == result.total_minor
        assert all(line.minor == half_up(line.amount) and str(line.reason) for line in result.lines)
        assert [place for place, line in enumerate(result.lines) if line.minor] == list(result.lines.paid())


@settings(max_examples=80)
@given(worlds_with_unilevel())
def test_ranks_and_activity_are_those_of_the_rule(world: World) -> None:
    facts, snapshot = Facts(world), world.snapshot()
    assert [bool(active) for active in snapshot.active] == [facts.active(member) for member in facts.everyone]
    assert list(snapshot.ranks) == facts.ranks
    component = world.components[0]
    qualified = snapshot.qualified(snapshot.plan.component("team"))
    assert [bool(one) for one in qualified] == [facts.qualified(member, component) for member in facts.everyone]


@settings(max_examples=120)
@given(worlds_with_unilevel())
def test_a_unilevel_pays_what_the_rule_says(world: World) -> None:
    facts, component = Facts(world), world.components[0]
    agree(world, "team", Levels(facts, component, facts.links[component["tree"]]).lines())
