"""Channels, ways of agreeing, and the words that are offered for a consent."""

from __future__ import annotations

from collections.abc import Sequence

from organizer.domain.consent import Basis, Channel
from organizer.i18n import _


def channel_title(channel: Channel) -> str:
    """A channel as a heading."""
    return {
        Channel.EMAIL: _("E-mail"),
        Channel.SMS: _("SMS"),
        Channel.CHAT: _("Chat messages"),
        Channel.PHONE: _("Calls"),
        Channel.POST: _("Letters"),
    }[channel]


def _within(channel: Channel) -> str:
    return {
        Channel.EMAIL: _("by e-mail"),
        Channel.SMS: _("by SMS"),
        Channel.CHAT: _("by chat message"),
        Channel.PHONE: _("by phone"),
        Channel.POST: _("by letter"),
    }[channel]


def ways() -> Sequence[str]:
    """How somebody may have agreed."""
    return (_("at the party"), _("on paper"), _("on the phone"), _("by e-mail"), _("face to face"))


def wording(owner: str, channels: Sequence[Channel], basis: Basis) -> str:
    """Words that say who, what, how and that it can be taken back at any time, for the channels chosen."""
    how = _list([_within(channel) for channel in channels])
    if not how:
        return ""
    if basis is Basis.CUSTOMER:
        text = _(
            "At the sale, {owner} told me that I may get news of similar products {how}, and that I can say no "
            "to it free of charge, then and each time."
        )
    else:
        text = _(
            "{owner} may tell me of products, offers, parties and the business {how}. I can withdraw this at any "
            "time by telling {owner}."
        )
    return text.format(owner=owner or _("the seller"), how=how)


def _list(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])
