"""Everybody's totals at once are those of each one's statement, whatever comes after the bonuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from commission_reference import Spec, render, specs, teams
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.commission.engine import carried, estimate_from, left_by_rules
from organizer.domain.commission.everybody import carried_by_all, totals
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Order, Team

OCTOBER = Period.parse("2026-10")

MODES = st.sampled_from(["pro_rata", "last_first"])


@st.composite
def endings(draw: st.DrawFn) -> str:
    """Caps, fees, a smallest payout and rules for returns, each there or not."""
    parts = []
    for number, per in enumerate(draw(st.lists(st.sampled_from(["member", "person", "company"]), max_size=2))):
        parts.append(
            f'[[caps]]\nid = "c{number}"\nname = "C"\ncomponents = ["own", "team"]\nper = "{per}"\n'
            f'mode = "{draw(MODES)}"\namount = {draw(st.integers(0, 40))}\n'
        )
    for number, fee in enumerate(draw(st.lists(st.sampled_from(["percent = 7.5", "amount = 3"]), max_size=2))):
        parts.append(f'[[deductions]]\nid = "f{number}"\nname = "F"\n{fee}\n')
    if draw(st.booleans()):
        keeps = str(draw(st.booleans())).lower()
        parts.append(f"[payout]\nmin = {draw(st.integers(0, 30))}\ncarry_negative = {keeps}\n")
    if draw(st.booleans()):
        method = draw(st.sampled_from(["original_rate", "average_rate", "replaced_volume"]))
        parts.append(f'[returns]\nmethod = "{method}"\nwindow = 1\n')
    return "".join(parts)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A period with orders that came back, positions that one person holds, and a balance from before."""
    spec: Spec = draw(specs())
    team: Team = draw(teams())
    size = len(team)
    back = [
        Order(member, date(2026, 9, 10), {"cv": -1000 * draw(st.integers(1, 50))})
        for member in draw(st.lists(st.integers(0, size - 1), max_size=2))
    ]
    people = [draw(st.integers(0, member)) for member in range(size)]
    team = replace(team, orders=back, person_ids=people)
    figures = st.lists(st.none() | st.integers(0, 300_000), min_size=size, max_size=size)
    past = [{"cv": draw(figures), "pv": draw(figures), "sales": draw(figures)}]
    owed = draw(st.dictionaries(st.integers(0, size - 1), st.integers(-900, 900), max_size=2))
    carry = {"balance": {member: {"minor": minor} for member, minor in owed.items()}}
    plan = parse_plan(render(spec) + draw(endings()), "random.toml")
    return Snapshot(plan, team, OCTOBER, past, carry)


@settings(max_examples=150, deadline=None)
@given(snapshots())
def test_the_totals_are_those_of_the_statements(snapshot: Snapshot) -> None:
    found = totals(snapshot)
    balance = {}
    for member in range(len(snapshot.team)):
        statement = estimate_from(snapshot, member, ranged=False)
        amounts = {result.id: result.total_minor for result in statement.components}
        assert {name: int(minor[member]) for name, minor in found.components.items()} == amounts
        assert int(found.rounding[member]) == statement.rounding
        assert int(found.adjusted[member]) == sum(entry.minor for entry in statement.adjustments)
        assert int(found.total[member]) == statement.total_minor
        balance |= carried(snapshot, statement).get("balance", {})
    everything = carried_by_all(snapshot, found)
    assert everything.pop("balance", {}) == balance
    assert everything == left_by_rules(snapshot)
