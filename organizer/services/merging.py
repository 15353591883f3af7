"""Two cards of one person made into one, as one deed that undo takes back. Never done without being asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from organizer.domain.consent import Channel, Consent, Purpose, Standing, objection
from organizer.domain.contact import Contact, cleaned
from organizer.domain.duplicate_merge import LISTS, NAME, NOTES, Difference, Side, differences, merged, without
from organizer.domain.result import Message, Refusal, listed
from organizer.domain.timeline import Entry, EntryKind, FollowUp, Outcome
from organizer.i18n import _
from organizer.services import suppression
from organizer.services.consents import standing
from organizer.storage import File, consents, contacts, merging, settings, timeline
from organizer.storage.merging import Held

__all__ = [
    "LISTS",
    "NAME",
    "NOTES",
    "Difference",
    "Held",
    "MergeProposal",
    "Side",
    "merge",
    "merged",
    "proposal",
    "without",
]


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Both cards, what they differ in, the card that would come of it, and what the kept one would get besides.

    `moving` is what is kept of the other, `keeping` of the one that stays; `teams` are the names of the companies
    in whose teams the other has a place. `owner` is True where one of them is the user herself. `obstacle` says
    why they can't be merged, None where they can.
    """

    keep: Contact
    other: Contact
    differences: tuple[Difference, ...]
    result: Contact
    moving: Held
    keeping: Held
    teams: tuple[str, ...]
    owner: bool
    obstacle: Message | None


def proposal(file: File, keep_id: int, other_id: int) -> MergeProposal:
    """What merging two people would do. Raises Refusal where one of them is gone, or both are the same."""
    keep, other = _both(file, keep_id, other_id)
    return MergeProposal(
        keep,
        other,
        tuple(differences(keep, other)),
        merged(keep, other),
        merging.held(file, other_id),
        merging.held(file, keep_id),
        tuple(merging.companies_of(file, other_id).values()),
        settings.read(file, "owner") in (str(keep_id), str(other_id)),
        _obstacle(file, keep, other),
    )


def merge(file: File, keep_id: int, other_id: int, chosen: Contact, *, other_picture: bool = False) -> None:
    """Make two people one: `chosen` is the card from now on, under `keep_id`; the other is gone.

    What was said, done, agreed to and refused with either belongs to the one. The strictest counts: a no stays,
    a consent that the other card saw withdrawn since is withdrawn, and selling that isn't allowed any more is
    taken from what is planned. Two pictures: the kept one's, unless `other_picture`.
    Raises FieldRefusal, or Refusal, and nothing was changed.
    """
    keep, other = _both(file, keep_id, other_id)
    if obstacle := _obstacle(file, keep, other):
        raise Refusal(obstacle)
    # her own card may have no name yet
    told = replace(chosen, id=keep_id, listed=keep.listed or other.listed)
    card = cleaned(told) if told.name.strip() or keep.name or other.name else told
    today = file.clock().date()
    between = merging.words_between(file, keep_id, other_id)
    with file.deed("contact.merge", card.name):
        merging.hand_over(file, other_id, keep_id, with_picture=other_picture)
        if settings.read(file, "owner") == str(other_id):
            settings.write(file, "owner", str(keep_id))
        contacts.delete(file, [other_id])
        contacts.update(file, card)
        suppression.note_again(file, [(keep_id, card)], {keep_id: keep})
        suppression.remember(file, other, consents.noes(file, keep_id))
        _count_the_strictest(file, keep_id, today)
        note = _("Merged with another card of the same person: {name}.").format(name=other.name)
        # a card can't have a relation to itself, but what was written of it is kept
        timeline.add_entries(file, [Entry(0, keep_id, today, EntryKind.NOTE, "\n".join((note, *between)))])


def _both(file: File, keep_id: int, other_id: int) -> tuple[Contact, Contact]:
    people = contacts.get(file, [keep_id, other_id])
    if keep_id == other_id:
        raise Refusal(Message("This is one card already."))
    if len(people) < 2:
        raise Refusal(Message("This contact is gone. Nothing was changed."))
    return people[0], people[1]


def _obstacle(file: File, keep: Contact, other: Contact) -> Message | None:
    mine, theirs = merging.companies_of(file, keep.id), merging.companies_of(file, other.id)
    twice = [name for id_, name in mine.items() if id_ in theirs]
    if not twice:
        return None
    return Message(
        "{one} and {other} both have a place in the team of {company}, and one person can have only one. "
        "If they are one person, remove one of the two places first: choose it on the Team page and press Delete.",
        {"one": keep.name, "other": other.name, "company": listed(twice)},
    )


def _count_the_strictest(file: File, person_id: int, today: date) -> None:
    for one in _withdrawn_since(consents.consents(file, person_id)):
        consents.update_consent(file, one)
    now = standing(file, person_id)
    for step in sorted(timeline.follow_ups(file, person_id), key=lambda step: (step.due or today, step.id)):
        ending = _ending(step, now, today)
        if ending:
            timeline.update_follow_up(file, replace(step, done=today, outcome=ending))
        elif step.done is None and step.purpose is Purpose.INVITATION:
            now = replace(now, planned=[*now.planned, step.due or today])


def _withdrawn_since(ledger: Iterable[Consent]) -> list[Consent]:
    """Consents that hold although the person, by the other card, withdrew the channel later: withdrawn then."""
    ledger, found = list(ledger), []
    latest: dict[Channel, Consent] = {}
    for one in ledger:
        before = latest.get(one.channel)
        if one.withdrawn and (before is None or before.withdrawn is None or before.withdrawn < one.withdrawn):
            latest[one.channel] = one
    for one in ledger:
        last = latest.get(one.channel)
        if one.withdrawn is None and last and last.withdrawn and one.given <= last.withdrawn:
            found.append(replace(one, withdrawn=last.withdrawn, withdrawn_how=last.withdrawn_how))
    return found


def _ending(step: FollowUp, now: Standing, today: date) -> Outcome | None:
    """How open selling ends that the one person's noes and consents don't allow; None where it stays."""
    if step.done is not None or not step.purpose.is_marketing:
        return None
    if now.no_to(step.purpose):
        return Outcome.NO
    day = max(step.due or today, today)
    return Outcome.DROPPED if objection(now, step.purpose, step.channel, day) else None
