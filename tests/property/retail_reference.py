"""Random rules for own sales and team tiers, and what they pay worked out the slow way: order by order, by hand.

Nothing here uses the engine's arrays or its readers; periods are counted on the fingers of a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from commission_reference import RATES, TREES, VOLUMES, half_up, teams
from hypothesis import strategies as st

from organizer.domain.period import Calendar, Period, PeriodKind
from organizer.domain.team import Kind, Order, Team

NAMES = ("pv", "cv", "sales")
A_YEAR = {"half_month": 24, "month": 12, "quarter": 4}

Tiers = list[tuple[int, Decimal]]


@dataclass
class Rule:
    """One alternative: `asks` (nothing for everyone), tiers (a single one from 0 is a plain percentage)."""

    asks: tuple[str, int] | None
    tiers: Tiers
    by: dict[str, Any] | None


@dataclass
class Bonus:
    """A component: its `volumes` (several are categories) with the alternatives of each."""

    kind: str
    volumes: list[str]
    rules: list[list[Rule]]
    marginal: bool
    reach: dict[str, Any]
    new: dict[str, Any] | None
    active_only: bool


@dataclass
class World:
    """Everything an estimate is made from."""

    bonus: Bonus
    active_minimum: int | None
    rank_minimums: tuple[int, int]
    rounding: str
    kind: str
    period: Period
    team: Team
    past: list[dict[str, list[int | None]]]
    carry: dict[str, dict[int, dict[str, int]]] = field(default_factory=dict)


def write(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {write(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(write, value)) + "]"
    return str(value)


def rates_of(rules: Sequence[Rule], marginal: bool) -> dict[str, Any]:
    """The alternatives as keys of a table."""

    def of(rule: Rule) -> dict[str, Any]:
        if len(rule.tiers) == 1 and not rule.tiers[0][0]:
            return {"percent": rule.tiers[0][1]}
        found: dict[str, Any] = {
            "tier_mode": "marginal" if marginal else "full_amount",
            "tiers": [{"from": start, "percent": rate} for start, rate in rule.tiers],
        }
        return found | ({"tier_by": rule.by} if rule.by else {})

    table: dict[str, Any] = {}
    variants = []
    for rule in rules:
        if rule.asks is None:
            table |= of(rule)
        else:
            what, figure = rule.asks
            asked = {"rank": f"r{figure}"} if what == "rank" else {"volume": what, "min": figure}
            variants.append({"requires": [asked]} | of(rule))
    return table | ({"variants": variants} if variants else {})


def render(world: World) -> str:
    """The world's plan as a file."""
    bonus = world.bonus
    parts = [
        f'format = 1\nid = "random"\nname = "Random"\nregion = "None"\ncurrency = "DKK"\nperiod = "{world.kind}"\n'
        "valid_from = 2026-01-01\nteaching = true\n"
    ]
    parts += [f'[[volumes]]\nid = "{name}"\nname = "{name}"\nunit = "money"\ncolumns = []\n' for name in NAMES]
    if world.active_minimum is not None:
        parts.append(f'[active]\nvolume = "pv"\nmin = {world.active_minimum}\n')
    for number, minimum in enumerate(world.rank_minimums):
        asked = write([{"volume": "pv", "min": minimum}])
        parts.append(f'[[ranks]]\nid = "r{number}"\nname = "R{number}"\nall = {asked}\n')
    entries: dict[str, Any] = {"id": "own", "name": "Own", "kind": bonus.kind, "active_only": bonus.active_only}
    if bonus.kind == "retail":
        entries["method"] = "percent"
    tables = [{"volume": v} | rates_of(r, bonus.marginal) for v, r in zip(bonus.volumes, bonus.rules, strict=True)]
    entries |= {"categories": tables} if len(tables) > 1 else tables[0]
    entries |= bonus.reach
    if bonus.new:
        entries["new_member_rate"] = bonus.new
    parts.append("[[components]]\n" + "".join(f"{key} = {write(value)}\n" for key, value in entries.items()))
    parts.append(f'[rounding]\nat = "{world.rounding}"\nmode = "half_up"\n')
    return "".join(parts)


class Reference:
    """What everyone is paid, by definition; `hopeful` counts what nobody knows as high as it can be."""

    def __init__(self, world: World, *, hopeful: bool) -> None:
        self.world = world
        self.bonus = world.bonus
        self.team = world.team
        self.hopeful = hopeful
        self.everyone = range(len(world.team))
        self.calendar = Calendar(PeriodKind(world.kind))

    def amount(self, name: str, member: int, back: int = 0) -> int | None:
        if back > len(self.world.past):
            return None
        given = self.world.past[back - 1] if back else self.team.volumes
        return given[name][member] if name in given else None

    def distributor(self, member: int) -> bool:
        return self.team.kinds[member] is Kind.DISTRIBUTOR

    def rank(self, member: int) -> int:
        if not self.distributor(member):
            return -1
        held = [
            number
            for number, minimum in enumerate(self.world.rank_minimums)
            if (self.amount("pv", member) or 0) >= minimum * 1000
        ]
        return max(held, default=-1)

    def qualified(self, member: int) -> bool:
        minimum = self.world.active_minimum if self.bonus.active_only else None
        enough = minimum is None or (self.amount("pv", member) or 0) >= minimum * 1000
        return self.distributor(member) and enough

    def holds(self, rule: Rule, member: int) -> bool:
        if rule.asks is None:
            return True
        what, figure = rule.asks
        if what == "rank":
            return self.rank(member) >= figure
        return (self.amount(what, member) or 0) >= figure * 1000

    def counted(self, reach: Mapping[str, Any], member: int) -> list[int]:
        """Whose volume counts for the member."""
        scope = reach.get("of", "own")
        own = [] if reach.get("without_own") else [member]
        if scope == "own":
            return [member]
        links = self.team.sponsor if reach["tree"] == "sponsor" else self.team.placement
        barred = int(reach["without_rank"][1:]) if "without_rank" in reach else 99
        found, waiting = [], [member]
        while waiting:
            above = waiting.pop()
            below = [other for other in self.everyone if links[other] == above and self.rank(other) < barred]
            found += below
            waiting += below if scope == "group" else []
        return own + found

    def backs(self, when: str) -> list[int]:
        """How many periods ago those lie that count."""
        year = A_YEAR[self.world.kind]
        period = self.world.period
        number = period.number
        if self.world.kind == "half_month":
            number += 2 * (int(period.key[5:7]) - 1)
        if when == "period":
            return [0]
        if when == "year_to_date":
            return list(range(number))
        if when == "previous_year":
            return list(range(number, number + year))
        quarter = (number - 1) // (year // 4)
        first_of_this = quarter * (year // 4) + 1
        return [number - first_of_this + step for step in range(1, year // 4 + 1)]

    def reached(self, rule: Rule, volume: str, member: int, amount: int) -> int:
        by = rule.by or {}
        reach = by if "of" in by else self.bonus.reach
        total, unknown = 0, False
        for back in self.backs(by.get("when", "period")):
            last = self.calendar.shifted(self.world.period, -back).last
            for other in self.counted(reach, member):
                joined = self.team.joined[other]
                for name in by.get("volumes", [volume]):
                    figure = self.amount(name, other, back)
                    total += figure or 0
                    unknown |= figure is None and (joined is None or joined <= last)
        if unknown and self.hopeful:
            return max(total, rule.tiers[-1][0] * 1000 + max(amount, 0))
        return total

    def pieces(self, rule: Rule, amount: int, reached: int) -> list[tuple[int, Fraction]]:
        """(part, rate) of what is paid on; what lies below the first tier isn't among them."""
        tiers = [(start * 1000, Fraction(rate) / 100) for start, rate in rule.tiers]
        if not self.bonus.marginal or self.flat(rule):
            held = [rate for start, rate in tiers if start <= reached]
            if not held and amount < 0:
                held = [tiers[0][1]]
            return [(amount, held[-1])] if held else []
        found = []
        for number, (start, rate) in enumerate(tiers):
            end = tiers[number + 1][0] if number + 1 < len(tiers) else max(reached, reached - amount, start)

            def inside(figure: int, start: int = start, end: int = end, lowest: bool = not number) -> int:
                return max(0, min(figure, end) - start) + (min(figure, 0) if lowest else 0)

            part = inside(reached) - inside(reached - amount)
            if part:
                found.append((part, rate))
        return found

    @staticmethod
    def flat(rule: Rule) -> bool:
        return len(rule.tiers) == 1 and not rule.tiers[0][0]

    # what new members are promised

    def orders(self, member: int) -> list[Order]:
        return sorted((order for order in self.team.orders if order.member == member), key=lambda order: order.day)

    def whole_order(self, order: Order) -> int:
        return sum(order.volumes.get(name, 0) for name in self.bonus.volumes)

    def orders_before(self, member: int) -> int | None:
        new = self.bonus.new or {}
        kept = self.world.carry.get("own", {}).get(member)
        if kept is not None:
            return kept["orders"]
        joined = self.team.joined[member]
        if joined is not None and self.world.period.first <= joined <= self.world.period.last:
            return 0
        bought = 0
        for back in range(1, new["orders"] + 1):
            bought += any((self.amount(name, member, back) or 0) > 0 for name in self.bonus.volumes)
        return new["orders"] if bought >= new["orders"] else None

    def new_until(self, member: int) -> date | None:
        new, joined = self.bonus.new or {}, self.team.joined[member]
        if joined is None:
            return None
        if "days" in new:
            return joined + timedelta(days=new["days"] - 1)
        month = joined.year * 12 + joined.month - 1 + new["months"]
        return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)

    def promise(self, member: int) -> tuple[str, list[bool]]:
        """ "over", "whole" or "by order", and for each order whether it holds."""
        new, period, orders = self.bonus.new, self.world.period, self.orders(member)
        if new is None:
            return "over", []
        minimum = new.get("min", 0) * 1000
        if "orders" in new:
            before = self.orders_before(member)
            if before is not None and before >= new["orders"]:
                return "over", []
            found, number = [], before or 0
            for order in orders:
                whole = self.whole_order(order)
                enough = whole >= minimum or (new.get("first_any", False) and number == 0)
                sure = before is not None or self.hopeful
                found.append(whole > 0 and enough and sure and number < new["orders"])
                number += whole > 0
            return "by order", found
        joined, until = self.team.joined[member], self.new_until(member)
        if joined is None or until is None or joined > period.last or until < period.first:
            return "over", []
        if until >= period.last and not minimum:
            return "whole", []
        return "by order", [
            joined <= order.day <= until and self.whole_order(order) >= minimum and self.whole_order(order) > 0
            for order in orders
        ]

    def own_lines(self, volume: str, rules: Sequence[Rule], member: int) -> list[Fraction]:
        """What each line of a member's own volume pays, in øre."""
        amount = self.amount(volume, member)
        rule = next((rule for rule in rules if self.holds(rule, member)), None)
        if amount is None or rule is None:
            return []
        new_rate = Fraction(self.bonus.new["percent"]) / 100 if self.bonus.new else Fraction()
        by_order = (rule.by or {}).get("when") == "order" and not self.flat(rule)
        state, promised = self.promise(member)
        reached = amount if by_order or self.flat(rule) else self.reached(rule, volume, member, amount)
        found: list[Fraction] = []

        def pay(part: int, figure: int, is_promised: bool) -> None:
            promise = new_rate if is_promised and part > 0 else Fraction()
            pieces = self.pieces(rule, part, figure)
            found.extend(piece * max(rate, promise if piece > 0 else 0) for piece, rate in pieces)
            found.append((part - sum(piece for piece, _rate in pieces)) * promise)

        if not by_order and state != "by order":
            pay(amount, reached, state == "whole")
        else:
            running, left = reached - amount, amount
            for place, order in enumerate(self.orders(member)):
                part = order.volumes.get(volume, 0)
                running, left = running + part, left - part
                figure = running if self.bonus.marginal and not self.flat(rule) else reached
                if by_order:
                    figure = sum(order.volumes.get(name, 0) for name in (rule.by or {}).get("volumes", [volume]))
                if part:
                    pay(part, figure, state == "whole" or (state == "by order" and promised[place]))
            if left and by_order:
                best = max(Fraction(rate) / 100 for _start, rate in rule.tiers)
                if left > 0 and state != "over":
                    best = max(best, new_rate)
                found.append(left * best if (left > 0) == self.hopeful else Fraction())
            elif left:
                pay(left, reached, self.hopeful and left > 0)
        return [amount / 10 for amount in found]

    def lines(self, member: int) -> list[Fraction]:
        """What each line of the member pays, exact, in øre."""
        if not self.qualified(member):
            return []
        if self.bonus.kind == "retail":
            pairs = zip(self.bonus.volumes, self.bonus.rules, strict=True)
            return [line for volume, rules in pairs for line in self.own_lines(volume, rules, member)]
        (volume,), (rules,) = self.bonus.volumes, self.bonus.rules
        amount = sum(self.amount(volume, other) or 0 for other in self.counted(self.bonus.reach, member))
        rule = next((rule for rule in rules if self.holds(rule, member)), None)
        if rule is None:
            return []
        reached = amount if self.flat(rule) else self.reached(rule, volume, member, amount)
        return [part * rate / 10 for part, rate in self.pieces(rule, amount, reached)]

    def minor(self, member: int) -> int:
        """What the member is paid, in øre."""
        lines = self.lines(member)
        if self.world.rounding == "line":
            return sum(map(half_up, lines))
        return half_up(sum(lines, Fraction()))

    def orders_after(self) -> dict[int, dict[str, int]]:
        """How many orders are kept in mind for the next period."""
        new, period = self.bonus.new, self.world.period
        if new is None or "orders" not in new:
            return {}
        found = {}
        for member in self.everyone:
            joined = self.team.joined[member]
            fresh = joined is not None and period.first <= joined <= period.last
            if not self.distributor(member) or not (fresh or member in self.world.carry.get("own", {})):
                continue
            before, orders = self.orders_before(member), self.orders(member)
            loose = any(
                (self.amount(name, member) or 0) != sum(order.volumes.get(name, 0) for order in orders)
                for name in self.bonus.volumes
            )
            if before is not None and (before >= new["orders"] or not loose):
                placed = sum(self.whole_order(order) > 0 for order in orders)
                found[member] = {"orders": min(new["orders"], before + placed)}
        return found


# random worlds

STARTS = st.sets(st.sampled_from([0, 50, 100, 250, 400, 900]), min_size=1, max_size=3)


@st.composite
def bonuses(draw: st.DrawFn) -> Bonus:
    """A bonus of either kind."""
    kind = draw(st.sampled_from(["retail", "retail", "team_tier"]))
    marginal = draw(st.booleans())
    reach: dict[str, Any] = {} if kind == "retail" else draw(reaches())
    count = draw(st.integers(1, 2)) if kind == "retail" else 1
    volumes = draw(st.permutations(NAMES))[:count]
    rules = []
    for volume in volumes:
        asks: list[tuple[str, int] | None] = draw(
            st.lists(st.one_of(st.tuples(st.sampled_from(["pv", "cv"]), st.integers(1, 300)),
                               st.tuples(st.just("rank"), st.integers(0, 1))), max_size=2)
        )  # fmt: skip
        if draw(st.booleans()) or not asks:
            asks.append(None)
        mine = [draw(rule(one, kind, volume, marginal)) for one in asks]
        last = mine[-1]
        if last.asks is None and (len(last.tiers) > 1 or last.tiers[0][0]):
            # what an alternative doesn't say of itself is what holds for all
            mine = [replace(one, by=one.by or last.by) for one in mine]
        rules.append(mine)
    new = draw(st.one_of(st.none(), news())) if kind == "retail" else None
    return Bonus(kind, list(volumes), rules, marginal, reach, new, draw(st.booleans()))


@st.composite
def reaches(draw: st.DrawFn) -> dict[str, Any]:
    """Whose volume counts."""
    found: dict[str, Any] = {"of": draw(st.sampled_from(["own", "frontline", "group"]))}
    if found["of"] != "own":
        found |= {"tree": draw(TREES), "without_own": draw(st.booleans())}
        if draw(st.booleans()):
            found["without_rank"] = f"r{draw(st.integers(0, 1))}"
    return found


@st.composite
def rule(draw: st.DrawFn, asks: tuple[str, int] | None, kind: str, volume: str, marginal: bool) -> Rule:
    """One alternative."""
    tiers = [(start, draw(RATES)) for start in sorted(draw(STARTS))]
    times = ["period", "year_to_date", *([] if kind == "team_tier" else ["order"])]
    if not draw(st.booleans()):
        return Rule(asks, tiers, None)
    if marginal:
        return Rule(asks, tiers, {"volumes": [volume], "when": draw(st.sampled_from(times))})
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    by: dict[str, Any] = {"volumes": names}
    by["when"] = draw(st.sampled_from([*times, "previous_quarter", "previous_year"]))
    if by["when"] != "order" and draw(st.booleans()):
        by |= draw(reaches())
    return Rule(asks, tiers, by)


@st.composite
def news(draw: st.DrawFn) -> dict[str, Any]:
    """What new members are promised."""
    length = draw(st.sampled_from([{"orders": 2}, {"orders": 4}, {"days": 20}, {"days": 60}, {"months": 2}]))
    found: dict[str, Any] = {"percent": draw(RATES)} | length
    if draw(st.booleans()):
        found["min"] = draw(st.integers(1, 200))
        if "orders" in length:
            found["first_any"] = draw(st.booleans())
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A plan, a team with dated orders, and the periods before."""
    bonus = draw(bonuses())
    kind = draw(st.sampled_from(list(A_YEAR)))
    day = draw(st.sampled_from([date(2026, 1, 3), date(2026, 3, 20), date(2026, 8, 9), date(2026, 12, 31)]))
    period = Calendar(PeriodKind(kind)).containing(day)
    team = draw(teams(largest=7))
    size = len(team)
    joined = [draw(st.one_of(st.none(), days_around(period))) for _ in range(size)]
    orders = draw(st.lists(orders_in(size, period), max_size=6))
    volumes = {name: list(figures) for name, figures in team.volumes.items()}
    for order in orders:
        if draw(st.booleans()):
            for name in order.volumes:
                mine = [other for other in orders if other.member == order.member]
                volumes[name][order.member] = sum(other.volumes.get(name, 0) for other in mine)
    past = [
        {name: draw(st.lists(VOLUMES, min_size=size, max_size=size)) for name in draw(NAME_SETS)}
        for _ in range(draw(st.integers(0, 5)))
    ]
    kept = draw(st.dictionaries(st.integers(0, size - 1), st.integers(0, 4), max_size=2))
    carry = {"own": {member: {"orders": count} for member, count in kept.items()}}
    first = draw(st.integers(0, 150))
    return World(
        bonus=bonus,
        active_minimum=draw(st.one_of(st.none(), st.integers(0, 150))),
        rank_minimums=(first, first + draw(st.integers(0, 150))),
        rounding=draw(st.sampled_from(["line", "component", "total"])),
        kind=kind,
        period=period,
        team=replace(team, joined=joined, orders=orders, volumes=volumes),
        past=past,
        carry=carry if bonus.new and "orders" in bonus.new else {},
    )


NAME_SETS = st.sampled_from([NAMES, NAMES, ("pv", "cv"), ()])


def days_around(period: Period) -> st.SearchStrategy[date]:
    """Days from a while before the period to a little after it."""
    return st.dates(period.first - timedelta(days=80), period.last + timedelta(days=5))


def orders_in(size: int, period: Period) -> st.SearchStrategy[Order]:
    """An order of some member in the period."""
    return st.builds(
        Order,
        st.integers(0, size - 1),
        st.dates(period.first, period.last),
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from([-50_000, 50_000, 120_000, 399_990]), min_size=1),
    )
