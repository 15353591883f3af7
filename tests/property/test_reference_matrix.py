"""Matrices against the slow reference: who stands where, the levels, the full ones, what is kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from levels_reference import Levels
from placement_reference import Placement
from test_reference_levels import agree
from world_reference import Entries, Facts, World
from world_strategies import asked, base, level_pay, taking, worlds

from organizer.domain.commission.kinds.matrix import Matrix


@st.composite
def matrices(draw: st.DrawFn, ranks: int) -> Entries:
    """A matrix of whatever options there are."""
    depth = draw(st.integers(1, 3))
    pay = draw(level_pay(ranks, "depth_by_rank", depth))
    what: Entries = {"volume": "cv"} if "per" in pay else draw(base())
    levels = draw(st.sets(st.integers(0, depth), max_size=2))
    full = [
        {**({"level": level} if level else {"whole_matrix": True}), "amount": draw(st.integers(0, 50))}
        for level in sorted(levels)
    ]
    return {
        "id": "matrix", "kind": "matrix", "width": draw(st.integers(1, 3)), "depth": depth,
        "spillover": draw(st.sampled_from(["given", "breadth_first", "depth_first"])),
        "removal": draw(st.sampled_from(["keep", "promote_earliest"])), "completion": full,
        "completion_paid": draw(st.sampled_from(["once", "each_period"])),
        **what, **pay, **draw(taking(ranks)), **draw(asked(ranks)),
    }  # fmt: skip


@st.composite
def worlds_with_matrices(draw: st.DrawFn) -> World:
    world = draw(worlds())
    size = len(world.team)
    paid = st.fixed_dictionaries({}, optional={"whole": st.just(1), "level_1": st.just(1)})
    before = draw(st.dictionaries(st.integers(0, size - 1), paid, max_size=2))
    return replace(world, components=[draw(matrices(len(world.ranks)))], carry={**world.carry, "matrix": before})


@settings(max_examples=120)
@given(worlds_with_matrices())
def test_a_matrix_pays_what_the_rule_says(world: World) -> None:
    facts, component, snapshot = Facts(world), world.components[0], world.snapshot()
    links = Placement(facts, component).links
    rules = snapshot.plan.component("matrix").rules
    assert isinstance(rules, Matrix)
    parent = rules.layout(snapshot).parent.tolist()[:-1]
    assert [above if above < len(world.team) else -1 for above in parent] == links
    lines: dict[tuple[int, int, int | None], Fraction] = dict(Levels(facts, component, links).lines())
    kept = {member: dict(names) for member, names in world.carry["matrix"].items()}
    for full in component["completion"]:
        level = full.get("level")
        name = f"level_{level}" if level else "whole"
        for member in facts.everyone:
            if not facts.qualified(member, component) or not holds(facts, links, member, component, level):
                continue
            once = component["completion_paid"] == "once"
            if once and world.carry["matrix"].get(member, {}).get(name):
                continue
            if full["amount"]:
                lines[member, member, level] = Fraction(full["amount"] * 100)
            if once:
                kept.setdefault(member, {})[name] = 1
    agree(world, "matrix", lines, snapshot)
    if rules.carries():
        assert rules.after(snapshot.plan.component("matrix"), snapshot) == kept
    else:
        assert rules.after(snapshot.plan.component("matrix"), snapshot) == {}


def holds(facts: Facts, links: list[int], member: int, component: Entries, level: int | None) -> bool:
    """Whether a level, or each of the matrix's, is full."""
    at = [member]
    for number in range(1, component["depth"] + 1):
        at = [child for one in at for child in facts.children(links, one)]
        full = sum(facts.distributor(one) for one in at) >= component["width"] ** number
        if level == number:
            return full
        if level is None and not full:
            return False
    return True
