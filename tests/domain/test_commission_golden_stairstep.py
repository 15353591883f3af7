"""Published worked examples of stair-step, breakaway, leadership and generation pay, through plan files.

What an example takes as given (a rank) is given here as a volume that the rank asks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from commission_support import HEAD, OCTOBER, ROUNDING, make_team, table
from golden import picked

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.statement import ComponentResult, Statement
from organizer.domain.money import to_volume
from organizer.domain.team import Team

CASES = picked(
    "amway-ustc-lopez-gross",
    "amway-india-5x300",
    "amway-spreadsheet-4teams",
    "vbo-2023-personal-with-downline",
    "stairstep-5pct-per-rank-r2",
    "stairstep-5pct-per-rank-r3",
    "breakaway-diff-15-10-50000",
    "staircase-new-distributors",
    "staircase-old-distributors",
    "staircase-leadership-2gen",
    "breakaway-guide-7node",
    "breakaway-guide-same-rank-floor",
    "amway-kr-leadership-full",
    "amway-kr-leadership-none",
    "generation-5-4",
    "merryvital-gold-2gen",
    "herbalife-wholesale-50-25",
    "herbalife-wholesale-50-42",
)


def volume(name: str, unit: str = "money") -> str:
    return table("[[volumes]]", {"id": name, "name": name.upper(), "unit": unit, "columns": [name]})


def bonus(name: str, kind: str, **entries: Any) -> str:
    return table("[[components]]", {"id": name, "name": name, "kind": kind, "tree": "sponsor"} | entries)


def percent(rate: Any) -> Decimal:
    return Decimal(rate) * 100


def ranked(names: Sequence[str]) -> str:
    """Ranks from the lowest up, each held by whoever has its number in the volume "held"."""
    parts = [volume("held", "points")]
    for number, name in enumerate(names, 1):
        rank = {"id": rank_id(name), "name": name, "all": [{"volume": "held", "min": number}]}
        parts.append(table("[[ranks]]", rank))
    return "".join(parts)


def rank_id(name: str) -> str:
    return "r" + re.sub("[^a-z0-9]", "", name.lower())


def plan_for(case: Mapping[str, Any], *parts: str) -> Plan:
    currency = case["currency"] if re.fullmatch("[A-Z]{3}", case["currency"]) else "XXX"
    return parse_plan(HEAD.replace('"DKK"', f'"{currency}"') + "".join(parts) + ROUNDING, case["id"])


def team_for(case: Mapping[str, Any], fields: Sequence[str], ranks: Sequence[str] = ()) -> Team:
    """The example's tree; a rank that the plan doesn't name is none."""
    members = [entry["id"] for entry in case["tree"]]
    figures = case["periods"][0]["volumes"]
    volumes = {
        field: [to_volume(Decimal(figures.get(member, {}).get(field, 0))) for member in members]
        for field in fields
    }
    held = [ranks.index(rank) + 1 if (rank := entry.get("rank")) in ranks else 0 for entry in case["tree"]]
    sponsor = [members.index(entry["sponsor"]) if entry["sponsor"] else -1 for entry in case["tree"]]
    return make_team(sponsor, volumes | {"held": [to_volume(Decimal(number)) for number in held]}, names=members)


def check(case: Mapping[str, Any], plan: Plan, team: Team) -> dict[str, Statement]:
    """Every expected figure that is a component's or the total; the statements by member."""
    statements = {}
    for member, expected in case["expected"]["P1"].items():
        statement = estimate(plan, team, OCTOBER, list(team.names).index(member))
        amounts = {result.id: Decimal(result.total_minor).scaleb(-2) for result in statement.components}
        amounts["total"] = Decimal(statement.total_minor).scaleb(-2)
        notes = noted(statement.components[0])
        amounts |= notes
        assert expected == {name: amounts[name] for name in expected}, member
        for result in statement.components:
            assert sum(line.minor for line in result.lines) + result.rounding == result.total_minor
        statements[member] = statement
    return statements


def noted(result: ComponentResult) -> dict[str, Decimal]:
    """The group's gross bonus and what of it those below have, as the statement's notes give them."""
    whole = [note for note in result.notes if str(note).startswith("The whole group")]
    below = [note for note in result.notes if str(note).startswith("Less what those below")]
    if not whole:
        return {}
    paid = sum((Decimal(str(note.values["amount"])) for note in below), Decimal())
    return {"group_bonus_gross": Decimal(str(whole[0].values["amount"])), "paid_to_downline": paid}


BY_BRACKET = ["amway-ustc-lopez-gross", "amway-india-5x300", "amway-spreadsheet-4teams"]


@pytest.mark.parametrize("case_id", BY_BRACKET)
def test_brackets_by_points_paid_on_money(case_id: str) -> None:
    case = CASES[case_id]
    brackets = [{"from": start, "percent": percent(rate)} for start, rate in case["rules"]["brackets"]]
    parts = [
        volume("pv", "points"),
        volume("bv"),
        bonus("performance_bonus", "stairstep", volume="bv", bracket_volume="pv", brackets=brackets),
    ]
    if "retail_pct" in case["rules"]:
        retail = {"id": "retail_profit", "name": "Retail", "kind": "retail", "method": "percent", "volume": "bv"}
        parts.append(table("[[components]]", retail | {"percent": percent(case["rules"]["retail_pct"])}))
    check(case, plan_for(case, *parts), team_for(case, ["pv", "bv"]))


def test_the_sum_is_readable_as_the_field_writes_it() -> None:
    case = CASES["amway-india-5x300"]
    brackets = [{"from": start, "percent": percent(rate)} for start, rate in case["rules"]["brackets"]]
    pay = bonus("performance_bonus", "stairstep", volume="bv", bracket_volume="pv", brackets=brackets)
    plan = plan_for(case, volume("pv", "points"), volume("bv"), pay)
    result = estimate(plan, team_for(case, ["pv", "bv"]), OCTOBER, 0).components[0]
    assert [str(note) for note in result.notes] == [
        "1500 PV give 9 %.",
        "The whole group: 9 % of 90000 BV is 8100.00 INR.",
        "Less what those below have: 6 % of 72000 BV is 4320.00 INR.",
    ]
    assert [str(line.reason) for line in result.lines] == [
        "Own volume, at 9 %.",
        *["9 % less the 6 % that those below have: 3 %."] * 4,
    ]


def test_own_volume_at_the_groups_bracket() -> None:
    case = CASES["vbo-2023-personal-with-downline"]
    brackets = [{"from": start, "percent": percent(rate)} for start, rate in case["rules"]["brackets"]]
    pay = bonus("personal_bonus", "stairstep", volume="pv", point_value=1, bracket_volume="pv", downline="none",
                brackets=brackets)  # fmt: skip
    check(case, plan_for(case, volume("pv", "points"), pay), team_for(case, ["pv"]))


def by_rank(case: Mapping[str, Any]) -> tuple[list[str], dict[str, Decimal]]:
    rates = sorted(case["rules"]["rank_rates"].items(), key=lambda entry: Decimal(entry[1]))
    return [name for name, _ in rates], {rank_id(name): percent(rate) for name, rate in rates}


RANKED = ["stairstep-5pct-per-rank-r2", "stairstep-5pct-per-rank-r3", "staircase-old-distributors"]


@pytest.mark.parametrize("case_id", [*RANKED, "breakaway-diff-15-10-50000"])
def test_percentages_by_rank(case_id: str) -> None:
    case = CASES[case_id]
    ranks, rates = by_rank(case)
    parts = [volume("cv"), ranked(ranks)]
    if case["rules"].get("personal_paid", True):
        parts.append(bonus("personal", "stairstep", volume="cv", percent_by_rank=rates, downline="none"))
    parts.append(bonus("differential", "stairstep", volume="cv", percent_by_rank=rates, personal=False))
    check(case, plan_for(case, *parts), team_for(case, ["cv"], ranks))


@pytest.mark.parametrize("case_id", ["herbalife-wholesale-50-25", "herbalife-wholesale-50-42"])
def test_wholesale_profit_is_the_difference_of_discounts(case_id: str) -> None:
    case = CASES[case_id]
    ranks = ["25", "35", "42", "50"]
    for entry in case["tree"]:
        entry["rank"] = str(int(percent(entry["discount"])))
    rates = {rank_id(rank): Decimal(rank) for rank in ranks}
    pay = bonus("wholesale_profit", "stairstep", volume="earn_base", percent_by_rank=rates, personal=False)
    check(case, plan_for(case, volume("earn_base"), ranked(ranks), pay), team_for(case, ["earn_base"], ranks))


def test_staircase_with_new_distributors() -> None:
    case = CASES["staircase-new-distributors"]
    term = case["rules"]["terms"][0]
    for entry in case["tree"]:
        entry["rank"] = "direct" if entry["id"] == term["member"] else "new"
    rates = {"rnew": 0, "rdirect": percent(term["pct"])}
    pay = bonus("direct_bonus", "stairstep", volume="pv", point_value=1, percent_by_rank=rates, personal=False)
    plan = plan_for(case, volume("pv", "points"), ranked(["new", "direct"]), pay)
    check(case, plan, team_for(case, ["pv"], ["new", "direct"]))


def test_staircase_with_leaders_in_two_generations() -> None:
    """C and E have 36 %, A, B and B1 have 40 % and lead; networks' totals are told apart into own volumes."""
    case = deepcopy(CASES["staircase-leadership-2gen"])
    terms = {term["component"]: percent(term["pct"]) for term in case["rules"]["terms"]}
    top = terms["direct_bonus"]
    ranks = ["new", "old", "leader"]
    rates = {"rnew": 0, "rold": top - terms["indirect_bonus"], "rleader": top}
    given = {"A": "leader", "B": "leader", "B1": "leader", "C": "old", "E": "old"}
    figures = case["periods"][0]["volumes"]
    for entry in case["tree"]:
        entry["rank"] = given.get(entry["id"], "new")
        below = sum(figures.get(other["id"], {}).get("ngv", 0) for other in case["tree"]
                    if other["sponsor"] == entry["id"])  # fmt: skip
        hers = figures.get(entry["id"], {})
        hers["pv"] = hers.get("pv", Decimal()) + (hers["ngv"] - below if "ngv" in hers else 0)
    usual = {"volume": "pv", "point_value": 1}
    steps = usual | {"percent_by_rank": rates, "breakaway": {"rank": "rleader"}}
    generations = usual | {"boundary_rank": "rleader", "own_group": "not_counted"}
    plan = plan_for(
        case,
        volume("pv", "points"),
        ranked(ranks),
        bonus("direct_bonus", "stairstep", downline="direct", **steps),
        bonus("indirect_bonus", "stairstep", personal=False, downline="indirect", **steps),
        bonus("leadership_gen1", "generation", rates=[terms["leadership_gen1"]], **generations),
        bonus("leadership_gen2", "generation", rates=[0, terms["leadership_gen2"]], **generations),
    )
    check(case, plan, team_for(case, ["pv"], ranks))


@pytest.mark.parametrize("case_id", ["breakaway-guide-7node", "breakaway-guide-same-rank-floor"])
def test_overrides_on_a_group_that_broke_away(case_id: str) -> None:
    case = CASES[case_id]
    rules = case["rules"]
    ranks = [*rules["rate_table"], *(rank for rank in rules["override_rates"] if rank not in rules["rate_table"])]
    overrides = {rank_id(rank): percent(rules["override_rates"].get(rank, 0)) for rank in ranks}
    levels = {
        rank_id(rank): [percent(rate) for rate in rules["rate_table"].get(rank, {}).values()] for rank in ranks
    }
    usual = {"volume": "cv", "point_value": rules["multiplier"], "base_percent": percent(rules["broad"])}
    leader = rank_id(rules["breakaway_at"][0])
    plan = plan_for(
        case,
        volume("cv", "points"),
        ranked(ranks),
        bonus("level", "unilevel", rates_by_rank=levels, compression="none", boundary_rank=leader, **usual),
        bonus(
            "override",
            "breakaway",
            method=rules["override_mode"],
            boundary_rank=leader,
            percent_by_rank=overrides,
            generations=rules["max_override_generations"],
            floor_percent=percent(rules["min_override"]),
            **usual,
        ),
    )
    check(case, plan, team_for(case, ["cv"], ranks))


@pytest.mark.parametrize("case_id", ["amway-kr-leadership-full", "amway-kr-leadership-none"])
def test_leadership_with_a_guarantee(case_id: str) -> None:
    case = CASES[case_id]
    rules = case["rules"]
    for entry in case["tree"]:
        entry["rank"] = "independent" if entry.get("independent") else ""
    pay = bonus(
        "leadership_bonus",
        "leadership",
        volume="personal_group_bv",
        percent=percent(rules["rate"]),
        guarantee=rules["minimum_assured"],
        boundary_rank="rindependent",
        qualifying_volume="personal_group_bv",
        full=rules["full_pv"],
        partial=rules["partial_pv"],
    )
    plan = plan_for(case, volume("personal_group_bv"), ranked(["independent"]), pay)
    check(case, plan, team_for(case, ["personal_group_bv"], ["independent"]))


def test_generations_of_a_threshold_rank() -> None:
    case = CASES["generation-5-4"]
    ranks = ["Associate", *case["rules"]["boundary_ranks"]]
    rates = [percent(rate) for rate in case["rules"]["rates"].values()]
    pay = bonus("generation", "generation", volume="cv", rates=rates, own_group="first",
                boundary_rank=rank_id(ranks[1]))  # fmt: skip
    check(case, plan_for(case, volume("cv"), ranked(ranks), pay), team_for(case, ["cv"], ranks))


def test_generations_that_begin_with_the_next_leader() -> None:
    case = CASES["merryvital-gold-2gen"]
    ranks = ["Consultant", *case["rules"]["boundary_ranks"], "GoldLeader"]
    rates = [percent(rate) for rate in case["rules"]["rates"].values()]
    pay = bonus("generation", "generation", volume="cv", boundary_rank="rpm", own_group="not_counted",
                rates_by_rank={"rconsultant": [], "rpm": [], "rgoldleader": rates})  # fmt: skip
    check(case, plan_for(case, volume("cv"), ranked(ranks), pay), team_for(case, ["cv"], ranks))


def test_every_case_is_used() -> None:
    elsewhere = {
        "vbo-2023-personal-with-downline", "breakaway-diff-15-10-50000", "herbalife-wholesale-50-25",
        "herbalife-wholesale-50-42", "staircase-new-distributors", "staircase-leadership-2gen",
        "breakaway-guide-7node", "breakaway-guide-same-rank-floor", "amway-kr-leadership-full",
        "amway-kr-leadership-none", "generation-5-4", "merryvital-gold-2gen",
    }  # fmt: skip
    assert set(CASES) == elsewhere | {*BY_BRACKET, *RANKED}
