"""What the lines of a person's story are called, in words and pictures."""

from __future__ import annotations

from datetime import date

from organizer.domain.consent import Basis, Channel, Consent, SaidNo, Topic
from organizer.domain.contact import Role
from organizer.domain.team import Kind
from organizer.domain.timeline import Entry, EntryKind, FollowUp, Outcome
from organizer.i18n import _, format_birthday, format_date, format_number, ngettext
from organizer.services.contact_page import Change, Line, PersonPage, Place, Show, What, age_on

_KIND_ICONS = {
    EntryKind.TALK: "messages-square",
    EntryKind.CALL: "phone",
    EntryKind.MESSAGE: "message-circle",
    EntryKind.EMAIL: "mail",
    EntryKind.LETTER: "send",
    EntryKind.INVITATION: "calendar",
    EntryKind.NOTE: "pencil",
}
_ICONS = {
    What.STEP: "circle-check",
    What.CONSENT: "shield-check",
    What.WITHDRAWN: "ban",
    What.NO: "ban",
    What.LIFTED: "undo-2",
    What.JOINED: "network",
    What.CHANGED: "trending-up",
    What.ADDED: "user-plus",
}


def icon_of(line: Line) -> str:
    """The picture beside a line."""
    return _KIND_ICONS[line.of.kind] if isinstance(line.of, Entry) else _ICONS[line.what]


def kind_icon(kind: EntryKind) -> str:
    """The picture of a kind of entry."""
    return _KIND_ICONS[kind]


def kind_names() -> dict[EntryKind, str]:
    """What each kind of entry is called."""
    return {
        EntryKind.NOTE: _("Note"),
        EntryKind.TALK: _("Talk"),
        EntryKind.CALL: _("Call"),
        EntryKind.MESSAGE: _("Message"),
        EntryKind.EMAIL: _("E-mail"),
        EntryKind.LETTER: _("Letter"),
        EntryKind.INVITATION: _("Invitation"),
    }


def show_names() -> dict[Show, str]:
    """What of the story can be shown."""
    return {
        Show.ALL: _("Everything"),
        Show.TALKS: _("Talks and calls"),
        Show.NOTES: _("Notes"),
        Show.SENT: _("What was sent"),
        Show.STEPS: _("What was planned"),
        Show.CONSENTS: _("Consents and noes"),
        Show.TEAM: _("Team"),
    }


def role_names() -> dict[Role, str]:
    """What each role is called."""
    return {
        Role.PROSPECT: _("Prospect"),
        Role.CUSTOMER: _("Customer"),
        Role.HOST: _("Host"),
        Role.DISTRIBUTOR: _("Distributor"),
    }


def kind_of(line: Line) -> str:
    """What a line tells, in a few words: "Call", "Agreed to e-mail"."""
    one = line.of
    if isinstance(one, Entry):
        return kind_names()[one.kind]
    if isinstance(one, FollowUp):
        return {Outcome.NO: _("Said no"), Outcome.DROPPED: _("Not done after all")}.get(one.outcome, _("Done"))
    if isinstance(one, Consent):
        return _consent(line.what, one)
    if isinstance(one, SaidNo):
        return no_words(one) if line.what is What.NO else _("The no was lifted")
    return _standing(one)


def body_of(line: Line) -> str:
    """The words that were written with it."""
    one = line.of
    if isinstance(one, Entry | FollowUp):
        return one.body
    if isinstance(one, Consent):
        told = (one.how, one.wording) if line.what is What.CONSENT else (one.withdrawn_how,)
        return "\n".join(filter(None, told))
    if isinstance(one, SaidNo):
        return one.body if line.what is What.NO else one.lifted_body
    if isinstance(one, str):
        return _("From {source}").format(source=one) if one else ""
    return ""


def head_of(line: Line) -> str:
    """The day and what it was."""
    return f"{format_date(line.day)} · {kind_of(line)}"


def _consent(what: What, one: Consent) -> str:
    names = channel_names()
    if what is What.WITHDRAWN:
        return _("Withdrew the consent to {channel}").format(channel=names[one.channel])
    if one.basis is Basis.CUSTOMER:
        return _("A customer who may hear of similar goods by {channel}").format(channel=names[one.channel])
    return _("Agreed to {channel}").format(channel=names[one.channel])


def channel_names() -> dict[Channel, str]:
    """What each channel is called within a sentence."""
    return {
        Channel.EMAIL: _("e-mail"),
        Channel.SMS: _("text messages"),
        Channel.CHAT: _("chat messages"),
        Channel.PHONE: _("calls"),
        Channel.POST: _("letters"),
    }


def no_words(no: SaidNo) -> str:
    """What was said no to."""
    return {
        Topic.EVERYTHING: _("Said no to everything that is sold or offered"),
        Topic.PARTIES: _("Said no to parties"),
        Topic.BUSINESS: _("Said no to the business"),
    }[no.topic]


def _standing(one: Place | Change | str) -> str:
    if isinstance(one, str):
        return _("Came into Contacts")
    if isinstance(one, Place):
        return _("Joined the team in {company}").format(company=one.company)
    if one.kind is Kind.CANCELLED and one.before.kind is not Kind.CANCELLED:
        return _("Left the team in {company}").format(company=one.company)
    if one.rank and one.rank != one.before.rank:
        return _("{rank} in {company}").format(rank=one.rank, company=one.company)
    names = {Kind.DISTRIBUTOR: _("Distributor"), Kind.CUSTOMER: _("Customer"), Kind.CANCELLED: _("Has left")}
    return _("{rank} in {company}").format(rank=names[one.kind], company=one.company)


def facts(page: PersonPage, today: date) -> str:
    """Roles, age and birthday, on one line."""
    person = page.contact
    told = [name for role, name in role_names().items() if role in person.roles]
    years = age_on(person.birthday, today)
    if years is not None:
        told.append(ngettext("{count} year old", "{count} years old", years).format(count=format_number(years)))
    if person.birthday:
        told.append(_("birthday {day}").format(day=format_birthday(person.birthday)))
    return " · ".join(told)


def talked(page: PersonPage, today: date) -> str:
    """When they last spoke, and how long ago that is."""
    if page.talked is None:
        return _("No talk is noted here yet.")
    days = (today - page.talked).days
    ago = _("today") if days < 1 else ngettext("{count} day ago", "{count} days ago", days)
    said = ago.format(count=format_number(days))
    return _("Talked last on {day}, {ago}").format(day=format_date(page.talked), ago=said)
