"""Targets by hand: tiers, percentages, so much for each recruit, once only, and the reasons of zeros."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from bonus_support import (
    after,
    amounts,
    bonus,
    plan_of,
    reasons,
    result_of,
    see,
    statement_of,
    volume,
    with_days,
    with_kinds,
)
from commission_support import ACTIVE, OCTOBER, make_team

from organizer.domain.commission.engine import carried
from organizer.domain.commission.parse import PlanError
from organizer.domain.commission.plan import Plan
from organizer.domain.period import Period
from organizer.domain.team import Team

NOVEMBER = Period.parse("2026-11")
PV_100, PV_300 = {"volume": "pv", "min": 100}, {"volume": "pv", "min": 300}
START = date(2026, 10, 5)


def target(*parts: str, **entries: Any) -> Plan:
    return plan_of(volume("pv"), volume("cv", "money"), *parts, bonus("target", **entries))


def star(*pv: int | None, cv: tuple[int | None, ...] = ()) -> Team:
    size = len(pv)
    return make_team([-1] + [0] * (size - 1), {"pv": pv, "cv": cv or [0] * size})


TIERS = [{"all": [PV_100], "amount": 50}, {"all": [PV_300], "amount": 200}]


@pytest.mark.parametrize(
    ("pv", "best", "together"), [(99_999, 0, 0), (100_000, 5_000, 5_000), (300_000, 20_000, 25_000)]
)
def test_best_tier_or_all_of_them(pv: int, best: int, together: int) -> None:
    assert result_of(see(target(tiers=TIERS), star(pv))).total_minor == best
    assert result_of(see(target(tiers=TIERS, pays="cumulative"), star(pv))).total_minor == together


def test_reasons_of_a_target_on_oneself() -> None:
    assert reasons(result_of(see(target(tiers=TIERS), star(60_000)))) == {0: "Own PV: 60, needs 100"}
    assert reasons(result_of(see(target(tiers=TIERS), star(None)))) == {0: "Own PV: not known, needs 100"}
    met = result_of(see(target(tiers=TIERS), star(300_000)))
    assert reasons(met) == {0: "Target 2 is met. Own PV: 300, needs 300."}
    inactive = result_of(see(target(ACTIVE, tiers=TIERS), star(50_000)))
    assert reasons(inactive) == {0: "Not active: needs 100 PV, has 50."}
    left = with_kinds(star(300_000), cancelled=[0])
    assert reasons(result_of(see(target(tiers=TIERS), left))) == {0: "Who has left earns no bonus."}


@pytest.mark.parametrize(
    ("entries", "minor"),
    [
        ({"of": "own"}, 3_000),
        ({"of": "frontline", "tree": "sponsor"}, 6_000),
        ({"of": "frontline", "tree": "sponsor", "without_own": True}, 3_000),
        ({"of": "group", "tree": "sponsor"}, 10_500),
        ({"of": "group", "tree": "sponsor", "without_own": True}, 7_500),
        ({"of": "group", "tree": "placement"}, 3_000),
    ],
)
def test_a_percentage_of_ones_own_or_others_volume(entries: dict[str, Any], minor: int) -> None:
    # own 1,000; frontline 1,000; below that 1,500: 3 % of each sum
    team = make_team([-1, 0, 1], {"pv": [0] * 3, "cv": [1_000_000, 1_000_000, 1_500_000]}, placement=[-1, -1, -1])
    result = result_of(see(target(tiers=[{"all": [], "percent": 3}], volume="cv", **entries), team))
    (line,) = result.lines
    assert line.minor == minor
    assert line.base is not None
    assert line.rate * line.base / 10 == line.amount


def test_so_much_for_each_qualified_recruit() -> None:
    # 20 for each recruit with 150 or more
    plan = target(ACTIVE, per="personals", tiers=[{"all": [{"volume": "pv", "min": 150}], "amount": 20}])
    team = with_kinds(star(100_000, 150_000, 149_999, 400_000, 200_000, 500_000), customer=[4], cancelled=[5])
    snapshot = see(plan, team)
    result = result_of(snapshot)
    assert amounts(result) == {1: 2_000, 3: 2_000}
    assert reasons(result) == {
        1: "Target 1 is met. Own PV: 150, needs 150.",
        2: "Own PV: 149.999, needs 150",
        3: "Target 1 is met. Own PV: 400, needs 150.",
        5: "Who has left earns no bonus.",
    }
    assert reasons(result_of(snapshot, 1)) == {1: "She hasn't sponsored anybody herself."}
    inactive = replace(team, volumes={**team.volumes, "pv": [0, *list(team.volumes["pv"])[1:]]})
    assert set(reasons(result_of(see(plan, inactive))).values()) == {"Not active: needs 100 PV, has 0."}


def test_active_recruits_and_customers() -> None:
    tiers = [{"all": [], "amount": 10}]
    team = with_kinds(star(100_000, 100_000, 99_000, 0), customer=[3])
    active = result_of(see(target(ACTIVE, per="active_personals", tiers=tiers), team))
    assert amounts(active) == {1: 1_000}
    assert reasons(active)[2] == "Not active: needs 100 PV, has 99."
    assert amounts(result_of(see(target(per="customers", tiers=tiers), team))) == {3: 1_000}
    nobody = result_of(see(target(per="customers", tiers=tiers), star(0, 0)))
    assert reasons(nobody) == {0: "She has no customers of her own."}


def test_each_recruit_is_paid_for_once() -> None:
    plan = target(per="personals", once=True, tiers=[{"all": [PV_100], "amount": 20}])
    team = with_days(star(0, 100_000, 0, 100_000), [None, START, START, date(2026, 1, 1)])
    october = see(plan, team)
    result = result_of(october)
    assert amounts(result) == {1: 2_000}
    assert reasons(result)[3] == "It isn't known whether it was paid in an earlier period, so it isn't counted."
    found = statement_of(october).range
    assert found is not None
    assert (found.low, found.high) == (2_000, 4_000)
    carry = carried(october, statement_of(october))
    assert carry["bonus"] == {0: {"unclear": 1}, 1: {"paid": 1}, 3: {"paid": 1}}
    later = replace(team, volumes={**team.volumes, "pv": [0, 100_000, 100_000, 100_000]})
    november = see(plan, later, NOVEMBER, carry=carry)
    assert amounts(result_of(november)) == {2: 2_000}
    assert reasons(result_of(november))[1] == "It was paid in an earlier period, and is paid once."
    assert statement_of(november).range is None


def test_nobody_paid_for_is_kept_too() -> None:
    plan = target(per="personals", once=True, tiers=[{"all": [PV_100], "amount": 20}])
    snapshot = see(plan, with_days(star(0, 0), [START, START]))
    assert carried(snapshot, statement_of(snapshot)) == {"bonus": {}}
    once = see(plan, with_days(star(0, 100_000), [None, None]), NOVEMBER, carry={"bonus": {}})
    assert result_of(once).total_minor == 2_000
    assert after(once) == {1: {"paid": 1}}


def test_a_target_in_ones_first_days() -> None:
    plan = target(tiers=TIERS, days=60)
    late, half, unknown, new = date(2026, 8, 1), date(2026, 8, 15), None, date(2026, 9, 2)
    expected = {
        late: "Her time as a newcomer is over (days: 60).",
        half: "Whether it was in her first days or months isn't known, so it isn't counted.",
        unknown: "It isn't known when she joined.",
        new: "Target 1 is met. Own PV: 100, needs 100.",
    }
    for joined, reason in expected.items():
        snapshot = see(plan, with_days(star(100_000), [joined]))
        assert reasons(result_of(snapshot)) == {0: reason}
        doubtful = joined in (half, unknown)
        assert (statement_of(snapshot).range is not None) is doubtful


@pytest.mark.parametrize(
    ("entries", "alone"),
    [
        ({"per": "personals", "tiers": [{"all": [], "amount": 20}]}, True),
        ({"per": "personals", "tiers": [{"all": [{"months_since_joining": 1}], "amount": 20}]}, True),
        ({"per": "personals", "tiers": [{"all": [PV_100], "amount": 20}]}, False),
        ({"per": "active_personals", "tiers": [{"all": [], "amount": 20}]}, False),
        ({"tiers": [{"all": [{"personals": 3}], "amount": 20}]}, True),
        ({"tiers": [{"all": [{"personals": 3}], "amount": 0}]}, False),
        ({"tiers": [{"all": [{"personals": 3}, PV_100], "amount": 20}]}, False),
        ({"tiers": [{"all": [{"personals": 3, "volume": "pv", "min": 1}], "amount": 20}]}, False),
        ({"tiers": [{"all": [], "amount": 20}]}, False),
        ({"volume": "cv", "tiers": [{"all": [{"personals": 3}], "percent": 2}]}, False),
    ],
)
def test_pay_for_recruiting_without_a_sale_is_recognised(entries: dict[str, Any], alone: bool) -> None:
    assert target(**entries).components[0].rules.pays_for_recruiting_alone() is alone


def test_volumes_and_periods_that_it_needs() -> None:
    condition = {"volume": "pv", "min": 100, "periods": 3}
    rules = target(volume="cv", tiers=[{"all": [condition], "percent": 2}]).components[0].rules
    assert rules.volumes() == {"pv", "cv"}
    assert rules.window() == 3


def test_the_rule_in_words() -> None:
    plan = target(tiers=[*TIERS, {"all": [PV_300, {"personals": 2}], "percent": 3}], volume="cv", of="group",
                  tree="sponsor", without_own=True, months=2, once=True)  # fmt: skip
    assert [str(message) for message in plan.components[0].rules.words(plan)] == [
        "Paid for what she reaches herself.",
        "Target 1: 50.00 DKK (Own PV: at least 100).",
        "Target 2: 200.00 DKK (Own PV: at least 300).",
        "Target 3: 3 % of the CV of everyone below her (Own PV: at least 300 and Distributors sponsored "
        "personally: at least 2).",
        "Of the targets met only the highest is paid.",
        "Only in so many calendar months, that of joining included: 2.",
        "It is paid once for each person.",
    ]
    each = target(per="personals", pays="cumulative", days=30, tiers=[{"all": [], "amount": 5}, *TIERS])
    words = [str(message) for message in each.components[0].rules.words(each)]
    assert words[:2] == [
        "Paid for each distributor whom she sponsored herself and who meets a target.",
        "Target 1: 5.00 DKK (no condition).",
    ]
    assert words[-2:] == ["Every target met is paid.", "Only in the first 30 days."]


@pytest.mark.parametrize(
    ("entries", "mistake"),
    [
        ({}, 'key "tiers": give at least one tier.'),
        ({"tiers": [{"all": []}]}, 'key "amount": this key is missing'),
        (
            {"tiers": [{"all": [], "amount": 1, "percent": 2}], "volume": "cv"},
            'key "amount": this key isn\'t known',
        ),
        ({"tiers": [{"all": [{"colour": 1}], "amount": 1}]}, 'key "all": a condition needs one of'),
        ({"tiers": TIERS, "per": "legs"}, '"legs" isn\'t one of personals, active_personals, customers.'),
        ({"tiers": TIERS, "volume": "cv"}, 'key "volume": this key isn\'t known here.'),
        ({"tiers": TIERS, "pays": "all"}, '"all" isn\'t one of best, cumulative.'),
        ({"tiers": [{"all": [], "percent": 2}], "volume": "cv", "of": "group"}, 'key "tree": this key is missing'),
    ],
)
def test_mistakes_in_the_file(entries: dict[str, Any], mistake: str) -> None:
    with pytest.raises(PlanError) as caught:
        target(**entries)
    found = [str(problem) for problem in caught.value.problems]
    assert any(mistake in problem for problem in found), found


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_large_teams(shape: str) -> None:
    size = 100_000
    sponsor = list(range(-1, size - 1)) if shape == "chain" else [-1] + [0] * (size - 1)
    team = make_team(sponsor, {"pv": [100_000] * size, "cv": [0] * size})
    plan = target(per="personals", tiers=[{"all": [PV_100], "amount": 20}])
    snapshot = see(plan, team, OCTOBER)
    earned = snapshot.earned("bonus")
    if shape == "star":
        assert earned.minor[0] == (size - 1) * 2_000
    else:
        assert np.array_equal(earned.minor, [2_000] * (size - 1) + [0])
    component = snapshot.plan.components[0]
    result = component.rules.pay(component, snapshot, 0)
    assert (result.total_minor, len(result.lines)) == (earned.minor[0], size - 1 if shape == "star" else 1)
