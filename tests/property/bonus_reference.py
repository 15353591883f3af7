"""Random teams for the bonuses on newcomers, targets, ranks, structure and pools, and who may earn, the slow way.

Each plan has ranks by own PV, so that a member's rank can be read off her own figure, and an activity rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Kind, Order, Team

OCTOBER = Period.parse("2026-10")
RANK_MINIMUMS = (0, 100, 200)

HEAD = """
format = 1
id = "random"
name = "Random"
region = "None"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true
[active]
volume = "pv"
min = 50
"""


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(entry) for entry in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def plan_of(rounding: str, **entries: Any) -> Plan:
    """A plan with one bonus."""
    parts = [HEAD]
    for name, unit, source in (
        ("pv", "points", "member"),
        ("cv", "money", "member"),
        ("company", "money", "entered"),
        ("shares", "points", "entered"),
    ):
        parts.append(
            f'[[volumes]]\nid = "{name}"\nname = "{name}"\nunit = "{unit}"\ncolumns = []\nsource = "{source}"\n'
        )
    for number, minimum in enumerate(RANK_MINIMUMS):
        parts.append(
            f'[[ranks]]\nid = "r{number}"\nname = "R{number}"\nall = [{{ volume = "pv", min = {minimum} }}]\n'
        )
    parts.append('[[components]]\nid = "bonus"\nname = "Bonus"\n')
    parts += [f"{key} = {_toml(value)}\n" for key, value in entries.items()]
    parts.append(f'[rounding]\nat = "{rounding}"\nmode = "half_up"\n')
    return parse_plan("".join(parts), "random.toml")


ROUNDING = st.sampled_from(["line", "component", "total"])
PV = st.one_of(st.none(), st.sampled_from([0, 100_000, 200_000, 60_000, -50_000]), st.integers(-90_000, 300_000))
CV = st.one_of(st.none(), st.just(0), st.sampled_from([1000, 150_000, 99_995]), st.integers(-90_000, 900_000))
DAYS = st.one_of(
    st.none(),
    st.dates(date(2026, 10, 1), date(2026, 10, 31)),
    st.dates(date(2026, 6, 1), date(2026, 11, 10)),
    st.just(date(2025, 1, 1)),
)


@st.composite
def teams(draw: st.DrawFn, largest: int = 14) -> Team:
    """A forest with two trees, customers, some who left, unknown and negative volumes, days and orders."""
    size = draw(st.integers(1, largest))
    order = draw(st.permutations(range(size)))

    def links() -> list[int]:
        shape = draw(st.sampled_from(["random", "chain", "star", "triple"]))
        parent = [-1] * size
        for place in range(1, size):
            pick = {"chain": place - 1, "star": 0, "triple": (place - 1) // 3}.get(shape, -2)
            pick = draw(st.integers(-1, place - 1)) if pick < -1 else pick
            parent[order[place]] = order[pick] if pick >= 0 else -1
        return parent

    sponsor = links()
    placement = links() if draw(st.booleans()) else list(sponsor)
    same = draw(st.sampled_from(["mixed", "mixed", "alike", "inactive"]))
    pv = draw(st.lists(PV, min_size=size, max_size=size))
    if same != "mixed":
        pv = [150_000 if same == "alike" else 0] * size
    volumes: dict[str, list[int | None]] = {"pv": pv, "cv": draw(st.lists(CV, min_size=size, max_size=size))}
    kinds = draw(st.lists(
        st.sampled_from([Kind.DISTRIBUTOR] * 6 + [Kind.CUSTOMER, Kind.CANCELLED]), min_size=size, max_size=size
    ))  # fmt: skip
    joined = draw(st.lists(DAYS, min_size=size, max_size=size))
    return Team(
        ids=range(1, size + 1), numbers=[""] * size, names=[f"N{member}" for member in range(size)],
        person_ids=range(size), sponsor=sponsor, placement=placement, kinds=kinds, ranks=[""] * size,
        joined=joined, volumes=volumes, me=draw(st.sampled_from([-1, 0])), orders=draw(_orders(size, volumes)),
    )  # fmt: skip


@st.composite
def _orders(draw: st.DrawFn, size: int, volumes: dict[str, list[int | None]]) -> list[Order]:
    """Single orders of some members; for some all of their volume, for some only a part."""
    found = []
    for member in range(size):
        known = {name: figures[member] or 0 for name, figures in volumes.items()}
        for part in range(draw(st.sampled_from([0, 0, 1, 2]))):
            day = date(2026, 10, 1) + timedelta(days=draw(st.integers(0, 30)))
            share = {name: figure // (part + 1) for name, figure in known.items()}
            found.append(Order(member, day, share))
    return found


@dataclass
class Eyes:
    """What a reader of the rules sees of a team, member by member."""

    team: Team
    period: Period = OCTOBER

    def volume(self, name: str, member: int) -> int:
        return self.team.volumes[name][member] or 0

    def distributor(self, member: int) -> bool:
        return self.team.kinds[member] is Kind.DISTRIBUTOR

    def customer(self, member: int) -> bool:
        return self.team.kinds[member] is Kind.CUSTOMER

    def earns(self, member: int) -> bool:
        """A distributor who is active."""
        return self.distributor(member) and self.volume("pv", member) >= 50_000

    def rank(self, member: int) -> int:
        if not self.distributor(member):
            return -1
        met = [n for n, minimum in enumerate(RANK_MINIMUMS) if self.volume("pv", member) >= minimum * 1000]
        return max(met, default=-1)

    def recruits(self, member: int) -> list[int]:
        return [other for other, above in enumerate(self.team.sponsor) if above == member]

    def under(self, tree: str, member: int) -> list[int]:
        links = self.team.sponsor if tree == "sponsor" else self.team.placement
        return [other for other, above in enumerate(links) if above == member]

    def group(self, tree: str, member: int) -> list[int]:
        found = [member]
        for other in found:
            found += self.under(tree, other)
        return found

    def joined_now(self, member: int) -> bool:
        joined = self.team.joined[member]
        return joined is not None and self.period.first <= joined <= self.period.last


def last_day(joined: date, days: int | None, months: int | None) -> date:
    """The last day of somebody's first days or calendar months."""
    if days is not None:
        return joined + timedelta(days=days - 1)
    month = joined.month - 1 + (months or 0)
    return date(joined.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def half_up(amount: Fraction) -> int:
    """Rounded to a whole number, a half away from zero."""
    whole = int(abs(amount) + Fraction(1, 2))
    return whole if amount >= 0 else -whole


def check(snapshot: Snapshot, expected: Sequence[Sequence[Fraction]]) -> None:
    """`expected` are each member's lines that pay something, exact, in minor units."""
    component = snapshot.plan.components[0]
    earned = snapshot.earned(component.id)
    by_line = snapshot.plan.round_at.value == "line"
    for member, lines in enumerate(expected):
        exact = sum(lines, Fraction())
        minor = sum(map(half_up, lines)) if by_line else half_up(exact)
        assert earned.minor[member] == minor, member
        assert Fraction(int(earned.exact[member]), earned.denominator) == exact
        result = component.rules.pay(component, snapshot, member)
        assert (result.total_minor, result.exact) == (minor, exact)
        assert sorted(line.amount for line in result.lines if line.amount) == sorted(filter(None, lines))
        assert sum(line.minor for line in result.lines) + result.rounding == result.total_minor
        assert len(result.lines) == 0 or all(str(line.reason) for line in result.lines)


def hoping(snapshot: Snapshot) -> Snapshot:
    """The same with every doubt counted in her favour."""
    return snapshot.changed({}, hopeful=True)


def seen(plan: Plan, team: Team, carry: dict[str, Any] | None = None, period: Period = OCTOBER) -> Snapshot:
    return Snapshot(plan, replace(team), period, (), carry)
