"""What holds for each kind of bonus: the examples of the plan format, all in one plan with a large enough team."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import pytest
from commission_support import OCTOBER, make_team
from test_commission_words import BONUSES, TEXT, section

from organizer.domain.commission.earned import nothing, one_by_one
from organizer.domain.commission.engine import left_by_rules
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Component
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Kind, Team

VOLUMES = ("pv", "cv", "sales", "cost", "company-volume")
PARTS = "\n".join(part for part in BONUSES if part.startswith("[[components]]"))
PLAN = parse_plan(TEXT, "README.md")


def other(text: str) -> str:
    """The same with "-b" after every volume's name, and after the names of bonuses where one is meant."""
    text = re.sub(rf'"({"|".join(VOLUMES)})"', r'"\1-b"', text)
    return re.sub(
        r"^((?:id|of|boundary_of) = )(.*)$",
        lambda line: line[1] + re.sub(r'"(?!frontline)([\w-]+?)(-b)?"', r'"\1-b"', line[2]),
        text,
        flags=re.MULTILINE,
    )


def team() -> Team:
    """40 members, some new, some customers, some who have left, in legs of all lengths."""
    dice, size = random.Random(4), 40
    sponsor = [-1, 0, 0, 0, 1, 1] + [dice.randrange(member) // 2 for member in range(6, size)]
    volumes = {
        name + end: [dice.randrange(0, 4_000_000) for _member in range(size)]
        for name in VOLUMES
        for end in ("", "-b")
    }
    found = make_team(sponsor, volumes, customers=[9, 24, 31])
    found = replace(
        found, kinds=[Kind.CANCELLED if at in (7, 15) else kind for at, kind in enumerate(found.kinds)]
    )
    return replace(found, joined=[date(2026, 10 - number % 4, 1 + number % 28) for number in range(size)])


TEAM = team()


@pytest.mark.parametrize("component", PLAN.components, ids=lambda component: component.id)
def test_amounts_of_all_are_whole_numbers_and_those_of_each_alone(component: Component) -> None:
    snapshot = Snapshot(PLAN, TEAM, OCTOBER)
    together = snapshot.earned(component.id)
    singly = one_by_one(component.rules, component, snapshot)
    for one in (together, nothing(snapshot)):
        assert {array.dtype.kind for array in (one.exact, one.minor, one.before_cap)} <= set("iO")
    assert together.minor.tolist() == singly.minor.tolist()
    assert together.before_cap.tolist() == singly.before_cap.tolist()
    assert (together.exact * singly.denominator).tolist() == (singly.exact * together.denominator).tolist()


def test_two_bonuses_of_each_kind_in_one_plan_are_kept_apart() -> None:
    volumes = [part + other(part) for part in section("Volumes")]
    head = "\n".join(
        [*section("At the top"), *section("Rounding"), *volumes, *section("Activity"), *section("Ranks")]
    )
    alone = [parse_plan(f"{head}\n{bonuses}", "plan.toml") for bonuses in (PARTS, other(PARTS))]
    both = Snapshot(parse_plan(f"{head}\n{PARTS}\n{other(PARTS)}", "plan.toml"), TEAM, OCTOBER)
    differ = set()
    for first, second in zip(*(plan.components for plan in alone), strict=True):
        amounts = []
        for plan, component in zip(alone, (first, second), strict=True):
            hers = Snapshot(plan, TEAM, OCTOBER)
            amounts.append(hers.earned(component.id).minor.tolist())
            assert both.earned(component.id).minor.tolist() == amounts[-1], component.id
            assert left_by_rules(both).get(component.id) == left_by_rules(hers).get(component.id), component.id
        if amounts[0] != amounts[1]:
            differ.add(first.kind)
    assert differ >= {"unilevel", "binary", "stairstep", "matrix", "generation", "retail", "matching", "pool"}
