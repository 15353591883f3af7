"""What a statement says besides the amounts, and where amounts are rounded and given a range."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from commission_support import ACTIVE, CV, HEAD, OCTOBER, PV, ROUNDING, make_team, table, unilevel

from organizer.domain.commission.adjust import payout
from organizer.domain.commission.engine import estimate, periods_needed
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import Statement
from organizer.domain.team import Team


def plan_of(*parts: str, currency: str = "DKK", at: str = "line") -> Plan:
    head, rounding = HEAD.replace('"DKK"', f'"{currency}"'), ROUNDING.replace('"line"', f'"{at}"')
    return parse_plan(head + "".join(parts) + rounding, "plan.toml")


def own(name: str, **entries: Any) -> str:
    usual = {"id": name, "name": name, "kind": "retail", "method": "percent", "volume": "cv"}
    return table("[[components]]", usual | entries)


def pay(plan: Plan, team: Team, member: int = 0) -> Statement:
    return estimate(plan, team, OCTOBER, member)


def test_whose_it_is_and_of_what() -> None:
    team = make_team([-1, 0], {"pv": [100_000, 0], "cv": [0, 1_000_000]})
    plan = plan_of(PV, CV, ACTIVE, unilevel(rates=[10]), currency="EUR")
    hers, below = pay(plan, team), pay(plan, team, 1)
    assert (hers.plan_id, hers.period, hers.currency) == ("test", OCTOBER, "EUR")
    assert [(one.member, one.active, one.team_size, one.total_minor) for one in (hers, below)] == [
        (0, True, 1, 10_000),
        (1, False, 0, 0),
    ]
    (bonus,) = hers.components
    assert (bonus.id, str(bonus.name), bonus.kind, bonus.exact) == ("team", "Team", "unilevel", Fraction(10_000))
    (line,) = bonus.lines
    assert (line.rate, line.base, line.amount) == (Fraction(1, 10), 1_000_000, Fraction(10_000))


@pytest.mark.parametrize(("currency", "expected"), [("DKK", 12_35), ("JPY", 12), ("ISK", 12)])
def test_an_amount_has_the_decimals_of_its_currency(currency: str, expected: int) -> None:
    # 10 % of 123.45
    team = make_team([-1, 0], {"cv": [0, 123_450]})
    assert pay(plan_of(CV, unilevel(rates=[10]), currency=currency), team).total_minor == expected


@pytest.mark.parametrize(("at", "total", "each"), [("line", 2, 1), ("component", 2, 1), ("total", 1, 1)])
def test_halves_of_two_bonuses_are_one_where_only_the_total_is_rounded(at: str, total: int, each: int) -> None:
    # 10 % of 0.05 kr. twice
    plan = plan_of(CV, own("a", percent=10), own("b", percent=10), at=at)
    statement = pay(plan, make_team([-1], {"cv": [50]}))
    assert statement.total_minor == total
    assert [result.total_minor for result in statement.components] == [each] * 2
    assert statement.rounding == total - 2 * each


def test_the_team_is_everyone_below_her_in_either_tree() -> None:
    # 0 sponsored 1 and 3, and 2 stands below 1, though 3 sponsored her; 4 is nobody's
    team = make_team([-1, 0, 3, 0, -1], {"cv": [None] * 5}, placement=[-1, 0, 1, -1, -1])
    plan = plan_of(CV, unilevel(rates=[10]))
    assert [(one.team_size, one.unknown) for one in (pay(plan, team, member) for member in range(5))] == [
        (3, 4),
        (1, 2),
        (0, 1),
        (1, 2),
        (0, 1),
    ]


def test_only_what_is_not_known_below_her_makes_her_amount_uncertain() -> None:
    team = make_team([-1, 0, 0, 1], {"cv": [0, 100_000, None, 300_000]})
    plan = plan_of(CV, unilevel(rates=[10]))
    assert pay(plan, team, 1).range is None
    found = pay(plan, team).range
    assert found is not None
    assert (found.low, found.high) == (10_00, 40_00)


@pytest.mark.parametrize(("volumes", "high"), [([0, -50_000, None], -50_00), ([0, None, None], None)])
def test_the_upper_figure_goes_by_the_highest_known_one(volumes: list[int | None], high: int | None) -> None:
    found = pay(plan_of(CV, unilevel(rates=[100])), make_team([-1, 0, 0], {"cv": volumes})).range
    assert found is not None
    assert found.high == high
    if high is None:
        assert str(found.assumption) == "Nobody's CV is known, so no upper figure can be given."


@pytest.mark.parametrize("third", [0, None])
def test_what_makes_an_amount_uncertain_is_said_once(third: int | None) -> None:
    new = {"new_members": {"days": 20, "percent": 30}}
    plan = plan_of(CV, unilevel(rates=[10], **new), unilevel(id="more", rates=[5], **new))
    team = make_team([-1, 0, 0], {"cv": [0, 1_000_000, third]})
    found = pay(plan, replace(team, joined=[None, date(2026, 9, 21), None])).range
    assert found is not None
    assert (found.low, found.high) == (45_00, 150_00 if third == 0 else 300_00)
    unknown = "from none of what isn't known having any volume to each having as much as the highest known one; "
    undated = "from new members having bought at one time to at another, where orders carry no day"
    assert str(found.assumption) == (undated if third == 0 else unknown + undated)


def test_one_oere_below_nothing_is_owed() -> None:
    plan = plan_of(CV, own("a", percent=10), "[payout]\ncarry_negative = true\n")
    owed = payout(plan, -1)
    assert (owed.paid, owed.kept) == (0, -1)
    assert str(owed.reason) == "The period ends below nothing; it is taken from the next one."


def test_this_period_alone_is_needed_where_nothing_looks_back() -> None:
    assert periods_needed(plan_of(PV, CV, unilevel(rates=[10]))) == 0
    rank = table("[[ranks]]", {"id": "r", "name": "R", "all": [{"volume": "pv", "min": 1, "periods": 3}]})
    assert periods_needed(plan_of(PV, CV, rank, unilevel(rates=[10]))) == 2


@pytest.mark.parametrize("each", [2**53 + 1, 2**60 + 1, 2**62 + 1, 2**70 + 1])
def test_a_total_beyond_64_bits_is_exact_line_by_line(each: int) -> None:
    # two levels whose rates are far apart
    team = make_team([-1, 0, 1], {"cv": [0, each, each]})
    plan = plan_of(CV, unilevel(rates=[Decimal("0.000001"), 100]))
    statement = pay(plan, team)
    first = Fraction(each, 10) / 10**8
    exact = [first, Fraction(each, 10)]
    assert [line.amount for line in statement.components[0].lines] == exact
    assert statement.components[0].exact == sum(exact)
    snapshot = Snapshot(plan, team, OCTOBER)
    assert (
        int(snapshot.earned("team").minor[0])
        == statement.total_minor
        == sum(line.minor for line in statement.components[0].lines)
    )
