"""Where she and others stand: the rank, the next one, and what it takes, leg by leg; or why that isn't told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.period import Period, written
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member
from organizer.services import companies, files, plans, team, team_progress
from organizer.services.team import TeamView
from organizer.storage import File

OCTOBER = Period.parse("2026-10")


def add(file: File, company: Company, name: str, above: int, pv: int | None, **fields: object) -> int:
    first, last = name.split()
    member = Member(company_id=company.id, sponsor_id=above, **fields)  # type: ignore[arg-type]
    new = team.add_member(file, member, Contact(first_name=first, last_name=last, listed=False))
    if pv is not None:
        team.set_volume(file, new, OCTOBER, "pv", pv * 1000)
    return new


def seen(file: File, company: Company) -> TeamView:
    return team.view(file, company.id, OCTOBER)


@pytest.fixture
def me(file: File, company: Company) -> int:
    """Karen with 250 PV; Anna with 90 and Bo below her with 800; Cilla, of whom nothing is known."""
    me = files.member_of_owner(file, company.id)
    assert me
    team.set_volume(file, me, OCTOBER, "pv", 250_000)
    anna = add(file, company, "Anna Ek", me, 90)
    add(file, company, "Bo Ny", anna, 800)
    add(file, company, "Cilla Ås", me, None)
    return me


def test_every_condition_has_its_figures_and_its_legs(file: File, company: Company, me: int) -> None:
    view = seen(file, company)
    found = team_progress.progress(file, view, me)
    assert found.why_not is None
    assert found.next is not None
    group = next(one for one in found.asked if one.own is not None)
    assert group.own == 250_000
    names = view.team.names
    assert [(names[leg.head], leg.counts, leg.unknown) for leg in group.legs] == [
        ("Anna Ek", 890_000, 0),
        ("Cilla Ås", 0, 1),
    ]
    assert group.unknown == 1
    efforts = [step.effort for step in found.steps]
    assert efforts == sorted(efforts)


def test_any_member_can_be_asked_about(file: File, company: Company, me: int) -> None:
    view = seen(file, company)
    anna = view.team.ids[view.team.names.index("Anna Ek")]
    found = team_progress.progress(file, view, anna)
    own = next(one for one in found.asked if not one.legs)
    assert (own.requirement.has, own.requirement.met) == (90_000, False)


def test_what_the_company_says_is_told_where_it_differs(file: File, company: Company, me: int) -> None:
    member = replace(_member(file, me), rank="Diamond")
    team.save_member(file, member, OCTOBER)
    assert team_progress.progress(file, seen(file, company), me).told == "Diamond"
    found = team_progress.progress(file, seen(file, company), me)
    assert found.rank is not None
    team.save_member(file, replace(member, rank=found.rank.en.upper()), OCTOBER)
    assert team_progress.progress(file, seen(file, company), me).told == ""


def _member(file: File, id_: int) -> Member:
    found = team.details(file, id_, OCTOBER)
    assert found
    return found.member


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Kind.CUSTOMER, "A customer buys and holds no rank."), (Kind.CANCELLED, "She has left.")],
)
def test_who_holds_no_rank_gets_a_sentence(file: File, company: Company, me: int, kind: Kind, words: str) -> None:
    who = add(file, company, "Dea Vig", me, 500, kind=kind)
    found = team_progress.progress(file, seen(file, company), who)
    assert str(found.why_not).startswith(words)
    assert not found.asked


def test_without_a_plan_or_ranks_that_is_said(file: File, company: Company, me: int) -> None:
    view = replace(seen(file, company), plan=None)
    assert "Choose a compensation plan" in str(team_progress.progress(file, view, me).why_not)
    with pytest.raises(Refusal):
        team_progress.prepare(file, view)
    plan = plans.by_id(company.plan_id, file)
    assert plan
    bare = replace(view, plan=replace(plan, ranks=()))
    assert "has no ranks" in str(team_progress.progress(file, bare, me).why_not)
    assert "isn't in the team" in str(team_progress.progress(file, view, 9999).why_not)


def test_a_period_that_the_plan_has_not_is_said(file: File, company: Company, me: int) -> None:
    view = replace(seen(file, company), period=written("2026-W41"))
    assert "no such period" in str(team_progress.progress(file, view, me).why_not)


def test_the_top_has_no_next_rank(file: File, company: Company, me: int) -> None:
    view = seen(file, company)
    ladder = team_progress.ladder(file, view)
    top = len(ladder.plan.ranks) - 1
    ladder.snapshot.ranks[:] = top
    assert team_progress.progress(file, view, me).next is None
    assert ladder.next_rank(0) is None


def test_one_views_ranks_are_worked_out_once_and_let_go_with_it(file: File, company: Company, me: int) -> None:
    view = seen(file, company)
    assert team_progress.known(view) is None
    ladder = team_progress.ladder(file, view)
    assert team_progress.known(view) is ladder
    assert team_progress.prepare(file, view).now() is ladder
    other = seen(file, company)
    assert team_progress.known(other) is None
    del view
    assert team_progress._Kept.ladder is None


def test_several_companies_are_kept_apart(file: File, company: Company, me: int) -> None:
    companies.add(file, "Nova", "teaching-stairstep")
    other = next(one for one in companies.everyone(file) if one.name == "Nova")
    own = files.member_of_owner(file, other.id)
    assert own
    found = team_progress.progress(file, team.view(file, other.id, OCTOBER), own)
    assert found.why_not is None
    assert all(asked.unknown or asked.requirement.has == 0 for asked in found.asked)
