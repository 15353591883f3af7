"""Targets against the rule, asked of one member after the other."""

from __future__ import annotations

from dataclasses import dataclass
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
    tiers: list[dict[str, Any]]
    pays: str
    of: str
    tree: str
    without_own: bool
    per: str | None
    once: bool
    days: int | None
    rounding: str

    def plan(self) -> Plan:
        entries: dict[str, Any] = {"kind": "target", "tiers": self.tiers, "pays": self.pays, "once": self.once}
        if any("percent" in tier for tier in self.tiers):
            entries |= {"volume": "cv", "of": self.of}
            if self.of != "own":
                entries |= {"tree": self.tree, "without_own": self.without_own}
        entries |= {"per": self.per} if self.per else {}
        entries |= {"days": self.days} if self.days is not None else {}
        return ref.plan_of(self.rounding, **entries)


TREES = st.sampled_from(["sponsor", "placement"])
CONDITIONS = st.one_of(
    st.fixed_dictionaries({"volume": st.just("pv"), "min": st.integers(0, 200)}),
    st.fixed_dictionaries(
        {"volume": st.just("cv"), "of": st.just("group"), "tree": TREES, "min": st.integers(0, 900)}
    ),
    st.fixed_dictionaries({"personals": st.integers(1, 3)}),
    st.fixed_dictionaries({"active_personals": st.integers(1, 3)}),
    st.fixed_dictionaries({"rank": st.sampled_from(["r0", "r1", "r2"])}),
)


@st.composite
def tiers(draw: st.DrawFn) -> dict[str, Any]:
    tier: dict[str, Any] = {"all": draw(st.lists(CONDITIONS, max_size=2))}
    if draw(st.booleans()):
        return tier | {"percent": draw(st.decimals("0.01", 30, places=2))}
    return tier | {"amount": draw(st.decimals(0, 200, places=2))}


RULES = st.builds(
    Rule,
    st.lists(tiers(), min_size=1, max_size=3),
    st.sampled_from(["best", "cumulative"]),
    st.sampled_from(["own", "frontline", "group"]),
    TREES,
    st.booleans(),
    st.sampled_from([None, None, "personals", "active_personals", "customers"]),
    st.booleans(),
    st.one_of(st.none(), st.none(), st.integers(1, 90)),
    ref.ROUNDING,
)


class Reference:
    def __init__(self, rule: Rule, team: Team, marks: dict[int, dict[str, int]] | None, hopeful: bool) -> None:
        self.rule, self.team, self.marks, self.hopeful = rule, team, marks, hopeful
        self.eyes = ref.Eyes(team)

    def meets(self, condition: dict[str, Any], member: int) -> bool:
        eyes = self.eyes
        if "volume" in condition:
            among = eyes.group(condition["tree"], member) if "of" in condition else [member]
            return sum(eyes.volume(condition["volume"], other) for other in among) >= condition["min"] * 1000
        if "personals" in condition:
            return sum(map(eyes.distributor, eyes.recruits(member))) >= condition["personals"]
        if "active_personals" in condition:
            return sum(map(eyes.earns, eyes.recruits(member))) >= condition["active_personals"]
        return eyes.rank(member) >= int(condition["rank"][1:])

    def met(self, member: int) -> list[dict[str, Any]]:
        return [tier for tier in self.rule.tiers if all(self.meets(one, member) for one in tier["all"])]

    def amount(self, tier: dict[str, Any], member: int) -> Fraction:
        rule, eyes = self.rule, self.eyes
        if "amount" in tier:
            return Fraction(Decimal(tier["amount"])) * 100
        among = {
            "own": [member],
            "frontline": [member, *eyes.under(rule.tree, member)],
            "group": eyes.group(rule.tree, member),
        }[rule.of]
        if rule.of != "own" and rule.without_own:
            among = among[1:]
        return Fraction(sum(eyes.volume("cv", other) for other in among), 1000) * Fraction(tier["percent"])

    def asked(self, member: int) -> bool:
        sorts = {
            "personals": self.eyes.distributor,
            "active_personals": self.eyes.earns,
            "customers": self.eyes.customer,
        }
        return sorts[self.rule.per](member) if self.rule.per else self.eyes.distributor(member)

    def paid_for(self, member: int) -> bool:
        """Whether time and history allow it."""
        if not self.asked(member) or self.mark(member, "paid"):
            return False
        timing = self.timing(member)
        doubtful = timing == "undated" or self.unclear(member)
        return timing != "late" and (self.hopeful or not doubtful)

    def mark(self, member: int, name: str) -> bool:
        return self.rule.once and bool((self.marks or {}).get(member, {}).get(name))

    def unclear(self, member: int) -> bool:
        if not self.rule.once:
            return False
        return not self.eyes.joined_now(member) if self.marks is None else self.mark(member, "unclear")

    def timing(self, member: int) -> str:
        joined, period = self.team.joined[member], ref.OCTOBER
        if self.rule.days is None:
            return "in time"
        if joined is None or joined > period.last:
            return "undated"
        end = ref.last_day(joined, self.rule.days, None)
        return "late" if end < period.first else "undated" if end < period.last else "in time"

    def lines(self, earner: int) -> list[Fraction]:
        found = []
        if not self.eyes.earns(earner):
            return []
        for member in self.eyes.recruits(earner) if self.rule.per else [earner]:
            met = self.met(member) if self.paid_for(member) else []
            found += [self.amount(tier, member) for tier in (met if self.rule.pays == "cumulative" else met[-1:])]
        return found

    def kept(self) -> dict[int, dict[str, int]]:
        found = {}
        for member in range(len(self.team)):
            sponsor = self.team.sponsor[member] if self.rule.per else member
            receives = sponsor >= 0 and self.eyes.earns(sponsor)
            in_time, asked = self.timing(member) != "late", self.asked(member)
            might = self.unclear(member) and asked and in_time
            if self.mark(member, "paid") or (receives and self.met(member) and (self.paid_for(member) or might)):
                found[member] = {"paid": 1}
            elif might or (self.unclear(member) and in_time and self.marks is not None):
                found[member] = {"unclear": 1}
        return found


MARKS = st.one_of(
    st.none(),
    st.dictionaries(st.integers(0, 13), st.sampled_from([{"paid": 1}, {"unclear": 1}])),
)


@given(RULES, ref.teams(), MARKS, st.booleans())
def test_everyone_is_paid_what_the_rule_says(
    rule: Rule, team: Team, marks: dict[int, dict[str, int]] | None, hopeful: bool
) -> None:
    marks = None if marks is None else {member: mark for member, mark in marks.items() if member < len(team)}
    snapshot = ref.seen(rule.plan(), team, None if marks is None else {"bonus": marks})
    if hopeful:
        snapshot = ref.hoping(snapshot)
    reference = Reference(rule, team, marks, hopeful)
    ref.check(snapshot, [reference.lines(member) for member in range(len(team))])
    component = snapshot.plan.components[0]
    assert component.rules.after(component, snapshot) == (reference.kept() if rule.once else {})


@given(RULES, ref.teams(), MARKS)
def test_what_hangs_on_the_past_is_said_where_it_does(
    rule: Rule, team: Team, marks: dict[int, dict[str, int]] | None
) -> None:
    marks = None if marks is None else {member: mark for member, mark in marks.items() if member < len(team)}
    snapshot = ref.seen(rule.plan(), team, None if marks is None else {"bonus": marks})
    component, hopeful = snapshot.plan.components[0], ref.hoping(snapshot)
    for member in range(len(team)):
        if hopeful.earned("bonus").exact[member] != snapshot.earned("bonus").exact[member]:
            assert component.rules.unsure(component, snapshot, member)
