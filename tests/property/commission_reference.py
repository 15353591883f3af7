"""Random teams and plans, and what they pay worked out the slow way: straight from the rule, member by member.

Nothing here uses the engine's arrays: ranks are asked again and again until nobody's changes, and each volume
walks up the tree on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from organizer.domain.team import Kind, Team


@dataclass
class Spec:
    """A plan in the test's own words. Minimums are whole points, rates whole percent."""

    active_minimum: int | None
    ranks: list[list[dict[str, Any]]]
    tree: str
    rows: list[list[Decimal]]
    compression: str
    skip_below: int
    customer_volume: bool
    base_percent: int
    rounding: str
    tiers: list[tuple[int, Decimal]]
    marginal: bool


def render(spec: Spec) -> str:
    """The spec as a plan file."""
    parts = [
        'format = 1\nid = "random"\nname = "Random"\nregion = "None"\ncurrency = "DKK"\nperiod = "month"\n'
        "valid_from = 2026-01-01\nteaching = true\n"
    ]
    parts += [
        f'[[volumes]]\nid = "{name}"\nname = "{name}"\nunit = "{unit}"\ncolumns = []\nsource = "{source}"\n'
        for name, unit, source in (
            ("pv", "points", "member"),
            ("cv", "money", "member"),
            ("sales", "money", "entered"),
        )
    ]
    if spec.active_minimum is not None:
        parts.append(f'[active]\nvolume = "pv"\nmin = {spec.active_minimum}\n')
    for number, conditions in enumerate(spec.ranks):
        written = ", ".join(_inline(condition) for condition in conditions)
        parts.append(f'[[ranks]]\nid = "r{number}"\nname = "R{number}"\nall = [{written}]\n')
    team = f'[[components]]\nid = "team"\nname = "Team"\nkind = "unilevel"\ntree = "{spec.tree}"\nvolume = "cv"\n'
    team += f'compression = "{spec.compression}"\nbase_percent = {spec.base_percent}\n'
    team += f"customer_volume = {str(spec.customer_volume).lower()}\n"
    if spec.compression == "skip_below_rank":
        team += f'skip_below = "r{spec.skip_below}"\n'
    if spec.ranks:
        rows = ", ".join(f"r{number} = [{', '.join(map(str, row))}]" for number, row in enumerate(spec.rows))
        team += f"rates_by_rank = {{ {rows} }}\n"
    else:
        team += f"rates = [{', '.join(map(str, spec.rows[0]))}]\n"
    tiers = ", ".join(f"{{ from = {start}, percent = {rate} }}" for start, rate in spec.tiers)
    mode = "marginal" if spec.marginal else "full_amount"
    own = '[[components]]\nid = "own"\nname = "Own"\nkind = "retail"\nmethod = "percent"\nvolume = "sales"\n'
    own += f'tier_mode = "{mode}"\ntiers = [{tiers}]\n'
    parts += [team, own, f'[rounding]\nat = "{spec.rounding}"\nmode = "half_up"\n']
    return "".join(parts)


def _inline(condition: dict[str, Any]) -> str:
    def write(value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        return f'"{value}"' if isinstance(value, str) else str(value)

    return "{ " + ", ".join(f"{key} = {write(value)}" for key, value in condition.items()) + " }"


class Reference:
    """Everything the engine answers, by definition."""

    def __init__(self, spec: Spec, team: Team) -> None:
        self.spec = spec
        self.team = team
        self.everyone = range(len(team))
        self.links = {"sponsor": team.sponsor, "placement": team.placement}
        self.ranks = self._settled_ranks()

    def volume(self, name: str, member: int) -> int:
        return self.team.volumes[name][member] or 0

    def distributor(self, member: int) -> bool:
        return self.team.kinds[member] is Kind.DISTRIBUTOR

    def active(self, member: int) -> bool:
        minimum = self.spec.active_minimum
        return self.distributor(member) and (minimum is None or self.volume("pv", member) >= minimum * 1000)

    def children(self, tree: str, member: int) -> list[int]:
        return [other for other in self.everyone if self.links[tree][other] == member]

    def group(self, tree: str, member: int) -> list[int]:
        """The member and everyone below her."""
        found = [member]
        for other in found:
            found += self.children(tree, other)
        return found

    def group_volume(self, name: str, tree: str, member: int) -> int:
        return sum(self.volume(name, other) for other in self.group(tree, member))

    def holds(self, condition: dict[str, Any], member: int, ranks: list[int]) -> bool:
        tree = condition.get("tree", "sponsor")
        children = self.children(tree, member)
        if "active_personals" in condition:
            sponsored = self.children("sponsor", member)
            return sum(self.active(other) for other in sponsored) >= condition["active_personals"]
        if "rank" in condition:
            wanted = int(condition["rank"][1:])
            legs = [[child] if condition["frontline_only"] else self.group(tree, child) for child in children]
            return sum(any(ranks[other] >= wanted for other in leg) for leg in legs) >= condition["legs"]
        name, minimum = condition["volume"], condition["min"] * 1000
        scope = condition.get("of", "own")
        if scope == "own":
            return self.volume(name, member) >= minimum
        if scope == "group":
            return self.group_volume(name, tree, member) >= minimum
        return sum(self.group_volume(name, tree, child) >= minimum for child in children) >= condition["legs"]

    def _settled_ranks(self) -> list[int]:
        ranks = [-1] * len(self.team)
        while True:
            found = [self._rank(member, ranks) for member in self.everyone]
            if found == ranks:
                return ranks
            ranks = found

    def _rank(self, member: int, ranks: list[int]) -> int:
        if not self.distributor(member):
            return -1
        held = [
            number
            for number, conditions in enumerate(self.spec.ranks)
            if all(self.holds(condition, member, ranks) for condition in conditions)
        ]
        return max(held, default=-1)

    def row(self, member: int) -> list[Decimal]:
        """The rates that the member is paid, level by level."""
        if not self.active(member):
            return []
        if not self.spec.ranks:
            return self.spec.rows[0]
        return self.spec.rows[self.ranks[member]] if self.ranks[member] >= 0 else []

    def takes_level(self, member: int, level: int) -> bool:
        match self.spec.compression:
            case "none":
                return self.distributor(member)
            case "skip_inactive":
                return self.active(member)
            case "skip_below_rank":
                return self.active(member) and self.ranks[member] >= self.spec.skip_below
            case _:
                return level <= len(self.row(member))

    def team_amounts(self, earner: int) -> dict[int, Fraction]:
        """What each member below pays the earner, exact, in øre; only where it is not nothing."""
        amounts = {}
        for source in self.everyone:
            if not (self.distributor(source) or self.spec.customer_volume):
                continue
            level, above = 1, self.links[self.spec.tree][source]
            while above >= 0 and above != earner:
                level += self.takes_level(above, level)
                above = self.links[self.spec.tree][above]
            row = self.row(earner)
            if above == earner and level <= len(row) and self.takes_level(earner, level):
                base = Fraction(self.volume("cv", source), 1000) * self.spec.base_percent / 100
                amount = base * Fraction(row[level - 1]) / 100 * 100
                if amount:
                    amounts[source] = amount
        return amounts

    def own_amounts(self, earner: int) -> list[Fraction]:
        """What her own sales pay, tier by tier, exact, in øre."""
        given = self.team.volumes["sales"][earner]
        if given is None or not self.distributor(earner):
            return []
        sales, tiers = Fraction(given, 1000), self.spec.tiers
        if sales < 0:
            return [sales * Fraction(tiers[0][1])]
        if not self.spec.marginal:
            rates = [rate for start, rate in tiers if start <= sales]
            return [sales * Fraction(rates[-1])] if rates else []
        amounts = []
        for (start, rate), (end, _) in zip(tiers, [*tiers[1:], (sales, 0)], strict=True):
            if sales >= start:
                amounts.append((min(sales, Fraction(end)) - start) * Fraction(rate))
        return amounts


def half_up(amount: Fraction) -> int:
    """Rounded to a whole number, a half away from zero."""
    whole = int(abs(amount) + Fraction(1, 2))
    return whole if amount >= 0 else -whole


VOLUMES = st.one_of(
    st.none(), st.just(0), st.sampled_from([100_000, 60_000, 250_000]), st.integers(-90_000, 900_000)
)


@st.composite
def teams(draw: st.DrawFn, largest: int = 14) -> Team:
    """A forest of up to `largest` members with two trees; customers and unknown volumes among them."""
    size = draw(st.integers(1, largest))
    order = draw(st.permutations(range(size)))

    def links() -> list[int]:
        shape = draw(st.sampled_from(["random", "chain", "star"]))
        parent = [-1] * size
        for place in range(1, size):
            pick = {"random": -1, "chain": place - 1, "star": 0}[shape]
            if pick < 0:
                pick = draw(st.integers(-1, place - 1))
            parent[order[place]] = order[pick] if pick >= 0 else -1
        return parent

    sponsor = links()
    placement = links() if draw(st.booleans()) else list(sponsor)
    volumes = {name: draw(st.lists(VOLUMES, min_size=size, max_size=size)) for name in ("pv", "cv", "sales")}
    kinds = draw(st.lists(st.sampled_from([Kind.DISTRIBUTOR] * 4 + [Kind.CUSTOMER]), min_size=size, max_size=size))
    names = [f"N{member}" for member in range(size)]
    return Team(range(1, size + 1), names, names, range(size), sponsor, placement, kinds, [""] * size,
                [None] * size, volumes, 0)  # fmt: skip


TREES = st.sampled_from(["sponsor", "placement"])
RATES = st.decimals(0, 30, places=2)


HELD = st.fixed_dictionaries(
    {"legs": st.sampled_from([1, 1, 2]), "rank": st.just("r0"), "tree": TREES, "frontline_only": st.booleans()}
)


def conditions(ranks: int) -> st.SearchStrategy[dict[str, Any]]:
    """One condition of a rank; `ranks` is how many ranks there are to ask for."""
    own = st.fixed_dictionaries({"volume": st.just("pv"), "min": st.integers(0, 250)})
    group = st.fixed_dictionaries(
        {"volume": st.just("pv"), "of": st.just("group"), "tree": TREES, "min": st.integers(0, 900)}
    )
    leg = st.fixed_dictionaries(
        {"volume": st.just("pv"), "of": st.just("leg"), "tree": TREES, "min": st.integers(0, 400),
         "legs": st.integers(1, 2)}
    )  # fmt: skip
    held = st.builds(lambda entries, rank: {**entries, "rank": f"r{rank}"}, HELD, st.integers(0, ranks - 1))
    personals = st.fixed_dictionaries({"active_personals": st.integers(1, 2)})
    return st.one_of(own, group, leg, held, held, personals)


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """A plan of whatever options there are."""
    count = draw(st.integers(0, 4))
    ranks = [draw(st.lists(conditions(count), max_size=2)) for _ in range(count)]
    if count and draw(st.booleans()):
        # Left to chance, few ranks are ever reached: a ladder, each rung asking for the one below it in the legs
        ranks[0] = [{"volume": "pv", "min": 50}]
        ranks[1:] = [[{**draw(HELD), "rank": f"r{number}"}] for number in range(count - 1)]
    rows = draw(st.lists(st.lists(RATES, min_size=0, max_size=4), min_size=max(count, 1), max_size=max(count, 1)))
    if not count and not rows[0]:
        rows = [[Decimal(5)]]
    kinds = ["none", "skip_inactive", "dynamic", *(["skip_below_rank"] if count else [])]
    starts = sorted(draw(st.sets(st.integers(0, 500), min_size=1, max_size=3)))
    return Spec(
        active_minimum=draw(st.one_of(st.none(), st.integers(0, 150))),
        ranks=ranks,
        tree=draw(TREES),
        rows=rows,
        compression=draw(st.sampled_from(kinds)),
        skip_below=draw(st.integers(0, max(count - 1, 0))),
        customer_volume=draw(st.booleans()),
        base_percent=draw(st.integers(1, 100)),
        rounding=draw(st.sampled_from(["line", "component", "total"])),
        tiers=[(start, draw(RATES)) for start in starts],
        marginal=draw(st.booleans()),
    )
