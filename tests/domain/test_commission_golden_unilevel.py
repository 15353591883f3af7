"""Published worked examples, through real plan files, exact to the last digit.

Ranks and activity that an example states as given are given here as a volume that the rank or the activity
asks for. Where a source's own figure is wrong, `expected` is what its rule gives.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from commission_support import HEAD, OCTOBER, ROUNDING, make_team, table
from golden import picked

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.statement import Statement
from organizer.domain.money import to_volume
from organizer.domain.team import Team

BY_ID = picked(
    "unilevel-multiplier",
    "unilevel-multiplier-fallback",
    "unilevel-compress-off",
    "pruvit-compression-rank6",
    "straightline-5x5",
    "unilevel-5x5-ordinary",
    "unilevel-10-then-5",
    "commission-on-commission",
    "program-vs-order-base",
    "youngliving-unilevel-5x100",
    "paparazzi-cancelled-star",
    "mlmsoftwaremanual-no-compression",
    "mygrownet-3x7-full",
)
CASES = list(BY_ID.values())


def volume_table(name: str, unit: str) -> str:
    return table("[[volumes]]", {"id": name, "name": name.upper(), "unit": unit, "columns": [name]})


def percent(rate: Any) -> Decimal:
    return Decimal(rate) * 100


def retail(name: str, volume: str, **entries: Any) -> str:
    usual = {"id": name, "name": name, "kind": "retail", "method": "percent", "volume": volume}
    return table("[[components]]", usual | entries)


def build(case: dict[str, Any], *parts: str) -> Plan:
    currency = case["currency"] if re.fullmatch("[A-Z]{3}", case["currency"]) else "XXX"
    text = HEAD.replace('"DKK"', f'"{currency}"') + "".join(parts) + ROUNDING
    return parse_plan(text, case["id"])


def team_of(case: dict[str, Any], extra: dict[str, dict[str, Any]] | None = None) -> Team:
    members = [entry["id"] for entry in case["tree"]]
    figures = case["periods"][0]["volumes"]
    fields = sorted({field for values in figures.values() for field in values})
    volumes = {
        field: [to_volume(Decimal(figures.get(member, {}).get(field, 0))) for member in members]
        for field in fields
    }
    for field, values in (extra or {}).items():
        volumes[field] = [to_volume(Decimal(values[member])) for member in members]
    sponsor = [members.index(entry["sponsor"]) if entry["sponsor"] else -1 for entry in case["tree"]]
    return make_team(sponsor, volumes, names=members)


def check(case: dict[str, Any], plan: Plan, team: Team) -> dict[str, Statement]:
    """Every expected figure that is a component's or the total; the statements by member."""
    statements = {}
    for member, expected in case["expected"]["P1"].items():
        statement = estimate(plan, team, OCTOBER, list(team.names).index(member))
        amounts = {result.id: Decimal(result.total_minor).scaleb(-2) for result in statement.components}
        amounts["total"] = Decimal(statement.total_minor).scaleb(-2)
        known = {name: amount for name, amount in expected.items() if name in amounts}
        assert known == {name: amounts[name] for name in known}, member
        assert known, f"nothing compared for {member}"
        for result in statement.components:
            assert sum(line.minor for line in result.lines) + result.rounding == result.total_minor
        statements[member] = statement
    return statements


UNILEVEL = [case["id"] for case in CASES if case["rules"]["calc"] == "unilevel"]


@pytest.mark.parametrize("case_id", UNILEVEL)
def test_unilevel(case_id: str) -> None:
    case = BY_ID[case_id]
    rules = case["rules"]
    ranks = list(rules["rate_table"])
    rows = {rank: [percent(rate) for rate in rules["rate_table"][rank].values()] for rank in ranks}
    given = {
        "held": {entry["id"]: (["", *ranks].index(entry["rank"]) if entry["rank"] in ranks else 0)
                 for entry in case["tree"]},
        "act": {entry["id"]: int(entry.get("active", True)) for entry in case["tree"]},
    }  # fmt: skip
    parts = [volume_table(name, "points") for name in ("cv", "held", "act")]
    parts.append(table("[active]", {"volume": "act", "min": 1}))
    for number, rank in enumerate(ranks, 1):
        conditions = [{"volume": "held", "min": number}]
        parts.append(table("[[ranks]]", {"id": f"r{rank.lower()}", "name": rank, "all": conditions}))
    bonus = {
        "id": "level",
        "name": "Level",
        "kind": "unilevel",
        "tree": "sponsor",
        "volume": "cv",
        "point_value": rules["multiplier"],
        "base_percent": percent(rules["broad"]),
        "compression": rules["compression"],
        "rates_by_rank": {f"r{rank.lower()}": row[: rules["max_depth"]] for rank, row in rows.items()},
    }
    parts.append(table("[[components]]", bonus))
    check(case, build(case, *parts), team_of(case, given))


FULL_TREES = [case["id"] for case in CASES if case["rules"]["calc"] == "full_tree_levels"]


@pytest.mark.parametrize("case_id", FULL_TREES)
def test_full_tree(case_id: str) -> None:
    case = BY_ID[case_id]
    rules = case["rules"]
    by_level = rules.get("pct_by_level")
    if by_level:
        paid = {"rates": [percent(rate) for rate in by_level.values()], "point_value": 1}
    else:
        paid = {"amounts": list(rules["amount_by_level"].values()), "per": "member"}
    unit = rules["unit_value"] if by_level else 1
    sponsor, last = [-1], [0]
    for level in range(1, rules["depth"] + 1):
        width = rules.get("first_width", rules["width"]) if level == 1 else rules["width"]
        first = len(sponsor)
        sponsor += [above for above in last for _ in range(width)]
        last = list(range(first, len(sponsor)))
    names = ["root", *(f"m{member}" for member in range(1, len(sponsor)))]
    team = make_team(sponsor, {"cv": [0] + [to_volume(Decimal(unit))] * (len(sponsor) - 1)}, names=names)
    bonus = {"id": "level", "name": "Level", "kind": "unilevel", "tree": "sponsor", "volume": "cv",
             "compression": "none", **paid}  # fmt: skip
    statement = check(case, build(case, volume_table("cv", "points"), table("[[components]]", bonus)), team)[
        "root"
    ]
    if "expected_state" in case:
        assert statement.team_size == case["expected_state"]["members"]
    lines = statement.components[0].lines
    for level in range(1, rules["depth"] + 1):
        expected = case["expected"]["P1"]["root"].get(f"level_{level}")
        if expected is not None:
            assert sum(line.minor for line in lines if line.level == level) == expected * 100


@pytest.mark.parametrize("case_id", ["commission-on-commission", "program-vs-order-base"])
def test_commission_on_commission(case_id: str) -> None:
    case = BY_ID[case_id]
    direct = percent(case["rules"]["direct_pct"])
    rates = [percent(rate) for rate in case["rules"]["levels"].values()]
    above = {"id": "level", "name": "Level", "kind": "unilevel", "tree": "sponsor", "of": ["direct"],
             "rates": rates, "compression": "none"}  # fmt: skip
    own = retail("direct", "sales", percent=direct)
    plan = build(case, volume_table("sales", "money"), own, table("[[components]]", above))
    check(case, plan, team_of(case))


def test_every_case_is_used() -> None:
    assert set(BY_ID) == {"commission-on-commission", "program-vs-order-base", *UNILEVEL, *FULL_TREES}
