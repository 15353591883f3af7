"""The engine against the slow reference, and what must hold for every plan and team."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from commission_reference import Reference, Spec, half_up, render, specs, teams
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.commission.engine import estimate
from organizer.domain.commission.parse import parse_plan
from organizer.domain.commission.snapshot import Snapshot
from organizer.domain.commission.statement import Statement
from organizer.domain.period import Period
from organizer.domain.team import Team

OCTOBER = Period.parse("2026-10")


def statement_of(spec: Spec, team: Team, member: int) -> Statement:
    return estimate(parse_plan(render(spec), "random.toml"), team, OCTOBER, member)


@settings(max_examples=300, deadline=None)
@given(specs(), teams())
def test_ranks_and_activity_are_those_of_the_rule(spec: Spec, team: Team) -> None:
    reference = Reference(spec, team)
    found = Snapshot(parse_plan(render(spec), "random.toml"), team, OCTOBER)
    assert list(found.ranks) == reference.ranks
    assert list(found.active) == [reference.active(member) for member in reference.everyone]


@settings(max_examples=300, deadline=None)
@given(specs(), teams(), st.data())
def test_the_team_bonus_is_that_of_the_rule(spec: Spec, team: Team, data: st.DataObject) -> None:
    earner = data.draw(st.integers(0, len(team) - 1))
    expected = Reference(spec, team).team_amounts(earner)
    result = statement_of(spec, team, earner).components[0]
    assert {line.source: line.amount for line in result.lines if line.amount} == expected
    assert result.paid_count == len(expected)
    assert result.exact == sum(expected.values(), Fraction())
    if spec.rounding == "line":
        assert result.total_minor == sum(half_up(amount) for amount in expected.values())
    else:
        assert result.total_minor == half_up(result.exact)


@settings(max_examples=300, deadline=None)
@given(specs(), teams())
def test_own_sales_pay_what_the_rule_says(spec: Spec, team: Team) -> None:
    reference = Reference(spec, team)
    for earner in reference.everyone:
        expected = [amount for amount in reference.own_amounts(earner) if amount]
        result = statement_of(spec, team, earner).components[1]
        assert [line.amount for line in result.lines if line.amount] == expected


@settings(max_examples=200, deadline=None)
@given(specs(), teams(), st.data())
def test_amounts_add_up_to_the_oere(spec: Spec, team: Team, data: st.DataObject) -> None:
    statement = statement_of(spec, team, data.draw(st.integers(0, len(team) - 1)))
    for result in statement.components:
        assert sum(line.minor for line in result.lines) + result.rounding == result.total_minor
        assert all(line.minor == half_up(line.amount) for line in result.lines)
        assert spec.rounding != "line" or result.rounding == 0
    assert sum(result.total_minor for result in statement.components) + statement.rounding == statement.total_minor
    if spec.rounding == "total":
        exact = sum((result.exact for result in statement.components), Fraction())
        assert statement.total_minor == half_up(exact)
    else:
        assert statement.rounding == 0


@settings(max_examples=150, deadline=None)
@given(specs(), teams(), st.data())
def test_the_order_of_members_makes_no_difference(spec: Spec, team: Team, data: st.DataObject) -> None:
    places = data.draw(st.permutations(range(len(team))))
    earner = data.draw(st.integers(0, len(team) - 1))
    shuffled = rearranged(team, places)
    before = statement_of(spec, team, earner)
    after = statement_of(spec, shuffled, places.index(earner))
    assert after.total_minor == before.total_minor
    assert (after.rank, after.active, after.unknown) == (before.rank, before.active, before.unknown)
    for one, other in zip(before.components, after.components, strict=True):
        described = [(team.ids[line.source], line.level, line.minor, str(line.reason)) for line in one.lines]
        assert [(shuffled.ids[line.source], line.level, line.minor, str(line.reason)) for line in other.lines] == (
            described
        )


def rearranged(team: Team, places: list[int]) -> Team:
    """The same team with member `places[i]` at place i."""
    now_at = {member: place for place, member in enumerate(places)}

    def links(parent: list[int]) -> list[int]:
        return [now_at[parent[member]] if parent[member] >= 0 else -1 for member in places]

    return replace(
        team,
        ids=[team.ids[member] for member in places],
        names=[team.names[member] for member in places],
        sponsor=links(list(team.sponsor)),
        placement=links(list(team.placement)),
        kinds=[team.kinds[member] for member in places],
        volumes={name: [figures[member] for member in places] for name, figures in team.volumes.items()},
    )


@settings(max_examples=150, deadline=None)
@given(specs(), teams(), teams(), st.data())
def test_unrelated_branches_make_no_difference(spec: Spec, team: Team, other: Team, data: st.DataObject) -> None:
    earner = data.draw(st.integers(0, len(team) - 1))
    size = len(team)

    def joined(here: list[int], there: list[int]) -> list[int]:
        return [*here, *(above + size if above >= 0 else -1 for above in there)]

    both = replace(
        team,
        ids=range(1, size + len(other) + 1),
        names=[*team.names, *other.names],
        sponsor=joined(list(team.sponsor), list(other.sponsor)),
        placement=joined(list(team.placement), list(other.placement)),
        kinds=[*team.kinds, *other.kinds],
        volumes={name: [*team.volumes[name], *other.volumes[name]] for name in team.volumes},
    )
    alone, together = statement_of(spec, team, earner), statement_of(spec, both, earner)
    assert (together.total_minor, together.rank, together.unknown, together.team_size) == (
        alone.total_minor,
        alone.rank,
        alone.unknown,
        alone.team_size,
    )


@settings(max_examples=150, deadline=None)
@given(specs(), teams(), st.data())
def test_every_line_has_its_reason_and_its_place(spec: Spec, team: Team, data: st.DataObject) -> None:
    earner = data.draw(st.integers(0, len(team) - 1))
    lines = statement_of(spec, team, earner).components[0].lines
    reference = Reference(spec, team)
    assert sorted(line.source for line in lines) == sorted(set(reference.group(spec.tree, earner)) - {earner})
    deepest = max((len(row) for row in spec.rows), default=0)
    levels = [deepest + 1 if line.level is None else line.level for line in lines]
    assert levels == sorted(levels)
    assert list(lines) == lines[:] == [lines[place] for place in range(len(lines))]
    assert all(str(line.reason) for line in lines)
    assert all(line.base == team.volumes["cv"][line.source] for line in lines)
