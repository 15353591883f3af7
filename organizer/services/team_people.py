"""Whose place a new row of a team file is: somebody known, a new person, or somebody to be asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from organizer.domain.contact import Contact, Labelled, fold, phone_digits, split_name
from organizer.domain.contact_same import completed, same_person
from organizer.domain.team import Member
from organizer.exchange.team_rows import TeamRow
from organizer.services.team_links import label

_MOST = 12
"""How many people a doubt names."""

Doubt = Sequence[tuple[int, str]]
"""The people whom somebody may be: their ids, and how each is called."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a new place: a known `person`, None for a new one.

    `asked`: she must choose among `doubt`; `sure`: nobody chose, it is the one with the same phone or e-mail.
    """

    person: Contact | None = None
    doubt: Doubt = ()
    asked: bool = False
    sure: bool = False


NEW = Held()


class People:
    """Everybody who is known, by name."""

    def __init__(
        self,
        everyone: Mapping[int, Contact],
        members: Iterable[Member],
        numbers: Mapping[str, object],
        chosen: Mapping[str, int],
    ) -> None:
        """`members` are those of this team, `numbers` those of the file, `chosen` is `Choices.people`."""
        self._everyone, self._chosen = everyone, chosen
        places: dict[int, list[Member]] = defaultdict(list)
        for member in members:
            places[member.person_id].append(member)
        self._by_name: dict[str, list[Contact]] = defaultdict(list)
        self._here: dict[int, Member] = {}
        for person in everyone.values():
            held = places.get(person.id)
            if not person.name:
                continue
            if not held:
                self._by_name[fold(person.name)].append(person)
            elif all(member.number not in numbers and not member.is_self for member in held):
                # she holds a place here that the file doesn't tell of: it may have got a new number
                self._here[person.id] = held[0]
                self._by_name[fold(person.name)].append(person)

    def holder(self, row: TeamRow) -> Held:
        """Who holds a new row's place. Nobody who is surely the same person is found twice."""
        if not self._by_name:
            return NEW
        alike = self._by_name.get(fold(row.name))
        if not alike and row.number not in self._chosen:
            return NEW
        told = person_of(row, "")
        sure = [person for person in alike or () if same_person(person, told)]
        free = [person for person in sure if person.id not in self._here]
        doubt = self._doubt(alike or (), sure, told)
        if (choice := self._chosen.get(row.number)) is not None:
            return Held(self._everyone.get(choice), doubt)
        if len(sure) == len(free) == 1 and alike:
            alike.remove(free[0])
            return Held(free[0], doubt, sure=True)
        return Held(None, doubt, bool(doubt))

    def _doubt(self, alike: Sequence[Contact], sure: Sequence[Contact], told: Contact) -> Doubt:
        if len(sure) == 1 and sure[0].id not in self._here:
            found: Iterable[Contact] = sure
        else:
            found = [person for person in alike if person in sure or self._may_be(person, told)]
        return tuple((person.id, self._called(person)) for person in list(found)[:_MOST])

    def _may_be(self, person: Contact, told: Contact) -> bool:
        """Without agreeing on an e-mail or a phone."""
        if member := self._here.get(person.id):
            return not member.number
        # two who tell of different phones and e-mails in two teams are two; in Contacts she knows them herself
        differs = (person.phones and told.phones) or (person.emails and told.emails)
        return person.listed or not differs

    def _called(self, person: Contact) -> str:
        member = self._here.get(person.id)
        reached = next((entry.value for entry in (*person.phones, *person.emails)), "")
        parts = (label(person.name, member.number if member else ""), reached, person.city)
        return ", ".join(part for part in parts if part)


def renumbered(
    rows: Mapping[str, object],
    members: Iterable[Member],
    by_number: Mapping[str, Member],
    chosen: Mapping[str, int],
) -> dict[str, Member]:
    """The stored members whose places get new numbers, by these: their people were chosen for new rows."""
    wanted = {person: number for number, person in chosen.items() if person and number not in by_number}
    found: dict[str, Member] = {}
    for member in members:
        number = wanted.get(member.person_id, "")
        if number in rows and number not in found and member.number not in rows and not member.is_self:
            found[number] = member
    return found


def person_of(row: TeamRow, source: str) -> Contact:
    """The person a new row tells of; she is not put into Contacts by an import."""
    first, last = split_name(row.name)
    return Contact(
        first_name=first,
        last_name=last,
        phones=(Labelled(row.phone),) if row.phone else (),
        emails=(Labelled(row.email),) if row.email else (),
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        source=source,
        listed=False,
    )


def person_after(row: TeamRow, person: Contact, is_self: bool = False) -> Contact:
    """The stored person with what the row adds.

    The company's word on a name counts only where she has written none herself.
    """
    own_word = person.listed or (is_self and person.name)
    written = "" if own_word else person.name
    renamed = bool(row.name) and not own_word and written != row.name and fold(written) != fold(row.name)
    if not renamed and not _adds(row, person):
        return person
    found = person_of(row, person.source)
    if renamed:
        person = replace(person, first_name=found.first_name, middle_name="", last_name=found.last_name)
    return completed(person, found) if person.name else person


def _adds(row: TeamRow, person: Contact) -> bool:
    if not (person.street or person.postal_code or person.city) and (row.street or row.postal_code or row.city):
        return True
    # most are written as before, which is quicker seen
    phones, emails = [entry.value for entry in person.phones], [entry.value for entry in person.emails]
    new_phone = row.phone and row.phone not in phones and phone_digits(row.phone) not in map(phone_digits, phones)
    new_email = row.email and row.email not in emails and row.email.casefold() not in map(str.casefold, emails)
    return bool(new_phone or new_email)
