"""Pass-up bonuses worked out by hand: who is passed up, to whom, and what is kept from month to month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from commission_support import ACTIVE, CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table

from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.team import Team


def pass_up(**entries: Any) -> str:
    usual = {"id": "up", "name": "Up", "kind": "pass_up", "volume": "cv", "pass_ups": 2, "keeper_percent": 40,
             "recruiter_percent": 10, "upline_percent": 30}  # fmt: skip
    return table("[[components]]", usual | entries)


def plan_of(*parts: str) -> Plan:
    return parse_plan(HEAD + "".join(parts) + ROUNDING, "test.toml")


def result(plan: Plan, team: Team, member: int = 0, carry: Any = None) -> ComponentResult:
    snapshot = Snapshot(plan, team, OCTOBER, carry=carry)
    found = plan.component("up").rules.pay(plan.component("up"), snapshot, member)
    assert found.total_minor == int(snapshot.earned("up").minor[member])
    return found


def said(found: ComponentResult) -> list[tuple[int, int, str]]:
    return [(line.source, line.minor, str(line.reason)) for line in found.lines]


SPONSOR = [-1, 0, 1, 1, 1]


def test_the_first_two_go_up_and_the_third_stays() -> None:
    team = make_team(SPONSOR, {"cv": [0, 0, 100_000, 200_000, 400_000]})
    plan = plan_of(CV, pass_up())
    assert said(result(plan, team, 1)) == [
        (4, 160_00, "Not among the first 2."),
        (2, 10_00, "Among the first 2, so it is passed up."),
        (3, 20_00, "Among the first 2, so it is passed up."),
    ]
    # 30 % of 100 and of 200; 1 buys nothing
    assert said(result(plan, team)) == [
        (1, 0, "No CV this period."),
        (2, 30_00, "Passed up by Name 1."),
        (3, 60_00, "Passed up by Name 1."),
    ]
    assert [(line.level, line.depth) for line in result(plan, team).lines] == [(None, 1), (None, 2), (None, 2)]


def test_the_first_ones_go_by_joining_and_then_by_id() -> None:
    team = make_team(SPONSOR, {"cv": [0, 0, 100_000, 100_000, 100_000]})
    days = [None, None, None, date(2026, 5, 2), date(2026, 5, 1)]
    found = result(plan_of(CV, pass_up()), replace(team, joined=days), 1)
    assert [line.source for line in found.lines if line.minor == 40_00] == [2]


@pytest.mark.parametrize(("counted", "kept"), [("buyers", {1: {"counted": 2}}), ("recruits", {})])
def test_buyers_are_counted_over_the_months(counted: str, kept: dict[int, dict[str, int]]) -> None:
    plan = plan_of(CV, pass_up(counted=counted))
    component = plan.component("up")
    # In September only 4 bought: she was the first buyer, though the last recruit
    september = make_team(SPONSOR, {"cv": [0, 0, 0, 0, 100_000]})
    after = component.rules.after(component, Snapshot(plan, september, OCTOBER))
    assert after == ({4: {"counted": 1}} if counted == "buyers" else {})
    # In October everyone does: 4 is still passed up, 2 fills the second place, and 3 stays
    october = make_team(SPONSOR, {"cv": [0, 0, 100_000, 100_000, 100_000]})
    found = result(plan, october, 1, carry={"up": after})
    own = 3 if counted == "buyers" else 4
    assert [line.source for line in found.lines if line.minor == 40_00] == [own]
    later = component.rules.after(component, Snapshot(plan, october, OCTOBER, carry={"up": after}))
    assert later == ({4: {"counted": 1}, 2: {"counted": 1}, 3: {"counted": 2}} if counted == "buyers" else {})


def test_a_return_of_somebody_who_never_bought_goes_the_way_of_the_next_purchase() -> None:
    team = make_team(SPONSOR, {"cv": [0, 0, -100_000, 0, 0]})
    assert said(result(plan_of(CV, pass_up()), team, 1))[0] == (
        2,
        -10_00,
        "Among the first 2, so it is passed up.",
    )


@pytest.mark.parametrize(("goes_to", "expected"), [("sponsor", [0, 30_00]), ("next_keeper", [30_00, 0])])
def test_passed_up_to_the_sponsor_or_to_the_next_who_keeps(goes_to: str, expected: list[int]) -> None:
    # 2's recruit 3 buys; 2's sponsor 1 has passed up only 2 so far, while 0 is done with 1, 4 and 5
    team = make_team([-1, 0, 1, 2, 0, 0], {"cv": [0, 1_000, 1_000, 100_000, 1_000, 1_000]})
    plan = plan_of(CV, pass_up(goes_to=goes_to))
    amounts = []
    for member in (0, 1):
        lines = {line.source: line.minor for line in result(plan, team, member).lines}
        amounts.append(lines.get(3, 0))
    assert amounts == expected


@pytest.mark.parametrize(
    ("nobody", "expected", "reason"),
    [
        ("company", 10_00, "Among the first 2, so it is passed up."),
        ("recruiter", 40_00, "Among the first 2, but nobody is above."),
    ],
)
def test_where_nobody_is_above(nobody: str, expected: int, reason: str) -> None:
    team = make_team([-1, 0], {"cv": [0, 100_000]})
    assert said(result(plan_of(CV, pass_up(nobody_above=nobody)), team)) == [(1, expected, reason)]


@pytest.mark.parametrize(("roll_up", "expected"), [(False, [0, 0, 10_00]), (True, [30_00, 0, 10_00])])
def test_what_the_upline_is_not_qualified_for(roll_up: bool, expected: list[int]) -> None:
    # 3 buys, 2 passes up to 1, who isn't active
    team = make_team([-1, 0, 1, 2], {"pv": [100_000, 0, 100_000, 0], "cv": [0, 0, 0, 100_000]})
    plan = plan_of(PV, CV, ACTIVE, pass_up(roll_up=roll_up))
    assert [result(plan, team, member).total_minor for member in (0, 1, 2)] == expected
    assert said(result(plan, team, 1)) == [
        (2, 0, "No CV this period."), (3, 0, "Not active: needs 100 PV, has 0."),
    ]  # fmt: skip
    if roll_up:
        assert said(result(plan, team))[-1] == (
            3, 30_00, "Passed up by Name 2. Passed on by Name 1, who isn't paid for it.",
        )  # fmt: skip


def test_customers_count_unless_the_plan_says_no() -> None:
    team = make_team(SPONSOR, {"cv": [0, 0, 100_000, 100_000, 100_000]}, customers=[2])
    without = result(plan_of(CV, pass_up(customer_volume=False)), team, 1)
    assert said(without)[0] == (2, 0, "A customer's volume doesn't count in this bonus.")
    assert without.total_minor == 20_00
    assert result(plan_of(CV, pass_up()), team, 1).total_minor == 60_00


def test_unknown_volume_is_said_to_be_unknown() -> None:
    team = make_team([-1, 0], {"cv": [0, None]})
    assert said(result(plan_of(CV, pass_up()), team)) == [(1, 0, "CV isn't known for this period.")]


def test_words() -> None:
    plan = plan_of(CV, pass_up(counted="recruits", goes_to="next_keeper", nobody_above="recruiter", roll_up=True))
    assert [str(message) for message in plan.component("up").rules.words(plan)] == [
        "What her first 2 recruits buy is passed up: she gets 10 % of it, and the one above her 30 %.",
        "Of what her other recruits buy she gets 40 %.",
        "The first ones are counted in order of joining, whether or not they buy.",
        "What is passed up goes to the nearest one above who has passed up all of hers.",
        "Where nobody is above her, she is paid for them as for the others.",
        "What somebody isn't qualified for goes to the next one up who is.",
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"pass_ups": 0}, '"pass_ups": this can\'t be less than 1.'),
        ({"keeper_percent": -1}, '"keeper_percent": this can\'t be less than 0.'),
        ({"counted": "all"}, '"counted": "all" isn\'t one of recruits, buyers.'),
        ({"goes_to": "me"}, '"goes_to": "me" isn\'t one of sponsor, next_keeper.'),
    ],
)
def test_mistakes_are_located(entries: dict[str, Any], expected: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_of(CV, pass_up(**entries))
    assert str(caught.value.problems[0]) == f'test.toml, component "up", key {expected}'


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_a_hundred_thousand_in_a_row_or_around_one(shape: str) -> None:
    size = 100_000
    sponsor = [-1, *range(size - 1)] if shape == "chain" else [-1] + [0] * (size - 1)
    found = result(plan_of(CV, pass_up()), make_team(sponsor, {"cv": [1_000] * size}))
    # in a row: 10 % of the one below, 30 % of the one below her; around one: 40 % of all but two, 10 % of those
    assert found.total_minor == (40 if shape == "chain" else (size - 3) * 40 + 20)
