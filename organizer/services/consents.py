"""Who agreed to what, who said no, and whom that lets her write to, call or invite.

Nothing but `lift_no` brings a person who said no back into marketing. Every deed is one that undo takes back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from organizer.domain import consent as rules
from organizer.domain.consent import Basis, Channel, Consent, Purpose, SaidNo, Standing, Topic
from organizer.domain.contact import MAX_NOTES, Contact, clean_text, single_line, too_long
from organizer.domain.result import FieldRefusal, Message, Refusal
from organizer.domain.timeline import FollowUp, Outcome
from organizer.i18n import _
from organizer.services import suppression
from organizer.storage import File, consents, contacts, settings, timeline

__all__ = ["Basis", "Channel", "Consent", "Purpose", "SaidNo", "Standing", "Topic"]

_CAP_KEY = "invitations a year"
MOST_INVITATIONS = 52
"""The highest cap that can be set: one a week."""
_LONGEST_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Of many people, who may be reached, and who may not with the reason; both in the order asked."""

    may: list[int] = field(default_factory=list)
    left_out: list[tuple[int, Message]] = field(default_factory=list)


def standing(file: File, person_id: int) -> Standing:
    """All that decides what may be planned with a person."""
    return _standings(file, [person_id], Purpose.INVITATION).get(person_id, Standing(cap=cap(file)))


def objection(file: File, person_id: int, purpose: Purpose, channel: Channel | None, day: date) -> Message | None:
    """Why a contact for `purpose` on `channel` (None: in person) may not be planned for `day`; None: it may."""
    if not purpose.is_marketing:
        return None
    return rules.objection(standing(file, person_id), purpose, channel, day)


def must_may(file: File, person_id: int, purpose: Purpose, channel: Channel | None, day: date) -> None:
    """Raise Refusal, with the reason, where `objection` has one."""
    if reason := objection(file, person_id, purpose, channel, day):
        raise Refusal(reason)


def allowed(file: File, ids: Sequence[int], purpose: Purpose, channel: Channel | None, day: date) -> Allowed:
    """Which of these people may be reached for `purpose` on `channel` on `day`, and why not the others."""
    if not purpose.is_marketing:
        return Allowed(list(ids))
    told, most = Allowed(), cap(file)
    all_of = _standings(file, ids, purpose, since=day - _LONGEST_YEAR)
    # most people have agreed to nothing and refused nothing: the same answer for all of them
    usual = rules.objection(Standing(cap=most), purpose, channel, day)
    for id_ in ids:
        standing = all_of.get(id_)
        reason = rules.objection(standing, purpose, channel, day) if standing else usual
        if reason:
            told.left_out.append((id_, reason))
        else:
            told.may.append(id_)
    return told


def refusing(file: File, purpose: Purpose) -> list[int]:
    """Who has said no to `purpose`, by id."""
    said = {no.person_id for no in consents.noes(file) if no.lifted is None and no.topic.covers(purpose)}
    return sorted(said)


def _standings(file: File, ids: Sequence[int], purpose: Purpose, since: date = date.min) -> dict[int, Standing]:
    """What decides about `purpose`, by person, of invitations those `since`; who has nothing noted is left out."""
    given, said, most = consents.consents_of(file, ids), consents.noes_of(file, ids), cap(file)
    invited = consents.invited_of(file, ids, since) if purpose is Purpose.INVITATION else {}
    return {
        id_: Standing(given.get(id_, ()), said.get(id_, ()), invited.get(id_, ()), most)
        for id_ in {*given, *said, *invited}
    }


def cap(file: File) -> int:
    """How many invitations a person gets at most in twelve months: her own choice, not a law."""
    text = settings.read(file, _CAP_KEY)
    return int(text) if text.isdecimal() else rules.INVITATIONS_A_YEAR


def set_cap(file: File, most: int) -> None:
    """Invite nobody more often than `most` times (0 to 52) in twelve months from now on."""
    file.remember(_CAP_KEY, str(min(max(most, 0), MOST_INVITATIONS)))


def give(
    file: File,
    person_id: int,
    channels: Collection[Channel],
    given: date,
    how: str,
    wording: str,
    basis: Basis = Basis.CONSENT,
) -> None:
    """Note that a person agreed to be reached on `channels`: on which day, how, and in which words, kept verbatim.

    Raises FieldRefusal ("channels", "given", "how", "wording"), and Refusal when they are gone or have said no to
    everything: that no is lifted first.
    """
    person = _person(file, person_id)
    if not channels:
        raise FieldRefusal("channels", Message("Choose what was agreed to."))
    if basis is Basis.CUSTOMER and {Channel.PHONE, Channel.POST} & set(channels):
        text = Message("Having bought something allows no calls or letters: for these, they have to agree.")
        raise FieldRefusal("channels", text)
    if not how.strip():
        raise FieldRefusal("how", Message("Write how it was agreed."))
    if not wording.strip():
        raise FieldRefusal("wording", Message("Write the words that were used: you may have to show them."))
    _must_be_past(file, "given", given)
    if no := standing(file, person_id).no_to(Purpose.OFFER):
        text = Message("Said no on {day}. Lift that no first, if they came back by themselves.", {"day": no.day})
        raise Refusal(text)
    for one in consents.consents(file, person_id):
        if one.channel in channels and one.withdrawn and given < one.withdrawn:
            text = Message("Withdrawn on {day}, which is later: this allows nothing.", {"day": one.withdrawn})
            raise FieldRefusal("given", text)
    how, wording = _line("how", how), _words("wording", wording)
    agreed = [channel for channel in Channel if channel in channels]
    with file.deed("consent.give", person.name):
        new = [Consent(0, person_id, channel, given, how, wording, basis) for channel in agreed]
        consents.add_consents(file, new)


def withdraw(file: File, consent_id: int, day: date, how: str = "") -> int:
    """Note that a consent was withdrawn on `day`; how many planned contacts that ended.

    Whatever else was agreed to for that channel until then is withdrawn with it, and what was planned to sell on
    it, and may not be any more, is dropped.
    Raises FieldRefusal ("day"), or Refusal when it is gone or withdrawn already.
    """
    one = consents.consent_of(file, consent_id)
    if one is None or one.withdrawn:
        raise Refusal(Message("This consent is withdrawn already. Nothing was changed."))
    _must_be_past(file, "day", day)
    if day < one.given:
        raise FieldRefusal("day", Message("It can't be withdrawn before it was given."))
    with file.deed("consent.withdraw", _person(file, one.person_id).name):
        for same in consents.consents(file, one.person_id):
            if same.channel is one.channel and same.withdrawn is None and same.given <= day:
                consents.update_consent(file, replace(same, withdrawn=day, withdrawn_how=_line("how", how)))
        now = standing(file, one.person_id)
        ended = [
            step
            for step in _open_selling(file, one.person_id)
            if step.channel is one.channel
            and rules.objection(now, step.purpose, step.channel, max(step.due or day, day))
        ]
        _close(file, ended, day, Outcome.DROPPED)
    return len(ended)


def say_no(file: File, person_id: int, topic: Topic, day: date, body: str = "") -> int:
    """Note a final no to `topic`, in words worth keeping; how many planned contacts it closed.

    Raises FieldRefusal ("day", "body"), or Refusal when the person is gone.
    """
    person = _person(file, person_id)
    _must_be_past(file, "day", day)
    said = SaidNo(0, person_id, topic, day, _words("body", body))
    with file.deed("no.say", person.name):
        consents.add_noes(file, [said])
        suppression.remember(file, person, [said])
        return suppression.end_selling(file, said, day)


def lift_no(file: File, no_id: int, day: date, body: str, *, came_back: bool = False) -> None:
    """Lift a no that was noted by mistake, or whose person `came_back` by herself; `body` says why, for ever.

    A no to everything ended what was agreed to before: who came back is asked anew.
    Raises FieldRefusal ("day", "body"), or Refusal when it is gone or lifted already.
    """
    no = consents.no_of(file, no_id)
    if no is None or no.lifted:
        raise Refusal(Message("This no is lifted already. Nothing was changed."))
    if not body.strip():
        raise FieldRefusal("body", Message("Write why: it is kept with the no."))
    _must_be_past(file, "day", day)
    if day < no.day:
        raise FieldRefusal("day", Message("It can't be lifted before it was said."))
    person = _person(file, no.person_id)
    with file.deed("no.lift", person.name):
        consents.update_no(file, replace(no, lifted=day, lifted_body=_words("body", body)))
        suppression.forget(file, person, no.topic)
        if came_back and no.topic is Topic.EVERYTHING:
            for one in consents.consents(file, no.person_id):
                if one.withdrawn is None and one.given <= no.day:
                    consents.update_consent(file, replace(one, withdrawn=no.day, withdrawn_how=_("Said no")))


def _open_selling(file: File, person_id: int) -> list[FollowUp]:
    steps = timeline.follow_ups(file, person_id)
    return [step for step in steps if step.done is None and step.purpose.is_marketing]


def _close(file: File, steps: Sequence[FollowUp], day: date, outcome: Outcome) -> None:
    for step in steps:
        timeline.update_follow_up(file, replace(step, done=day, outcome=outcome))


def _person(file: File, person_id: int) -> Contact:
    found = contacts.get(file, person_id)
    if not found:
        raise Refusal(Message("This person is gone. Nothing was changed."))
    return found[0]


def _must_be_past(file: File, name: str, day: date) -> None:
    if day > file.clock().date():
        raise FieldRefusal(name, Message("This day hasn't come yet."))


def _line(name: str, text: str) -> str:
    text = single_line(text)
    if len(text) > MAX_NOTES:
        raise too_long(name, MAX_NOTES)
    return text


def _words(name: str, text: str) -> str:
    text = clean_text(text).strip()
    if len(text) > MAX_NOTES:
        raise too_long(name, MAX_NOTES)
    return text
