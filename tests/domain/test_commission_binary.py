"""Binary bonuses on small teams worked out by hand: the legs' accounts, every limit, every reason for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from binary_support import CYCLES, PAIRS, PV, RANKS, binary, binary_plan, carry_of, two_legs, typed, with_legs
from commission_support import ACTIVE, HEAD, OCTOBER, ROUNDING, make_team

from organizer.domain.commission.engine import estimate, left_by_rules
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot
from organizer.domain.commission.statement import ComponentResult
from organizer.domain.team import Kind, Team


def result(plan: Plan, team: Team, carry: Carry | None = None, member: int = 0) -> ComponentResult:
    return estimate(plan, team, OCTOBER, member, carry=carry if carry is not None else {"team": {}}).components[0]


def reasons(plan: Plan, team: Team, carry: Carry | None = None) -> list[str]:
    return [str(line.reason) for line in result(plan, team, carry).lines]


def kept(plan: Plan, team: Team, carry: Carry | None = None, member: int = 0) -> dict[str, float]:
    """What the legs carry on, in whole units."""
    left = left_by_rules(Snapshot(plan, team, OCTOBER, carry=carry)).get("team", {}).get(member, {})
    return {name: figure / 1000 if name != "pairs" else figure for name, figure in left.items()}


def test_the_weaker_leg_by_hand() -> None:
    # 10 % of 3,000; 2,000 of the 5,000 go on
    plan, team = binary_plan(), two_legs(3000, 5000)
    assert result(plan, team).total_minor == 30_000
    assert reasons(plan, team) == [
        "Left leg: 3000 new. Taken for the payout: 3000.",
        "Right leg: 5000 new. Taken for the payout: 3000. Carried on: 2000.",
        "10 % of the weaker leg, which holds 3000. Carried on: left 0, right 2000.",
    ]
    lines = result(plan, team).lines
    assert [(line.source, line.depth, line.base, line.minor) for line in lines] == [
        (1, 1, 3_000_000, 0),
        (2, 1, 5_000_000, 0),
        (0, 0, 3_000_000, 30_000),
    ]
    assert lines[2].rate == Fraction(1, 10)


def test_points_are_paid_at_their_value() -> None:
    # 10 % of half of 100 points at 0.5 each
    text = HEAD + PV + binary(volume="pv", point_value=0.5, base_percent=50) + ROUNDING
    team = with_legs(make_team([-1, 0, 0], {"pv": [0, 100_000, 100_000]}), ["", "left", "right"])
    found = result(parse_plan(text, "test.toml"), team)
    assert found.total_minor == 250
    assert [str(note) for note in found.notes] == ["1 PV counts as 0.5 DKK.", "PV counts with 50 %."]


def test_what_was_carried_in_counts() -> None:
    plan, team, carry = binary_plan(), two_legs(3000, 5000), carry_of(2500, 0)
    assert result(plan, team, carry).total_minor == 50_000
    assert reasons(plan, team, carry)[0] == (
        "Left leg: 3000 new. Carried in: 2500. Taken for the payout: 5000. Carried on: 500."
    )


def test_times_weaker_over_stronger() -> None:
    # 10 % of 100 x 100 / 300: a third of 10
    plan, team = binary_plan(method="ratio", percent=10), two_legs(100, 300)
    found = result(plan, team)
    assert (found.total_minor, found.exact) == (333, Fraction(1000, 3))
    assert reasons(plan, team)[2] == (
        "10 % of the weaker leg 100, times 100 / 300. Carried on: left 0, right 200."
    )
    assert Fraction(Snapshot(plan, team, OCTOBER).earned("team").exact[0]) == Fraction(1000, 3)


def test_pairs_leave_both_remainders() -> None:
    plan, team = binary_plan(**PAIRS), two_legs(350, 250)
    assert result(plan, team).total_minor == 40_000
    assert (
        reasons(plan, team)[2] == "Pairs of 100 in each leg: 2, at 200 DKK each. Carried on: left 150, right 50."
    )


def test_cycles_take_the_larger_part_from_the_leg_that_is_larger_then() -> None:
    # 1,900/1,000 -> 1,300/700 -> 700/400 -> 100/100
    plan, team = binary_plan(**CYCLES), two_legs(1900, 1000)
    assert result(plan, team).total_minor == 16_200
    assert reasons(plan, team)[2] == "Cycles of 600 and 300: 3, at 54 DKK each. Carried on: left 100, right 100."
    # 1,000/1,000 -> the left one gives 600: 400/700 -> the right one gives 600: 100/100
    assert kept(plan, two_legs(1000, 1000)) == {"left": 100, "right": 100}
    # 700/700 -> 100/400
    assert kept(plan, two_legs(700, 700)) == {"left": 100, "right": 400}
    # 900/1200 -> 600/600 -> alike, so the left one: 0/300
    assert kept(plan, two_legs(900, 1200)) == {"left": 0, "right": 300}


def test_a_million_cycles_at_once() -> None:
    plan = binary_plan(method="cycle", small=1, large=2, amount=1)
    # each two cycles take 3 from both legs: 1,500,000 in each are 1,000,000 cycles
    assert result(plan, two_legs(1_500_000, 1_500_000)).total_minor == 100_000_000


def test_the_highest_step_once() -> None:
    steps = [{"each_leg": 500, "amount": 100}, {"each_leg": 2000, "amount": 400}]
    plan, team = binary_plan(method="schedule", steps=steps), two_legs(4500, 4100)
    assert result(plan, team).total_minor == 40_000
    assert reasons(plan, team)[2] == (
        "The highest step that both legs reach: 2000, which pays 400 DKK. Carried on: left 2500, right 2100."
    )
    assert "The first step needs 500 in each leg: left 499, right 900." in reasons(plan, two_legs(499, 900))[2]


def test_a_ladder_goes_on_as_far_as_both_legs_last() -> None:
    steps = [{"each_leg": volume, "amount": 50} for volume in (200, 200, 300)]
    plan, team = binary_plan(method="ladder", steps=steps), two_legs(650, 900)
    assert reasons(plan, team)[2] == (
        "Steps filled: 2. Together they take 400 of each leg and pay 100 DKK. Carried on: left 250, right 500."
    )
    assert result(plan, two_legs(9000, 9000)).total_minor == 15_000


def test_the_first_pair_is_two_to_one_and_comes_once() -> None:
    plan = binary_plan(method="first_pair", unit=1, first_amount=300, amount=200)
    assert result(plan, two_legs(3, 2)).total_minor == 50_000
    assert kept(plan, two_legs(3, 2)) == {"left": 0, "right": 0, "pairs": 2}
    assert reasons(plan, two_legs(3, 2))[2] == (
        "The first pair: 300 DKK. Pairs after it: 1, at 200 DKK each. Nothing is carried on."
    )
    later = carry_of(0, 0, pairs=2)
    assert reasons(plan, two_legs(1, 2), later)[2] == "Pairs: 1, at 200 DKK each. Carried on: left 0, right 1."
    assert kept(plan, two_legs(0, 2)) == {"left": 0, "right": 2, "pairs": 0}
    assert reasons(plan, two_legs(1, 1))[2].startswith("The first pair needs 2 in one leg and 1 in the other: ")
    # nothing goes on but that she has had it
    flushed = binary_plan(method="first_pair", unit=1, first_amount=300, amount=200, after="flush")
    assert kept(flushed, two_legs(9, 2)) == {"left": 0, "right": 0, "pairs": 2}


def test_a_cap_takes_only_the_pay_or_the_volume_too() -> None:
    # 10 % of 1,000 is 100, of which 40 are paid: for 400 of each leg
    team, said = (
        two_legs(1000, 1500),
        "10 % of the weaker leg, which holds 1000. At most 40 DKK are paid a period. ",
    )
    used = binary_plan(cap=40, after_cap="use")
    assert (result(used, team).total_minor, result(used, team).cut) == (4000, -6000)
    assert kept(used, team) == {"left": 0, "right": 500}
    assert reasons(used, team)[2] == said + (
        "The volume above that counts as paid. Carried on: left 0, right 500."
    )
    keep = binary_plan(cap=40, after_cap="keep")
    assert kept(keep, team) == {"left": 600, "right": 1100}
    assert "The volume above that stays in the legs." in reasons(keep, team)[2]
    lost = binary_plan(cap=40, after_cap="flush")
    assert kept(lost, team) == {}
    assert reasons(lost, team)[1] == "Right leg: 1500 new. Taken for the payout: 400. Lost: 1100."
    assert "The volume above that is lost, and all that is left in both legs." in reasons(lost, team)[2]
    # a cap that is just reached takes nothing
    assert kept(binary_plan(cap=100, after_cap="flush"), team) == {"left": 0, "right": 500}
    assert result(binary_plan(cap=100, after_cap="flush"), team).cut == 0


def test_a_cap_that_cuts_a_pair_in_two_takes_the_whole_pair() -> None:
    # 450 are two pairs and a part of the third one
    plan = binary_plan(**PAIRS, cap=450, after_cap="keep")
    assert result(plan, two_legs(900, 1000)).total_minor == 45_000
    assert kept(plan, two_legs(900, 1000)) == {"left": 600, "right": 700}


def test_at_most_so_many_cycles() -> None:
    plan, team = binary_plan(**CYCLES, max_cycles=2, after_cap="keep"), two_legs(1900, 1000)
    assert result(plan, team).total_minor == 10_800
    assert reasons(plan, team)[2] == (
        "Cycles of 600 and 300: 2, at 54 DKK each. At most 2 are paid a period; the legs would be enough for 3. "
        "The volume above that stays in the legs. Carried on: left 700, right 400."
    )
    assert kept(binary_plan(**CYCLES, max_cycles=2, after_cap="use"), team) == {"left": 100, "right": 100}


def test_a_cap_leaves_volume_for_the_steps_that_it_does_not_pay() -> None:
    steps = [{"each_leg": 100, "amount": 50}, {"each_leg": 200, "amount": 80}, {"each_leg": 300, "amount": 200}]
    plan = binary_plan(method="schedule", steps=steps, cap=60, after_cap="keep")
    assert result(plan, two_legs(350, 400)).total_minor == 6000
    # the second step is the lowest that pays as much
    assert kept(plan, two_legs(350, 400)) == {"left": 150, "right": 200}


def test_a_cap_of_nothing_leaves_the_first_pair_to_come() -> None:
    caps = {"cap_by_rank": {"bronze": 0, "silver": 1000}, "after_cap": "keep"}
    plan = binary_plan(RANKS, method="first_pair", unit=1, first_amount=300, amount=200, **caps)
    bronze, silver = (two_legs(3, 2, pv=[pv, 0, 0]) for pv in (50_000, 200_000))
    assert [result(plan, team).total_minor for team in (bronze, silver)] == [0, 50_000]
    assert kept(plan, bronze) == {"left": 3, "right": 2, "pairs": 0}


def test_an_amount_that_a_cap_cuts_counts_as_what_is_paid_where_only_the_total_is_rounded() -> None:
    text = (
        HEAD
        + PV
        + '[[volumes]]\nid = "cv"\nname = "CV"\nunit = "money"\ncolumns = []\n'
        + binary(cap=40, after_cap="use")
    )
    plan = parse_plan(text + ROUNDING.replace('"line"', '"total"'), "plan.toml")
    statement = estimate(plan, two_legs(1000, 900), OCTOBER, 0, carry={"team": {}})
    assert (statement.components[0].exact, statement.rounding, statement.total_minor) == (Fraction(4000), 0, 4000)


def test_a_cap_and_a_rate_by_rank() -> None:
    given = {"percent_by_rank": {"bronze": 5, "silver": 10}, "cap_by_rank": {"bronze": 20, "silver": 500}}
    plan = binary_plan(RANKS, method="percent_weaker", **given, after_cap="use")
    silver, bronze, none = (two_legs(1000, 1000, pv=[pv, 0, 0]) for pv in (200_000, 50_000, 0))
    assert [result(plan, team).total_minor for team in (silver, bronze, none)] == [10_000, 2_000, 0]
    assert "The rate is that of Silver." in reasons(plan, silver)[2]
    assert reasons(plan, none)[2] == "Without a rank this bonus pays nothing. Carried on: left 1000, right 1000."
    given["percent_by_rank"]["bronze"] = 0
    nothing = binary_plan(RANKS, method="percent_weaker", **given, after_cap="use")
    assert reasons(nothing, bronze)[2].startswith("The rank Bronze is paid nothing in this bonus.")
    assert "The plan's rate is 0." in reasons(binary_plan(percent=0), two_legs(5, 5))[2]


def test_a_percentage_of_an_amount_by_her_own_volume() -> None:
    tiers = [{"from": 25, "percent": 4}, {"from": 50, "percent": 8}]
    cycle = {
        "method": "cycle",
        "small": 200,
        "large": 200,
        "percent_of": 200,
        "tiers": tiers,
        "tiers_volume": "pv",
    }
    plan = binary_plan(**cycle)
    assert reasons(plan, two_legs(450, 400, pv=[60_000, 0, 0]))[2] == (
        "Cycles of 200 and 200: 2, at 8 % of 200 DKK each. The rate is the one from 50 PV of her own; she has 60. "
        "Carried on: left 50, right 0."
    )
    assert result(plan, two_legs(450, 400, pv=[25_000, 0, 0])).total_minor == 1600
    assert reasons(plan, two_legs(450, 400, pv=[24_999, 0, 0]))[2].startswith(
        "Needs 25 PV of her own, has 24.999."
    )
    assert reasons(plan, two_legs(450, 400, pv=[None, 0, 0]))[2].startswith(
        "Needs 25 PV of her own, and the figure isn't known."
    )


def test_amounts_by_rank() -> None:
    plan = binary_plan(RANKS, method="pairs", unit=100, amount_by_rank={"bronze": 10, "silver": 12.5})
    assert result(plan, two_legs(250, 250, pv=[200_000, 0, 0])).total_minor == 2500


def test_who_may_not_be_paid() -> None:
    needs = [{"personals": 1, "side": "left"}, {"personals": 1, "side": "right"}]
    for ineligible, left in (
        ("keep", {"left": 300, "right": 500}),
        ("flush", {}),
        ("net_off", {"left": 0, "right": 200}),
    ):
        plan = binary_plan(requires=needs, ineligible=ineligible)
        team = replace(two_legs(300, 500), sponsor=[-1, 0, 1])
        assert result(plan, team).total_minor == 0
        assert kept(plan, team) == left
        assert reasons(plan, team)[2].startswith("Distributors sponsored personally, in the right leg: 0, needs 1")
    assert result(plan, two_legs(300, 500)).total_minor == 3000
    inactive = binary_plan(ACTIVE)
    assert reasons(inactive, two_legs(300, 500, pv=[99_000, 0, 0]))[2] == (
        "Not active: needs 100 PV, has 99. Carried on: left 300, right 500."
    )


def test_who_has_left_and_customers_keep_nothing() -> None:
    for kind in (Kind.CANCELLED, Kind.CUSTOMER):
        team = replace(two_legs(300, 500), kinds=[kind, Kind.DISTRIBUTOR, Kind.DISTRIBUTOR])
        assert kept(binary_plan(), team, carry_of(1, 1)) == {}
        assert result(binary_plan(), team).total_minor == 0


def test_nothing_to_pay_says_what_is_missing() -> None:
    def why(left: int, right: int, **entries: Any) -> str:
        return reasons(binary_plan(**entries), two_legs(left, right))[2].split(" Carried")[0]

    assert why(0, 500) == "A leg is empty, so nothing is paid: left 0, right 500."
    assert why(80, 250, **PAIRS) == "A pair needs 100 in each leg: left 80, right 250."
    assert why(500, 500, **CYCLES) == "A cycle needs 600 in one leg and 300 in the other: left 500, right 500."
    assert why(600, 200, **CYCLES) == "A cycle needs 600 in one leg and 300 in the other: left 600, right 200."
    alone = with_legs(make_team([-1], {"cv": [5000]}), [""])
    assert reasons(binary_plan(), alone)[0] == "Left leg: nobody stands there, 0 new."


def test_what_is_left_in_the_legs() -> None:
    team = two_legs(350, 280)
    assert kept(binary_plan(**PAIRS), team) == {"left": 150, "right": 80}
    assert kept(binary_plan(**PAIRS, after="net_off"), team) == {"left": 70, "right": 0}
    assert kept(binary_plan(**PAIRS, after="flush"), team) == {}
    assert kept(binary_plan(**PAIRS, carry_cap=100), team) == {"left": 100, "right": 80}
    # nothing was paid, so nothing is set off
    assert kept(binary_plan(**PAIRS, after="net_off"), two_legs(350, 80)) == {"left": 350, "right": 80}
    assert reasons(binary_plan(**PAIRS, carry_cap=100), team)[0] == (
        "Left leg: 350 new. Taken for the payout: 200. Lost: 50. Carried on: 100."
    )


def test_more_returned_than_sold() -> None:
    plan, team = binary_plan(carry_cap=100), two_legs(-50, 500)
    assert result(plan, team).total_minor == 0
    assert kept(plan, team) == {"left": -50, "right": 100}
    assert result(plan, two_legs(80, 0), carry_of(-50, 500)).total_minor == 300


def test_a_leg_below_nothing_pays_no_cycle_and_costs_none() -> None:
    for plan in (binary_plan(**CYCLES), binary_plan(**PAIRS)):
        assert result(plan, two_legs(-2000, 5000)).total_minor == 0
        assert kept(plan, two_legs(-2000, 5000)) == {"left": -2000, "right": 5000}
        assert kept(plan, two_legs(5000, -2000)) == {"left": 5000, "right": -2000}


def test_own_volume_to_the_weaker_leg() -> None:
    to_weaker = {"own_volume": "above", "own_volume_of": "pv", "own_volume_above": 100}
    team = two_legs(400, 300, own=999, pv=[150_000, 0, 0])
    assert result(binary_plan(**to_weaker), team).total_minor == 3500
    assert reasons(binary_plan(**to_weaker), team)[1].startswith("Right leg: 300 new. From her own volume: 50.")
    # of two legs alike it is the left one
    assert kept(binary_plan(own_volume="weaker_leg"), two_legs(300, 300, own=40)) == {"left": 40, "right": 0}
    # one's own volume counts for those above in full, and not for oneself otherwise
    above = with_legs(make_team([-1, 0, 0, 1], {"cv": [10_000, 20_000, 90_000, 0]}), ["", "left", "right", "left"])
    assert result(binary_plan(), above).total_minor == 200
    assert result(binary_plan(), above, member=1).total_minor == 0


def test_only_so_many_levels() -> None:
    # left 1 over 3 over 5, right 2 over 4: 100 each
    team = make_team([-1, 0, 0, 1, 2, 3], {"cv": [100_000] * 6})
    assert [result(binary_plan(levels=levels), team).lines[0].base for levels in (1, 2, 3, 99)] == [
        100_000,
        200_000,
        300_000,
        300_000,
    ]


def test_sides_that_the_file_does_not_give() -> None:
    team = make_team([-1, 0, 0, 0], {"cv": [0, 100_000, 200_000, 400_000]})
    assert [line.base for line in result(binary_plan(), team).lines[:2]] == [100_000, 200_000]
    assert [str(note) for note in result(binary_plan(), team).notes] == [
        "The file doesn't say who is left and who is right: the free sides go by order.",
        "Members below her who stand in neither leg, and don't count: 1.",
    ]
    turned = with_legs(team, ["", "right", "left", "left"])
    assert [line.base for line in result(binary_plan(), turned).lines[:2]] == [600_000, 100_000]
    assert result(binary_plan(), turned).notes == ()
    numbered = with_legs(team, ["", "2", "1", ""])
    assert [line.base for line in result(binary_plan(), numbered).lines[:2]] == [200_000, 100_000]
    assert [str(note) for note in result(binary_plan(), numbered).notes] == [
        "Members below her who stand in neither leg, and don't count: 1.",
    ]


def test_what_she_types_in_replaces_what_was_carried() -> None:
    plan, team = typed(700_000, None)
    # 300 + 700 typed in against 500 + 50 from the estimate before
    assert result(plan, team, carry_of(10, 50)).total_minor == 5500
    assert result(*typed(None, None), carry_of(10, 50)).total_minor == 3100
    assert result(*typed(0, 0), {}).notes == ()


def test_an_unknown_carry_gives_a_range() -> None:
    plan, team = binary_plan(), two_legs(300, 500)
    first = estimate(plan, team, OCTOBER, 0)
    assert first.range is not None
    assert (first.range.low, first.range.high) == (3000, 5000)
    assert "from nothing carried in from the period before to enough for both legs" in str(first.range.assumption)
    assert [str(note) for note in first.components[0].notes] == [
        "What was carried in from the period before isn't known; it counts as nothing."
    ]
    assert estimate(plan, team, OCTOBER, 0, carry={"team": {}}).range is None
    capped = estimate(binary_plan(carry_cap=50), team, OCTOBER, 0)
    assert capped.range is not None
    assert capped.range.high == 3500
    new = replace(team, joined=[date(2026, 10, 3), None, None])
    assert estimate(plan, new, OCTOBER, 0).range is None
    assert estimate(binary_plan(after="flush"), team, OCTOBER, 0).range is None
    assert estimate(plan, two_legs(300, 300), OCTOBER, 0).range is None
    pairs = binary_plan(method="first_pair", unit=1, first_amount=3, amount=2, after="flush")
    assert [str(note) for note in result(pairs, team, {}).notes] == [
        "It isn't known whether her first pair was paid before; it counts as still to come."
    ]


def test_a_returned_order_costs_what_the_weaker_leg_paid() -> None:
    plan = binary_plan(own_volume="weaker_leg", levels=2)
    team = make_team([-1, 0, 0, 1, 2, 4], {"cv": [50_000, 300_000, 500_000, 100_000, 100_000, 0]})
    then, bonus = Snapshot(plan, team, OCTOBER), plan.components[0]

    def paid(source: int, volume: str = "cv") -> Fraction:
        return bonus.rules.paid_for(bonus, then, 0, source, volume, average=False)

    # the left leg holds 400 and 50 of her own: 10 % of each thousandth is a hundredth of an øre
    assert [paid(source) for source in (0, 1, 3)] == [Fraction(1, 100)] * 3
    assert [paid(source) for source in (2, 4, 5)] == [0, 0, 0]
    assert paid(1, "pv") == 0
    assert bonus.rules.paid_for(bonus, then, 5, 0, "cv", average=True) == 0


def test_figures_beyond_64_bits() -> None:
    big = 10**20
    carry: Carry = {"team": {0: {"left": big, "right": big + 5}}}
    plan, team = binary_plan(), two_legs(0, 0)
    assert result(plan, team, carry).total_minor == big // 100
    assert left_by_rules(Snapshot(plan, team, OCTOBER, carry=carry))["team"] == {0: {"left": 0, "right": 5}}
    for method in ({"method": "ratio", "percent": 10}, CYCLES, PAIRS, {**CYCLES, "cap": 5, "after_cap": "keep"}):
        assert result(binary_plan(**method), team, carry).total_minor > 0
    first = binary_plan(method="first_pair", unit=1, first_amount=3, amount=2, cap=1000, after_cap="keep")
    assert result(first, team, carry).total_minor == 100_000
    fine = binary_plan(percent=Decimal("10.0000000000000000001"))
    assert result(fine, team, carry).exact == Fraction(big, 100) + Fraction(big, 10**22)
    steps = [{"each_leg": 5, "amount": 1}]
    assert result(binary_plan(method="schedule", steps=steps), team, carry).total_minor == 100


@pytest.mark.parametrize("shape", ["chain", "star", "binary"])
def test_a_hundred_thousand_members(shape: str) -> None:
    size = 100_000
    above = {"chain": range(-1, size - 1), "star": [-1] + [0] * (size - 1), "binary": range(-1, 2 * size)}[shape]
    placement = [(above[m] // 2 if shape == "binary" else above[m]) if m else -1 for m in range(size)]
    team = make_team(placement, {"cv": [0] + [1000] * (size - 1)})
    plan = binary_plan(levels=None if shape != "binary" else 16)
    snapshot = Snapshot(plan, team, OCTOBER)
    earned, left = snapshot.earned("team"), left_by_rules(snapshot)["team"]
    if shape == "chain":
        assert not earned.minor.any()
        assert left[0] == {"left": (size - 1) * 1000, "right": 0}
        assert len(left) == size - 1
    elif shape == "star":
        assert (int(earned.minor[0]), left) == (10, {})
    else:
        # fifteen full levels and 34,465 of the sixteenth; the left leg holds 65,535, the right one the rest
        assert int(earned.minor[0]) == 34_464 * 10
        assert left[0] == {"left": (65_535 - 34_464) * 1000, "right": 0}
    assert result(plan, team).total_minor == int(earned.minor[0])
