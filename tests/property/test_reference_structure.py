"""Structure bonuses against the rule, asked of one member after the other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import bonus_reference as ref
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.commission.plan import Plan
from organizer.domain.team import Team


@dataclass
class Rule:
    width: int
    amounts: list[int]
    minimum: int
    team_minimum: int | None
    tree: str
    counted: str
    customers: bool
    cumulative: bool
    rounding: str

    def plan(self) -> Plan:
        entries = {"volume": "pv", "min": self.minimum, "tree": self.tree, "counted": self.counted}
        if self.team_minimum is not None:
            entries |= {"team_volume": "cv", "team_min": self.team_minimum}
        return ref.plan_of(
            self.rounding, kind="structure", width=self.width, amounts=self.amounts,
            customers_count=self.customers, cumulative=self.cumulative, **entries,
        )  # fmt: skip


RULES = st.builds(
    Rule,
    st.integers(1, 3),
    st.lists(st.integers(0, 1500), min_size=1, max_size=4),
    st.integers(0, 150),
    st.one_of(st.none(), st.integers(0, 600)),
    st.sampled_from(["sponsor", "placement"]),
    st.sampled_from(["personals", "legs"]),
    st.booleans(),
    st.booleans(),
    ref.ROUNDING,
)


class Reference:
    def __init__(self, rule: Rule, team: Team) -> None:
        self.rule, self.team, self.eyes = rule, team, ref.Eyes(team)

    def holds(self, member: int, level: int) -> bool:
        rule, eyes = self.rule, self.eyes
        if not eyes.earns(member):
            return False
        if level == 1:
            team = [member, *eyes.under(rule.tree, member)]
            if rule.team_minimum is not None:
                together = sum(eyes.volume("cv", other) for other in team)
                if together < rule.team_minimum * 1000:
                    return False
            able = [
                o for o in eyes.recruits(member) if eyes.distributor(o) or (rule.customers and eyes.customer(o))
            ]
            return sum(eyes.volume("pv", other) >= rule.minimum * 1000 for other in able) >= rule.width
        if not self.holds(member, level - 1):
            return False
        if rule.counted == "personals":
            return sum(self.holds(other, level - 1) for other in eyes.recruits(member)) >= rule.width
        legs = [eyes.group(rule.tree, other) for other in eyes.under(rule.tree, member)]
        return sum(any(self.holds(other, level - 1) for other in leg) for leg in legs) >= rule.width

    def counts(self, member: int) -> bool:
        return self.eyes.distributor(member) or (self.rule.customers and self.eyes.customer(member))

    def lines(self, member: int) -> list[Fraction]:
        levels = range(1, len(self.rule.amounts) + 1)
        held = [Fraction(self.rule.amounts[level - 1] * 100) for level in levels if self.holds(member, level)]
        return held if self.rule.cumulative else held[-1:]


@given(RULES, ref.teams())
def test_everyone_is_paid_what_the_rule_says(rule: Rule, team: Team) -> None:
    reference = Reference(rule, team)
    ref.check(ref.seen(rule.plan(), team), [reference.lines(member) for member in range(len(team))])
