"""What bonuses by level pay, the slow way: each member's volume walks up the tree on its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from world_reference import FIRST, LAST, VOLUMES, Entries, Facts, half_up

from organizer.domain.team import Kind

Line = tuple[int, int, int]
"""Who is paid, for whose volume, at which level."""


class Levels:
    """A bonus by level in the tree `links`; `earnings` is what everyone earns in what it is taken of, in øre."""

    def __init__(
        self, facts: Facts, component: Entries, links: Sequence[int], earnings: Sequence[int] | None = None
    ) -> None:
        self.facts, self.component, self.links, self.earnings = facts, component, links, earnings
        self.rows = self._rows()
        self.deepest = max((len(row) for row in self.rows), default=0)

    def _rows(self) -> list[list[Decimal]]:
        """By rank (or package), the last for none."""
        for key in ("rates", "amounts"):
            if f"{key}_by_rank" in self.component:
                return [*self.component[f"{key}_by_rank"].values(), []]
            if key in self.component:
                return [self.component[key]] * (len(self.facts.world.ranks) + 1)
        return [*(tier["rates"] for tier in self.component["package"]["tiers"]), []]

    def row(self, member: int) -> int:
        """Which row is hers; -1 is the last."""
        if "package" not in self.component:
            return self.facts.ranks[member]
        has = self.facts.volume("package", member)
        starts = [tier["from"] * 1000 for tier in self.component["package"]["tiers"]]
        return sum(start <= has for start in starts) - 1

    def open_levels(self, member: int) -> int:
        """How many levels are open to her."""
        found, rank = len(self.rows[self.row(member)]), self.facts.ranks[member]
        matrix = "width" in self.component
        opened = self.component.get("depth_by_rank" if matrix else "depth")
        if opened is not None:
            found = min(found, opened[f"r{rank}"] if rank >= 0 else 0)
        if "depth_by_legs" in self.component:
            found = min(found, self._by_legs(member))
        return min(found, self.component["depth"]) if matrix else found

    def _by_legs(self, member: int) -> int:
        legs = 0
        for child in self.facts.children(self.links, member):
            leg = self.facts.group(self.links, child) if self.component["active_leg"] == "anyone" else [child]
            legs += any(self.facts.active(one) for one in leg)
        levels = [step["levels"] for step in self.component["depth_by_legs"] if step["legs"] <= legs]
        return levels[-1] if levels else 0

    def entitled(self, member: int, level: int) -> bool:
        return self.facts.qualified(member, self.component) and level <= self.open_levels(member)

    def takes(self, member: int, level: int) -> bool:
        match self.component["compression"]:
            case "none":
                return not self.facts.is_a(member, Kind.CUSTOMER)
            case "cancelled":
                return self.facts.distributor(member)
            case "skip_inactive":
                return self.facts.active(member)
            case "skip_below_rank":
                return self.facts.active(member) and self.facts.ranks[member] >= int(
                    self.component["skip_below"][1:]
                )
            case _:
                return self.entitled(member, level)

    def receiver(self, taker: int, level: int) -> int:
        """Who is paid where `taker` takes the level; -1 is the company."""
        unearned = self.component.get("unearned", "breakage")
        if self.entitled(taker, level):
            return taker
        above = self.links[taker]
        if unearned == "pass_up":
            return above if above >= 0 and self.entitled(above, level) else -1
        while unearned == "roll_up" and above >= 0 and not self.entitled(above, level):
            above = self.links[above]
        return above if unearned == "roll_up" else -1

    def lines(self) -> dict[Line, Fraction]:
        """What everyone is paid for whose volume, exact, in øre; only where it is not nothing."""
        found = {}
        for source in self.facts.everyone:
            level, above, reached = 1, self.links[source], self._reached(source)
            while above >= 0 and level <= self.deepest:
                if self.takes(above, level):
                    paid = self.receiver(above, level)
                    if paid in reached and (amount := self.amount(source, paid, level)):
                        found[paid, source, level] = amount
                    level += 1
                above = self.links[above]
        return found

    def _reached(self, source: int) -> list[int]:
        """Who stands above, the nearest first, as far as to the next leader, who may be the source herself."""
        leader = int(self.component.get("boundary_rank", "r99")[1:])
        found, at = [], source
        while self.facts.ranks[at] < leader and self.links[at] >= 0:
            at = self.links[at]
            found.append(at)
        return found

    def amount(self, source: int, paid: int, level: int) -> Fraction:
        row = self.row(paid)
        if "package" in self.component:
            row = min(row, self.row(source))
        rates = self.rows[row]
        rate = Fraction(rates[level - 1]) if level <= len(rates) else Fraction()
        return self.count(source) * rate * 100 if "per" in self.component else self.base(source) * rate / 100

    def count(self, member: int) -> int:
        """How many fixed amounts her volume gives."""
        volume = self.facts.volume(self.component["volume"], member)
        if self._left_out(member):
            return 0
        if self.component["per"] == "member":
            return int(volume > 0)
        return int(Fraction(volume, 1000))

    def _left_out(self, member: int) -> bool:
        return self.facts.is_a(member, Kind.CUSTOMER) and not self.component.get("customer_volume", True)

    def base(self, member: int) -> Fraction:
        """What counts of her volume, or of what she earns, in øre."""
        share = Fraction(self.component.get("base_percent", 100), 100)
        if self.earnings is not None:
            return self.earnings[member] * share
        if self._left_out(member):
            return Fraction()
        name = self.component["volume"]
        value = 100 if VOLUMES[name] == "money" else Fraction(self.component["point_value"]) * 100
        return self._counted(name, member) * share * value / 1000

    def _counted(self, name: str, member: int) -> Fraction:
        volume, rule = self.facts.volume(name, member), self.component.get("new_members")
        if rule is None:
            return Fraction(volume)
        new, loose = self._new(name, member, rule)
        inside, outside = Fraction(rule["percent"], 100), Fraction(rule["later_percent"], 100)
        return new * inside + (volume - new - loose) * outside + min(loose * inside, loose * outside)

    def _new(self, name: str, member: int, rule: Entries) -> tuple[int, int]:
        """What of her volume lies in her time as a new member, and what may lie on either side."""
        volume, joined = self.facts.volume(name, member), self.facts.team.joined[member]
        if joined is None or joined > LAST:
            return 0, 0
        end = last_day(joined, rule)
        if end >= LAST or end < FIRST:
            return (volume if end >= LAST else 0), 0
        mine = [order for order in self.facts.team.orders if order.member == member]
        inside = sum(order.volumes.get(name, 0) for order in mine if joined <= order.day <= end)
        return inside, volume - sum(order.volumes.get(name, 0) for order in mine)


def last_day(joined: date, rule: Entries) -> date:
    """The last day on which she is new."""
    if "days" in rule:
        return joined + timedelta(days=rule["days"] - 1)
    month = joined.month - 1 + rule["months"]
    return date(joined.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def earned(lines: dict[Line, Fraction], member: int, rounding: str) -> int:
    """What her lines come to in øre, rounded where the plan says."""
    hers = [amount for (paid, _source, _level), amount in lines.items() if paid == member]
    if rounding == "line":
        return sum(half_up(amount) for amount in hers)
    return half_up(sum(hers, Fraction()))
