"""The words for what a column of contacts can be, and for what happens to a row."""

from __future__ import annotations

from organizer.i18n import _
from organizer.services.contact_import import parted

KINDS = ("", "Home", "Work", "Other")


def fields() -> dict[str, str]:
    """All that a column can be read as, in the order they are offered; "" for a column that isn't used."""
    told = {"": _("(not used)"), **_names()}
    told |= {
        f"phone {kind}".strip(): field(f"phone {kind}".strip()) for kind in ("", "Mobile", "Home", "Work", "Fax")
    }
    told |= {f"email {kind}".strip(): field(f"email {kind}".strip()) for kind in KINDS}
    for kind in KINDS:
        for place in ("street", "postal_code", "city", "country", "address"):
            name = f"{place} {kind}".strip()
            told[name] = field(name)
    return told | _texts()


def field(name: str) -> str:
    """One of them: "phone Mobile" is "Phone, Mobile"."""
    what, kind = parted(name)
    words = {"": _("(not used)"), **_names(), **_kinded(), **_texts()}
    if name in words:
        return words[name]
    return _("{field} ({kind})").format(field=words.get(what, what), kind=_kind(kind))


def _names() -> dict[str, str]:
    return {
        "full_name": _("Full name"),
        "first_name": _("First name"),
        "middle_name": _("Middle name"),
        "last_name": _("Last name"),
        "prefix": _("Title"),
        "suffix": _("After the name"),
        "nickname": _("Nickname"),
        "organization": _("Company"),
    }


def _kinded() -> dict[str, str]:
    return {
        "phone": _("Phone"),
        "email": _("E-mail"),
        "street": _("Street"),
        "postal_code": _("Postal code"),
        "city": _("City"),
        "country": _("Country"),
        "address": _("Whole address"),
        "relation": _("Relation"),
        "event": _("Day to remember"),
        "im": _("Chat"),
        "customfield": _("Other detail"),
    }


def _texts() -> dict[str, str]:
    return {
        "birthday": _("Birthday"),
        "tags": _("Tags"),
        "roles": _("Roles"),
        "notes": _("Notes"),
        "family": _("Family"),
        "occupation": _("Work life"),
        "recreation": _("Free time"),
        "message": _("What to tell"),
        "source": _("Where the data are from"),
        "website": _("Website"),
        "title": _("Job title"),
        "department": _("Department"),
    }


def _kind(kind: str) -> str:
    known = {"Home": _("Home"), "Work": _("Work"), "Other": _("Other"), "Mobile": _("Mobile"), "Fax": _("Fax")}
    known |= {"Spouse": _("Partner"), "Children": _("Children"), "Anniversary": _("Anniversary")}
    return known.get(kind, kind)
