"""Every plan that comes along over random teams: whatever its rules are, the sums hold and only facts matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from world_strategies import links

from organizer.domain.commission.engine import estimate_from, left_by_rules, periods_needed
from organizer.domain.commission.everybody import carried_by_all, totals
from organizer.domain.commission.frozen import freeze, thaw
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import Statement
from organizer.domain.team import Kind, Order, Team
from organizer.resource_files import resource

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(resource("plans").glob("*.toml"))}
PLANS = {name: parse_plan(text, name) for name, text in TEXTS.items()}
FIGURES = st.one_of(
    st.none(),
    st.just(0),
    st.sampled_from([50, 100, 150, 200, 300, 500, 600, 1000, 1500, 2000, 4000, 10_000]).map(
        lambda one: one * 1000
    ),
    st.integers(-3_000_000, 3_000_000),
)
KINDS = st.sampled_from([*[Kind.DISTRIBUTOR] * 8, Kind.CUSTOMER, Kind.CANCELLED])
SIDES = st.sampled_from(["left", "right"])


@st.composite
def snapshots(draw: st.DrawFn, largest: int = 7) -> tuple[str, Snapshot]:
    """A plan's id, and it over a team in June 2026, as if nothing was left by the months before."""
    name = draw(st.sampled_from(list(PLANS)))
    plan, size = PLANS[name], draw(st.integers(1, largest))
    period = plan.calendar.containing(date(2026, 6, 10))
    many = st.lists(FIGURES, min_size=size, max_size=size)
    volumes = {volume.id: draw(many) for volume in plan.volumes if draw(st.integers(0, 19))}
    past = [{volume.id: draw(many) for volume in plan.volumes} for _ in range(draw(_few(periods_needed(plan))))]
    sponsor = draw(links(size))
    days = st.sampled_from([None, date(2020, 1, 1), *(period.first + timedelta(days=n) for n in (-70, -20, 0, 9))])
    ranks = st.sampled_from(["", *(rank.id for rank in plan.ranks)])
    told = st.sampled_from([None, True, False])

    def each(one: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(one, min_size=size, max_size=size))

    team = Team(
        ids=list(range(1, size + 1)), numbers=list(map(str, range(size))), names=["N"] * size,
        person_ids=each(st.integers(1, size)), sponsor=sponsor, placement=draw(st.just(sponsor) | links(size)),
        kinds=each(KINDS), ranks=each(ranks), joined=each(days), volumes=volumes, me=0, legs=each(SIDES),
        active=draw(st.sampled_from([(), each(told)])), orders=draw(_orders(plan, size)),
    )  # fmt: skip
    return name, Snapshot(plan, team, period, past)


def _few(most: int) -> st.SearchStrategy[int]:
    return st.sampled_from(sorted({0, 1, most} if most else {0}))


def _orders(plan: Plan, size: int) -> st.SearchStrategy[list[Order]]:
    period = plan.calendar.containing(date(2026, 6, 10))
    day = st.integers(0, (period.last - period.first).days).map(lambda n: period.first + timedelta(days=n))
    volumes = st.fixed_dictionaries({volume.id: st.integers(1, 200_000) for volume in plan.volumes})
    return st.lists(st.builds(Order, st.integers(0, size - 1), day, volumes), max_size=3)


def facts(made: Statement) -> tuple[Any, ...]:
    """All of a statement that tells two apart, but the lines."""
    components = [
        (one.id, one.total_minor, one.rounding, one.exact, one.cut, one.paid_count, one.unknown, one.notes)
        for one in made.components
    ]
    return (
        made.total_minor, made.rounding, made.active, made.active_reason, made.rank, components, made.adjustments,
        made.payout, made.range, made.unknown,
    )  # fmt: skip


def statements(snapshot: Snapshot) -> list[Statement]:
    return [estimate_from(snapshot, member) for member in range(len(snapshot.team))]


def same(one: Snapshot, other: Snapshot) -> None:
    """Everybody's statement, and what the period leaves."""
    assert list(map(facts, statements(one))) == list(map(facts, statements(other)))
    assert left_by_rules(one) == left_by_rules(other)


def sums_hold(snapshot: Snapshot) -> None:
    """Each bonus by lines, the total by bonuses, the total of all at once, and the low and the high figure."""
    all_at_once = totals(snapshot)
    for member, made in enumerate(statements(snapshot)):
        for component, paid in zip(snapshot.plan.components, made.components, strict=True):
            earned = snapshot.earned(component.id)
            assert (paid.total_minor, paid.before_cap) == (earned.minor[member], earned.before_cap[member])
            assert paid.exact == Fraction(int(earned.exact[member]), earned.denominator)
            lines = list(paid.lines)
            assert sum(line.minor for line in lines) + paid.rounding + paid.cut == paid.total_minor
            assert list(paid.lines.paid()) == [place for place, line in enumerate(lines) if line.minor]
            assert all(str(line.reason) for line in lines)
        adjusted = sum(one.minor for one in made.adjustments)
        assert sum(one.total_minor for one in made.components) + adjusted + made.rounding == made.total_minor
        if made.range is not None and made.range.high is not None:
            assert made.range.low <= made.total_minor <= made.range.high
        if snapshot.distributors[member]:
            assert all_at_once.total[member] == made.total_minor


def changed(data: st.DataObject, snapshot: Snapshot) -> Snapshot:
    """Other volumes and activity of a few members, after something has been worked out or nothing."""
    member = st.integers(0, len(snapshot.team) - 1)
    if data.draw(st.booleans()):
        estimate_from(snapshot, data.draw(member))
    names = st.sampled_from([volume.id for volume in snapshot.plan.volumes])
    volumes = data.draw(
        st.dictionaries(names, st.dictionaries(member, FIGURES, min_size=1, max_size=2), max_size=2)
    )
    return snapshot.changed(volumes, data.draw(st.dictionaries(member, st.booleans(), max_size=1)))


def in_another_order(snapshot: Snapshot, order: Sequence[int]) -> Snapshot:
    """The same with member `order[n]` in place n; carry and all."""
    place = {member: number for number, member in enumerate(order)}

    def of(figures: Sequence[Any]) -> list[Any]:
        return [figures[member] for member in order] if figures else []

    def above(parents: Sequence[int]) -> list[int]:
        return [place.get(parents[member], -1) for member in order]

    team = snapshot.team
    team = replace(
        team, ids=of(team.ids), numbers=of(team.numbers), names=of(team.names), person_ids=of(team.person_ids),
        sponsor=above(team.sponsor), placement=above(team.placement), kinds=of(team.kinds), ranks=of(team.ranks),
        joined=of(team.joined), volumes={name: of(figures) for name, figures in team.volumes.items()},
        me=place[team.me], legs=of(team.legs), active=of(team.active),
        orders=[replace(order, member=place[order.member]) for order in team.orders],
    )  # fmt: skip
    past = [{name: of(figures) for name, figures in volumes.items()} for volumes in snapshot.past]
    carry = {
        part: {place[one]: names for one, names in members.items()} for part, members in snapshot.carry.items()
    }
    return Snapshot(snapshot.plan, team, snapshot.period, past, carry)


def with_strangers(snapshot: Snapshot, sponsor: Sequence[int]) -> Snapshot:
    """The same beside another tree of people who are as active as can be."""
    team, size, more = snapshot.team, len(snapshot.team), len(sponsor)
    new = [-1 if above < 0 else above + size for above in sponsor]

    def two(figures: Sequence[Any], each: Any) -> list[Any]:
        return [*figures, *[each] * more] if figures else []

    fresh = list(range(size + 1, size + more + 1))
    team = replace(
        team, ids=[*team.ids, *fresh], numbers=two(team.numbers, ""), names=two(team.names, "Z"),
        person_ids=[*team.person_ids, *fresh], sponsor=[*team.sponsor, *new], placement=[*team.placement, *new],
        kinds=two(team.kinds, Kind.DISTRIBUTOR), ranks=two(team.ranks, ""),
        joined=two(team.joined, date(2020, 1, 1)),
        volumes={name: two(figures, 900_000) for name, figures in team.volumes.items()},
        legs=two(team.legs, "left"), active=two(team.active, True),
    )  # fmt: skip
    past = [{name: two(figures, 900_000) for name, figures in volumes.items()} for volumes in snapshot.past]
    return Snapshot(snapshot.plan, team, snapshot.period, past, snapshot.carry)


def of_everybody(plan: Plan) -> bool:
    """Whether what somebody is paid hangs on people who are in nobody's team of hers: a pool, a cap for all."""
    return bool(plan.caps) or any(component.kind == "pool" for component in plan.components)


@given(snapshots(), st.data())
def test_every_plan_over_any_team(found: tuple[str, Snapshot], data: st.DataObject) -> None:
    name, first = found
    sums_hold(first)
    now = first
    for _step in range(data.draw(st.integers(1, 3))):
        now = changed(data, now)
        same(now, Snapshot(now.plan, replace(now.team), now.period, now.past, now.carry))
    same(first, Snapshot(first.plan, first.team, first.period, first.past, first.carry))

    # the same team a period later, with what the first one left
    carry = carried_by_all(first, totals(first))
    later = first.plan.calendar.shifted(first.period, 1)
    second = Snapshot(first.plan, replace(first.team, orders=()), later, first.past, carry)
    sums_hold(second)
    frozen = thaw(freeze(TEXTS[name], second))
    same(second, Snapshot(frozen.plan, frozen.team, frozen.period, frozen.past, frozen.carry))

    size = len(first.team)
    order = data.draw(st.permutations(range(size)))
    turned = totals(in_another_order(second, order)).total
    known = totals(second).total
    assert [int(turned[place]) for place in range(size)] == [int(known[member]) for member in order]

    if not of_everybody(first.plan):
        beside = with_strangers(second, data.draw(links(data.draw(st.integers(1, 4)))))
        assert totals(beside).total[:size].tolist() == known.tolist()
