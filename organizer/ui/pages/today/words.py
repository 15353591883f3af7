"""How the page of today says days, channels and kinds of contact."""

from __future__ import annotations

from datetime import date, timedelta

from organizer.domain.consent import Channel, Purpose
from organizer.domain.timeline import EntryKind
from organizer.i18n import _, format_date


def weekday(day: date) -> str:
    """The day's name: Monday."""
    names = (
        *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
        *(_("Friday"), _("Saturday"), _("Sunday")),
    )
    return names[day.weekday()]


def day_name(day: date, today: date) -> str:
    """A day as one says it: today, tomorrow, or its weekday and date."""
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return f"{weekday(day)} {format_date(day)}"


def channel_name(channel: Channel | None) -> str:
    """How somebody is reached; meeting where no channel is named."""
    names = {
        Channel.PHONE: _("Phone"),
        Channel.SMS: _("SMS"),
        Channel.CHAT: _("Chat"),
        Channel.EMAIL: _("E-mail"),
        Channel.POST: _("Post"),
    }
    return names[channel] if channel else _("When we meet")


def channel_icon(channel: Channel | None) -> str:
    """The picture of a channel."""
    names = {
        Channel.PHONE: "phone",
        Channel.SMS: "message-circle",
        Channel.CHAT: "message-circle",
        Channel.EMAIL: "mail",
        Channel.POST: "mail",
    }
    return names[channel] if channel else "user"


def purpose_name(purpose: Purpose) -> str:
    """What a contact is for."""
    names = {
        Purpose.OFFER: _("An offer"),
        Purpose.INVITATION: _("An invitation"),
        Purpose.BUSINESS: _("The business"),
        Purpose.SERVICE: _("About an order or a party"),
        Purpose.PROMISE: _("Something promised"),
        Purpose.OTHER: _("Keeping in touch"),
    }
    return names[purpose]


def kind_name(kind: EntryKind) -> str:
    """What happened."""
    names = {
        EntryKind.TALK: _("We talked"),
        EntryKind.CALL: _("A call"),
        EntryKind.MESSAGE: _("A message"),
        EntryKind.EMAIL: _("An e-mail"),
        EntryKind.LETTER: _("A letter"),
        EntryKind.INVITATION: _("An invitation"),
        EntryKind.NOTE: _("A note"),
    }
    return names[kind]


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
