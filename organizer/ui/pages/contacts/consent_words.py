"""What the panel of consents says: in short, in whole sentences."""

from __future__ import annotations

from datetime import date

from organizer.domain.consent import Basis, Channel, Consent, Purpose, SaidNo, Standing, Topic, objection
from organizer.i18n import _, format_date, format_number
from organizer.ui.widgets.messages import spoken


def state(standing: Standing, channel: Channel, day: date) -> str:
    """How it is with a channel, in a few words."""
    holding = standing.consent_to(channel, day)
    if holding:
        since = format_date(holding.given)
        if holding.basis is Basis.CUSTOMER:
            return _("customer since {day}").format(day=since)
        return _("agreed since {day}").format(day=since)
    if withdrawn := _withdrawn(standing, channel):
        return _("withdrawn on {day}").format(day=format_date(max(withdrawn)))
    return _("no consent")


def may(standing: Standing, channel: Channel, day: date) -> str:
    """What she may do on a channel, in a sentence; "" where it is nothing: `why_not` says it for all of them."""
    names = {
        Purpose.OFFER: _("offers"),
        Purpose.INVITATION: _("invitations"),
        Purpose.BUSINESS: _("the business"),
    }
    allowed = [name for purpose, name in names.items() if objection(standing, purpose, channel, day) is None]
    if not allowed:
        return ""
    return _("Allowed: {what}, and what concerns orders and promises.").format(what=", ".join(allowed))


def why_not(standing: Standing, day: date) -> str:
    """Why nothing may be sold on the channels on which nothing may, each reason once."""
    reasons = []
    for channel in Channel:
        reason = objection(standing, Purpose.OFFER, channel, day)
        if reason and not may(standing, channel, day):
            unasked = not standing.no_to(Purpose.OFFER) and not _withdrawn(standing, channel)
            asking = _("Ask for consent when you meet: even a message that asks for it counts as advertising.")
            reasons.append(asking if unasked else spoken(reason))
    return "\n".join(dict.fromkeys(reasons))


def _withdrawn(standing: Standing, channel: Channel) -> list[date]:
    return [one.withdrawn for one in standing.consents if one.channel is channel and one.withdrawn]


def no_head(no: SaidNo) -> str:
    """What was said no to, and when."""
    told = {
        Topic.EVERYTHING: _("No to everything, on {day}"),
        Topic.PARTIES: _("No to parties, on {day}"),
        Topic.BUSINESS: _("No to the business, on {day}"),
    }
    return told[no.topic].format(day=format_date(no.day))


def no_body(no: SaidNo) -> str:
    """Their words, and why it was lifted."""
    lifted = ""
    if no.lifted:
        lifted = _("Lifted on {day}: {why}").format(day=format_date(no.lifted), why=no.lifted_body)
    return "\n".join(filter(None, (no.body, lifted)))


def line_head(one: Consent, channel: str) -> str:
    """A line of the ledger: what, when and how."""
    text = _("{channel}: agreed on {day}, {how}")
    if one.basis is Basis.CUSTOMER:
        text = _("{channel}: customer on {day}, {how}")
    return text.format(channel=channel, day=format_date(one.given), how=one.how)


def line_body(one: Consent) -> str:
    """The words used, and when it was withdrawn."""
    withdrawn = ""
    if one.withdrawn:
        told = [_("Withdrawn on {day}").format(day=format_date(one.withdrawn)), one.withdrawn_how]
        withdrawn = ", ".join(filter(None, told))
    return "\n".join(filter(None, (one.wording, withdrawn)))


def invitations(standing: Standing, day: date) -> str:
    """How often they were invited, of how many times at most."""
    text = _("Invited {count} times in twelve months, of {most} at most.")
    count = format_number(standing.invitations_in_year_to(day))
    return text.format(count=count, most=format_number(standing.cap))
