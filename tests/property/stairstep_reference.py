"""Random teams and plans for stair-step and generation bonuses, and what they pay, straight from the rule.

Every order walks up the tree on its own, every group is added up member by member; nothing of the engine is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from commission_reference import half_up
from hypothesis import strategies as st

from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.period import Period
from organizer.domain.team import Kind, Team

OCTOBER = Period.parse("2026-10")
RANKS = ["r0", "r1", "r2", "r3"]
RANK_STEP = 150
"""Without a reported rank, rank number n needs n times as much PV, beginning with once for the first."""

HEAD = """
format = 1
id = "random"
name = "Random"
region = "None"
currency = "DKK"
period = "month"
valid_from = 2026-01-01
teaching = true
ranks_from = "reported"
"""


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value)


@dataclass
class Spec:
    """A plan in the test's own words: `components` hold the keys of the plan file, by id."""

    active_minimum: int | None
    rounding: str
    components: dict[str, dict[str, Any]]

    def plan(self) -> Plan:
        parts = [HEAD]
        for name, unit in (("pv", "points"), ("cv", "money")):
            parts.append(f'[[volumes]]\nid = "{name}"\nname = "{name}"\nunit = "{unit}"\ncolumns = []\n')
        if self.active_minimum is not None:
            parts.append(f'[active]\nvolume = "pv"\nmin = {self.active_minimum}\n')
        for number, rank in enumerate(RANKS, 1):
            parts.append(f'[[ranks]]\nid = "{rank}"\nname = "{rank}"\n')
            parts.append(f'all = [{{ volume = "pv", min = {number * RANK_STEP} }}]\n')
        for name, keys in self.components.items():
            entries = {"id": name, "name": name} | keys
            parts.append(
                "[[components]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in entries.items())
            )
        parts.append(f'[rounding]\nat = "{self.rounding}"\nmode = "half_up"\n')
        return parse_plan("".join(parts), "random.toml")


class World:
    """One team under one spec: who holds what, asked member by member."""

    def __init__(self, spec: Spec, team: Team, carry: Mapping[str, Mapping[int, Mapping[str, int]]]) -> None:
        self.spec = spec
        self.team = team
        self.carry = carry
        self.everyone = range(len(team))
        for asked in ("rank", "qualified", "broken", "bracket_volume", "percent", "leads", "personal_group",
                      "holds_leader", "keeps", "generates", "passes_up", "next_leaders", "depth_up", "children",
                      "personal_volume", "base", "depth_qualifies"):  # fmt: skip
            setattr(self, asked, cache(getattr(self, asked)))  # the same rule, asked once

    def volume(self, name: str, member: int) -> int:
        return self.team.volumes[name][member] or 0

    def distributor(self, member: int) -> bool:
        return self.team.kinds[member] is Kind.DISTRIBUTOR

    def rank(self, member: int) -> int:
        if not self.distributor(member):
            return -1
        if self.team.ranks[member]:
            return RANKS.index(self.team.ranks[member])
        held = [n for n in range(len(RANKS)) if self.volume("pv", member) >= (n + 1) * RANK_STEP * 1000]
        return max(held, default=-1)

    def qualified(self, name: str, member: int) -> bool:
        keys = self.spec.components[name]
        minimum = self.spec.active_minimum
        if not self.distributor(member):
            return False
        if keys.get("active_only", True) and minimum is not None and self.volume("pv", member) < minimum * 1000:
            return False
        return all(self.volume(c["volume"], member) >= c["min"] * 1000 for c in keys.get("requires", []))

    def parent(self, name: str, member: int) -> int:
        links = self.team.sponsor if self.spec.components[name]["tree"] == "sponsor" else self.team.placement
        return links[member]

    def children(self, name: str, member: int) -> list[int]:
        return [other for other in self.everyone if self.parent(name, other) == member]

    def upwards(self, name: str, member: int) -> Iterator[int]:
        """The member herself and everyone above her."""
        while member >= 0:
            yield member
            member = self.parent(name, member)

    def below(self, name: str, member: int) -> list[int]:
        return [other for other in self.everyone if other != member and member in self.upwards(name, other)]

    def base(self, name: str, member: int) -> Fraction:
        """What counts of a member's volume, in øre."""
        keys = self.spec.components[name]
        if not keys.get("customer_volume", True) and self.team.kinds[member] is Kind.CUSTOMER:
            return Fraction()
        worth = Fraction(keys.get("base_percent", 100)) / 100 * Fraction(keys.get("point_value", 1))
        return Fraction(self.volume(keys["volume"], member), 1000) * worth * 100

    # stair-step

    def broken(self, name: str, member: int) -> bool:
        """Whether her group has broken away in the stair-step bonus of that name."""
        rule = self.spec.components[name].get("breakaway")
        if rule is None or not self.distributor(member):
            return False
        if rule.get("permanent") and self.carry.get(name, {}).get(member, {}).get("broken"):
            return True
        if not self.may(name, member):
            return False
        if "rank" in rule:
            return self.rank(member) >= RANKS.index(rule["rank"])
        return self.percent(name, member) >= Fraction(rule["percent"])

    def may(self, name: str, member: int) -> bool:
        if self.spec.components[name].get("unqualified") == "roll_up":
            return self.qualified(name, member)
        return self.distributor(member)

    def bracket_volume(self, name: str, member: int) -> int:
        keys = self.spec.components[name]
        own = self.volume(keys["bracket_volume"], member)
        if keys.get("bracket_of") == "own":
            return own
        leaves = keys.get("breakaway", {}).get("leaves", "both") != "pay"
        for child in self.children(name, member):
            if not (leaves and self.broken(name, child)):
                own += self.bracket_volume(name, child)
        return own

    def percent(self, name: str, member: int) -> Fraction:
        keys = self.spec.components[name]
        if not self.may(name, member):
            return Fraction()
        if "percent_by_rank" in keys:
            rank = self.rank(member)
            return Fraction(keys["percent_by_rank"][RANKS[rank]]) if rank >= 0 else Fraction()
        volume = Fraction(self.bracket_volume(name, member), 1000)
        found = Fraction()
        for bracket in keys["brackets"]:
            if volume >= Fraction(bracket["from"]):
                found = Fraction(bracket["percent"])
        return found

    def stairstep(self, name: str) -> dict[tuple[int, int], Fraction]:
        """What each source's volume pays to each earner, in øre: one order after the other."""
        keys = self.spec.components[name]
        percents = {member: self.percent(name, member) for member in self.everyone}
        broken = {member for member in self.everyone if self.broken(name, member)}
        leaves = "breakaway" in keys and keys["breakaway"].get("leaves", "both") != "bracket"
        paid: dict[tuple[int, int], Fraction] = {}
        for source in self.everyone:
            taken = Fraction()
            for member in self.upwards(name, source):
                share = percents[member] - taken
                if share > 0:
                    if self.qualified(name, member) and self._counts(keys, source == member, taken):
                        paid[source, member] = self.base(name, source) * share / 100
                    taken = percents[member]
                if leaves and member in broken:
                    break
        return paid

    @staticmethod
    def _counts(keys: Mapping[str, Any], own: bool, taken: Fraction) -> bool:
        if own:
            return bool(keys.get("personal", True))
        downline = keys.get("downline", "all")
        return downline == "all" or downline == ("indirect" if taken else "direct")

    # overrides

    def leads(self, name: str, member: int) -> bool:
        keys = self.spec.components[name]
        if "boundary_of" in keys:
            return self.broken(keys["boundary_of"], member)
        return self.rank(member) >= RANKS.index(keys["boundary_rank"])

    def personal_group(self, name: str, member: int) -> list[int]:
        """The member and those below her whom no leader below her has."""
        found = [member]
        for other in found:
            found += [child for child in self.children(name, other) if not self.leads(name, child)]
        return found

    def group_base(self, name: str, member: int) -> Fraction:
        return sum((self.base(name, other) for other in self.personal_group(name, member)), Fraction())

    def row(self, name: str, member: int) -> list[Any]:
        keys, rank = self.spec.components[name], self.rank(member)
        if "rates" in keys:
            return list(keys["rates"])
        return list(keys["rates_by_rank"][RANKS[rank]]) if rank >= 0 else []

    def overrides(self, name: str) -> dict[tuple[int, int], Fraction]:
        found: dict[tuple[int, int], Fraction] = {}
        for leader in self.everyone:
            if self.leads(name, leader):
                walk = self._fixed if self.spec.components[name]["method"] == "fixed" else self._differential
                for member, amount in walk(name, leader, self.group_base(name, leader)):
                    found[leader, member] = amount
        return found

    def _fixed(self, name: str, leader: int, base: Fraction) -> Iterator[tuple[int, Fraction]]:
        rolls = self.spec.components[name].get("unqualified") == "roll_up"
        taken = 0
        for member in list(self.upwards(name, leader))[1:]:
            row, qualified = self.row(name, member), self.qualified(name, member)
            if rolls:
                if qualified and len(row) > taken:
                    yield member, base * Fraction(row[taken]) / 100
                    taken += 1
            elif self.distributor(member) and row:
                if qualified and len(row) > taken:
                    yield member, base * Fraction(row[taken]) / 100
                taken += 1

    def _differential(self, name: str, leader: int, base: Fraction) -> Iterator[tuple[int, Fraction]]:
        keys = self.spec.components[name]
        best = self._hers(name, leader)
        taken = 0
        for member in list(self.upwards(name, leader))[1:]:
            hers = self._hers(name, member) if self.may(name, member) else Fraction()
            if not hers or ("generations" in keys and taken == keys["generations"]):
                continue
            taken += 1
            if self.qualified(name, member):
                if hers > best:
                    yield member, base * (hers - best) / 100
                elif "generations" in keys:
                    amount = base * Fraction(keys.get("floor_percent", 0)) / 100
                    yield member, amount + (Fraction(keys.get("floor_amount", 0)) * 100 if base > 0 else 0)
            best = max(best, hers)

    def _hers(self, name: str, member: int) -> Fraction:
        rank = self.rank(member)
        percents = self.spec.components[name]["percent_by_rank"]
        return Fraction(percents[RANKS[rank]]) if rank >= 0 else Fraction()

    def levels(self, name: str) -> dict[tuple[int, int], Fraction]:
        """Everyone but customers takes a level; nothing goes past the next leader."""
        found: dict[tuple[int, int], Fraction] = {}
        for source in self.everyone:
            level = 0
            for member in self.upwards(name, source):
                if member != source and self.team.kinds[member] is not Kind.CUSTOMER:
                    row = self.row(name, member)
                    if level < len(row) and self.qualified(name, member):
                        found[source, member] = self.base(name, source) * Fraction(row[level]) / 100
                    level += 1
                if self.leads(name, member):
                    break
        return found

    # leadership

    def leadership(self, name: str) -> dict[tuple[int, int], Fraction]:
        found: dict[tuple[int, int], Fraction] = {}
        for member in self.everyone:
            if self.keeps(name, member):
                for child in self.children(name, member):
                    found[child, member] = self.passes_up(name, child)
                found[member, member] = -self.gives(name, member)
        return found

    def guarantee(self, name: str) -> Fraction:
        keys = self.spec.components[name]
        if "guarantee" in keys:
            return Fraction(keys["guarantee"]) * 100
        worth = Fraction(keys.get("base_percent", 100)) / 100 * Fraction(keys["percent"])
        return Fraction(keys["guarantee_volume"]) * worth

    def holds_leader(self, name: str, member: int) -> bool:
        return self.leads(name, member) or any(self.leads(name, other) for other in self.below(name, member))

    def personal_volume(self, name: str, member: int) -> int:
        volume = self.spec.components[name]["qualifying_volume"]
        return sum(self.volume(volume, other) for other in self.personal_group(name, member))

    def keeps(self, name: str, member: int) -> bool:
        keys = self.spec.components[name]
        legs = sum(self.holds_leader(name, child) for child in self.children(name, member))
        partial = self.personal_volume(name, member) >= keys["partial"] * 1000
        return self.qualified(name, member) and (legs >= keys.get("legs", 2) or (legs >= 1 and partial))

    def generates(self, name: str, member: int) -> Fraction:
        return self.group_base(name, member) * Fraction(self.spec.components[name]["percent"]) / 100

    def comes_in(self, name: str, member: int) -> Fraction:
        return sum((self.passes_up(name, child) for child in self.children(name, member)), Fraction())

    def passes_up(self, name: str, member: int) -> Fraction:
        if self.keeps(name, member):
            return max(self.generates(name, member), self.guarantee(name))
        own = self.generates(name, member) if self.leads(name, member) else Fraction()
        return own + self.comes_in(name, member)

    def gives(self, name: str, member: int) -> Fraction:
        if self.personal_volume(name, member) >= self.spec.components[name]["full"] * 1000:
            return Fraction()
        missing = max(Fraction(), self.guarantee(name) - self.generates(name, member))
        return min(missing, max(Fraction(), self.comes_in(name, member)))

    # depth

    def next_leaders(self, name: str, member: int) -> list[int]:
        found, waiting = [], list(self.children(name, member))
        for other in waiting:
            if self.leads(name, other):
                found.append(other)
            else:
                waiting += self.children(name, other)
        return found

    def depth_qualifies(self, name: str, member: int) -> bool:
        legs = len(self.next_leaders(name, member))
        enough = legs >= self.spec.components[name].get("legs", 3)
        return self.leads(name, member) and self.qualified(name, member) and enough

    def depth_up(self, name: str, leader: int) -> Fraction:
        own, legs = self.generates(name, leader), self.next_leaders(name, leader)
        if self.depth_qualifies(name, leader):
            return own + sum((max(self.generates(name, leg), self.guarantee(name)) for leg in legs), Fraction())
        return own + sum((self.depth_up(name, leg) for leg in legs), Fraction())

    def depth(self, name: str) -> dict[tuple[int, int], Fraction]:
        found: dict[tuple[int, int], Fraction] = {}
        for member in self.everyone:
            if not self.depth_qualifies(name, member):
                continue
            for leg in self.next_leaders(name, member):
                through = Fraction()
                for second in self.next_leaders(name, leg):
                    found[second, member] = self.depth_up(name, second)
                    through += found[second, member]
                lacks = max(Fraction(), self.guarantee(name) - self.generates(name, leg))
                found[leg, member] = -min(lacks, max(Fraction(), through))
        return found

    # generations

    def bounds(self, name: str, earner: int, member: int) -> bool:
        keys = self.spec.components[name]
        if not keys.get("inactive_bounds", True) and not self.qualified(name, member):
            return False
        if keys.get("boundary") == "own_rank":
            return self.rank(member) >= self.rank(earner)
        return self.leads(name, member)

    def generation_of(self, name: str, earner: int, source: int) -> int:
        """How many leaders there are from the source up to right below the earner, and one for her own group."""
        keys = self.spec.components[name]
        number = int(keys["own_group"] == "first")
        for member in self.upwards(name, source):
            if member == earner:
                break
            above = self.parent(name, member)
            empty = not keys.get("empty_counts", True) and above >= 0 and self.bounds(name, earner, above)
            number += self.bounds(name, earner, member) and not empty
        return number

    def generations(self, name: str) -> dict[tuple[int, int, bool], Fraction]:
        """By source, earner and whether it is paid without end."""
        keys = self.spec.components[name]
        found: dict[tuple[int, int, bool], Fraction] = {}
        for earner in self.everyone:
            rank = self.rank(earner)
            own_rank = keys.get("boundary") == "own_rank"
            if not self.qualified(name, earner) or (rank < 0 if own_rank else not self.leads(name, earner)):
                continue
            row = self.row(name, earner)
            endless = Fraction(keys["infinity"][RANKS[rank]]) if "infinity" in keys and rank >= 0 else Fraction()
            for source in self.below(name, earner):
                number = self.generation_of(name, earner, source)
                base = self.base(name, source)
                if 0 < number <= len(row):
                    found[source, earner, False] = base * Fraction(row[number - 1]) / 100
                if endless and number >= keys["infinity_from"] and not self._stopped(name, earner, source):
                    found[source, earner, True] = base * endless / 100
        return found

    def _stopped(self, name: str, earner: int, source: int) -> bool:
        for member in self.upwards(name, source):
            if member == earner:
                return False
            bounds = self.spec.components[name].get("inactive_bounds", True) or self.qualified(name, member)
            if bounds and self.rank(member) >= self.rank(earner):
                return True
        return False


def compare(spec: Spec, team: Team, name: str, amounts: Mapping[Any, Fraction], carry: Any = None) -> Snapshot:
    """The engine pays exactly those amounts, keyed by source, earner and so on, to everyone, however asked."""
    plan = spec.plan()
    snapshot = Snapshot(plan, team, OCTOBER, carry=carry)
    earned = snapshot.earned(name)
    component = plan.component(name)
    for member in range(len(team)):
        lines = [(key[0], amount) for key, amount in amounts.items() if key[1] == member and amount]
        exact = sum((amount for _, amount in lines), Fraction())
        minor = sum(half_up(amount) for _, amount in lines) if spec.rounding == "line" else half_up(exact)
        assert Fraction(int(earned.exact[member]), earned.denominator) == exact, member
        assert earned.minor[member] == minor, member
        result = component.rules.pay(component, snapshot, member)
        assert result.total_minor == minor
        assert sum(line.minor for line in result.lines) + result.rounding == minor
        assert sorted((line.source, line.amount) for line in result.lines if line.amount) == sorted(lines)
        assert result.paid_count == len(lines)
        assert all(str(line.reason) for line in result.lines)
        assert [line for line in result.lines if line.minor] == [
            result.lines[place] for place in result.lines.paid()
        ]
    return snapshot


VOLUMES = [100_000, 150_000, 250_000, 333_333, 400_000, 700_000, 900_000, 0, None]


@st.composite
def worlds(draw: st.DrawFn) -> Team:
    """A forest with two trees; customers and those who have left, reported and missing ranks, unknown volumes.

    Drawn by a seed: left to Hypothesis, most teams are small and buy nothing, and no bonus is ever paid.
    """
    chance = Random(draw(st.integers(0, 2**32)))
    size = chance.randint(1, 14)
    order = chance.sample(range(size), size)
    sponsor = _links(chance, order)
    placement = _links(chance, order) if chance.random() < 0.5 else list(sponsor)
    names = [f"N{member}" for member in range(size)]
    others = chance.choice([0.0, 0.2])
    kinds = [
        chance.choice([Kind.CUSTOMER, Kind.CANCELLED]) if chance.random() < others else Kind.DISTRIBUTOR
        for _ in range(size)
    ]
    told = chance.choice([["", *RANKS], RANKS[2:], ["r0", "r0", "", "r1", "r2"]])
    ranks = [chance.choice(told) if kind is Kind.DISTRIBUTOR else "" for kind in kinds]
    returns = chance.choice([0.0, 0.3])
    volumes = {
        name: [-chance.randint(1, 90_000) if chance.random() < returns else chance.choice(VOLUMES)
               for _ in range(size)]
        for name in ("pv", "cv")
    }  # fmt: skip
    return Team(range(1, size + 1), names, names, range(size), sponsor, placement, kinds, ranks, [None] * size,
                volumes, 0)  # fmt: skip


def _links(chance: Random, order: list[int]) -> list[int]:
    """Who stands above each: a star, a chain, anybody of the last few, or of all who came before or nobody."""
    parent = [-1] * len(order)
    back = chance.choice([0, 1, 2, 4, 14])
    for place in range(1, len(order)):
        above = chance.randint(max(-1 if back == 14 else 0, place - back), place - 1) if back else 0
        parent[order[place]] = order[above] if above >= 0 else -1
    return parent


RATES = st.one_of(st.sampled_from([5, 10, 15, 21, Decimal("7.25")]), st.decimals(0, 30, places=2))
MINIMUMS = st.one_of(st.integers(0, 200), st.integers(0, 900))
BY_RANK = st.lists(RATES, min_size=4, max_size=4).map(lambda rates: dict(zip(RANKS, rates, strict=True)))
FEW_RATES = st.lists(RATES, max_size=3)
ROWS = st.lists(FEW_RATES, min_size=4, max_size=4).map(lambda rows: dict(zip(RANKS, rows, strict=True)))


@st.composite
def common_keys(draw: st.DrawFn) -> dict[str, Any]:
    """What every bonus on a volume says."""
    keys: dict[str, Any] = {"tree": draw(st.sampled_from(["sponsor", "placement"]))}
    keys["volume"] = draw(st.sampled_from(["pv", "cv"]))
    if keys["volume"] == "pv":
        keys["point_value"] = draw(st.sampled_from([1, Decimal("0.35"), 7]))
    if draw(st.booleans()):
        keys["base_percent"] = draw(st.integers(1, 100))
    keys["customer_volume"] = draw(st.booleans())
    keys["active_only"] = draw(st.booleans())
    if draw(st.integers(0, 3)) == 0:
        keys["requires"] = [{"volume": "cv", "min": draw(MINIMUMS)}]
    return keys


@st.composite
def stairsteps(draw: st.DrawFn, *, broken: bool = False) -> dict[str, Any]:
    """A stair-step component; with `broken` one whose groups break away."""
    keys = draw(common_keys()) | {"kind": "stairstep"}
    if draw(st.booleans()):
        keys["percent_by_rank"] = draw(BY_RANK)
        percents = list(keys["percent_by_rank"].values())
    else:
        starts = sorted(draw(st.sets(st.integers(0, 900), min_size=1, max_size=4)))
        percents = sorted(draw(st.lists(RATES, min_size=len(starts), max_size=len(starts))))
        keys["brackets"] = [{"from": start, "percent": rate} for start, rate in zip(starts, percents, strict=True)]
        keys["bracket_volume"] = draw(st.sampled_from(["pv", "cv"]))
        keys["bracket_of"] = draw(st.sampled_from(["group", "group", "own"]))
    reached = [percent for percent in percents if percent]
    if broken or draw(st.booleans()):
        keys["breakaway"] = draw(
            st.fixed_dictionaries(
                {"permanent": st.booleans(), "leaves": st.sampled_from(["both", "bracket", "pay"])}
            )
        ) | draw(
            st.one_of(
                st.fixed_dictionaries({"rank": st.sampled_from(RANKS)}),
                *([st.fixed_dictionaries({"percent": st.sampled_from(reached)})] if reached else []),
            )
        )
    keys["unqualified"] = draw(st.sampled_from(["roll_up", "breakage"]))
    keys["personal"] = draw(st.booleans())
    choices = ["all", "direct", "indirect", *(["none"] if keys["personal"] else [])]
    keys["downline"] = draw(st.sampled_from(choices))
    return keys


@st.composite
def boundaries(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Whose groups count, and the stair-step bonus that it may hang on."""
    if draw(st.booleans()):
        return {"boundary_rank": draw(st.sampled_from(RANKS))}, {}
    return {"boundary_of": "steps"}, {"steps": draw(stairsteps(broken=True))}


def specs(components: dict[str, dict[str, Any]]) -> st.SearchStrategy[Spec]:
    """A plan with those components."""
    return st.builds(
        Spec,
        st.sampled_from([None, None, 0, 100, 150]),
        st.sampled_from(["line", "component", "total"]),
        st.just(components),
    )


@st.composite
def carries(draw: st.DrawFn) -> dict[str, dict[int, dict[str, int]]]:
    """Whose group broke away in an earlier period."""
    gone = draw(st.sets(st.integers(0, 13), max_size=3))
    return {"steps": {member: {"broken": 1} for member in gone}}
