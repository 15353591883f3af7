"""The file of an older period: nobody gets a leg that another holds, then or in a later period."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.services import imports, team, team_times
from organizer.services.preview import Preview
from organizer.services.team_choices import Choices
from organizer.storage import File

AUGUST, OCTOBER, NOVEMBER, DECEMBER = (Period.parse(f"2026-{month}") for month in ("08", "10", "11", "12"))
Bring = Callable[[str, Period], Preview]
HEAD = "ID,Name,Enroller ID,Placement ID,Leg,Customer Type,PV\n1,Karen Holm,,,,Distributor,1\n"
BEA = "2,Bea,1,1,left,Distributor,2\n"


@pytest.fixture
def bring(file: File, company: Company, tmp_path: Path) -> Bring:
    def brought(rows: str, period: Period) -> Preview:
        path = tmp_path / "team.csv"
        path.write_text(HEAD + rows, "utf-8")
        reading = imports.read_team_file(path, company, file).now()
        preview = imports.preview_team(file, company, reading, period, Choices(me="1"))
        preview.apply()
        return preview

    return brought


def legs(file: File, company: Company, period: Period) -> dict[str, str]:
    """Everybody's place and leg by her number; no leg is held twice."""
    members = team_times.members_at(file, company.id, period)
    number = {one.id: one.number for one in members} | {None: ""}
    there = [one for one in members if not one.since or one.since <= period.last]
    found = {one.number: f"{number[one.placement_id or one.sponsor_id]} {one.leg}".strip() for one in there}
    held = [place for place in found.values() if " " in place]
    assert len(held) == len(set(held))
    return found


def test_whoever_came_later_holds_no_leg_of_then(bring: Bring, file: File, company: Company) -> None:
    bring("3,Cara,1,1,left,Distributor,2\n", OCTOBER)
    preview = bring(BEA, AUGUST)
    assert not any("this leg already" in str(problem.message) for problem in preview.problems)
    assert legs(file, company, AUGUST) == {"1": "", "2": "1 left"}
    assert legs(file, company, OCTOBER) == {"1": "", "2": "1", "3": "1 left"}


def test_a_leg_got_later_by_hand_is_not_given_twice(bring: Bring, file: File, company: Company) -> None:
    cara = "3,Cara,2,2,left,Distributor,2\n"
    bring(BEA + cara, OCTOBER)
    view = team.view(file, company.id, NOVEMBER)
    ids = dict(zip(view.team.numbers, view.team.ids, strict=True))
    team.move_member(file, ids["3"], ids["1"], True, "right", NOVEMBER)
    bring(BEA + cara + "4,Dia,1,1,right,Distributor,3\n", OCTOBER)
    assert legs(file, company, OCTOBER) == {"1": "", "2": "1 left", "3": "2 left", "4": "1 right"}
    assert legs(file, company, NOVEMBER) == {"1": "", "2": "1 left", "3": "1 right", "4": "1"}


def test_a_leg_held_only_in_between_is_not_given_twice(bring: Bring, file: File, company: Company) -> None:
    bring(BEA + "3,Cara,2,2,left,Distributor,2\n", OCTOBER)
    bring(BEA + "3,Cara,1,1,right,Distributor,2\n", NOVEMBER)
    bring(BEA + "3,Cara,2,2,left,Distributor,2\n", DECEMBER)
    bring(BEA + "3,Cara,2,2,left,Distributor,2\n4,Dia,1,1,right,Distributor,3\n", OCTOBER)
    assert legs(file, company, OCTOBER)["4"] == "1 right"
    assert legs(file, company, NOVEMBER)["4"] == "1"
    assert legs(file, company, DECEMBER)["4"] == "1"
