"""An estimate's input as text and back: the same statement comes out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from commission_support import OCTOBER, make_team

from organizer.domain.commission.engine import carried, estimate_from
from organizer.domain.commission.frozen import freeze, freeze_carry, thaw, thaw_carry
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Kind, Order, Team
from organizer.resource_files import resource

PLANS = sorted(path.stem for path in resource("plans").glob("*.toml"))


def team_for(volumes: list[str]) -> Team:
    sponsor = [-1, 0, 0, 1, 1, 2, 2, 3, 4]
    team = make_team(
        sponsor,
        {name: [1_500_000 + 10_000 * member if member != 7 else None for member in range(9)] for name in volumes},
        placement=[-1, 0, 0, 1, 1, 2, 2, 3, 4],
        customers=[8],
    )
    kinds = list(team.kinds)
    kinds[5] = Kind.CANCELLED
    return replace(
        team,
        kinds=kinds,
        names=[""] * 9,
        ids=[10 * member + 3 for member in range(9)],
        joined=[None, *(date(2026, 8, 3 * member) for member in range(1, 9))],
        legs=["", "left", "right", "left", "right", "left", "right", "", ""],
        active=[None, True, None, None, False, None, None, None, None],
        orders=[Order(3, date(2026, 10, 5), {volumes[0]: 40_000})],
    )


@pytest.mark.parametrize("plan_id", PLANS)
def test_what_is_thawed_gives_the_same_statement_and_carry(plan_id: str) -> None:
    text = (resource("plans") / f"{plan_id}.toml").read_text("utf-8")
    plan = parse_plan(text, plan_id)
    team = team_for([volume.id for volume in plan.volumes])
    period = plan.calendar.containing(date(2026, 10, 7))
    carry = {"ranks": {1: {"rank": 0, "highest": 0}}}
    past = [{name: [5_000] * 9 for name in team.volumes}]
    snapshot = Snapshot(plan, team, period, past, carry)
    before = estimate_from(snapshot, 0)
    frozen = thaw(freeze(text, snapshot))
    again = Snapshot(frozen.plan, frozen.team, frozen.period, frozen.past, frozen.carry)
    after = estimate_from(again, 0)
    assert (after.total_minor, after.unknown, after.range) == (before.total_minor, before.unknown, before.range)
    for mine, theirs in zip(before.components, after.components, strict=True):
        assert (mine.total_minor, mine.exact, len(mine.lines)) == (
            theirs.total_minor,
            theirs.exact,
            len(theirs.lines),
        )
        assert sorted(str(line.reason) for line in mine.lines) == sorted(str(line.reason) for line in theirs.lines)
    assert carried(again, after) == carried(snapshot, before)


def test_no_name_and_no_number_is_in_it() -> None:
    text = (resource("plans") / "teaching-unilevel.toml").read_text("utf-8")
    plan = parse_plan(text, "plan")
    team = replace(team_for(["pv"]), names=["Anna Hemmelig"] * 9, numbers=["4711-X"] * 9)
    frozen = freeze(text, Snapshot(plan, team, OCTOBER))
    assert "Hemmelig" not in frozen
    assert "4711-X" not in frozen


def test_what_is_left_follows_the_members_not_their_places() -> None:
    carry = {"legs": {0: {"left": 5}, 2: {"right": -7}}}
    text = json.loads(json.dumps(freeze_carry(carry, [10, 20, 30])))
    assert thaw_carry(text, [30, 99, 10]) == {"legs": {2: {"left": 5}, 0: {"right": -7}}}
    assert thaw_carry(text, [20]) == {"legs": {}}


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 2}', '{"format": 1}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        thaw(text)
