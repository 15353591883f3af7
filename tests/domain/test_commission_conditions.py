"""What conditions count, by hand: months, runs of a rank, personally sponsored leaders, leaders left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from commission_support import CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table, unilevel

from organizer.domain.commission.engine import left_by_rules
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Carry, Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Team

LEADER = [{"volume": "pv", "min": 500}]


def snapshot_of(
    team: Team, *ranks: Sequence[dict[str, Any]], period: Period = OCTOBER, carry: Carry | None = None
) -> Snapshot:
    """A plan with these ranks, r0 the lowest."""
    parts = [
        table("[[ranks]]", {"id": f"r{number}", "name": f"R{number}", "all": list(asked)})
        for number, asked in enumerate(ranks)
    ]
    text = HEAD + PV + CV + "".join(parts) + unilevel(rates=[5]) + ROUNDING
    return Snapshot(parse_plan(text, "plan.toml"), team, period, carry=carry)


@pytest.mark.parametrize(
    ("joined", "period", "months"),
    [
        (date(2024, 11, 30), "2026-10", 23),
        (date(2025, 12, 1), "2026-01", 1),
        (date(2025, 1, 1), "2026-12", 23),
        (date(2026, 10, 1), "2026-10", 0),
        # the last day of a shorter month ends the month of one who joined on the 31st
        (date(2026, 8, 31), "2026-09", 1),
        (date(2025, 12, 31), "2026-02", 2),
        (date(2026, 11, 1), "2026-10", 0),
        (None, "2026-10", 0),
    ],
)
def test_whole_months_since_joining(joined: date | None, period: str, months: int) -> None:
    team = replace(make_team([-1], {"pv": [0], "cv": [0]}), joined=[joined])
    reached = [
        snapshot_of(team, [{"months_since_joining": asked}], period=Period.parse(period)).ranks.tolist() == [0]
        for asked in (max(months, 1), months + 1)
    ]
    assert reached == [months > 0, False]


def test_a_month_ends_on_the_day_of_joining_where_a_period_ends_inside_one() -> None:
    plan_text = HEAD.replace('period = "month"', 'period = "week"') + PV + CV
    rank = table("[[ranks]]", {"id": "r0", "name": "R0", "all": [{"months_since_joining": 1}]})
    plan = parse_plan(plan_text + rank + unilevel(rates=[5]) + ROUNDING, "plan.toml")
    week = plan.calendar.containing(date(2026, 10, 14))
    for day, reached in ((week.last.day, [0]), (week.last.day + 1, [-1])):
        team = replace(make_team([-1], {"pv": [0], "cv": [0]}), joined=[date(2026, 9, day)])
        assert Snapshot(plan, team, week).ranks.tolist() == reached


def test_a_rank_is_held_for_so_many_periods_in_a_row() -> None:
    team = make_team([-1], {"pv": [500_000], "cv": [0]})
    carry: Carry = {}
    found = []
    for _month in range(4):
        snapshot = snapshot_of(team, LEADER, [*LEADER, {"held": "r0", "periods": 2}], carry=carry)
        found.append(snapshot.ranks.tolist()[0])
        carry = left_by_rules(snapshot)
    assert found == [0, 0, 1, 1]
    assert carry["ranks"][0]["run0"] == 4
    # a period without it, and the count starts again
    nothing = make_team([-1], {"pv": [0], "cv": [0]})
    missed = left_by_rules(snapshot_of(nothing, LEADER, [*LEADER, {"held": "r0", "periods": 2}], carry=carry))
    assert "run0" not in missed["ranks"][0]


def test_only_leaders_whom_she_sponsored_count_each_leg_once() -> None:
    #        0
    #     1     2        0 sponsored 1, 3, 4 and 7; 1 sponsored 2; 5 sponsored 6
    #   3   4     5
    #             6 7
    placement, sponsor = [-1, 0, 0, 1, 1, 2, 5, 5], [-1, 0, 1, 0, 0, 2, 5, 0]
    leaders = {2, 3, 4, 6}
    pv = [500_000 * (member in leaders) for member in range(8)]

    def legs(more: dict[str, Any]) -> list[int]:
        asked = {"legs": 9, "rank": "r0", "tree": "placement"} | more
        snapshot = snapshot_of(make_team(sponsor, {"pv": pv, "cv": [0] * 8}, placement=placement), LEADER, [asked])
        return [int(found) for found in snapshot.figures(snapshot.plan.ranks[1].conditions[0])]

    assert legs({}) == [2, 2, 1, 0, 0, 1, 0, 0]
    assert legs({"frontline_only": True}) == [1, 2, 0, 0, 0, 1, 0, 0]
    # 3 and 4 stand in one leg of hers; 2 heads the other, but 1 sponsored her
    assert legs({"personally": True}) == [1, 0, 0, 0, 0, 1, 0, 0]
    pv[7] = 500_000
    assert legs({"personally": True}) == [2, 0, 0, 0, 0, 1, 0, 0]


def test_whoever_holds_the_rank_is_left_out_with_all_below_her() -> None:
    # 0 over 1 (who holds r0) over 2, and over 3: 100 each, 500 for 1
    pv = [100_000, 500_000, 100_000, 100_000]
    group = {"volume": "pv", "of": "group", "tree": "sponsor", "min": 9999, "without_rank": "r0"}
    snapshot = snapshot_of(make_team([-1, 0, 1, 0], {"pv": pv, "cv": [0] * 4}), LEADER, [group])
    # a leader's own group stays in her own figure
    assert snapshot.figures(snapshot.plan.ranks[1].conditions[0]).tolist() == [200_000, 600_000, 100_000, 100_000]


def test_two_who_cost_each_other_a_rank_in_two_trees_both_go_without() -> None:
    # 0 stands above 1 in one tree and 1 above 0 in the other; each has 100 only where the other holds no rank
    team = make_team([-1, 0], {"pv": [60_000] * 2, "cv": [0] * 2}, placement=[1, -1])
    asked = {"volume": "pv", "of": "group", "min": 100, "without_rank": "r0"}
    either = [{"any": [{"all": [asked | {"tree": tree}]} for tree in ("sponsor", "placement")]}]
    assert snapshot_of(team, either).ranks.tolist() == [-1, -1]
