"""Lists to act on: who is on them by the slow definitions, and that nobody is judged by what isn't known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.domain.company import Company
from organizer.domain.contact import Contact, Labelled
from organizer.domain.period import Period
from organizer.domain.team import Kind, Member
from organizer.domain.timeline import EntryKind
from organizer.i18n import say
from organizer.services import files, team, team_lists, team_progress, timeline
from organizer.services.team import TeamView
from organizer.services.team_lists import TeamList
from organizer.storage import File
from organizer.storage import team as stored

OCTOBER, SEPTEMBER, AUGUST = (Period.parse(f"2026-{month}") for month in ("10", "09", "08"))


def add(file: File, company: Company, name: str, volumes: dict[Period, int], **fields: object) -> int:
    """A member under Karen, with her PV by period."""
    first, _space, last = name.partition(" ")
    member = Member(company_id=company.id, sponsor_id=files.member_of_owner(file, company.id), **fields)  # type: ignore[arg-type]
    new = team.add_member(file, member, Contact(first_name=first, last_name=last, listed=False))
    for period, amount in volumes.items():
        team.set_volume(file, new, period, "pv", amount)
    return new


def seen(file: File, company: Company, period: Period = OCTOBER) -> TeamView:
    return team.view(file, company.id, period)


def names(found: TeamList) -> list[str]:
    return [row.name for row in found.rows]


def told(found: TeamList) -> list[str]:
    return [say(note.text, note.values) for note in (found.meaning, *found.notes)]


def test_silence_is_only_what_is_known(file: File, company: Company) -> None:
    add(file, company, "Quiet One", {SEPTEMBER: 0, OCTOBER: 0})
    add(file, company, "Half Known", {OCTOBER: 0})
    add(file, company, "Back Again", {SEPTEMBER: 0, OCTOBER: 5})
    add(file, company, "Was There", {SEPTEMBER: 5, OCTOBER: 0})
    add(file, company, "Not Known", {})
    add(file, company, "Her Customer", {SEPTEMBER: 0, OCTOBER: 0}, kind=Kind.CUSTOMER)
    add(file, company, "Has Left", {SEPTEMBER: 0, OCTOBER: 0}, kind=Kind.CANCELLED)
    found = team_lists.silent(file, company.id, seen(file, company), 2)
    assert names(found) == ["Quiet One"]
    assert told(found)[1] == "Of 2 more some figures aren't known, so they aren't here."
    assert names(team_lists.silent(file, company.id, seen(file, company), 1)) == [
        "Half Known", "Quiet One", "Was There",
    ]  # fmt: skip


def test_a_month_without_figures_is_named_and_passed_over(file: File, company: Company) -> None:
    add(file, company, "Quiet One", {AUGUST: 0, OCTOBER: 0})
    found = team_lists.silent(file, company.id, seen(file, company), 2)
    assert names(found) == ["Quiet One"]
    assert told(found)[1] == "No figures are known for September 2026."
    assert "August 2026, October 2026" in told(found)[0]


def test_too_little_known_calls_nobody_silent(file: File, company: Company) -> None:
    add(file, company, "Quiet One", {OCTOBER: 0})
    found = team_lists.silent(file, company.id, seen(file, company), 3)
    assert not found.rows
    assert "known for 1 of the 3 periods" in told(found)[0]
    empty = team_lists.silent(file, company.id, seen(file, company, Period.parse("2025-01")), 1)
    assert not empty.rows


def test_new_are_those_who_joined_then_the_latest_first(file: File, company: Company) -> None:
    add(file, company, "In August", {}, joined=date(2026, 8, 1))
    add(file, company, "In October", {}, joined=date(2026, 10, 31), kind=Kind.CUSTOMER)
    add(file, company, "In November", {}, joined=date(2026, 11, 1))
    add(file, company, "Long Ago", {}, joined=date(2020, 1, 1))
    add(file, company, "Left Again", {}, joined=date(2026, 10, 2), kind=Kind.CANCELLED)
    add(file, company, "Nobody Knows", {OCTOBER: 1})
    found = team_lists.new(file, company.id, seen(file, company), 3)
    assert names(found) == ["In October", "In August"]
    assert names(team_lists.new(file, company.id, seen(file, company), 1)) == ["In October"]
    assert told(found)[1] == "For 1 in the team nobody knows when they joined."


def test_who_came_with_a_later_file_is_new_and_who_came_with_the_first_is_not(
    file: File, company: Company
) -> None:
    add(file, company, "First File", {OCTOBER: 1}, since=SEPTEMBER.first)
    add(file, company, "Later File", {OCTOBER: 1}, since=OCTOBER.first)
    assert stored.first_known(file, company.id)
    found = team_lists.new(file, company.id, seen(file, company), 2)
    assert names(found) == ["Later File"]


def test_a_row_says_how_to_reach_her_and_what_was_last(file: File, company: Company) -> None:
    who = add(file, company, "Ann Ek", {OCTOBER: 0}, number="7", last_order=date(2026, 9, 1))
    person = team.details(file, who, OCTOBER)
    assert person
    timeline.add_entry(file, person.contact.id, date(2026, 11, 2), EntryKind.TALK)
    timeline.set_next_step(file, person.contact.id, date(2026, 12, 1), "Ask how it goes")
    (row,) = team_lists.silent(file, company.id, seen(file, company), 1).rows
    assert (row.name, row.number, row.above, row.last_order) == ("Ann Ek", "7", "Karen Holm", date(2026, 9, 1))
    assert row.last_talk == date(2026, 11, 2)
    assert row.step
    assert row.step.body == "Ask how it goes"
    assert (row.personal, row.group) == (0, 0)


def test_a_group_of_which_nothing_is_known_is_not_zero(file: File, company: Company) -> None:
    add(file, company, "New One", {}, joined=date(2026, 10, 5))
    (row,) = team_lists.new(file, company.id, seen(file, company), 1).rows
    assert (row.personal, row.group) == (None, None)


def test_close_are_those_with_enough_of_everything(file: File, company: Company) -> None:
    add(file, company, "Her Customer", {OCTOBER: 10_000_000}, kind=Kind.CUSTOMER)
    add(file, company, "Has Left", {OCTOBER: 10_000_000}, kind=Kind.CANCELLED)
    for pv in (0, 40, 70, 90, 99):
        add(file, company, f"With {pv}", {OCTOBER: pv * 1000})
    add(file, company, "Not Known", {})
    view = seen(file, company)
    ladder = team_progress.ladder(file, view)
    for percent in (10, 50, 80, 100):
        found = team_lists.close(file, company.id, view, ladder, percent)
        least = ladder.closeness.least
        wanted = {
            view.team.names[at] for at in range(len(view.team)) if at != view.team.me and least[at] >= percent
        }
        assert set(names(found)) == wanted
        shares = [int(least[row.position]) for row in found.rows]
        assert shares == sorted(shares, reverse=True)
        assert all(row.why for row in found.rows)
    assert "may be close" in told(team_lists.close(file, company.id, view, ladder, 100))[1]


def test_help_never_names_customers_those_who_left_or_herself(file: File, company: Company) -> None:
    add(file, company, "Was Active", {SEPTEMBER: 500_000, OCTOBER: 10_000})
    add(file, company, "Her Customer", {SEPTEMBER: 500_000, OCTOBER: 0}, kind=Kind.CUSTOMER)
    add(file, company, "Has Left", {SEPTEMBER: 500_000, OCTOBER: 0}, kind=Kind.CANCELLED)
    assert names(team_lists.help_(file, company.id, seen(file, company))) == ["Was Active"]


FIGURES = st.sampled_from([None, 0, 0, -5, 7])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(FIGURES, FIGURES, FIGURES, st.sampled_from(Kind)), min_size=1, max_size=5),
    st.integers(1, 3),
)
def test_silent_is_what_the_words_say(
    file: File, company: Company, people: Sequence[tuple[int | None, int | None, int | None, Kind]], periods: int
) -> None:
    with pytest.raises(_Back), file.deed("sample.load"):
        ids = [add(file, company, f"P {at}", {}, kind=one[3]) for at, one in enumerate(people)]
        figures = [one[:3] for one in people]
        for at, period in enumerate((OCTOBER, SEPTEMBER, AUGUST)):
            stored.set_volumes(file, period.key, "pv", dict(zip(ids, [one[at] for one in figures], strict=True)))
        known = [at for at in range(3) if any(one[at] is not None for one in figures)][:periods]
        found = team_lists.silent(file, company.id, seen(file, company), periods)
        expected = {
            ids[place]
            for place, one in enumerate(people)
            if one[3] is Kind.DISTRIBUTOR
            and all((amount := figures[place][at]) is not None and amount <= 0 for at in known)
        }
        assert {row.id for row in found.rows} == (expected if len(known) == periods else set())
        raise _Back


class _Back(Exception):  # noqa: N818 - takes the deed back
    pass


def test_phones_and_mail_are_there(file: File, company: Company) -> None:
    me = files.member_of_owner(file, company.id)
    person = Contact(
        first_name="Eva", phones=(Labelled("12 34 56 78"),), emails=(Labelled("eva@example.com"),), listed=False
    )
    new = team.add_member(file, Member(company_id=company.id, sponsor_id=me), person)
    team.set_volume(file, new, OCTOBER, "pv", 0)
    (row,) = team_lists.silent(file, company.id, seen(file, company), 1).rows
    assert (row.phone, row.email) == ("12 34 56 78", "eva@example.com")


def test_who_to_help_has_the_reason_beside_her(file: File, company: Company) -> None:
    add(file, company, "Was Active", {SEPTEMBER: 500_000, OCTOBER: 10_000})
    add(file, company, "Less Now", {SEPTEMBER: 900_000, OCTOBER: 300_000})
    add(file, company, "New Zero", {OCTOBER: 0}, joined=date(2026, 9, 3))
    add(file, company, "New Unknown", {}, joined=date(2026, 10, 3))
    found = team_lists.help_(file, company.id, seen(file, company))
    why = {row.name: [say(one.text, one.values) for one in row.why] for row in found.rows}
    assert why == {
        "Was Active": ["Active in September 2026, not now"],
        "Less Now": ["Less than half of her volume in September 2026"],
        "New Zero": ["New, no volume yet"],
        "New Unknown": ["New, no volume yet"],
    }
