"""Ranks that are still paid a while after they were reached."""

from __future__ import annotations

from commission_support import HEAD, OCTOBER, PV, ROUNDING, make_team, table

from organizer.domain.commission.engine import carried, estimate_from
from organizer.domain.commission.next_rank import steps_to_next_rank
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot


def plan_of(*ranks: tuple[list[dict[str, object]], int]) -> Plan:
    """Ranks r0, r1 … with their conditions and periods of grace, and a bonus."""
    rows = [
        table(
            "[[ranks]]",
            {"id": f"r{number}", "name": f"R{number}", "all": every} | ({"grace": grace} if grace else {}),
        )
        for number, (every, grace) in enumerate(ranks)
    ]
    bonus = {
        "id": "own",
        "name": "Own",
        "kind": "retail",
        "method": "percent",
        "volume": "pv",
        "point_value": 1,
        "percent": 1,
    }
    return parse_plan(HEAD + PV + "".join(rows) + table("[[components]]", bonus) + ROUNDING, "plan.toml")


def of_pv(minimum: int) -> list[dict[str, object]]:
    return [{"volume": "pv", "min": minimum}]


def months(plan: Plan, *volumes: int) -> list[int]:
    """By which rank she is paid with so much volume in one month after another."""
    found: list[int] = []
    carry: Carry = {}
    period = OCTOBER
    for volume in volumes:
        snapshot = Snapshot(plan, make_team([-1], {"pv": [volume * 1000]}), period, carry=carry)
        found.append(int(snapshot.ranks[0]))
        carry = carried(snapshot, estimate_from(snapshot, 0))
        period = plan.calendar.shifted(period, 1)
    return found


def test_one_step_down_and_another_has_the_grace_of_the_step_between() -> None:
    plan = plan_of((of_pv(0), 0), (of_pv(100), 1), (of_pv(200), 1))
    assert months(plan, 250, 150, 50, 50, 50) == [2, 2, 1, 0, 0]
    assert months(plan, 250, 50, 50, 150, 50) == [2, 2, 0, 1, 1]


def test_a_longer_grace_of_a_lower_rank_goes_on_after_that_of_the_higher_one() -> None:
    plan = plan_of((of_pv(0), 0), (of_pv(100), 3), (of_pv(200), 1))
    assert months(plan, 250, 0, 0, 0, 0) == [2, 2, 1, 1, 0]
    assert months(plan, 250, 0, 150, 0, 0, 0, 0) == [2, 2, 1, 1, 1, 1, 0]


def test_who_is_paid_in_grace_below_gives_no_rank_above_and_it_is_said() -> None:
    plan = plan_of((of_pv(100), 1), ([{"legs": 1, "rank": "r0", "tree": "sponsor"}], 0))
    team = make_team([-1, 0], {"pv": [100_000, 50_000]})
    snapshot = Snapshot(plan, team, OCTOBER, carry={"ranks": {1: {"rank": 0, "highest": 0}}})
    assert snapshot.ranks.tolist() == [0, 0]
    standing = estimate_from(snapshot, 0).rank
    assert [(one.has, one.needed, one.met) for one in standing.requirements] == [(0, 1, False)]
    assert len(standing.missing) == 1
    assert [(step.requirement.has, step.requirement.needed) for step in steps_to_next_rank(snapshot, 0)] == [
        (0, 1)
    ]
