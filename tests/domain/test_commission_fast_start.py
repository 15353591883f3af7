"""Bonuses on newcomers by hand: windows, first orders, kits, caps, who gets what nobody qualifies for."""

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
from commission_support import OCTOBER, make_team

from organizer.domain.commission.parse import PlanError
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.walk import Unearned
from organizer.domain.period import Period
from organizer.domain.team import Order, Team

NOVEMBER, DECEMBER = Period.parse("2026-11"), Period.parse("2026-12")


def fast(**entries: Any) -> Plan:
    usual: dict[str, Any] = {"volume": "pv", "point_value": 1, "rates": [20, 10, 5]}
    return plan_of(volume("pv"), volume("kits"), bonus("fast_start", **usual | entries))


def fixed(*parts: str, **entries: Any) -> Plan:
    return plan_of(volume("pv"), volume("kits"), *parts, bonus("fast_start", **entries))


def chain(*volumes: int | None, joined: tuple[date | None, ...] = (), orders: tuple[Order, ...] = ()) -> Team:
    size = len(volumes)
    team = make_team(list(range(-1, size - 1)), {"pv": volumes, "kits": [0] * size})
    return with_days(team, joined or [None] * size, orders)


def test_levels_without_a_window() -> None:
    # 100 at 20 %, 200 at 10 %, 300 at 5 %; the fifth is too deep
    result = result_of(see(fast(), chain(0, 100_000, 200_000, 300_000, 400_000)))
    assert amounts(result) == {1: 2_000, 2: 2_000, 3: 1_500}
    assert reasons(result)[4] == "Deeper than the 3 levels that this bonus pays."
    assert [line.level for line in result.lines] == [1, 2, 3, None]


def test_days_since_joining() -> None:
    # joined on 15 August: 60 days end on 13 October; on 1 September: on 30 October; on 2 September: on 31 October
    starts = (None, date(2026, 8, 2), date(2026, 8, 15), date(2026, 9, 2), date(2026, 11, 1))
    team = replace(chain(*[100_000] * 5, joined=starts), sponsor=[-1, 0, 0, 0, 0])
    result = result_of(see(fast(days=60), team))
    assert amounts(result) == {3: 2_000}
    assert reasons(result) == {
        1: "Her time as a newcomer is over (days: 60).",
        2: "Her first days end within the period and the orders have no date, so they aren't counted.",
        3: "Level 1.",
        4: "She joined after this period.",
    }
    unknown = result_of(see(fast(days=60), chain(0, 100_000)))
    assert reasons(unknown) == {1: "It isn't known when she joined."}


def test_a_half_open_window_gives_a_low_and_a_high_figure() -> None:
    team = chain(0, 100_000, joined=(None, date(2026, 8, 15)))
    statement = statement_of(see(fast(days=60), team))
    assert statement.total_minor == 0
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (0, 2_000)
    assert str(statement.range.assumption) == (
        "from no order without a date to all of them being in time for the bonus on newcomers"
    )
    sure = statement_of(see(fast(days=60), chain(0, 100_000, joined=(None, date(2026, 9, 2)))))
    assert sure.range is None


def test_dated_orders_decide_a_half_open_window() -> None:
    # 60 of 100 were ordered on the last day that counts, 30 the day after, of 10 the day isn't known
    orders = (
        Order(1, date(2026, 10, 13), {"pv": 60_000}),
        Order(1, date(2026, 10, 14), {"pv": 30_000}),
    )
    team = chain(0, 100_000, joined=(None, date(2026, 8, 15)), orders=orders)
    result = result_of(see(fast(days=60), team))
    (line,) = result.lines
    assert (line.minor, line.base) == (1_200, 60_000)
    statement = statement_of(see(fast(days=60), team))
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (1_200, 1_400)


def test_calendar_months_count_the_month_of_joining() -> None:
    team = chain(0, 100_000, joined=(None, date(2026, 10, 31)))
    paid = [result_of(see(fast(months=2), team, month)).total_minor for month in (OCTOBER, NOVEMBER, DECEMBER)]
    assert paid == [2_000, 2_000, 0]
    assert reasons(result_of(see(fast(months=2), team, DECEMBER))) == {
        1: "Her time as a newcomer is over (calendar months: 2)."
    }


def test_a_period_within_days_is_paid_in_full() -> None:
    team = chain(0, 100_000, joined=(None, date(2026, 10, 20)))
    assert result_of(see(fast(days=12), team)).total_minor == 2_000
    assert result_of(see(fast(days=11), team)).total_minor == 0


@pytest.mark.parametrize(
    ("unearned", "paid"),
    [("breakage", [1_000, 0, 0]), ("roll_up", [3_000, 0, 0]), ("pass_up", [3_000, 0, 0])],
)
def test_what_the_recruiter_does_not_qualify_for(unearned: str, paid: list[int]) -> None:
    # 1 recruited 2 and isn't qualified: her 20 % stay with the company, or go to 0 beside her own 10 %
    plan = fast(unearned=unearned, requires=[{"volume": "kits", "min": 1}])
    team = chain(0, 0, 100_000)
    team = replace(team, volumes={**team.volumes, "kits": [1_000, 0, 0]})
    snapshot = see(plan, team)
    assert [result_of(snapshot, member).total_minor for member in range(3)] == paid
    assert reasons(result_of(snapshot, 1)) == {2: "Own KITS: 0, needs 1"}


def test_roll_up_passes_several_and_pass_up_only_one() -> None:
    asked = [{"volume": "kits", "min": 1}]
    team = chain(0, 0, 0, 100_000)
    team = replace(team, volumes={**team.volumes, "kits": [1_000, 0, 0, 0]})
    paid = {
        unearned: result_of(see(fast(rates=[20], unearned=unearned, requires=asked), team)).total_minor
        for unearned in Unearned
    }
    assert paid == {"breakage": 0, "roll_up": 2_000, "pass_up": 0}


def test_caps_by_newcomer_and_level() -> None:
    plan = fast(rates=[25, 10], recruit_caps=[200, 80])
    team = replace(chain(0, 900_000, 900_000, 400_000), sponsor=[-1, 0, 1, 0])
    # 25 % of 900 is 225, capped at 200; 10 % is 90, capped at 80; 25 % of 400 is 100
    result = result_of(see(plan, team))
    assert amounts(result) == {1: 20_000, 2: 8_000, 3: 10_000}
    assert reasons(result) == {
        1: "Level 1. At most 200.00 DKK is paid for one newcomer.",
        2: "Level 2. At most 80.00 DKK is paid for one newcomer.",
        3: "Level 1.",
    }


def test_a_kit_pays_in_the_month_of_joining() -> None:
    plan = fixed(amounts=[25], items="kits", months=1)
    team = chain(0, 0, 0, 0, joined=(None, date(2026, 10, 3), date(2026, 9, 30), date(2026, 10, 9)))
    team = replace(team, sponsor=[-1, 0, 0, 0], volumes={"pv": [0] * 4, "kits": [0, 2_500, 1_000, 500]})
    result = result_of(see(plan, team))
    assert reasons(result) == {
        1: "Level 1. 2 × 25.00 DKK.",
        2: "Her time as a newcomer is over (calendar months: 1).",
        3: "Less than one whole item.",
    }
    line = result.lines[0]
    assert (line.minor, line.base, line.rate, line.volume) == (5_000, 2_500, 0, "kits")


def test_an_item_that_comes_back_is_taken_back() -> None:
    team = replace(chain(0, 0), volumes={"pv": [0, 0], "kits": [0, -1_500]})
    assert result_of(see(fixed(amounts=[25], items="kits"), team)).total_minor == -2_500


def test_a_new_distributor_pays_once_in_the_period_of_joining() -> None:
    plan = fixed(amounts=[50, 20])
    start = date(2026, 10, 5)
    team = chain(0, 0, 0, 0, 0, joined=(None, None, start, start, start))
    team = with_kinds(replace(team, sponsor=[-1, 0, 1, 0, 0]), customer=[3], cancelled=[4])
    result = result_of(see(plan, team))
    assert amounts(result) == {2: 2_000}
    assert reasons(result) == {
        1: "It isn't known when she joined.",
        2: "Level 2. 1 × 20.00 DKK.",
        3: "She isn't a distributor.",
        4: "She isn't a distributor.",
    }
    assert result.lines[0].base is None
    later = result_of(see(plan, team, NOVEMBER))
    assert later.total_minor == 0
    assert reasons(later)[2] == "She didn't join in this period."


def test_a_recruit_may_have_to_buy() -> None:
    plan = fixed(amounts=[50], volume="pv", min=100)
    start = date(2026, 10, 5)
    team = replace(chain(0, 99_999, 100_000, None, joined=(None, start, start, start)), sponsor=[-1, 0, 0, 0])
    result = result_of(see(plan, team))
    assert reasons(result) == {
        1: "PV: 99.999, needs 100",
        2: "Level 1. 1 × 50.00 DKK.",
        3: "PV: not known, needs 100",
    }
    assert [line.base for line in result.lines] == [99_999, 100_000, None]


def test_only_the_first_order() -> None:
    plan = fast(rates=[10], first_order_only=True)
    orders = (
        Order(1, date(2026, 10, 20), {"pv": 30_000}),
        Order(1, date(2026, 10, 6), {"pv": 50_000}),
        Order(1, date(2026, 10, 5), {"kits": 1_000}),
    )
    start = date(2026, 10, 5)
    joined = (None, start, start, start, date(2026, 9, 5))
    team = chain(0, 80_000, 40_000, 0, 60_000, joined=joined, orders=orders)
    team = replace(team, sponsor=[-1, 0, 0, 0, 0])
    snapshot = see(plan, team)
    result = result_of(snapshot)
    # 1's first order was 50; 2 joined this month, so what she bought is her first; of 4 nobody knows
    assert amounts(result) == {1: 500, 2: 400}
    assert reasons(result)[3] == "No PV this period."
    assert reasons(result)[4] == "It isn't known whether this is her first order in time, so it isn't counted."
    found = statement_of(snapshot).range
    assert found is not None
    assert (found.low, found.high) == (900, 1_500)
    assert after(snapshot) == {3: {"waiting": 1}}
    # in November 3 places her first order; what 4 buys is known not to be one
    carry = {"bonus": after(snapshot)}
    november = see(plan, replace(team, volumes={**team.volumes, "pv": [0, 0, 0, 70_000, 60_000]}, orders=[]),
                   NOVEMBER, carry=carry)  # fmt: skip
    result = result_of(november)
    assert amounts(result) == {3: 700}
    assert reasons(result)[4] == "Only the first order counts."
    assert after(november) == {}
    assert statement_of(november).range is None


def test_customers_may_be_left_out() -> None:
    team = with_kinds(chain(0, 100_000), customer=[1])
    assert result_of(see(fast(), team)).total_minor == 2_000
    result = result_of(see(fast(customer_volume=False), team))
    assert reasons(result) == {1: "A customer's volume doesn't count in this bonus."}


def test_rates_by_rank() -> None:
    ranks = '[[ranks]]\nid = "low"\nname = "Low"\nall = [{ volume = "pv", min = 0 }]\n'
    ranks += '[[ranks]]\nid = "high"\nname = "High"\nall = [{ volume = "pv", min = 100 }]\n'
    rows = {"low": [20], "high": [25, 10]}
    plan = fixed(ranks, volume="pv", point_value=1, rates_by_rank=rows)
    snapshot = see(plan, chain(100_000, 50_000, 100_000))
    assert [result_of(snapshot, member).total_minor for member in range(3)] == [2_250, 2_000, 0]
    low = see(plan, chain(0, 0, 100_000))
    assert reasons(result_of(low))[2] == "The rank Low pays 1 levels; this is level 2."
    negative = see(plan, chain(-1_000, 100_000))
    assert reasons(result_of(negative)) == {1: "Without a rank this bonus pays nothing; this is level 1."}


def test_an_unknown_volume_and_an_inactive_earner_are_named() -> None:
    assert reasons(result_of(see(fast(), chain(0, None)))) == {1: "PV isn't known for this period."}
    plan = plan_of(
        volume("pv"),
        '[active]\nvolume = "pv"\nmin = 100\n',
        bonus("fast_start", volume="pv", point_value=1, rates=[5]),
    )
    assert reasons(result_of(see(plan, chain(0, 100_000)))) == {1: "Not active: needs 100 PV, has 0."}


@pytest.mark.parametrize(
    ("entries", "alone"),
    [
        ({"amounts": [50]}, True),
        ({"amounts": [0]}, False),
        ({"amounts": [50], "volume": "pv", "min": 100}, False),
        ({"amounts": [50], "items": "kits"}, False),
        ({"volume": "pv", "point_value": 1, "rates": [5]}, False),
    ],
)
def test_pay_for_recruiting_without_a_sale_is_recognised(entries: dict[str, Any], alone: bool) -> None:
    assert fixed(**entries).components[0].rules.pays_for_recruiting_alone() is alone


def test_the_rule_in_words() -> None:
    plan = fast(days=60, recruit_caps=[200, 80], first_order_only=True, customer_volume=False)
    assert [str(message) for message in plan.components[0].rules.words(plan)] == [
        "Levels are counted in the sponsor tree (who recruited).",
        "Everyone: 20 %, 10 %, 5 % by level, the nearest first.",
        "Only a newcomer's first 60 days count.",
        "Only a newcomer's very first order counts.",
        "For one newcomer at most 200, 80 DKK a period, by level.",
        "What somebody takes but isn't entitled to stays with the company.",
        "What customers buy doesn't count.",
        "1 PV counts as 1 DKK.",
    ]
    kit = fixed(amounts=[25], items="kits", months=1, unearned="roll_up")
    assert [str(message) for message in kit.components[0].rules.words(kit)][1:] == [
        "25 DKK by level, the nearest first, for each whole 1 of KITS.",
        "Only so many of a newcomer's calendar months count, that of joining included: 1.",
        "What somebody takes but isn't entitled to goes to the next one up who is.",
    ]
    recruit = fixed(amounts=[50, 20], volume="pv", min=100, unearned="pass_up")
    assert [str(message) for message in recruit.components[0].rules.words(recruit)][1:] == [
        "50, 20 DKK by level, the nearest first, for each new distributor in the period of joining.",
        "The newcomer must have at least 100 PV in that period.",
        "What somebody takes but isn't entitled to goes to the one right above if she is.",
    ]


@pytest.mark.parametrize(
    ("entries", "mistake"),
    [
        ({"rates": [5], "days": 60, "months": 2}, 'key "days": give either days or months.'),
        ({"rates": [5], "days": 0}, "this can't be less than 1."),
        ({"rates": []}, 'key "rates": this list is empty.'),
        ({"rates": [-1]}, "this can't be less than 0."),
        ({"rates": [5], "recruit_caps": [1, 2]}, 'key "recruit_caps": there are more caps than levels.'),
        ({"rates": [5], "tree": "placement"}, 'key "tree": this key isn\'t known here.'),
        ({"rates": [5], "unearned": "keep"}, '"keep" isn\'t one of breakage, roll_up, pass_up.'),
        ({"amounts": [5], "items": "boxes"}, 'the plan has no volume "boxes".'),
        ({"amounts": [5], "volume": "pv"}, 'key "min": this key is missing'),
        ({"amounts": ["5"]}, "this must be a number."),
    ],
)
def test_mistakes_in_the_file(entries: dict[str, Any], mistake: str) -> None:
    if "rates" in entries:
        entries = {"volume": "pv", "point_value": 1} | entries
    with pytest.raises(PlanError) as caught:
        fixed(**entries)
    found = [str(problem) for problem in caught.value.problems]
    assert any(mistake in problem for problem in found), found


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_large_teams(shape: str) -> None:
    size = 100_000
    sponsor = list(range(-1, size - 1)) if shape == "chain" else [-1] + [0] * (size - 1)
    team = with_days(make_team(sponsor, {"pv": [100_000] * size}), [date(2026, 9, 20)] * size)
    snapshot = see(fast(days=60), team)
    earned = snapshot.earned("bonus")
    if shape == "star":
        assert earned.minor[0] == (size - 1) * 2_000
    else:
        assert np.array_equal(earned.minor, [3_500] * (size - 3) + [3_000, 2_000, 0])
    component = snapshot.plan.components[0]
    result = component.rules.pay(component, snapshot, 0)
    assert (result.total_minor, len(result.lines)) == (earned.minor[0], size - 1)
