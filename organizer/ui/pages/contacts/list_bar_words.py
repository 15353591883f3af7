"""What the fields, operators and values of a filter are called where it is put together."""

from __future__ import annotations

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Role
from organizer.domain.contact_filter import Field, Has, Op, Unit
from organizer.i18n import _


def fields() -> list[tuple[Field, str]]:
    """The fields in the order they are offered."""
    return [
        (Field.ROLE, _("Role")),
        (Field.TAG, _("Tag")),
        (Field.TALKED, _("Last talk")),
        (Field.BIRTHDAY, _("Birthday")),
        (Field.AREA, _("Postal code")),
        (Field.CITY, _("City")),
        (Field.COUNTRY, _("Country")),
        (Field.MAY, _("May get")),
        (Field.CONSENT, _("Agreed to")),
        (Field.NO, _("Said no")),
        (Field.HAS, _("What is known")),
        (Field.LIKES, _("Likes product")),
        (Field.RANK, _("Next rank")),
        (Field.TEAM, _("Team")),
        (Field.ADDED, _("Added")),
        (Field.SOURCE, _("Source")),
        (Field.LIGHT, _("Kept for a while")),
        (Field.TEXT, _("Search words")),
    ]


def operators(field: Field, ops: list[Op]) -> list[tuple[tuple[Op, bool], str]]:
    """Each operator of a field, and its opposite, with what it is called; the flag says whether it is negated."""
    found: list[tuple[tuple[Op, bool], str]] = []
    for op in ops:
        yes, no = _pair(field, op)
        found += [((op, False), yes), ((op, True), no)]
    return found


def _pair(field: Field, op: Op) -> tuple[str, str]:
    special = {
        (Field.TALKED, Op.WITHIN): (_("within"), _("not for")),
        (Field.TALKED, Op.EVER): (_("at some time"), _("never")),
        (Field.RANK, Op.WITHIN): (_("lacks at most"), _("lacks more than")),
        (Field.HAS, Op.IS): (_("has"), _("has no")),
        (Field.TEAM, Op.IS): (_("is in"), _("isn't in")),
        (Field.AREA, Op.IS): (_("is in"), _("isn't in")),
        (Field.MAY, Op.IS): (_("may get"), _("may not get")),
        (Field.CONSENT, Op.IS): (_("agreed to"), _("hasn't agreed to")),
        (Field.NO, Op.IS): (_("said no to"), _("hasn't said no to")),
        (Field.LIGHT, Op.IS): (_("yes"), _("no")),
        (Field.LIKES, Op.IS): (_("likes"), _("isn't known to like")),
    }
    return (
        special.get((field, op))
        or {
            Op.IS: (_("is"), _("is not")),
            Op.ANY: (_("any of"), _("none of")),
            Op.ALL: (_("all of"), _("not all of")),
            Op.WITHIN: (_("within"), _("not within")),
            Op.EVER: (_("at some time"), _("never")),
            Op.SINCE: (_("since"), _("not since")),
            Op.WEEK: (_("this week"), _("not this week")),
            Op.MONTH: (_("this month"), _("not this month")),
            Op.CONTAINS: (_("contains"), _("doesn't contain")),
        }[op]
    )


def roles() -> list[tuple[str, str]]:
    """One person's roles."""
    return [
        (Role.PROSPECT.value, _("Prospect")),
        (Role.CUSTOMER.value, _("Customer")),
        (Role.HOST.value, _("Host")),
        (Role.DISTRIBUTOR.value, _("Distributor")),
    ]


def channels() -> list[tuple[str, str]]:
    """The channels."""
    return [
        (Channel.EMAIL.value, _("E-mail")),
        (Channel.SMS.value, _("SMS")),
        (Channel.CHAT.value, _("Chat")),
        (Channel.PHONE.value, _("Calls")),
        (Channel.POST.value, _("Letters")),
    ]


def selling() -> list[tuple[str, str]]:
    """What may be sent that is marketing."""
    return [
        (Purpose.OFFER.value, _("Offers")),
        (Purpose.INVITATION.value, _("Invitations")),
        (Purpose.BUSINESS.value, _("Business offers")),
    ]


def topics() -> list[tuple[str, str]]:
    """What a no may have been said to."""
    return [
        ("", _("Anything")),
        (Topic.EVERYTHING.value, _("Everything")),
        (Topic.PARTIES.value, _("Parties")),
        (Topic.BUSINESS.value, _("The business")),
    ]


def known() -> list[tuple[str, str]]:
    """What may be known of somebody."""
    return [
        (Has.PHONE.value, _("Phone number")),
        (Has.EMAIL.value, _("E-mail address")),
        (Has.ADDRESS.value, _("Address")),
        (Has.BIRTHDAY.value, _("Birthday")),
    ]


def units() -> list[tuple[str, str]]:
    """What spans count."""
    return [(Unit.DAYS.value, _("days")), (Unit.WEEKS.value, _("weeks")), (Unit.MONTHS.value, _("months"))]
