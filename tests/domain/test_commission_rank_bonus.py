"""Rank bonuses by hand: once, held for a while, in instalments, on the fast track, and with an unknown past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bonus_support import bonus, plan_of, reasons, result_of, see, statement_of, volume, with_days, with_kinds
from commission_support import ACTIVE, OCTOBER, make_team

from organizer.domain.commission.engine import carried
from organizer.domain.commission.parse import PlanError
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Carry, Snapshot
from organizer.domain.team import Team

RANKS = "".join(
    f'[[ranks]]\nid = "{name.lower()}"\nname = "{name}"\nall = [{{ volume = "pv", min = {minimum} }}]\n'
    for name, minimum in (("Star", 100), ("Lead", 200), ("Top", 300))
)
AMOUNTS = {"star": 100, "lead": 200, "top": 500}
START = date(2026, 10, 5)


def rank_bonus(*parts: str, **entries: Any) -> Plan:
    return plan_of(volume("pv"), *parts, RANKS, bonus("rank_bonus", **{"amounts": AMOUNTS} | entries))


def one(pv: int, joined: date | None = START) -> Team:
    return with_days(make_team([-1], {"pv": [pv * 1000]}), [joined])


def months(
    plan: Plan, volumes: Sequence[int], joined: date | None = START, carry: Carry | None = None
) -> list[int]:
    """What she is paid month after month, each knowing what the one before left."""
    paid = []
    for number, pv in enumerate(volumes):
        snapshot = see(plan, one(pv, joined), OCTOBER.shifted(number), carry=carry)
        paid.append(result_of(snapshot).total_minor // 100)
        carry = carried(snapshot, statement_of(snapshot))
    return paid


def last(plan: Plan, volumes: Sequence[int], joined: date | None = START) -> Snapshot:
    """The last of the months."""
    carry: Carry | None = None
    for number, pv in enumerate(volumes):
        snapshot = see(plan, one(pv, joined), OCTOBER.shifted(number), carry=carry)
        carry = carried(snapshot, statement_of(snapshot))
    return snapshot


def told(snapshot: Snapshot) -> list[str]:
    return [str(line.reason) for line in result_of(snapshot).lines]


def test_once_in_a_lifetime() -> None:
    assert months(rank_bonus(), [0, 100, 150, 0, 100, 200, 0, 300]) == [0, 100, 0, 0, 0, 200, 0, 500]


def test_ranks_passed_by() -> None:
    assert months(rank_bonus(), [300, 200, 100]) == [500, 0, 0]
    assert months(rank_bonus(pay_skipped=True), [300, 200, 100]) == [800, 0, 0]
    assert told(last(rank_bonus(), [200])) == [
        "Star: passed by on the way to a higher rank, which pays nothing.",
        "Lead: reached for the first time.",
        "Top: not reached this period.",
    ]


def test_held_for_several_periods_first() -> None:
    plan = rank_bonus(amounts={"star": 90}, maintain=3)
    assert months(plan, [100, 100, 0, 100, 100, 300, 100]) == [0, 0, 0, 0, 0, 90, 0]
    assert told(last(plan, [100, 100])) == ["Star: held for 2 periods in a row, needs 3."]
    assert told(last(plan, [100, 100, 100])) == ["Star: held for 3 periods in a row."]


@pytest.mark.parametrize(
    ("volumes", "paid"),
    [
        ([100] * 6, [25, 25, 25, 25, 0, 0]),
        ([100, 0, 100, 100, 100, 100], [25, 0, 25, 25, 25, 0]),
        ([100, 0, 100, 0, 100, 100], [25, 0, 25, 0, 0, 0]),
        ([0, 100, 0, 0, 100], [0, 25, 0, 0, 0]),
    ],
)
def test_four_instalments_and_one_period_of_grace(volumes: list[int], paid: list[int]) -> None:
    assert months(rank_bonus(amounts={"star": 100}, instalments=4, grace=1), volumes) == paid


def test_instalments_add_up_to_the_whole() -> None:
    plan = rank_bonus(amounts={"star": 100}, instalments=3)
    paid = [result_of(last(plan, [100] * count)).total_minor for count in (1, 2, 3)]
    assert paid == [3_333, 3_334, 3_333]


def test_reasons_of_instalments() -> None:
    plan = rank_bonus(amounts={"star": 100}, instalments=4, grace=1)
    assert told(last(plan, [100, 100])) == ["Star: instalment 2 of 4."]
    assert told(last(plan, [100, 0])) == [
        "Star: not held this period. Periods missed so far: 1; more than 1 end it."
    ]
    assert told(last(plan, [100, 0, 0])) == [
        "Star: the periods in which it wasn't held are more than 1; the rest lapses."
    ]
    assert told(last(plan, [100, 0, 0, 100])) == ["Star: done with in an earlier period; it is paid once."]


def test_inactive_is_not_held() -> None:
    plan = rank_bonus('[active]\nvolume = "pv"\nmin = 150\n', amounts={"star": 100})
    assert months(plan, [100, 150]) == [0, 100]
    assert told(last(plan, [100])) == ["Star: Not active: needs 150 PV, has 100."]
    gone = with_kinds(one(100), cancelled=[0])
    assert told(see(rank_bonus(amounts={"star": 100}), gone)) == ["Star: Who has left earns no bonus."]


def test_the_past_may_be_unknown() -> None:
    plan, joined = rank_bonus(amounts={"star": 100}), date(2026, 1, 1)
    snapshot = see(plan, one(100, joined))
    result = result_of(snapshot)
    assert result.total_minor == 0
    assert told(snapshot) == ["Star: it isn't known whether it was reached before, so it isn't counted."]
    assert [str(note) for note in result.notes] == [
        "Without the periods before, a rank bonus may have been paid already."
    ]
    found = statement_of(snapshot).range
    assert found is not None
    assert (found.low, found.high) == (0, 10_000)
    assert "may have been paid before" in str(found.assumption)
    # not held in the first month that is known: still nobody knows of the time before
    assert months(plan, [0, 100, 100], joined) == [0, 0, 0]
    assert carried(snapshot, statement_of(snapshot))["bonus"] == {0: {"done": 1}}


def test_the_highest_rank_so_far_settles_it() -> None:
    plan, joined = rank_bonus(), date(2026, 1, 1)
    star = {"ranks": {0: {"highest": 0}}}
    assert months(plan, [200, 300], joined, star) == [200, 500]
    assert months(plan, [100, 200], joined, {"ranks": {0: {"highest": 1}}}) == [0, 0]
    assert told(see(plan, one(200, joined), carry=star))[0] == (
        "Star: done with in an earlier period; it is paid once."
    )


def test_the_fast_track() -> None:
    plan = rank_bonus(amounts={"star": 250}, days=60)
    expected = {
        date(2026, 8, 1): "Star: Her time as a newcomer is over (days: 60).",
        date(2026, 8, 20): "Star: whether it was reached within her first days or months isn't known, so it isn't "
        "counted.",
        START: "Star: reached for the first time.",
    }
    for joined, reason in expected.items():
        snapshot = see(plan, one(100, joined), carry={"bonus": {}})
        assert told(snapshot) == [reason]
        assert (statement_of(snapshot).range is not None) is (joined == date(2026, 8, 20))
    unknown = see(plan, one(100, None), carry={"bonus": {}})
    assert told(unknown) == ["Star: It isn't known when she joined."]
    in_months = rank_bonus(amounts={"star": 250}, months=2)
    assert months(in_months, [0, 100]) == [0, 250]
    assert months(in_months, [0, 0, 100]) == [0, 0, 0]


def test_what_is_kept() -> None:
    plan = rank_bonus(amounts=AMOUNTS, maintain=2, instalments=3, grace=1, pay_skipped=True)
    snapshot = last(plan, [100, 100, 200, 0])
    kept = carried(snapshot, statement_of(snapshot))
    # Star's first instalments in the 2nd and 3rd month, the 4th was missed; Lead's run was broken
    assert kept["bonus"] == {0: {"paid0": 2, "missed0": 1}}
    assert plan.components[0].rules.volumes() == frozenset()


def test_the_rule_in_words() -> None:
    plan = rank_bonus(maintain=2, instalments=4, grace=1, days=60)
    assert [str(message) for message in plan.components[0].rules.words(plan)] == [
        "Star: 100.00 DKK, once in a lifetime.",
        "Lead: 200.00 DKK, once in a lifetime.",
        "Top: 500.00 DKK, once in a lifetime.",
        "The rank must be held for 2 periods in a row first.",
        "It is paid in 4 instalments, one for each period in which the rank is held.",
        "The rest lapses when the periods without the rank are more than 1.",
        "Only in the first 60 days.",
        "Ranks passed by on the way to a higher one aren't paid.",
    ]
    other = rank_bonus(amounts={"lead": 7}, months=3, pay_skipped=True)
    assert [str(message) for message in other.components[0].rules.words(other)] == [
        "Lead: 7.00 DKK, once in a lifetime.",
        "Only in so many calendar months, that of joining included: 3.",
        "Ranks passed by on the way to a higher one are paid too.",
    ]


@pytest.mark.parametrize(
    ("entries", "mistake"),
    [
        ({"amounts": {}}, "give an amount for at least one rank."),
        ({"amounts": {"queen": 5}}, 'key "queen": this key isn\'t known here.'),
        ({"amounts": {"star": -5}}, "this can't be less than 0."),
        ({"maintain": 0}, 'key "maintain": this can\'t be less than 1.'),
        ({"instalments": "4"}, 'key "instalments": this must be a whole number.'),
        ({"days": 5, "months": 1}, "give either days or months."),
        ({"grade": 1}, 'key "grade": this key isn\'t known here.'),
    ],
)
def test_mistakes_in_the_file(entries: dict[str, Any], mistake: str) -> None:
    with pytest.raises(PlanError) as caught:
        rank_bonus(**entries)
    assert any(mistake in str(problem) for problem in caught.value.problems)


def test_amounts_are_needed() -> None:
    with pytest.raises(PlanError, match="give an amount for at least one rank"):
        plan_of(volume("pv"), RANKS, bonus("rank_bonus"))


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_large_teams(shape: str) -> None:
    size = 100_000
    sponsor = list(range(-1, size - 1)) if shape == "chain" else [-1] + [0] * (size - 1)
    team = with_days(make_team(sponsor, {"pv": [100_000] * size}), [START] * size)
    plan = rank_bonus(ACTIVE, instalments=2)
    first = see(plan, team)
    rules, component = plan.components[0].rules, plan.components[0]
    assert int(first.earned("bonus").minor.sum()) == size * 5_000
    second = see(plan, replace(team), OCTOBER.shifted(1), carry={"bonus": rules.after(component, first)})
    assert int(second.earned("bonus").minor.sum()) == size * 5_000
    assert reasons(result_of(second, size - 1)) == {size - 1: "Top: not reached this period."}
