"""Teams with a past and plans with every condition there is, and who holds which rank worked out the slow way.

A plan is a dict in the plan file's own words. Nothing here uses the engine's arrays: whoever is asked about is
looked for among everybody, and ranks are asked again and again until nobody's changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team

OCTOBER = Period.parse("2026-10")
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)

HEAD = """
format = 1
id = "random"
name = "Random"
region = "None"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true
"""
VOLUMES = {"pv": "points", "cv": "money", "package": "points"}
Entries = dict[str, Any]


@dataclass
class World:
    """A plan in the plan file's own words, a team in October, the months before and what they left."""

    team: Team
    components: list[Entries]
    ranks: list[Entries] = field(default_factory=list)
    active: Entries | None = None
    reported: bool = False
    rounding: str = "line"
    past: list[dict[str, list[int | None]]] = field(default_factory=list)
    carry: dict[str, dict[int, dict[str, int]]] = field(default_factory=dict)

    def text(self) -> str:
        """The plan as a file."""
        parts = [HEAD, f'ranks_from = "{"reported" if self.reported else "computed"}"\n']
        parts += [
            _table("[[volumes]]", {"id": name, "name": name, "unit": unit, "columns": []})
            for name, unit in VOLUMES.items()
        ]
        parts += [_table("[active]", self.active)] if self.active else []
        parts += [_table("[[ranks]]", rank) for rank in self.ranks]
        parts += [_table("[[components]]", {"name": "N", **component}) for component in self.components]
        return "".join([*parts, _table("[rounding]", {"at": self.rounding, "mode": "half_up"})])

    def snapshot(self) -> Snapshot:
        """The engine's view of it."""
        return Snapshot(parse_plan(self.text(), "random.toml"), self.team, OCTOBER, self.past, self.carry)


def _table(header: str, entries: Mapping[str, Any]) -> str:
    return "\n".join([header, *(f"{key} = {_toml(value)}" for key, value in entries.items())]) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.items()) + " }"
    return "[" + ", ".join(_toml(entry) for entry in value) + "]"


def half_up(amount: Fraction) -> int:
    """Rounded to a whole number, a half away from zero."""
    whole = int(abs(amount) + Fraction(1, 2))
    return whole if amount >= 0 else -whole


class Facts:
    """Who is active, who holds which rank, who meets what, by definition."""

    def __init__(self, world: World) -> None:
        self.world, self.team = world, world.team
        self.everyone = range(len(world.team))
        self.links = {"sponsor": world.team.sponsor, "placement": world.team.placement}
        self.reached = self._settled_ranks()
        self.ranks = [max(self.reached[member], self._in_grace(member)) for member in self.everyone]

    def volume(self, name: str, member: int, periods: int = 1, back: int = 0) -> int:
        """Thousandths, of so many periods, the last of them so many ago."""
        figures = [self.team.volumes[name], *(before.get(name, []) for before in self.world.past)]
        return sum((given[member] or 0) for given in figures[back : back + periods] if given)

    def spans(self, asked: Entries) -> list[tuple[int, int]]:
        """So many periods, the last of them so many ago, any of which may hold what is asked for."""
        periods: int = asked.get("periods", 1)
        return [(1, back) for back in range(periods)] if asked.get("in_one") else [(periods, 0)]

    def is_a(self, member: int, kind: Kind) -> bool:
        return self.team.kinds[member] is kind

    def distributor(self, member: int) -> bool:
        return self.is_a(member, Kind.DISTRIBUTOR)

    def active(self, member: int) -> bool:
        rule, told = self.world.active, self.team.active[member] if self.team.active else None
        if not self.distributor(member):
            return False
        if told is not None:
            return told
        return rule is None or any(
            self.volume(rule["volume"], member, periods, back) >= rule["min"] * 1000
            for periods, back in self.spans(rule)
        )

    def children(self, links: Sequence[int], member: int) -> list[int]:
        return [other for other in self.everyone if links[other] == member]

    def group(self, links: Sequence[int], member: int, without: Sequence[int] = ()) -> list[int]:
        """The member and everyone below her, without those named and everyone below them."""
        found = [member]
        for other in found:
            found += [child for child in self.children(links, other) if child not in without]
        return found

    def qualified(self, member: int, component: Entries) -> bool:
        """Whether she may earn a bonus at all."""
        who = self.active(member) if component.get("active_only", True) else self.distributor(member)
        return who and all(self.holds(one, member, self.ranks) for one in component.get("requires", []))

    def holds(self, asked: Entries, member: int, ranks: Sequence[int]) -> bool:
        """Whether the member meets a condition, by the ranks given."""
        if "any" in asked:
            return any(all(self.holds(one, member, ranks) for one in each["all"]) for each in asked["any"])
        if "months_since_joining" in asked:
            return self._months(member) >= asked["months_since_joining"]
        if "held" in asked:
            kept = self.world.carry.get("ranks", {}).get(member, {})
            return kept.get(f"run{int(asked['held'][1:])}", 0) >= asked["periods"]
        for word in ("active_personals", "personals", "customers"):
            if word in asked:
                return self._personals(asked, word, member) >= asked[word]
        if "volume" in asked:
            return self._volume(asked, member, ranks)
        return self._legs(asked, member, ranks) if "legs" in asked else ranks[member] >= int(asked["rank"][1:])

    def _months(self, member: int) -> int:
        joined = self.team.joined[member]
        months = 0
        while joined is not None and _months_later(joined, months + 1) <= LAST:
            months += 1
        return months

    def _personals(self, asked: Entries, word: str, member: int) -> int:
        count = 0
        for other in self.children(self.team.sponsor, member):
            fits = {
                "customers": self.is_a(other, Kind.CUSTOMER),
                "personals": self.distributor(other),
                "active_personals": self.active(other),
            }[word]
            if "volume" in asked and self.volume(asked["volume"], other) < asked["min"] * 1000:
                fits = False
            if asked.get("side", "any") != "any" and self._side(other, member) != asked["side"]:
                fits = False
            count += fits
        return count

    def _side(self, member: int, top: int) -> str:
        """In which of `top`'s legs the member stands: in the placement tree the first is left, the next right."""
        for side, leg in zip(("left", "right"), self.children(self.team.placement, top), strict=False):
            if member in self.group(self.team.placement, leg):
                return side
        return ""

    def _volume(self, asked: Entries, member: int, ranks: Sequence[int]) -> bool:
        return any(self._volume_in(asked, member, ranks, *span) for span in self.spans(asked))

    def _volume_in(self, asked: Entries, member: int, ranks: Sequence[int], periods: int, back: int) -> bool:
        name, minimum = asked["volume"], asked["min"] * 1000
        links, scope = self.links[asked.get("tree", "sponsor")], asked.get("of", "own")
        leaders = [one for one in self.everyone if ranks[one] >= int(asked["without_rank"][1:])
                   ] if "without_rank" in asked else []  # fmt: skip

        def together(members: Sequence[int]) -> int:
            return sum(self.volume(name, one, periods, back) for one in members)

        legs = [self.group(links, child, leaders) for child in self.children(links, member)]
        if scope == "own":
            return together([member]) >= minimum
        if scope == "frontline":
            return together([member, *self.children(links, member)]) >= minimum
        if scope == "leg":
            return sum(together(leg) >= minimum for leg in legs) >= asked["legs"]
        own = together([member])
        counted = [together(leg) for leg in legs if leg[0] not in leaders]
        if "leg_cap" in asked:
            counted = [min(volume, asked["leg_cap"] * 1000) for volume in counted]
        return own + sum(counted) >= minimum

    def _legs(self, asked: Entries, member: int, ranks: Sequence[int]) -> bool:
        links, wanted = self.links[asked["tree"]], int(asked["rank"][1:])
        count = 0
        for child in self.children(links, member):
            leg = [child] if asked.get("frontline_only") else self.group(links, child)
            if asked.get("personally"):
                leg = [other for other in leg if self.team.sponsor[other] == member]
            count += any(ranks[other] >= wanted for other in leg)
        return count >= asked["legs"]

    def _settled_ranks(self) -> list[int]:
        ranks = [self._reported(member) for member in self.everyone]
        for _round in range(200):
            found = [self._rank(member, ranks) for member in self.everyone]
            if found == ranks:
                return ranks
            ranks = found
        while True:  # ranks that cost each other their ranks may only fall
            found = [min(ranks[member], self._rank(member, ranks)) for member in self.everyone]
            if found == ranks:
                return ranks
            ranks = found

    def _reported(self, member: int) -> int:
        if not self.world.reported or not self.distributor(member):
            return -1
        names = [rank["name"].casefold() for rank in self.world.ranks]
        told = self.team.ranks[member].strip().casefold()
        return names.index(told) if told in names else -1

    def _rank(self, member: int, ranks: Sequence[int]) -> int:
        if not self.distributor(member):
            return -1
        if self._reported(member) >= 0:
            return self._reported(member)
        held = [
            number
            for number, rank in enumerate(self.world.ranks)
            if all(self.holds(one, member, ranks) for one in rank["all"])
        ]
        return max(held, default=-1)

    def _in_grace(self, member: int) -> int:
        kept = self.world.carry.get("ranks", {}).get(member, {})
        if not self.distributor(member) or self._reported(member) >= 0:
            return -1
        for rank in range(kept.get("rank", -1), -1, -1):
            if kept.get(f"missed{rank}", kept.get("missed", 0)) < self.world.ranks[rank].get("grace", 0):
                return rank
        return -1


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it is shorter."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)
