"""Those who said no are known again when they come back, whatever became of their record, by a digest.

Of each phone and e-mail that somebody has while a no stands, a salted digest is kept (GDPR art. 6(1)(f): a no must
outlive the record it was said to). It holds no name. Who has the file can still try numbers against it, as it must
be readable without a secret of its own; a file under a passphrase keeps that from strangers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import blake2b

from organizer.domain.consent import SaidNo, Topic
from organizer.domain.contact import Contact, fold, phone_digits
from organizer.domain.duplicate_text import mail_key, phone_key
from organizer.domain.timeline import Outcome
from organizer.i18n import N_, say
from organizer.storage import File, consents, contacts, timeline

_BODY = N_("Had said no before. Noted again as the phone or e-mail is the same.")


def remember(file: File, contact: Contact, noes: Iterable[SaidNo]) -> None:
    """Keep digests of a contact's phones and e-mails for each no that stands; none where none does.

    Part of the running deed.
    """
    consents.suppress(file, _found(file, contact, noes))


def remember_for_good(file: File, contact: Contact, noes: Iterable[SaidNo]) -> None:
    """The same before somebody is erased: no undo of what was done earlier takes them away."""
    consents.suppress_for_good(file, _found(file, contact, noes))


def _found(file: File, contact: Contact, noes: Iterable[SaidNo]) -> dict[str, tuple[Topic, date]]:
    standing = [no for no in noes if no.lifted is None]
    if not standing:
        return {}
    with consents.unrecorded(file):
        key = bytes.fromhex(consents.make_salt(file))
    return {_digest(key, no.topic, mark): (no.topic, no.day) for no in standing for mark in marks(contact)}


def forget(file: File, contact: Contact, topic: Topic) -> None:
    """Know a contact's phones and e-mails no longer, for a no to `topic` was lifted. Part of the running deed.

    Those that another has whose no to it stands are kept.
    """
    salt = consents.salt(file)
    if salt:
        owners = _owners(file, topic)
        alone = {mark for mark in marks(contact) if not _others(owners, mark, contact)}
        key = bytes.fromhex(salt)
        consents.release(file, (_digest(key, topic, mark) for mark in alone))


def recognised(file: File, people: Sequence[Contact]) -> dict[int, tuple[Topic, date]]:
    """Which of these contacts, by position from 0, had said no: to what (the widest no) and when.

    Somebody of another name who shares a phone or e-mail with one in the file who said no is not meant.
    """
    return {place: noes[0] for place, noes in _known(file, people, {}).items()}


def note_again(
    file: File, people: Sequence[tuple[int, Contact]], before: Mapping[int, Contact] | None = None
) -> set[int]:
    """After these people (id, contact) were stored: note again what they had said no to before; the ids of whom.

    Part of the running deed. What selling is planned with them ends, as far as that no covers it. Of those in
    `before` only what is new counts: a number they had all along says nothing new. And whoever has a no that
    stands is known from now on by all numbers that were stored.
    """
    people = [(id_, replace(contact, id=id_)) for id_, contact in people]
    known = _known(file, [contact for _id, contact in people], before or {})
    stored = consents.noes_of(file, [id_ for id_, _contact in people])
    fresh = []
    for place, noes in known.items():
        id_ = people[place][0]
        for topic, day in noes:
            if not any(_settles(no, topic, day) for no in stored.get(id_, ())):
                fresh.append(SaidNo(0, id_, topic, day, say(_BODY, {})))
    consents.add_noes(file, fresh)
    for no in fresh:
        end_selling(file, no, file.clock().date())
        stored.setdefault(no.person_id, []).append(no)
    for id_, contact in people:
        for version in (contact, (before or {}).get(id_)):
            if version and id_ in stored:
                remember(file, version, stored[id_])
    return {no.person_id for no in fresh}


def _settles(no: SaidNo, topic: Topic, day: date) -> bool:
    """Whether a noted no says already what came of the one of that day: it stands, or was lifted since."""
    return no.topic is topic and (no.lifted is None or no.lifted >= day)


def end_selling(file: File, no: SaidNo, day: date) -> int:
    """Close on `day` what is planned with the person and covered by this no; how many steps."""
    steps = [step for step in timeline.follow_ups(file, no.person_id) if step.done is None]
    ended = [step for step in steps if no.topic.covers(step.purpose)]
    for step in ended:
        timeline.update_follow_up(file, replace(step, done=day, outcome=Outcome.NO))
    return len(ended)


def _known(
    file: File, people: Sequence[Contact], before: Mapping[int, Contact]
) -> dict[int, list[tuple[Topic, date]]]:
    """By position, the noes that are known of a contact, the widest first."""
    told = consents.suppressed(file)
    if not told:
        return {}
    key = bytes.fromhex(consents.salt(file))
    topics = [topic for topic in Topic if any(topic is one for one, _day in told.values())]
    owners = cache(lambda topic: _owners(file, topic))
    found: dict[int, list[tuple[Topic, date]]] = {}
    for place, contact in enumerate(people):
        old = before.get(contact.id)
        looked_at = marks(contact) - (marks(old) if old else set())
        for topic in topics:
            of_mark = {mark: _digest(key, topic, mark) for mark in looked_at}
            days = {mark: told[digest][1] for mark, digest in of_mark.items() if digest in told}
            meant = [
                day for mark, day in days.items() if _is_meant(contact, _others(owners(topic), mark, contact))
            ]
            if meant:
                found.setdefault(place, []).append((topic, min(meant)))
    return found


def _is_meant(contact: Contact, others: Sequence[Contact]) -> bool:
    """Whether a mark says who a contact is: nobody else here has it, or somebody of about the same name."""
    return not others or any(_about_the_same(contact, other) for other in others)


def _others(owners: Mapping[str, Sequence[Contact]], mark: str, contact: Contact) -> list[Contact]:
    return [other for other in owners.get(mark, ()) if other.id != contact.id]


def _about_the_same(one: Contact, other: Contact) -> bool:
    # needed seldom, and takes a while to load
    from organizer.domain.duplicate import known_of
    from organizer.domain.duplicate_names import Agreement, compared
    from organizer.services.duplicates import nicknames

    return compared(known_of(one), known_of(other), nicknames()) >= Agreement.UNNAMED


def _owners(file: File, topic: Topic) -> dict[str, list[Contact]]:
    """By mark, who has it and a no to `topic` that stands."""
    ids = {no.person_id for no in consents.noes(file) if no.lifted is None and no.topic is topic}
    owners: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts.get(file, sorted(ids)):
        for mark in marks(contact):
            owners[mark].append(contact)
    return owners


def marks(contact: Contact) -> Set[str]:
    """What a contact is known again by: phones, e-mails, and the name at a street where there is one.

    Phones and e-mails both as they are written and in the form that tells one from another.
    """
    phones = [entry.value for entry in contact.phones]
    mails = [entry.value for entry in contact.emails]
    homes = [home for home in contact.addresses if home.street.strip()] if contact.name else []
    return {
        *(f"phone {number}" for phone in phones for number in (phone_digits(phone), phone_key(phone)) if number),
        *(f"e-mail {mail}" for text in mails for mail in (fold(text).strip(), mail_key(text)) if mail),
        *(f"home {fold(f'{contact.name}, {home.street}, {home.postal_code}')}" for home in homes),
    }


def _digest(key: bytes, topic: Topic, mark: str) -> str:
    """Another for each topic, as somebody may have said several noes."""
    return blake2b(f"{topic} {mark}".encode(), key=key, digest_size=20).hexdigest()
