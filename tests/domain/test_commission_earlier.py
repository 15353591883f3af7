"""Rules that look at earlier periods: what nobody knows of them is said, and reaching it in one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from commission_support import CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table, unilevel

from organizer.domain.commission import earlier
from organizer.domain.commission.engine import estimate_from, whole_team
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot, Volumes
from organizer.domain.team import Team

TEAM = make_team([-1, 0, 1], {"pv": [60_000, 50_000, 0], "cv": [0, 1_000_000, 0]})


def snapshot(
    past: list[Volumes], team: Team = TEAM, ranks: list[dict[str, Any]] | None = None, **active: Any
) -> Snapshot:
    rule = table("[active]", {"volume": "pv", "min": 100, "periods": 3} | active)
    held = "".join(
        table("[[ranks]]", {"id": f"r{n}", "name": f"R{n}", **one}) for n, one in enumerate(ranks or [])
    )
    plan = parse_plan(HEAD + PV + CV + rule + held + unilevel(rates=[5]) + ROUNDING, "plan.toml")
    return Snapshot(plan, team, OCTOBER, past)


def test_earlier_periods_that_nobody_knows_are_said_counted_and_in_the_high_figure() -> None:
    made = snapshot([])
    statement = estimate_from(made, 0)
    assert str(statement.active_reason) == "Not active: needs 100 PV in 3 periods, has 60 as far as is known."
    assert statement.unknown == 3
    # with 60 of October and the highest known figure of the others, 50, in August and September: 160
    assert statement.range is not None
    assert (statement.range.low, statement.total_minor, statement.range.high) == (0, 0, 5_000)
    assert [one.key for one in earlier.without_figures(made, whole_team(made, 0))] == ["2026-08", "2026-09"]


def test_earlier_periods_that_are_known_are_no_doubt() -> None:
    made = snapshot([{"pv": [10_000, 0, 0]}, {"pv": [0, 0, 0]}])
    statement = estimate_from(made, 0)
    assert str(statement.active_reason) == "Not active: needs 100 PV in 3 periods, has 70."
    assert (statement.unknown, statement.range) == (0, None)
    assert earlier.without_figures(made, whole_team(made, 0)) == []


def test_one_who_is_missing_in_a_period_is_counted_and_the_period_isnt_named() -> None:
    made = snapshot([{"pv": [None, 0, 0]}, {"pv": [0, 0, 0]}])
    statement = estimate_from(made, 0)
    assert statement.unknown == 1
    assert statement.range is not None
    assert statement.range.high == 5_000  # 60 + 50
    assert earlier.without_figures(made, whole_team(made, 0)) == []


def test_who_joined_later_or_of_whom_the_file_tells_is_known() -> None:
    told = replace(TEAM, active=[True, None, None])
    assert estimate_from(snapshot([], told), 0).unknown == 2
    new = replace(TEAM, joined=[date(2026, 10, 1), date(2026, 9, 30), date(2026, 8, 31)])
    made = snapshot([], new)
    assert earlier.unknown(made, "pv", 3).tolist() == [False, True, True]
    assert str(estimate_from(made, 0).active_reason) == "Not active: needs 100 PV in 3 periods, has 60."
    assert [one.key for one in earlier.without_figures(made, whole_team(made, 0))] == ["2026-08", "2026-09"]
    all_new = replace(TEAM, joined=[date(2026, 10, 1)] * 3)
    assert earlier.without_figures(snapshot([], all_new), whole_team(made, 0)) == []


def test_a_member_alone_is_filled_with_her_own_figure() -> None:
    alone = make_team([-1], {"pv": [60_000], "cv": [0]})
    statement = estimate_from(snapshot([], alone), 0)
    assert statement.range is not None
    assert statement.range.high == 0
    nothing = make_team([-1], {"pv": [None], "cv": [0]})
    without = estimate_from(snapshot([], nothing), 0)
    assert without.range is not None
    assert without.range.high is None


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"min": 200}, "Own PV, in 3 periods: 60 as far as is known, needs 200"),
        (
            {"min": 200, "of": "group", "tree": "sponsor"},
            "PV in the whole group, in 3 periods: 110 as far as is known, needs 200",
        ),
        (
            {"min": 200, "of": "frontline", "tree": "sponsor"},
            "PV of her own and her frontline, in 3 periods: 110 as far as is known, needs 200",
        ),
        (
            {"min": 200, "of": "leg", "legs": 2, "tree": "sponsor"},
            "Legs with at least 200 PV, in 3 periods: 0 as far as is known, needs 2",
        ),
        ({"min": 200, "in_one": True}, "Own PV, in one of 3 periods: 60 as far as is known, needs 200"),
    ],
)
def test_conditions_say_it_too(condition: dict[str, Any], words: str) -> None:
    asked = {"volume": "pv", "periods": 3} | condition
    either = {"any": [{"all": [asked]}]}
    statement = estimate_from(snapshot([], ranks=[{"all": [asked, either]}]), 0)
    missing = list(map(str, statement.rank.missing))
    assert missing[0] == words
    assert missing[1].endswith(": not yet, as far as is known")
    known = snapshot([{"pv": [0, 0, 0]}] * 2, ranks=[{"all": [asked, either]}])
    assert "as far as is known" not in " ".join(map(str, estimate_from(known, 0).rank.missing))


def test_what_was_worked_out_before_isnt_used_for_another_past() -> None:
    made = snapshot(
        [], ranks=[{"all": [{"volume": "pv", "periods": 3, "min": 200, "of": "group", "tree": "sponsor"}]}]
    )
    assert made.ranks.tolist() == [-1, -1, -1]
    other = made.changed({}, past=[{"pv": [0, 0, 90_000]}])
    assert other.ranks.tolist() == [0, -1, -1]
    assert made.ranks.tolist() == [-1, -1, -1]


def test_active_by_one_of_the_periods() -> None:
    # 60, 60 and 60 are 180 together, and never 100 in one of them
    past: list[Volumes] = [{"pv": [60_000, 0, 0]}, {"pv": [60_000, 100_000, 0]}]
    assert snapshot(past).active.tolist() == [True, True, False]
    made = snapshot(past, in_one=True)
    assert made.active.tolist() == [False, True, False]
    reasons = [str(estimate_from(made, member).active_reason) for member in (0, 1)]
    assert reasons == [
        "Not active: needs 100 PV in one of 3 periods, has 60.",
        "Active: needs 100 PV in one of 3 periods, has 100.",
    ]
    assert made.changed({"pv": {0: 100_000}}).active.tolist() == [True, True, False]


def test_a_condition_in_one_of_the_periods() -> None:
    past: list[Volumes] = [{"pv": [0, 0, 90_000]}, {"pv": [0, 0, 0]}]
    group = {"volume": "pv", "of": "group", "tree": "sponsor", "periods": 3, "in_one": True}
    # October: 60 + 50, September: 90, together 200
    assert snapshot(past, ranks=[{"all": [{**group, "min": 110}]}]).ranks.tolist() == [0, -1, -1]
    assert snapshot(past, ranks=[{"all": [{**group, "min": 111}]}]).ranks.tolist() == [-1, -1, -1]
    assert snapshot(past, ranks=[{"all": [{**group, "min": 90}]}]).ranks.tolist() == [0, 0, 0]
    leg = {"volume": "pv", "of": "leg", "legs": 1, "tree": "sponsor", "periods": 3, "in_one": True}
    assert snapshot(past, ranks=[{"all": [{**leg, "min": 90}]}]).ranks.tolist() == [0, 0, -1]
    assert snapshot(past, ranks=[{"all": [{**leg, "min": 91}]}]).ranks.tolist() == [-1, -1, -1]
