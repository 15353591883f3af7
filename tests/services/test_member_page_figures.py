"""Where a member stands and her history, as her page tells them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from test_team_moves import NOVEMBER, OCTOBER, add, made

from organizer.domain.period import Period
from organizer.domain.team import Kind, Tree
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
    assert Places(view).place(3).active_below == 0
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


def test_only_distributors_are_active_and_nobody_below_is_none_active() -> None:
    #     0 ─ 1 (a customer), 2 ─ 3 of whom it isn't known, 4 (a customer) below 3
    view = made([-1, 0, 0, 2, 3], [-1, 0, 0, 2, 3], [None] * 5, Tree.SPONSOR)
    kinds = [Kind.DISTRIBUTOR, Kind.CUSTOMER, Kind.DISTRIBUTOR, Kind.DISTRIBUTOR, Kind.CUSTOMER]
    view = replace(view, team=replace(view.team, kinds=kinds), active=[True, None, True, None, None])
    places = Places(view)
    assert [places.place(at).active_below for at in range(5)] == [1, 0, None, 0, 0]
    assert {leg.position: leg.active for leg in places.place(0).legs} == {1: 0, 2: 1}
    assert [leg.active for leg in places.place(2).legs] == [None]


def test_legs_with_a_side_are_told_left_before_right() -> None:
    view = made([-1, 0, 0, 0], [-1, 0, 0, 0], [None, 1, 5, 9], Tree.PLACEMENT)
    assert [leg.position for leg in Places(view).place(0).legs] == [3, 2, 1]
    view = replace(view, team=replace(view.team, legs=["", "left", "right", ""]))
    assert [leg.position for leg in Places(view).place(0).legs] == [1, 2, 3]
    view = replace(view, team=replace(view.team, legs=["", "10", "2", "1"]))
    assert [leg.position for leg in Places(view).place(0).legs] == [3, 2, 1]


def test_a_customer_and_who_has_left_are_neither_active_nor_not(file: File, company: Any) -> None:
    me = team.view(file, company.id, NOVEMBER).team.ids[0]
    anna, bo, carl = (add(file, company, name, me) for name in ("Anna", "Bo", "Carl"))
    for one, kind in ((bo, Kind.CUSTOMER), (carl, Kind.CANCELLED)):
        found = team.details(file, one, NOVEMBER)
        assert found
        team.save_member(file, replace(found.member, kind=kind), NOVEMBER)
    for one in (anna, bo, carl):
        team.set_volume(file, one, NOVEMBER, "pv", 900_000_000)
    view = team.view(file, company.id, NOVEMBER)
    told = dict(zip(view.team.ids, view.active, strict=True))
    assert [told[anna], told[bo], told[carl]] == [True, None, None]
