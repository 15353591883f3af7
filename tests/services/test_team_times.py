"""The team as it was: what is stored for one period leaves the others as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.result import Refusal
from organizer.domain.team import Kind, Member, Tree
from organizer.domain.team_change import Difference
from organizer.services import companies, files, team, team_history, team_times
from organizer.storage import File, team_past
from organizer.storage import team as stored

MONTHS = [Period.parse(f"2026-{month:02}") for month in range(6, 12)]
JULY, AUGUST, SEPTEMBER, OCTOBER = MONTHS[1:5]


@pytest.fixture
def file(tmp_path):
    with_team = files.create(tmp_path / "team.organizer", lambda: datetime(2026, 11, 23, 9))
    companies.add(with_team, "Vita")
    yield with_team
    with_team.close()


def add(file: File, name: str, above: int, **more: object) -> int:
    member = Member(company_id=1, sponsor_id=above, **more)  # type: ignore[arg-type]
    return team.add_member(file, member, Contact(first_name=name, listed=False))


def three(file: File, months: Sequence[Period] = MONTHS[:5]) -> tuple[int, int, int]:
    """Anna and Bo under her, Carl under Bo; Carl's figures in each of the months."""
    me = files.member_of_owner(file, 1) or 0
    anna, bo = add(file, "Anna", me), add(file, "Bo", me)
    carl = add(file, "Carl", bo)
    for month in months:
        team.set_volume(file, carl, month, "pv", 40_000)
    return anna, bo, carl


def has_past(file: File) -> bool:
    return bool(team_past.known_until(file, 1))


def above(file: File, period: Period, member: int) -> int:
    seen = team.view(file, 1, period).team
    up = seen.sponsor[list(seen.ids).index(member)]
    return seen.ids[up] if up >= 0 else 0


def test_a_move_counts_from_its_period_on_and_undo_takes_the_past_back_too(file):
    anna, bo, carl = three(file)
    team.move_member(file, carl, anna, period=OCTOBER)
    assert [above(file, month, carl) for month in (AUGUST, SEPTEMBER, OCTOBER)] == [bo, bo, anna]
    september, october = team.view(file, 1, SEPTEMBER), team.view(file, 1, OCTOBER)
    assert september.is_past
    assert not october.is_past
    assert september.group[list(september.team.ids).index(bo)] == 40_000
    assert october.group[list(october.team.ids).index(anna)] == 40_000
    files.undo(file)
    assert above(file, OCTOBER, carl) == bo
    assert not has_past(file)


def test_a_move_there_and_back_within_a_period_leaves_no_past(file):
    anna, bo, carl = three(file)
    team.move_member(file, carl, anna, period=OCTOBER)
    team.move_member(file, carl, bo, period=OCTOBER)
    assert not has_past(file)
    assert above(file, SEPTEMBER, carl) == bo


def test_the_first_period_with_figures_has_no_past(file):
    anna, _bo, carl = three(file, MONTHS[:1])
    team.move_member(file, carl, anna, period=MONTHS[0])
    assert not has_past(file)
    assert {above(file, month, carl) for month in MONTHS} == {anna}


def test_what_is_said_of_a_past_period_leaves_later_ones_alone(file):
    anna, _bo, _carl = three(file)
    team.save_member(file, replace(stored.get(file, anna), rank="Star"), OCTOBER)
    team.save_member(file, replace(stored.get(file, anna), rank="Gold"), SEPTEMBER)
    ranks = [team.view(file, 1, month).team.ranks[1] for month in (AUGUST, SEPTEMBER, OCTOBER)]
    assert ranks == ["", "Gold", "Star"]


def test_no_order_of_files_makes_a_month_run_in_a_circle(file):
    me = files.member_of_owner(file, 1) or 0
    two, four = add(file, "Two", me, since=SEPTEMBER.first), add(file, "Four", me, since=SEPTEMBER.first)

    def told(month: Period, links: dict[int, int]) -> None:
        with file.deed("team.import", "month.csv"):
            known = {one.id: one for one in team_times.members_at(file, 1, month)}
            now = [replace(known[id_], sponsor_id=up, since=month.first) for id_, up in links.items()]
            team_times.store(file, 1, month, now)
            stored.set_volumes(file, month.key, "pv", dict.fromkeys(links, 1000))

    told(SEPTEMBER, {two: me, four: two})
    told(JULY, {four: me})
    told(SEPTEMBER, {two: four, four: me})
    for month in MONTHS:
        for shown in Tree:
            view = team.view(file, 1, month, shown, JULY)
            for member in view.team.ids:
                assert list(team_history.groups(file, view, member, MONTHS))
    assert above(file, SEPTEMBER, two) == four
    assert above(file, JULY, four) == me


def test_a_rank_of_then_stays_when_another_comes(file):
    anna, _bo, _carl = three(file)
    for month, rank in ((AUGUST, "Star"), (OCTOBER, "Gold")):
        member = stored.get(file, anna)
        team.save_member(file, replace(member, rank=rank), month)

    def rank_in(month: Period) -> str:
        seen = team.view(file, 1, month).team
        return seen.ranks[list(seen.ids).index(anna)]

    assert [rank_in(month) for month in (JULY, AUGUST, SEPTEMBER, OCTOBER)] == ["", "Star", "", "Gold"]


def test_what_an_old_file_tells_changes_that_period_alone(file):
    anna, bo, carl = three(file)
    with file.deed("team.import", "august.csv"):
        then = replace(stored.get(file, carl), sponsor_id=anna, rank="Star", number="77")
        team_times.store(file, 1, AUGUST, [then])
    assert [above(file, month, carl) for month in (JULY, AUGUST, SEPTEMBER, OCTOBER)] == [bo, anna, bo, bo]
    assert stored.get(file, carl).number == "77"
    assert [one.rank for one in team_times.members_at(file, 1, AUGUST) if one.id == carl] == ["Star"]


def test_an_old_file_with_a_circle_stores_nothing(file):
    _anna, bo, carl = three(file)
    with pytest.raises(Refusal, match="circle"), file.deed("team.import", "august.csv"):
        then = replace(stored.get(file, bo), sponsor_id=carl)
        team_times.store(file, 1, AUGUST, [then])
    assert above(file, AUGUST, bo) == files.member_of_owner(file, 1)


def test_who_came_later_is_not_there_yet_and_hers_hang_on_the_next_one_up(file):
    anna, bo, _carl = three(file)
    late = add(file, "Late", anna, joined=date(2026, 10, 5))
    early = add(file, "Early", late, joined=date(2026, 7, 1))
    assert late not in team.view(file, 1, SEPTEMBER).team.ids
    assert above(file, SEPTEMBER, early) == anna
    assert above(file, OCTOBER, early) == late
    assert bo in team.view(file, 1, MONTHS[0]).team.ids


def test_compared_with_an_earlier_period_each_member_has_one_word(file):
    anna, bo, carl = three(file)
    left, grown = add(file, "Left", anna), add(file, "Grown", anna)
    new = add(file, "New", anna, since=OCTOBER.first)
    team.set_volume(file, grown, SEPTEMBER, "pv", 10_000)
    team.set_volume(file, grown, OCTOBER, "pv", 30_000)
    team.move_member(file, carl, anna, period=OCTOBER)
    team.save_member(file, replace(stored.get(file, left), kind=Kind.CANCELLED), OCTOBER)
    view = team.view(file, 1, OCTOBER, Tree.SPONSOR, SEPTEMBER)
    words = dict(zip(view.team.ids, view.changes.of, strict=True))
    assert words[new] is Difference.NEW
    assert words[carl] is Difference.MOVED
    assert words[left] is Difference.LOST
    assert words[grown] is Difference.GROWN
    assert words[bo] is Difference.SAME
    for told, other in ((OCTOBER, MONTHS[5]), (MONTHS[5], OCTOBER)):
        unknown = team.view(file, 1, told, Tree.SPONSOR, other).changes
        assert set(unknown.group) == set(unknown.personal) == {None}
    at = list(view.team.ids).index(anna)
    assert view.changes.group[at] == 60_000
    assert view.changes.personal[at] is None


def test_group_volumes_of_every_period_are_those_that_the_tree_of_then_gives(file):
    anna, bo, carl = three(file)
    team.move_member(file, carl, anna, period=SEPTEMBER)
    team.move_member(file, carl, bo, placement=True, period=OCTOBER)
    for shown in Tree:
        for member in (files.member_of_owner(file, 1) or 0, anna, bo, carl):
            now = team.view(file, 1, OCTOBER, shown)
            found = list(team_history.groups(file, now, member, MONTHS))
            for month, total in zip(MONTHS, found, strict=True):
                view = team.view(file, 1, month, shown)
                assert (total or 0) == view.group[list(view.team.ids).index(member)]


def test_a_removed_member_leaves_no_past_behind(file):
    anna, _bo, carl = three(file, MONTHS[:3])
    gone = add(file, "Gone", anna)
    team.move_member(file, carl, gone, period=AUGUST)
    for month in (SEPTEMBER, OCTOBER):
        team.set_volume(file, carl, month, "pv", 40_000)
    team.move_member(file, carl, anna, period=OCTOBER)
    team.remove_member(file, gone)
    assert above(file, SEPTEMBER, carl) == anna
    files.undo(file)
    assert above(file, SEPTEMBER, carl) == gone


_SNAPSHOT = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["", "Star", "Gold"])), min_size=5, max_size=5)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(5)), st.lists(_SNAPSHOT, min_size=5, max_size=5))
def test_whatever_is_told_of_each_month_in_whatever_order_is_shown_of_that_month(tmp_path_factory, order, months):
    folder: Path = tmp_path_factory.mktemp("times")
    file = files.create(folder / "team.organizer", lambda: datetime(2026, 11, 23, 9))
    try:
        companies.add(file, "Vita")
        me = files.member_of_owner(file, 1) or 0
        ids = [me, *(add(file, f"M{number}", me) for number in range(5))]
        told = set[int]()
        for month in order:
            period = MONTHS[month]
            with file.deed("team.import", "month.csv"):
                known = {one.id: one for one in team_times.members_at(file, 1, period)}
                # nobody stands below one who came after her, so no month runs in a circle
                now = [
                    replace(known[ids[n + 1]], sponsor_id=ids[min(up, n)], rank=rank)
                    for n, (up, rank) in enumerate(months[month])
                ]
                team_times.store(file, 1, period, [one for one in now if one != known[one.id]])
                stored.set_volumes(file, period.key, "pv", {me: 1000})
            told.add(month)
            for other in told:
                seen = {one.id: one for one in team_times.members_at(file, 1, MONTHS[other])}
                for n, (up, rank) in enumerate(months[other]):
                    assert (seen[ids[n + 1]].sponsor_id, seen[ids[n + 1]].rank) == (ids[min(up, n)], rank)
    finally:
        file.close()
