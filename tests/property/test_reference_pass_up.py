"""Pass-up against the slow reference: each recruiter's recruits are counted off one by one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from levels_reference import Levels
from world_reference import Entries, Facts, World, half_up
from world_strategies import RATES, asked, base, worlds

from organizer.domain.team import Kind

PASSED, OWN = 1, 2


@st.composite
def pass_ups(draw: st.DrawFn, ranks: int) -> Entries:
    """A pass-up bonus of whatever options there are."""
    rates = {f"{share}_percent": draw(RATES) for share in ("keeper", "recruiter", "upline")}
    return {
        "id": "up", "kind": "pass_up", "pass_ups": draw(st.integers(1, 3)), **rates,
        "counted": draw(st.sampled_from(["recruits", "buyers"])),
        "goes_to": draw(st.sampled_from(["sponsor", "next_keeper"])),
        "nobody_above": draw(st.sampled_from(["company", "recruiter"])),
        **draw(st.sampled_from([{}, {"roll_up": True}])),
        **draw(st.sampled_from([{}, {"customer_volume": False}])),
        **draw(base()), **draw(asked(ranks)),
    }  # fmt: skip


@st.composite
def worlds_with_pass_ups(draw: st.DrawFn) -> World:
    world = draw(worlds())
    counted = st.sampled_from([{"counted": PASSED}, {"counted": OWN}])
    before = draw(st.dictionaries(st.integers(0, len(world.team) - 1), counted, max_size=3))
    return replace(world, components=[draw(pass_ups(len(world.ranks)))], carry={**world.carry, "up": before})


class Reference:
    """Who is passed up to whom, and who is paid what for it."""

    def __init__(self, world: World) -> None:
        self.facts, self.component, self.world = Facts(world), world.components[0], world
        self.state = {member: kept["counted"] for member, kept in world.carry["up"].items()}
        self.buyers = self.component["counted"] == "buyers"
        if not self.buyers:
            self.state = {}
        for member in self.facts.everyone:
            self._count_off(member)

    def above(self, member: int) -> int:
        """Who recruited her: the nearest above who isn't a customer."""
        over = self.facts.team.sponsor[member]
        while over >= 0 and self.facts.is_a(over, Kind.CUSTOMER):
            over = self.facts.team.sponsor[over]
        return over

    def recruits(self, member: int) -> list[int]:
        counts = self.component.get("customer_volume", True)
        team = self.facts.team
        found = [one for one in self.facts.everyone if self.above(one) == member
                 and (counts or not self.facts.is_a(one, Kind.CUSTOMER))]  # fmt: skip
        known = sorted((team.joined[one], team.ids[one], one) for one in found if team.joined[one])
        return [one for *_key, one in known] + [one for one in found if not team.joined[one]]

    def passed_by(self, member: int) -> int:
        return sum(1 for one in self.facts.everyone if self.above(one) == member and self.state.get(one) == PASSED)

    def _count_off(self, member: int) -> None:
        if self.facts.is_a(member, Kind.CUSTOMER):
            return
        for recruit in self.recruits(member):
            if recruit in self.state:
                continue
            if self.buyers and self.facts.volume(self.component["volume"], recruit) <= 0:
                continue
            self.state[recruit] = PASSED if self.passed_by(member) < self.component["pass_ups"] else OWN

    def done(self, member: int) -> bool:
        return self.passed_by(member) >= self.component["pass_ups"]

    def upline(self, recruiter: int) -> int:
        over = self.above(recruiter)
        while self.component["goes_to"] == "next_keeper" and over >= 0 and not self.done(over):
            over = self.above(over)
        return over

    def shares(self, source: int) -> list[tuple[str, int]]:
        """Whose share of what she buys is whose."""
        recruiter = self.above(source)
        if recruiter < 0:
            return []
        up = self.state.get(source) == PASSED or (source not in self.state and not self.done(recruiter))
        up = up and source in self.recruits(recruiter)
        if up and self.upline(recruiter) < 0 and self.component["nobody_above"] == "recruiter":
            up = False
        if not up:
            return [("keeper_percent", recruiter)]
        return [("recruiter_percent", recruiter), ("upline_percent", self.upline(recruiter))]

    def paid(self, whose: int) -> int:
        """Who gets what is hers."""
        while whose >= 0 and not self.facts.qualified(whose, self.component):
            whose = self.facts.team.sponsor[whose] if self.component.get("roll_up") else -1
        return whose

    def lines(self) -> list[tuple[int, int, Fraction]]:
        """Who is paid, for whose volume, how much."""
        levels, found = Levels(self.facts, {**self.component, "rates": []}, self.facts.team.sponsor), []
        for source in self.facts.everyone:
            for share, whose in self.shares(source):
                amount = levels.base(source) * Fraction(self.component[share]) / 100
                if amount and self.paid(whose) >= 0:
                    found.append((self.paid(whose), source, amount))
        return found


@settings(max_examples=120)
@given(worlds_with_pass_ups())
def test_a_pass_up_pays_what_the_rule_says(world: World) -> None:
    reference, snapshot = Reference(world), world.snapshot()
    component = snapshot.plan.component("up")
    expected, everyone = reference.lines(), snapshot.earned("up")
    for member in range(len(world.team)):
        hers = sorted((source, amount) for paid, source, amount in expected if paid == member)
        result = component.rules.pay(component, snapshot, member)
        assert sorted((line.source, line.amount) for line in result.lines if line.amount) == hers
        exact = sum((amount for _source, amount in hers), Fraction())
        minor = sum(half_up(amount) for _source, amount in hers) if world.rounding == "line" else half_up(exact)
        assert result.total_minor == minor == int(everyone.minor[member])
        assert Fraction(int(everyone.exact[member]), everyone.denominator) == exact == result.exact
        assert sum(line.minor for line in result.lines) + result.rounding == result.total_minor
        assert all(str(line.reason) for line in result.lines)
    after = {member: kept["counted"] for member, kept in component.rules.after(component, snapshot).items()}
    assert after == (reference.state if reference.buyers else {})
