"""What people refused or withdrew since a backup, carried over into it when it takes the file's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from organizer.domain.consent import Consent, SaidNo, Topic
from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.services import suppression
from organizer.storage import Clock, File, Key, consents, contacts
from organizer.storage.opening import reading_file


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file knows of noes that stand and consents that were withdrawn; `people` by id are who said so.

    `digests` are those of people who are gone, as they are made with `salt`.
    """

    noes: Sequence[SaidNo] = ()
    withdrawn: Sequence[Consent] = ()
    people: Mapping[int, Contact] = field(default_factory=dict)
    digests: Mapping[str, tuple[Topic, date]] = field(default_factory=dict)
    salt: str = ""


def read(file: File) -> Carried:
    """What is to be carried over from a file."""
    noes = [no for no in consents.noes(file) if no.lifted is None]
    withdrawn = [one for one in consents.consents(file) if one.withdrawn]
    ids = sorted({no.person_id for no in noes} | {one.person_id for one in withdrawn})
    people = {person.id: person for person in contacts.get(file, ids)}
    return Carried(noes, withdrawn, people, consents.suppressed(file), consents.salt(file))


def known_at(path: Path, key: Key | None, clock: Clock) -> Carried | None:
    """What the closed file at `path` knows of refusals; None where it can't be read, or there is none."""
    with suppress(Refusal), reading_file(path, key, clock) as file:
        found = read(file)
        return found if found != Carried(salt=found.salt) else None
    return None


def carry(file: File, carried: Carried) -> int:
    """Note in a restored file what was refused or withdrawn since, as one deed; how many people it concerns.

    Somebody is the same where the number of the record and the name or a phone or e-mail are. Who isn't in the
    restored file, or is under another number, is known by digest.
    """
    with file.deed("no.carry"):
        same = {
            id_: person
            for id_, person in carried.people.items()
            for there in contacts.get(file, [id_])
            if there.name == person.name or suppression.marks(there) & suppression.marks(person)
        }
        concerned = _note(file, carried, same) | _withdraw(file, carried, same)
        if consents.salt(file) in ("", carried.salt) and carried.digests:
            with consents.unrecorded(file):
                consents.make_salt(file, carried.salt)
            consents.suppress(file, carried.digests)
        for no in carried.noes:
            suppression.remember(file, carried.people[no.person_id], [no])
        everyone = contacts.everyone(file)
        return len(concerned | suppression.note_again(file, [(person.id, person) for person in everyone]))


def _note(file: File, carried: Carried, same: Mapping[int, Contact]) -> set[int]:
    known = consents.noes_of(file, list(same))
    concerned = set()
    for no in carried.noes:
        has = [one for one in known.get(no.person_id, ()) if one.topic is no.topic and one.lifted is None]
        if no.person_id in same and not has:
            consents.add_noes(file, [no])
            suppression.end_selling(file, no, file.clock().date())
            concerned.add(no.person_id)
    return concerned


def _withdraw(file: File, carried: Carried, same: Mapping[int, Contact]) -> set[int]:
    gone = {_which(one): one for one in carried.withdrawn}
    concerned = set()
    for there in consents.consents(file):
        since = gone.get(_which(there))
        if since and there.withdrawn is None and there.person_id in same:
            ended = replace(there, withdrawn=since.withdrawn, withdrawn_how=since.withdrawn_how)
            consents.update_consent(file, ended)
            concerned.add(there.person_id)
    return concerned


def _which(one: Consent) -> tuple[object, ...]:
    return one.person_id, one.channel, one.given, one.basis, one.how, one.wording
