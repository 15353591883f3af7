"""Limits over several bonuses where a figure is missing, and where amounts are larger than a float holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from commission_support import CV, HEAD, OCTOBER, ROUNDING, make_team, table

from organizer.domain.commission.adjust import adjustments
from organizer.domain.commission.caps import limited, taken_from_all
from organizer.domain.commission.engine import estimate
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Team

OF = '[[volumes]]\nid = "turnover"\nname = "Turnover"\nunit = "money"\ncolumns = []\nsource = "entered"\n'
OWN = table(
    "[[components]]",
    {"id": "own", "name": "Own", "kind": "retail", "method": "percent", "volume": "cv", "percent": 100},
)


def snapshot_of(team: Team, *caps: dict[str, Any]) -> Snapshot:
    """A bonus of all of her own volume under these caps."""
    parts = [
        table("[[caps]]", {"id": f"cap{number}", "name": f"Cap {number}", "components": ["own"]} | cap)
        for number, cap in enumerate(caps)
    ]
    return Snapshot(parse_plan(HEAD + CV + OF + OWN + "".join(parts) + ROUNDING, "plan.toml"), team, OCTOBER)


@pytest.mark.parametrize("me", [0, -1])
def test_a_cap_whose_figure_is_missing_leaves_the_next_one_in_force(me: int) -> None:
    team = make_team([-1], {"cv": [1_000_000], "turnover": [None]}, me=me)
    snapshot = snapshot_of(team, {"percent": 10, "of": "turnover"}, {"amount": 400})
    first, second = limited(snapshot, 0, {"own": 1000_00})
    assert (first.taken, str(first.unknown)) == (
        0,
        "Turnover isn't known for this period, so this cap is left out.",
    )
    assert (second.taken, second.unknown) == (600_00, None)
    assert estimate(snapshot.plan, team, OCTOBER, 0).total_minor == 400_00


@pytest.mark.parametrize(
    ("me", "entered", "expected"), [(0, [500, 900], 50), (1, [500, 900], 90), (-1, [None, 900], 90)]
)
def test_a_figure_of_the_company_is_the_one_that_she_entered(
    me: int, entered: list[int | None], expected: int
) -> None:
    figures = [figure and figure * 1000 for figure in entered]
    team = make_team([-1, 0], {"cv": [1_000_000] * 2, "turnover": figures}, me=me)
    (cut,) = limited(snapshot_of(team, {"percent": 10, "of": "turnover"}), 0, {"own": 1000_00})
    assert (cut.limit, cut.taken) == (expected * 100, 1000_00 - expected * 100)


@pytest.mark.parametrize("mode", ["pro_rata", "last_first"])
@pytest.mark.parametrize("per", ["member", "person", "company"])
def test_amounts_that_no_float_holds_are_shared_to_the_last_oere(per: str, mode: str) -> None:
    # two positions of one person, each paid 2^53 + 1 øre, which a float would round to 2^53
    each = 2**53 + 1
    team = replace(make_team([-1, 0], {"cv": [each * 10] * 2}), person_ids=[1, 1])
    snapshot = snapshot_of(team, {"percent": 25, "of": "cv", "per": per, "mode": mode})
    found = [limited(snapshot, member, {"own": each})[0] for member in (0, 1)]
    kept, limit = [each - cut.taken for cut in found], (each + 1) // 2
    assert [cut.limit for cut in found] == [limit] * 2
    assert [cut.together for cut in found] == [each if per == "member" else 2 * each] * 2
    assert kept == [limit] * 2 if per == "member" else sum(kept) == limit
    assert taken_from_all(snapshot).tolist() == [cut.taken for cut in found]


def test_without_caps_nothing_is_taken_from_anybody() -> None:
    snapshot = snapshot_of(make_team([-1, 0], {"cv": [1000, 1000]}))
    assert taken_from_all(snapshot).tolist() == [0, 0]
    assert adjustments(snapshot, 0, ()) == ()
