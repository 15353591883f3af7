"""What companies and distributors have worked out in public comes out of the plan files, to the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from shipped_support import Person, pays, rank_of, seen

JANUARY = date(2026, 1, 5)


# Young Living: thedailyoilers.com, Suzy; livingwiththieves.com, the kit; distillery9.com, the levels
@pytest.mark.parametrize(
    ("month", "pv", "paid"), [("01", 150, "37.50"), ("02", 190, "47.50"), ("03", 190, "47.50")]
)
def test_young_living_suzy(month: str, pv: int, paid: str) -> None:
    you = Person("you", volumes={"pv": 50})
    suzy = Person("suzy", "you", {"pv": pv}, joined=JANUARY)
    assert pays(seen("young-living-us", you, suzy, period=f"2026-{month}"), "fast-start") == Decimal(paid)


def test_young_living_fast_start_ends_with_the_third_month_and_has_a_cap() -> None:
    you, suzy = Person("you", volumes={"pv": 100}), Person("suzy", "you", {"pv": 1000}, joined=JANUARY)
    amy = Person("amy", "suzy", {"pv": 1000}, joined=JANUARY)
    january = seen("young-living-us", you, suzy, amy, period="2026-01")
    assert pays(january, "fast-start") == 200 + 80
    assert pays(seen("young-living-us", you, suzy, amy, period="2026-04"), "fast-start") == 0


def test_young_living_kit_with_fast_start_is_fifty_dollars() -> None:
    you = Person("you", volumes={"pv": 50})
    new = Person("new", "you", {"pv": 100, "kits": 1}, joined=JANUARY)
    january = seen("young-living-us", you, new, period="2026-01")
    assert (pays(january, "kit"), pays(january, "fast-start")) == (Decimal(25), Decimal(25))
    assert pays(seen("young-living-us", you, new, period="2026-02"), "kit") == 0


def test_young_living_pays_others_on_thirty_per_cent_of_a_newcomers_volume() -> None:
    you, new = Person("you", volumes={"pv": 100}), Person("new", "you", {"pv": 100}, joined=JANUARY)
    january = seen("young-living-us", you, new, period="2026-01")
    assert (pays(january, "fast-start"), pays(january, "unilevel")) == (Decimal(25), Decimal("2.40"))


def test_young_living_five_levels() -> None:
    legs = [Person("a", "you", {"pv": 1500}), Person("b", "you", {"pv": 1500}), Person("c", "you", {"pv": 900})]
    line = [Person(name, above, {"pv": 100}) for name, above in zip("12345", ("you", *"1234"), strict=True)]
    snapshot = seen("young-living-us", Person("you", volumes={"pv": 100}), *line, *legs)
    assert rank_of(snapshot) == "executive"
    assert pays(snapshot, "unilevel") == 25 + (1500 + 1500 + 900) * Decimal("0.08")


def test_young_living_silver_needs_volume_beside_silvers() -> None:
    you = Person("you", volumes={"pv": 100})
    legs = [Person("a", "you", {"pv": 5000}), Person("b", "you", {"pv": 5000})]
    assert rank_of(seen("young-living-us", you, *legs)) == "silver"


# Isagenix: infirstmarketing.com, 600 and 300 BV a cycle: 1,900 and 1,000 are three cycles and leave 100 and 100
def test_isagenix_three_cycles() -> None:
    people = [
        Person("you", volumes={"bv": 100}),
        Person("left", "you", {"bv": 1900}, leg="left"),
        Person("right", "you", {"bv": 1000}, leg="right"),
    ]
    snapshot = seen("isagenix-us", *people)
    assert pays(snapshot, "team-bonus") == 162
    component = snapshot.plan.component("team-bonus")
    assert component.rules.after(component, snapshot)[0] == {"left": 100_000, "right": 100_000}


def test_isagenix_own_volume_above_a_hundred_helps_the_weaker_team() -> None:
    people = [
        Person("you", volumes={"bv": 150}),
        Person("left", "you", {"bv": 600}, leg="left"),
        Person("right", "you", {"bv": 250}, leg="right"),
    ]
    assert pays(seen("isagenix-us", *people), "team-bonus") == 54


# Amway: the companies' pages; 600 PV are 25,200 BV in Taiwan, where a point is 42 BV
@pytest.mark.parametrize(
    ("pv", "percent"),
    [(199, 0), (200, 3), (600, 6), (1200, 9), (2400, 12), (4000, 15), (7000, 18), (9999, 18), (10000, 21)],
)
@pytest.mark.parametrize("plan", ["amway-uk", "amway-eu", "amway-taiwan", "amway-taiwan-leadership"])
def test_amway_brackets(plan: str, pv: int, percent: int) -> None:
    snapshot = seen(plan, Person("you", volumes={"pv": pv, "bv": pv * 42}))
    assert pays(snapshot, "performance") == Decimal(pv * 42 * percent) / 100


def test_amway_taiwan_six_hundred_points() -> None:
    assert pays(seen("amway-taiwan", Person("you", volumes={"pv": 600, "bv": 25200})), "performance") == 1512


def test_amway_keeps_the_difference() -> None:
    you = Person("you", volumes={"pv": 200, "bv": 1000, "sold": 500})
    snapshot = seen("amway-uk", you, Person("a", "you", {"pv": 1000, "bv": 5000}))
    assert pays(snapshot, "performance", "a") == 300
    assert pays(snapshot, "performance") == 540 - 300
    assert pays(snapshot, "retail") == 100


# Amway's brochure for India: X and A to D with 300 PV each
def test_amway_india_five_times_three_hundred() -> None:
    people = [Person(name, "you", {"pv": 300, "bv": 18000}) for name in "abcd"]
    snapshot = seen("amway-india", Person("you", volumes={"pv": 300, "bv": 18000}), *people)
    assert [pays(snapshot, "performance", name) for name in "abcd"] == [1080] * 4
    assert (pays(snapshot, "performance"), pays(snapshot, "retail")) == (Decimal(3780), Decimal(3600))


# the same brochure: X reaches 21 % of 600,000 BV and owes the groups 14,400, 14,400, 5,400 and 36,000
def test_amway_india_twenty_one_per_cent() -> None:
    groups = {"a": 2000, "b": 2000, "c": 1000, "d": 4000}
    people = [Person(name, "you", {"pv": pv, "nsv": pv * 60}) for name, pv in groups.items()]
    snapshot = seen("amway-india-core-2019", Person("you", volumes={"pv": 1000, "nsv": 60000}), *people)
    assert [pays(snapshot, "sales-commission", name) for name in groups] == [14400, 14400, 5400, 36000]
    assert pays(snapshot, "sales-commission") == 55800


# amwaywiki: all of the leadership bonus from 21 %, some from 15 %, none of a single group's below that
@pytest.mark.parametrize(("own", "paid"), [(10000, 16800), (4000, 6720), (3999, 0)])
def test_amway_taiwan_leadership(own: int, paid: int) -> None:
    top = Person("you", volumes={"pv": own, "bv": own * 42})
    below = Person("leg", "you", {"pv": 10000, "bv": 420000})
    assert pays(seen("amway-taiwan-leadership", top, below), "leadership") == paid


# Avon, January 2014: the earnings chart; May 2020: the commission table; United Kingdom: the quarter before
@pytest.mark.parametrize(
    ("sales", "earned"),
    [("49.99", 0), (50, 10), (285, "99.75"), (395, "138.25"), (425, 170), (900, 405), (1550, 775)],
)
def test_avon_2014(sales: int | str, earned: int | str) -> None:
    veteran = Person("you", volumes={"sales": sales}, joined=date(2010, 1, 1))
    before = {"you": {"sales": 1}}
    snapshot = seen("avon-us-2014", veteran, period="2014-C10", past=[before] * 4)
    assert pays(snapshot, "earnings") == Decimal(earned)


def test_avon_2014_promises_newcomers_forty_per_cent() -> None:
    joined = date(2014, 5, 8)
    new = Person("you", volumes={"sales": 20}, joined=joined, orders=[(joined, {"sales": 20})])
    assert pays(seen("avon-us-2014", new, period="2014-C10"), "earnings") == 8


@pytest.mark.parametrize(
    ("year", "beauty", "fashion", "earned"),
    [
        (0, "39.99", 0, 0),
        (0, 40, 0, 10),
        (0, 20, 20, 9),
        (4999, 100, 100, 45),
        (5000, 20, 10, 8),
        (10000, 100, 100, 65),
        (20000, 100, 100, 65),
        (35000, 100, 100, 70),
    ],
)
def test_avon_2020(year: int, beauty: int | str, fashion: int, earned: int) -> None:
    you = Person("you", volumes={"year": year, "beauty": beauty, "fashion": fashion})
    assert pays(seen("avon-us-2020", you), "earnings") == earned


@pytest.mark.parametrize(
    ("before", "percent"), [(0, 0), (1, 15), (249, 15), (250, 20), (550, 25), (1300, 30), (3499, 30), (3500, 32)]
)
def test_avon_uk_goes_by_the_quarter_before(before: int, percent: int) -> None:
    quarter = [{}, {}, {}, {"you": {"sales": before}}, {}]
    snapshot = seen(
        "avon-uk", Person("you", volumes={"sales": 100, "fashion": 50}), period="2026-05", past=quarter
    )
    assert pays(snapshot, "earnings") == percent + 5


def test_avon_leadership_pays_for_recruits_who_sell() -> None:
    plan, joined = "avon-us-leadership-2017", date(2017, 5, 1)
    you = Person("you", volumes={"award-sales": 50})
    recruits = [Person("a", "you", {"award-sales": 150}, joined), Person("b", "you", {"award-sales": 149}, joined)]
    snapshot = seen(plan, you, *recruits, period="2017-C09")
    assert (pays(snapshot, "recruits"), pays(snapshot, "sponsoring")) == (Decimal(20), Decimal("8.97"))


# Tupperware: the leaflet of 2018, a party of 500 dollars a week; India: 24 % of the price
def test_tupperware() -> None:
    party = seen("tupperware-us-2018", Person("you", volumes={"sales": 500, "samples": 100}))
    assert (pays(party, "earnings"), pays(party, "samples")) == (Decimal(125), Decimal(35))
    assert pays(seen("tupperware-india", Person("you", volumes={"sales": 1000})), "margin") == 240


# Herbalife: the company's slide of July 2014, 110 at an Earn Base of 100; the split commission of 8 to 25 %
@pytest.mark.parametrize(
    ("rank", "profit"),
    [("Distributor", 25), ("Senior Consultant", 35), ("Qualified Producer", 42), ("Supervisor", 50)],
)
def test_herbalife_retail_profit(rank: str, profit: int) -> None:
    you = Person("you", volumes={"list": 110, "sold-base": 100, "sales": 110}, rank=rank)
    assert pays(seen("herbalife-us-2009", you), "retail") == profit


def test_herbalife_goods_cost_eighty_five() -> None:
    snapshot = seen("herbalife-us-2009", Person("you", volumes={"list": 110, "sold-base": 100, "sales": 110}))
    component = snapshot.plan.component("retail")
    notes = [str(note) for note in component.rules.pay(component, snapshot, 0).notes]
    assert any("85" in note for note in notes), notes


@pytest.mark.parametrize(("rank", "paid"), [("Distributor", 25), ("Qualified Producer", 8), ("Supervisor", 0)])
def test_herbalife_wholesale_profit(rank: str, paid: int) -> None:
    you = Person("you", rank="Supervisor")
    below = Person("below", "you", {"earn-base": 100}, rank=rank)
    assert pays(seen("herbalife-us-2009", you, below), "wholesale") == paid


def test_herbalife_royalties_on_three_levels_of_supervisors() -> None:
    you = Person("you", volumes={"vp": 2500}, rank="Supervisor")
    line = [
        Person(name, above, {"earn-base": 100, "vp": 500}, rank="Supervisor")
        for name, above in zip("abcd", ("you", *"abc"), strict=True)
    ]
    assert pays(seen("herbalife-us-2009", you, *line), "royalty") == 15
    less = Person("you", volumes={"vp": 2499}, rank="Supervisor")
    assert pays(seen("herbalife-us-2009", less, *line), "royalty") == 0


# Mary Kay: slides of about 2016, the Advance brochure as quoted, and 10,000 dollars of unit production
def team_leader(own: int) -> list[Person]:
    return [
        Person("you", volumes={"wholesale": own}),
        *(Person(name, "you", {"wholesale": 800}) for name in "abcde"),
    ]


@pytest.mark.parametrize(("own", "paid"), [(225, 360), (599, 360), (600, 520)])
def test_mary_kay_team_leader(own: int, paid: int) -> None:
    snapshot = seen("mary-kay-us-2020", *team_leader(own))
    assert rank_of(snapshot) == "team-leader"
    assert pays(snapshot, "team") == paid


@pytest.mark.parametrize(
    ("orders", "active"),
    [((80, 80, 80), False), ((0, 0, 225), True), ((224, 225, 0), True), ((224, 224, 224), False)],
)
def test_mary_kay_asks_for_225_dollars_within_one_of_three_months(orders: tuple[int, ...], active: bool) -> None:
    own, *before = orders
    past = [{"you": {"wholesale": one}} for one in before]
    assert seen("mary-kay-us-2020", Person("you", volumes={"wholesale": own}), past=past).active[0] == active


@pytest.mark.parametrize(("team", "paid"), [("999", "39.96"), ("1500", "90"), ("1800", "144")])
def test_mary_kay_star_team_builder(team: str, paid: str) -> None:
    others = [Person(name, "you", {"wholesale": 225}) for name in "ab"]
    third = Person("c", "you", {"wholesale": str(Decimal(team) - 450)})
    snapshot = seen("mary-kay-us-2020", Person("you", volumes={"wholesale": 225}), *others, third)
    assert rank_of(snapshot) == "star-team-builder"
    assert pays(snapshot, "team") == Decimal(paid)


def test_mary_kay_newcomer_with_six_hundred_dollars() -> None:
    new = Person("new", "you", {"wholesale": 600}, joined=date(2020, 7, 3))
    snapshot = seen("mary-kay-us-2020", Person("you", volumes={"wholesale": 225}), new)
    assert (pays(snapshot, "recruits"), pays(snapshot, "team")) == (Decimal(50), Decimal(24))


@pytest.mark.parametrize(
    ("production", "paid"), [(4499, "404.91"), (4500, "585"), (5499, "714.87"), (5500, "1265"), (10000, "2300")]
)
def test_mary_kay_unit(production: int, paid: str) -> None:
    snapshot = seen("mary-kay-us-director-2020", Person("you", volumes={"unit": production}))
    assert pays(snapshot, "unit") == Decimal(paid)


def test_mary_kay_director_with_ten_thousand_from_her_own_recruits() -> None:
    recruits = [Person(name, "you", {"wholesale": 5000}) for name in "ab"]
    snapshot = seen("mary-kay-us-director-2020", Person("you", volumes={"unit": 10000}), *recruits)
    assert pays(snapshot, "unit") + pays(snapshot, "team") == 3600


def test_mary_kay_canada_four_per_cent() -> None:
    snapshot = seen("mary-kay-canada-2017", Person("you"), Person("a", "you", {"wholesale": 1000}))
    assert pays(snapshot, "team") == 40


# doTERRA: Lisa enrolled Megan, whose orders pay 26.40, 15.60 and 29.40; the unearned doesn't roll up
LRP = {"pv": 100, "lrp": 100}


def test_doterra_lisa_and_megan() -> None:
    megan = Person("megan", "you", {"pv": 132 + 78 + 147}, joined=date(2024, 3, 2))
    march = seen("doterra-us-2024", Person("you", volumes=LRP), megan, period="2024-03")
    assert pays(march, "fast-start") == Decimal("71.40")


def test_doterra_fast_start_takes_the_volume_out_of_the_unilevel() -> None:
    megan = Person("megan", "you", {"pv": 100, "cv": 100}, joined=date(2024, 3, 2))
    lisa = Person("you", volumes=LRP)
    assert pays(seen("doterra-us-2024", lisa, megan, period="2024-03"), "unilevel") == 0
    assert pays(seen("doterra-us-2024", lisa, megan, period="2024-06"), "unilevel") == 2


def test_doterra_fast_start_does_not_roll_up() -> None:
    people = [Person("you", volumes=LRP), Person("e2", "you", {"pv": 100}), Person("e1", "e2", LRP)]
    snapshot = seen(
        "doterra-us-2024", *people, Person("new", "e1", {"pv": 100}, date(2024, 3, 2)), period="2024-03"
    )
    assert [pays(snapshot, "fast-start", name) for name in ("e1", "e2", "you")] == [20, 0, 5]


def test_doterra_power_of_three() -> None:
    order = {"pv": 150, "lrp": 150}
    first = [Person(name, "you", order) for name in "abc"]
    second = [Person(f"{above}{number}", above, order) for above in "abc" for number in "123"]
    assert pays(seen("doterra-us-2024", Person("you", volumes=order), *first), "power-of-3") == 50
    whole = seen("doterra-us-2024", Person("you", volumes=order), *first, *second)
    assert [pays(whole, "power-of-3", name) for name in ("you", "a", "a1")] == [250, 50, 0]


def test_doterra_leadership_pool() -> None:
    """2 % of 1,000,000 in 24 shares of which a Silver has one: invented figures in the company's rule."""
    company = {"global-volume": 1_000_000, "leadership-shares": 24}
    elite = [Person(name, "you", {"pv": 3000}) for name in "abc"]
    snapshot = seen("doterra-us-2024", Person("you", volumes={"pv": 100, **company}), *elite)
    assert rank_of(snapshot) == "silver"
    assert pays(snapshot, "leadership-pool") == Decimal("833.33")
    assert pays(snapshot, "diamond-pool") == 0


# The teaching plans, by hand
def test_teaching_binary_pays_a_tenth_of_the_weaker_leg() -> None:
    people = [
        Person("you", volumes={"pv": 100}),
        Person("left", "you", {"pv": 1000}, leg="left"),
        Person("right", "you", {"pv": 400}, leg="right"),
    ]
    snapshot = seen("teaching-binary", *people)
    assert rank_of(snapshot) == "team-leader"
    assert pays(snapshot, "team") == 400 * 5 // 10
    component = snapshot.plan.component("team")
    assert component.rules.after(component, snapshot)[0] == {"left": 600_000, "right": 0}
    alone = seen("teaching-binary", *people[:2])
    assert (rank_of(alone), pays(alone, "team")) == ("distributor", Decimal(0))


def test_teaching_binary_start_bonus_has_a_cap() -> None:
    new = Person("new", "you", {"pv": 600}, joined=date(2026, 1, 1))
    assert pays(seen("teaching-binary", Person("you", volumes={"pv": 100}), new), "start") == 500


def test_teaching_matrix_spills_over_and_pays_for_a_full_level() -> None:
    bought = {"pv": 100, "cv": 1000}
    people = [Person("you", volumes=bought), *(Person(name, "you", bought) for name in "abcd")]
    snapshot = seen("teaching-matrix", *people)
    assert rank_of(snapshot) == "team-leader"
    assert pays(snapshot, "matrix") == 3 * 30 + 40 + 100
    assert pays(snapshot, "matrix", "a") == 30


def test_teaching_stairstep_keeps_the_difference_until_the_group_breaks_away() -> None:
    you = Person("you", volumes={"pv": 100, "bv": 1000})
    near = seen("teaching-stairstep", you, Person("a", "you", {"pv": 700, "bv": 7000}))
    assert pays(near, "steps", "a") == 420
    assert pays(near, "steps") == 800 - 420
    you = Person("you", volumes={"pv": 1000, "bv": 10000})
    away = seen("teaching-stairstep", you, Person("a", "you", {"pv": 5000, "bv": 50000}))
    assert (pays(away, "steps"), pays(away, "leadership")) == (Decimal(1000), Decimal(2000))
