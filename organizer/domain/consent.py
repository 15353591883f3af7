"""What people agreed to and what they said no to, and which of her plans that leaves.

Danish marketing law asks for consent given beforehand to electronic post, which is e-mail, SMS, chat and messages
on social media alike (markedsføringsloven §10), and forbids unasked calls (forbrugeraftaleloven §4). A customer
who gave her address at a sale may be told of similar goods by electronic post if she could say no then and can
each time (§10 stk. 2). Letters are treated like the rest: consent is asked for each channel. What concerns an
order, and what isn't selling at all, needs none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.domain.result import Message

INVITATIONS_A_YEAR = 4
"""How many invitations a person gets in twelve months unless she says otherwise: our choice, not a law."""


class Channel(StrEnum):
    """How somebody is reached from afar. Consent is given for each."""

    EMAIL = "email"
    SMS = "sms"
    CHAT = "chat"
    PHONE = "phone"
    POST = "post"


class Purpose(StrEnum):
    """What a planned contact is for. The first three are marketing."""

    OFFER = "offer"
    INVITATION = "invitation"
    BUSINESS = "business"
    SERVICE = "service"
    PROMISE = "promise"
    OTHER = ""

    @property
    def is_marketing(self) -> bool:
        """Whether it needs consent and a "no" forbids it."""
        return self in (Purpose.OFFER, Purpose.INVITATION, Purpose.BUSINESS)


class Basis(StrEnum):
    """What allows a channel: she agreed, or she bought and gave her address then (§10 stk. 2)."""

    CONSENT = "consent"
    CUSTOMER = "customer"


class Topic(StrEnum):
    """What a "no" was said to."""

    EVERYTHING = "everything"
    PARTIES = "parties"
    BUSINESS = "business"

    def covers(self, purpose: Purpose) -> bool:
        """Whether a no to this forbids a contact for `purpose`."""
        covered = {
            Topic.EVERYTHING: (Purpose.OFFER, Purpose.INVITATION, Purpose.BUSINESS),
            Topic.PARTIES: (Purpose.INVITATION,),
            Topic.BUSINESS: (Purpose.BUSINESS,),
        }
        return purpose in covered[self]


@dataclass(frozen=True, slots=True)
class Consent:
    """A line of the ledger: given on a day, how ("on paper") and in which words; withdrawn or not."""

    id: int
    person_id: int
    channel: Channel
    given: date
    how: str = ""
    wording: str = ""
    basis: Basis = Basis.CONSENT
    withdrawn: date | None = None
    withdrawn_how: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.given <= day and (self.withdrawn is None or day < self.withdrawn)


@dataclass(frozen=True, slots=True)
class SaidNo:
    """A person said no on a day, in words worth keeping. It stays, and is final.

    `lifted` is the day on which it turned out that it was noted by mistake, or that she came back by herself and
    asked; `lifted_body` says which and how. Nothing but a deed for that very purpose sets it.
    """

    id: int
    person_id: int
    topic: Topic
    day: date
    body: str = ""
    lifted: date | None = None
    lifted_body: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides what may be planned with one person: the ledger, the noes, and the days of invitations.

    `planned` are the days of invitations still to come that count too; `cap` is how many she gets at most in any
    twelve months.
    """

    consents: Sequence[Consent] = ()
    noes: Sequence[SaidNo] = ()
    invited: Sequence[date] = ()
    cap: int = INVITATIONS_A_YEAR
    planned: Sequence[date] = ()

    def no_to(self, purpose: Purpose) -> SaidNo | None:
        """The no that forbids `purpose`, None where nothing does."""
        return next((no for no in self.noes if no.lifted is None and no.topic.covers(purpose)), None)

    def consent_to(self, channel: Channel, day: date) -> Consent | None:
        """What allows marketing on `channel` on `day`: the latest consent, else a customer's; None for neither.

        A customer's address serves electronic post about similar goods, not calls and letters.
        """
        holding = [one for one in self.consents if one.channel is channel and one.holds(day)]
        if channel in (Channel.PHONE, Channel.POST):
            holding = [one for one in holding if one.basis is Basis.CONSENT]
        return max(holding, key=lambda one: (one.basis is Basis.CONSENT, one.given, one.id), default=None)

    def invitations_in_year_to(self, day: date) -> int:
        """How many invitations she got in the twelve months that end with `day`."""
        return _in_year_to(self.invited, day)

    def most_invitations_beside(self, day: date) -> int:
        """The most invitations, given or planned, that any twelve months with `day` in them hold already."""
        known = [*self.invited, *self.planned]
        ends = [day, *(one for one in known if _a_year_before(one) < day <= one)]
        return max(_in_year_to(known, end) for end in ends)


def _in_year_to(days: Sequence[date], day: date) -> int:
    return sum(_a_year_before(day) < one <= day for one in days)


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def objection(standing: Standing, purpose: Purpose, channel: Channel | None, day: date) -> Message | None:
    """Why a contact for `purpose` on `channel` (None: in person) on `day` must not be planned; None where it may.

    Service, promises and what isn't selling always may. Selling may not where she has said no to it, where she
    hasn't agreed to the channel, nor a further invitation beyond the cap; an offer of the business by electronic
    post needs her own consent, for it is no similar good.
    """
    if not purpose.is_marketing:
        return None
    if no := standing.no_to(purpose):
        return Message(_NO[no.topic].text, {"day": no.day})
    if channel and (consent := standing.consent_to(channel, day)) is None:
        withdrawn = [one for one in standing.consents if one.channel is channel and one.withdrawn]
        if withdrawn:
            latest = max(withdrawn, key=lambda one: one.withdrawn or date.min)
            return Message(_WITHDRAWN[channel].text, {"day": latest.withdrawn or day})
        return _UNASKED[channel]
    if channel and purpose is Purpose.BUSINESS and consent and consent.basis is Basis.CUSTOMER:
        return Message("Agreed to hear of goods like those bought. The business is another matter: ask first.")
    if purpose is Purpose.INVITATION and (count := standing.most_invitations_beside(day)) >= standing.cap:
        return Message(
            "Invited, or going to be, {count} times in twelve months already. That is enough for now.",
            {"count": count},
        )
    return None


_NO = {
    Topic.EVERYTHING: Message("Said no on {day}: nothing is to be sold or offered here any more."),
    Topic.PARTIES: Message("Said no to parties on {day}."),
    Topic.BUSINESS: Message("Said no to the business on {day}."),
}
_WITHDRAWN = {
    Channel.EMAIL: Message("The consent to e-mail was withdrawn on {day}."),
    Channel.SMS: Message("The consent to SMS was withdrawn on {day}."),
    Channel.CHAT: Message("The consent to chat messages was withdrawn on {day}."),
    Channel.PHONE: Message("The consent to calls was withdrawn on {day}."),
    Channel.POST: Message("The consent to letters was withdrawn on {day}."),
}
_UNASKED = {
    Channel.EMAIL: Message(
        "No consent to e-mail. Even an e-mail that asks for it counts as advertising: ask when you meet."
    ),
    Channel.SMS: Message(
        "No consent to SMS. Even an SMS that asks for it counts as advertising: ask when you meet."
    ),
    Channel.CHAT: Message(
        "No consent to chat messages. Even one that asks for it counts as advertising: ask when you meet."
    ),
    Channel.PHONE: Message("No consent to calls about what you sell. Ask when you meet."),
    Channel.POST: Message("No consent to letters about what you sell. Ask when you meet."),
}
