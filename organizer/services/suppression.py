"""Those who said no and whose record is gone are known again when they come back, by a digest and nothing else.

Of each phone's digits and each e-mail a salted digest is kept (GDPR art. 6(1)(f): a no must outlive the record it
was said to). It holds no name. Who has the file can still try numbers against it, as it must be readable without a
secret of its own; a file under a passphrase keeps that from strangers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b

from organizer.domain.consent import SaidNo, Topic
from organizer.domain.contact import Contact, fold, phone_digits
from organizer.i18n import N_, say
from organizer.storage import File, consents

_BODY = N_("Had said no before, when the record was deleted. Noted again when the phone or e-mail came back.")


def remember(file: File, contact: Contact, noes: Iterable[SaidNo]) -> None:
    """Keep digests of the phones and e-mails of somebody who goes, for each no that stands; none where none does.

    Part of the running deed. Undo leaves them: whoever said no is known for good.
    """
    standing = [no for no in noes if no.lifted is None]
    if not standing:
        return
    with consents.unrecorded(file):
        key = bytes.fromhex(consents.make_salt(file))
        found = {digest: (no.topic, no.day) for no in standing for digest in _digests(key, contact, no.topic)}
        consents.suppress(file, found)


def forget(file: File, contact: Contact, topic: Topic) -> None:
    """Know a contact's phones and e-mails no longer, for a no to `topic` was lifted. Part of the running deed."""
    salt = consents.salt(file)
    with consents.unrecorded(file):
        consents.release(file, _digests(bytes.fromhex(salt), contact, topic) if salt else ())


def recognised(file: File, contacts: Sequence[Contact]) -> dict[int, tuple[Topic, date]]:
    """Which of these contacts, by position from 0, had said no: to what (the widest no) and when."""
    return {place: noes[0] for place, noes in _known(file, contacts).items()}


def note_again(file: File, people: Sequence[tuple[int, Contact]]) -> set[int]:
    """Note the noes of those among these stored people (id, contact) who had said no before; the ids of them.

    Part of the running deed. Who has that no noted already, lifted or not, is left as it is.
    """
    known = _known(file, [contact for _id, contact in people])
    stored = consents.noes_of(file, [people[place][0] for place in known])
    fresh = []
    for place, noes in known.items():
        id_ = people[place][0]
        has = {no.topic for no in stored.get(id_, ())}
        fresh += [SaidNo(0, id_, topic, day, say(_BODY, {})) for topic, day in noes if topic not in has]
    consents.add_noes(file, fresh)
    return {no.person_id for no in fresh}


def _known(file: File, contacts: Sequence[Contact]) -> dict[int, list[tuple[Topic, date]]]:
    """By position, the noes that are known of a contact, the widest first."""
    told = consents.suppressed(file)
    if not told:
        return {}
    key = bytes.fromhex(consents.salt(file))
    found = {}
    for place, contact in enumerate(contacts):
        noes = []
        for topic in Topic:
            days = [told[digest][1] for digest in _digests(key, contact, topic) if digest in told]
            noes += [(topic, min(days))] if days else []
        if noes:
            found[place] = noes
    return found


def _digests(key: bytes, contact: Contact, topic: Topic) -> Iterator[str]:
    """One of each phone and e-mail; another for each topic, as somebody may have said several noes."""
    numbers = {phone_digits(entry.value) for entry in contact.phones} - {""}
    mails = {fold(entry.value).strip() for entry in contact.emails} - {""}
    for text in (*(f"phone {number}" for number in numbers), *(f"e-mail {mail}" for mail in mails)):
        yield blake2b(f"{topic} {text}".encode(), key=key, digest_size=20).hexdigest()
