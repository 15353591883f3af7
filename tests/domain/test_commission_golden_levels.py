"""Published worked examples of matrix, matching and pass-up pay, through plan files, exact to the last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from commission_support import OCTOBER, make_team, table
from golden import picked
from test_commission_golden_unilevel import BY_ID as UNILEVEL
from test_commission_golden_unilevel import build, check, percent, retail, team_of, volume_table

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.kinds.matrix import Matrix
from organizer.domain.money import to_volume

BY_ID = picked(
    "matrix-height-ceiling",
    "matrix-capacity-3x7",
    "matrix-capacity-2x12",
    "matching-10-7",
    "avon-2015-double-check",
    "two-up-passup",
)
CASES = list(BY_ID.values())


def bonus(kind: str, name: str, **entries: Any) -> str:
    return table("[[components]]", {"id": name, "name": name, "kind": kind, **entries})


def test_the_walk_stops_at_the_height_of_the_matrix() -> None:
    case = BY_ID["matrix-height-ceiling"]
    rules = case["rules"]
    rank = table("[[ranks]]", {"id": "gold", "name": "Gold", "all": []})
    rates = {"gold": [percent(rate) for rate in rules["rate_table"]["Gold"].values()]}
    levels = bonus(
        "matrix", "level", volume="cv", point_value=rules["multiplier"], base_percent=percent(rules["broad"]),
        width=rules["width"], depth=rules["height"], spillover=rules["spillover"], rates_by_rank=rates,
        compression="none",
    )  # fmt: skip
    team = team_of(case)
    assert [team.names[member] for member in range(len(team))] == rules["enrol_order"]
    check(case, build(case, volume_table("cv", "points"), rank, levels), team)


@pytest.mark.parametrize("case_id", ["matrix-capacity-3x7", "matrix-capacity-2x12"])
def test_capacity(case_id: str) -> None:
    case = BY_ID[case_id]
    width, depth = case["rules"]["width"], case["rules"]["depth"]
    expected = case["expected_state"]["members"]
    levels = bonus("matrix", "level", volume="cv", point_value=1, width=width, depth=depth,
                   spillover="breadth_first", rates=[1] * depth, compression="none")  # fmt: skip
    plan = build(case, volume_table("cv", "points"), levels)
    rules = plan.components[0].rules
    assert isinstance(rules, Matrix)
    assert rules.capacity == expected
    assert f"room for {expected} below each" in str(rules.words(plan)[0])
    # The one at the top recruited them all: they fill the matrix, and one more stands too deep
    size = expected + 2
    statement = estimate(plan, make_team([-1] + [0] * (size - 1), {"cv": [100_000] * size}), OCTOBER, 0)
    assert statement.components[0].paid_count == expected
    assert [line.level for line in statement.components[0].lines].count(depth) == width**depth
    assert statement.total_minor == expected * 100


def test_a_matrix_without_compression() -> None:
    case = UNILEVEL["mlmsoftwaremanual-no-compression"]
    ranks = sorted(case["rules"]["rate_table"])
    parts = [volume_table("cv", "points"), volume_table("held", "points")]
    for number, rank in enumerate(ranks, 1):
        conditions = [{"volume": "held", "min": number}]
        parts.append(table("[[ranks]]", {"id": f"r{rank}", "name": rank, "all": conditions}))
    rows = case["rules"]["rate_table"]
    parts.append(
        bonus(
            "matrix", "level", volume="cv", point_value=1, width=1, depth=case["rules"]["max_depth"],
            rates_by_rank={f"r{rank}": [percent(rate) for rate in rows[rank].values()] for rank in ranks},
            compression="none",
        )
    )  # fmt: skip
    held = {entry["id"]: ranks.index(entry["rank"]) + 1 for entry in case["tree"]}
    check(case, build(case, *parts), team_of(case, {"held": held}))


def test_a_full_matrix_with_percentages() -> None:
    case = UNILEVEL["mygrownet-3x7-full"]
    rules, size = case["rules"], case["expected_state"]["members"] + 1
    rates = [percent(rate) for rate in rules["pct_by_level"].values()]
    levels = bonus("matrix", "level", volume="cv", point_value=1, width=rules["width"], depth=rules["depth"],
                   spillover="breadth_first", rates=rates, compression="none")  # fmt: skip
    volumes = {"cv": [0] + [to_volume(Decimal(rules["unit_value"]))] * (size - 1)}
    names = ["root", *(f"m{member}" for member in range(1, size))]
    statement = check(
        case,
        build(case, volume_table("cv", "points"), levels),
        make_team([-1] + [0] * (size - 1), volumes, names=names),
    )["root"]
    for level in range(1, rules["depth"] + 1):
        found = sum(line.minor for line in statement.components[0].lines if line.level == level)
        assert found == case["expected"]["P1"]["root"][f"level_{level}"] * 100


def test_matching_by_level() -> None:
    case = BY_ID["matching-10-7"]
    own = retail("earnings", "base_earnings", percent=100)
    match = bonus("matching", "matching", of=["earnings"], compression="none",
                  rates=[percent(rate) for rate in case["rules"]["levels"].values()])  # fmt: skip
    check(case, build(case, volume_table("base_earnings", "money"), own, match), team_of(case))


def test_a_match_of_her_own_check_when_both_goals_are_met() -> None:
    case = BY_ID["avon-2015-double-check"]
    (term,) = case["rules"]["terms"]
    check_, goals = term["base_fields"][0], ("goal_1", "goal_2")
    parts = [volume_table(check_, "money"), *(volume_table(goal, "points") for goal in goals)]
    parts.append(retail("leadership", check_, percent=100))
    parts.append(
        bonus("matching", "match", of=["leadership"], own_percent=percent(term["pct"]),
              requires=[{"volume": goal, "min": 1} for goal in goals])
    )  # fmt: skip
    check(case, build(case, *parts), team_of(case, {goal: {"you": 1} for goal in goals}))
    one_goal = team_of(case, {"goal_1": {"you": 1}, "goal_2": {"you": 0}})
    assert estimate(build(case, *parts), one_goal, OCTOBER, 0).components[1].total_minor == 0


def test_two_up() -> None:
    case = BY_ID["two-up-passup"]
    rules, members = case["rules"], [entry["id"] for entry in case["tree"]]
    shares = {
        "recruiter": rules["recruiter_pct_on_passup"],
        "upline": rules["passup_pct"],
        "keeper": rules["keeper_pct"],
    }
    parts, volumes = [], {}
    for phase in case["periods"]:
        name = phase["id"].lower()
        volumes[name] = [to_volume(Decimal(phase["price"] * (member in phase["buyers"]))) for member in members]
        percents = {f"{share}_percent": percent(rate) for share, rate in shares.items()}
        parts += [
            volume_table(name, "money"),
            bonus("pass_up", name, volume=name, pass_ups=rules["passups"], **percents),
        ]
    sponsor = [members.index(entry["sponsor"]) if entry["sponsor"] else -1 for entry in case["tree"]]
    team, plan = make_team(sponsor, volumes, names=members), build(case, *sorted(parts, reverse=True))
    for phase in case["periods"]:
        for member, expected in case["expected"][phase["id"]].items():
            result = next(
                one for one in estimate(plan, team, OCTOBER, members.index(member)).components
                if one.id == phase["id"].lower()
            )  # fmt: skip
            kept = sum(line.minor for line in result.lines if line.rate == Fraction(shares["keeper"]))
            assert result.total_minor == 100 * sum(expected.values())
            assert (kept, result.total_minor - kept) == (
                100 * expected.get("keeper", 0),
                100 * expected["pass_up"],
            )


def test_every_case_is_used() -> None:
    assert set(BY_ID) == {
        "matrix-height-ceiling", "matrix-capacity-3x7", "matrix-capacity-2x12", "matching-10-7",
        "avon-2015-double-check", "two-up-passup",
    }  # fmt: skip
