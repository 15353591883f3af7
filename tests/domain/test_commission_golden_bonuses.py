"""Published worked examples of bonuses on newcomers, structure and pools, through plan files, to the last digit.

What an example takes as given (who is qualified, who joined when) is given here as a volume or a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bonus_support import bonus, plan_of, result_of, see, statement_of, volume, with_days
from commission_support import HEAD, OCTOBER, make_team, table
from golden import picked

from organizer.domain.commission.plan import Plan
from organizer.domain.money import to_volume
from organizer.domain.period import Period, PeriodKind
from organizer.domain.team import Team

CASES = picked(
    "pairs-referral-scenario",
    "pool-shares",
    "doterra-leadership-pool-rounding",
    "doterra-faststart-lisa-megan",
    "doterra-faststart-no-rollup",
    "youngliving-faststart-suzy",
    "youngliving-kit",
    "sponsor-10pct-package",
    "directscale-index-bonus",
    "doterra-power-of-3-level1",
    "doterra-power-of-3-level2",
    "youngliving-faststart-70pct-reduction",
)


def percents(rates: Mapping[str, Any]) -> list[Decimal]:
    return [Decimal(rate) * 100 for rate in rates.values()]


def plan_for(case: Mapping[str, Any], *parts: str, weekly: bool = False) -> Plan:
    head = HEAD.replace('"DKK"', f'"{case["currency"]}"')
    return plan_of(*parts, head=head.replace('"month"', '"week"') if weekly else head)


def team_for(case: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]], *fields: str) -> Team:
    """The example's tree with one period's volumes; whoever is named but has none has nothing."""
    members = [entry["id"] for entry in case["tree"]]
    sponsor = [members.index(entry["sponsor"]) if entry["sponsor"] else -1 for entry in case["tree"]]
    volumes = {
        name: [to_volume(Decimal(figures.get(member, {}).get(name, 0))) for member in members] for name in fields
    }
    volumes["qualified"] = [int(entry.get("qualified", True)) * 1000 for entry in case["tree"]]
    return make_team(sponsor, volumes, names=members)


QUALIFIED = [{"volume": "qualified", "min": 1}]


def check(case: Mapping[str, Any], period: str, component: str, plan: Plan, team: Team, when: Period) -> None:
    for name, expected in case["expected"][period].items():
        result = result_of(see(plan, team, when), list(team.names).index(name))
        assert Decimal(result.total_minor).scaleb(-2) == expected[component], (period, name)


def test_doterra_lisa_and_megan() -> None:
    case = CASES["doterra-faststart-lisa-megan"]
    rules = case["rules"]
    plan = plan_for(
        case,
        volume("pv"),
        bonus("fast_start", volume="pv", point_value=1, rates=percents(rules["rates"]), days=rules["window_days"]),
        weekly=rules["paid"] == "weekly",
    )
    total = 0
    for number, period in enumerate(case["periods"]):
        week = Period(date(2026, 10, 5 + 7 * number), date(2026, 10, 11 + 7 * number), PeriodKind.WEEK, "")
        team = team_for(case, period["volumes"], "pv")
        team = with_days(team, [None, date(2026, 10, 5)])
        check(case, period["id"], "fast_start", plan, team, week)
        total += result_of(see(plan, team, week)).total_minor
    assert f"{Decimal(total).scaleb(-2)} (stated)" in case["notes"]


def test_doterra_no_roll_up() -> None:
    case = CASES["doterra-faststart-no-rollup"]
    rates = percents(case["rules"]["rates"])
    entries = {"volume": "pv", "point_value": 1, "rates": rates, "days": 60, "requires": QUALIFIED}
    plan = plan_for(case, volume("pv"), volume("qualified"), bonus("fast_start", **entries))
    team = with_days(team_for(case, case["periods"][0]["volumes"], "pv"), [None] * 3 + [date(2026, 10, 1)])
    check(case, "P1", "fast_start", plan, team, OCTOBER)


def test_young_living_suzy() -> None:
    case = CASES["youngliving-faststart-suzy"]
    rates = percents(case["rules"]["rates"])
    plan = plan_for(case, volume("pv"), bonus("fast_start", volume="pv", point_value=1, rates=rates, months=3))
    months = [Period.parse(key) for key in ("2026-10", "2026-11", "2026-12", "2027-01")]
    for when, period in zip(months, case["periods"], strict=False):
        team = with_days(team_for(case, period["volumes"], "pv"), [None, date(2026, 10, 31)])
        check(case, period["id"], "fast_start", plan, team, when)
    assert result_of(see(plan, team, months[3])).total_minor == 0


def test_young_living_kit() -> None:
    case = CASES["youngliving-kit"]
    kit, rate = (term.get("fixed", term.get("pct")) for term in case["rules"]["terms"])
    parts = [
        bonus("fast_start", id="starter_kit_bonus", amounts=[kit], items="kits", months=1),
        bonus("fast_start", id="fast_start", volume="pv", point_value=1, rates=[rate * 100], months=3),
    ]
    plan = plan_for(case, volume("pv"), volume("kits"), *parts)
    figures = {"new": {**case["periods"][0]["volumes"]["new"], "kits": 1}}
    team = with_days(team_for(case, figures, "pv", "kits"), [None, date(2026, 10, 20)])
    statement = statement_of(see(plan, team))
    found = {result.id: Decimal(result.total_minor).scaleb(-2) for result in statement.components}
    assert found | {"total": Decimal(statement.total_minor).scaleb(-2)} == case["expected"]["P1"]["you"]


def test_sponsor_ten_percent_of_a_package() -> None:
    case = CASES["sponsor-10pct-package"]
    rate = case["rules"]["terms"][0]["pct"] * 100
    plan = plan_for(case, volume("package", "money"), bonus("fast_start", volume="package", rates=[rate]))
    check(
        case, "P1", "sponsor_bonus", plan,
        team_for(case, case["periods"][0]["volumes"], "package"), OCTOBER,
    )  # fmt: skip


def test_directscale_index_bonus() -> None:
    case = CASES["directscale-index-bonus"]
    amounts = list(case["rules"]["fixed"].values())
    plan = plan_for(case, volume("items"), bonus("fast_start", items="items", amounts=amounts))
    team = team_for(case, {"buyer": {"items": 1}}, "items")
    check(case, "P1", "fast_start", plan, team, OCTOBER)
    twice = team_for(case, {"buyer": {"items": 2}}, "items")
    assert result_of(see(plan, twice), 1).total_minor == 2 * 100 * amounts[0]


def test_sponsor_bonus_at_activation() -> None:
    case = CASES["pairs-referral-scenario"]
    amount = case["rules"]["sponsor_bonus"]
    entries = {"amounts": [amount], "volume": "cv", "min": case["rules"]["points_per_activation"]}
    plan = plan_for(case, volume("cv"), bonus("fast_start", **entries))
    members = [entry["id"] for entry in case["tree"]]
    starts = {
        name: date(2026, 10 + number, 5)
        for number, period in enumerate(case["periods"])
        for name in period["activates"]
    }
    for number, period in enumerate(case["periods"]):
        team = with_days(team_for(case, period["volumes"], "cv"), [starts.get(member) for member in members])
        when = Period.parse(f"2026-{10 + number}")
        check(case, period["id"], "sponsor", plan, team, when)


@pytest.mark.parametrize("case_id", ["doterra-power-of-3-level1", "doterra-power-of-3-level2"])
def test_doterra_power_of_3(case_id: str) -> None:
    case = CASES[case_id]
    rules = case["rules"]
    entries = {
        "width": rules["width"],
        "amounts": rules["amounts"],
        "volume": "lrp",
        "min": rules["min_lrp"],
        "team_volume": "pv",
        "team_min": rules["min_tv"],
        "tree": "sponsor",
    }
    plan = plan_for(case, volume("lrp"), volume("pv"), bonus("structure", **entries))
    team = team_for(case, case["periods"][0]["volumes"], "lrp", "pv")
    check(case, "P1", "power_of_3", plan, team, OCTOBER)


def ranks(*names: str) -> str:
    """Ranks that a volume called rank says."""
    return "".join(
        table("[[ranks]]", {"id": name, "name": name, "all": [{"volume": "rank", "min": number}]})
        for number, name in enumerate(names, 1)
    )


def test_pool_of_shares() -> None:
    case = CASES["pool-shares"]
    rules = case["rules"]
    entries = {"volume": "company", "percent": rules["pct"] * 100, "by": "rank", "shares": rules["shares"]}
    plan = plan_for(
        case,
        volume("rank"),
        volume("company", "money", "entered"),
        volume("shares", "points", "entered"),
        ranks(*rules["shares"]),
        bonus("pool", total_shares="shares", **entries),
    )
    figures = {"rank": [1000], "company": [to_volume(Decimal(rules["company_volume"]))]}
    team = make_team([-1], figures | {"shares": [to_volume(Decimal(rules["total_shares"]))]}, names=["d"])
    check(case, "P1", "pool", plan, team, OCTOBER)
    (line,) = result_of(see(plan, team)).lines
    assert line.amount / 100 / rules["shares"]["d"] == case["expected_state"]["share_value"]
    assert str(line.reason) == "5 of 5000 shares in 1 % of COMPANY."


def test_doterra_leadership_pool() -> None:
    case = CASES["doterra-leadership-pool-rounding"]
    rules = case["rules"]
    holders = ["silver"] * 4 + ["gold"] * 2 + ["platinum"]
    assert sum(rules["shares"][rank] for rank in holders) == rules["total_shares"]
    assert "4 Silver, 2 Gold, 1 Platinum" in case["notes"]
    plan = plan_for(
        case,
        volume("rank"),
        volume("company", "money", "entered"),
        ranks(*rules["shares"]),
        bonus("pool", volume="company", percent=rules["pct"] * 100, by="rank", shares=rules["shares"]),
    )
    company = to_volume(Decimal(rules["company_volume"]))
    figures = {"rank": [list(rules["shares"]).index(rank) * 1000 + 1000 for rank in holders]}
    team = make_team([-1] + [0] * 6, figures | {"company": [company] * 7}, names=holders)
    check(case, "P1", "pool", plan, team, OCTOBER)
    snapshot = see(plan, team)
    assert sum(result_of(snapshot, member).total_minor for member in range(7)) == 1_999_999
    assert "19,999.99 = 0.01 unpaid" in case["notes"]
    notes = [str(note) for note in result_of(snapshot).notes]
    assert notes == [
        "The shares are counted among the members that are known; there may be more in the company.",
        "Rounding each share leaves 0.01 USD of the pool over.",
    ]


def test_the_fast_start_reduces_what_the_unilevel_pays_on() -> None:
    case = CASES["youngliving-faststart-70pct-reduction"]
    fast, levels = case["rules"]["terms"]
    points = {"volume": "pv", "point_value": 1}
    first_months = {"months": 3, "percent": percents({"part": levels["base_factor"]})[0]}
    plan = plan_for(
        case,
        volume("pv"),
        bonus("fast_start", id="fast_start", rates=percents({"1": fast["pct"]}), months=3, **points),
        bonus("unilevel", id="unilevel", tree="sponsor", rates=percents({"1": levels["pct"]}), compression="none",
              new_members=first_months, **points),
    )  # fmt: skip
    team = with_days(team_for(case, case["periods"][0]["volumes"], "pv"), [None, date(2026, 9, 1)])
    statement = statement_of(see(plan, team))
    amounts = {result.id: Decimal(result.total_minor).scaleb(-2) for result in statement.components}
    assert amounts == case["expected"]["P1"]["you"]


def test_every_case_is_used() -> None:
    text = Path(__file__).read_text("utf-8").partition("\n)\n")[2]
    assert all(f'"{name}"' in text for name in CASES)
