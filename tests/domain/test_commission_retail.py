"""What she earns on her own sales: tiers by order and by earlier periods, categories, promises, discounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from commission_support import HEAD, OCTOBER, ROUNDING, make_team, table

from organizer.domain.commission.engine import estimate, periods_needed
from organizer.domain.commission.kinds.retail_bracket import When, periods_back, reach_back
from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot
from organizer.domain.commission.statement import ComponentResult, Statement
from organizer.domain.period import Calendar, Period, PeriodKind
from organizer.domain.team import Kind, Order, Team

VOLUMES = "".join(
    table("[[volumes]]", {"id": name, "name": name.title(), "unit": unit, "columns": [name]})
    for name, unit in (("sales", "money"), ("beauty", "money"), ("home", "money"), ("pv", "points"))
)
AVON = {"tier_mode": "full_amount", "tiers": [{"from": 0, "percent": 10}, {"from": 100, "percent": 20}]}


def plan_text(*parts: str, period: str = "month", **entries: Any) -> str:
    usual = {"id": "own", "name": "Own", "kind": "retail", "method": "percent", "volume": "sales"}
    if "categories" in entries:
        del usual["volume"]
    bonus = table("[[components]]", usual | entries)
    return HEAD.replace('"month"', f'"{period}"') + VOLUMES + "".join(parts) + bonus + ROUNDING


def plan_of(*parts: str, **entries: Any) -> Plan:
    return parse_plan(plan_text(*parts, **entries), "plan.toml")


def one(sales: int | None = None, orders: Sequence[tuple[str, int]] = (), **more: int | None) -> Team:
    """One distributor; amounts in whole units, orders of her sales by day."""
    figures = {"sales": sales} | more
    team = make_team([-1], {name: [None if amount is None else amount * 1000] for name, amount in figures.items()})
    dated = [Order(0, date.fromisoformat(day), {"sales": amount * 1000}) for day, amount in orders]
    return replace(team, orders=dated)


def months(*sales: int | None) -> list[dict[str, list[int | None]]]:
    """Her sales in the months before, the latest first; None for a month that nobody knows of."""
    return [{} if amount is None else {"sales": [amount * 1000]} for amount in sales]


def paid(plan: Plan, team: Team, *, past: Sequence[Any] = (), carry: Carry | None = None) -> Statement:
    return estimate(plan, team, OCTOBER, 0, past=past, carry=carry)


def reasons(result: ComponentResult) -> list[str]:
    return [f"{line.minor}: {line.reason}" for line in result.lines]


BY_ORDER = {"tier_by": {"when": "order"}}


def test_each_order_has_its_own_tier() -> None:
    # 90 at 10 % and 150 at 20 %; together they would have had 20 % of 240
    team = one(240, [("2026-10-20", 150), ("2026-10-02", 90)])
    statement = paid(plan_of(**AVON, **BY_ORDER), team)
    assert reasons(statement.components[0]) == [
        "900: Order of 2026-10-02: 90 Sales at 10 %, the tier from 0 (Sales in the order: 90).",
        "3000: Order of 2026-10-20: 150 Sales at 20 %, the tier from 100 (Sales in the order: 150).",
    ]
    assert statement.range is None


def test_what_no_order_explains_gets_no_tier_and_a_range() -> None:
    statement = paid(plan_of(**AVON, **BY_ORDER), one(240, [("2026-10-20", 150)]))
    assert reasons(statement.components[0])[1] == (
        "0: 90 Sales belong to no order that is known by itself, so no tier is counted."
    )
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (30_00, 48_00)
    assert str(statement.range.assumption) == "not every order is known by itself"


def test_without_any_order_nothing_is_guessed() -> None:
    statement = paid(plan_of(**AVON, **BY_ORDER), one(240))
    assert statement.total_minor == 0
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (0, 48_00)


def test_more_came_back_than_the_orders_say() -> None:
    # an order of 150, and 30 less of which no order is known: at most 20 % of it is taken back
    statement = paid(plan_of(**AVON, **BY_ORDER), one(120, [("2026-10-20", 150)]))
    assert statement.total_minor == 24_00
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (24_00, 30_00)


QUARTER = {"tier_by": {"when": "previous_quarter"}}


def test_the_quarter_before_chooses_the_tier() -> None:
    plan = plan_of(**AVON, **QUARTER)
    assert periods_needed(plan) == 5  # in a quarter's last month the quarter before began five months ago
    # July to September: 40 + 30 + 30 = 100; June doesn't count
    statement = paid(plan, one(50), past=months(40, 30, 30, 900))
    assert reasons(statement.components[0]) == [
        "1000: 50 Sales at 20 %, the tier from 100 (Sales in the calendar quarter before: 100)."
    ]
    assert paid(plan, one(50), past=months(40, 30, 29, 900)).total_minor == 5_00


def test_a_month_that_nobody_knows_may_hide_a_better_tier() -> None:
    plan = plan_of(**AVON, **QUARTER)
    statement = paid(plan, one(50), past=months(40, None, 30))
    assert statement.total_minor == 5_00
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (5_00, 10_00)
    assert str(statement.range.assumption) == ("Sales in the calendar quarter before: nothing is known of 2026-08")
    assert paid(plan, one(50), past=months(60, None, 40)).range is None, "the best tier is reached without it"
    joined = replace(one(50), joined=[date(2026, 9, 12)])
    assert paid(plan, joined, past=months(40)).range is None, "before she joined she sold nothing"


def test_the_year_so_far_chooses_the_tier() -> None:
    plan = plan_of(**AVON, tier_by={"when": "year_to_date"})
    assert periods_needed(plan) == 11
    year = months(10, 0, 0, 0, 0, 0, 0, 0, 39)
    assert paid(plan, one(50), past=year).total_minor == 5_00
    assert paid(plan, one(51), past=year).total_minor == 10_20
    assert paid(plan, one(50), past=[*year, *months(5000)]).total_minor == 5_00, "last year is over"


def test_marginal_tiers_go_on_through_the_year() -> None:
    tiers = {"tier_mode": "marginal", "tiers": [{"from": 0, "percent": 10}, {"from": 100, "percent": 20}]}
    plan = plan_of(**tiers, tier_by={"when": "year_to_date"})
    year = months(60, 0, 0, 0, 0, 0, 0, 0, 10)
    # 70 until now: 30 more at 10 %, then 20 at 20 %
    assert reasons(paid(plan, one(50), past=year).components[0]) == [
        "300: 30 Sales at 10 %, the tier from 0 (Sales this year so far: 120).",
        "400: 20 Sales at 20 %, the tier from 100 (Sales this year so far: 120).",
    ]
    # 20 back of 110: 10 at 20 % and 10 at 10 %
    assert paid(plan, one(-20), past=months(100, 0, 0, 0, 0, 0, 0, 0, 10)).total_minor == -3_00


def test_the_year_before_chooses_the_tier() -> None:
    plan = plan_of(**AVON, tier_by={"when": "previous_year"})
    assert periods_needed(plan) == 23
    past = months(*[500] * 9, 100, *[0] * 11)
    assert paid(plan, one(50), past=past).total_minor == 10_00
    assert paid(plan, one(50), past=months(*[500] * 9, 99, *[0] * 11)).total_minor == 5_00


def test_the_bracket_may_be_another_volume_of_the_whole_group() -> None:
    plan = plan_of(**AVON, tier_by={"volumes": ["pv"], "of": "group", "tree": "sponsor"})
    team = make_team([-1, 0, 1], {"sales": [80_000, 0, 0], "pv": [10_000, 40_000, 50_000]})
    assert reasons(paid(plan, team).components[0]) == [
        "1600: 80 Sales at 20 %, the tier from 100 (Pv of her whole group: 100)."
    ]


def test_categories_with_rates_of_their_own_and_one_tier_for_all() -> None:
    both = {"volumes": ["beauty", "home"]}
    plan = plan_of(
        tier_mode="full_amount", tier_by=both,
        categories=[
            {"volume": "beauty", "tiers": [{"from": 40, "percent": 25}]},
            {"volume": "home", "tiers": [{"from": 40, "percent": 20}]},
        ],
    )  # fmt: skip
    statement = paid(plan, one(None, beauty=30, home=10))
    assert reasons(statement.components[0]) == [
        "750: 30 Beauty at 25 %, the tier from 40 (Beauty, Home: 40).",
        "200: 10 Home at 20 %, the tier from 40 (Beauty, Home: 40).",
    ]
    nothing = paid(plan, one(None, beauty=30, home=9)).components[0]
    assert nothing.total_minor == 0
    assert reasons(nothing)[0] == "0: Beauty, Home: 39; nothing is paid below 40."


RANKS = table("[[ranks]]", {"id": "new", "name": "New", "all": [{"volume": "pv", "min": 1}]}) + table(
    "[[ranks]]", {"id": "lead", "name": "Leader", "all": [{"volume": "pv", "min": 100}]}
)


def test_a_rate_for_each_rank() -> None:
    plan = plan_of(RANKS, percent_by_rank={"new": 25, "lead": 35})
    assert [paid(plan, one(100, pv=pv)).total_minor for pv in (0, 1, 99, 100)] == [0, 25_00, 25_00, 35_00]
    assert reasons(paid(plan, one(100, pv=0)).components[0]) == [
        "0: No percentage of this bonus holds for her: Paid as New or higher: not yet."
    ]


def test_the_first_alternative_that_holds() -> None:
    variants = [
        {"requires": [{"rank": "lead"}], "percent": 30},
        {"requires": [{"volume": "pv", "min": 50}], "tiers": [{"from": 60, "percent": 15}]},
    ]
    plan = plan_of(RANKS, variants=variants, percent=5, tier_mode="full_amount")
    assert [paid(plan, one(60, pv=pv)).total_minor for pv in (100, 50, 49)] == [18_00, 9_00, 3_00]
    assert paid(plan, one(59, pv=50)).total_minor == 0, "the second one holds, and its tier isn't reached"


PROMISE = {"percent": 40, "orders": 3, "min": 50, "first_any": True}


def test_a_new_member_is_promised_a_rate_for_her_first_orders() -> None:
    plan = plan_of(**AVON, new_member_rate=PROMISE)
    new = one(260, [("2026-10-02", 20), ("2026-10-05", 40), ("2026-10-09", 60), ("2026-10-30", 140)])
    new = replace(new, joined=[date(2026, 10, 1)])
    statement = paid(plan, new)
    # the first whatever it is, the second is too small, the third is 50 or more, the fourth comes too late
    assert [line.minor for line in statement.components[0].lines] == [8_00, 8_00, 24_00, 28_00]
    assert str(statement.components[0].lines[0].reason) == (
        "Order of 2026-10-02: 20 Sales at 40 %, which new members are promised."
    )
    snapshot = Snapshot(plan, new, OCTOBER)
    assert plan.components[0].rules.after(plan.components[0], snapshot) == {0: {"orders": 3}}


def test_orders_are_counted_from_one_period_to_the_next() -> None:
    plan = plan_of(**AVON, new_member_rate=PROMISE)
    team = one(120, [("2026-10-02", 60), ("2026-10-05", 60)])
    statement = paid(plan, team, carry={"own": {0: {"orders": 2}}})
    assert [line.minor for line in statement.components[0].lines] == [24_00, 12_00]
    assert statement.range is None
    over = paid(plan, team, carry={"own": {0: {"orders": 3}}})
    assert over.total_minor == 24_00
    # three months with sales are at least three orders
    assert paid(plan, team, past=months(10, 10, 10)).range is None


def test_whoever_may_be_new_has_a_range() -> None:
    plan = plan_of(**AVON, new_member_rate=PROMISE)
    statement = paid(plan, one(60, [("2026-10-02", 60)]), past=months(10, 10))
    assert statement.range is not None
    assert (statement.range.low, statement.range.high) == (6_00, 24_00)
    assert str(statement.range.assumption) == "it isn't known how many orders she placed before"


def test_a_rate_that_lasts_some_days_or_months() -> None:
    days = plan_of(percent=20, new_member_rate={"percent": 30, "days": 10})
    team = replace(one(300, [("2026-10-05", 100), ("2026-10-06", 100)]), joined=[date(2026, 9, 26)])
    statement = paid(days, team)
    # until 5 October; 100 are of no known order
    assert [line.minor for line in statement.components[0].lines] == [30_00, 20_00, 20_00]
    assert statement.range is not None
    assert statement.range.high == 80_00
    months_ = plan_of(percent=20, new_member_rate={"percent": 30, "months": 2})
    for joined, total in ((date(2026, 9, 1), 90_00), (date(2026, 8, 31), 60_00), (None, 60_00)):
        assert paid(months_, replace(one(300), joined=[joined])).total_minor == total


def test_a_discount_and_what_she_sold_for() -> None:
    plan = plan_of(method="discount", list_price="beauty", volume="home", sales="sales", percent=50)
    # list price 110, base 100: the goods cost 60; sold for 100 she has 40
    statement = paid(plan, one(100, beauty=110, home=100))
    assert reasons(statement.components[0]) == ["5000: 100 Home at 50 %.", "-1000: Sales 100 less Beauty 110."]
    assert statement.total_minor == 40_00
    assert [str(note) for note in statement.components[0].notes] == [
        "Beauty 110 less 50.00: the goods cost her 60.00."
    ]


def test_who_is_not_active_or_has_left_earns_nothing() -> None:
    plan = plan_of('[active]\nvolume = "pv"\nmin = 100\n', percent=20, active_only=True)
    assert reasons(paid(plan, one(100, pv=99)).components[0]) == ["0: Not active: needs 100 Pv, has 99."]
    left = replace(one(100, pv=100), kinds=[Kind.CANCELLED])
    assert reasons(paid(plan, left).components[0]) == ["0: Who has left earns no bonus."]


def test_zeros_have_their_reasons() -> None:
    plan = plan_of(**AVON)
    assert reasons(paid(plan, one(None)).components[0]) == ["0: Sales isn't known for this period."]
    assert reasons(paid(plan, one(0)).components[0]) == ["0: No Sales this period."]
    above = plan_of(tier_mode="full_amount", tiers=[{"from": 50, "percent": 5}])
    assert reasons(paid(above, one(49)).components[0]) == ["0: 49 Sales: nothing is paid below 50."]


WORDS = {
    "a rate": (
        {"percent": 25},
        ["25 % of her own Sales."],
    ),
    "tiers by the quarter before": (
        AVON | QUARTER,
        [
            "From 0 Sales in the calendar quarter before: 10 % of her own Sales.",
            "From 100 Sales in the calendar quarter before: 20 % of her own Sales.",
        ],
    ),
    "tiers of itself": (AVON, ["From 0 Sales: 10 % of all of it.", "From 100 Sales: 20 % of all of it."]),
    "a promise": (
        {"percent": 25, "new_member_rate": PROMISE},
        [
            "25 % of her own Sales.",
            "At least 40 % on a new member's first orders: 3 of them.",
            "That asks for orders of 50 or more, but not of the very first.",
        ],
    ),
    "alternatives": (
        {"variants": [{"requires": [{"volume": "pv", "min": 5}, {"personals": 2}], "percent": 9}]},
        ["Own Pv: at least 5 and Distributors sponsored personally: at least 2: 9 % of her own Sales."],
    ),
    "a discount": (
        {"method": "discount", "list_price": "beauty", "sales": "home", "percent": 25},
        [
            "25 % of her own Sales.",
            "That much less than Beauty is what the goods cost her.",
            "Home above or below Beauty is hers too.",
        ],
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_the_rules_in_words(name: str) -> None:
    entries, expected = WORDS[name]
    plan = plan_of(**entries)
    assert [str(sentence) for sentence in plan.components[0].rules.words(plan)] == expected


PLACE = 'plan.toml, component "own", key'
MISTAKES = {
    "a volume that the plan lacks": (
        AVON | {"tier_by": {"volumes": ["gv"]}},
        f'{PLACE} "volumes": the plan has no volume "gv".',
    ),
    "marginal by another volume": (
        {"tier_mode": "marginal", "tiers": [{"from": 0, "percent": 5}], "tier_by": {"volumes": ["pv"]}},
        f'{PLACE} "tier_by": marginal tiers can only go by the very volume that is paid on.',
    ),
    "marginal by the quarter before": (
        {"tier_mode": "marginal", "tiers": [{"from": 0, "percent": 5}], **QUARTER},
        f'{PLACE} "tier_by": marginal tiers can only go by the very volume that is paid on.',
    ),
    "a group's order": (
        AVON | {"tier_by": {"of": "group", "tree": "sponsor", "when": "order"}},
        f'{PLACE} "when": only what is paid on her own volume can go by order.',
    ),
    "a leg": (
        AVON | {"tier_by": {"of": "leg", "tree": "sponsor"}},
        f'{PLACE} "of": this must be own, frontline or group.',
    ),
    "percent and tiers": ({"percent": 5, "tiers": []}, f'{PLACE} "percent": give either percent or tiers.'),
    "a variant for everyone": (
        {"variants": [{"percent": 5}]},
        f'{PLACE} "variants": each of these needs conditions in requires.',
    ),
    "a rank without a rate": (
        {"percent_by_rank": {"new": 5}},
        f'{PLACE} "percent_by_rank": rank "lead" is missing.',
    ),
    "a promise without an end": (
        {"percent": 5, "new_member_rate": {"percent": 5}},
        f'{PLACE} "new_member_rate": give one of orders, days or months.',
    ),
    "any first order of how much": (
        {"percent": 5, "new_member_rate": {"percent": 5, "days": 3, "first_any": True}},
        f'{PLACE} "first_any": this needs orders and min.',
    ),
    "new members' volume": (
        {"percent": 5, "new_members": {"days": 60}},
        f'{PLACE} "new_members": for her own sales this is called new_member_rate.',
    ),
    "no categories": ({"categories": []}, f'{PLACE} "categories": this list is empty.'),
    "a category twice": (
        {"categories": [{"volume": "sales", "percent": 1}, {"volume": "sales", "percent": 2}]},
        f'{PLACE} "categories": "sales" is there more than once.',
    ),
    "a discount on points": (
        {"method": "discount", "list_price": "pv", "percent": 25},
        f'{PLACE} "list_price": a margin needs volumes in money.',
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_have_their_place(name: str) -> None:
    entries, expected = MISTAKES[name]
    with pytest.raises(PlanError) as raised:
        plan_of(RANKS, **entries)
    assert expected in [str(problem) for problem in raised.value.problems]


def test_campaigns_longer_than_a_quarter_have_no_quarter_before() -> None:
    text = plan_text(**AVON, **QUARTER).replace(
        'period = "month"', 'period = { kind = "campaign", campaign_anchor = 2026-01-01, campaign_days = 122 }'
    )
    with pytest.raises(PlanError, match="longer than a quarter"):
        parse_plan(text, "plan.toml")


CALENDARS = [
    Calendar(),
    Calendar(PeriodKind.HALF_MONTH),
    Calendar(PeriodKind.QUARTER),
    Calendar(PeriodKind.WEEK),
    Calendar(PeriodKind.WEEK, 6),
    Calendar(PeriodKind.CAMPAIGN, 0, date(2026, 1, 5), 14),
    Calendar(PeriodKind.CAMPAIGN, 0, date(2026, 1, 5), 28, 13),
    Calendar(PeriodKind.CAMPAIGN, 0, date(2026, 2, 1), 21),
    Calendar(PeriodKind.CAMPAIGN, 0, date(2026, 2, 1), 90),
]


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.kind.value)
@pytest.mark.parametrize("when", [when for when in When if when is not When.ORDER])
def test_never_more_periods_back_than_are_asked_for(calendar: Calendar, when: When) -> None:
    period = calendar.containing(date(2024, 1, 20))
    furthest = 0
    for _ in range(120):
        back = periods_back(when, calendar, period)
        furthest = max([furthest, *back])
        found = [calendar.shifted(period, -one) for one in back]
        if when is When.YEAR_TO_DATE:
            assert found[0] == period
            assert {one.year for one in found} == {period.year}
        elif when is When.PREVIOUS_YEAR:
            assert {one.year for one in found} == {period.year - 1}
        elif when is When.PREVIOUS_QUARTER:
            assert tuple(reversed(found)) == calendar.quarter_before(period)
            assert found
        period = calendar.shifted(period, 1)
    assert furthest < reach_back(when, calendar)


def test_a_hundred_thousand_members_at_once() -> None:
    size = 100_000
    plan = plan_of(**AVON, tier_by={"volumes": ["pv"], "of": "group", "tree": "sponsor", "when": "year_to_date"})
    sales = list(range(size))
    for parent in ([-1, *range(size - 1)], [-1] + [0] * (size - 1)):
        team = make_team(parent, {"sales": sales, "pv": [1] * size})
        snapshot = Snapshot(plan, team, Period.parse("2026-01"))
        earned = snapshot.earned("own").minor
        # a chain: whoever has 100,000 or more thousandths below and with her, only the first one
        group = np.arange(size, 0, -1) if parent[1:3] == [0, 1] else np.where(np.arange(size) == 0, size, 1)
        rate = np.where(group >= 100_000, 20, 10)
        assert (earned == (np.arange(size) * rate + 500) // 1000).all()
