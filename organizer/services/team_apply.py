"""Puts what was compared of a team file into the file, within the running deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from organizer.domain.company import Company
from organizer.domain.contact import Contact
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.domain.team import Member, Past, TreeError, check_links
from organizer.i18n import N_
from organizer.services import suppression, team_times
from organizer.services.team_import import Comparison, Differ, Known, Placed
from organizer.services.team_people import person_after, person_of
from organizer.storage import File, contacts, team, team_past


@dataclass(frozen=True)
class Applied:
    """What is applied where: `before` are the periods before it that figures can go into, by how many back."""

    company: Company
    period: Period
    before: Mapping[int, Period]
    source: str


def apply(file: File, comparison: Comparison, known: Known, to: Applied) -> None:
    """Store the new members, what changes of the known ones, and everybody's figures. Raises Refusal."""
    placed, links = comparison.placed, comparison.links
    new = [item for item in placed if item.before is None]
    people = _people_for(file, new, to.source)
    _name_own_place(file, comparison, known)
    ids = [member.id if member else 0 for member in links.members]
    for id_, item in enumerate(new, team.next_member_id(file)):
        ids[item.node] = id_
    work = Differ(links, comparison.legs, known, comparison.told)
    added = [
        replace(work.after(item, ids), id=ids[item.node], company_id=to.company.id, person_id=person)
        for item, person in zip(new, people, strict=True)
    ]
    today = _in_free_legs(file, added, to) if known.late else added
    team.insert(file, today)
    # who stands in another's leg by now stood in it then
    then = [one for one, now in zip(added, today, strict=True) if one.leg != now.leg]
    _update_known(file, comparison, known, ids, to, then)
    _check(file, to.company)
    _set_volumes(file, placed, ids, known, to)


def _in_free_legs(file: File, added: Sequence[Member], to: Applied) -> list[Member]:
    """The new members of an older period as they stand today: somebody may have got their leg since."""
    everyone: list[Member | Past] = list(team.members(file, to.company.id))
    for records in team_past.of_members(file, [one.id for one in everyone if isinstance(one, Member)]).values():
        everyone += [one for one in records if one.until > to.period.last]
    held = {(one.placement_id or one.sponsor_id, one.leg) for one in everyone if one.leg}
    return [
        replace(one, leg="") if (one.placement_id or one.sponsor_id, one.leg) in held else one for one in added
    ]


def _name_own_place(file: File, comparison: Comparison, known: Known) -> None:
    """Her own place gets her number, also where the file has no row for her."""
    own, me = known.own, comparison.me
    # a number that somebody else holds already can't be hers, whatever the file looks like
    if own and me and not own.number and me not in known.by_number:
        stored = team.get(file, own.id)
        if stored and not any(item.row.number == me for item in comparison.placed):
            team.update(file, [replace(stored, number=me)])


def _people_for(file: File, new: Sequence[Placed], source: str) -> list[int]:
    """The people who hold the new places: those who surely are the same person, completed, else new ones."""
    told = [(item.row, item.held.person) for item in new if item.held.person]
    known = {person.id: person for _row, person in told if person}
    _complete(
        file,
        known,
        [after for row, person in told if person and (after := person_after(row, person)) != person],
    )
    fresh = [person_of(item.row, source) for item in new if not item.held.person]
    fresh_ids = contacts.insert(file, fresh)
    # who said no and was erased is known again, whoever's list brings them back
    suppression.note_again(file, list(zip(fresh_ids, fresh, strict=True)))
    ids = iter(fresh_ids)
    return [item.held.person.id if item.held.person else next(ids) for item in new]


def _update_known(
    file: File, comparison: Comparison, known: Known, ids: Sequence[int], to: Applied, new: Sequence[Member]
) -> None:
    """Store the known members that change, and of the `new` ones what was only true then."""
    work = Differ(comparison.links, comparison.legs, known, comparison.told)
    members, people = list(new), []
    for item in comparison.placed:
        before = item.before
        if before is None:
            continue
        after = work.after(item, ids)
        if after != before:
            members.append(after)
        person = known.people[before.person_id]
        if (renamed := person_after(item.row, person, before.is_self)) != person:
            people.append(renamed)
    team_times.store(file, to.company.id, to.period, members)
    _complete(file, known.people, people)


def _complete(file: File, before: Mapping[int, Contact], people: Sequence[Contact]) -> None:
    """Store people who were `before`; who said no is known again by what the file tells."""
    contacts.update_all(file, people)
    suppression.note_again(file, [(person.id, person) for person in people], before)


def _set_volumes(file: File, placed: Sequence[Placed], ids: Sequence[int], known: Known, to: Applied) -> None:
    for name in {name for item in placed for name in item.row.volumes}:
        amounts = {ids[item.node]: item.row.volumes[name] for item in placed if name in item.row.volumes}
        team.set_volumes(file, to.period.key, name, amounts)
    for back, period in to.before.items():
        missing: dict[str, dict[int, int]] = {}
        for item in placed:
            for name, amount in item.row.earlier.get(back, {}).items():
                if ids[item.node] not in known.earlier[back].get(name, {}):
                    missing.setdefault(name, {})[ids[item.node]] = amount
        for name, amounts in missing.items():
            team.set_volumes(file, period.key, name, amounts)


def _check(file: File, company: Company) -> None:
    """Nothing goes in that would break a tree, whatever was compared with has changed since."""
    for field in ("sponsor_id", "placement_id"):
        try:
            check_links(team.links(file, company.id, field))
        except TreeError as error:
            people = [
                contacts.get(file, member.person_id)[0] for id_ in error.members if (member := team.get(file, id_))
            ]
            path = " → ".join(person.name for person in [*people, *people[:1]])
            text = N_("With this file the team would run in a circle: {path}. Nothing was changed.")
            raise Refusal(Message(text, {"path": path})) from error
