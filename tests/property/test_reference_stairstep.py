"""Stair-step, override, leadership and depth bonuses against a slow reference that follows each order."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stairstep_reference import (
    BY_RANK,
    FEW_RATES,
    MINIMUMS,
    OCTOBER,
    RATES,
    ROWS,
    Spec,
    World,
    boundaries,
    carries,
    common_keys,
    compare,
    specs,
    stairsteps,
    worlds,
)

from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Team

EXAMPLES = settings(max_examples=250, deadline=None)
LEADERS = settings(max_examples=200, deadline=None)


def within(carry: dict[str, dict[int, dict[str, int]]], team: Team) -> dict[str, dict[int, dict[str, int]]]:
    return {name: {m: kept for m, kept in of.items() if m < len(team)} for name, of in carry.items()}


@EXAMPLES
@given(stairsteps().flatmap(lambda keys: specs({"steps": keys})), worlds(), carries())
def test_stair_steps_pay_what_each_order_gives(spec: Spec, team: Team, carry: Any) -> None:
    carry = within(carry, team)
    world = World(spec, team, carry)
    snapshot = compare(spec, team, "steps", world.stairstep("steps"), carry)
    component = snapshot.plan.component("steps")
    gone = {member for member in world.everyone if world.broken("steps", member)} | set(carry["steps"])
    permanent = spec.components["steps"].get("breakaway", {}).get("permanent", False)
    expected = {member: {"broken": 1} for member in gone} if permanent else {}
    assert component.rules.after(component, snapshot) == expected


@EXAMPLES
@given(stairsteps().flatmap(lambda keys: specs({"steps": keys})), worlds())
def test_no_order_pays_more_than_the_highest_percentage(spec: Spec, team: Team) -> None:
    keys = spec.components["steps"]
    percents = [*keys.get("percent_by_rank", {}).values(), *(step["percent"] for step in keys.get("brackets", []))]
    plan = spec.plan()
    component = plan.component("steps")
    world = World(spec, team, {})
    snapshot = Snapshot(plan, team, OCTOBER)
    together = dict.fromkeys(range(len(team)), Fraction())
    for member in range(len(team)):
        for line in component.rules.pay(component, snapshot, member).lines:
            together[line.source] += line.amount
    for source, amount in together.items():
        assert abs(amount) <= abs(world.base("steps", source)) * Fraction(max(percents)) / 100


@st.composite
def override_specs(draw: st.DrawFn) -> Spec:
    boundary, others = draw(boundaries())
    keys = draw(common_keys()) | boundary | {"kind": "breakaway"}
    keys["unqualified"] = draw(st.sampled_from(["roll_up", "breakage"]))
    keys["method"] = draw(st.sampled_from(["fixed", "differential"]))
    if keys["method"] == "fixed":
        if draw(st.booleans()):
            keys["rates"] = draw(FEW_RATES.filter(bool))
        else:
            keys["rates_by_rank"] = draw(ROWS)
    else:
        keys["percent_by_rank"] = draw(BY_RANK)
        if draw(st.booleans()):
            keys["generations"] = draw(st.integers(1, 3))
            keys["floor_percent"] = draw(st.sampled_from([0, 1, 3]))
            keys["floor_amount"] = draw(st.sampled_from([0, 0, Decimal("12.50")]))
    return draw(specs(others | {"override": keys}))


@LEADERS
@given(override_specs(), worlds(), carries())
def test_overrides_pay_what_each_group_gives(spec: Spec, team: Team, carry: Any) -> None:
    carry = within(carry, team)
    compare(spec, team, "override", World(spec, team, carry).overrides("override"), carry)


@st.composite
def level_specs(draw: st.DrawFn) -> Spec:
    boundary, others = draw(boundaries())
    keys = draw(common_keys()) | boundary | {"kind": "unilevel", "compression": "none"}
    keys["rates_by_rank"] = draw(ROWS)
    return draw(specs(others | {"levels": keys}))


@settings(max_examples=120, deadline=None)
@given(level_specs(), worlds(), carries())
def test_levels_end_with_the_leader_of_the_group(spec: Spec, team: Team, carry: Any) -> None:
    carry = within(carry, team)
    compare(spec, team, "levels", World(spec, team, carry).levels("levels"), carry)


@st.composite
def leadership_specs(draw: st.DrawFn) -> Spec:
    boundary, others = draw(boundaries())
    keys = draw(common_keys()) | boundary | {"kind": "leadership", "percent": draw(RATES)}
    if draw(st.booleans()):
        keys["guarantee"] = draw(st.integers(0, 60))
    else:
        keys["guarantee_volume"] = draw(MINIMUMS)
        keys["volume"] = "cv"
        keys.pop("point_value", None)
    keys["qualifying_volume"] = draw(st.sampled_from(["pv", "cv"]))
    keys["full"], keys["partial"] = draw(st.integers(100, 900)), draw(MINIMUMS)
    keys["legs"] = draw(st.integers(1, 3))
    return draw(specs(others | {"lead": keys}))


@LEADERS
@given(leadership_specs(), worlds(), carries())
def test_leadership_bonuses_pass_up_from_the_lowest_leader(spec: Spec, team: Team, carry: Any) -> None:
    carry = within(carry, team)
    compare(spec, team, "lead", World(spec, team, carry).leadership("lead"), carry)


@st.composite
def depth_specs(draw: st.DrawFn) -> Spec:
    boundary, others = draw(boundaries())
    keys = draw(common_keys()) | boundary | {"kind": "depth", "percent": draw(RATES)}
    keys["volume"] = "cv"
    keys.pop("point_value", None)
    keys["guarantee_volume"] = draw(MINIMUMS)
    keys["legs"] = draw(st.integers(1, 3))
    return draw(specs(others | {"deep": keys}))


@LEADERS
@given(depth_specs(), worlds(), carries())
def test_depth_bonuses_pass_up_from_the_lowest_leader(spec: Spec, team: Team, carry: Any) -> None:
    carry = within(carry, team)
    compare(spec, team, "deep", World(spec, team, carry).depth("deep"), carry)
