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
    assert (pays(january, "kit"), pays(january, "fast-start")) == (25, 25)
    assert pays(seen("young-living-us", you, new, period="2026-02"), "kit") == 0


def test_young_living_pays_others_on_thirty_per_cent_of_a_newcomers_volume() -> None:
    you, new = Person("you", volumes={"pv": 100}), Person("new", "you", {"pv": 100}, joined=JANUARY)
    january = seen("young-living-us", you, new, period="2026-01")
    assert (pays(january, "fast-start"), pays(january, "unilevel")) == (25, Decimal("2.40"))


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
