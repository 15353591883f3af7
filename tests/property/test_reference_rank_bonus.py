"""Rank bonuses over several periods against the rule, read off each member's whole history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import bonus_reference as ref
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.commission import ranks
from organizer.domain.commission.plan import Plan
from organizer.domain.team import Team

MONTHS = [ref.OCTOBER.shifted(number) for number in range(6)]


@dataclass
class Rule:
    amounts: dict[str, int]
    maintain: int
    instalments: int
    grace: int
    skipped: bool
    days: int | None
    months: int | None
    rounding: str

    def plan(self) -> Plan:
        within: dict[str, int] = {} if self.days is None else {"days": self.days}
        within |= {} if self.months is None else {"months": self.months}
        within |= {"grace": self.grace} if self.grace else {}
        return ref.plan_of(
            self.rounding, kind="rank_bonus", amounts=self.amounts, maintain=self.maintain,
            instalments=self.instalments, pay_skipped=self.skipped, **within,
        )  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    window = draw(st.sampled_from(["none", "none", "days", "months"]))
    return Rule(
        amounts=draw(st.dictionaries(st.sampled_from(["r0", "r1", "r2"]), st.integers(0, 1000), min_size=1)),
        maintain=draw(st.integers(1, 3)),
        instalments=draw(st.integers(1, 4)),
        grace=draw(st.integers(0, 2)),
        skipped=draw(st.booleans()),
        days=draw(st.integers(1, 120)) if window == "days" else None,
        months=draw(st.integers(1, 5)) if window == "months" else None,
        rounding=draw(ref.ROUNDING),
    )


class Reference:
    """`teams` are the same people in one month after the other."""

    def __init__(self, rule: Rule, teams: list[Team], highest: Mapping[int, int], hopeful: bool) -> None:
        self.rule, self.highest, self.hopeful = rule, highest, hopeful
        self.eyes = [ref.Eyes(team, month) for team, month in zip(teams, MONTHS, strict=False)]

    def payments(self, member: int, rank: int) -> list[int]:
        """What is paid for a rank in each month."""
        paid = [0] * len(self.eyes)
        if self.highest.get(member, -1) >= rank:
            return paid
        holds = [eyes.earns(member) and eyes.rank(member) >= rank for eyes in self.eyes]
        start = 0
        while start < len(holds):
            if not holds[start]:
                start += 1
                continue
            if self.stopped(member, rank, start):
                return paid
            end = start
            while end < len(holds) and holds[end]:
                end += 1
            if end - start >= self.rule.maintain:
                self.instalments(paid, holds, start + self.rule.maintain - 1, self.rule.amounts[f"r{rank}"] * 100)
                return paid
            start = end
        return paid

    def instalments(self, paid: list[int], holds: list[bool], first: int, minor: int) -> None:
        given, missed, count = 0, 0, 0
        for month in range(first, len(holds)):
            missed += not holds[month]
            if missed > self.rule.grace or count == self.rule.instalments:
                return
            if holds[month]:
                count += 1
                together = ref.half_up(Fraction(minor * count, self.rule.instalments))
                paid[month], given = together - given, together

    def stopped(self, member: int, rank: int, month: int) -> bool:
        eyes = self.eyes[month]
        timing = self.timing(member, month)
        if timing == "late" or (eyes.rank(member) > rank and not self.rule.skipped):
            return True
        unclear = member not in self.highest and not self.eyes[0].joined_now(member)
        return not self.hopeful and (unclear or timing == "undated")

    def timing(self, member: int, month: int) -> str:
        rule, joined, period = self.rule, self.eyes[0].team.joined[member], MONTHS[month]
        if rule.days is None and rule.months is None:
            return "in time"
        if joined is None or joined > period.last:
            return "undated"
        end = ref.last_day(joined, rule.days, rule.months)
        return "late" if end < period.first else "undated" if end < period.last else "in time"


@settings(max_examples=40)
@given(rules(), ref.teams(8), st.data(), st.booleans())
def test_everyone_is_paid_what_the_rule_says(rule: Rule, team: Team, data: st.DataObject, hopeful: bool) -> None:
    size = len(team)
    months = data.draw(st.integers(1, 6))
    figures = [data.draw(st.lists(ref.PV, min_size=size, max_size=size)) for _ in range(months)]
    teams = [replace(team, volumes={**team.volumes, "pv": figures_}) for figures_ in figures]
    highest = data.draw(st.dictionaries(st.integers(0, size - 1), st.integers(-1, 2)))
    reference = Reference(rule, teams, highest, hopeful)
    expected = {
        (member, rank): reference.payments(member, int(rank[1:]))
        for member in range(size)
        for rank in rule.amounts
    }
    plan = rule.plan()
    carry: dict[str, Any] = {"ranks": {member: {"highest": rank} for member, rank in highest.items()}}
    for number, month in enumerate(teams):
        snapshot = ref.seen(plan, month, carry, MONTHS[number])
        if hopeful:
            snapshot = ref.hoping(snapshot)
        lines = [[Fraction(expected[member, rank][number]) for rank in rule.amounts] for member in range(size)]
        ref.check(snapshot, lines)
        component = plan.components[0]
        carry = {"bonus": component.rules.after(component, snapshot), "ranks": ranks.after(snapshot)}


@given(rules(), ref.teams())
def test_what_hangs_on_the_past_is_said_where_it_does(rule: Rule, team: Team) -> None:
    snapshot = ref.seen(rule.plan(), team)
    component, hopeful = snapshot.plan.components[0], ref.hoping(snapshot)
    for member in range(len(team)):
        if hopeful.earned("bonus").minor[member] != snapshot.earned("bonus").minor[member]:
            assert component.rules.unsure(component, snapshot, member)
