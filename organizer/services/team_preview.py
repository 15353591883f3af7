"""What a team file would change, shown before it is applied as one deed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from organizer.domain.company import Company
from organizer.domain.contact import fold
from organizer.domain.period import Period
from organizer.domain.result import Message
from organizer.exchange.team_rows import TeamReading
from organizer.i18n import N_
from organizer.services import file_layouts, files, periods, team_apply, team_import, team_times
from organizer.services.jobs import uncollected
from organizer.services.preview import Preview
from organizer.services.team_choices import NOTHING_CHOSEN, Choices
from organizer.services.team_import import Amounts, Comparison, Known
from organizer.services.team_reading import period_guess
from organizer.storage import File, contacts, team

NOBODY_KNOWN = N_("Nobody in this file is in your team yet. Does it belong to another company?")
"""Said first of all, in Preview.notes."""

IS_THAT_YOU = N_("Your name is {own}; the file's row has {name}. Is that you?")
"""Asked in Preview.notes where the row that is guessed to be hers has another name."""


def preview_team(
    file: File, company: Company, reading: TeamReading, period: Period, choices: Choices = NOTHING_CHOSEN
) -> Preview:
    """What the team file would change in `company`, its volumes being those of `period`.

    `choices` are what she chose in an earlier preview of it. While her number isn't known it is guessed. Raises
    Refusal when `choices.me` can't be hers.
    """
    with uncollected():
        before = _periods_before(file, company, reading, period)
        known = _known(file, company, period, before)
        comparison = team_import.compare(
            reading.records, reading.told, known, choices, reading.trees, reading.repeated
        )

    def apply() -> None:
        with uncollected(), file.deed("team.import", reading.file):
            to = team_apply.Applied(company, period, before, reading.file)
            team_apply.apply(file, comparison, known, to)
            if choices.confirmed:
                file_layouts.remember(file, company.id, reading.headings, reading.mapping.to_json())

    numbers = {row.number for row in reading.records} if reading.repeated else set()
    twice = {row.row for row in reading.repeated if row.number in numbers}
    problems = [problem for problem in reading.problems if problem.kept or problem.row not in twice]
    # what is told at the heading is about the whole file, and no row's
    problems = [replace(one, row=0) if one.row == reading.mapping.header_row else one for one in problems]
    return Preview(
        reading.file,
        comparison.lines,
        sorted([*problems, *comparison.problems], key=lambda problem: problem.row),
        apply,
        [*_whose_file(comparison, known), *_who_she_is(comparison, known, not choices.me)],
        comparison.me,
        comparison.tops,
        comparison.links.below,
        period_guess(file, company, reading),
    )


def _whose_file(comparison: Comparison, known: Known) -> Iterator[Message]:
    """The doubt whether it is this company's file, where it has nobody of those who are in the team."""
    numbers = comparison.links.in_file
    others = any(not member.is_self for member in known.members.values())
    strange = others and numbers and known.by_number.keys().isdisjoint(numbers)
    if strange and not any(line.doubt for line in comparison.lines):
        yield Message(NOBODY_KNOWN)


def _who_she_is(comparison: Comparison, known: Known, guessed: bool) -> Iterator[Message]:
    if not comparison.me or comparison.me in known.by_number:
        return
    own = next((item.row for item in comparison.placed if item.row.number == comparison.me), None)
    if own:
        yield Message("{name} ({number}) is taken as you.", {"name": own.name, "number": own.number})
        if guessed and known.owner and own.name and fold(known.owner) != fold(own.name):
            yield Message(IS_THAT_YOU, {"own": known.owner, "name": own.name})
    else:
        yield Message("The file has no row for you; {number} is taken as your number.", {"number": comparison.me})


def _periods_before(file: File, company: Company, reading: TeamReading, period: Period) -> dict[int, Period]:
    """The earlier periods that the file has figures of, by how many back."""
    calendar = periods.calendar_of(file, company.id)
    if not calendar.has(period):
        return {}
    backs = {back for row in reading.records for back in row.earlier}
    return {back: calendar.shifted(period, -back) for back in sorted(backs) if back > 0}


def _known(file: File, company: Company, period: Period, before: Mapping[int, Period]) -> Known:
    members = {member.id: member for member in team_times.members_at(file, company.id, period)}
    # the whole address book is read once; a person may hold a place, be a contact, or both
    people = {person.id: person for person in contacts.everyone(file)}
    ids = list(members)
    starts: dict[int, date] = {0: period.first, **{back: one.first for back, one in before.items()}}
    return Known(
        members,
        people,
        _amounts(file, ids, period),
        files.owner(file).name,
        {back: _amounts(file, ids, one) for back, one in before.items()},
        starts,
        any(one.first > period.last for one in periods.stored(file, company.id))
        or team_times.is_past(file, company.id, period),
        period.last,
    )


def _amounts(file: File, ids: list[int], period: Period) -> Amounts:
    loaded = team.volumes(file, ids, period.key)
    return {
        name: {id_: amount for id_, amount in zip(ids, amounts, strict=True) if amount is not None}
        for name, amounts in loaded.items()
    }
