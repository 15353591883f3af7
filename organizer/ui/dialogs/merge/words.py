"""What a merge is told in: fields, what goes along, how sure it is."""

from __future__ import annotations

from collections.abc import Iterable

from organizer.domain.contact import Address, Contact, Labelled, Role
from organizer.domain.duplicate import Sureness
from organizer.domain.result import Message
from organizer.i18n import _, format_birthday, format_number, ngettext
from organizer.services.merging import NAME, Held, MergeProposal
from organizer.ui.widgets.messages import spoken


def field_name(field: str) -> str:
    """What a field or list of a card is called."""
    names = {
        NAME: _("Name"),
        "prefix": _("Before the name"),
        "suffix": _("After the name"),
        "nickname": _("Nickname"),
        "organization": _("Organization"),
        "birthday": _("Birthday"),
        "source": _("Source"),
        "notes": _("Notes"),
        "family": _("Family"),
        "occupation": _("Work life"),
        "recreation": _("Free time"),
        "message": _("What to tell"),
        "phones": _("Phone"),
        "emails": _("E-mail"),
        "addresses": _("Address"),
        "tags": _("Tags"),
        "roles": _("Roles"),
        "extra": _("More"),
    }
    return names[field]


def shown(field: str, text: str) -> str:
    """A field's text as it is read."""
    return format_birthday(text) if field == "birthday" else text


def items(contact: Contact, field: str) -> list[str]:
    """What stands in one of a card's lists, in the order that `merging.without` counts in."""
    if field in ("phones", "emails"):
        return [_labelled(entry) for entry in getattr(contact, field)]
    if field == "addresses":
        return [address_line(address) for address in contact.addresses]
    if field == "roles":
        return [_role_names()[role] for role in sorted(contact.roles)]
    if field == "extra":  # the name of what it is says little to a reader
        return [line.partition(":")[2] or line for line in contact.extra]
    return list(getattr(contact, field))


def address_line(address: Address) -> str:
    """An address on one line."""
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    return ", ".join(part for part in (address.street, town, address.country) if part)


def summary(contact: Contact) -> list[str]:
    """A card in a few lines: whom it is about is said above it."""
    phones, emails = items(contact, "phones"), items(contact, "emails")
    lines = [", ".join(phones), ", ".join(emails), *items(contact, "addresses")]
    lines += [contact.organization if contact.organization != contact.name else ""]
    lines += [format_birthday(contact.birthday), ", ".join([*items(contact, "roles"), *contact.tags])]
    return [line for line in lines if line] or [_("Nothing but the name is known.")]


def title(contact: Contact) -> str:
    """Whom a card is about."""
    return contact.name or _("Without a name")


def going_along(plan: MergeProposal) -> str:
    """What the one card gets from the other beside its fields, in words; "" for nothing."""
    told = [*_counted(plan.moving), *(_("a place in the team of {company}").format(company=c) for c in plan.teams)]
    if plan.moving.picture and not plan.keeping.picture:
        told.append(_("the picture"))
    return ", ".join(told)


def _counted(held: Held) -> Iterable[str]:
    count = format_number
    if held.entries:
        text = ngettext("{count} entry in the timeline", "{count} entries in the timeline", held.entries)
        yield text.format(count=count(held.entries))
    if held.steps:
        yield ngettext("{count} follow-up", "{count} follow-ups", held.steps).format(count=count(held.steps))
    if held.consents:
        yield ngettext("{count} consent", "{count} consents", held.consents).format(count=count(held.consents))
    if held.noes:
        yield ngettext("{count} no", "{count} noes", held.noes).format(count=count(held.noes))
    if held.relations:
        text = ngettext("{count} relation", "{count} relations", held.relations)
        yield text.format(count=count(held.relations))
    if held.likes:
        text = ngettext("{count} product liked", "{count} products liked", held.likes)
        yield text.format(count=count(held.likes))


def sureness(sure: Sureness) -> str:
    """How sure it is that two are one."""
    return {
        Sureness.CERTAIN: _("Almost certain"),
        Sureness.LIKELY: _("Likely"),
        Sureness.PERHAPS: _("Perhaps"),
    }[sure]


def because(reasons: Iterable[Message]) -> str:
    """The reasons on one line."""
    return " · ".join(map(spoken, reasons))


def _labelled(entry: Labelled) -> str:
    kinds = {"Mobile": _("Mobile"), "Home": _("Home"), "Work": _("Work")}
    return f"{entry.value} ({kinds.get(entry.label, entry.label)})" if entry.label else entry.value


def _role_names() -> dict[Role, str]:
    return {
        Role.PROSPECT: _("Prospect"),
        Role.CUSTOMER: _("Customer"),
        Role.HOST: _("Host"),
        Role.DISTRIBUTOR: _("Distributor"),
    }
