"""Matching against the slow reference: what others earn in a unilevel and in their own sales, by sponsor level."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from levels_reference import Levels, earned
from test_reference_levels import agree, unilevels
from world_reference import Entries, Facts, World, half_up
from world_strategies import RATES, asked, level_pay, taking, worlds

OWN = {"id": "own", "kind": "retail", "method": "percent", "volume": "cv", "percent": 25}


@st.composite
def matches(draw: st.DrawFn, ranks: int) -> Entries:
    """A match of whatever options there are, with levels or of her own earnings or both."""
    found: Entries = {
        "id": "match",
        "kind": "matching",
        "of": draw(st.sampled_from([["own"], ["team"], ["team", "own"]])),
    }
    found |= draw(st.sampled_from([{}, {"base_percent": 40}, {"before_cap": True}])) | draw(asked(ranks))
    own = draw(st.sampled_from([{}, {"own_percent": draw(RATES)}]))
    if own.get("own_percent") and draw(st.booleans()):
        return found | own
    return found | own | draw(level_pay(ranks, fixed=False)) | draw(taking(ranks))


@st.composite
def worlds_with_matches(draw: st.DrawFn) -> World:
    world = draw(worlds(10))
    count = len(world.ranks)
    return replace(world, components=[OWN, draw(unilevels(count)), draw(matches(count))])


@settings(max_examples=80)
@given(worlds_with_matches())
def test_a_match_pays_what_the_rule_says(world: World) -> None:
    facts, (_own, team, match) = Facts(world), world.components
    below = Levels(facts, team, facts.links[team["tree"]]).lines()
    earnings = []
    for member in facts.everyone:
        sales = facts.volume("cv", member) if facts.distributor(member) else 0
        amounts = {"own": half_up(Fraction(sales, 40)), "team": earned(below, member, world.rounding)}
        earnings.append(sum(amounts[name] for name in match["of"]))
    lines: dict[tuple[int, int, int | None], Fraction] = {}
    if "compression" in match:
        lines |= Levels(facts, match, facts.team.sponsor, earnings).lines()
    for member in facts.everyone:
        share = Fraction(match.get("own_percent", 0)) * match.get("base_percent", 100) / 10_000
        if facts.qualified(member, match) and earnings[member] * share:
            lines[member, member, None] = earnings[member] * share
    agree(world, "match", lines)
