"""Pools by hand: shares of every sort, ties, figures that are missing, what rounding leaves over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bonus_support import bonus, plan_of, result_of, see, statement_of, volume, with_kinds
from commission_support import ACTIVE, make_team

from organizer.domain.commission.parse import PlanError
from organizer.domain.commission.plan import Plan
from organizer.domain.team import Order, Team

RANKS = "".join(
    f'[[ranks]]\nid = "{name.lower()}"\nname = "{name}"\nall = [{{ volume = "pv", min = {minimum} }}]\n'
    for name, minimum in (("Star", 100), ("Lead", 200), ("Top", 300))
)
VOLUMES = volume("pv") + volume("company", "money", "entered") + volume("shares", "points", "entered")
KNOWN = "The shares are counted among the members that are known; there may be more in the company."


def pool(*parts: str, **entries: Any) -> Plan:
    return plan_of(VOLUMES, *parts, bonus("pool", **{"volume": "company", "percent": 1, "by": "equal"} | entries))


def ranked(**entries: Any) -> Plan:
    return pool(RANKS, by="rank", shares={"star": 1, "top": 5}, **entries)


def placed(ties: str = "split", **entries: Any) -> Plan:
    return pool(by="place", own="pv", ties=ties, **{"places": [5, 3, 2]} | entries)


def star(*pv: int | None, company: int | None = 1_000, shares: int | None = None) -> Team:
    """`company` and `shares` in whole ones, the rest in points."""
    size = len(pv)
    entered = {
        "company": [None if company is None else company * 1000] * size,
        "shares": [None if shares is None else shares * 1000] * size,
    }
    own = {"pv": [None if figure is None else figure * 1000 for figure in pv]}
    return make_team([-1] + [0] * (size - 1), own | entered)


def paid(plan: Plan, team: Team) -> list[int]:
    snapshot = see(plan, team)
    return [result_of(snapshot, member).total_minor for member in range(len(team))]


def told(plan: Plan, team: Team, member: int = 0) -> str:
    (line,) = result_of(see(plan, team), member).lines
    return str(line.reason)


def test_shares_by_rank() -> None:
    # 1 % of 1,000 is 10.00 in 1 + 5 + 1 shares; Lead has none, and below Star there is no rank
    team = star(100, 300, 199, 200, 99)
    assert paid(ranked(), team) == [143, 714, 143, 0, 0]
    assert told(ranked(), team, 1) == "5 of 7 shares in 1 % of COMPANY."
    assert told(ranked(), team, 3) == "Lead has no share."
    assert told(ranked(), team, 4) == "Without a rank there is no share."


def test_a_total_that_is_typed_in() -> None:
    team = star(100, 300, shares=100)
    assert paid(ranked(total_shares="shares"), team) == [10, 50]
    assert [str(note) for note in result_of(see(ranked(total_shares="shares"), team)).notes] == []
    assert paid(ranked(total_shares="shares"), star(100, 300, shares=0)) == [0, 0]
    assert told(ranked(total_shares="shares"), star(100, shares=0)) == "There are no shares in this period."


def test_equal_shares_and_those_who_do_not_qualify() -> None:
    plan = pool(ACTIVE)
    team = with_kinds(star(100, 100, 99, 100, 100), customer=[3], cancelled=[4])
    assert paid(plan, team) == [500, 500, 0, 0, 0]
    assert told(plan, team, 2) == "Not active: needs 100 PV, has 99."


def test_in_proportion_to_ones_own_volume() -> None:
    plan = pool(by="volume", own="pv")
    team = star(300, 100, -50, None, 0)
    assert paid(plan, team) == [750, 250, 0, 0, 0]
    assert told(plan, team) == "300 of 400 PV share in 1 % of COMPANY."
    assert told(plan, team, 2) == "No PV this period."
    assert told(plan, team, 3) == "PV isn't known for this period."


@pytest.mark.parametrize(
    ("ties", "pv", "expected"),
    [
        # 10.00 in ten shares
        ("split", [400, 300, 200, 100], [500, 300, 200, 0]),
        ("split", [400, 300, 300, 100], [500, 250, 250, 0]),
        ("split", [400, 300, 200, 200], [500, 300, 100, 100]),
        ("split", [1, 1, 1, 1], [250, 250, 250, 250]),
        ("split", [1, 0, -1, 0], [1000, 0, 0, 0]),
        # five, three and three shares; three firsts
        ("all", [400, 300, 300, 100], [455, 273, 273, 0]),
        ("all", [9, 9, 9, 8], [333, 333, 333, 0]),
        ("all", [9, 8, 7, 7], [417, 250, 167, 167]),
    ],
)
def test_places_and_ties(ties: str, pv: list[int], expected: list[int]) -> None:
    assert paid(placed(ties), star(*pv)) == expected


def test_the_later_order_ranks_lower() -> None:
    # all have 300; 3 was done on the 5th, 1 and 2 on the 9th, of 0 no day is known
    days = {3: [5, 2], 1: [1, 9], 2: [9]}
    orders = [Order(m, date(2026, 10, day), {"pv": 1000}) for m, found in days.items() for day in found]
    orders += [Order(3, date(2026, 10, 30), {"pv": 0}), Order(3, date(2026, 10, 30), {"company": 1})]
    team = replace(star(300, 300, 300, 300), orders=orders)
    assert paid(placed("earlier_order"), team) == [0, 250, 250, 500]
    assert told(placed("earlier_order"), team) == "Not among the first 3 by PV."
    assert told(placed("earlier_order"), team, 1) == "2.5 of 10 shares in 1 % of COMPANY."


@pytest.mark.parametrize(
    ("plan", "team", "missing"),
    [(ranked(), star(100, company=None), "COMPANY"), (ranked(total_shares="shares"), star(100), "SHARES")],
)
def test_a_figure_that_nobody_typed_in(plan: Plan, team: Team, missing: str) -> None:
    snapshot = see(plan, team)
    result = result_of(snapshot)
    assert str(result.unknown) == (
        f"{missing} isn't known for this period: it is a figure of the whole company that you type in."
    )
    assert result.total_minor == 0
    found = statement_of(snapshot).range
    assert found is not None
    assert (found.low, found.high, str(found.assumption)) == (0, None, str(result.unknown))
    # who has no share needs no figure
    without = result_of(see(plan, replace(team, volumes={**team.volumes, "pv": [0]})))
    assert without.unknown is None


def test_the_company_figure_is_the_users_own() -> None:
    team = star(100, 100)
    team = replace(team, volumes={**team.volumes, "company": [None, 1_000_000]})
    assert paid(ranked(), replace(team, me=1)) == [500, 500]
    assert paid(ranked(), replace(team, me=-1)) == [500, 500]
    assert paid(ranked(), replace(team, me=0)) == [0, 0]


def test_what_rounding_leaves_over() -> None:
    def notes(team: Team) -> list[str]:
        return [str(note) for note in result_of(see(pool(), team)).notes]

    assert notes(star(0, 0, 0)) == [KNOWN, "Rounding each share leaves 0.01 DKK of the pool over."]
    assert notes(star(*[0] * 6)) == [KNOWN, "Rounding each share pays 0.02 DKK more than the pool."]
    assert notes(star(0, 0)) == [KNOWN]
    exact = pool(by="equal", total_shares="shares")
    assert [str(note) for note in result_of(see(exact, star(0, 0, 0, shares=3))).notes] == [
        "Rounding each share leaves 0.01 DKK of the pool over."
    ]


def test_points_have_a_value() -> None:
    points = volume("pv") + volume("company", "points", "entered")
    entries = {"volume": "company", "percent": 2, "by": "equal", "point_value": 0.5, "base_percent": 80}
    plan = plan_of(points, bonus("pool", **entries))
    # 2 % of 80 % of 1,000 points at 0.50
    assert paid(plan, star(0)) == [800]
    assert "1 COMPANY counts as 0.5 DKK." in [str(note) for note in result_of(see(plan, star(0))).notes]


def test_the_rule_in_words() -> None:
    def words(plan: Plan) -> list[str]:
        return [str(message) for message in plan.components[0].rules.words(plan)]

    first = "1 % of COMPANY is shared out; you type in that figure."
    counted = "The shares are counted among the members that are known."
    assert words(ranked()) == [first, "Shares for Star: 1.", "Shares for Top: 5.", counted]
    assert words(pool(total_shares="shares")) == [
        first,
        "Everyone who qualifies has one share.",
        "How many shares there are is a figure that you type in: SHARES.",
    ]
    assert words(pool(by="volume", own="pv"))[1] == "Shares are in proportion to one's own PV."
    assert words(placed())[1:3] == [
        "The first by their own PV have shares: 5, 3, 2, the highest first.",
        "Those with the same figure share what their places give.",
    ]
    assert words(placed("all"))[2] == "Those with the same figure all get what the first of their places gives."
    assert words(placed("earlier_order"))[2] == (
        "Of those with the same figure the one whose last order came earlier comes first."
    )
    assert placed(total_shares="shares").components[0].rules.volumes() == {"company", "pv", "shares"}


@pytest.mark.parametrize(
    ("entries", "mistake"),
    [
        ({"volume": "pv", "point_value": 1}, 'needs a volume with source = "entered".'),
        ({"total_shares": "pv"}, 'key "total_shares": a figure of the whole company needs a volume'),
        ({"by": "luck"}, '"luck" isn\'t one of rank, volume, equal, place.'),
        ({"by": "rank"}, "give the shares of at least one rank."),
        ({"by": "rank", "shares": {"queen": 1}}, 'key "queen": this key isn\'t known here.'),
        ({"by": "place", "own": "pv", "ties": "all", "places": []}, 'key "places": this must be a list of whole'),
        ({"by": "place", "own": "pv", "ties": "all", "places": [1.5]}, "a list of whole numbers from 1 up"),
        ({"by": "place", "own": "pv", "places": [1]}, 'key "ties": this key is missing'),
        ({"by": "volume"}, 'key "own": this key is missing'),
        ({"new_members": {"days": 60}}, "a company's figure has no new members."),
    ],
)
def test_mistakes_in_the_file(entries: dict[str, Any], mistake: str) -> None:
    with pytest.raises(PlanError) as caught:
        pool(**entries)
    found = [str(problem) for problem in caught.value.problems]
    assert any(mistake in problem for problem in found), found


@pytest.mark.parametrize("ties", ["split", "all", "earlier_order"])
def test_large_teams(ties: str) -> None:
    size = 100_000
    team = star(*[1] * size, company=100_000_000)
    snapshot = see(placed(ties), team)
    # 1,000,000.00 in equal parts, whoever ties for however few places
    assert set(snapshot.earned("bonus").minor.tolist()) == {1_000}
    chain = replace(team, sponsor=list(range(-1, size - 1)), placement=list(range(-1, size - 1)))
    assert result_of(see(pool(), chain), size - 1).total_minor == 1_000
