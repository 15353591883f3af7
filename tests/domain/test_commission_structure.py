"""Structure bonuses by hand: three with three each, what is missing, what a returned order costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from bonus_support import bonus, plan_of, result_of, see, volume, with_kinds
from commission_support import ACTIVE, make_team

from organizer.domain.commission.parse import PlanError
from organizer.domain.commission.plan import Plan
from organizer.domain.team import Team

THREES = [-1, *(place // 3 for place in range(39))]
"""She, three of hers, nine of theirs, 27 below."""


def power(*parts: str, **entries: Any) -> Plan:
    usual = {"width": 3, "amounts": [50, 250, 1500], "volume": "lrp", "min": 100, "tree": "sponsor"}
    team = {"team_volume": "pv", "team_min": 600}
    return plan_of(volume("lrp"), volume("pv"), *parts, bonus("structure", **usual | team | entries))


def threes(size: int = 40, pv: int = 150_000) -> Team:
    return make_team(THREES[:size], {"lrp": [pv] * size, "pv": [pv] * size})


def paid(plan: Plan, team: Team, member: int = 0) -> int:
    return result_of(see(plan, team), member).total_minor


def told(plan: Plan, team: Team, member: int = 0) -> list[str]:
    return [str(line.reason) for line in result_of(see(plan, team), member).lines]


def with_volume(team: Team, name: str, member: int, amount: int | None) -> Team:
    figures = list(team.volumes[name])
    figures[member] = amount
    return replace(team, volumes={**team.volumes, name: figures})


@pytest.mark.parametrize(("size", "best", "together"), [(3, 0, 0), (4, 5_000, 5_000), (13, 25_000, 30_000),
                                                        (39, 25_000, 30_000), (40, 150_000, 180_000)])  # fmt: skip
def test_levels(size: int, best: int, together: int) -> None:
    assert paid(power(), threes(size)) == best
    assert paid(power(cumulative=True), threes(size)) == together


def test_a_returned_order_retracts() -> None:
    # the last of the 27 falls to 99: her upline's team loses its level, and she falls from level 3 to 2
    plan = power()
    team = with_volume(threes(), "lrp", 39, 99_000)
    assert paid(plan, team) == 25_000
    assert paid(plan, with_volume(team, "lrp", 39, 100_000)) == 150_000


def test_reasons() -> None:
    plan = power()
    assert told(plan, threes(13)) == [
        "Structure level 2 is paid instead.",
        "Structure level 2 is held.",
        "Sponsored personally who hold structure level 2: 0, needs 3",
    ]
    assert told(plan, threes(4)) == [
        "Structure level 1 is held.",
        "Sponsored personally who hold structure level 1: 0, needs 3",
        "Structure level 3 needs level 2 first.",
    ]
    assert told(plan, with_volume(threes(4), "lrp", 2, 99_999))[0] == (
        "Distributors sponsored personally with at least 100 LRP: 2, needs 3"
    )
    assert told(plan, with_volume(threes(4), "pv", 0, 149_999))[0] == (
        "PV of her own and her frontline: 599.999, needs 600"
    )
    assert told(power(cumulative=True), threes(13))[:2] == [
        "Structure level 1 is held.",
        "Structure level 2 is held.",
    ]
    unpaid = with_kinds(threes(4), cancelled=[0])
    assert told(plan, unpaid) == ["Who has left earns no bonus."] * 3


def test_who_does_not_qualify_holds_no_level() -> None:
    # 1 isn't active, so 0 has only two who hold level 1
    team = with_volume(threes(13), "pv", 1, 0)
    plan = power(ACTIVE, team_min=0)
    assert paid(plan, team) == 5_000
    assert told(plan, team, 1)[0] == "Not active: needs 100 PV, has 0."


def test_legs_and_the_placement_tree() -> None:
    # 1, 2 and 3 stand in one leg below 4: as personals they count, as legs they are one
    team = make_team([-1, 0, 0, 0, 0], {"lrp": [150_000] * 5, "pv": [150_000] * 5}, placement=[-1, 4, 4, 4, 0])
    by_team = power(tree="placement")
    assert told(by_team, team)[0] == "PV of her own and her frontline: 300, needs 600"
    holders = {"width": 1, "team_min": 0, "min": 0, "amounts": [50, 250]}
    chain = make_team([-1, 0, 1, 2], {"lrp": [0] * 4, "pv": [0] * 4}, placement=[-1, 0, 0, 1])
    # 0, 1 and 2 hold level 1; as personals 0 and 1 have one of them; in legs 0 has, and 1 hasn't
    assert [paid(power(**holders), chain, member) for member in range(4)] == [25_000, 25_000, 5_000, 0]
    legs = power(**holders, tree="placement", counted="legs")
    assert [paid(legs, chain, member) for member in range(4)] == [25_000, 5_000, 5_000, 0]
    assert told(legs, chain, 1)[1] == "Legs with a holder of structure level 1: 0, needs 1"


def test_customers_may_count() -> None:
    team = with_kinds(threes(4), customer=[1])
    assert paid(power(), team) == 0
    assert paid(power(customers_count=True), team) == 5_000


def test_pay_for_recruiting_without_a_sale_is_recognised() -> None:
    def alone(**entries: Any) -> bool:
        return power(**entries).components[0].rules.pays_for_recruiting_alone()

    assert alone(min=0, team_min=0)
    assert not alone(min=0)
    assert not alone(team_min=0)
    assert not alone(min=0, team_min=0, amounts=[0])


def test_the_rule_in_words() -> None:
    plan = power(amounts=[50, 250], customers_count=True, counted="legs", cumulative=True)
    assert plan.components[0].rules.volumes() == {"lrp", "pv"}
    assert [str(message) for message in plan.components[0].rules.words(plan)] == [
        "Structure level 1 takes: Distributors and customers sponsored personally with at least 100 LRP: "
        "at least 3.",
        "It also takes at least 600 PV of her own and her frontline.",
        "Structure level 2 takes the one before it and: Legs with a holder of structure level 1: at least 3.",
        "Structure level 1 pays 50.00 DKK.",
        "Structure level 2 pays 250.00 DKK.",
        "All levels held are paid together.",
    ]
    assert str(power().components[0].rules.words(plan)[-1]) == "Only the highest level held is paid."


@pytest.mark.parametrize(
    ("entries", "mistake"),
    [
        ({"width": 0}, "this can't be less than 1."),
        ({"amounts": []}, 'key "amounts": this list is empty.'),
        ({"counted": "heads"}, '"heads" isn\'t one of personals, legs.'),
        ({"tree": "family"}, '"family" isn\'t one of sponsor, placement.'),
        ({"volume": "xp"}, 'the plan has no volume "xp".'),
        ({"team_volume": "xp"}, 'the plan has no volume "xp".'),
    ],
)
def test_mistakes_in_the_file(entries: dict[str, Any], mistake: str) -> None:
    with pytest.raises(PlanError) as caught:
        power(**entries)
    assert any(mistake in str(problem) for problem in caught.value.problems)


def test_a_team_minimum_needs_its_volume() -> None:
    entries = {"width": 3, "amounts": [5], "volume": "pv", "min": 1, "tree": "sponsor", "team_min": 6}
    with pytest.raises(PlanError, match="team_min"):
        plan_of(volume("pv"), bonus("structure", **entries))


@pytest.mark.parametrize("shape", ["chain", "star", "threes"])
def test_large_teams(shape: str) -> None:
    size = 100_000
    sponsor = {
        "chain": list(range(-1, size - 1)),
        "star": [-1] + [0] * (size - 1),
        "threes": [-1, *(place // 3 for place in range(size - 1))],
    }[shape]
    team = make_team(sponsor, {"lrp": [150_000] * size, "pv": [150_000] * size})
    snapshot = see(power(), team)
    earned = snapshot.earned("bonus")
    expected = {"chain": 0, "star": 5_000, "threes": 150_000}[shape]
    assert earned.minor[0] == expected == result_of(snapshot).total_minor
    assert shape != "chain" or not np.any(earned.minor)
