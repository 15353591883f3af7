"""Own sales and team tiers against the slow reference, for every member."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from retail_reference import Reference, World, render, worlds

from organizer.domain.commission.engine import periods_needed
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot


def snapshot_of(world: World) -> Snapshot:
    plan = parse_plan(render(world), "random.toml")
    return Snapshot(plan, world.team, world.period, world.past, world.carry)


@given(worlds())
def test_everyone_is_paid_what_the_rule_says(world: World) -> None:
    low = snapshot_of(world)
    for snapshot, hopeful in ((low, False), (low.changed({}, hopeful=True), True)):
        reference = Reference(world, hopeful=hopeful)
        component = snapshot.plan.components[0]
        earned = snapshot.earned("own")
        for member in reference.everyone:
            exact = sum(reference.lines(member), Fraction())
            assert Fraction(int(earned.exact[member]), earned.denominator) == exact
            if world.rounding != "total":
                assert int(earned.minor[member]) == reference.minor(member)
            result = component.rules.pay(component, snapshot, member)
            assert (result.exact, result.total_minor) == (exact, int(earned.minor[member]))
            assert sum(line.minor for line in result.lines) + result.rounding + result.cut == result.total_minor
            assert sum((line.amount for line in result.lines), Fraction()) == exact
            assert len(result.lines)
            assert all(str(line.reason) for line in result.lines)
            assert all(line.source == member for line in result.lines)


@given(worlds())
def test_what_is_kept_of_new_members_orders(world: World) -> None:
    snapshot = snapshot_of(world)
    component = snapshot.plan.components[0]
    assert component.rules.after(component, snapshot) == Reference(world, hopeful=False).orders_after()


@given(worlds())
def test_a_high_figure_that_differs_has_its_reason(world: World) -> None:
    low = snapshot_of(world)
    high = low.changed({}, hopeful=True)
    component = low.plan.components[0]
    for member in range(len(world.team)):
        if low.earned("own").minor[member] != high.earned("own").minor[member]:
            assert component.rules.unsure(component, low, member) is not None


@given(worlds())
def test_as_many_periods_are_asked_for_as_are_looked_at(world: World) -> None:
    snapshot = snapshot_of(world)
    needed = periods_needed(snapshot.plan)
    short = Snapshot(snapshot.plan, world.team, world.period, world.past[:needed], world.carry)
    assert list(short.earned("own").minor) == list(snapshot.earned("own").minor)
    assert all(str(sentence) for sentence in snapshot.plan.components[0].rules.words(snapshot.plan))
