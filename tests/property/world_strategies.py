"""Random worlds: teams in two trees, plans of whatever there is to ask for, and what earlier months left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from world_reference import FIRST, Entries, World

from organizer.domain.team import Kind, Order, Team

TREES = st.sampled_from(["sponsor", "placement"])
RATES = st.decimals(0, 30, places=2)
AMOUNTS = st.decimals(0, 20, places=2)
FIGURES = st.one_of(
    st.none(), st.just(0), st.sampled_from([100_000, 60_000, 250_000]), st.integers(-90_000, 900_000)
)
DAYS = st.none() | st.sampled_from([-400, -100, -31, -30, -10, 0, 0, 12, 40]).map(
    lambda d: FIRST + timedelta(days=d)
)


@st.composite
def links(draw: st.DrawFn, size: int) -> list[int]:
    """A tree of one shape or another, or several."""
    order = draw(st.permutations(range(size)))
    shape = draw(st.sampled_from(["random", "random", "chain", "star"]))
    parent = [-1] * size
    for place in range(1, size):
        pick = {"random": None, "chain": place - 1, "star": 0}[shape]
        if pick is None:
            pick = draw(st.integers(-1 if draw(st.integers(0, 9)) == 0 else 0, place - 1))
        parent[order[place]] = order[pick] if pick >= 0 else -1
    return parent


@st.composite
def teams(draw: st.DrawFn, largest: int = 12) -> Team:
    """A team with customers and some who have left, days of joining, ranks and activity as a file tells them."""
    size = draw(st.integers(1, largest))
    sponsor = draw(links(size))
    placement = draw(links(size)) if draw(st.booleans()) else list(sponsor)
    volumes = {name: draw(st.lists(FIGURES, min_size=size, max_size=size)) for name in ("pv", "cv", "package")}
    kinds = [Kind.DISTRIBUTOR] * 6 + [Kind.CUSTOMER, Kind.CANCELLED]
    told = draw(st.sampled_from([[], [draw(st.sampled_from([None, None, True, False])) for _ in range(size)]]))
    names = [f"N{member}" for member in range(size)]
    return Team(
        range(1, size + 1), names, names, range(size), sponsor, placement,
        draw(st.lists(st.sampled_from(kinds), min_size=size, max_size=size)),
        draw(st.lists(st.sampled_from(["", "r0", "R1", "other"]), min_size=size, max_size=size)),
        draw(st.lists(DAYS, min_size=size, max_size=size)), volumes, 0, active=told,
    )  # fmt: skip


@st.composite
def conditions(draw: st.DrawFn, ranks: int, *, of_bonus: bool = False, alone: bool = False) -> Entries:
    """One condition of whatever type; `ranks` is how many ranks there are to ask for."""
    kinds = ["own", "own", "frontline", "group", "leg", "personals", "months"]
    kinds += ["legs", "legs", "held"] * bool(ranks) + ["rank"] * bool(ranks and of_bonus) + ["any"] * (not alone)
    kind = draw(st.sampled_from(kinds))
    rank = st.integers(0, max(ranks - 1, 0)).map(lambda number: f"r{number}")
    if kind == "any":
        parts = st.lists(conditions(ranks, of_bonus=of_bonus, alone=True), min_size=1, max_size=2)
        return {"any": [{"all": draw(parts)} for _ in range(draw(st.integers(1, 2)))]}
    if kind == "months":
        return {"months_since_joining": draw(st.integers(1, 4))}
    if kind == "held":
        return {"held": draw(rank), "periods": draw(st.integers(1, 3))}
    if kind == "rank":
        return {"rank": draw(rank)}
    if kind == "legs":
        found: Entries = {"legs": draw(st.sampled_from([1, 1, 2])), "rank": draw(rank), "tree": draw(TREES)}
        return found | draw(st.sampled_from([{}, {"frontline_only": True}, {"personally": True}]))
    if kind == "personals":
        found = {draw(st.sampled_from(["active_personals", "personals", "customers"])): draw(st.integers(1, 2))}
        found |= draw(st.sampled_from([{}, {"side": "left"}, {"side": "right"}]))
        return found | draw(st.sampled_from([{}, {"volume": "pv", "min": 60}]))
    found = {"volume": draw(st.sampled_from(["pv", "cv"])), "min": draw(st.integers(0, 400))}
    found |= draw(st.sampled_from([{}, {}, {"periods": 2}, {"periods": 2, "in_one": True}]))
    if kind != "own":
        found |= {"of": kind, "tree": draw(TREES)}
    if kind == "leg":
        found["legs"] = draw(st.integers(1, 2))
    if kind == "group":
        found |= draw(st.sampled_from([{}, {"leg_cap": draw(st.integers(0, 300))}]))
        found |= {"without_rank": draw(rank)} if ranks and draw(st.integers(0, 3)) == 0 else {}
    return found


@st.composite
def level_pay(
    draw: st.DrawFn, ranks: int, depth: str = "depth", deepest: int = 4, *, fixed: bool = True
) -> Entries:
    """What each level pays: by rank or package, in percent or amounts, as deep as rank or legs open."""
    kind = draw(st.sampled_from(["plain", "by_rank", "package", *(["amounts", "amounts_by_rank"] * fixed)]))
    cells = AMOUNTS if "amounts" in kind else RATES
    row = st.lists(cells, min_size=1, max_size=deepest)
    found: Entries = {}
    if kind == "package":
        starts = sorted(draw(st.sets(st.integers(0, 300), min_size=1, max_size=3)))
        tiers = [{"from": start, "rates": draw(row)} for start in starts]
        found["package"] = {"volume": "package", "tiers": tiers}
        longest = max(len(tier["rates"]) for tier in tiers)
    elif kind.endswith("by_rank") and ranks:
        rows = {f"r{number}": draw(st.lists(cells, max_size=deepest)) for number in range(ranks)}
        found["amounts_by_rank" if "amounts" in kind else "rates_by_rank"] = rows
        longest = max(len(one) for one in rows.values())
    else:
        rates = draw(row)
        found["amounts" if "amounts" in kind else "rates"] = rates
        longest = len(rates)
    if "amounts" in kind:
        found["per"] = draw(st.sampled_from(["unit", "member"]))
    if ranks and not kind.endswith("by_rank") and draw(st.booleans()):
        found[depth] = {f"r{number}": draw(st.integers(0, longest)) for number in range(ranks)}
    if longest and draw(st.integers(0, 2)) == 0:
        legs = sorted(draw(st.sets(st.integers(0, 3), min_size=1, max_size=3)))
        found["depth_by_legs"] = [{"legs": count, "levels": draw(st.integers(0, longest))} for count in legs]
        found["active_leg"] = draw(st.sampled_from(["first", "anyone"]))
    return found


@st.composite
def taking(draw: st.DrawFn, ranks: int) -> Entries:
    """Who takes levels, and what becomes of what nobody is entitled to."""
    kinds = ["none", "cancelled", "skip_inactive", "dynamic", *(["skip_below_rank"] * bool(ranks))]
    found = {"compression": draw(st.sampled_from(kinds))}
    if found["compression"] == "skip_below_rank":
        found["skip_below"] = f"r{draw(st.integers(0, ranks - 1))}"
    return found | draw(st.sampled_from([{}, {"unearned": "roll_up"}, {"unearned": "pass_up"}]))


@st.composite
def base(draw: st.DrawFn) -> Entries:
    """What a percentage is taken of."""
    found: Entries = {"volume": "cv"} if draw(st.booleans()) else {"volume": "pv", "point_value": Decimal("1.5")}
    if draw(st.booleans()):
        found["base_percent"] = draw(st.integers(1, 100))
    if draw(st.integers(0, 2)) == 0:
        window = draw(st.sampled_from([{"days": 30}, {"days": 42}, {"months": 1}, {"months": 2}]))
        found["new_members"] = {**window, "percent": draw(st.sampled_from([0, 30, 100])),
                                "later_percent": draw(st.sampled_from([100, 40]))}  # fmt: skip
    return found


@st.composite
def asked(draw: st.DrawFn, ranks: int) -> Entries:
    """What a bonus asks of who earns it."""
    found: Entries = {}
    if draw(st.integers(0, 2)) == 0:
        found["requires"] = draw(st.lists(conditions(ranks, of_bonus=True), min_size=1, max_size=2))
    return found | draw(st.sampled_from([{}, {}, {"active_only": False}]))


@st.composite
def worlds(draw: st.DrawFn, largest: int = 12) -> World:
    """A team, ranks and a past; the bonuses come to it afterwards."""
    team = draw(teams(largest))
    size, count = len(team), draw(st.integers(0, 3))
    ranks: list[Entries] = [
        {"id": f"r{number}", "name": f"R{number}", "all": draw(st.lists(conditions(count), max_size=2)),
         **draw(st.sampled_from([{}, {"grace": 2}]))}
        for number in range(count)
    ]  # fmt: skip
    past = [
        {name: draw(st.lists(FIGURES, min_size=size, max_size=size)) for name in ("pv", "cv")}
        for _period in range(draw(st.integers(0, 1)))
    ]
    runs = {f"run{number}": st.integers(0, 3) for number in range(count)}
    kept = st.fixed_dictionaries({"rank": st.integers(-1, count - 1), "missed": st.integers(0, 2), **runs})
    carry: dict[str, Any] = {"ranks": draw(st.dictionaries(st.integers(0, size - 1), kept, max_size=size))}
    active = draw(
        st.none()
        | st.fixed_dictionaries(
            {"volume": st.just("pv"), "min": st.integers(0, 150), "periods": st.integers(1, 2)},
            optional={"in_one": st.booleans()},
        )
    )
    return World(
        team=replace(team, orders=draw(orders(team))), components=[], ranks=ranks, active=active,
        reported=draw(st.booleans()), rounding=draw(st.sampled_from(["line", "component", "total"])),
        past=past, carry=carry,
    )  # fmt: skip


@st.composite
def orders(draw: st.DrawFn, team: Team) -> list[Order]:
    """Single orders, which may come to less or more than what the member bought."""
    day = st.integers(1, 31).map(lambda number: date(2026, 10, number))
    volumes = st.fixed_dictionaries({name: st.integers(-20_000, 120_000) for name in ("pv", "cv")})
    one = st.builds(Order, st.integers(0, len(team) - 1), day, volumes)
    return draw(st.lists(one, max_size=4))
