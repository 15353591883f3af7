"""A filter in words: "Customers in 8000–8299, not talked to for 3 months"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Role
from organizer.domain.contact_filter import Condition, Field, Filter, Has, Op, Span, Unit
from organizer.i18n import _, format_date, format_number, ngettext

Named = Callable[[Field, int], str]
"""What a product (Field.LIKES) or company (Field.TEAM) with an id is called; "" for one that is gone."""


def words(filter_: Filter, named: Named) -> str:
    """The filter as a sentence without a full stop."""
    if not filter_.conditions:
        return _("Everybody in Contacts")
    first, *rest = filter_.conditions
    if filter_.any_of and rest:
        parts = [condition_words(one, named) for one in filter_.conditions]
        return _("Contacts: {parts}").format(parts=_(" or ").join(parts))
    who, conditions = _("Contacts"), list(filter_.conditions)
    if first.field is Field.ROLE and not first.negated:
        who, conditions = roles()[Role(str(first.value))], rest
    # where they live reads best right after who they are
    conditions.sort(key=lambda one: one.field not in (Field.AREA, Field.CITY, Field.COUNTRY))
    parts = [condition_words(one, named) for one in conditions]
    return " ".join([who, ", ".join(parts)]).strip()


def roles() -> Mapping[Role, str]:
    """Several people with a role."""
    return {
        Role.PROSPECT: _("Prospects"),
        Role.CUSTOMER: _("Customers"),
        Role.HOST: _("Hosts"),
        Role.DISTRIBUTOR: _("Distributors"),
    }


def span_words(span: Span) -> str:
    """ "3 months"."""
    count = span.count
    if span.unit is Unit.DAYS:
        text = ngettext("{count} day", "{count} days", count)
    elif span.unit is Unit.WEEKS:
        text = ngettext("{count} week", "{count} weeks", count)
    else:
        text = ngettext("{count} month", "{count} months", count)
    return text.format(count=format_number(count))


def condition_words(condition: Condition, named: Named) -> str:
    """One condition, as it stands after the word for who they are."""
    yes, no, values = _WORDS[condition.field](condition, named)
    return (no if condition.negated else yes).format(**values)


_Said = tuple[str, str, Mapping[str, str]]
"""The words for a condition and for its opposite, and what stands in them."""


def _role(condition: Condition, _named: Named) -> _Said:
    return (
        _("who are also {roles}"),
        _("who are not {roles}"),
        {"roles": roles()[Role(str(condition.value))].lower()},
    )


def _tag(condition: Condition, _named: Named) -> _Said:
    tags = condition.value if isinstance(condition.value, tuple) else ()
    joint = _(" and ") if condition.op is Op.ALL else _(" or ")
    return _("tagged {tags}"), _("not tagged {tags}"), {"tags": joint.join(f"“{tag}”" for tag in tags)}


def _place(condition: Condition, _named: Named) -> _Said:
    text = str(condition.value)
    if condition.field is Field.AREA:
        text = text.replace("-", "–")
    return _("in {place}"), _("not in {place}"), {"place": text}


def _talked(condition: Condition, _named: Named) -> _Said:
    if not isinstance(condition.value, Span):
        return _("you have talked to"), _("you have never talked to"), {}
    return (
        _("talked to within {span}"),
        _("not talked to for {span}"),
        {"span": span_words(condition.value)},
    )


def _likes(condition: Condition, named: Named) -> _Said:
    name = named(Field.LIKES, _id(condition)) or _("a product that is gone")
    return _("who like {product}"), _("who aren't known to like {product}"), {"product": name}


def _consent(condition: Condition, _named: Named) -> _Said:
    said = {
        Channel.EMAIL: (_("who agreed to e-mail"), _("who haven't agreed to e-mail")),
        Channel.SMS: (_("who agreed to SMS"), _("who haven't agreed to SMS")),
        Channel.CHAT: (_("who agreed to chat messages"), _("who haven't agreed to chat messages")),
        Channel.PHONE: (_("who agreed to calls"), _("who haven't agreed to calls")),
        Channel.POST: (_("who agreed to letters"), _("who haven't agreed to letters")),
    }
    return *said[Channel(str(condition.value))], {}


def _may(condition: Condition, _named: Named) -> _Said:
    assert isinstance(condition.value, tuple)  # noqa: S101 - as it is checked
    purpose, channel = Purpose(condition.value[0]), Channel(condition.value[1])
    values = {"purpose": purposes()[purpose], "channel": by_channel()[channel]}
    return _("who may get {purpose} {channel}"), _("who may not get {purpose} {channel}"), values


def purposes() -> Mapping[Purpose, str]:
    """What is sent for a purpose that is marketing."""
    return {
        Purpose.OFFER: _("offers"),
        Purpose.INVITATION: _("invitations"),
        Purpose.BUSINESS: _("business offers"),
    }


def by_channel() -> Mapping[Channel, str]:
    """How it is sent."""
    return {
        Channel.EMAIL: _("by e-mail"),
        Channel.SMS: _("by SMS"),
        Channel.CHAT: _("by chat"),
        Channel.PHONE: _("by phone"),
        Channel.POST: _("by post"),
    }


def _no(condition: Condition, _named: Named) -> _Said:
    if not condition.value:
        return _("who said no"), _("who haven't said no"), {}
    said = {
        Topic.EVERYTHING: (_("who said no to everything"), _("who haven't said no to everything")),
        Topic.PARTIES: (_("who said no to parties"), _("who haven't said no to parties")),
        Topic.BUSINESS: (_("who said no to the business"), _("who haven't said no to the business")),
    }
    return *said[Topic(str(condition.value))], {}


def _birthday(condition: Condition, _named: Named) -> _Said:
    if condition.op is Op.WEEK:
        return _("with a birthday this week"), _("without a birthday this week"), {}
    if condition.op is Op.MONTH:
        return _("with a birthday this month"), _("without a birthday this month"), {}
    span = {"span": span_words(Span(_id(condition), Unit.DAYS))}
    return _("with a birthday within {span}"), _("without a birthday within {span}"), span


def _rank(condition: Condition, _named: Named) -> _Said:
    values = {"percent": format_number(_id(condition))}
    return (
        _("who lack at most {percent} percent for the next rank"),
        _("who lack more than {percent} percent for the next rank"),
        values,
    )


def _has(condition: Condition, _named: Named) -> _Said:
    said = {
        Has.PHONE: (_("with a phone number"), _("without a phone number")),
        Has.EMAIL: (_("with an e-mail"), _("without an e-mail")),
        Has.ADDRESS: (_("with an address"), _("without an address")),
        Has.BIRTHDAY: (_("with a known birthday"), _("without a known birthday")),
    }
    return *said[Has(str(condition.value))], {}


def _added(condition: Condition, _named: Named) -> _Said:
    if isinstance(condition.value, Span):
        values = {"span": span_words(condition.value)}
        return _("added within {span}"), _("not added within {span}"), values
    day = format_date(condition.value) if isinstance(condition.value, date) else ""
    return _("added since {day}"), _("not added since {day}"), {"day": day}


def _source(condition: Condition, _named: Named) -> _Said:
    return _("from “{text}”"), _("not from “{text}”"), {"text": str(condition.value)}


def _light(_condition: Condition, _named: Named) -> _Said:
    return _("kept only for a while"), _("kept without an end"), {}


def _team(condition: Condition, named: Named) -> _Said:
    if not condition.value:
        return _("in your team"), _("not in your team"), {}
    name = named(Field.TEAM, _id(condition)) or _("a company that is gone")
    return _("in the team of {company}"), _("not in the team of {company}"), {"company": name}


def _text(condition: Condition, _named: Named) -> _Said:
    return _("found by “{text}”"), _("not found by “{text}”"), {"text": str(condition.value)}


def _id(condition: Condition) -> int:
    return condition.value if isinstance(condition.value, int) else 0


_WORDS: Mapping[Field, Callable[[Condition, Named], _Said]] = {
    Field.ROLE: _role,
    Field.TAG: _tag,
    Field.AREA: _place,
    Field.CITY: _place,
    Field.COUNTRY: _place,
    Field.TALKED: _talked,
    Field.LIKES: _likes,
    Field.CONSENT: _consent,
    Field.MAY: _may,
    Field.NO: _no,
    Field.BIRTHDAY: _birthday,
    Field.RANK: _rank,
    Field.HAS: _has,
    Field.ADDED: _added,
    Field.SOURCE: _source,
    Field.LIGHT: _light,
    Field.TEAM: _team,
    Field.TEXT: _text,
}
