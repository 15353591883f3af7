"""Two-legged teams and binary bonuses for the tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from commission_support import HEAD, ROUNDING, make_team, table

from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.team import Team

CV = '[[volumes]]\nid = "cv"\nname = "CV"\nunit = "money"\ncolumns = ["CV"]\n'
PV = '[[volumes]]\nid = "pv"\nname = "PV"\nunit = "points"\ncolumns = ["PV"]\n'

RANKS = (
    '[[ranks]]\nid = "bronze"\nname = "Bronze"\nall = [{ volume = "pv", min = 50 }]\n'
    '[[ranks]]\nid = "silver"\nname = "Silver"\nall = [{ volume = "pv", min = 200 }]\n'
)
CYCLES = {"method": "cycle", "small": 300, "large": 600, "amount": 54}
PAIRS = {"method": "pairs", "unit": 100, "amount": 200}


def binary(**entries: Any) -> str:
    """A binary component: 10 % of the weaker leg, what isn't paid for stays; with what `entries` change."""
    usual = {"id": "team", "name": "Team", "kind": "binary", "volume": "cv", "after": "carry"}
    if "method" not in entries:
        usual |= {"method": "percent_weaker", "percent": 10}
    if entries.get("after") != "flush":
        usual["ineligible"] = "keep"
    without = {key for key, value in entries.items() if value is None}
    return table("[[components]]", {key: v for key, v in (usual | entries).items() if key not in without})


def binary_plan(*parts: str, **entries: Any) -> Plan:
    """A plan with the volumes cv (money) and pv (points) and one such bonus."""
    return parse_plan(HEAD + PV + CV + "".join(parts) + binary(**entries) + ROUNDING, "test.toml")


def two_legs(left: int, right: int, own: int = 0, **others: Iterable[int | None]) -> Team:
    """She (0) over one member left and one right, with so many whole units of cv."""
    cv = [own * 1000, left * 1000, right * 1000]
    return with_legs(make_team([-1, 0, 0], {"cv": cv, **others}), ["", "left", "right"])


def with_legs(team: Team, legs: Sequence[str]) -> Team:
    """The team with its members' legs."""
    return replace(team, legs=list(legs))


def carry_of(left: int, right: int, member: int = 0, **more: int) -> Mapping[str, Mapping[int, Mapping[str, int]]]:
    """What the period before left of the bonus, in whole units."""
    return {"team": {member: {"left": left * 1000, "right": right * 1000, **more}}}


def typed(left: int | None, right: int | None) -> tuple[Plan, Team]:
    """A plan in which she types in what was carried to 300 and 500, and her team with it (thousandths)."""
    volumes = "".join(
        table("[[volumes]]", {"id": n, "name": n, "unit": "money", "columns": [], "source": "entered"})
        for n in ("was_left", "was_right")
    )
    figures = {"was_left": [left, None, None], "was_right": [right, None, None]}
    plan = binary_plan(volumes, carry_left="was_left", carry_right="was_right")
    return plan, two_legs(300, 500, **figures)
