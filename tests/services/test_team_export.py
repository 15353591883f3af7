"""The team out as a table and in again: nothing changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled, split_name
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member
from organizer.services import companies, files, imports, team, team_export
from organizer.services.preview import Change
from organizer.storage import File, contacts
from organizer.storage import team as stored

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")

NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")) | st.sampled_from("ÆØÅæøå,;\"'=+-@-"),
    min_size=1,
    max_size=12,
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip
AMOUNTS = st.none() | st.integers(0, 10**9)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2026, 10, 31))


@st.composite
def teams(draw: st.DrawFn) -> list[tuple[Member, Contact, dict[str, int]]]:
    """Members with positions in the list as their links, the people who hold them, and their volumes."""
    two_trees, made = draw(st.booleans()), list[tuple[Member, Contact, dict[str, int]]]()
    legs: set[tuple[int, str]] = set()
    for place in range(draw(st.integers(1, 7))):
        sponsor = draw(st.integers(0, place))
        placement = draw(st.none() | st.integers(0, place)) if two_trees else None
        leg = draw(st.sampled_from(("", "left", "right", "3")))
        above = sponsor if placement is None else placement
        if (above, leg) in legs:
            leg = ""
        legs.add((above, leg))
        first, last = split_name(draw(NAMES))
        phone = draw(st.sampled_from(("", "+45 12 34 56 78", "12345678")))
        person = Contact(
            first_name=first, last_name=last, phones=(Labelled(phone),) if phone else (), listed=False
        )
        member = Member(
            number=f"{draw(st.sampled_from(('', 'DK ', '00')))}{place + 10}",
            sponsor_id=sponsor,
            placement_id=placement,
            kind=draw(st.sampled_from(Kind)),
            rank=draw(st.sampled_from(("", "Gold", "Senior Gold"))),
            joined=draw(DAYS),
            last_order=draw(DAYS),
            leg=leg,
        )
        volumes = {name: amount for name in ("pv", "cv") if (amount := draw(AMOUNTS)) is not None}
        made.append((member, person, volumes))
    return made


def fill(file: File, company: Company, made: list[tuple[Member, Contact, dict[str, int]]]) -> None:
    """Put the team below her into the file."""
    own = next(one for one in stored.members(file, company.id) if one.is_self)
    with file.deed("team.import", "made"):
        stored.update(file, [replace(own, number="1", above="Birgit (88001)")])
        people = contacts.insert(file, [person for _member, person, _volumes in made])
        first = stored.next_member_id(file)
        ids = [own.id, *range(first, first + len(made))]
        members = [
            replace(
                member, id=ids[place], company_id=company.id, person_id=person,
                sponsor_id=ids[member.sponsor_id or 0],
                placement_id=None if member.placement_id is None else ids[member.placement_id],
            )
            for place, ((member, _person, _volumes), person) in enumerate(zip(made, people, strict=True), 1)
        ]  # fmt: skip
        stored.insert(file, members)
        for name in ("pv", "cv"):
            told = zip(ids[1:], made, strict=True)
            amounts = {id_: volumes[name] for id_, (_m, _p, volumes) in told if name in volumes}
            stored.set_volumes(file, OCTOBER.key, name, amounts)


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[File]:
    """A file for all of a property's examples."""
    made = files.create(tmp_path_factory.mktemp("team") / "a.organizer", lambda: datetime(2026, 11, 23, 9, 30))
    companies.set_up(made, "Karen Holm", "Vita", "teaching-unilevel")
    yield made
    made.close()


@settings(max_examples=40)
@given(made=teams(), suffix=st.sampled_from(("csv", "xlsx")))
def test_what_was_exported_changes_nothing_when_it_comes_in_again(
    one_file: File,
    made: list[tuple[Member, Contact, dict[str, int]]],
    suffix: str,
) -> None:
    file, folder = one_file, one_file.path.parent
    company = companies.everyone(file)[0]
    target = folder / f"team.{suffix}"
    fill(file, company, made)
    try:
        assert team_export.export_team(file, company, OCTOBER, target) == len(made) + 1
        reading = imports.read_team_file(target, company, file).now()
        preview = imports.preview_team(file, company, reading, OCTOBER)
        assert [problem for problem in preview.problems if not problem.kept] == []
        assert [line for line in preview.lines if line.change is not Change.SAME] == []
        before = (
            stored.members(file, company.id),
            stored.team(file, company.id, OCTOBER.key),
            contacts.everyone(file),
        )
        preview.apply()
        after = (
            stored.members(file, company.id),
            stored.team(file, company.id, OCTOBER.key),
            contacts.everyone(file),
        )
        assert after == before
    finally:
        while stored.members(file, company.id)[0].number:
            files.undo(file)


def test_an_export_makes_the_same_team_in_another_file(
    file: File, company: Company, data: Path, tmp_path: Path
) -> None:
    reading = imports.read_team_file(data / "team_two_trees.xlsx", company, file).now()
    imports.preview_team(file, company, reading, OCTOBER).apply()
    target = tmp_path / "out.csv"
    team_export.export_team(file, company, OCTOBER, target)
    other_id = companies.add(file, "Duft")
    other = next(one for one in companies.everyone(file) if one.id == other_id)
    again = imports.preview_team(file, other, imports.read_team_file(target, other, file).now(), OCTOBER)
    assert not [problem for problem in again.problems if not problem.kept]
    again.apply()
    one, two = stored.team(file, company.id, OCTOBER.key), stored.team(file, other.id, OCTOBER.key)
    for name in ("numbers", "names", "sponsor", "placement", "kinds", "ranks", "joined"):
        assert list(getattr(one, name)) == list(getattr(two, name)), name
    assert one.volumes == two.volumes


def test_only_those_who_were_there_then_are_written(file: File, company: Company, tmp_path: Path) -> None:
    own = next(one for one in stored.members(file, company.id) if one.is_self)
    person = Contact(first_name="Anna", listed=False)
    with file.deed("team.import", "made"):
        stored.update(file, [replace(own, number="1")])
        ids = contacts.insert(file, [person])
        new = Member(stored.next_member_id(file), company.id, ids[0], "2", own.id, since=NOVEMBER.first)
        stored.insert(file, [new])
    assert team_export.export_team(file, company, OCTOBER, tmp_path / "a.csv") == 1
    assert team_export.export_team(file, company, NOVEMBER, tmp_path / "b.csv") == 2


def test_it_never_lands_on_her_own_file(file: File, company: Company, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not a name for a table"):
        team_export.export_team(file, company, OCTOBER, file.path)


def test_whoever_is_seen_in_the_period_goes_out_with_her_figures(tmp_path: Path) -> None:
    file = files.create(tmp_path / "team.organizer", lambda: datetime(2026, 11, 23, 9))
    companies.set_up(file, "Karen Holm", "Vita")
    company = companies.everyone(file)[0]
    me = files.member_of_owner(file, company.id)
    cara = Member(company_id=company.id, sponsor_id=me, joined=date(2023, 5, 1), since=date(2026, 10, 1))
    cara_id = team.add_member(file, cara, Contact(first_name="Cara", listed=False))
    september = Period.parse("2026-09")
    team.set_volume(file, cara_id, september, "pv", 7_000)
    path = tmp_path / "team.csv"
    seen = len(team.view(file, company.id, september).team)
    assert team_export.export_team(file, company, september, path) == seen
    assert "Cara" in path.read_text(encoding="utf-8-sig")
    file.close()
