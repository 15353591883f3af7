"""Small teams and plan files for the tests of the commission engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from organizer.domain.period import Period
from organizer.domain.team import Kind, Team

OCTOBER = Period.parse("2026-10")

HEAD = """
format = 1
id = "test"
name = "Test"
company = "Test"
region = "Test"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
confidence = "A"
sources = [{ title = "Test", url = "https://example.com", grade = "A" }]
"""

PV = '[[volumes]]\nid = "pv"\nname = "PV"\nunit = "points"\ncolumns = ["PV"]\n'
CV = '[[volumes]]\nid = "cv"\nname = "CV"\nunit = "money"\ncolumns = ["CV"]\n'
ACTIVE = '[active]\nvolume = "pv"\nmin = 100\n'
ROUNDING = '[rounding]\nat = "line"\nmode = "half_up"\n'


def toml(value: Any) -> str:
    """A value as TOML writes it inline."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(entry)}" for key, entry in value.items()) + " }"
    return "[" + ", ".join(toml(entry) for entry in value) + "]"


def table(header: str, entries: Mapping[str, Any]) -> str:
    """A TOML table, with `header` such as "[[ranks]]"."""
    return "\n".join([header, *(f"{key} = {toml(value)}" for key, value in entries.items())]) + "\n"


def unilevel(**entries: Any) -> str:
    """A unilevel component, with what `entries` change."""
    usual = {"id": "team", "name": "Team", "kind": "unilevel", "tree": "sponsor", "volume": "cv"}
    return table("[[components]]", usual | {"compression": "none"} | entries)


def make_team(
    sponsor: Sequence[int],
    volumes: Mapping[str, Iterable[int | None]],
    *,
    placement: Sequence[int] | None = None,
    customers: Iterable[int] = (),
    names: Sequence[str] | None = None,
    me: int = 0,
) -> Team:
    """A team from parent indices; volumes are thousandths."""
    size = len(sponsor)
    kinds = [Kind.DISTRIBUTOR] * size
    for member in customers:
        kinds[member] = Kind.CUSTOMER
    return Team(
        ids=range(1, size + 1),
        numbers=[str(member) for member in range(size)],
        names=names or [f"Name {member}" for member in range(size)],
        person_ids=range(1, size + 1),
        sponsor=list(sponsor),
        placement=list(placement if placement is not None else sponsor),
        kinds=kinds,
        ranks=[""] * size,
        joined=[None] * size,
        volumes={name: list(figures) for name, figures in volumes.items()},
        me=me,
    )
