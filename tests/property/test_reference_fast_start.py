"""Bonuses on newcomers against the rule read order by order and step by step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import bonus_reference as ref
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.commission.plan import Plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.team import Team


@dataclass
class Rule:
    """A fast start bonus in the test's own words."""

    paid: str
    rates: list[Decimal]
    days: int | None
    months: int | None
    first_only: bool
    caps: list[int]
    unearned: str
    customers: bool
    minimum: int | None
    rank: int | None
    rounding: str

    def plan(self) -> Plan:
        entries: dict[str, Any] = {"kind": "fast_start", "unearned": self.unearned}
        if self.paid == "percent":
            entries |= {"volume": "cv", "rates": self.rates}
        else:
            entries |= {"amounts": self.rates}
        if self.paid == "items":
            entries |= {"items": "cv"}
        if self.paid == "recruits":
            entries |= {"volume": "cv", "min": self.minimum} if self.minimum is not None else {}
        else:
            entries |= {"first_order_only": self.first_only, "customer_volume": self.customers}
            entries |= {"days": self.days} if self.days is not None else {}
            entries |= {"months": self.months} if self.months is not None else {}
        if self.caps:
            entries |= {"recruit_caps": self.caps}
        if self.rank is not None:
            entries |= {"requires": [{"rank": f"r{self.rank}"}]}
        return ref.plan_of(self.rounding, **entries)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    levels = draw(st.integers(1, 3))
    window = draw(st.sampled_from(["none", "days", "days", "months"]))
    return Rule(
        paid=draw(st.sampled_from(["percent", "percent", "items", "recruits"])),
        rates=draw(st.lists(st.decimals(0, 30, places=2), min_size=levels, max_size=levels)),
        days=draw(st.integers(1, 100)) if window == "days" else None,
        months=draw(st.integers(1, 4)) if window == "months" else None,
        first_only=draw(st.booleans()),
        caps=draw(st.lists(st.integers(0, 60), max_size=levels)),
        unearned=draw(st.sampled_from(["breakage", "breakage", "roll_up", "pass_up"])),
        customers=draw(st.booleans()),
        minimum=draw(st.one_of(st.none(), st.integers(0, 200))),
        rank=draw(st.one_of(st.none(), st.integers(0, 2))),
        rounding=draw(ref.ROUNDING),
    )


class Reference:
    def __init__(self, rule: Rule, team: Team, carry: dict[str, Any], hopeful: bool) -> None:
        self.rule, self.team, self.hopeful = rule, team, hopeful
        self.eyes = ref.Eyes(team)
        self.carry = carry

    def earns(self, member: int) -> bool:
        enough = self.rule.rank is None or self.eyes.rank(member) >= self.rule.rank
        return self.eyes.earns(member) and enough

    def worth(self, member: int) -> Fraction:
        """What counts of the member: money, items or herself."""
        rule = self.rule
        if rule.paid == "recruits":
            enough = rule.minimum is None or self.eyes.volume("cv", member) >= rule.minimum * 1000
            return Fraction(self.eyes.distributor(member) and self.eyes.joined_now(member) and enough)
        if self.eyes.customer(member) and not rule.customers:
            return Fraction()
        volume = self.first_order(member) if rule.first_only else self.in_window(member)
        if rule.paid == "items":
            whole = abs(volume) // 1000
            return Fraction(whole if volume > 0 else -whole)
        return Fraction(volume, 1000)

    def orders(self, member: int) -> list[tuple[Any, int]]:
        return [(order.day, order.volumes["cv"]) for order in self.team.orders if order.member == member]

    def window(self, member: int) -> str:
        """Whether the period lies in her first days: all, some or none of it."""
        rule, joined = self.rule, self.team.joined[member]
        if rule.days is None and rule.months is None:
            return "all"
        if joined is None or joined > ref.OCTOBER.last:
            return "none"
        end = ref.last_day(joined, rule.days, rule.months)
        return "all" if end >= ref.OCTOBER.last else "some" if end >= ref.OCTOBER.first else "none"

    def in_time(self, member: int, day: Any) -> bool:
        joined = self.team.joined[member]
        if self.rule.days is None and self.rule.months is None:
            return True
        return joined is not None and joined <= day <= ref.last_day(joined, self.rule.days, self.rule.months)

    def in_window(self, member: int) -> int:
        total = self.eyes.volume("cv", member)
        if self.window(member) != "some":
            return total if self.window(member) == "all" else 0
        orders = self.orders(member)
        dated = sum(amount for day, amount in orders if self.in_time(member, day))
        undated = total - sum(amount for _day, amount in orders)
        # what may have come in either part counts the way that pays less, or more in the hopeful case
        return dated + (undated if (undated > 0) == self.hopeful else 0)

    def first_order(self, member: int) -> int:
        waited = self.carry.get("bonus", {}).get(member, {}).get("waiting")
        dated = sorted((order for order in self.orders(member) if order[1] > 0), key=lambda order: order[0])
        if waited or self.eyes.joined_now(member):
            if dated:
                return dated[0][1] if self.in_time(member, dated[0][0]) else 0
            return self.in_window(member)
        unknown = "bonus" not in self.carry and self.window(member) != "none"
        return self.in_window(member) if unknown and self.hopeful else 0

    def lines(self) -> list[list[Fraction]]:
        """Each member's lines: every newcomer's worth climbs on its own."""
        found: list[list[Fraction]] = [[] for _ in self.team.ids]
        for member in range(len(self.team)):
            above, worth = self.team.sponsor[member], self.worth(member)
            for level, rate in enumerate(self.rule.rates):
                while above >= 0 and self.eyes.customer(above):
                    above = self.team.sponsor[above]
                if above < 0:
                    break
                receiver = self.receiver(above)
                amount = worth * Fraction(rate) * (1 if self.rule.paid == "percent" else 100)
                if level < len(self.rule.caps):
                    amount = min(amount, Fraction(self.rule.caps[level] * 100))
                if receiver >= 0 and amount:
                    found[receiver].append(amount)
                above = self.team.sponsor[above]
        return found

    def receiver(self, taker: int) -> int:
        if self.earns(taker) or self.rule.unearned == "breakage":
            return taker if self.earns(taker) else -1
        above = self.team.sponsor[taker]
        if self.rule.unearned == "pass_up":
            return above if above >= 0 and self.earns(above) else -1
        while above >= 0 and not self.earns(above):
            above = self.team.sponsor[above]
        return above

    def waiting(self) -> dict[int, dict[str, int]]:
        found = {}
        for member in range(len(self.team)):
            without = self.eyes.joined_now(member) or self.carry.get("bonus", {}).get(member, {}).get("waiting")
            ordered = any(amount > 0 for _day, amount in self.orders(member))
            nothing = self.team.volumes["cv"][member] == 0
            if without and nothing and not ordered and self.window(member) == "all":
                found[member] = {"waiting": 1}
        return found


@st.composite
def carries(draw: st.DrawFn, size: int = 14) -> dict[str, Any]:
    if draw(st.booleans()):
        return {}
    members = draw(st.sets(st.integers(0, size - 1)))
    return {"bonus": {member: {"waiting": 1} for member in members}}


@given(rules(), ref.teams(), carries(), st.booleans())
def test_everyone_is_paid_what_the_rule_says(rule: Rule, team: Team, carry: dict[str, Any], hopeful: bool) -> None:
    carry = {name: {m: kept for m, kept in marks.items() if m < len(team)} for name, marks in carry.items()}
    snapshot = Snapshot(rule.plan(), team, ref.OCTOBER, (), carry)
    if hopeful:
        snapshot = ref.hoping(snapshot)
    reference = Reference(rule, team, carry, hopeful)
    ref.check(snapshot, reference.lines())
    component = snapshot.plan.components[0]
    expected = reference.waiting() if rule.first_only and rule.paid != "recruits" else {}
    assert component.rules.after(component, snapshot) == expected


@given(rules(), ref.teams())
def test_what_hangs_on_a_day_is_said_exactly_where_it_does(rule: Rule, team: Team) -> None:
    snapshot = Snapshot(rule.plan(), team, ref.OCTOBER)
    component, hopeful = snapshot.plan.components[0], ref.hoping(snapshot)
    for member in range(len(team)):
        differs = hopeful.earned("bonus").exact[member] != snapshot.earned("bonus").exact[member]
        if differs and hopeful.earned("bonus").denominator == snapshot.earned("bonus").denominator:
            assert component.rules.unsure(component, snapshot, member)
