"""Generation bonuses against a slow reference that counts the leaders on the way for each pair."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stairstep_reference import (
    FEW_RATES,
    RANKS,
    RATES,
    ROWS,
    Spec,
    World,
    boundaries,
    carries,
    common_keys,
    compare,
    specs,
    worlds,
)

from organizer.domain.team import Team


@st.composite
def generation_specs(draw: st.DrawFn) -> Spec:
    keys = draw(common_keys()) | {"kind": "generation"}
    others: dict[str, dict[str, Any]] = {}
    if draw(st.booleans()):
        keys["boundary"] = "own_rank"
        lowest = 0
    else:
        boundary, others = draw(boundaries())
        keys |= boundary
        lowest = RANKS.index(boundary["boundary_rank"]) if "boundary_rank" in boundary else 0
    rows = draw(ROWS)
    if draw(st.booleans()):
        keys["rates"] = draw(FEW_RATES.filter(bool))
        deepest = len(keys["rates"])
    else:
        keys["rates_by_rank"] = {
            rank: row if place >= lowest else [] for place, (rank, row) in enumerate(rows.items())
        }
        deepest = max(len(row) for row in keys["rates_by_rank"].values())
    keys["own_group"] = draw(st.sampled_from(["first", "not_counted"]))
    if keys["own_group"] == "first":
        keys["empty_counts"] = draw(st.booleans())
    keys["inactive_bounds"] = draw(st.booleans())
    if draw(st.booleans()):
        keys["infinity"] = {rank: draw(st.one_of(st.just(0), RATES)) for rank in RANKS}
        keys["infinity_from"] = draw(st.integers(1, deepest + 1))
    return draw(specs(others | {"gen": keys}))


@settings(max_examples=300, deadline=None)
@given(generation_specs(), worlds(), carries())
def test_generations_pay_what_each_pair_gives(spec: Spec, team: Team, carry: Any) -> None:
    carry = {name: {m: kept for m, kept in of.items() if m < len(team)} for name, of in carry.items()}
    compare(spec, team, "gen", World(spec, team, carry).generations("gen"), carry)
