"""What a binary plan pays and carries on, worked out the slow way.

Straight from the rule: each volume walks up the placement tree by itself, each pair and cycle is taken one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from commission_reference import half_up

from organizer.domain.team import Kind, Team

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


@dataclass
class Spec:
    """A plan in the test's own words: `keys` are those of the component, volumes and money in whole units."""

    keys: dict[str, Any]
    active_minimum: int | None
    rank_minimums: list[int]
    sides_needed: list[str]
    rounding: str


def render(spec: Spec) -> str:
    """The spec as a plan file."""
    text = HEAD
    for name, unit, source in (
        ("pv", "points", "member"), ("cv", "money", "member"),
        ("typed_left", "money", "entered"), ("typed_right", "money", "entered"),
    ):  # fmt: skip
        text += (
            f'[[volumes]]\nid = "{name}"\nname = "{name}"\nunit = "{unit}"\ncolumns = []\nsource = "{source}"\n'
        )
    if spec.active_minimum is not None:
        text += f'[active]\nvolume = "pv"\nmin = {spec.active_minimum}\n'
    for number, minimum in enumerate(spec.rank_minimums):
        text += f'[[ranks]]\nid = "r{number}"\nname = "R{number}"\nall = [{{ volume = "pv", min = {minimum} }}]\n'
    text += '[[components]]\nid = "team"\nname = "Team"\nkind = "binary"\nvolume = "cv"\n'
    text += "".join(f"{key} = {_toml(value)}\n" for key, value in spec.keys.items())
    needed = [{"personals": 1, "side": side} for side in spec.sides_needed]
    text += f"requires = {_toml(needed)}\n"
    return text + f'[rounding]\nat = "{spec.rounding}"\nmode = "half_up"\n'


def _toml(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.items()) + " }"
    return "[" + ", ".join(map(_toml, value)) + "]" if isinstance(value, list) else str(value)


@dataclass
class Paid:
    """What one member gets: `amount` in exact øre before the cap, `taken` and `carried` by side in thousandths."""

    amount: Fraction = Fraction()
    cap: int | None = None
    taken: dict[str, int] = field(default_factory=lambda: {"left": 0, "right": 0})
    carried: dict[str, int] = field(default_factory=lambda: {"left": 0, "right": 0})
    pairs: int = 0

    @property
    def minor(self) -> int:
        return half_up(self.amount) if self.cap is None else min(half_up(self.amount), self.cap)


class Reference:
    """Everything the engine answers, by definition."""

    def __init__(self, spec: Spec, team: Team, carry: dict[int, dict[str, int]]) -> None:
        self.spec, self.team, self.carry = spec, team, carry
        self.everyone = range(len(team))
        self.sides = self._sides()

    def volume(self, name: str, member: int) -> int:
        return self.team.volumes[name][member] or 0

    def _sides(self) -> list[str]:
        """Left and right as given; who isn't given one gets the side that is free, in order."""
        sides = [leg if leg in ("left", "right") else "" for leg in self.team.legs]
        for member in self.everyone:
            above = self.team.placement[member]
            if above >= 0 and not sides[member]:
                used = {sides[other] for other in self.everyone if self.team.placement[other] == above}
                sides[member] = next((side for side in ("left", "right") if side not in used), "")
        return sides

    def side_below(self, member: int, top: int) -> tuple[str, int]:
        """In which leg of `top` the member stands and how deep; no leg where she isn't below."""
        depth, at = 1, member
        while self.team.placement[at] >= 0:
            if self.team.placement[at] == top:
                return self.sides[at], depth
            at, depth = self.team.placement[at], depth + 1
        return "", 0

    def distributor(self, member: int) -> bool:
        return self.team.kinds[member] is Kind.DISTRIBUTOR

    def rank(self, member: int) -> int:
        held = [n for n, least in enumerate(self.spec.rank_minimums) if self.volume("pv", member) >= least * 1000]
        return max(held, default=-1) if self.distributor(member) else -1

    def legs(self, member: int) -> dict[str, int]:
        """What her legs hold before anything is paid."""
        keys = self.spec.keys
        legs = {side: self.carry.get(member, {}).get(side, 0) for side in ("left", "right")}
        for side in ("left", "right"):
            if f"carry_{side}" in keys and self.team.volumes[f"typed_{side}"][member] is not None:
                legs[side] = self.volume(f"typed_{side}", member)
        for source in self.everyone:
            side, depth = self.side_below(source, member)
            if side and depth <= keys.get("levels", len(self.team)):
                legs[side] += self.volume("cv", source)
        if keys.get("own_volume", "none") != "none" and self.distributor(member):
            above = keys.get("own_volume_above", 0) * 1000
            own = max(0, self.volume(keys.get("own_volume_of", "cv"), member) - above)
            legs["left" if legs["left"] <= legs["right"] else "right"] += own
        return legs

    def eligible(self, member: int) -> bool:
        active = self.spec.active_minimum
        if not self.distributor(member) or (active is not None and self.volume("pv", member) < active * 1000):
            return False
        sponsored = [
            other for other in self.everyone if self.team.sponsor[other] == member and self.distributor(other)
        ]
        held = {self.side_below(other, member)[0] for other in sponsored}
        return set(self.spec.sides_needed) <= held and self.rate(member) > 0

    def rate(self, member: int) -> Fraction:
        """Øre per thousandth of the leg or per pair or cycle; per øre of the steps."""
        keys, rank = self.spec.keys, self.rank(member)
        if "amount_by_rank" in keys:
            return Fraction(keys["amount_by_rank"][f"r{rank}"] * 100) if rank >= 0 else Fraction()
        if "percent_by_rank" in keys:
            percent = keys["percent_by_rank"][f"r{rank}"] if rank >= 0 else 0
        elif "tiers" in keys:
            own = self.volume("pv", member)
            percent = next((t["percent"] for t in reversed(keys["tiers"]) if t["from"] * 1000 <= own), 0)
        elif "percent" in keys:
            percent = keys["percent"]
        else:
            several = keys["method"] in ("pairs", "cycle")
            return Fraction(keys["amount"] * 100) if several else Fraction(1)
        if "percent_of" in keys:
            return Fraction(percent, 100) * keys["percent_of"] * 100
        return Fraction(percent, 100) * Fraction(keys.get("base_percent", 100), 100) / 10

    def paid(self, member: int) -> Paid:
        """What she gets and what is left."""
        keys, legs = self.spec.keys, self.legs(member)
        found = Paid(cap=self.cap(member), pairs=self.carry.get(member, {}).get("pairs", 0))
        can = self.eligible(member)
        if not can:
            left = self.unpaid(legs)
        else:
            full = self.takes(member, legs, None, None)
            most = keys.get("max_pairs", keys.get("max_cycles"))
            count, found.amount, found.taken = self.takes(member, legs, most, None)
            hit = full[0] > count or found.minor < half_up(found.amount)
            then = keys.get("after_cap", "use")
            if hit and then == "use":
                found.taken = full[2]
            if then != "use" and found.minor < half_up(found.amount):
                needed, _, found.taken = self.takes(member, legs, most, found.cap)
                count = needed if then == "keep" else count
            found.pairs += count
            left = self.left_over(legs, found.taken, hit, then, count)
        if not self.distributor(member):
            left, found.pairs = {"left": 0, "right": 0}, 0
        most_kept = keys.get("carry_cap")
        if most_kept is not None:
            left = {side: min(amount, most_kept * 1000) for side, amount in left.items()}
        found.carried = left
        return found

    def cap(self, member: int) -> int | None:
        keys, rank = self.spec.keys, self.rank(member)
        if "cap_by_rank" in keys:
            return keys["cap_by_rank"][f"r{rank}"] * 100 if rank >= 0 else 0
        return keys["cap"] * 100 if "cap" in keys else None

    def unpaid(self, legs: dict[str, int]) -> dict[str, int]:
        kind = self.spec.keys.get("ineligible", "flush")
        weaker = max(0, min(legs.values()))
        off = {"keep": 0, "net_off": weaker}
        return {side: held - off[kind] if kind in off else 0 for side, held in legs.items()}

    def left_over(
        self, legs: dict[str, int], taken: dict[str, int], hit: bool, then: str, count: int
    ) -> dict[str, int]:
        after = self.spec.keys["after"]
        if after == "flush" or (hit and then == "flush"):
            return {"left": 0, "right": 0}
        if after == "net_off" and count and not (hit and then == "keep"):
            smaller = min(legs[side] - taken[side] for side in legs)
            return {side: held - taken[side] - smaller for side, held in legs.items()}
        return {side: held - taken[side] for side, held in legs.items()}

    def takes(
        self, member: int, legs: dict[str, int], most: int | None, wanted: int | None
    ) -> tuple[int, Fraction, dict[str, int]]:
        """How often she is paid, how much, for what; at most `most` times, and not further than `wanted` øre."""
        keys, rate = self.spec.keys, self.rate(member)
        weaker, stronger = max(0, min(legs.values())), max(legs.values())
        if keys["method"] in ("percent_weaker", "ratio"):
            each = rate * (Fraction(weaker, stronger) if keys["method"] == "ratio" and weaker else 1)
            used = weaker
            if wanted is not None:
                used = bisect_left(range(weaker), wanted, key=lambda volume: volume * each)
            return used, used * each, {"left": used, "right": used}
        if keys["method"] == "schedule":
            none = {"each_leg": 0, "amount": 0}
            held = [none, *(s for s in keys["steps"] if s["each_leg"] * 1000 <= weaker)]
            enough = [s for s in held if wanted is not None and s["amount"] * 100 >= wanted]
            step = enough[0] if enough else held[-1]
            used = step["each_leg"] * 1000
            return step is not none, Fraction(step["amount"] * 100), {"left": used, "right": used}
        return self._one_by_one(member, dict(legs), most, wanted)

    def _one_by_one(
        self, member: int, legs: dict[str, int], most: int | None, wanted: int | None
    ) -> tuple[int, Fraction, dict[str, int]]:
        keys, rate = self.spec.keys, self.rate(member)
        count, amount, taken = 0, Fraction(), {"left": 0, "right": 0}
        before = self.carry.get(member, {}).get("pairs", 0)
        while (most is None or count < most) and (wanted is None or amount < wanted):
            pays = rate
            if keys["method"] == "pairs":
                large = small = keys["unit"]
            elif keys["method"] == "cycle":
                large, small = keys["large"], keys["small"]
            elif keys["method"] == "ladder":
                if count == len(keys["steps"]):
                    break
                large = small = keys["steps"][count]["each_leg"]
                pays = Fraction(keys["steps"][count]["amount"] * 100)
            else:
                first = before + count == 0
                small, large = keys["unit"], keys["unit"] * (2 if first else 1)
                pays = Fraction(keys["first_amount" if first else "amount"] * 100)
            bigger, other = ("left", "right") if legs["left"] >= legs["right"] else ("right", "left")
            if legs[bigger] < large * 1000 or legs[other] < small * 1000:
                break
            for side, volume in ((bigger, large), (other, small)):
                legs[side] -= volume * 1000
                taken[side] += volume * 1000
            count, amount = count + 1, amount + pays
        return count, amount, taken
