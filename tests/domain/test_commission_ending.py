"""What comes after the bonuses: caps, returns, deductions, the smallest payout; read, worked out, said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from commission_support import HEAD, OCTOBER, ROUNDING, make_team, table

from organizer.domain.commission.ending_words import ending_words
from organizer.domain.commission.engine import carried, estimate, estimate_from
from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import Statement
from organizer.domain.team import Kind, Order, Team

VOLUMES = "".join(
    table("[[volumes]]", {"id": name, "name": name.title(), "unit": unit, "columns": [name], "source": source})
    for name, unit, source in (
        ("sales", "money", "member"),
        ("match", "money", "member"),
        ("points", "points", "member"),
        ("turnover", "money", "entered"),
        ("paid_out", "money", "entered"),
    )
)
BONUSES = "".join(
    table("[[components]]", {"id": name, "name": name.title(), "kind": "retail", "method": "percent",
                             "volume": name, "percent": 100})
    for name in ("sales", "match")
)  # fmt: skip
BOTH = {"id": "cap", "name": "Cap", "components": ["sales", "match"]}


def plan_of(*parts: str) -> Plan:
    return parse_plan(HEAD + VOLUMES + BONUSES + "".join(parts) + ROUNDING, "plan.toml")


def cap(**entries: Any) -> str:
    return table("[[caps]]", BOTH | entries)


def team(*pays: tuple[int, int], **entered: int | None) -> Team:
    """Members with their pay for sales and match in kroner; `entered` are the user's own figures (the first's)."""
    size = len(pays)
    volumes: dict[str, list[int | None]] = {
        "sales": [sales * 1000 for sales, _match in pays],
        "match": [match * 1000 for _sales, match in pays],
        "points": [10_000] * size,
    }
    for name, figure in entered.items():
        volumes[name] = [figure, *[None] * (size - 1)]
    return make_team([-1] * size, volumes)


def adjusted(statement: Statement) -> list[str]:
    return [f"{entry.id} {entry.minor}: {entry.reason}" for entry in statement.adjustments]


def test_a_cap_on_one_members_bonuses_together() -> None:
    plan = plan_of(cap(amount=100))
    over, under = estimate(plan, team((70, 50), (70, 30)), OCTOBER, 0), estimate(plan, team((70, 30)), OCTOBER, 0)
    assert adjusted(over) == ["cap -2000: At most 100.00 DKK are paid; it would have been 120.00 DKK."]
    assert (over.total_minor, under.total_minor, under.adjustments) == (100_00, 100_00, ())


def test_a_company_cap_is_shared_in_proportion() -> None:
    plan = plan_of(cap(per="company", amount=100))
    totals = [estimate(plan, team((70, 50), (80, 0)), OCTOBER, member).total_minor for member in (0, 1)]
    assert totals == [60_00, 40_00]


def test_the_last_bonuses_bear_a_cap_first() -> None:
    # sales 150 are paid whole, and 50 of the 100 of match: half of what each had
    plan = plan_of(cap(per="company", amount=200, mode="last_first"))
    everyone = team((100, 20), (50, 80))
    assert [estimate(plan, everyone, OCTOBER, member).total_minor for member in (0, 1)] == [110_00, 90_00]


def test_one_cap_after_the_other() -> None:
    # the member's cap leaves 100 + 80 = 180, and the company's two thirds of that
    plan = plan_of(cap(amount=100), cap(id="all", per="company", amount=120))
    everyone = team((100, 50), (80, 0))
    assert [estimate(plan, everyone, OCTOBER, member).total_minor for member in (0, 1)] == [66_67, 53_33]


def test_shares_of_a_cap_add_up_to_it() -> None:
    # 1.01 for two positions of one person: 50.5 øre each, and the odd øre goes to the first of them
    plan = plan_of(cap(per="person", amount=1.01))
    everyone = replace(team((100, 0), (100, 0), (100, 0)), person_ids=[7, 8, 7])
    assert [estimate(plan, everyone, OCTOBER, member).total_minor for member in range(3)] == [51, 1_01, 50]
    # 100 øre for pays of 3, 3 and 1 kroner: 42.86, 42.86 and 14.29; the two øre left go to the largest remainders
    plan = plan_of(cap(per="company", amount=1))
    everyone = team((1, 0), (3, 0), (3, 0))
    assert [estimate(plan, everyone, OCTOBER, member).total_minor for member in range(3)] == [14, 43, 43]


def test_shares_of_the_last_bonus_that_a_cap_reaches_add_up_to_it() -> None:
    # sales take 1.00 + 1.00 of 3.01, and 1.01 is left for match: 51 and 50 øre
    plan = plan_of(cap(per="company", amount=3.01, mode="last_first"))
    everyone = team((1, 2), (1, 2))
    assert [estimate(plan, everyone, OCTOBER, member).total_minor for member in (0, 1)] == [1_51, 1_50]


ONCE = '[rounding]\nat = "total"\nmode = "half_up"\n'


def test_rounding_in_the_total_doesnt_go_over_a_cap() -> None:
    # 10.4 + 10.4 øre are 21 when rounded once, 1 more than is allowed
    everyone = make_team([-1], {"sales": [104], "match": [104]})
    plan = parse_plan(HEAD + VOLUMES + BONUSES + cap(amount=0.2) + ONCE, "plan.toml")
    statement = estimate(plan, everyone, OCTOBER, 0)
    assert ([one.total_minor for one in statement.components], statement.rounding) == ([10, 10], 1)
    assert adjusted(statement) == ["cap -1: At most 0.20 DKK are paid; it would have been 0.21 DKK."]
    assert statement.total_minor == 20


def test_fees_are_taken_of_what_is_left_after_rounding() -> None:
    # 0.5 + 0.5 øre are 1 when rounded once: the fee can't take the 2 that the bonuses show
    everyone = make_team([-1], {"sales": [5], "match": [5]})
    plan = parse_plan(HEAD + VOLUMES + BONUSES + FEES + ONCE, "plan.toml")
    assert estimate(plan, everyone, OCTOBER, 0).total_minor == 0


def test_what_is_taken_back_is_never_made_smaller() -> None:
    plan = plan_of(cap(per="company", amount=50))
    everyone = team((100, 0), (-30, 0))
    assert [estimate(plan, everyone, OCTOBER, member).total_minor for member in (0, 1)] == [50_00, -30_00]


def test_a_percentage_of_what_everyone_sold() -> None:
    plan = plan_of(cap(per="company", percent=50, of="points", point_value=4))
    # 2 members with 10 points of 4 kroner: 40 kroner
    assert estimate(plan, team((60, 0), (20, 0)), OCTOBER, 0).total_minor == 30_00


def test_the_companys_own_figures() -> None:
    plan = plan_of(cap(per="company", percent=40, of="turnover", together="paid_out"))
    known = team((60, 0), turnover=100_000_000, paid_out=50_000_000)
    assert estimate(plan, known, OCTOBER, 0).total_minor == 48_00
    for name in ("turnover", "paid_out"):
        figures = {"turnover": 100_000_000, "paid_out": 50_000_000, name: None}
        statement = estimate(plan, team((60, 0), **figures), OCTOBER, 0)
        assert statement.total_minor == 60_00
        known_as = name.title()
        assert adjusted(statement) == [f"cap 0: {known_as} isn't known for this period, so this cap is left out."]


FEES = table("[[deductions]]", {"id": "tax", "name": "Tax", "percent": 10}) + table(
    "[[deductions]]", {"id": "fee", "name": "Fee", "amount": 15}
)


def test_deductions_come_of_the_pay_and_never_take_more() -> None:
    plan = plan_of(FEES)
    assert adjusted(estimate(plan, team((200, 0)), OCTOBER, 0)) == [
        "tax -2000: 10 % of the pay.",
        "fee -1500: A fixed amount each period that anything is paid.",
    ]
    assert estimate(plan, team((10, 0)), OCTOBER, 0).total_minor == 0
    assert adjusted(estimate(plan, team((-10, 0)), OCTOBER, 0)) == []


def test_what_was_kept_is_paid_without_deductions_again() -> None:
    plan = plan_of(FEES, "[payout]\nmin = 50\n")
    small = estimate(plan, team((60, 0)), OCTOBER, 0)
    assert small.total_minor == 39_00
    assert small.payout is not None
    assert (small.payout.paid, small.payout.kept) == (0, 39_00)
    assert str(small.payout.reason) == "Less than 50.00 DKK isn't paid out; it is kept for the next period."
    carry = carried(Snapshot(plan, team((60, 0)), OCTOBER), small)
    assert carry["balance"] == {0: {"minor": 39_00}}
    following = estimate(plan, team((60, 0)), OCTOBER, 0, carry=carry)
    assert adjusted(following)[0] == (
        "balance 3900: The period before was less than the smallest amount paid out; it is paid with this one."
    )
    assert following.total_minor == 78_00
    assert following.payout is not None
    assert (following.payout.paid, following.payout.kept, following.payout.reason) == (78_00, 0, None)


def test_a_period_below_nothing() -> None:
    for carries, kept, words in (
        (True, -30_00, "The period ends below nothing; it is taken from the next one."),
        (False, 0, "The period ends below nothing; it isn't taken from the next one."),
    ):
        plan = plan_of(f"[payout]\ncarry_negative = {str(carries).lower()}\n")
        statement = estimate(plan, team((-30, 0)), OCTOBER, 0)
        assert statement.payout is not None
        assert (statement.payout.paid, statement.payout.kept) == (0, kept)
        assert str(statement.payout.reason) == words
        assert carried(Snapshot(plan, team((-30, 0)), OCTOBER), statement).get("balance", {}) == (
            {0: {"minor": kept}} if kept else {}
        )
        if kept:
            following = estimate(plan, team((100, 0)), OCTOBER, 0, carry={"balance": {0: {"minor": kept}}})
            assert following.total_minor == 70_00


# Returned orders: 20 % of 1,000 in September, 10 % of 500 in August

TIERED = table("[[components]]", {
    "id": "own", "name": "Own", "kind": "retail", "method": "percent", "volume": "sales", "tier_mode": "marginal",
    "tiers": [{"from": 0, "percent": 10}, {"from": 500, "percent": 30}],
})  # fmt: skip
LEVELS = table("[[components]]", {
    "id": "team", "name": "Team", "kind": "unilevel", "volume": "sales", "tree": "sponsor", "compression": "none",
    "rates": [5],
})  # fmt: skip
PAST: list[Mapping[str, list[int | None]]] = [
    {"sales": [1_000_000, 400_000]},
    {"sales": [500_000, None]},
]


def returning(method: str, *orders: tuple[int, str, int], **entries: Any) -> Statement:
    rules = table("[returns]", {"method": method, "window": 2} | entries)
    plan = parse_plan(HEAD + VOLUMES + TIERED + LEVELS + rules + ROUNDING, "plan.toml")
    sales = [300_000, 0]
    for member, _day, amount in orders:
        sales[member] -= amount * 1000
    back = make_team([-1, 0], {"sales": sales}, names=["Ann", "Bo"])
    back = replace(
        back,
        orders=[
            Order(member, date.fromisoformat(day), {"sales": -amount * 1000}) for member, day, amount in orders
        ],
    )
    return estimate(plan, back, OCTOBER, 0, past=PAST)


def test_a_return_doesnt_lower_the_period_in_which_it_comes_back() -> None:
    statement = returning("original_rate", (0, "2026-09-04", 100))
    # 10 % of 300 in October; September's 1,000 paid 50 + 150 = 20 %
    assert [result.total_minor for result in statement.components] == [30_00, 0]
    assert adjusted(statement) == ["return -2000: Taken back at what it paid in 2026-09."]
    assert str(statement.adjustments[0].name) == "Returned by Ann, bought 2026-09-04"
    assert statement.total_minor == 10_00


def test_each_method_takes_its_own_amount() -> None:
    own, bos = (0, "2026-09-04", 100), (1, "2026-09-05", 100)
    assert [returning("replaced_volume", own).adjustments[0].minor] == [-30_00], "the top 100 had 30 %"
    assert [returning("average_rate", own).adjustments[0].minor] == [-20_00]
    # 5 % of what Bo bought
    assert [entry.minor for entry in returning("original_rate", own, bos).adjustments] == [-20_00, -5_00]
    assert [entry.minor for entry in returning("replaced_volume", own, bos).adjustments] == [-30_00, -5_00]


CARRIED = "What was carried into 2026-09 from the periods before it counts as nothing here."
REPLACED = "2026-09 is worked out again without it."
PAID = "Taken back at what it paid in 2026-09."


def sent_back(method: str, order: Order, past: Mapping[str, list[int | None]], *parts: str) -> list[str]:
    """What is taken from the first one, above the others; nobody bought anything this month."""
    rules = table("[returns]", {"method": method, "window": 1})
    plan = parse_plan(HEAD + VOLUMES + "".join(parts) + rules + ROUNDING, "plan.toml")
    size = len(next(iter(past.values())))
    now: dict[str, list[int | None]] = {name: [0] * size for name in past}
    for name, amount in order.volumes.items():
        now[name][order.member] = amount
    everyone = replace(make_team([-1, 0, 0][:size], now), orders=[order], legs=["", "left", "right"][:size])
    statement = estimate(plan, everyone, OCTOBER, 0, past=[past])
    return [f"{entry.minor}: {entry.reason}" for entry in statement.adjustments]


@pytest.mark.parametrize(
    ("method", "why"),
    [
        ("original_rate", PAID),
        ("average_rate", "Taken back at the average percentage of 2026-09."),
        ("replaced_volume", REPLACED),
    ],
)
def test_no_more_is_taken_back_than_a_cap_left(method: str, why: str) -> None:
    # 1,000 at 10 % would have been 100, and 30 were paid
    bonus = {"id": "own", "name": "Own", "kind": "retail", "method": "percent", "volume": "sales", "percent": 10}
    limit = table("[[caps]]", {"id": "cap", "name": "Cap", "components": ["own"], "amount": 30})
    order = Order(0, date(2026, 9, 5), {"sales": -1_000_000})
    past: Mapping[str, list[int | None]] = {"sales": [1_000_000, 0]}
    assert sent_back(method, order, past, table("[[components]]", bonus), limit) == [f"-3000: {why}"]


@pytest.mark.parametrize(
    ("mode", "sales", "match"), [("pro_rata", -30_00, -60_00), ("last_first", -60_00, -30_00)]
)
def test_a_return_takes_back_what_a_cap_left_of_its_own_bonus(mode: str, sales: int, match: int) -> None:
    # 60 of sales and 120 of match, at most 90: half of each, or all of sales and a quarter of match
    past: Mapping[str, list[int | None]] = {"sales": [60_000, 0], "match": [120_000, 0]}
    for name, amount, minor in (("sales", -60_000, sales), ("match", -120_000, match)):
        order = Order(0, date(2026, 9, 5), {name: amount})
        (entry,) = sent_back("original_rate", order, past, BONUSES, cap(amount=90, mode=mode))
        assert entry == f"{minor}: {PAID}"


def pairs(**entries: Any) -> str:
    """10 % of the weaker leg, at most 4."""
    usual = {"id": "pairs", "name": "Pairs", "kind": "binary", "method": "percent_weaker", "volume": "points",
             "point_value": 1, "percent": 10, "cap": 4, "after_cap": "use", "ineligible": "flush"}  # fmt: skip
    return table("[[components]]", usual | entries)


def test_a_bonus_with_a_cap_of_its_own_takes_back_what_it_paid() -> None:
    # 10 % of 100 in each leg are 10, of which 4 were paid
    order = Order(1, date(2026, 9, 5), {"points": -100_000})
    past: Mapping[str, list[int | None]] = {"points": [0, 100_000, 100_000]}
    assert sent_back("original_rate", order, past, pairs(after="flush")) == [f"-400: {PAID}"]


def test_what_was_carried_into_the_earlier_period_is_said_to_be_left_out() -> None:
    order = Order(1, date(2026, 9, 5), {"points": -100_000})
    past: Mapping[str, list[int | None]] = {"points": [0, 100_000, 100_000]}
    for method, why in (("original_rate", PAID), ("replaced_volume", REPLACED)):
        (entry,) = sent_back(method, order, past, pairs(after="carry"))
        assert entry == f"-400: {why} {CARRIED}"
    graced = table(
        "[[ranks]]", {"id": "star", "name": "Star", "grace": 1, "all": [{"volume": "points", "min": 1}]}
    )
    assert sent_back("original_rate", order, past, graced, pairs(after="flush")) == [f"-400: {PAID} {CARRIED}"]
    # what is kept because it is less than the smallest payout changes no bonus
    assert sent_back("original_rate", order, past, pairs(after="flush"), "[payout]\nmin = 50\n") == [
        f"-400: {PAID}"
    ]


def test_several_returns_of_one_period_are_taken_one_after_the_other() -> None:
    first, second = (0, "2026-09-04", 400), (0, "2026-09-05", 200)
    # the upper 400 at 30 %; then 100 at 30 % and 100 at 10 %
    assert [entry.minor for entry in returning("replaced_volume", first, second).adjustments] == [-120_00, -40_00]


def test_what_cant_be_taken_back_says_why() -> None:
    assert adjusted(returning("original_rate", (0, "2026-07-31", 10))) == [
        "return 0: It was bought in 2026-07, more than 2 periods ago: nothing is taken."
    ]
    assert adjusted(returning("original_rate", (1, "2026-08-31", 10))) == [
        "return 0: Bought in 2026-08, whose volumes aren't known: this can't be worked out."
    ]


def test_returns_may_be_limited_to_the_pay_of_the_period() -> None:
    orders = (0, "2026-09-04", 100), (0, "2026-09-05", 100)
    limited = returning("original_rate", *orders, carry_negative=False)
    assert adjusted(limited) == [
        "return -2000: Taken back at what it paid in 2026-09.",
        "return -1000: Taken back at what it paid in 2026-09. No more than the pay of this period is taken.",
    ]
    assert returning("original_rate", *orders).total_minor == -10_00


def test_without_a_rule_a_return_is_a_lower_volume() -> None:
    plan = parse_plan(HEAD + VOLUMES + TIERED + ROUNDING, "plan.toml")
    back = make_team([-1], {"sales": [200_000]})
    back = replace(back, orders=[Order(0, date(2026, 9, 4), {"sales": -100_000})])
    assert estimate(plan, back, OCTOBER, 0).total_minor == 20_00


def test_a_team_bonus_is_taken_back_at_the_rate_of_the_whole() -> None:
    bonus = {
        "id": "unit",
        "name": "Unit",
        "kind": "team_tier",
        "volume": "sales",
        "of": "group",
        "tree": "sponsor",
        "tier_mode": "full_amount",
        "tiers": [{"from": 0, "percent": 5}, {"from": 1000, "percent": 9}],
    }
    rules = table("[returns]", {"method": "original_rate", "window": 1})
    plan = parse_plan(HEAD + VOLUMES + table("[[components]]", bonus) + rules + ROUNDING, "plan.toml")
    back = replace(
        make_team([-1, 0, -1], {"sales": [0, -100_000, -50_000]}),
        orders=[Order(1, date(2026, 9, 4), {"sales": -100_000}), Order(2, date(2026, 9, 4), {"sales": -50_000})],
    )
    snapshot = Snapshot(plan, back, OCTOBER, [{"sales": [700_000, 300_000, 50_000]}])
    assert [estimate_from(snapshot, member).total_minor for member in range(3)] == [-9_00, -5_00, -2_50]


def test_who_has_left_gives_nothing_back() -> None:
    rules = table("[returns]", {"method": "original_rate", "window": 1})
    plan = parse_plan(HEAD + VOLUMES + TIERED + rules + ROUNDING, "plan.toml")
    left = replace(
        make_team([-1], {"sales": [-100_000]}),
        kinds=[Kind.CANCELLED],
        orders=[Order(0, date(2026, 9, 4), {"sales": -100_000})],
    )
    assert estimate(plan, left, OCTOBER, 0, past=[{"sales": [300_000]}]).total_minor == 0


def test_in_words() -> None:
    plan = plan_of(
        cap(amount=100, mode="last_first"),
        cap(id="one", per="person", amount=5000),
        cap(id="all", per="company", percent=42, of="points", point_value=0.5),
        cap(id="told", per="company", percent=42, of="turnover", together="paid_out"),
        FEES,
        '[returns]\nmethod = "replaced_volume"\nwindow = 3\ncarry_negative = false\n',
        "[payout]\nmin = 50\ncarry_negative = false\n",
    )
    assert [str(sentence) for sentence in ending_words(plan)] == [
        "Cap: nobody is paid more than 100.00 DKK a period in: Sales, Match.",
        "What is above that is taken from these bonuses from the last to the first.",
        "Cap: all positions of one person together are paid at most 5000.00 DKK a period in: Sales, Match.",
        "What is above that is taken from everybody in proportion.",
        "Cap: everybody together is paid at most 42 % of all Points (each counts as 0.5 DKK) a period in: "
        "Sales, Match.",
        "What is above that is taken from everybody in proportion.",
        "What all would be paid without the cap is worked out from the members who are known.",
        "Cap: everybody together is paid at most 42 % of all Turnover a period in: Sales, Match.",
        "What is above that is taken from everybody in proportion.",
        "What all would be paid without the cap is entered as Paid_Out.",
        "The period in which a returned order was bought is worked out again without it, and the difference is "
        "taken back.",
        "That goes for what comes back at most 3 periods after it was bought.",
        "Returns take no more than the pay of the period.",
        "Tax: 10 % of the pay is kept by the company.",
        "Fee: 15.00 DKK is kept by the company each period that anything is paid.",
        "Less than 50.00 DKK is kept and paid with the next period's.",
        "A period that ends below nothing takes nothing from the next one.",
    ]
    assert ending_words(plan_of()) == []


MISTAKES = {
    "a bonus that the plan lacks": (
        cap(components=["sales", "pool"], amount=1),
        'plan.toml, cap "cap", key "components": no bonus is called "pool".',
    ),
    "a bonus twice": (
        cap(components=["sales", "sales"], amount=1),
        'plan.toml, cap "cap", key "components": "sales" is there more than once.',
    ),
    "no bonus": (
        cap(components=[], amount=1),
        'plan.toml, cap "cap", key "components": this list is empty.',
    ),
    "no limit": (cap(), 'plan.toml, cap "cap", key "amount": give either amount or percent.'),
    "two limits": (
        cap(amount=1, percent=1, of="sales"),
        'plan.toml, cap "cap", key "amount": give either amount or percent.',
    ),
    "points without a value": (
        cap(percent=1, of="points"),
        'plan.toml, cap "cap", key "point_value": this key is missing; it holds a number.',
    ),
    "a sum that isn't entered": (
        cap(amount=1, together="sales"),
        'plan.toml, cap "cap", key "together": this must be a volume in money that is entered by hand.',
    ),
    "a sum for one bonus after the other": (
        cap(amount=1, together="paid_out", mode="last_first"),
        'plan.toml, cap "cap", key "together": this needs the mode pro_rata.',
    ),
    "caps of one name": (
        cap(amount=1) + cap(amount=2),
        'plan.toml, key "caps": the id "cap" is there more than once.',
    ),
    "a fee of nothing": (
        table("[[deductions]]", {"id": "fee", "name": "Fee"}),
        'plan.toml, deduction "fee", key "amount": give either amount or percent.',
    ),
    "an unknown key": ("[payout]\nmax = 3\n", 'plan.toml, table "payout", key "max": this key isn\'t known here.'),
    "returns without end": (
        '[returns]\nmethod = "original_rate"\n',
        'plan.toml, table "returns", key "window": this key is missing; it holds a whole number.',
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_have_their_place(name: str) -> None:
    part, expected = MISTAKES[name]
    with pytest.raises(PlanError) as raised:
        plan_of(part)
    assert expected in [str(problem) for problem in raised.value.problems]


def test_a_company_cap_over_a_hundred_thousand_members() -> None:
    size = 100_000
    plan = plan_of(cap(per="company", amount=50_000), cap(id="one", per="person", amount=100))
    everyone = replace(
        make_team([-1] * size, {"sales": [1000] * size, "match": [0] * size}), person_ids=[1, 1, *range(2, size)]
    )
    snapshot = Snapshot(plan, everyone, OCTOBER)
    assert estimate_from(snapshot, 7).total_minor == 50
