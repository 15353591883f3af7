"""What a binary bonus says of itself, and what it says of mistakes in a plan file."""

from __future__ import annotations

from typing import Any

import pytest
from binary_support import CYCLES, PAIRS, RANKS, binary, binary_plan, typed
from commission_support import HEAD, ROUNDING

from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan


def problems(**entries: Any) -> str:
    text = (
        HEAD + '[[volumes]]\nid = "cv"\nname = "CV"\nunit = "money"\ncolumns = []\n' + binary(**entries) + ROUNDING
    )
    try:
        parse_plan(text, "test.toml")
    except Exception as error:
        return "\n".join(map(str, getattr(error, "problems", [error])))
    return ""


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"after": None}, 'key "after": this key is missing; it holds one of carry, flush, net_off.'),
        ({"ineligible": None}, 'key "ineligible": this key is missing; it holds one of keep, flush, net_off.'),
        ({"cap": 5}, 'key "after_cap": this key is missing; it holds one of use, keep, flush.'),
        ({"max_pairs": 5}, 'key "max_pairs": this key isn\'t known here.'),
        ({**PAIRS, "unit": 0}, 'key "unit": this must be more than 0.'),
        ({**PAIRS, "amount": None}, 'key "amount": this key is missing; it holds a number.'),
        ({**PAIRS, "base_percent": 50}, 'key "base_percent": this key isn\'t known here.'),
        ({**CYCLES, "large": 200}, 'key "large": this can\'t be less than small.'),
        ({"method": "ladder", "steps": []}, 'key "steps": this list is empty.'),
        (
            {"method": "schedule", "steps": [{"each_leg": 5, "amount": 1}, {"each_leg": 5, "amount": 2}]},
            'key "steps": the tiers must rise: 5 comes after 5.',
        ),
        (
            {"method": "schedule", "steps": [{"each_leg": 5, "amount": 2}, {"each_leg": 6, "amount": 1}]},
            'key "steps": a higher step can\'t pay less than a lower one.',
        ),
        ({"own_volume": "all"}, 'key "own_volume": "all" isn\'t one of none, weaker_leg, above.'),
        ({"own_volume": "above"}, 'key "own_volume_above": this key is missing; it holds a number.'),
        ({"carry_left": "cv"}, 'key "carry_left": this must be a volume that she types in (source = "entered").'),
        ({"carry_left": "x"}, 'key "carry_left": the plan has no volume "x".'),
        ({"percent": None, "tiers": [], "tiers_volume": "cv"}, 'key "tiers": this list is empty.'),
        ({"levels": 0}, 'key "levels": this can\'t be less than 1.'),
        (
            {"new_members": {"days": 60}},
            'key "new_members": a binary bonus counts the volume of new members as everybody\'s.',
        ),
    ],
)
def test_mistakes_are_located(entries: dict[str, Any], said: str) -> None:
    assert problems(**entries).splitlines()[0] == f'test.toml, component "team", {said}'


def words(plan: Plan) -> list[str]:
    return [str(sentence) for sentence in plan.components[0].rules.words(plan)]


def test_the_rules_in_words() -> None:
    legs = [
        "Everyone has two legs in the placement tree (position), a left and a right one.",
        "All CV below her counts in its leg, however deep.",
        "Her own volume counts for those above her, not in her own legs.",
    ]
    carry = [
        "What wasn't paid for stays in both legs for the next period.",
        "Whoever may not be paid keeps both legs.",
    ]
    assert words(binary_plan()) == [
        *legs,
        "She is paid a percentage of the weaker leg.",
        "Everyone: 10 %.",
        *carry,
    ]
    flushed = words(binary_plan(method="ratio", percent=5, after="flush", levels=15, cap=100))
    assert flushed == [
        legs[0],
        "CV counts in its leg down to 15 levels below her.",
        legs[2],
        "She is paid a percentage of the weaker leg, times weaker / stronger (half as large pays half).",
        "Everyone: 5 %.",
        "At most 100 DKK are paid a period.",
        "Both legs begin anew at nothing each period.",
    ]
    own = {"own_volume": "above", "own_volume_of": "pv", "own_volume_above": 100}
    end = {"after": "net_off", "ineligible": "flush", "carry_cap": 5000}
    limited = binary_plan(**CYCLES, **own, **end, max_cycles=250, after_cap="flush")
    assert words(limited)[2:] == [
        "What she has of her own PV above 100 goes to her weaker leg, the left one if they are alike.",
        "She is paid for each cycle: 600 from the leg that is larger at that moment (the left one if they are "
        "alike) and 300 from the other.",
        "Everyone: 54 DKK.",
        "At most 250 cycles are paid a period.",
        "Whoever reaches that loses all volume that is left in both legs.",
        "After a payout, what is left in the smaller leg is lost, and as much of the other one.",
        "Whoever may not be paid loses both legs.",
        "At most 5000 CV of each leg are carried on.",
    ]


def test_steps_and_rates_in_words() -> None:
    steps = [{"each_leg": 200, "amount": 50}, {"each_leg": 300, "amount": 60}]
    assert words(binary_plan(method="ladder", steps=steps, own_volume="weaker_leg", ineligible="net_off"))[
        2:6
    ] == [
        "All her own CV goes to her weaker leg, the left one if they are alike.",
        "The steps are taken one after the other, from the first one each period, as far as both legs last.",
        "Step 1: 200 in each leg, 50 DKK.",
        "Step 2: 300 in each leg, 60 DKK.",
    ]
    assert words(binary_plan(method="schedule", steps=steps))[3:6] == [
        "The highest step that both legs reach is paid, once a period, and taken from both.",
        "Step 1: 200 in each leg, 50 DKK.",
        "Step 2: 300 in each leg, 60 DKK.",
    ]
    first = {"method": "first_pair", "unit": 1, "first_amount": 300, "amount": 200, "max_pairs": 9}
    assert words(binary_plan(**first, after_cap="keep"))[3:7] == [
        "Her first pair takes 2 from the larger leg and 1 from the other: 300 DKK.",
        "Each pair after that takes 1 from both legs: 200 DKK.",
        "At most 9 pairs are paid a period.",
        "Volume above that stays in the legs.",
    ]
    caps = {"cap_by_rank": {"bronze": 20, "silver": 500}, "after_cap": "use"}
    ranked = binary_plan(RANKS, method="pairs", unit=100, amount_by_rank={"bronze": 0, "silver": 12.5}, **caps)
    assert words(ranked)[3:9] == [
        "She is paid for each pair: 100 in the one leg and 100 in the other.",
        "Bronze: nothing.",
        "Silver: 12.5 DKK.",
        "Bronze: at most 20 DKK a period.",
        "Silver: at most 500 DKK a period.",
        "Volume above that counts as paid.",
    ]
    tiers = {"tiers": [{"from": 25, "percent": 4}], "tiers_volume": "pv", "percent_of": 200}
    assert words(binary_plan(method="pairs", unit=200, **tiers))[4] == "From 25 PV of her own: 4 % of 200 DKK."
    points = parse_plan(
        HEAD + '[[volumes]]\nid = "cv"\nname = "BV"\nunit = "points"\ncolumns = []\n'
        + binary(point_value=0.5) + ROUNDING, "test.toml",
    )  # fmt: skip
    assert words(points)[5] == "1 BV counts as 0.5 DKK."


def test_volumes_that_it_asks_for() -> None:
    typed_plan, _team = typed(0, 0)
    assert typed_plan.components[0].rules.volumes() == {"cv", "was_left", "was_right"}
    tiers = {"tiers": [{"from": 25, "percent": 4}], "tiers_volume": "pv"}
    by_own = binary_plan(method="percent_weaker", **tiers)
    assert by_own.components[0].rules.volumes() == {"cv", "pv"}
