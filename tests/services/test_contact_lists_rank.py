"""Who is close to the next rank, as a condition of a list of contacts."""

from __future__ import annotations

from datetime import date

import pytest

from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.contact_filter import Condition, Field, Filter, Op
from organizer.domain.period import Period
from organizer.domain.team import Member
from organizer.services import contact_lists, files, team, team_progress
from organizer.services.contact_lists import NearRank
from organizer.storage import File

TODAY, OCTOBER = date(2026, 11, 23), Period.parse("2026-10")


@pytest.fixture
def people(file: File, company: Company) -> dict[str, int]:
    """Persons by name, with their own volumes; Bo stands in the team only, and not in Contacts."""
    me = files.member_of_owner(file, company.id)
    found, members = {}, {"": me}
    told = (("Anna", "", 90), ("Bo", "", 95), ("Cilla", "", 0), ("Dorte", "", 60))
    below = [(f"{name}{leg}", name, 400) for name in ("Anna", "Bo", "Dorte") for leg in (1, 2)]
    for name, above, pv in (*told, *below):
        who = Contact(first_name=name, listed=name != "Bo")
        members[name] = team.add_member(file, Member(company_id=company.id, sponsor_id=members[above]), who)
        team.set_volume(file, members[name], OCTOBER, "pv", pv * 1000)
        place = team.details(file, members[name], OCTOBER)
        assert place is not None
        found[name] = place.contact.id
    return found


def close(percent: int, *, negated: bool = False) -> Filter:
    return Filter((Condition(Field.RANK, Op.WITHIN, percent, negated),))


def test_those_who_lack_little_are_found_as_the_team_tells_it(
    file: File, company: Company, people: dict[str, int]
) -> None:
    view = team.view(file, company.id, OCTOBER)
    least = team_progress.ladder(file, view).closeness.least
    lacks = {view.team.person_ids[at]: 100 - int(share) for at, share in enumerate(least) if share >= 0}
    assert [lacks[people[name]] for name in ("Anna", "Dorte", "Cilla")] == [10, 40, 100]
    for percent in (1, 9, 10, 11, 39, 40, 99, 100):
        wanted = {id_ for name, id_ in people.items() if name != "Bo" and lacks[id_] <= percent}
        assert contact_lists.found(file, close(percent), TODAY) == wanted
        others = set(people.values()) - {people["Bo"]} - wanted
        assert contact_lists.found(file, close(percent, negated=True), TODAY) == others


def test_what_was_worked_out_is_kept_until_the_team_changes(
    file: File, company: Company, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    near = NearRank(file)
    first = contact_lists.found(file, close(100), TODAY, near)
    asked = []
    monkeypatch.setattr(team_progress, "ladder", lambda *_told: asked.append(1))
    assert contact_lists.found(file, close(100), TODAY, near) == first
    assert asked == []
