"""Pools against the rule: everybody's shares are counted, the pool is cut by them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import bonus_reference as ref
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.commission.plan import Plan
from organizer.domain.team import Team


@dataclass
class Rule:
    percent: Decimal
    by: str
    shares: dict[str, int]
    places: list[int]
    ties: str
    company: int | None
    total: int | None
    typed: bool
    rounding: str

    def plan(self) -> Plan:
        entries: dict[str, Any] = {"kind": "pool", "volume": "company", "percent": self.percent, "by": self.by}
        if self.by == "rank":
            entries |= {"shares": self.shares}
        elif self.by in ("volume", "place"):
            entries |= {"own": "cv"}
        if self.by == "place":
            entries |= {"places": self.places, "ties": self.ties}
        return ref.plan_of(self.rounding, **entries, **({"total_shares": "shares"} if self.typed else {}))


RULES = st.builds(
    Rule,
    st.decimals(0, 5, places=2),
    st.sampled_from(["rank", "volume", "equal", "place", "place"]),
    st.dictionaries(st.sampled_from(["r0", "r1", "r2"]), st.integers(1, 10), min_size=1),
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
    st.sampled_from(["split", "all", "earlier_order"]),
    st.one_of(st.none(), st.integers(0, 10**10)),
    st.one_of(st.none(), st.integers(0, 10**6)),
    st.booleans(),
    ref.ROUNDING,
)


class Reference:
    def __init__(self, rule: Rule, team: Team) -> None:
        self.rule, self.team, self.eyes = rule, team, ref.Eyes(team)

    def last_order(self, member: int) -> date:
        if self.rule.ties != "earlier_order":
            return date.max
        days = [order.day for order in self.team.orders if order.member == member and order.volumes["cv"] > 0]
        return max(days, default=date.max)

    def shares(self) -> list[Fraction]:
        rule, eyes = self.rule, self.eyes
        everyone = range(len(self.team))
        if rule.by == "rank":
            found = [Fraction(rule.shares.get(f"r{eyes.rank(member)}", 0)) for member in everyone]
        elif rule.by == "volume":
            found = [Fraction(max(0, eyes.volume("cv", member)), 1000) for member in everyone]
        elif rule.by == "equal":
            found = [Fraction(1) for _ in everyone]
        else:
            found = self.by_place()
        return [share if eyes.earns(member) else Fraction() for member, share in enumerate(found)]

    def by_place(self) -> list[Fraction]:
        """Everybody claims a place for each who isn't ahead of her."""
        found = []
        claims = [
            (-self.eyes.volume("cv", member), self.last_order(member))
            for member in range(len(self.team))
            if self.eyes.earns(member) and self.eyes.volume("cv", member) > 0
        ]
        for member in range(len(self.team)):
            mine = (-self.eyes.volume("cv", member), self.last_order(member))
            ahead, alike = sum(claim < mine for claim in claims), claims.count(mine)
            places = self.rule.places + [0] * len(claims)
            if mine[0] >= 0 or not alike:
                found.append(Fraction())
            elif self.rule.ties == "all":
                found.append(Fraction(places[ahead]))
            else:
                found.append(Fraction(sum(places[ahead : ahead + alike]), alike))
        return found

    def amounts(self) -> list[Fraction]:
        shares = self.shares()
        total = sum(shares) if not self.rule.typed else None if self.rule.total is None else self.rule.total
        if self.rule.company is None or not total:
            return [Fraction()] * len(shares)
        pool = Fraction(self.rule.company, 1000) * 100 * Fraction(self.rule.percent) / 100
        return [pool * share / total for share in shares]


@given(RULES, ref.teams())
def test_everyone_is_paid_what_the_rule_says(rule: Rule, team: Team) -> None:
    size, total = len(team), None if rule.total is None else rule.total * 1000
    typed = {"company": [rule.company] * size, "shares": [total] * size}
    team = replace(team, volumes={**team.volumes, **typed})
    reference = Reference(rule, team)
    snapshot = ref.seen(rule.plan(), team)
    ref.check(snapshot, [[amount] for amount in reference.amounts()])
    component = snapshot.plan.components[0]
    missing = rule.company is None or (rule.typed and rule.total is None)
    for member, share in enumerate(reference.shares()):
        result = component.rules.pay(component, snapshot, member)
        assert (result.unknown is not None) == (missing and share > 0)
