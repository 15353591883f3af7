"""Published worked examples of binary pay, through real plan files, exact to the last digit and the last point."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from commission_support import HEAD, OCTOBER, ROUNDING, make_team, table
from golden import picked

from organizer.domain.commission.engine import estimate_from
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot
from organizer.domain.commission.statement import Statement
from organizer.domain.money import to_volume
from organizer.domain.team import Team

BY_ID = picked(
    "binary-guide-2period-flush",
    "binary-3000-5000",
    "binary-3000-5000-ratio",
    "binary-8000-4000",
    "binary-test-800-200",
    "binary-test-100-400-ratio",
    "binary-test-cap-exact",
    "binary-test-netoff",
    "binary-test-carrycap",
    "binary-multiposition-aggregate-cap",
    "betfin-2cycles-8pct",
    "binary-500-1000",
    "pairs-350-250",
    "pairs-500-300",
    "pairs-80-250",
    "pairs-referral-scenario",
    "pairs-150bv-weekly-cap-flush",
    "usana-2000-2000",
    "usana-3500-2500",
    "hbn-cycle-cv25",
    "hbn-cycle-cv50",
    "isagenix-cycle-1900-1000",
    "binary-first-pair-2to1",
    "flex-step-cycle",
)
CASES = list(BY_ID.values())

AFTER = {"full_flush": "flush", "net_off": "net_off", "carry_forward": "carry"}
RATIO = {"weaker_leg": "percent_weaker", "volume_ratio": "ratio"}


def percent(rate: Any) -> Decimal:
    return Decimal(rate) * 100


def rendered(rules: dict[str, Any]) -> dict[str, Any]:
    """The case's rules in the keys of the plan format."""
    after = AFTER[rules.get("after", "carry_forward")]
    found: dict[str, Any] = {"after": after} | ({} if after == "flush" else {"ineligible": "keep"})
    found |= {key: rules[key] for key in ("cap", "carry_cap") if key in rules}
    match rules["calc"]:
        case "binary_pct":
            found |= {"method": RATIO[rules["mode"]], "percent": percent(rules["percent"])}
        case "binary_pairs":
            found |= {"method": "pairs", "unit": rules["unit"], "amount": rules["amount"]}
            if "cap_pairs" in rules:
                assert rules["after_cap"] == "flush_all"
                found |= {"max_pairs": rules["cap_pairs"], "after_cap": "flush"}
        case "binary_cycle":
            found |= {"method": "cycle", "small": rules["weak"], "large": rules["strong"]}
            if "amount" in rules:
                most = {"max_cycles": rules["max_cycles_per_week"], "after_cap": "keep"}
                found |= {"amount": rules["amount"], **most}
            else:
                tiers = [{"from": int(f), "percent": percent(p)} for f, p in rules["pct_by_personal"].items()]
                found |= {"percent_of": rules["amount_pct_of"], "tiers": tiers, "tiers_volume": "pcv"}
        case "binary_schedule" | "binary_steps" as calc:
            steps = [{"each_leg": volume, "amount": amount} for volume, amount in rules["steps"]]
            found |= {"method": "schedule" if calc == "binary_schedule" else "ladder", "steps": steps}
        case "binary_first_2to1":
            found |= {"method": "first_pair", "unit": 1, "first_amount": rules["first_amount"]}
            found["amount"] = rules["next_amount"]
    return found


def plan_of(case: dict[str, Any]) -> Plan:
    currency = case["currency"] if case["currency"].isupper() and len(case["currency"]) == 3 else "XXX"
    field = "members" if case["rules"]["calc"] == "binary_first_2to1" else "cv"
    volumes = "".join(
        table("[[volumes]]", {"id": name, "name": name.upper(), "unit": unit, "columns": [name]})
        for name, unit in ((field, "points" if field == "members" else "money"), ("pcv", "points"))
    )
    bonus = {"id": "binary", "name": "Binary", "kind": "binary", "volume": field}
    text = HEAD.replace('"DKK"', f'"{currency}"') + volumes
    text += table("[[components]]", bonus | rendered(case["rules"])) + ROUNDING
    for deduction, share in case["rules"].get("deductions", {}).items():
        text += table("[[deductions]]", {"id": deduction, "name": deduction, "percent": percent(share)})
    return parse_plan(text, case["id"])


def team_of(case: dict[str, Any], period: dict[str, Any]) -> Team:
    members = [entry["id"] for entry in case["tree"]]
    fields = {field for values in period["volumes"].values() for field in values} | {"pcv"}
    volumes = {
        field: [to_volume(Decimal(period["volumes"].get(name, {}).get(field, 0))) for name in members]
        for field in sorted(fields)
    }
    volumes["pcv"] = [to_volume(Decimal(entry.get("pcv", 0))) for entry in case["tree"]]
    above = [
        members.index(entry["placement_parent"]) if entry["placement_parent"] else -1 for entry in case["tree"]
    ]
    legs = [{"L": "left", "R": "right"}.get(entry["leg"], "") for entry in case["tree"]]
    return replace(make_team(above, volumes, names=members), legs=legs)


BINARY = [case["id"] for case in CASES if case["rules"]["calc"] != "cap_prorata"]


@pytest.mark.parametrize("case_id", BINARY)
def test_binary(case_id: str) -> None:
    case = BY_ID[case_id]
    plan, carry = plan_of(case), dict[str, Any]()
    for period in case["periods"]:
        snapshot = Snapshot(plan, team_of(case, period), OCTOBER, carry=carry)
        for name, expected in case["expected"][period["id"]].items():
            check(case, snapshot, name, expected)
        carry = {"binary": plan.components[0].rules.after(plan.components[0], snapshot)}
        for name, legs in case.get("expected_state", {}).get(period["id"], {}).items():
            assert legs_of(snapshot, carry, name) == {side: to_volume(Decimal(legs[side])) for side in ("L", "R")}


def check(case: dict[str, Any], snapshot: Snapshot, name: str, expected: dict[str, Any]) -> Statement:
    """Every figure that the example gives."""
    statement = estimate_from(snapshot, list(snapshot.team.names).index(name))
    result = statement.components[0]
    if "binary" in expected:
        assert Decimal(result.total_minor).scaleb(-2) == expected["binary"]
    assert sum(line.minor for line in result.lines) + result.rounding + result.cut == result.total_minor
    if "cycles" in expected:
        assert f": {expected['cycles']}, at" in str(result.lines[-1].reason)
    if "net" in expected:
        taken = sum(adjustment.minor for adjustment in statement.adjustments)
        assert Decimal(taken).scaleb(-2) == -expected["deductions"]
        assert Decimal(statement.total_minor).scaleb(-2) == expected["net"]
    return statement


def legs_of(snapshot: Snapshot, carry: Carry, name: str) -> dict[str, int]:
    kept = carry.get("binary", {}).get(list(snapshot.team.names).index(name), {})
    return {"L": kept.get("left", 0), "R": kept.get("right", 0)}


def test_positions_of_one_person_share_a_cap() -> None:
    case = BY_ID["binary-multiposition-aggregate-cap"]
    raw = table("[[volumes]]", {"id": "raw", "name": "Raw", "unit": "money", "columns": ["raw"]})
    pay = {"id": "paid", "name": "Paid", "kind": "retail", "method": "percent", "volume": "raw", "percent": 100}
    cap = {"id": "cap", "name": "Cap", "components": ["paid"], "per": "person", "amount": case["rules"]["cap"]}
    text = HEAD.replace('"DKK"', '"USD"') + raw + table("[[components]]", pay)
    text += table("[[caps]]", cap | {"mode": "pro_rata"}) + ROUNDING
    given = case["periods"][0]["volumes"]
    team = make_team(
        [-1, -1], {"raw": [to_volume(Decimal(given[name]["raw"])) for name in given]}, names=list(given)
    )
    snapshot = Snapshot(parse_plan(text, "cap"), replace(team, person_ids=[1, 1]), OCTOBER)
    for member, expected in enumerate(case["expected"]["P1"].values()):
        assert Decimal(estimate_from(snapshot, member).total_minor).scaleb(-2) == expected["paid"]
