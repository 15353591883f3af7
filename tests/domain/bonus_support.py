"""Plans and teams for the tests of the bonuses that aren't paid by level of volume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from commission_support import HEAD, OCTOBER, ROUNDING, table

from organizer.domain.commission.engine import estimate_from
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot, Volumes
from organizer.domain.commission.statement import ComponentResult, Statement
from organizer.domain.period import Period
from organizer.domain.team import Kind, Order, Team


def volume(name: str, unit: str = "points", source: str = "member") -> str:
    return table(
        "[[volumes]]", {"id": name, "name": name.upper(), "unit": unit, "columns": [name], "source": source}
    )


def bonus(kind: str, **entries: Any) -> str:
    return table("[[components]]", {"id": "bonus", "name": "Bonus", "kind": kind} | entries)


def plan_of(*parts: str, head: str = HEAD, rounding: str = ROUNDING) -> Plan:
    return parse_plan(head + "".join(parts) + rounding, "test.toml")


def with_days(team: Team, joined: Sequence[date | None], orders: Sequence[Order] = ()) -> Team:
    return replace(team, joined=list(joined), orders=list(orders))


def with_kinds(team: Team, **kinds: Sequence[int]) -> Team:
    """`customer=[3], cancelled=[4]`."""
    found = list(team.kinds)
    for name, members in kinds.items():
        for member in members:
            found[member] = Kind(name)
    return replace(team, kinds=found)


def see(
    plan: Plan,
    team: Team,
    period: Period = OCTOBER,
    *,
    past: Sequence[Volumes] = (),
    carry: Carry | None = None,
) -> Snapshot:
    return Snapshot(plan, team, period, past, carry)


def result_of(snapshot: Snapshot, member: int = 0) -> ComponentResult:
    """The first component's result, after checking it against everyone's amounts."""
    component = snapshot.plan.components[0]
    result = component.rules.pay(component, snapshot, member)
    earned = snapshot.earned(component.id)
    assert result.total_minor == earned.minor[member]
    assert result.before_cap == earned.before_cap[member]
    assert sum(line.minor for line in result.lines) + result.rounding + result.cut == result.total_minor
    assert sum(line.amount for line in result.lines) == result.exact
    assert all(str(line.reason) for line in result.lines)
    return result


def statement_of(snapshot: Snapshot, member: int = 0) -> Statement:
    return estimate_from(snapshot, member)


def reasons(result: ComponentResult) -> dict[int, str]:
    return {line.source: str(line.reason) for line in result.lines}


def amounts(result: ComponentResult) -> dict[int, int]:
    """By source what it gives, where that is not nothing."""
    return {line.source: line.minor for line in result.lines if line.minor}


def after(snapshot: Snapshot) -> Mapping[int, Mapping[str, int]]:
    component = snapshot.plan.components[0]
    return component.rules.after(component, snapshot)
