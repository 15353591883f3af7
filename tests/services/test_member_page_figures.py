"""Where a member stands and her history, as her page tells them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from test_team_moves import NOVEMBER, OCTOBER, add, made

from organizer.domain.period import Period
from organizer.domain.team import Tree
from organizer.services import team, team_history, team_moves
from organizer.services.member_page import Places
from organizer.storage import File


def test_the_way_to_her_and_her_legs() -> None:
    #     0 ─ 1 ─ 2 ─ 3, and 4 below 1; placed: 4 under 3
    view = made([-1, 0, 1, 2, 1], [-1, 0, 1, 2, 3], [None, 1, 2, 30, 4], Tree.SPONSOR)
    view = replace(view, active=[None, True, None, True, False])
    place = Places(view).place(1)
    assert (list(place.path), place.above, place.other) == ([0], 0, -1)
    assert (place.below, place.active_below, place.frontline) == (3, 1, 2)
    assert [(leg.position, leg.members, leg.active) for leg in place.legs] == [(2, 2, 1), (4, 1, 0)]
    assert (Places(view).place(4).above, Places(view).place(4).other) == (1, 3)
    assert Places(view).place(3).active_below is None
    assert list(Places(view).place(3).path) == [0, 1, 2]


def test_history_has_a_year_and_gaps_where_nothing_is_known(file: File, company: Any) -> None:
    me = team.view(file, company.id, NOVEMBER).team.ids[0]
    anna, bo = add(file, company, "Anna", me), add(file, company, "Bo", me)
    carl = add(file, company, "Carl", anna)
    september = Period.parse("2026-09")
    for period in (september, NOVEMBER):
        team.set_volume(file, anna, period, "pv", 5_000)
        team.set_volume(file, carl, period, "pv", 2_000)
    team.set_volume(file, anna, OCTOBER, "pv", 0)
    member = team.details(file, anna, NOVEMBER)
    assert member
    team.save_member(file, replace(member.member, rank="Gold"), NOVEMBER)
    view = team.view(file, company.id, NOVEMBER)
    team_moves.move(file, view, carl, bo, Tree.SPONSOR)
    view = team.view(file, company.id, NOVEMBER)
    points = team_history.history(file, view, anna)
    assert [point.period.key for point in points[:1]] == ["2025-11"]
    assert [point.own for point in points[-4:]] == [None, 5_000, 0, 5_000]
    assert [point.rank for point in points[-3:]] == ["", "", "Gold"]
    groups = list(team_history.groups(file, view, anna, [point.period for point in points]))
    assert groups[-4:] == [None, 7_000, 0, 5_000], "Carl stood below her until October"
    assert list(team_history.groups(file, view, bo, [september, NOVEMBER])) == [None, 2_000]
    earlier = team.view(file, company.id, Period.parse("2025-01"))
    assert team_history.history(file, earlier, anna)[-1].period == earlier.period
    assert team_history.history(file, view, 999) == []
