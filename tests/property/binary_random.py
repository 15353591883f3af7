"""Random two-legged teams, binary plans of whatever options there are, and what an earlier period left."""

from __future__ import annotations

from typing import Any

from binary_reference import Spec
from hypothesis import strategies as st

from organizer.domain.team import Kind, Team

VOLUMES = st.one_of(
    st.none(), st.just(0), st.sampled_from([100_000, 60_000, 250_000, 500_000]), st.integers(-90_000, 900_000)
)
LEGS = st.one_of(st.none(), st.sampled_from([0, 100_000, 400_000]), st.integers(-50_000, 1_500_000))


@st.composite
def teams(draw: st.DrawFn, largest: int = 14) -> Team:
    """Up to `largest` members in two trees; the placement tree mostly has two legs, a third one now and then."""
    size = draw(st.integers(1, largest))
    sponsor = [-1, *(draw(st.integers(-1, place - 1)) for place in range(1, size))]
    shape = draw(st.sampled_from(["binary", "binary", "random", "chain", "star"]))
    placement = [
        {"binary": (place - 1) // 2, "chain": place - 1, "star": 0}.get(shape, sponsor[place]) if place else -1
        for place in range(size)
    ]
    moved = draw(st.permutations(range(size)))
    sponsor, placement = ([links[m] for m in moved] for links in (sponsor, placement))
    at = {member: place for place, member in enumerate(moved)} | {-1: -1}
    legs = draw(
        st.lists(st.sampled_from(["left", "right", "left", "right", "", "3"]), min_size=size, max_size=size)
    )
    kinds = st.sampled_from([Kind.DISTRIBUTOR] * 5 + [Kind.CUSTOMER, Kind.CANCELLED])
    names = [f"N{member}" for member in range(size)]
    lists = {
        name: draw(st.lists(figures, min_size=size, max_size=size))
        for name, figures in (("pv", VOLUMES), ("cv", VOLUMES), ("typed_left", LEGS), ("typed_right", LEGS))
    }
    return Team(
        ids=range(1, size + 1), numbers=names, names=names, person_ids=range(size),
        sponsor=[at[above] for above in sponsor], placement=[at[above] for above in placement],
        kinds=draw(st.lists(kinds, min_size=size, max_size=size)), ranks=[""] * size, joined=[None] * size,
        volumes=lists, me=0, legs=legs if draw(st.booleans()) else [""] * size,
    )  # fmt: skip


@st.composite
def carries(draw: st.DrawFn, size: int) -> dict[int, dict[str, int]]:
    """What the period before left to some of `size` members."""
    members = draw(st.sets(st.integers(0, size - 1)))
    held = st.one_of(st.just(0), st.sampled_from([100_000, 900_000]), st.integers(-100_000, 2_000_000))
    return {
        member: {"left": draw(held), "right": draw(held), **draw(st.sampled_from([{}, {"pairs": 3}]))}
        for member in members
    }


@st.composite
def specs(draw: st.DrawFn, method: str = "") -> Spec:
    """A plan of whatever options there are, paying by `method`, or any."""
    methods = ["percent_weaker", "ratio", "pairs", "cycle", "schedule", "ladder", "first_pair"]
    method = method or draw(st.sampled_from(methods))
    ranks = sorted(draw(st.sets(st.integers(0, 200), max_size=2)))
    keys: dict[str, Any] = {"method": method, **draw(_ways(method, ranks)), **draw(_limits(method, ranks))}
    keys["after"] = draw(st.sampled_from(["carry", "carry", "flush", "net_off"]))
    keys["ineligible"] = draw(st.sampled_from(["keep", "flush", "net_off"]))
    if draw(st.booleans()):
        keys["carry_cap"] = draw(st.integers(0, 600))
    own = draw(st.sampled_from(["none", "weaker_leg", "above", ""]))
    if own:
        keys["own_volume"] = own
    if own == "above":
        keys["own_volume_above"] = draw(st.integers(0, 150))
    if own in ("weaker_leg", "above") and draw(st.booleans()):
        keys["own_volume_of"] = "pv"
    if draw(st.booleans()):
        keys["levels"] = draw(st.integers(1, 4))
    for side in draw(st.sets(st.sampled_from(["left", "right"]))):
        keys[f"carry_{side}"] = f"typed_{side}"
    return Spec(
        keys,
        draw(st.one_of(st.none(), st.integers(0, 120))),
        ranks,
        draw(st.sampled_from([[], [], [], ["left"], ["left", "right"]])),
        draw(st.sampled_from(["line", "component", "total"])),
    )


def _ways(method: str, ranks: list[int]) -> st.SearchStrategy[dict[str, Any]]:
    unit, money = st.integers(1, 250), st.integers(0, 300)
    steps = st.lists(st.fixed_dictionaries({"each_leg": unit, "amount": money}), min_size=1, max_size=5)
    if method in ("percent_weaker", "ratio"):
        counted = st.sampled_from([{}, {"base_percent": 37}])
        return st.builds(lambda rate, base: {**rate, **base}, _percents(ranks), counted)
    if method == "ladder":
        return st.fixed_dictionaries({"steps": steps})
    if method == "schedule":
        return st.fixed_dictionaries({"steps": steps.map(_rising)})
    if method == "first_pair":
        return st.fixed_dictionaries({"unit": unit, "first_amount": money, "amount": money})
    of = st.fixed_dictionaries({"percent_of": money})
    rates = [
        st.fixed_dictionaries({"amount": money}),
        st.builds(lambda rate, amount: {**rate, **amount}, _percents(ranks), of),
    ]
    if ranks:
        rates.append(st.fixed_dictionaries({"amount_by_rank": _by_rank(ranks, money)}))
    sizes = st.fixed_dictionaries({"unit": unit})
    if method == "cycle":
        sizes = st.tuples(unit, unit).map(lambda pair: {"small": min(pair), "large": max(pair)})
    return st.builds(lambda size, rate: {**size, **rate}, sizes, st.one_of(rates))


def _rising(steps: list[dict[str, int]]) -> list[dict[str, int]]:
    volumes = sorted({step["each_leg"] for step in steps})
    amounts = sorted(step["amount"] for step in steps)
    return [{"each_leg": volume, "amount": amount} for volume, amount in zip(volumes, amounts, strict=False)]


def _by_rank(ranks: list[int], values: st.SearchStrategy[int]) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({f"r{number}": values for number in range(len(ranks))})


def _percents(ranks: list[int]) -> st.SearchStrategy[dict[str, Any]]:
    rate = st.integers(0, 30)
    tier = st.fixed_dictionaries({"from": st.integers(0, 200), "percent": rate})
    tiers = st.lists(tier, min_size=1, max_size=3, unique_by=lambda one: one["from"])
    found = [
        st.fixed_dictionaries({"percent": rate}),
        tiers.map(lambda ts: {"tiers": sorted(ts, key=lambda t: t["from"]), "tiers_volume": "pv"}),
    ]
    if ranks:
        found.append(st.fixed_dictionaries({"percent_by_rank": _by_rank(ranks, rate)}))
    return st.one_of(found)


@st.composite
def _limits(draw: st.DrawFn, method: str, ranks: list[int]) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    if method in ("pairs", "first_pair") and draw(st.booleans()):
        keys["max_pairs"] = draw(st.integers(1, 6))
    if method == "cycle" and draw(st.booleans()):
        keys["max_cycles"] = draw(st.integers(1, 6))
    kind = draw(st.sampled_from(["", "cap", "cap_by_rank" if ranks else "cap"]))
    if kind == "cap":
        keys["cap"] = draw(st.integers(0, 120))
    elif kind:
        keys["cap_by_rank"] = draw(_by_rank(ranks, st.integers(0, 120)))
    if keys:
        keys["after_cap"] = draw(st.sampled_from(["use", "keep", "flush"]))
    return keys
